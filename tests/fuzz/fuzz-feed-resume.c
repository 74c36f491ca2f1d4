/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a screen sends on its feed: only a well-formed resume or token gets through. */

#include <string.h>

#include "fuzz.h"
#include "osy-id.h"
#include "osy-notification-message.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (OsyNotificationMessage) message = {NULL};
  guint code = osy_notification_message_read (text, &message);

  if (code != 0) {
    g_assert_true (code == 1007 || code == 1008);
    g_assert_true (message.epoch == NULL && message.access_token == NULL);
    return 0;
  }
  g_assert_true ((message.epoch == NULL) != (message.access_token == NULL));
  g_assert_true (message.epoch == NULL || osy_id_is_valid (message.epoch));
  g_assert_cmpint (message.seq, >=, 0);
  g_assert_true (message.access_token == NULL || *message.access_token != '\0');
  return 0;
}
