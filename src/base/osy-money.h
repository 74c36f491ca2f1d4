/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Largest amount of one order or payment, in won; keeps every sum far from overflow. */
#define OSY_MONEY_MAX G_GINT64_CONSTANT (1000000000000)

/** osy_money_add: *@ret = @a + @b. Returns: FALSE, @ret untouched, beyond ±OSY_MONEY_MAX. */
gboolean osy_money_add (gint64 a, gint64 b, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/** osy_money_mul: *@ret = @a × @n. Returns: FALSE, @ret untouched, beyond ±OSY_MONEY_MAX. */
gboolean osy_money_mul (gint64 a, gint64 n, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_money_split_vat:
 * @taxable: total with VAT in won within ±OSY_MONEY_MAX, tax-free lines left out; negative for
 *   refunds, which mirror the charge
 * @supply: (out): value of supply; tax-free lines are not in it
 * @vat: (out): 10 % VAT inside @taxable
 *
 * supply = (taxable·10 + 5) / 11, Korean VAT Act art. 29–30 with rounding to the nearest won.
 */
void osy_money_split_vat (gint64 taxable, gint64 *supply, gint64 *vat);

/** osy_money_format: Returns: (transfer full): digits grouped, "12,000", "−3,000" (U+2212). */
char *osy_money_format (gint64 won);

/**
 * osy_money_parse:
 * @text: a price as people write it: "4,000원", "₩4000", " 4 000 "
 *
 * Returns: FALSE when @text is not a whole, non-negative number of won up to OSY_MONEY_MAX.
 */
gboolean osy_money_parse (const char *text, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
