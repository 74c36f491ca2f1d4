/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of bookings and of the waiting list. */

#include "osy-api.h"
#include "osy-booking-service.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-table-routes.h"

#define MAX_DAYS 62

typedef struct {
  OsyTableContext *room;
  char *id; /* nullable */
  gint64 if_version;
  JsonNode *body; /* nullable */
  const char *status;
  gint64 from;
  gint64 to;
  gint64 minutes;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static OsyBookingAct
act_of (const Work *work)
{
  return (OsyBookingAct){work->id, work->if_version, work->body};
}

/* ---- what was asked ---- */

static Work *
work_new (OsyHttpRequest *http, gpointer room, GError **error)
{
  const char *id = osy_http_request_param (http, "booking_id");
  g_autoptr (Work) work = g_new0 (Work, 1);

  id = id != NULL ? id : osy_http_request_param (http, "waiting_id");
  if (id != NULL && !g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing of that id.");
    return NULL;
  }
  work->room = room;
  work->id = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  return osy_api_if_match (http, &work->if_version, error) ? g_steal_pointer (&work) : NULL;
}

static Work *
work_new_with_body (OsyHttpRequest *http, gpointer room, GError **error)
{
  g_autoptr (Work) work = work_new (http, room, error);

  if (work == NULL)
    return NULL;
  work->body = osy_http_request_json (http, error);
  return work->body != NULL ? g_steal_pointer (&work) : NULL;
}

/* @work: (transfer full) (nullable): with @error instead */
static void
run (OsyHttpRequest *http, OsyTableContext *room, OsyApiFunc func, Work *work, const GError *error)
{
  if (work == NULL)
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, NULL, func, work, work_free);
}

static gboolean
read_time (OsyHttpRequest *http, const char *name, gint64 fallback, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_query (http, name);

  *ret = fallback;
  if (text == NULL || osy_clock_parse (text, ret))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "%s is a time such as "
               "2026-11-21T09:00:00Z.",
               name);
  return FALSE;
}

static gboolean
read_span (OsyHttpRequest *http, Work *work, GError **error)
{
  static const char *const allowed[] = {"from", "to", NULL};
  gint64 now = osy_clock_now ();

  if (!osy_api_only_query (http, allowed, error) ||
      !read_time (http, "from", now - G_TIME_SPAN_DAY / 2, &work->from, error) ||
      !read_time (http, "to", work->from + G_TIME_SPAN_DAY, &work->to, error))
    return FALSE;
  if (work->to > work->from && work->to - work->from <= MAX_DAYS * G_TIME_SPAN_DAY)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Ask for at most %d days.", MAX_DAYS);
  return FALSE;
}

/* ---- bookings ---- */

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) list =
      osy_booking_service_list (tx, call, work->room, work->from, work->to, error);

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, osy_booking_to_json (list->pdata[i]));
  json_object_set_array_member (object, "bookings", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (http, room, &error);

  if (work != NULL && !read_span (http, work, &error))
    g_clear_pointer (&work, work_free);
  run (http, room, list_work, g_steal_pointer (&work), error);
}

static gboolean
put_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const OsyBookingAct act = act_of (data);
  g_autoptr (OsyBooking) booking =
      osy_booking_service_put (tx, call, ((Work *)data)->room, &act, error);

  if (booking == NULL)
    return FALSE;
  reply->status = act.id != NULL ? 200 : 201;
  reply->version = booking->version;
  reply->body = osy_json_take_object (osy_booking_to_json (booking));
  return TRUE;
}

static void
handle_put (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;

  Work *work = work_new_with_body (http, room, &error);

  run (http, room, put_work, work, error);
}

static gboolean
delete_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const OsyBookingAct act = act_of (data);

  return osy_booking_service_delete (tx, call, ((Work *)data)->room, &act, error);
}

static void
handle_delete (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;

  Work *work = work_new (http, room, &error);

  run (http, room, delete_work, work, error);
}

/* ---- those who wait ---- */

static gboolean
waiting_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyTableRoom) view = osy_table_service_room (tx, call, data, error);

  if (view == NULL)
    return FALSE;
  reply->body = osy_table_room_to_json (view);
  JsonObject *object = json_node_get_object (reply->body);
  json_object_remove_member (object, "tables");
  json_object_remove_member (object, "bookings");
  return TRUE;
}

static void
handle_waiting (OsyHttpRequest *http, gpointer room)
{
  osy_api_run (http, ((OsyTableContext *)room)->pool, NULL, waiting_work, room, NULL);
}

static void
answer (OsyApiReply *reply, guint status, const OsyWaiting *waiting)
{
  reply->status = status;
  reply->version = waiting->version;
  reply->body = osy_json_take_object (osy_waiting_to_json (waiting));
}

static gboolean
add_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const OsyBookingAct act = act_of (data);
  g_autoptr (OsyWaiting) waiting =
      osy_booking_service_waiting_add (tx, call, ((Work *)data)->room, &act, error);

  if (waiting != NULL)
    answer (reply, 201, waiting);
  return waiting != NULL;
}

static void
handle_add (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;

  Work *work = work_new_with_body (http, room, &error);

  run (http, room, add_work, work, error);
}

static gboolean
step_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyBookingAct act = act_of (work);
  g_autoptr (OsyWaiting) waiting =
      osy_booking_service_waiting_step (tx, call, work->room, &act, work->status, error);

  if (waiting != NULL)
    answer (reply, 200, waiting);
  return waiting != NULL;
}

static void
handle_step (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room, &error);

  if (work != NULL)
    work->status = g_str_has_suffix (osy_http_request_route (http)->path, "/call")
                       ? OSY_WAITING_CALLED
                       : OSY_WAITING_CANCELED;
  run (http, room, step_work, work, error);
}

static void
handle_seat (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (http, room, &error);

  if (work == NULL)
    osy_http_reply_error (http, error);
  else
    osy_table_run_seat (http, room, work->id);
}

static gboolean
pause_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  gint64 until = 0;

  if (!osy_booking_service_waiting_pause (tx, call, work->room, work->minutes, &until, error))
    return FALSE;
  JsonObject *object = json_object_new ();
  g_autofree char *text = until != 0 ? osy_clock_format (until) : NULL;
  if (text != NULL)
    json_object_set_string_member (object, "paused_until", text);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_pause (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new_with_body (http, room, &error);
  g_autoptr (OsyJsonReader) reader = work != NULL ? osy_json_reader_new (work->body) : NULL;

  if (reader != NULL) {
    work->minutes = osy_json_reader_int (reader, "minutes", 0, OSY_WAITING_MAX_PAUSE);
    if (!osy_json_reader_finish (reader, &error))
      g_clear_pointer (&work, work_free);
  }
  run (http, room, pause_work, g_steal_pointer (&work), error);
}

#define BOOKINGS "/api/v1/restaurants/me/bookings"
#define WAITING "/api/v1/restaurants/me/waiting"
const OsyRoute osy_booking_routes[] = {
    {"GET", BOOKINGS, "listBookings", OSY_PERM_ORDER_READ, 0, handle_list},
    {"POST", BOOKINGS, "addBooking", OSY_PERM_ORDER_WRITE, 0, handle_put},
    {"PATCH", BOOKINGS "/{booking_id}", "changeBooking", OSY_PERM_ORDER_WRITE, 0, handle_put},
    {"DELETE", BOOKINGS "/{booking_id}", "deleteBooking", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_delete},
    {"GET", WAITING, "listWaiting", OSY_PERM_ORDER_READ, 0, handle_waiting},
    {"POST", WAITING, "addWaiting", OSY_PERM_ORDER_WRITE, 0, handle_add},
    {"POST", WAITING "/pause", "pauseWaiting", OSY_PERM_ORDER_WRITE, 0, handle_pause},
    {"POST", WAITING "/{waiting_id}/call", "callWaiting", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_step},
    {"POST", WAITING "/{waiting_id}/cancel", "cancelWaiting", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_NO_BODY, handle_step},
    {"POST", WAITING "/{waiting_id}/seat", "seatWaiting", OSY_PERM_ORDER_WRITE, 0, handle_seat},
    {NULL},
};
