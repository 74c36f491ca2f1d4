/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-analytics-view.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** Days that one question may span. */
#define OSY_ANALYTICS_MAX_DAYS 731

/** osy_analytics_query_span: reads ?from=, ?to=, ?against= and ?until= into @ret. Returns: FALSE
 * with INVALID_REQUEST. */
gboolean osy_analytics_query_span (OsyHttpRequest *http, OsyAnalyticsSpan *ret, GError **error);

/** osy_analytics_query_day: reads the business day ?@name= into @ret. Returns: FALSE with
 * INVALID_REQUEST. */
gboolean
osy_analytics_query_day (OsyHttpRequest *http, const char *name, char ret[11], GError **error);

/** osy_analytics_query_is_day: Returns: whether @text is a day from 2000 on, "YYYY-MM-DD". */
gboolean osy_analytics_query_is_day (const char *text);

/** osy_analytics_query_refuse: @error about the query @name. Returns: FALSE. */
gboolean osy_analytics_query_refuse (const char *name, const char *detail, GError **error);

G_END_DECLS
