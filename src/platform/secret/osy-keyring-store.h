/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

/** A row of data_key, or of subject_key when subject_id is set. */
typedef struct {
  char *id;
  char *restaurant_id;
  char *subject_id; /* nullable */
  char *table;      /* of a data key */
  char *quarter;    /* of a data key */
  GBytes *wrapped;  /* NULL beside an id: destroyed */
  char *kek;        /* nullable: name of the provider's key it is wrapped with */
  gboolean reserve; /* of a data key: take another block of uses */
  gint left;        /* uses reserved and not used yet */
} OsyDataKeyRow;

/** What a process reserves at a time, and when a data key is retired: 16 times less than GCM bears.
 */
#define OSY_KEY_USES_BLOCK 65536
#define OSY_KEY_USES_MAX (1 << 28)

/** The row of key_material from which everything else comes. */
#define OSY_KEY_ROOT "root"

/** osy_data_key_row_clear: frees what @self holds, not @self. */
void osy_data_key_row_clear (OsyDataKeyRow *self);

/** osy_keyring_store_material: @rows: (out) (transfer full): purpose and wrapped of the root
 * secret, first, and of the secrets of blind indexes, newest first; none before the set-up. With
 * @root not NULL, stores that root secret, wrapped with @kek, first unless one is there. */
gboolean osy_keyring_store_material (OsyDbPool *pool,
                                     GBytes *root,
                                     const char *kek,
                                     OsyDbRows **rows,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_store_current: @row: (inout): restaurant and either subject or table and quarter in;
 * id and wrapped, if there is such a key, out (id NULL: none). Reserves uses and retires what has
 * too many. */
gboolean osy_keyring_store_current (OsyDbPool *pool,
                                    OsyDataKeyRow *row,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_store_add: @row: (inout): stores it unless there is one already; out: the one that
 * is there. Two that add at once come away with the same key. Out without an id: it is wrapped with
 * a key of the provider that the root secret is not under any more. */
gboolean osy_keyring_store_add (OsyDbPool *pool,
                                OsyDataKeyRow *row,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_store_by_id: @row: (inout): restaurant and id in, of a subject's key the subject
 * too; the rest out (id NULL: there is none). */
gboolean osy_keyring_store_by_id (OsyDbPool *pool,
                                  OsyDataKeyRow *row,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_store_destroy: leaves of the key of @row's subject its id alone, which is out, and
 * makes one that is destroyed when there was none. In the caller's transaction. */
gboolean osy_keyring_store_destroy (OsyDbTx *tx,
                                    const OsyDataKeyRow *row,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
