/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* State machines as tables. */

#include "osy-state-table.h"

static const OsyStateRow rows[] = {
    {"OPEN", "settle", "SETTLED", TRUE},      {"REOPENED", "settle", "SETTLED", TRUE},
    {"SETTLED", "reopen", "REOPENED", FALSE}, {"OPEN", "void", "VOIDED", FALSE},
    {"OPEN", "close", "SETTLED", TRUE},       {NULL},
};
static const OsyStateTable table = {"check", {"OPEN", "NEW"}, rows};
static const OsyStateTable full = {"full", {"A", "B", "C", "D"}, rows};

static void
test_find (void)
{
  g_assert_true (osy_state_table_find (&table, "OPEN", "settle") == &rows[0]);
  g_assert_cmpstr (osy_state_table_find (&table, "SETTLED", "reopen")->to, ==, "REOPENED");
  g_assert_null (osy_state_table_find (&table, "SETTLED", "settle"));
  g_assert_null (osy_state_table_find (&table, "OPEN", "fly"));
  g_assert_null (osy_state_table_find (&table, "", ""));
}

static void
test_states (void)
{
  static const char *const known[] = {"OPEN", "NEW", "SETTLED", "REOPENED", "VOIDED"};

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (osy_state_table_has_state (&table, known[i]));
  g_assert_false (osy_state_table_has_state (&table, "open"));
  g_assert_true (osy_state_table_has_state (&full, "D"));
  g_assert_true (osy_state_table_allows (&table, "OPEN", "VOIDED"));
  g_assert_false (osy_state_table_allows (&table, "VOIDED", "OPEN"));
  g_assert_false (osy_state_table_allows (&table, "OPEN", "OPEN"));
}

static void
test_sources (void)
{
  g_auto (GStrv) settle = osy_state_table_sources (&table, "settle");
  g_auto (GStrv) none = osy_state_table_sources (&table, "fly");
  g_autofree char *joined = g_strjoinv (" ", settle);

  g_assert_cmpstr (joined, ==, "OPEN REOPENED");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_sql (void)
{
  g_autofree char *sql = osy_state_table_to_sql (&table);
  g_auto (GStrv) lines = g_strsplit (sql, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 2 + 5 + 1);
  g_assert_cmpstr (lines[0], ==, "INSERT INTO state_initial VALUES ('check', 'OPEN');");
  g_assert_cmpstr (lines[2], ==,
                   "INSERT INTO state_transition VALUES ('check', 'OPEN', 'SETTLED') "
                   "ON CONFLICT DO NOTHING;");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-table/find", test_find);
  g_test_add_func ("/state-table/states", test_states);
  g_test_add_func ("/state-table/sources", test_sources);
  g_test_add_func ("/state-table/sql", test_sql);
  return g_test_run ();
}
