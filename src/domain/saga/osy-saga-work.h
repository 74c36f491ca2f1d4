/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-saga-room.h"
#include "osy-saga-store.h"

G_BEGIN_DECLS

/** What happens to one saga in one transaction: its row is held, and written at the end with the
 * effects. */
typedef struct {
  OsyDbTx *tx;
  const OsyCall *call;
  const OsySagaRoom *room;
  OsySagaRow *row; /* NULL: the order has none and wants none */
  guint telling;   /* ALARM or CALM, to be told at the end */
} OsySagaWork;

/** osy_saga_work_begin: takes the saga of @order_id, made where there is none yet. FALSE with
 * @error; an order that is no business of sagas (for practice, or not there) leaves row NULL. */
gboolean osy_saga_work_begin (OsySagaWork *self, const char *order_id, GError **error);
void osy_saga_work_clear (OsySagaWork *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsySagaWork, osy_saga_work_clear)

/** osy_saga_work_step: one step of @consumer with its effects. now and dice are filled in. */
gboolean osy_saga_work_step (OsySagaWork *self,
                             OsySagaEvent event,
                             OsySagaConsumer consumer,
                             GError **error);

/** osy_saga_work_finish: writes the row and tells. */
gboolean osy_saga_work_finish (OsySagaWork *self, GError **error);

/** osy_saga_work_tell: saga.attention or saga.settled, as @telling has it, with the row's next
 * number. The row is to be written after it. */
gboolean osy_saga_work_tell (OsySagaWork *self, GError **error);

/* ---- what the rooms below say ---- */

/** osy_saga_look_order: how the order stands, and whether the check of one paid later is. */
gboolean osy_saga_look_order (OsySagaWork *self, OsySagaEvent *event, GError **error);
/** osy_saga_look_money: what the ledger says. */
gboolean osy_saga_look_money (OsySagaWork *self, OsySagaEvent *event, GError **error);
/** osy_saga_look_ride: how its delivery stands. */
gboolean osy_saga_look_ride (OsySagaWork *self, OsySagaEvent *event, GError **error);
/** osy_saga_look_all: all of them, and the goods as they are known: what holds them is written with
 * the saga. */
gboolean osy_saga_look_all (OsySagaWork *self, OsySagaEvent *event, GError **error);
/** osy_saga_look_rows: the same for many at once. (transfer full): an OsySagaEvent LOOKED for each
 * of @rows (of OsySagaRow). */
GArray *osy_saga_look_rows (OsyDbTx *tx, const OsySagaRoom *room, GPtrArray *rows, GError **error);
/** osy_saga_look_state: the core's name of an order's @status. */
OsySagaOrder osy_saga_look_state (const char *status);

/** osy_saga_effects_do: what @effects ask of the rooms. @news: of OsySagaEvent: what came of it at
 * once is added. */
gboolean osy_saga_effects_do (OsySagaWork *self, guint effects, GArray *news, GError **error);

G_END_DECLS
