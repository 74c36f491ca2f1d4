/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-hook.h"
#include "osy-alert-room.h"

G_BEGIN_DECLS

/** osy_alert_mail_call: SendGrid's v3/mail/send at @base_url, by the account of the target. It has
 * no key against sending twice, so the message's id goes with it (custom_args). Fills method, url,
 * headers and body of @call. */
void osy_alert_mail_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call);

/** osy_alert_note_call: @note as its target's channel has it. A text message that may be there is
 * looked for. Fills @call but for its id; what: the channel's name, or a word of osy-alert-sms. */
void osy_alert_note_call (const OsyAlertNote *note, const OsyAlertRoom *room, OsyFetchCall *call);

/** A mail with a file, of another room. */
typedef struct {
  const char *id;               /* the same however often it is sent */
  const OsyAlertTarget *sender; /* whose account and address */
  const char *const *to;        /* none sees the others */
  const char *shop;
  const char *subject;
  const char *text;
  const char *file_name;
  const char *file_type;
  GBytes *file;
} OsyAlertLetter;

/** osy_alert_letter_call: as osy_alert_mail_call(). */
void osy_alert_letter_call (const OsyAlertLetter *letter, const char *base_url, OsyFetchCall *call);

/** What became of a message. */
typedef enum { OSY_ALERT_TAKEN, OSY_ALERT_AGAIN, OSY_ALERT_REFUSED } OsyAlertOutcome;
/** osy_alert_outcome_of: of an answered call. *@problem: (out) (transfer full) (nullable): a word
 * for people who look after it; never what the other side wrote. */
OsyAlertOutcome osy_alert_outcome_of (const OsyFetchCall *call, char **problem);

G_END_DECLS
