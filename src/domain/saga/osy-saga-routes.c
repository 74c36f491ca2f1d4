/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of what needs a person. */

#include <string.h>

#include "osy-api.h"
#include "osy-codec.h"
#include "osy-json.h"
#include "osy-saga-service.h"

#define MAX_NOTE 500

typedef struct {
  OsySagaRoom *room;
  OsySagaAct act;
  char *order_id; /* nullable */
  char *note;     /* nullable */
  gint64 limit;
  gint64 since; /* of the cursor */
  char *after_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->order_id);
  g_free (work->note);
  g_free (work->after_id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- the list ---- */

static char *
cursor_of (const OsySagaRow *row)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT "|%s", row->state.attention_since, row->order_id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (Work *work, const char *cursor, GError **error)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;
  g_autofree char *text =
      bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);

  if (g_strv_length (parts) == 2 && g_uuid_string_is_valid (parts[1]) &&
      g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &work->since, NULL)) {
    work->after_id = g_strdup (parts[1]);
    return TRUE;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Send next_cursor as it was given.");
  return FALSE;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) rows =
      osy_saga_service_attention (tx, call, work->since, work->after_id, work->limit + 1, error);

  if (rows == NULL)
    return FALSE;
  guint n = MIN (rows->len, (guint)work->limit);
  JsonArray *items = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (items, osy_saga_service_to_json (rows->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "items", items);
  if (rows->len > n) {
    g_autofree char *cursor = cursor_of (rows->pdata[n - 1]);
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer data)
{
  OsySagaRoom *room = data;
  static const char *const allowed[] = {"cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_api_limit (http, 100, 50, &work->limit, &error) ||
      (cursor != NULL && !read_cursor (work, cursor, &error)))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, NULL, list_work, g_steal_pointer (&work), work_free);
}

/* ---- acts ---- */

static gboolean
act_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsySagaRow) row = osy_saga_service_act (tx, work->room, call, &work->act, error);

  if (row == NULL)
    return FALSE;
  reply->body = osy_saga_service_to_json (row);
  return TRUE;
}

static gboolean
read_settlement (OsyHttpRequest *http, Work *work, GError **error)
{
  static const char *const outcomes[] = {"COMPLETED", "COMPENSATED", NULL};
  g_autoptr (JsonNode) body = osy_http_request_json (http, error);

  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *outcome = osy_json_reader_enum (reader, "outcome", outcomes, NULL);
  work->note = g_strdup (osy_json_reader_string (reader, "note", 1, MAX_NOTE));
  return osy_json_reader_finish (reader, error) &&
         osy_saga_step_from_name (outcome, &work->act.outcome);
}

static void
handle (OsyHttpRequest *http, OsySagaRoom *room, OsySagaVerb verb)
{
  const char *id = osy_http_request_param (http, "order_id");
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  if (!g_uuid_string_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
  else if (verb == OSY_SAGA_SETTLE)
    read_settlement (http, work, &error);
  if (error != NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  work->room = room;
  work->order_id = g_ascii_strdown (id, -1);
  work->act.order_id = work->order_id;
  work->act.verb = verb;
  work->act.note = work->note;
  osy_api_run (http, room->pool, NULL, act_work, g_steal_pointer (&work), work_free);
}

static void
handle_push (OsyHttpRequest *http, gpointer room)
{
  handle (http, room, OSY_SAGA_PUSH);
}

static void
handle_retry (OsyHttpRequest *http, gpointer room)
{
  handle (http, room, OSY_SAGA_RETRY);
}

static void
handle_settle (OsyHttpRequest *http, gpointer room)
{
  handle (http, room, OSY_SAGA_SETTLE);
}

#define ATTENTION "/api/v1/restaurants/me/attention"
const OsyRoute osy_saga_routes[] = {
    {"GET", ATTENTION, "listAttention", OSY_PERM_ORDER_READ, 0, handle_list},
    {"POST", ATTENTION "/{order_id}/push", "pushSaga", OSY_PERM_ATTENTION_MANAGE, 0, handle_push},
    {"POST", ATTENTION "/{order_id}/retry", "retrySaga", OSY_PERM_ATTENTION_MANAGE, 0,
     handle_retry},
    {"POST", ATTENTION "/{order_id}/settle", "settleSaga", OSY_PERM_ATTENTION_MANAGE, 0,
     handle_settle},
    {NULL},
};
