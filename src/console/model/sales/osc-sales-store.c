/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* What is looked at, what was read before, and when it is read again. */

#include "osc-sales-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-report-file.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/analytics"
#define TREND_DAYS 30
#define WEEK 7
#define KEPT_MOST 32
#define PACE_SECONDS 3  /* after news: the daemon sums once a second */
#define AGAIN_SECONDS 1 /* after an answer that news overtook */
#define LONG_DAYS 62 /* a range of more is much work for the daemon, and one order little in it */
#define LONG_SECONDS 30 /* between two questions about one */
#define RETRY_MOST 60   /* seconds between two tries, at last */
#define ORDERS_PAGE "50"

/* What is known of one range of one part. */
typedef struct {
  OscSalesFigures *figures; /* (nullable): never read */
  char *until;              /* (nullable): to which they count */
  gint64 read_at;
  gboolean failed; /* the last reading */
  guint used;      /* when it was looked at or read, counted */
} Kept;

typedef struct {
  OscSalesRange range;
  char *key;              /* (nullable): of what is kept: part and path without the time of day */
  char *path;             /* nullable */
  GCancellable *question; /* (nullable): the one in flight, which is about @key */
  char *asked_until;      /* (nullable): of that question */
  gboolean dirty;         /* has changed since it was asked for */
} Part;

struct _OscSalesStore {
  GObject parent;
  OsyClient *client; /* nullable */
  GHashTable *kept;  /* key → Kept */
  Part parts[OSC_N_SALES_PARTS];
  char *until; /* (nullable): of what is asked for from now on */
  gboolean watched;
  guint again_source;
  guint fails; /* in a row */
  guint uses;
  GCancellable *orders; /* (nullable): the question for orders in flight */
};

enum { CHANGED, ORDERS, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSalesStore, osc_sales_store, G_TYPE_OBJECT)

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->figures, osc_sales_figures_free);
  g_free (kept->until);
  g_free (kept);
}

/* ---- what is kept ---- */

static Kept *
find_kept (OscSalesStore *self, OscSalesPart part)
{
  const char *key = self->parts[part].key;

  return key != NULL ? g_hash_table_lookup (self->kept, key) : NULL;
}

static gboolean
is_shown (OscSalesStore *self, const char *key)
{
  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    if (g_strcmp0 (self->parts[i].key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Lets go of what was used longest ago, never of what is shown. */
static void
make_room (OscSalesStore *self)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  const char *oldest = NULL;
  guint used = G_MAXUINT;

  if (g_hash_table_size (self->kept) < KEPT_MOST)
    return;
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Kept *)value)->used < used && !is_shown (self, key)) {
      oldest = key;
      used = ((Kept *)value)->used;
    }
  if (oldest != NULL)
    g_hash_table_remove (self->kept, oldest);
}

static Kept *
ensure_kept (OscSalesStore *self, OscSalesPart part)
{
  Kept *kept = find_kept (self, part);

  if (kept == NULL) {
    make_room (self);
    kept = g_new0 (Kept, 1);
    g_hash_table_insert (self->kept, g_strdup (self->parts[part].key), kept);
  }
  kept->used = ++self->uses;
  return kept;
}

/* ---- asking ---- */

/* Keeps no store alive: one that is gone has no use for the answer. */
typedef struct {
  GWeakRef store;
  GCancellable *cancellable;
  OscSalesPart part;
  gboolean more;
} Question;

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->store);
  g_object_unref (question->cancellable);
  g_free (question);
}

static Question *
question_new (OscSalesStore *self, GCancellable *cancellable)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->store, self);
  question->cancellable = g_object_ref (cancellable);
  return question;
}

static void
drop_question (GCancellable **question)
{
  g_cancellable_cancel (*question);
  g_clear_object (question);
}

/* Passes over what is not waited for any more. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (OscSalesStore) store = g_weak_ref_get (&question->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_info ("The figures could not be read: %s", error->message);
  if (store != NULL && question->cancellable == store->parts[question->part].question)
    osc_sales_store_take (store, question->part, answer);
  question_free (question);
}

static void
send (OscSalesStore *self, const char *path, GAsyncReadyCallback cb, Question *question)
{
  if (self->client != NULL) {
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                           question->cancellable, cb, question);
    return;
  }
  question_free (question);
  g_signal_emit (self, signals[REQUESTED], 0, path);
}

static char *
query_of (const OscSalesRange *range)
{
  GDate against = range->from;
  g_autofree char *from = osc_sales_range_print (&range->from);
  g_autofree char *to = osc_sales_range_print (&range->to);

  g_date_subtract_days (&against, (guint)osc_sales_range_weeks (range) * WEEK);
  g_autofree char *before = osc_sales_range_print (&against);
  return g_strdup_printf ("from=%s&to=%s&against=%s", from, to, before);
}

/* What is in flight is never given up for the same days: under steady sales no answer would ever
 * be there in time. It is asked again once it has come. */
static void
ask (OscSalesStore *self, OscSalesPart part)
{
  Part *asked = &self->parts[part];
  const char *until = part == OSC_SALES_CHOSEN ? self->until : NULL;
  g_autofree char *path =
      g_strdup_printf ("%s%s%s", asked->path, until != NULL ? "&until=" : "", until ? until : "");

  if (asked->question != NULL) {
    asked->dirty = asked->dirty || g_strcmp0 (asked->asked_until, until) != 0;
    return;
  }
  asked->dirty = FALSE;
  osy_set_str (&asked->asked_until, until);
  asked->question = g_cancellable_new ();
  Question *question = question_new (self, asked->question);
  question->part = part;
  send (self, path, read_cb, question);
}

/* Returns: whether other days than before are chosen. */
static gboolean
choose (OscSalesStore *self, OscSalesPart part, const OscSalesRange *range)
{
  Part *asked = &self->parts[part];
  g_autofree char *query = query_of (range);
  /* The same days may be asked for up to a time of day, and whole: parts do not share what they
   * keep. */
  g_autofree char *key = g_strdup_printf ("%d %s", (int)part, query);

  asked->range = *range;
  if (g_strcmp0 (asked->key, key) == 0)
    return FALSE;
  drop_question (&asked->question);
  asked->dirty = FALSE;
  g_free (asked->path);
  asked->path = g_strconcat (PATH "?", query, NULL);
  g_free (asked->key);
  asked->key = g_steal_pointer (&key);
  Kept *kept = find_kept (self, part);
  if (kept == NULL)
    return TRUE;
  kept->used = ++self->uses;
  kept->failed = kept->failed && kept->figures != NULL; /* with nothing to show it is a new try */
  return TRUE;
}

void
osc_sales_store_look (OscSalesStore *self, const OscSalesRange *range, const char *until)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && range != NULL);
  OscSalesRange trend = *range;

  if (osc_sales_range_days (range) < TREND_DAYS) {
    trend.from = trend.to;
    g_date_subtract_days (&trend.from, TREND_DAYS - 1);
  }
  trend.span = OSC_SPAN_FREE;
  osy_set_str (&self->until, until);
  /* The wait was at the pace of the days before; what it was for is asked for below. */
  if (choose (self, OSC_SALES_CHOSEN, range))
    g_clear_handle_id (&self->again_source, g_source_remove);
  choose (self, OSC_SALES_TREND, &trend);
  g_signal_emit (self, signals[CHANGED], 0);
  osc_sales_store_again (self);
}

void
osc_sales_store_again (OscSalesStore *self)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));
  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    if (self->parts[i].key != NULL)
      ask (self, (OscSalesPart)i);
}

void
osc_sales_store_retry (OscSalesStore *self)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));

  for (int i = 0; i < OSC_N_SALES_PARTS; i++) {
    Kept *kept = find_kept (self, (OscSalesPart)i);

    if (kept != NULL && kept->figures == NULL)
      kept->failed = FALSE;
  }
  self->fails = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  osc_sales_store_again (self);
}

/* ---- live ---- */

static gboolean
again_cb (gpointer user_data)
{
  OscSalesStore *self = user_data;

  self->again_source = 0;
  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    if (self->parts[i].dirty)
      ask (self, (OscSalesPart)i);
  return G_SOURCE_REMOVE;
}

static void
ask_after (OscSalesStore *self, guint seconds)
{
  if (self->watched && self->again_source == 0)
    self->again_source = g_timeout_add_seconds (seconds, again_cb, self);
}

static guint
pace_of (OscSalesStore *self, guint seconds)
{
  return osc_sales_range_days (&self->parts[OSC_SALES_CHOSEN].range) > LONG_DAYS ? LONG_SECONDS
                                                                                 : seconds;
}

void
osc_sales_store_take (OscSalesStore *self, OscSalesPart part, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS);
  Part *asked = &self->parts[part];
  OscSalesFigures *figures = osc_sales_figures_read (answer);
  Kept *kept = asked->key != NULL ? ensure_kept (self, part) : NULL;

  g_clear_object (&asked->question);
  if (kept == NULL) {
    g_clear_pointer (&figures, osc_sales_figures_free);
    return;
  }
  kept->failed = figures == NULL;
  if (figures != NULL) {
    g_clear_pointer (&kept->figures, osc_sales_figures_free);
    kept->figures = figures;
    kept->read_at = osy_clock_now ();
    osy_set_str (&kept->until, asked->asked_until);
    self->fails = 0;
    if (asked->dirty)
      ask_after (self, pace_of (self, AGAIN_SECONDS));
  } else {
    asked->dirty = TRUE;
    ask_after (self, MIN (1u << MIN (self->fails, 6), RETRY_MOST));
    self->fails++;
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_sales_store_note (OscSalesStore *self)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));

  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    self->parts[i].dirty = self->parts[i].key != NULL;
  if (self->parts[OSC_SALES_CHOSEN].key != NULL)
    ask_after (self, pace_of (self, PACE_SECONDS));
}

void
osc_sales_store_attach (OscSalesStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && OSY_IS_FEED (feed));
  static const char *const kinds[] = {"reset", "event", "notice"};

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_signal_connect_object (feed, kinds[i], G_CALLBACK (osc_sales_store_note), self,
                             G_CONNECT_SWAPPED);
}

void
osc_sales_store_watch (OscSalesStore *self, gboolean watched)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));

  self->watched = watched;
  if (!watched)
    g_clear_handle_id (&self->again_source, g_source_remove);
  else if (self->parts[OSC_SALES_CHOSEN].dirty || self->parts[OSC_SALES_TREND].dirty)
    ask_after (self, AGAIN_SECONDS);
}

/* ---- what is known ---- */

const OscSalesRange *
osc_sales_store_range (OscSalesStore *self, OscSalesPart part)
{
  g_return_val_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS, NULL);
  return &self->parts[part].range;
}

const char *
osc_sales_store_until (OscSalesStore *self)
{
  g_return_val_if_fail (OSC_IS_SALES_STORE (self), NULL);
  Kept *kept = find_kept (self, OSC_SALES_CHOSEN);

  return kept != NULL && kept->figures != NULL ? kept->until : self->until;
}

const OscSalesFigures *
osc_sales_store_figures (OscSalesStore *self, OscSalesPart part)
{
  g_return_val_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS, NULL);
  Kept *kept = find_kept (self, part);

  return kept != NULL ? kept->figures : NULL;
}

gboolean
osc_sales_store_failed (OscSalesStore *self, OscSalesPart part)
{
  g_return_val_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS, FALSE);
  Kept *kept = find_kept (self, part);

  return kept != NULL && kept->failed;
}

gint64
osc_sales_store_read_at (OscSalesStore *self, OscSalesPart part)
{
  g_return_val_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS, 0);
  Kept *kept = find_kept (self, part);

  return kept != NULL ? kept->read_at : 0;
}

/* ---- the orders behind a mark ---- */

void
osc_sales_store_take_orders (OscSalesStore *self, JsonNode *answer, gboolean more)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "orders") : NULL;
  g_autoptr (GPtrArray) orders = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    orders = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < json_array_get_length (array); i++) {
      OsyOrder *order = osy_order_from_json (json_array_get_element (array, i), NULL);

      if (order != NULL)
        g_ptr_array_add (orders, order);
    }
  }
  g_signal_emit (self, signals[ORDERS], 0, orders,
                 object != NULL ? osy_rest_text (object, "next_cursor", NULL) : NULL, more);
}

static void
orders_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (OscSalesStore) store = g_weak_ref_get (&question->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_info ("The orders behind a figure could not be read: %s", error->message);
  if (store != NULL && question->cancellable == store->orders)
    osc_sales_store_take_orders (store, answer, question->more);
  question_free (question);
}

static void
add (GString *path, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "%c%s=", strchr (path->str, '?') != NULL ? '&' : '?', name);
  g_string_append_uri_escaped (path, value, ":", FALSE);
}

void
osc_sales_store_drop_orders (OscSalesStore *self)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));
  drop_question (&self->orders);
}

void
osc_sales_store_ask_orders (OscSalesStore *self, const OscSalesQuery *query)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && query != NULL);
  g_autoptr (GString) path = g_string_new (PATH "/orders");
  g_autofree char *from = osc_sales_range_print (&query->from);
  g_autofree char *to = osc_sales_range_print (&query->to);
  g_autofree char *hour = query->hour >= 0 ? g_strdup_printf ("%d", query->hour) : NULL;
  g_autofree char *weekday = query->weekday > 0 ? g_strdup_printf ("%d", query->weekday) : NULL;

  osc_sales_store_drop_orders (self);
  self->orders = g_cancellable_new ();
  Question *question = question_new (self, self->orders);
  add (path, "from", from);
  add (path, "to", to);
  add (path, "until", query->until);
  add (path, "hour", hour);
  add (path, "weekday", weekday);
  add (path, "channel", query->channel);
  add (path, "type", query->type);
  add (path, "item_id", query->item_id);
  add (path, "tender", query->tender);
  add (path, "cursor", query->cursor);
  add (path, "limit", ORDERS_PAGE);
  question->more = query->cursor != NULL;
  send (self, path->str, orders_cb, question);
}

/* ---- a spreadsheet ---- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

typedef struct {
  GFile *file;
  char *part; /* (nullable): of a list */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->file);
  g_free (self->part);
  g_free (self);
}

/* What is no text comes in Base64. */
static GBytes *
file_of (const char *text, gboolean is_coded)
{
  gsize size = strlen (text);
  guchar *bytes = is_coded ? g_base64_decode (text, &size) : g_memdup2 (text, size);

  return g_bytes_new_take (bytes, size);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL || !JSON_NODE_HOLDS_VALUE (answer)) {
    g_task_return_error (task, error != NULL ? error
                                             : g_error_new_literal (OSY_ERROR, OSY_ERROR_INTERNAL,
                                                                    "That was no spreadsheet."));
    return;
  }
  g_autoptr (GBytes) bytes = file_of (json_node_get_string (answer), export->part == NULL);
  g_file_replace_contents_bytes_async (export->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       NULL, written_cb, g_object_ref (task));
}

void
osc_sales_store_export_async (OscSalesStore *self,
                              const char *part,
                              GFile *file,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && G_IS_FILE (file));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  g_autofree char *query = query_of (&self->parts[OSC_SALES_CHOSEN].range);
  const char *until = osc_sales_store_until (self);
  /* Translators: the language of files that the server makes: "en" or "ko" */
  const char *language = C_ ("language of files", "en");
  g_autofree char *form = part != NULL ? g_strconcat ("/csv?part=", part, NULL)
                                       : g_strconcat ("/xlsx?language=", language, NULL);
  g_autofree char *path = g_strdup_printf (PATH "%s&%s%s%s", form, query,
                                           until != NULL ? "&until=" : "", until ? until : "");
  Export *export = g_new0 (Export, 1);

  g_task_set_source_tag (task, osc_sales_store_export_async);
  *export = (Export){g_object_ref (file), g_strdup (part)};
  g_task_set_task_data (task, export, export_free);
  if (self->client != NULL) {
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path}, NULL,
                           exported_cb, g_object_ref (task));
    return;
  }
  g_signal_emit (self, signals[REQUESTED], 0, path);
  g_task_return_boolean (task, TRUE);
}

gboolean
osc_sales_store_export_finish (OscSalesStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (osc_report_file_fetch_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
osc_sales_store_report_async (OscSalesStore *self,
                              GFile *file,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && G_IS_FILE (file));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  const OscSalesRange *range = &self->parts[OSC_SALES_CHOSEN].range;
  g_autofree char *day = osc_sales_range_print (&range->to);
  g_autofree char *path = osc_report_file_path (
      osc_sales_range_days (range) == 1 ? "DAILY" : "WEEKLY", day, C_ ("language of files", "en"));

  g_task_set_source_tag (task, osc_sales_store_report_async);
  if (self->client != NULL) {
    osc_report_file_fetch_async (self->client, path, file, reported_cb, g_object_ref (task));
    return;
  }
  g_signal_emit (self, signals[REQUESTED], 0, path);
  g_task_return_boolean (task, TRUE);
}

/* ---- life ---- */

static void
osc_sales_store_dispose (GObject *object)
{
  OscSalesStore *self = OSC_SALES_STORE (object);

  g_clear_handle_id (&self->again_source, g_source_remove);
  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    drop_question (&self->parts[i].question);
  drop_question (&self->orders);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_sales_store_parent_class)->dispose (object);
}

static void
osc_sales_store_finalize (GObject *object)
{
  OscSalesStore *self = OSC_SALES_STORE (object);

  for (int i = 0; i < OSC_N_SALES_PARTS; i++) {
    g_free (self->parts[i].key);
    g_free (self->parts[i].path);
    g_free (self->parts[i].asked_until);
  }
  g_hash_table_unref (self->kept);
  g_free (self->until);
  G_OBJECT_CLASS (osc_sales_store_parent_class)->finalize (object);
}

static void
osc_sales_store_class_init (OscSalesStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_sales_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_sales_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SALES_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ORDERS] =
      g_signal_new ("orders", OSC_TYPE_SALES_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_PTR_ARRAY, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_SALES_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_sales_store_init (OscSalesStore *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
}

OscSalesStore *
osc_sales_store_new (OsyClient *client)
{
  OscSalesStore *self = g_object_new (OSC_TYPE_SALES_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
