/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Bytes of a textual UUID with its NUL. */
#define OSY_ID_SIZE 37

/** osy_id_new: Returns: (transfer full): a new UUID v7 (RFC 9562), lower case; ordered by time in
 * one process. */
char *osy_id_new (void);

/** osy_id_is_valid: Returns: whether @text is a lower-case textual UUID. NULL is not. */
gboolean osy_id_is_valid (const char *text);

/** osy_id_to_bytes: writes the 16 bytes of a valid id. Returns: FALSE when @text is not one. */
gboolean osy_id_to_bytes (const char *text, guint8 out[16]) G_GNUC_WARN_UNUSED_RESULT;

/** osy_id_from_bytes: Returns: (transfer full): the textual form. */
char *osy_id_from_bytes (const guint8 bytes[16]);

/** osy_random_bytes: fills @out from the kernel's generator; aborts only if the kernel has none. */
void osy_random_bytes (guint8 *out, gsize len);

/** osy_random_token: Returns: (transfer full): @n_bytes random bytes as unpadded base64url. */
char *osy_random_token (gsize n_bytes);

G_END_DECLS
