/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Couriers' links. A token is its shop and 24 random bytes; only a keyed hash of it is kept, and
 * that goes with the delivery's end. */

#include "osy-courier-service.h"

#include <string.h>

#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-delivery-setup.h"
#include "osy-delivery-store.h"
#include "osy-id.h"
#include "osy-order-service.h"

#define SHOP_SIZE 16
#define TOKEN_SIZE (SHOP_SIZE + 24)
#define MAX_CODE 512
#define PAGE "/courier#"

void
osy_courier_link_clear (OsyCourierLink *self)
{
  if (self->token != NULL)
    osy_wipe (self->token, strlen (self->token));
  if (self->url != NULL)
    osy_wipe (self->url, strlen (self->url));
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->url, g_free);
}

/* ---- tokens ---- */

static char *
new_token (const char *restaurant_id)
{
  guint8 token[TOKEN_SIZE];

  if (!osy_id_to_bytes (restaurant_id, token))
    return NULL;
  osy_random_bytes (token + SHOP_SIZE, TOKEN_SIZE - SHOP_SIZE);
  char *text = osy_base64url_encode (token, sizeof token);
  osy_wipe (token, sizeof token);
  return text;
}

/* What stands behind the last '#'. */
static const char *
token_in (const char *text)
{
  const char *mark = strrchr (text, '#');

  return mark != NULL ? mark + 1 : text;
}

char *
osy_courier_token_shop (const char *text)
{
  gsize size = 0;

  if (strlen (text) > MAX_CODE)
    return NULL;
  g_autoptr (GBytes) bytes = osy_base64url_decode (token_in (text));
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  return size == TOKEN_SIZE ? osy_id_from_bytes (data) : NULL;
}

static GBytes *
hash_of (OsyKeyring *ring, const char *token)
{
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  osy_keyring_derive (ring, "courier-link", key);
  osy_hmac_sha256 (key, (const guint8 *)token, strlen (token), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, sizeof mac);
}

/* ---- links ---- */

static gboolean
add_link (OsyDbTx *tx,
          OsyKeyring *ring,
          const char *delivery_id,
          OsyCourierLink *ret,
          GError **error)
{
  g_autoptr (OsyDeliverySetup) setup = osy_delivery_setup_load (tx, ring, error);
  gint64 now = osy_clock_now ();

  if (setup == NULL)
    return FALSE;
  osy_courier_link_clear (ret);
  ret->token = new_token (osy_db_tx_restaurant (tx));
  g_autofree char *address = osy_api_address ();
  ret->url =
      g_strconcat (setup->page_base != NULL ? setup->page_base : address, PAGE, ret->token, NULL);
  ret->expires_at = now + setup->link_hours * G_TIME_SPAN_HOUR;
  g_autoptr (GBytes) hash = hash_of (ring, ret->token);
  return osy_delivery_store_add_link (tx, delivery_id, hash, now, ret->expires_at, error);
}

static OsyDelivery *
get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  const OsyDeliveryQuery query = {.id = id, .limit = 1};
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, ring, &query, error);

  if (list != NULL && list->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such delivery.");
  return list != NULL && list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}

gboolean
osy_courier_service_link (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const char *delivery_id,
                          OsyCourierLink *ret,
                          GError **error)
{
  const OsyAuditEntry audit = {
      .action = "delivery.linked", .object_type = "delivery", .object_id = delivery_id};
  g_autoptr (OsyDelivery) delivery = get (tx, ring, delivery_id, error);

  if (delivery == NULL)
    return FALSE;
  if (!osy_delivery_is_under_way (delivery)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "This delivery is over.");
    return FALSE;
  }
  return add_link (tx, ring, delivery_id, ret, error) &&
         osy_audit_record (tx, ring, call, &audit, error);
}

gboolean
osy_courier_service_slip_code (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               const char *order_id,
                               char **code,
                               GError **error)
{
  g_auto (OsyCourierLink) link = {NULL};
  g_autoptr (GError) local = NULL;

  *code = NULL;
  if (!osy_delivery_service_request (tx, ring, call, order_id, NULL, error))
    return FALSE;
  g_autoptr (OsyDelivery) delivery = osy_delivery_service_of_order (tx, ring, order_id, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (delivery == NULL || !osy_delivery_is_under_way (delivery))
    return TRUE;
  if (!add_link (tx, ring, delivery->id, &link, error))
    return FALSE;
  *code = g_strdup (link.url);
  return TRUE;
}

char *
osy_courier_service_find (OsyDbTx *tx, OsyKeyring *ring, const char *text, GError **error)
{
  g_autoptr (GBytes) hash = hash_of (ring, token_in (text));
  char *id = NULL;

  if (!osy_delivery_store_find_link (tx, hash, osy_clock_now (), &id, error))
    return NULL;
  if (id == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                         "This link is over; ask the shop for another.");
  return id;
}

/* ---- what is seen ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_text (object, name, text);
}

static JsonArray *
items_to_json (const OsyOrderData *order)
{
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    JsonObject *item = json_object_new ();
    json_object_set_string_member (item, "name", line->name);
    json_object_set_int_member (item, "quantity", line->quantity);
    json_array_add_object_element (items, item);
  }
  return items;
}

static void
set_guest (JsonObject *object, const OsyOrderData *order)
{
  set_text (object, "address", order->delivery_address);
  set_text (object, "name", order->customer_name);
  set_text (object, "phone", order->customer_phone);
  set_text (object, "note", order->note);
  json_object_set_array_member (object, "items", items_to_json (order));
  json_object_set_int_member (object, "total_amount", order->total_amount - order->adjusted_amount);
  json_object_set_boolean_member (object, "collect",
                                  g_strcmp0 (order->payment_method, "LATER") == 0);
}

JsonNode *
osy_courier_service_look (OsyDbTx *tx, OsyKeyring *ring, const char *delivery_id, GError **error)
{
  g_autoptr (OsyDelivery) delivery = get (tx, ring, delivery_id, error);
  g_autoptr (OsyOrder) order =
      delivery != NULL ? osy_order_service_load (tx, ring, delivery->order_id, error) : NULL;

  if (order == NULL)
    return NULL;
  JsonObject *object = json_object_new ();
  json_object_set_int_member (object, "order_number", delivery->order_number);
  json_object_set_string_member (object, "status", delivery->status);
  set_time (object, "eta_at", delivery->eta_at);
  set_time (object, "picked_up_at", delivery->picked_up_at);
  set_time (object, "delivered_at", delivery->delivered_at);
  if (osy_delivery_is_under_way (delivery))
    set_guest (object, osy_order_data (order));
  return osy_json_take_object (object);
}
