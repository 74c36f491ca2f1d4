/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rows of the refund desk, made anew whenever what they show changes. */

#include "osc-refund-rows.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

#define COUNT "osc-refund-count" /* on a row: its label of the pieces */

static GtkWidget *
new_box (GtkOrientation orientation, const char *class)
{
  GtkWidget *box = gtk_box_new (orientation, 0);

  gtk_widget_add_css_class (box, class);
  return box;
}

static GtkWidget *
new_amount (gint64 won)
{
  g_autofree char *text = osc_words_money (won);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "bill-amount");
  return label;
}

static GtkWidget *
new_icon (const char *name, const char *class)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name);

  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, class);
  return icon;
}

/* Title over detail, taking what room there is. */
static GtkWidget *
new_words (const char *title, const char *detail)
{
  GtkWidget *box = new_box (GTK_ORIENTATION_VERTICAL, "bill-words");

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), osc_widget_new_text (title, "bill-name"));
  if (detail != NULL && *detail != '\0') {
    GtkWidget *label = osc_widget_new_text (detail, "secondary");
    gtk_widget_add_css_class (label, "numeric");
    gtk_box_append (GTK_BOX (box), label);
  }
  return box;
}

/* ---- words ---- */

static const char *
word_of (const char *method)
{
  if (g_str_equal (method, OSY_PAYMENT_CASH))
    return _ ("Cash");
  if (g_str_equal (method, OSY_PAYMENT_ACCOUNT))
    return _ ("Bank transfer");
  return g_str_equal (method, OSY_PAYMENT_TERMINAL) ? _ ("Card terminal") : _ ("Card");
}

char *
osc_refund_rows_way (const OsyPayment *payment)
{
  const char *parts[] = {word_of (payment->method), payment->card_issuer, payment->card_number,
                         payment->bank, payment->account_number};
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
  if (payment->approval_no != NULL)
    /* Translators: %s is the number under which the card company allowed a payment */
    g_string_append_printf (text, _ (" · approval %s"), payment->approval_no);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
osc_refund_rows_when (gint64 us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autofree char *iso = at != NULL ? g_date_time_format (at, "%Y-%m-%d") : g_strdup ("");
  g_autofree char *day = osc_words_day (iso);
  g_autofree char *clock = osc_words_clock (us);

  return g_strdup_printf ("%s %s", day, clock);
}

gboolean
osc_refund_rows_is_awaited (const OsyPayment *payment, const OsyRefund *refund)
{
  return osy_refund_is_open (refund->status) && osy_payment_is_remote (payment->method);
}

/* ---- lines ---- */

static char *
about_line (const OsyBillLine *line, gint64 left)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 sold = line->quantity - line->voided - line->comped;

  for (guint i = 0; i < line->options->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            ((OsyBillOption *)g_ptr_array_index (line->options, i))->name);
  if (left < sold)
    g_string_append_printf (text, _ ("%s%d of %d refunded"), text->len > 0 ? " · " : "",
                            (int)(sold - left), (int)sold);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
osc_refund_rows_line (const OsyBillLine *line, gint64 left)
{
  GtkWidget *row = gtk_toggle_button_new ();
  GtkWidget *box = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-line");
  gboolean fee = g_strcmp0 (line->line_id, line->order_id) == 0;
  const char *title = fee ? _ ("Delivery fee") : line->name;
  g_autofree char *about = about_line (line, left);
  g_autofree char *money = osc_words_money (line->due);
  g_autofree char *name = g_strdup_printf ("%s %s %s", title, about, money);
  GtkWidget *disc = new_box (GTK_ORIENTATION_HORIZONTAL, "refund-disc");
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (count, TRUE);
  gtk_widget_set_hexpand (disc, FALSE); /* its label fills it, no more */
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (disc), count);
  gtk_box_append (GTK_BOX (box), disc);
  gtk_box_append (GTK_BOX (box), new_words (title, about));
  gtk_box_append (GTK_BOX (box), new_amount (line->due));
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "bill-row");
  gtk_widget_set_sensitive (row, left > 0);
  osc_widget_set_class (row, "gone", left == 0);
  osc_widget_set_name (row, name);
  g_object_set_data (G_OBJECT (row), COUNT, count);
  return row;
}

void
osc_refund_rows_show_line (GtkWidget *row, gint64 quantity, gboolean cursor)
{
  g_autofree char *text =
      quantity > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, quantity) : g_strdup ("");

  gtk_label_set_label (g_object_get_data (G_OBJECT (row), COUNT), text);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), quantity > 0);
  osc_widget_set_class (row, "cursor", cursor);
}

/* ---- effects ---- */

typedef struct {
  const char *kind;
  const char *icon;
  const char *title;  /* msgid */
  const char *detail; /* (nullable): msgid */
  gboolean amount;
} EffectWords;

static const EffectWords effect_words[] = {
    {"CARD", "osy-card-symbolic", N_ ("Card payment cancelled"),
     N_ ("The guest sees it in a few days"), TRUE},
    {"ACCOUNT", "osy-card-symbolic", N_ ("Sent to the guest's account"), NULL, TRUE},
    {"CASH", "osy-cash-symbolic", N_ ("Cash handed back"),
     N_ ("Take it out of the drawer and give it to the guest"), TRUE},
    {"CASH_RECEIPT", "osy-receipt-symbolic", N_ ("Cash receipt cancelled"),
     N_ ("The tax office is told"), TRUE},
    {"POINTS", "osy-person-symbolic", N_ ("Points taken back"), NULL, TRUE},
    {"VAT", "osy-receipt-symbolic", N_ ("VAT goes down"), NULL, TRUE},
    {"STOCK", "osy-stock-symbolic", N_ ("Stock stays as it is"),
     N_ ("What can be used again is counted in Stock"), FALSE},
};

static char *
detail_of (const EffectWords *words, const OsyPayment *payment)
{
  g_autofree char *way = payment != NULL ? osc_refund_rows_way (payment) : NULL;
  const char *detail = words->detail != NULL ? _ (words->detail) : NULL;

  if (payment != NULL && g_str_equal (payment->method, OSY_PAYMENT_TERMINAL))
    detail = _ ("Cancel it on the terminal too");
  if (payment != NULL && g_str_equal (payment->method, OSY_PAYMENT_CASH))
    g_clear_pointer (&way, g_free);
  if (way == NULL || detail == NULL)
    return way != NULL ? g_steal_pointer (&way) : g_strdup (detail);
  return g_strdup_printf ("%s\n%s", way, detail);
}

GtkWidget *
osc_refund_rows_effect (const OscRefundEffect *effect, const OsyPayment *payment)
{
  const EffectWords *words = NULL;

  for (guint i = 0; words == NULL && i < G_N_ELEMENTS (effect_words); i++)
    if (g_str_equal (effect_words[i].kind, effect->kind))
      words = &effect_words[i];
  if (words == NULL || (words->amount && effect->amount == 0))
    return NULL;
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, "refund-effect");
  g_autofree char *detail = detail_of (words, payment);
  gtk_box_append (GTK_BOX (row), new_icon (words->icon, "refund-icon"));
  gtk_box_append (GTK_BOX (row), new_words (_ (words->title), detail));
  if (words->amount)
    gtk_box_append (GTK_BOX (row), new_amount (effect->amount));
  return row;
}

/* ---- earlier ones ---- */

static const char *
state_of (const OsyPayment *payment, const OsyRefund *refund)
{
  if (g_str_equal (refund->status, OSY_REFUND_FAILED))
    return _ ("Did not go back");
  if (!osy_refund_is_open (refund->status))
    return NULL;
  if (!osy_payment_is_remote (payment->method))
    return _ ("Hand it back");
  return g_str_equal (refund->status, OSY_REFUND_UNKNOWN) ? _ ("Being checked") : _ ("On its way");
}

/* The payment service is asked above all rows. */
static GtkWidget *
new_act (const OsyPayment *payment, const OsyRefund *refund)
{
  if (!osy_refund_is_open (refund->status) || osc_refund_rows_is_awaited (payment, refund))
    return NULL;
  GtkWidget *button = gtk_button_new_with_label (_ ("Handed back"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "outlined");
  return button;
}

GtkWidget *
osc_refund_rows_past (const OsyPayment *payment,
                      const OsyRefund *refund,
                      GtkWidget **act,
                      GtkWidget **print)
{
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, "refund-past");
  const char *state = state_of (payment, refund);
  g_autofree char *when = osc_refund_rows_when (refund->at);
  g_autofree char *about =
      g_strdup_printf ("%s · %s · %s", when, refund->by != NULL ? refund->by : "",
                       refund->reason != NULL ? refund->reason : "");
  g_autofree char *title = state != NULL
                               ? g_strdup_printf ("%s · %s", word_of (payment->method), state)
                               : g_strdup (word_of (payment->method));
  g_autofree char *paper = g_strdup_printf (_ ("Print the refund of %s"), when);

  osc_widget_set_class (row, "failed", g_str_equal (refund->status, OSY_REFUND_FAILED));
  osc_widget_set_class (row, "open", osy_refund_is_open (refund->status));
  gtk_box_append (GTK_BOX (row), new_words (title, about));
  gtk_box_append (GTK_BOX (row), new_amount (-refund->amount));
  *act = new_act (payment, refund);
  if (*act != NULL)
    gtk_box_append (GTK_BOX (row), *act);
  *print = gtk_button_new_from_icon_name ("osy-print-symbolic");
  gtk_widget_set_valign (*print, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (*print, paper);
  gtk_widget_add_css_class (*print, "outlined");
  gtk_widget_add_css_class (*print, "refund-print");
  osc_widget_set_name (*print, paper);
  gtk_box_append (GTK_BOX (row), *print);
  return row;
}

/* ---- found ---- */

GtkWidget *
osc_refund_rows_found (const OsyPayment *payment)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-line");
  g_autofree char *way = osc_refund_rows_way (payment);
  g_autofree char *when =
      osc_refund_rows_when (payment->paid_at != 0 ? payment->paid_at : payment->created_at);
  gint64 left = osy_payment_is_captured (payment->status) ? payment->amount - payment->held : 0;
  g_autofree char *money = osc_words_money (left);
  g_autofree char *about = left < payment->amount
                               ? g_strdup_printf (_ ("%s · %s can be refunded"), when, money)
                               : g_strdup (when);
  g_autofree char *name = g_strdup_printf ("%s %s %s", way, about, money);

  gtk_box_append (GTK_BOX (box), new_words (way, about));
  gtk_box_append (GTK_BOX (box), new_amount (payment->amount));
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "bill-row");
  osc_widget_set_name (row, name);
  return row;
}

GtkWidget *
osc_refund_rows_sum (const char *word, gint64 won, gboolean strong)
{
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, strong ? "bill-total" : "bill-sum");
  GtkWidget *label = osc_widget_new_text (word, strong ? "bill-name" : NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), new_amount (won));
  return row;
}
