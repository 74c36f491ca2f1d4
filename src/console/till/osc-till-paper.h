/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-till-store.h"

G_BEGIN_DECLS

/* Sums as cards, the same for what is until now (X) and for a close (Z). */

/** osc_till_paper_card: (transfer floating): an empty card under its @title. */
GtkWidget *osc_till_paper_card (const char *title);
/** osc_till_paper_add: a line of @card. @note: (nullable): small beside the name. @strong: a sum.
 * Returns: (transfer none): the line. */
GtkWidget *osc_till_paper_add (GtkWidget *card,
                               const char *name,
                               const char *note,
                               const char *value,
                               gboolean strong);
/** osc_till_paper_money: the same with an amount. */
GtkWidget *osc_till_paper_money (GtkWidget *card,
                                 const char *name,
                                 const char *note,
                                 gint64 won,
                                 gboolean strong);
/** osc_till_paper_tenders: (transfer floating): how it was paid, and what it comes to. */
GtkWidget *osc_till_paper_tenders (const OscTillReport *report);
/** osc_till_paper_cash: (transfer floating): from the float to what should be there; of a @close
 * also what was. */
GtkWidget *osc_till_paper_cash (const OscTillReport *report, gboolean close);
/** osc_till_paper_moves: (transfer floating): cash put in and taken out. */
GtkWidget *osc_till_paper_moves (GPtrArray *moves);
/** osc_till_paper_empty: takes every child out of @box. */
void osc_till_paper_empty (GtkWidget *box);

G_END_DECLS
