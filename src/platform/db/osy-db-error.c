/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one table from SQLSTATE to our errors. A server's message may quote values, which may be
 * personal, so it is passed on only for the classes that name nothing but the schema. */

#include "osy-db-private.h"

#include <string.h>

typedef struct {
  const char *prefix; /* of the SQLSTATE; the first that fits holds */
  OsyErrorCode code;
  const char *message;
} Row;

static const Row table[] = {
    {"08", OSY_ERROR_UNAVAILABLE, "The database cannot be reached; try again shortly"},
    {"57P0", OSY_ERROR_UNAVAILABLE, "The database is restarting; try again shortly"},
    {"25P03", OSY_ERROR_TIMEOUT, "The database gave up waiting for the next step"},
    {"57014", OSY_ERROR_TIMEOUT, "The database took too long; try again"},
    {"55P03", OSY_ERROR_TIMEOUT, "Another change held the data too long; try again"},
    {"53100", OSY_ERROR_STORAGE_FULL, "The disk of the database is full; make room on it"},
    {"53", OSY_ERROR_UNAVAILABLE, "The database is out of resources; try again shortly"},
    {"40001", OSY_ERROR_UNAVAILABLE, "Too many changes at once; try again"},
    {"40P01", OSY_ERROR_UNAVAILABLE, "Too many changes at once; try again"},
    {"23505", OSY_ERROR_CONFLICT, "It exists already"},
    {"23P01", OSY_ERROR_CONFLICT, "It collides with one that exists already"},
    {"23503", OSY_ERROR_INVALID_REQUEST, "It refers to something that does not exist"},
    {"22P05", OSY_ERROR_INVALID_REQUEST, "A text holds a character that cannot be stored"},
    {"22021", OSY_ERROR_INVALID_REQUEST, "A text is not valid UTF-8"},
    {"22003", OSY_ERROR_INVALID_REQUEST, "A number is out of range"},
    {"22", OSY_ERROR_INVALID_REQUEST, "A value is not of the kind that the database expects"},
};

static gboolean
names_only_the_schema (const char *state)
{
  return g_str_has_prefix (state, "42") || g_str_has_prefix (state, "25") ||
         g_str_has_prefix (state, "0A") || g_str_has_prefix (state, "26");
}

static const Row *
find_row (const char *state, const char *message)
{
  static const Row full = {"", OSY_ERROR_STORAGE_FULL,
                           "The disk of the database is full; make room on it"};

  if (strstr (message, "No space left on device") != NULL)
    return &full;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (state, table[i].prefix))
      return &table[i];
  return NULL;
}

void
osy_db_error_set (GError **error, const PGresult *result, OsyDbState state)
{
  const char *found = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  const char *constraint = PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);

  /* libpq makes a result without fields when the connection broke. */
  if (found == NULL) {
    osy_db_error_set_lost (error);
    return;
  }
  g_strlcpy (state, found, sizeof (OsyDbState));
  const Row *row = find_row (state, message ? message : "");
  g_debug ("SQLSTATE %s%s%s", state, constraint ? " on " : "", constraint ? constraint : "");
  if (row != NULL)
    g_set_error_literal (error, OSY_ERROR, (int)row->code, row->message);
  else if (names_only_the_schema (state) && message != NULL)
    g_set_error (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The database refused a statement (%s: %s)",
                 state, message);
  else
    g_set_error (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The database refused a statement (%s%s%s)",
                 state, constraint ? " on " : "", constraint ? constraint : "");
}

void
osy_db_error_set_lost (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                       "The connection to the database was lost; try again shortly");
}

gboolean
osy_db_state_is_retryable (const OsyDbState state)
{
  return strcmp (state, "40001") == 0 || strcmp (state, "40P01") == 0;
}
