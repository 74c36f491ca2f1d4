/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rows of an answer, read by column name. The server answers in text, times in UTC. */

#include "osy-db-private.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"

struct _OsyDbRows {
  PGresult *result;
};

OsyDbRows *
osy_db_rows_new (PGresult *result)
{
  OsyDbRows *self = g_new0 (OsyDbRows, 1);
  self->result = result;
  return self;
}

void
osy_db_rows_free (OsyDbRows *self)
{
  PQclear (self->result);
  g_free (self);
}

guint
osy_db_rows_count (const OsyDbRows *self)
{
  return (guint)PQntuples (self->result);
}

gint64
osy_db_rows_affected (const OsyDbRows *self)
{
  return g_ascii_strtoll (PQcmdTuples (self->result), NULL, 10);
}

/* PQfnumber folds case and copies the name at every call; a short list is faster. */
static int
find_column (const OsyDbRows *self, const char *column)
{
  int n = PQnfields (self->result);

  for (int i = 0; i < n; i++)
    if (strcmp (PQfname (self->result, i), column) == 0)
      return i;
  g_warning ("A query does not answer column “%s”", column);
  return -1;
}

static const char *
get_value (const OsyDbRows *self, guint row, const char *column)
{
  g_return_val_if_fail (row < osy_db_rows_count (self), NULL);

  int i = find_column (self, column);
  if (i < 0 || PQgetisnull (self->result, (int)row, i))
    return NULL;
  return PQgetvalue (self->result, (int)row, i);
}

gboolean
osy_db_rows_is_null (const OsyDbRows *self, guint row, const char *column)
{
  return get_value (self, row, column) == NULL;
}

const char *
osy_db_rows_text (const OsyDbRows *self, guint row, const char *column)
{
  return get_value (self, row, column);
}

gint64
osy_db_rows_int (const OsyDbRows *self, guint row, const char *column)
{
  const char *value = get_value (self, row, column);
  return value ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gboolean
osy_db_rows_bool (const OsyDbRows *self, guint row, const char *column)
{
  const char *value = get_value (self, row, column);
  return value != NULL && value[0] == 't';
}

static gboolean
read_digits (const char **text, guint n, int *ret)
{
  *ret = 0;
  for (guint i = 0; i < n; i++, (*text)++) {
    if (!g_ascii_isdigit (**text))
      return FALSE;
    *ret = *ret * 10 + g_ascii_digit_value (**text);
  }
  return TRUE;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar, years beginning in March. */
static gint64
days_from_civil (int year, int month, int day)
{
  year -= month <= 2;
  gint64 era = year / 400;
  int year_of_era = year - (int)era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static gboolean
read_fraction (const char **text, gint64 *us)
{
  gint64 unit = 100000;

  *us = 0;
  if (**text != '.')
    return TRUE;
  for ((*text)++; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    *us += g_ascii_digit_value (**text) * unit;
  return TRUE;
}

/* "2026-11-21 03:24:05.123456+00", as a server in UTC writes it. */
static gboolean
parse_utc (const char *text, gint64 *ret)
{
  static const char separators[] = "-- ::";
  static const guint widths[] = {4, 2, 2, 2, 2, 2};
  int parts[6];
  gint64 us;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (!read_digits (&text, widths[i], &parts[i]))
      return FALSE;
    if (i < 5 && *text++ != separators[i])
      return FALSE;
  }
  if (!read_fraction (&text, &us) || strcmp (text, "+00") != 0)
    return FALSE;
  gint64 days = days_from_civil (parts[0], parts[1], parts[2]);
  gint64 seconds = ((days * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5];
  *ret = seconds * G_USEC_PER_SEC + us;
  return TRUE;
}

gint64
osy_db_rows_time (const OsyDbRows *self, guint row, const char *column)
{
  const char *value = get_value (self, row, column);
  gint64 us = 0;

  if (value == NULL || parse_utc (value, &us) || osy_clock_parse (value, &us))
    return us;
  return 0;
}

GBytes *
osy_db_rows_bytes (const OsyDbRows *self, guint row, const char *column)
{
  const char *value = get_value (self, row, column);

  if (value == NULL)
    return NULL;
  if (!g_str_has_prefix (value, "\\x"))
    return NULL;
  return value[2] == '\0' ? g_bytes_new (NULL, 0) : osy_hex_decode (value + 2);
}
