/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** osy_analytics_get_xlsx: GET …/analytics/xlsx: all figures as a spreadsheet of several sheets;
 * room: an OsyAnalyticsRoom. */
void osy_analytics_get_xlsx (OsyHttpRequest *http, gpointer room);

G_END_DECLS
