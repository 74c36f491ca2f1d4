/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_base64url_encode: Returns: (transfer full): unpadded base64url (RFC 4648 §5). */
char *osy_base64url_encode (const guint8 *data, gsize len);

/**
 * osy_base64url_decode:
 *
 * Strict: no padding, no blanks, no stray bits in the last character.
 * Returns: (transfer full) (nullable): the bytes, or NULL when @text is not canonical base64url.
 */
GBytes *osy_base64url_decode (const char *text);

/** osy_hex_encode: Returns: (transfer full): lower-case hexadecimal. */
char *osy_hex_encode (const guint8 *data, gsize len);

/** osy_hex_decode: Returns: (transfer full) (nullable): the bytes, NULL when @text is not hex. */
GBytes *osy_hex_decode (const char *text);
/** osy_hex_decode_into: Returns: whether @text was the hexadecimal of exactly @len bytes, which are
 * in @out then. */
gboolean osy_hex_decode_into (const char *text, guint8 *out, gsize len);

/** osy_constant_time_equal: compares without an early exit; lengths are not secret. */
gboolean osy_constant_time_equal (const guint8 *a, gsize a_len, const guint8 *b, gsize b_len);

G_END_DECLS
