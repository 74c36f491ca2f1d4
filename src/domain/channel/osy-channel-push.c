/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What platforms are told of their orders: a row with each step, in the transaction of its event,
 * sent in order until it was taken, after 1, 2, 4, … 60 minutes. */

#include <string.h>

#include "osy-channel-room.h"
#include "osy-channel-sign.h"
#include "osy-channel-store.h"
#include "osy-clock.h"
#include "osy-crypto.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-service.h"

#define LEASE_US (60 * G_TIME_SPAN_SECOND)
#define MAX_REST_MIN 60

/* ---- writing down ---- */

/* A word of ours and no sentence of a person's. */
static gboolean
is_code (const char *text)
{
  return text != NULL && *text != '\0' &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == strlen (text);
}

static char *
print_body (const OsyOrderData *order, const char *status, gint64 seq)
{
  JsonObject *body = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (body);
  gint64 now = osy_clock_now ();
  g_autofree char *at = osy_clock_format (now);

  json_object_set_string_member (body, "channelOrderId", order->source_id);
  json_object_set_string_member (body, "status", status);
  if (order->promised_at > now)
    json_object_set_int_member (body, "etaMinutes",
                                (order->promised_at - now + G_TIME_SPAN_MINUTE - 1) /
                                    G_TIME_SPAN_MINUTE);
  if (g_str_equal (status, "REJECTED") || g_str_equal (status, "CANCELLED"))
    json_object_set_string_member (body, "reasonCode",
                                   is_code (order->reason) ? order->reason : "OTHER");
  json_object_set_string_member (body, "at", at);
  json_object_set_int_member (body, "seq", seq);
  return osy_json_print (node);
}

static gboolean
next_seq (OsyDbTx *tx, const char *id, gint64 *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "UPDATE channel_order SET seq = seq + 1 WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid RETURNING seq",
                    OSY_PARAMS (OSY_P_TEXT (id)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "seq") : 0;
  return rows != NULL;
}

static gboolean
wake_pushes (gpointer queue)
{
  osy_fetch_queue_wake (queue);
  return G_SOURCE_REMOVE;
}

static gboolean
write_down (OsyDbTx *tx,
            const OsyChannelRoom *room,
            const OsyOrderData *order,
            const OsyChannelOrder *ours,
            const char *status,
            GError **error)
{
  g_autofree char *id = osy_id_new ();
  gint64 seq = 0;

  if (!next_seq (tx, ours->id, &seq, error))
    return FALSE;
  g_autofree char *body = print_body (order, status, seq);
  osy_db_tx_on_commit (tx, wake_pushes, g_object_ref (room->pushes), g_object_unref);
  /* Nobody to be told: it is told already. */
  return osy_db_exec (
      tx,
      "INSERT INTO channel_push (restaurant_id, id, channel_order, seq, body, "
      "created_at, next_at) SELECT app_restaurant(), $1::uuid, $2::uuid, $3::bigint, "
      "$4::text, $5::timestamptz, "
      "CASE WHEN l.callback_url IS NOT NULL THEN $5::timestamptz END "
      "FROM channel_link l WHERE l.restaurant_id = app_restaurant() "
      "AND l.id = $6::uuid",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (ours->id), OSY_P_INT (seq), OSY_P_TEXT (body),
                  OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (ours->link_id)),
      NULL, error);
}

gboolean
osy_channel_on_order (OsyDbTx *tx,
                      const OsyCall *call,
                      const OsyEvent *event,
                      gpointer data,
                      GError **error)
{
  OsyChannelRoom *room = data;
  g_autoptr (OsyChannelOrder) ours = NULL;

  g_autoptr (OsyOrder) order = osy_order_service_load (tx, room->ring, event->aggregate_id, error);
  if (order == NULL)
    return FALSE;
  const OsyOrderData *as_it_is = osy_order_data (order);
  const char *status = osy_channel_status (event->type, as_it_is->status);
  if (as_it_is->source_type == NULL || status == NULL)
    return TRUE;
  if (!osy_channel_store_hold_source (tx, as_it_is->source_type, as_it_is->source_id, &ours, error))
    return FALSE;
  return ours == NULL || write_down (tx, room, as_it_is, ours, status, error);
}

/* ---- sending ---- */

static OsyDbRows *
due (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT shop FROM channel_pushes_due($1) AS shop",
                       OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

static char **
headers_of (const char *secret, GBytes *body)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, osy_clock_now () / G_USEC_PER_SEC);
  g_autofree char *signature = osy_channel_sign (secret, now, body);

  g_strv_builder_add (headers, "X-OrderSync-Timestamp");
  g_strv_builder_add (headers, now);
  g_strv_builder_add (headers, "X-OrderSync-Signature");
  g_strv_builder_add (headers, signature);
  return g_strv_builder_end (headers);
}

/* Of an order the first that was not taken yet goes, and those behind it wait. */
static gboolean
take (OsyDbTx *tx, gpointer data, OsyFetchCall **ret, GError **error)
{
  OsyChannelRoom *room = data;
  gint64 now = osy_clock_now ();
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE channel_push p SET attempts = attempts + 1, next_at = $2 FROM ("
      "  SELECT p.id, l.id AS link_id, l.callback_url FROM channel_push p "
      "  JOIN channel_order o ON o.restaurant_id = p.restaurant_id AND o.id = p.channel_order "
      "  JOIN channel_link l ON l.restaurant_id = o.restaurant_id AND l.id = o.link_id "
      "  WHERE p.restaurant_id = app_restaurant() AND p.next_at <= $1 AND NOT EXISTS ("
      "    SELECT FROM channel_push b WHERE b.restaurant_id = p.restaurant_id "
      "    AND b.channel_order = p.channel_order AND b.seq < p.seq AND b.next_at IS NOT NULL) "
      "  ORDER BY p.next_at, p.created_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED) due "
      "WHERE p.restaurant_id = app_restaurant() AND p.id = due.id "
      "RETURNING p.id, p.body, due.link_id, due.callback_url",
      OSY_PARAMS (OSY_P_TIME (now), OSY_P_TIME (now + LEASE_US)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  call->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  if (!osy_db_rows_is_null (rows, 0, "callback_url")) {
    const char *body = osy_db_rows_text (rows, 0, "body");
    g_autofree char *secret =
        osy_channel_store_secret (tx, room->ring, osy_db_rows_text (rows, 0, "link_id"), error);
    if (secret == NULL)
      return FALSE;
    call->body = g_bytes_new (body, strlen (body));
    call->method = g_strdup ("POST");
    call->url = g_strdup (osy_db_rows_text (rows, 0, "callback_url"));
    call->headers = headers_of (secret, call->body);
    osy_wipe (secret, strlen (secret));
  }
  *ret = g_steal_pointer (&call);
  return TRUE;
}

static gboolean
done (OsyDbTx *tx, gpointer data, const OsyFetchCall *call, GError **error)
{
  gboolean told = call->status >= 200 && call->status < 300;

  return osy_db_exec (tx,
                      "UPDATE channel_push SET told_at = CASE WHEN $2 THEN $3::timestamptz END, "
                      "next_at = CASE WHEN $2 THEN NULL ELSE $3::timestamptz + interval '1 minute' "
                      "  * least(power(2, least(attempts - 1, 10)), $4) END "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                      "AND next_at IS NOT NULL",
                      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_BOOL (told),
                                  OSY_P_TIME (osy_clock_now ()), OSY_P_INT (MAX_REST_MIN)),
                      NULL, error);
}

const OsyFetchQueueRoom osy_channel_pushes = {due, take, done};

/* ---- events ---- */

static gboolean
give_orders (OsyDbTx *tx,
             const OsyChannelRoom *room,
             GPtrArray *events,
             const OsyDbRows *rows,
             OsyEventExtra *extras,
             GError **error)
{
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (OsyOrder) order =
        osy_order_service_load (tx, room->ring, osy_db_rows_text (rows, i, "order_id"), error);
    if (order == NULL)
      return FALSE;
    osy_event_give (events, extras, osy_db_rows_text (rows, i, "id"),
                    osy_order_to_masked_json (order), NULL);
  }
  return TRUE;
}

gboolean
osy_channel_decorate (OsyDbTx *tx,
                      GPtrArray *events,
                      OsyEventExtra *extras,
                      gpointer room,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, order_id FROM channel_order WHERE restaurant_id = app_restaurant() "
                    "AND id = ANY ($1::uuid[]) AND order_id IS NOT NULL",
                    OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  return rows != NULL && give_orders (tx, room, events, rows, extras, error);
}
