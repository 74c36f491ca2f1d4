/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** What a shop is told of at once. */
typedef enum {
  OSY_ALERT_OUTAGE,      /* a part of the shop's own system */
  OSY_ALERT_THREAT,      /* what room threat raised */
  OSY_ALERT_REFUNDS,     /* more goes back than usual */
  OSY_ALERT_LATE_ORDERS, /* several orders are beyond their time */
  OSY_ALERT_PRINTER,     /* one does not print */
  OSY_ALERT_UNANSWERED,  /* nobody accepts an order */
  OSY_ALERT_TEST,        /* somebody tries a target; follows no rule */
  OSY_N_ALERTS
} OsyAlertKind;

/** How somebody is told. SCREEN is the feed of the shop's own screens. */
typedef enum {
  OSY_ALERT_SCREEN,
  OSY_ALERT_SLACK,
  OSY_ALERT_PAGERDUTY,
  OSY_ALERT_EMAIL,
  OSY_ALERT_SMS,
  OSY_ALERT_ALIMTALK, /* Kakao's, with a text message for who has none */
  OSY_N_ALERT_CHANNELS
} OsyAlertChannel;

/** Wire names in the order of the enumerations, NULL at the end. */
extern const char *const osy_alert_kinds[];
extern const char *const osy_alert_channels[];

/** osy_alert_kind_of, osy_alert_channel_of: @name is one of these names; the last one otherwise. */
OsyAlertKind osy_alert_kind_of (const char *name);
OsyAlertChannel osy_alert_channel_of (const char *name);

/** Where alerts of a kind go. */
typedef struct {
  guint channels;   /* bits 1 << OsyAlertChannel */
  gboolean pierces; /* also in quiet hours */
} OsyAlertRule;

/** When nobody is woken; in minutes of the shop's local day. */
typedef struct {
  int from; /* -1: never */
  int until;
  gboolean drops; /* what comes then is not sent afterwards */
} OsyAlertQuiet;

/** osy_alert_quiet_end: Returns: when the quiet hours that @now (UTC µs) lies in end in @zone; 0
 * outside of them. */
gint64 osy_alert_quiet_end (const OsyAlertQuiet *self, gint64 now, const char *zone);

/** osy_alert_retry_at: Returns: when what failed at @now for the @attempts'th time is tried again:
 * after 10 s, 30 s, 1, 2, 5, 15 and 30 minutes; 0: never more. */
gint64 osy_alert_retry_at (gint64 now, gint64 attempts);

/** One of them. Times in UTC µs. */
typedef struct {
  char *id;
  OsyAlertKind kind;
  char *subject;
  JsonNode *facts; /* an object of texts and numbers */
  gint64 raised_at;
  gint64 ended_at; /* 0: it still is so */
} OsyAlert;
void osy_alert_free (OsyAlert *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAlert, osy_alert_free)

/** osy_alert_is_over: Returns: whether what it tells of was so for a while and is so no longer: a
 * printer that stood still, not money that went back. */
gboolean osy_alert_is_over (const OsyAlert *self);

/** osy_alert_is_urgent: Returns: whether it is told however many went before: an outage, a threat,
 * orders that nobody takes, a test. */
gboolean osy_alert_is_urgent (const OsyAlert *self);

/** osy_alert_words: Returns: (transfer full): one sentence or two that say what happened, in
 * @language ("ko", "en"). */
char *osy_alert_words (const OsyAlert *self, const char *language);
/** What osy_alert_digest_words() has to know beside the alerts. */
typedef struct {
  const char *language;
  const char *zone; /* for their times */
  gint64 now;       /* UTC µs: what is OSY_ALERT_LATE_US old is told with its time */
  gboolean crowded; /* several waited for each other, not for the end of quiet hours */
} OsyAlertReader;
#define OSY_ALERT_LATE_US (5 * G_TIME_SPAN_MINUTE)
/** osy_alert_digest_words: what is sent of @alerts; of several a line for each. */
char *osy_alert_digest_words (GPtrArray *alerts, const OsyAlertReader *reader);

G_END_DECLS
