/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-auth-routes.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

/** ordersync_auth_failures_total; label: why. */
extern OsyMetric osy_auth_failures;

/** A sign-in that failed. */
typedef struct {
  const char *user_id;          /* (nullable): NULL when there is no such account */
  const GPtrArray *memberships; /* (nullable): of OsyMembership: the shops that are told */
  const char *client;
  const char *reason; /* "password", "totp", "pin" */
} OsyAuthFailure;

/** osy_auth_watch_failed: counts it, as a sign of brute force and for /metrics, and writes it into
 * the audit log of every shop the account works in. Returns at once. Main thread. */
void osy_auth_watch_failed (OsyAuthRoom *room, const OsyAuthFailure *failure);

/** osy_auth_watch_facts: what the security page says of this room: adds to @body sessions, devices
 * and keys (when each kind was last made anew). Worker. */
gboolean osy_auth_watch_facts (OsyDbTx *tx, JsonObject *body, GError **error);

G_END_DECLS
