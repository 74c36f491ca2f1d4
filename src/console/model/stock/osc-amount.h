/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osc_amount_read: "12.5" → 12500 thousandths. Returns: FALSE for what is no such number. */
gboolean osc_amount_read (const char *text, gint64 *ret);
/** osc_amount_print: (transfer full): 12500 thousandths → "12.5", exactly, as it is typed. */
char *osc_amount_print (gint64 thousandths);

G_END_DECLS
