/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented payments of the invented check. */

#include "osc-fixture.h"

#define CHECK "01900000-0000-7000-8000-0000000000c1"

void
osc_fixture_payments (OscPayStore *store, gboolean remote)
{
  g_autoptr (JsonNode) setup = json_from_string (
      remote ? "{\"methods\":[\"CASH\",\"CARD_TERMINAL\",\"TOSS\"],\"toss\":{\"client_key\":"
               "\"test_ck_simulated\",\"secret_key_set\":true},\"version\":1}"
             : "{\"methods\":[\"CASH\",\"CARD_TERMINAL\"],\"toss\":{\"secret_key_set\":false},"
               "\"version\":0}",
      NULL);
  g_autoptr (JsonNode) edge =
      json_from_string ("{\"state\":\"up\",\"addresses\":[\"https://192.168.0.9:8443\"]}", NULL);

  osc_pay_store_take_setup (store, setup);
  osc_pay_store_take_edge (store, edge);
}

OsyPayment *
osc_fixture_payment (const char *method, const char *status, gint64 amount, const char *part_id)
{
  static guint n;
  OsyPayment *payment = osy_payment_new ();

  payment->id = g_strdup_printf ("01900000-0000-7000-8000-0000000000%02x", 0xd1 + n++ % 16);
  payment->status = g_strdup (status);
  payment->check_id = g_strdup (CHECK);
  payment->part_id = g_strdup (part_id);
  payment->method = g_strdup (method);
  payment->amount = amount;
  payment->created_at = OSC_FIXTURE_NOW;
  payment->version = 1;
  return payment;
}

/* Also before it is on screen. */
static GtkWidget *
button_that_reads (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = button_that_reads (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

void
osc_fixture_press (GtkWidget *within, const char *text)
{
  GtkWidget *button = button_that_reads (within, text);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}
