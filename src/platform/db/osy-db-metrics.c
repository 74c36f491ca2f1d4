/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the database is asked and how long it takes. A statement is known by what it does and to
 * which table: "UPDATE orders". */

#include <string.h>

#include "osy-db-private.h"
#include "osy-trace.h"

static OsyMetric query_seconds = {.name = "ordersync_db_query_seconds",
                                  .help = "Answers of the database, by statement.",
                                  .kind = OSY_METRIC_HISTOGRAM,
                                  .labels = {"statement"},
                                  .bounds = osy_metric_durations,
                                  .unit = G_USEC_PER_SEC};
OsyMetric osy_db_pool_connections = {.name = "ordersync_db_pool_connections",
                                     .help = "Workers of a pool, each with a connection.",
                                     .kind = OSY_METRIC_GAUGE,
                                     .labels = {"pool"}};
OsyMetric osy_db_pool_busy = {.name = "ordersync_db_pool_busy_seconds_total",
                              .help = "Time that the workers of a pool worked, together.",
                              .kind = OSY_METRIC_COUNTER,
                              .labels = {"pool"},
                              .unit = G_USEC_PER_SEC};
OsyMetric osy_db_pool_wait = {.name = "ordersync_db_pool_wait_seconds",
                              .help = "Time that work waited for a worker.",
                              .kind = OSY_METRIC_HISTOGRAM,
                              .labels = {"pool"},
                              .bounds = osy_metric_durations,
                              .unit = G_USEC_PER_SEC};
OsyMetric osy_db_pool_refused = {.name = "ordersync_db_pool_refused_total",
                                 .help = "Work refused because too much was waiting.",
                                 .kind = OSY_METRIC_COUNTER,
                                 .labels = {"pool"}};

static const char word_letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

/* The name behind the first FROM, INTO or UPDATE; else what a SELECT calls. */
static const char *
find_subject (const char *sql)
{
  static const char *const leads[] = {"FROM ", "INTO ", "UPDATE "};
  const char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (leads); i++)
    for (const char *at = strstr (sql, leads[i]); at != NULL; at = strstr (at + 1, leads[i])) {
      const char *name = at + strlen (leads[i]);
      if (strspn (name, word_letters) == 0 || (found != NULL && name > found))
        continue;
      found = name;
      break;
    }
  return found;
}

char *
osy_db_statement_name (const char *sql)
{
  gsize verb = strspn (sql, word_letters);
  const char *subject = find_subject (sql);

  if (subject == NULL && g_str_has_prefix (sql, "SELECT "))
    subject = sql + strlen ("SELECT ");
  if (subject == NULL)
    return g_strndup (sql, verb);
  return g_strdup_printf ("%.*s %.*s", (int)verb, sql, (int)strspn (subject, word_letters),
                          subject);
}

void
osy_db_note_query (GHashTable *statements, const char *sql, gint64 since)
{
  OsyMetricSeries *series = g_hash_table_lookup (statements, sql);

  if (series == NULL) {
    g_autofree char *name = osy_db_statement_name (sql);
    series = osy_metric_find (&query_seconds, name);
    g_hash_table_insert (statements, g_strdup (sql), series);
  }
  gint64 us = g_get_monotonic_time () - since;
  osy_metric_observe (series, us);
  if (osy_trace_current () != NULL) {
    g_autofree char *name = osy_db_statement_name (sql);
    osy_trace_leaf (OSY_TRACE_CLIENT, name, us);
  }
}
