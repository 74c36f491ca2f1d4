/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The strict fake daemon (see the header). Handlers only note faults in `faults`; tests assert it
 * to be 0, so that a wrong request fails the test that made it. */

#include "fake-daemon.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-json.h"
#include "soup-leaks.h"

#define ME "/api/v1/restaurants/me/"
#define BEAT_MS 100

typedef struct {
  FakeDaemon *daemon;
  SoupServerMessage *message;
  const char *path;
  GHashTable *query;
} Visit;

static void
reply (Visit *visit, guint status, const char *json)
{
  const char *kind = status < 400 ? "application/json" : "application/problem+json";

  soup_server_message_set_status (visit->message, status, NULL);
  soup_server_message_set_response (visit->message, kind, SOUP_MEMORY_COPY, json, strlen (json));
}

static void
reply_node (Visit *visit, guint status, JsonNode *node)
{
  g_autofree char *text = osy_json_print (node);

  reply (visit, status, text);
}

static void
reply_error (Visit *visit, OsyErrorCode code)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, (int)code, "No.");

  if (code == OSY_ERROR_STATE_CONFLICT && visit->daemon->reason != NULL)
    osy_error_set_extra (error, "reason",
                         json_node_init_string (json_node_alloc (), visit->daemon->reason));
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);

  reply_node (visit, osy_error_http_status (error), problem);
}

static void
fault (Visit *visit, const char *what)
{
  g_test_message ("fault at %s: %s", visit->path, what);
  visit->daemon->faults++;
  reply_error (visit, OSY_ERROR_INVALID_REQUEST);
}

static void
cut (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static const char *
header (Visit *visit, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (visit->message),
                                       name);
}

static gboolean
is_post (Visit *visit)
{
  return strcmp (soup_server_message_get_method (visit->message), "POST") == 0;
}

static gboolean
is_authorized (Visit *visit)
{
  g_autofree char *wanted = g_strconcat ("Bearer ", visit->daemon->access_token, NULL);

  return g_strcmp0 (header (visit, "Authorization"), wanted) == 0;
}

/* The body as an object that has every one of @members (comma-separated) as text. */
static JsonNode *
read_body (Visit *visit, const char *members)
{
  SoupMessageBody *body = soup_server_message_get_request_body (visit->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) names = g_strsplit (members, ",", -1);

  if (g_strcmp0 (header (visit, "Content-Type"), "application/json") == 0)
    node = osy_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  for (char **name = names; *name != NULL; name++)
    if (!json_object_has_member (json_node_get_object (node), *name))
      return NULL;
  g_free (visit->daemon->last_body);
  visit->daemon->last_body = osy_json_print (node);
  return g_steal_pointer (&node);
}

/* ---- signing in ---- */

static void
new_tokens (FakeDaemon *self)
{
  g_free (self->access_token);
  g_free (self->used_token);
  self->access_token = osy_random_token (9);
  self->used_token = self->refresh_token;
  self->used_at = g_get_monotonic_time ();
  self->refresh_token = osy_random_token (9);
}

static void
say_tokens (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  g_autofree char *json =
      g_strdup_printf ("{\"access_token\":\"%s\",\"refresh_token\":\"%s\","
                       "\"token_type\":\"Bearer\",\"expires_in\":%" G_GINT64_FORMAT "}",
                       self->access_token, self->refresh_token, self->expires_in);

  reply (visit, 200, json);
}

static void
reply_tokens (Visit *visit)
{
  new_tokens (visit->daemon);
  say_tokens (visit);
}

static void
login (Visit *visit)
{
  const char *totp = visit->daemon->totp;
  g_autoptr (JsonNode) body = read_body (visit, "email,password");

  if (body == NULL) {
    fault (visit, "body");
    return;
  }
  if (!g_str_equal (json_object_get_string_member (json_node_get_object (body), "password"),
                    "right password")) {
    reply_error (visit, OSY_ERROR_INVALID_CREDENTIALS);
    return;
  }
  if (totp != NULL && !json_object_has_member (json_node_get_object (body), "totp")) {
    reply_error (visit, OSY_ERROR_TOTP_REQUIRED);
    return;
  }
  if (totp != NULL &&
      !g_str_equal (json_object_get_string_member (json_node_get_object (body), "totp"), totp)) {
    reply_error (visit, OSY_ERROR_INVALID_CREDENTIALS);
    return;
  }
  visit->daemon->logins++;
  reply_tokens (visit);
}

static void
refresh (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  g_autoptr (JsonNode) body = read_body (visit, "refresh_token");
  const char *token;

  if (body == NULL) {
    fault (visit, "body");
    return;
  }
  token = json_object_get_string_member (json_node_get_object (body), "refresh_token");
  if (g_strcmp0 (token, self->used_token) == 0 &&
      g_get_monotonic_time () - self->used_at < 10 * G_TIME_SPAN_SECOND) {
    say_tokens (visit);
    return;
  }
  if (self->refuse_refresh || !g_str_equal (token, self->refresh_token)) {
    reply_error (visit, OSY_ERROR_UNAUTHENTICATED);
    return;
  }
  self->refreshes++;
  reply_tokens (visit);
}

static void
logout (Visit *visit)
{
  SoupMessageBody *body = soup_server_message_get_request_body (visit->message);

  if (body->length > 0 || !is_authorized (visit)) {
    fault (visit, "body or token");
    return;
  }
  visit->daemon->logouts++;
  reply (visit, 200, "{}");
}

static void
me (Visit *visit)
{
  reply (visit, 200,
         "{\"user_id\":\"u\",\"name\":\"김지은\",\"role\":\"OWNER\","
         "\"restaurant\":{\"id\":\"r\",\"name\":\"소담분식\"}}");
}

static void
setup (Visit *visit)
{
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) body = NULL;

  if (!is_post (visit)) {
    json = g_strdup_printf ("{\"needed\":%s}", visit->daemon->setup_needed ? "true" : "false");
    reply (visit, 200, json);
    return;
  }
  body = read_body (visit, "code,shop_name,owner_email,owner_password");
  if (body == NULL) {
    fault (visit, "body");
    return;
  }
  if (!g_str_equal (json_object_get_string_member (json_node_get_object (body), "code"), "1234")) {
    reply_error (visit, OSY_ERROR_INVALID_CREDENTIALS);
    return;
  }
  if (!visit->daemon->setup_needed) {
    reply_error (visit, OSY_ERROR_ALREADY_SET_UP);
    return;
  }
  visit->daemon->setup_needed = FALSE;
  reply_tokens (visit);
}

/* ---- orders ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const OsyOrderData *x = osy_order_data (*(OsyOrder **)a);
  const OsyOrderData *y = osy_order_data (*(OsyOrder **)b);

  return (x->number < y->number) - (x->number > y->number);
}

static GPtrArray *
values_of (GHashTable *table)
{
  GPtrArray *values = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (values, value);
  return values;
}

static void
list_orders (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  const char *cursor = g_hash_table_lookup (visit->query, "cursor");
  const char *status = g_hash_table_lookup (visit->query, "status");
  guint start = cursor != NULL ? (guint)atoi (cursor + strlen ("c+")) : 0;
  g_autoptr (GPtrArray) all = values_of (self->orders);
  g_auto (GStrv) wanted = g_strsplit (status != NULL ? status : "", ",", -1);
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  guint n = 0;

  g_free (self->last_query);
  self->last_query = g_strdup (g_hash_table_lookup (visit->query, "q"));
  self->order_pages++;
  g_ptr_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++) {
    OsyOrder *order = g_ptr_array_index (all, i);

    if (status != NULL &&
        !g_strv_contains ((const char *const *)wanted, osy_order_data (order)->status))
      continue;
    if (n >= start && n < start + self->page_size)
      json_array_add_element (array, osy_order_to_json (order));
    n++;
  }
  json_object_set_array_member (object, "orders", array);
  if (n > start + self->page_size) {
    g_autofree char *next = g_strdup_printf ("c+%u", start + self->page_size);
    json_object_set_string_member (object, "next_cursor", next);
  } else {
    json_object_set_null_member (object, "next_cursor");
  }
  json_node_take_object (node, object);
  reply_node (visit, 200, node);
}

static void
get_order (Visit *visit, const char *id)
{
  OsyOrder *order = g_hash_table_lookup (visit->daemon->orders, id);
  g_autoptr (JsonNode) node = NULL;

  if (order == NULL) {
    reply_error (visit, OSY_ERROR_NOT_FOUND);
    return;
  }
  node = osy_order_to_json (order);
  reply_node (visit, 200, node);
}

static void
set_times (OsyOrderData *data, const char *act)
{
  gint64 now = osy_clock_now ();

  if (g_str_equal (act, "accept")) {
    data->accepted_at = now;
    data->promised_at = now + 20 * 60 * G_TIME_SPAN_SECOND;
  }
  if (g_str_equal (data->status, "PREPARING"))
    data->started_at = now;
  if (g_str_equal (data->status, "READY"))
    data->ready_at = now;
  if (g_str_equal (data->status, "DELIVERING"))
    data->handed_over_at = now;
  if (g_str_equal (data->status, "COMPLETED"))
    data->completed_at = now;
}

/* The order one step on, or NULL when the table does not allow @act. */
static OsyOrder *
step (OsyOrder *order, const char *act)
{
  g_autoptr (JsonNode) node = osy_order_to_json (order);
  g_autoptr (OsyOrder) copy = osy_order_from_json (node, NULL);
  OsyOrderData *data = (OsyOrderData *)osy_order_data (copy);
  const OsyStateRow *row = osy_order_find_step (data, act);

  if (row == NULL)
    return NULL;
  g_free (data->status);
  data->status = g_strdup (row->to);
  data->version++;
  set_times (data, act);
  return g_steal_pointer (&copy);
}

static OsyOrder *
carry_out (FakeDaemon *self, const char *id, const char *act)
{
  OsyOrder *after = step (g_hash_table_lookup (self->orders, id), act);
  g_autofree char *type = g_strconcat ("order.", act, NULL);

  if (after == NULL)
    return NULL;
  g_hash_table_replace (self->orders, g_strdup (id), after);
  fake_daemon_publish (self, after, type);
  return after;
}

static gboolean
version_fits (Visit *visit, OsyOrder *order)
{
  const char *if_match = header (visit, "If-Match");
  g_autofree char *etag =
      g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", osy_order_data (order)->version);

  g_free (visit->daemon->last_if_match);
  visit->daemon->last_if_match = g_strdup (if_match);
  return if_match == NULL || g_str_equal (if_match, etag);
}

static void
act (Visit *visit, const char *id, const char *verb)
{
  FakeDaemon *self = visit->daemon;
  OsyOrder *order = g_hash_table_lookup (self->orders, id);
  g_autoptr (JsonNode) body = read_body (visit, "");
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  self->act_requests++;
  if (body == NULL || header (visit, "Idempotency-Key") == NULL) {
    fault (visit, "body or key");
    return;
  }
  if (order == NULL || !version_fits (visit, order) || self->conflict_acts > 0) {
    self->conflict_acts -= self->conflict_acts > 0;
    reply_error (visit, order == NULL ? OSY_ERROR_NOT_FOUND : OSY_ERROR_VERSION_CONFLICT);
    return;
  }
  order = self->reason == NULL ? carry_out (self, id, verb) : NULL;
  if (order == NULL) {
    reply_error (visit, OSY_ERROR_STATE_CONFLICT);
    return;
  }
  self->acts++;
  node = osy_order_to_json (order);
  json = osy_json_print (node);
  g_hash_table_replace (self->answers, g_strdup (header (visit, "Idempotency-Key")),
                        g_strdup (json));
  reply (visit, 200, json);
}

/* POST /orders: accepted at once when it says so. */
static void
place (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  const char *key = header (visit, "Idempotency-Key");
  g_autoptr (JsonNode) body = read_body (visit, "restaurant_id,type,channel,items");

  if (body == NULL || key == NULL) {
    fault (visit, "body or key");
    return;
  }
  if (self->menu_changed) {
    reply (visit, 409,
           "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":409,\"code\":\"MENU_CHANGED\","
           "\"detail\":\"x\",\"items\":[{\"index\":0,\"unit_price\":5000}]}");
    return;
  }
  if (self->refuse_place != 0) {
    reply_error (visit, (OsyErrorCode)self->refuse_place);
    return;
  }
  OsyOrder *order = fake_daemon_add_order (self, ++self->placed);
  g_autofree char *id = g_strdup (osy_order_data (order)->id);
  if (json_object_has_member (json_node_get_object (body), "accept"))
    order = carry_out (self, id, "accept");
  g_autoptr (JsonNode) node = osy_order_to_json (order);
  g_hash_table_replace (self->answers, g_strdup (key), osy_json_print (node));
  reply_node (visit, 201, node);
}

static void
timeline (Visit *visit)
{
  reply (visit, 200,
         "{\"steps\":[{\"to_status\":\"PENDING\",\"act\":\"place\",\"actor\":\"guest\","
         "\"at\":\"2026-11-21T03:24:05Z\"},{\"from_status\":\"PENDING\","
         "\"to_status\":\"ACCEPTED\",\"act\":\"accept\",\"actor\":\"김지은\","
         "\"at\":\"2026-11-21T03:25:05Z\"}]}");
}

/* ---- the feed ---- */

static JsonObject *
page_of (FakeDaemon *self, gint64 after, gint64 limit)
{
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  for (gint64 i = MAX (after, self->lost_before); i < self->events->len && limit > 0; i++, limit--)
    json_array_add_element (array, json_node_ref (g_ptr_array_index (self->events, (guint)i)));
  json_object_set_string_member (object, "epoch", self->epoch);
  json_object_set_int_member (object, "head", self->events->len);
  json_object_set_array_member (object, "events", array);
  return object;
}

static void
poll_feed (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  const char *epoch = g_hash_table_lookup (visit->query, "epoch");
  const char *after = g_hash_table_lookup (visit->query, "after");
  const char *limit = g_hash_table_lookup (visit->query, "limit");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gboolean other = epoch != NULL && !g_str_equal (epoch, self->epoch);

  self->polls++;
  json_node_take_object (node, page_of (self, after != NULL ? atoi (after) : 0,
                                        other ? 0 : atoi (limit != NULL ? limit : "100")));
  reply_node (visit, 200, node);
}

void
fake_daemon_say (FakeDaemon *self, const char *text)
{
  if (self->socket != NULL &&
      soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->socket, text);
}

void
fake_daemon_send_event (FakeDaemon *self, gint64 seq)
{
  g_autofree char *event = osy_json_print (g_ptr_array_index (self->events, (guint)seq - 1));
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"event\",\"epoch\":\"%s\",\"event\":%s}", self->epoch, event);

  fake_daemon_say (self, text);
}

static gboolean
beat_cb (gpointer user_data)
{
  FakeDaemon *self = user_data;
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"heartbeat\",\"head\":%u}", self->events->len);

  if (!self->mute)
    fake_daemon_say (self, text);
  return G_SOURCE_CONTINUE;
}

static void
resume (FakeDaemon *self, JsonObject *message)
{
  gint64 seq = json_object_get_int_member (message, "seq");

  for (gint64 i = MAX (seq, self->lost_before); i < self->events->len; i++)
    fake_daemon_send_event (self, i + 1);
}

static void
socket_message_cb (SoupWebsocketConnection *socket, int type, GBytes *bytes, FakeDaemon *self)
{
  g_autoptr (JsonNode) node =
      osy_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  JsonObject *object;

  g_assert_nonnull (node);
  object = json_node_get_object (node);
  g_ptr_array_add (self->socket_messages, osy_json_print (node));
  if (g_str_equal (json_object_get_string_member (object, "type"), "resume"))
    resume (self, object);
}

static void
socket_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *socket,
           gpointer user_data)
{
  FakeDaemon *self = user_data;
  g_autofree char *hello = g_strdup_printf ("{\"type\":\"hello\",\"epoch\":\"%s\",\"head\":%u}",
                                            self->epoch, self->events->len);

  g_set_object (&self->socket, socket);
  g_signal_connect (socket, "message", G_CALLBACK (socket_message_cb), self);
  if (!self->mute)
    fake_daemon_say (self, hello);
}

/* Runs before the handshake: the token is checked as the real daemon does. */
static void
socket_early_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  FakeDaemon *self = user_data;
  Visit visit = {self, message, path, query};

  self->handshakes++;
  if (self->refuse_sockets)
    reply_error (&visit, OSY_ERROR_UNAVAILABLE);
  else if (!is_authorized (&visit))
    reply_error (&visit, OSY_ERROR_UNAUTHENTICATED);
}

void
fake_daemon_close_socket (FakeDaemon *self, gushort code)
{
  if (self->socket != NULL)
    soup_websocket_connection_close (self->socket, code, NULL);
}

gboolean
fake_daemon_heard (FakeDaemon *self, const char *part)
{
  for (guint i = 0; i < self->socket_messages->len; i++)
    if (strstr (g_ptr_array_index (self->socket_messages, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static void
unmask (Visit *visit)
{
  g_autoptr (JsonNode) body = read_body (visit, "reason");

  if (body == NULL)
    fault (visit, "no reason to show a guest");
  else if (visit->daemon->may_unmask)
    reply (visit, 200, "{\"name\":\"박선호\",\"phone\":\"010-1234-5678\"}");
  else
    reply_error (visit, OSY_ERROR_INSUFFICIENT_PERMISSION);
}

/* ---- the door ---- */

static void
order_visit (Visit *visit, const char *order_id, const char *what)
{
  if (g_str_equal (what, "timeline"))
    timeline (visit);
  else if (g_str_equal (what, "unmask"))
    unmask (visit);
  else if (is_post (visit))
    act (visit, order_id, what);
  else
    fault (visit, "no such path");
}

static void
spreadsheet (Visit *visit)
{
  soup_server_message_set_status (visit->message, 200, NULL);
  soup_server_message_set_response (
      visit->message, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      SOUP_MEMORY_STATIC, "PK\0\xff", 4);
}

static void
staff_visit (Visit *visit)
{
  const char *path = visit->path;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);

  if (!is_authorized (visit))
    reply_error (visit, OSY_ERROR_UNAUTHENTICATED);
  else if (g_str_equal (path, "/api/v1/auth/me"))
    me (visit);
  else if (g_str_equal (path, ME "analytics/xlsx"))
    spreadsheet (visit);
  else if (g_str_equal (path, ME "feed"))
    poll_feed (visit);
  else if (g_str_equal (path, ME "orders"))
    list_orders (visit);
  else if (g_str_equal (path, "/api/v1/orders") && is_post (visit))
    place (visit);
  else if (g_str_has_prefix (path, "/api/v1/orders/") && n == 5)
    get_order (visit, parts[4]);
  else if (g_str_has_prefix (path, ME "orders/") && n == 8)
    order_visit (visit, parts[6], parts[7]);
  else
    fault (visit, "no such path");
}

static void
answer (Visit *visit)
{
  FakeDaemon *self = visit->daemon;
  const char *key = header (visit, "Idempotency-Key");
  const char *known = key != NULL ? g_hash_table_lookup (self->answers, key) : NULL;

  if (known != NULL)
    reply (visit, 200, known);
  else if (g_str_equal (visit->path, "/ready"))
    reply (visit, 200, "{\"status\":\"ready\"}");
  else if (g_str_equal (visit->path, "/api/v1/auth/login"))
    login (visit);
  else if (g_str_equal (visit->path, "/api/v1/auth/refresh"))
    refresh (visit);
  else if (g_str_equal (visit->path, "/api/v1/auth/logout"))
    logout (visit);
  else if (g_str_equal (visit->path, "/api/v1/setup"))
    setup (visit);
  else
    staff_visit (visit);
}

static void
visit_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  FakeDaemon *self = user_data;
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  Visit visit = {self, message, path, query != NULL ? query : none};

  if (g_str_equal (path, "/elsewhere")) {
    self->redirected++;
    reply (&visit, 200, "{}");
    return;
  }
  if (self->redirect) {
    soup_server_message_set_redirect (message, 302, "/elsewhere");
    return;
  }
  if (self->refuse_requests > 0) {
    self->refuse_requests--;
    reply_error (&visit, OSY_ERROR_UNAVAILABLE);
    return;
  }
  answer (&visit);
  if (self->break_json)
    reply (&visit, 200, "{\"a\":1,\"a\":2}");
  if (self->lose_answers > 0) {
    self->lose_answers--;
    cut (message);
  }
}

/* ---- orders from elsewhere ---- */

OsyOrder *
fake_daemon_add_order (FakeDaemon *self, gint64 number)
{
  OsyOrderData *data = osy_order_data_new ();
  OsyOrderLine *line = osy_order_line_new ();
  OsyOrder *order;

  line->line_id = osy_id_new ();
  line->menu_item_id = osy_id_new ();
  line->name = g_strdup ("김밥");
  line->quantity = 1;
  line->unit_price = 3500;
  line->amount = 3500;
  g_ptr_array_add (data->lines, line);
  data->id = osy_id_new ();
  data->number = number;
  data->status = g_strdup ("PENDING");
  data->type = g_strdup ("TAKEOUT");
  data->channel = g_strdup ("QR");
  data->total_amount = 3500;
  data->business_day = g_strdup ("2026-11-21");
  data->version = 1;
  data->created_at = osy_clock_now ();
  order = osy_order_new (data);
  g_hash_table_replace (self->orders, g_strdup (data->id), order);
  return order;
}

OsyOrder *
fake_daemon_order (FakeDaemon *self, const char *id)
{
  return g_hash_table_lookup (self->orders, id);
}

void
fake_daemon_act (FakeDaemon *self, const char *id, const char *verb)
{
  g_assert_nonnull (carry_out (self, id, verb));
}

void
fake_daemon_publish (FakeDaemon *self, OsyOrder *order, const char *type)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *event_id = osy_id_new ();
  gint64 seq = self->events->len + 1;

  json_object_set_int_member (object, "seq", seq);
  json_object_set_string_member (object, "event_id", event_id);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "aggregate_type", "order");
  json_object_set_string_member (object, "aggregate_id", osy_order_data (order)->id);
  json_object_set_member (object, "order", osy_order_to_json (order));
  json_node_take_object (node, object);
  g_ptr_array_add (self->events, node);
  if (seq != self->hide_seq)
    fake_daemon_send_event (self, seq);
}

void
fake_daemon_new_epoch (FakeDaemon *self)
{
  g_autofree char *hello = NULL;

  g_free (self->epoch);
  self->epoch = osy_id_new ();
  g_ptr_array_set_size (self->events, 0);
  hello = g_strdup_printf ("{\"type\":\"hello\",\"epoch\":\"%s\",\"head\":0}", self->epoch);
  fake_daemon_say (self, hello);
}

FakeDaemon *
fake_daemon_new (void)
{
  FakeDaemon *self = g_new0 (FakeDaemon, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  self->socket_messages = g_ptr_array_new_with_free_func (g_free);
  self->epoch = osy_id_new ();
  self->access_token = osy_random_token (9);
  self->refresh_token = osy_random_token (9);
  self->expires_in = 900;
  self->page_size = 100;
  soup_server_add_handler (self->server, NULL, visit_cb, self, NULL);
  soup_server_add_early_handler (self->server, "/ws/restaurants/me/feed", socket_early_cb, self,
                                 NULL);
  soup_server_add_websocket_handler (self->server, "/ws/restaurants/me/feed", NULL, NULL, socket_cb,
                                     self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base_url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  self->beat_id = g_timeout_add (BEAT_MS, beat_cb, self);
  return self;
}

void
fake_daemon_free (FakeDaemon *self)
{
  g_source_remove (self->beat_id);
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->socket_messages);
  g_free (self->base_url);
  g_free (self->epoch);
  g_free (self->access_token);
  g_free (self->refresh_token);
  g_free (self->used_token);
  g_free (self->last_if_match);
  g_free (self->last_body);
  g_free (self->last_query);
  g_free (self);
}
