/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen has to do now, and what that means for an order that comes. */

#include "osy-kitchen-outlook.h"

#include "osy-clock.h"
#include "osy-kitchen-parts.h"
#include "osy-kitchen-send.h"
#include "osy-kitchen-setup-store.h"
#include "osy-menu-facts.h"
#include "osy-order-store.h"

/* The kitchen as it stands. */
typedef struct {
  OsyKitchenSetup *setup;
  OsyDbRows *rows; /* owns the ids in open */
  GArray *open;    /* of OsyKitchenPortion */
  GHashTable *facts;
  OsyKitchenTerms terms;
} Kitchen;

static void
kitchen_clear (Kitchen *self)
{
  g_clear_pointer (&self->setup, osy_kitchen_setup_free);
  g_clear_pointer (&self->rows, osy_db_rows_free);
  g_clear_pointer (&self->open, g_array_unref);
  g_clear_pointer (&self->facts, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kitchen, kitchen_clear)

/* One row for each station and time that a dish takes: few, however much waits. */
static OsyDbRows *
load_open (OsyDbTx *tx, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT t.station_id, l.prep_minutes, sum(l.quantity_waiting)::bigint AS dishes "
      "FROM kitchen_ticket t JOIN kitchen_line l ON l.restaurant_id = t.restaurant_id "
      "  AND l.order_id = t.order_id AND l.ticket_id = t.id "
      "JOIN kitchen_course c ON c.restaurant_id = l.restaurant_id AND c.order_id = l.order_id "
      "  AND c.course = l.course "
      "WHERE t.restaurant_id = app_restaurant() AND t.status = 'OPEN' AND t.stage = 'PREP' "
      "  AND l.quantity_waiting > 0 AND c.fired_at IS NOT NULL "
      "GROUP BY t.station_id, l.prep_minutes LIMIT 5000",
      OSY_NO_PARAMS, error);
}

static gboolean
load (Kitchen *self, OsyDbTx *tx, OsyShop *shop, GError **error)
{
  const OsyShopData *data = osy_shop_data (shop);

  self->setup = osy_kitchen_setup_store_load_working (tx, error);
  self->rows = self->setup != NULL ? load_open (tx, error) : NULL;
  if (self->rows == NULL)
    return FALSE;
  self->open = g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion));
  for (guint i = 0; i < osy_db_rows_count (self->rows); i++) {
    const OsyKitchenPortion portion = {osy_db_rows_text (self->rows, i, "station_id"),
                                       osy_db_rows_int (self->rows, i, "dishes"),
                                       osy_db_rows_int (self->rows, i, "prep_minutes")};
    g_array_append_val (self->open, portion);
  }
  self->terms = (OsyKitchenTerms){.least = data->promise_min_minutes,
                                  .most = data->promise_max_minutes,
                                  .busy = osy_shop_busy_minutes_at (shop, osy_clock_now ()),
                                  .dish = data->default_prep_minutes};
  return TRUE;
}

static void
add_items (GPtrArray *ids, const OsyOrderData *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    osy_kitchen_parts_items (g_ptr_array_index (order->lines, i), ids);
}

static gint64
promise (const Kitchen *self, const OsyOrderData *order)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion));

  osy_kitchen_send_portions (self->setup, self->facts, order, own);
  return osy_kitchen_promise (self->setup, self->open, own, &self->terms);
}

gboolean
osy_kitchen_promise_order (OsyDbTx *tx,
                           const OsyOrderData *order,
                           OsyShop *shop,
                           int *minutes,
                           GError **error)
{
  g_auto (Kitchen) kitchen = {NULL};
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  add_items (items, order);
  kitchen.facts = osy_menu_facts_load (tx, items, error);
  if (kitchen.facts == NULL || !load (&kitchen, tx, shop, error))
    return FALSE;
  *minutes = (int)promise (&kitchen, order);
  return TRUE;
}

OsyKitchenOutlook *
osy_kitchen_outlook_read (OsyDbTx *tx, const OsyCall *call, OsyShop *shop, GError **error)
{
  g_auto (Kitchen) kitchen = {NULL};
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (GPtrArray) orders = osy_order_store_pending (tx, OSY_KITCHEN_OUTLOOK_ORDERS, error);
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    add_items (items, osy_order_data (g_ptr_array_index (orders, i)));
  kitchen.facts = osy_menu_facts_load (tx, items, error);
  if (kitchen.facts == NULL || !load (&kitchen, tx, shop, error))
    return NULL;
  OsyKitchenOutlook *outlook = osy_kitchen_outlook_new ();
  outlook->server_time = osy_clock_now ();
  osy_kitchen_outlook_look (outlook, kitchen.setup, kitchen.open, &kitchen.terms);
  for (guint i = 0; i < orders->len; i++) {
    const OsyOrderData *order = osy_order_data (g_ptr_array_index (orders, i));
    osy_kitchen_outlook_add_offer (outlook, order->id, promise (&kitchen, order));
  }
  return outlook;
}
