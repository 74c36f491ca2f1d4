/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Making, reading and changing the key of the seal. */

#include "osy-audit-key.h"

#include <string.h>

#include "osy-audit-store.h"
#include "osy-clock.h"

#define PURPOSE "audit-checkpoint-key"

static gboolean
put (OsyDbTx *tx, OsyKeyring *ring, const guint8 *secret, GError **error)
{
  g_autoptr (GBytes) plain = osy_secret_bytes_new (secret, OSY_ED25519_KEY_SIZE);
  g_autoptr (GBytes) wrapped = osy_keyring_wrap (ring, PURPOSE, plain, error);

  return wrapped != NULL &&
         osy_db_exec (tx, "INSERT INTO key_material (purpose, wrapped) VALUES ($1, $2)",
                      OSY_PARAMS (OSY_P_TEXT (PURPOSE), OSY_P_BYTES (wrapped)), NULL, error);
}

/* @found: (out): whether there is one. */
static gboolean
get (OsyDbTx *tx, OsyKeyring *ring, guint8 *secret, gboolean *found, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT wrapped FROM key_material WHERE purpose = $1",
                    OSY_PARAMS (OSY_P_TEXT (PURPOSE)), error);

  if (rows == NULL)
    return FALSE;
  *found = osy_db_rows_count (rows) > 0;
  if (!*found)
    return TRUE;
  g_autoptr (GBytes) wrapped = osy_db_rows_bytes (rows, 0, "wrapped");
  g_autoptr (GBytes) plain = osy_keyring_unwrap (ring, PURPOSE, wrapped, error);
  if (plain == NULL || g_bytes_get_size (plain) != OSY_ED25519_KEY_SIZE) {
    g_prefix_error (error, "cannot read the key that signs the audit log: ");
    return FALSE;
  }
  memcpy (secret, g_bytes_get_data (plain, NULL), OSY_ED25519_KEY_SIZE);
  return TRUE;
}

gboolean
osy_audit_key_load (OsyDbTx *tx,
                    OsyKeyring *ring,
                    guint8 secret[OSY_ED25519_KEY_SIZE],
                    GError **error)
{
  gboolean found;

  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock (hashtextextended ('audit_key', 0))",
                    OSY_NO_PARAMS, NULL, error) ||
      !get (tx, ring, secret, &found, error))
    return FALSE;
  return found || (osy_ed25519_generate (secret, error) && put (tx, ring, secret, error));
}

static gboolean
hand_over (OsyDbTx *tx, OsyKeyring *ring, const guint8 *old, const guint8 *fresh, GError **error)
{
  OsyAuditKeyChange change = {.at = osy_clock_now ()};

  /* From here to the end nothing is sealed. */
  return osy_audit_store_head (tx, &change.seq, change.chain, error) &&
         osy_audit_key_change_sign (&change, old, fresh, error) &&
         osy_audit_store_add_key_change (tx, &change, error) &&
         osy_db_exec (tx, "DELETE FROM key_material WHERE purpose = $1",
                      OSY_PARAMS (OSY_P_TEXT (PURPOSE)), NULL, error) &&
         put (tx, ring, fresh, error);
}

gboolean
osy_audit_key_turn (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  guint8 old[OSY_ED25519_KEY_SIZE], fresh[OSY_ED25519_KEY_SIZE];
  gboolean found;

  if (!get (tx, ring, old, &found, error))
    return FALSE;
  gboolean done =
      !found || (osy_ed25519_generate (fresh, error) && hand_over (tx, ring, old, fresh, error));
  osy_wipe (old, sizeof old);
  osy_wipe (fresh, sizeof fresh);
  return done;
}
