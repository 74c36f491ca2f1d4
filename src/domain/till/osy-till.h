/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-json.h"

G_BEGIN_DECLS

/** osy_till_read_denominations: reads {"50000": n, …} as the optional member "denominations".
 * Returns: (transfer full) (nullable): its text; NULL when it was not sent. Faults are noted for
 * coins and notes that there are not, and for what does not add up to @counted. */
char *osy_till_read_denominations (OsyJsonReader *reader, gint64 counted);

/** osy_till_finish_cash: adds to @cash of a report what was counted and left: counted, difference,
 * left and banked. */
void osy_till_finish_cash (JsonObject *cash, gint64 counted, gint64 left);

/** osy_till_hide_cash: takes from a report what tells how much cash there should be: the cash, and
 * what it could be computed from. */
void osy_till_hide_cash (JsonObject *report);

G_END_DECLS
