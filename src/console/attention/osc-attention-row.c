/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A stuck order in words of a shop. */

#include "osc-attention-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

typedef struct {
  const char *code;
  const char *text;   /* msgid */
  const char *advice; /* msgid: what it means, what to do */
} Words;

static const Words reasons[] = {
    {"REFUND_LATE", N_ ("The refund is not through"),
     N_ ("The guest waits for the money. Try again, or give it back by hand")},
    {"PAYMENT_UNKNOWN", N_ ("Nobody knows whether it was paid"),
     N_ ("The card company is asked again and again. Don't charge the guest again")},
    {"PAYMENT_LOST", N_ ("The order is here, but its money is not"),
     N_ ("Ask the guest before it is handed over")},
    {"STOCK_LATE", N_ ("The ingredients could not be set aside"),
     N_ ("Look whether there is enough. The order itself goes on")},
    {"ORDER_LATE", N_ ("The order could not be brought to its end"),
     N_ ("Look at the order and do what is left")},
    {"DELIVERY_LATE", N_ ("The rider could not be called off"),
     N_ ("Call the rider or the agency")},
    {"DELIVERY_FAILED", N_ ("The delivery failed"), N_ ("Call the guest, or send another rider")},
    {"ORDER_FORGOTTEN", N_ ("Nothing has happened to it for a long time"),
     N_ ("If it is with the guest, complete it")},
};

static const Words steps[] = {
    {"STARTED", N_ ("Waits for its money"), NULL},
    {"PAYMENT_COMPLETED", N_ ("Paid"), NULL},
    {"STOCK_RESERVED", N_ ("Ingredients set aside"), NULL},
    {"FULFILLING", N_ ("Being made"), NULL},
    {"COMPENSATING", N_ ("Being undone"), NULL},
};

static const Words *
find (const Words *table, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return &table[i];
  return NULL;
}

const char *
osc_attention_row_title (const char *reason)
{
  const Words *words = find (reasons, G_N_ELEMENTS (reasons), reason);

  return words != NULL ? _ (words->text) : _ ("Look at this order");
}

static void
add_part (GString *text, char *taken)
{
  g_autofree char *part = taken;

  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* "Being undone · since 12:10 · tried 7 times · again at 12:25" */
static char *
about (const OscStuck *stuck)
{
  const Words *step = find (steps, G_N_ELEMENTS (steps), stuck->step);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *since = osc_words_clock (stuck->since);
  g_autofree char *next = stuck->next_at != 0 ? osc_words_clock (stuck->next_at) : NULL;
  g_autofree char *money = stuck->captured > stuck->refunded
                               ? osc_words_money (stuck->captured - stuck->refunded)
                               : NULL;

  add_part (text, step != NULL ? g_strdup (_ (step->text)) : NULL);
  if (money != NULL)
    /* Translators: %s is an amount: what of the order was paid and not given back */
    add_part (text, g_strdup_printf (_ ("%s of the guest's is here"), money));
  if (stuck->since != 0)
    add_part (text, g_strdup_printf (_ ("since %s"), since));
  if (stuck->attempts > 0)
    add_part (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "tried %d time",
                                                  "tried %d times", (gulong)stuck->attempts),
                                     (int)stuck->attempts));
  if (next != NULL)
    add_part (text, g_strdup_printf (_ ("again at %s"), next));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_button (GtkWidget *box, const OscStuck *stuck, const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *name = g_strdup_printf (_ ("No. %d: %s"), (int)stuck->number, text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", stuck->order_id);
  gtk_widget_add_css_class (button, "outlined");
  osc_widget_set_name (button, name);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_buttons (const OscStuck *stuck)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "attention-acts");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  add_button (box, stuck, _ ("Look at it"), "attention.look");
  if ((stuck->acts & 1U << OSC_ATTENTION_RETRY) != 0)
    add_button (box, stuck, _ ("Give it time"), "attention.retry");
  if ((stuck->acts & 1U << OSC_ATTENTION_SETTLE) != 0)
    add_button (box, stuck, _ ("Settled by hand"), "attention.settle");
  if ((stuck->acts & 1U << OSC_ATTENTION_PUSH) != 0) {
    add_button (box, stuck, _ ("Try again now"), "attention.push");
    gtk_widget_remove_css_class (gtk_widget_get_last_child (box), "outlined");
    gtk_widget_add_css_class (gtk_widget_get_last_child (box), "push");
  }
  return box;
}

GtkWidget *
osc_attention_row_new (const OscStuck *stuck)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const Words *reason = find (reasons, G_N_ELEMENTS (reasons), stuck->reason);
  g_autofree char *number = g_strdup_printf ("%d", (int)stuck->number);
  g_autofree char *detail = about (stuck);
  GtkWidget *head = osc_widget_new_text (number, "attention-number");
  GtkWidget *icon = gtk_image_new_from_icon_name ("osy-warning-symbolic");

  gtk_label_set_wrap (GTK_LABEL (head), FALSE);
  gtk_label_set_xalign (GTK_LABEL (head), 1);
  gtk_widget_add_css_class (head, "numeric");
  gtk_widget_add_css_class (row, "attention-row");
  gtk_widget_add_css_class (words, "bill-words");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words),
                  osc_widget_new_text (osc_attention_row_title (stuck->reason), "bill-name"));
  if (reason != NULL)
    gtk_box_append (GTK_BOX (words), osc_widget_new_text (_ (reason->advice), "attention-advice"));
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (detail, "secondary"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (words), "numeric");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), new_buttons (stuck));
  return row;
}
