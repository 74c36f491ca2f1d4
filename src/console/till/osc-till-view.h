/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-till.h"

G_BEGIN_DECLS

/** What the view is at. */
typedef enum {
  OSC_TILL_AT_DESK,  /* until now; opening */
  OSC_TILL_AT_REST,  /* step 1 */
  OSC_TILL_AT_COUNT, /* step 2 */
  OSC_TILL_AT_CHECK, /* step 3 */
  OSC_TILL_AT_DONE,  /* step 4 */
  OSC_TILL_AT_LIST,
  OSC_TILL_AT_CLOSE, /* one of the list */
} OscTillAt;

struct _OscTill {
  GtkWidget parent_instance;
  GtkWidget *back_icon;
  GtkWidget *title;
  GtkWidget *about;
  GtkWidget *steps;
  GtkWidget *past;
  GtkWidget *notice;
  GtkWidget *spinner;
  GtkWidget *notice_text;
  GtkWidget *notice_act;
  GtkWidget *stack;
  GtkWidget *left;
  GtkWidget *sums;
  GtkWidget *below;
  GtkWidget *list;
  GtkWidget *count;
  GtkWidget *aside;
  GtkWidget *opening;
  GtkWidget *state;
  GtkWidget *state_detail;
  GtkWidget *last_count;
  GtkWidget *cash_in;
  GtkWidget *cash_out;
  GtkWidget *info;
  GtkWidget *hint;
  GtkWidget *pad;
  GtkWidget *check;
  GtkWidget *more;
  GtkWidget *correct;
  GtkWidget *print;
  GtkWidget *csv;
  GtkWidget *foot;
  GtkWidget *back;
  GtkWidget *primary;
  GtkWidget *primary_text;
  GtkWidget *primary_key;
  OscTillStore *store;
  OscPeople *people;
  OscShopStore *shop;
  OscTillAt at;
  OscTillFor what; /* that is counted, at COUNT and CHECK */
  gint64 number;   /* of the close that is looked at */
  gboolean live;
  gboolean float_typed; /* what stands in the field of the float was typed */
};

/** osc_till_show: everything as it is now. */
void osc_till_show (OscTill *self);
/** osc_till_go: to @at, with the focus where one begins there. */
void osc_till_go (OscTill *self, OscTillAt at);
/** osc_till_may_close: Returns: whether who is signed in may close, and look at closes. */
gboolean osc_till_may_close (OscTill *self);
/** osc_till_day: (transfer full): the business day that a close would be of. */
char *osc_till_day (OscTill *self);
/** osc_till_opening_won: what is typed as the float. */
gint64 osc_till_opening_won (OscTill *self);

G_END_DECLS
