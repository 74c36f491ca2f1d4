/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the saga asks of the stock, in every order and any number of times, against a model. */

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-fixture.h"
#include "osy-stock-service.h"

#define N 3
static OsyOrderFixture *fixture;
static char *ids[N];   /* of ingredients: the first two block */
static char *items[N]; /* of dishes: item i takes 1,000 of ingredient i, and 500 of the last */

static void G_GNUC_PRINTF (1, 2) run_sql (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *sql = g_strdup_vprintf (format, args);
  va_end (args);
  osy_test_pg_exec (sql);
}

static void
set_up (void)
{
  const char *shop = osy_order_fixture_shop_id (fixture);

  for (int i = 0; i < N; i++) {
    ids[i] = osy_id_new ();
    items[i] = osy_id_new ();
    run_sql ("INSERT INTO ingredient (restaurant_id, id, name, unit, block, position) "
             "VALUES ('%s', '%s', 'i%d', 'G', %s, %d)",
             shop, ids[i], i, i < N - 1 ? "true" : "false", i);
  }
  for (int i = 0; i < N; i++)
    run_sql ("INSERT INTO recipe_line VALUES ('%s', 'ITEM', '%s', '%s', 1000, 0)", shop, items[i],
             ids[i]);
  for (int i = 0; i < N - 1; i++)
    run_sql ("INSERT INTO recipe_line VALUES ('%s', 'ITEM', '%s', '%s', 500, 1)", shop, items[i],
             ids[N - 1]);
}

/* Also what it was before, so that the movements come to it. */
static void
stock_up (int i, gint64 to)
{
  const char *shop = osy_order_fixture_shop_id (fixture);

  run_sql ("INSERT INTO stock_movement (restaurant_id, id, ingredient_id, seq, kind, quantity, "
           "on_hand, actor, at) SELECT '%s', gen_random_uuid(), id, version + 1, 'RECEIVE', "
           "%" G_GINT64_FORMAT " - on_hand, %" G_GINT64_FORMAT ", 'test', now() "
           "FROM ingredient WHERE id = '%s'; UPDATE ingredient SET on_hand = %" G_GINT64_FORMAT
           ", version = version + 1 WHERE id = '%s'",
           shop, to, to, ids[i], to, ids[i]);
}

static gint64
value (int i, const char *column)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM ingredient WHERE id = '%s'", column, ids[i]);
  g_autofree char *text = osy_test_pg_value (sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* ---- calls ---- */

typedef struct {
  const char *act; /* "reserve", "consume", "release", "expire" */
  const char *order_id;
  int item;
  gint64 quantity;
  gint64 expires_at;
  OsyStockOutcome outcome;
  gint64 expired;
  gint64 freed;  /* of "void": portions of @quantity */
  gint64 wasted; /* the same */
} Deed;

static JsonNode *
lines_of (const Deed *deed, gint64 quantity)
{
  g_autofree char *text = g_strdup_printf (
      "[{\"menu_item_id\": \"%s\", \"quantity\": %" G_GINT64_FORMAT ", \"options\": []}]",
      items[deed->item], quantity);

  return json_from_string (text, NULL);
}

static gboolean
do_deed (OsyDbTx *tx, gpointer data, GError **error)
{
  Deed *deed = data;

  if (g_str_equal (deed->act, "reserve")) {
    g_autoptr (JsonNode) node = lines_of (deed, deed->quantity);
    const OsyStockWant want = {"order", deed->order_id, node};
    return osy_stock_service_reserve (tx, &fixture->call, &want, deed->expires_at, &deed->outcome,
                                      error);
  }
  if (g_str_equal (deed->act, "consume"))
    return osy_stock_service_consume (tx, &fixture->call, "order", deed->order_id, error);
  if (g_str_equal (deed->act, "release"))
    return osy_stock_service_release (tx, &fixture->call, "order", deed->order_id, error);
  if (g_str_equal (deed->act, "void")) {
    g_autoptr (JsonNode) freed = lines_of (deed, deed->freed);
    g_autoptr (JsonNode) wasted = lines_of (deed, deed->wasted);
    const OsyStockWant want = {"order", deed->order_id, NULL};
    const OsyStockVoids voids = {freed, wasted};
    return osy_stock_service_void (tx, &fixture->call, &want, &voids, error);
  }
  return osy_stock_service_expire (tx, &fixture->call, osy_clock_now (), &deed->expired, error);
}

static OsyStockOutcome
run_deed (Deed deed)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_order_fixture_run (fixture, do_deed, &deed, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return deed.outcome;
}

static gint64
events (const char *order_id, const char *type)
{
  return osy_test_count ("SELECT count(*) FROM outbox WHERE aggregate_id = '%s' AND type = '%s'",
                         order_id, type);
}

/* ---- cases ---- */

static void
test_road (void)
{
  g_autofree char *id = osy_id_new ();
  Deed deed = {"reserve", id, 0, 2};

  stock_up (0, 2000);
  stock_up (2, 0);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (run_deed (deed), ==, OSY_STOCK_OUTCOME_HELD);
  g_assert_cmpint (value (0, "reserved"), ==, 2000);
  g_assert_cmpint (value (2, "reserved"), ==, 1000); /* goes below zero, and stops nobody */
  g_assert_cmpint (events (id, "stock.reserved"), ==, 1);
  deed.act = "consume";
  for (int i = 0; i < 3; i++)
    run_deed (deed);
  deed.act = "release";
  run_deed (deed);
  g_assert_cmpint (value (0, "on_hand"), ==, 0);
  g_assert_cmpint (value (2, "on_hand"), ==, -1000);
  g_assert_cmpint (value (0, "reserved") + value (2, "reserved"), ==, 0);
  g_assert_cmpint (events (id, "stock.consumed"), ==, 1);
  g_assert_cmpint (events (id, "stock.released"), ==, 0);
  deed.act = "reserve";
  g_assert_cmpint (run_deed (deed), ==, OSY_STOCK_OUTCOME_HELD);
  g_assert_cmpint (value (0, "reserved"), ==, 0);
}

static void
test_short (void)
{
  g_autofree char *id = osy_id_new ();
  Deed deed = {"reserve", id, 1, 3};

  stock_up (1, 2999);
  g_assert_cmpint (run_deed (deed), ==, OSY_STOCK_OUTCOME_SHORT);
  g_assert_cmpint (value (1, "reserved") + value (2, "reserved"), ==, 0);
  g_assert_cmpint (events (id, "stock.reservation_failed"), ==, 1);
  /* It failed once and for all, also when there is enough again. */
  stock_up (1, 9000);
  g_assert_cmpint (run_deed (deed), ==, OSY_STOCK_OUTCOME_OVER);
  g_assert_cmpint (value (1, "reserved"), ==, 0);
}

static void
test_tombstone (void)
{
  g_autofree char *id = osy_id_new ();
  Deed deed = {"release", id, 1, 1};

  stock_up (1, 9000);
  run_deed (deed);
  run_deed (deed);
  /* Nothing was held, so there is nothing to tell. */
  g_assert_cmpint (events (id, "stock.released"), ==, 0);
  deed.act = "reserve";
  g_assert_cmpint (run_deed (deed), ==, OSY_STOCK_OUTCOME_OVER);
  deed.act = "consume";
  run_deed (deed);
  g_assert_cmpint (value (1, "reserved"), ==, 0);
  g_assert_cmpint (value (1, "on_hand"), ==, 9000);
}

static void
test_expiry (void)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *stays = osy_id_new ();
  gint64 now = osy_clock_now ();
  Deed deed = {"reserve", id, 1, 2, now + G_TIME_SPAN_MINUTE};

  stock_up (1, 9000);
  run_deed (deed);
  deed.order_id = stays;
  deed.expires_at = 0;
  run_deed (deed);
  deed.act = "expire";
  run_deed (deed);
  g_assert_cmpint (value (1, "reserved"), ==, 4000);
  osy_clock_set_fake (now + 2 * G_TIME_SPAN_MINUTE);
  run_deed (deed);
  run_deed (deed);
  osy_clock_set_fake (0);
  g_assert_cmpint (value (1, "reserved"), ==, 2000);
  g_assert_cmpint (events (id, "stock.expired"), ==, 1);
  deed.act = "release";
  run_deed (deed);
  g_assert_cmpint (value (1, "reserved"), ==, 0);
}

/* ---- a model ---- */

typedef struct {
  char *id;
  char state; /* '-' none, 'O' opened by a void, 'R', 'C', 'E' closed with nothing, 'X' over */
  int item;
  gint64 quantity;
  gint64 freed; /* of it */
  gint64 wasted;
  gint64 applied[2]; /* what of them the stock has gone along with */
} Order;

typedef struct {
  gint64 on_hand[N];
  gint64 reserved[N];
} Model;

static gint64
takes (const Order *order, int i)
{
  gint64 own = i == order->item ? 1000 : 0;

  return (own + (i == N - 1 && order->item != N - 1 ? 500 : 0)) * order->quantity;
}

static gint64
rest_of (const Order *order, int i)
{
  gint64 each = takes (order, i) / order->quantity;

  return each * (order->quantity - order->applied[0] - order->applied[1]);
}

/* Of the one that blocks it depends on whether it is there; the random walk keeps it in plenty. */
static void
model_apply (Model *model, Order *order)
{
  gint64 freed = order->freed - order->applied[0], wasted = order->wasted - order->applied[1];

  for (int i = 0; i < N; i++) {
    gint64 each = takes (order, i) / order->quantity;
    model->reserved[i] -= order->state == 'R' ? each * (freed + wasted) : 0;
    model->on_hand[i] += order->state == 'R' ? -each * wasted : each * freed;
  }
  order->applied[0] = order->freed;
  order->applied[1] = order->wasted;
}

static void
model_void (Model *model, Order *order)
{
  if (order->state == 'R' || order->state == 'C')
    model_apply (model, order);
  else if (order->state == '-')
    order->state = 'O';
}

static gboolean
suffices (const Model *model, const Order *order)
{
  for (int i = 0; i < N - 1; i++)
    if (takes (order, i) > model->on_hand[i] - model->reserved[i])
      return FALSE;
  return TRUE;
}

static OsyStockOutcome
model_reserve (Model *model, Order *order)
{
  if (order->state != '-' && order->state != 'O')
    return order->state == 'X' ? OSY_STOCK_OUTCOME_OVER : OSY_STOCK_OUTCOME_HELD;
  gboolean good = suffices (model, order);
  order->state = good ? 'R' : 'X';
  for (int i = 0; good && i < N; i++)
    model->reserved[i] += takes (order, i);
  if (good)
    model_apply (model, order);
  return good ? OSY_STOCK_OUTCOME_HELD : OSY_STOCK_OUTCOME_SHORT;
}

static void
model_end (Model *model, Order *order, gboolean consumes)
{
  for (int i = 0; order->state == 'R' && i < N; i++) {
    model->reserved[i] -= rest_of (order, i);
    model->on_hand[i] -= consumes ? rest_of (order, i) : 0;
  }
  if (order->state == 'R' || order->state == 'O')
    order->state = !consumes ? 'X' : order->state == 'R' ? 'C' : 'E';
  else if (order->state == '-' && !consumes)
    order->state = 'X';
}

static OsyStockOutcome
model_do (Model *model, Order *order, const char *act)
{
  if (g_str_equal (act, "reserve"))
    return model_reserve (model, order);
  if (g_str_equal (act, "void"))
    model_void (model, order);
  else
    model_end (model, order, g_str_equal (act, "consume"));
  return OSY_STOCK_OUTCOME_HELD;
}

static void
compare (const Model *model)
{
  for (int i = 0; i < N; i++) {
    g_assert_cmpint (value (i, "on_hand"), ==, model->on_hand[i]);
    g_assert_cmpint (value (i, "reserved"), ==, model->reserved[i]);
  }
}

static void
test_model (void)
{
  static const char *const acts[] = {"reserve", "reserve", "consume", "release", "void", "void"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  Order orders[12];
  Model model = {{0}, {0}};

  /* In plenty: what is short is tried above. */
  for (int i = 0; i < N; i++) {
    stock_up (i, 90000);
    model.on_hand[i] = 90000;
  }
  for (int i = 0; i < (int)G_N_ELEMENTS (orders); i++)
    orders[i] = (Order){.id = osy_id_new (),
                        .state = '-',
                        .item = g_rand_int_range (rand, 0, N),
                        .quantity = g_rand_int_range (rand, 1, 5)};
  for (int step = 0; step < 300; step++) {
    Order *order = &orders[g_rand_int_range (rand, 0, (gint32)G_N_ELEMENTS (orders))];
    const char *act = acts[g_rand_int_range (rand, 0, (gint32)G_N_ELEMENTS (acts))];
    if (g_str_equal (act, "void")) {
      order->freed = g_rand_int_range (rand, 0, (gint32)order->quantity + 1);
      order->wasted = g_rand_int_range (rand, 0, (gint32)(order->quantity - order->freed) + 1);
    }
    OsyStockOutcome wanted = model_do (&model, order, act);
    const Deed deed = {.act = act,
                       .order_id = order->id,
                       .item = order->item,
                       .quantity = order->quantity,
                       .freed = order->freed,
                       .wasted = order->wasted};
    g_assert_cmpint (run_deed (deed), ==, wanted);
    compare (&model);
  }
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM ingredient i WHERE i.on_hand <> (SELECT "
                                   "sum(quantity) FROM stock_movement m WHERE m.ingredient_id = "
                                   "i.id)"),
                   ==, 0);
  for (int i = 0; i < (int)G_N_ELEMENTS (orders); i++)
    g_free (orders[i].id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  set_up ();
  g_test_add_func ("/stock/road", test_road);
  g_test_add_func ("/stock/short", test_short);
  g_test_add_func ("/stock/tombstone", test_tombstone);
  g_test_add_func ("/stock/expiry", test_expiry);
  g_test_add_func ("/stock/model", test_model);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  for (int i = 0; i < N; i++) {
    g_free (ids[i]);
    g_free (items[i]);
  }
  return status;
}
