/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bus.h"
#include "osy-event-feed.h"
#include "osy-metrics.h"
#include "osy-ws.h"

G_BEGIN_DECLS

/**
 * OsyNotificationHub: everyone who listens from outside: members of staff on the feed of their
 * shop, guests on the status of their order. Takes events from the bus, decorates them once, and
 * sends each socket what it lacks, without gap or repeat. Main thread.
 */
#define OSY_TYPE_NOTIFICATION_HUB (osy_notification_hub_get_type ())
G_DECLARE_FINAL_TYPE (OsyNotificationHub, osy_notification_hub, OSY, NOTIFICATION_HUB, GObject)

/** osy_notification_hub_new: @feed: outlives the hub. */
OsyNotificationHub *osy_notification_hub_new (const OsyEventFeed *feed, OsyBus *bus);

/**
 * OsyNotificationVerify:
 * @access_token: what a client sent to renew its socket
 *
 * Returns: when the token ends, in UTC µs, if it is good and for the same person and shop as
 * @principal; else 0. With @access_token NULL: when @principal's own right ends.
 */
typedef gint64 (*OsyNotificationVerify) (const char *access_token,
                                         OsyPrincipal *principal,
                                         gpointer user_data);
void osy_notification_hub_set_verify (OsyNotificationHub *self,
                                      OsyNotificationVerify verify,
                                      gpointer user_data);

/**
 * osy_notification_hub_watch:
 * @ws: (transfer full): an open socket of somebody who follows one subject
 *
 * Sends `{"type":"status", …}` at each change of the subject from now on. Returns: an id for
 * osy_notification_hub_tell(), good until the socket closes.
 */
guint osy_notification_hub_watch (OsyNotificationHub *self,
                                  OsyWs *ws,
                                  const char *restaurant_id,
                                  const char *subject_id);
/** osy_notification_hub_tell: sends the subject's state as it stands, unless a newer one was sent.
 */
void osy_notification_hub_tell (OsyNotificationHub *self, guint watch, JsonNode *status);

/** osy_notification_hub_listeners: Returns: sockets that follow the feed of a shop. */
guint osy_notification_hub_listeners (OsyNotificationHub *self);

/** osy_notification_metrics: what the hub counts, to NULL. */
extern OsyMetric *const osy_notification_metrics[];

/** osy_notification_hub_close_session: closes (4401) every socket of a session that was revoked. */
void osy_notification_hub_close_session (OsyNotificationHub *self, const char *session_id);

/** GET /ws/restaurants/me/feed; room: the hub. */
extern const OsyRoute osy_notification_routes[];

G_END_DECLS
