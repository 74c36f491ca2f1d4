/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** Something that must always be true of the stored data. Rooms keep const tables of these; the
 * last row has a NULL id. */
typedef struct {
  const char *id;  /* "order.numbers-without-gap" */
  const char *sql; /* one text column: a line for each violation; LIMIT is added by nobody */
} OsyDbInvariant;

/**
 * osy_db_check_invariants:
 * @conninfo: of a role that sees every row
 * @broken: lines "id: violation" are added, at most 100 for each invariant
 *
 * Each statement sees one moment, so a running daemon does not disturb it. Returns: FALSE with
 * @error when a check could not be run.
 */
gboolean osy_db_check_invariants (const char *conninfo,
                                  const OsyDbInvariant *const *tables,
                                  gsize n_tables,
                                  GPtrArray *broken,
                                  GError **error);

G_END_DECLS
