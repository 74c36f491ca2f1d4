/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was touched, brought into the sums by the functions of data/sql/132 and 151. */

#include "osy-analytics-roll.h"

OsyAnalyticsTouched *
osy_analytics_touched_new (void)
{
  OsyAnalyticsTouched *self = g_new0 (OsyAnalyticsTouched, 1);

  self->orders = g_ptr_array_new_with_free_func (g_free);
  self->checks = g_ptr_array_new_with_free_func (g_free);
  self->payments = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
osy_analytics_touched_free (OsyAnalyticsTouched *self)
{
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->payments);
  g_free (self);
}

/* Which order of a check is its first may change with any of them. */
static gboolean
add_orders_of_checks (OsyDbTx *tx, OsyAnalyticsTouched *touched, GError **error)
{
  if (touched->checks->len == 0)
    return TRUE;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id FROM orders WHERE restaurant_id = app_restaurant() "
      "AND check_id = ANY ($1::uuid[]) UNION ALL SELECT order_id FROM order_line_place "
      "WHERE restaurant_id = app_restaurant() AND check_id = ANY ($1::uuid[])",
      OSY_PARAMS (OSY_P_TEXTS (touched->checks)), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (touched->orders, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

/* Each id once: many events tell of the same order. */
static gboolean
roll (OsyDbTx *tx, const char *kind, GPtrArray *ids, const char *zone, guint *aside, GError **error)
{
  if (ids->len == 0)
    return TRUE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT sale_roll($1, ARRAY (SELECT DISTINCT unnest($2::uuid[])), $3, true) "
                    "AS aside",
                    OSY_PARAMS (OSY_P_TEXT (kind), OSY_P_TEXTS (ids), OSY_P_TEXT (zone)), error);
  if (rows != NULL)
    *aside += (guint)osy_db_rows_int (rows, 0, "aside");
  return rows != NULL;
}

gboolean
osy_analytics_roll (OsyDbTx *tx,
                    OsyAnalyticsTouched *touched,
                    const char *zone,
                    guint *aside,
                    GError **error)
{
  return add_orders_of_checks (tx, touched, error) &&
         roll (tx, "order", touched->orders, zone, aside, error) &&
         roll (tx, "payment", touched->payments, zone, aside, error);
}
