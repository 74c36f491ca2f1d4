/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-menu.h"
#include "osy-sim-journal.h"
#include "osy-sim-words.h"

G_BEGIN_DECLS

/** What guests and staff of one simulation share. Its minutes are simulated ones, of which `speed`
 * pass in a real one. Main thread only. */
typedef struct {
  OsyClient *client;
  OsySimWords *words; /* owned */
  OsySimJournal *journal;
  struct _OsySimTables *tables; /* (nullable): borrowed; where guests sit who eat in */
  GRand *rand;
  char *restaurant_id;
  char *server;
  char *toss; /* (nullable): the simulated Toss Payments: some guests pay before */
  double speed;
  GHashTable *timers; /* of source id: everything that is still to happen */
  gboolean stopped;   /* nothing begins any more */
  GHashTable *acts;   /* what staff did → how often, GUINT_TO_POINTER */
  guint under_way;    /* calls that have no answer yet */
  guint at_window;    /* guests who are about to pay at the payment service */
  guint guests;       /* who came */
  guint placed;
  guint refused;    /* as they may be: sold out meanwhile, shop paused */
  guint overtaken;  /* acts on what somebody else had changed first */
  guint unexpected; /* told on standard error */
} OsySimWorld;

/** osy_sim_world_new: @speed: simulated minutes in a real one. Returns: (transfer full): without
 * words and restaurant, which are set by whoever made it. */
OsySimWorld *osy_sim_world_new (const char *server, double speed, guint32 seed);
/** osy_sim_world_free: no call may be under way. */
void osy_sim_world_free (OsySimWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySimWorld, osy_sim_world_free)

/** osy_sim_world_after: calls @func with @data in so many simulated minutes. @destroy: (nullable):
 * for @data when it does not come to that. Returns: for osy_sim_world_forget(); 0 when stopped. */
guint osy_sim_world_after (OsySimWorld *self,
                           double minutes,
                           GSourceOnceFunc func,
                           gpointer data,
                           GDestroyNotify destroy);
/** osy_sim_world_forget: @timer: 0 is none. */
void osy_sim_world_forget (OsySimWorld *self, guint timer);
/** osy_sim_world_stop: forgets all that is still to happen; calls under way go on. */
void osy_sim_world_stop (OsySimWorld *self);

/** osy_sim_world_between: Returns: a number between the two. */
double osy_sim_world_between (OsySimWorld *self, double low, double high);

/** osy_sim_world_count: counts an act done. */
void osy_sim_world_count (OsySimWorld *self, const char *act);
/** osy_sim_world_fault: counts and tells an answer that must not be. */
void osy_sim_world_fault (OsySimWorld *self, const char *what, const GError *error);

/** One call of the API. */
typedef struct {
  const char *method;
  const char *path;  /* "/api/v1/…" */
  JsonNode *body;    /* (transfer none) (nullable) */
  gboolean by_staff; /* signed in; else as anybody */
} OsySimCall;

/** osy_sim_world_call_async: one call, sent again with the same key while nobody answers. @cb is
 * always called; its source is the client. */
void osy_sim_world_call_async (OsySimWorld *self,
                               const OsySimCall *call,
                               GAsyncReadyCallback cb,
                               gpointer data);
JsonNode *osy_sim_world_call_finish (OsySimWorld *self, GAsyncResult *result, GError **error);

/** osy_sim_world_menu_async: the menu as guests of @channel see it now. */
void osy_sim_world_menu_async (OsySimWorld *self,
                               const char *channel,
                               GAsyncReadyCallback cb,
                               gpointer data);
OsyMenu *osy_sim_world_menu_finish (OsySimWorld *self, GAsyncResult *result, GError **error);

G_END_DECLS
