/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and unprinted slips as the console keeps them: late news never brings an old state back,
 * and what is on paper is gone from the list. */

#include "osc-printer-store.h"

#include <string.h>

#include "osy-json.h"

#define PRINTER                                                                               \
  "{\"id\":\"01940000-0000-7000-8000-00000000000%d\",\"name\":\"%s\",\"transport\":\"NONE\"," \
  "\"address\":\"\",\"width\":80,\"columns\":48,\"mode\":\"RASTER\",\"language\":\"ko\","     \
  "\"purposes\":[],\"drawer\":false,\"state\":{\"ok\":true,%s\"waiting\":%d},\"version\":1}"
#define JOB                                                                                      \
  "{\"id\":\"01940000-0000-7000-8000-0000000000a%d\",\"printer_id\":"                            \
  "\"01940000-0000-7000-8000-000000000001\",\"purpose\":\"KITCHEN\",\"subject_type\":\"order\"," \
  "\"subject_id\":\"%s\",\"state\":\"%s\",\"attempts\":3,\"copy\":1,"                            \
  "\"created_at\":\"2026-11-21T03:0%d:00Z\",\"version\":%d}"

static void
take (OscPrinterStore *store, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  osc_printer_store_take (store, node);
}

static void
take_job (OscPrinterStore *store, int n, const char *state, int version)
{
  g_autofree char *job =
      g_strdup_printf (JOB, n, n == 1 ? "order-1" : "order-2", state, n, version);
  g_autofree char *text = g_strdup_printf ("{\"jobs\":[%s]}", job);

  take (store, text);
}

static guint
count (OscPrinterStore *store)
{
  g_autoptr (GPtrArray) jobs = osc_printer_store_jobs (store);

  return jobs->len;
}

static void
test_jobs (void)
{
  g_autoptr (OscPrinterStore) store = osc_printer_store_new (NULL);

  take_job (store, 2, "QUEUED", 1);
  take_job (store, 1, "FAILED", 3);
  g_assert_cmpuint (count (store), ==, 2);
  g_autoptr (GPtrArray) jobs = osc_printer_store_jobs (store);
  g_assert_true (g_str_has_suffix (((OsyPrintJob *)jobs->pdata[0])->id, "a1"));
  g_assert_nonnull (osc_printer_store_failed (store, "order-1"));
  g_assert_null (osc_printer_store_failed (store, "order-2"));
  take_job (store, 1, "QUEUED", 2);
  g_assert_nonnull (osc_printer_store_failed (store, "order-1"));
  take_job (store, 1, "DONE", 5);
  g_assert_null (osc_printer_store_failed (store, "order-1"));
  g_assert_cmpuint (count (store), ==, 1);
}

static void
test_worst (void)
{
  g_autoptr (OscPrinterStore) store = osc_printer_store_new (NULL);
  g_autofree char *fine = g_strdup_printf (PRINTER, 1, "하나", "", 0);
  g_autofree char *low = g_strdup_printf (
      PRINTER, 2, "둘", "\"problem\":\"PAPER_LOW\",\"since\":\"2026-11-21T03:00:00Z\",", 0);
  g_autofree char *off = g_strdup_printf (
      PRINTER, 3, "셋", "\"problem\":\"OFF\",\"since\":\"2026-11-21T03:00:00Z\",", 2);
  g_autofree char *two = g_strdup_printf ("{\"printers\":[%s,%s]}", fine, low);
  g_autofree char *three = g_strdup_printf ("{\"printers\":[%s,%s,%s]}", fine, low, off);

  g_assert_null (osc_printer_store_printers (store));
  take (store, two);
  g_assert_cmpstr (osc_printer_store_worst (store)->name, ==, "둘");
  take (store, three);
  g_assert_cmpstr (osc_printer_store_worst (store)->name, ==, "셋");
  g_assert_cmpuint (osc_printer_store_printers (store)->len, ==, 3);
}

static void
note (OscPrinterStore *store, const char *what, GString *asked)
{
  g_string_append_printf (asked, "%s\n", what);
}

static void
test_acts (void)
{
  g_autoptr (OscPrinterStore) store = osc_printer_store_new (NULL);
  g_autoptr (GString) asked = g_string_new (NULL);

  g_signal_connect (store, "requested", G_CALLBACK (note), asked);
  osc_printer_store_retry (store, "one", "there");
  osc_printer_store_dismiss (store, "two");
  g_assert_cmpstr (asked->str, ==, "POST print-jobs/one/retry\nPOST print-jobs/two/dismiss\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer-store/jobs", test_jobs);
  g_test_add_func ("/printer-store/worst", test_worst);
  g_test_add_func ("/printer-store/acts", test_acts);
  return g_test_run ();
}
