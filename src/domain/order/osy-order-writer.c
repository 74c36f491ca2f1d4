/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Group commit of new orders (design §4.3). */

#include "osy-order-writer.h"

#include "osy-compat.h"
#include "osy-id.h"
#include "osy-order-insert.h"

#define BATCH_MAX 128
#define RETRY_MS 100
#define MAX_ALONE 3

static const gint64 batch_bounds[] = {1, 2, 4, 8, 16, 32, 64, 127, 0};
static OsyMetric orders = {.name = "ordersync_orders_total",
                           .help = "Orders placed, without practice, by channel and type.",
                           .kind = OSY_METRIC_COUNTER,
                           .labels = {"channel", "type"}};
static OsyMetric sales = {.name = "ordersync_sales_won_total",
                          .help = "Sum of the orders placed, without practice, in won.",
                          .kind = OSY_METRIC_COUNTER,
                          .labels = {"channel"}};
static OsyMetric outcomes = {.name = "ordersync_order_writes_total",
                             .help = "What became of orders given to the writer.",
                             .kind = OSY_METRIC_COUNTER,
                             .labels = {"outcome"}};
static OsyMetric batches = {.name = "ordersync_order_writer_batch_orders",
                            .help = "Orders of one transaction of the writer.",
                            .kind = OSY_METRIC_HISTOGRAM,
                            .bounds = batch_bounds};
static OsyMetric waits = {.name = "ordersync_order_writer_wait_seconds",
                          .help = "Time that an order waited for its batch.",
                          .kind = OSY_METRIC_HISTOGRAM,
                          .bounds = osy_metric_durations,
                          .unit = G_USEC_PER_SEC};

OsyMetric *const osy_order_metrics[] = {&orders, &sales, &outcomes, &batches, &waits, NULL};

/* One request's place in the queue. Outlives its caller's deadline until its batch is answered. */
typedef struct {
  OsyOrderEntry *entry;
  OsyOrderWritten done; /* NULL once answered */
  gpointer user_data;
  gint64 deadline; /* monotonic µs */
  gint64 since;    /* monotonic µs */
  guint alone;     /* > 0: its batch failed, so it goes by itself */
} Ticket;

/* What waits and what is under way for one shop and day. */
typedef struct {
  OsyOrderWriter *writer;
  char *restaurant_id;
  char *business_day;
  GQueue waiting;  /* of Ticket */
  GPtrArray *sent; /* of Ticket; NULL: nothing in flight */
  guint retry_source;
} Lane;

struct _OsyOrderWriter {
  GObject parent_instance;
  OsyDbPipe *pipe;
  GHashTable *lanes; /* "restaurant|day" → Lane */
  guint sweep_source;
  guint pending;
  GSourceFunc committed;
  gpointer committed_data;
};

G_DEFINE_FINAL_TYPE (OsyOrderWriter, osy_order_writer, G_TYPE_OBJECT)

OsyOrderEntry *
osy_order_entry_new (OsyOrderData *order)
{
  OsyOrderEntry *self = g_new0 (OsyOrderEntry, 1);

  self->order = order;
  for (guint i = 0; i < OSY_ORDER_BIRTH_STEPS; i++)
    self->audit_ids[i] = osy_id_new ();
  return self;
}

void
osy_order_entry_free (OsyOrderEntry *self)
{
  osy_order_data_free (self->order);
  osy_order_cells_clear (&self->cells);
  g_clear_pointer (&self->find_keys, g_array_unref);
  g_free (self->round_on);
  for (guint i = 0; i < OSY_ORDER_BIRTH_STEPS; i++) {
    osy_audit_sealed_clear (&self->audits[i]);
    g_free (self->audit_ids[i]);
  }
  g_free (self->actor);
  g_free (self->key_actor);
  g_free (self->key);
  g_free (self->trace_id);
  g_free (self);
}

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  osy_order_entry_free (ticket->entry);
  g_free (ticket);
}

static void
lane_free (gpointer data)
{
  Lane *lane = data;

  g_clear_handle_id (&lane->retry_source, g_source_remove);
  g_queue_clear_full (&lane->waiting, ticket_free);
  g_clear_pointer (&lane->sent, g_ptr_array_unref);
  g_free (lane->restaurant_id);
  g_free (lane->business_day);
  g_free (lane);
}

static void
count (const OsyOrderData *order, OsyOrderOutcome outcome)
{
  static const char *const names[] = {"written", "key_taken", "no_check", "sold_out",
                                      "not_written"};

  osy_metric_count (&outcomes, names[outcome]);
  if (outcome != OSY_ORDER_WRITTEN || order->practice)
    return;
  osy_metric_add (osy_metric_find (&orders, order->channel, order->type), 1);
  osy_metric_add (osy_metric_find (&sales, order->channel), order->total_amount);
}

static void
answer (OsyOrderWriter *self, Ticket *ticket, OsyOrderOutcome outcome, const GError *error)
{
  OsyOrderWritten done = ticket->done;

  if (done == NULL)
    return;
  ticket->done = NULL;
  self->pending--;
  count (ticket->entry->order, outcome);
  done (outcome, ticket->entry, error, ticket->user_data);
}

/* ---- batches ---- */

static void send_next (Lane *lane);

static gboolean
retry_later (gpointer data)
{
  Lane *lane = data;

  lane->retry_source = 0;
  send_next (lane);
  return G_SOURCE_REMOVE;
}

/* Back to the head of the queue, in order; those that nobody waits for any more are let go. */
static void
put_back (Lane *lane, GPtrArray *tickets, gboolean alone)
{
  for (guint i = tickets->len; i > 0; i--) {
    Ticket *ticket = g_ptr_array_steal_index (tickets, i - 1);
    if (alone)
      ticket->alone++;
    if (ticket->done != NULL)
      g_queue_push_head (&lane->waiting, ticket);
    else
      ticket_free (ticket);
  }
}

static gboolean
is_transient (const GError *error)
{
  return osy_error_is (error, OSY_ERROR_UNAVAILABLE) || osy_error_is (error, OSY_ERROR_TIMEOUT);
}

/* Its table got an open check from elsewhere at this moment: sent again, it joins it. */
static gboolean
is_overtaken (GPtrArray *tickets, const GError *error)
{
  const Ticket *ticket = g_ptr_array_index (tickets, 0);

  return osy_error_is (error, OSY_ERROR_CONFLICT) && ticket->alone < MAX_ALONE;
}

static void
batch_failed (Lane *lane, GPtrArray *tickets, const GError *error)
{
  OsyOrderWriter *self = lane->writer;

  if (is_transient (error)) {
    /* The outcome may be unknown. Sent again, a committed order is found by its key (its own id
     * comes back), and one that was not is placed once. */
    put_back (lane, tickets, FALSE);
    if (lane->retry_source == 0)
      lane->retry_source = g_timeout_add (RETRY_MS, retry_later, lane);
  } else if (tickets->len > 1 || is_overtaken (tickets, error)) {
    g_warning ("a batch of %u orders failed and is sent one by one: %s", tickets->len,
               error->message);
    put_back (lane, tickets, TRUE);
  } else {
    answer (self, g_ptr_array_index (tickets, 0), OSY_ORDER_NOT_WRITTEN, error);
  }
}

/* Whether it is answered: one whose check changed at this moment goes again. */
static gboolean
settle (OsyOrderWriter *self, Ticket *ticket, const OsyDbRows *rows, gpointer row)
{
  OsyOrderData *order = ticket->entry->order;

  if (row == NULL) {
    answer (self, ticket, OSY_ORDER_KEY_TAKEN, NULL);
    return TRUE;
  }
  guint i = GPOINTER_TO_UINT (row) - 1;
  gint64 number = osy_db_rows_int (rows, i, "number");
  if (number == OSY_ORDER_INSERT_AGAIN)
    return FALSE;
  if (number == OSY_ORDER_INSERT_SOLD_OUT) {
    ticket->entry->sold_out_line = (int)osy_db_rows_int (rows, i, "line");
    answer (self, ticket, OSY_ORDER_SOLD_OUT, NULL);
    return TRUE;
  }
  if (number > 0) {
    order->number = number;
    osy_set_str (&order->check_id, osy_db_rows_text (rows, i, "check_id"));
  }
  answer (self, ticket, number > 0 ? OSY_ORDER_WRITTEN : OSY_ORDER_NO_CHECK, NULL);
  return TRUE;
}

static void
batch_written (Lane *lane, GPtrArray *tickets, const OsyDbRows *rows)
{
  OsyOrderWriter *self = lane->writer;
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (found, (char *)osy_db_rows_text (rows, i, "id"), GUINT_TO_POINTER (i + 1));
  if (osy_db_rows_count (rows) > 0 && self->committed != NULL)
    self->committed (self->committed_data);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func (ticket_free);
  for (guint i = 0; i < tickets->len;) {
    Ticket *ticket = g_ptr_array_index (tickets, i);
    if (settle (self, ticket, rows, g_hash_table_lookup (found, ticket->entry->order->id)))
      i++;
    else
      g_ptr_array_add (again, g_ptr_array_steal_index (tickets, i));
  }
  put_back (lane, again, FALSE);
}

static void
batch_done (const OsyDbRows *rows, const GError *error, gpointer user_data)
{
  Lane *lane = user_data;
  g_autoptr (OsyOrderWriter) keep = lane->writer; /* what send_next() took */
  g_autoptr (GPtrArray) tickets = g_steal_pointer (&lane->sent);

  if (rows != NULL)
    batch_written (lane, tickets, rows);
  else
    batch_failed (lane, tickets, error);
  if (lane->retry_source == 0)
    send_next (lane);
}

static void
count_batch (GPtrArray *tickets)
{
  OsyMetricSeries *wait = osy_metric_find (&waits);
  gint64 now = g_get_monotonic_time ();

  osy_metric_observe (osy_metric_find (&batches), tickets->len);
  for (guint i = 0; i < tickets->len; i++)
    osy_metric_observe (wait, now - ((const Ticket *)tickets->pdata[i])->since);
}

static void
send_next (Lane *lane)
{
  if (lane->sent != NULL || g_queue_is_empty (&lane->waiting))
    return;
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  lane->sent = g_ptr_array_new_with_free_func (ticket_free);
  while (entries->len < BATCH_MAX && !g_queue_is_empty (&lane->waiting)) {
    Ticket *next = g_queue_peek_head (&lane->waiting);
    if (next->alone > 0 && entries->len > 0)
      break;
    g_queue_pop_head (&lane->waiting);
    g_ptr_array_add (lane->sent, next);
    g_ptr_array_add (entries, next->entry);
    if (next->alone > 0)
      break;
  }
  g_object_ref (lane->writer);
  count_batch (lane->sent);
  osy_order_insert_submit (lane->writer->pipe, lane->restaurant_id, lane->business_day, entries,
                           batch_done, lane);
}

/* ---- deadlines ---- */

static void
expire_tickets (OsyOrderWriter *self, GPtrArray *tickets, gint64 now)
{
  g_autoptr (GError) error = g_error_new (OSY_ERROR, OSY_ERROR_TIMEOUT,
                                          "The order was not confirmed in time. Send it again with "
                                          "the same Idempotency-Key; it is placed only once.");

  for (guint i = 0; i < tickets->len; i++) {
    Ticket *ticket = g_ptr_array_index (tickets, i);
    if (ticket->deadline <= now)
      answer (self, ticket, OSY_ORDER_NOT_WRITTEN, error);
  }
}

static void
expire_lane (Lane *lane, gint64 now)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr (GPtrArray) in_flight = lane->sent ? g_ptr_array_ref (lane->sent) : g_ptr_array_new ();

  for (GList *l = lane->waiting.head; l != NULL; l = l->next)
    g_ptr_array_add (waiting, l->data);
  expire_tickets (lane->writer, in_flight, now);
  expire_tickets (lane->writer, waiting, now);
  for (guint i = 0; i < waiting->len; i++) {
    Ticket *ticket = g_ptr_array_index (waiting, i);
    if (ticket->done == NULL) {
      g_queue_remove (&lane->waiting, ticket);
      ticket_free (ticket);
    }
  }
}

static gboolean
is_idle (gpointer name, gpointer value, gpointer data)
{
  Lane *lane = value;

  return lane->sent == NULL && g_queue_is_empty (&lane->waiting);
}

static gboolean
sweep (gpointer user_data)
{
  OsyOrderWriter *self = user_data;
  g_autoptr (OsyOrderWriter) keep = g_object_ref (self);
  /* Who is told that time is up may order again at once, which may add a lane. */
  g_autoptr (GList) lanes = g_hash_table_get_values (self->lanes);

  for (GList *l = lanes; l != NULL; l = l->next)
    expire_lane (l->data, g_get_monotonic_time ());
  g_hash_table_foreach_remove (self->lanes, is_idle, NULL);
  self->sweep_source = g_hash_table_size (self->lanes) > 0 ? self->sweep_source : 0;
  return self->sweep_source != 0;
}

void
osy_order_writer_submit (OsyOrderWriter *self,
                         OsyOrderEntry *entry,
                         guint deadline_ms,
                         OsyOrderWritten done,
                         gpointer user_data)
{
  g_autofree char *name =
      g_strconcat (entry->order->restaurant_id, "|", entry->order->business_day, NULL);
  Lane *lane = g_hash_table_lookup (self->lanes, name);

  if (lane == NULL) {
    lane = g_new0 (Lane, 1);
    lane->writer = self;
    lane->restaurant_id = g_strdup (entry->order->restaurant_id);
    lane->business_day = g_strdup (entry->order->business_day);
    g_queue_init (&lane->waiting);
    g_hash_table_insert (self->lanes, g_steal_pointer (&name), lane);
  }
  Ticket *ticket = g_new0 (Ticket, 1);
  ticket->entry = entry;
  ticket->done = done;
  ticket->user_data = user_data;
  ticket->since = g_get_monotonic_time ();
  ticket->deadline = ticket->since + (gint64)deadline_ms * 1000;
  g_queue_push_tail (&lane->waiting, ticket);
  self->pending++;
  if (self->sweep_source == 0)
    self->sweep_source = g_timeout_add (50, sweep, self);
  if (lane->retry_source == 0)
    send_next (lane);
}

guint
osy_order_writer_pending (OsyOrderWriter *self)
{
  return self->pending;
}

void
osy_order_writer_set_committed (OsyOrderWriter *self, GSourceFunc func, gpointer user_data)
{
  self->committed = func;
  self->committed_data = user_data;
}

/* Nothing is in flight any more: a batch that is holds a reference. */
static void
refuse_waiting (OsyOrderWriter *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The service is stopping.");
  g_autoptr (GList) lanes = g_hash_table_get_values (self->lanes);

  for (GList *l = lanes; l != NULL; l = l->next)
    for (GList *t = ((Lane *)l->data)->waiting.head; t != NULL; t = t->next)
      answer (self, t->data, OSY_ORDER_NOT_WRITTEN, error);
}

static void
osy_order_writer_finalize (GObject *object)
{
  OsyOrderWriter *self = OSY_ORDER_WRITER (object);

  g_clear_handle_id (&self->sweep_source, g_source_remove);
  refuse_waiting (self);
  g_hash_table_unref (self->lanes);
  g_object_unref (self->pipe);
  G_OBJECT_CLASS (osy_order_writer_parent_class)->finalize (object);
}

static void
osy_order_writer_class_init (OsyOrderWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_order_writer_finalize;
}

static void
osy_order_writer_init (OsyOrderWriter *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lane_free);
}

OsyOrderWriter *
osy_order_writer_new (OsyDbPipe *pipe)
{
  OsyOrderWriter *self = g_object_new (OSY_TYPE_ORDER_WRITER, NULL);

  self->pipe = g_object_ref (pipe);
  return self;
}
