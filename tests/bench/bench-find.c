/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fills a shop with orders through the order writer, as fast as it takes them. */

#include "osy-id.h"
#include "osy-money.h"
#include "osy-order-fixture.h"

#define ITEMS 2000
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define ORDERS_A_DAY 300
#define IN_FLIGHT 512

typedef struct {
  OsyOrderFixture *fixture;
  GRand *rand;
  char *item_ids[ITEMS];
  guint submitted;
  guint written;
  guint wanted;
} Load;

static void
add_line (Load *load, OsyOrderData *order)
{
  /* Skewed as sales are: the square favours the first items. */
  double at = g_rand_double (load->rand);
  int item = (int)(at * at * ITEMS);
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = g_strdup (load->item_ids[item]);
  line->name = g_strdup_printf ("메뉴 %04d", item);
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
  order->created_at -= (load->wanted - n) / ORDERS_A_DAY * DAY_US - n;
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
  g_print ("%.0f orders a second\n", load.wanted / seconds);
  return 0;
}
