/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A bill by keys and by touch: what is asked of the daemon, and that the split stays on screen. */

#include <glib/gi18n.h>
#include <string.h>

#include "find.h"
#include "osc-bill.h"
#include "osc-fixture.h"
#include "osy-compat.h"

#define MERGED "00000009-0000-7000-8000-000000000001"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  char *asked; /* the last request */
} Desk;

static GtkApplication *application;

static void
on_requested (OscBillStore *store,
              const char *method,
              const char *rest,
              const char *body,
              Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup_printf ("%s %s %s", method, rest ? rest : "", body ? body : "");
}

static void
desk_open (Desk *desk, guint people)
{
  OsyBill *bill = osc_fixture_bill (people);

  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  g_signal_connect (desk->context.bill, "requested", G_CALLBACK (on_requested), desk);
  osc_shell_go (desk->shell, "bill", bill->id);
  g_assert_cmpstr (desk->asked, ==, "GET  ");
  osc_bill_store_take (desk->context.bill, bill);
  osc_fixture_spin (100);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->asked);
}

static void
key (Desk *desk, OscKey what)
{
  g_assert_true (osc_view_key (OSC_VIEW (osc_shell_view (desk->shell)), what));
  osc_fixture_spin (50);
}

/* More people are more equal parts; one person is none; while one act is under way no other is. */
static void
test_people (void)
{
  Desk desk;

  desk_open (&desk, 0);
  key (&desk, OSC_KEY_MORE);
  g_assert_cmpstr (desk.asked, ==,
                   "PUT /parts {\"parts\":[{\"kind\":\"EQUAL\"},{\"kind\":\"EQUAL\"}]}");
  g_clear_pointer (&desk.asked, g_free);
  key (&desk, OSC_KEY_MORE);
  g_assert_null (desk.asked);
  OsyBill *two = osc_fixture_bill (2);
  two->version++;
  osc_bill_store_take (desk.context.bill, two);
  key (&desk, OSC_KEY_LESS);
  g_assert_cmpstr (desk.asked, ==, "PUT /parts {\"parts\":[]}");
  desk_close (&desk);
}

/* What is paid is sent along and never equal shares anew. */
static void
test_paid_stays (void)
{
  Desk desk;

  desk_open (&desk, 0);
  OsyBill *bill = osc_fixture_bill (3);
  OsyBillPart *paid = g_ptr_array_index (bill->parts, 0);
  bill->version++;
  paid->frozen = TRUE;
  paid->paid = paid->amount;
  g_autofree char *id = g_strdup (paid->id);
  osc_bill_store_take (desk.context.bill, bill);
  key (&desk, OSC_KEY_LESS);
  g_autofree char *wanted =
      g_strdup_printf ("PUT /parts {\"parts\":[{\"id\":\"%s\",\"kind\":\"EQUAL\"},"
                       "{\"kind\":\"EQUAL\"}]}",
                       id);
  g_assert_cmpstr (desk.asked, ==, wanted);
  desk_close (&desk);
}

/* An older answer does not overwrite what an event has brought. */
static void
test_older_answer (void)
{
  Desk desk;

  desk_open (&desk, 3);
  OsyBill *old = osc_fixture_bill (0);
  old->version--;
  osc_bill_store_take (desk.context.bill, old);
  g_assert_cmpuint (osc_bill_store_bill (desk.context.bill)->parts->len, ==, 3);
  desk_close (&desk);
}

static void
test_acts (void)
{
  Desk desk;
  const OscBillAdjust adjust = {.kind = OSY_BILL_DISCOUNT, .percent = 10, .reason = "단골"};

  desk_open (&desk, 0);
  osc_bill_store_adjust (desk.context.bill, &adjust);
  g_assert_cmpstr (desk.asked, ==,
                   "POST /adjustments {\"kind\":\"DISCOUNT\",\"reason\":\"단골\",\"percent\":10}");
  osc_bill_store_take (desk.context.bill, osc_fixture_bill (0));
  const OsyBill *bill = osc_bill_store_bill (desk.context.bill);
  const OsyBillAdjustment *first = g_ptr_array_index (bill->adjustments, 0);
  g_autofree char *wanted = g_strdup_printf ("POST /adjustments/%s/withdraw {}", first->id);
  osc_bill_store_withdraw (desk.context.bill, first->id);
  g_assert_cmpstr (desk.asked, ==, wanted);
  desk_close (&desk);
}

/* One part for each seat that ordered; service as a percentage. */
static void
test_seats (void)
{
  Desk desk;

  desk_open (&desk, 0);
  key (&desk, OSC_KEY_SPLIT);
  press_text (GTK_WIDGET (desk.window), _ ("By seat"));
  g_assert_cmpstr (desk.asked, ==, "PUT /parts {\"parts\":[{\"kind\":\"SEAT\",\"seat\":2}]}");
  osc_bill_store_take (desk.context.bill, osc_fixture_bill (0));
  osc_bill_store_charge (desk.context.bill, 10);
  g_assert_cmpstr (desk.asked, ==, "PUT /service-charge {\"percent\":10}");
  desk_close (&desk);
}

static GtkWidget *
sheet_over (Desk *desk)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (gtk_window_get_transient_for (i->data) == GTK_WINDOW (desk->window))
      return i->data;
  return NULL;
}

/* What a line's menu in the drawer asks for: of @check's first line on the house. */
static void
wish (Desk *desk, const char *check, const OsyBill *bill)
{
  const OsyBillLine *line = g_ptr_array_index (bill->lines, 0);
  g_autofree char *what = g_strdup_printf ("%s/%s/%s", check, line->line_id, OSY_BILL_COMP);

  osc_shell_go (desk->shell, "orders", NULL);
  osc_bill_store_take (desk->context.bill, NULL);
  osc_shell_go (desk->shell, "bill", what);
  g_assert_null (sheet_over (desk));
}

/* It is asked once the check is here, of that line; a merged one is shown on its root. */
static void
test_wish (void)
{
  for (int merged = 0; merged < 2; merged++) {
    Desk desk;
    OsyBill *bill = osc_fixture_bill (0);

    desk_open (&desk, 0);
    if (merged > 0) {
      g_ptr_array_add (bill->merged, g_strdup (MERGED));
    }
    wish (&desk, merged > 0 ? MERGED : bill->id, bill);
    osc_bill_store_take (desk.context.bill, bill);
    osc_fixture_spin (100);
    g_assert_nonnull (sheet_over (&desk));
    g_autofree char *title = g_strdup_printf ("%s · %s", _ ("On the house"), "떡볶이");
    g_assert_nonnull (find (sheet_over (&desk), says, title));
    desk_close (&desk);
  }
}

/* Another bill than the wished one ends the wish: nothing is asked when that comes later. */
static void
test_wish_ends (void)
{
  Desk desk;
  OsyBill *bill = osc_fixture_bill (0);
  OsyBill *other = osc_fixture_bill (0);

  desk_open (&desk, 0);
  wish (&desk, bill->id, bill);
  osy_set_str (&other->id, MERGED);
  osc_bill_store_take (desk.context.bill, other);
  osc_bill_store_take (desk.context.bill, bill);
  osc_fixture_spin (100);
  g_assert_null (sheet_over (&desk));
  desk_close (&desk);
}

static void
on_printer_asked (OscPrinterStore *store, const char *what, Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup (what);
}

/* Nothing is promised that no printer would do. */
static void
test_print (void)
{
  Desk desk;
  g_autoptr (JsonNode) printers = json_from_string (
      "{\"printers\":[{\"id\":\"01940000-0000-7000-8000-000000000002\",\"name\":\"바\","
      "\"transport\":\"NONE\",\"address\":\"\",\"width\":80,\"columns\":48,\"mode\":\"RASTER\","
      "\"language\":\"ko\",\"purposes\":[\"BILL\",\"KITCHEN\"],\"drawer\":false,\"version\":1,"
      "\"state\":{\"ok\":true,\"waiting\":0}}]}",
      NULL);

  desk_open (&desk, 0);
  g_signal_connect (desk.context.printers, "requested", G_CALLBACK (on_printer_asked), &desk);
  g_clear_pointer (&desk.asked, g_free);
  gtk_widget_activate_action (GTK_WIDGET (desk.shell), "shell.print", "(ss)", "bill", "x");
  g_assert_null (desk.asked);
  osc_printer_store_take (desk.context.printers, printers);
  gtk_widget_activate_action (GTK_WIDGET (desk.shell), "shell.print", "(ss)", "bill", "x");
  g_assert_cmpstr (desk.asked, ==, "POST checks/x/print");
  g_clear_pointer (&desk.asked, g_free);
  gtk_widget_activate_action (GTK_WIDGET (desk.shell), "shell.print", "(ss)", "receipt", "x");
  g_assert_null (desk.asked);
  gtk_widget_activate_action (GTK_WIDGET (desk.shell), "shell.print", "(ss)", "kitchen", "y");
  g_assert_cmpstr (desk.asked, ==, "POST kitchen/orders/y/reprint");
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/bill/journey/people", test_people);
  g_test_add_func ("/bill/journey/paid-stays", test_paid_stays);
  g_test_add_func ("/bill/journey/older-answer", test_older_answer);
  g_test_add_func ("/bill/journey/acts", test_acts);
  g_test_add_func ("/bill/journey/seats", test_seats);
  g_test_add_func ("/bill/journey/wish", test_wish);
  g_test_add_func ("/bill/journey/wish-ends", test_wish_ends);
  g_test_add_func ("/bill/journey/print", test_print);
  return g_test_run ();
}
