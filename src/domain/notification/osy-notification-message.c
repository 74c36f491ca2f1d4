/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads what comes in on a feed's socket. */

#include "osy-notification-message.h"

#include <string.h>

#include "osy-json.h"

void
osy_notification_message_clear (OsyNotificationMessage *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->access_token, g_free);
}

guint
osy_notification_message_read (const char *text, OsyNotificationMessage *ret)
{
  static const char *const types[] = {"resume", "auth", NULL};
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  *ret = (OsyNotificationMessage){NULL};
  if (node == NULL)
    return 1007;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  gboolean resume = g_strcmp0 (osy_json_reader_enum (reader, "type", types, NULL), "resume") == 0;
  const char *epoch = resume ? osy_json_reader_id (reader, "epoch") : NULL;
  gint64 seq = resume ? osy_json_reader_int (reader, "seq", 0, G_MAXINT32 * 1000LL) : 0;
  const char *token = resume ? NULL : osy_json_reader_string (reader, "access_token", 1, 4096);

  if (!osy_json_reader_finish (reader, NULL))
    return 1008;
  ret->epoch = g_strdup (epoch);
  ret->seq = seq;
  ret->access_token = g_strdup (token);
  return 0;
}
