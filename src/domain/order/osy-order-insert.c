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
  COL_ROUND_ON,
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

/* What came later: of each order, behind all the others. */
enum { MORE_SOURCE_TYPE, MORE_SOURCE_ID, MORE_SOURCE_LABEL, MORE_FLAGS, N_MORE };

typedef struct {
  GPtrArray *texts[N_TEXTS];
  GArray *numbers[N_NUMBERS];
  GArray *times[N_TIMES];
  GPtrArray *blobs[N_BLOBS];
  GArray *fees;
  GPtrArray *more[N_MORE];
  GArray *begins; /* of times */
  GArray *begin_minutes;
} Columns;

#define CLOSED G_STRINGIFY (OSY_ORDER_INSERT_CLOSED)
#define AGAIN G_STRINGIFY (OSY_ORDER_INSERT_AGAIN)
#define SOLD_OUT G_STRINGIFY (OSY_ORDER_INSERT_SOLD_OUT)

static const char insert_sql[] =
    "WITH RECURSIVE input AS MATERIALIZED (SELECT *, type = 'DINE_IN' AND table_id IS NOT NULL "
    "    AND round_on IS NULL AND practice = 0 AND status <> 'PENDING_PAYMENT' AS at_table FROM "
    "unnest("
    "  $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[], "
    "  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], "
    "  $16::text[], $17::uuid[], $25::int[], $26::bigint[], $27::bigint[], $28::bigint[], "
    "  $29::bigint[], $30::bigint[], $31::int[], $35::timestamptz[], $36::timestamptz[], "
    "  $37::timestamptz[], $38::timestamptz[], $39::bytea[], $40::bytea[], $41::bytea[], "
    "  $42::bytea[], $43::bytea[], $44::bytea[], $46::bigint[], $47::text[], $48::text[], "
    "  $49::text[], $50::text[], $51::timestamptz[], $52::bigint[]) WITH ORDINALITY AS t("
    "  id, check_id, status, type, channel, table_id, items, method, actor, key_actor, key, "
    "  trace_id, route, find_keys, round_on, guests, total, tax_free, supply, vat, version, "
    "  practice, created_at, requested_at, accepted_at, promised_at, name, phone, delivery, note, "
    "  line_notes, fingerprint, fee, source_type, source_id, source_label, flags, begins_at, "
    "  begin_minutes, ord)), "
    /* The check that each goes on: the one it names or its table's; a merged one leads to its
     * root. Locked, since it may be closed or merged at this moment: then it is tried again. */
    "up (order_id, id, status, merged_into) AS ("
    "  SELECT input.id, c.id, c.status, c.merged_into FROM input JOIN guest_check c "
    "    ON c.restaurant_id = $1::uuid AND c.id = input.round_on "
    "  UNION ALL SELECT input.id, c.id, c.status, c.merged_into FROM input JOIN guest_check c "
    "    ON c.restaurant_id = $1::uuid AND c.table_id = input.table_id AND at_table "
    "    AND c.status IN ('OPEN', 'REOPENED', 'MERGED') "
    "  UNION ALL SELECT up.order_id, c.id, c.status, c.merged_into FROM up JOIN guest_check c "
    "    ON c.restaurant_id = $1::uuid AND c.id = up.merged_into), "
    "wanted AS MATERIALIZED (SELECT DISTINCT ON (order_id) order_id, up.id AS check_id FROM up "
    "  LEFT JOIN guest_check c ON c.restaurant_id = $1::uuid AND c.id = up.id "
    "  WHERE up.status IN ('OPEN', 'REOPENED') ORDER BY order_id, c.table_id IS NULL, up.id), "
    "locked AS MATERIALIZED (SELECT id FROM guest_check WHERE restaurant_id = $1::uuid "
    "  AND id IN (SELECT check_id FROM wanted) AND status IN ('OPEN', 'REOPENED') ORDER BY id "
    "  FOR UPDATE), "
    "placeable AS MATERIALIZED (SELECT input.*, locked.id AS joined FROM input "
    "  LEFT JOIN wanted ON wanted.order_id = input.id LEFT JOIN locked "
    "    ON locked.id = wanted.check_id "
    "  WHERE locked.id IS NOT NULL OR (wanted.check_id IS NULL AND round_on IS NULL)), "
    /* Those that the stock does not suffice for; the others hold what blocks them from here on. */
    "stock AS MATERIALIZED (SELECT s.order_id, s.line FROM (SELECT array_agg(id ORDER BY ord) "
    "    AS ids, array_agg(items ORDER BY ord) AS items, "
    "    array_agg(status = 'PENDING_PAYMENT' ORDER BY ord) AS prepaid, "
    "    array_agg(key_actor ORDER BY ord) AS actors, array_agg(route ORDER BY ord) AS routes, "
    "    array_agg(key ORDER BY ord) AS keys FROM placeable WHERE practice = 0) p, "
    "  order_claim_stock(p.ids, p.items, p.prepaid, p.actors, p.routes, p.keys) s), "
    /* Who comes first with a key has it; the others get no row here, and so nowhere. */
    "keys AS (INSERT INTO idempotency (restaurant_id, actor, route, key, fingerprint, subject_id, "
    "    created_at) SELECT $1::uuid, key_actor, route, key, fingerprint, id, created_at FROM "
    "placeable WHERE id NOT IN (SELECT order_id FROM stock) ORDER BY ord "
    "  ON CONFLICT DO NOTHING RETURNING subject_id), "
    /* Of several that open a table's check the first does, and the others join it. */
    "fresh AS MATERIALIZED (SELECT p.*, row_number() OVER (ORDER BY ord) AS nth, coalesce(joined, "
    "    first_value(p.check_id) OVER (PARTITION BY CASE WHEN at_table THEN table_id ELSE p.id END "
    "      ORDER BY ord)) AS target FROM placeable p JOIN keys ON keys.subject_id = p.id), "
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
    "    line_notes_enc, delivery_fee, source_type, source_id, source_label, flags, begins_at, "
    "    begin_minutes, find_keys) "
    "  SELECT $1::uuid, id, counter.last - total.n + nth, $2::date, status, type, channel, "
    "    table_id, nullif(guests, 0), items, fresh.total, tax_free, supply, vat, method, "
    "    practice <> 0, target, version, created_at, requested_at, accepted_at, promised_at, "
    "    name, phone, delivery, note, line_notes, fee, source_type, source_id, source_label, "
    "    flags, begins_at, nullif (begin_minutes, 0), find_keys::bigint[] || (1::bigint << 56 | "
    "(counter.last - total.n + nth)) "
    "  FROM fresh, counter, total RETURNING id, number, check_id, created_at, find_keys), "
    "checks AS (INSERT INTO guest_check (restaurant_id, id, status, orders_amount, created_at, "
    "    business_day, table_id, guest_count) "
    "  SELECT $1::uuid, target, 'OPEN', sum(fresh.total), min(created_at), $2::date, "
    "    (array_agg(table_id) FILTER (WHERE at_table))[1], nullif(max(guests), 0) "
    "  FROM fresh WHERE joined IS NULL GROUP BY target), "
    "rounds AS (UPDATE guest_check c SET orders_amount = c.orders_amount + r.total, "
    "    version = c.version + 1 FROM (SELECT joined, sum(fresh.total) AS total, "
    "      max(created_at) AS at, max(nth) AS nth FROM fresh WHERE joined IS NOT NULL "
    "      GROUP BY joined) r "
    "  WHERE c.restaurant_id = $1::uuid AND c.id = r.joined RETURNING c.id, c.version, r.at, "
    "r.nth), "
    "born AS MATERIALIZED (SELECT fresh.id, nth, actor, trace_id, created_at, step.* "
    "  FROM unnest($18::text[], $19::text[], $20::text[], $21::text[], $22::uuid[], $23::uuid[], "
    "    $32::bigint[], $33::bigint[], $45::bytea[]) AS step(act, from_status, to_status, event, "
    "    event_id, audit_id, ord, version, audit) JOIN fresh USING (ord)), "
    "steps AS (INSERT INTO order_step (restaurant_id, order_id, version, act, from_status, "
    "    to_status, forward, actor, at) SELECT $1::uuid, id, version, act, from_status, "
    "    to_status, false, actor, created_at FROM born), "
    "events AS (INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, "
    "    aggregate_seq, occurred_at, trace_id) SELECT $1::uuid, event_id, event, kind, id, "
    "    version, at, trace_id FROM (SELECT event_id, event, 'order' AS kind, id, version, "
    "      created_at AS at, trace_id, nth FROM born UNION ALL SELECT gen_random_uuid(), "
    "      'check.changed', 'check', id, version, at, NULL, nth FROM rounds) e "
    "    ORDER BY nth, kind DESC, version), "
    "audits AS (INSERT INTO audit_log (created_at, id, restaurant_id, trace_id, action, actor, "
    "    object_type, object_id, new_value_enc) SELECT created_at, audit_id, $1::uuid, trace_id, "
    "    event, actor, 'order', id, audit FROM born), "
    "finds AS (INSERT INTO order_find (restaurant_id, key, created_at, order_id) "
    "  SELECT $1::uuid, key, created_at, id FROM placed, unnest(find_keys) AS key), "
    "names AS (INSERT INTO order_item_name (restaurant_id, key, name) "
    "  SELECT DISTINCT $1::uuid, n.key, n.name FROM unnest($34::bigint[], $24::text[]) "
    "    AS n(key, name) ORDER BY 2, 3 ON CONFLICT DO NOTHING) "
    "SELECT id, number, check_id, NULL::int AS line FROM placed "
    "UNION ALL SELECT order_id, " SOLD_OUT ", NULL, line FROM stock "
    "UNION ALL SELECT input.id, CASE WHEN wanted.check_id IS NULL THEN " CLOSED " ELSE " AGAIN
    " END, "
    "  NULL, NULL FROM input LEFT JOIN wanted ON wanted.order_id = input.id "
    "WHERE NOT EXISTS (SELECT FROM placeable p WHERE p.id = input.id)";

/* How an order comes into being, step by step. */
static const struct {
  const char *act;
  const char *from;
  const char *to; /* NULL: osy_order_birth_status() */
  const char *event;
} births[OSY_ORDER_BIRTH_STEPS] = {
    {"place", NULL, NULL, "order.created"},
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
  self->fees = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < N_MORE; i++)
    self->more[i] = g_ptr_array_new ();
  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->begin_minutes = g_array_new (FALSE, FALSE, sizeof (gint64));
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
  g_array_unref (self->fees);
  for (guint i = 0; i < N_MORE; i++)
    g_ptr_array_unref (self->more[i]);
  g_array_unref (self->begins);
  g_array_unref (self->begin_minutes);
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
      [COL_ROUND_ON] = g_strdup (entry->round_on),
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
add_more (Columns *self, const OsyOrderData *order)
{
  char *const more[N_MORE] = {order->source_type, order->source_id, order->source_label,
                              order->flags};
  gint64 begin_minutes = order->begin_minutes;

  g_array_append_val (self->fees, order->delivery_fee);
  g_array_append_val (self->begins, order->begins_at);
  g_array_append_val (self->begin_minutes, begin_minutes);
  for (guint i = 0; i < N_MORE; i++)
    g_ptr_array_add (self->more[i], more[i]);
}

static void
add_steps (Columns *self, const OsyOrderEntry *entry, gint64 nth)
{
  for (gint64 i = 0; i < entry->order->version; i++) {
    gint64 version = i + 1;
    g_ptr_array_add (self->texts[STEP_ACT], g_strdup (births[i].act));
    g_ptr_array_add (self->texts[STEP_FROM], g_strdup (births[i].from));
    g_ptr_array_add (self->texts[STEP_TO],
                     g_strdup (i == 0 ? osy_order_birth_status (entry->order) : births[i].to));
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
  OsyDbParam params[2 + N_TEXTS + N_NUMBERS + N_TIMES + N_BLOBS + 1 + N_MORE + 2];
  gsize n = 0;
  Columns columns;

  columns_init (&columns);
  for (guint i = 0; i < entries->len; i++) {
    OsyOrderEntry *entry = g_ptr_array_index (entries, i);
    add_texts (&columns, entry);
    add_values (&columns, entry);
    add_blobs (&columns, entry, fingerprints);
    add_more (&columns, entry->order);
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
  params[n++] = OSY_P_INTS (columns.fees);
  for (guint i = 0; i < N_MORE; i++)
    params[n++] = OSY_P_TEXTS (columns.more[i]);
  params[n++] = OSY_P_TIMES (columns.begins);
  params[n++] = OSY_P_INTS (columns.begin_minutes);
  const OsyDbStatement insert = {insert_sql, params, n};
  osy_db_pipe_submit (pipe, &scope, &insert, done, user_data);
  columns_clear (&columns);
}
