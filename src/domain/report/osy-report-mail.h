/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-target.h"
#include "osy-fetch-queue.h"
#include "osy-report-room.h"

G_BEGIN_DECLS

/** What the queue of reports by e-mail does; data: an OsyReportRoom. SendGrid has no key against
 * sending twice: a mail whose answer was lost goes again, under the same id. */
extern const OsyFetchQueueRoom osy_report_mails;

/** osy_report_mail_sender: whose account and address mails go out by: that of the first recipient
 * of alerts by e-mail. *@ret: (out) (transfer full) (nullable): there is none. FALSE with @error.
 * Worker. */
gboolean
osy_report_mail_sender (OsyDbTx *tx, OsyKeyring *ring, OsyAlertTarget **ret, GError **error);

G_END_DECLS
