/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-analytics-view.h"

G_BEGIN_DECLS

/** osy_analytics_book: (transfer full): @view, of osy_analytics_view() for @span, as a spreadsheet
 * file of a sheet for each of its parts. Takes longer than the loop can wait; any thread. NULL with
 * @error. */
GBytes *osy_analytics_book (JsonNode *view,
                            const OsyAnalyticsSpan *span,
                            OsyShop *shop,
                            gboolean korean,
                            GError **error);

G_END_DECLS
