/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Orders that wait for their money, and orders that are carried, against the database. */

#include "osy-order-fixture.h"
#include "osy-order-payment.h"
#include "osy-shop-service.h"

typedef enum { PAID, EXPIRE, WITHDRAW, PICKED_UP, DELIVERED } Door;

typedef struct {
  const char *id;
  Door door;
  gboolean placed;
} Work;

static OsyOrderFixture *fixture;

/* A kitchen that promises what is to be found again. */
static gboolean
promise_33 (OsyDbTx *tx, const OsyOrderData *order, OsyShop *shop, int *minutes, GError **error)
{
  *minutes = order->lines->len > 0 && osy_shop_data (shop)->promise_automatic ? 33 : 1;
  return TRUE;
}

static gboolean
go (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  OsyKeyring *ring = fixture->ring;
  const OsyCall *call = &fixture->call;

  switch (work->door) {
  case PAID:
    return osy_order_service_paid (tx, ring, call, &(OsyOrderPaid){work->id, promise_33},
                                   &work->placed, error);
  case EXPIRE: return osy_order_service_expire (tx, ring, call, work->id, error);
  case WITHDRAW: return osy_order_service_withdraw (tx, ring, call, work->id, "품절", error);
  case PICKED_UP: return osy_order_service_carried (tx, ring, call, work->id, FALSE, error);
  case DELIVERED: return osy_order_service_carried (tx, ring, call, work->id, TRUE, error);
  }
  return FALSE;
}

/* Twice, since every door may be gone through again. Returns: whether it stands on the board. */
static gboolean
lead (const char *id, Door door)
{
  Work work = {.id = id, .door = door};
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++) {
    osy_order_fixture_run (fixture, go, &work, &error);
    g_assert_no_error (error);
  }
  return work.placed;
}

static void
assert_status (const char *id, const char *status, gint64 version)
{
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);

  g_assert_cmpstr (osy_order_data (order)->status, ==, status);
  g_assert_cmpint (osy_order_data (order)->version, ==, version);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM order_step WHERE order_id = '%s'", id), ==,
                   version);
}

static char *
place_prepaid (void)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");

  g_free (order->payment_method);
  g_free (order->status);
  order->payment_method = g_strdup ("TOSS");
  order->status = g_strdup (osy_order_birth_status (order));
  return osy_order_fixture_submit (fixture, order);
}

static char *
check_status (const char *id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT c.status FROM orders o JOIN guest_check c ON c.id = o.check_id "
                       "WHERE o.id = '%s'",
                       id);

  return osy_test_pg_value (sql);
}

static void
test_paid (void)
{
  g_autofree char *id = place_prepaid ();

  assert_status (id, OSY_ORDER_PENDING_PAYMENT, 1);
  g_assert_true (lead (id, PAID));
  assert_status (id, OSY_ORDER_PENDING, 2);
  lead (id, EXPIRE); /* too late */
  assert_status (id, OSY_ORDER_PENDING, 2);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM outbox WHERE aggregate_id = '%s' "
                                   "AND type = 'order.paid'",
                                   id),
                   ==, 1);
}

static void
set_accepting (gboolean accepting)
{
  g_autofree char *sql =
      g_strdup_printf ("UPDATE restaurant SET accept_paid_orders = %s, default_prep_minutes = 12 "
                       "WHERE id = '%s'",
                       accepting ? "true" : "false", osy_order_fixture_shop_id (fixture));

  osy_test_pg_exec (sql);
}

static void
test_accepted (void)
{
  g_autofree char *id = place_prepaid ();

  set_accepting (TRUE);
  g_assert_true (lead (id, PAID));
  set_accepting (FALSE);
  assert_status (id, OSY_ORDER_ACCEPTED, 3);
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);
  const OsyOrderData *data = osy_order_data (order);
  g_assert_cmpint (data->promised_at - data->accepted_at, ==, 12 * G_TIME_SPAN_MINUTE);
}

/* Where the shop wants it, with the minutes that the kitchen says. */
static void
test_accepted_as_promised (void)
{
  g_autofree char *id = place_prepaid ();
  g_autofree char *sql = g_strdup_printf ("UPDATE restaurant SET promise_automatic = true "
                                          "WHERE id = '%s'",
                                          osy_order_fixture_shop_id (fixture));

  osy_test_pg_exec (sql);
  set_accepting (TRUE);
  g_assert_true (lead (id, PAID));
  set_accepting (FALSE);
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);
  const OsyOrderData *data = osy_order_data (order);
  g_assert_cmpint (data->promised_at - data->accepted_at, ==, 33 * G_TIME_SPAN_MINUTE);
}

static void
test_expired (void)
{
  g_autofree char *id = place_prepaid ();

  lead (id, EXPIRE);
  assert_status (id, OSY_ORDER_EXPIRED, 2);
  g_assert_false (lead (id, PAID)); /* the money must go back */
  assert_status (id, OSY_ORDER_EXPIRED, 2);
  g_autofree char *check = check_status (id);
  g_assert_cmpstr (check, ==, "VOIDED");
}

static void
test_withdrawn (void)
{
  g_autofree char *id = place_prepaid ();

  lead (id, WITHDRAW);
  assert_status (id, OSY_ORDER_CANCELED, 2);
  g_assert_false (lead (id, PAID));
}

/* The rider is faster than whoever should have said that it is ready. */
static void
test_carried (void)
{
  g_autofree char *id = osy_order_fixture_bring (fixture, "DELIVERY", OSY_ORDER_ACCEPTED);
  g_autofree char *fresh = osy_order_fixture_bring (fixture, "DELIVERY", OSY_ORDER_PENDING);

  lead (id, PICKED_UP);
  assert_status (id, OSY_ORDER_DELIVERING, 4);
  lead (id, DELIVERED);
  assert_status (id, OSY_ORDER_COMPLETED, 5);
  lead (fresh, DELIVERED);
  assert_status (fresh, OSY_ORDER_PENDING, 1);
}

static gboolean
make_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsyShopDraft draft = {.name = "분식"};
  g_autoptr (OsyShop) shop =
      osy_shop_service_create (tx, fixture->ring, &fixture->call, &draft, error);

  return shop != NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_assert_true (osy_order_fixture_run (fixture, make_shop, NULL, NULL));
  g_test_add_func ("/order/payment/paid", test_paid);
  g_test_add_func ("/order/payment/accepted", test_accepted);
  g_test_add_func ("/order/payment/accepted-as-promised", test_accepted_as_promised);
  g_test_add_func ("/order/payment/expired", test_expired);
  g_test_add_func ("/order/payment/withdrawn", test_withdrawn);
  g_test_add_func ("/order/payment/carried", test_carried);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
