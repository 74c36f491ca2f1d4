/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one statement by which orders come into being. */

#include "osy-order-insert.h"

#include "osy-id.h"
#include "osy-json.h"

/* Columns of the input, one array each, in the order of the statement. */
typedef enum {
  COL_ID,
  COL_CHECK_ID,
  COL_EVENT_ID,
  COL_AUDIT_ID,
  COL_STATUS,
  COL_TYPE,
  COL_CHANNEL,
  COL_TABLE_ID,
  COL_ITEMS,
  COL_METHOD,
  COL_ACTOR,
  COL_KEY_ACTOR,
  COL_KEY,
  COL_TRACE,
  COL_ROUTE,
  N_TEXTS,
} TextColumn;

typedef enum { COL_GUESTS, COL_TOTAL, COL_TAX_FREE, COL_SUPPLY, COL_VAT, N_NUMBERS } NumberColumn;

typedef enum { COL_CREATED, COL_REQUESTED, N_TIMES } TimeColumn;

typedef enum {
  COL_NAME,
  COL_PHONE,
  COL_PHONE_BIDX,
  COL_DELIVERY,
  COL_NOTE,
  COL_LINE_NOTES,
  COL_FINGERPRINT,
  COL_AUDIT,
  N_BLOBS,
} BlobColumn;

typedef struct {
  GPtrArray *texts[N_TEXTS];
  GArray *numbers[N_NUMBERS];
  GArray *times[N_TIMES];
  GPtrArray *blobs[N_BLOBS];
} Columns;

static const char insert_sql[] =
    "WITH input AS MATERIALIZED (SELECT * FROM unnest("
    "  $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], "
    "  $10::uuid[], $11::jsonb[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], "
    "  $17::text[], $18::int[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], "
    "  $23::timestamptz[], $24::timestamptz[], $25::bytea[], $26::bytea[], $27::bytea[], "
    "  $28::bytea[], $29::bytea[], $30::bytea[], $31::bytea[], $32::bytea[]) WITH ORDINALITY AS t("
    "  id, check_id, event_id, audit_id, status, type, channel, table_id, items, method, actor, "
    "  key_actor, key, trace_id, route, guests, total, tax_free, supply, vat, created_at, "
    "  requested_at, name, phone, phone_bidx, delivery, note, line_notes, fingerprint, audit, "
    "ord)), "
    /* Who comes first with a key has it; the others get no row here, and so nowhere. */
    "keys AS (INSERT INTO idempotency (restaurant_id, actor, route, key, fingerprint, subject_id, "
    "    created_at) SELECT $1::uuid, key_actor, route, key, fingerprint, id, created_at FROM "
    "input "
    "  ON CONFLICT DO NOTHING RETURNING subject_id), "
    "fresh AS MATERIALIZED (SELECT input.*, row_number() OVER (ORDER BY ord) AS nth "
    "  FROM input JOIN keys ON keys.subject_id = input.id), "
    "total AS MATERIALIZED (SELECT count(*)::int AS n FROM fresh), "
    "counter AS (INSERT INTO order_number AS c (restaurant_id, business_day, last) "
    "  SELECT $1::uuid, $2::date, n FROM total WHERE n > 0 "
    "  ON CONFLICT (restaurant_id, business_day) DO UPDATE SET last = c.last + excluded.last "
    "  RETURNING last), "
    "placed AS (INSERT INTO orders (restaurant_id, id, number, business_day, status, type, "
    "channel, "
    "    table_id, guest_count, items, total_amount, tax_free_amount, supply_amount, vat_amount, "
    "    payment_method, check_id, created_at, requested_at, customer_name_enc, "
    "    customer_phone_enc, customer_phone_bidx, delivery_enc, note_enc, line_notes_enc) "
    "  SELECT $1::uuid, id, counter.last - total.n + nth, $2::date, status, type, channel, "
    "table_id, "
    "    nullif(guests, 0), items, fresh.total, tax_free, supply, vat, method, check_id, "
    "created_at, "
    "    requested_at, name, phone, phone_bidx, delivery, note, line_notes "
    "  FROM fresh, counter, total RETURNING id, number), "
    "checks AS (INSERT INTO guest_check (restaurant_id, id, status, orders_amount, created_at) "
    "  SELECT $1::uuid, check_id, 'OPEN', fresh.total, created_at FROM fresh), "
    "steps AS (INSERT INTO order_step (restaurant_id, order_id, version, act, to_status, forward, "
    "    actor, at) SELECT $1::uuid, id, 1, 'place', status, false, actor, created_at FROM fresh), "
    "events AS (INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, "
    "    aggregate_seq, occurred_at, trace_id) SELECT $1::uuid, event_id, 'order.created', "
    "'order', "
    "    id, 1, created_at, trace_id FROM fresh ORDER BY nth), "
    "audits AS (INSERT INTO audit_log (created_at, id, restaurant_id, trace_id, action, actor, "
    "    object_type, object_id, new_value_enc) SELECT created_at, audit_id, $1::uuid, trace_id, "
    "    'order.created', actor, 'order', id, audit FROM fresh) "
    "SELECT id, number FROM placed";

static void
columns_init (Columns *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    self->texts[i] = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_NUMBERS; i++)
    self->numbers[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < N_TIMES; i++)
    self->times[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < N_BLOBS; i++)
    self->blobs[i] = g_ptr_array_new ();
}

static void
columns_clear (Columns *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_ptr_array_unref (self->texts[i]);
  for (guint i = 0; i < N_NUMBERS; i++)
    g_array_unref (self->numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    g_array_unref (self->times[i]);
  for (guint i = 0; i < N_BLOBS; i++)
    g_ptr_array_unref (self->blobs[i]);
}

static void
add_texts (Columns *self, const OsyOrderEntry *entry)
{
  const OsyOrderData *order = entry->order;
  g_autoptr (JsonNode) items = osy_order_lines_to_json (order->lines, FALSE);
  char *const values[N_TEXTS] = {
      [COL_ID] = g_strdup (order->id),
      [COL_CHECK_ID] = g_strdup (order->check_id),
      [COL_EVENT_ID] = osy_id_new (),
      [COL_AUDIT_ID] = g_strdup (entry->audit_id),
      [COL_STATUS] = g_strdup (order->status),
      [COL_TYPE] = g_strdup (order->type),
      [COL_CHANNEL] = g_strdup (order->channel),
      [COL_TABLE_ID] = g_strdup (order->table_id),
      [COL_ITEMS] = osy_json_print (items),
      [COL_METHOD] = g_strdup (order->payment_method),
      [COL_ACTOR] = g_strdup (entry->actor),
      [COL_KEY_ACTOR] = g_strdup (entry->key_actor),
      [COL_KEY] = g_strdup (entry->key),
      [COL_TRACE] = g_strdup (entry->trace_id),
      [COL_ROUTE] = g_strdup (OSY_ORDER_PLACE_ROUTE),
  };

  for (guint i = 0; i < N_TEXTS; i++)
    g_ptr_array_add (self->texts[i], values[i]);
}

static void
add_values (Columns *self, const OsyOrderEntry *entry)
{
  const OsyOrderData *order = entry->order;
  const gint64 numbers[N_NUMBERS] = {order->guest_count, order->total_amount,
                                     order->tax_free_amount, order->supply_amount,
                                     order->vat_amount};
  const gint64 times[N_TIMES] = {order->created_at, order->requested_at};

  for (guint i = 0; i < N_NUMBERS; i++)
    g_array_append_val (self->numbers[i], numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    g_array_append_val (self->times[i], times[i]);
}

/* The fingerprints are made here and freed with @fingerprints. */
static void
add_blobs (Columns *self, const OsyOrderEntry *entry, GPtrArray *fingerprints)
{
  GBytes *fingerprint = g_bytes_new (entry->fingerprint, sizeof entry->fingerprint);
  GBytes *const blobs[N_BLOBS] = {
      entry->cells.customer_name,
      entry->cells.customer_phone,
      entry->cells.customer_phone_bidx,
      entry->cells.delivery,
      entry->cells.note,
      entry->cells.line_notes,
      fingerprint,
      entry->audit.new_value,
  };

  g_ptr_array_add (fingerprints, fingerprint);
  for (guint i = 0; i < N_BLOBS; i++)
    g_ptr_array_add (self->blobs[i], blobs[i]);
}

void
osy_order_insert_submit (OsyDbPipe *pipe,
                         const char *restaurant_id,
                         const char *business_day,
                         GPtrArray *entries,
                         OsyDbPipeDone done,
                         gpointer user_data)
{
  g_autoptr (GPtrArray) fingerprints =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  OsyDbScope scope = {.restaurant_id = restaurant_id};
  OsyDbParam params[2 + N_TEXTS + N_NUMBERS + N_TIMES + N_BLOBS];
  gsize n = 0;
  Columns columns;

  columns_init (&columns);
  for (guint i = 0; i < entries->len; i++) {
    OsyOrderEntry *entry = g_ptr_array_index (entries, i);
    add_texts (&columns, entry);
    add_values (&columns, entry);
    add_blobs (&columns, entry, fingerprints);
  }
  params[n++] = OSY_P_TEXT (restaurant_id);
  params[n++] = OSY_P_TEXT (business_day);
  for (guint i = 0; i < N_TEXTS; i++)
    params[n++] = OSY_P_TEXTS (columns.texts[i]);
  for (guint i = 0; i < N_NUMBERS; i++)
    params[n++] = OSY_P_INTS (columns.numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    params[n++] = OSY_P_TIMES (columns.times[i]);
  for (guint i = 0; i < N_BLOBS; i++)
    params[n++] = OSY_P_BLOBS (columns.blobs[i]);
  const OsyDbStatement insert = {insert_sql, params, n};
  osy_db_pipe_submit (pipe, &scope, &insert, done, user_data);
  columns_clear (&columns);
}
