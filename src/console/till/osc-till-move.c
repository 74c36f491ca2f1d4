/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Cash in, cash out: an amount and a reason. */

#include "osc-till-move.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-numpad.h"
#include "osc-sheet.h"
#include "osc-till-chips.h"
#include "osc-till-words.h"
#include "osc-widget.h"

#define MAX_DIGITS 10

typedef struct {
  OscTillStore *store;
  OscSheet *sheet; /* owns us */
  OscField *amount;
  GtkWidget *chips;
  gboolean in;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->store);
  g_free (asking);
}

static gint64
read_amount (Asking *asking)
{
  gint64 won = 0;

  for (const char *c = osc_field_text (asking->amount); *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      won = won * 10 + g_ascii_digit_value (*c);
    if (won >= G_GINT64_CONSTANT (10000000000))
      return 0;
  }
  return won;
}

static void
on_primary (Asking *asking)
{
  gint64 won = read_amount (asking);
  g_autofree char *reason = osc_till_chips_get (OSC_TILL_CHIPS (asking->chips));

  osc_field_set_error (asking->amount, won == 0 ? _ ("Write how much") : NULL);
  if (won == 0) {
    osc_field_focus (asking->amount);
    return;
  }
  if (reason == NULL) {
    osc_sheet_fail (asking->sheet, _ ("Choose a reason"));
    gtk_widget_child_focus (asking->chips, GTK_DIR_TAB_FORWARD);
    return;
  }
  if (osc_till_store_move (asking->store, asking->in ? won : -won, reason))
    gtk_window_close (GTK_WINDOW (asking->sheet));
  else
    osc_sheet_fail (asking->sheet, _ ("Something else is being done. Try again in a moment"));
}

static void
on_typed (Asking *asking, const char *digits)
{
  const char *now = osc_field_text (asking->amount);

  if (strlen (now) + strlen (digits) > MAX_DIGITS)
    return;
  g_autofree char *next = g_strconcat (now, digits, NULL);
  osc_field_set_text (asking->amount, next);
}

static void
on_erased (Asking *asking)
{
  const char *now = osc_field_text (asking->amount);
  g_autofree char *next = g_strndup (now, strlen (now) - MIN (strlen (now), 1));

  osc_field_set_text (asking->amount, next);
}

void
osc_till_move_ask (GtkWidget *from, OscTillStore *store, gboolean in)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_TILL_STORE (store));
  Asking *asking = g_new0 (Asking, 1);
  GtkWidget *pad = g_object_new (OSC_TYPE_NUMPAD, NULL);

  asking->store = g_object_ref (store);
  asking->in = in;
  asking->sheet = osc_sheet_new (from);
  g_object_set_data_full (G_OBJECT (asking->sheet), "osc-asking", asking, asking_free);
  osc_sheet_ask (asking->sheet, in ? _ ("Put cash in") : _ ("Take cash out"), NULL,
                 in ? _ ("Put it in") : _ ("Take it out"));
  asking->amount = osc_sheet_add_field (asking->sheet, _ ("Amount in won"), NULL, FALSE);
  gtk_widget_add_css_class (pad, "till-sheet-pad");
  osc_sheet_add (asking->sheet, pad);
  osc_sheet_add (asking->sheet, osc_widget_new_text (_ ("What for?"), "strong"));
  asking->chips = osc_till_chips_new ();
  osc_till_chips_offer (OSC_TILL_CHIPS (asking->chips), osc_till_words_reasons (in, !in));
  osc_sheet_add (asking->sheet, asking->chips);
  g_signal_connect_swapped (pad, "typed", G_CALLBACK (on_typed), asking);
  g_signal_connect_swapped (pad, "erased", G_CALLBACK (on_erased), asking);
  g_signal_connect_swapped (asking->chips, "submitted", G_CALLBACK (on_primary), asking);
  g_signal_connect_swapped (asking->sheet, "primary", G_CALLBACK (on_primary), asking);
}
