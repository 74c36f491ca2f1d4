/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-hook.h"

G_BEGIN_DECLS

/** osy_alert_mail_call: SendGrid's v3/mail/send at @base_url, by the account of the target. It has
 * no key against sending twice, so the message's id goes with it (custom_args). Fills method, url,
 * headers and body of @call. */
void osy_alert_mail_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call);

/** osy_alert_note_call: @note as its target's channel has it. @private_hooks: its webhook may lie
 * in the own network. Fills @call but for its id; what: the channel's name. */
void osy_alert_note_call (const OsyAlertNote *note,
                          const char *sendgrid_url,
                          gboolean private_hooks,
                          OsyFetchCall *call);

G_END_DECLS
