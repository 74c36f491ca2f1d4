/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /orders: draft → shop, menu and key in memory → price → seal → group commit → 201. */

#include <string.h>

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-json-canonical.h"
#include "osy-order-draft.h"
#include "osy-order-room.h"
#include "osy-order-seal.h"
#include "osy-order-service.h"
#include "osy-order-token.h"
#include "osy-trace.h"

/* One request to place an order. Main thread, but for what a worker is given. */
typedef struct {
  OsyOrderRoom *room;
  OsyHttpRequest *http;
  OsyPrincipal *principal;
  OsyOrderDraft *draft;
  OsyShop *shop;
  OsyMenu *menu;
  guint8 fingerprint[32];
  char *key;
  char *order_id;  /* of the order submitted; NULL before */
  GError *refusal; /* why it could not be priced */
  OsyOrder *found; /* of the key, as it stands */
  gboolean key_differs;
  gboolean fee_known;
  gboolean method_known;
  OsyTracePlace span; /* CreateOrder */
  gint64 begun;       /* Unix time in µs; so are these */
  gint64 saving;      /* 0: not yet */
  gboolean failed;    /* it was refused */
} Place;

/* ---- what is told of it ---- */

static void
tell_span (const OsyTracePlace *place,
           const OsyTracePlace *parent,
           const char *name,
           gint64 begun,
           gboolean failed)
{
  osy_trace_record (&(OsyTraceSpan){.place = place,
                                    .parent_id = parent->span_id,
                                    .name = name,
                                    .kind = OSY_TRACE_INTERNAL,
                                    .begun = begun,
                                    .ended = g_get_real_time (),
                                    .failed = failed});
}

/* A part of CreateOrder that is over now. */
static void
tell_part (const Place *place, const char *name, gint64 begun, gboolean failed)
{
  OsyTracePlace part = place->span;

  osy_trace_new_span_id (part.span_id);
  tell_span (&part, &place->span, name, begun, failed);
}

static void
place_free (Place *place)
{
  tell_span (&place->span, osy_http_request_place (place->http), "CreateOrder", place->begun,
             place->failed);
  osy_http_request_unref (place->http);
  osy_principal_unref (place->principal);
  g_clear_pointer (&place->draft, osy_order_draft_free);
  g_clear_object (&place->shop);
  g_clear_object (&place->menu);
  g_clear_object (&place->found);
  g_clear_error (&place->refusal);
  g_free (place->key);
  g_free (place->order_id);
  g_free (place);
}

static void
refuse (Place *place, const GError *error)
{
  place->failed = TRUE;
  osy_http_reply_error (place->http, error);
  place_free (place);
}

static const char *
key_actor (const Place *place)
{
  return osy_principal_actor (place->principal);
}

/* ---- answering ---- */

/* The answer is the order as it was placed, so that a replay is the same to the byte. */
static void
reply_placed (Place *place, const OsyOrderData *order, gboolean replayed)
{
  OsyOrderData *placed = osy_order_data_copy (order);
  g_autoptr (OsyOrder) frozen = osy_order_new (placed);

  if (placed->placed_check_id != NULL)
    osy_set_str (&placed->check_id, placed->placed_check_id);
  if (placed->placed_table_id != NULL)
    osy_set_str (&placed->table_id, placed->placed_table_id);
  placed->adjusted_amount = 0;
  gboolean accepted = osy_order_is_born_accepted (placed);
  osy_set_str (&placed->status, accepted ? OSY_ORDER_ACCEPTED : osy_order_birth_status (placed));
  g_clear_pointer (&placed->reason, g_free);
  g_clear_pointer (&placed->guest_id, g_free); /* looked up afterwards */
  placed->version = accepted ? 2 : 1;
  if (placed->placed_requested_at != 0)
    placed->requested_at = placed->placed_requested_at;
  placed->begins_at = 0;
  if (!accepted)
    placed->accepted_at = placed->promised_at = placed->begin_minutes = 0;
  else if (placed->begin_minutes > 0)
    osy_order_data_accept (placed, placed->begin_minutes, placed->created_at);
  placed->started_at = placed->ready_at = placed->handed_over_at = 0;
  placed->completed_at = placed->closed_at = 0;

  g_autoptr (JsonNode) body = osy_order_to_masked_json (frozen);
  g_autofree char *token =
      osy_order_token_new (place->room->ring, placed->restaurant_id, placed->id);
  g_autofree char *location = g_strconcat ("/api/v1/orders/", placed->id, NULL);
  json_object_set_string_member (json_node_get_object (body), "tracking_token", token);
  osy_http_reply_add_header (place->http, "Location", location);
  osy_http_reply_add_header (place->http, "ETag", accepted ? "\"2\"" : "\"1\"");
  if (replayed)
    osy_http_reply_add_header (place->http, "Idempotent-Replayed", "true");
  osy_http_reply_json (place->http, 201, body);
}

static gboolean
look_up_key (OsyDbTx *tx, gpointer data, GError **error)
{
  Place *place = data;
  OsyOrderKeyState state = OSY_ORDER_KEY_NEW;
  g_autofree char *subject_id = NULL;
  const OsyOrderKey key = {
      .actor = key_actor (place),
      .route = OSY_ORDER_PLACE_ROUTE,
      .key = place->key,
      .fingerprint = place->fingerprint,
  };

  g_clear_object (&place->found);
  if (!osy_order_store_find_key (tx, &key, &state, &subject_id, error))
    return FALSE;
  place->key_differs = state == OSY_ORDER_KEY_DIFFERENT;
  if (state == OSY_ORDER_KEY_SAME)
    place->found = osy_order_service_load (tx, place->room->ring, subject_id, error);
  return state != OSY_ORDER_KEY_SAME || place->found != NULL;
}

static void
key_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    refuse (place, error);
    return;
  }
  if (place->found != NULL) {
    const OsyOrderData *order = osy_order_data (place->found);
    /* Our own id: the commit was made and only its answer was lost. */
    reply_placed (place, order, g_strcmp0 (order->id, place->order_id) != 0);
    place_free (place);
    return;
  }
  if (place->key_differs)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                                 "This Idempotency-Key was used for another order.");
  else if (place->refusal != NULL)
    error = g_steal_pointer (&place->refusal);
  else
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_IN_PROGRESS,
                                 "The same request is still being worked on; ask again.");
  refuse (place, error);
}

/* The key was used, or the order cannot be placed any more (the shop has closed, a price has
 * changed, the time asked for has passed): the same request may have been placed before, and then
 * has its answer. */
static void
start_look_up (Place *place)
{
  OsyDbScope scope = {.restaurant_id = place->draft->restaurant_id, .read_only = TRUE};

  osy_db_pool_run_async (place->room->pool, &scope, look_up_key, place, NULL, NULL, key_looked_up,
                         place);
}

/* As osy_menu_price_lines() says it, once the screens know. */
static GError *
sold_out_error (const OsyOrderEntry *entry)
{
  const OsyOrderLine *line = g_ptr_array_index (entry->order->lines, entry->sold_out_line);
  g_autofree char *pointer = g_strdup_printf ("/items/%d", entry->sold_out_line);
  GError *error = g_error_new (OSY_ERROR, OSY_ERROR_SOLD_OUT, "“%s” is sold out.", line->name);

  osy_error_add_field (error, pointer, osy_error_code_name (OSY_ERROR_SOLD_OUT), error->message);
  return error;
}

static void
written (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Place *place = user_data;

  tell_part (place, "SaveOrderToDB", place->saving, outcome == OSY_ORDER_NOT_WRITTEN);
  switch (outcome) {
  case OSY_ORDER_WRITTEN:
    reply_placed (place, entry->order, FALSE);
    place_free (place);
    break;
  case OSY_ORDER_NO_CHECK:
    place->refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_CHECK_CLOSED,
                                          "The check takes no more orders; begin another.");
    start_look_up (place);
    break;
  case OSY_ORDER_SOLD_OUT:
    place->refusal = sold_out_error (entry);
    start_look_up (place);
    break;
  case OSY_ORDER_KEY_TAKEN: start_look_up (place); break;
  case OSY_ORDER_NOT_WRITTEN: refuse (place, error); break;
  }
}

/* ---- pricing and sealing ---- */

static void
price_and_submit (Place *place)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_real_time ();
  OsyOrderData *order = osy_order_draft_price (place->draft, place->menu, place->shop,
                                               place->principal, osy_clock_now (), &error);

  tell_part (place, "ValidateOrder", begun, order == NULL);
  if (order == NULL) {
    place->refusal = g_steal_pointer (&error);
    start_look_up (place);
    return;
  }
  g_autoptr (OsyOrderEntry) entry = osy_order_seal (place->room->ring, order, &error);
  if (entry == NULL) {
    refuse (place, error);
    return;
  }
  entry->actor = g_strdup (osy_principal_actor (place->principal));
  entry->key_actor = g_strdup (key_actor (place));
  entry->key = g_strdup (place->key);
  entry->round_on = g_strdup (place->draft->check_id);
  entry->trace_id = g_strdup (osy_http_request_trace_id (place->http));
  memcpy (entry->fingerprint, place->fingerprint, sizeof entry->fingerprint);
  place->order_id = g_strdup (order->id);
  place->saving = g_get_real_time ();
  osy_order_writer_submit (place->room->writer, g_steal_pointer (&entry), place->room->deadline_ms,
                           written, place);
}

/* ---- what must be in memory first ---- */

static void advance (Place *place);

static void
shop_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GError) error = NULL;

  place->shop = osy_shop_cache_load_finish (OSY_SHOP_CACHE (source), result, &error);
  if (place->shop == NULL)
    refuse (place, error);
  else
    advance (place);
}

static void
menu_loaded (OsyMenu *menu, const GError *error, gpointer user_data)
{
  Place *place = user_data;

  if (menu == NULL) {
    refuse (place, error);
    return;
  }
  place->menu = g_object_ref (menu);
  advance (place);
}

static gboolean
find_fee (OsyDbTx *tx, gpointer data, GError **error)
{
  Place *place = data;

  return place->room->fee (tx, place->principal, place->draft, error);
}

static void
fee_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;

  place->fee_known = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &place->refusal);
  if (place->fee_known)
    advance (place);
  else
    start_look_up (place);
}

static gboolean
wants_fee (const Place *place)
{
  return place->room->fee != NULL && !place->fee_known &&
         g_str_equal (place->draft->type, "DELIVERY");
}

/* Whether the shop takes this kind of payment is known in the database alone: asked for the few
 * orders that say anything but LATER. */
static gboolean
find_method (OsyDbTx *tx, gpointer data, GError **error)
{
  Place *place = data;
  const char *method = place->draft->payment_method;
  gboolean takes = FALSE;

  if (place->room->takes != NULL && !place->room->takes (tx, method, &takes, error))
    return FALSE;
  if (!takes)
    g_set_error (error, OSY_ERROR, OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE,
                 "This shop does not take %s with the order; send LATER.", method);
  return takes;
}

static void
method_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;

  place->method_known = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &place->refusal);
  if (place->method_known)
    advance (place);
  else
    start_look_up (place);
}

static gboolean
wants_method (const Place *place)
{
  return !place->method_known && !g_str_equal (place->draft->payment_method, "LATER");
}

static gboolean
prepare_keys (OsyDbTx *tx, gpointer data, GError **error)
{
  Place *place = data;

  return osy_order_seal_prepare (place->room->ring, place->draft->restaurant_id, error);
}

static void
keys_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    refuse (place, error);
  else
    price_and_submit (place);
}

/* Goes on as far as it can; every load comes back here. */
static void
advance (Place *place)
{
  OsyOrderRoom *room = place->room;
  const char *restaurant_id = place->draft->restaurant_id;
  g_autoptr (GError) error = NULL;

  if (place->shop == NULL) {
    osy_shop_cache_load_async (room->shops, restaurant_id, NULL, shop_loaded, place);
  } else if (!osy_order_draft_check (place->draft, place->shop, place->principal, osy_clock_now (),
                                     &error)) {
    place->refusal = g_steal_pointer (&error);
    start_look_up (place);
  } else if (place->menu == NULL) {
    osy_menu_cache_get_async (room->menus, restaurant_id, menu_loaded, place);
  } else if (wants_fee (place)) {
    OsyDbScope scope = {.restaurant_id = restaurant_id, .read_only = TRUE};
    osy_db_pool_run_async (room->pool, &scope, find_fee, place, NULL, NULL, fee_found, place);
  } else if (wants_method (place)) {
    OsyDbScope scope = {.restaurant_id = restaurant_id, .read_only = TRUE};
    osy_db_pool_run_async (room->pool, &scope, find_method, place, NULL, NULL, method_found, place);
  } else if (!osy_order_seal_is_prepared (room->ring, restaurant_id)) {
    OsyDbScope scope = {.restaurant_id = restaurant_id};
    osy_db_pool_run_async (room->pool, &scope, prepare_keys, place, NULL, NULL, keys_prepared,
                           place);
  } else {
    price_and_submit (place);
  }
}

static void
place_order (OsyHttpRequest *http, gpointer room)
{
  OsyPrincipal *principal = osy_http_request_principal (http);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
  OsyOrderDraft *draft = body ? osy_order_draft_parse (body, &error) : NULL;

  if (draft == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  Place *place = g_new0 (Place, 1);
  place->room = room;
  place->http = osy_http_request_ref (http);
  place->principal = osy_principal_ref (principal);
  place->draft = draft;
  place->span = *osy_http_request_place (http);
  osy_trace_new_span_id (place->span.span_id);
  place->begun = g_get_real_time ();
  place->key = g_strdup (osy_http_request_header (http, "Idempotency-Key"));
  osy_json_fingerprint (body, OSY_ORDER_PLACE_ROUTE, place->fingerprint);
  if (!osy_principal_is_anonymous (principal) &&
      g_strcmp0 (osy_principal_restaurant_id (principal), draft->restaurant_id) != 0) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
    refuse (place, error);
    return;
  }
  advance (place);
}

const OsyRoute osy_order_place_routes[] = {
    {"POST", "/api/v1/orders", "placeOrder", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_IDEMPOTENT,
     place_order},
    {NULL},
};
