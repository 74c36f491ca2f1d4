/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPartyRow: a booking or a party that waits: when, who, how many, and what can be done. */
typedef struct {
  const char *when; /* "13:30", "12 min" */
  const char *who;
  const char *detail; /* (nullable): "4 people · table 10" */
  gboolean attention;
  gboolean over; /* they came, or will not come: struck through */
} OscPartyWords;

/** osc_party_row_new: (transfer floating): a row without buttons. */
GtkWidget *osc_party_row_new (const OscPartyWords *words);
/** osc_party_row_add: a button that activates @action with the text @target. */
void osc_party_row_add (GtkWidget *row,
                        const char *label,
                        const char *action,
                        const char *target,
                        const char *css_class);
/** osc_party_list_new: (transfer floating): title, what is added above (in "tools"), a list, and a
 * large button that activates @action. @list, @tools: (out) (transfer none). */
GtkWidget *osc_party_list_new (const char *title,
                               const char *add,
                               const char *action,
                               GtkWidget **list,
                               GtkWidget **tools);
/** osc_party_list_clear: empties @list. osc_party_list_say_nothing: puts @nothing there. */
void osc_party_list_clear (GtkWidget *list);
void osc_party_list_say_nothing (GtkWidget *list, const char *nothing);

G_END_DECLS
