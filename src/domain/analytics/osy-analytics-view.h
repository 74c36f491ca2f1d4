/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-analytics-store.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** What is looked at; the texts are the caller's. */
typedef struct {
  char from[11]; /* "YYYY-MM-DD" */
  char to[11];
  char against[11];    /* first day of what it is compared with; "": nothing */
  char against_to[11]; /* its last day */
  int until;           /* minutes after midnight to which both last days count; -1: all of them */
} OsyAnalyticsSpan;

/** osy_analytics_view: (transfer full): all that the analytics view shows of @span, as the API
 * gives it (schema Analytics); NULL with @error. */
JsonNode *
osy_analytics_view (OsyDbTx *tx, OsyShop *shop, const OsyAnalyticsSpan *span, GError **error);

/** osy_analytics_range: @span's own days for @shop's clock; points into @span. */
OsyAnalyticsRange osy_analytics_range (OsyShop *shop, const OsyAnalyticsSpan *span);

G_END_DECLS
