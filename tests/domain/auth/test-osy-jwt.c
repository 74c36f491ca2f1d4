/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Access tokens: ours pass, every forged kind fails, and so do Wycheproof's. */

#include "config.h"

#include <string.h>

#include "osy-codec.h"
#include "osy-error.h"
#include "osy-json.h"
#include "osy-jwt.h"

#define NOW (G_GINT64_CONSTANT (1795231445) * G_USEC_PER_SEC)
#define USER "0192f0a0-0000-7000-8000-000000000001"
#define SHOP "0192f0a0-0000-7000-8000-000000000002"
#define SESSION "0192f0a0-0000-7000-8000-000000000003"

static OsyRsaKey *ours;

static OsyRsaKey *
find_ours (const char *kid, gpointer user_data)
{
  return strcmp (kid, "k1") == 0 ? ours : NULL;
}

static char *
sign_ours (gint64 issued_at)
{
  OsyJwtClaims claims = {(char *)USER,     (char *)SHOP, (char *)SESSION,
                         OSY_ROLE_MANAGER, issued_at,    issued_at + 900};
  g_autoptr (GError) error = NULL;
  char *token = osy_jwt_sign (ours, "k1", &claims, &error);

  g_assert_no_error (error);
  return token;
}

static gboolean
passes (const char *token, gint64 now)
{
  g_auto (OsyJwtClaims) claims = {NULL};
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_jwt_verify (token, find_ours, NULL, now, &claims, &error);

  if (!ok)
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
  return ok;
}

static void
test_round_trip (void)
{
  g_autofree char *token = sign_ours (NOW / G_USEC_PER_SEC);
  g_auto (OsyJwtClaims) claims = {NULL};

  g_assert_true (osy_jwt_verify (token, find_ours, NULL, NOW, &claims, NULL));
  g_assert_cmpstr (claims.user_id, ==, USER);
  g_assert_cmpstr (claims.restaurant_id, ==, SHOP);
  g_assert_cmpstr (claims.session_id, ==, SESSION);
  g_assert_cmpint (claims.role, ==, OSY_ROLE_MANAGER);
  g_assert_cmpint (claims.expires_at, ==, NOW / G_USEC_PER_SEC + 900);
}

static void
test_times (void)
{
  gint64 now = NOW / G_USEC_PER_SEC;
  g_autofree char *token = sign_ours (now);

  g_assert_true (passes (token, NOW + 899 * G_USEC_PER_SEC));
  g_assert_false (passes (token, NOW + 900 * G_USEC_PER_SEC));
  g_assert_true (passes (token, NOW - 30 * G_USEC_PER_SEC));
  g_assert_false (passes (token, NOW - 31 * G_USEC_PER_SEC));
}

/* Signs any header and payload with our own key: only the rules can refuse it. */
static char *
forge (const char *header, const char *payload)
{
  g_autofree char *head = osy_base64url_encode ((const guint8 *)header, strlen (header));
  g_autofree char *body = osy_base64url_encode ((const guint8 *)payload, strlen (payload));
  g_autofree char *input = g_strconcat (head, ".", body, NULL);
  g_autoptr (GBytes) signature =
      osy_rsa_sign_sha256 (ours, (const guint8 *)input, strlen (input), NULL);
  g_autofree char *tail =
      osy_base64url_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));

  return g_strconcat (input, ".", tail, NULL);
}

#define HEADER "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}"
#define WHO "\"sub\":\"" USER "\",\"user_id\":\"" USER "\",\"role\":\"OWNER\","
#define WHERE "\"restaurant_id\":\"" SHOP "\",\"session_id\":\"" SESSION "\","
#define FROM "\"iss\":\"ordersync\",\"aud\":\"ordersync-api\","
#define WHEN "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":1795232345,"
#define JTI "\"jti\":\"" SESSION "\""

static void
test_forged_headers (void)
{
  static const char *const headers[] = {
      "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"None\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"RS512\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"PS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"rs256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}",
      "{\"alg\":\"RS256\",\"kid\":\"k1\"}",
      "{\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k2\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"../k1\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":1}",
      "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"crit\":[\"exp\"]}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"b64\":false}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"jku\":\"https://x.example\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"jwk\":{}}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"x5u\":\"https://x.example\"}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"x5c\":[]}",
      "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"enc\":\"A256GCM\"}",
      "[]",
      "\"RS256\"",
      "",
      "{",
  };
  static const char payload[] = "{" FROM WHO WHERE WHEN JTI "}";
  g_autofree char *good = forge (HEADER, payload);

  g_assert_true (passes (good, NOW));
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autofree char *token = forge (headers[i], payload);
    g_test_message ("%s", headers[i]);
    g_assert_false (passes (token, NOW));
  }
}

static void
test_forged_claims (void)
{
  static const char *const payloads[] = {
      "{\"iss\":\"other\",\"aud\":\"ordersync-api\"," WHO WHERE WHEN JTI "}",
      "{\"aud\":\"ordersync-api\"," WHO WHERE WHEN JTI "}",
      "{\"iss\":\"ordersync\",\"aud\":\"other\"," WHO WHERE WHEN JTI "}",
      "{\"iss\":\"ordersync\",\"aud\":[\"ordersync-api\"]," WHO WHERE WHEN JTI "}",
      "{\"iss\":\"ordersync\"," WHO WHERE WHEN JTI "}",
      "{" FROM "\"sub\":\"" SHOP "\",\"user_id\":\"" USER "\",\"role\":\"OWNER\"," WHERE WHEN JTI
      "}",
      "{" FROM "\"user_id\":\"" USER "\",\"role\":\"OWNER\"," WHERE WHEN JTI "}",
      "{" FROM "\"sub\":\"me\",\"user_id\":\"me\",\"role\":\"OWNER\"," WHERE WHEN JTI "}",
      "{" FROM "\"sub\":\"" USER "\",\"user_id\":\"" USER "\",\"role\":\"KING\"," WHERE WHEN JTI
      "}",
      "{" FROM "\"sub\":\"" USER "\",\"user_id\":\"" USER "\"," WHERE WHEN JTI "}",
      "{" FROM WHO "\"session_id\":\"" SESSION "\"," WHEN JTI "}",
      "{" FROM WHO "\"restaurant_id\":\"" SHOP "\"," WHEN JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":1795232346," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231500,\"exp\":1795232345," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":\"1795232345\"," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":1795231445.5," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":1795231445," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":-1," JTI "}",
      "{" FROM WHO WHERE "\"nbf\":1795231445,\"exp\":1795232345," JTI "}",
      "{" FROM WHO WHERE "\"iat\":1795231445,\"nbf\":1795231445,\"exp\":1795231440," JTI "}",
      "{" FROM WHO WHERE WHEN "\"exp\":9999999999," JTI "}",
      "{" FROM WHO WHERE WHEN "\"x\":1}",
      "[]",
      "",
      "null",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++) {
    g_autofree char *token = forge (HEADER, payloads[i]);
    g_test_message ("%s", payloads[i]);
    g_assert_false (passes (token, NOW));
  }
}

static void
test_forged_forms (void)
{
  g_autofree char *token = sign_ours (NOW / G_USEC_PER_SEC);
  g_auto (GStrv) parts = g_strsplit (token, ".", 3);
  g_autofree char *two = g_strjoin (".", parts[0], parts[1], NULL);
  g_autofree char *unsigned_one = g_strjoin (".", parts[0], parts[1], "", NULL);
  g_autofree char *four = g_strjoin (".", parts[0], parts[1], parts[2], "x", NULL);
  g_autofree char *padded = g_strconcat (token, "=", NULL);
  g_autofree char *blank = g_strconcat (token, " ", NULL);
  g_autofree char *five = g_strjoin (".", "a", "b", "c", "d", "e", NULL);
  g_autofree char *huge = g_strnfill (OSY_JWT_MAX + 1, 'a');
  const char *const bad[] = {"",    ".",          "..", "...",
                             two,   unsigned_one, four, padded,
                             blank, five,         huge, "{\"payload\":\"\",\"signatures\":[]}"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (passes (bad[i], NOW));
}

/* Any one bit of it, anywhere. */
static void
test_every_character_counts (void)
{
  g_autofree char *token = sign_ours (NOW / G_USEC_PER_SEC);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 300; i++) {
    g_autofree char *changed = g_strdup (token);
    gint32 place = g_rand_int_range (random, 0, (gint32)strlen (token));
    changed[place] ^= (char)(1 << g_rand_int_range (random, 0, 7));
    if (changed[place] == '\0' || strcmp (changed, token) == 0)
      continue;
    g_assert_false (passes (changed, NOW));
  }
}

static void
test_other_key (void)
{
  g_autoptr (OsyRsaKey) thief = osy_rsa_key_generate (2048, NULL);
  OsyJwtClaims claims = {(char *)USER,   (char *)SHOP,         (char *)SESSION,
                         OSY_ROLE_OWNER, NOW / G_USEC_PER_SEC, NOW / G_USEC_PER_SEC + 900};
  g_autofree char *token = osy_jwt_sign (thief, "k1", &claims, NULL);

  g_assert_false (passes (token, NOW));
}

/* ---- Wycheproof ---- */

static void
der_add (GByteArray *out, guint8 tag, const guint8 *data, gsize len)
{
  g_byte_array_append (out, &tag, 1);
  if (len < 0x80) {
    g_byte_array_append (out, (const guint8[]){(guint8)len}, 1);
  } else if (len < 0x100) {
    g_byte_array_append (out, (const guint8[]){0x81, (guint8)len}, 2);
  } else {
    g_byte_array_append (out, (const guint8[]){0x82, (guint8)(len >> 8), (guint8)len}, 3);
  }
  g_byte_array_append (out, data, (guint)len);
}

static void
der_add_number (GByteArray *out, GBytes *number)
{
  g_autoptr (GByteArray) positive = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (number, NULL);

  if (data[0] & 0x80)
    g_byte_array_append (positive, (const guint8 *)"", 1);
  g_byte_array_append (positive, data, (guint)g_bytes_get_size (number));
  der_add (out, 0x02, positive->data, positive->len);
}

/* A JWK's numbers as SubjectPublicKeyInfo. */
static OsyRsaKey *
key_of (JsonObject *jwk)
{
  static const guint8 algorithm[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                     0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
  g_autoptr (GBytes) n = osy_base64url_decode (json_object_get_string_member (jwk, "n"));
  g_autoptr (GBytes) e = osy_base64url_decode (json_object_get_string_member (jwk, "e"));
  g_autoptr (GByteArray) numbers = g_byte_array_new ();
  g_autoptr (GByteArray) bits = g_byte_array_new ();
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  der_add_number (numbers, n);
  der_add_number (numbers, e);
  g_byte_array_append (bits, (const guint8 *)"", 1);
  der_add (bits, 0x30, numbers->data, numbers->len);
  g_byte_array_append (info, algorithm, sizeof algorithm);
  der_add (info, 0x03, bits->data, bits->len);
  der_add (out, 0x30, info->data, info->len);
  g_autoptr (GBytes) der = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return osy_rsa_key_from_public_der (der, NULL);
}

/** A group's key set of one. */
typedef struct {
  const char *kid;
  OsyRsaKey *key;
} KeySet;

static OsyRsaKey *
find_in_set (const char *kid, gpointer user_data)
{
  KeySet *set = user_data;

  return g_strcmp0 (kid, set->kid) == 0 ? set->key : NULL;
}

/* Whether such a key would be in our set: an RSA key for RS256 signatures. */
static gboolean
may_verify (JsonObject *jwk)
{
  g_autofree char *text = NULL;

  if (g_strcmp0 (json_object_get_string_member_with_default (jwk, "kty", ""), "RSA") != 0 ||
      g_strcmp0 (json_object_get_string_member_with_default (jwk, "use", "sig"), "sig") != 0 ||
      g_strcmp0 (json_object_get_string_member_with_default (jwk, "alg", "RS256"), "RS256") != 0)
    return FALSE;
  if (!json_object_has_member (jwk, "key_ops"))
    return TRUE;
  text = json_to_string (json_object_get_member (jwk, "key_ops"), FALSE);
  return strstr (text, "verify") != NULL;
}

static gboolean
says_rs256 (const char *jws)
{
  g_auto (GStrv) parts = g_strsplit (jws, ".", 2);
  g_autoptr (GBytes) header = osy_base64url_decode (parts[0] ? parts[0] : "");
  g_autofree char *text =
      header ? g_strndup (g_bytes_get_data (header, NULL), g_bytes_get_size (header)) : NULL;

  return text != NULL && strstr (text, "\"RS256\"") != NULL;
}

static void
check_group (JsonObject *group, int *n_passed, int *n_refused)
{
  JsonObject *jwk = json_object_has_member (group, "public")
                        ? json_object_get_object_member (group, "public")
                        : json_object_get_object_member (group, "private");
  g_autoptr (OsyRsaKey) key = may_verify (jwk) ? key_of (jwk) : NULL;
  KeySet set = {json_object_get_string_member_with_default (jwk, "kid", NULL), key};
  JsonArray *tests = json_object_get_array_member (group, "tests");

  for (guint i = 0; i < json_array_get_length (tests); i++) {
    JsonObject *test = json_array_get_object_element (tests, i);
    JsonNode *node = json_object_get_member (test, "jws");
    g_autofree char *jws =
        JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : json_to_string (node, FALSE);
    gboolean valid = g_str_equal (json_object_get_string_member (test, "result"), "valid");
    g_autoptr (GBytes) payload = osy_jws_open (jws, NULL, find_in_set, &set, NULL);
    g_autoptr (GBytes) typed = osy_jws_open (jws, "at+jwt", find_in_set, &set, NULL);
    g_test_message ("%" G_GINT64_FORMAT " %s", json_object_get_int_member (test, "tcId"),
                    json_object_get_string_member (test, "comment"));
    g_assert_true ((payload != NULL) == (valid && says_rs256 (jws)));
    g_assert_null (typed);
    if (payload != NULL)
      (*n_passed)++;
    else
      (*n_refused)++;
  }
}

static void
test_wycheproof (void)
{
  static const char path[] =
      OSY_SOURCE_DIR "/../shared/corpora/wycheproof/json_web_signature_test.json";
  g_autoptr (JsonParser) parser = json_parser_new ();
  int n_passed = 0;
  int n_refused = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("../shared/corpora is not here");
    return;
  }
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *groups = json_object_get_array_member (root, "testGroups");
  for (guint i = 0; i < json_array_get_length (groups); i++)
    check_group (json_array_get_object_element (groups, i), &n_passed, &n_refused);
  g_assert_cmpint (n_passed, ==, 8);
  g_assert_cmpint (n_passed + n_refused, ==, json_object_get_int_member (root, "numberOfTests"));
}

/* The one key of @keys that such a token may be verified by; two with one name are none. */
static OsyRsaKey *
key_of_set (JsonArray *keys, const char *kid)
{
  JsonObject *found = NULL;

  for (guint i = 0; i < json_array_get_length (keys); i++) {
    JsonObject *jwk = json_array_get_object_element (keys, i);
    if (g_strcmp0 (json_object_get_string_member_with_default (jwk, "kid", ""), kid) != 0)
      continue;
    if (found != NULL)
      return NULL;
    found = jwk;
  }
  return found != NULL && may_verify (found) && json_object_has_member (found, "n") ? key_of (found)
                                                                                    : NULL;
}

static gboolean
opens_with_set (const char *jws, JsonArray *keys)
{
  gboolean opened = FALSE;

  for (guint i = 0; i < json_array_get_length (keys); i++) {
    JsonObject *jwk = json_array_get_object_element (keys, i);
    const char *kid = json_object_get_string_member_with_default (jwk, "kid", "");
    g_autoptr (OsyRsaKey) key = key_of_set (keys, kid);
    KeySet set = {kid, key};
    g_autoptr (GBytes) payload = osy_jws_open (jws, NULL, find_in_set, &set, NULL);
    opened |= payload != NULL;
  }
  return opened;
}

static void
check_key_group (JsonObject *group, int *n_passed, int *n_refused)
{
  const char *half = json_object_has_member (group, "public") ? "public" : "private";
  JsonArray *keys =
      json_object_get_array_member (json_object_get_object_member (group, half), "keys");
  JsonArray *tests = json_object_get_array_member (group, "tests");

  for (guint i = 0; i < json_array_get_length (tests); i++) {
    JsonObject *test = json_array_get_object_element (tests, i);
    const char *jws = json_object_get_string_member_with_default (test, "jws", "");
    gboolean valid = g_str_equal (json_object_get_string_member (test, "result"), "valid");
    gboolean opened = opens_with_set (jws, keys);
    g_test_message ("%" G_GINT64_FORMAT " %s", json_object_get_int_member (test, "tcId"),
                    json_object_get_string_member (test, "comment"));
    g_assert_true (opened == (valid && says_rs256 (jws)));
    *(opened ? n_passed : n_refused) += 1;
  }
}

/* Key sets: of 26, the one of a sound RSA key for RS256 passes. */
static void
test_wycheproof_keys (void)
{
  static const char path[] = OSY_SOURCE_DIR "/../shared/corpora/wycheproof/json_web_key_test.json";
  g_autoptr (JsonParser) parser = json_parser_new ();
  int n_passed = 0;
  int n_refused = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("../shared/corpora is not here");
    return;
  }
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *groups = json_object_get_array_member (root, "testGroups");
  for (guint i = 0; i < json_array_get_length (groups); i++)
    check_key_group (json_array_get_object_element (groups, i), &n_passed, &n_refused);
  g_assert_cmpint (n_passed, ==, 1);
  g_assert_cmpint (n_passed + n_refused, ==, json_object_get_int_member (root, "numberOfTests"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ours = osy_rsa_key_generate (2048, NULL);
  g_test_add_func ("/auth/jwt/round-trip", test_round_trip);
  g_test_add_func ("/auth/jwt/times", test_times);
  g_test_add_func ("/auth/jwt/forged-headers", test_forged_headers);
  g_test_add_func ("/auth/jwt/forged-claims", test_forged_claims);
  g_test_add_func ("/auth/jwt/forged-forms", test_forged_forms);
  g_test_add_func ("/auth/jwt/every-character-counts", test_every_character_counts);
  g_test_add_func ("/auth/jwt/other-key", test_other_key);
  g_test_add_func ("/auth/jwt/wycheproof", test_wycheproof);
  g_test_add_func ("/auth/jwt/wycheproof-keys", test_wycheproof_keys);
  int code = g_test_run ();
  osy_rsa_key_free (ours);
  return code;
}
