/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-booking.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** OscBookingDay: the bookings of another day than today, whose are with the tables. Signals:
 * "changed"; "requested" (const char *path): in tests, what would be read. */
#define OSC_TYPE_BOOKING_DAY (osc_booking_day_get_type ())
G_DECLARE_FINAL_TYPE (OscBookingDay, osc_booking_day, OSC, BOOKING_DAY, GObject)

/** osc_booking_day_new: @client: (nullable): NULL in tests. */
OscBookingDay *osc_booking_day_new (OsyClient *client);
/** osc_booking_day_look: @by: days from the one looked at. */
void osc_booking_day_look (OscBookingDay *self, int by);
/** osc_booking_day_ahead: Returns: how many days after today it is; 0: today. */
int osc_booking_day_ahead (OscBookingDay *self);
/** osc_booking_day_start: (transfer full): its local midnight. */
GDateTime *osc_booking_day_start (OscBookingDay *self);
/** osc_booking_day_reload: reads it again. */
void osc_booking_day_reload (OscBookingDay *self);
/** osc_booking_day_take: @answer: of GET bookings. */
void osc_booking_day_take (OscBookingDay *self, JsonNode *answer);
/** osc_booking_day_bookings: (transfer none): of OsyBooking, by time; empty until they were read.
 */
GPtrArray *osc_booking_day_bookings (OscBookingDay *self);

G_END_DECLS
