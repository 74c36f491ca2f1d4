/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-guest-service.h"
#include "osy-table-service.h"

G_BEGIN_DECLS

/** Something to be done with a booking or with somebody who waits. */
typedef struct {
  const char *id;    /* (nullable): of a new one */
  gint64 if_version; /* 0: any */
  JsonNode *body;    /* (nullable): {at, minutes, …} */
} OsyBookingAct;

/** osy_booking_service_list: order:read. Returns: (transfer full): of OsyBooking that begin in
 *  @from…@to (UTC µs). */
GPtrArray *osy_booking_service_list (OsyDbTx *tx,
                                     const OsyCall *call,
                                     OsyTableContext *room,
                                     gint64 from,
                                     gint64 to,
                                     GError **error);
/** osy_booking_service_put: order:write; makes one, or changes what the body names. Two bookings
 *  may want one table at the same time only if the body says "force"; else CONFLICT, whose member
 *  `bookings` names the others. A no-show is one who should have come by now. Returns: (transfer
 *  full): as it is now. */
OsyBooking *osy_booking_service_put (OsyDbTx *tx,
                                     const OsyCall *call,
                                     OsyTableContext *room,
                                     const OsyBookingAct *act,
                                     GError **error);
/** osy_booking_service_delete: order:write; for good, names and all. */
gboolean osy_booking_service_delete (OsyDbTx *tx,
                                     const OsyCall *call,
                                     OsyTableContext *room,
                                     const OsyBookingAct *act,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_booking_service_waiting_add: order:write; STATE_CONFLICT (member `paused_until`) while the
 * list is paused. Returns: (transfer full). */
OsyWaiting *osy_booking_service_waiting_add (OsyDbTx *tx,
                                             const OsyCall *call,
                                             OsyTableContext *room,
                                             const OsyBookingAct *act,
                                             GError **error);
/** osy_booking_service_waiting_step: order:write; to CALLED or CANCELED; may be repeated. Returns:
 * (transfer full): as it is now. */
OsyWaiting *osy_booking_service_waiting_step (OsyDbTx *tx,
                                              const OsyCall *call,
                                              OsyTableContext *room,
                                              const OsyBookingAct *act,
                                              const char *status,
                                              GError **error);
/** osy_booking_service_waiting_pause: order:write; the list takes nobody for @minutes, then goes on
 * by itself; 0: it goes on. @until: (out): UTC µs. */
gboolean osy_booking_service_waiting_pause (OsyDbTx *tx,
                                            const OsyCall *call,
                                            OsyTableContext *room,
                                            gint64 minutes,
                                            gint64 *until,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Bookings and the waiting list hold names and phones of guests. */
extern const OsyGuestHolder osy_booking_guest_holder;
extern const OsyGuestHolder osy_waiting_guest_holder;

G_END_DECLS
