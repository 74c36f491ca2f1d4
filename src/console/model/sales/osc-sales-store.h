/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-sales-figures.h"
#include "osc-sales-range.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** What is asked for: the range that was chosen, and the days up to its end, at least thirty, with
 * the thirty before them: the line and the heat map. */
typedef enum { OSC_SALES_CHOSEN, OSC_SALES_TREND, OSC_N_SALES_PARTS } OscSalesPart;

/**
 * OscSalesStore: the figures of the range that is looked at. What was read before is there at once
 * when it is looked at again, and stays when it cannot be read anew. While somebody watches, events
 * of the feed make it read again, every few seconds at most, and what failed is tried again; an
 * answer that is on its way is waited for first. Signals: "changed"; "orders"
 * (GPtrArray *: of OsyOrder, (nullable): they could not be read, const char *next_cursor:
 * (nullable), gboolean more: they come after those before); "requested" (const char *path) when
 * there is no client.
 */
#define OSC_TYPE_SALES_STORE (osc_sales_store_get_type ())
G_DECLARE_FINAL_TYPE (OscSalesStore, osc_sales_store, OSC, SALES_STORE, GObject)

/** osc_sales_store_new: @client: (nullable): NULL in tests. */
OscSalesStore *osc_sales_store_new (OsyClient *client);
/** osc_sales_store_attach: follows @feed. */
void osc_sales_store_attach (OscSalesStore *self, OsyFeed *feed);
/** osc_sales_store_watch: whether somebody looks at it now. */
void osc_sales_store_watch (OscSalesStore *self, gboolean watched);

/** osc_sales_store_look: asks for @range. @until: (nullable): "HH:MM", the local time to which the
 * last day and the one it is compared with count. */
void osc_sales_store_look (OscSalesStore *self, const OscSalesRange *range, const char *until);
/** osc_sales_store_again: the same again, once what was asked for is there. */
void osc_sales_store_again (OscSalesStore *self);
/** osc_sales_store_retry: the same, by hand after a failure: where nothing is known, it is not told
 * of until it fails anew. */
void osc_sales_store_retry (OscSalesStore *self);
/** osc_sales_store_note: something was sold or changed. */
void osc_sales_store_note (OscSalesStore *self);
/** osc_sales_store_take: @answer: (nullable): of GET analytics, to what was asked last; NULL: it
 * failed. */
void osc_sales_store_take (OscSalesStore *self, OscSalesPart part, JsonNode *answer);

/** osc_sales_store_range: (transfer none): of @part, as it was asked for. */
const OscSalesRange *osc_sales_store_range (OscSalesStore *self, OscSalesPart part);
/** osc_sales_store_until: (transfer none) (nullable): to which the figures count; until they are
 * there, to which they were asked for. */
const char *osc_sales_store_until (OscSalesStore *self);
/** osc_sales_store_figures: (transfer none) (nullable): NULL until they were read. */
const OscSalesFigures *osc_sales_store_figures (OscSalesStore *self, OscSalesPart part);
/** osc_sales_store_failed: Returns: whether the last reading of these days failed. */
gboolean osc_sales_store_failed (OscSalesStore *self, OscSalesPart part);
/** osc_sales_store_read_at: Returns: when @part was read, UTC µs; 0: never. */
gint64 osc_sales_store_read_at (OscSalesStore *self, OscSalesPart part);

/** Which orders are behind a mark; unset members cut nothing. */
typedef struct {
  GDate from;
  GDate to;
  const char *until; /* nullable */
  int hour;          /* -1: all */
  int weekday;       /* 0: all */
  const char *channel;
  const char *type;
  const char *item_id;
  const char *tender;
  const char *cursor; /* (nullable): of the page before */
} OscSalesQuery;

/** osc_sales_store_ask_orders: "orders" follows, unless others are asked for before. */
void osc_sales_store_ask_orders (OscSalesStore *self, const OscSalesQuery *query);
/** osc_sales_store_drop_orders: nobody waits for them any more. */
void osc_sales_store_drop_orders (OscSalesStore *self);
/** osc_sales_store_take_orders: @answer: (nullable): of GET analytics/orders; NULL: it failed. */
void osc_sales_store_take_orders (OscSalesStore *self, JsonNode *answer, gboolean more);

/** osc_sales_store_export_async: writes the chosen days to @file. @part: (nullable): a list, as GET
 * analytics/csv names it; NULL: all of them as a workbook in the language of the console. Errors:
 * OSY_ERROR of the daemon, G_IO_ERROR of the file. */
void osc_sales_store_export_async (OscSalesStore *self,
                                   const char *part,
                                   GFile *file,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
gboolean osc_sales_store_export_finish (OscSalesStore *self, GAsyncResult *result, GError **error);
/** osc_sales_store_report_async: the same of the page that the server draws: of the day when one is
 * chosen, else of the week of the last day. Finished by osc_sales_store_export_finish(). */
void osc_sales_store_report_async (OscSalesStore *self,
                                   GFile *file,
                                   GAsyncReadyCallback cb,
                                   gpointer data);

G_END_DECLS
