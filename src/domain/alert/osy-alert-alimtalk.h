/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-mail.h"

G_BEGIN_DECLS

/** What is filled into a template that Kakao has approved, and nothing else: the name of the shop
 * (which may be left out), and what happened. */
#define OSY_ALERT_ALIMTALK_SHOP "#{가게}"
#define OSY_ALERT_ALIMTALK_WORDS "#{내용}"
/** Letters of a message, and so of its template. */
#define OSY_ALERT_ALIMTALK_MAX 1000

/** osy_alert_alimtalk_is_template: Returns: whether @text can be filled in. */
gboolean osy_alert_alimtalk_is_template (const char *text);
/** osy_alert_alimtalk_text: (transfer full): the template of @note's target, filled in: in one line
 * what happened, as much as fits. */
char *osy_alert_alimtalk_text (const OsyAlertNote *note);

/** osy_alert_alimtalk_call: Aligo's /akv10/alimtalk/send/ at @base_url; who has no KakaoTalk gets a
 * text message instead. It has no key against sending twice, and what was sent cannot be looked
 * for: like a mail it goes again. Fills @call but for its id. */
void osy_alert_alimtalk_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call);
/** osy_alert_alimtalk_is: Returns: whether @call is such a one. */
gboolean osy_alert_alimtalk_is (const OsyFetchCall *call);
/** osy_alert_alimtalk_judge: as osy_alert_outcome_of(). */
OsyAlertOutcome osy_alert_alimtalk_judge (const OsyFetchCall *call, char **problem);

G_END_DECLS
