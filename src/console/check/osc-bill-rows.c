/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rows of a bill, made anew whenever it changes. */

#include "osc-bill-rows.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

const char *
osc_bill_rows_kind (const char *kind)
{
  if (g_str_equal (kind, OSY_BILL_VOID))
    return _ ("Not made");
  return g_str_equal (kind, OSY_BILL_COMP) ? _ ("On the house") : _ ("Discount");
}

static GtkWidget *
new_amount (gint64 won, const char *class)
{
  g_autofree char *text = osc_words_money (won);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_box (GtkOrientation orientation, const char *class)
{
  GtkWidget *box = gtk_box_new (orientation, 0);

  gtk_widget_add_css_class (box, class);
  return box;
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
new_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_set_tooltip_text (button, name);
  osc_widget_set_name (button, name);
  return button;
}

/* ---- lines ---- */

/* "Spicy · Cheese ×2 · seat 3" */
static char *
about_line (const OsyBillLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < line->options->len; i++) {
    const OsyBillOption *option = g_ptr_array_index (line->options, i);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", option->name);
    if (option->quantity > 1)
      g_string_append_printf (text, " ×%" G_GINT64_FORMAT, option->quantity);
  }
  if (line->seat > 0) {
    g_autofree char *seat = g_strdup_printf (_ ("Seat %d"), line->seat);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", seat);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_tag (GtkWidget *box, const char *word, gint64 quantity, gint64 won)
{
  g_autofree char *money = won > 0 ? osc_words_money (-won) : NULL;
  g_autofree char *text = quantity > 0 ? g_strdup_printf ("%s %" G_GINT64_FORMAT, word, quantity)
                                       : g_strdup_printf ("%s %s", word, money);

  if (quantity > 0 || won > 0)
    append (box, osc_widget_new_text (text, "tag"));
}

static GtkWidget *
line_words (const OsyBillLine *line)
{
  GtkWidget *box = new_box (GTK_ORIENTATION_VERTICAL, "bill-words");
  GtkWidget *tags = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-tags");
  g_autofree char *about = about_line (line);
  gboolean off = line->voided > 0 || line->comped > 0 || line->discount > 0;

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  append (box, osc_widget_new_text (line->name, "bill-name"));
  if (*about != '\0')
    append (box, osc_widget_new_text (about, "secondary"));
  add_tag (tags, osc_bill_rows_kind (OSY_BILL_VOID), line->voided, 0);
  add_tag (tags, osc_bill_rows_kind (OSY_BILL_COMP), line->comped, 0);
  add_tag (tags, osc_bill_rows_kind (OSY_BILL_DISCOUNT), 0, line->discount);
  gtk_widget_set_visible (tags, off);
  append (box, tags);
  return box;
}

GtkWidget *
osc_bill_rows_line (const OsyBillLine *line)
{
  GtkWidget *row = gtk_toggle_button_new ();
  GtkWidget *box = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-line");
  gint64 left = line->quantity - line->voided;
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, left);
  g_autofree char *money = osc_words_money (line->net);
  g_autofree char *name = g_strdup_printf ("%s %s %s", line->name, quantity, money);
  GtkWidget *count = osc_widget_new_text (quantity, "bill-count");

  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  append (box, count);
  append (box, line_words (line));
  append (box, new_amount (line->net, "bill-amount"));
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "bill-row");
  osc_widget_set_class (row, "gone", left == 0);
  osc_widget_set_name (row, name);
  return row;
}

/* ---- adjustments ---- */

static char *
about_adjustment (const OsyBill *bill, const OsyBillAdjustment *adjustment)
{
  int line = osy_bill_find_line (bill, adjustment->line_id);
  const char *what =
      line >= 0 ? ((OsyBillLine *)g_ptr_array_index (bill->lines, line))->name : _ ("Whole bill");

  if (adjustment->percent > 0)
    return g_strdup_printf ("%s · %d%%", what, adjustment->percent);
  if (adjustment->quantity > 0)
    return g_strdup_printf ("%s ×%" G_GINT64_FORMAT, what, adjustment->quantity);
  return g_strdup (what);
}

GtkWidget *
osc_bill_rows_adjustment (const OsyBill *bill,
                          const OsyBillAdjustment *adjustment,
                          GtkWidget **back)
{
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-adjustment");
  GtkWidget *box = new_box (GTK_ORIENTATION_VERTICAL, "bill-words");
  g_autofree char *what = about_adjustment (bill, adjustment);
  g_autofree char *title = g_strdup_printf ("%s · %s", osc_bill_rows_kind (adjustment->kind), what);
  g_autofree char *why = g_strdup_printf (
      "%s · %s", adjustment->reason != NULL ? adjustment->reason : "", adjustment->by);
  g_autofree char *name = g_strdup_printf (_ ("Take back: %s"), title);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  append (box, osc_widget_new_text (title, "bill-name"));
  append (box, osc_widget_new_text (why, "secondary"));
  *back = new_button ("osy-undo-symbolic", name);
  append (row, box);
  append (row, new_amount (-adjustment->amount, "bill-amount"));
  append (row, *back);
  return row;
}

/* ---- parts ---- */

char *
osc_bill_rows_part_name (const OsyBillPart *part, guint nth)
{
  if (part->name != NULL)
    return g_strdup (part->name);
  if (part->kind == OSY_CHECK_PART_EQUAL)
    return g_strdup_printf (_ ("Guest %u"), nth + 1);
  if (part->kind == OSY_CHECK_PART_SEAT)
    return g_strdup_printf (_ ("Seat %d"), part->seat);
  return g_strdup_printf (_ ("Part %u"), nth + 1);
}

/* "Tteokbokki ½ · Gimbap" */
char *
osc_bill_rows_part_items (const OsyBill *bill, const OsyBillPart *part)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < part->takes->len; i++) {
    const OsyCheckTake *take = &g_array_index (part->takes, OsyCheckTake, i);
    const OsyBillLine *line = g_ptr_array_index (bill->lines, take->line);
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", line->name);
    if (take->denominator > 1)
      g_string_append_printf (text, " %d/%d", take->numerator, take->denominator);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
about_part (const OsyBill *bill, const OsyBillPart *part)
{
  if (part->paid > 0)
    return g_strdup (_ ("Paid"));
  switch (part->kind) {
  case OSY_CHECK_PART_ITEM: return osc_bill_rows_part_items (bill, part);
  case OSY_CHECK_PART_EQUAL: return g_strdup (_ ("Equal share"));
  default: return g_strdup (_ ("Left to pay"));
  }
}

GtkWidget *
osc_bill_rows_part (const OsyBill *bill, guint nth, GtkWidget **print, GtkWidget **drop)
{
  const OsyBillPart *part = g_ptr_array_index (bill->parts, nth);
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, "bill-part");
  GtkWidget *box = new_box (GTK_ORIENTATION_VERTICAL, "bill-words");
  g_autofree char *title = osc_bill_rows_part_name (part, nth);
  g_autofree char *about = about_part (bill, part);
  g_autofree char *print_name = g_strdup_printf (_ ("Print: %s"), title);
  g_autofree char *drop_name = g_strdup_printf (_ ("Remove: %s"), title);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  append (box, osc_widget_new_text (title, "bill-name"));
  append (box, osc_widget_new_text (about, "secondary"));
  append (row, box);
  append (row, new_amount (part->amount, "bill-amount"));
  *print = new_button ("osy-print-symbolic", print_name);
  append (row, *print);
  *drop = part->frozen ? NULL : new_button ("osy-close-symbolic", drop_name);
  if (*drop != NULL)
    append (row, *drop);
  osc_widget_set_class (row, "paid", part->paid > 0);
  return row;
}

GtkWidget *
osc_bill_rows_total (const char *word, gint64 won, gboolean strong)
{
  GtkWidget *row = new_box (GTK_ORIENTATION_HORIZONTAL, strong ? "bill-total" : "bill-sum");
  GtkWidget *label = osc_widget_new_text (word, strong ? "bill-name" : "secondary");

  gtk_widget_set_hexpand (label, TRUE);
  append (row, label);
  append (row, new_amount (won, "bill-amount"));
  return row;
}
