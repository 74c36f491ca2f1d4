/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/** Something that is wrong and goes on. Times in UTC µs. */
typedef struct {
  char *id;
  char *kind; /* PRINTER, UNANSWERED, … */
  char *text; /* a sentence */
  gint64 raised_at;
  gboolean quiet;     /* it is not to make itself heard now */
  gint64 quiet_until; /* when it may; 0: never */
} OscAlert;

/**
 * OscAlertStore: the alerts that screens are to tell of, as long as they go on. Read at every
 * "reset" of the feed and at every alert event. Signals: "changed"; "raised" (OscAlert *): one is
 * to make itself heard: once, also over a restart, and never in quiet hours; "ended" (const char
 * *id); "requested" (const char *path) when there is no client.
 */
#define OSC_TYPE_ALERT_STORE (osc_alert_store_get_type ())
G_DECLARE_FINAL_TYPE (OscAlertStore, osc_alert_store, OSC, ALERT_STORE, GObject)

/** osc_alert_store_new: @client: (nullable): NULL in tests. */
OscAlertStore *osc_alert_store_new (OsyClient *client);
/** osc_alert_store_attach: follows @feed. */
void osc_alert_store_attach (OscAlertStore *self, OsyFeed *feed);
/** osc_alert_store_load: reads it anew. */
void osc_alert_store_load (OscAlertStore *self);
/** osc_alert_store_take: @answer: (nullable): of GET alerts/open; NULL: it failed. */
void osc_alert_store_take (OscAlertStore *self, JsonNode *answer);
/** osc_alert_store_tick: now and then: what was held back by quiet hours may be due. */
void osc_alert_store_tick (OscAlertStore *self);

/** osc_alert_store_list: (transfer none): of OscAlert, the newest first. */
GPtrArray *osc_alert_store_list (OscAlertStore *self);

/** osc_alert_store_told: (transfer full): ids of those that were heard and go on, to be kept over a
 * restart; _set_told: what an earlier run kept. */
GStrv osc_alert_store_told (OscAlertStore *self);
void osc_alert_store_set_told (OscAlertStore *self, const char *const *ids);

G_END_DECLS
