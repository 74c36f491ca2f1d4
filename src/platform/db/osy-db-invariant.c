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

/* A shop of many years is judged whole: with time, and with memory to hold it in. */
static gboolean
widen (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "SELECT set_config('statement_timeout', '10min', true), "
                      "set_config('work_mem', '64MB', true), "
                      "set_config('max_parallel_workers_per_gather', '2', true)",
                      OSY_NO_PARAMS, NULL, error);
}

static gboolean
check_all (OsyDbTx *tx, gpointer data, GError **error)
{
  Check *check = data;

  if (!widen (tx, error))
    return FALSE;
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
