/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-kitchen-service.h"
#include "osy-principal.h"
#include "osy-table.h"

G_BEGIN_DECLS

/** What the table room works with. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyKitchenRoom *kitchen; /* (nullable): learns who sits where now, and never more */
} OsyTableContext;

/** Something to be done at a table. */
typedef struct {
  const char *table_id;
  gint64 if_version;      /* of the table as the caller saw it; 0: any */
  const char *to_table;   /* move, merge, transfer */
  int guest_count;        /* seat, guests */
  const char *booking_id; /* (nullable): seat: whose they are */
  const char *waiting_id; /* (nullable): seat: who waited */
  gboolean on;            /* request-bill */
  gboolean leave_unpaid;  /* clear */
  GPtrArray *order_ids;   /* transfer: rounds */
  GPtrArray *line_ids;    /* transfer: single lines */
} OsyTableAct;

/** What came of it. */
typedef struct {
  char *act_id;
  GPtrArray *tables; /* of OsyTable: all that show something else now */
} OsyTableDone;
/** osy_table_done_clear: frees what @self holds. */
void osy_table_done_clear (OsyTableDone *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyTableDone, osy_table_done_clear)

/*
 * The acts. Each needs order:write, is one transaction with its audit row and the events
 * table.changed, and is one step to be taken back. None ever sends anything to the kitchen to be
 * made. Of two counters at the same tables one is first; the other gets STATE_CONFLICT or, where he
 * said what he saw, VERSION_CONFLICT, each with the table as it is now in member `table`.
 */

/** osy_table_service_seat: people sit down at a free table. */
gboolean osy_table_service_seat (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyTableContext *room,
                                 const OsyTableAct *act,
                                 OsyTableDone *done,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_guests: they are so many. */
gboolean osy_table_service_guests (OsyDbTx *tx,
                                   const OsyCall *call,
                                   OsyTableContext *room,
                                   const OsyTableAct *act,
                                   OsyTableDone *done,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_move: to a free table; the check goes along, its lines stay what they are. */
gboolean osy_table_service_move (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyTableContext *room,
                                 const OsyTableAct *act,
                                 OsyTableDone *done,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_merge: both groups become one; a free table may be joined to either. Where
 * only one of them owes something, that one leads the group. */
gboolean osy_table_service_merge (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyTableContext *room,
                                  const OsyTableAct *act,
                                  OsyTableDone *done,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_unmerge: the table goes on by itself with what was its own; of the table that
 *  leads the group, all others do. A table that had been free is free again. */
gboolean osy_table_service_unmerge (OsyDbTx *tx,
                                    const OsyCall *call,
                                    OsyTableContext *room,
                                    const OsyTableAct *act,
                                    OsyTableDone *done,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_request_bill: they ask for the bill, or do no more. */
gboolean osy_table_service_request_bill (OsyDbTx *tx,
                                         const OsyCall *call,
                                         OsyTableContext *room,
                                         const OsyTableAct *act,
                                         OsyTableDone *done,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_clear: the group has gone. STATE_CONFLICT (member `owed`) while something is
 *  owed, unless it is to be left unpaid: then the check stays open, of no table. */
gboolean osy_table_service_clear (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyTableContext *room,
                                  const OsyTableAct *act,
                                  OsyTableDone *done,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_transfer: rounds and single lines go to the check of another table, which sits
 *  down if it was free. STATE_CONFLICT for what is paid. */
gboolean osy_table_service_transfer (OsyDbTx *tx,
                                     const OsyCall *call,
                                     OsyTableContext *room,
                                     const OsyTableAct *act,
                                     OsyTableDone *done,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_service_undo: takes an act back: everything is as it was, but for what others did
 *  meanwhile. STATE_CONFLICT with the reason when that makes it impossible. Itself an act that can
 *  be taken back. */
gboolean osy_table_service_undo (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyTableContext *room,
                                 const char *act_id,
                                 OsyTableDone *done,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_table_service_room: order:read. Returns: (transfer full): the tables view of now. */
OsyTableRoom *
osy_table_service_room (OsyDbTx *tx, const OsyCall *call, OsyTableContext *room, GError **error);
/** osy_table_service_number: OsyKitchenTableNumber. */
gboolean
osy_table_service_number (OsyDbTx *tx, const char *table_id, char **number, GError **error);

G_END_DECLS
