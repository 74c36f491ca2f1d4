/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "toss": a strict Toss Payments on one address: its API under /v1, its browser scripts, a window
 * for guests, and under /sim what tests switch and ask. */

#include "osy-sim-toss.h"

#include <glib-unix.h>

#include "osy-json.h"
#include "osy-sim-command.h"
#include "osy-sim-listen.h"

#define TICK_MS 20

typedef struct {
  char *listen;
  char *public_url;
  char *journal;
  char *webhook;
  double speed;
} Options;

static void
changed_cb (OsySimTossPayment *payment, gpointer user_data)
{
  OsySimToss *self = user_data;

  osy_sim_toss_hooks_tell (self->hooks, payment);
}

static gboolean
tick_cb (gpointer user_data)
{
  OsySimToss *self = user_data;

  osy_sim_toss_bank_age (self->bank);
  osy_sim_toss_hooks_tick (self->hooks);
  osy_sim_toss_door_tick (self);
  return G_SOURCE_CONTINUE;
}

/* The script of version 1 has the name that the API's paths begin with. */
static void
v1_cb (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  if (g_str_equal (path, "/v1"))
    osy_sim_toss_shim_cb (server, message, path, query, user_data);
  else
    osy_sim_toss_door_cb (server, message, path, query, user_data);
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
say_ready (const OsySimToss *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  json_object_set_string_member (object, "event", "ready");
  json_object_set_string_member (object, "url", self->bank->public_url);
  g_autofree char *text = osy_json_print (node);
  g_print ("%s\n", text);
}

static int
serve (const Options *options, FILE *journal)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "toss", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  OsySimToss self = {.bank = osy_sim_toss_bank_new (options->public_url),
                     .faults = osy_sim_toss_faults_new ()};
  gboolean listens = osy_sim_listen (server, options->listen, &error);

  self.hooks = osy_sim_toss_hooks_new (self.bank, self.faults);
  self.bank->journal = journal;
  self.bank->changed = changed_cb;
  self.bank->user_data = &self;
  osy_sim_toss_door_init (&self);
  osy_sim_toss_hooks_set (self.hooks, options->webhook, options->speed);
  soup_server_add_handler (server, "/v1", v1_cb, &self, NULL);
  soup_server_add_handler (server, "/v2", osy_sim_toss_shim_cb, &self, NULL);
  soup_server_add_handler (server, "/sim", osy_sim_toss_control_cb, &self, NULL);
  soup_server_add_handler (server, "/sim/window", osy_sim_toss_window_cb, &self, NULL);
  guint tick = g_timeout_add (TICK_MS, tick_cb, &self);
  guint stops[] = {g_unix_signal_add (SIGINT, stop_cb, loop),
                   g_unix_signal_add (SIGTERM, stop_cb, loop)};
  if (listens) {
    say_ready (&self);
    g_main_loop_run (loop);
  } else {
    g_printerr ("ordersync-sim: %s\n", error->message);
  }
  g_source_remove (tick);
  g_source_remove (stops[0]);
  g_source_remove (stops[1]);
  soup_server_disconnect (server);
  osy_sim_toss_hooks_free (self.hooks);
  osy_sim_toss_door_clear (&self);
  osy_sim_toss_faults_free (self.faults);
  osy_sim_toss_bank_free (self.bank);
  g_strfreev (self.keys);
  return listens ? 0 : 2;
}

static int
open_and_serve (Options *options)
{
  FILE *journal = options->journal != NULL ? fopen (options->journal, "a") : NULL;

  if (options->journal != NULL && journal == NULL) {
    g_printerr ("ordersync-sim: %s cannot be written.\n", options->journal);
    return 2;
  }
  if (options->public_url == NULL)
    options->public_url = g_strconcat ("http://", options->listen, NULL);
  int code = serve (options, journal);
  if (journal != NULL)
    fclose (journal);
  return code;
}

int
osy_sim_toss (int argc, char **argv)
{
  Options options = {.speed = 1};
  const GOptionEntry entries[] = {
      {"listen", 0, 0, G_OPTION_ARG_STRING, &options.listen, "Where to listen", "HOST:PORT"},
      {"public-url", 0, 0, G_OPTION_ARG_STRING, &options.public_url,
       "What browsers call it; http://HOST:PORT", "URL"},
      {"journal", 0, 0, G_OPTION_ARG_FILENAME, &options.journal,
       "Where every call and won is noted", "FILE"},
      {"webhook", 0, 0, G_OPTION_ARG_STRING, &options.webhook, "Where webhooks go", "URL"},
      {"webhook-speed", 0, 0, G_OPTION_ARG_DOUBLE, &options.speed,
       "How many times faster than life they are sent again", "N"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int code = 2;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && options.listen != NULL &&
      options.speed >= 1)
    code = open_and_serve (&options);
  else
    g_printerr ("ordersync-sim: %s\n",
                error != NULL ? error->message : "Say where to --listen; speed is at least 1.");
  g_free (options.listen);
  g_free (options.public_url);
  g_free (options.journal);
  g_free (options.webhook);
  return code;
}
