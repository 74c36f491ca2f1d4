/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is wrong and goes on, as the daemon last told it. */

#include "osc-alert-store.h"

#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/alerts/open"

struct _OscAlertStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  GPtrArray *list;  /* of OscAlert */
  GHashTable *told; /* ids of those that were heard */
  gboolean loading;
  gboolean again; /* something happened while loading */
};

enum { CHANGED, RAISED, ENDED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscAlertStore, osc_alert_store, G_TYPE_OBJECT)

static void
alert_free (gpointer data)
{
  OscAlert *alert = data;

  g_free (alert->id);
  g_free (alert->kind);
  g_free (alert->text);
  g_free (alert);
}

static OscAlert *
find (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++) {
    OscAlert *alert = list->pdata[i];
    if (g_str_equal (alert->id, id))
      return alert;
  }
  return NULL;
}

/* ---- reading ---- */

static gint64
time_of (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

static void
read_alert (JsonArray *array, guint index, JsonNode *node, gpointer list)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || osy_rest_text (object, "text", NULL) == NULL)
    return;
  OscAlert *alert = g_new0 (OscAlert, 1);
  alert->id = g_strdup (osy_rest_text (object, "id", ""));
  alert->kind = g_strdup (osy_rest_text (object, "kind", ""));
  alert->text = g_strdup (osy_rest_text (object, "text", ""));
  alert->raised_at = time_of (object, "raised_at");
  alert->quiet = json_object_get_boolean_member_with_default (object, "quiet", FALSE);
  alert->quiet_until = time_of (object, "quiet_until");
  g_ptr_array_add (list, alert);
}

static int
by_newest (gconstpointer a, gconstpointer b)
{
  const OscAlert *one = *(OscAlert *const *)a;
  const OscAlert *other = *(OscAlert *const *)b;

  return (one->raised_at < other->raised_at) - (one->raised_at > other->raised_at);
}

static gboolean
may_be_heard (const OscAlert *alert)
{
  return !alert->quiet || (alert->quiet_until != 0 && alert->quiet_until <= osy_clock_now ());
}

void
osc_alert_store_tick (OscAlertStore *self)
{
  g_return_if_fail (OSC_IS_ALERT_STORE (self));
  for (guint i = 0; i < self->list->len; i++) {
    OscAlert *alert = self->list->pdata[i];
    if (may_be_heard (alert) && g_hash_table_add (self->told, g_strdup (alert->id)))
      g_signal_emit (self, signals[RAISED], 0, alert);
  }
}

/* What goes on no more is forgotten. */
static void
tell_ends (OscAlertStore *self, GPtrArray *before)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (find (self->list, id) == NULL)
      g_hash_table_iter_remove (&iter);
  for (guint i = 0; i < before->len; i++) {
    const OscAlert *alert = before->pdata[i];
    if (find (self->list, alert->id) == NULL)
      g_signal_emit (self, signals[ENDED], 0, alert->id);
  }
}

void
osc_alert_store_take (OscAlertStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_ALERT_STORE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "alerts") : NULL;
  g_autoptr (GPtrArray) before = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return; /* what was known stays */
  before = self->list;
  self->list = g_ptr_array_new_with_free_func (alert_free);
  json_array_foreach_element (json_node_get_array (node), read_alert, self->list);
  g_ptr_array_sort (self->list, by_newest);
  tell_ends (self, before);
  osc_alert_store_tick (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAlertStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL)
    g_info ("Alerts could not be read: %s", error->message);
  osc_alert_store_take (self, answer);
  if (self->again)
    osc_alert_store_load (self);
}

void
osc_alert_store_load (OscAlertStore *self)
{
  g_return_if_fail (OSC_IS_ALERT_STORE (self));
  self->again = self->loading;
  if (self->loading)
    return;
  g_signal_emit (self, signals[REQUESTED], 0, PATH);
  if (self->client == NULL)
    return;
  self->loading = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                         self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscAlertStore *self, const char *type)
{
  if (g_str_has_prefix (type, "alert."))
    osc_alert_store_load (self);
}

void
osc_alert_store_attach (OscAlertStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_ALERT_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (osc_alert_store_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- what is known ---- */

GPtrArray *
osc_alert_store_list (OscAlertStore *self)
{
  g_return_val_if_fail (OSC_IS_ALERT_STORE (self), NULL);
  return self->list;
}

GStrv
osc_alert_store_told (OscAlertStore *self)
{
  g_return_val_if_fail (OSC_IS_ALERT_STORE (self), NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_strv_builder_add (builder, id);
  return g_strv_builder_end (builder);
}

void
osc_alert_store_set_told (OscAlertStore *self, const char *const *ids)
{
  g_return_if_fail (OSC_IS_ALERT_STORE (self) && ids != NULL);
  for (gsize i = 0; ids[i] != NULL; i++)
    g_hash_table_add (self->told, g_strdup (ids[i]));
}

/* ---- life ---- */

static void
osc_alert_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_ALERT_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_alert_store_parent_class)->dispose (object);
}

static void
osc_alert_store_finalize (GObject *object)
{
  OscAlertStore *self = OSC_ALERT_STORE (object);

  g_ptr_array_unref (self->list);
  g_hash_table_unref (self->told);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_alert_store_parent_class)->finalize (object);
}

static void
osc_alert_store_class_init (OscAlertStoreClass *klass)
{
  GType type = OSC_TYPE_ALERT_STORE;

  G_OBJECT_CLASS (klass)->dispose = osc_alert_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_alert_store_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RAISED] = g_signal_new ("raised", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_alert_store_init (OscAlertStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->list = g_ptr_array_new_with_free_func (alert_free);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OscAlertStore *
osc_alert_store_new (OsyClient *client)
{
  OscAlertStore *self = g_object_new (OSC_TYPE_ALERT_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
