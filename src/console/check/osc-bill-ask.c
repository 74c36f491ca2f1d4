/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sheet that asks how much is taken off, and why. */

#include "osc-bill-ask.h"

#include <glib/gi18n.h>

#include "osc-bill-rows.h"
#include "osc-reasons.h"
#include "osc-stepper.h"
#include "osc-words.h"
#include "osy-money.h"

static const int percents[] = {5, 10, 20, 30, 50};
static const int charges[] = {0, 5, 10, 15, 20};

typedef struct {
  OscBillStore *store;
  const char *kind;     /* static */
  char *line_id;        /* nullable */
  OscSheet *sheet;      /* owns us */
  OscStepper *quantity; /* nullable */
  OscField *won;        /* nullable */
  GtkWidget *chips[G_N_ELEMENTS (percents)];
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->store);
  g_free (ask->line_id);
  g_free (ask);
}

/* ---- how much ---- */

static void
on_quantity (Ask *ask, int value)
{
  osc_stepper_set_value (ask->quantity, value);
}

static void
add_quantity (Ask *ask, const OsyBillLine *line)
{
  GtkWidget *stepper = osc_stepper_new (_ ("How many"));
  int left = (int)(line->quantity - line->voided - line->comped);

  ask->quantity = OSC_STEPPER (stepper);
  osc_stepper_set_range (ask->quantity, 1, MAX (1, left));
  osc_stepper_set_value (ask->quantity, MAX (1, left));
  gtk_widget_set_halign (stepper, GTK_ALIGN_START);
  gtk_widget_set_visible (stepper, left > 1);
  g_signal_connect_swapped (stepper, "changed", G_CALLBACK (on_quantity), ask);
  osc_sheet_add (ask->sheet, stepper);
}

/* A percentage or an amount: one puts the other away. */
static void
on_percent (Ask *ask, GtkToggleButton *chip)
{
  if (gtk_toggle_button_get_active (chip))
    osc_field_set_text (ask->won, "");
}

static void
add_discount (Ask *ask)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_add_css_class (row, "presets");
  for (gsize i = 0; i < G_N_ELEMENTS (percents); i++) {
    g_autofree char *text = g_strdup_printf ("%d%%", percents[i]);
    ask->chips[i] = gtk_toggle_button_new_with_label (text);
    gtk_widget_add_css_class (ask->chips[i], "bill-chip");
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (ask->chips[i]),
                                 i > 0 ? GTK_TOGGLE_BUTTON (ask->chips[0]) : NULL);
    g_signal_connect_swapped (ask->chips[i], "toggled", G_CALLBACK (on_percent), ask);
    gtk_box_append (GTK_BOX (row), ask->chips[i]);
  }
  osc_sheet_add (ask->sheet, row);
  ask->won = osc_sheet_add_field (ask->sheet, _ ("Or an amount"), NULL, FALSE);
}

static int
chosen_percent (const Ask *ask)
{
  for (gsize i = 0; i < G_N_ELEMENTS (percents); i++)
    if (ask->chips[i] != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ask->chips[i])))
      return percents[i];
  return 0;
}

/* ---- doing it ---- */

static gboolean
read_discount (Ask *ask, OscBillAdjust *adjust)
{
  const char *text = osc_field_text (ask->won);

  if (*text != '\0' && osy_money_parse (text, &adjust->won) && adjust->won > 0)
    return TRUE;
  adjust->percent = chosen_percent (ask);
  if (*text == '\0' && adjust->percent > 0)
    return TRUE;
  osc_field_set_error (ask->won, _ ("How much is it? A percentage or an amount."));
  return FALSE;
}

static void
on_reason (Ask *ask, const char *reason)
{
  OscBillAdjust adjust = {.kind = ask->kind, .line_id = ask->line_id, .reason = reason};

  if (ask->quantity != NULL)
    adjust.quantity = osc_stepper_get_value (ask->quantity);
  if (ask->won != NULL && !read_discount (ask, &adjust))
    return;
  osc_bill_store_adjust (ask->store, &adjust);
  gtk_window_close (GTK_WINDOW (ask->sheet));
}

static void
add_reasons (Ask *ask)
{
  GtkWidget *reasons = g_object_new (OSC_TYPE_REASONS, NULL);

  osc_reasons_ask (OSC_REASONS (reasons), g_str_equal (ask->kind, OSY_BILL_VOID) ? OSC_REASONS_VOID
                                          : g_str_equal (ask->kind, OSY_BILL_COMP)
                                              ? OSC_REASONS_COMP
                                              : OSC_REASONS_DISCOUNT);
  g_signal_connect_swapped (reasons, "chosen", G_CALLBACK (on_reason), ask);
  osc_sheet_add (ask->sheet, reasons);
}

OscSheet *
osc_bill_ask (GtkWidget *from, OscBillStore *store, const char *kind, const char *line_id)
{
  const OsyBill *bill = osc_bill_store_bill (store);
  int index = bill != NULL ? osy_bill_find_line (bill, line_id) : -1;
  const OsyBillLine *line = index >= 0 ? g_ptr_array_index (bill->lines, index) : NULL;
  const char *what = line != NULL ? line->name : _ ("Whole bill");
  g_autofree char *title = g_strdup_printf ("%s · %s", osc_bill_rows_kind (kind), what);
  Ask *ask = g_new0 (Ask, 1);

  ask->store = g_object_ref (store);
  ask->kind = kind;
  ask->line_id = line != NULL ? g_strdup (line_id) : NULL;
  ask->sheet = osc_sheet_new (from);
  g_object_set_data_full (G_OBJECT (ask->sheet), "osc-bill-ask", ask, ask_free);
  osc_sheet_ask (ask->sheet, title, NULL, NULL);
  if (g_str_equal (kind, OSY_BILL_DISCOUNT))
    add_discount (ask);
  else if (line != NULL)
    add_quantity (ask, line);
  add_reasons (ask);
  return ask->sheet;
}

/* ---- service charge ---- */

static void
on_charge (GtkButton *chip, OscSheet *sheet)
{
  OscBillStore *store = g_object_get_data (G_OBJECT (sheet), "osc-bill-store");
  int percent = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "percent"));

  osc_bill_store_charge (store, percent);
  gtk_window_close (GTK_WINDOW (sheet));
}

OscSheet *
osc_bill_ask_charge (GtkWidget *from, OscBillStore *store)
{
  const OsyBill *bill = osc_bill_store_bill (store);
  OscSheet *sheet = osc_sheet_new (from);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  g_object_set_data_full (G_OBJECT (sheet), "osc-bill-store", g_object_ref (store), g_object_unref);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_add_css_class (row, "presets");
  osc_sheet_ask (sheet, _ ("Service charge"), _ ("It is added to what discounts leave"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (charges); i++) {
    g_autofree char *text =
        charges[i] > 0 ? g_strdup_printf ("%d%%", charges[i]) : g_strdup (_ ("None"));
    GtkWidget *chip = gtk_toggle_button_new_with_label (text);

    gtk_widget_add_css_class (chip, "bill-chip");
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip),
                                  bill != NULL && bill->service_percent == charges[i]);
    g_object_set_data (G_OBJECT (chip), "percent", GINT_TO_POINTER (charges[i]));
    g_signal_connect_object (chip, "clicked", G_CALLBACK (on_charge), sheet, 0);
    gtk_box_append (GTK_BOX (row), chip);
  }
  osc_sheet_add (sheet, row);
  return sheet;
}
