/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** A range of business days, "YYYY-MM-DD", both included. */
typedef struct {
  const char *from;
  const char *to;
  gint64 until;  /* minutes of the last day that count, from its beginning; -1: all */
  gint64 cutoff; /* minutes after midnight at which a day begins */
} OsyAnalyticsRange;

/** Which orders are meant; unset members cut nothing, and all that are set must fit. */
typedef struct {
  OsyAnalyticsRange range;
  gint64 hour;           /* of the local clock; -1 */
  gint64 weekday;        /* 1 Monday … 7; 0 */
  const char *channel;   /* nullable */
  const char *type;      /* nullable */
  const char *item_id;   /* nullable */
  const char *tender;    /* nullable */
  gint64 before_created; /* cursor: older than this … */
  const char *before_id; /* … and this (nullable) */
  gint64 limit;
} OsyAnalyticsQuery;

/** osy_analytics_store_sales: one row for each of: all (kind "all"), hour, day, channel, type,
 * and hour of a weekday (kind "heat"). (transfer full) */
OsyDbRows *osy_analytics_store_sales (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_money: what was taken and given back, by tender. (transfer full) */
OsyDbRows *osy_analytics_store_money (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_fees: of payments that were settled, by channel (NULL: of none of ours).
 * (transfer full) */
OsyDbRows *osy_analytics_store_fees (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_items: by sales. (transfer full) */
OsyDbRows *osy_analytics_store_items (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_options: by how often. (transfer full) */
OsyDbRows *
osy_analytics_store_options (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_prep: orders by whole minutes of preparation. (transfer full) */
OsyDbRows *osy_analytics_store_prep (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error);
/** osy_analytics_store_stops: minutes for which items could not be ordered until @now, while the
 * shop was open in @zone, the longest first. (transfer full) */
OsyDbRows *osy_analytics_store_stops (OsyDbTx *tx,
                                      const OsyAnalyticsRange *range,
                                      const char *zone,
                                      gint64 now,
                                      GError **error);
/** osy_analytics_store_as_of: Returns: FALSE with @error; *@at is 0 when nothing was summed. */
gboolean osy_analytics_store_as_of (OsyDbTx *tx, gint64 *at, GError **error);
/** osy_analytics_store_is_behind: *@ret: whether there is news of the shop that is not in its sums
 * yet. */
gboolean osy_analytics_store_is_behind (OsyDbTx *tx, gboolean *ret, GError **error);
/** osy_analytics_store_orders: ids (and created_at) of orders that count, newest first. (transfer
 * full) */
OsyDbRows *osy_analytics_store_orders (OsyDbTx *tx, const OsyAnalyticsQuery *query, GError **error);

G_END_DECLS
