/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the tables guest and guest_consent. */

#include "osy-guest-store.h"

#include "osy-id.h"

#define TABLE "guest"

static OsyCell
cell_of (OsyDbTx *tx, const char *column, const char *id)
{
  return (OsyCell){osy_db_tx_restaurant (tx), TABLE, column, id, id};
}

/* ---- reading ---- */

/* What was erased, or has lost its key, is not there. */
static gboolean
unseal (OsyDbTx *tx,
        OsyKeyring *ring,
        const OsyDbRows *rows,
        const char *column,
        char **ret,
        GError **error)
{
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, column);
  const OsyCell cell = cell_of (tx, column, osy_db_rows_text (rows, 0, "id"));
  g_autoptr (GError) local = NULL;

  *ret = osy_keyring_open (ring, &cell, sealed, &local);
  if (local == NULL || osy_error_is (local, OSY_ERROR_ERASED) ||
      osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
osy_guest_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, OsyGuest **ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM guest WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  g_autoptr (OsyGuest) guest = osy_guest_new ();
  guest->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  guest->created_at = osy_db_rows_time (rows, 0, "created_at");
  guest->last_seen_at = osy_db_rows_time (rows, 0, "last_seen_at");
  guest->erased_at = osy_db_rows_time (rows, 0, "erased_at");
  guest->version = osy_db_rows_int (rows, 0, "version");
  g_ptr_array_unref (guest->consents);
  guest->consents = osy_guest_store_consents (tx, id, TRUE, error);
  if (guest->consents == NULL) {
    guest->consents = g_ptr_array_new ();
    return FALSE;
  }
  if (!unseal (tx, ring, rows, "name_enc", &guest->name, error) ||
      !unseal (tx, ring, rows, "phone_enc", &guest->phone, error))
    return FALSE;
  *ret = g_steal_pointer (&guest);
  return TRUE;
}

gboolean
osy_guest_store_find (OsyDbTx *tx, OsyKeyring *ring, const char *digits, char **id, GError **error)
{
  g_autoptr (GPtrArray) indexes =
      osy_keyring_blind_indexes (ring, osy_db_tx_restaurant (tx), TABLE, "phone", digits);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT id FROM guest WHERE restaurant_id = app_restaurant() AND phone_bidx = ANY ($1)",
      OSY_PARAMS (OSY_P_BLOBS (indexes)), error);

  *id = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    *id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  return TRUE;
}

gboolean
osy_guest_store_lock_phone (OsyDbTx *tx, const char *digits, GError **error)
{
  return osy_db_exec (tx,
                      "SELECT pg_advisory_xact_lock (hashtextextended ("
                      "'guest' || app_restaurant()::text || $1, 0))",
                      OSY_PARAMS (OSY_P_TEXT (digits)), NULL, error);
}

GPtrArray *
osy_guest_store_stale (OsyDbTx *tx, gint64 before, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id FROM guest g WHERE restaurant_id = app_restaurant() AND erased_at IS NULL "
      "AND last_seen_at < $1 AND NOT EXISTS (SELECT FROM (SELECT DISTINCT ON (purpose) given "
      "  FROM guest_consent c WHERE c.restaurant_id = g.restaurant_id AND c.guest_id = g.id "
      "  ORDER BY purpose, at DESC, id DESC) said WHERE said.given) "
      "ORDER BY last_seen_at LIMIT $2",
      OSY_PARAMS (OSY_P_TIME (before), OSY_P_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, g_strdup (osy_db_rows_text (rows, i, "id")));
  return ids;
}

/* ---- writing ---- */

static gboolean
seal (OsyKeyring *ring, OsyCell cell, const char *plain, GBytes **ret, GError **error)
{
  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return plain == NULL || *ret != NULL;
}

gboolean
osy_guest_store_add (OsyDbTx *tx, OsyKeyring *ring, const OsyGuest *guest, GError **error)
{
  g_autoptr (GBytes) index =
      osy_keyring_blind_index (ring, osy_db_tx_restaurant (tx), TABLE, "phone", guest->phone);
  g_autoptr (GBytes) name = NULL;
  g_autoptr (GBytes) phone = NULL;

  return seal (ring, cell_of (tx, "name_enc", guest->id), guest->name, &name, error) &&
         seal (ring, cell_of (tx, "phone_enc", guest->id), guest->phone, &phone, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO guest (restaurant_id, id, phone_bidx, name_enc, phone_enc, created_at, "
             "last_seen_at) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, $6)",
             OSY_PARAMS (OSY_P_TEXT (guest->id), OSY_P_BYTES (index), OSY_P_BYTES (name),
                         OSY_P_BYTES (phone), OSY_P_TIME (guest->created_at),
                         OSY_P_TIME (guest->last_seen_at)),
             NULL, error);
}

gboolean
osy_guest_store_see (OsyDbTx *tx,
                     OsyKeyring *ring,
                     const char *id,
                     const char *name,
                     gint64 at,
                     GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  return seal (ring, cell_of (tx, "name_enc", id), name, &sealed, error) &&
         osy_db_exec (tx,
                      "UPDATE guest SET name_enc = CASE WHEN $3 >= last_seen_at "
                      "  THEN coalesce($2, name_enc) ELSE name_enc END, "
                      "last_seen_at = greatest(last_seen_at, $3), "
                      "created_at = least(created_at, $3) "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_BYTES (sealed), OSY_P_TIME (at)), NULL,
                      error);
}

gboolean
osy_guest_store_erase (OsyDbTx *tx, OsyKeyring *ring, const char *id, gint64 at, GError **error)
{
  return osy_keyring_destroy_subject (ring, tx, osy_db_tx_restaurant (tx), id, error) &&
         osy_db_exec (tx,
                      "UPDATE guest SET phone_bidx = NULL, name_enc = NULL, phone_enc = NULL, "
                      "erased_at = coalesce(erased_at, $2), version = version + 1 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (at)), NULL, error);
}

/* ---- consents ---- */

gboolean
osy_guest_store_add_consent (OsyDbTx *tx,
                             const char *guest_id,
                             const OsyGuestConsent *consent,
                             GError **error)
{
  g_autofree char *id = osy_id_new ();

  return osy_db_exec (
             tx,
             "INSERT INTO guest_consent (restaurant_id, id, guest_id, purpose, given, at, "
             "text_version, source) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, "
             "$7)",
             OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (guest_id), OSY_P_TEXT (consent->purpose),
                         OSY_P_BOOL (consent->given), OSY_P_TIME (consent->at),
                         OSY_P_TEXT (consent->text_version), OSY_P_TEXT (consent->source)),
             NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE guest SET version = version + 1 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (guest_id)), NULL, error);
}

GPtrArray *
osy_guest_store_consents (OsyDbTx *tx, const char *guest_id, gboolean latest, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY purpose "
                    "  ORDER BY at DESC, id DESC) AS nth FROM guest_consent "
                    "  WHERE restaurant_id = app_restaurant() AND guest_id = $1::uuid) c "
                    "WHERE nth = 1 OR NOT $2 ORDER BY at, id",
                    OSY_PARAMS (OSY_P_TEXT (guest_id), OSY_P_BOOL (latest)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *consents = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_guest_consent_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyGuestConsent *consent = g_new0 (OsyGuestConsent, 1);
    consent->purpose = g_strdup (osy_db_rows_text (rows, i, "purpose"));
    consent->given = osy_db_rows_bool (rows, i, "given");
    consent->at = osy_db_rows_time (rows, i, "at");
    consent->text_version = g_strdup (osy_db_rows_text (rows, i, "text_version"));
    consent->source = g_strdup (osy_db_rows_text (rows, i, "source"));
    g_ptr_array_add (consents, consent);
  }
  return consents;
}
