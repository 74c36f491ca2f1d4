/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one statement by which orders come into being. */

#include "osy-order-insert.h"

#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-find-key.h"

/* Columns of the input, one array each, in the order of the statement: a row for each order, for
 * each step that one takes (STEP) and each name sold under (NAME). */
typedef enum {
  COL_ID,
  COL_CHECK_ID,
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
  COL_FIND_KEYS,
  N_ORDER_TEXTS,
  STEP_ACT = N_ORDER_TEXTS,
  STEP_FROM,
  STEP_TO,
  STEP_EVENT,
  STEP_EVENT_ID,
  STEP_AUDIT_ID,
  NAME_TEXT,
  N_TEXTS,
} TextColumn;

typedef enum {
  COL_GUESTS,
  COL_TOTAL,
  COL_TAX_FREE,
  COL_SUPPLY,
  COL_VAT,
  COL_VERSION,
  COL_PRACTICE,
  N_ORDER_NUMBERS,
  STEP_ORDER = N_ORDER_NUMBERS, /* which order, from 1 */
  STEP_VERSION,
  NAME_KEY,
  N_NUMBERS,
} NumberColumn;

typedef enum { COL_CREATED, COL_REQUESTED, COL_ACCEPTED, COL_PROMISED, N_TIMES } TimeColumn;

typedef enum {
  COL_NAME,
  COL_PHONE,
  COL_DELIVERY,
  COL_NOTE,
  COL_LINE_NOTES,
  COL_FINGERPRINT,
  N_ORDER_BLOBS,
  STEP_AUDIT = N_ORDER_BLOBS,
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
    "  $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[], "
    "  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], "
    "  $16::text[], $24::int[], $25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[], "
    "  $29::bigint[], $30::int[], $34::timestamptz[], $35::timestamptz[], $36::timestamptz[], "
    "  $37::timestamptz[], $38::bytea[], $39::bytea[], $40::bytea[], $41::bytea[], $42::bytea[], "
    "  $43::bytea[]) WITH ORDINALITY AS t("
    "  id, check_id, status, type, channel, table_id, items, method, actor, key_actor, key, "
    "  trace_id, route, find_keys, guests, total, tax_free, supply, vat, version, practice, "
    "  created_at, requested_at, accepted_at, promised_at, name, phone, delivery, note, "
    "  line_notes, fingerprint, ord)), "
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
    /* The number's key has kind 1: osy-order-find-key.c. */
    "placed AS (INSERT INTO orders (restaurant_id, id, number, business_day, status, type, "
    "    channel, table_id, guest_count, items, total_amount, tax_free_amount, supply_amount, "
    "    vat_amount, payment_method, practice, check_id, version, created_at, requested_at, "
    "    accepted_at, promised_at, customer_name_enc, customer_phone_enc, delivery_enc, note_enc, "
    "    line_notes_enc, find_keys) "
    "  SELECT $1::uuid, id, counter.last - total.n + nth, $2::date, status, type, channel, "
    "    table_id, nullif(guests, 0), items, fresh.total, tax_free, supply, vat, method, "
    "    practice <> 0, check_id, version, created_at, requested_at, accepted_at, promised_at, "
    "    name, phone, delivery, note, line_notes, "
    "    find_keys::bigint[] || (1::bigint << 56 | (counter.last - total.n + nth)) "
    "  FROM fresh, counter, total RETURNING id, number, created_at, find_keys), "
    "checks AS (INSERT INTO guest_check (restaurant_id, id, status, orders_amount, created_at) "
    "  SELECT $1::uuid, check_id, 'OPEN', fresh.total, created_at FROM fresh), "
    "born AS MATERIALIZED (SELECT fresh.id, nth, actor, trace_id, created_at, step.* "
    "  FROM unnest($17::text[], $18::text[], $19::text[], $20::text[], $21::uuid[], $22::uuid[], "
    "    $31::bigint[], $32::bigint[], $44::bytea[]) AS step(act, from_status, to_status, event, "
    "    event_id, audit_id, ord, version, audit) JOIN fresh USING (ord)), "
    "steps AS (INSERT INTO order_step (restaurant_id, order_id, version, act, from_status, "
    "    to_status, forward, actor, at) SELECT $1::uuid, id, version, act, from_status, "
    "    to_status, false, actor, created_at FROM born), "
    "events AS (INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, "
    "    aggregate_seq, occurred_at, trace_id) SELECT $1::uuid, event_id, event, 'order', id, "
    "    version, created_at, trace_id FROM born ORDER BY nth, version), "
    "audits AS (INSERT INTO audit_log (created_at, id, restaurant_id, trace_id, action, actor, "
    "    object_type, object_id, new_value_enc) SELECT created_at, audit_id, $1::uuid, trace_id, "
    "    event, actor, 'order', id, audit FROM born), "
    "finds AS (INSERT INTO order_find (restaurant_id, key, created_at, order_id) "
    "  SELECT $1::uuid, key, created_at, id FROM placed, unnest(find_keys) AS key), "
    "names AS (INSERT INTO order_item_name (restaurant_id, key, name) "
    "  SELECT DISTINCT $1::uuid, n.key, n.name FROM unnest($33::bigint[], $23::text[]) "
    "    AS n(key, name) ORDER BY 2, 3 ON CONFLICT DO NOTHING) "
    "SELECT id, number FROM placed";

/* How an order comes into being, step by step. */
static const struct {
  const char *act;
  const char *from;
  const char *to;
  const char *event;
} births[OSY_ORDER_BIRTH_STEPS] = {
    {"place", NULL, OSY_ORDER_PENDING, "order.created"},
    {"accept", OSY_ORDER_PENDING, OSY_ORDER_ACCEPTED, "order.accepted"},
};

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
  char *const values[N_ORDER_TEXTS] = {
      [COL_ID] = g_strdup (order->id),
      [COL_CHECK_ID] = g_strdup (order->check_id),
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
      [COL_FIND_KEYS] = osy_order_find_print (entry->find_keys),
  };

  for (guint i = 0; i < N_ORDER_TEXTS; i++)
    g_ptr_array_add (self->texts[i], values[i]);
}

static void
add_values (Columns *self, const OsyOrderEntry *entry)
{
  const OsyOrderData *order = entry->order;
  const gint64 numbers[N_ORDER_NUMBERS] = {
      order->guest_count, order->total_amount, order->tax_free_amount, order->supply_amount,
      order->vat_amount,  order->version,      order->practice,
  };
  const gint64 times[N_TIMES] = {order->created_at, order->requested_at, order->accepted_at,
                                 order->promised_at};

  for (guint i = 0; i < N_ORDER_NUMBERS; i++)
    g_array_append_val (self->numbers[i], numbers[i]);
  for (guint i = 0; i < N_TIMES; i++)
    g_array_append_val (self->times[i], times[i]);
}

/* The fingerprints are made here and freed with @fingerprints. */
static void
add_blobs (Columns *self, const OsyOrderEntry *entry, GPtrArray *fingerprints)
{
  GBytes *fingerprint = g_bytes_new (entry->fingerprint, sizeof entry->fingerprint);
  GBytes *const blobs[N_ORDER_BLOBS] = {
      entry->cells.customer_name, entry->cells.customer_phone, entry->cells.delivery,
      entry->cells.note,          entry->cells.line_notes,     fingerprint,
  };

  g_ptr_array_add (fingerprints, fingerprint);
  for (guint i = 0; i < N_ORDER_BLOBS; i++)
    g_ptr_array_add (self->blobs[i], blobs[i]);
}

static void
add_steps (Columns *self, const OsyOrderEntry *entry, gint64 nth)
{
  for (gint64 i = 0; i < entry->order->version; i++) {
    gint64 version = i + 1;
    g_ptr_array_add (self->texts[STEP_ACT], g_strdup (births[i].act));
    g_ptr_array_add (self->texts[STEP_FROM], g_strdup (births[i].from));
    g_ptr_array_add (self->texts[STEP_TO], g_strdup (births[i].to));
    g_ptr_array_add (self->texts[STEP_EVENT], g_strdup (births[i].event));
    g_ptr_array_add (self->texts[STEP_EVENT_ID], osy_id_new ());
    g_ptr_array_add (self->texts[STEP_AUDIT_ID], g_strdup (entry->audit_ids[i]));
    g_array_append_val (self->numbers[STEP_ORDER], nth);
    g_array_append_val (self->numbers[STEP_VERSION], version);
    g_ptr_array_add (self->blobs[STEP_AUDIT], entry->audits[i].new_value);
  }
}

static void
add_names (Columns *self, const OsyOrderEntry *entry)
{
  for (guint i = 0; i < entry->order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (entry->order->lines, i);
    gint64 key = osy_order_find_item_key (line->menu_item_id);
    g_array_append_val (self->numbers[NAME_KEY], key);
    g_ptr_array_add (self->texts[NAME_TEXT], g_strdup (line->name));
  }
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
    add_steps (&columns, entry, i + 1);
    add_names (&columns, entry);
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
