/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** What goes wrong with a call or a webhook. */
typedef enum {
  OSY_SIM_TOSS_FAULT_NONE,
  OSY_SIM_TOSS_FAULT_DELAY,        /* done after some time; the key is taken at once */
  OSY_SIM_TOSS_FAULT_HOLD_BEFORE,  /* not done, and never answered */
  OSY_SIM_TOSS_FAULT_HOLD_AFTER,   /* done, and never answered */
  OSY_SIM_TOSS_FAULT_DROP_BEFORE,  /* not done, the connection ends */
  OSY_SIM_TOSS_FAULT_DROP_AFTER,   /* done, the connection ends */
  OSY_SIM_TOSS_FAULT_ERROR_BEFORE, /* refused before the key was looked at */
  OSY_SIM_TOSS_FAULT_ERROR_STORED, /* not done, refused, and refused again for the key */
  OSY_SIM_TOSS_FAULT_ERROR_AFTER,  /* done, but told as an error, also for the key */
  OSY_SIM_TOSS_FAULT_DECLINE,      /* the card company refuses: the payment is ABORTED */
  OSY_SIM_TOSS_FAULT_NEVER,        /* webhook: not sent */
  OSY_SIM_TOSS_FAULT_DUPLICATE,    /* webhook: sent twice */
  OSY_SIM_TOSS_FAULT_LATE,         /* webhook: others overtake it */
  OSY_SIM_TOSS_FAULT_EARLY,        /* webhook: before the answer of the call */
} OsySimTossFaultKind;

/** One fault that happens now. */
typedef struct {
  OsySimTossFaultKind kind;
  const char *code; /* nullable: of the error */
  guint ms;         /* of a delay */
} OsySimTossFault;

/** The switches: rules with a name of a call ("confirm", "webhook", "*"), a kind, how often and by
 * which chance. */
typedef struct _OsySimTossFaults OsySimTossFaults;

/** osy_sim_toss_faults_new: Returns: (transfer full): nothing goes wrong. */
OsySimTossFaults *osy_sim_toss_faults_new (void);
/** osy_sim_toss_faults_free: frees all of it. */
void osy_sim_toss_faults_free (OsySimTossFaults *self);

/** osy_sim_toss_faults_set: @wish: {"rules": [{"op", "kind", "times"?, "skip"?, "chance"?, "code"?,
 * "ms"?}], "seed"?}; it replaces all rules. Returns: (nullable): what is wrong with it. */
const char *osy_sim_toss_faults_set (OsySimTossFaults *self, JsonObject *wish);

/** osy_sim_toss_faults_take: Returns: what happens to this @op; each rule is asked in turn. */
OsySimTossFault osy_sim_toss_faults_take (OsySimTossFaults *self, const char *op);

/** osy_sim_toss_faults_left: Returns: how many are still to come by rules with a number. */
gint64 osy_sim_toss_faults_left (const OsySimTossFaults *self);

G_END_DECLS
