/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** Business days of closes, "YYYY-MM-DD"; empty: any. */
typedef struct {
  char from[11];
  char to[11];
} OsyTillSpan;

/** osy_till_query_span: reads ?from= and ?to=. @needed: both must be there, a year apart at most.
 * Returns: FALSE with INVALID_REQUEST. */
gboolean
osy_till_query_span (OsyHttpRequest *http, gboolean needed, OsyTillSpan *ret, GError **error);
/** osy_till_query_day: Returns: (nullable): @day unless it is empty. */
const char *osy_till_query_day (const char *day);
/** osy_till_query_refuse: @error about the query @name. Returns: FALSE. */
gboolean osy_till_query_refuse (const char *name, const char *detail, GError **error);

G_END_DECLS
