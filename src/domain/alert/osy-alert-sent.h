/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** Messages that were taken over there, until that is written down: a database that is away then
 * must not have them sent once more. Any thread; NULL remembers nothing. */
typedef struct _OsyAlertSent OsyAlertSent;
OsyAlertSent *osy_alert_sent_new (void);
void osy_alert_sent_free (OsyAlertSent *self);

/** osy_alert_sent_add: @id was taken over there at @at (UTC µs). */
void osy_alert_sent_add (OsyAlertSent *self, const char *id, gint64 at);
/** osy_alert_sent_at: Returns: whether @id was sent, and when. */
gboolean osy_alert_sent_at (OsyAlertSent *self, const char *id, gint64 *at);
/** osy_alert_sent_forget: once @tx has committed. */
void osy_alert_sent_forget (OsyAlertSent *self, OsyDbTx *tx, const char *id);

G_END_DECLS
