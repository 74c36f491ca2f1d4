/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Time, calls and counts of a simulation. */

#include "osy-sim-world.h"

#include "osy-client-private.h"
#include "osy-menu-json.h"

#define MS_PER_MINUTE 60000.0

/** Something that is still to happen. */
typedef struct {
  OsySimWorld *world;
  guint id;
  GSourceOnceFunc func;
  gpointer data;
  GDestroyNotify destroy; /* NULL once it has happened */
} Timer;

OsySimWorld *
osy_sim_world_new (const char *server, double speed, guint32 seed)
{
  OsySimWorld *self = g_new0 (OsySimWorld, 1);

  self->client = osy_client_new (server);
  self->server = g_strdup (server);
  self->journal = osy_sim_journal_new ();
  self->rand = g_rand_new_with_seed (seed);
  self->speed = speed;
  self->timers = g_hash_table_new (NULL, NULL);
  self->acts = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
osy_sim_world_free (OsySimWorld *self)
{
  osy_sim_world_stop (self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->words, osy_sim_words_free);
  osy_sim_journal_free (self->journal);
  g_rand_free (self->rand);
  g_hash_table_unref (self->timers);
  g_hash_table_unref (self->acts);
  g_free (self->restaurant_id);
  g_free (self->server);
  g_free (self->toss);
  g_free (self);
}

/* ---- time ---- */

static gboolean
timer_cb (gpointer user_data)
{
  Timer *timer = user_data;

  timer->destroy = NULL;
  timer->func (timer->data);
  return G_SOURCE_REMOVE;
}

static void
timer_free (gpointer user_data)
{
  Timer *timer = user_data;

  g_hash_table_remove (timer->world->timers, GUINT_TO_POINTER (timer->id));
  if (timer->destroy != NULL)
    timer->destroy (timer->data);
  g_free (timer);
}

guint
osy_sim_world_after (OsySimWorld *self,
                     double minutes,
                     GSourceOnceFunc func,
                     gpointer data,
                     GDestroyNotify destroy)
{
  if (self->stopped) {
    if (destroy != NULL)
      destroy (data);
    return 0;
  }
  Timer *timer = g_new0 (Timer, 1);
  double ms = MAX (minutes, 0) * MS_PER_MINUTE / self->speed;

  *timer = (Timer){.world = self, .func = func, .data = data, .destroy = destroy};
  timer->id = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)MIN (ms, G_MAXINT), timer_cb, timer,
                                  timer_free);
  g_hash_table_add (self->timers, GUINT_TO_POINTER (timer->id));
  return timer->id;
}

void
osy_sim_world_forget (OsySimWorld *self, guint timer)
{
  if (g_hash_table_contains (self->timers, GUINT_TO_POINTER (timer)))
    g_source_remove (timer);
}

void
osy_sim_world_stop (OsySimWorld *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->timers);

  self->stopped = TRUE;
  for (GList *id = ids; id != NULL; id = id->next)
    osy_sim_world_forget (self, GPOINTER_TO_UINT (id->data));
}

double
osy_sim_world_between (OsySimWorld *self, double low, double high)
{
  return g_rand_double_range (self->rand, low, high);
}

/* ---- counts ---- */

void
osy_sim_world_count (OsySimWorld *self, const char *act)
{
  guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (self->acts, act));

  g_hash_table_insert (self->acts, (gpointer)g_intern_string (act), GUINT_TO_POINTER (so_far + 1));
}

void
osy_sim_world_fault (OsySimWorld *self, const char *what, const GError *error)
{
  const char *code = error->domain == OSY_ERROR ? osy_error_code_name ((OsyErrorCode)error->code)
                                                : g_quark_to_string (error->domain);

  self->unexpected++;
  g_printerr ("ordersync-sim: %s: %s: %s\n", what, code, error->message);
}

/* ---- calls ---- */

/** Who waits for an answer. */
typedef struct {
  OsySimWorld *world;
  GAsyncReadyCallback cb;
  gpointer data;
} Waiting;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Waiting *waiting = user_data;

  waiting->cb (source, result, waiting->data);
  waiting->world->under_way--;
}

void
osy_sim_world_call_async (OsySimWorld *self,
                          const OsySimCall *call,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  OsyRestRequest request = {.method = call->method, .path = call->path, .body = call->body};
  OsyClientFlags who = call->by_staff ? OSY_CLIENT_SIGNED : OSY_CLIENT_OPEN;

  *waiting = (Waiting){self, cb, data};
  self->under_way++;
  osy_client_call_async (self->client, &request, who | OSY_CLIENT_PERSISTENT, NULL, answered_cb,
                         waiting);
}

JsonNode *
osy_sim_world_call_finish (OsySimWorld *self, GAsyncResult *result, GError **error)
{
  return osy_client_call_finish (self->client, result, error);
}

void
osy_sim_world_menu_async (OsySimWorld *self,
                          const char *channel,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  g_autofree char *path =
      g_strdup_printf ("/api/v1/restaurants/%s/menu?channel=%s", self->restaurant_id, channel);
  OsySimCall call = {.method = "GET", .path = path};

  osy_sim_world_call_async (self, &call, cb, data);
}

OsyMenu *
osy_sim_world_menu_finish (OsySimWorld *self, GAsyncResult *result, GError **error)
{
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self, result, error);

  return answer != NULL ? osy_menu_json_read (answer, error) : NULL;
}
