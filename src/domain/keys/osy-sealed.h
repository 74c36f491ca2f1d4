/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

/** Rows to go over: those of a table in [from, to) as tid. */
typedef struct {
  OsyKeyring *ring;
  OsyDbTx *tx; /* of role ordersync_keys */
  const char *from;
  const char *to;
  gint64 done; /* rows changed are added */
} OsyStretch;

typedef struct _OsySwept OsySwept;

/** A column that changes when keys do. The statements run as ordersync_keys. */
struct _OsySwept {
  const char *table;
  const char *column;
  /* NULL: never touched (the chained audit log, cells under a key of their own) */
  gboolean (*sweep) (const OsySwept *what, OsyStretch *stretch, GError **error);
  const char *name;  /* of the cell, as its AAD has it */
  const char *index; /* of the blind index computed from it, or NULL */
  const char *find;  /* $1, $2: stretch → place, shop, row_id, cell */
  const char *put;   /* $1: places, $2: new values */
  const char *left;  /* → found: whether a cell of a retired key is left, or NULL */
  gboolean own_key;  /* the cell is under the key of the person whose row it is */
};

/** Every column *_enc of the schema; ends with a NULL table. */
extern const OsySwept osy_sealed_columns[];
/** Everything computed with the secret of blind indexes; ends with a NULL table. */
extern const OsySwept osy_indexed_columns[];

G_END_DECLS
