/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What bookings and the waiting list hold of a person: told of in full, and forgotten. */

#include "osy-booking-service.h"
#include "osy-booking-store.h"

/* By the guest's id, and by phone: what came before the person was known by it. */
#define OF_PERSON \
  "WHERE restaurant_id = app_restaurant() AND (guest_id = $1::uuid OR phone_bidx = ANY ($2))"

static GPtrArray *
indexes_of (OsyDbTx *tx, OsyKeyring *ring, const OsyGuestSubject *subject, const char *table)
{
  if (subject->phone == NULL)
    return g_ptr_array_new ();
  return osy_keyring_blind_indexes (ring, osy_db_tx_restaurant (tx), table, "phone",
                                    subject->phone);
}

static OsyDbRows *
rows_of (OsyDbTx *tx,
         OsyKeyring *ring,
         const OsyGuestSubject *subject,
         const char *table,
         const char *sql,
         GError **error)
{
  g_autoptr (GPtrArray) indexes = indexes_of (tx, ring, subject, table);

  return osy_db_query (tx, sql, OSY_PARAMS (OSY_P_TEXT (subject->guest_id), OSY_P_BLOBS (indexes)),
                       error);
}

static void
set_person (JsonObject *object, const char *name, const char *phone)
{
  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  if (phone != NULL)
    json_object_set_string_member (object, "phone", phone);
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
collect_bookings (OsyDbTx *tx, OsyKeyring *ring, const OsyGuestSubject *subject, GError **error)
{
  g_autoptr (OsyDbRows) rows = rows_of (
      tx, ring, subject, "booking", "SELECT id FROM booking " OF_PERSON " ORDER BY at, id", error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (GPtrArray) list =
        osy_booking_store_list (tx, ring, 0, 0, osy_db_rows_text (rows, i, "id"), error);
    if (list == NULL)
      return NULL;
    const OsyBooking *booking = list->pdata[0];
    JsonObject *object = osy_booking_to_json (booking);
    set_person (object, booking->name, booking->phone);
    json_array_add_object_element (array, object);
  }
  return take_array (g_steal_pointer (&array));
}

static JsonNode *
collect_waiting (OsyDbTx *tx, OsyKeyring *ring, const OsyGuestSubject *subject, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      rows_of (tx, ring, subject, "waiting_party",
               "SELECT id FROM waiting_party " OF_PERSON " ORDER BY created_at, id", error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (GPtrArray) list =
        osy_booking_store_waiting_list (tx, ring, osy_db_rows_text (rows, i, "id"), error);
    if (list == NULL)
      return NULL;
    const OsyWaiting *waiting = list->pdata[0];
    JsonObject *object = osy_waiting_to_json (waiting);
    set_person (object, waiting->name, waiting->phone);
    json_array_add_object_element (array, object);
  }
  return take_array (g_steal_pointer (&array));
}

/* A booking still to come may stand: the shop keeps the table, and forgets for whom. */
static gboolean
erase_bookings (OsyDbTx *tx,
                OsyKeyring *ring,
                const OsyGuestSubject *subject,
                gint64 *n_rows,
                GError **error)
{
  g_autoptr (OsyDbRows) rows =
      rows_of (tx, ring, subject, "booking",
               "UPDATE booking SET name_enc = NULL, phone_enc = NULL, phone_bidx = NULL, "
               "note_enc = NULL, version = version + 1 " OF_PERSON,
               error);

  if (rows != NULL)
    *n_rows = osy_db_rows_affected (rows);
  return rows != NULL;
}

static gboolean
erase_waiting (OsyDbTx *tx,
               OsyKeyring *ring,
               const OsyGuestSubject *subject,
               gint64 *n_rows,
               GError **error)
{
  g_autoptr (OsyDbRows) rows =
      rows_of (tx, ring, subject, "waiting_party",
               "UPDATE waiting_party SET name_enc = NULL, phone_enc = NULL, phone_bidx = NULL, "
               "note_enc = NULL, version = version + 1 " OF_PERSON,
               error);

  if (rows != NULL)
    *n_rows = osy_db_rows_affected (rows);
  return rows != NULL;
}

const OsyGuestHolder osy_booking_guest_holder = {"bookings", collect_bookings, erase_bookings};
const OsyGuestHolder osy_waiting_guest_holder = {"waiting", collect_waiting, erase_waiting};
