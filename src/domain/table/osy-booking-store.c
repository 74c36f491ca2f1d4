/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of bookings and of those who wait. */

#include "osy-booking-store.h"

#include "osy-clock.h"
#include "osy-event-service.h"

#define BOOKING "booking"
#define WAITING "waiting_party"

/* ---- cells ---- */

/* A row as it is read. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyDbRows *rows;
  guint i;
  const char *table;
} Row;

/* What was erased, or has lost its key, is not there. */
static gboolean
unseal (const Row *row, const char *column, char **ret, GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (row->tx), row->table, column,
                        osy_db_rows_text (row->rows, row->i, "id"), NULL};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (row->rows, row->i, column);
  g_autoptr (GError) local = NULL;

  *ret = osy_keyring_open (row->ring, &cell, sealed, &local);
  if (local == NULL || osy_error_is (local, OSY_ERROR_ERASED) ||
      osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Who it is, sealed. */
typedef struct {
  GBytes *name;
  GBytes *phone;
  GBytes *index;
  GBytes *note;
} Person;

static void
person_clear (Person *self)
{
  g_clear_pointer (&self->name, g_bytes_unref);
  g_clear_pointer (&self->phone, g_bytes_unref);
  g_clear_pointer (&self->index, g_bytes_unref);
  g_clear_pointer (&self->note, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static gboolean
seal (OsyKeyring *ring,
      OsyCell cell,
      const char *column,
      const char *plain,
      GBytes **ret,
      GError **error)
{
  cell.column = column;
  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return plain == NULL || *ret != NULL;
}

static gboolean
seal_person (OsyKeyring *ring,
             const OsyCell *cell,
             const char *const texts[3],
             Person *ret,
             GError **error)
{
  if (texts[1] != NULL)
    ret->index =
        osy_keyring_blind_index (ring, cell->restaurant_id, cell->table, "phone", texts[1]);
  return seal (ring, *cell, "name_enc", texts[0], &ret->name, error) &&
         seal (ring, *cell, "phone_enc", texts[1], &ret->phone, error) &&
         seal (ring, *cell, "note_enc", texts[2], &ret->note, error);
}

/* ---- bookings ---- */

static gboolean
read_booking (const Row *row, OsyBooking *self, GError **error)
{
  const OsyDbRows *rows = row->rows;
  guint i = row->i;

  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->at = osy_db_rows_time (rows, i, "at");
  self->minutes = (int)osy_db_rows_int (rows, i, "minutes");
  self->guest_count = (int)osy_db_rows_int (rows, i, "guest_count");
  self->guest_id = g_strdup (osy_db_rows_text (rows, i, "guest_id"));
  self->status = g_intern_string (osy_db_rows_text (rows, i, "status"));
  self->version = osy_db_rows_int (rows, i, "version");
  g_strfreev (self->table_ids);
  g_strfreev (self->conflicts);
  self->table_ids = g_strsplit (osy_db_rows_text (rows, i, "tables"), " ", -1);
  self->conflicts = g_strsplit (osy_db_rows_text (rows, i, "conflicts"), " ", -1);
  return unseal (row, "name_enc", &self->name, error) &&
         unseal (row, "phone_enc", &self->phone, error) &&
         unseal (row, "note_enc", &self->note, error);
}

/* Tables that are on the plan no more are left out, and come back with it. */
#define TABLES_OF                                                                  \
  "coalesce((SELECT string_agg(p.id::text, ' ' ORDER BY p.id) FROM floor_piece p " \
  "  WHERE p.restaurant_id = b.restaurant_id AND p.id = ANY (b.table_ids)), '') AS tables"
#define CONFLICTS_OF                                                                      \
  "coalesce((SELECT string_agg(o.id::text, ' ' ORDER BY o.at, o.id) FROM booking o "      \
  "  WHERE b.status = 'BOOKED' AND o.restaurant_id = b.restaurant_id AND o.id <> b.id "   \
  "  AND o.status IN ('BOOKED', 'SEATED') "                                               \
  "  AND o.at BETWEEN b.at - interval '12 hours' AND b.at + interval '12 hours' "         \
  "  AND o.at < b.at + b.minutes * interval '1 minute' "                                  \
  "  AND b.at < o.at + o.minutes * interval '1 minute' "                                  \
  "  AND EXISTS (SELECT unnest(o.table_ids) INTERSECT SELECT unnest(b.table_ids))), '') " \
  "AS conflicts"

GPtrArray *
osy_booking_store_list (OsyDbTx *tx,
                        OsyKeyring *ring,
                        gint64 from,
                        gint64 to,
                        const char *id,
                        GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_booking_free);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT b.*, " TABLES_OF ", " CONFLICTS_OF " FROM booking b "
                    "WHERE restaurant_id = app_restaurant() AND (id = $3::uuid "
                    "  OR ($3::uuid IS NULL AND at >= $1 AND at < $2)) ORDER BY at, id LIMIT 1000",
                    OSY_PARAMS (OSY_P_TIME (from), OSY_P_TIME (to), OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyBooking *booking = osy_booking_new ();
    g_ptr_array_add (list, booking);
    const Row row = {tx, ring, rows, i, BOOKING};
    if (!read_booking (&row, booking, error))
      return NULL;
  }
  return g_steal_pointer (&list);
}

gboolean
osy_booking_store_put (OsyDbTx *tx, OsyKeyring *ring, const OsyBooking *booking, GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (tx), BOOKING, NULL, booking->id, NULL};
  const char *const texts[] = {booking->name, booking->phone, booking->note};
  g_autofree char *tables = g_strjoinv (",", booking->table_ids);
  g_autofree char *array = g_strdup_printf ("{%s}", tables);
  g_auto (Person) person = {NULL};

  return seal_person (ring, &cell, texts, &person, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO booking (restaurant_id, id, at, minutes, guest_count, table_ids, status, "
             "  guest_id, name_enc, phone_enc, phone_bidx, note_enc, version) "
             "VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5::uuid[], $6, $7::uuid, $8, $9, "
             "  $10, $11, $12) ON CONFLICT (restaurant_id, id) DO UPDATE SET at = $2, "
             "  minutes = $3, guest_count = $4, table_ids = $5::uuid[], status = $6, "
             "  guest_id = $7::uuid, name_enc = $8, phone_enc = $9, phone_bidx = $10, "
             "  note_enc = $11, version = $12",
             OSY_PARAMS (OSY_P_TEXT (booking->id), OSY_P_TIME (booking->at),
                         OSY_P_INT (booking->minutes), OSY_P_INT (booking->guest_count),
                         OSY_P_TEXT (array), OSY_P_TEXT (booking->status),
                         OSY_P_TEXT (booking->guest_id), OSY_P_BYTES (person.name),
                         OSY_P_BYTES (person.phone), OSY_P_BYTES (person.index),
                         OSY_P_BYTES (person.note), OSY_P_INT (booking->version)),
             NULL, error);
}

gboolean
osy_booking_store_delete (OsyDbTx *tx, const char *id, gboolean *deleted, GError **error)
{
  gint64 affected = 0;
  gboolean done = osy_db_exec (
      tx, "DELETE FROM booking WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), &affected, error);

  *deleted = affected > 0;
  return done;
}

/* ---- those who wait ---- */

static gboolean
read_waiting (const Row *row, OsyWaiting *self, GError **error)
{
  const OsyDbRows *rows = row->rows;
  guint i = row->i;

  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->guest_count = (int)osy_db_rows_int (rows, i, "guest_count");
  self->guest_id = g_strdup (osy_db_rows_text (rows, i, "guest_id"));
  self->status = g_intern_string (osy_db_rows_text (rows, i, "status"));
  self->created_at = osy_db_rows_time (rows, i, "created_at");
  self->called_at = osy_db_rows_time (rows, i, "called_at");
  self->version = osy_db_rows_int (rows, i, "version");
  return unseal (row, "name_enc", &self->name, error) &&
         unseal (row, "phone_enc", &self->phone, error) &&
         unseal (row, "note_enc", &self->note, error);
}

GPtrArray *
osy_booking_store_waiting_list (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_waiting_free);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT * FROM waiting_party WHERE restaurant_id = app_restaurant() AND (id = $1::uuid "
      "  OR ($1::uuid IS NULL AND status IN ('WAITING', 'CALLED'))) "
      "ORDER BY created_at, id LIMIT 500",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyWaiting *waiting = osy_waiting_new ();
    g_ptr_array_add (list, waiting);
    const Row row = {tx, ring, rows, i, WAITING};
    if (!read_waiting (&row, waiting, error))
      return NULL;
  }
  return g_steal_pointer (&list);
}

gboolean
osy_booking_store_waiting_put (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyWaiting *waiting,
                               GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (tx), WAITING, NULL, waiting->id, NULL};
  const char *const texts[] = {waiting->name, waiting->phone, waiting->note};
  g_auto (Person) person = {NULL};

  return seal_person (ring, &cell, texts, &person, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO waiting_party (restaurant_id, id, guest_count, status, created_at, "
             "  called_at, guest_id, name_enc, phone_enc, phone_bidx, note_enc, version) "
             "VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, $6::uuid, $7, $8, $9, $10, $11) "
             "ON CONFLICT (restaurant_id, id) DO UPDATE SET guest_count = $2, status = $3, "
             "  called_at = $5, guest_id = $6::uuid, name_enc = $7, phone_enc = $8, "
             "  phone_bidx = $9, note_enc = $10, version = $11",
             OSY_PARAMS (OSY_P_TEXT (waiting->id), OSY_P_INT (waiting->guest_count),
                         OSY_P_TEXT (waiting->status), OSY_P_TIME (waiting->created_at),
                         OSY_P_TIME (waiting->called_at), OSY_P_TEXT (waiting->guest_id),
                         OSY_P_BYTES (person.name), OSY_P_BYTES (person.phone),
                         OSY_P_BYTES (person.index), OSY_P_BYTES (person.note),
                         OSY_P_INT (waiting->version)),
             NULL, error);
}

gint64
osy_booking_store_waiting_pause (OsyDbTx *tx, gint64 until, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE table_room SET paused_until = $1, waiting_version = waiting_version + 1 "
      "WHERE restaurant_id = app_restaurant() RETURNING waiting_version",
      OSY_PARAMS (OSY_P_TIME (until)), error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "waiting_version") : 0;
}

gboolean
osy_booking_store_waiting_paused (OsyDbTx *tx, gint64 now, gint64 *until, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT paused_until FROM table_room "
                    "WHERE restaurant_id = app_restaurant() AND paused_until > $1",
                    OSY_PARAMS (OSY_P_TIME (now)), error);

  *until =
      rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_time (rows, 0, "paused_until") : 0;
  return rows != NULL;
}

/* ---- both ---- */

static const char *
table_of (const char *type)
{
  return g_str_equal (type, OSY_PARTY_BOOKING) ? BOOKING : WAITING;
}

char *
osy_booking_store_status (OsyDbTx *tx,
                          const char *type,
                          const char *id,
                          int *guest_count,
                          GError **error)
{
  gboolean booked = g_str_equal (table_of (type), BOOKING);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      booked
          ? "SELECT status, guest_count FROM booking WHERE restaurant_id = app_restaurant() "
            "AND id = $1::uuid"
          : "SELECT status, guest_count FROM waiting_party WHERE restaurant_id = app_restaurant() "
            "AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such party.");
    return NULL;
  }
  *guest_count = (int)osy_db_rows_int (rows, 0, "guest_count");
  return g_strdup (osy_db_rows_text (rows, 0, "status"));
}

gboolean
osy_booking_store_tell (OsyDbTx *tx,
                        const OsyCall *call,
                        const char *type,
                        const char *id,
                        gint64 version,
                        GError **error)
{
  const OsyEventDraft draft = {.type = "booking.changed",
                               .aggregate_type = type,
                               .aggregate_id = id,
                               .aggregate_seq = version};

  return osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_booking_store_step (OsyDbTx *tx, const OsyCall *call, const OsyPartyStep *step, GError **error)
{
  gboolean booked = g_str_equal (table_of (step->type), BOOKING);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      booked ? "UPDATE booking SET status = $3, version = version + 1 "
               "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = $2 "
               "RETURNING version"
             : "UPDATE waiting_party SET status = $3, version = version + 1 "
               "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = $2 "
               "RETURNING version",
      OSY_PARAMS (OSY_P_TEXT (step->id), OSY_P_TEXT (step->from), OSY_P_TEXT (step->to)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "Something was done with this party meanwhile.");
    return FALSE;
  }
  return osy_booking_store_tell (tx, call, step->type, step->id,
                                 osy_db_rows_int (rows, 0, "version"), error);
}

gboolean
osy_booking_store_fill (OsyDbTx *tx, OsyTableContext *room, OsyTableRoom *view, GError **error)
{
  gint64 now = osy_clock_now ();
  /* Today and the night: what a screen may have to show before it asks again. */
  g_autoptr (GPtrArray) bookings = osy_booking_store_list (
      tx, room->ring, now - G_TIME_SPAN_DAY / 2, now + G_TIME_SPAN_DAY / 2, NULL, error);
  g_autoptr (GPtrArray) waiting =
      bookings != NULL ? osy_booking_store_waiting_list (tx, room->ring, NULL, error) : NULL;

  if (waiting == NULL || !osy_booking_store_waiting_paused (tx, now, &view->paused_until, error))
    return FALSE;
  g_ptr_array_unref (view->bookings);
  g_ptr_array_unref (view->waiting);
  view->bookings = g_steal_pointer (&bookings);
  view->waiting = g_steal_pointer (&waiting);
  view->server_time = now;
  return TRUE;
}

gboolean
osy_booking_store_sweep (OsyDbTx *tx, gint64 before, gint64 waited, gint64 *n, GError **error)
{
  gint64 bookings = 0;
  gint64 parties = 0;
  gboolean done =
      osy_db_exec (tx, "DELETE FROM booking WHERE restaurant_id = app_restaurant() AND at < $1",
                   OSY_PARAMS (OSY_P_TIME (before)), &bookings, error) &&
      osy_db_exec (
          tx,
          "DELETE FROM waiting_party WHERE restaurant_id = app_restaurant() AND created_at < $1",
          OSY_PARAMS (OSY_P_TIME (waited)), &parties, error);

  *n = bookings + parties;
  return done;
}
