/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-hook.h"

G_BEGIN_DECLS

/** What an answer of Aligo means. */
typedef enum {
  OSY_ALERT_SMS_TAKEN,   /* it is on its way, or was found there */
  OSY_ALERT_SMS_ABSENT,  /* it is not there: it may be sent */
  OSY_ALERT_SMS_UNKNOWN, /* it may be there: look before it is sent again */
  OSY_ALERT_SMS_LATER,   /* it is not there, and not now */
  OSY_ALERT_SMS_REFUSED, /* for good */
} OsyAlertSmsFate;

/** osy_alert_sms_text: (transfer full): what is sent of @note: in letters that telephones have
 * (EUC-KR; '?' for others), 2,000 bytes of them at most, with a mark at its end by which it is
 * found again. @title: (out) (transfer full) (nullable): of a long one, which goes as LMS. */
char *osy_alert_sms_text (const OsyAlertNote *note, char **title);

/** osy_alert_sms_title: (transfer full): @shop as the title of a long one. */
char *osy_alert_sms_title (const char *shop);

/** osy_alert_sms_call: Aligo's /send/ at @base_url, by the account of the target. It has no key
 * against sending twice. Fills @call but for its id. */
void osy_alert_sms_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call);
/** osy_alert_sms_look_call: the same account's last messages: whether one that may have arrived
 * did. */
void osy_alert_sms_look_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call);

/** osy_alert_sms_is: Returns: whether @call is one of these two. */
gboolean osy_alert_sms_is (const OsyFetchCall *call);
/** osy_alert_sms_judge: what became of @call, one of these. @problem: (out) (transfer full)
 * (nullable): a word for people; never what the other side wrote. */
OsyAlertSmsFate osy_alert_sms_judge (const OsyFetchCall *call, char **problem);

G_END_DECLS
