/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The asynchronous edge of every route: one transaction on a worker, then the answer. */

#include "osy-api.h"

#include "osy-compat.h"

#include <string.h>

#include "osy-failpoint.h"
#include "osy-trace.h"

typedef struct {
  OsyHttpRequest *request; /* touched on the main thread only */
  OsyPrincipal *principal;
  OsyTracePlace place;
  const char *name; /* of the route */
  OsyApiFunc func;
  gpointer data;
  GDestroyNotify destroy;
  OsyApiReply reply;
} Work;

static void
clear_reply (OsyApiReply *reply)
{
  g_clear_pointer (&reply->body, json_node_unref);
  *reply = (OsyApiReply){0};
}

static void
work_free (gpointer data)
{
  Work *work = data;

  clear_reply (&work->reply);
  if (work->destroy != NULL)
    work->destroy (work->data);
  osy_http_request_unref (work->request);
  osy_principal_unref (work->principal);
  g_free (work);
}

/* On a worker. What an earlier run of the same transaction answered does not count. */
static gboolean
run_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  OsyCall call = {work->principal, work->place.trace_id};
  OsyTraceScope span;

  clear_reply (&work->reply);
  osy_trace_open (&span, OSY_TRACE_INTERNAL, work->name, &work->place);
  OSY_FAILPOINT_WORK (work->func);
  gboolean ok = work->func (tx, &call, work->data, &work->reply, error);
  osy_trace_close (&span, !ok);
  return ok;
}

static void
answer (OsyHttpRequest *request, const OsyApiReply *reply)
{
  if (reply->version > 0) {
    g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reply->version);
    osy_http_reply_add_header (request, "ETag", etag);
  }
  if (reply->replayed)
    osy_http_reply_add_header (request, "Idempotent-Replayed", "true");
  if (reply->body != NULL)
    osy_http_reply_json (request, reply->status ? reply->status : 200, reply->body);
  else
    osy_http_reply_empty (request, reply->status ? reply->status : 204);
}

static void
work_done_cb (GObject *pool, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error))
    answer (work->request, &work->reply);
  else
    osy_http_reply_error (work->request, error);
  work_free (work);
}

void
osy_api_run (OsyHttpRequest *request,
             OsyDbPool *pool,
             const char *restaurant_id,
             OsyApiFunc func,
             gpointer data,
             GDestroyNotify destroy)
{
  OsyPrincipal *principal = osy_http_request_principal (request);
  const OsyRoute *route = osy_http_request_route (request);
  const char *method = osy_http_request_method (request);
  OsyDbScope scope = {
      .restaurant_id = restaurant_id ? restaurant_id : osy_principal_restaurant_id (principal),
      .user_id = osy_principal_user_id (principal),
      .read_only = (strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0) &&
                   (route->flags & OSY_ROUTE_AUDITED) == 0,
  };
  Work *work = g_new0 (Work, 1);

  work->request = osy_http_request_ref (request);
  work->principal = osy_principal_ref (principal);
  work->place = *osy_http_request_place (request);
  work->name = route->operation_id;
  work->func = func;
  work->data = data;
  work->destroy = destroy;
  osy_db_pool_run_async (pool, &scope, run_work, work, NULL, NULL, work_done_cb, work);
}

/* ---- reading what routes have in common ---- */

/* A plain decimal of at most 18 digits, which cannot overflow. */
static gboolean
read_number (const char *text, gsize len, gint64 *ret)
{
  *ret = 0;
  if (len < 1 || len > 18)
    return FALSE;
  for (gsize i = 0; i < len; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    *ret = *ret * 10 + (text[i] - '0');
  }
  return TRUE;
}

gboolean
osy_api_if_match (OsyHttpRequest *request, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_header (request, "If-Match");
  gsize len = text ? strlen (text) : 0;

  *ret = 0;
  if (text == NULL || strcmp (text, "*") == 0)
    return TRUE;
  if (len > 2 && text[0] == '"' && text[1] != '0' && text[len - 1] == '"' &&
      read_number (text + 1, len - 2, ret))
    return TRUE;
  *ret = 0;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "If-Match is the ETag of an earlier answer, such as \"3\".");
  return FALSE;
}

gboolean
osy_api_limit (OsyHttpRequest *request, gint64 max, gint64 fallback, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_query (request, "limit");

  *ret = fallback;
  if (text == NULL)
    return TRUE;
  if (read_number (text, strlen (text), ret) && *ret >= 1 && *ret <= max)
    return TRUE;
  *ret = fallback;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "limit is a number from 1 to %" G_GINT64_FORMAT ".", max);
  return FALSE;
}

gboolean
osy_api_only_query (OsyHttpRequest *request, const char *const *allowed, GError **error)
{
  const char *const *names = osy_http_request_query_names (request);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (allowed, names[i])) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "The query member \"%s\" is not known here.", names[i]);
      return FALSE;
    }
  return TRUE;
}

/* ---- where we are reached ---- */

static GMutex address_lock;
static char *known_address; /* (nullable) */

void
osy_api_set_address (const char *address)
{
  g_mutex_lock (&address_lock);
  osy_set_str (&known_address, address);
  g_mutex_unlock (&address_lock);
}

char *
osy_api_address (void)
{
  g_mutex_lock (&address_lock);
  char *address = g_strdup (known_address != NULL ? known_address : "");
  g_mutex_unlock (&address_lock);
  return address;
}
