/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Access tokens: RFC 7515 compact form, RS256 alone, with the rules of RFC 8725 and RFC 9068. */

#include "osy-jwt.h"

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"

#define TYPE "at+jwt"
#define ISSUER "ordersync"
#define AUDIENCE "ordersync-api"
#define LEEWAY 30

void
osy_jwt_claims_clear (OsyJwtClaims *self)
{
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->restaurant_id, g_free);
  g_clear_pointer (&self->session_id, g_free);
}

static char *
encode_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *text = osy_json_print (node);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static char *
encode_header (const char *kid)
{
  JsonObject *header = json_object_new ();

  json_object_set_string_member (header, "alg", "RS256");
  json_object_set_string_member (header, "typ", TYPE);
  json_object_set_string_member (header, "kid", kid);
  return encode_object (header);
}

static char *
encode_claims (const OsyJwtClaims *claims)
{
  JsonObject *object = json_object_new ();
  JsonArray *permissions = json_array_new ();
  g_auto (GStrv) names = osy_permission_names (osy_role_permissions (claims->role));
  g_autofree char *jti = osy_id_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    json_array_add_string_element (permissions, names[i]);
  json_object_set_string_member (object, "iss", ISSUER);
  json_object_set_string_member (object, "aud", AUDIENCE);
  json_object_set_string_member (object, "sub", claims->user_id);
  json_object_set_string_member (object, "user_id", claims->user_id);
  json_object_set_string_member (object, "role", osy_role_name (claims->role));
  json_object_set_array_member (object, "permissions", permissions);
  json_object_set_string_member (object, "restaurant_id", claims->restaurant_id);
  json_object_set_string_member (object, "session_id", claims->session_id);
  if (claims->device)
    json_object_set_boolean_member (object, "device", TRUE);
  json_object_set_int_member (object, "iat", claims->issued_at);
  json_object_set_int_member (object, "nbf", claims->issued_at);
  json_object_set_int_member (object, "exp", claims->expires_at);
  json_object_set_string_member (object, "jti", jti);
  return encode_object (object);
}

char *
osy_jwt_sign (OsyRsaKey *key, const char *kid, const OsyJwtClaims *claims, GError **error)
{
  g_autofree char *header = encode_header (kid);
  g_autofree char *payload = encode_claims (claims);
  g_autofree char *input = g_strconcat (header, ".", payload, NULL);
  g_autoptr (GBytes) signature =
      osy_rsa_sign_sha256 (key, (const guint8 *)input, strlen (input), error);

  if (signature == NULL)
    return NULL;
  gsize len = 0;
  const guint8 *bytes = g_bytes_get_data (signature, &len);
  g_autofree char *tail = osy_base64url_encode (bytes, len);
  return g_strconcat (input, ".", tail, NULL);
}

/* One sentence for every fault: a forger learns nothing from it. */
static void
set_refused (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                       "The access token is not valid or has ended: sign in again.");
}

/* Any member but these three (crit, b64, jku, jwk, x5u, x5c, …) is refused with the rest. */
static char *
read_header (GBytes *header, const char *typ)
{
  gsize len = 0;
  const char *text = g_bytes_get_data (header, &len);
  g_autoptr (JsonNode) node = osy_json_parse (text, len, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  const char *alg = osy_json_reader_string (reader, "alg", 1, 10);
  const char *type = osy_json_reader_opt_string (reader, "typ", 1, 20);
  const char *kid = osy_json_reader_string (reader, "kid", 1, 100);
  if (!osy_json_reader_finish (reader, NULL) || strcmp (alg, "RS256") != 0 ||
      g_strcmp0 (type, typ) != 0)
    return NULL;
  return g_strdup (kid);
}

GBytes *
osy_jws_open (const char *token,
              const char *typ,
              OsyJwtFindKey find_key,
              gpointer user_data,
              GError **error)
{
  gsize len = strnlen (token, OSY_JWT_MAX + 1);
  const char *second = len <= OSY_JWT_MAX ? strrchr (token, '.') : NULL;
  g_auto (GStrv) parts = second ? g_strsplit (token, ".", 4) : NULL;

  if (parts == NULL || g_strv_length (parts) != 3) {
    set_refused (error);
    return NULL;
  }
  g_autoptr (GBytes) header = osy_base64url_decode (parts[0]);
  g_autoptr (GBytes) payload = osy_base64url_decode (parts[1]);
  g_autoptr (GBytes) signature = osy_base64url_decode (parts[2]);
  g_autofree char *kid = header && payload && signature ? read_header (header, typ) : NULL;
  OsyRsaKey *key = kid ? find_key (kid, user_data) : NULL;
  if (key == NULL ||
      !osy_rsa_verify_sha256 (key, (const guint8 *)token, (gsize)(second - token),
                              g_bytes_get_data (signature, NULL), g_bytes_get_size (signature))) {
    set_refused (error);
    return NULL;
  }
  return g_steal_pointer (&payload);
}

static gboolean
times_hold (gint64 iat, gint64 nbf, gint64 exp, gint64 now)
{
  return exp > iat && exp - iat <= OSY_JWT_LIFETIME && iat <= now + LEEWAY && nbf <= now + LEEWAY &&
         now < exp;
}

static gboolean
read_claims (JsonNode *node, gint64 now, OsyJwtClaims *ret)
{
  const gint64 last = G_GINT64_CONSTANT (253402300799); /* the year 9999 */
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  const char *issuer = osy_json_reader_string (reader, "iss", 1, 100);
  const char *audience = osy_json_reader_string (reader, "aud", 1, 100);
  const char *subject = osy_json_reader_id (reader, "sub");
  const char *user_id = osy_json_reader_id (reader, "user_id");
  const char *role = osy_json_reader_string (reader, "role", 1, 20);
  const char *restaurant_id = osy_json_reader_id (reader, "restaurant_id");
  const char *session_id = osy_json_reader_id (reader, "session_id");
  const char *jti = osy_json_reader_id (reader, "jti");
  gboolean device = osy_json_reader_opt_bool (reader, "device", FALSE);
  gint64 iat = osy_json_reader_int (reader, "iat", 0, last);
  gint64 nbf = osy_json_reader_int (reader, "nbf", 0, last);
  gint64 exp = osy_json_reader_int (reader, "exp", 0, last);
  if (!osy_json_reader_finish (reader, NULL) || jti == NULL || strcmp (issuer, ISSUER) != 0 ||
      strcmp (audience, AUDIENCE) != 0 || strcmp (subject, user_id) != 0 ||
      !osy_role_from_name (role, &ret->role) || !times_hold (iat, nbf, exp, now))
    return FALSE;
  ret->user_id = g_strdup (user_id);
  ret->restaurant_id = g_strdup (restaurant_id);
  ret->session_id = g_strdup (session_id);
  ret->device = device;
  ret->issued_at = iat;
  ret->expires_at = exp;
  return TRUE;
}

gboolean
osy_jwt_verify (const char *token,
                OsyJwtFindKey find_key,
                gpointer user_data,
                gint64 now,
                OsyJwtClaims *ret,
                GError **error)
{
  g_autoptr (GBytes) payload = osy_jws_open (token, TYPE, find_key, user_data, error);

  if (payload == NULL)
    return FALSE;
  gsize len = 0;
  const char *text = g_bytes_get_data (payload, &len);
  g_autoptr (JsonNode) node = osy_json_parse (text, len, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !read_claims (node, now / G_USEC_PER_SEC, ret)) {
    set_refused (error);
    return FALSE;
  }
  return TRUE;
}

gboolean
osy_jwt_is_signed (const char *token, OsyJwtFindKey find_key, gpointer user_data)
{
  g_autoptr (GBytes) payload = osy_jws_open (token, TYPE, find_key, user_data, NULL);

  return payload != NULL;
}
