/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is personal goes when its time is over, shop by shop, and not a day before. */

#include "osy-clock.h"
#include "osy-guest-store.h"
#include "osy-id.h"
#include "osy-order-fixture.h"
#include "osy-order-privacy.h"
#include "osy-retention.h"

#define START (G_GINT64_CONSTANT (1795231445) * G_USEC_PER_SEC)
#define PERSONAL                                                                        \
  "SELECT count(*) FROM orders WHERE restaurant_id = '%s' AND (customer_name_enc IS "   \
  "NOT NULL OR customer_phone_enc IS NOT NULL OR note_enc IS NOT NULL OR find_keys && " \
  "(SELECT array_agg(key) FROM order_find WHERE (key >> 56) IN (3, 4, 5)))"

static OsyOrderFixture *fixture;

static const char *
shop_id (void)
{
  return osy_order_fixture_shop_id (fixture);
}

static void
add_shop (int days)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO organisation VALUES ('%1$s', now()); INSERT INTO restaurant (id, "
      "organisation_id, name, time_zone, cutoff_minutes, currency, guest_orders, minimum_order, "
      "default_prep_minutes, open_state, version, created_at, updated_at, retention_days) VALUES "
      "('%1$s', '%1$s', '분식', 'Asia/Seoul', 300, 'KRW', true, 0, 15, 'OPEN', 1, now(), now(), "
      "%2$d)",
      shop_id (), days);

  osy_test_pg_exec (sql);
}

static void
written (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  g_assert_cmpint (outcome, ==, OSY_ORDER_WRITTEN);
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

static gboolean
link_order (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_order_privacy_link (tx, fixture->ring, data, error);
}

/* Placed at the present moment by who has @phone; linked. */
static void
place (const char *phone)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");
  g_autofree char *key = osy_id_new ();
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  order->customer_name = g_strdup ("김손님");
  order->customer_phone = g_strdup (phone);
  order->note = g_strdup ("문 앞");
  g_autoptr (OsyOrder) copy = osy_order_new (osy_order_data_copy (order));
  osy_order_writer_submit (fixture->writer, osy_order_fixture_entry (fixture, order, key), 20000,
                           written, &done);
  g_assert_true (osy_test_wait (is_true, &done, 20));
  osy_order_fixture_run (fixture, link_order, (gpointer)osy_order_data (copy), &error);
  g_assert_no_error (error);
}

static gboolean
agree (OsyDbTx *tx, gpointer phone, GError **error)
{
  const OsyCall call = {.principal = fixture->principal};
  const OsyGuestConsent consent = {(char *)OSY_GUEST_PROFILE, TRUE, 0, (char *)"1",
                                   (char *)"COUNTER"};
  g_autofree char *id = NULL;
  g_autoptr (OsyGuest) guest = NULL;

  if (!osy_guest_store_find (tx, fixture->ring, phone, &id, error))
    return FALSE;
  guest = osy_guest_service_consent (tx, fixture->ring, &call, id, &consent, error);
  return guest != NULL;
}

static void
sweep (void)
{
  OsyRetention retention = {fixture->pool, fixture->ring};
  g_autoptr (GError) error = NULL;

  osy_retention_run (NULL, &retention, &error);
  g_assert_no_error (error);
}

static gint64
known_guests (void)
{
  return osy_test_count ("SELECT count(*) FROM guest WHERE restaurant_id = '%s' "
                         "AND erased_at IS NULL AND phone_enc IS NOT NULL",
                         shop_id ());
}

static void
test_retention (void)
{
  g_autoptr (GError) error = NULL;

  add_shop (30);
  osy_clock_set_fake (START);
  place ("010-1111-0001");
  place ("010-1111-0002");
  osy_order_fixture_run (fixture, agree, (gpointer) "01011110002", &error);
  g_assert_no_error (error);
  osy_clock_advance_fake (10 * G_TIME_SPAN_DAY);
  place ("010-1111-0003");
  gint64 money = osy_test_count ("SELECT sum(total_amount) FROM orders WHERE restaurant_id = '%s'",
                                 shop_id ());

  osy_clock_advance_fake (20 * G_TIME_SPAN_DAY - G_USEC_PER_SEC);
  sweep ();
  g_assert_cmpint (osy_test_count (PERSONAL, shop_id ()), ==, 3);
  g_assert_cmpint (known_guests (), ==, 3);

  /* One second later the first two are a month old; who agreed to be known stays known. */
  osy_clock_advance_fake (2 * G_USEC_PER_SEC);
  sweep ();
  g_assert_cmpint (osy_test_count (PERSONAL, shop_id ()), ==, 1);
  g_assert_cmpint (known_guests (), ==, 2);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM subject_key WHERE restaurant_id = '%s' "
                                   "AND wrapped IS NULL",
                                   shop_id ()),
                   ==, 1);

  osy_clock_advance_fake (11 * G_TIME_SPAN_DAY);
  sweep ();
  g_assert_cmpint (osy_test_count (PERSONAL, shop_id ()), ==, 0);
  g_assert_cmpint (known_guests (), ==, 1);
  g_assert_cmpint (osy_test_count ("SELECT sum(total_amount) FROM orders WHERE restaurant_id = "
                                   "'%s'",
                                   shop_id ()),
                   ==, money);
  osy_clock_set_fake (0);
}

/* More orders than a page, and a sweep that has nothing left to do writes nothing. */
static void
test_pages (void)
{
  static const char audits[] = "SELECT count(*) FROM audit_log WHERE restaurant_id = '%s' AND "
                               "action = 'retention.swept'";
  g_autofree char *many = g_strdup_printf (
      "INSERT INTO orders (restaurant_id, id, number, business_day, status, type, channel, items, "
      "total_amount, tax_free_amount, supply_amount, vat_amount, payment_method, check_id, "
      "created_at, note_enc) SELECT restaurant_id, gen_random_uuid(), 1000 + n, business_day, "
      "'PENDING', type, channel, items, total_amount, tax_free_amount, supply_amount, vat_amount, "
      "payment_method, check_id, created_at + n * interval '1 second', 'x' FROM (SELECT * FROM "
      "orders WHERE restaurant_id = '%s' ORDER BY created_at DESC LIMIT 1) o, "
      "generate_series(1, 1200) n",
      shop_id ());

  osy_clock_set_fake (START + 40 * G_TIME_SPAN_DAY);
  place ("010-1111-0004");
  osy_test_pg_exec (many);
  osy_clock_advance_fake (31 * G_TIME_SPAN_DAY);
  sweep ();
  g_assert_cmpint (osy_test_count (PERSONAL, shop_id ()), ==, 0);
  gint64 told = osy_test_count (audits, shop_id ());
  sweep ();
  g_assert_cmpint (osy_test_count (audits, shop_id ()), ==, told);
  osy_clock_set_fake (0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/order/privacy/retention", test_retention);
  g_test_add_func ("/order/privacy/pages", test_pages);
  int result = g_test_run ();
  osy_order_fixture_free (fixture);
  osy_db_pool_close (osy_test_pg_pool ());
  return result;
}
