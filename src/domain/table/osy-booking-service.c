/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of bookings and of the waiting list. */

#include "osy-booking-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-booking-store.h"
#include "osy-clock.h"
#include "osy-floor-store.h"
#include "osy-id.h"
#include "osy-phone.h"

#define GRID (OSY_BOOKING_GRID_MINUTES * G_TIME_SPAN_MINUTE)
#define MAX_NAME 50
#define MAX_PHONE 30
#define MAX_NOTE 200

static gboolean
note (OsyDbTx *tx,
      const OsyCall *call,
      OsyTableContext *room,
      const char *action,
      const char *id,
      GError **error)
{
  const OsyAuditEntry entry = {.action = action, .object_type = "booking", .object_id = id};

  return osy_audit_record (tx, room->ring, call, &entry, error);
}

static gboolean
begin (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  return osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) &&
         osy_floor_store_lock (tx, error);
}

static gboolean
check_version (gint64 wanted, gint64 version, GError **error)
{
  if (wanted == 0 || wanted == version)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "It was changed meanwhile; read it again.");
  JsonNode *current = json_node_new (JSON_NODE_VALUE);
  json_node_set_int (current, version);
  osy_error_set_extra (refusal, "current_version", current);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* ---- what people say ---- */

/* @target: keeps what it is where @reader does not name it; null takes it away. */
static void
read_text (OsyJsonReader *reader, const char *name, gsize max, char **target)
{
  const char *text = osy_json_reader_opt_string (reader, name, 1, max);

  if (!osy_json_reader_said (reader, name))
    return;
  g_free (*target);
  *target = g_strdup (text);
}

static void
read_person (OsyJsonReader *reader, char **name, char **phone, char **words)
{
  char *typed = g_strdup (*phone);

  read_text (reader, "name", MAX_NAME, name);
  read_text (reader, "note", MAX_NOTE, words);
  read_text (reader, "phone", MAX_PHONE, &typed);
  g_free (*phone);
  *phone = typed != NULL ? osy_phone_digits (typed) : NULL;
  if (*phone != NULL && (strlen (*phone) < 4 || strlen (*phone) > 15))
    osy_json_reader_fault (reader, "phone", "PHONE", "This is no phone number.");
  g_free (typed);
}

static void
read_tables (OsyJsonReader *reader, OsyBooking *booking)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (!osy_json_reader_has (reader, "table_ids"))
    return;
  guint n = osy_json_reader_array (reader, "table_ids", 0, OSY_BOOKING_MAX_TABLES);
  for (guint i = 0; i < n; i++) {
    const char *id = osy_json_reader_element_string (reader, "table_ids", i, 36, 36);
    if (osy_id_is_valid (id))
      g_strv_builder_add (ids, id);
    else
      osy_json_reader_fault (reader, "table_ids", "ID", "This is no table's id.");
  }
  g_strfreev (booking->table_ids);
  booking->table_ids = g_strv_builder_end (ids);
}

static void
read_time (OsyJsonReader *reader, OsyBooking *booking)
{
  if (osy_json_reader_has (reader, "at"))
    booking->at = osy_json_reader_opt_time (reader, "at");
  else if (booking->at == 0)
    osy_json_reader_fault (reader, "at", "REQUIRED", "A booking is for a time.");
  booking->minutes = (int)osy_json_reader_opt_int (reader, "minutes", OSY_BOOKING_GRID_MINUTES,
                                                   OSY_BOOKING_MAX_MINUTES, booking->minutes);
  if (booking->at % GRID != 0)
    osy_json_reader_fault (reader, "at", "GRID", "Bookings begin at quarters of an hour.");
  if (booking->minutes % OSY_BOOKING_GRID_MINUTES != 0)
    osy_json_reader_fault (reader, "minutes", "GRID", "Bookings last quarters of an hour.");
}

static int
read_guests (OsyJsonReader *reader, int fallback)
{
  if (fallback == 0)
    return (int)osy_json_reader_int (reader, "guest_count", 1, OSY_TABLE_MAX_GUESTS);
  return (int)osy_json_reader_opt_int (reader, "guest_count", 1, OSY_TABLE_MAX_GUESTS, fallback);
}

/* Whoever sits is seated by the act at the table. */
static void
read_status (OsyJsonReader *reader, OsyBooking *booking, gboolean fresh)
{
  static const char *const statuses[] = {OSY_BOOKING_BOOKED, OSY_BOOKING_NO_SHOW,
                                         OSY_BOOKING_CANCELED, NULL};
  gint64 now = osy_clock_now ();

  if (fresh || !osy_json_reader_has (reader, "status"))
    return;
  const char *status = osy_json_reader_enum (reader, "status", statuses, NULL);
  if (g_strcmp0 (status, OSY_BOOKING_NO_SHOW) == 0 && now < booking->at)
    osy_json_reader_fault (reader, "status", "EARLY", "They have not been late yet.");
  if (status != NULL)
    booking->status = g_intern_string (status);
}

static gboolean
read_booking (JsonNode *body, OsyBooking *booking, gboolean *force, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  gboolean fresh = booking->version == 0;

  read_time (reader, booking);
  booking->guest_count = read_guests (reader, booking->guest_count);
  read_tables (reader, booking);
  read_person (reader, &booking->name, &booking->phone, &booking->note);
  read_status (reader, booking, fresh);
  *force = osy_json_reader_opt_bool (reader, "force", FALSE);
  return osy_json_reader_finish (reader, error);
}

/* ---- bookings ---- */

GPtrArray *
osy_booking_service_list (OsyDbTx *tx,
                          const OsyCall *call,
                          OsyTableContext *room,
                          gint64 from,
                          gint64 to,
                          GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_booking_store_list (tx, room->ring, from, to, NULL, error);
}

/* Returns: (transfer full): NULL with NOT_FOUND. */
static OsyBooking *
get_booking (OsyDbTx *tx, OsyTableContext *room, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = osy_booking_store_list (tx, room->ring, 0, 0, id, error);

  if (list == NULL)
    return NULL;
  if (list->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such booking.");
    return NULL;
  }
  return g_ptr_array_steal_index (list, 0);
}

static gboolean
check_conflicts (const OsyBooking *booking, GError **error)
{
  if (booking->conflicts[0] == NULL)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_CONFLICT,
                                         "A table of these is booked at that time.");
  JsonArray *ids = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  for (guint i = 0; booking->conflicts[i] != NULL; i++)
    json_array_add_string_element (ids, booking->conflicts[i]);
  json_node_take_array (node, ids);
  osy_error_set_extra (refusal, "bookings", node);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
link_guest (OsyDbTx *tx,
            OsyTableContext *room,
            const char *name,
            const char *phone,
            char **guest_id,
            GError **error)
{
  const OsyGuestSighting sighting = {name, phone, osy_clock_now ()};

  g_clear_pointer (guest_id, g_free);
  return phone == NULL || osy_guest_service_link (tx, room->ring, &sighting, guest_id, error);
}

OsyBooking *
osy_booking_service_put (OsyDbTx *tx,
                         const OsyCall *call,
                         OsyTableContext *room,
                         const OsyBookingAct *act,
                         GError **error)
{
  gboolean force = FALSE;

  if (!begin (tx, call, error))
    return NULL;
  g_autoptr (OsyBooking) booking =
      act->id != NULL ? get_booking (tx, room, act->id, error) : osy_booking_new ();
  if (booking == NULL || !check_version (act->if_version, booking->version, error) ||
      !read_booking (act->body, booking, &force, error) ||
      !link_guest (tx, room, booking->name, booking->phone, &booking->guest_id, error))
    return NULL;
  if (booking->id == NULL)
    booking->id = osy_id_new ();
  booking->version++;
  const char *action = act->id != NULL ? "booking.changed" : "booking.made";
  if (!osy_booking_store_put (tx, room->ring, booking, error) ||
      !osy_booking_store_tell (tx, call, OSY_PARTY_BOOKING, booking->id, booking->version, error) ||
      !note (tx, call, room, action, booking->id, error))
    return NULL;
  g_autoptr (OsyBooking) stored = get_booking (tx, room, booking->id, error);
  if (stored == NULL || (!force && !check_conflicts (stored, error)))
    return NULL;
  return g_steal_pointer (&stored);
}

gboolean
osy_booking_service_delete (OsyDbTx *tx,
                            const OsyCall *call,
                            OsyTableContext *room,
                            const OsyBookingAct *act,
                            GError **error)
{
  gboolean deleted = FALSE;

  if (!begin (tx, call, error))
    return FALSE;
  g_autoptr (OsyBooking) booking = get_booking (tx, room, act->id, error);
  return booking != NULL && check_version (act->if_version, booking->version, error) &&
         osy_booking_store_delete (tx, act->id, &deleted, error) &&
         osy_booking_store_tell (tx, call, OSY_PARTY_BOOKING, act->id, booking->version + 1,
                                 error) &&
         note (tx, call, room, "booking.deleted", act->id, error);
}

/* ---- those who wait ---- */

/* Returns: (transfer full): NULL with NOT_FOUND. */
static OsyWaiting *
get_waiting (OsyDbTx *tx, OsyTableContext *room, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = osy_booking_store_waiting_list (tx, room->ring, id, error);

  if (list == NULL)
    return NULL;
  if (list->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "They do not wait.");
    return NULL;
  }
  return g_ptr_array_steal_index (list, 0);
}

static gboolean
check_paused (OsyDbTx *tx, GError **error)
{
  gint64 until = 0;

  if (!osy_booking_store_waiting_paused (tx, osy_clock_now (), &until, error))
    return FALSE;
  if (until == 0)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                                         "The waiting list takes nobody just now.");
  g_autofree char *text = osy_clock_format (until);
  osy_error_set_extra (refusal, "paused_until", json_node_init_string (json_node_alloc (), text));
  g_propagate_error (error, refusal);
  return FALSE;
}

OsyWaiting *
osy_booking_service_waiting_add (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyTableContext *room,
                                 const OsyBookingAct *act,
                                 GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (act->body);
  g_autoptr (OsyWaiting) waiting = osy_waiting_new ();

  if (!begin (tx, call, error) || !check_paused (tx, error))
    return NULL;
  waiting->guest_count = read_guests (reader, 0);
  read_person (reader, &waiting->name, &waiting->phone, &waiting->note);
  waiting->id = osy_id_new ();
  waiting->created_at = osy_clock_now ();
  waiting->version = 1;
  if (!osy_json_reader_finish (reader, error) ||
      !link_guest (tx, room, waiting->name, waiting->phone, &waiting->guest_id, error) ||
      !osy_booking_store_waiting_put (tx, room->ring, waiting, error) ||
      !osy_booking_store_tell (tx, call, OSY_PARTY_WAITING, waiting->id, 1, error) ||
      !note (tx, call, room, "waiting.added", waiting->id, error))
    return NULL;
  return g_steal_pointer (&waiting);
}

OsyWaiting *
osy_booking_service_waiting_step (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyTableContext *room,
                                  const OsyBookingAct *act,
                                  const char *status,
                                  GError **error)
{
  if (!begin (tx, call, error))
    return NULL;
  g_autoptr (OsyWaiting) waiting = get_waiting (tx, room, act->id, error);
  if (waiting == NULL || !check_version (act->if_version, waiting->version, error))
    return NULL;
  if (g_str_equal (waiting->status, OSY_WAITING_SEATED) ||
      g_str_equal (waiting->status, OSY_WAITING_CANCELED)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "They do not wait any more.");
    return NULL;
  }
  gboolean calls = g_str_equal (status, OSY_WAITING_CALLED);
  waiting->status = g_intern_string (status);
  if (calls)
    waiting->called_at = osy_clock_now ();
  waiting->version++;
  if (!osy_booking_store_waiting_put (tx, room->ring, waiting, error) ||
      !osy_booking_store_tell (tx, call, OSY_PARTY_WAITING, waiting->id, waiting->version, error) ||
      !note (tx, call, room, calls ? "waiting.called" : "waiting.canceled", waiting->id, error))
    return NULL;
  return g_steal_pointer (&waiting);
}

gboolean
osy_booking_service_waiting_pause (OsyDbTx *tx,
                                   const OsyCall *call,
                                   OsyTableContext *room,
                                   gint64 minutes,
                                   gint64 *until,
                                   GError **error)
{
  *until = minutes > 0 ? osy_clock_now () + minutes * G_TIME_SPAN_MINUTE : 0;
  if (!begin (tx, call, error))
    return FALSE;
  const char *shop = osy_db_tx_restaurant (tx);
  gint64 version = osy_booking_store_waiting_pause (tx, *until, error);
  return version != 0 &&
         osy_booking_store_tell (tx, call, OSY_PARTY_WAITING, shop, version, error) &&
         note (tx, call, room, minutes > 0 ? "waiting.paused" : "waiting.resumed", shop, error);
}
