/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* State machines as const tables; the database's copy is printed from here at build time. */

#include "osy-state-table.h"

#include <string.h>

const OsyStateRow *
osy_state_table_find (const OsyStateTable *self, const char *from, const char *act)
{
  for (const OsyStateRow *row = self->rows; row->from != NULL; row++)
    if (strcmp (row->from, from) == 0 && strcmp (row->act, act) == 0)
      return row;
  return NULL;
}

gboolean
osy_state_table_has_state (const OsyStateTable *self, const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->initial) && self->initial[i] != NULL; i++)
    if (strcmp (self->initial[i], state) == 0)
      return TRUE;
  for (const OsyStateRow *row = self->rows; row->from != NULL; row++)
    if (strcmp (row->from, state) == 0 || strcmp (row->to, state) == 0)
      return TRUE;
  return FALSE;
}

gboolean
osy_state_table_allows (const OsyStateTable *self, const char *from, const char *to)
{
  for (const OsyStateRow *row = self->rows; row->from != NULL; row++)
    if (strcmp (row->from, from) == 0 && strcmp (row->to, to) == 0)
      return TRUE;
  return FALSE;
}

char **
osy_state_table_sources (const OsyStateTable *self, const char *act)
{
  g_autoptr (GStrvBuilder) sources = g_strv_builder_new ();

  for (const OsyStateRow *row = self->rows; row->from != NULL; row++)
    if (strcmp (row->act, act) == 0)
      g_strv_builder_add (sources, row->from);
  return g_strv_builder_end (sources);
}

char *
osy_state_table_to_sql (const OsyStateTable *self)
{
  GString *sql = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (self->initial) && self->initial[i] != NULL; i++)
    g_string_append_printf (sql, "INSERT INTO state_initial VALUES ('%s', '%s');\n", self->name,
                            self->initial[i]);
  for (const OsyStateRow *row = self->rows; row->from != NULL; row++)
    g_string_append_printf (sql,
                            "INSERT INTO state_transition VALUES ('%s', '%s', '%s') "
                            "ON CONFLICT DO NOTHING;\n",
                            self->name, row->from, row->to);
  return g_string_free (sql, FALSE);
}
