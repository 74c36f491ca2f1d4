/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

/** osy_private_file_create: a durable 0600 file, whole or not at all, its folder made with 0700.
 * CONFLICT when it is there already. */
gboolean osy_private_file_create (const char *path,
                                  const char *text,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_private_file_rename: @from takes the place of @to, durably. */
gboolean osy_private_file_rename (const char *from,
                                  const char *to,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_private_file_remove: durably; a file that is not there is fine. */
gboolean osy_private_file_remove (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_key_provider_moving: @from until its promotion, which writes @next_mark over @mark. */
OsyKeyProvider *osy_key_provider_moving (OsyKeyProvider *from,
                                         OsyKeyProvider *to,
                                         const char *mark_path,
                                         const char *next_mark_path);

/** osy_secret_service_answers: Returns: whether a desktop's keyring is there and open. At most 10
 * s.
 */
gboolean osy_secret_service_answers (void);

/** osy_key_to_text: Returns: (transfer full): 64 hexadecimal digits; wipe it. */
char *osy_key_to_text (const guint8 key[OSY_KEY_SIZE]);
/** osy_key_from_text: Returns: (transfer full) (nullable): NULL when @text is no key. */
GBytes *osy_key_from_text (const char *text);

G_END_DECLS
