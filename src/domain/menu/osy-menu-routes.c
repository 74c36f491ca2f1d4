/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of menus: the printed one for guests, the editor's entries, sold-out marks and imports. */

#include "osy-menu-routes.h"

#include <string.h>

#include "osy-api.h"
#include "osy-book.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-export.h"
#include "osy-menu-history.h"
#include "osy-menu-import.h"

/* ---- guests ---- */

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
  /* Asked for again each time: a dish sells out within the second. */
  osy_http_reply_tagged (request, "application/json", bytes, etag);
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

typedef struct {
  OsyMenuRoom *room;
  char *id; /* nullable */
  JsonNode *body;
  OsyMenuChange change;
  OsyMenuStopping stopping;
  char *key; /* nullable */
  GBytes *file;
  gboolean dry_run;
  gboolean restores;
  gint64 version; /* of a path */
  OsyMenuPage page;
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
  g_free (work->key);
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
do_change (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  if (!osy_menu_service_change (tx, call, work->room, &work->change, &reply->body, error))
    return FALSE;
  if (reply->body == NULL)
    return TRUE;
  reply->status = work->id ? 200 : 201;
  reply->version = json_object_get_int_member (json_node_get_object (reply->body), "version");
  return TRUE;
}

static void
change (OsyHttpRequest *request, OsyMenuRoom *room, OsyMenuKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, room);
  gboolean deletes = strcmp (osy_http_request_method (request), "DELETE") == 0;

  work->body = deletes ? NULL : osy_http_request_json (request, &error);
  work->change = (OsyMenuChange){kind, work->id, work->body, 0};
  if ((work->body == NULL && !deletes) ||
      !osy_api_if_match (request, &work->change.if_version, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_change, g_steal_pointer (&work));
}

static void
handle_category (OsyHttpRequest *request, gpointer user_data)
{
  change (request, user_data, OSY_MENU_CATEGORY);
}

static void
handle_item (OsyHttpRequest *request, gpointer user_data)
{
  change (request, user_data, OSY_MENU_ITEM);
}

static void
handle_group (OsyHttpRequest *request, gpointer user_data)
{
  change (request, user_data, OSY_MENU_GROUP);
}

static gboolean
do_batch (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyMenuBatch batch = {work->body, work->key, FALSE, work->restores, work->version};

  reply->body = osy_menu_service_batch (tx, call, work->room, &batch, error);
  reply->replayed = batch.replayed;
  return reply->body != NULL;
}

static void
handle_batch (OsyHttpRequest *request, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, user_data);

  work->key = g_strdup (osy_http_request_header (request, "Idempotency-Key"));
  work->body = osy_http_request_json (request, &error);
  if (work->body == NULL)
    osy_http_reply_error (request, error);
  else
    run (request, do_batch, g_steal_pointer (&work));
}

/* ---- rules ---- */

static gboolean
do_rules (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body = osy_menu_service_set_rules (tx, call, work->room, work->body, error);
  return reply->body != NULL;
}

static void
handle_rules (OsyHttpRequest *request, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, user_data);

  work->body = osy_http_request_json (request, &error);
  if (work->body == NULL)
    osy_http_reply_error (request, error);
  else
    run (request, do_rules, g_steal_pointer (&work));
}

/* ---- versions ---- */

static gboolean
do_list_versions (OsyDbTx *tx,
                  const OsyCall *call,
                  gpointer data,
                  OsyApiReply *reply,
                  GError **error)
{
  Work *work = data;

  reply->body = osy_menu_history_list (tx, call, work->room, &work->page, error);
  return reply->body != NULL;
}

static gboolean
read_page (OsyHttpRequest *request, OsyMenuPage *page, GError **error)
{
  static const char *const known[] = {"cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (request, "cursor");

  if (!osy_api_only_query (request, known, error) ||
      !osy_api_limit (request, 100, 50, &page->limit, error))
    return FALSE;
  if (cursor == NULL || g_ascii_string_to_signed (cursor, 10, 1, G_MAXINT64, &page->before, NULL))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Send next_cursor as it was given.");
  return FALSE;
}

static void
handle_list_versions (OsyHttpRequest *request, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, user_data);

  if (!read_page (request, &work->page, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_list_versions, g_steal_pointer (&work));
}

static gboolean
do_compare (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  reply->body = osy_menu_history_compare (tx, call, ((Work *)data)->version, error);
  return reply->body != NULL;
}

/* A number that is none names no version, as any other that there never was. */
static void
read_number (OsyHttpRequest *request, Work *work)
{
  guint64 number; /* which has no sign */

  work->version = g_ascii_string_to_unsigned (osy_http_request_param (request, "number"), 10, 0,
                                              G_MAXINT64, &number, NULL)
                      ? (gint64)number
                      : -1;
}

static void
handle_compare (OsyHttpRequest *request, gpointer user_data)
{
  Work *work = work_new (request, user_data);

  read_number (request, work);
  run (request, do_compare, work);
}

static void
handle_restore (OsyHttpRequest *request, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, user_data);

  read_number (request, work);
  work->restores = TRUE;
  work->key = g_strdup (osy_http_request_header (request, "Idempotency-Key"));
  work->body = osy_http_request_json (request, &error);
  if (work->body == NULL)
    osy_http_reply_error (request, error);
  else
    run (request, do_batch, g_steal_pointer (&work));
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
stop (OsyHttpRequest *request, OsyMenuRoom *room, gboolean is_option)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (request, room);
  gboolean sells = g_str_has_suffix (osy_http_request_route (request)->path, "/available");

  work->stopping.is_option = is_option;
  if (!sells && !read_stop (request, &work->stopping.stop, &error))
    osy_http_reply_error (request, error);
  else
    run (request, do_stop, g_steal_pointer (&work));
}

static void
handle_stop_item (OsyHttpRequest *request, gpointer user_data)
{
  stop (request, user_data, FALSE);
}

static void
handle_stop_option (OsyHttpRequest *request, gpointer user_data)
{
  stop (request, user_data, TRUE);
}

/* ---- import ---- */

static gboolean
do_import (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body = work->body
                    ? osy_menu_import_table (tx, call, work->room, work->body, work->dry_run, error)
                    : osy_menu_import_file (tx, call, work->room, work->file, work->dry_run, error);
  return reply->body != NULL;
}

/* The file itself, or what a person made of it as JSON. */
static gboolean
read_file (OsyHttpRequest *request, Work *work, GError **error)
{
  static const char *const types[] = {"text/csv",
                                      "text/tab-separated-values",
                                      "text/plain",
                                      "application/octet-stream",
                                      "application/vnd.ms-excel",
                                      OSY_BOOK_TYPE,
                                      NULL};
  const char *type = osy_http_request_header (request, "Content-Type");
  g_autofree char *plain = g_ascii_strdown (type ? type : "text/csv", -1);

  plain[strcspn (plain, ";")] = '\0';
  if (strcmp (g_strstrip (plain), "application/json") == 0) {
    work->body = osy_http_request_json (request, error);
    return work->body != NULL;
  }
  if (g_strv_contains (types, plain)) {
    work->file = g_bytes_ref (osy_http_request_body (request));
    return TRUE;
  }
  g_set_error_literal (
      error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
      "Send a table (text/csv) or a workbook (.xlsx), or its cells as application/json.");
  return FALSE;
}

static gboolean
read_import (OsyHttpRequest *request, Work *work, GError **error)
{
  static const char *const known[] = {"dry_run", NULL};
  const char *dry_run = osy_http_request_query (request, "dry_run");

  if (!osy_api_only_query (request, known, error))
    return FALSE;
  if (dry_run != NULL && strcmp (dry_run, "true") != 0 && strcmp (dry_run, "false") != 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "dry_run is either true or false.");
    return FALSE;
  }
  work->dry_run = g_strcmp0 (dry_run, "true") == 0;
  return read_file (request, work, error);
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
    {"POST", ME "/categories", "createMenuCategory", OSY_PERM_MENU_MANAGE, 0, handle_category},
    {"PATCH", ME "/categories/{id}", "updateMenuCategory", OSY_PERM_MENU_MANAGE, 0,
     handle_category},
    {"DELETE", ME "/categories/{id}", "deleteMenuCategory", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_category},
    {"POST", ME "/items", "createMenuItem", OSY_PERM_MENU_MANAGE, 0, handle_item},
    {"PATCH", ME "/items/{id}", "updateMenuItem", OSY_PERM_MENU_MANAGE, 0, handle_item},
    {"DELETE", ME "/items/{id}", "deleteMenuItem", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_item},
    {"POST", ME "/items/{id}/sold-out", "stopMenuItem", OSY_PERM_ORDER_WRITE, 0, handle_stop_item},
    {"POST", ME "/items/{id}/available", "sellMenuItem", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_stop_item},
    {"POST", ME "/option-groups", "createMenuGroup", OSY_PERM_MENU_MANAGE, 0, handle_group},
    {"PATCH", ME "/option-groups/{id}", "updateMenuGroup", OSY_PERM_MENU_MANAGE, 0, handle_group},
    {"DELETE", ME "/option-groups/{id}", "deleteMenuGroup", OSY_PERM_MENU_MANAGE, OSY_ROUTE_NO_BODY,
     handle_group},
    {"POST", ME "/options/{id}/sold-out", "stopMenuOption", OSY_PERM_ORDER_WRITE, 0,
     handle_stop_option},
    {"POST", ME "/options/{id}/available", "sellMenuOption", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_NO_BODY, handle_stop_option},
    {"POST", ME "/changes", "changeMenu", OSY_PERM_MENU_MANAGE, OSY_ROUTE_LARGE, handle_batch},
    {"POST", ME "/import", "importMenu", OSY_PERM_MENU_MANAGE, OSY_ROUTE_LARGE, handle_import},
    {"GET", ME "/export", "exportMenu", OSY_PERM_MENU_MANAGE, 0, osy_menu_export},
    {"PUT", ME "/rules", "setMenuRules", OSY_PERM_MENU_MANAGE, 0, handle_rules},
    {"GET", ME "/versions", "listMenuVersions", OSY_PERM_MENU_MANAGE, 0, handle_list_versions},
    {"GET", ME "/versions/{number}", "compareMenuVersion", OSY_PERM_MENU_MANAGE, 0, handle_compare},
    {"POST", ME "/versions/{number}/restore", "restoreMenuVersion", OSY_PERM_MENU_MANAGE, 0,
     handle_restore},
    {NULL},
};
