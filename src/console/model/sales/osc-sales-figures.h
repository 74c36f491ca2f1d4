/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** The figures of a range. Won, counts, seconds. */
typedef struct {
  gint64 sales;
  gint64 orders;
  gint64 guests;
  gint64 average;
  gint64 taken;
  gint64 refunds;
  gint64 refund_count;
  gint64 voids;
  gint64 comps;
  gint64 discounts;
  gint64 canceled;
  gint64 placed;
  gint64 prep_seconds; /* of all prep_orders together */
  gint64 prep_orders;
  gint64 late_orders;
  gint64 fees;
  gint64 net;
  gint64 tax_free;
} OscSalesTotals;

/** The lists of an answer. */
typedef enum {
  OSC_SALES_HOURS,
  OSC_SALES_DAYS,
  OSC_SALES_AGAINST_DAYS,
  OSC_SALES_CHANNELS,
  OSC_SALES_TYPES,
  OSC_SALES_TENDERS,
  OSC_SALES_ITEMS,
  OSC_SALES_HEAT,
  OSC_SALES_OPTIONS,
  OSC_SALES_SOLD_OUT,
  OSC_SALES_PREP,
  OSC_N_SALES_LISTS
} OscSalesList;

/** A row of one of the lists; what a list has not is 0 or NULL. */
typedef struct {
  char *key;      /* day, channel, type, tender, or id */
  char *name;     /* of an item or option */
  char *within;   /* of an option: the dish with which it was taken */
  gint64 at;      /* hour of the day, or seconds from which a step of preparation counts */
  gint64 weekday; /* 1 Monday … 7 */
  gint64 sales;   /* won */
  gint64 count;   /* orders, pieces, payments, minutes */
  gint64 against_sales;
  gint64 against_count;
  gint64 other; /* guests, fees, or of how many */
} OscSalesRow;

/** OscSalesFigures: what the daemon answered about a range. Never changes. */
typedef struct {
  char *as_of; /* (nullable): the time of the last event in it */
  gboolean compared;
  OscSalesTotals totals;
  OscSalesTotals against;
  GPtrArray *lists[OSC_N_SALES_LISTS]; /* of OscSalesRow */
} OscSalesFigures;

/** osc_sales_figures_read: (transfer full) (nullable): GET analytics; NULL for anything else. */
OscSalesFigures *osc_sales_figures_read (JsonNode *answer);
void osc_sales_figures_free (OscSalesFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscSalesFigures, osc_sales_figures_free)

/** osc_sales_figures_n: how many rows @list has; 0 for NULL. */
guint osc_sales_figures_n (const OscSalesFigures *self, OscSalesList list);
/** osc_sales_figures_row: (transfer none): row @index, which is there. */
const OscSalesRow *
osc_sales_figures_row (const OscSalesFigures *self, OscSalesList list, guint index);
/** osc_sales_figures_find: (transfer none) (nullable): the row of @key. */
const OscSalesRow *
osc_sales_figures_find (const OscSalesFigures *self, OscSalesList list, const char *key);
/** osc_sales_figures_sum: of the sales in @list. */
gint64 osc_sales_figures_sum (const OscSalesFigures *self, OscSalesList list);

/** osc_sales_figures_open_days: on how many of the days in @list something was sold; the daemon
 * tells of those too of which every order was cancelled. */
guint osc_sales_figures_open_days (const OscSalesFigures *self, OscSalesList list);

G_END_DECLS
