/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is kept of persons, and the guest's token. */

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"
#include "osy-order-fixture.h"
#include "osy-order-token.h"

static OsyOrderFixture *fixture;

/* ---- tokens ---- */

static void
test_token (void)
{
  const char *shop = osy_order_fixture_shop_id (fixture);
  g_autofree char *order = osy_id_new ();
  g_autofree char *other = osy_id_new ();
  g_autofree char *token = osy_order_token_new (fixture->ring, shop, order);
  g_autofree char *again = osy_order_token_new (fixture->ring, shop, order);
  g_autofree char *found = osy_order_token_check (fixture->ring, token, order);

  g_assert_cmpstr (token, ==, again);
  g_assert_cmpstr (found, ==, shop);
  g_assert_null (osy_order_token_check (fixture->ring, token, other));
  g_assert_null (osy_order_token_check (fixture->ring, NULL, order));
  g_assert_null (osy_order_token_check (fixture->ring, "", order));
  g_assert_null (osy_order_token_check (fixture->ring, token, "x"));
}

/* Any other character at any place, and any other length. */
static void
test_token_tampered (void)
{
  static const char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
  g_autofree char *order = osy_id_new ();
  g_autofree char *token =
      osy_order_token_new (fixture->ring, osy_order_fixture_shop_id (fixture), order);

  for (gsize i = 0; token[i] != '\0'; i++)
    for (gsize k = 0; k < sizeof letters - 1; k++) {
      g_autofree char *bad = g_strdup (token);
      bad[i] = letters[k];
      if (bad[i] != token[i])
        g_assert_null (osy_order_token_check (fixture->ring, bad, order));
    }
  for (gsize len = 0; len < strlen (token); len++) {
    g_autofree char *cut = g_strndup (token, len);
    g_assert_null (osy_order_token_check (fixture->ring, cut, order));
  }
  g_autofree char *longer = g_strconcat (token, "A", NULL);
  g_assert_null (osy_order_token_check (fixture->ring, longer, order));
}

/* ---- cells ---- */

static OsyOrderData *
personal_order (void)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "DELIVERY");

  order->customer_name = g_strdup ("카나리아김");
  order->customer_phone = g_strdup ("010-9876-5432");
  order->delivery_address = g_strdup ("서울 카나리아길 1");
  order->note = g_strdup ("문 앞 🙂 \"שלום\"");
  ((OsyOrderLine *)order->lines->pdata[1])->note = g_strdup ("덜 맵게\n카나리아");
  return order;
}

static void
test_round_trip (void)
{
  g_autoptr (OsyOrderData) order = personal_order ();
  g_autoptr (OsyOrderData) bare = osy_order_fixture_order (fixture, "DELIVERY");
  g_auto (OsyOrderCells) cells = {NULL};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_order_cells_seal (fixture->ring, order, &cells, &error));
  g_assert_no_error (error);
  g_free (bare->id);
  bare->id = g_strdup (order->id);
  for (guint i = 0; i < 2; i++) {
    OsyOrderLine *line = bare->lines->pdata[i];
    g_free (line->line_id);
    line->line_id = g_strdup (((OsyOrderLine *)order->lines->pdata[i])->line_id);
  }
  g_assert_true (osy_order_cells_open (fixture->ring, &cells, bare, &error));
  g_assert_cmpstr (bare->customer_name, ==, order->customer_name);
  g_assert_cmpstr (bare->customer_phone, ==, order->customer_phone);
  g_assert_cmpstr (bare->delivery_address, ==, order->delivery_address);
  g_assert_cmpstr (bare->note, ==, order->note);
  g_assert_null (((OsyOrderLine *)bare->lines->pdata[0])->note);
  g_assert_cmpstr (((OsyOrderLine *)bare->lines->pdata[1])->note, ==, "덜 맵게\n카나리아");
}

/* A cell opens in its own place only; what does not open is left out, and the rest is read. */
static void
test_swapped (void)
{
  g_autoptr (OsyOrderData) order = personal_order ();
  g_autoptr (OsyOrderData) other = personal_order ();
  g_auto (OsyOrderCells) cells = {NULL};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_order_cells_seal (fixture->ring, order, &cells, &error));
  g_assert_true (osy_order_cells_open (fixture->ring, &cells, other, &error));
  g_assert_no_error (error);
  g_assert_true (other->unreadable);
  g_assert_null (other->customer_name);
  g_assert_null (other->note);
  GBytes *name = cells.customer_name;
  cells.customer_name = cells.note;
  cells.note = name;
  g_assert_true (osy_order_cells_open (fixture->ring, &cells, order, &error));
  g_assert_true (order->unreadable);
  g_assert_null (order->customer_name);
  g_assert_null (order->note);
  g_assert_cmpstr (order->customer_phone, ==, "010-9876-5432");
}

static guint
count_warnings (const GLogField *fields, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        strstr (fields[i].value, "note_enc of log-once cannot be read") != NULL)
      return 1;
  return 0;
}

static GLogWriterOutput
count_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user_data)
{
  *(guint *)user_data += count_warnings (fields, n);
  return G_LOG_WRITER_HANDLED;
}

/* A screen asks again and again. */
static void
test_told_once (void)
{
  static guint told;
  const OsyCell cell = {osy_order_fixture_shop_id (fixture), "orders", "note_enc", "log-once"};
  g_autoptr (GBytes) broken = g_bytes_new_static ("\1 no cell", 9);

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }
  g_log_set_writer_func (count_cb, &told, NULL);
  for (int i = 0; i < 5; i++) {
    g_autofree char *plain = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (osy_order_cell_open (fixture->ring, &cell, broken, &plain, &error));
    g_assert_null (plain);
  }
  g_assert_cmpuint (told, ==, 1);
}

static void
test_nothing_personal (void)
{
  g_autoptr (OsyOrderData) order = osy_order_fixture_order (fixture, "TAKEOUT");
  g_auto (OsyOrderCells) cells = {NULL};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_order_cells_seal (fixture->ring, order, &cells, &error));
  g_assert_null (cells.customer_name);
  g_assert_null (cells.line_notes);
  g_assert_true (osy_order_cells_open (fixture->ring, &cells, order, &error));
}

/* What the database keeps of a placed, rejected order has none of the words. */
static void
placed (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  g_assert_cmpint (outcome, ==, OSY_ORDER_WRITTEN);
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

static void
test_stored (void)
{
  OsyOrderData *order = personal_order ();
  g_autofree char *id = g_strdup (order->id);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  osy_order_writer_submit (fixture->writer, osy_order_fixture_entry (fixture, order, "personal"),
                           20000, placed, &done);
  g_assert_true (osy_test_wait (is_true, &done, 20));
  g_autoptr (OsyOrder) rejected = osy_order_fixture_act (fixture, id, "reject", &error);
  g_assert_no_error (error);
  g_autoptr (OsyOrder) stored = osy_order_fixture_load (fixture, id);
  g_assert_cmpstr (osy_order_data (stored)->customer_name, ==, "카나리아김");
  g_assert_cmpstr (osy_order_data (stored)->reason, ==, "재료 소진");
  g_assert_cmpint (
      osy_test_count ("SELECT count(*) FROM orders o JOIN order_step s ON s.order_id = "
                      "o.id JOIN audit_log a ON a.object_id = o.id WHERE o.id = '%s' "
                      "AND (o::text || s::text || a::text) ~ '카나리아|재료|98765432|9876-5432'",
                      id),
      ==, 0);
  /* Nor as bytes behind the hex of a bytea. */
  g_autofree char *hex = osy_hex_encode ((const guint8 *)"카나리아", strlen ("카나리아"));
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM orders WHERE id = '%s' AND orders::text "
                                   "LIKE '%%%s%%'",
                                   id, hex),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* unreadable cells warn */
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/order/token/whole", test_token);
  g_test_add_func ("/order/token/tampered", test_token_tampered);
  g_test_add_func ("/order/cells/round-trip", test_round_trip);
  g_test_add_func ("/order/cells/swapped", test_swapped);
  g_test_add_func ("/order/cells/told-once", test_told_once);
  g_test_add_func ("/order/cells/nothing-personal", test_nothing_personal);
  g_test_add_func ("/order/cells/stored", test_stored);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
