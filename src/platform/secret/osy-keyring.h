/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-crypto.h"
#include "osy-db.h"

G_BEGIN_DECLS

/* ---- where the key-encryption key lives ---- */

#define OSY_TYPE_KEY_PROVIDER (osy_key_provider_get_type ())
G_DECLARE_INTERFACE (OsyKeyProvider, osy_key_provider, OSY, KEY_PROVIDER, GObject)
struct _OsyKeyProviderInterface {
  GTypeInterface parent;
  const char *(*get_name) (OsyKeyProvider *self);
  /* 32 bytes; NULL with KEY_UNAVAILABLE and one sentence that says what to do */
  GBytes *(*load) (OsyKeyProvider *self, GError **error);
  /* makes and stores a new key; refuses when one is there */
  GBytes *(*create) (OsyKeyProvider *self, GError **error);
  /* the key beside it that is to follow; NULL without @error when there is none */
  GBytes *(*load_next) (OsyKeyProvider *self, GError **error);
  /* makes one, or gives the one that is there */
  GBytes *(*add_next) (OsyKeyProvider *self, GError **error);
  /* the one beside it takes the place of the key, which is gone; does nothing without one */
  gboolean (*promote) (OsyKeyProvider *self, GError **error);
  /* forgets all keys; what is not there counts as forgotten */
  gboolean (*remove) (OsyKeyProvider *self, GError **error);
};

/** osy_key_provider_get_name: Returns: (transfer none): "file" or "secret-service". */
const char *osy_key_provider_get_name (OsyKeyProvider *self);
/** osy_key_provider_load: Returns: (transfer full): the key, 32 bytes, wiped when freed; NULL with
 * KEY_UNAVAILABLE and one sentence that says what to do. */
GBytes *osy_key_provider_load (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_key_provider_create: Returns: (transfer full): a new random key, durably stored; NULL with
 * CONFLICT when one is there already. */
GBytes *osy_key_provider_create (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_key_provider_load_next: Returns: (transfer full) (nullable): the key that is to follow,
 * while the two are being changed; NULL without @error when there is none. */
GBytes *osy_key_provider_load_next (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_key_provider_add_next: makes, durably, the key that is to follow, or gives the one that an
 * earlier attempt made. Returns: (transfer full): it. */
GBytes *osy_key_provider_add_next (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_key_provider_promote: the key that follows takes the place of the old one in one step, and
 * the old one is gone. Nothing to do without one. */
gboolean osy_key_provider_promote (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_key_provider_remove: forgets every key it holds; may be repeated. */
gboolean osy_key_provider_remove (OsyKeyProvider *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_key_provider_file: @path: 0600 file; the key that follows is "@path.next"; refused when
 * others may read it. Made with its folder (0700); when root makes it, it belongs to the owner of
 * the folder. */
OsyKeyProvider *osy_key_provider_file (const char *path);
/** osy_key_provider_secret_service: libsecret's explicit service API; @id tells data directories
 * apart. Every call has a time-out of 5 s. Never unlocks: a locked keyring is an error. */
OsyKeyProvider *osy_key_provider_secret_service (const char *id);
/**
 * osy_key_provider_open:
 * @choice: "auto", "file", "file:/absolute/path" or "secret-service"; counts only while
 *   @data_dir/keys/provider names none. "auto": secret-service when it answers, else file.
 *
 * The choice is written to @data_dir/keys/provider. The file is @data_dir/keys/data.key unless a
 * path is given. Returns: (transfer full): the provider, no key read yet.
 */
OsyKeyProvider *osy_key_provider_open (const char *data_dir,
                                       const char *choice,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_key_provider_mark: Returns: (transfer full) (nullable): what keys/provider says, "file",
 * "file:/path" or "secret-service:id". */
char *osy_key_provider_mark (const char *data_dir);
/** osy_key_provider_from_mark: Returns: (transfer full) (nullable): the provider @mark names. */
OsyKeyProvider *osy_key_provider_from_mark (const char *data_dir, const char *mark);
/**
 * osy_key_provider_begin_move:
 * @choice: "file", "file:/absolute/path" or "secret-service"
 *
 * Writes down where the key is to go (keys/provider.next). From then on osy_key_provider_open()
 * gives a provider whose next key lies there, and whose promotion is the move. What an earlier
 * attempt wrote down stays.
 */
gboolean osy_key_provider_begin_move (const char *data_dir,
                                      const char *choice,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- data keys, cells, blind indexes ---- */

/** Pseudo restaurant for rows that belong to nobody's shop (accounts). */
#define OSY_KEYRING_GLOBAL "00000000-0000-0000-0000-000000000000"

/** Thread-safe. Data keys (one per restaurant × table × quarter) lie wrapped in table data_key. */
#define OSY_TYPE_KEYRING (osy_keyring_get_type ())
G_DECLARE_FINAL_TYPE (OsyKeyring, osy_keyring, OSY, KEYRING, GObject)

/**
 * osy_keyring_new:
 * @pool: of the database that holds the keys; they are read and made by a sibling of it, in short
 *   transactions of their own, so sealing and opening may happen inside of any other
 * @create: makes the key and the root secret when the database holds none yet; what is there is
 *   never replaced
 *
 * Blocks: worker threads, or before the main loop runs. Returns: (transfer full): NULL with
 * KEY_UNAVAILABLE and one sentence when the key is missing or is not the one of this database.
 */
OsyKeyring *osy_keyring_new (OsyKeyProvider *provider,
                             OsyDbPool *pool,
                             gboolean create,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Which cell: AAD = "v1|table|column|row|key id" binds the ciphertext to its place. */
typedef struct {
  const char *restaurant_id; /* or OSY_KEYRING_GLOBAL */
  const char *table;
  const char *column;
  const char *row_id;
  const char *subject_id; /* nullable: sealed under that person's own key (table subject_key); what
                             was sealed under the table's key opens all the same */
} OsyCell;

/** osy_keyring_prepare: makes sure today's key of @table is in memory. Worker threads only. */
gboolean osy_keyring_prepare (OsyKeyring *self,
                              const char *restaurant_id,
                              const char *table,
                              GError **error);
/** osy_keyring_is_prepared: Returns: whether osy_keyring_seal() would not block. Any thread. */
gboolean osy_keyring_is_prepared (OsyKeyring *self, const char *restaurant_id, const char *table);
/** osy_keyring_seal: Returns: (transfer full) (nullable): ver | key id(16) | nonce | ct | tag; NULL
 *  for NULL @plain (no error), or with @error: ERASED when the subject's key was destroyed. Loads
 *  or makes the key when it is not in memory. */
GBytes *osy_keyring_seal (OsyKeyring *self, const OsyCell *cell, const char *plain, GError **error);
/** osy_keyring_open: Returns: (transfer full) (nullable): the text; NULL without error for NULL.
 * ERASED when the subject's key was destroyed: show nothing there, and never fail a page for it. */
char *osy_keyring_open (OsyKeyring *self, const OsyCell *cell, GBytes *sealed, GError **error);
/**
 * osy_keyring_destroy_subject:
 * @tx: in the scope of @restaurant_id; the key is gone when it commits
 *
 * Destroys the key of a person: cells sealed with it never open again (ERASED), and none is ever
 * sealed for that person again. Other processes notice within a minute. May be repeated; a person
 * without a key counts as erased, too.
 */
gboolean osy_keyring_destroy_subject (OsyKeyring *self,
                                      OsyDbTx *tx,
                                      const char *restaurant_id,
                                      const char *subject_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_keyring_blind_index: keyed HMAC of an already normalised @value, 8 bytes. (transfer full) */
GBytes *osy_keyring_blind_index (OsyKeyring *self,
                                 const char *restaurant_id,
                                 const char *table,
                                 const char *column,
                                 const char *value);
/** osy_keyring_blind_indexes: Returns: (transfer full): GBytes by which a row may be found: one,
 * and while the index is being changed the old one, too. Look up with = ANY; store
 * osy_keyring_blind_index(). */
GPtrArray *osy_keyring_blind_indexes (OsyKeyring *self,
                                      const char *restaurant_id,
                                      const char *table,
                                      const char *column,
                                      const char *value);
/** osy_keyring_derive: a key for another purpose ("order-token", "password-pepper", …), the same
 * for the life of the data directory. */
void osy_keyring_derive (OsyKeyring *self, const char *purpose, guint8 out[OSY_KEY_SIZE]);
/** osy_keyring_wrap: for key material stored elsewhere (the JWT key). Any thread. */
GBytes *osy_keyring_wrap (OsyKeyring *self, const char *purpose, GBytes *plain, GError **error);
/** osy_keyring_unwrap: Returns: (transfer full): wiped when freed; NULL when altered or wrapped for
 * another purpose. */
GBytes *osy_keyring_unwrap (OsyKeyring *self, const char *purpose, GBytes *wrapped, GError **error);

G_END_DECLS
