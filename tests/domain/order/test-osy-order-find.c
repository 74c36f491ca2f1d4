/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Past orders: by what each kind of search finds them, pages, old orders, plans, unreadable cells.
 */

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-find-key.h"
#include "osy-order-fixture.h"
#include "osy-order-room.h"

static OsyOrderFixture *fixture;

/* ---- placing ---- */

typedef struct {
  const char *name;
  const char *phone;
  const char *item_id; /* of the first line */
  const char *item;
  gint64 price;
} Sale;

static void
placed (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  g_assert_cmpint (outcome, ==, OSY_ORDER_WRITTEN);
  *(gint64 *)user_data = entry->order->number;
}

static gboolean
is_numbered (gpointer data)
{
  return *(gint64 *)data > 0;
}

static char *
sell (const Sale *sale, gint64 *number)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");
  OsyOrderLine *line = g_ptr_array_index (order->lines, 0);
  g_autofree char *id = g_strdup (order->id);
  g_autofree char *key = osy_id_new ();

  order->customer_name = g_strdup (sale->name);
  order->customer_phone = g_strdup (sale->phone);
  if (sale->item_id != NULL) {
    osy_set_str (&line->menu_item_id, sale->item_id);
    osy_set_str (&line->name, sale->item);
  }
  if (sale->price > 0) {
    line->unit_price = line->amount = sale->price;
    line->quantity = 1;
    order->total_amount = sale->price + 2000;
    order->supply_amount = order->total_amount;
    order->vat_amount = 0;
  }
  *number = 0;
  osy_order_writer_submit (fixture->writer, osy_order_fixture_entry (fixture, order, key), 20000,
                           placed, number);
  g_assert_true (osy_test_wait (is_numbered, number, 30));
  return g_steal_pointer (&id);
}

/* ---- finding ---- */

typedef struct {
  const OsyOrderQuery *query;
  GPtrArray *orders;
  gint64 looked_at; /* rows */
} Finding;

/* Rows and index entries looked at in this transaction. */
static gint64
count_rows (OsyDbTx *tx)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT sum(pg_stat_get_xact_tuples_returned(oid)) AS n FROM pg_class "
                    "WHERE oid IN ('orders'::regclass, 'order_find'::regclass) OR oid IN (SELECT "
                    "  indexrelid FROM pg_index WHERE indrelid IN ('orders'::regclass, "
                    "  'order_find'::regclass))",
                    OSY_NO_PARAMS, &error);

  g_assert_no_error (error);
  return osy_db_rows_int (rows, 0, "n");
}

static gboolean
run_find (OsyDbTx *tx, gpointer data, GError **error)
{
  Finding *finding = data;
  gint64 before = count_rows (tx);

  g_clear_pointer (&finding->orders, g_ptr_array_unref);
  finding->orders =
      osy_order_service_list (tx, fixture->ring, &fixture->call, finding->query, error);
  finding->looked_at = count_rows (tx) - before;
  return finding->orders != NULL;
}

static GPtrArray *
find (OsyOrderQuery query)
{
  Finding finding = {&query, NULL, 0};
  g_autoptr (GError) error = NULL;

  query.limit = query.limit > 0 ? query.limit : 50;
  if (!osy_order_fixture_run (fixture, run_find, &finding, &error))
    g_assert_no_error (error);
  return finding.orders;
}

static gboolean
finds (OsyOrderQuery query, const char *id)
{
  g_autoptr (GPtrArray) orders = find (query);

  for (guint i = 0; i < orders->len; i++)
    if (g_str_equal (osy_order_data (g_ptr_array_index (orders, i))->id, id))
      return TRUE;
  return FALSE;
}

#define FINDS(id, ...) g_assert_true (finds ((OsyOrderQuery){__VA_ARGS__}, id))
#define MISSES(id, ...) g_assert_false (finds ((OsyOrderQuery){__VA_ARGS__}, id))

static void
test_kinds (void)
{
  g_autofree char *item = osy_id_new ();
  const Sale sale = {"김 손님", "+82 10-2468-1357", item, "로제떡볶이", 10340};
  gint64 number, won = 12340;
  g_autofree char *id = sell (&sale, &number);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_autofree char *day = osy_shop_business_day (fixture->shop, osy_clock_now ());

  FINDS (id, .number = number);
  MISSES (id, .number = number + 1);
  FINDS (id, .amount = &won);
  FINDS (id, .phone = "1357");
  FINDS (id, .phone = "010-2468-1357");
  MISSES (id, .phone = "2468");
  MISSES (id, .phone = "357");
  FINDS (id, .item = "제떡");
  FINDS (id, .item = "ㄹㅈㄸ");
  MISSES (id, .item = "짜장");
  FINDS (id, .day = day);
  MISSES (id, .day = "2001-01-01");
  const char *typed[] = {digits,        "+82 (0)10-2468-1357",
                         "12340",       "12,340",
                         "12,340원",    "1357",
                         "01024681357", "김손님",
                         "김 손님",     "로제",
                         "ㄹㅈ",        NULL};
  for (gsize i = 0; typed[i] != NULL; i++)
    FINDS (id, .q = typed[i]);
  const char *others[] = {"12,341", "1358", "김손", "박손님", "ㅈㄹ", "원", NULL};
  for (gsize i = 0; others[i] != NULL; i++)
    MISSES (id, .q = others[i]);
}

/* What is given together must fit together, with state and day as well. */
static void
test_together (void)
{
  g_autofree char *item = osy_id_new ();
  gint64 number, other_number, won = 9000;
  g_autofree char *id = sell (&(Sale){"이모", "010-1111-7777", item, "순대국", 7000}, &number);
  g_autofree char *other = sell (&(Sale){"이모", "010-2222-7777", NULL, NULL, 7000}, &other_number);
  g_autoptr (GPtrArray) pending = g_ptr_array_new ();
  g_autoptr (GPtrArray) canceled = g_ptr_array_new ();

  g_ptr_array_add (pending, (char *)OSY_ORDER_PENDING);
  g_ptr_array_add (canceled, (char *)OSY_ORDER_CANCELED);
  FINDS (id, .phone = "7777", .item = "순대", .amount = &won, .q = "이모", .number = number);
  MISSES (other, .phone = "7777", .item = "순대");
  MISSES (id, .phone = "7777", .number = other_number);
  FINDS (other, .q = "이모", .statuses = pending);
  MISSES (other, .q = "이모", .statuses = canceled);
  MISSES (other, .statuses = canceled);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) gone = osy_order_fixture_act (fixture, other, "cancel", &error);
  g_assert_no_error (error);
  FINDS (other, .statuses = canceled);
  FINDS (other, .q = "이모", .statuses = canceled);
  MISSES (other, .q = "이모", .statuses = canceled, .day = "2001-01-01");
  MISSES (other, .q = "이모", .to = osy_order_data (gone)->created_at);
  FINDS (other, .q = "이모", .from = osy_order_data (gone)->created_at);
}

static OsyMenu *
menu_with (const char *item_id, const char *name)
{
  OsyMenuData *data = osy_menu_data_new (osy_order_fixture_shop_id (fixture), 2);
  OsyMenuCategory *category = osy_menu_category_new ();
  OsyMenuItem *item = osy_menu_item_new ();

  category->id = osy_id_new ();
  category->name = g_strdup ("분식");
  item->id = g_strdup (item_id);
  item->category_id = g_strdup (category->id);
  item->name = g_strdup (name);
  g_ptr_array_add (category->items, item);
  g_ptr_array_add (data->categories, category);
  return osy_menu_new (data, NULL);
}

/* By the name it was sold under and by the one it has now; also when it has none any more. */
static void
test_renamed (void)
{
  g_autofree char *item = osy_id_new ();
  g_autofree char *stranger = osy_id_new ();
  gint64 number;
  g_autofree char *id = sell (&(Sale){NULL, NULL, item, "옛날팥빙수", 0}, &number);
  g_autoptr (OsyMenu) renamed = menu_with (item, "우유눈꽃");
  g_autoptr (OsyMenu) without = menu_with (stranger, "우유눈꽃");

  FINDS (id, .item = "팥빙수", .menu = renamed);
  FINDS (id, .item = "눈꽃", .menu = renamed);
  FINDS (id, .q = "ㅇㅇㄴㄲ", .menu = renamed);
  FINDS (id, .q = "팥빙수", .menu = without);
  MISSES (id, .q = "눈꽃", .menu = without);
}

/* Words that fit more items than are walked one by one. */
static void
test_many_items (void)
{
  OsyMenuData *data = osy_menu_data_new (osy_order_fixture_shop_id (fixture), 3);
  OsyMenuCategory *category = osy_menu_category_new ();
  gint64 number;
  g_autofree char *id = sell (&(Sale){"많이", NULL, NULL, NULL, 0}, &number);
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);
  const OsyOrderLine *line = g_ptr_array_index (osy_order_data (order)->lines, 1);

  category->id = osy_id_new ();
  category->name = g_strdup ("모두");
  g_ptr_array_add (data->categories, category);
  for (int i = 0; i < 600; i++) {
    OsyMenuItem *item = osy_menu_item_new ();
    item->id = i == 599 ? g_strdup (line->menu_item_id) : osy_id_new ();
    item->category_id = g_strdup (category->id);
    item->name = g_strdup_printf ("모둠%d", i);
    g_ptr_array_add (category->items, item);
  }
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  FINDS (id, .item = "모둠", .menu = menu);
  FINDS (id, .item = "모둠", .menu = menu, .q = "많이");
  MISSES (id, .item = "모둠", .menu = menu, .q = "조금");
}

static gint64
created (OsyOrder *order)
{
  return osy_order_data (order)->created_at;
}

/* Every page begins where the one before ended, newest first, whatever is looked for. */
static void
test_pages (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (OsyOrder) last = NULL;
  gint64 number;
  guint n;

  for (int i = 0; i < 23; i++)
    g_free (sell (&(Sale){"단골", NULL, NULL, NULL, 0}, &number));
  do {
    g_autoptr (GPtrArray) page = find ((OsyOrderQuery){
        .q = "단골",
        .limit = 5,
        .before_created = last ? created (last) : 0,
        .before_id = last ? osy_order_data (last)->id : NULL,
    });
    n = page->len;
    for (guint i = 0; i < n; i++) {
      OsyOrder *order = g_ptr_array_index (page, i);
      g_assert_true (last == NULL || created (order) <= created (last));
      g_assert_true (g_hash_table_add (seen, g_strdup (osy_order_data (order)->id)));
      g_set_object (&last, order);
    }
  } while (n == 5);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 23);
}

static gboolean
run_find_as_stranger (const char *text)
{
  g_autofree char *shop = osy_id_new ();
  OsyDbScope scope = {.restaurant_id = shop};
  const OsyOrderQuery query = {.item = text, .limit = 50};
  Finding finding = {&query, NULL, 0};
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run (fixture->pool, &scope, run_find, &finding, &error))
    g_assert_no_error (error);
  g_autoptr (GPtrArray) orders = finding.orders;
  return orders->len > 0;
}

/* Another shop's person finds nothing of ours, though items have plain keys. */
static void
test_other_shop (void)
{
  g_autofree char *item = osy_id_new ();
  gint64 number;
  g_autofree char *id = sell (&(Sale){NULL, NULL, item, "우리만의맛", 0}, &number);

  FINDS (id, .item = "우리만");
  g_assert_false (run_find_as_stranger ("우리만"));
}

/* ---- a cell that cannot be read ---- */

typedef struct {
  const char *id;
  JsonNode *order;
} Telling;

static gboolean
run_decorate (OsyDbTx *tx, gpointer data, GError **error)
{
  Telling *telling = data;
  OsyOrderRoom room = {.ring = fixture->ring};
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  OsyEvent *event = osy_event_new ();
  OsyEventExtra extra = {NULL, NULL};

  event->aggregate_type = g_strdup ("order");
  event->aggregate_id = g_strdup (telling->id);
  g_ptr_array_add (events, event);
  if (!osy_order_decorate (tx, events, &extra, &room, error))
    return FALSE;
  telling->order = extra.thing;
  json_node_unref (extra.status);
  return TRUE;
}

static void
test_unreadable (void)
{
  gint64 number, won = 33000;
  g_autofree char *good = sell (&(Sale){"멀쩡", NULL, NULL, NULL, 31000}, &number);
  g_autofree char *bad = sell (&(Sale){"망가짐", "010-5555-6666", NULL, NULL, 31000}, &number);
  g_autofree char *harm = g_strdup_printf (
      "UPDATE orders SET customer_name_enc = '\\x0102'::bytea WHERE id = '%s'", bad);
  g_autoptr (GError) error = NULL;
  Telling telling = {bad, NULL};

  osy_test_pg_exec (harm);
  g_autoptr (GPtrArray) page = find ((OsyOrderQuery){.amount = &won});
  g_assert_cmpuint (page->len, ==, 2);
  const OsyOrderData *broken = osy_order_data (g_ptr_array_index (page, 0));
  const OsyOrderData *whole = osy_order_data (g_ptr_array_index (page, 1));
  g_assert_true (broken->unreadable);
  g_assert_null (broken->customer_name);
  g_assert_cmpstr (broken->customer_phone, ==, "010-5555-6666");
  g_assert_false (whole->unreadable);
  g_assert_cmpstr (whole->customer_name, ==, "멀쩡");
  if (!osy_order_fixture_run (fixture, run_decorate, &telling, &error))
    g_assert_no_error (error);
  g_assert_true (
      json_object_get_boolean_member (json_node_get_object (telling.order), "unreadable"));
  json_node_unref (telling.order);
  /* It can still be worked off. */
  g_autoptr (OsyOrder) accepted = osy_order_fixture_act (fixture, bad, "accept", &error);
  g_assert_no_error (error);
  g_assert_true (osy_order_data (accepted)->unreadable);
}

/* ---- orders from before there were keys ---- */

#define OLD 3000
#define MORE 17000
#define OLD_ITEM "01939393-0000-7000-8000-00000000abcd"

static const char old_orders[] =
    "SET session_replication_role = replica; "
    "WITH o AS (INSERT INTO orders (restaurant_id, id, number, business_day, status, type, "
    "channel, "
    "    items, total_amount, tax_free_amount, supply_amount, vat_amount, payment_method, "
    "check_id, "
    "    created_at) SELECT '%s', gen_random_uuid(), n %% 300 + 1, date '2020-01-01' + n / 300, "
    "    'COMPLETED', 'TAKEOUT', 'COUNTER', "
    "'[{\"line_id\":\"01939393-0000-7000-8000-000000000001\","
    "\"menu_item_id\":\"01939393-0000-7000-8000-00000000abcd\",\"name\":\"오래된 "
    "맛\",\"quantity\":1,"
    "\"unit_price\":1,\"amount\":1,\"options\":[]}]', n, 0, n, 0, 'LATER', gen_random_uuid(), "
    "    timestamptz '2020-01-01 12:00+00' + n / 300 * interval '1 day' + n %% 300 * interval '1 "
    "min' "
    "  FROM generate_series(%d, %d) AS n RETURNING 1) SELECT count(*) FROM o";

static gboolean
run_index (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyOrderRoom room = {.ring = fixture->ring};

  return osy_order_on_unindexed (tx, &fixture->call, data, &room, error);
}

/* What the next event of the chain says; NULL at its end. */
static char *
next_payload (gint64 seq)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT payload FROM outbox WHERE type = 'orders.unindexed' AND aggregate_seq = "
      "%" G_GINT64_FORMAT,
      seq);

  return osy_test_pg_value (sql);
}

static void
index_all (void)
{
  g_autofree char *payload = g_strdup ("{}");

  for (gint64 seq = 1; payload != NULL; seq++) {
    OsyEvent *event = osy_event_new ();
    g_autoptr (GError) error = NULL;
    event->type = g_strdup ("orders.unindexed");
    event->aggregate_type = g_strdup ("index");
    event->aggregate_id = g_strdup (osy_order_fixture_shop_id (fixture));
    event->aggregate_seq = seq;
    event->payload = g_steal_pointer (&payload);
    if (!osy_order_fixture_run (fixture, run_index, event, &error))
      g_assert_no_error (error);
    osy_event_unref (event);
    payload = next_payload (seq + 1);
  }
}

static void
test_old_orders (void)
{
  const char *shop = osy_order_fixture_shop_id (fixture);
  g_autofree char *harm = g_strdup_printf (old_orders, shop, 1, OLD);
  gint64 number, all, won = 1777;
  g_autofree char *id = sell (&(Sale){"옛손님", "010-3333-9191", NULL, NULL, 0}, &number);

  osy_test_pg_exec ("DELETE FROM order_find; UPDATE orders SET find_keys = '{}'");
  osy_test_pg_exec (harm);
  all = osy_test_count ("SELECT count(*) FROM orders WHERE restaurant_id = '%s'", shop);
  g_assert_cmpint (all, >, OLD);
  MISSES (id, .q = "옛손님");
  index_all ();
  FINDS (id, .q = "옛손님");
  FINDS (id, .phone = "9191");
  FINDS (id, .number = number);
  g_autoptr (GPtrArray) old = find ((OsyOrderQuery){.amount = &won});
  g_assert_cmpuint (old->len, ==, 1);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM orders WHERE cardinality(find_keys) < 3"),
                   ==, 0);
}

/* ---- plans ---- */

/* A few days of orders; reading all of the shop's would be five times as many and more. */
#define MAX_LOOKED_AT 4000

static void
assert_indexed (const char *what, OsyOrderQuery query)
{
  Finding finding = {&query, NULL, 0};

  query.limit = 51;
  /* A prepared statement has a plan for its values at first, and one for all later. */
  for (int i = 0; i < 8; i++) {
    g_autoptr (GError) error = NULL;
    if (!osy_order_fixture_run (fixture, run_find, &finding, &error))
      g_assert_no_error (error);
    g_test_message ("%s: %d rows", what, (int)finding.looked_at);
    g_assert_cmpint (finding.looked_at, <, MAX_LOOKED_AT);
  }
  g_clear_pointer (&finding.orders, g_ptr_array_unref);
}

static void
add_more_orders (void)
{
  g_autofree char *more =
      g_strdup_printf (old_orders, osy_order_fixture_shop_id (fixture), OLD + 1, OLD + MORE);
  g_autofree char *keys = g_strdup_printf (
      "UPDATE orders SET find_keys = ARRAY[1::bigint << 56 | number, 2::bigint << 56 | "
      "total_amount, "
      "%" G_GINT64_FORMAT "] WHERE find_keys = '{}'; INSERT INTO order_find SELECT restaurant_id, "
      "unnest(find_keys), created_at, id FROM orders ON CONFLICT DO NOTHING; ANALYZE",
      osy_order_find_item_key (OLD_ITEM));

  osy_test_pg_exec (more);
  osy_test_pg_exec (keys);
}

/* Of 20,000 and more. */
static void
test_few_rows (void)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_autoptr (GPtrArray) canceled = g_ptr_array_new ();
  g_autoptr (GPtrArray) completed = g_ptr_array_new ();
  gint64 won = 777;

  add_more_orders ();
  g_ptr_array_add (open, (char *)OSY_ORDER_PENDING);
  g_ptr_array_add (open, (char *)OSY_ORDER_READY);
  g_ptr_array_add (canceled, (char *)OSY_ORDER_CANCELED);
  g_ptr_array_add (completed, (char *)OSY_ORDER_COMPLETED);
  assert_indexed ("the newest", (OsyOrderQuery){0});
  assert_indexed ("an old page", (OsyOrderQuery){.before_created = 1577900000000000,
                                                 .before_id = osy_order_fixture_shop_id (fixture)});
  assert_indexed ("open ones", (OsyOrderQuery){.statuses = open});
  assert_indexed ("canceled ones", (OsyOrderQuery){.statuses = canceled});
  assert_indexed ("completed ones", (OsyOrderQuery){.statuses = completed});
  assert_indexed ("a day", (OsyOrderQuery){.day = "2020-02-02"});
  assert_indexed ("a number", (OsyOrderQuery){.number = 47});
  assert_indexed ("an amount", (OsyOrderQuery){.amount = &won});
  assert_indexed ("a phone", (OsyOrderQuery){.phone = "9191"});
  assert_indexed ("an item", (OsyOrderQuery){.item = "오래된"});
  assert_indexed ("a name", (OsyOrderQuery){.q = "옛손님"});
  assert_indexed ("an item of a day", (OsyOrderQuery){.q = "오래된", .day = "2020-02-02"});
  assert_indexed ("two things", (OsyOrderQuery){.item = "오래된", .amount = &won});
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* unreadable cells warn */
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/order/find/kinds", test_kinds);
  g_test_add_func ("/order/find/together", test_together);
  g_test_add_func ("/order/find/renamed", test_renamed);
  g_test_add_func ("/order/find/many-items", test_many_items);
  g_test_add_func ("/order/find/pages", test_pages);
  g_test_add_func ("/order/find/other-shop", test_other_shop);
  g_test_add_func ("/order/find/unreadable", test_unreadable);
  g_test_add_func ("/order/find/old-orders", test_old_orders);
  g_test_add_func ("/order/find/few-rows", test_few_rows);
  int status = g_test_run ();
  /* Its threads end before libcrypto does, which keeps something for each that saw an error. */
  osy_db_pool_close (fixture->pool);
  osy_order_fixture_free (fixture);
  return status;
}
