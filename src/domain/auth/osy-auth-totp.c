/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Second factors. Recovery codes are random enough (50 bits, and throttled) that a keyed hash keeps
 * them. */

#include "osy-auth-totp.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-throttle.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"

#define ISSUER "OrderSync"
#define RECOVERY_LENGTH 10
#define RECOVERY_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789" /* none that look alike */

typedef struct {
  guint8 secret[OSY_TOTP_SECRET_SIZE];
  gint64 last_step;
  gboolean confirmed;
  const char *user_id;
  gboolean keep; /* a code is only looked at, and stays good */
} Factor;

void
osy_auth_totp_start_clear (OsyAuthTotpStart *self)
{
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->uri, g_free);
}

static gboolean
refuse_code (GError **error)
{
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                       "The code is not right: look at the newest one.");

  osy_error_add_field (fault, "/code", "TOTP", "The code is not right.");
  g_propagate_error (error, fault);
  return FALSE;
}

static OsyCell
cell_of (const char *user_id)
{
  return (OsyCell){OSY_KEYRING_GLOBAL, "user_totp", "secret_enc", user_id};
}

/* *@found says whether there is one. */
static gboolean
load (OsyDbTx *tx,
      OsyKeyring *ring,
      const char *user_id,
      Factor *ret,
      gboolean *found,
      GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT secret_enc, last_step, confirmed_at IS NOT NULL AS confirmed "
                    "FROM user_totp WHERE user_id = $1::uuid FOR UPDATE",
                    OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  if (rows == NULL)
    return FALSE;
  *found = osy_db_rows_count (rows) > 0;
  if (!*found)
    return TRUE;
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, "secret_enc");
  OsyCell cell = cell_of (user_id);
  g_autofree char *hex = osy_keyring_open (ring, &cell, sealed, error);
  g_autoptr (GBytes) secret = hex != NULL ? osy_hex_decode (hex) : NULL;
  if (secret == NULL || g_bytes_get_size (secret) != OSY_TOTP_SECRET_SIZE)
    return FALSE;
  ret->user_id = user_id;
  memcpy (ret->secret, g_bytes_get_data (secret, NULL), OSY_TOTP_SECRET_SIZE);
  ret->last_step = osy_db_rows_int (rows, 0, "last_step");
  ret->confirmed = osy_db_rows_bool (rows, 0, "confirmed");
  return TRUE;
}

gboolean
osy_auth_totp_begin (OsyDbTx *tx,
                     OsyKeyring *ring,
                     const OsyAuthUser *user,
                     OsyAuthTotpStart *ret,
                     GError **error)
{
  guint8 secret[OSY_TOTP_SECRET_SIZE];
  gint64 affected = 0;

  osy_random_bytes (secret, sizeof secret);
  g_autofree char *hex = osy_hex_encode (secret, sizeof secret);
  OsyCell cell = cell_of (user->id);
  g_autoptr (GBytes) sealed = osy_keyring_seal (ring, &cell, hex, error);
  if (sealed == NULL ||
      !osy_db_exec (
          tx,
          "INSERT INTO user_totp AS t (user_id, secret_enc, last_step, created_at) "
          "VALUES ($1::uuid, $2, 0, $3) ON CONFLICT (user_id) DO UPDATE SET "
          "secret_enc = excluded.secret_enc, created_at = excluded.created_at "
          "WHERE t.confirmed_at IS NULL",
          OSY_PARAMS (OSY_P_TEXT (user->id), OSY_P_BYTES (sealed), OSY_P_TIME (osy_clock_now ())),
          &affected, error))
    return FALSE;
  if (affected == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "This account has a second factor already: remove it first.");
    return FALSE;
  }
  g_autofree char *label = g_uri_escape_string (user->email, NULL, FALSE);
  ret->secret = osy_totp_secret_to_text (secret);
  ret->uri =
      g_strdup_printf ("otpauth://totp/" ISSUER ":%s?secret=%s&issuer=" ISSUER, label, ret->secret);
  osy_wipe (secret, sizeof secret);
  return TRUE;
}

/* ---- recovery codes ---- */

static char *
new_recovery_code (void)
{
  guint8 random[RECOVERY_LENGTH];
  char code[RECOVERY_LENGTH + 1] = {0};

  osy_random_bytes (random, sizeof random);
  for (guint i = 0; i < RECOVERY_LENGTH; i++)
    code[i] = RECOVERY_LETTERS[random[i] % strlen (RECOVERY_LETTERS)];
  return g_strdup (code);
}

/* As people type it: in small letters, with blanks and dashes. NULL when it cannot be one. */
static char *
normalise_recovery (const char *typed)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (const char *c = typed; *c != '\0'; c++)
    if (*c != ' ' && *c != '-')
      g_string_append_c (code, g_ascii_toupper (*c));
  return code->len == RECOVERY_LENGTH ? g_strdup (code->str) : NULL;
}

static GBytes *
hash_recovery (OsyKeyring *ring, const char *user_id, const char *code)
{
  g_autofree char *bound = g_strconcat (user_id, "|", code, NULL);
  guint8 key[OSY_KEY_SIZE];
  guint8 hash[32];

  osy_keyring_derive (ring, "recovery-code", key);
  osy_hmac_sha256 (key, (const guint8 *)bound, strlen (bound), hash);
  osy_wipe (key, sizeof key);
  return g_bytes_new (hash, sizeof hash);
}

static GPtrArray *
make_recovery_codes (OsyDbTx *tx, OsyKeyring *ring, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < OSY_AUTH_RECOVERY_CODES; i++) {
    g_ptr_array_add (codes, new_recovery_code ());
    g_ptr_array_add (hashes, hash_recovery (ring, user_id, codes->pdata[i]));
  }
  if (!osy_db_exec (tx,
                    "INSERT INTO user_recovery_code (user_id, code_hash) "
                    "SELECT $1::uuid, unnest ($2::bytea[])",
                    OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_BLOBS (hashes)), NULL, error))
    return NULL;
  return g_steal_pointer (&codes);
}

static gboolean
use_recovery_code (OsyDbTx *tx,
                   OsyKeyring *ring,
                   const Factor *factor,
                   const char *code,
                   gboolean *right,
                   GError **error)
{
  g_autoptr (GBytes) hash = hash_recovery (ring, factor->user_id, code);
  gint64 affected = 0;

  /* A look writes no time, and so leaves the code as it is. */
  if (!osy_db_exec (tx,
                    "UPDATE user_recovery_code SET used_at = $3 WHERE user_id = $1::uuid "
                    "AND code_hash = $2 AND used_at IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (factor->user_id), OSY_P_BYTES (hash),
                                OSY_P_TIME (factor->keep ? 0 : osy_clock_now ())),
                    &affected, error))
    return FALSE;
  *right = affected == 1;
  return TRUE;
}

/* ---- codes ---- */

/* A code of a step that was used before is refused, right or not (RFC 6238 §5.2). */
static gboolean
use_code (OsyDbTx *tx, const Factor *factor, const char *code, gboolean *right, GError **error)
{
  gint64 step = 0;

  *right =
      osy_totp_check (factor->secret, osy_clock_now (), code, &step) && step > factor->last_step;
  return !*right || factor->keep ||
         osy_db_exec (tx, "UPDATE user_totp SET last_step = $2 WHERE user_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (factor->user_id), OSY_P_INT (step)), NULL, error);
}

/* Looks have a number of their own: a stranger who spends it cannot keep out who has the password.
 */
static gboolean
use_counted_code (OsyDbTx *tx,
                  OsyKeyring *ring,
                  const Factor *factor,
                  const char *code,
                  gboolean *right,
                  GError **error)
{
  g_autofree char *subject = g_strconcat (factor->user_id, factor->keep ? "|look" : "", NULL);
  OsyAuthGuess guess = {.kind = OSY_AUTH_GUESS_CODE, .subject = subject};
  gint64 wait = 0;

  if (!osy_auth_throttle_take (tx, ring, &guess, &wait, error))
    return FALSE;
  if (wait > 0)
    return factor->keep || osy_auth_throttle_refuse (wait, error);
  return use_code (tx, factor, code, right, error) &&
         (!*right || osy_auth_throttle_give_back (tx, ring, &guess, error));
}

static gboolean
try_code (OsyDbTx *tx,
          OsyKeyring *ring,
          const Factor *factor,
          const char *code,
          gboolean *right,
          GError **error)
{
  g_autofree char *recovery = normalise_recovery (code);

  *right = FALSE;
  return recovery != NULL ? use_recovery_code (tx, ring, factor, recovery, right, error)
                          : use_counted_code (tx, ring, factor, code, right, error);
}

gboolean
osy_auth_totp_peek (OsyDbTx *tx,
                    OsyKeyring *ring,
                    const char *user_id,
                    const char *code,
                    gboolean *right,
                    GError **error)
{
  Factor factor = {.keep = TRUE};
  gboolean found = FALSE;

  *right = FALSE;
  return load (tx, ring, user_id, &factor, &found, error) &&
         (!found || !factor.confirmed || try_code (tx, ring, &factor, code, right, error));
}

gboolean
osy_auth_totp_check (OsyDbTx *tx,
                     OsyKeyring *ring,
                     const char *user_id,
                     const char *code,
                     OsyAuthTotpOutcome *ret,
                     GError **error)
{
  Factor factor = {.keep = FALSE};
  gboolean found = FALSE;
  gboolean right = FALSE;

  if (!load (tx, ring, user_id, &factor, &found, error))
    return FALSE;
  if (!found || !factor.confirmed) {
    *ret = OSY_AUTH_TOTP_NONE;
    return TRUE;
  }
  if (code == NULL || *code == '\0') {
    *ret = OSY_AUTH_TOTP_MISSING;
    return TRUE;
  }
  if (!try_code (tx, ring, &factor, code, &right, error))
    return FALSE;
  *ret = right ? OSY_AUTH_TOTP_RIGHT : OSY_AUTH_TOTP_WRONG;
  return TRUE;
}

static gboolean
note (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, const char *action, GError **error)
{
  const OsyAuditEntry entry = {.action = action,
                               .object_type = "user",
                               .object_id = osy_principal_user_id (call->principal)};

  return osy_audit_record (tx, ring, call, &entry, error);
}

GPtrArray *
osy_auth_totp_confirm (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       const char *code,
                       GError **error)
{
  const char *user_id = osy_principal_user_id (call->principal);
  Factor factor = {0};
  gboolean found = FALSE;
  gboolean right = FALSE;

  if (!load (tx, ring, user_id, &factor, &found, error))
    return NULL;
  if (!found || factor.confirmed) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "No second factor waits to be confirmed: begin anew.");
    return NULL;
  }
  if (!use_code (tx, &factor, code, &right, error))
    return NULL;
  if (!right) {
    refuse_code (error);
    return NULL;
  }
  if (!osy_db_exec (tx, "UPDATE user_totp SET confirmed_at = $2 WHERE user_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_TIME (osy_clock_now ())), NULL,
                    error) ||
      !note (tx, ring, call, "auth.totp_added", error))
    return NULL;
  return make_recovery_codes (tx, ring, user_id, error);
}

gboolean
osy_auth_totp_exists (OsyDbTx *tx, const char *user_id, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT 1 FROM user_totp WHERE user_id = $1::uuid AND confirmed_at IS NOT NULL",
      OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0;
  return rows != NULL;
}

gboolean
osy_auth_totp_remove (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyCall *call,
                      const char *code,
                      GError **error)
{
  const char *user_id = osy_principal_user_id (call->principal);
  OsyAuthTotpOutcome outcome = OSY_AUTH_TOTP_NONE;

  if (!osy_auth_totp_check (tx, ring, user_id, code, &outcome, error))
    return FALSE;
  if (outcome == OSY_AUTH_TOTP_NONE) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "This account has no second factor.");
    return FALSE;
  }
  if (outcome != OSY_AUTH_TOTP_RIGHT)
    return refuse_code (error);
  return osy_db_exec (tx, "DELETE FROM user_totp WHERE user_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (user_id)), NULL, error) &&
         note (tx, ring, call, "auth.totp_removed", error);
}
