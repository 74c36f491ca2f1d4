/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of paired screens: the list for who manages them, the two doors for the screens themselves.
 */

#include "osy-device-routes.h"

#include "osy-api.h"
#include "osy-auth-throttle.h"
#include "osy-clock.h"
#include "osy-device-service.h"
#include "osy-json.h"

/* ---- for who manages them ---- */

typedef struct {
  OsyAuthRoom *room;
  OsyDevice *device;
  char *code;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  osy_device_free (work->device);
  g_free (work->code);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? osy_clock_format (time) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
device_to_json (const OsyDevice *device)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", device->id);
  json_object_set_string_member (object, "name", device->name);
  json_object_set_string_member (object, "role", osy_role_name (device->role));
  set_time (object, "created_at", device->created_at);
  if (device->paired_at == 0)
    set_time (object, "pairing_until", device->pairing_until);
  set_time (object, "paired_at", device->paired_at);
  set_time (object, "last_seen_at", device->last_seen_at);
  return object;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) devices = osy_device_store_list (tx, error);

  if (devices == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  for (guint i = 0; i < devices->len; i++)
    json_array_add_object_element (list, device_to_json (devices->pdata[i]));
  json_object_set_array_member (object, "devices", list);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, ((OsyAuthRoom *)room)->pool, NULL, list_work, NULL, NULL);
}

static gboolean
add_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  if (!osy_device_service_add (&work->room->sessions, tx, call, work->device, &work->code, error))
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", work->device->id);
  json_object_set_string_member (object, "role", osy_role_name (work->device->role));
  json_object_set_string_member (object, "pairing_code", work->code);
  json_object_set_int_member (object, "expires_in", OSY_DEVICE_PAIRING_SECONDS);
  reply->status = 201;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static Work *
work_new (OsyAuthRoom *room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->device = osy_device_new ();
  return work;
}

static void
handle_add (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyJsonReader) reader = body ? osy_json_reader_new (body) : NULL;
  g_autoptr (Work) work = work_new (room);

  if (reader != NULL) {
    const char *role = osy_json_reader_string (reader, "role", 1, 20);
    work->device->name = g_strdup (osy_json_reader_string (reader, "name", 1, 100));
    if (role != NULL && !osy_role_from_name (role, &work->device->role))
      osy_json_reader_fault (reader, "role", "UNKNOWN", "There is no such role.");
  }
  if (reader == NULL || !osy_json_reader_finish (reader, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  osy_http_reply_add_header (request, "Cache-Control", "no-store");
  osy_api_run (request, ((OsyAuthRoom *)room)->pool, NULL, add_work, g_steal_pointer (&work),
               work_free);
}

static gboolean
revoke_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return osy_device_service_revoke (&work->room->sessions, tx, call, work->device->id, error);
}

static void
handle_revoke (OsyHttpRequest *request, gpointer room)
{
  const char *id = osy_http_request_param (request, "device_id");
  g_autoptr (GError) error = NULL;

  if (!g_uuid_string_is_valid (id)) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such device.");
    osy_http_reply_error (request, error);
    return;
  }
  Work *work = work_new (room);
  work->device->id = g_ascii_strdown (id, -1);
  osy_api_run (request, work->room->pool, NULL, revoke_work, work, work_free);
}

/* ---- for the screens ---- */

/** A screen at the door: with a code to be paired by, or with its token. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  gboolean pairs;
  char *secret;
  OsyAuthGuess guess;
  gint64 wait;
  OsyDevice *device; /* nullable */
  char *token;       /* (nullable): what it is given */
} Door;

static void
door_free (Door *door)
{
  osy_http_request_unref (door->request);
  g_free (door->secret);
  g_clear_pointer (&door->device, osy_device_free);
  g_free (door->token);
  g_free (door);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Door, door_free)

static gboolean
open_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Door *door = data;
  const OsyAuthSessions *sessions = &door->room->sessions;

  if (!door->pairs)
    return osy_device_service_open (sessions, tx, door->device, &door->token, error);
  return osy_device_service_pair (sessions, tx, door->device, door->secret, &door->token, error) &&
         (door->token == NULL ||
          osy_auth_throttle_give_back (tx, door->room->ring, &door->guess, error));
}

static void
refuse (Door *door)
{
  g_autoptr (GError) error =
      door->pairs ? g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS,
                                         "The code is wrong, was used or has ended.")
                  : g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                         "This device is not paired any more: pair it again.");

  osy_http_reply_error (door->request, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Door) door = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (door->request, error);
    return;
  }
  if (door->token == NULL) {
    refuse (door);
    return;
  }
  JsonObject *object = json_object_new ();
  if (door->pairs) {
    json_object_set_string_member (object, "device_id", door->device->id);
    json_object_set_string_member (object, "device_token", door->token);
    json_object_set_string_member (object, "restaurant_id", door->device->restaurant_id);
  } else {
    json_object_set_string_member (object, "access_token", door->token);
    json_object_set_string_member (object, "token_type", "Bearer");
    json_object_set_int_member (object, "expires_in", OSY_JWT_LIFETIME);
  }
  osy_http_reply_add_header (door->request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  osy_http_reply_json (door->request, door->pairs ? 201 : 200, body);
}

/* Tokens have 256 bits and are not counted. */
static gboolean
find_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Door *door = data;

  g_clear_pointer (&door->device, osy_device_free);
  if (door->pairs &&
      !osy_auth_throttle_take (tx, door->room->ring, &door->guess, &door->wait, error))
    return FALSE;
  return door->wait > 0 ||
         osy_device_service_find (&door->room->sessions, tx, door->secret, &door->device, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Door) door = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) ||
      (door->wait > 0 && !osy_auth_throttle_refuse (door->wait, &error))) {
    osy_http_reply_error (door->request, error);
    return;
  }
  if (door->device == NULL || door->pairs != (door->device->paired_at == 0)) {
    refuse (door);
    return;
  }
  OsyDbScope scope = {.restaurant_id = door->device->restaurant_id};
  OsyDbPool *pool = door->room->pool;
  Door *data = g_steal_pointer (&door);
  osy_db_pool_run_async (pool, &scope, open_work, data, NULL, NULL, opened_cb, data);
}

static void
handle_door (OsyHttpRequest *request, OsyAuthRoom *room, gboolean pairs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyJsonReader) reader = body ? osy_json_reader_new (body) : NULL;
  g_autoptr (Door) door = g_new0 (Door, 1);
  OsyDbScope scope = {NULL};

  door->request = osy_http_request_ref (request);
  door->room = room;
  door->pairs = pairs;
  door->guess = osy_auth_throttle_of_client (osy_http_request_client (request));
  if (reader != NULL)
    door->secret =
        g_strdup (osy_json_reader_string (reader, pairs ? "pairing_code" : "device_token", 1, 64));
  if (reader == NULL || !osy_json_reader_finish (reader, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Door *data = g_steal_pointer (&door);
  osy_db_pool_run_async (room->pool, &scope, find_work, data, NULL, NULL, found_cb, data);
}

static void
handle_pair (OsyHttpRequest *request, gpointer room)
{
  handle_door (request, room, TRUE);
}

static void
handle_token (OsyHttpRequest *request, gpointer room)
{
  handle_door (request, room, FALSE);
}

#define DEVICES "/api/v1/restaurants/me/devices"
const OsyRoute osy_device_routes[] = {
    {"GET", DEVICES, "listDevices", OSY_PERM_DEVICE_MANAGE, 0, handle_list},
    {"POST", DEVICES, "addDevice", OSY_PERM_DEVICE_MANAGE, 0, handle_add},
    {"POST", DEVICES "/{device_id}/revoke", "revokeDevice", OSY_PERM_DEVICE_MANAGE,
     OSY_ROUTE_NO_BODY, handle_revoke},
    {"POST", "/api/v1/auth/pair", "pairDevice", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_SECRET,
     handle_pair},
    {"POST", "/api/v1/auth/device-token", "openDevice", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW, handle_token},
    {NULL},
};
