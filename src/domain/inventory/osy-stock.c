/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The arithmetic of the stock, in whole thousandths, and the states of what is promised. */

#include "osy-stock.h"

static const OsyStateRow rows[] = {
    {OSY_STOCK_RESERVED, "consume", OSY_STOCK_CONSUMED, FALSE},
    {OSY_STOCK_RESERVED, "release", OSY_STOCK_RELEASED, FALSE},
    {OSY_STOCK_RESERVED, "expire", OSY_STOCK_EXPIRED, FALSE},
    {NULL},
};

/* A tombstone begins as RELEASED. */
const OsyStateTable osy_stock_states = {
    .name = "stock",
    .initial = {OSY_STOCK_RESERVED, OSY_STOCK_RELEASED},
    .rows = rows,
};

gboolean
osy_stock_convert (gint64 quantity, gint64 factor, gint64 *ret)
{
  if (quantity < -OSY_STOCK_MAX_FACTOR || quantity > OSY_STOCK_MAX_FACTOR || factor < 1 ||
      factor > OSY_STOCK_MAX_FACTOR)
    return FALSE;
  gint64 product = quantity * factor; /* at most 10¹⁸ */
  gint64 half = product < 0 ? -OSY_STOCK_ONE / 2 : OSY_STOCK_ONE / 2;
  gint64 base = (product + half) / OSY_STOCK_ONE;
  if (base < -OSY_STOCK_MAX || base > OSY_STOCK_MAX)
    return FALSE;
  *ret = base;
  return TRUE;
}

gint64
osy_stock_portions (gint64 available, gint64 need)
{
  return available <= 0 || need <= 0 ? 0 : available / need;
}

gint64
osy_stock_about (gint64 left)
{
  if (left <= OSY_STOCK_LOW)
    return MAX (left, 0);
  return left < 100 ? left / 10 * 10 : left / 100 * 100;
}

gint64
osy_stock_days_left (gint64 available, gint64 used, gint64 days)
{
  if (used <= 0)
    return -1;
  return available <= 0 ? 0 : available * days / used;
}
