/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-sent.h"
#include "osy-alert-setup.h"
#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-fetch-queue.h"
#include "osy-http.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

/** ordersync_alerts_raised_total; label: the kind. ordersync_alert_messages_total; label: SENT,
 * WAITING (tried again), DEAD, DROPPED, or RESOLVED (an incident). */
extern OsyMetric osy_alerts_raised;
extern OsyMetric osy_alert_messages_sent;
/** For so long whoever takes a message, or an incident's end, keeps it from others. */
#define OSY_ALERT_LEASE_US (60 * G_TIME_SPAN_SECOND)
/** ordersync_alert_looks_total */
extern OsyMetric osy_alert_looks;

/** Looks after what is wrong. */
typedef struct _OsyAlertWatch OsyAlertWatch;

/** What the alert room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  gboolean private_hooks;   /* webhooks may go to the own network, also without TLS */
  const char *sendgrid_url; /* without a slash at its end */
  const char *aligo_url;    /* likewise, of its text messages */
  const char *alimtalk_url; /* likewise, of its AlimTalk */
  OsyAlertSent *sent;       /* (nullable): nothing is remembered */
  guint look_s;             /* seconds from look to look */
  OsyFetchQueue *queue;     /* (nullable) */
  OsyAlertWatch *watch;
} OsyAlertRoom;

/** osy_alert_watch_new: Main thread, like all of it. */
OsyAlertWatch *osy_alert_watch_new (OsyAlertRoom *room);
/** osy_alert_watch_start: looks now and every OsyAlertRoom.look_s. */
void osy_alert_watch_start (OsyAlertWatch *self);
/** osy_alert_watch_stop: looks no more. */
void osy_alert_watch_stop (OsyAlertWatch *self);
/** osy_alert_watch_free: drops the composer's reference. */
void osy_alert_watch_free (OsyAlertWatch *self);

/** osy_alert_sweep: one look at the transaction's shop: raises what is wrong now and ends what is
 * no longer. @away_s: for so many seconds the database was away until now; 0: it was not. */
gboolean osy_alert_sweep (OsyDbTx *tx, const OsyAlertRoom *room, gint64 away_s, GError **error);

/** What the queue of messages does; data: an OsyAlertRoom. */
extern const OsyFetchQueueRoom osy_alert_messages;

/** osy_alert_on_threat: OsyEventHandler of "threat."; room: an OsyAlertRoom. */
gboolean osy_alert_on_threat (OsyDbTx *tx,
                              const OsyCall *call,
                              const OsyEvent *event,
                              gpointer room,
                              GError **error);

/** osy_alert_decorate: OsyEventDecorate of "alert"; room: an OsyAlertRoom. */
gboolean osy_alert_decorate (OsyDbTx *tx,
                             GPtrArray *events,
                             OsyEventExtra *extras,
                             gpointer room,
                             GError **error);

/** osy_alert_sweep_old: forgets, in the transaction's shop, what ended before @before (UTC µs). */
gboolean osy_alert_sweep_old (OsyDbTx *tx, gint64 before, GError **error);

/** Every route of the room; room: an OsyAlertRoom. */
extern const OsyRoute osy_alert_routes[];
extern const OsyRoute osy_alert_setup_routes[];

G_END_DECLS
