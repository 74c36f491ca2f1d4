/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-guest.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** osy_guest_store_get: with the consents as they stand; *@ret is NULL when there is none. */
gboolean
osy_guest_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, OsyGuest **ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_find: the id of who has the phone of @digits; *@id is NULL when nobody has. */
gboolean
osy_guest_store_find (OsyDbTx *tx, OsyKeyring *ring, const char *digits, char **id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_lock_phone: of two orders with one phone the second waits for the first. */
gboolean osy_guest_store_lock_phone (OsyDbTx *tx, const char *digits, GError **error);
/** osy_guest_store_add: @guest: name, phone, created_at and last_seen_at count. */
gboolean osy_guest_store_add (OsyDbTx *tx, OsyKeyring *ring, const OsyGuest *guest, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_see: was there at @at, and said @name (nullable: nothing new). */
gboolean osy_guest_store_see (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const char *id,
                              const char *name,
                              gint64 at,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_erase: destroys the key and empties the row, which stays as a pseudonym. */
gboolean
osy_guest_store_erase (OsyDbTx *tx, OsyKeyring *ring, const char *id, gint64 at, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_stale: ids of guests not seen since @before who agreed to nothing that would
 * keep them. (transfer full): of char*, at most @limit. */
GPtrArray *osy_guest_store_stale (OsyDbTx *tx, gint64 before, gint64 limit, GError **error);

/** osy_guest_store_add_consent: one row more. */
gboolean osy_guest_store_add_consent (OsyDbTx *tx,
                                      const char *guest_id,
                                      const OsyGuestConsent *consent,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_store_consents: @latest: the last of each purpose, else all, oldest first. (transfer
 * full): of OsyGuestConsent. */
GPtrArray *
osy_guest_store_consents (OsyDbTx *tx, const char *guest_id, gboolean latest, GError **error);

G_END_DECLS
