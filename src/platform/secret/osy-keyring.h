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
};

/** osy_key_provider_file: @path: 0600 file; refused when others may read it. */
OsyKeyProvider *osy_key_provider_file (const char *path);
/** osy_key_provider_secret_service: libsecret's explicit service API; @id tells data directories
 * apart. Every call has a time-out of 5 s. */
OsyKeyProvider *osy_key_provider_secret_service (const char *id);
/** osy_key_provider_open: what @data_dir/keys/provider names; @choice "auto", "file" or
 *  "secret-service" when it names none yet ("auto": secret-service when it answers, else file). */
OsyKeyProvider *osy_key_provider_open (const char *data_dir, const char *choice, GError **error);

/* ---- data keys, cells, blind indexes ---- */

/** Pseudo restaurant for rows that belong to nobody's shop (accounts). */
#define OSY_KEYRING_GLOBAL "00000000-0000-0000-0000-000000000000"

/** Thread-safe. Data keys (one per restaurant × table × quarter) lie wrapped in table data_key. */
#define OSY_TYPE_KEYRING (osy_keyring_get_type ())
G_DECLARE_FINAL_TYPE (OsyKeyring, osy_keyring, OSY, KEYRING, GObject)

/** osy_keyring_new: loads the KEK, or with @create makes it. @pool: for reading and making data
 * keys in short transactions of their own (worker threads only). */
OsyKeyring *
osy_keyring_new (OsyKeyProvider *provider, OsyDbPool *pool, gboolean create, GError **error);

/** Which cell: AAD = "v1|table|column|row|key id" binds the ciphertext to its place. */
typedef struct {
  const char *restaurant_id; /* or OSY_KEYRING_GLOBAL */
  const char *table;
  const char *column;
  const char *row_id;
} OsyCell;

/** osy_keyring_prepare: makes sure today's key of @table is in memory. Worker threads only. */
gboolean osy_keyring_prepare (OsyKeyring *self,
                              const char *restaurant_id,
                              const char *table,
                              GError **error);
/** osy_keyring_is_prepared: Returns: whether osy_keyring_seal() would not block. Any thread. */
gboolean osy_keyring_is_prepared (OsyKeyring *self, const char *restaurant_id, const char *table);
/** osy_keyring_seal: Returns: (transfer full) (nullable): ver | key id(16) | nonce | ct | tag; NULL
 *  for NULL @plain (no error), or with @error. Loads or makes the key when it is not in memory. */
GBytes *osy_keyring_seal (OsyKeyring *self, const OsyCell *cell, const char *plain, GError **error);
/** osy_keyring_open: Returns: (transfer full) (nullable): the text; NULL without error for NULL. */
char *osy_keyring_open (OsyKeyring *self, const OsyCell *cell, GBytes *sealed, GError **error);
/** osy_keyring_blind_index: keyed HMAC of an already normalised @value, 8 bytes. (transfer full) */
GBytes *osy_keyring_blind_index (OsyKeyring *self,
                                 const char *restaurant_id,
                                 const char *table,
                                 const char *column,
                                 const char *value);
/** osy_keyring_derive: a key for another purpose ("order-token", "password-pepper", …), the same
 * for the life of the data directory. */
void osy_keyring_derive (OsyKeyring *self, const char *purpose, guint8 out[OSY_KEY_SIZE]);
/** osy_keyring_wrap / _unwrap: for key material stored elsewhere (the JWT key). */
GBytes *osy_keyring_wrap (OsyKeyring *self, const char *purpose, GBytes *plain, GError **error);
GBytes *osy_keyring_unwrap (OsyKeyring *self, const char *purpose, GBytes *wrapped, GError **error);

G_END_DECLS
