/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The record, read page by page. */

#include "osc-audit-log.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-download.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/audit"

/* ---- a row ---- */

struct _OscAuditItem {
  GObject parent;
  OscAuditData data;
};

G_DEFINE_FINAL_TYPE (OscAuditItem, osc_audit_item, G_TYPE_OBJECT)

static void
osc_audit_item_finalize (GObject *object)
{
  OscAuditData *data = &OSC_AUDIT_ITEM (object)->data;

  g_free (data->id);
  g_free (data->action);
  g_free (data->actor);
  g_free (data->actor_name);
  g_free (data->object_type);
  g_free (data->object_id);
  g_free (data->trace_id);
  g_clear_pointer (&data->old_value, json_node_unref);
  g_clear_pointer (&data->new_value, json_node_unref);
  G_OBJECT_CLASS (osc_audit_item_parent_class)->finalize (object);
}

static void
osc_audit_item_class_init (OscAuditItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_audit_item_finalize;
}

static void
osc_audit_item_init (OscAuditItem *self)
{
}

const OscAuditData *
osc_audit_item_data (OscAuditItem *self)
{
  return &self->data;
}

static gint64
read_time (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

static JsonNode *
copy_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL ? json_node_copy (node) : NULL;
}

static OscAuditItem *
item_from (JsonObject *object)
{
  OscAuditItem *self = g_object_new (OSC_TYPE_AUDIT_ITEM, NULL);
  JsonNode *thing = json_object_get_member (object, "object");

  self->data.id = g_strdup (osy_rest_text (object, "id", ""));
  self->data.at = read_time (object, "at");
  self->data.action = g_strdup (osy_rest_text (object, "action", ""));
  self->data.actor = g_strdup (osy_rest_text (object, "actor", ""));
  self->data.actor_name = g_strdup (osy_rest_text (object, "actor_name", NULL));
  self->data.trace_id = g_strdup (osy_rest_text (object, "trace_id", NULL));
  self->data.sealed_seq = osy_rest_int (object, "sealed_seq", 0);
  self->data.old_value = copy_member (object, "old");
  self->data.new_value = copy_member (object, "new");
  if (thing != NULL && JSON_NODE_HOLDS_OBJECT (thing)) {
    self->data.object_type = g_strdup (osy_rest_text (json_node_get_object (thing), "type", ""));
    self->data.object_id = g_strdup (osy_rest_text (json_node_get_object (thing), "id", NULL));
  }
  return self;
}

/* ---- the list ---- */

struct _OscAuditLog {
  GObject parent;
  OsyClient *client; /* nullable */
  GPtrArray *items;
  GHashTable *people;
  OscAuditPhase phase;
  OscAuditSeal seal;
  gboolean has_seal;
  char *filters; /* of the query, without cursor */
  char *cursor;  /* (nullable): of the next page */
  gboolean asking;
  GCancellable *page; /* of the page on its way */
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return OSC_TYPE_AUDIT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return OSC_AUDIT_LOG (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  OscAuditLog *self = OSC_AUDIT_LOG (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OscAuditLog,
                               osc_audit_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
set_phase (OscAuditLog *self, OscAuditPhase phase)
{
  self->phase = phase;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_item (OscAuditLog *self, JsonNode *node)
{
  OscAuditItem *item;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  item = item_from (json_node_get_object (node));
  g_ptr_array_add (self->items, item);
  if (item->data.actor_name != NULL && !g_hash_table_contains (self->people, item->data.actor))
    g_hash_table_insert (self->people, g_strdup (item->data.actor),
                         g_strdup (item->data.actor_name));
}

void
osc_audit_log_take (OscAuditLog *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_AUDIT_LOG (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *rows = object != NULL ? json_object_get_member (object, "rows") : NULL;
  guint before = self->items->len;

  self->asking = FALSE;
  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows)) {
    set_phase (self, OSC_AUDIT_FAILED);
    return;
  }
  JsonArray *array = json_node_get_array (rows);
  for (guint i = 0; i < json_array_get_length (array); i++)
    add_item (self, json_array_get_element (array, i));
  g_free (self->cursor);
  self->cursor = g_strdup (osy_rest_text (object, "next_cursor", NULL));
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
  set_phase (self, OSC_AUDIT_READY);
}

void
osc_audit_log_take_seal (OscAuditLog *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_AUDIT_LOG (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;

  if (object == NULL)
    return;
  self->seal = (OscAuditSeal){.sealed = osy_rest_int (object, "sealed", 0),
                              .unsealed = osy_rest_int (object, "unsealed", 0),
                              .sealed_at = read_time (object, "last_checkpoint_at"),
                              .verified_at = read_time (object, "last_verified_at"),
                              .broken_seq = osy_rest_int (object, "broken_seq", 0)};
  self->has_seal = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAuditLog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (osy_error_is (error, OSY_ERROR_CANCELLED))
    return;
  osc_audit_log_take (self, answer);
}

static void
seal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAuditLog) self = user_data;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, NULL);

  osc_audit_log_take_seal (self, answer);
}

static void
ask (OscAuditLog *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback cb)
{
  g_signal_emit (self, signals[REQUESTED], 0, path);
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                           cancellable, cb, g_object_ref (self));
}

static void
ask_page (OscAuditLog *self)
{
  g_autofree char *path =
      g_strconcat (PATH "?limit=100", self->filters, self->cursor != NULL ? "&cursor=" : "",
                   self->cursor != NULL ? self->cursor : "", NULL);

  self->asking = TRUE;
  ask (self, path, self->page, page_cb);
}

static void
add_filter (GString *query, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (value != NULL)
    g_string_append_printf (query, "&%s=%s", name, escaped);
}

void
osc_audit_log_look (OscAuditLog *self, guint days, const char *action, const char *actor)
{
  g_return_if_fail (OSC_IS_AUDIT_LOG (self));
  g_autofree char *from =
      days > 0 ? osy_clock_format (osy_clock_now () - days * G_TIME_SPAN_DAY) : NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  guint before = self->items->len;

  add_filter (query, "from", from);
  add_filter (query, "action", action);
  add_filter (query, "actor", actor);
  g_free (self->filters);
  self->filters = g_string_free (g_steal_pointer (&query), FALSE);
  g_clear_pointer (&self->cursor, g_free);
  g_cancellable_cancel (self->page);
  g_object_unref (self->page);
  self->page = g_cancellable_new ();
  g_ptr_array_set_size (self->items, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  set_phase (self, OSC_AUDIT_LOADING);
  ask_page (self);
  ask (self, PATH "/status", NULL, seal_cb);
}

void
osc_audit_log_more (OscAuditLog *self)
{
  g_return_if_fail (OSC_IS_AUDIT_LOG (self));
  if (self->cursor != NULL && !self->asking)
    ask_page (self);
}

OscAuditPhase
osc_audit_log_phase (OscAuditLog *self)
{
  return self->phase;
}

const OscAuditSeal *
osc_audit_log_seal (OscAuditLog *self)
{
  return self->has_seal ? &self->seal : NULL;
}

GHashTable *
osc_audit_log_people (OscAuditLog *self)
{
  return self->people;
}

/* ---- out of the house ---- */

void
osc_audit_log_export_async (OscAuditLog *self, GFile *file, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (OSC_IS_AUDIT_LOG (self) && G_IS_FILE (file));
  GTask *task = g_task_new (self, NULL, cb, data);
  const char *filters = self->filters != NULL && *self->filters != '\0' ? self->filters + 1 : NULL;
  g_autofree char *path = g_strconcat (PATH "/export", filters != NULL ? "?" : "", filters, NULL);

  g_task_set_source_tag (task, osc_audit_log_export_async);
  g_signal_emit (self, signals[REQUESTED], 0, path);
  if (self->client == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_download_text (task, self->client, path, file);
}

gboolean
osc_audit_log_export_finish (OscAuditLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- life ---- */

static void
osc_audit_log_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_AUDIT_LOG (object)->page);
  G_OBJECT_CLASS (osc_audit_log_parent_class)->dispose (object);
}

static void
osc_audit_log_finalize (GObject *object)
{
  OscAuditLog *self = OSC_AUDIT_LOG (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->people);
  g_free (self->filters);
  g_free (self->cursor);
  g_object_unref (self->page);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_audit_log_parent_class)->finalize (object);
}

static void
osc_audit_log_class_init (OscAuditLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_audit_log_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_audit_log_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_AUDIT_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_AUDIT_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_audit_log_init (OscAuditLog *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->page = g_cancellable_new ();
}

OscAuditLog *
osc_audit_log_new (OsyClient *client)
{
  OscAuditLog *self = g_object_new (OSC_TYPE_AUDIT_LOG, NULL);

  g_set_object (&self->client, client);
  return self;
}
