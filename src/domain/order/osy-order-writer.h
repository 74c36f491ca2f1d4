/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-service.h"
#include "osy-db.h"
#include "osy-metrics.h"
#include "osy-order-cells.h"
#include "osy-order-store.h"

G_BEGIN_DECLS

/**
 * OsyOrderWriter: the group-committing door by which every new order enters the database. Requests
 * of one shop and business day that arrive while its last batch is in flight go together in one
 * transaction: numbers, orders, checks, steps, remembered keys, events and audit rows. Main thread.
 */
#define OSY_TYPE_ORDER_WRITER (osy_order_writer_get_type ())
G_DECLARE_FINAL_TYPE (OsyOrderWriter, osy_order_writer, OSY, ORDER_WRITER, GObject)

/** osy_order_writer_new: @pipe: the connection that only this writer uses. */
OsyOrderWriter *osy_order_writer_new (OsyDbPipe *pipe);

/** The steps with which an order comes into being: placed, and perhaps accepted at once. */
#define OSY_ORDER_BIRTH_STEPS 2

/** A priced and sealed order on its way in; it takes as many steps as its version says. */
typedef struct {
  OsyOrderData *order; /* number 0 until it is committed; check_id may be another then */
  OsyOrderCells cells;
  char *round_on;    /* (nullable): the check whose further round this is */
  GArray *find_keys; /* of gint64: osy_order_find_keys() */
  OsyAuditSealed audits[OSY_ORDER_BIRTH_STEPS];
  char *audit_ids[OSY_ORDER_BIRTH_STEPS];
  char *actor;
  char *key_actor; /* whose idempotency keys these are */
  char *key;
  guint8 fingerprint[32];
  char *trace_id;
  int sold_out_line; /* of OSY_ORDER_SOLD_OUT: the first line that the stock does not suffice for */
} OsyOrderEntry;

/** osy_order_entry_new: @order: (transfer full); the rest is filled in by the caller. */
OsyOrderEntry *osy_order_entry_new (OsyOrderData *order);
void osy_order_entry_free (OsyOrderEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderEntry, osy_order_entry_free)

typedef enum {
  OSY_ORDER_WRITTEN,     /* committed; entry->order->number is set */
  OSY_ORDER_KEY_TAKEN,   /* the key was used before: look it up */
  OSY_ORDER_NO_CHECK,    /* the check it names is not open; the key may have been used before */
  OSY_ORDER_SOLD_OUT,    /* an ingredient that blocks does not suffice; nothing was stored */
  OSY_ORDER_NOT_WRITTEN, /* nothing was stored, or the outcome is unknown: error says */
} OsyOrderOutcome;

typedef void (*OsyOrderWritten) (OsyOrderOutcome outcome,
                                 OsyOrderEntry *entry,
                                 const GError *error,
                                 gpointer user_data);

/**
 * osy_order_writer_submit:
 * @entry: (transfer full): given back to @done, which must not free it
 *
 * @done is called exactly once, within @deadline_ms. TIMEOUT then means: it may still be committed;
 * the same key finds it or places it once.
 */
void osy_order_writer_submit (OsyOrderWriter *self,
                              OsyOrderEntry *entry,
                              guint deadline_ms,
                              OsyOrderWritten done,
                              gpointer user_data);

/** osy_order_metrics: what the writer counts, to NULL. */
extern OsyMetric *const osy_order_metrics[];

/** osy_order_writer_pending: orders submitted and not yet answered. */
guint osy_order_writer_pending (OsyOrderWriter *self);

/** osy_order_writer_set_committed: @func after each commit: wakes the relay. */
void osy_order_writer_set_committed (OsyOrderWriter *self, GSourceFunc func, gpointer user_data);

#define OSY_ORDER_PLACE_ROUTE "POST /orders"

G_END_DECLS
