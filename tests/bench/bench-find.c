/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fills a shop with orders through the order writer, as fast as it takes them, and finds some. */

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-money.h"
#include "osy-order-fixture.h"

#define ITEMS 2000
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define ORDERS_A_DAY 300
#define IN_FLIGHT 512
#define RUNS 21

typedef struct {
  OsyOrderFixture *fixture;
  GRand *rand;
  char *item_ids[ITEMS];
  guint submitted;
  guint written;
  guint wanted;
} Load;

static char *
item_name (int item)
{
  return g_strdup_printf ("메뉴 %04d", item);
}

static void
add_line (Load *load, OsyOrderData *order)
{
  /* Skewed as sales are: the square favours the first items. */
  double at = g_rand_double (load->rand);
  int item = (int)(at * at * ITEMS);
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = g_strdup (load->item_ids[item]);
  line->name = item_name (item);
  line->quantity = g_rand_int_range (load->rand, 1, 4);
  line->unit_price = 1000 + (item % 90) * 100;
  line->amount = line->quantity * line->unit_price;
  order->total_amount += line->amount;
  g_ptr_array_add (order->lines, line);
}

static OsyOrderData *
make_order (Load *load)
{
  OsyOrderData *order = osy_order_fixture_order (load->fixture, "TAKEOUT");
  guint n = load->submitted;

  g_ptr_array_set_size (order->lines, 0);
  order->total_amount = 0;
  for (int i = g_rand_int_range (load->rand, 1, 5); i > 0; i--)
    add_line (load, order);
  osy_money_split_vat (order->total_amount, &order->supply_amount, &order->vat_amount);
  order->created_at -= (load->wanted - n) / ORDERS_A_DAY * DAY_US;
  g_free (order->business_day);
  order->business_day = osy_shop_business_day (load->fixture->shop, order->created_at);
  if (n % 5 < 2) {
    order->customer_name = g_strdup_printf ("손님%u", n % 997);
    order->customer_phone = g_strdup_printf ("010-%04u-%04u", n % 9999, (n * 7) % 10000);
  }
  return order;
}

static void submit (Load *load);

static void
written (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Load *load = user_data;

  g_assert_no_error (error);
  /* A plan made while the table was empty would read all of it for each order. */
  if (++load->written == 1000)
    osy_test_pg_exec ("ANALYZE orders; ANALYZE guest_check; ANALYZE idempotency");
  submit (load);
}

static void
submit (Load *load)
{
  if (load->submitted == load->wanted)
    return;
  OsyOrderData *order = make_order (load);
  g_autofree char *key = osy_id_new ();
  load->submitted++;
  osy_order_writer_submit (load->fixture->writer,
                           osy_order_fixture_entry (load->fixture, order, key), 60000, written,
                           load);
}

static gboolean
is_loaded (gpointer data)
{
  const Load *load = data;

  return load->written == load->wanted;
}

/* ---- finding ---- */

static OsyMenu *
make_menu (Load *load)
{
  OsyMenuData *data = osy_menu_data_new (osy_order_fixture_shop_id (load->fixture), 1);
  OsyMenuCategory *category = osy_menu_category_new ();
  g_autoptr (GError) error = NULL;

  category->id = osy_id_new ();
  category->name = g_strdup ("모두");
  g_ptr_array_add (data->categories, category);
  for (int i = 0; i < ITEMS; i++) {
    OsyMenuItem *item = osy_menu_item_new ();
    item->id = g_strdup (load->item_ids[i]);
    item->category_id = g_strdup (category->id);
    item->name = item_name (i);
    g_ptr_array_add (category->items, item);
  }
  OsyMenu *menu = osy_menu_new (data, &error);
  g_assert_no_error (error);
  return menu;
}

typedef struct {
  Load *load;
  const OsyOrderQuery *query;
  guint found;
} Find;

static gboolean
run_find (OsyDbTx *tx, gpointer data, GError **error)
{
  Find *find = data;
  OsyOrderFixture *fixture = find->load->fixture;
  g_autoptr (GPtrArray) orders =
      osy_order_service_list (tx, fixture->ring, &fixture->call, find->query, error);

  find->found = orders ? orders->len : 0;
  return orders != NULL;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* A line for each kind: its name, the orders found, milliseconds at the median and at most. */
static void
measure (Load *load, const char *name, OsyOrderQuery query)
{
  Find find = {load, &query, 0};
  double took[RUNS];

  query.limit = 51;
  for (int i = -2; i < RUNS; i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();
    gboolean ok = osy_order_fixture_run (load->fixture, run_find, &find, &error);
    g_assert_no_error (error);
    g_assert_true (ok);
    if (i >= 0)
      took[i] = (double)(g_get_monotonic_time () - begin) / 1000;
  }
  qsort (took, RUNS, sizeof *took, compare_doubles);
  g_print ("find\t%s\t%u\t%.1f\t%.1f\n", name, find.found, took[RUNS / 2], took[RUNS - 1]);
}

static void
measure_all (Load *load)
{
  g_autoptr (OsyMenu) menu = make_menu (load);
  g_autoptr (GPtrArray) fallen = g_ptr_array_new ();
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  g_autofree char *today = osy_shop_business_day (load->fixture->shop, osy_clock_now ());
  gint64 amount = 12000;
  OsyOrderQuery all = {.menu = menu};
  OsyOrderQuery query;

  g_ptr_array_add (fallen, (char *)OSY_ORDER_CANCELED);
  g_ptr_array_add (done, (char *)OSY_ORDER_PENDING);
#define MEASURE(name, ...)                              \
  do {                                                  \
    query = (OsyOrderQuery){.menu = menu, __VA_ARGS__}; \
    measure (load, name, query);                        \
  } while (0)
  measure (load, "newest", all);
  MEASURE ("page 1000 on", .before_created = osy_clock_now () - 150 * DAY_US,
           .before_id = load->item_ids[0]);
  MEASURE ("day", .day = today);
  MEASURE ("90 days", .from = osy_clock_now () - 90 * DAY_US);
  MEASURE ("90 days, an item", .from = osy_clock_now () - 90 * DAY_US, .item = "메뉴 0003");
  MEASURE ("90 days, canceled", .from = osy_clock_now () - 90 * DAY_US, .statuses = fallen);
  MEASURE ("number", .number = 47);
  MEASURE ("amount", .amount = &amount);
  MEASURE ("last four of a phone", .phone = "0007");
  MEASURE ("whole phone", .phone = "010-0001-0007");
  MEASURE ("item, one", .item = "메뉴 1234");
  MEASURE ("item, initials of two hundred", .item = "ㅁㄴ11");
  MEASURE ("item, all two thousand", .item = "ㅁㄴ");
  MEASURE ("q, a number", .q = "47");
  MEASURE ("q, an amount", .q = "12,000");
  MEASURE ("q, a guest", .q = "손님 77");
  MEASURE ("q, an item", .q = "뉴 0012");
  MEASURE ("q, nothing fits", .q = "없는 것");
  MEASURE ("item on a day", .item = "메뉴 0012", .day = today);
  MEASURE ("item and amount", .item = "메뉴 0", .amount = &amount);
  MEASURE ("canceled", .statuses = fallen);
  MEASURE ("canceled, an item", .statuses = fallen, .item = "메뉴 0003");
}

int
main (int argc, char **argv)
{
  Load load = {.fixture = osy_order_fixture_new (),
               .rand = g_rand_new_with_seed (1),
               .wanted = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 100000};

  for (guint i = 0; i < ITEMS; i++)
    load.item_ids[i] = osy_id_new ();
  gint64 begin = g_get_monotonic_time ();
  while (load.submitted < MIN (IN_FLIGHT, load.wanted))
    submit (&load);
  if (!osy_test_wait (is_loaded, &load, 600))
    return 1;
  double seconds = (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_print ("placed\t%.0f\n", load.wanted / seconds);
  osy_test_pg_exec ("VACUUM ANALYZE");
  measure_all (&load);
  g_rand_free (load.rand);
  for (guint i = 0; i < ITEMS; i++)
    g_free (load.item_ids[i]);
  osy_order_fixture_free (load.fixture);
  return 0;
}
