/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Running the tables of what must always hold. */

#include "osy-db-invariant.h"

#define MAX_LINES 100

typedef struct {
  const OsyDbInvariant *const *tables;
  gsize n_tables;
  GPtrArray *broken;
} Check;

static gboolean
check_one (OsyDbTx *tx, const OsyDbInvariant *invariant, GPtrArray *broken, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, invariant->sql, OSY_NO_PARAMS, error);

  if (rows == NULL) {
    g_prefix_error (error, "%s: ", invariant->id);
    return FALSE;
  }
  for (guint i = 0; i < MIN (osy_db_rows_count (rows), MAX_LINES); i++)
    g_ptr_array_add (
        broken, g_strdup_printf ("%s: %s", invariant->id, osy_db_rows_text (rows, i, "violation")));
  return TRUE;
}

static gboolean
check_all (OsyDbTx *tx, gpointer data, GError **error)
{
  Check *check = data;

  for (gsize t = 0; t < check->n_tables; t++)
    for (const OsyDbInvariant *row = check->tables[t]; row->id != NULL; row++)
      if (!check_one (tx, row, check->broken, error))
        return FALSE;
  return TRUE;
}

gboolean
osy_db_check_invariants (const char *conninfo,
                         const OsyDbInvariant *const *tables,
                         gsize n_tables,
                         GPtrArray *broken,
                         GError **error)
{
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  OsyDbScope scope = {.read_only = TRUE};
  Check check = {tables, n_tables, broken};
  gboolean ok = osy_db_pool_run (pool, &scope, check_all, &check, error);

  osy_db_pool_close (pool);
  return ok;
}
