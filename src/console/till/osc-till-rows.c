/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rows of the lists. */

#include "osc-till-rows.h"

#include <glib/gi18n.h>

#include "osc-till-words.h"
#include "osc-widget.h"
#include "osc-words.h"

static GtkWidget *
two_lines (const char *first, const char *second)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (first, "strong"));
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (second, "secondary"));
  return words;
}

static GtkWidget *
money_label (gint64 won)
{
  g_autofree char *money = osc_words_money (won);
  GtkWidget *label = gtk_label_new (money);

  gtk_widget_add_css_class (label, "till-amount");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

GtkWidget *
osc_till_rows_rest (const OscTillRest *rest)
{
  gboolean check = g_str_equal (rest->kind, "CHECK");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon =
      gtk_image_new_from_icon_name (check && rest->table != NULL ? "osy-table-symbolic"
                                    : check                      ? "osy-receipt-symbolic"
                                                                 : "osy-clock-symbolic");
  g_autofree char *title = osc_till_words_rest (rest);
  g_autofree char *detail = osc_till_words_rest_detail (rest);

  gtk_widget_add_css_class (row, "till-item");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), two_lines (title, detail));
  gtk_box_append (GTK_BOX (row), money_label (rest->amount));
  if (rest->check_id == NULL)
    return row;
  GtkWidget *button =
      gtk_button_new_with_label (check ? _ ("Take the payment") : _ ("Have a look"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "outlined");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "till.pay");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", rest->check_id);
  gtk_box_append (GTK_BOX (row), button);
  return row;
}

static GtkWidget *
tag (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "tag");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
osc_till_rows_close (const OscTillClose *close)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new ();
  g_autofree char *number = g_strdup_printf ("%d", (int)close->number);
  g_autofree char *day = osc_words_day (close->business_day);
  g_autofree char *clock = osc_words_clock (close->closed_at);
  g_autofree char *at = g_strdup_printf (_ ("Closed at %s"), clock);
  g_autofree char *difference = osc_till_words_difference (close->report->difference);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "till-number");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), two_lines (day, at));
  if (close->corrects > 0) {
    g_autofree char *text = g_strdup_printf (_ ("Corrects no. %d"), (int)close->corrects);
    gtk_box_append (GTK_BOX (row), tag (text, NULL));
  }
  if (close->corrected_by > 0) {
    g_autofree char *text = g_strdup_printf (_ ("Corrected by no. %d"), (int)close->corrected_by);
    gtk_box_append (GTK_BOX (row), tag (text, NULL));
  } else if (close->report->difference != 0) {
    gtk_box_append (GTK_BOX (row), tag (difference, "differs"));
  }
  gtk_box_append (GTK_BOX (row), money_label (close->report->net));
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "till-close");
  osc_widget_set_class (button, "gone", close->corrected_by > 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "till.look");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", close->number);
  return button;
}

GtkWidget *
osc_till_rows_step (int number, const char *title, int state)
{
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *digit = g_strdup_printf ("%d", number);
  GtkWidget *mark =
      state < 0 ? gtk_image_new_from_icon_name ("osy-check-symbolic") : gtk_label_new (digit);
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *name = g_strdup_printf ("%d. %s%s%s", number, title, state == 0 ? " · " : "",
                                           state == 0 ? _ ("now") : "");

  gtk_widget_add_css_class (mark, "till-mark");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (step, "till-step");
  osc_widget_set_class (step, "over", state < 0);
  osc_widget_set_class (step, "now", state == 0);
  if (number > 1) {
    GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
    gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (step), line);
  }
  gtk_box_append (GTK_BOX (step), mark);
  gtk_box_append (GTK_BOX (step), label);
  osc_widget_set_name (step, name);
  return step;
}
