/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the tables: what they show, and the acts. */

#include "osy-table-routes.h"

#include "osy-api.h"
#include "osy-json.h"

#define MAX_ROUNDS 100

typedef gboolean (*ActFunc) (OsyDbTx *tx,
                             const OsyCall *call,
                             OsyTableContext *room,
                             const OsyTableAct *act,
                             OsyTableDone *done,
                             GError **error);

/* Texts of the act are those of the body and of the path. */
typedef struct {
  OsyTableContext *room;
  ActFunc func;
  OsyTableAct act;
  JsonNode *body;
  char *id;
  char *act_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->body, json_node_unref);
  g_clear_pointer (&work->act.order_ids, g_ptr_array_unref);
  g_clear_pointer (&work->act.line_ids, g_ptr_array_unref);
  g_free (work->id);
  g_free (work->act_id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- reading ---- */

static gboolean
room_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyTableRoom) view = osy_table_service_room (tx, call, data, error);

  if (view == NULL)
    return FALSE;
  reply->body = osy_table_room_to_json (view);
  return TRUE;
}

static void
handle_room (OsyHttpRequest *http, gpointer room)
{
  osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, room_work, room, NULL);
}

/* ---- acting ---- */

static gboolean
act_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_auto (OsyTableDone) done = {NULL};
  gboolean ok = work->act_id != NULL
                    ? osy_table_service_undo (tx, call, work->room, work->act_id, &done, error)
                    : work->func (tx, call, work->room, &work->act, &done, error);

  if (!ok)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *tables = json_array_new ();
  json_object_set_string_member (object, "act_id", done.act_id);
  for (guint i = 0; i < done.tables->len; i++)
    json_array_add_object_element (tables, osy_table_to_json (done.tables->pdata[i]));
  json_object_set_array_member (object, "tables", tables);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
take_id (OsyHttpRequest *http, const char *name, char **ret, GError **error)
{
  const char *id = osy_http_request_param (http, name);

  if (!g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such table or act.");
    return FALSE;
  }
  *ret = g_ascii_strdown (id, -1);
  return TRUE;
}

static void
read_seat (OsyJsonReader *reader, Work *work)
{
  OsyTableAct *act = &work->act;

  act->guest_count =
      (int)osy_json_reader_opt_int (reader, "guest_count", 1, OSY_TABLE_MAX_GUESTS, 0);
  act->booking_id = osy_json_reader_opt_id (reader, "booking_id");
  if (act->guest_count == 0 && act->booking_id == NULL)
    osy_json_reader_fault (reader, "guest_count", "REQUIRED", "Say how many they are.");
}

static void
read_guests (OsyJsonReader *reader, Work *work)
{
  work->act.guest_count = (int)osy_json_reader_int (reader, "guest_count", 1, OSY_TABLE_MAX_GUESTS);
}

static void
read_move (OsyJsonReader *reader, Work *work)
{
  work->act.to_table = osy_json_reader_id (reader, "to_table_id");
}

static void
read_merge (OsyJsonReader *reader, Work *work)
{
  work->act.to_table = osy_json_reader_id (reader, "into_table_id");
}

static void
read_bill (OsyJsonReader *reader, Work *work)
{
  work->act.on = osy_json_reader_opt_bool (reader, "on", TRUE);
}

static void
read_clear (OsyJsonReader *reader, Work *work)
{
  work->act.leave_unpaid = osy_json_reader_opt_bool (reader, "leave_unpaid", FALSE);
}

static GPtrArray *
read_ids (OsyJsonReader *reader, const char *name)
{
  guint n = osy_json_reader_opt_array (reader, name, MAX_ROUNDS);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < n; i++) {
    const char *id = osy_json_reader_element_string (reader, name, i, 36, 36);
    if (id != NULL && !g_uuid_string_is_valid (id))
      osy_json_reader_fault (reader, name, "ID", "This is no id.");
    else if (id != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
      osy_json_reader_fault (reader, name, "DUPLICATE", "One is named twice.");
    else
      g_ptr_array_add (ids, (gpointer)id);
  }
  return ids;
}

static void
read_transfer (OsyJsonReader *reader, Work *work)
{
  read_move (reader, work);
  work->act.order_ids = read_ids (reader, "order_ids");
  work->act.line_ids = read_ids (reader, "line_ids");
  if (work->act.order_ids->len + work->act.line_ids->len == 0)
    osy_json_reader_fault (reader, "line_ids", "REQUIRED", "Say what goes.");
}

/* Last segment of the path → what is done and what is read for it. */
static const struct {
  const char *name;
  ActFunc func;
  void (*read) (OsyJsonReader *reader, Work *work);
} acts[] = {
    {"/seat", osy_table_service_seat, read_seat},
    {"/guests", osy_table_service_guests, read_guests},
    {"/move", osy_table_service_move, read_move},
    {"/merge", osy_table_service_merge, read_merge},
    {"/unmerge", osy_table_service_unmerge, NULL},
    {"/request-bill", osy_table_service_request_bill, read_bill},
    {"/clear", osy_table_service_clear, read_clear},
    {"/transfer", osy_table_service_transfer, read_transfer},
};

static gboolean
read_act (OsyHttpRequest *http, Work *work, GError **error)
{
  const char *path = osy_http_request_route (http)->path;
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (acts) && !g_str_has_suffix (path, acts[i].name))
    i++;
  work->func = acts[i].func;
  if (!take_id (http, "table_id", &work->id, error) ||
      !osy_api_if_match (http, &work->act.if_version, error))
    return FALSE;
  work->act.table_id = work->id;
  if (acts[i].read == NULL)
    return TRUE;
  work->body = osy_http_request_json (http, error);
  g_autoptr (OsyJsonReader) reader = work->body ? osy_json_reader_new (work->body) : NULL;
  if (reader == NULL)
    return FALSE;
  acts[i].read (reader, work);
  return osy_json_reader_finish (reader, error);
}

static void
run (OsyHttpRequest *http, OsyTableContext *room, Work *work)
{
  osy_api_run (http, room->pool, NULL, act_work, work, work_free);
}

static void
handle_act (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = g_new0 (Work, 1);

  work->room = room;
  if (!read_act (http, work, &error))
    osy_http_reply_error (http, error);
  else
    run (http, room, g_steal_pointer (&work));
}

static void
handle_undo (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = g_new0 (Work, 1);

  work->room = room;
  if (!take_id (http, "act_id", &work->act_id, &error))
    osy_http_reply_error (http, error);
  else
    run (http, room, g_steal_pointer (&work));
}

void
osy_table_run_seat (OsyHttpRequest *http, gpointer room, const char *waiting_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = g_new0 (Work, 1);

  work->room = room;
  work->func = osy_table_service_seat;
  work->id = g_strdup (waiting_id);
  work->act.waiting_id = work->id;
  work->body = osy_http_request_json (http, &error);
  g_autoptr (OsyJsonReader) reader = work->body ? osy_json_reader_new (work->body) : NULL;
  if (reader != NULL) {
    work->act.table_id = osy_json_reader_id (reader, "table_id");
    work->act.guest_count =
        (int)osy_json_reader_opt_int (reader, "guest_count", 1, OSY_TABLE_MAX_GUESTS, 0);
  }
  if (reader == NULL || !osy_json_reader_finish (reader, &error))
    osy_http_reply_error (http, error);
  else
    run (http, room, g_steal_pointer (&work));
}

#define TABLES "/api/v1/restaurants/me/tables"
const OsyRoute osy_table_routes[] = {
    {"GET", TABLES, "listTables", OSY_PERM_ORDER_READ, 0, handle_room},
    {"POST", TABLES "/{table_id}/seat", "seatTable", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/guests", "countGuests", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/move", "moveTable", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/merge", "mergeTable", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/unmerge", "unmergeTable", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_act},
    {"POST", TABLES "/{table_id}/request-bill", "requestBill", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/clear", "clearTable", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/{table_id}/transfer", "transferRounds", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", TABLES "/acts/{act_id}/undo", "undoTableAct", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_undo},
    {NULL},
};
