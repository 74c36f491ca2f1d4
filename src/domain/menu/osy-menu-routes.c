/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of menus: the printed one for guests, the editor's entries, sold-out marks and imports. */

#include "osy-menu-routes.h"

#include <string.h>

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-import.h"

/* ---- guests ---- */

/* If-None-Match is a list, compared weakly (RFC 9110 §13.1.2). */
static gboolean
is_known_to_client (OsyHttpRequest *request, const char *etag)
{
  const char *header = osy_http_request_header (request, "If-None-Match");
  g_auto (GStrv) tags = g_strsplit (header ? header : "", ",", 32);

  for (char **tag = tags; *tag != NULL; tag++) {
    const char *text = g_strstrip (*tag);
    if (strcmp (text, "*") == 0 ||
        strcmp (g_str_has_prefix (text, "W/") ? text + 2 : text, etag) == 0)
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  OsyHttpRequest *request;
  OsyMenuCache *cache;
} Asking;

static void
menu_read_cb (OsyMenu *menu, const GError *error, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (OsyHttpRequest) request = asking->request;
  const char *etag;

  if (menu == NULL) {
    osy_http_reply_error (request, error);
    return;
  }
  GBytes *bytes = osy_menu_cache_print (asking->cache, menu,
                                        osy_http_request_query (request, "channel"), &etag);
  osy_http_reply_add_header (request, "ETag", etag);
  /* May be kept, must be asked for again each time: a dish sells out within the second. */
  osy_http_reply_add_header (request, "Cache-Control", "no-cache");
  if (is_known_to_client (request, etag))
    osy_http_reply_empty (request, 304);
  else
    osy_http_reply_bytes (request, 200, "application/json", bytes);
}

static gboolean
check_channel (OsyHttpRequest *request, GError **error)
{
  static const char *const known[] = {"channel", NULL};
  const char *channel = osy_http_request_query (request, "channel");

  if (!osy_api_only_query (request, known, error))
    return FALSE;
  if (channel == NULL || g_strv_contains (osy_menu_channels, channel))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "channel is one of COUNTER, QR, WEB, PHONE and PLATFORM.");
  return FALSE;
}

static void
handle_read_public (OsyHttpRequest *request, gpointer user_data)
{
  OsyMenuRoom *room = user_data;
  g_autoptr (GError) error = NULL;

  if (!check_channel (request, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Asking *asking = g_new0 (Asking, 1);
  asking->request = osy_http_request_ref (request);
  asking->cache = room->cache;
  osy_menu_cache_get_async (room->cache, osy_http_request_param (request, "restaurant_id"),
                            menu_read_cb, asking);
}

/* ---- work on the pool ---- */

typedef JsonNode *(*SaveFunc) (OsyDbTx *tx,
                               const OsyCall *call,
                               OsyMenuRoom *room,
                               const OsyMenuChange *change,
                               GError **);
typedef gboolean (*DeleteFunc) (OsyDbTx *tx,
                                const OsyCall *call,
                                OsyMenuRoom *room,
                                const OsyMenuChange *change,
                                GError **);

typedef struct {
  OsyMenuRoom *room;
  char *id; /* nullable */
  JsonNode *body;
  gint64 if_version;
  SaveFunc save;
  DeleteFunc delete;
  OsyMenuStopping stopping;
  GBytes *file;
  gboolean dry_run;
} Work;

static Work *
work_new (OsyHttpRequest *request, OsyMenuRoom *room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  if (strstr (osy_http_request_route (request)->path, "{id}") != NULL)
    work->id = g_strdup (osy_http_request_param (request, "id"));
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_clear_pointer (&work->body, json_node_unref);
  g_clear_pointer (&work->file, g_bytes_unref);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
run (OsyHttpRequest *request, OsyApiFunc func, Work *work)
{
  osy_api_run (request, work->room->pool, NULL, func, work, work_free);
}

/* ---- reading and changing entries ---- */

static gboolean
do_read (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  reply->body = osy_menu_service_read (tx, call, error);
  return reply->body != NULL;
}

static void
handle_read (OsyHttpRequest *request, gpointer user_data)
{
  run (request, do_read, work_new (request, user_data));
}

static gboolean
do_save (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyMenuChange change = {work->id, work->body, work->if_version};

  reply->body = work->save (tx, call, work->room, &change, error);
  if (reply->body == NULL)
    return FALSE;
  reply->status = work->id ? 200 : 201;
  reply->version = json_object_get_int_member (json_node_get_object (reply->body), "version");
  return TRUE;
}

static void
save (OsyHttpRequest *request, OsyMenuRoom *room, SaveFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, room);

  work->save = func;
  work->body = osy_http_request_json (request, &error);
  if (work->body == NULL || !osy_api_if_match (request, &work->if_version, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_save, g_steal_pointer (&work));
}

static void
handle_save_category (OsyHttpRequest *request, gpointer user_data)
{
  save (request, user_data, osy_menu_service_save_category);
}

static void
handle_save_item (OsyHttpRequest *request, gpointer user_data)
{
  save (request, user_data, osy_menu_service_save_item);
}

static void
handle_save_group (OsyHttpRequest *request, gpointer user_data)
{
  save (request, user_data, osy_menu_service_save_group);
}

static gboolean
do_delete (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyMenuChange change = {work->id, NULL, work->if_version};

  return work->delete (tx, call, work->room, &change, error);
}

static void delete (OsyHttpRequest *request, OsyMenuRoom *room, DeleteFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, room);

  work->delete = func;
  if (!osy_api_if_match (request, &work->if_version, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_delete, g_steal_pointer (&work));
}

static void
handle_delete_category (OsyHttpRequest *request, gpointer user_data)
{
  delete (request, user_data, osy_menu_service_delete_category);
}

static void
handle_delete_item (OsyHttpRequest *request, gpointer user_data)
{
  delete (request, user_data, osy_menu_service_delete_item);
}

static void
handle_delete_group (OsyHttpRequest *request, gpointer user_data)
{
  delete (request, user_data, osy_menu_service_delete_group);
}

/* ---- sold out ---- */

static gboolean
do_stop (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  work->stopping.id = work->id;
  reply->body = osy_menu_service_stop (tx, call, work->room, &work->stopping, error);
  return reply->body != NULL;
}

/* {"until": "NOW" | "TODAY" | a time}: NOW, null and no body mean until a person says otherwise. */
static gboolean
read_stop (OsyHttpRequest *request, OsyMenuStop *stop, GError **error)
{
  stop->mode = OSY_MENU_SOLD_OUT_OPEN;
  if (g_bytes_get_size (osy_http_request_body (request)) == 0)
    return TRUE;
  g_autoptr (JsonNode) body = osy_http_request_json (request, error);
  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *until = osy_json_reader_opt_string (reader, "until", 1, 40);
  if (g_strcmp0 (until, "TODAY") == 0)
    stop->mode = OSY_MENU_SOLD_OUT_TODAY;
  else if (until != NULL && strcmp (until, "NOW") != 0) {
    stop->mode = OSY_MENU_SOLD_OUT_UNTIL;
    if (!osy_clock_parse (until, &stop->until))
      osy_json_reader_fault (reader, "until", "TIME",
                             "until is NOW, TODAY or a time such as 2026-11-21T09:00:00Z.");
  }
  return osy_json_reader_finish (reader, error);
}

static void
stop_selling (OsyHttpRequest *request, OsyMenuRoom *room, gboolean is_option)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, room);

  work->stopping.is_option = is_option;
  if (!read_stop (request, &work->stopping.stop, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_stop, g_steal_pointer (&work));
}

static void
handle_stop_item (OsyHttpRequest *request, gpointer user_data)
{
  stop_selling (request, user_data, FALSE);
}

static void
handle_stop_option (OsyHttpRequest *request, gpointer user_data)
{
  stop_selling (request, user_data, TRUE);
}

static void
handle_sell_item (OsyHttpRequest *request, gpointer user_data)
{
  run (request, do_stop, work_new (request, user_data));
}

static void
handle_sell_option (OsyHttpRequest *request, gpointer user_data)
{
  Work *work = work_new (request, user_data);

  work->stopping.is_option = TRUE;
  run (request, do_stop, work);
}

/* ---- import ---- */

static gboolean
do_import (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body = osy_menu_import_file (tx, call, work->room, work->file, work->dry_run, error);
  return reply->body != NULL;
}

static gboolean
is_text_file (OsyHttpRequest *request)
{
  static const char *const types[] = {"text/csv",
                                      "text/tab-separated-values",
                                      "text/plain",
                                      "application/octet-stream",
                                      "application/vnd.ms-excel",
                                      NULL};
  const char *type = osy_http_request_header (request, "Content-Type");
  g_autofree char *plain = g_ascii_strdown (type ? type : "text/csv", -1);

  plain[strcspn (plain, ";")] = '\0';
  return g_strv_contains (types, g_strstrip (plain));
}

static gboolean
read_import (OsyHttpRequest *request, Work *work, GError **error)
{
  static const char *const known[] = {"dry_run", NULL};
  const char *dry_run = osy_http_request_query (request, "dry_run");

  if (!osy_api_only_query (request, known, error))
    return FALSE;
  if (!is_text_file (request)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
                         "Send the file as text/csv.");
    return FALSE;
  }
  if (dry_run != NULL && strcmp (dry_run, "true") != 0 && strcmp (dry_run, "false") != 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "dry_run is either true or false.");
    return FALSE;
  }
  work->dry_run = g_strcmp0 (dry_run, "true") == 0;
  work->file = g_bytes_ref (osy_http_request_body (request));
  return TRUE;
}

static void
handle_import (OsyHttpRequest *request, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, user_data);

  if (!read_import (request, work, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_import, g_steal_pointer (&work));
}

#define ME "/api/v1/restaurants/me/menu"

const OsyRoute osy_menu_routes[] = {
    {"GET", "/api/v1/restaurants/{restaurant_id}/menu", "getMenu", OSY_PERM_NONE, OSY_ROUTE_PUBLIC,
     handle_read_public},
    {"GET", ME, "getOwnMenu", OSY_PERM_ORDER_READ, 0, handle_read},
    {"POST", ME "/categories", "createMenuCategory", OSY_PERM_MENU_MANAGE, 0, handle_save_category},
    {"PATCH", ME "/categories/{id}", "updateMenuCategory", OSY_PERM_MENU_MANAGE, 0,
     handle_save_category},
    {"DELETE", ME "/categories/{id}", "deleteMenuCategory", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_delete_category},
    {"POST", ME "/items", "createMenuItem", OSY_PERM_MENU_MANAGE, 0, handle_save_item},
    {"PATCH", ME "/items/{id}", "updateMenuItem", OSY_PERM_MENU_MANAGE, 0, handle_save_item},
    {"DELETE", ME "/items/{id}", "deleteMenuItem", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_delete_item},
    {"POST", ME "/items/{id}/sold-out", "stopMenuItem", OSY_PERM_ORDER_WRITE, 0, handle_stop_item},
    {"POST", ME "/items/{id}/available", "sellMenuItem", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_sell_item},
    {"POST", ME "/option-groups", "createMenuGroup", OSY_PERM_MENU_MANAGE, 0, handle_save_group},
    {"PATCH", ME "/option-groups/{id}", "updateMenuGroup", OSY_PERM_MENU_MANAGE, 0,
     handle_save_group},
    {"DELETE", ME "/option-groups/{id}", "deleteMenuGroup", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_delete_group},
    {"POST", ME "/options/{id}/sold-out", "stopMenuOption", OSY_PERM_ORDER_WRITE, 0,
     handle_stop_option},
    {"POST", ME "/options/{id}/available", "sellMenuOption", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_NO_BODY, handle_sell_option},
    {"POST", ME "/import", "importMenu", OSY_PERM_MENU_MANAGE, OSY_ROUTE_LARGE, handle_import},
    {NULL},
};
