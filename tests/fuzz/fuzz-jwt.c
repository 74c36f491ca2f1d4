/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Access tokens. An input that begins with '.' is the payload of a token signed with the right key,
 * which is how the claims' reader is reached; any other is a whole token, and none is ever good. */

#include <string.h>

#include "fuzz.h"
#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-jwt.h"

#define HEADER "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}"
#define NOW (G_GINT64_CONSTANT (1795231445) * G_USEC_PER_SEC)

static OsyRsaKey *key;

static OsyRsaKey *
find_key (const char *kid, gpointer user_data)
{
  return strcmp (kid, "k1") == 0 ? key : NULL;
}

static char *
signed_token (const uint8_t *payload, size_t size)
{
  g_autofree char *header = osy_base64url_encode ((const guint8 *)HEADER, strlen (HEADER));
  g_autofree char *body = osy_base64url_encode (payload, size);
  g_autofree char *head = g_strconcat (header, ".", body, NULL);
  g_autoptr (GBytes) signature =
      osy_rsa_sign_sha256 (key, (const guint8 *)head, strlen (head), NULL);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);
  g_autofree char *tail = osy_base64url_encode (bytes, len);

  return g_strconcat (head, ".", tail, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gboolean ours = size > 0 && data[0] == '.';
  g_autoptr (GError) error = NULL;
  g_auto (OsyJwtClaims) claims = {NULL};

  if (key == NULL)
    key = osy_rsa_key_generate (2048, NULL);
  g_autofree char *token =
      ours ? signed_token (data + 1, size - 1) : g_strndup ((const char *)data, size);
  gboolean good = osy_jwt_verify (token, find_key, NULL, NOW, &claims, &error);

  g_assert_true (good == (error == NULL));
  g_assert_true (ours || !good);
  if (!good) {
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
    return 0;
  }
  g_assert_true (osy_id_is_valid (claims.user_id) && osy_id_is_valid (claims.restaurant_id));
  g_assert_cmpint (claims.expires_at - claims.issued_at, <=, OSY_JWT_LIFETIME);
  g_assert_cmpint (claims.expires_at, >, NOW / G_USEC_PER_SEC - 60);
  return 0;
}
