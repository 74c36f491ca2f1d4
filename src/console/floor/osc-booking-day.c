/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bookings of one day to come. */

#include "osc-booking-day.h"

#include "osy-clock.h"
#include "osy-json.h"

#define PATH "/api/v1/restaurants/me/bookings"
#define MAX_BOOKINGS 2000
#define DAYS_AHEAD 365

struct _OscBookingDay {
  GObject parent;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  int ahead;
  GPtrArray *bookings;
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscBookingDay, osc_booking_day, G_TYPE_OBJECT)

int
osc_booking_day_ahead (OscBookingDay *self)
{
  g_return_val_if_fail (OSC_IS_BOOKING_DAY (self), 0);
  return self->ahead;
}

GDateTime *
osc_booking_day_start (OscBookingDay *self)
{
  g_return_val_if_fail (OSC_IS_BOOKING_DAY (self), NULL);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (osy_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_add_days (today, self->ahead);
}

GPtrArray *
osc_booking_day_bookings (OscBookingDay *self)
{
  g_return_val_if_fail (OSC_IS_BOOKING_DAY (self), NULL);
  return self->bookings;
}

/* ---- reading ---- */

void
osc_booking_day_take (OscBookingDay *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_BOOKING_DAY (self) && answer != NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  g_autoptr (GPtrArray) bookings =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_booking_free);
  g_autoptr (GError) error = NULL;

  osy_json_reader_ignore_unknown (reader);
  guint n = osy_json_reader_array (reader, "bookings", 0, MAX_BOOKINGS);
  for (guint i = 0; i < n; i++) {
    OsyBooking *booking = osy_booking_new ();

    osy_booking_read (booking, osy_json_reader_element (reader, "bookings", i));
    g_ptr_array_add (bookings, booking);
  }
  if (!osy_json_reader_finish (reader, &error)) {
    g_info ("Bookings are passed over: %s", error->message);
    return;
  }
  g_ptr_array_unref (self->bookings);
  self->bookings = g_steal_pointer (&bookings);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscBookingDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    osc_booking_day_take (self, answer);
  else
    g_info ("Bookings could not be read: %s", error->message);
}

static char *
path_of (OscBookingDay *self)
{
  g_autoptr (GDateTime) start = osc_booking_day_start (self);
  g_autoptr (GDateTime) end = g_date_time_add_days (start, 1);
  g_autofree char *from = osy_clock_format (g_date_time_to_unix (start) * G_USEC_PER_SEC);
  g_autofree char *to = osy_clock_format (g_date_time_to_unix (end) * G_USEC_PER_SEC);

  return g_strdup_printf (PATH "?from=%s&to=%s", from, to);
}

void
osc_booking_day_reload (OscBookingDay *self)
{
  g_return_if_fail (OSC_IS_BOOKING_DAY (self));
  g_autofree char *path = path_of (self);

  if (self->ahead == 0)
    return;
  g_signal_emit (self, signals[REQUESTED], 0, path);
  /* An older answer must not come after. */
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

void
osc_booking_day_look (OscBookingDay *self, int by)
{
  g_return_if_fail (OSC_IS_BOOKING_DAY (self));
  int ahead = CLAMP (self->ahead + by, -1, DAYS_AHEAD);

  if (ahead == self->ahead)
    return;
  self->ahead = ahead;
  g_ptr_array_set_size (self->bookings, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  osc_booking_day_reload (self);
}

/* ---- life ---- */

static void
osc_booking_day_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_BOOKING_DAY (object)->cancellable);
  G_OBJECT_CLASS (osc_booking_day_parent_class)->dispose (object);
}

static void
osc_booking_day_finalize (GObject *object)
{
  OscBookingDay *self = OSC_BOOKING_DAY (object);

  g_ptr_array_unref (self->bookings);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_booking_day_parent_class)->finalize (object);
}

static void
osc_booking_day_class_init (OscBookingDayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_booking_day_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_booking_day_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_BOOKING_DAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_BOOKING_DAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_booking_day_init (OscBookingDay *self)
{
  self->cancellable = g_cancellable_new ();
  self->bookings = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_booking_free);
}

OscBookingDay *
osc_booking_day_new (OsyClient *client)
{
  OscBookingDay *self = g_object_new (OSC_TYPE_BOOKING_DAY, NULL);

  g_set_object (&self->client, client);
  return self;
}
