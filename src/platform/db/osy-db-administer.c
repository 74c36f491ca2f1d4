/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Statements that no transaction may hold, such as CREATE DATABASE, run where they are needed. */

#include "osy-db-private.h"

static OsyDbRows *
run (OsyDbConn *conn, const char *sql, GError **error)
{
  OsyDbState state = "";
  PGresult *result = osy_db_conn_simple (conn, sql, state, error);

  return result ? osy_db_rows_new (result) : NULL;
}

static gboolean
run_answers (OsyDbConn *conn, const char *query, GError **error)
{
  g_autoptr (OsyDbRows) rows = run (conn, query, error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    g_autoptr (OsyDbRows) done = run (conn, osy_db_rows_text (rows, i, "statement"), error);
    if (done == NULL)
      return FALSE;
  }
  return rows != NULL;
}

gboolean
osy_db_administer (const char *conninfo, const char *const *queries, GError **error)
{
  g_return_val_if_fail (conninfo != NULL && queries != NULL, FALSE);

  g_autoptr (OsyDbConn) conn = osy_db_conn_new (conninfo);
  if (!osy_db_conn_open (conn, TRUE, error))
    return FALSE;
  for (; *queries != NULL; queries++)
    if (!run_answers (conn, *queries, error))
      return FALSE;
  return TRUE;
}
