/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** osy_analytics_get_csv: GET …/analytics/csv: one part of the figures as a spreadsheet; room: an
 * OsyAnalyticsRoom. */
void osy_analytics_get_csv (OsyHttpRequest *http, gpointer room);

G_END_DECLS
