/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-check.h"
#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/* Every change bumps the version, is audited and emits check.changed (aggregate "check") in the
 * caller's transaction. Rounds join checks in the order writer's one statement. */

/** What a check comes to by itself, in won. */
typedef struct {
  gint64 total;    /* orders − adjustments + service charge */
  gint64 owed;     /* total − tenders + refunds */
  gint64 tendered; /* whatever went back of it */
  gboolean voided; /* (out) of _lock_root alone: nothing is sold on it any more */
} OsyCheckTotals;

/**
 * osy_check_service_withdraw:
 * @share: of an order which will never be paid, as it stands before
 *
 * A rejected or canceled order is owed no longer: an adjustment of its whole amount. A check all of
 * whose orders are withdrawn, and on which nothing was paid, becomes VOIDED.
 */
gboolean osy_check_service_withdraw (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const char *check_id,
                                     const OsyCheckShare *share,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_lock: holds the check, whatever its state. FALSE with NOT_FOUND. */
gboolean osy_check_service_lock (OsyDbTx *tx,
                                 const char *check_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_totals: Returns: FALSE with NOT_FOUND when the shop has no such check. */
gboolean osy_check_service_totals (OsyDbTx *tx,
                                   const char *check_id,
                                   OsyCheckTotals *ret,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_group_totals: of the check and all that is merged into it. */
gboolean osy_check_service_group_totals (OsyDbTx *tx,
                                         const char *check_id,
                                         OsyCheckTotals *ret,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_check_service_whole_totals: the same of all that @check_id is merged with, wherever in the
 * group it stands: it is paid at the root. */
gboolean osy_check_service_whole_totals (OsyDbTx *tx,
                                         const char *check_id,
                                         OsyCheckTotals *ret,
                                         GError **error);

/** osy_check_service_open_for_table: *@check_id (transfer full) (nullable): the open check whose
 * rounds are @table_id's: its own, or the root its merged one leads to; NULL when there is none. */
gboolean osy_check_service_open_for_table (OsyDbTx *tx,
                                           const char *table_id,
                                           char **check_id,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_check_service_set_table:
 * @table_id: (nullable): none: the table was cleared
 *
 * Moves the check alone, not what is merged into it. CONFLICT when another open check is at
 * @table_id; STATE_CONFLICT on one that is VOIDED. Right: order:write.
 */
gboolean osy_check_service_set_table (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const OsyCall *call,
                                      const char *check_id,
                                      const char *table_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_set_guests: @guest_count: 0: not said. */
gboolean osy_check_service_set_guests (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       const char *check_id,
                                       int guest_count,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_check_service_merge:
 * @into: an open check of another group
 *
 * MERGED is a pointer: no amount moves, the group is shown and paid on its root. STATE_CONFLICT
 * unless both are OPEN, nothing was paid on @check_id and @into is not in its own group.
 */
gboolean osy_check_service_merge (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  const char *check_id,
                                  const char *into,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_unmerge: the inverse, with whatever had been merged into @check_id before.
 * STATE_CONFLICT once the group was paid or split into paid parts, CONFLICT when its table has
 * another open check. */
gboolean osy_check_service_unmerge (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const char *check_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A check that is opened before its first order. */
typedef struct {
  const char *table_id;
  const char *business_day; /* YYYY-MM-DD */
  int guest_count;          /* 0: not said */
} OsyCheckOpening;

/** osy_check_service_open: for rounds that are about to come from another check. Returns: (transfer
 * full): its id; CONFLICT when another open check is at the table. Right: order:write. */
char *osy_check_service_open (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const OsyCheckOpening *opening,
                              GError **error);
/** osy_check_service_drop: an open check without any order becomes VOIDED; of another nothing. */
gboolean osy_check_service_drop (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const char *check_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** An order that goes from one check to another. */
typedef struct {
  const char *from;
  const char *to;
  OsyCheckShare share;
} OsyCheckTransfer;

/** osy_check_service_transfer: both open (or merged into one that is); no less may be left than was
 * paid. For the order room, which moves the order itself. */
gboolean osy_check_service_transfer (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const OsyCheckTransfer *transfer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- for the room bill ---- */

/** osy_check_service_root: (transfer full): the check on which the group of @check_id is shown and
 * paid; NULL with NOT_FOUND. */
char *osy_check_service_root (OsyDbTx *tx, const char *check_id, GError **error);

/** osy_check_service_hold: @if_version: 0: whatever it is. Holds the check until the transaction
 * ends. STATE_CONFLICT unless it can change, VERSION_CONFLICT (current_version). */
gboolean osy_check_service_hold (OsyDbTx *tx,
                                 const char *check_id,
                                 gint64 if_version,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_amend: one new version of it; the caller tells. */
gboolean osy_check_service_amend (OsyDbTx *tx,
                                  const char *check_id,
                                  const OsyCheckAmend *amend,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- for the room payment ---- */

/** osy_check_service_lock_root: the check on which the group of @check_id is paid, held until the
 * transaction ends, and what the group comes to. NULL with NOT_FOUND or STATE_CONFLICT. */
char *osy_check_service_lock_root (OsyDbTx *tx,
                                   const char *check_id,
                                   OsyCheckTotals *totals,
                                   GError **error);

/** Money that came or went. Won. */
typedef struct {
  const char *check_id; /* the group's root, held */
  const char *payment_id;
  gint64 tendered; /* added; negative when a bank took a deposit back */
  gint64 refunded; /* added */
} OsyCheckMoney;

/** osy_check_service_post: once nothing is owed and something was paid, the check is SETTLED. Money
 * is posted to a VOIDED check, too: it came, and goes back. */
gboolean osy_check_service_post (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyCheckMoney *money,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_settle: of the group of @check_id, when something was taken off it: SETTLED
 * once nothing is owed any more and something was paid. Changes no version: to be called before
 * the change itself is told. */
gboolean osy_check_service_settle (OsyDbTx *tx,
                                   const char *check_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_settle_free: @check_id or its root, if nothing of it is left to pay: SETTLED,
 * audited, and check.settled (aggregate "check") says so to who waits for money that never comes.
 * Nothing happens to one that somebody paid for. */
gboolean osy_check_service_settle_free (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyCall *call,
                                        const char *check_id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_check_service_reopen_free: the way back, unless its table has a new check; nothing happens
 * to a check that is not SETTLED, or that somebody paid for. */
gboolean osy_check_service_reopen_free (OsyDbTx *tx,
                                        const char *check_id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A change to be told of. Values are for the audit log: no personal words. */
typedef struct {
  const char *check_id;
  const char *action; /* "check.adjusted", … */
  JsonNode *before;   /* (transfer none) (nullable) */
  JsonNode *after;    /* (transfer none) (nullable) */
} OsyCheckChange;

/** osy_check_service_tell: audit row and check.changed of a change that bumped the version. For
 * rooms above that change checks. */
gboolean osy_check_service_tell (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyCheckChange *change,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
