/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "messages": everything that alerts are sent to, on one address, told apart by path. What is
 * accepted is kept for GET /sim/state; POST /sim/faults makes a service fail. */

#include "osy-sim-message.h"

#include <glib-unix.h>
#include <string.h>

#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-command.h"
#include "osy-sim-listen.h"

OsySimAnswer
osy_sim_message_json (guint status, JsonObject *object)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  return (OsySimAnswer){status, "application/json", osy_json_print (node)};
}

void
osy_sim_message_violate (OsySimMessages *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->violations, g_strdup_vprintf (format, args));
  va_end (args);
}

void
osy_sim_message_take (OsySimMessages *self, const char *service, JsonObject *object)
{
  json_object_set_string_member (object, "service", service);
  g_ptr_array_add (self->taken, object);
}

gboolean
osy_sim_message_only (OsySimMessages *self, JsonObject *object, const char *known)
{
  g_auto (GStrv) words = g_strsplit (known, " ", -1);
  g_autoptr (GList) names = json_object_get_members (object);
  gboolean only = TRUE;

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains ((const char *const *)words, l->data)) {
      osy_sim_message_violate (self, "no member %s", (char *)l->data);
      only = FALSE;
    }
  return only;
}

JsonObject *
osy_sim_message_object (JsonObject *parent, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
parse (GBytes *body)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) node = length > 0 ? osy_json_parse (text, length, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

JsonNode *
osy_sim_message_body (const OsySimCall *call)
{
  const char *type = soup_message_headers_get_content_type (call->headers, NULL);

  return g_strcmp0 (type, "application/json") == 0 ? parse (call->body) : NULL;
}

/* ---- what tests ask ---- */

static OsySimAnswer
tell_state (OsySimMessages *self, const OsySimCall *call)
{
  JsonObject *state = json_object_new ();
  JsonObject *requests = json_object_new ();
  JsonArray *taken = json_array_new ();
  JsonArray *violations = json_array_new ();
  GHashTableIter iter;
  gpointer name, count;

  for (guint i = 0; i < self->taken->len; i++)
    json_array_add_object_element (taken, json_object_ref (self->taken->pdata[i]));
  for (guint i = 0; i < self->violations->len; i++)
    json_array_add_string_element (violations, self->violations->pdata[i]);
  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, &name, &count))
    json_object_set_int_member (requests, name, GPOINTER_TO_INT (count));
  json_object_set_array_member (state, "taken", taken);
  json_object_set_array_member (state, "violations", violations);
  json_object_set_object_member (state, "requests", requests);
  return osy_sim_message_json (200, state);
}

/* {"service", "kind": "drop-before|drop-after|hold|status:503", "times"} */
static OsySimAnswer
set_fault (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (JsonNode) node = parse (call->body);
  JsonObject *wish = node != NULL ? json_node_get_object (node) : NULL;

  if (wish != NULL) {
    g_free (self->fault_service);
    g_free (self->fault);
    self->fault_service = g_strdup (osy_rest_text (wish, "service", ""));
    self->fault = g_strdup (osy_rest_text (wish, "kind", ""));
    self->faults_left = osy_rest_int (wish, "times", 1);
  }
  return osy_sim_message_json (200, json_object_new ());
}

static OsySimAnswer
add_secret (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (JsonNode) node = parse (call->body);

  if (node != NULL)
    g_ptr_array_add (self->secrets,
                     g_strdup (osy_rest_text (json_node_get_object (node), "secret", "")));
  return osy_sim_message_json (200, json_object_new ());
}

/* ---- the door ---- */

static const struct Route {
  const char *method;
  const char *pattern;
  const char *service; /* NULL: a switch */
  OsySimAnswer (*run) (OsySimMessages *self, const OsySimCall *call);
} routes[] = {
    {"POST", "\\A/services/.+\\z", "slack", osy_sim_slack},
    {"POST", "\\A/v2/enqueue\\z", "pagerduty", osy_sim_pagerduty},
    {"POST", "\\A/v3/mail/send\\z", "sendgrid", osy_sim_sendgrid},
    {"POST", "\\A/send/\\z", "aligo", osy_sim_aligo_send},
    {"POST", "\\A/list/\\z", "aligo-list", osy_sim_aligo_list},
    {"POST", "\\A/akv10/alimtalk/send/\\z", "alimtalk", osy_sim_alimtalk_send},
    {"GET", "\\A/sim/state\\z", NULL, tell_state},
    {"POST", "\\A/sim/faults\\z", NULL, set_fault},
    {"POST", "\\A/sim/secrets\\z", NULL, add_secret},
};

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
reply (SoupServerMessage *message, OsySimAnswer answer)
{
  soup_server_message_set_status (message, answer.status, NULL);
  soup_server_message_set_response (message, answer.type, SOUP_MEMORY_TAKE, answer.text,
                                    strlen (answer.text));
}

/* (nullable): the fault that strikes this call. */
static const char *
strike (OsySimMessages *self, const struct Route *route)
{
  if (route->service == NULL)
    return NULL;
  int count = GPOINTER_TO_INT (g_hash_table_lookup (self->requests, route->service)) + 1;
  g_hash_table_insert (self->requests, (gpointer)route->service, GINT_TO_POINTER (count));
  if (self->faults_left == 0 || g_strcmp0 (self->fault_service, route->service) != 0)
    return NULL;
  self->faults_left--;
  return self->fault;
}

static void
serve (OsySimMessages *self,
       SoupServerMessage *message,
       const struct Route *route,
       const char *path)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  const OsySimCall call = {soup_server_message_get_request_headers (message), path, body};
  const char *fault = strike (self, route);

  if (g_strcmp0 (fault, "drop-before") == 0) {
    drop (message);
  } else if (g_strcmp0 (fault, "hold") == 0) {
    soup_server_message_pause (message);
  } else if (fault != NULL && g_str_has_prefix (fault, "status:")) {
    guint status = (guint)g_ascii_strtoull (fault + 7, NULL, 10);
    reply (message, osy_sim_message_json (status, json_object_new ()));
  } else {
    OsySimAnswer answer = route->run (self, &call);
    if (fault != NULL) {
      g_free (answer.text);
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
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, soup_server_message_get_method (message)) &&
        g_regex_match_simple (routes[i].pattern, path, 0, 0)) {
      serve (user_data, message, &routes[i], path);
      return;
    }
  reply (message, osy_sim_message_json (404, json_object_new ()));
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_and_run (OsySimMessages *self, const char *address, GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "messages", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  if (!osy_sim_listen (server, address, error))
    return FALSE;
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_print ("{\"event\":\"ready\"}\n");
  g_main_loop_run (loop);
  soup_server_disconnect (server);
  return TRUE;
}

int
osy_sim_message (int argc, char **argv)
{
  g_autofree char *address = NULL;
  const GOptionEntry entries[] = {
      {"listen", 0, 0, G_OPTION_ARG_STRING, &address, "Where to listen", "HOST:PORT"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  OsySimMessages self = {.taken =
                             g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref),
                         .violations = g_ptr_array_new_with_free_func (g_free),
                         .secrets = g_ptr_array_new_with_free_func (g_free),
                         .requests = g_hash_table_new (g_str_hash, g_str_equal)};
  gboolean done = FALSE;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && address != NULL)
    done = listen_and_run (&self, address, &error);
  if (!done)
    g_printerr ("ordersync-sim: %s\n", error != NULL ? error->message : "Say where to --listen.");
  g_ptr_array_unref (self.taken);
  g_ptr_array_unref (self.violations);
  g_ptr_array_unref (self.secrets);
  g_hash_table_unref (self.requests);
  g_free (self.fault_service);
  g_free (self.fault);
  return done ? 0 : 2;
}
