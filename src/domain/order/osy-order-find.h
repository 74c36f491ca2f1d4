/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-menu.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** What orders are looked for by; unset members cut nothing, and all that are set must fit. */
typedef struct {
  GPtrArray *statuses;   /* (nullable): of const char* */
  gint64 from;           /* created at or after, UTC µs; 0 */
  gint64 to;             /* created before; 0 */
  const char *day;       /* (nullable): business day, YYYY-MM-DD */
  gint64 number;         /* 0 */
  const gint64 *amount;  /* (nullable): won */
  const char *phone;     /* (nullable): last four digits, or all of them */
  const char *item;      /* (nullable): part of an item's name, or its initials */
  const char *q;         /* (nullable): any of number, amount, phone, guest's name, item */
  OsyMenu *menu;         /* (nullable): whose present names count besides those once sold under */
  gint64 before_created; /* cursor: older than this … */
  const char *before_id; /* … and this */
  gint64 limit;
} OsyOrderQuery;

/** osy_order_find_list: newest first. Returns: (transfer full): of OsyOrder. */
GPtrArray *osy_order_find_list (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyOrderQuery *query,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_order_find_index:
 * @query: limit, before_created and before_id count
 * @last: (out) (transfer full) (nullable): the last one, when there may be more
 *
 * Writes the keys of a page of orders that were placed before there were any; those that have them
 * stay as they are.
 */
gboolean osy_order_find_index (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyOrderQuery *query,
                               OsyOrder **last,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_order_find_renew:
 * @tx: of role ordersync_keys
 * @from, @to: a stretch of the table orders as tid
 * @done: (inout): orders changed are added
 *
 * Computes anew what orders are found by of their guests, after the secret of blind indexes was
 * changed. May be repeated.
 */
gboolean osy_order_find_renew (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const char *from,
                               const char *to,
                               gint64 *done,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
