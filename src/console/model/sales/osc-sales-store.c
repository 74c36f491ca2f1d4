/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* What is looked at, what was read before, and when it is read again. */

#include "osc-sales-store.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/analytics"
#define TREND_DAYS 30
#define WEEK 7
#define KEPT_MOST 32
#define PACE_SECONDS 3
#define ORDERS_PAGE "50"

typedef struct {
  OscSalesFigures *figures;
  gint64 read_at;
} Kept;

typedef struct {
  OscSalesRange range;
  char *key; /* (nullable): of what was read before: the path without the time of day */
  gboolean failed;
  guint serial; /* of the last question */
} Part;

struct _OscSalesStore {
  GObject parent;
  OsyClient *client; /* nullable */
  GHashTable *kept;  /* key → Kept */
  Part parts[OSC_N_SALES_PARTS];
  char *until; /* nullable */
  gboolean watched;
  guint again_source;
  guint orders_serial;
};

enum { CHANGED, ORDERS, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSalesStore, osc_sales_store, G_TYPE_OBJECT)

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  osc_sales_figures_free (kept->figures);
  g_free (kept);
}

/* The same days may be asked for up to a time of day, and whole: parts do not share what they keep.
 */
static char *
key_of (OscSalesStore *self, OscSalesPart part)
{
  return g_strdup_printf ("%d %s", (int)part, self->parts[part].key);
}

static Kept *
find_kept (OscSalesStore *self, OscSalesPart part)
{
  g_autofree char *key = key_of (self, part);

  return g_hash_table_lookup (self->kept, key);
}

/* ---- asking ---- */

typedef struct {
  OscSalesStore *store;
  OscSalesPart part;
  guint serial;
  gboolean more;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->store);
  g_free (question);
}

static Question *
question_new (OscSalesStore *self, guint serial)
{
  Question *question = g_new0 (Question, 1);

  question->store = g_object_ref (self);
  question->serial = serial;
  return question;
}

/* Passes over what was asked before the last question. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_info ("The figures could not be read: %s", error->message);
  if (question->serial == question->store->parts[question->part].serial)
    osc_sales_store_take (question->store, question->part, answer);
  question_free (question);
}

static void
send (OscSalesStore *self, const char *path, GAsyncReadyCallback cb, Question *question)
{
  if (self->client != NULL) {
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path}, NULL,
                           cb, question);
    return;
  }
  question_free (question);
  g_signal_emit (self, signals[REQUESTED], 0, path);
}

static char *
path_of (const OscSalesRange *range)
{
  GDate against = range->from;
  g_autofree char *from = osc_sales_range_print (&range->from);
  g_autofree char *to = osc_sales_range_print (&range->to);

  g_date_subtract_days (&against, (guint)osc_sales_range_weeks (range) * WEEK);
  g_autofree char *before = osc_sales_range_print (&against);
  return g_strdup_printf (PATH "?from=%s&to=%s&against=%s", from, to, before);
}

static void
ask (OscSalesStore *self, OscSalesPart part)
{
  Part *asked = &self->parts[part];
  Question *question = question_new (self, ++asked->serial);
  gboolean cut = part == OSC_SALES_CHOSEN && self->until != NULL;
  g_autofree char *path =
      g_strdup_printf ("%s%s%s", asked->key, cut ? "&until=" : "", cut ? self->until : "");

  question->part = part;
  send (self, path, read_cb, question);
}

static void
choose (OscSalesStore *self, OscSalesPart part, const OscSalesRange *range)
{
  Part *asked = &self->parts[part];

  asked->range = *range;
  g_free (asked->key);
  asked->key = path_of (range);
  asked->failed = FALSE;
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
  g_free (self->until);
  self->until = g_strdup (until);
  choose (self, OSC_SALES_CHOSEN, range);
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
osc_sales_store_take (OscSalesStore *self, OscSalesPart part, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && part < OSC_N_SALES_PARTS);
  OscSalesFigures *figures = osc_sales_figures_read (answer);

  self->parts[part].failed = figures == NULL;
  if (figures != NULL) {
    Kept *kept = g_new0 (Kept, 1);

    kept->figures = figures;
    kept->read_at = osy_clock_now ();
    if (g_hash_table_size (self->kept) >= KEPT_MOST)
      g_hash_table_remove_all (self->kept);
    g_hash_table_replace (self->kept, key_of (self, part), kept);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- live ---- */

static gboolean
again_cb (gpointer user_data)
{
  OscSalesStore *self = user_data;

  self->again_source = 0;
  if (self->watched)
    osc_sales_store_again (self);
  return G_SOURCE_REMOVE;
}

static void
on_news (OscSalesStore *self)
{
  if (self->watched && self->again_source == 0)
    self->again_source = g_timeout_add_seconds (PACE_SECONDS, again_cb, self);
}

void
osc_sales_store_attach (OscSalesStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && OSY_IS_FEED (feed));
  static const char *const kinds[] = {"reset", "event", "notice"};

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_signal_connect_object (feed, kinds[i], G_CALLBACK (on_news), self, G_CONNECT_SWAPPED);
}

void
osc_sales_store_watch (OscSalesStore *self, gboolean watched)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self));
  self->watched = watched;
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
  return self->until;
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
  return self->parts[part].failed;
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
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_info ("The orders behind a figure could not be read: %s", error->message);
  if (question->serial == question->store->orders_serial)
    osc_sales_store_take_orders (question->store, answer, question->more);
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
osc_sales_store_ask_orders (OscSalesStore *self, const OscSalesQuery *query)
{
  g_return_if_fail (OSC_IS_SALES_STORE (self) && query != NULL);
  g_autoptr (GString) path = g_string_new (PATH "/orders");
  g_autofree char *from = osc_sales_range_print (&query->from);
  g_autofree char *to = osc_sales_range_print (&query->to);
  g_autofree char *hour = query->hour >= 0 ? g_strdup_printf ("%d", query->hour) : NULL;
  g_autofree char *weekday = query->weekday > 0 ? g_strdup_printf ("%d", query->weekday) : NULL;
  Question *question = question_new (self, ++self->orders_serial);

  add (path, "from", from);
  add (path, "to", to);
  add (path, "until", query->until);
  add (path, "hour", hour);
  add (path, "weekday", weekday);
  add (path, "channel", query->channel);
  add (path, "item_id", query->item_id);
  add (path, "tender", query->tender);
  add (path, "cursor", query->cursor);
  add (path, "limit", ORDERS_PAGE);
  question->more = query->cursor != NULL;
  send (self, path->str, orders_cb, question);
}

/* ---- life ---- */

static void
osc_sales_store_dispose (GObject *object)
{
  OscSalesStore *self = OSC_SALES_STORE (object);

  g_clear_handle_id (&self->again_source, g_source_remove);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_sales_store_parent_class)->dispose (object);
}

static void
osc_sales_store_finalize (GObject *object)
{
  OscSalesStore *self = OSC_SALES_STORE (object);

  for (int i = 0; i < OSC_N_SALES_PARTS; i++)
    g_free (self->parts[i].key);
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
