/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-room.h"

G_BEGIN_DECLS

/* SQL of alerts, in the transaction's restaurant. Lists are (transfer full), of OsyAlert. */

/** osy_alert_store_add: @added: (out): FALSE when one of its kind and subject is open. */
gboolean osy_alert_store_add (OsyDbTx *tx, const OsyAlert *self, gboolean *added, GError **error);
/** osy_alert_store_end: *@id: (out) (transfer full) (nullable): of the one that ended. */
gboolean osy_alert_store_end (OsyDbTx *tx,
                              OsyAlertKind kind,
                              const char *subject,
                              char **id,
                              GError **error);
/** osy_alert_store_address: one message for each target of @channels (bits). */
gboolean
osy_alert_store_address (OsyDbTx *tx, const OsyAlert *self, guint channels, GError **error);
/** osy_alert_store_address_one: a message to that target alone. */
gboolean osy_alert_store_address_one (OsyDbTx *tx,
                                      const OsyAlert *self,
                                      const char *target_id,
                                      GError **error);

/** osy_alert_store_open: those that the sweeper ends. */
GPtrArray *osy_alert_store_open (OsyDbTx *tx, GError **error);
/** osy_alert_store_wrong: what is wrong at @now, as alerts that are not there yet. @day: the
 * business day. */
GPtrArray *osy_alert_store_wrong (OsyDbTx *tx,
                                  const OsyAlertLimits *limits,
                                  gint64 now,
                                  const char *day,
                                  GError **error);
/** osy_alert_store_list: newest first. @ids: (nullable): those alone; @before_at, @before_id: of
 * the last one of the page before, or 0 and NULL. */
GPtrArray *osy_alert_store_list (OsyDbTx *tx,
                                 GPtrArray *ids,
                                 gint64 before_at,
                                 const char *before_id,
                                 gint64 limit,
                                 GError **error);
/** osy_alert_store_of_message: those that go in the message, oldest first. */
GPtrArray *osy_alert_store_of_message (OsyDbTx *tx, const char *message_id, GError **error);
/** osy_alert_store_messages: (transfer full): alert id, message id, channel, target_id, status,
 * attempts, problem, next_at, sent_at of the messages of @ids. */
OsyDbRows *osy_alert_store_messages (OsyDbTx *tx, GPtrArray *ids, GError **error);
/** osy_alert_store_retry: a dead message is sent again from the beginning, however old it is by
 * now. NOT_FOUND, CONFLICT. */
gboolean osy_alert_store_retry (OsyDbTx *tx, const char *id, gint64 now, GError **error);
/** osy_alert_store_reconsider: quiet hours are others now: what they hold back is looked at anew.
 */
gboolean osy_alert_store_reconsider (OsyDbTx *tx, gint64 now, GError **error);

G_END_DECLS
