/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the plan: read, changed by batches, and the picture of each room. */

#include "osy-api.h"
#include "osy-floor-service.h"
#include "osy-floor-store.h"

typedef struct {
  OsyTableContext *room;
  OsyHttpRequest *http; /* (nullable): of the reader of a picture, who answers by himself */
  JsonNode *body;
  char *floor_id;
  char *type;
  GBytes *content;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->http, osy_http_request_unref);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work->floor_id);
  g_free (work->type);
  g_clear_pointer (&work->content, g_bytes_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gboolean
read_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyFloorPlan) plan = osy_floor_service_read (tx, call, error);

  if (plan == NULL)
    return FALSE;
  reply->version = plan->version;
  reply->body = osy_floor_plan_to_json (plan);
  return TRUE;
}

static void
handle_read (OsyHttpRequest *http, gpointer room)
{
  osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, read_work, NULL, NULL);
}

static gboolean
change_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body = osy_floor_service_change (tx, call, work->room, work->body, error);
  return reply->body != NULL;
}

static void
handle_change (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = g_new0 (Work, 1);

  work->room = room;
  work->body = osy_http_request_json (http, &error);
  if (work->body == NULL)
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, change_work, g_steal_pointer (&work),
                 work_free);
}

/* ---- the picture ---- */

static gboolean
photo_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return osy_floor_service_put_photo (tx, call, work->room, work->floor_id, work->content, error);
}

static Work *
photo_new (OsyHttpRequest *http, gpointer room, GError **error)
{
  const char *id = osy_http_request_param (http, "floor_id");

  if (!g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such floor.");
    return NULL;
  }
  Work *work = g_new0 (Work, 1);
  work->room = room;
  work->floor_id = g_ascii_strdown (id, -1);
  return work;
}

static gboolean
take_photo (OsyHttpRequest *http, Work *work, GError **error)
{
  work->content = g_bytes_ref (osy_http_request_body (http));
  if (g_bytes_get_size (work->content) > OSY_FLOOR_PHOTO_MAX)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_TOO_LARGE, "Send at most 2 MiB here.");
  else if (osy_floor_photo_type (work->content) == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
                         "Send a JPEG or PNG picture of at most 8192 pixels a side.");
  else
    return TRUE;
  return FALSE;
}

static void
handle_put_photo (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = photo_new (http, room, &error);

  if (work == NULL || !take_photo (http, work, &error))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, photo_work, g_steal_pointer (&work),
                 work_free);
}

static void
handle_delete_photo (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = photo_new (http, room, &error);

  if (work == NULL)
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, photo_work, g_steal_pointer (&work),
                 work_free);
}

static gboolean
show_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->type, g_free);
  g_clear_pointer (&work->content, g_bytes_unref);
  return osy_floor_store_get_photo (tx, work->floor_id, &work->type, &work->content, error);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) && work->content == NULL)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "This floor has no picture.");
  if (error != NULL) {
    osy_http_reply_error (work->http, error);
    return;
  }
  osy_http_reply_add_header (work->http, "Cache-Control", "private, no-cache");
  osy_http_reply_bytes (work->http, 200, work->type, work->content);
}

static void
handle_get_photo (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = photo_new (http, room, &error);
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http)),
                            .read_only = TRUE};

  if (work == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  work->http = osy_http_request_ref (http);
  Work *data = g_steal_pointer (&work);
  osy_db_pool_run_async (data->room->pool, &scope, show_work, data, NULL, NULL, shown_cb, data);
}

#define FLOOR "/api/v1/restaurants/me/floor"
const OsyRoute osy_floor_routes[] = {
    {"GET", FLOOR, "getFloor", OSY_PERM_ORDER_READ, 0, handle_read},
    {"POST", FLOOR "/changes", "changeFloor", OSY_PERM_TABLE_MANAGE, OSY_ROUTE_LARGE,
     handle_change},
    {"GET", FLOOR "/{floor_id}/photo", "getFloorPhoto", OSY_PERM_ORDER_READ, 0, handle_get_photo},
    {"PUT", FLOOR "/{floor_id}/photo", "putFloorPhoto", OSY_PERM_TABLE_MANAGE, OSY_ROUTE_LARGE,
     handle_put_photo},
    {"DELETE", FLOOR "/{floor_id}/photo", "deleteFloorPhoto", OSY_PERM_TABLE_MANAGE,
     OSY_ROUTE_NO_BODY, handle_delete_photo},
    {NULL},
};
