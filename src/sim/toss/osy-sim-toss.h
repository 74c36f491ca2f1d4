/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <libsoup/soup.h>

#include "osy-sim-toss-bank.h"
#include "osy-sim-toss-fault.h"
#include "osy-sim-toss-hook.h"

G_BEGIN_DECLS

/** The whole simulated service. */
typedef struct {
  OsySimTossBank *bank;
  OsySimTossFaults *faults;
  OsySimTossHooks *hooks;
  GHashTable *answers; /* scope of an idempotency key → its stored answer */
  GQueue waiting;      /* exchanges whose answer waits for a webhook */
  char **keys;         /* nullable: the only secret keys that are taken */
} OsySimToss;

/** osy_sim_toss_door_cb: /v1/…: the API, behind its basic authentication. @user_data: OsySimToss.
 */
void osy_sim_toss_door_cb (SoupServer *server,
                           SoupServerMessage *message,
                           const char *path,
                           GHashTable *query,
                           gpointer user_data);
/** osy_sim_toss_door_init: makes the tables of the door. */
void osy_sim_toss_door_init (OsySimToss *self);
/** osy_sim_toss_door_clear: frees them, and whoever still waits. */
void osy_sim_toss_door_clear (OsySimToss *self);
/** osy_sim_toss_door_tick: answers those whose webhooks were tried. */
void osy_sim_toss_door_tick (OsySimToss *self);

/** osy_sim_toss_control_cb: /sim/approve, /sim/faults, /sim/state and so on: for tests. */
void osy_sim_toss_control_cb (SoupServer *server,
                              SoupServerMessage *message,
                              const char *path,
                              GHashTable *query,
                              gpointer user_data);

/** osy_sim_toss_window_cb: the window that a guest's browser shows, and its buttons. */
void osy_sim_toss_window_cb (SoupServer *server,
                             SoupServerMessage *message,
                             const char *path,
                             GHashTable *query,
                             gpointer user_data);
/** osy_sim_toss_shim_cb: the scripts /v1 and /v2/standard. */
void osy_sim_toss_shim_cb (SoupServer *server,
                           SoupServerMessage *message,
                           const char *path,
                           GHashTable *query,
                           gpointer user_data);

G_END_DECLS
