/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** What a screen sends on its feed: either a resume, or an access token to go on with. */
typedef struct {
  char *epoch; /* (nullable): of a resume, a UUID */
  gint64 seq;  /* of a resume, 0 or more */
  char *access_token;
} OsyNotificationMessage;
void osy_notification_message_clear (OsyNotificationMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyNotificationMessage, osy_notification_message_clear)

/** osy_notification_message_read: Returns: 0 with @ret filled, else the code to close with: 1007
 * for what is not JSON, 1008 for what is no message of ours. */
guint osy_notification_message_read (const char *text, OsyNotificationMessage *ret);

G_END_DECLS
