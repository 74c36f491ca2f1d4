/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sums as cards. */

#include "osc-till-paper.h"

#include <glib/gi18n.h>

#include "osc-till-words.h"
#include "osc-widget.h"
#include "osc-words.h"

void
osc_till_paper_empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

GtkWidget *
osc_till_paper_card (const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "till-card");
  gtk_box_append (GTK_BOX (card), osc_widget_new_text (title, "till-head"));
  return card;
}

GtkWidget *
osc_till_paper_add (GtkWidget *card,
                    const char *name,
                    const char *note,
                    const char *value,
                    gboolean strong)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *amount = gtk_label_new (value);

  gtk_widget_add_css_class (line, "till-line");
  osc_widget_set_class (line, "strong", strong);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (name, NULL));
  if (note != NULL)
    gtk_box_append (GTK_BOX (words), osc_widget_new_text (note, "secondary"));
  gtk_widget_add_css_class (amount, "numeric");
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), amount);
  gtk_box_append (GTK_BOX (card), line);
  return line;
}

GtkWidget *
osc_till_paper_money (GtkWidget *card,
                      const char *name,
                      const char *note,
                      gint64 won,
                      gboolean strong)
{
  g_autofree char *money = osc_words_money (won);

  return osc_till_paper_add (card, name, note, money, strong);
}

/* (transfer full): "12 payments · ₩5,000 refunded" */
static char *
tender_note (const OscTillTender *tender)
{
  g_autofree char *count = g_strdup_printf (
      g_dngettext (NULL, "%d payment", "%d payments", (unsigned long)tender->taken_count),
      (int)tender->taken_count);

  if (tender->refunded == 0)
    return g_steal_pointer (&count);
  g_autofree char *money = osc_words_money (tender->refunded);
  g_autofree char *back = g_strdup_printf (_ ("%s refunded"), money);
  return g_strdup_printf ("%s · %s", count, back);
}

GtkWidget *
osc_till_paper_tenders (const OscTillReport *report)
{
  GtkWidget *card = osc_till_paper_card (_ ("Sales"));

  for (guint i = 0; i < report->tenders->len; i++) {
    const OscTillTender *tender = g_ptr_array_index (report->tenders, i);
    g_autofree char *note = tender_note (tender);
    osc_till_paper_money (card, osc_till_words_tender (tender->tender), note, tender->net, FALSE);
  }
  if (report->tenders->len == 0)
    gtk_box_append (GTK_BOX (card), osc_widget_new_text (_ ("Nothing was paid yet"), "secondary"));
  if (!report->told)
    return card;
  osc_till_paper_money (card, _ ("Net sales"), NULL, report->net, TRUE);
  if (report->refunded != 0)
    osc_till_paper_money (card, _ ("Refunds"), NULL, -report->refunded, FALSE);
  osc_till_paper_money (card, _ ("Value of supply"), NULL, report->supply, FALSE);
  osc_till_paper_money (card, _ ("VAT"), NULL, report->vat, FALSE);
  if (report->tax_free != 0)
    osc_till_paper_money (card, _ ("Tax-free"), NULL, report->tax_free, FALSE);
  return card;
}

static void
add_count (GtkWidget *card, const OscTillReport *report)
{
  g_autofree char *difference = osc_till_words_difference (report->difference);
  GtkWidget *line;

  osc_till_paper_money (card, _ ("Counted cash"), NULL, report->counted, FALSE);
  line = osc_till_paper_add (card, _ ("Difference"), NULL, difference, FALSE);
  osc_widget_set_class (line, "differs", report->difference != 0);
  osc_widget_set_class (line, "right", report->difference == 0);
  osc_till_paper_money (card, _ ("Stays in the drawer"), NULL, report->left, FALSE);
  osc_till_paper_money (card, _ ("To the bank"), NULL, report->banked, FALSE);
}

GtkWidget *
osc_till_paper_cash (const OscTillReport *report, gboolean close)
{
  GtkWidget *card = osc_till_paper_card (_ ("Cash in the drawer"));

  if (!report->told) {
    gtk_box_append (
        GTK_BOX (card),
        osc_widget_new_text (_ ("How much there should be is told after it was counted, by who may "
                                "close the day"),
                             "secondary"));
    return card;
  }
  osc_till_paper_money (card, _ ("Float"), NULL, report->opening_float, FALSE);
  osc_till_paper_money (card, _ ("Taken in cash"), NULL, report->cash_taken, FALSE);
  if (report->cash_refunded != 0)
    osc_till_paper_money (card, _ ("Given back in cash"), NULL, -report->cash_refunded, FALSE);
  if (report->cash_in != 0)
    osc_till_paper_money (card, _ ("Put in"), NULL, report->cash_in, FALSE);
  if (report->cash_out != 0)
    osc_till_paper_money (card, _ ("Taken out"), NULL, -report->cash_out, FALSE);
  osc_till_paper_money (card, _ ("Should be there"), NULL, report->expected, TRUE);
  if (close)
    add_count (card, report);
  return card;
}

GtkWidget *
osc_till_paper_moves (GPtrArray *moves)
{
  GtkWidget *card = osc_till_paper_card (_ ("Put in and taken out"));

  for (guint i = 0; i < moves->len; i++) {
    const OscTillMove *move = g_ptr_array_index (moves, i);
    g_autofree char *clock = osc_words_clock (move->at);
    osc_till_paper_money (card,
                          move->reason != NULL && *move->reason != '\0' ? move->reason
                          : move->amount > 0                            ? _ ("Put in")
                                                                        : _ ("Taken out"),
                          clock, move->amount, FALSE);
  }
  return card;
}
