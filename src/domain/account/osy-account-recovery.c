/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A new password for who lost his, given by whoever may read the data directory. */

#include "osy-account-recovery.h"

#include "osy-audit-service.h"
#include "osy-auth-routes.h"
#include "osy-auth-store.h"
#include "osy-clock.h"
#include "osy-event-service.h"

static gboolean
change (OsyDbTx *tx, const OsyCall *call, const OsyAccountRecovery *self, GError **error)
{
  const OsyAuthSessions sessions = {.ring = self->ring};
  const OsyEventDraft draft = {.type = "auth.recovered",
                               .aggregate_type = "user",
                               .aggregate_id = self->user_id,
                               .aggregate_seq = 1};

  return osy_auth_store_act_as (tx, self->user_id, error) &&
         osy_auth_store_set_password (tx, self->ring, self->user_id, self->hash, osy_clock_now (),
                                      error) &&
         osy_auth_session_end_of (&sessions, tx, self->user_id, NULL, NULL, error) &&
         osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_account_recovery_run (OsyDbTx *tx, gpointer recovery, GError **error)
{
  const OsyAccountRecovery *self = recovery;
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (osy_db_tx_restaurant (tx), "ctl");
  const OsyCall call = {.principal = system};
  const OsyAuditEntry entry = {
      .action = "auth.password_reset", .object_type = "user", .object_id = self->user_id};

  return (self->only_note || change (tx, &call, self, error)) &&
         osy_audit_record (tx, self->ring, &call, &entry, error);
}

gboolean
osy_account_on_recovered (OsyDbTx *tx,
                          const OsyCall *call,
                          const OsyEvent *event,
                          gpointer room,
                          GError **error)
{
  const OsyAuthRoom *self = room;

  return osy_auth_session_refuse_ended (&self->sessions, tx, event->aggregate_id, error);
}
