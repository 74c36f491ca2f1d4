/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

/* What the files of the keyring share; nobody outside includes it. */

#include "osy-key-cache.h"
#include "osy-keyring-store.h"

G_BEGIN_DECLS

#define OSY_KEK_NAME_SIZE 17

/** A key of the provider, and the name under which rows tell what they are wrapped with. */
typedef struct {
  guint8 key[OSY_KEY_SIZE];
  char name[OSY_KEK_NAME_SIZE];
} OsyKek;

struct _OsyKeyring {
  GObject parent_instance;
  OsyDbPool *pool;
  OsyKeyCache *cache; /* slots: "restaurant|table|quarter", "restaurant|subject|id" */
  guint8 root[OSY_KEY_SIZE];

  GRWLock lock; /* of all that follows: it changes while keys are changed */
  OsyKeyProvider *provider;
  OsyKek keks[2];
  guint n_keks;
  guint wrapping;                  /* which of them wraps: the one the root secret is under */
  guint8 indexes[2][OSY_KEY_SIZE]; /* from which blind indexes come: the present one, the old one */
  guint n_indexes;
};

/** osy_keyring_refresh: reads the provider's keys, the root secret and those of blind indexes anew.
 * Blocks. FALSE with KEY_UNAVAILABLE; then everything stays as it was. */
gboolean osy_keyring_refresh (OsyKeyring *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_wrap_key: @name: (out): of the key that wrapped. */
GBytes *osy_keyring_wrap_key (OsyKeyring *self,
                              const char *aad,
                              const guint8 *key,
                              char name[OSY_KEK_NAME_SIZE],
                              GError **error);
/** osy_keyring_unwrap_key: @name: (nullable): what the row says it is wrapped with; one we do not
 * know yet has us ask the provider again. Returns: FALSE when it does not open. */
gboolean osy_keyring_unwrap_key (OsyKeyring *self,
                                 const char *name,
                                 const char *aad,
                                 GBytes *wrapped,
                                 guint8 *key);

/** osy_kek_set: @kek: from the 32 bytes of @key; FALSE for anything else. */
gboolean osy_kek_set (OsyKek *kek, GBytes *key);
/** osy_kek_wrap: as osy_keyring_wrap_key(), with that very key. */
GBytes *osy_kek_wrap (const OsyKek *kek, const char *aad, const guint8 *key, GError **error);

/** osy_keyring_material_aad: Returns: (transfer full): of the row @purpose of key_material. */
char *osy_keyring_material_aad (const char *purpose);
/** osy_data_key_aad: Returns: (transfer full). */
char *osy_data_key_aad (const OsyDataKeyRow *row);

G_END_DECLS
