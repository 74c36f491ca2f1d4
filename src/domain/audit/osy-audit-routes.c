/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the log: a page, a spreadsheet, how far it is sealed. */

#include "osy-audit-routes.h"

#include <string.h>

#include "osy-api.h"
#include "osy-audit-csv.h"
#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"

#define PAGE_MAX 200
#define PAGE_USUAL 100
#define EXPORT_PAGE 1000
#define EXPORT_MAX 50000

/** A page or an export on its way. */
typedef struct {
  const OsyAuditRoom *room;
  OsyHttpRequest *http; /* owns the texts of the query; touched on the main thread only */
  OsyPrincipal *principal;
  char *trace_id;
  OsyAuditQuery query;
  char *before_id;
  GString *text; /* of an export */
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  if (read->text != NULL)
    g_string_free (read->text, TRUE);
  g_free (read->before_id);
  g_free (read->trace_id);
  osy_principal_unref (read->principal);
  osy_http_request_unref (read->http);
  g_free (read);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static gboolean
bad_query (const char *name, const char *detail, GError **error)
{
  g_autofree char *pointer = g_strconcat ("?", name, NULL);
  g_autoptr (GError) refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: %s", name, detail);

  osy_error_add_field (refusal, pointer, "INVALID", detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* "at|id", so that the next page begins where this one ended whatever is written meanwhile. */
static char *
cursor_of (const OsyAuditLine *line)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", line->at, line->id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (Read *read, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &read->query.before_at, NULL))
    return FALSE;
  read->before_id = g_strdup (parts[1]);
  read->query.before_id = read->before_id;
  return TRUE;
}

static gboolean
read_time (OsyHttpRequest *http, const char *name, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_query (http, name);

  return text == NULL || osy_clock_parse (text, ret) ||
         bad_query (name, "Send a time such as 2026-11-21T00:00:00Z.", error);
}

static gboolean
read_word (OsyHttpRequest *http, const char *name, const char **ret, GError **error)
{
  *ret = osy_http_request_query (http, name);
  return *ret == NULL || (**ret != '\0' && strlen (*ret) <= 100) ||
         bad_query (name, "Send 1 to 100 characters.", error);
}

static gboolean
read_filters (Read *read, GError **error)
{
  OsyHttpRequest *http = read->http;
  OsyAuditQuery *query = &read->query;

  query->object_id = osy_http_request_query (http, "object");
  if (query->object_id != NULL && !osy_id_is_valid (query->object_id))
    return bad_query ("object", "Send the id of something.", error);
  return read_time (http, "from", &query->from, error) &&
         read_time (http, "to", &query->to, error) &&
         read_word (http, "actor", &query->actor, error) &&
         read_word (http, "action", &query->action, error);
}

static Read *
read_new (OsyHttpRequest *http, gpointer room)
{
  Read *read = g_new0 (Read, 1);

  read->room = room;
  read->http = osy_http_request_ref (http);
  read->principal = osy_principal_ref (osy_http_request_principal (http));
  read->trace_id = g_strdup (osy_http_request_trace_id (http));
  return read;
}

/* ---- a page ---- */

static gboolean
read_page (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Read *read = data;
  OsyAuditQuery query = read->query;

  query.limit++; /* one more tells whether there is a next page */
  g_autoptr (GPtrArray) lines = osy_audit_page_read (read->room, tx, &query, error);
  if (lines == NULL)
    return FALSE;
  guint n = MIN (lines->len, (guint)read->query.limit);
  JsonArray *rows = json_array_new ();
  JsonObject *body = json_object_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (rows, osy_audit_line_to_json (lines->pdata[i]));
  json_object_set_array_member (body, "rows", rows);
  if (lines->len > n) {
    g_autofree char *cursor = cursor_of (lines->pdata[n - 1]);
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
list_audit (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from",   "to",     "actor", "action",
                                        "object", "cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");
  g_autoptr (GError) error = NULL;
  g_autoptr (Read) read = read_new (http, room);

  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_api_limit (http, PAGE_MAX, PAGE_USUAL, &read->query.limit, &error) ||
      !read_filters (read, &error) ||
      (cursor != NULL && !read_cursor (read, cursor) &&
       !bad_query ("cursor", "Send next_cursor as it was given.", &error))) {
    osy_http_reply_error (http, error);
    return;
  }
  OsyDbPool *pool = read->room->pool;
  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_api_run (http, pool, NULL, read_page, g_steal_pointer (&read), read_free);
}

/* ---- an export ---- */

static gboolean
write_lines (Read *read, OsyDbTx *tx, GError **error)
{
  OsyAuditQuery query = read->query;
  gint64 n = 0;

  query.limit = EXPORT_PAGE;
  for (;;) {
    g_autoptr (GPtrArray) lines = osy_audit_page_read (read->room, tx, &query, error);

    if (lines == NULL)
      return FALSE;
    for (guint i = 0; i < lines->len; i++)
      osy_audit_csv_line (read->text, lines->pdata[i]);
    n += lines->len;
    if (lines->len < EXPORT_PAGE)
      return TRUE;
    if (n >= EXPORT_MAX) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "There are more than %d rows: choose fewer days.", EXPORT_MAX);
      return FALSE;
    }
    const OsyAuditLine *last = lines->pdata[lines->len - 1];
    query.before_at = last->at;
    g_free (read->before_id);
    read->before_id = g_strdup (last->id);
    query.before_id = read->before_id;
  }
}

/* Who carried the log out of the house is in the log. */
static gboolean
record_export (Read *read, OsyDbTx *tx, GError **error)
{
  OsyCall call = {read->principal, read->trace_id};
  OsyAuditEntry entry = {.action = "audit.exported", .object_type = "audit"};
  JsonObject *object = json_object_new ();
  const struct {
    const char *name;
    const char *value;
  } filters[] = {{"actor", read->query.actor},
                 {"action", read->query.action},
                 {"object", read->query.object_id}};
  const struct {
    const char *name;
    gint64 value;
  } times[] = {{"from", read->query.from}, {"to", read->query.to}};

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (times[i].value != 0) {
      g_autofree char *at = osy_clock_format (times[i].value);
      json_object_set_string_member (object, times[i].name, at);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (filters[i].value != NULL)
      json_object_set_string_member (object, filters[i].name, filters[i].value);
  g_autoptr (JsonNode) value = osy_json_take_object (object);
  entry.new_value = value;
  return osy_audit_record (tx, read->room->ring, &call, &entry, error);
}

static gboolean
export_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Read *read = data;

  if (read->text == NULL)
    read->text = g_string_new (NULL);
  g_string_truncate (read->text, 0);
  osy_audit_csv_head (read->text);
  return write_lines (read, tx, error) && record_export (read, tx, error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Read) read = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (read->http, error);
    return;
  }
  g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&read->text));
  osy_http_reply_add_header (read->http, "Cache-Control", "no-store");
  osy_http_reply_add_header (read->http, "Content-Disposition",
                             "attachment; filename=\"audit.csv\"");
  osy_http_reply_bytes (read->http, 200, "text/csv; charset=utf-8", body);
}

static void
export_audit (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from", "to", "actor", "action", "object", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (Read) read = read_new (http, room);
  OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (read->principal),
                      .user_id = osy_principal_user_id (read->principal)};

  if (!osy_api_only_query (http, allowed, &error) || !read_filters (read, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  Read *data = g_steal_pointer (&read);
  osy_db_pool_run_async (data->room->pool, &scope, export_work, data, NULL, NULL, exported_cb,
                         data);
}

/* ---- the seal ---- */

static void
set_time (JsonObject *body, const char *name, const OsyDbRows *rows)
{
  gint64 at = osy_db_rows_time (rows, 0, name);

  if (at != 0) {
    g_autofree char *text = osy_clock_format (at);
    json_object_set_string_member (body, name, text);
  }
}

static gboolean
read_status (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT (SELECT count(*) FROM audit_seal WHERE restaurant_id = app_restaurant()) AS sealed, "
      "(SELECT count(*) FROM audit_unsealed WHERE restaurant_id = app_restaurant()) AS unsealed, "
      "(SELECT at FROM audit_checkpoint ORDER BY seq DESC LIMIT 1) AS last_checkpoint_at, "
      "c.at AS last_verified_at, c.broken_seq FROM (SELECT) AS one "
      "LEFT JOIN (SELECT * FROM audit_check ORDER BY at DESC LIMIT 1) c ON true",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  gint64 sealed = osy_db_rows_int (rows, 0, "sealed");
  gint64 unsealed = osy_db_rows_int (rows, 0, "unsealed");
  json_object_set_int_member (body, "rows", sealed + unsealed);
  json_object_set_int_member (body, "sealed", sealed);
  json_object_set_int_member (body, "unsealed", unsealed);
  set_time (body, "last_checkpoint_at", rows);
  set_time (body, "last_verified_at", rows);
  if (!osy_db_rows_is_null (rows, 0, "broken_seq"))
    json_object_set_int_member (body, "broken_seq", osy_db_rows_int (rows, 0, "broken_seq"));
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_status (OsyHttpRequest *http, gpointer data)
{
  const OsyAuditRoom *room = data;

  osy_api_run (http, room->pool, NULL, read_status, NULL, NULL);
}

const OsyRoute osy_audit_routes[] = {
    {"GET", "/api/v1/restaurants/me/audit", "listAudit", OSY_PERM_AUDIT_READ, 0, list_audit},
    {"GET", "/api/v1/restaurants/me/audit/export", "exportAudit", OSY_PERM_AUDIT_READ, 0,
     export_audit},
    {"GET", "/api/v1/restaurants/me/audit/status", "getAuditStatus", OSY_PERM_AUDIT_READ, 0,
     get_status},
    {NULL},
};
