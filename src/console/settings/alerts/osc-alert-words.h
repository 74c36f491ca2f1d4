/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** OscAlertWords: alerts and how they are sent, in words. Static unless said otherwise; what only a
 * newer daemon knows is said by its own name. */

/** What is typed of a recipient. */
typedef struct {
  const char *name;  /* as the API calls it; NULL: there are no more */
  const char *label; /* msgid */
  const char *hint;  /* (nullable) msgid; {example} in it: OSC_ALERT_TEMPLATE */
  gboolean secret;   /* never shown again */
  gboolean optional;
} OscAlertField;

/** A text that Kakao may approve: what the daemon fills in has these names. */
#define OSC_ALERT_TEMPLATE "[#{가게}] #{내용}"

/** A way to tell somebody. */
typedef struct {
  const char *channel; /* as the API calls it */
  const char *title;   /* msgid */
  const char *about;   /* msgid: what one needs for it */
  const char *bound;   /* (nullable): the field that has to be typed anew with another address */
  guint first;         /* so many of them are asked first, the rest in a second step; 0: all */
  OscAlertField fields[8];
} OscAlertChannelWords;

/** osc_alert_words_channels: (transfer none): every way, in the order in which they are offered. A
 * further one is a row there and nothing else. */
const OscAlertChannelWords *osc_alert_words_channels (gsize *n);
/** osc_alert_words_channel: "Slack"; also of SCREEN. */
const char *osc_alert_words_channel (const char *channel);

/** osc_alert_words_kind: "Late orders"; _about: when it is told. */
const char *osc_alert_words_kind (const char *kind);
const char *osc_alert_words_kind_about (const char *kind);

/** osc_alert_words_state: (transfer full): what became of @message of listAlerts: "sent 12:20". */
char *osc_alert_words_state (JsonObject *message);

G_END_DECLS
