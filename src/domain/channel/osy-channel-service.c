/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of channels: what is believed, what came before, and what each event does here. */

#include "osy-channel-service.h"

#include <string.h>

#include "osy-bill-service.h"
#include "osy-channel-order.h"
#include "osy-clock.h"
#include "osy-crypto.h"
#include "osy-delivery-service.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json-canonical.h"
#include "osy-menu-store.h"
#include "osy-order-seal.h"
#include "osy-order-service.h"
#include "osy-shop-service.h"

#define PARKED_US (10 * G_TIME_SPAN_MINUTE)
#define LEASE_US (30 * G_TIME_SPAN_SECOND)
#define RETRY_US (2 * G_TIME_SPAN_SECOND)
/* On the bill, so in the shop's language. */
#define DISCOUNT_REASON "배달앱 할인"

/* ---- receiving ---- */

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                       "The message is not signed by a platform of this shop.");
  return FALSE;
}

static gboolean
refuse_other (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                       "This was received before, with another content.");
  return FALSE;
}

/* A store that nobody set up is refused like a bad signature, and takes as long. */
static gboolean
check_signature (OsyDbTx *tx,
                 OsyKeyring *ring,
                 const OsyChannelDelivery *delivery,
                 OsyChannelLink **link,
                 GError **error)
{
  JsonObject *body = json_node_get_object (delivery->body);
  JsonNode *store = json_object_get_member (body, "storeId");
  g_autofree char *secret = NULL;

  if (store == NULL || json_node_get_value_type (store) != G_TYPE_STRING)
    return refuse (error);
  if (!osy_channel_store_find (tx, delivery->channel, json_node_get_string (store), link, error))
    return FALSE;
  if (*link != NULL) {
    secret = osy_channel_store_secret (tx, ring, (*link)->id, error);
    if (secret == NULL)
      return FALSE;
  }
  gboolean good =
      osy_channel_is_signed (secret != NULL ? secret : "", &delivery->call, osy_clock_now ());
  if (secret != NULL)
    osy_wipe (secret, strlen (secret));
  return (*link != NULL && good && (*link)->enabled) || refuse (error);
}

static gboolean
check_channel (const OsyChannelDelivery *delivery, const OsyChannelMessage *message, GError **error)
{
  if (g_str_equal (delivery->channel, message->channel))
    return TRUE;
  g_autoptr (GError) fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNPROCESSABLE,
                                                  "The channel is not that of the path.");
  osy_error_add_field (fault, "/channel", "CHANNEL", "The channel is not that of the path.");
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* The order itself is there once, whatever events tell of it. */
static gboolean
remember_order (OsyDbTx *tx,
                const OsyChannelLink *link,
                const OsyChannelMessage *message,
                JsonNode *body,
                gboolean *fresh,
                GError **error)
{
  JsonNode *node = json_object_get_member (json_node_get_object (body), "order");
  g_autofree char *id = osy_id_new ();
  OsyChannelOrder order = {.id = id,
                           .link_id = link->id,
                           .channel_order_id = message->channel_order_id,
                           .total = message->total,
                           .prepaid = message->prepaid};
  g_autoptr (OsyChannelOrder) there = NULL;
  gboolean added = FALSE;

  osy_json_fingerprint (node, "order", order.hash);
  if (!osy_channel_store_add_order (tx, &order, osy_clock_now (), &added, error))
    return FALSE;
  if (added)
    return TRUE;
  *fresh = FALSE;
  if (!osy_channel_store_hold_order (tx, link->id, message->channel_order_id, &there, error))
    return FALSE;
  return (there != NULL && memcmp (there->hash, order.hash, sizeof order.hash) == 0) ||
         refuse_other (error);
}

static OsyChannelEvent *
new_event (const OsyChannelLink *link, const OsyChannelMessage *message, JsonNode *body)
{
  OsyChannelEvent *event = g_new0 (OsyChannelEvent, 1);

  event->id = osy_id_new ();
  event->link_id = g_strdup (link->id);
  event->event_id = g_strdup (message->event_id);
  event->type = g_strdup (message->type);
  event->channel_order_id = g_strdup (message->channel_order_id);
  event->received_at = osy_clock_now ();
  event->body = osy_json_print (body);
  osy_json_fingerprint (body, "event", event->hash);
  return event;
}

static gboolean
remember_event (OsyDbTx *tx,
                OsyKeyring *ring,
                const OsyChannelEvent *event,
                gboolean *fresh,
                GError **error)
{
  gboolean known = FALSE;
  gboolean same = FALSE;

  if (!osy_channel_store_add_event (tx, ring, event, &known, &same, error))
    return FALSE;
  *fresh = !known;
  return !known || same || refuse_other (error);
}

gboolean
osy_channel_service_receive (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const OsyChannelDelivery *delivery,
                             gboolean *fresh,
                             OsyChannelMessage **message,
                             GError **error)
{
  g_autoptr (OsyChannelLink) link = NULL;

  if (!check_signature (tx, ring, delivery, &link, error))
    return FALSE;
  g_clear_pointer (message, osy_channel_message_free);
  *message = osy_channel_message_parse (delivery->body, error);
  if (*message == NULL || !check_channel (delivery, *message, error))
    return FALSE;
  g_autoptr (OsyChannelEvent) event = new_event (link, *message, delivery->body);
  if (!remember_event (tx, ring, event, fresh, error))
    return FALSE;
  return !*fresh || !g_str_equal ((*message)->type, OSY_CHANNEL_CREATED) ||
         remember_order (tx, link, *message, delivery->body, fresh, error);
}

/* ---- working it off ---- */

void
osy_channel_work_clear (OsyChannelWork *self)
{
  g_clear_pointer (&self->event, osy_channel_event_free);
  g_clear_pointer (&self->order, osy_order_data_free);
}

char *
osy_channel_service_key (const OsyChannelEvent *event)
{
  return g_strconcat (event->link_id, "/", event->channel_order_id, NULL);
}

/** An event with everything that its work needs. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyChannelEvent *event;
  OsyChannelMessage *message;
  OsyChannelOrder *order; /* (nullable): held */
} Job;

static gboolean
end (const Job *job, const char *status, gint64 next_at, GError **error)
{
  return osy_channel_store_end_event (job->tx, job->event->id, status, next_at, error);
}

static OsyPrincipal *
platform (OsyDbTx *tx)
{
  return osy_principal_new_system (osy_db_tx_restaurant (tx), "channel");
}

/* @seq: the placing is the first; each flag raises it. @payload: (transfer full) */
static gboolean
tell (const Job *job, const char *type, gint64 seq, JsonObject *payload, GError **error)
{
  g_autoptr (OsyPrincipal) principal = platform (job->tx);
  const OsyCall call = {.principal = principal};
  g_autoptr (JsonNode) node = osy_json_take_object (payload);
  const OsyEventDraft draft = {.type = type,
                               .aggregate_type = "channel_order",
                               .aggregate_id = job->order->id,
                               .aggregate_seq = seq,
                               .payload = node};

  return osy_event_emit (job->tx, &call, &draft, error);
}

/* Screens learn of it by an event of its own: the order's own steps do not change by a word that a
 * person should see. */
static gboolean
raise_flag (const Job *job, const char *flag, GError **error)
{
  gint64 count = 0;

  if (!osy_channel_store_flag (job->tx, job->order->order_id, flag, &count, error))
    return FALSE;
  if (count == 0)
    return TRUE;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "order_id", job->order->order_id);
  json_object_set_string_member (object, "flag", flag);
  return tell (job, "channel.flagged", 1 + count, object, error);
}

static gboolean
make_order (const Job *job, OsyOrderData **ret, GError **error)
{
  const char *restaurant_id = osy_db_tx_restaurant (job->tx);
  g_autoptr (OsyShop) shop = osy_shop_service_get (job->tx, restaurant_id, error);
  g_autoptr (OsyMenu) menu = shop != NULL ? osy_menu_store_load (job->tx, error) : NULL;
  g_autoptr (GHashTable) map =
      menu != NULL ? osy_channel_store_map (job->tx, job->event->link_id, error) : NULL;

  if (map == NULL || !osy_order_seal_prepare (job->ring, restaurant_id, error))
    return FALSE;
  const OsyChannelKitchen kitchen = {shop, menu, map, osy_clock_now ()};
  *ret = osy_channel_order_make (job->message, &kitchen);
  return TRUE;
}

static gboolean
work_created (const Job *job, OsyOrderData **to_place, GError **error)
{
  gboolean parked = FALSE;

  if (job->order == NULL || !g_str_equal (job->order->status, "RECEIVED"))
    return end (job, "DONE", 0, error);
  if (!osy_channel_store_has_parked (job->tx, job->event->link_id, job->event->channel_order_id,
                                     &parked, error))
    return FALSE;
  if (!parked)
    return make_order (job, to_place, error);
  return osy_channel_store_end_parked (job->tx, job->event->link_id, job->event->channel_order_id,
                                       error) &&
         osy_channel_store_end_order (job->tx, job->order->id, "CANCELED", NULL, error) &&
         end (job, "DONE", 0, error);
}

/* An order that the kitchen can still let go of is canceled; of another one a person is told. */
static gboolean
cancel_order (const Job *job, GError **error)
{
  g_autoptr (OsyPrincipal) principal = platform (job->tx);
  const OsyCall call = {.principal = principal};
  const OsyOrderAct act = {
      .order_id = job->order->order_id, .act = "cancel", .reason = "PLATFORM_CANCELED"};
  g_autoptr (GError) refusal = NULL;
  gboolean replayed = FALSE;
  g_autoptr (OsyOrder) after =
      osy_order_service_act (job->tx, job->ring, &call, &act, &replayed, &refusal);

  if (after != NULL)
    return TRUE;
  if (osy_error_is (refusal, OSY_ERROR_STATE_CONFLICT)) {
    g_autoptr (OsyOrder) order =
        osy_order_service_load (job->tx, job->ring, job->order->order_id, error);
    if (order == NULL)
      return FALSE;
    return osy_order_is_withdrawn (osy_order_data (order)) ||
           raise_flag (job, OSY_CHANNEL_LATE_CANCEL, error);
  }
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
work_cancelled (const Job *job, GError **error)
{
  gint64 parked_until = job->event->received_at + PARKED_US;
  gint64 now = osy_clock_now ();

  if (job->order == NULL)
    return now < parked_until ? end (job, "PARKED", parked_until, error)
                              : end (job, "DROPPED", 0, error);
  if (g_str_equal (job->order->status, "RECEIVED"))
    return end (job, "RECEIVED", now + RETRY_US, error); /* it is being placed */
  if (g_str_equal (job->order->status, "PLACED") && !cancel_order (job, error))
    return FALSE;
  return end (job, "DONE", 0, error);
}

static gboolean
work_way (const Job *job, GError **error)
{
  g_autoptr (OsyPrincipal) principal = platform (job->tx);
  const OsyCall call = {.principal = principal};
  const OsyDeliveryAct act = {
      .order_id = job->order->order_id,
      .act = job->message->delivery_act,
      .rider = job->message->rider,
      .reason = g_str_equal (job->message->delivery_act, "fail") ? "PLATFORM" : NULL};
  g_autoptr (GError) refusal = NULL;

  if (!osy_delivery_service_request (job->tx, job->ring, &call, act.order_id, "PLATFORM", error))
    return FALSE;
  g_autoptr (OsyDelivery) after =
      osy_delivery_service_act (job->tx, job->ring, &call, &act, &refusal);
  /* What comes out of order is passed over. */
  if (after != NULL || osy_error_is (refusal, OSY_ERROR_STATE_CONFLICT) ||
      osy_error_is (refusal, OSY_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Of an order that is not placed yet nothing can change; it waits as long as a parked one. */
static gboolean
work_later (const Job *job, GError **error)
{
  gint64 now = osy_clock_now ();

  if (job->order == NULL || g_str_equal (job->order->status, "RECEIVED"))
    return now < job->event->received_at + PARKED_US ? end (job, "RECEIVED", now + RETRY_US, error)
                                                     : end (job, "DROPPED", 0, error);
  if (g_str_equal (job->order->status, "PLACED") &&
      !(g_str_equal (job->event->type, OSY_CHANNEL_UPDATED)
            ? raise_flag (job, OSY_CHANNEL_CHANGED, error)
            : work_way (job, error)))
    return FALSE;
  return end (job, "DONE", 0, error);
}

static gboolean
do_job (const Job *job, OsyOrderData **to_place, GError **error)
{
  if (g_str_equal (job->event->type, OSY_CHANNEL_CREATED))
    return work_created (job, to_place, error);
  if (g_str_equal (job->event->type, OSY_CHANNEL_CANCELLED))
    return work_cancelled (job, error);
  return work_later (job, error);
}

gboolean
osy_channel_service_work (OsyDbTx *tx, OsyKeyring *ring, OsyChannelWork *ret, GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (OsyChannelMessage) message = NULL;
  g_autoptr (OsyChannelOrder) order = NULL;

  osy_channel_work_clear (ret);
  if (!osy_channel_store_take_event (tx, ring, now, now + LEASE_US, &ret->event, error))
    return FALSE;
  if (ret->event == NULL)
    return TRUE;
  g_autoptr (JsonNode) body =
      ret->event->body != NULL ? osy_json_parse (ret->event->body, strlen (ret->event->body), error)
                               : NULL;
  message = body != NULL ? osy_channel_message_parse (body, error) : NULL;
  if (message == NULL || !osy_channel_store_hold_order (
                             tx, ret->event->link_id, ret->event->channel_order_id, &order, error))
    return FALSE;
  /* Two events may tell of one order; its key knows the order alone. */
  if (order != NULL)
    memcpy (ret->event->hash, order->hash, sizeof ret->event->hash);
  const Job job = {tx, ring, ret->event, message, order};
  return do_job (&job, &ret->order, error);
}

/* ---- after the writer ---- */

/* Who carries it is known from the first moment. */
static gboolean
ask_platform (const Job *job, const char *order_id, GError **error)
{
  g_autoptr (OsyPrincipal) principal = platform (job->tx);
  const OsyCall call = {.principal = principal};

  return g_strcmp0 (job->message->order_type, "DELIVERY") != 0 ||
         g_strcmp0 (job->message->carrier, "PLATFORM") != 0 ||
         osy_delivery_service_request (job->tx, job->ring, &call, order_id, "PLATFORM", error);
}

/* What the shop bears of the guest's discount is never paid to it; what the platform bears is. */
static gboolean
take_discount (const Job *job, const OsyOrderData *order, GError **error)
{
  g_autoptr (OsyPrincipal) principal = platform (job->tx);
  const OsyCall call = {.principal = principal};
  const OsyBillAct act = {.check_id = order->check_id,
                          .kind = OSY_BILL_DISCOUNT,
                          .won = MIN (job->message->shop_discount, order->total_amount),
                          .reason = DISCOUNT_REASON};
  gboolean replayed = FALSE;

  if (act.won == 0 || osy_order_is_withdrawn (order))
    return TRUE;
  g_autoptr (OsyBill) bill =
      osy_bill_service_adjust (job->tx, job->ring, &call, &act, &replayed, error);
  return bill != NULL;
}

/* The room payment hears of it, and of what was paid over there. */
static gboolean
tell_placed (const Job *job, const char *order_id, GError **error)
{
  const OsyChannelMessage *message = job->message;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "order_id", order_id);
  json_object_set_boolean_member (object, "prepaid", message->prepaid);
  json_object_set_int_member (object, "platform_discount",
                              message->discount - message->shop_discount);
  return tell (job, "channel.placed", 1, object, error);
}

static void
add_unmapped (JsonArray *array, const char *kind, const OsyChannelItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  if (item->plu != NULL)
    json_object_set_string_member (object, "plu", item->plu);
  json_object_set_string_member (object, "name", item->name);
  json_array_add_object_element (array, object);
}

/* What was not found on our menu, with its code over there: so that it is found next time. */
static char *
list_unmapped (const Job *job, const OsyOrderData *order)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < order->lines->len && i < job->message->items->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    const OsyChannelItem *item = g_ptr_array_index (job->message->items, i);
    if (g_strcmp0 (line->menu_item_id, OSY_CHANNEL_NOWHERE) == 0)
      add_unmapped (array, "ITEM", item);
    for (guint k = 0; k < line->options->len && k < item->options->len; k++) {
      const OsyOrderOption *option = g_ptr_array_index (line->options, k);
      if (g_strcmp0 (option->option_id, OSY_CHANNEL_NOWHERE) == 0)
        add_unmapped (array, "OPTION", g_ptr_array_index (item->options, k));
    }
  }
  json_node_take_array (node, array);
  return osy_json_print (node);
}

static gboolean
keep_unmapped (const Job *job, const OsyOrderData *order, GError **error)
{
  g_autofree char *list = list_unmapped (job, order);

  return osy_channel_store_keep_unmapped (job->tx, job->order->id, list, error);
}

static gboolean
take_in (const Job *job, const char *order_id, GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_load (job->tx, job->ring, order_id, error);

  return order != NULL && ask_platform (job, order_id, error) &&
         take_discount (job, osy_order_data (order), error) &&
         keep_unmapped (job, osy_order_data (order), error) &&
         osy_channel_store_end_order (job->tx, job->order->id, "PLACED", order_id, error) &&
         tell_placed (job, order_id, error);
}

gboolean
osy_channel_service_placed (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyChannelEvent *event,
                            GError **error)
{
  g_autofree char *text = osy_channel_service_key (event);
  g_autofree char *order_id = NULL;
  OsyOrderKeyState state = OSY_ORDER_KEY_NEW;
  const OsyOrderKey key = {OSY_CHANNEL_ACTOR, OSY_ORDER_PLACE_ROUTE, text, event->hash};
  g_autoptr (OsyChannelOrder) order = NULL;
  g_autoptr (JsonNode) body = osy_json_parse (event->body, strlen (event->body), error);
  g_autoptr (OsyChannelMessage) message =
      body != NULL ? osy_channel_message_parse (body, error) : NULL;

  /* The order's row before ours, as whoever follows an order has it. */
  if (message == NULL || !osy_order_store_find_key (tx, &key, &state, &order_id, error) ||
      (order_id != NULL && !osy_order_store_lock (tx, order_id, error)) ||
      !osy_channel_store_hold_order (tx, event->link_id, event->channel_order_id, &order, error))
    return FALSE;
  const Job job = {tx, ring, event, message, order};
  gboolean fresh = order != NULL && order_id != NULL && g_str_equal (order->status, "RECEIVED");
  return (!fresh || take_in (&job, order_id, error)) && end (&job, "DONE", 0, error);
}
