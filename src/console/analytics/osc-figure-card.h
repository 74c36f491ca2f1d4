/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscFigureCard: one figure in large: its name, its value, how it changed, what it was. It is a
 * button. Property: "title" (text). */
#define OSC_TYPE_FIGURE_CARD (osc_figure_card_get_type ())
G_DECLARE_FINAL_TYPE (OscFigureCard, osc_figure_card, OSC, FIGURE_CARD, GtkButton)

/** What a card shows; texts are (nullable). */
typedef struct {
  const char *value;
  const char *change; /* how much, without a sign */
  int direction;      /* 1: more, -1: less, 0: the same */
  gboolean good;
  const char *last; /* "Last week ₩1,187,000" */
} OscFigure;

/** osc_figure_card_show: value NULL: not known yet. */
void osc_figure_card_show (OscFigureCard *self, const OscFigure *figure);
/** osc_figure_card_title, _value: (transfer none): as they stand there. */
const char *osc_figure_card_title (OscFigureCard *self);
const char *osc_figure_card_value (OscFigureCard *self);

G_END_DECLS
