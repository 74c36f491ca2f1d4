/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A shop that takes orders, without HTTP around it. */

#include "osy-order-fixture.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-money.h"
#include "osy-order-find-key.h"

OsyOrderFixture *
osy_order_fixture_new (void)
{
  OsyOrderFixture *self = g_new0 (OsyOrderFixture, 1);
  g_autofree char *app = osy_test_pg_conninfo ("ordersync_app");
  g_autofree char *relay = osy_test_pg_conninfo ("ordersync_relay");
  g_autofree char *key = g_build_filename (osy_test_pg_data_dir (), "key", NULL);
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_file (key);
  g_autoptr (GError) error = NULL;
  OsyShopData *shop = osy_shop_data_new ();

  self->pool = osy_test_pg_pool ();
  self->relay_pool = osy_db_pool_new (relay, 1);
  self->pipe = osy_db_pipe_new (app);
  self->ring = osy_keyring_new (provider, self->pool, TRUE, &error);
  g_assert_no_error (error);
  self->writer = osy_order_writer_new (self->pipe);
  shop->id = osy_id_new ();
  shop->name = g_strdup ("분식");
  shop->time_zone = g_strdup ("Asia/Seoul");
  shop->cutoff_minutes = 300;
  shop->open_state = g_strdup (OSY_SHOP_OPEN);
  self->shop = osy_shop_new (shop);
  self->principal = osy_principal_new_system (shop->id, "test");
  self->call = (OsyCall){.principal = self->principal, .trace_id = "trace"};
  return self;
}

void
osy_order_fixture_free (OsyOrderFixture *self)
{
  osy_db_pipe_close (self->pipe);
  g_object_unref (self->writer);
  g_object_unref (self->pipe);
  g_object_unref (self->relay_pool);
  g_object_unref (self->ring);
  g_object_unref (self->shop);
  osy_principal_unref (self->principal);
  g_free (self);
}

const char *
osy_order_fixture_shop_id (OsyOrderFixture *self)
{
  return osy_shop_data (self->shop)->id;
}

gboolean
osy_order_fixture_run (OsyOrderFixture *self, OsyDbFunc func, gpointer data, GError **error)
{
  OsyDbScope scope = {.restaurant_id = osy_order_fixture_shop_id (self)};

  return osy_db_pool_run (self->pool, &scope, func, data, error);
}

static void
add_line (OsyOrderData *order, const char *name, gint64 quantity, gint64 price)
{
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = osy_id_new ();
  line->name = g_strdup (name);
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = quantity * price;
  order->total_amount += line->amount;
  g_ptr_array_add (order->lines, line);
}

OsyOrderData *
osy_order_fixture_order (OsyOrderFixture *self, const char *type)
{
  OsyOrderData *order = osy_order_data_new ();

  order->id = osy_id_new ();
  order->check_id = osy_id_new ();
  order->restaurant_id = g_strdup (osy_order_fixture_shop_id (self));
  order->status = g_strdup (OSY_ORDER_PENDING);
  order->type = g_strdup (type);
  order->channel = g_strdup ("COUNTER");
  order->payment_method = g_strdup ("LATER");
  order->created_at = osy_clock_now ();
  order->business_day = osy_shop_business_day (self->shop, order->created_at);
  order->version = 1;
  add_line (order, "떡볶이", 2, 4500);
  add_line (order, "튀김", 1, 2000);
  osy_money_split_vat (order->total_amount, &order->supply_amount, &order->vat_amount);
  return order;
}

OsyOrderEntry *
osy_order_fixture_entry (OsyOrderFixture *self, OsyOrderData *order, const char *key)
{
  OsyOrderEntry *entry = osy_order_entry_new (order);
  g_autoptr (GError) error = NULL;

  if (!osy_order_cells_seal (self->ring, order, &entry->cells, &error))
    g_assert_no_error (error);
  entry->find_keys = osy_order_find_keys (self->ring, order);
  entry->actor = g_strdup ("test");
  entry->key_actor = g_strdup ("test");
  entry->key = g_strdup (key);
  memset (entry->fingerprint, 7, sizeof entry->fingerprint);
  return entry;
}

static void
placed (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, OSY_ORDER_WRITTEN);
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

char *
osy_order_fixture_place (OsyOrderFixture *self, const char *type)
{
  return osy_order_fixture_submit (self, osy_order_fixture_order (self, type));
}

char *
osy_order_fixture_submit (OsyOrderFixture *self, OsyOrderData *order)
{
  g_autofree char *id = g_strdup (order->id);
  g_autofree char *key = osy_id_new ();
  gboolean done = FALSE;

  osy_order_writer_submit (self->writer, osy_order_fixture_entry (self, order, key), 20000, placed,
                           &done);
  g_assert_true (osy_test_wait (is_true, &done, 30));
  return g_steal_pointer (&id);
}

typedef struct {
  OsyOrderFixture *fixture;
  OsyOrderAct act;
  OsyOrder *order;
} Acting;

static gboolean
run_act (OsyDbTx *tx, gpointer data, GError **error)
{
  Acting *acting = data;
  gboolean replayed = FALSE;

  g_clear_object (&acting->order);
  acting->order = osy_order_service_act (tx, acting->fixture->ring, &acting->fixture->call,
                                         &acting->act, &replayed, error);
  return acting->order != NULL;
}

OsyOrder *
osy_order_fixture_act (OsyOrderFixture *self, const char *order_id, const char *act, GError **error)
{
  Acting acting = {
      .fixture = self,
      .act = {.shop = self->shop, .order_id = order_id, .act = act, .ready_in_minutes = 15},
  };

  if (g_str_equal (act, "reject") || g_str_equal (act, "cancel"))
    acting.act.reason = "재료 소진";
  if (!osy_order_fixture_run (self, run_act, &acting, error))
    g_clear_object (&acting.order);
  return acting.order;
}

char *
osy_order_fixture_bring (OsyOrderFixture *self, const char *type, const char *status)
{
  static const struct {
    const char *status;
    const char *acts[5];
  } ways[] = {
      {OSY_ORDER_PENDING, {NULL}},
      {OSY_ORDER_REJECTED, {"reject", NULL}},
      {OSY_ORDER_CANCELED, {"cancel", NULL}},
      {OSY_ORDER_ACCEPTED, {"accept", NULL}},
      {OSY_ORDER_PREPARING, {"accept", "start", NULL}},
      {OSY_ORDER_READY, {"accept", "start", "ready", NULL}},
      {OSY_ORDER_DELIVERING, {"accept", "ready", "hand-over", NULL}},
      {OSY_ORDER_COMPLETED, {"accept", "ready", "complete", NULL}},
  };
  g_autofree char *id = osy_order_fixture_place (self, type);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    for (gsize k = 0; g_str_equal (ways[i].status, status) && ways[i].acts[k] != NULL; k++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (OsyOrder) order = osy_order_fixture_act (self, id, ways[i].acts[k], &error);
      g_assert_no_error (error);
      g_assert_nonnull (order);
    }
  return g_steal_pointer (&id);
}

typedef struct {
  OsyOrderFixture *fixture;
  const char *id;
  OsyOrder *order;
} Loading;

static gboolean
run_load (OsyDbTx *tx, gpointer data, GError **error)
{
  Loading *loading = data;

  loading->order = osy_order_service_load (tx, loading->fixture->ring, loading->id, error);
  return loading->order != NULL;
}

OsyOrder *
osy_order_fixture_load (OsyOrderFixture *self, const char *order_id)
{
  Loading loading = {.fixture = self, .id = order_id};
  g_autoptr (GError) error = NULL;

  if (!osy_order_fixture_run (self, run_load, &loading, &error))
    g_assert_no_error (error);
  return loading.order;
}

gint64
osy_test_count (const char *sql, ...)
{
  va_list args;

  va_start (args, sql);
  g_autofree char *text = g_strdup_vprintf (sql, args);
  va_end (args);
  g_autofree char *value = osy_test_pg_value (text);
  return value ? g_ascii_strtoll (value, NULL, 10) : 0;
}
