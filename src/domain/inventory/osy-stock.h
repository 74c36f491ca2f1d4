/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "osy-state-table.h"

G_BEGIN_DECLS

/** States of what an order holds of the stock (design §5). A release that comes before its
 * reservation is a RELEASED row of its own: a tombstone, which the late reservation finds. */
#define OSY_STOCK_RESERVED "RESERVED"
#define OSY_STOCK_CONSUMED "CONSUMED"
#define OSY_STOCK_RELEASED "RELEASED"
#define OSY_STOCK_EXPIRED "EXPIRED"

extern const OsyStateTable osy_stock_states;

/** Every quantity is a whole number of thousandths: of an ingredient's base unit (G, ML, PIECE), or
 * of the unit that a person named (osy_stock_convert). No floating point anywhere. */
#define OSY_STOCK_ONE G_GINT64_CONSTANT (1000)
/** Most that is ever on hand, moved or asked for, in thousandths. */
#define OSY_STOCK_MAX G_GINT64_CONSTANT (1000000000000)
/** Largest factor of a unit, and most of it in one movement. */
#define OSY_STOCK_MAX_FACTOR G_GINT64_CONSTANT (1000000000)
/** Days of use behind days_left. */
#define OSY_STOCK_USE_DAYS 14
/** From here down what is left is told to the portion; above it is told roughly. */
#define OSY_STOCK_LOW 10

/**
 * osy_stock_convert:
 * @quantity: thousandths of a unit, at most OSY_STOCK_MAX_FACTOR, may be negative
 * @factor: thousandths of the base unit in one such unit, 1…OSY_STOCK_MAX_FACTOR
 * @ret: (out): thousandths of the base unit, halves away from zero
 *
 * Returns: FALSE when an argument or the result is out of bounds.
 */
gboolean osy_stock_convert (gint64 quantity, gint64 factor, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_portions: Returns: how many times @need (> 0) is in @available; 0 for what is owed. */
gint64 osy_stock_portions (gint64 available, gint64 need);

/** osy_stock_about: Returns: @left portions as people are told: exact up to OSY_STOCK_LOW, then
 * rounded down to tens, from a hundred on to hundreds, so that not every sale is news. */
gint64 osy_stock_about (gint64 left);

/** osy_stock_days_left: Returns: for how many whole days @available lasts when @used went in @days
 * days (> 0); -1 when nothing was used. */
gint64 osy_stock_days_left (gint64 available, gint64 used, gint64 days);

G_END_DECLS
