/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-kitchen-acts.h"
#include "osc-kitchen-grid.h"
#include "osc-kitchen.h"

G_BEGIN_DECLS

struct _OscKitchen {
  GtkWidget parent_instance;
  GtkWidget *bar;
  GtkWidget *stations;
  GtkWidget *warning;
  GtkWidget *connection;
  GtkWidget *connection_mark;
  GtkWidget *sound;
  GtkWidget *sound_mark;
  GtkWidget *clock;
  GtkWidget *more;
  GtkWidget *popover;
  GtkWidget *window;
  GtkWidget *settings;
  GtkWidget *zoom;
  GtkWidget *smaller;
  GtkWidget *bigger;
  GtkWidget *pages;
  GtkWidget *grid;
  GtkWidget *panel;
  GtkWidget *strip;
  GtkWidget *past;
  GtkWidget *stop;
  GtkWidget *first;
  GtkWidget *hint;
  GtkWidget *late;
  GtkWidget *late_text;
  GtkWidget *page;
  GtkWidget *pager;
  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *big_clock;
  GtkWidget *history;
  GtkEventController *keypad; /* of the root; NULL while it has none */
  OscContext context;         /* kitchen, menu and orders: owned */
  OscKitchenActs *acts;
  GtkFilter *filter;
  GListModel *tickets; /* of the station */
  char *station;       /* (nullable): id; NULL: all */
  char *monitor;       /* whose zoom it has */
  gint64 bumped_at;    /* monotonic */
  guint second_id;
  guint width_id;
  int width;
  gboolean wide;
  gboolean alone;
  gboolean chooses_first; /* the next ticket that is touched goes first */
};

static inline OscKitchenGrid *
grid_of (OscKitchen *self)
{
  return OSC_KITCHEN_GRID (self->grid);
}

/* ---- what is pressed ---- */

/** osc_kitchen_act_on: one deed on a ticket; @what: (nullable): a line or a change of it. */
void
osc_kitchen_act_on (OscKitchen *self, OscKitchenItem *item, OscKitchenDeed deed, const char *what);
/** osc_kitchen_bump: sends a ticket out, unless something of it has to be seen first. */
void osc_kitchen_bump (OscKitchen *self, OscKitchenItem *item);
/** osc_kitchen_tap: a row: @line_id NULL: the head of @course. */
void osc_kitchen_tap (OscKitchen *self, OscKitchenItem *item, const char *line_id, int course);
/** osc_kitchen_recall_last: the one that was sent out last. */
void osc_kitchen_recall_last (OscKitchen *self);
/** osc_kitchen_go_first: the selected ticket before the others, or in its turn again; while none is
 * selected, the next one that is touched. */
void osc_kitchen_go_first (OscKitchen *self);
/** osc_kitchen_forget_first: no ticket is waited for any more. Returns: whether one was. */
gboolean osc_kitchen_forget_first (OscKitchen *self);
/** osc_kitchen_ask_stop: until when the selected dish is sold out. */
void osc_kitchen_ask_stop (OscKitchen *self);
/** osc_kitchen_press: Returns: whether @key meant anything to the tickets. */
gboolean osc_kitchen_press (OscKitchen *self, OscKey key);

/* ---- what the view does ---- */

/** osc_kitchen_open_past: what was sent out today. */
void osc_kitchen_open_past (OscKitchen *self);
/** osc_kitchen_turn: @by pages. */
void osc_kitchen_turn (OscKitchen *self, int by);
/** osc_kitchen_step_zoom: one step bigger (1) or smaller (-1). */
void osc_kitchen_step_zoom (OscKitchen *self, int direction);

G_END_DECLS
