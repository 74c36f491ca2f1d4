/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An alert among what needs attention. */

#include "osc-attention-alert.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

/* Where it is looked at. */
static const struct {
  const char *kind;
  const char *view;
  const char *what;   /* (nullable): the view as it is */
  const char *advice; /* msgid */
} places[] = {
    {"OUTAGE", "settings", "health",
     N_ ("Selling goes on as far as it can. How it is doing says what works")},
    {"UNANSWERED", "orders", NULL, N_ ("They wait in the first column of the board")},
    {"LATE_ORDERS", "orders", NULL, N_ ("The oldest stand first on the board")},
    {"PRINTER", "settings", "printers", N_ ("Its slips wait, or can go to another printer")},
    {"REFUNDS", "sales", NULL, N_ ("Look who gave back what")},
};

static GtkWidget *
new_button (const OscAlert *alert, gsize place)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Have a look"));
  g_autofree char *name = g_strdup_printf ("%s: %s", alert->text, _ ("Have a look"));

  if (places[place].what != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", places[place].view,
                                      places[place].what);
  else
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", places[place].view);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  places[place].what != NULL ? "shell.show" : "shell.go");
  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  osc_widget_set_name (button, name);
  return button;
}

GtkWidget *
osc_attention_alert_new (const OscAlert *alert)
{
  g_return_val_if_fail (alert != NULL, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *clock = osc_words_clock (alert->raised_at);
  g_autofree char *since = g_strdup_printf (_ ("since %s"), clock);

  gtk_widget_add_css_class (row, "attention-row");
  gtk_widget_add_css_class (row, "alert");
  gtk_widget_add_css_class (words, "bill-words");
  gtk_widget_add_css_class (acts, "attention-acts");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (alert->text, "bill-name"));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].kind, alert->kind)) {
      gtk_box_append (GTK_BOX (words),
                      osc_widget_new_text (_ (places[i].advice), "attention-advice"));
      gtk_box_append (GTK_BOX (acts), new_button (alert, i));
    }
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (since, "secondary"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (words), "numeric");
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("osy-bell-symbolic"));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), acts);
  return row;
}
