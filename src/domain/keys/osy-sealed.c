/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is sealed and what is computed from it: one table of columns, and how a stretch of each is
 * sealed or computed anew. Stretches are of pages, so that no key of any table matters. */

#include "osy-sealed.h"

#include <string.h>

#include "osy-order-find.h"

#define GLOBAL "'" OSY_KEYRING_GLOBAL "'"

/* $1 and $2: the stretch. Rows that somebody is changing are left for the next pass. */
#define IN_STRETCH "ctid >= $1::text::tid AND ctid < $2::text::tid"
#define BY_RETIRED(table, column)                                           \
  "substr(" column ", 2, 16) IN (SELECT uuid_send(id) FROM data_key WHERE " \
  "retired_at IS NOT NULL AND table_name = '" table "')"
#define FIND(table, cell, shop, row)                                                     \
  "SELECT ctid::text AS place, " shop "::text AS shop, (" row ")::text AS row_id, " cell \
  " AS cell FROM " table " WHERE " IN_STRETCH " AND " cell " IS NOT NULL"
#define PUT(table, column)                                                                        \
  "UPDATE " table " t SET " column " = n.value FROM unnest($1::text[], $2::bytea[]) AS n(place, " \
  "value) WHERE t.ctid = n.place::tid"
#define LOCKED " FOR NO KEY UPDATE SKIP LOCKED"

#define SEALED(table, column, cell, shop, row)                                                \
  {                                                                                           \
    table, column, sweep, cell, NULL,                                                         \
        FIND (table, column, shop, row) " AND " BY_RETIRED (table, column) LOCKED,            \
        PUT (table, column),                                                                  \
        "SELECT EXISTS (SELECT FROM " table " WHERE " BY_RETIRED (table, column) ") AS found" \
  }
#define INDEXED(table, column, source, cell, shop, row)                                         \
  {                                                                                             \
    table, column "_bidx", sweep, cell, column,                                                 \
        FIND (table, source, shop, row) " FOR NO KEY UPDATE", PUT (table, column "_bidx"), NULL \
  }

/* What is to be written back. */
typedef struct {
  GPtrArray *places;
  GPtrArray *values;
} Batch;

static gboolean
put (const OsySwept *what, OsyStretch *stretch, const Batch *batch, GError **error)
{
  gint64 changed = 0;

  if (batch->places->len > 0 &&
      !osy_db_exec (stretch->tx, what->put,
                    OSY_PARAMS (OSY_P_TEXTS (batch->places), OSY_P_BLOBS (batch->values)), &changed,
                    error))
    return FALSE;
  stretch->done += changed;
  return TRUE;
}

/* Returns: FALSE with @error; TRUE and @ret NULL for a cell that cannot be read: it stays as it is.
 */
static gboolean
renew (const OsySwept *what,
       OsyKeyring *ring,
       const OsyDbRows *rows,
       guint i,
       GBytes **ret,
       GError **error)
{
  const OsyCell cell = {osy_db_rows_text (rows, i, "shop"), what->table, what->name,
                        osy_db_rows_text (rows, i, "row_id"),
                        what->own_key ? osy_db_rows_text (rows, i, "row_id") : NULL};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, i, "cell");
  g_autoptr (GError) local = NULL;
  g_autofree char *plain = osy_keyring_open (ring, &cell, sealed, &local);

  *ret = NULL;
  if (osy_error_is (local, OSY_ERROR_ERASED))
    return TRUE;
  if (osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE)) {
    g_warning ("%s of %s is left as it is: %s", what->column, cell.row_id, local->message);
    return TRUE;
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  *ret = what->index
             ? osy_keyring_blind_index (ring, cell.restaurant_id, what->table, what->index, plain)
             : osy_keyring_seal (ring, &cell, plain, error);
  if (plain != NULL)
    osy_wipe (plain, strlen (plain));
  return *ret != NULL;
}

static gboolean
sweep (const OsySwept *what, OsyStretch *stretch, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  Batch batch = {places, values};
  g_autoptr (OsyDbRows) rows =
      osy_db_query (stretch->tx, what->find,
                    OSY_PARAMS (OSY_P_TEXT (stretch->from), OSY_P_TEXT (stretch->to)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    GBytes *value;
    if (!renew (what, stretch->ring, rows, i, &value, error))
      return FALSE;
    if (value == NULL)
      continue;
    g_ptr_array_add (places, (gpointer)osy_db_rows_text (rows, i, "place"));
    g_ptr_array_add (values, value);
  }
  return put (what, stretch, &batch, error);
}

static gboolean
sweep_orders (const OsySwept *what, OsyStretch *stretch, GError **error)
{
  return osy_order_find_renew (stretch->tx, stretch->ring, stretch->from, stretch->to,
                               &stretch->done, error);
}

#define ORDER(column) SEALED ("orders", column, column, "restaurant_id", "id")
#define SHOP(column) SEALED ("restaurant", column "_enc", column, "id", "id")
#define USER(column) SEALED ("app_user", column "_enc", column, GLOBAL, "id")
#define CHAINED(column)                                       \
  {                                                           \
    "audit_log", column, NULL, column, NULL, NULL, NULL, NULL \
  }

/* Under a key of the person's own, which is wrapped anew with all keys and never changed. */
#define OWN(table, column)                                    \
  {                                                           \
    table, column, NULL, column, NULL, NULL, NULL, NULL, TRUE \
  }

const OsySwept osy_sealed_columns[] = {
    ORDER ("customer_name_enc"),
    ORDER ("customer_phone_enc"),
    ORDER ("delivery_enc"),
    ORDER ("note_enc"),
    ORDER ("line_notes_enc"),
    ORDER ("reason_enc"),
    SEALED ("order_step",
            "reason_enc",
            "reason_enc",
            "restaurant_id",
            "order_id || ':' || version"),
    SHOP ("business_number"),
    SHOP ("owner_name"),
    SHOP ("phone"),
    USER ("email"),
    USER ("name"),
    USER ("password_hash"),
    SEALED ("user_totp", "secret_enc", "secret_enc", GLOBAL, "user_id"),
    SEALED ("membership_pin", "hash_enc", "hash", "restaurant_id", "user_id"),
    SEALED ("staff_invitation", "name_enc", "name", "restaurant_id", "id"),
    SEALED ("staff_invitation", "email_enc", "email", "restaurant_id", "id"),
    SEALED ("threat", "subject_enc", "subject_enc", "restaurant_id", "id"),
    SEALED ("threat", "client_enc", "client_enc", "restaurant_id", "id"),
    SEALED ("order_adjustment", "reason_enc", "reason_enc", "restaurant_id", "id"),
    SEALED ("bill_part", "name_enc", "name_enc", "restaurant_id", "id"),
    SEALED ("print_job", "content_enc", "content_enc", "restaurant_id", "id"),
    SEALED ("booking", "name_enc", "name_enc", "restaurant_id", "id"),
    SEALED ("booking", "phone_enc", "phone_enc", "restaurant_id", "id"),
    SEALED ("booking", "note_enc", "note_enc", "restaurant_id", "id"),
    SEALED ("waiting_party", "name_enc", "name_enc", "restaurant_id", "id"),
    SEALED ("waiting_party", "phone_enc", "phone_enc", "restaurant_id", "id"),
    SEALED ("waiting_party", "note_enc", "note_enc", "restaurant_id", "id"),
    SEALED ("saga", "note_enc", "note_enc", "restaurant_id", "order_id"),
    SEALED ("delivery", "rider_enc", "rider_enc", "restaurant_id", "id"),
    SEALED ("delivery", "rider_phone_enc", "rider_phone_enc", "restaurant_id", "id"),
    SEALED ("delivery", "reason_enc", "reason_enc", "restaurant_id", "id"),
    SEALED ("delivery_setup", "agency_key_enc", "agency_key_enc", "restaurant_id", "restaurant_id"),
    SEALED ("delivery_setup", "pickup_enc", "pickup_enc", "restaurant_id", "restaurant_id"),
    SEALED ("payment", "payment_key_enc", "payment_key_enc", "restaurant_id", "id"),
    SEALED ("payment", "approval_no_enc", "approval_no_enc", "restaurant_id", "id"),
    SEALED ("payment", "detail_enc", "detail_enc", "restaurant_id", "id"),
    SEALED ("payment", "secret_enc", "secret_enc", "restaurant_id", "id"),
    SEALED ("payment", "undo_reason_enc", "undo_reason_enc", "restaurant_id", "id"),
    SEALED ("refund", "reason_enc", "reason_enc", "restaurant_id", "id"),
    SEALED ("refund", "account_enc", "account_enc", "restaurant_id", "id"),
    SEALED ("cash_receipt", "identity_enc", "identity_enc", "restaurant_id", "id"),
    SEALED ("cash_receipt", "receipt_key_enc", "receipt_key_enc", "restaurant_id", "id"),
    SEALED ("cash_receipt", "approval_no_enc", "approval_no_enc", "restaurant_id", "id"),
    SEALED ("payment_setup", "secret_key_enc", "secret_key_enc", "restaurant_id", "restaurant_id"),
    SEALED ("till_z", "reason_enc", "reason_enc", "restaurant_id", "number"),
    SEALED ("till_entry", "reason_enc", "reason_enc", "restaurant_id", "id"),
    SEALED ("till_count", "reason_enc", "reason_enc", "restaurant_id", "id"),
    SEALED ("channel_link", "secret_enc", "secret_enc", "restaurant_id", "id"),
    SEALED ("channel_event", "body_enc", "body_enc", "restaurant_id", "id"),
    SEALED ("alert_target", "detail_enc", "detail_enc", "restaurant_id", "id"),
    SEALED ("report_setup", "addresses_enc", "addresses_enc", "restaurant_id", "restaurant_id"),
    OWN ("guest", "name_enc"),
    OWN ("guest", "phone_enc"),
    CHAINED ("old_value_enc"),
    CHAINED ("new_value_enc"),
    {NULL},
};

const OsySwept osy_indexed_columns[] = {
    INDEXED ("restaurant", "business_number", "business_number_enc", "business_number", "id", "id"),
    INDEXED ("booking", "phone", "phone_enc", "phone_enc", "restaurant_id", "id"),
    INDEXED ("waiting_party", "phone", "phone_enc", "phone_enc", "restaurant_id", "id"),
    INDEXED ("app_user", "email", "email_enc", "email", GLOBAL, "id"),
    INDEXED ("payment", "approval_no", "approval_no_enc", "approval_no_enc", "restaurant_id", "id"),
    {"guest", "phone_bidx", sweep, "phone_enc", "phone",
     FIND ("guest", "phone_enc", "restaurant_id", "id") " FOR NO KEY UPDATE",
     PUT ("guest", "phone_bidx"), NULL, TRUE},
    {"orders", "find_keys", sweep_orders, NULL, NULL, NULL, NULL, NULL},
    {NULL},
};
