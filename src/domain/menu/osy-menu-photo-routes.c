/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the pictures of dishes: put by staff, seen by anybody, kept for ever. */

#include "osy-api.h"
#include "osy-menu-photo.h"
#include "osy-menu-routes.h"

typedef struct {
  OsyHttpRequest *http; /* (nullable): of who looks */
  char *name;
  GBytes *content; /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->http, osy_http_request_unref);
  g_clear_pointer (&work->content, g_bytes_unref);
  g_free (work->name);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- staff ---- */

static gboolean
do_put (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body = osy_menu_photo_put (tx, call, work->name, work->content, error);
  return reply->body != NULL;
}

static void
handle_put (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  const char *name = osy_http_request_param (http, "photo");
  GBytes *content = osy_http_request_body (http);

  if (!osy_menu_photo_look (name, content, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  Work *work = g_new0 (Work, 1);
  work->name = g_strdup (name);
  work->content = g_bytes_ref (content);
  osy_api_run (http, ((OsyMenuRoom *)room)->pool, NULL, do_put, work, work_free);
}

/* ---- guests ---- */

static gboolean
find (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->content, g_bytes_unref);
  return osy_menu_photo_get (tx, work->name, &work->content, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) && work->content == NULL)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such photo.");
  if (error != NULL) {
    osy_http_reply_error (work->http, error);
    return;
  }
  g_autofree char *etag = g_strdup_printf ("\"%s\"", work->name);
  /* It is called by what it is, so it never changes. */
  osy_http_reply_add_header (work->http, "Cache-Control", "public, max-age=31536000, immutable");
  osy_http_reply_tagged (work->http, "image/jpeg", work->content, etag);
}

static void
handle_get (OsyHttpRequest *http, gpointer room)
{
  const char *shop = osy_http_request_param (http, "restaurant_id");
  const char *name = osy_http_request_param (http, "photo");

  if (!g_uuid_string_is_valid (shop) || !osy_menu_is_photo_name (name)) {
    g_autoptr (GError) error =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such photo.");
    osy_http_reply_error (http, error);
    return;
  }
  const OsyDbScope scope = {.restaurant_id = shop, .read_only = TRUE};
  Work *work = g_new0 (Work, 1);
  work->http = osy_http_request_ref (http);
  work->name = g_strdup (name);
  osy_db_pool_run_async (((OsyMenuRoom *)room)->pool, &scope, find, work, NULL, NULL, found_cb,
                         work);
}

#define PHOTO "/menu/photos/{photo}"

const OsyRoute osy_menu_photo_routes[] = {
    {"GET", "/api/v1/restaurants/{restaurant_id}" PHOTO, "getMenuPhoto", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC, handle_get},
    {"PUT", "/api/v1/restaurants/me" PHOTO, "putMenuPhoto", OSY_PERM_MENU_MANAGE, OSY_ROUTE_LARGE,
     handle_put},
    {NULL},
};
