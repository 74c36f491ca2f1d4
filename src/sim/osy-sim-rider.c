/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "rider": Kakao Mobility's quick and walking service on one address. Signatures are checked, an
 * order's id is taken once, and riders move on by --pace or by POST /sim/status. */

#include <glib-unix.h>
#include <libsoup/soup.h>
#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-command.h"
#include "osy-sim-listen.h"

#define BASE "/goa-sandbox-service/api"
#define CLOCK_LEEWAY_MS (5 * 60 * 1000)

/* How a journey goes on by itself; the words of the service. */
static const char *const steps[] = {"MATCHING", "MATCHED", "PICKUP_COMPLETED", "DROPOFF_COMPLETED",
                                    NULL};
static const char *const ends[] = {"DROPOFF_COMPLETED", "CANCELED", "ABORTED", NULL};

/** One order that it was given. */
typedef struct {
  char *id;
  char *status;
  gint64 since; /* monotonic, of the status */
  gint64 price;
} Journey;

typedef struct {
  char *listen;
  char *key;
  char *vendor;
  double pace; /* seconds a step; 0: only when told */
  GHashTable *journeys;
  GHashTable *nonces;
  GPtrArray *violations;
  guint created, canceled;
  char *fault_op; /* nullable */
  char *fault;
  gint64 faults_left;
} Riders;

/** What is answered. */
typedef struct {
  guint status;
  JsonObject *body; /* (transfer full) */
} Answer;

static void
journey_free (gpointer data)
{
  Journey *journey = data;

  g_free (journey->id);
  g_free (journey->status);
  g_free (journey);
}

static Answer
refuse (guint status, const char *code, const char *message)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "code", code);
  json_object_set_string_member (body, "message", message);
  return (Answer){status, body};
}

/* ---- who calls ---- */

/* Authorization is base64 of "ts$$nonce$$sign"; sign is SHA-512 of ts, nonce and key in one. */
static gboolean
is_signed (Riders *self, SoupMessageHeaders *headers)
{
  const char *vendor = soup_message_headers_get_one (headers, "vendor");
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  gsize length = 0;
  gint64 ts = 0;

  if (g_strcmp0 (vendor, self->vendor) != 0 || header == NULL)
    return FALSE;
  g_autofree guchar *raw = g_base64_decode (header, &length);
  g_autofree char *plain = g_strndup ((const char *)raw, length);
  g_auto (GStrv) parts = g_strsplit (plain, "$$", -1);
  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, &ts, NULL) ||
      ABS (ts - osy_clock_now () / 1000) > CLOCK_LEEWAY_MS)
    return FALSE;
  g_autofree char *joined = g_strconcat (parts[0], parts[1], self->key, NULL);
  g_autofree char *sign = g_compute_checksum_for_string (G_CHECKSUM_SHA512, joined, -1);
  g_autofree char *once = g_strconcat (parts[0], " ", parts[1], NULL);
  return g_str_equal (sign, parts[2]) && g_hash_table_add (self->nonces, g_steal_pointer (&once));
}

/* ---- what is asked ---- */

static JsonObject *
object_of (JsonObject *parent, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
judge (Riders *self, JsonObject *object, const char *known)
{
  g_auto (GStrv) words = g_strsplit (known, " ", -1);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains ((const char *const *)words, l->data))
      g_ptr_array_add (self->violations, g_strdup_printf ("no member %s", (char *)l->data));
}

static gboolean
is_end (Riders *self, JsonObject *order, const char *name)
{
  JsonObject *end = object_of (order, name);
  JsonObject *location = end != NULL ? object_of (end, "location") : NULL;
  JsonObject *contact = end != NULL ? object_of (end, "contact") : NULL;

  if (location == NULL || contact == NULL)
    return FALSE;
  judge (self, location, "basicAddress detailAddress latitude longitude");
  judge (self, contact, "name phone");
  return *osy_rest_text (location, "basicAddress", "") != '\0' &&
         *osy_rest_text (contact, "name", "") != '\0' &&
         g_regex_match_simple ("\\A0[0-9-]{8,12}\\z", osy_rest_text (contact, "phone", ""), 0, 0);
}

static gboolean
is_goods (Riders *self, JsonObject *order)
{
  JsonObject *info = object_of (order, "productInfo");
  JsonNode *products = info != NULL ? json_object_get_member (info, "products") : NULL;
  gboolean good = products != NULL && JSON_NODE_HOLDS_ARRAY (products) &&
                  json_array_get_length (json_node_get_array (products)) > 0;

  if (!good)
    return FALSE;
  judge (self, info, "trayCount size totalPrice products");
  JsonArray *list = json_node_get_array (products);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *product = json_array_get_object_element (list, i);
    judge (self, product, "name quantity price detail");
    good &=
        *osy_rest_text (product, "name", "") != '\0' && osy_rest_int (product, "quantity", 0) > 0;
  }
  return good && g_regex_match_simple ("\\A(XS|S|M|L)\\z", osy_rest_text (info, "size", ""), 0, 0);
}

static gint64
price_of (JsonObject *order)
{
  return g_str_equal (osy_rest_text (order, "orderType", ""), "DOBO") ? 4000 : 7500;
}

static Answer
create (Riders *self, const char *id, JsonObject *order)
{
  const char *type = osy_rest_text (order, "orderType", "");
  const char *name = osy_rest_text (order, "partnerOrderId", "");

  judge (self, order, "partnerOrderId orderType pickup dropoff productInfo");
  if (*name == '\0' || !is_end (self, order, "pickup") || !is_end (self, order, "dropoff") ||
      !is_goods (self, order) ||
      !g_regex_match_simple ("\\A(QUICK|QUICK_ECONOMY|QUICK_EXPRESS|DOBO)\\z", type, 0, 0))
    return refuse (400, "INVALID_PARAMETER", "잘못된 요청입니다.");
  if (g_hash_table_contains (self->journeys, name))
    return refuse (409, "DUPLICATED_ORDER", "이미 접수된 주문입니다.");
  Journey *journey = g_new0 (Journey, 1);
  journey->id = g_strdup (name);
  journey->status = g_strdup (steps[0]);
  journey->since = g_get_monotonic_time ();
  journey->price = price_of (order);
  g_hash_table_insert (self->journeys, journey->id, journey);
  self->created++;
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "partnerOrderId", name);
  json_object_set_int_member (body, "totalPrice", journey->price);
  return (Answer){200, body};
}

static Answer
price (Riders *self, const char *id, JsonObject *order)
{
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "totalPrice", price_of (order));
  return (Answer){200, body};
}

static JsonObject *
picker_of (const Journey *journey)
{
  JsonObject *picker = json_object_new ();

  json_object_set_string_member (picker, "name", "박기사");
  json_object_set_string_member (picker, "phone", "050712345678");
  return picker;
}

static Answer
find (Riders *self, const char *id, JsonObject *wish)
{
  Journey *journey = g_hash_table_lookup (self->journeys, id);
  JsonObject *receipt = json_object_new ();
  JsonObject *body = json_object_new ();

  if (journey == NULL) {
    json_object_unref (receipt);
    json_object_unref (body);
    return refuse (404, "NOT_FOUND_ORDER", "주문을 찾을 수 없습니다.");
  }
  json_object_set_string_member (receipt, "status", journey->status);
  json_object_set_string_member (body, "partnerOrderId", id);
  json_object_set_object_member (body, "receipt", receipt);
  json_object_set_int_member (body, "totalPrice", journey->price);
  if (g_str_equal (journey->status, steps[0]))
    json_object_set_null_member (body, "picker");
  else
    json_object_set_object_member (body, "picker", picker_of (journey));
  return (Answer){200, body};
}

static void
move (Journey *journey, const char *status)
{
  g_free (journey->status);
  journey->status = g_strdup (status);
  journey->since = g_get_monotonic_time ();
}

static Answer
cancel (Riders *self, const char *id, JsonObject *wish)
{
  Journey *journey = g_hash_table_lookup (self->journeys, id);

  if (journey == NULL)
    return refuse (404, "NOT_FOUND_ORDER", "주문을 찾을 수 없습니다.");
  if (!g_str_equal (journey->status, steps[0]) && !g_str_equal (journey->status, steps[1]) &&
      !g_str_equal (journey->status, "CANCELED"))
    return refuse (409, "NOT_CANCELABLE", "이미 픽업한 주문은 취소할 수 없습니다.");
  self->canceled += g_str_equal (journey->status, "CANCELED") ? 0 : 1;
  move (journey, "CANCELED");
  return find (self, id, wish);
}

/* ---- what tests ask ---- */

static Answer
set_status (Riders *self, const char *id, JsonObject *wish)
{
  Journey *journey =
      g_hash_table_lookup (self->journeys, osy_rest_text (wish, "partnerOrderId", ""));

  if (journey == NULL)
    return refuse (404, "NOT_FOUND_ORDER", "There is no such order.");
  move (journey, osy_rest_text (wish, "status", steps[1]));
  return (Answer){200, json_object_new ()};
}

/* {"op": "create|find|cancel|price", "kind": "drop-before|drop-after|error|hold", "times"} */
static Answer
set_fault (Riders *self, const char *id, JsonObject *wish)
{
  g_free (self->fault_op);
  g_free (self->fault);
  self->fault_op = g_strdup (osy_rest_text (wish, "op", ""));
  self->fault = g_strdup (osy_rest_text (wish, "kind", ""));
  self->faults_left = osy_rest_int (wish, "times", 1);
  return (Answer){200, json_object_new ()};
}

static Answer
tell_state (Riders *self, const char *id, JsonObject *wish)
{
  JsonObject *body = json_object_new ();
  JsonObject *orders = json_object_new ();
  JsonArray *violations = json_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->journeys);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Journey *journey = value;
    json_object_set_string_member (orders, journey->id, journey->status);
  }
  for (guint i = 0; i < self->violations->len; i++)
    json_array_add_string_element (violations, self->violations->pdata[i]);
  json_object_set_object_member (body, "orders", orders);
  json_object_set_int_member (body, "created", self->created);
  json_object_set_int_member (body, "canceled", self->canceled);
  json_object_set_array_member (body, "violations", violations);
  return (Answer){200, body};
}

/* ---- the door ---- */

static const struct Route {
  const char *method;
  const char *pattern; /* its group is the order's id */
  const char *op;      /* NULL: a switch, for which nobody signs */
  Answer (*run) (Riders *self, const char *id, JsonObject *wish);
} routes[] = {
    {"POST", "\\A" BASE "/v2/orders\\z", "create", create},
    {"POST", "\\A" BASE "/v2/orders/price\\z", "price", price},
    {"GET", "\\A" BASE "/v2/orders/([^/]+)\\z", "find", find},
    {"PATCH", "\\A" BASE "/v1/orders/([^/]+)/cancel\\z", "cancel", cancel},
    {"POST", "\\A/sim/status\\z", NULL, set_status},
    {"POST", "\\A/sim/faults\\z", NULL, set_fault},
    {"GET", "\\A/sim/state\\z", NULL, tell_state},
};

static gboolean
strikes (Riders *self, const struct Route *route, const char *kind)
{
  if (self->faults_left == 0 || g_strcmp0 (self->fault_op, route->op) != 0 ||
      !g_str_has_prefix (self->fault, kind))
    return FALSE;
  self->faults_left--;
  return TRUE;
}

static gboolean
drop_cb (gpointer user_data)
{
  g_autoptr (SoupServerMessage) message = user_data;
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
drop (SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_idle_add (drop_cb, g_object_ref (message));
}

static void
reply (SoupServerMessage *message, Answer answer)
{
  g_autoptr (JsonNode) node = osy_json_take_object (answer.body);
  char *text = osy_json_print (node);

  soup_server_message_set_status (message, answer.status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}

static JsonObject *
wish_of (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = length > 0 ? osy_json_parse (text, length, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

static void
serve (Riders *self, SoupServerMessage *message, const struct Route *route, const char *id)
{
  g_autoptr (JsonObject) wish = wish_of (message);

  if (route->op != NULL && !is_signed (self, soup_server_message_get_request_headers (message))) {
    reply (message, refuse (401, "UNAUTHORIZED", "인증에 실패했습니다."));
  } else if (strikes (self, route, "drop-before")) {
    drop (message);
  } else if (strikes (self, route, "hold")) {
    soup_server_message_pause (message);
  } else if (strikes (self, route, "error")) {
    reply (message, refuse (500, "INTERNAL_ERROR", "일시적인 오류가 발생했습니다."));
  } else {
    Answer answer = route->run (self, id, wish);
    if (strikes (self, route, "drop-after")) {
      json_object_unref (answer.body);
      drop (message);
    } else {
      reply (message, answer);
    }
  }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++) {
    g_autoptr (GRegex) regex = g_regex_new (routes[i].pattern, 0, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;
    if (!g_str_equal (routes[i].method, soup_server_message_get_method (message)) ||
        !g_regex_match (regex, path, 0, &match))
      continue;
    g_autofree char *id = g_match_info_fetch (match, 1);
    serve (user_data, message, &routes[i], id);
    return;
  }
  reply (message, refuse (404, "NOT_FOUND", "There is no such call."));
}

static gboolean
tick_cb (gpointer user_data)
{
  Riders *self = user_data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->journeys);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Journey *journey = value;
    if (g_strv_contains (ends, journey->status) ||
        g_get_monotonic_time () - journey->since < (gint64)(self->pace * G_USEC_PER_SEC))
      continue;
    for (gsize i = 0; steps[i + 1] != NULL; i++)
      if (g_str_equal (steps[i], journey->status)) {
        move (journey, steps[i + 1]);
        break;
      }
  }
  return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_and_run (Riders *self, GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "rider", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  if (!osy_sim_listen (server, self->listen, error))
    return FALSE;
  if (self->pace > 0)
    g_timeout_add (50, tick_cb, self);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_print ("{\"event\":\"ready\"}\n");
  g_main_loop_run (loop);
  soup_server_disconnect (server);
  return TRUE;
}

int
osy_sim_rider (int argc, char **argv)
{
  Riders self = {.pace = 0};
  const GOptionEntry entries[] = {
      {"listen", 0, 0, G_OPTION_ARG_STRING, &self.listen, "Where to listen", "HOST:PORT"},
      {"vendor", 0, 0, G_OPTION_ARG_STRING, &self.vendor, "The only one it knows; SIMULATED",
       "NAME"},
      {"key", 0, 0, G_OPTION_ARG_STRING, &self.key, "Its key; simulated-key", "KEY"},
      {"pace", 0, 0, G_OPTION_ARG_DOUBLE, &self.pace, "Seconds from step to step; 0: when told",
       "S"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_option_context_add_main_entries (context, entries, NULL);
  self.journeys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, journey_free);
  self.nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.violations = g_ptr_array_new_with_free_func (g_free);
  if (g_option_context_parse (context, &argc, &argv, &error) && self.listen != NULL) {
    self.vendor = self.vendor != NULL ? self.vendor : g_strdup ("SIMULATED");
    self.key = self.key != NULL ? self.key : g_strdup ("simulated-key");
    done = listen_and_run (&self, &error);
  }
  if (!done)
    g_printerr ("ordersync-sim: %s\n", error != NULL ? error->message : "Say where to --listen.");
  g_hash_table_unref (self.journeys);
  g_hash_table_unref (self.nonces);
  g_ptr_array_unref (self.violations);
  char *const texts[] = {self.listen, self.vendor, self.key, self.fault_op, self.fault};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  return done ? 0 : 2;
}
