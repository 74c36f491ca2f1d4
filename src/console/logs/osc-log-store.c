/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Two logs as one list. The server numbers its lines from its start: what is asked for is what lies
 * behind the last number, and after another start everything. */

#include "osc-log-store.h"

#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/log"
#define ASKED 1000
#define KEPT 2000 /* of both */

struct _OscLogItem {
  GObject parent;
  OsyLogLine *line;
  gboolean server;
};

G_DEFINE_FINAL_TYPE (OscLogItem, osc_log_item, G_TYPE_OBJECT)

static void
osc_log_item_finalize (GObject *object)
{
  osy_log_line_free (OSC_LOG_ITEM (object)->line);
  G_OBJECT_CLASS (osc_log_item_parent_class)->finalize (object);
}

static void
osc_log_item_class_init (OscLogItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_log_item_finalize;
}

static void
osc_log_item_init (OscLogItem *self)
{
}

const OsyLogLine *
osc_log_item_line (OscLogItem *self)
{
  g_return_val_if_fail (OSC_IS_LOG_ITEM (self), NULL);
  return self->line;
}

gboolean
osc_log_item_is_server (OscLogItem *self)
{
  g_return_val_if_fail (OSC_IS_LOG_ITEM (self), FALSE);
  return self->server;
}

/* ---- the list ---- */

struct _OscLogStore {
  GObject parent;
  OsyClient *client; /* nullable */
  GPtrArray *items;  /* of OscLogItem, newest first */
  GCancellable *cancellable;
  char *started; /* (nullable): when the server that numbered was started */
  gint64 server_seq;
  gint64 own_seq;
  OscLogState state;
  gboolean asking;
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return OSC_TYPE_LOG_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return OSC_LOG_STORE (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  OscLogStore *self = OSC_LOG_STORE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OscLogStore,
                               osc_log_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Before the first line that is not newer. */
static guint
place_of (OscLogStore *self, const OsyLogLine *line)
{
  guint at = 0;

  while (at < self->items->len &&
         ((OscLogItem *)g_ptr_array_index (self->items, at))->line->at > line->at)
    at++;
  return at;
}

/* @line: (transfer full) */
static void
add (OscLogStore *self, OsyLogLine *line, gboolean server)
{
  OscLogItem *item = g_object_new (OSC_TYPE_LOG_ITEM, NULL);
  guint at = place_of (self, line);

  item->line = line;
  item->server = server;
  g_ptr_array_insert (self->items, (gint)at, item);
  g_list_model_items_changed (G_LIST_MODEL (self), at, 0, 1);
  if (self->items->len > KEPT) {
    g_ptr_array_remove_index (self->items, KEPT);
    g_list_model_items_changed (G_LIST_MODEL (self), KEPT, 1, 0);
  }
}

OscLogState
osc_log_store_state (OscLogStore *self)
{
  g_return_val_if_fail (OSC_IS_LOG_STORE (self), OSC_LOG_UNKNOWN);
  return self->state;
}

/* ---- the server's ---- */

static const char *
level_of (const char *text)
{
  static const GLogLevelFlags levels[] = {G_LOG_LEVEL_ERROR, G_LOG_LEVEL_CRITICAL,
                                          G_LOG_LEVEL_WARNING, G_LOG_LEVEL_DEBUG};

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (osy_log_ring_level (levels[i]), text))
      return osy_log_ring_level (levels[i]);
  return osy_log_ring_level (G_LOG_LEVEL_INFO);
}

static void
add_of_server (OscLogStore *self, JsonObject *object)
{
  OsyLogLine *line = g_new0 (OsyLogLine, 1);

  line->seq = osy_rest_int (object, "seq", 0);
  line->level = level_of (osy_rest_text (object, "level", ""));
  line->where = g_strdup (osy_rest_text (object, "where", ""));
  line->message = g_strdup (osy_rest_text (object, "message", ""));
  if (!osy_clock_parse (osy_rest_text (object, "at", ""), &line->at) ||
      line->seq <= self->server_seq) {
    osy_log_line_free (line);
    return;
  }
  self->server_seq = line->seq;
  add (self, line, TRUE);
}

/* Returns: whether its lines go on from those that are here. */
static gboolean
goes_on (OscLogStore *self, const char *started)
{
  gboolean same = g_strcmp0 (self->started, started) == 0;
  gboolean begun = self->started == NULL;

  if (same)
    return TRUE;
  g_free (self->started);
  self->started = g_strdup (started);
  self->server_seq = 0;
  return begun;
}

static void ask (OscLogStore *self);

void
osc_log_store_take (OscLogStore *self, JsonNode *answer, const GError *error)
{
  g_return_if_fail (OSC_IS_LOG_STORE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *lines = object != NULL ? json_object_get_member (object, "lines") : NULL;

  self->asking = FALSE;
  if (lines == NULL || !JSON_NODE_HOLDS_ARRAY (lines)) {
    self->state = osy_error_is (error, OSY_ERROR_NOT_FOUND) ||
                          osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION)
                      ? OSC_LOG_ELSEWHERE
                      : OSC_LOG_AWAY;
    g_signal_emit (self, signals[CHANGED], 0);
    return;
  }
  self->state = OSC_LOG_READ;
  if (!goes_on (self, osy_rest_text (object, "started_at", ""))) {
    ask (self);
    return;
  }
  JsonArray *array = json_node_get_array (lines);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *one = json_array_get_element (array, i);
    if (JSON_NODE_HOLDS_OBJECT (one))
      add_of_server (self, json_node_get_object (one));
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscLogStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (!g_cancellable_is_cancelled (self->cancellable))
    osc_log_store_take (self, answer, error);
}

static void
ask (OscLogStore *self)
{
  g_autofree char *path =
      g_strdup_printf (PATH "?after=%" G_GINT64_FORMAT "&limit=%d", self->server_seq, ASKED);

  if (self->asking)
    return;
  if (self->client == NULL) {
    g_signal_emit (self, signals[REQUESTED], 0, path);
    return;
  }
  self->asking = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                         self->cancellable, answered_cb, g_object_ref (self));
}

/* ---- this screen's ---- */

void
osc_log_store_add_own (OscLogStore *self, GPtrArray *lines)
{
  g_return_if_fail (OSC_IS_LOG_STORE (self) && lines != NULL);

  g_ptr_array_set_free_func (lines, NULL);
  for (guint i = 0; i < lines->len; i++) {
    OsyLogLine *line = g_ptr_array_index (lines, i);
    self->own_seq = line->seq;
    add (self, line, FALSE);
  }
  if (lines->len > 0)
    g_signal_emit (self, signals[CHANGED], 0);
  g_ptr_array_unref (lines);
}

void
osc_log_store_look (OscLogStore *self)
{
  g_return_if_fail (OSC_IS_LOG_STORE (self));

  if (self->client != NULL)
    osc_log_store_add_own (self, osy_log_ring_since (self->own_seq, ASKED));
  ask (self);
}

/* ---- life ---- */

static void
osc_log_store_dispose (GObject *object)
{
  OscLogStore *self = OSC_LOG_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_log_store_parent_class)->dispose (object);
}

static void
osc_log_store_finalize (GObject *object)
{
  OscLogStore *self = OSC_LOG_STORE (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->items);
  g_free (self->started);
  G_OBJECT_CLASS (osc_log_store_parent_class)->finalize (object);
}

static void
osc_log_store_class_init (OscLogStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = osc_log_store_dispose;
  object_class->finalize = osc_log_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_LOG_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_LOG_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_log_store_init (OscLogStore *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

OscLogStore *
osc_log_store_new (OsyClient *client)
{
  OscLogStore *self = g_object_new (OSC_TYPE_LOG_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
