/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of channels. */

#include "osy-channel-store.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-crypto.h"

/* ---- memory ---- */

void
osy_channel_link_free (OsyChannelLink *self)
{
  g_free (self->id);
  g_free (self->channel);
  g_free (self->store_id);
  g_free (self->callback_url);
  g_free (self);
}

void
osy_channel_event_free (OsyChannelEvent *self)
{
  if (self->body != NULL)
    osy_wipe (self->body, strlen (self->body));
  g_free (self->body);
  g_free (self->id);
  g_free (self->link_id);
  g_free (self->event_id);
  g_free (self->type);
  g_free (self->channel_order_id);
  g_free (self);
}

void
osy_channel_order_free (OsyChannelOrder *self)
{
  g_free (self->id);
  g_free (self->link_id);
  g_free (self->channel_order_id);
  g_free (self->status);
  g_free (self->order_id);
  g_free (self);
}

/* ---- links ---- */

static GPtrArray *
read_links (const OsyDbRows *rows)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_channel_link_free);

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyChannelLink *link = g_new0 (OsyChannelLink, 1);
    link->id = g_strdup (osy_db_rows_text (rows, i, "id"));
    link->channel = g_strdup (osy_db_rows_text (rows, i, "channel"));
    link->store_id = g_strdup (osy_db_rows_text (rows, i, "store_id"));
    link->callback_url = g_strdup (osy_db_rows_text (rows, i, "callback_url"));
    link->enabled = osy_db_rows_bool (rows, i, "enabled");
    link->waiting = osy_db_rows_int (rows, i, "waiting");
    link->version = osy_db_rows_int (rows, i, "version");
    g_ptr_array_add (links, link);
  }
  return links;
}

#define LINKS                                                              \
  "SELECT l.*, (SELECT count(*) FROM channel_push p JOIN channel_order o " \
  "    ON o.restaurant_id = p.restaurant_id AND o.id = p.channel_order "   \
  "  WHERE p.restaurant_id = l.restaurant_id AND o.link_id = l.id "        \
  "  AND p.next_at IS NOT NULL) AS waiting FROM channel_link l "           \
  "WHERE l.restaurant_id = app_restaurant() "

GPtrArray *
osy_channel_store_links (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, LINKS "AND ($1::uuid IS NULL OR l.id = $1::uuid) ORDER BY l.created_at, l.id",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  return rows != NULL ? read_links (rows) : NULL;
}

gboolean
osy_channel_store_find (OsyDbTx *tx,
                        const char *channel,
                        const char *store_id,
                        OsyChannelLink **ret,
                        GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, LINKS "AND l.channel = $1 AND l.store_id = $2",
                    OSY_PARAMS (OSY_P_TEXT (channel), OSY_P_TEXT (store_id)), error);
  g_autoptr (GPtrArray) links = rows != NULL ? read_links (rows) : NULL;

  *ret = links != NULL && links->len > 0 ? g_ptr_array_steal_index (links, 0) : NULL;
  return links != NULL;
}

static OsyCell
secret_cell (OsyDbTx *tx, const char *link_id)
{
  return (OsyCell){osy_db_tx_restaurant (tx), "channel_link", "secret_enc", link_id, NULL};
}

gboolean
osy_channel_store_put (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyChannelLink *link,
                       const char *secret,
                       GError **error)
{
  const OsyCell cell = secret_cell (tx, link->id);
  g_autoptr (GBytes) sealed = osy_keyring_seal (ring, &cell, secret, error);
  gint64 affected = 0;

  if (secret != NULL && sealed == NULL)
    return FALSE;
  if (link->version > 1)
    return osy_db_exec (tx,
                        "UPDATE channel_link SET callback_url = $2, enabled = $3, version = $4, "
                        "secret_enc = coalesce($5, secret_enc) "
                        "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                        OSY_PARAMS (OSY_P_TEXT (link->id), OSY_P_TEXT (link->callback_url),
                                    OSY_P_BOOL (link->enabled), OSY_P_INT (link->version),
                                    OSY_P_BYTES (sealed)),
                        NULL, error);
  if (!osy_db_exec (tx,
                    "INSERT INTO channel_link (restaurant_id, id, channel, store_id, callback_url, "
                    "secret_enc, created_at) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, "
                    "$6) ON CONFLICT (channel, store_id) DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (link->id), OSY_P_TEXT (link->channel),
                                OSY_P_TEXT (link->store_id), OSY_P_TEXT (link->callback_url),
                                OSY_P_BYTES (sealed), OSY_P_TIME (osy_clock_now ())),
                    &affected, error))
    return FALSE;
  if (affected == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "This store of the channel is set up already.");
  return affected == 1;
}

char *
osy_channel_store_secret (OsyDbTx *tx, OsyKeyring *ring, const char *link_id, GError **error)
{
  const OsyCell cell = secret_cell (tx, link_id);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT secret_enc FROM channel_link WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (link_id)), error);

  if (rows == NULL)
    return NULL;
  g_autoptr (GBytes) sealed =
      osy_db_rows_count (rows) > 0 ? osy_db_rows_bytes (rows, 0, "secret_enc") : NULL;
  if (sealed == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such channel.");
    return NULL;
  }
  return osy_keyring_open (ring, &cell, sealed, error);
}

GHashTable *
osy_channel_store_map (OsyDbTx *tx, const char *link_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT kind, plu, target_id FROM channel_item "
                    "WHERE restaurant_id = app_restaurant() AND link_id = $1::uuid ORDER BY 1, 2",
                    OSY_PARAMS (OSY_P_TEXT (link_id)), error);
  GHashTable *map =
      rows != NULL ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) : NULL;

  for (guint i = 0; map != NULL && i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (map,
                         g_strconcat (osy_db_rows_text (rows, i, "kind"), " ",
                                      osy_db_rows_text (rows, i, "plu"), NULL),
                         g_strdup (osy_db_rows_text (rows, i, "target_id")));
  return map;
}

/* ---- the inbox ---- */

static GBytes *
hash_bytes (const guint8 hash[32])
{
  return g_bytes_new (hash, 32);
}

static void
take_hash (const OsyDbRows *rows, guint i, guint8 out[32])
{
  g_autoptr (GBytes) bytes = osy_db_rows_bytes (rows, i, "body_hash");
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (size == 32)
    memcpy (out, data, 32);
}

static OsyCell
body_cell (OsyDbTx *tx, const char *id)
{
  return (OsyCell){osy_db_tx_restaurant (tx), "channel_event", "body_enc", id, NULL};
}

static gboolean
compare_event (OsyDbTx *tx, const OsyChannelEvent *event, gboolean *same, GError **error)
{
  g_autoptr (GBytes) hash = hash_bytes (event->hash);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT body_hash = $3 AS same FROM channel_event WHERE restaurant_id = app_restaurant() "
      "AND link_id = $1::uuid AND event_id = $2",
      OSY_PARAMS (OSY_P_TEXT (event->link_id), OSY_P_TEXT (event->event_id), OSY_P_BYTES (hash)),
      error);

  *same = rows != NULL && osy_db_rows_count (rows) > 0 && osy_db_rows_bool (rows, 0, "same");
  return rows != NULL;
}

gboolean
osy_channel_store_add_event (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const OsyChannelEvent *event,
                             gboolean *known,
                             gboolean *same,
                             GError **error)
{
  const OsyCell cell = body_cell (tx, event->id);
  g_autoptr (GBytes) body = osy_keyring_seal (ring, &cell, event->body, error);
  g_autoptr (GBytes) hash = hash_bytes (event->hash);
  gint64 affected = 0;

  if (body == NULL ||
      !osy_db_exec (tx,
                    "INSERT INTO channel_event (restaurant_id, id, link_id, event_id, event_type, "
                    "channel_order_id, body_hash, body_enc, status, received_at, next_at) "
                    "VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7, 'RECEIVED', "
                    "$8, $8) ON CONFLICT (restaurant_id, link_id, event_id) DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (event->id), OSY_P_TEXT (event->link_id),
                                OSY_P_TEXT (event->event_id), OSY_P_TEXT (event->type),
                                OSY_P_TEXT (event->channel_order_id), OSY_P_BYTES (hash),
                                OSY_P_BYTES (body), OSY_P_TIME (event->received_at)),
                    &affected, error))
    return FALSE;
  *known = affected == 0;
  *same = FALSE;
  return !*known || compare_event (tx, event, same, error);
}

static gboolean
read_event (OsyDbTx *tx,
            OsyKeyring *ring,
            const OsyDbRows *rows,
            OsyChannelEvent *event,
            GError **error)
{
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, "body_enc");

  event->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  event->link_id = g_strdup (osy_db_rows_text (rows, 0, "link_id"));
  event->event_id = g_strdup (osy_db_rows_text (rows, 0, "event_id"));
  event->type = g_strdup (osy_db_rows_text (rows, 0, "event_type"));
  event->channel_order_id = g_strdup (osy_db_rows_text (rows, 0, "channel_order_id"));
  event->received_at = osy_db_rows_time (rows, 0, "received_at");
  event->attempts = osy_db_rows_int (rows, 0, "attempts");
  take_hash (rows, 0, event->hash);
  const OsyCell cell = body_cell (tx, event->id);
  event->body = osy_keyring_open (ring, &cell, sealed, error);
  return event->body != NULL || sealed == NULL;
}

gboolean
osy_channel_store_take_event (OsyDbTx *tx,
                              OsyKeyring *ring,
                              gint64 now,
                              gint64 lease_until,
                              OsyChannelEvent **ret,
                              GError **error)
{
  g_autoptr (OsyChannelEvent) event = g_new0 (OsyChannelEvent, 1);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE channel_event e SET next_at = $2, attempts = attempts + 1 FROM ("
      "  SELECT id FROM channel_event WHERE restaurant_id = app_restaurant() AND next_at <= $1 "
      "  ORDER BY next_at, received_at LIMIT 1 FOR UPDATE SKIP LOCKED) due "
      "WHERE e.restaurant_id = app_restaurant() AND e.id = due.id RETURNING e.*",
      OSY_PARAMS (OSY_P_TIME (now), OSY_P_TIME (lease_until)), error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  if (!read_event (tx, ring, rows, event, error))
    return FALSE;
  *ret = g_steal_pointer (&event);
  return TRUE;
}

gboolean
osy_channel_store_end_event (OsyDbTx *tx,
                             const char *id,
                             const char *status,
                             gint64 next_at,
                             GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE channel_event SET status = $2, next_at = $3, "
                      "body_enc = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE body_enc END "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (status), OSY_P_TIME (next_at)), NULL,
                      error);
}

/* ---- orders ---- */

gboolean
osy_channel_store_add_order (OsyDbTx *tx,
                             const OsyChannelOrder *order,
                             gint64 now,
                             gboolean *added,
                             GError **error)
{
  g_autoptr (GBytes) hash = hash_bytes (order->hash);
  gint64 affected = 0;
  gboolean ok = osy_db_exec (
      tx,
      "INSERT INTO channel_order (restaurant_id, id, link_id, channel_order_id, body_hash, status, "
      "total_amount, prepaid, received_at) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, "
      "'RECEIVED', $5, $6, $7) ON CONFLICT (restaurant_id, link_id, channel_order_id) DO NOTHING",
      OSY_PARAMS (OSY_P_TEXT (order->id), OSY_P_TEXT (order->link_id),
                  OSY_P_TEXT (order->channel_order_id), OSY_P_BYTES (hash),
                  OSY_P_INT (order->total), OSY_P_BOOL (order->prepaid), OSY_P_TIME (now)),
      &affected, error);

  *added = affected == 1;
  return ok;
}

static OsyChannelOrder *
read_order (const OsyDbRows *rows)
{
  if (osy_db_rows_count (rows) == 0)
    return NULL;
  OsyChannelOrder *order = g_new0 (OsyChannelOrder, 1);
  order->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  order->link_id = g_strdup (osy_db_rows_text (rows, 0, "link_id"));
  order->channel_order_id = g_strdup (osy_db_rows_text (rows, 0, "channel_order_id"));
  order->status = g_strdup (osy_db_rows_text (rows, 0, "status"));
  order->order_id = g_strdup (osy_db_rows_text (rows, 0, "order_id"));
  order->total = osy_db_rows_int (rows, 0, "total_amount");
  order->prepaid = osy_db_rows_bool (rows, 0, "prepaid");
  take_hash (rows, 0, order->hash);
  return order;
}

gboolean
osy_channel_store_hold_order (OsyDbTx *tx,
                              const char *link_id,
                              const char *channel_order_id,
                              OsyChannelOrder **ret,
                              GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM channel_order WHERE restaurant_id = app_restaurant() "
                    "AND link_id = $1::uuid AND channel_order_id = $2 FOR UPDATE",
                    OSY_PARAMS (OSY_P_TEXT (link_id), OSY_P_TEXT (channel_order_id)), error);

  *ret = rows != NULL ? read_order (rows) : NULL;
  return rows != NULL;
}

gboolean
osy_channel_store_hold_source (OsyDbTx *tx,
                               const char *channel,
                               const char *source_id,
                               OsyChannelOrder **ret,
                               GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT o.* FROM channel_order o JOIN channel_link l ON l.restaurant_id = o.restaurant_id "
      "  AND l.id = o.link_id WHERE o.restaurant_id = app_restaurant() AND l.channel = $1 "
      "AND o.channel_order_id = $2 ORDER BY o.received_at LIMIT 1 FOR UPDATE OF o",
      OSY_PARAMS (OSY_P_TEXT (channel), OSY_P_TEXT (source_id)), error);

  *ret = rows != NULL ? read_order (rows) : NULL;
  return rows != NULL;
}

gboolean
osy_channel_store_end_order (OsyDbTx *tx,
                             const char *id,
                             const char *status,
                             const char *order_id,
                             GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE channel_order SET status = $2, order_id = coalesce($3::uuid, "
                      "order_id) WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (status), OSY_P_TEXT (order_id)),
                      NULL, error);
}

gboolean
osy_channel_store_keep_unmapped (OsyDbTx *tx, const char *id, const char *list, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE channel_order SET unmapped = $2::jsonb "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (list)), NULL, error);
}

gboolean
osy_channel_store_has_parked (OsyDbTx *tx,
                              const char *link_id,
                              const char *channel_order_id,
                              gboolean *ret,
                              GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT FROM channel_event WHERE restaurant_id = app_restaurant() "
                    "AND link_id = $1::uuid AND channel_order_id = $2 AND status = 'PARKED'",
                    OSY_PARAMS (OSY_P_TEXT (link_id), OSY_P_TEXT (channel_order_id)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0;
  return rows != NULL;
}

gboolean
osy_channel_store_end_parked (OsyDbTx *tx,
                              const char *link_id,
                              const char *channel_order_id,
                              GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE channel_event SET status = 'DONE', next_at = NULL, body_enc = NULL "
                      "WHERE restaurant_id = app_restaurant() AND link_id = $1::uuid "
                      "AND channel_order_id = $2 AND status = 'PARKED'",
                      OSY_PARAMS (OSY_P_TEXT (link_id), OSY_P_TEXT (channel_order_id)), NULL,
                      error);
}

gboolean
osy_channel_store_flag (OsyDbTx *tx,
                        const char *order_id,
                        const char *flag,
                        gint64 *count,
                        GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "UPDATE orders SET flags = concat_ws(' ', flags, $2::text) "
                    "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                    "AND NOT $2 = ANY (string_to_array(coalesce(flags, ''), ' ')) "
                    "RETURNING cardinality(string_to_array(flags, ' '))::bigint AS count",
                    OSY_PARAMS (OSY_P_TEXT (order_id), OSY_P_TEXT (flag)), error);

  *count = rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "count") : 0;
  return rows != NULL;
}

gboolean
osy_channel_store_sweep (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM channel_event WHERE restaurant_id = app_restaurant() "
                      "AND next_at IS NULL AND received_at < $1",
                      OSY_PARAMS (OSY_P_TIME (before)), NULL, error);
}
