/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-room.h"

G_BEGIN_DECLS

/* An incident that a message opened at PagerDuty is resolved once all that it tells of is over. Its
 * key is the message's id. What never ends by itself (money that went back, a test) is left to
 * people. All run on workers but _heard. */

/** osy_alert_incident_plan: in the transaction's shop: incidents of what is over by @now are to be
 * resolved; never before the message that opens them has come to its end. */
gboolean osy_alert_incident_plan (OsyDbTx *tx, gint64 now, GError **error);
/** osy_alert_incident_take: as OsyFetchQueueRoom.take of the next one that is to be resolved. */
gboolean
osy_alert_incident_take (OsyDbTx *tx, const OsyAlertRoom *room, OsyFetchCall **ret, GError **error);
/** osy_alert_incident_is: Returns: whether @call resolves one. */
gboolean osy_alert_incident_is (const OsyFetchCall *call);
/** osy_alert_incident_heard: remembers what was taken over there. Main thread. */
void osy_alert_incident_heard (const OsyAlertRoom *room, const OsyFetchCall *call);
/** osy_alert_incident_done: writes down what became of @call. */
gboolean osy_alert_incident_done (OsyDbTx *tx,
                                  const OsyAlertRoom *room,
                                  const OsyFetchCall *call,
                                  GError **error);

G_END_DECLS
