/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of sagas. One statement writes one or a thousand. */

#include "osy-saga-store.h"

#include "osy-saga-metrics.h"

OsySagaRow *
osy_saga_row_new (const char *order_id, gint64 order_number)
{
  OsySagaRow *self = g_new0 (OsySagaRow, 1);

  self->order_id = g_strdup (order_id);
  self->order_number = order_number;
  return self;
}

void
osy_saga_row_free (OsySagaRow *self)
{
  g_free (self->order_id);
  g_free (self);
}

/* ---- reading ---- */

static gboolean
read_names (const OsyDbRows *rows, guint i, OsySagaState *state)
{
  const char *reason = osy_db_rows_text (rows, i, "needs_attention");

  state->kind = g_strcmp0 (osy_db_rows_text (rows, i, "kind"), "PREPAID") == 0 ? OSY_SAGA_PREPAID
                                                                               : OSY_SAGA_LATER;
  return osy_saga_step_from_name (osy_db_rows_text (rows, i, "step"), &state->step) &&
         osy_saga_order_from_name (osy_db_rows_text (rows, i, "seen_order"), &state->order) &&
         osy_saga_goods_from_name (osy_db_rows_text (rows, i, "goods"), &state->goods) &&
         osy_saga_ride_from_name (osy_db_rows_text (rows, i, "ride"), &state->ride) &&
         (reason == NULL || osy_saga_reason_from_name (reason, &state->reason));
}

static OsySagaRow *
read_row (const OsyDbRows *rows, guint i)
{
  OsySagaRow *row = osy_saga_row_new (osy_db_rows_text (rows, i, "order_id"),
                                      osy_db_rows_int (rows, i, "order_number"));
  OsySagaState *state = &row->state;

  if (!read_names (rows, i, state))
    g_warning ("the saga of order %s says what nobody knows", row->order_id);
  state->delivers = osy_db_rows_bool (rows, i, "delivers");
  state->amount = osy_db_rows_int (rows, i, "amount");
  state->order_version = osy_db_rows_int (rows, i, "order_version");
  state->money = (OsySagaMoney){
      .captured = osy_db_rows_int (rows, i, "captured"),
      .refunded = osy_db_rows_int (rows, i, "refunded"),
      .undoing = osy_db_rows_int (rows, i, "undoing"),
      .in_air = osy_db_rows_bool (rows, i, "in_air"),
      .settled = osy_db_rows_bool (rows, i, "settled"),
      .due_at = osy_db_rows_time (rows, i, "due_at"),
  };
  state->tombstone = osy_db_rows_bool (rows, i, "tombstone");
  state->asked = (guint)osy_db_rows_int (rows, i, "asked");
  state->expires_at = osy_db_rows_time (rows, i, "expires_at");
  state->forgotten_at = osy_db_rows_time (rows, i, "forgotten_at");
  state->next_at = osy_db_rows_time (rows, i, "next_at");
  state->deadline = osy_db_rows_time (rows, i, "deadline");
  state->attempts = (int)osy_db_rows_int (rows, i, "attempts");
  state->attention_since = osy_db_rows_time (rows, i, "attention_since");
  state->by_hand = osy_db_rows_bool (rows, i, "by_hand");
  row->told = osy_db_rows_int (rows, i, "told");
  row->looked_at = osy_db_rows_time (rows, i, "looked_at");
  row->stored = *state;
  return row;
}

static GPtrArray *
read_rows (OsyDbRows *rows)
{
  g_autoptr (OsyDbRows) owned = rows;

  if (rows == NULL)
    return NULL;
  GPtrArray *sagas = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_saga_row_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (sagas, read_row (rows, i));
  return sagas;
}

gboolean
osy_saga_store_lock (OsyDbTx *tx, const char *order_id, OsySagaRow **ret, GError **error)
{
  g_autoptr (GPtrArray) sagas =
      read_rows (osy_db_query (tx,
                               "SELECT * FROM saga WHERE restaurant_id = app_restaurant() "
                               "AND order_id = $1::uuid FOR UPDATE",
                               OSY_PARAMS (OSY_P_TEXT (order_id)), error));

  *ret = sagas != NULL && sagas->len > 0 ? g_ptr_array_steal_index (sagas, 0) : NULL;
  return sagas != NULL;
}

GPtrArray *
osy_saga_store_due (OsyDbTx *tx, gint64 now, gint64 limit, GError **error)
{
  return read_rows (osy_db_query (tx,
                                  "SELECT * FROM saga WHERE restaurant_id = app_restaurant() "
                                  "AND next_at <= $1 ORDER BY next_at LIMIT $2 "
                                  "FOR UPDATE SKIP LOCKED",
                                  OSY_PARAMS (OSY_P_TIME (now), OSY_P_INT (limit)), error));
}

GPtrArray *
osy_saga_store_due_shops (OsyDbTx *tx, gint64 now, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT saga_due($1) AS id", OSY_PARAMS (OSY_P_TIME (now)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *shops = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (shops, g_strdup (osy_db_rows_text (rows, i, "id")));
  return shops;
}

GPtrArray *
osy_saga_store_attention (OsyDbTx *tx,
                          gint64 since,
                          const char *after_id,
                          gint64 limit,
                          GError **error)
{
  return read_rows (osy_db_query (
      tx,
      "SELECT * FROM saga WHERE restaurant_id = app_restaurant() AND needs_attention IS NOT NULL "
      "AND ($2::uuid IS NULL OR (attention_since, order_id) > ($1, $2::uuid)) "
      "ORDER BY attention_since, order_id LIMIT $3",
      OSY_PARAMS (OSY_P_TIME (since), OSY_P_TEXT (after_id), OSY_P_INT (limit)), error));
}

GPtrArray *
osy_saga_store_load (OsyDbTx *tx, GPtrArray *order_ids, GError **error)
{
  return read_rows (osy_db_query (tx,
                                  "SELECT * FROM saga WHERE restaurant_id = app_restaurant() "
                                  "AND order_id = ANY ($1::uuid[])",
                                  OSY_PARAMS (OSY_P_TEXTS (order_ids)), error));
}

OsyDbRows *
osy_saga_store_orders (OsyDbTx *tx, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, ((OsySagaRow *)rows->pdata[i])->order_id);
  return osy_db_query (
      tx,
      "SELECT o.id, o.status, o.version, (WITH RECURSIVE up AS (SELECT status, merged_into "
      "    FROM guest_check WHERE restaurant_id = app_restaurant() AND id = o.check_id UNION ALL "
      "    SELECT c.status, c.merged_into FROM up JOIN guest_check c ON c.restaurant_id = "
      "      app_restaurant() AND c.id = up.merged_into) "
      "  SELECT status = 'SETTLED' FROM up WHERE merged_into IS NULL) AS settled FROM orders o "
      "WHERE o.restaurant_id = app_restaurant() AND o.id = ANY ($1::uuid[])",
      OSY_PARAMS (OSY_P_TEXTS (ids)), error);
}

GPtrArray *
osy_saga_store_of_check (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH RECURSIVE together AS (SELECT $1::uuid AS id UNION SELECT c.id FROM together t "
      "  JOIN guest_check c ON c.restaurant_id = app_restaurant() AND c.merged_into = t.id) "
      "SELECT s.order_id FROM together t JOIN orders o ON o.restaurant_id = app_restaurant() "
      "  AND o.check_id = t.id JOIN saga s ON s.restaurant_id = o.restaurant_id "
      "  AND s.order_id = o.id WHERE s.kind = 'LATER' ORDER BY s.order_id",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, g_strdup (osy_db_rows_text (rows, i, "order_id")));
  return ids;
}

/* ---- writing ---- */

/* The columns that change, an array each, in the order of the statements. */
enum { STEP, SEEN_ORDER, GOODS, RIDE, REASON, N_TEXTS };
enum {
  ORDER_VERSION,
  CAPTURED,
  REFUNDED,
  UNDOING,
  IN_AIR,
  SETTLED,
  TOMBSTONE,
  ASKED,
  ATTEMPTS,
  BY_HAND,
  TOLD,
  N_NUMBERS
};
enum { DUE, EXPIRES, NEXT, DEADLINE, SINCE, LOOKED, N_TIMES };

typedef struct {
  GPtrArray *ids;
  GPtrArray *texts[N_TEXTS];
  GArray *numbers[N_NUMBERS];
  GArray *times[N_TIMES];
} Columns;

static void
columns_clear (Columns *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_ptr_array_unref);
  for (guint i = 0; i < N_NUMBERS; i++)
    g_clear_pointer (&self->numbers[i], g_array_unref);
  for (guint i = 0; i < N_TIMES; i++)
    g_clear_pointer (&self->times[i], g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static void
columns_init (Columns *self)
{
  self->ids = g_ptr_array_new ();
  for (guint i = 0; i < N_TEXTS; i++)
    self->texts[i] = g_ptr_array_new ();
  for (guint i = 0; i < N_NUMBERS; i++)
    self->numbers[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < N_TIMES; i++)
    self->times[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static const char *
reason_of (const OsySagaState *state)
{
  return state->reason == OSY_SAGA_FINE ? NULL : osy_saga_reason_name (state->reason);
}

/* The names are constants. */
static void
columns_add (Columns *self, const OsySagaRow *row)
{
  const OsySagaState *state = &row->state;
  const char *const texts[N_TEXTS] = {
      osy_saga_step_name (state->step), osy_saga_order_name (state->order),
      osy_saga_goods_name (state->goods), osy_saga_ride_name (state->ride), reason_of (state)};
  const gint64 numbers[N_NUMBERS] = {state->order_version,
                                     state->money.captured,
                                     state->money.refunded,
                                     state->money.undoing,
                                     state->money.in_air,
                                     state->money.settled,
                                     state->tombstone,
                                     state->asked,
                                     state->attempts,
                                     state->by_hand,
                                     row->told};
  const gint64 times[N_TIMES] = {state->money.due_at, state->expires_at,      state->next_at,
                                 state->deadline,     state->attention_since, row->looked_at};

  g_ptr_array_add (self->ids, row->order_id);
  for (guint i = 0; i < N_TEXTS; i++)
    g_ptr_array_add (self->texts[i], (char *)texts[i]);
  for (guint i = 0; i < N_NUMBERS; i++)
    g_array_append_val (self->numbers[i], numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    g_array_append_val (self->times[i], times[i]);
}

gboolean
osy_saga_store_save (OsyDbTx *tx, GPtrArray *rows, GError **error)
{
  g_auto (Columns) columns = {NULL};
  OsyDbParam params[1 + N_TEXTS + N_NUMBERS + N_TIMES];
  gsize n = 0;

  columns_init (&columns);
  for (guint i = 0; i < rows->len; i++)
    columns_add (&columns, g_ptr_array_index (rows, i));
  params[n++] = OSY_P_TEXTS (columns.ids);
  for (guint i = 0; i < N_TEXTS; i++)
    params[n++] = OSY_P_TEXTS (columns.texts[i]);
  for (guint i = 0; i < N_NUMBERS; i++)
    params[n++] = OSY_P_INTS (columns.numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    params[n++] = OSY_P_TIMES (columns.times[i]);
  if (!osy_db_exec (
          tx,
          "UPDATE saga s SET step = n.step, seen_order = n.seen_order, goods = n.goods, "
          "ride = n.ride, needs_attention = n.reason, order_version = n.order_version, "
          "captured = n.captured, refunded = n.refunded, undoing = n.undoing, in_air = n.in_air <> "
          "0, "
          "settled = n.settled <> 0, tombstone = n.tombstone <> 0, asked = n.asked, "
          "attempts = n.attempts, by_hand = n.by_hand <> 0, told = n.told, due_at = n.due_at, "
          "expires_at = n.expires_at, next_at = n.next_at, deadline = n.deadline, "
          "attention_since = n.since, looked_at = n.looked_at "
          "FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], "
          "$7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::int[], $12::int[], "
          "$13::int[], $14::int[], $15::int[], $16::int[], $17::bigint[], $18::timestamptz[], "
          "$19::timestamptz[], $20::timestamptz[], $21::timestamptz[], $22::timestamptz[], "
          "$23::timestamptz[]) AS n(id, step, seen_order, goods, ride, reason, order_version, "
          "captured, refunded, undoing, in_air, settled, tombstone, asked, attempts, by_hand, "
          "told, "
          "due_at, expires_at, next_at, deadline, since, looked_at) "
          "WHERE s.restaurant_id = app_restaurant() AND s.order_id = n.id",
          params, n, NULL, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    OsySagaRow *row = g_ptr_array_index (rows, i);
    osy_saga_metrics_saved (tx, &row->stored, &row->state);
    row->stored = row->state;
  }
  return TRUE;
}

gboolean
osy_saga_store_add (OsyDbTx *tx, const OsySagaRow *row, GError **error)
{
  const OsySagaState *state = &row->state;
  gint64 added = 0;

  if (!osy_db_exec (
          tx,
          "INSERT INTO saga (restaurant_id, order_id, order_number, kind, delivers, amount, step, "
          "seen_order, order_version, captured, refunded, undoing, in_air, settled, goods, ride, "
          "tombstone, asked, expires_at, forgotten_at, next_at, attempts, by_hand) "
          "VALUES (app_restaurant(), $1::uuid, $2::int, $3, $4, $5::bigint, $6, $7, 0, 0, 0, 0, "
          "false, "
          "false, $8, $9, false, 0, $10, $11, $12, 0, false) ON CONFLICT DO NOTHING",
          OSY_PARAMS (OSY_P_TEXT (row->order_id), OSY_P_INT (row->order_number),
                      OSY_P_TEXT (state->kind == OSY_SAGA_PREPAID ? "PREPAID" : "LATER"),
                      OSY_P_BOOL (state->delivers), OSY_P_INT (state->amount),
                      OSY_P_TEXT (osy_saga_step_name (state->step)),
                      OSY_P_TEXT (osy_saga_order_name (state->order)),
                      OSY_P_TEXT (osy_saga_goods_name (state->goods)),
                      OSY_P_TEXT (osy_saga_ride_name (state->ride)), OSY_P_TIME (state->expires_at),
                      OSY_P_TIME (state->forgotten_at), OSY_P_TIME (state->next_at)),
          &added, error))
    return FALSE;
  if (added > 0)
    osy_saga_metrics_begun (tx);
  return TRUE;
}

gboolean
osy_saga_store_set_note (OsyDbTx *tx, const char *order_id, GBytes *note, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE saga SET note_enc = $2 WHERE restaurant_id = app_restaurant() "
                      "AND order_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (order_id), OSY_P_BYTES (note)), NULL, error);
}
