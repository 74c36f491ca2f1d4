/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tickets over HTTP: what is on the screens, what was, and every touch. */

#include <string.h>

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-kitchen-outlook.h"
#include "osy-kitchen-read.h"
#include "osy-kitchen-service.h"
#include "osy-kitchen-setup-store.h"
#include "osy-kitchen-store.h"

#define MAX_LINES 500
#define MAX_WORDS 100

/* What a request carries to the worker. */
typedef struct {
  const OsyKitchenRoom *room;
  OsyHttpRequest *http; /* owns the texts of path and query */
  OsyShop *shop;        /* (nullable) */
  OsyApiFunc func;
  OsyKitchenDeed deed;
  OsyKitchenFire fire;
  OsyKitchenPast past;
  char *before_id;
  const char *station_id;
  const char *order_id;
  gboolean all; /* what was sent away too */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->shop);
  g_free (work->before_id);
  osy_http_request_unref (work->http);
  g_free (work);
}

static Work *
work_new (OsyHttpRequest *http, gpointer room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->http = osy_http_request_ref (http);
  return work;
}

static void
work_run (Work *work, GError *error)
{
  if (error == NULL) {
    osy_api_run (work->http, work->room->pool, NULL, work->func, work, work_free);
    return;
  }
  osy_http_reply_error (work->http, error);
  work_free (work);
}

static void
shop_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (GError) error = NULL;

  work->shop = osy_shop_cache_load_finish (OSY_SHOP_CACHE (source), result, &error);
  work->deed.shop = work->shop;
  work_run (work, error);
}

static void
work_run_with_shop (Work *work)
{
  OsyPrincipal *principal = osy_http_request_principal (work->http);

  osy_shop_cache_load_async (work->room->shops, osy_principal_restaurant_id (principal), NULL,
                             shop_loaded, work);
}

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

/* ---- lines ---- */

static gboolean
read_lines (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return FALSE;
  JsonArray *lines = osy_kitchen_store_waiting (tx, MAX_LINES, error);
  if (lines == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "lines", lines);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_lines (OsyHttpRequest *http, gpointer data)
{
  osy_api_run (http, ((OsyKitchenRoom *)data)->pool, NULL, read_lines, NULL, NULL);
}

/* ---- what is on the screens ---- */

static void
count_open (const OsyKitchenBoard *board, GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++) {
    const OsyKitchenTicketData *ticket = osy_kitchen_ticket_data (g_ptr_array_index (all, i));
    for (guint k = 0; k < board->stations->len; k++) {
      OsyKitchenStation *station = g_ptr_array_index (board->stations, k);
      if (!g_str_equal (ticket->state, OSY_TICKET_OPEN) ||
          !g_str_equal (ticket->station_id, station->id))
        continue;
      station->open++;
      station->late += ticket->promised_at != 0 && ticket->promised_at < board->server_time;
    }
  }
}

static GPtrArray *
load_tickets (OsyDbTx *tx, const Work *work, GError **error)
{
  g_autofree char *day = work->all ? osy_shop_business_day (work->shop, osy_clock_now ()) : NULL;

  return work->order_id != NULL
             ? osy_kitchen_read_of_order (tx, work->room->ring, work->order_id, error)
             : osy_kitchen_read_open (tx, work->room->ring, day, error);
}

static GPtrArray *
keep_wanted (GPtrArray *all, const Work *work)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++) {
    OsyKitchenTicket *ticket = g_ptr_array_index (all, i);
    const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
    if ((work->station_id == NULL || g_str_equal (data->station_id, work->station_id)) &&
        (work->all || g_str_equal (data->state, OSY_TICKET_OPEN)))
      g_ptr_array_add (kept, g_object_ref (ticket));
  }
  return kept;
}

/* Counts are of the whole kitchen, whichever station is looked at. */
static gboolean
read_tickets (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyKitchenBoard) board = g_new0 (OsyKitchenBoard, 1);

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return FALSE;
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_store_load_working (tx, error);
  if (setup == NULL)
    return FALSE;
  g_autoptr (GPtrArray) all = load_tickets (tx, work, error);
  if (all == NULL)
    return FALSE;
  board->server_time = osy_clock_now ();
  board->stations = g_ptr_array_ref (setup->stations);
  board->all_day = osy_kitchen_count_all (all);
  board->tickets = keep_wanted (all, work);
  count_open (board, all);
  reply->body = osy_kitchen_board_to_json (board);
  return TRUE;
}

static gboolean
parse_tickets (Work *work, GError **error)
{
  static const char *const allowed[] = {"station_id", "order_id", "state", NULL};
  const char *state = osy_http_request_query (work->http, "state");

  if (!osy_api_only_query (work->http, allowed, error))
    return FALSE;
  work->station_id = osy_http_request_query (work->http, "station_id");
  if (work->station_id != NULL && !osy_id_is_valid (work->station_id))
    return bad_query ("station_id", "Send the id of a station.", error);
  work->order_id = osy_http_request_query (work->http, "order_id");
  if (work->order_id != NULL && !osy_id_is_valid (work->order_id))
    return bad_query ("order_id", "Send the id of an order.", error);
  if (state != NULL && !g_str_equal (state, "open") && !g_str_equal (state, "all"))
    return bad_query ("state", "Send open or all.", error);
  work->all = g_strcmp0 (state, "all") == 0;
  return TRUE;
}

static void
get_tickets (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room);

  work->func = read_tickets;
  if (parse_tickets (work, &error) && work->all)
    work_run_with_shop (work);
  else
    work_run (work, error);
}

/* ---- what was ---- */

static char *
cursor_of (const OsyKitchenTicketData *ticket)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT "|%s", ticket->bumped_at, ticket->id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_past (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return FALSE;
  g_autofree char *day = osy_shop_business_day (work->shop, osy_clock_now ());
  work->past.day = day;
  g_autoptr (GPtrArray) tickets = osy_kitchen_read_past (tx, work->room->ring, &work->past, error);
  if (tickets == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < tickets->len; i++)
    json_array_add_element (array, osy_kitchen_ticket_to_json (g_ptr_array_index (tickets, i)));
  json_object_set_array_member (body, "tickets", array);
  if (tickets->len == work->past.limit) {
    g_autofree char *cursor =
        cursor_of (osy_kitchen_ticket_data (g_ptr_array_index (tickets, tickets->len - 1)));
    json_object_set_string_member (body, "next_cursor", cursor);
  }
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static gboolean
parse_cursor (Work *work, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64 / 2, &work->past.before, NULL))
    return FALSE;
  work->before_id = g_strdup (parts[1]);
  work->past.before_id = work->before_id;
  return TRUE;
}

static gboolean
parse_past (Work *work, GError **error)
{
  static const char *const allowed[] = {"q", "cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (work->http, "cursor");

  if (!osy_api_only_query (work->http, allowed, error) ||
      !osy_api_limit (work->http, 100, 50, &work->past.limit, error))
    return FALSE;
  work->past.words = osy_http_request_query (work->http, "q");
  if (work->past.words != NULL &&
      (*work->past.words == '\0' || g_utf8_strlen (work->past.words, -1) > MAX_WORDS))
    return bad_query ("q", "Send 1 to 100 characters.", error);
  if (cursor != NULL && !parse_cursor (work, cursor))
    return bad_query ("cursor", "Send next_cursor of the page before.", error);
  return TRUE;
}

static void
get_past (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room);

  work->func = read_past;
  if (parse_past (work, &error))
    work_run_with_shop (work);
  else
    work_run (work, error);
}

/* ---- touches ---- */

static gboolean
run_deed (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyKitchenTicket) ticket =
      osy_kitchen_service_do (tx, work->room, call, &work->deed, error);

  if (ticket == NULL)
    return FALSE;
  reply->body = osy_kitchen_ticket_to_json (ticket);
  reply->version = osy_kitchen_ticket_data (ticket)->version;
  return TRUE;
}

static JsonNode *
tickets_to_json (GPtrArray *tickets)
{
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tickets->len; i++)
    json_array_add_element (array, osy_kitchen_ticket_to_json (g_ptr_array_index (tickets, i)));
  json_object_set_array_member (body, "tickets", array);
  return osy_json_take_object (body);
}

static gboolean
run_reprint (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) tickets =
      osy_kitchen_service_reprint (tx, work->room, call, work->fire.order_id, error);

  if (tickets != NULL)
    reply->body = tickets_to_json (tickets);
  return tickets != NULL;
}

static gboolean
run_fire (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  if (!osy_kitchen_service_fire (tx, work->room, call, &work->fire, error))
    return FALSE;
  g_autoptr (GPtrArray) tickets =
      osy_kitchen_read_of_order (tx, work->room->ring, work->fire.order_id, error);
  if (tickets != NULL)
    reply->body = tickets_to_json (tickets);
  return tickets != NULL;
}

/* Members that the verb takes; most take none, and their body may be left out. */
static gboolean
parse_body (Work *work, GError **error)
{
  const char *verb = work->deed.verb;
  gboolean needed = g_str_equal (verb, "priority") || work->func == run_fire;

  if (!needed && g_bytes_get_size (osy_http_request_body (work->http)) == 0)
    return TRUE;
  g_autoptr (JsonNode) body = osy_http_request_json (work->http, error);
  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  if (work->func == run_fire)
    work->fire.course = osy_json_reader_int (reader, "course", 1, OSY_COURSE_MAX);
  else if (g_str_equal (verb, "priority") && !osy_json_reader_has (reader, "on"))
    osy_json_reader_fault (reader, "on", "REQUIRED", "Say whether it goes first.");
  else if (g_str_equal (verb, "priority"))
    work->deed.on = osy_json_reader_opt_bool (reader, "on", FALSE);
  else if (g_str_equal (verb, "recall"))
    work->deed.restart_timer = osy_json_reader_opt_bool (reader, "restart_timer", FALSE);
  else if (g_str_has_suffix (verb, "make"))
    work->deed.quantity = osy_json_reader_opt_int (reader, "quantity", 1, 999, 0);
  return osy_json_reader_finish (reader, error);
}

/* The verb is the last segment of the route's own path, so each row of the table is one deed. */
static void
do_deed (OsyHttpRequest *http, gpointer room)
{
  const char *id = osy_http_request_param (http, "id");
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room);

  work->deed.verb = strrchr (osy_http_request_route (http)->path, '/') + 1;
  work->deed.id = work->fire.order_id = id;
  work->fire.fire = g_str_equal (work->deed.verb, "fire");
  work->func = work->fire.fire || g_str_equal (work->deed.verb, "hold") ? run_fire
               : g_str_equal (work->deed.verb, "reprint")               ? run_reprint
                                                                        : run_deed;
  if (!osy_id_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such thing.");
  if (error != NULL || !osy_api_if_match (http, &work->deed.if_version, &error) ||
      !parse_body (work, &error) || !g_str_equal (work->deed.verb, "recall"))
    work_run (work, error);
  else
    work_run_with_shop (work);
}

/* ---- how much there is to do ---- */

static gboolean
read_load (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyKitchenOutlook) outlook = osy_kitchen_outlook_read (tx, call, work->shop, error);

  if (outlook == NULL)
    return FALSE;
  reply->body = osy_kitchen_outlook_to_json (outlook);
  return TRUE;
}

static void
get_load (OsyHttpRequest *http, gpointer room)
{
  Work *work = work_new (http, room);

  work->func = read_load;
  work_run_with_shop (work);
}

#define BASE "/api/v1/restaurants/me/kitchen/"

const OsyRoute osy_kitchen_routes[] = {
    {"GET", BASE "lines", "listKitchenLines", OSY_PERM_ORDER_READ, 0, get_lines},
    {"GET", BASE "load", "getKitchenLoad", OSY_PERM_ORDER_READ, 0, get_load},
    {"GET", BASE "tickets", "listKitchenTickets", OSY_PERM_ORDER_READ, 0, get_tickets},
    {"GET", BASE "history", "listKitchenHistory", OSY_PERM_ORDER_READ, 0, get_past},
    {"POST", BASE "tickets/{id}/bump", "bumpTicket", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "tickets/{id}/recall", "recallTicket", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "tickets/{id}/shown", "showTicket", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "tickets/{id}/touch", "touchTicket", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "tickets/{id}/priority", "prioritizeTicket", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "lines/{id}/make", "makeLine", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "lines/{id}/unmake", "unmakeLine", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "changes/{id}/seen", "seeChange", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "orders/{id}/fire", "fireCourse", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "orders/{id}/hold", "holdCourse", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {"POST", BASE "orders/{id}/reprint", "reprintOrder", OSY_PERM_ORDER_WRITE, 0, do_deed},
    {NULL},
};
