/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-metrics.h"
#include "osy-threat.h"

G_BEGIN_DECLS

/** The one place where signs of an attack are counted. Every room above may hold one. */
#define OSY_TYPE_THREATS (osy_threats_get_type ())
G_DECLARE_FINAL_TYPE (OsyThreats, osy_threats, OSY, THREATS, GObject)

/** ordersync_threats_raised_total; label: the kind. */
extern OsyMetric osy_threats_raised;

/** osy_threats_new: Returns: (transfer full): nothing counted yet. */
OsyThreats *osy_threats_new (OsyDbPool *pool, OsyKeyring *ring);

/**
 * osy_threat_note:
 * @self: (nullable): NULL does nothing, for programs and tests without
 * @restaurant_id: (nullable): the shop concerned; NULL: no one shop is, so all of them are told
 * @subject: who does it or to whom: "user:<id>", "session:<id>", "device:<id>", "client:" and
 *   the address, or "log:" and the number of a row. Never anything else of a person
 * @client: (nullable): the address it came from
 *
 * One sign of @kind. When there were as many within the window as the rule of the kind says, the
 * threat is raised, once in a window for each subject: a row, an audit row and the event
 * "threat.raised" in one transaction. Returns at once. Main thread; from a worker, by
 * osy_db_tx_on_commit().
 */
void osy_threat_note (OsyThreats *self,
                      OsyThreatKind kind,
                      const char *restaurant_id,
                      const char *subject,
                      const char *client);

/** osy_threat_note_client: the same for an address alone. */
void osy_threat_note_client (OsyThreats *self,
                             OsyThreatKind kind,
                             const char *restaurant_id,
                             const char *client);

G_END_DECLS
