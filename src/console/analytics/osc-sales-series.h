/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-sales-store.h"
#include "osc-series.h"

G_BEGIN_DECLS

/** OscSalesSeries: figures as the marks of charts, each (transfer full). @figures: never NULL. The
 * key of a mark says which orders are behind it: osc_sales_series_query(). */

/** osc_sales_series_hours: sales by hour, with those compared; @before: their name. */
OscSeries *osc_sales_series_hours (const OscSalesFigures *figures, const char *before);
/** osc_sales_series_is_weekly: Returns: whether @range is too long to tell its days apart. */
gboolean osc_sales_series_is_weekly (const OscSalesRange *range);
/** osc_sales_series_days: sales by day of @range, or, when it is long, of an open day of each week;
 * what had none is a gap. @until: (nullable): "HH:MM": the last day is not over, and so compared
 * with none. */
OscSeries *osc_sales_series_days (const OscSalesFigures *figures,
                                  const OscSalesRange *range,
                                  const char *until);
/** osc_sales_series_items: dishes by sales, or by pieces with @by_count; so many at most. */
OscSeries *osc_sales_series_items (const OscSalesFigures *figures, gboolean by_count, guint most);
/** osc_sales_series_channels: with icons and shares. */
OscSeries *osc_sales_series_channels (const OscSalesFigures *figures);
/** osc_sales_series_types: for the table, to take away, delivered: likewise. */
OscSeries *osc_sales_series_types (const OscSalesFigures *figures);
/** osc_sales_series_tenders: how it was paid. */
OscSeries *osc_sales_series_tenders (const OscSalesFigures *figures);
/** osc_sales_series_options: how often an option goes with its dish. */
OscSeries *osc_sales_series_options (const OscSalesFigures *figures, guint most);
/** osc_sales_series_sold_out: how long dishes were sold out. */
OscSeries *osc_sales_series_sold_out (const OscSalesFigures *figures, guint most);
/** osc_sales_series_prep: orders by minutes of preparation. */
OscSeries *osc_sales_series_prep (const OscSalesFigures *figures);
/** osc_sales_series_heat: sales by weekday and hour, of one day on which the shop was open.
 * @weekday: stands out, 0: none. @to: the last day; @until: (nullable): "HH:MM", how far it has
 * come. */
OscSeries *osc_sales_series_heat (const OscSalesFigures *figures,
                                  int weekday,
                                  const GDate *to,
                                  const char *until);

/** osc_sales_series_query: cuts @query down to the orders behind the mark with @key: "hour/12",
 * "day/2026-11-21", "week/2026-11-16", "item/…", "channel/…", "type/…",
 * "tender/…", "cell/6/12". Points into @key. Returns:
 * FALSE: no orders are behind it. */
gboolean osc_sales_series_query (const char *key, OscSalesQuery *query);

G_END_DECLS
