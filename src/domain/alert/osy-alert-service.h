/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-room.h"

G_BEGIN_DECLS

/**
 * osy_alert_raise:
 * @call: who does it
 * @alert: its kind, subject and facts; its id is given to it, and its time when it has none
 *
 * In one transaction: the alert, once while it is open for what it is about, its messages to
 * everybody whom the rules name, the event alert.raised and an audit row.
 */
gboolean osy_alert_raise (OsyDbTx *tx,
                          const OsyAlertRoom *room,
                          const OsyCall *call,
                          OsyAlert *alert,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_alert_buzz: rings the buzzer of the kitchen's printer, with a slip that says why; nothing
 * without a printer. osy_alert_raise() does it for UNANSWERED. */
gboolean osy_alert_buzz (OsyDbTx *tx,
                         const OsyAlertRoom *room,
                         const OsyCall *call,
                         const OsyAlert *alert,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_alert_end: what was wrong is so no more; nothing when it was not. Event alert.ended. */
gboolean osy_alert_end (OsyDbTx *tx,
                        const OsyAlertRoom *room,
                        const OsyCall *call,
                        const OsyAlert *alert,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_alert_test: sends @target_id a message that says that it is a test, whatever the rules.
 * @ret: (out) (transfer full): its alert. */
gboolean osy_alert_test (OsyDbTx *tx,
                         const OsyAlertRoom *room,
                         const OsyCall *call,
                         const char *target_id,
                         OsyAlert **ret,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_alert_wake: what waits is sent as soon as @tx has committed. */
void osy_alert_wake (OsyDbTx *tx, const OsyAlertRoom *room);

/** osy_alert_new: @subject: copied; @facts: (transfer full). (transfer full) */
OsyAlert *osy_alert_new (OsyAlertKind kind, const char *subject, JsonObject *facts);
/** osy_alert_to_json: (transfer full): with its sentence in @setup's language, and whether screens
 * are to tell of it. */
JsonObject *osy_alert_to_json (const OsyAlert *self, const OsyAlertSetup *setup);

G_END_DECLS
