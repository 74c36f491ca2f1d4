/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

#define OSY_BOOKING_BOOKED "BOOKED"
#define OSY_BOOKING_SEATED "SEATED"
#define OSY_BOOKING_NO_SHOW "NO_SHOW"
#define OSY_BOOKING_CANCELED "CANCELED"

#define OSY_WAITING_WAITING "WAITING"
#define OSY_WAITING_CALLED "CALLED"
#define OSY_WAITING_SEATED "SEATED"
#define OSY_WAITING_CANCELED "CANCELED"

/** Bookings begin and last by quarters of an hour. */
#define OSY_BOOKING_GRID_MINUTES 15
#define OSY_BOOKING_DEFAULT_MINUTES 90
#define OSY_BOOKING_MAX_MINUTES 720
#define OSY_BOOKING_MAX_TABLES 20
/** Tables show a booking this long before it begins (console-ux 7.5). */
#define OSY_BOOKING_SHOWN_MINUTES 60
/** Longest pause of the waiting list. */
#define OSY_WAITING_MAX_PAUSE 240

/** A table promised for a time. Times in UTC µs. */
typedef struct {
  char *id;
  gint64 at;
  int minutes;
  int guest_count;
  GStrv table_ids;    /* never NULL, may be empty: to be chosen when they come */
  char *name;         /* (nullable): personal */
  char *phone;        /* (nullable): personal, digits */
  char *note;         /* (nullable): personal */
  char *guest_id;     /* (nullable): the guest this phone belongs to, who may be unmasked */
  const char *status; /* interned: OSY_BOOKING_BOOKED, … */
  GStrv conflicts;    /* never NULL: ids of bookings that want a table of these at the same time */
  gint64 version;
} OsyBooking;

/** A party that waits for a table. */
typedef struct {
  char *id;
  int guest_count;
  char *name;         /* (nullable): personal */
  char *phone;        /* (nullable): personal, digits */
  char *note;         /* (nullable): personal */
  char *guest_id;     /* nullable */
  const char *status; /* interned: OSY_WAITING_WAITING, … */
  gint64 created_at;
  gint64 called_at;
  gint64 version;
} OsyWaiting;

/** osy_booking_new, osy_waiting_new: Returns: (transfer full): an empty one. */
OsyBooking *osy_booking_new (void);
void osy_booking_free (OsyBooking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyBooking, osy_booking_free)
OsyWaiting *osy_waiting_new (void);
void osy_waiting_free (OsyWaiting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyWaiting, osy_waiting_free)

/** osy_booking_is_late: Returns: whether they should be there at @now and are not. */
gboolean osy_booking_is_late (const OsyBooking *self, gint64 now);
/** osy_booking_is_shown: Returns: whether its tables show it at @now: from an hour before it begins
 *  until it would end, while nobody has come. */
gboolean osy_booking_is_shown (const OsyBooking *self, gint64 now);

/** osy_booking_to_json, osy_waiting_to_json: Returns: (transfer full): as in openapi.yaml, name and
 *  phone masked; the note is shown. */
JsonObject *osy_booking_to_json (const OsyBooking *self);
JsonObject *osy_waiting_to_json (const OsyWaiting *self);
/** osy_booking_read, osy_waiting_read: fill in from an answer's reader; faults stay in it. */
void osy_booking_read (OsyBooking *self, OsyJsonReader *reader);
void osy_waiting_read (OsyWaiting *self, OsyJsonReader *reader);

G_END_DECLS
