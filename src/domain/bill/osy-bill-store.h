/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** osy_bill_store_load: the check with all that is merged into it. (transfer full): NULL with
 * NOT_FOUND. */
OsyBill *osy_bill_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *check_id, GError **error);

/** osy_bill_store_members: the check and what is merged into it, the check first, each with what is
 * left of it before service. (transfer full): id, net. */
OsyDbRows *osy_bill_store_members (OsyDbTx *tx, const char *check_id, GError **error);

/** A new adjustment, of a line or a check. */
typedef struct {
  const char *id;
  const char *subject_id; /* order or check */
  const char *line_id;    /* nullable */
  const char *kind;
  gint64 quantity; /* 0: none */
  int percent;
  gint64 won;
  const char *reason;
  const char *actor;
} OsyBillAdjust;

/** osy_bill_store_add_adjustment: its reason is sealed. */
gboolean osy_bill_store_add_adjustment (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyBillAdjust *adjust,
                                        GError **error);
/** osy_bill_store_adjustment: rows of one act that hold, held until the transaction ends. */
OsyDbRows *osy_bill_store_adjustment (OsyDbTx *tx, const char *id, GError **error);
gboolean osy_bill_store_withdraw (OsyDbTx *tx, const char *id, const char *actor, GError **error);

/** osy_bill_store_put_parts: replaces the unpaid parts of @check_id by those of @bill. */
gboolean
osy_bill_store_put_parts (OsyDbTx *tx, OsyKeyring *ring, const OsyBill *bill, GError **error);

/** osy_bill_store_pay_part: adds @amount to what is paid of a part that comes to @whole; a part of
 * which nothing is paid any more is free to change again. */
gboolean osy_bill_store_pay_part (OsyDbTx *tx,
                                  const char *part_id,
                                  gint64 whole,
                                  gint64 amount,
                                  GError **error);

/** osy_bill_store_origins: (transfer full): menu item id → legal statement of origin, of @bill's
 * lines and of the dishes chosen in them. */
GHashTable *osy_bill_store_origins (OsyDbTx *tx, const OsyBill *bill, GError **error);

/** osy_bill_store_names: (transfer full): id → English name, of the dishes and options of @bill
 * that have one; empty unless @language is "en". */
GHashTable *
osy_bill_store_names (OsyDbTx *tx, const OsyBill *bill, const char *language, GError **error);

/** osy_bill_store_voided: (transfer full): line_id → gint64* quantity voided and not taken back. */
GHashTable *osy_bill_store_voided (OsyDbTx *tx, const char *order_id, GError **error);

/** osy_bill_store_list: ids and created_at of checks, newest first. Texts are nullable. */
typedef struct {
  const char *status;
  const char *day;
  const char *table_id;
  gint64 number; /* of one of its orders; 0: any */
  gint64 before; /* created_at of the last one seen; 0: from the newest */
  const char *before_id;
  gint64 limit;
} OsyBillQuery;
OsyDbRows *osy_bill_store_list (OsyDbTx *tx, const OsyBillQuery *query, GError **error);

G_END_DECLS
