/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-sales-store.h"
#include "osc-words.h"

G_BEGIN_DECLS

/** OscSalesWords: figures and ranges in words (console-ux 7.13). Texts are (transfer full) unless
 * they are called static. */

/** osc_sales_words_count: "96 orders", in Korean "96건". */
char *osc_sales_words_count (gint64 orders);
/** osc_sales_words_orders: the same where "Orders" stands above it: "96", in Korean "96건". */
char *osc_sales_words_orders (gint64 orders);
/** osc_sales_words_pieces: "41", in Korean "41개". */
char *osc_sales_words_pieces (gint64 pieces);
/** osc_sales_words_time: "11 min 20 s". */
char *osc_sales_words_time (gint64 seconds);
/** osc_sales_words_hour: "12:00", in Korean "12시". */
char *osc_sales_words_hour (gint64 hour);
/** osc_sales_words_tenths: thousandths as percent: 83 → "8.3%". */
char *osc_sales_words_tenths (gint64 thousandths);
/** osc_sales_words_share: @part of @whole in whole percent: "42%". */
char *osc_sales_words_share (gint64 part, gint64 whole);

/** osc_sales_words_range: "Sat 21 Nov", or two days with a dash; with the year when it is not that
 * of @today. */
char *osc_sales_words_range (const OscSalesRange *range, const GDate *today);
/** osc_sales_words_compared: a sentence on what @range is compared with. @until: (nullable). */
char *osc_sales_words_compared (const OscSalesRange *range, const GDate *today, const char *until);
/** osc_sales_words_before: static: the name of what it is compared with, for legends: "Last week".
 */
const char *osc_sales_words_before (const OscSalesRange *range, const GDate *today);
/** osc_sales_words_now: the name of the range, for legends: "Today", "Yesterday", its days. */
char *osc_sales_words_now (const OscSalesRange *range, const GDate *today);

/** osc_sales_words_tender, _formula: static. @figure: "sales", "orders", "average", "prep" … */
const char *osc_sales_words_tender (const char *tender);
const char *osc_sales_words_formula (const char *figure);

/** osc_sales_words_is_compared: Returns: whether anything was sold in the days before. */
gboolean osc_sales_words_is_compared (const OscSalesFigures *figures);
/** osc_sales_words_days: "4 open days". */
char *osc_sales_words_days (int days);
/** osc_sales_words_cell: a cell of the grid of weekdays and hours: what one of its @days sold. */
char *osc_sales_words_cell (int weekday, int hour, gint64 won, int days);

/** osc_sales_words_week: a point of a line of weeks: what one of its @days sold. */
char *osc_sales_words_week (const GDate *from, const GDate *to, gint64 won, int days);

/** osc_sales_words_prep: Returns: the mean time of preparation, in seconds; 0: none. */
gint64 osc_sales_words_prep (const OscSalesTotals *totals);

G_END_DECLS
