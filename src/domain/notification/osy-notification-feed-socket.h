/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-ws.h"

G_BEGIN_DECLS

/**
 * OsyNotificationFeedSocket: one member of staff's socket on the feed of a shop. Knows what was
 * sent; anything that does not follow on it is read from the database first.
 */
typedef struct _OsyNotificationFeedSocket OsyNotificationFeedSocket;

/** osy_notification_feed_socket_new: @ws: (transfer full). Says hello once the feed's head is
 * known. */
OsyNotificationFeedSocket *
osy_notification_feed_socket_new (const OsyEventFeed *feed, OsyWs *ws, OsyPrincipal *principal);
/** osy_notification_feed_socket_unref: lets go; a page still being read keeps it alive until then.
 */
void osy_notification_feed_socket_unref (OsyNotificationFeedSocket *self);

/** osy_notification_feed_socket_ws: (transfer none); _principal: (transfer none): who listens. */
OsyWs *osy_notification_feed_socket_ws (OsyNotificationFeedSocket *self);
OsyPrincipal *osy_notification_feed_socket_principal (OsyNotificationFeedSocket *self);

/** When the right to listen ends, UTC µs. */
gint64 osy_notification_feed_socket_get_expiry (OsyNotificationFeedSocket *self);
void osy_notification_feed_socket_set_expiry (OsyNotificationFeedSocket *self, gint64 expiry);

/** osy_notification_feed_socket_resume: the client has everything up to @seq of @epoch. */
void osy_notification_feed_socket_resume (OsyNotificationFeedSocket *self,
                                          const char *epoch,
                                          gint64 seq);
/** osy_notification_feed_socket_offer: a live event with its ready frame; sent when it is the next
 * one. @frame: (nullable): NULL when it could not be made, so that it must be read again. */
void osy_notification_feed_socket_offer (OsyNotificationFeedSocket *self,
                                         const OsyEvent *event,
                                         GBytes *frame);
/** osy_notification_feed_socket_heartbeat: every 2 s; also goes live when no resume came. */
void osy_notification_feed_socket_heartbeat (OsyNotificationFeedSocket *self);

/** osy_notification_event_frame: the text frame of event @i of @page; (transfer full). */
GBytes *osy_notification_event_frame (const OsyEventFeed *feed, const OsyEventPage *page, guint i);

G_END_DECLS
