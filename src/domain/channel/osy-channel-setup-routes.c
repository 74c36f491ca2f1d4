/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which platforms may send orders here, with what secret, and what their items are on our menu. */

#include <string.h>

#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-channel-room.h"
#include "osy-channel-store.h"
#include "osy-id.h"
#include "osy-json.h"

#define SECRET_BYTES 24 /* 32 characters: OSY_CHANNEL_SECRET_SIZE */
#define MAX_ITEMS 400
#define MAX_URL 500

typedef struct {
  OsyChannelRoom *room;
  char *id;       /* nullable */
  JsonNode *body; /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}

static void
run (OsyHttpRequest *http, gpointer data, OsyApiFunc func)
{
  OsyChannelRoom *room = data;
  const char *id = osy_http_request_param (http, "id");
  gboolean with_body = g_bytes_get_size (osy_http_request_body (http)) > 0 ||
                       g_str_equal (osy_http_request_route (http)->method, "PUT");
  g_autoptr (GError) error = NULL;
  JsonNode *body = with_body ? osy_http_request_json (http, &error) : NULL;

  if (id != NULL && error == NULL && !g_uuid_string_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such channel.");
  if (error != NULL) {
    g_clear_pointer (&body, json_node_unref);
    osy_http_reply_error (http, error);
    return;
  }
  Work *work = g_new0 (Work, 1);
  work->room = room;
  work->id = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  work->body = body;
  osy_api_run (http, room->pool, NULL, func, work, work_free);
}

/* ---- links ---- */

static JsonObject *
link_to_json (const OsyChannelLink *link)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", link->id);
  json_object_set_string_member (object, "channel", link->channel);
  json_object_set_string_member (object, "store_id", link->store_id);
  if (link->callback_url != NULL)
    json_object_set_string_member (object, "callback_url", link->callback_url);
  json_object_set_boolean_member (object, "enabled", link->enabled);
  json_object_set_int_member (object, "waiting", link->waiting);
  json_object_set_int_member (object, "version", link->version);
  return object;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) links = osy_channel_store_links (tx, NULL, error);
  JsonObject *object = links != NULL ? json_object_new () : NULL;

  if (links == NULL)
    return FALSE;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < links->len; i++)
    json_array_add_object_element (array, link_to_json (g_ptr_array_index (links, i)));
  json_object_set_array_member (object, "channels", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer room)
{
  run (http, room, list_work);
}

static gboolean
note (OsyDbTx *tx,
      const Work *work,
      const OsyCall *call,
      const char *action,
      const char *id,
      GError **error)
{
  const OsyAuditEntry audit = {.action = action, .object_type = "channel", .object_id = id};

  return osy_audit_record (tx, work->room->ring, call, &audit, error);
}

/* The secret is in this one answer, and nowhere else but sealed. */
static void
answer_secret (OsyApiReply *reply, const OsyChannelLink *link, const char *secret)
{
  JsonObject *object = link_to_json (link);

  json_object_set_string_member (object, "secret", secret);
  reply->body = osy_json_take_object (object);
}

static void
read_callback (OsyJsonReader *reader, OsyChannelLink *link)
{
  const char *url = osy_json_reader_opt_string (reader, "callback_url", 0, MAX_URL);

  if (url == NULL)
    return;
  g_free (link->callback_url);
  link->callback_url = *url != '\0' ? g_strdup (url) : NULL;
  if (link->callback_url != NULL && !osy_fetch_is_address (link->callback_url))
    osy_json_reader_fault (reader, "callback_url", "ADDRESS", "An address begins with https://.");
}

static gboolean
is_name (const char *text)
{
  return text == NULL || strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (text);
}

static gboolean
add_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (work->body);
  g_autoptr (OsyChannelLink) link = g_new0 (OsyChannelLink, 1);
  const char *channel = osy_json_reader_string (reader, "channel", 1, 40);

  if (!is_name (channel))
    osy_json_reader_fault (reader, "channel", "NAME", "Small letters, figures, - and _.");
  link->id = osy_id_new ();
  link->channel = g_strdup (channel);
  link->store_id = g_strdup (osy_json_reader_string (reader, "store_id", 1, 100));
  link->enabled = TRUE;
  link->version = 1;
  read_callback (reader, link);
  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  g_autofree char *secret = osy_random_token (SECRET_BYTES);
  if (!osy_channel_store_put (tx, work->room->ring, link, secret, error) ||
      !note (tx, work, call, "channel.added", link->id, error))
    return FALSE;
  reply->status = 201;
  answer_secret (reply, link, secret);
  return TRUE;
}

static void
handle_add (OsyHttpRequest *http, gpointer room)
{
  run (http, room, add_work);
}

static OsyChannelLink *
get (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) links = osy_channel_store_links (tx, id, error);

  if (links != NULL && links->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such channel.");
  return links != NULL && links->len > 0 ? g_ptr_array_steal_index (links, 0) : NULL;
}

static gboolean
change_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (work->body);
  g_autoptr (OsyChannelLink) link = get (tx, work->id, error);

  if (link == NULL)
    return FALSE;
  read_callback (reader, link);
  link->enabled = osy_json_reader_opt_bool (reader, "enabled", link->enabled);
  link->version++;
  if (!osy_json_reader_finish (reader, error) ||
      !osy_channel_store_put (tx, work->room->ring, link, NULL, error) ||
      !note (tx, work, call, "channel.changed", link->id, error))
    return FALSE;
  reply->body = osy_json_take_object (link_to_json (link));
  return TRUE;
}

static void
handle_change (OsyHttpRequest *http, gpointer room)
{
  run (http, room, change_work);
}

static gboolean
secret_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyChannelLink) link = get (tx, work->id, error);
  g_autofree char *secret = osy_random_token (SECRET_BYTES);

  if (link == NULL)
    return FALSE;
  link->version++;
  if (!osy_channel_store_put (tx, work->room->ring, link, secret, error) ||
      !note (tx, work, call, "channel.secret_renewed", link->id, error))
    return FALSE;
  answer_secret (reply, link, secret);
  return TRUE;
}

static void
handle_secret (OsyHttpRequest *http, gpointer room)
{
  run (http, room, secret_work);
}

/* ---- what their items are ---- */

static const char *const item_kinds[] = {"ITEM", "OPTION", NULL};

static gboolean
save_items (OsyDbTx *tx, const Work *work, const OsyCall *call, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (work->body);
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr (GPtrArray) plus = g_ptr_array_new ();
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  guint n = osy_json_reader_array (reader, "items", 0, MAX_ITEMS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *item = osy_json_reader_element (reader, "items", i);
    g_ptr_array_add (kinds, (char *)osy_json_reader_enum (item, "kind", item_kinds, NULL));
    g_ptr_array_add (plus, (char *)osy_json_reader_string (item, "plu", 1, 100));
    g_ptr_array_add (targets, (char *)osy_json_reader_id (item, "target_id"));
  }
  return osy_json_reader_finish (reader, error) &&
         osy_db_exec (tx,
                      "DELETE FROM channel_item WHERE restaurant_id = app_restaurant() "
                      "AND link_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (work->id)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO channel_item (restaurant_id, link_id, kind, plu, target_id) "
                      "SELECT app_restaurant(), $1::uuid, one.* "
                      "FROM unnest($2::text[], $3::text[], $4::text[]::uuid[]) AS one "
                      "ON CONFLICT (restaurant_id, link_id, kind, plu) DO NOTHING",
                      OSY_PARAMS (OSY_P_TEXT (work->id), OSY_P_TEXTS (kinds), OSY_P_TEXTS (plus),
                                  OSY_P_TEXTS (targets)),
                      NULL, error) &&
         note (tx, work, call, "channel.items_changed", work->id, error);
}

static gboolean
is_on_menu (OsyDbTx *tx, const char *kind, const char *target, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT 1 FROM menu_item WHERE restaurant_id = app_restaurant() AND id = $2::uuid "
      "AND $1 = 'ITEM' UNION ALL "
      "SELECT 1 FROM menu_option WHERE restaurant_id = app_restaurant() AND id = $2::uuid "
      "AND $1 = 'OPTION'",
      OSY_PARAMS (OSY_P_TEXT (kind), OSY_P_TEXT (target)), error);
  g_autoptr (GError) refusal = NULL;

  if (rows == NULL || osy_db_rows_count (rows) > 0)
    return rows != NULL;
  refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "That is not on the menu.");
  osy_error_add_field (refusal, "/target_id", "NOT_ON_MENU", refusal->message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* One of them, from the order that showed it; the others stay. */
static gboolean
save_item (OsyDbTx *tx, const Work *work, const OsyCall *call, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (work->body);
  const char *kind = osy_json_reader_enum (reader, "kind", item_kinds, NULL);
  const char *plu = osy_json_reader_string (reader, "plu", 1, 100);
  const char *target = osy_json_reader_id (reader, "target_id");

  return osy_json_reader_finish (reader, error) && is_on_menu (tx, kind, target, error) &&
         osy_db_exec (tx,
                      "DELETE FROM channel_item WHERE restaurant_id = app_restaurant() "
                      "AND link_id = $1::uuid AND kind = $2 AND plu = $3",
                      OSY_PARAMS (OSY_P_TEXT (work->id), OSY_P_TEXT (kind), OSY_P_TEXT (plu)), NULL,
                      error) &&
         osy_db_exec (tx,
                      "INSERT INTO channel_item (restaurant_id, link_id, kind, plu, target_id) "
                      "VALUES (app_restaurant(), $1::uuid, $2, $3, $4::uuid)",
                      OSY_PARAMS (OSY_P_TEXT (work->id), OSY_P_TEXT (kind), OSY_P_TEXT (plu),
                                  OSY_P_TEXT (target)),
                      NULL, error) &&
         note (tx, work, call, "channel.items_changed", work->id, error);
}

static JsonArray *
items_to_json (const OsyDbRows *rows)
{
  static const char *const names[] = {"kind", "plu", "target_id"};
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    JsonObject *item = json_object_new ();
    for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
      json_object_set_string_member (item, names[k], osy_db_rows_text (rows, i, names[k]));
    json_array_add_object_element (array, item);
  }
  return array;
}

static gboolean
answer_items (OsyDbTx *tx, const Work *work, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT kind, plu, target_id FROM channel_item "
                    "WHERE restaurant_id = app_restaurant() AND link_id = $1::uuid ORDER BY 1, 2",
                    OSY_PARAMS (OSY_P_TEXT (work->id)), error);
  if (rows == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "items", items_to_json (rows));
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
items_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyChannelLink) link = get (tx, work->id, error);

  return link != NULL && (work->body == NULL || save_items (tx, work, call, error)) &&
         answer_items (tx, work, reply, error);
}

static void
handle_items (OsyHttpRequest *http, gpointer room)
{
  run (http, room, items_work);
}

static gboolean
item_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyChannelLink) link = get (tx, work->id, error);

  return link != NULL && save_item (tx, work, call, error) && answer_items (tx, work, reply, error);
}

static void
handle_item (OsyHttpRequest *http, gpointer room)
{
  run (http, room, item_work);
}

/* ---- of one order ---- */

/* @unmapped: as it was kept, each with what it has become since. */
static JsonArray *
show_unmapped (const char *unmapped, GHashTable *map)
{
  g_autoptr (JsonNode) node = json_from_string (unmapped, NULL);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node) : json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *item = json_array_get_object_element (array, i);
    const char *plu = json_object_get_string_member_with_default (item, "plu", NULL);
    if (plu == NULL)
      continue;
    g_autofree char *key =
        g_strconcat (json_object_get_string_member (item, "kind"), " ", plu, NULL);
    if (g_hash_table_contains (map, key))
      json_object_set_string_member (item, "target_id", g_hash_table_lookup (map, key));
  }
  return array;
}

static gboolean
order_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  static const char *const texts[] = {"link_id", "channel", "store_id", "channel_order_id"};
  Work *work = data;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT o.*, l.channel, l.store_id, (SELECT count(*) FROM channel_push p "
      "  WHERE p.restaurant_id = o.restaurant_id AND p.channel_order = o.id "
      "  AND p.next_at IS NOT NULL) AS untold "
      "FROM channel_order o JOIN channel_link l ON l.restaurant_id = o.restaurant_id "
      "  AND l.id = o.link_id WHERE o.restaurant_id = app_restaurant() AND o.order_id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (work->id)), error);

  if (rows != NULL && osy_db_rows_count (rows) == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "No platform sent this order.");
  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return FALSE;
  g_autoptr (GHashTable) map =
      osy_channel_store_map (tx, osy_db_rows_text (rows, 0, "link_id"), error);
  if (map == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (object, texts[i], osy_db_rows_text (rows, 0, texts[i]));
  json_object_set_boolean_member (object, "prepaid", osy_db_rows_bool (rows, 0, "prepaid"));
  json_object_set_int_member (object, "total_amount", osy_db_rows_int (rows, 0, "total_amount"));
  json_object_set_int_member (object, "untold", osy_db_rows_int (rows, 0, "untold"));
  json_object_set_array_member (object, "unmapped",
                                show_unmapped (osy_db_rows_text (rows, 0, "unmapped"), map));
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_order (OsyHttpRequest *http, gpointer room)
{
  run (http, room, order_work);
}

#define CHANNELS "/api/v1/restaurants/me/channels"
const OsyRoute osy_channel_setup_routes[] = {
    {"GET", CHANNELS, "listChannels", OSY_PERM_DELIVERY_MANAGE, 0, handle_list},
    {"POST", CHANNELS, "addChannel", OSY_PERM_DELIVERY_MANAGE, 0, handle_add},
    {"PATCH", CHANNELS "/{id}", "changeChannel", OSY_PERM_DELIVERY_MANAGE, 0, handle_change},
    {"POST", CHANNELS "/{id}/secret", "renewChannelSecret", OSY_PERM_DELIVERY_MANAGE,
     OSY_ROUTE_NO_BODY, handle_secret},
    {"GET", CHANNELS "/{id}/items", "getChannelItems", OSY_PERM_DELIVERY_MANAGE, 0, handle_items},
    {"PUT", CHANNELS "/{id}/items", "setChannelItems", OSY_PERM_DELIVERY_MANAGE, 0, handle_items},
    {"POST", CHANNELS "/{id}/items", "mapChannelItem", OSY_PERM_DELIVERY_MANAGE, 0, handle_item},
    {"GET", "/api/v1/restaurants/me/orders/{id}/channel", "getOrderChannel", OSY_PERM_ORDER_READ, 0,
     handle_order},
    {NULL},
};
