/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-table-service.h"

G_BEGIN_DECLS

#define OSY_PARTY_BOOKING "booking"
#define OSY_PARTY_WAITING "waiting"

/* Each in the transaction's restaurant. Names, phones and notes are cells. */

/** osy_booking_store_list: Returns: (transfer full): of OsyBooking that begin in @from…@to (UTC
 * µs), by time, with their conflicts. @id: (nullable): that one alone, whenever it is. */
GPtrArray *osy_booking_store_list (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   gint64 from,
                                   gint64 to,
                                   const char *id,
                                   GError **error);
/** osy_booking_store_put: a new one, or all of one that is there. */
gboolean osy_booking_store_put (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyBooking *booking,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_booking_store_delete: @deleted: (out): whether it was there. */
gboolean osy_booking_store_delete (OsyDbTx *tx, const char *id, gboolean *deleted, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_booking_store_waiting_list: Returns: (transfer full): of OsyWaiting that still wait, longest
 * first.
 *  @id: (nullable): that one alone, whatever became of it. */
GPtrArray *
osy_booking_store_waiting_list (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);
/** osy_booking_store_waiting_put: a new one, or all of one that is there. */
gboolean osy_booking_store_waiting_put (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyWaiting *waiting,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_booking_store_waiting_pause: @until: UTC µs; 0: goes on. Returns: how often the list was
 *  paused or went on; 0 with @error. Locked before. */
gint64 osy_booking_store_waiting_pause (OsyDbTx *tx, gint64 until, GError **error);
/** osy_booking_store_waiting_paused: @until: (out): UTC µs; 0 unless it is after @now. */
gboolean osy_booking_store_waiting_paused (OsyDbTx *tx, gint64 now, gint64 *until, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_booking_store_status: @guest_count: (out): how many they are. Returns: (transfer full): the
 *  status of a party; NULL with NOT_FOUND. */
char *osy_booking_store_status (OsyDbTx *tx,
                                const char *type,
                                const char *id,
                                int *guest_count,
                                GError **error);
/** What becomes of a party. */
typedef struct {
  const char *type; /* OSY_PARTY_BOOKING, _WAITING */
  const char *id;
  const char *from; /* statuses */
  const char *to;
} OsyPartyStep;

/** osy_booking_store_step: STATE_CONFLICT unless its status is @step->from. Tells of it
 *  (booking.changed). */
gboolean osy_booking_store_step (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const OsyPartyStep *step,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_booking_store_tell: emits booking.changed of a party. */
gboolean osy_booking_store_tell (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const char *type,
                                 const char *id,
                                 gint64 version,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_booking_store_fill: what the tables view shows besides the tables. */
gboolean osy_booking_store_fill (OsyDbTx *tx,
                                 OsyTableContext *room,
                                 OsyTableRoom *view,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_booking_store_sweep: what began before @before (bookings), or came before @waited (those who
 *  waited), is forgotten. @n: (out): how many rows. */
gboolean
osy_booking_store_sweep (OsyDbTx *tx, gint64 before, gint64 waited, gint64 *n, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
