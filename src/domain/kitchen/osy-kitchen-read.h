/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-kitchen-ticket.h"

G_BEGIN_DECLS

/** osy_kitchen_read_some: tickets with these @ids (of char*), in no order; unknown ids are left
 * out. (transfer full): of OsyKitchenTicket. */
GPtrArray *osy_kitchen_read_some (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error);

/** osy_kitchen_read_one: (transfer full): NULL with NOT_FOUND. */
OsyKitchenTicket *
osy_kitchen_read_one (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);

/** osy_kitchen_read_of_order: every ticket of an order. (transfer full): of OsyKitchenTicket. */
GPtrArray *
osy_kitchen_read_of_order (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error);

/** osy_kitchen_read_open: what is on the screens, those with priority first, then oldest first.
 * @day: (nullable): then also what was sent away of that business day, newest first. (transfer
 * full): of OsyKitchenTicket. */
GPtrArray *osy_kitchen_read_open (OsyDbTx *tx, OsyKeyring *ring, const char *day, GError **error);

/** A page of what was sent away. */
typedef struct {
  const char *day;   /* business day, "YYYY-MM-DD" */
  const char *words; /* (nullable): in names of dishes, or an order's or table's number */
  gint64 before;     /* cursor: bumped before this … */
  const char *before_id;
  gint64 limit;
} OsyKitchenPast;
/** osy_kitchen_read_past: last first. (transfer full): of OsyKitchenTicket. */
GPtrArray *
osy_kitchen_read_past (OsyDbTx *tx, OsyKeyring *ring, const OsyKitchenPast *past, GError **error);

G_END_DECLS
