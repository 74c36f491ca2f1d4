/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sagas against the database, the real relay and the real order room: every branch of design 6, the
 * sweeper, and what a person does. Payment and stock are stand-ins. */

#include "osy-clock.h"
#include "osy-courier-service.h"
#include "osy-delivery-service.h"
#include "osy-event-store.h"
#include "osy-json.h"
#include "osy-order-fixture.h"
#include "osy-saga-invariants.h"
#include "osy-saga-service.h"
#include "osy-saga-sweep.h"
#include "osy-shop-service.h"
#include "saga-fakes.h"

static OsyOrderFixture *fixture;
static OsySagaRoom room;

/* ---- orders and their money ---- */

static char *
place (const char *type, const char *method)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, type);

  g_free (order->payment_method);
  g_free (order->status);
  order->payment_method = g_strdup (method);
  order->status = g_strdup (osy_order_birth_status (order));
  return osy_order_fixture_submit (fixture, order);
}

typedef struct {
  const char *id;
  const char *type;
} Telling;

static gboolean
tell (OsyDbTx *tx, gpointer data, GError **error)
{
  const Telling *telling = data;
  g_autofree char *payment = g_uuid_string_random ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyEventDraft draft = {.type = telling->type,
                               .aggregate_type = "payment",
                               .aggregate_id = payment,
                               .aggregate_seq = 1,
                               .payload = payload};

  json_object_set_string_member (object, "order_id", telling->id);
  return osy_event_emit (tx, &fixture->call, &draft, error);
}

static void
pay (const char *id)
{
  Telling telling = {id, "payment.completed"};

  saga_fake (id)->money.captured = 11000;
  g_assert_true (osy_order_fixture_run (fixture, tell, &telling, NULL));
}

static void
act (const char *id, const char *verb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_order_fixture_act (fixture, id, verb, &error);

  g_assert_no_error (error);
}

/* ---- what came of it ---- */

typedef struct {
  const char *id;
  const char *status;
  const char *step;
} Wanted;

static char *value_of (const char *sql, ...) G_GNUC_PRINTF (1, 2);

static char *
value_of (const char *sql, ...)
{
  va_list args;

  va_start (args, sql);
  g_autofree char *text = g_strdup_vprintf (sql, args);
  va_end (args);
  return osy_test_pg_value (text);
}

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *status = value_of ("SELECT status FROM orders WHERE id = '%s'", wanted->id);
  g_autofree char *step = value_of ("SELECT step FROM saga WHERE order_id = '%s'", wanted->id);

  return g_strcmp0 (status, wanted->status) == 0 && g_strcmp0 (step, wanted->step) == 0;
}

static void
expect (const char *id, const char *status, const char *step)
{
  Wanted wanted = {id, status, step};

  if (osy_test_wait (is_there, &wanted, 20))
    return;
  g_autofree char *is = value_of ("SELECT o.status || ' ' || coalesce(s.step, '-') FROM orders o "
                                  "LEFT JOIN saga s ON s.order_id = o.id WHERE o.id = '%s'",
                                  id);
  g_error ("order %s is %s, not %s %s", id, is, status, step);
}

static gboolean
is_counted (gpointer data)
{
  return *(volatile int *)data > 0;
}

/* An order that waits for its money, which has been asked for. */
static char *
place_prepaid (const char *type)
{
  char *id = place (type, "TOSS");

  expect (id, OSY_ORDER_PENDING_PAYMENT, "STARTED");
  g_assert_true (osy_test_wait (is_counted, &saga_fake (id)->expects, 20));
  return id;
}

/* ---- the sweeper, after some time ---- */

static gboolean
sweep (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_saga_sweep_page (tx, &room, data, error);
}

/* Whether the handlers have nothing left to do: a saga that one of them has hold of is not swept.
 */
static gboolean
is_quiet (gpointer data)
{
  g_autofree char *open = value_of ("SELECT (SELECT count(*) FROM outbox) "
                                    "+ (SELECT count(*) FROM inbox WHERE done_at IS NULL)");

  return g_str_equal (open, "0");
}

static void
sweep_after (gint64 wait)
{
  gint64 done = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_test_wait (is_quiet, NULL, 20));
  osy_clock_set_fake (osy_clock_now () + wait);
  osy_order_fixture_run (fixture, sweep, &done, &error);
  g_assert_no_error (error);
}

static void
assert_sound (void)
{
  const OsyDbInvariant *const tables[] = {osy_saga_invariants};
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_admin");
  g_autoptr (GPtrArray) broken = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  osy_db_check_invariants (conninfo, tables, G_N_ELEMENTS (tables), broken, &error);
  g_assert_no_error (error);
  if (broken->len > 0)
    g_error ("%s", (const char *)broken->pdata[0]);
}

/* ---- the four branches of design 6 ---- */

static void
test_prepaid (void)
{
  g_autofree char *id = place_prepaid ("TAKEOUT");
  SagaFake *fake = saga_fake (id);

  g_assert_cmpint (fake->expects, ==, 1);
  g_assert_cmpint (fake->money.expected, ==, 11000);
  pay (id);
  expect (id, OSY_ORDER_PENDING, "FULFILLING");
  act (id, "accept");
  act (id, "ready");
  act (id, "complete");
  expect (id, OSY_ORDER_COMPLETED, "COMPLETED");
  g_assert_cmpint (fake->reserves, ==, 1);
  g_assert_cmpint (fake->consumes, ==, 1);
  g_assert_cmpint (fake->undos + fake->releases, ==, 0);
  assert_sound ();
}

static void
test_later (void)
{
  g_autofree char *id = place ("DINE_IN", "LATER");
  SagaFake *fake = saga_fake (id);

  expect (id, OSY_ORDER_PENDING, "STOCK_RESERVED");
  act (id, "accept");
  act (id, "start");
  act (id, "ready");
  act (id, "complete");
  expect (id, OSY_ORDER_COMPLETED, "FULFILLING"); /* its check is open */
  g_assert_cmpint (fake->expects, ==, 0);
  g_assert_cmpint (fake->consumes, ==, 1);
  sweep_after (25 * G_TIME_SPAN_HOUR);
  expect (id, OSY_ORDER_COMPLETED, "COMPLETED");
  assert_sound ();
}

/* Paid, and then there is nothing left: the money goes back and the guest is told. */
static void
test_shortage (void)
{
  g_autofree char *id = place_prepaid ("TAKEOUT");
  SagaFake *fake = saga_fake (id);

  fake->outcome = OSY_STOCK_OUTCOME_SHORT;
  pay (id);
  expect (id, OSY_ORDER_CANCELED, "COMPENSATED");
  g_assert_cmpint (fake->money.refunded, ==, 11000);
  assert_sound ();
}

static void
test_rejected (void)
{
  g_autofree char *id = place_prepaid ("DELIVERY");
  SagaFake *fake = saga_fake (id);

  pay (id);
  expect (id, OSY_ORDER_PENDING, "FULFILLING");
  act (id, "reject");
  expect (id, OSY_ORDER_REJECTED, "COMPENSATED");
  g_assert_cmpint (fake->money.refunded, ==, 11000);
  g_assert_cmpint (fake->releases, ==, 1);
  assert_sound ();
}

/* A delivery, and then the guest changes his mind: the rider is called off, too. */
static void
test_delivery (void)
{
  g_autofree char *id = place_prepaid ("DELIVERY");

  pay (id);
  expect (id, OSY_ORDER_PENDING, "FULFILLING");
  act (id, "accept");
  while (osy_test_count ("SELECT count(*) FROM delivery WHERE order_id = '%s'", id) == 0)
    g_main_context_iteration (NULL, TRUE);
  act (id, "cancel");
  expect (id, OSY_ORDER_CANCELED, "COMPENSATED");
  g_autofree char *status =
      value_of ("SELECT status FROM delivery WHERE order_id = '%s' ORDER BY id", id);
  g_assert_cmpstr (status, ==, "CANCELED");
  assert_sound ();
}

/* Accepted, called for and gone wrong, all before the saga and the slip hear of any of it. */
static gboolean
be_faster (OsyDbTx *tx, gpointer data, GError **error)
{
  const char *id = data;
  const OsyOrderAct accept = {
      .shop = fixture->shop, .order_id = id, .act = "accept", .ready_in_minutes = 15};
  const OsyDeliveryAct fail = {.order_id = id, .act = "fail", .reason = "사고"};
  OsyEvent event = {.type = (char *)"order.accepted",
                    .aggregate_id = (char *)id,
                    .aggregate_seq = 2,
                    .payload = (char *)"{}"};
  gboolean replayed = FALSE;

  g_autoptr (OsyOrder) order =
      osy_order_service_act (tx, fixture->ring, &fixture->call, &accept, &replayed, error);
  if (order == NULL || !osy_delivery_service_request (tx, fixture->ring, &fixture->call, id,
                                                      OSY_CARRIER_PLATFORM, error))
    return FALSE;
  g_autoptr (OsyDelivery) failed =
      osy_delivery_service_act (tx, fixture->ring, &fixture->call, &fail, error);
  g_autofree char *code = NULL;
  if (failed == NULL ||
      !osy_courier_service_slip_code (tx, fixture->ring, &fixture->call, id, &code, error))
    return FALSE;
  g_assert_null (code);
  return osy_saga_on_event (tx, &fixture->call, &event, &room.ears[OSY_SAGA_CONSUMER_DELIVERY],
                            error);
}

/* A rider whom a person called, and who went wrong, is not replaced unasked: it is told. */
static void
test_faster_person (void)
{
  g_autofree char *id = place ("DELIVERY", "LATER");
  g_autoptr (GError) error = NULL;

  expect (id, OSY_ORDER_PENDING, "STOCK_RESERVED");
  osy_order_fixture_run (fixture, be_faster, id, &error);
  g_assert_no_error (error);
  g_assert_true (osy_test_wait (is_quiet, NULL, 20));
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM delivery WHERE order_id = '%s'", id), ==,
                   1);
  g_autofree char *reason = value_of ("SELECT needs_attention FROM saga WHERE order_id = '%s'", id);
  g_assert_cmpstr (reason, ==, "DELIVERY_FAILED");
  act (id, "cancel");
  expect (id, OSY_ORDER_CANCELED, "COMPENSATED");
  assert_sound ();
}

/* Nobody paid in time; the bank's answer comes after all. */
static void
test_late_payment (void)
{
  g_autofree char *id = place_prepaid ("TAKEOUT");
  SagaFake *fake = saga_fake (id);

  sweep_after (29 * G_TIME_SPAN_MINUTE);
  expect (id, OSY_ORDER_PENDING_PAYMENT, "STARTED");
  sweep_after (2 * G_TIME_SPAN_MINUTE);
  expect (id, OSY_ORDER_EXPIRED, "COMPENSATED");
  g_assert_cmpint (fake->undos, ==, 1);
  pay (id);
  expect (id, OSY_ORDER_EXPIRED, "COMPENSATED");
  while (fake->undos < 2)
    g_main_context_iteration (NULL, TRUE);
  expect (id, OSY_ORDER_EXPIRED, "COMPENSATED");
  g_assert_cmpint (fake->money.refunded, ==, 11000);
  assert_sound ();
}

/* ---- a person ---- */

typedef struct {
  OsySagaAct act;
  OsySagaRow *row;
} Acting;

static gboolean
run_act (OsyDbTx *tx, gpointer data, GError **error)
{
  Acting *acting = data;

  g_clear_pointer (&acting->row, osy_saga_row_free);
  acting->row = osy_saga_service_act (tx, &room, &fixture->call, &acting->act, error);
  return acting->row != NULL;
}

/* Returns: the reason afterwards. */
static OsySagaReason
do_act (const char *id, OsySagaVerb verb, GError **error)
{
  Acting acting = {.act = {id, verb, OSY_SAGA_COMPENSATED, "현금으로 돌려드림"}};
  OsySagaReason reason = OSY_SAGA_FINE;

  if (osy_order_fixture_run (fixture, run_act, &acting, error))
    reason = acting.row->state.reason;
  g_clear_pointer (&acting.row, osy_saga_row_free);
  return reason;
}

static void
withdraw_slowly (const char *id)
{
  saga_fake (id)->slow = TRUE;
  pay (id);
  expect (id, OSY_ORDER_PENDING, "FULFILLING");
  act (id, "cancel");
  expect (id, OSY_ORDER_CANCELED, "COMPENSATING");
}

static void
test_attention (void)
{
  g_autofree char *id = place_prepaid ("TAKEOUT");
  g_autoptr (GError) error = NULL;

  withdraw_slowly (id);
  sweep_after (10 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (
      osy_test_count ("SELECT count(needs_attention) FROM saga WHERE order_id = '%s'", id), ==, 0);
  sweep_after (6 * G_TIME_SPAN_MINUTE);
  g_autofree char *reason = value_of ("SELECT needs_attention FROM saga WHERE order_id = '%s'", id);
  g_assert_cmpstr (reason, ==, "REFUND_LATE");
  assert_sound ();
  int undos = saga_fake (id)->undos;
  g_assert_cmpint (do_act (id, OSY_SAGA_PUSH, &error), ==, OSY_SAGA_REFUND_LATE);
  g_assert_no_error (error);
  g_assert_cmpint (saga_fake (id)->undos, ==, undos + 1); /* asked once more */
  g_assert_cmpint (do_act (id, OSY_SAGA_RETRY, &error), ==, OSY_SAGA_FINE);
  g_assert_no_error (error);
  do_act (id, OSY_SAGA_SETTLE, &error);
  g_assert_no_error (error);
  expect (id, OSY_ORDER_CANCELED, "COMPENSATED");
  g_assert_cmpint (do_act (id, OSY_SAGA_PUSH, &error), ==, OSY_SAGA_FINE);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM saga WHERE order_id = '%s' AND by_hand "
                                   "AND note_enc IS NOT NULL",
                                   id),
                   ==, 1);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM audit_log WHERE object_id = '%s' "
                                   "AND object_type = 'saga'",
                                   id),
                   ==, 3);
  assert_sound ();
}

/* One whose room refuses is put off, and keeps nobody else. */
static void
test_put_off (void)
{
  g_autofree char *stuck = place_prepaid ("TAKEOUT");
  g_autofree char *other = place_prepaid ("TAKEOUT");

  saga_fake (stuck)->failing = TRUE;
  osy_test_pg_exec ("UPDATE saga SET tombstone = true, next_at = now() - interval '1 minute' "
                    "WHERE step = 'STARTED'");
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* it is warned of */
  sweep_after (0);
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (saga_fake (stuck)->undos, ==, 0);
  g_assert_cmpint (saga_fake (other)->undos, ==, 1);
  g_autofree char *status = value_of ("SELECT status FROM orders WHERE id = '%s'", stuck);
  g_assert_cmpstr (status, ==, OSY_ORDER_PENDING_PAYMENT); /* nothing of it was done */
  saga_fake (stuck)->failing = FALSE;
  sweep_after (10 * G_TIME_SPAN_MINUTE);
  expect (stuck, OSY_ORDER_CANCELED, "COMPENSATED");
  assert_sound ();
}

/* Orders for practice move no money and no stock. */
static void
test_practice (void)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");
  g_autofree char *next = NULL;

  order->practice = TRUE;
  g_autofree char *id = osy_order_fixture_submit (fixture, order);
  next = place ("TAKEOUT", "LATER");
  expect (next, OSY_ORDER_PENDING, "STOCK_RESERVED"); /* so the first was heard, too */
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM saga WHERE order_id = '%s'", id), ==, 0);
  g_assert_cmpint (saga_fake (id)->reserves, ==, 0);
}

/* ---- what the checker finds ---- */

static void
assert_found (const char *id, const char *wanted, const char *harm)
{
  const OsyDbInvariant *const tables[] = {osy_saga_invariants};
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_admin");
  g_autoptr (GPtrArray) broken = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE kept AS SELECT * FROM saga; %s", harm);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  osy_test_pg_exec (sql);
  osy_db_check_invariants (conninfo, tables, G_N_ELEMENTS (tables), broken, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < broken->len; i++)
    found |= g_str_has_prefix (broken->pdata[i], wanted);
  if (!found)
    g_error ("%s was not found", wanted);
  osy_test_pg_exec ("DELETE FROM saga; INSERT INTO saga SELECT * FROM kept; DROP TABLE kept");
}

static gboolean
is_all_heard (gpointer data)
{
  return osy_test_count ("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox "
                         "WHERE done_at IS NULL)") == 0;
}

static void
test_checker (void)
{
  g_autofree char *id = place_prepaid ("TAKEOUT");

  withdraw_slowly (id);
  g_assert_true (osy_test_wait (is_all_heard, NULL, 20));
  sweep_after (G_TIME_SPAN_MINUTE);
  assert_found (id, "saga.late-is-told",
                "UPDATE saga SET deadline = looked_at - interval '1 hour' "
                "WHERE step = 'COMPENSATING'");
  assert_found (id, "saga.open-is-looked-at",
                "UPDATE saga SET next_at = NULL WHERE step = 'COMPENSATING'");
  assert_found (id, "saga.prepaid-order-has-one", "DELETE FROM saga WHERE step = 'COMPENSATING'");
  assert_found (id, "saga.agrees-with-its-order",
                "UPDATE saga SET step = 'FULFILLING' WHERE step = 'COMPENSATING'");
  assert_found (id, "saga.withdrawn-is-undone",
                "UPDATE saga SET step = 'COMPENSATED' WHERE step = 'COMPENSATING'");
  assert_found (id, "saga.paid-before-it-is-made",
                "UPDATE saga SET captured = 0 WHERE kind = 'PREPAID' AND step = 'COMPLETED'");
  assert_sound ();
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
  g_autoptr (OsyBus) bus = osy_bus_new ();
  OsyEventRelay *relay = osy_event_relay_new (fixture->pool, fixture->relay_pool, bus);
  osy_saga_room_init (&room, fixture->pool, fixture->ring);
  osy_saga_room_tie (&room, relay);
  osy_event_relay_start (relay);
  g_test_add_func ("/saga/prepaid", test_prepaid);
  g_test_add_func ("/saga/later", test_later);
  g_test_add_func ("/saga/shortage", test_shortage);
  g_test_add_func ("/saga/rejected", test_rejected);
  g_test_add_func ("/saga/delivery", test_delivery);
  g_test_add_func ("/saga/faster-person", test_faster_person);
  g_test_add_func ("/saga/late-payment", test_late_payment);
  g_test_add_func ("/saga/attention", test_attention);
  g_test_add_func ("/saga/put-off", test_put_off);
  g_test_add_func ("/saga/practice", test_practice);
  g_test_add_func ("/saga/checker", test_checker);
  int status = g_test_run ();
  osy_event_relay_stop (relay);
  osy_saga_room_clear (&room);
  osy_order_fixture_free (fixture);
  g_object_unref (relay);
  return status;
}
