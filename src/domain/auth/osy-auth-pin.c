/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* PINs: which are too easy, and where they lie. */

#include "osy-auth-pin.h"

#include <string.h>

#include "osy-clock.h"

#define MIN_DIGITS 4
#define MAX_DIGITS 6

/* Each digit follows the one @by places before it by @step, round the clock. */
static gboolean
follows (const char *pin, gsize by, int step)
{
  for (gsize i = by; pin[i] != '\0'; i++)
    if ((pin[i] - pin[i - by] - step) % 10 != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_palindrome_of_pairs (const char *pin)
{
  return strlen (pin) == 4 && pin[0] == pin[1] && pin[2] == pin[3];
}

static gboolean
is_year (const char *pin)
{
  return strlen (pin) == 4 && (g_str_has_prefix (pin, "19") || g_str_has_prefix (pin, "20"));
}

/* The middle column of the keypad is the most used PIN after 1234 and 0000. */
static gboolean
is_easy (const char *pin)
{
  return follows (pin, 1, 0) || follows (pin, 1, 1) || follows (pin, 1, -1) ||
         follows (pin, 2, 0) || (strlen (pin) == 6 && follows (pin, 3, 0)) ||
         is_palindrome_of_pairs (pin) || is_year (pin) || strcmp (pin, "2580") == 0 ||
         strcmp (pin, "0852") == 0;
}

gboolean
osy_auth_pin_check (const char *pin, const char *pointer, GError **error)
{
  gsize len = strlen (pin);
  const char *code = "EASY";
  const char *detail = "This PIN is too easy to guess: choose another.";

  if (len < MIN_DIGITS || len > MAX_DIGITS || strspn (pin, "0123456789") != len) {
    code = "FORMAT";
    detail = "A PIN has four to six digits.";
  } else if (!is_easy (pin)) {
    return TRUE;
  }
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);
  osy_error_add_field (fault, pointer, code, detail);
  g_propagate_error (error, fault);
  return FALSE;
}

static OsyCell
cell_of (OsyDbTx *tx, const char *user_id)
{
  return (OsyCell){.restaurant_id = osy_db_tx_restaurant (tx),
                   .table = "membership_pin",
                   .column = "hash",
                   .row_id = user_id};
}

gboolean
osy_auth_pin_set (OsyDbTx *tx,
                  OsyKeyring *ring,
                  const char *user_id,
                  const char *hash,
                  GError **error)
{
  OsyCell cell = cell_of (tx, user_id);
  g_autoptr (GBytes) sealed = osy_keyring_seal (ring, &cell, hash, error);
  gint64 affected = 0;

  if (sealed == NULL ||
      !osy_db_exec (tx,
                    "INSERT INTO membership_pin (restaurant_id, user_id, hash_enc, created_at) "
                    "SELECT restaurant_id, user_id, $3, $4 FROM membership "
                    "WHERE restaurant_id = $1::uuid AND user_id = $2::uuid "
                    "ON CONFLICT (restaurant_id, user_id) DO UPDATE SET "
                    "hash_enc = excluded.hash_enc, created_at = excluded.created_at",
                    OSY_PARAMS (OSY_P_TEXT (cell.restaurant_id), OSY_P_TEXT (user_id),
                                OSY_P_BYTES (sealed), OSY_P_TIME (osy_clock_now ())),
                    &affected, error))
    return FALSE;
  if (affected == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "This person does not work here.");
  return affected > 0;
}

gboolean
osy_auth_pin_remove (OsyDbTx *tx, const char *user_id, gboolean *removed, GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (
      tx, "DELETE FROM membership_pin WHERE restaurant_id = $1::uuid AND user_id = $2::uuid",
      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (user_id)), &affected, error);

  if (removed != NULL)
    *removed = affected > 0;
  return ok;
}

void
osy_auth_pin_clear (OsyAuthPin *self)
{
  if (self->hash != NULL)
    osy_wipe (self->hash, strlen (self->hash));
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->hash, g_free);
}

static OsyDbRows *
find (OsyDbTx *tx, const char *user_id, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT m.user_id, m.role, p.hash_enc FROM membership_pin p "
      "JOIN membership m USING (restaurant_id, user_id) "
      "WHERE p.restaurant_id = $1::uuid AND ($2::uuid IS NULL OR p.user_id = $2::uuid) "
      "ORDER BY m.created_at, m.user_id",
      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (user_id)), error);
}

gboolean
osy_auth_pin_exists (OsyDbTx *tx, const char *user_id, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = find (tx, user_id, error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0;
  return rows != NULL;
}

gboolean
osy_auth_pin_load (OsyDbTx *tx,
                   OsyKeyring *ring,
                   const char *user_id,
                   OsyAuthPin *ret,
                   GError **error)
{
  g_autoptr (OsyDbRows) rows = find (tx, user_id, error);
  OsyCell cell = cell_of (tx, user_id);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0 ||
      !osy_role_from_name (osy_db_rows_text (rows, 0, "role"), &ret->role))
    return TRUE;
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, "hash_enc");
  ret->hash = osy_keyring_open (ring, &cell, sealed, error);
  if (ret->hash == NULL)
    return FALSE;
  ret->user_id = g_strdup (user_id);
  return TRUE;
}

OsyDbRows *
osy_auth_pin_people (OsyDbTx *tx, GError **error)
{
  return find (tx, NULL, error);
}
