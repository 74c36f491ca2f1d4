/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-target.h"
#include "osy-fetch-queue.h"

G_BEGIN_DECLS

/** What is sent, before it has the form of its channel. */
typedef struct {
  const char *id; /* of the message: the same however often it is sent */
  const OsyAlertTarget *target;
  GPtrArray *alerts; /* of OsyAlert, oldest first; several: what quiet hours held back */
  const char *shop;
  const char *text;
  gboolean doubt;    /* it may be there already */
  gboolean resolves; /* PagerDuty alone: what @id told of is over; neither alerts nor text */
} OsyAlertNote;

/** osy_alert_hook_call: Slack's or PagerDuty's form, signed as channels' messages are
 * (X-OrderSync-Timestamp, X-OrderSync-Signature), with X-OrderSync-Delivery: the message's id
 * (and "-resolve" for what ends its incident). Fills method, url, headers and body of @call. */
void osy_alert_hook_call (const OsyAlertNote *note, OsyFetchCall *call);

G_END_DECLS
