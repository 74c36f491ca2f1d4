/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-table-change.h"
#include "osy-table-service.h"

G_BEGIN_DECLS

/** An act under way: the shop's tables are held, and every open check is seated. */
typedef struct {
  OsyDbTx *tx;
  const OsyCall *call;
  OsyTableContext *room;
  gint64 now;          /* UTC µs */
  GPtrArray *rows;     /* of OsySeatingRow that are open */
  GHashTable *numbers; /* id of a table of the plan → its number */
} OsyTableWork;

/** osy_table_work_clear: frees what @self holds. */
void osy_table_work_clear (OsyTableWork *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyTableWork, osy_table_work_clear)

/** osy_table_work_begin: @self: {tx, call, room}. Checks order:write, makes other acts wait, seats
 *  whoever has ordered at a table without having been seated. */
gboolean osy_table_work_begin (OsyTableWork *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_table_work_begin_act: the same for @act, whose tables must be on the plan, and as the caller
 * saw them. */
gboolean osy_table_work_begin_act (OsyTableWork *self,
                                   const OsyTableAct *act,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_work_seated: the same. Returns: (transfer none): who sits there, or NULL with
 * STATE_CONFLICT. */
OsySeatingRow *osy_table_work_seated (OsyTableWork *self, const OsyTableAct *act, GError **error);

/** osy_table_work_touch: Returns: (transfer none): what @row becomes, to be written to. */
OsySeatingRow *
osy_table_work_touch (OsyTableWork *self, OsyTableChange *change, const OsySeatingRow *row);
/** osy_table_work_sit: Returns: (transfer none): a seating of now at @table_id, added to @change.
 */
OsySeatingRow *
osy_table_work_sit (OsyTableWork *self, OsyTableChange *change, const char *table_id, int guests);

/**
 * osy_table_work_carry_out:
 * @undoes: (nullable): the act that this takes back
 * @done: (out): what came of it
 *
 * Does @change: seatings, the places and groups of their checks, rounds; tells the kitchen of other
 * tables and nothing else; versions, events, audit row and the act itself.
 */
gboolean osy_table_work_carry_out (OsyTableWork *self,
                                   OsyTableChange *change,
                                   const char *undoes,
                                   OsyTableDone *done,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_table_work_seat_checks: for event handlers: seats whoever has ordered, without an act. */
gboolean osy_table_work_seat_checks (OsyTableWork *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_work_tell: bumps a table and emits table.changed. */
gboolean osy_table_work_tell (OsyTableWork *self,
                              const char *table_id,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_work_refuse: STATE_CONFLICT with the table as it is now. Returns: FALSE. */
gboolean osy_table_work_refuse (OsyTableWork *self,
                                const char *table_id,
                                const char *message,
                                GError **error);

G_END_DECLS
