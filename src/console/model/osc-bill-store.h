/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** How far the check asked for is. */
typedef enum { OSC_BILL_NONE, OSC_BILL_LOADING, OSC_BILL_READY, OSC_BILL_FAILED } OscBillPhase;

/** What is taken off: of a line or (line_id NULL) of all. */
typedef struct {
  const char *kind; /* OSY_BILL_VOID, … */
  const char *line_id;
  int quantity; /* 0: none */
  int percent;
  gint64 won;
  const char *reason;
} OscBillAdjust;

/**
 * OscBillStore: the one check that is looked at, as the daemon has it; it follows the feed. An act
 * is sent once and its answer is the new check. Signals: "changed"; "done" (const char *id: an
 * adjustment that was made, or NULL); "failed" (GError *error, const char *permission: nullable:
 * who has it may allow the act by PIN: osc_bill_store_repeat()); "requested" (const char *method,
 * const char *rest, const char *body) when there is no client.
 */
#define OSC_TYPE_BILL_STORE (osc_bill_store_get_type ())
G_DECLARE_FINAL_TYPE (OscBillStore, osc_bill_store, OSC, BILL_STORE, GObject)

/** osc_bill_store_new: @client: NULL in tests, which answer by osc_bill_store_take(). */
OscBillStore *osc_bill_store_new (OsyClient *client);
/** osc_bill_store_attach: follows "thing::check" of @feed. */
void osc_bill_store_attach (OscBillStore *self, OsyFeed *feed);
/** osc_bill_store_show: another check, or @check_id again. */
void osc_bill_store_show (OscBillStore *self, const char *check_id);
/** osc_bill_store_take: @bill: (transfer full) (nullable): NULL: it failed. */
void osc_bill_store_take (OscBillStore *self, OsyBill *bill);

/** osc_bill_store_bill: (transfer none) (nullable). */
const OsyBill *osc_bill_store_bill (OscBillStore *self);
OscBillPhase osc_bill_store_phase (OscBillStore *self);
/** osc_bill_store_is_busy: an act is under way. */
gboolean osc_bill_store_is_busy (OscBillStore *self);

/** osc_bill_store_adjust, _withdraw, _split, _print: acts; passed over while one is under way.
 * @part_id: (nullable): of all. */
void osc_bill_store_adjust (OscBillStore *self, const OscBillAdjust *adjust);
void osc_bill_store_withdraw (OscBillStore *self, const char *adjustment_id);
/** osc_bill_store_split: replaces the unpaid parts by those of @parts (of OsyBillPart, takes by
 * index of the bill's lines); paid ones stay by themselves. */
void osc_bill_store_split (OscBillStore *self, GPtrArray *parts);
void osc_bill_store_print (OscBillStore *self, const char *part_id);
/** osc_bill_store_receipt: on paper, once more if it was. */
void osc_bill_store_receipt (OscBillStore *self);
/** osc_bill_store_charge: @percent: of service on the whole check: 0…OSY_BILL_MAX_SERVICE. */
void osc_bill_store_charge (OscBillStore *self, int percent);
/** osc_bill_store_repeat: the act that failed for want of a right, now allowed by PIN. */
void osc_bill_store_repeat (OscBillStore *self, const char *act_token);

G_END_DECLS
