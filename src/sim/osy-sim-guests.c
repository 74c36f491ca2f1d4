/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "guests": signs in, follows the feed, lets guests come by the rhythm of lunch, and tells at the
 * end what was acknowledged beside what the feed told of it. */

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-command.h"
#include "osy-sim-crew.h"
#include "osy-sim-guest.h"
#include "osy-sim-rhythm.h"
#include "osy-sim-staff.h"
#include "osy-sim-tables.h"

/* The last guest has come: so many minutes, of theirs, the shop has to make, serve and settle. */
#define CLOSING_MINUTES 40
/* After that: so long may calls and the feed take. */
#define END_WAIT_US (30 * G_TIME_SPAN_SECOND)
#define LOOK_MS 20

typedef struct {
  char *server;
  char *data_file;
  char *email;
  char *toss;
  gboolean password_stdin;
  double speed;
  double minutes;
  double from;
  gboolean no_staff;
  gint64 seed;
} Options;

typedef struct {
  const Options *options;
  OsySimWorld *world;
  OsySimStaff *staff; /* nullable */
  OsySimCrew *crew;   /* nullable */
  OsyFeed *feed;
  GMainLoop *loop;
  double minute; /* of the day: of the last guest */
  gint64 began;  /* monotonic; 0: not yet */
  gint64 ends;   /* monotonic: end of the waiting at the end */
  gboolean left; /* staff have gone */
  int code;
} Run;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->server, g_free);
  g_clear_pointer (&options->data_file, g_free);
  g_clear_pointer (&options->email, g_free);
  g_clear_pointer (&options->toss, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
give_up (Run *run, const char *what, const GError *error)
{
  osy_sim_world_fault (run->world, what, error);
  g_main_loop_quit (run->loop);
}

/* ---- the end ---- */

static JsonNode *
sum_up (Run *run)
{
  OsySimWorld *world = run->world;
  OsySimJournalSum sum = osy_sim_journal_sum (world->journal);
  JsonObject *line = json_object_new ();
  JsonObject *acts = json_object_new ();
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (world->acts), (GCompareFunc)strcmp);
  const struct {
    const char *name;
    guint value;
  } rows[] = {
      {"guests", world->guests},
      {"placed", world->placed},
      {"acknowledged", sum.acknowledged},
      {"seen", sum.seen},
      {"missed", sum.missed},
      {"doubled", sum.doubled},
      {"different", sum.different},
      {"refused", world->refused},
      {"overtaken", world->overtaken},
      {"unexpected", world->unexpected},
  };

  run->code = sum.missed + sum.doubled + sum.different + world->unexpected > 0 ? 1 : 0;
  json_object_set_string_member (line, "event", "done");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_set_int_member (line, rows[i].name, rows[i].value);
  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_int_member (acts, name->data,
                                GPOINTER_TO_UINT (g_hash_table_lookup (world->acts, name->data)));
  json_object_set_object_member (line, "acts", acts);
  json_object_set_int_member (line, "seed", run->options->seed);
  return osy_json_take_object (line);
}

static void
print_line (JsonNode *node)
{
  g_autofree char *text = osy_json_print (node);

  g_print ("%s\n", text);
  fflush (stdout);
}

/* Calls first, then the mark of what is sold out, then what the feed still owes. */
static gboolean
look_for_end_cb (gpointer user_data)
{
  Run *run = user_data;
  gboolean late = g_get_monotonic_time () > run->ends;

  if (run->world->under_way > 0 && !late)
    return G_SOURCE_CONTINUE;
  if (!run->left && run->staff != NULL) {
    run->left = TRUE;
    osy_sim_staff_leave (run->staff);
    return G_SOURCE_CONTINUE;
  }
  if (osy_sim_journal_sum (run->world->journal).missed > 0 && !late)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (run->loop);
  return G_SOURCE_REMOVE;
}

static void
end (Run *run)
{
  if (run->ends != 0)
    return;
  run->ends = g_get_monotonic_time () + END_WAIT_US;
  osy_sim_world_stop (run->world);
  g_timeout_add (LOOK_MS, look_for_end_cb, run);
}

static gboolean
stop_asked_cb (gpointer user_data)
{
  end (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- the hour ---- */

static void plan_guest (Run *run);

static void
guest_cb (gpointer user_data)
{
  Run *run = user_data;

  osy_sim_guest_arrive (run->world);
  plan_guest (run);
}

static void
end_cb (gpointer user_data)
{
  end (user_data);
}

/* Nobody comes any more; who is there is served. */
static gboolean
look_for_closing_cb (gpointer user_data)
{
  Run *run = user_data;
  OsySimWorld *world = run->world;

  if (world->stopped)
    return G_SOURCE_REMOVE;
  if (!osy_sim_staff_are_done (run->staff) || !osy_sim_tables_are_free (world->tables) ||
      world->at_window > 0 || world->under_way > 0)
    return G_SOURCE_CONTINUE;
  end (run);
  return G_SOURCE_REMOVE;
}

static void
close_cb (gpointer user_data)
{
  Run *run = user_data;

  if (run->staff == NULL) {
    end (run);
    return;
  }
  g_timeout_add (LOOK_MS, look_for_closing_cb, run);
  osy_sim_world_after (run->world, CLOSING_MINUTES, end_cb, run, NULL);
}

static void
plan_guest (Run *run)
{
  const Options *options = run->options;
  double real = (double)(g_get_monotonic_time () - run->began) / G_TIME_SPAN_MINUTE;
  double now = options->from + real * options->speed;
  double last = options->from + options->minutes;

  run->minute = osy_sim_rhythm_next (run->world->rand, run->minute);
  if (run->minute < last)
    osy_sim_world_after (run->world, run->minute - now, guest_cb, run, NULL);
  else
    osy_sim_world_after (run->world, last - now, close_cb, run, NULL);
}

static void
begin (Run *run)
{
  const Options *options = run->options;
  JsonObject *line = json_object_new ();
  double last = options->from + options->minutes;

  json_object_set_string_member (line, "event", "started");
  json_object_set_int_member (line, "expected",
                              (gint64)osy_sim_rhythm_expected (options->from, last));
  json_object_set_int_member (line, "seed", options->seed);
  g_autoptr (JsonNode) node = osy_json_take_object (line);
  print_line (node);
  run->began = g_get_monotonic_time ();
  run->minute = options->from;
  plan_guest (run);
}

/* ---- the feed ---- */

static void
see (Run *run, OsyOrder *order, gboolean created)
{
  osy_sim_journal_see (run->world->journal, order, created);
  if (run->crew != NULL)
    osy_sim_crew_know (run->crew, order);
  if (run->staff != NULL)
    osy_sim_staff_see (run->staff, order);
}

static void
on_event (Run *run, OsyOrder *order, const char *type)
{
  see (run, order, g_strcmp0 (type, "order.created") == 0);
}

static void
on_ticket (Run *run, JsonNode *ticket)
{
  if (run->crew != NULL)
    osy_sim_crew_see (run->crew, ticket);
}

static void
open_tickets_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) board = osy_sim_world_call_finish (run->world, result, &error);

  if (board == NULL) {
    give_up (run, "GET /kitchen/tickets", error);
    return;
  }
  JsonArray *tickets = json_object_get_array_member (json_node_get_object (board), "tickets");
  for (guint i = 0; i < json_array_get_length (tickets); i++)
    on_ticket (run, json_array_get_element (tickets, i));
}

static void
open_orders_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders =
      osy_client_open_orders_finish (OSY_CLIENT (source), result, &error);

  run->world->under_way--;
  if (orders == NULL) {
    give_up (run, "GET /orders", error);
    return;
  }
  for (guint i = 0; i < orders->len; i++)
    see (run, g_ptr_array_index (orders, i), FALSE);
  if (run->began == 0 && run->ends == 0)
    begin (run);
}

/* The first connection; later ones only when history was lost. */
static void
on_reset (Run *run)
{
  const OsySimCall call = {
      .method = "GET", .path = "/api/v1/restaurants/me/kitchen/tickets", .by_staff = TRUE};

  run->world->under_way++;
  osy_client_open_orders_async (run->world->client, NULL, open_orders_cb, run);
  osy_sim_world_call_async (run->world, &call, open_tickets_cb, run);
}

/* ---- signing in ---- */

static void
shop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) shop = osy_sim_world_call_finish (run->world, result, &error);

  if (shop == NULL) {
    give_up (run, "GET /restaurants/me", error);
    return;
  }
  run->world->restaurant_id = g_strdup (osy_rest_text (json_node_get_object (shop), "id", ""));
  if (!run->options->no_staff) {
    run->staff = osy_sim_staff_new (run->world);
    run->crew = osy_sim_crew_new (run->world);
    run->world->tables = osy_sim_tables_new (run->world);
  }
  run->feed = osy_feed_new (run->world->client);
  g_signal_connect_swapped (run->feed, "event", G_CALLBACK (on_event), run);
  g_signal_connect_swapped (run->feed, "thing::ticket", G_CALLBACK (on_ticket), run);
  g_signal_connect_swapped (run->feed, "reset", G_CALLBACK (on_reset), run);
  osy_feed_start (run->feed);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  OsySimCall call = {.method = "GET", .path = "/api/v1/restaurants/me", .by_staff = TRUE};
  g_autoptr (GError) error = NULL;

  if (osy_client_login_finish (OSY_CLIENT (source), result, &error))
    osy_sim_world_call_async (run->world, &call, shop_cb, run);
  else
    give_up (run, "POST /auth/login", error);
}

static int
simulate (const Options *options, OsySimWords *words, const char *password)
{
  g_autoptr (OsySimWorld) world =
      osy_sim_world_new (options->server, options->speed, (guint32)options->seed);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = {.options = options, .world = world, .loop = loop};

  world->words = words;
  world->toss = g_strdup (options->toss);
  g_unix_signal_add (SIGINT, stop_asked_cb, &run);
  g_unix_signal_add (SIGTERM, stop_asked_cb, &run);
  osy_client_login_async (world->client, options->email, password, NULL, signed_in_cb, &run);
  g_main_loop_run (loop);
  g_autoptr (JsonNode) line = sum_up (&run);
  print_line (line);
  g_clear_object (&run.feed);
  g_clear_pointer (&run.staff, osy_sim_staff_free);
  g_clear_pointer (&run.crew, osy_sim_crew_free);
  g_clear_pointer (&world->tables, osy_sim_tables_free);
  return run.code;
}

/* ---- options ---- */

static gboolean
parse (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &options->server, "Address of the daemon", "URL"},
      {"data-file", 0, 0, G_OPTION_ARG_FILENAME, &options->data_file,
       "What guests are called and say", "FILE"},
      {"email", 0, 0, G_OPTION_ARG_STRING, &options->email, "Who signs in for the staff", "EMAIL"},
      {"password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin,
       "Read the password from standard input", NULL},
      {"speed", 0, 0, G_OPTION_ARG_DOUBLE, &options->speed, "Simulated minutes in a real one", "N"},
      {"minutes", 0, 0, G_OPTION_ARG_DOUBLE, &options->minutes, "How long, in simulated minutes",
       "M"},
      {"from", 0, 0, G_OPTION_ARG_DOUBLE, &options->from,
       "Minutes after midnight at which it begins; 710 is 11:50", "MINUTE"},
      {"toss", 0, 0, G_OPTION_ARG_STRING, &options->toss,
       "Address of a simulated Toss Payments, where some guests pay", "URL"},
      {"no-staff", 0, 0, G_OPTION_ARG_NONE, &options->no_staff, "Leave the orders to people", NULL},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Repeats the same choices", "NUMBER"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc == 1 && options->server && options->data_file && options->email &&
      options->password_stdin && options->speed >= 0.1 && options->speed <= 1000 &&
      options->minutes > 0 && options->minutes <= 24 * 60)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "--server, --data-file, --email and --password-stdin are needed; --speed is "
                       "from 0.1 to 1000, --minutes from 1 to 1440.");
  return FALSE;
}

int
osy_sim_guests (int argc, char **argv)
{
  g_auto (Options) options = {.speed = 1,
                              .minutes = 60,
                              .from = OSY_SIM_RHYTHM_PEAK - 30,
                              .seed = g_random_int_range (0, G_MAXINT32)};
  g_autoptr (GError) error = NULL;
  g_autoptr (OsySimWords) words = NULL;
  char password[1024] = "";

  if (parse (argc, argv, &options, &error))
    words = osy_sim_words_load (options.data_file, &error);
  if (words == NULL) {
    g_printerr ("ordersync-sim: %s\n", error->message);
    return 2;
  }
  if (fgets (password, sizeof password, stdin) == NULL)
    password[0] = '\0';
  g_strchomp (password);
  return simulate (&options, g_steal_pointer (&words), password);
}
