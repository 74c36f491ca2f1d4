/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and jobs as data: what may be set, and there and back as JSON. */

#include "osy-printing.h"

#include <string.h>

#include "osy-json.h"

static gboolean
takes (OsyPrinter *printer, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return osy_printer_read_draft (printer, node, &error);
}

static OsyPrinter *
new_printer (void)
{
  OsyPrinter *printer = osy_printer_new ();

  g_assert_true (takes (printer,
                        "{\"name\":\"주방\",\"transport\":\"TCP\",\"address\":\"10.0.0.9\","
                        "\"purposes\":[\"KITCHEN\"]}"));
  return printer;
}

static void
test_addresses (void)
{
  static const char *const good[] = {"10.1.2.3",        "172.16.0.4:9101", "192.168.1.5:9100",
                                     "127.0.0.1:40000", "[fd00::1]:9100",  "169.254.3.4"};
  static const char *const bad[] = {"8.8.8.8",       "example.com:9100", "192.168.1.5:22",
                                    "192.168.1.5:x", "172.32.0.1",       "",
                                    "[2001:db8::1]"};

  for (gsize i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++) {
    gboolean is_good = i < G_N_ELEMENTS (good);
    const char *address = is_good ? good[i] : bad[i - G_N_ELEMENTS (good)];
    g_autoptr (OsyPrinter) printer = new_printer ();
    g_autofree char *text = g_strdup_printf ("{\"address\":\"%s\"}", address);
    g_test_message ("%s", address);
    g_assert_true (takes (printer, text) == is_good);
  }
}

static void
test_kept (void)
{
  g_autoptr (OsyPrinter) printer = new_printer ();

  g_assert_cmpint (printer->columns, ==, 48);
  g_assert_true (takes (printer, "{\"width\":58,\"mode\":\"TEXT\",\"language\":\"en\"}"));
  g_assert_true (takes (printer, "{\"name\":\"홀\"}"));
  g_assert_cmpint (printer->columns, ==, 32);
  g_assert_true (printer->text);
  g_assert_cmpstr (printer->purposes[0], ==, "KITCHEN");
  g_assert_false (takes (printer, "{\"width\":58,\"columns\":48}"));
  g_assert_false (takes (printer, "{\"purposes\":[\"BILL\",\"BILL\"]}"));
  g_assert_false (takes (printer, "{\"transport\":\"USB\",\"address\":\"/dev/sda\"}"));
  g_assert_false (takes (printer, "{\"colour\":\"red\"}"));
}

static void
test_there_and_back (void)
{
  g_autoptr (OsyPrinter) printer = new_printer ();
  g_autoptr (GError) error = NULL;

  printer->id = g_strdup ("01940000-0000-7000-8000-000000000001");
  printer->problem = g_strdup (OSY_PRINTER_PAPER_LOW);
  printer->problem_since = G_USEC_PER_SEC;
  printer->waiting = 3;
  printer->version = 2;
  g_autoptr (JsonNode) node = osy_printer_to_json (printer);
  g_autoptr (OsyPrinter) again = osy_printer_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_false (osy_printer_is_stopped (again));
  g_assert_cmpint (again->waiting, ==, 3);
  g_autoptr (JsonNode) same = osy_printer_to_json (again);
  g_autofree char *one = osy_json_print (node);
  g_autofree char *other = osy_json_print (same);
  g_assert_cmpstr (one, ==, other);
}

/* What is done stays done; nothing is on its way but by being taken. */
static void
test_states (void)
{
  const OsyStateTable *table = &osy_print_job_states;

  g_assert_true (osy_state_table_allows (table, OSY_PRINT_QUEUED, OSY_PRINT_PRINTING));
  g_assert_true (osy_state_table_allows (table, OSY_PRINT_FAILED, OSY_PRINT_QUEUED));
  g_assert_false (osy_state_table_allows (table, OSY_PRINT_QUEUED, OSY_PRINT_DONE));
  g_assert_false (osy_state_table_allows (table, OSY_PRINT_DONE, OSY_PRINT_QUEUED));
  g_assert_false (osy_state_table_allows (table, OSY_PRINT_DISMISSED, OSY_PRINT_QUEUED));
  g_assert_false (osy_state_table_allows (table, OSY_PRINT_PRINTING, OSY_PRINT_DISMISSED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/addresses", test_addresses);
  g_test_add_func ("/printing/kept", test_kept);
  g_test_add_func ("/printing/there-and-back", test_there_and_back);
  g_test_add_func ("/printing/states", test_states);
  return g_test_run ();
}
