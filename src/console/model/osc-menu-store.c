/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The menu as the daemon last told it. Changes go out as batches; the daemon answers each with its
 * inverse, so undo and redo are batches like any other. */

#include "osc-menu-store.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-json.h"

#define PATH "/api/v1/restaurants/me/menu"
#define MAX_STEPS 200

typedef struct {
  JsonNode *changes; /* the batch that takes it back, or does it again */
  char *label;
} Step;

struct _OscMenuStore {
  GObject parent;
  OsyClient *client; /* nullable */
  OsyMenu *menu;
  gboolean loaded;
  gboolean loading;
  gboolean stale;     /* told of a change while loading */
  GPtrArray *waiting; /* of GTask: to be finished by the next load */
  GHashTable *photos; /* name → GBytes: those sent from here */
  GQueue undo;        /* of Step, newest first */
  GQueue redo;
  GCancellable *cancellable;
};

enum { PROP_LOADED = 1, PROP_CAN_UNDO, PROP_CAN_REDO, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuStore, osc_menu_store, G_TYPE_OBJECT)

static void load (OscMenuStore *self);

/* ---- steps ---- */

static void
step_free (Step *step)
{
  json_node_unref (step->changes);
  g_free (step->label);
  g_free (step);
}

static void
notify_steps (OscMenuStore *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
push (GQueue *queue, JsonNode *changes, const char *label)
{
  Step *step = g_new0 (Step, 1);

  step->changes = json_node_ref (changes);
  step->label = g_strdup (label);
  g_queue_push_head (queue, step);
  if (queue->length > MAX_STEPS)
    step_free (g_queue_pop_tail (queue));
}

static void
forget (GQueue *queue)
{
  g_queue_clear_full (queue, (GDestroyNotify)step_free);
}

void
osc_menu_store_push_undo (OscMenuStore *self, JsonNode *inverse, const char *label)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && JSON_NODE_HOLDS_ARRAY (inverse));
  push (&self->undo, inverse, label);
  forget (&self->redo);
  notify_steps (self);
}

gboolean
osc_menu_store_can_step (OscMenuStore *self, gboolean redo)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (self), FALSE);
  return (redo ? &self->redo : &self->undo)->length > 0;
}

/* ---- loading ---- */

/* Whoever waits for the menu is answered also when it could not be read: the change is done. */
static void
finish_waiting (OscMenuStore *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = g_ptr_array_index (waiting, i);

    g_task_return_boolean (task, TRUE);
  }
}

void
osc_menu_store_put (OscMenuStore *self, OsyMenu *menu)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && OSY_IS_MENU (menu));
  gboolean was_loaded = self->loaded;

  g_set_object (&self->menu, menu);
  self->loaded = TRUE;
  if (!was_loaded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  g_autoptr (OsyMenu) menu = answer != NULL ? osy_menu_json_read (answer, &error) : NULL;

  self->loading = FALSE;
  if (menu != NULL)
    osc_menu_store_put (self, menu);
  else
    g_info ("The menu could not be read: %s", error->message);
  if (self->stale && menu != NULL)
    load (self);
  else
    finish_waiting (self);
}

/* One at a time: what changes meanwhile is read right after. */
static void
load (OscMenuStore *self)
{
  self->stale = self->loading;
  if (self->loading || self->client == NULL)
    return;
  self->loading = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                         self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscMenuStore *self, const char *type)
{
  /* Prices hold by the clock of the shop, which came with the menu. */
  if (g_str_equal (type, "menu.changed") || g_str_equal (type, "shop.updated"))
    load (self);
}

/* ---- changes ---- */

/* What a batch does to the stacks once the daemon has taken it. */
typedef struct {
  GQueue *to; /* where its inverse goes */
  char *label;
  gboolean is_new; /* not an undo or redo: what could be done again no longer can */
} Batch;

static void
batch_free (Batch *batch)
{
  g_free (batch->label);
  g_free (batch);
}

static JsonNode *
inverse_of (JsonNode *answer)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *undo = object != NULL ? json_object_get_member (object, "undo") : NULL;

  if (undo == NULL || !JSON_NODE_HOLDS_OBJECT (undo))
    return NULL;
  undo = json_object_get_member (json_node_get_object (undo), "changes");
  return undo != NULL && JSON_NODE_HOLDS_ARRAY (undo) ? undo : NULL;
}

/* The menu with the change in it is awaited before the caller is told. */
static void
wait_for_menu (OscMenuStore *self, GTask *task)
{
  g_ptr_array_add (self->waiting, g_object_ref (task));
  load (self);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OscMenuStore *self = g_task_get_source_object (task);
  Batch *batch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  JsonNode *inverse = answer != NULL ? inverse_of (answer) : NULL;

  if (answer == NULL) {
    if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
      load (self);
    g_task_return_error (task, error);
    return;
  }
  if (batch->is_new)
    forget (&self->redo);
  if (inverse != NULL)
    push (batch->to, inverse, batch->label);
  notify_steps (self);
  wait_for_menu (self, task);
}

/* @body: (transfer full): for @path. */
static void
post (OscMenuStore *self, const char *path, JsonNode *body, Batch *batch, GTask *task)
{
  g_autoptr (JsonNode) own = body;

  g_task_set_task_data (task, batch, (GDestroyNotify)batch_free);
  if (self->client == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){.method = "POST", .path = path, .body = own, .persistent = TRUE},
      self->cancellable, applied_cb, task);
}

static void
send_batch (OscMenuStore *self, JsonNode *changes, Batch *batch, GTask *task)
{
  JsonObject *object = json_object_new ();

  g_signal_emit (self, signals[REQUESTED], 0, changes);
  json_object_set_member (object, "changes", json_node_ref (changes));
  post (self, PATH "/changes", osy_json_take_object (object), batch, task);
}

static Batch *
new_step (OscMenuStore *self, const char *label)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->to = &self->undo;
  batch->label = g_strdup (label);
  batch->is_new = TRUE;
  return batch;
}

void
osc_menu_store_restore_async (OscMenuStore *self,
                              const OscMenuRestoring *restoring,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && restoring != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);
  JsonObject *object = json_object_new ();
  JsonNode *body = osy_json_take_object (object);
  g_autofree char *path =
      g_strdup_printf (PATH "/versions/%" G_GINT64_FORMAT "/restore", restoring->version);

  g_task_set_source_tag (task, osc_menu_store_restore_async);
  if (restoring->expect != NULL)
    json_object_set_string_member (object, "expect", restoring->expect);
  g_signal_emit (self, signals[REQUESTED], 0, body);
  post (self, path, body, new_step (self, restoring->label), task);
}

void
osc_menu_store_apply_async (OscMenuStore *self,
                            JsonNode *changes,
                            const char *label,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && JSON_NODE_HOLDS_ARRAY (changes) && label != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);

  g_task_set_source_tag (task, osc_menu_store_apply_async);
  send_batch (self, changes, new_step (self, label), task);
}

gboolean
osc_menu_store_apply_finish (OscMenuStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
osc_menu_store_step_async (OscMenuStore *self, gboolean redo, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self));
  GTask *task = g_task_new (self, NULL, cb, data);
  Step *step = g_queue_pop_head (redo ? &self->redo : &self->undo);
  Batch *batch = g_new0 (Batch, 1);

  g_task_set_source_tag (task, osc_menu_store_step_async);
  if (step == NULL) {
    batch_free (batch);
    g_task_return_boolean (task, FALSE);
    g_object_unref (task);
    return;
  }
  batch->to = redo ? &self->undo : &self->redo;
  batch->label = g_strdup (step->label);
  notify_steps (self);
  send_batch (self, step->changes, batch, task);
  step_free (step);
}

char *
osc_menu_store_step_finish (OscMenuStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  Batch *batch = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error) || batch == NULL)
    return NULL;
  return g_strdup (batch->label);
}

/* ---- sold out ---- */

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    wait_for_menu (g_task_get_source_object (task), task);
}

static JsonNode *
stop_body (const OsyMenuStop *stop)
{
  JsonObject *object = json_object_new ();
  g_autofree char *until = stop->mode == OSY_MENU_SOLD_OUT_UNTIL   ? osy_clock_format (stop->until)
                           : stop->mode == OSY_MENU_SOLD_OUT_TODAY ? g_strdup ("TODAY")
                                                                   : g_strdup ("NOW");

  json_object_set_string_member (object, "until", until);
  return osy_json_take_object (object);
}

void
osc_menu_store_stop_async (OscMenuStore *self,
                           const OscMenuStopping *stopping,
                           GAsyncReadyCallback cb,
                           gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && stopping != NULL && stopping->id != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);
  gboolean sell = stopping->stop.mode == OSY_MENU_FOR_SALE;
  g_autoptr (JsonNode) body = stop_body (&stopping->stop);
  g_autofree char *path = g_strconcat (PATH, stopping->is_option ? "/options/" : "/items/",
                                       stopping->id, sell ? "/available" : "/sold-out", NULL);

  g_task_set_source_tag (task, osc_menu_store_stop_async);
  if (self->client == NULL) {
    g_signal_emit (self, signals[REQUESTED], 0, body);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){
          .method = "POST", .path = path, .body = sell ? NULL : body, .persistent = TRUE},
      self->cancellable, stopped_cb, task);
}

/* ---- rules ---- */

void
osc_menu_store_require_origin_async (OscMenuStore *self,
                                     gboolean required,
                                     GAsyncReadyCallback cb,
                                     gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self));
  GTask *task = g_task_new (self, NULL, cb, data);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  g_task_set_source_tag (task, osc_menu_store_require_origin_async);
  json_object_set_boolean_member (object, "origin_required", required);
  if (self->client == NULL) {
    g_signal_emit (self, signals[REQUESTED], 0, body);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "PUT", .path = PATH "/rules", .body = body},
                         self->cancellable, stopped_cb, task);
}

/* ---- life ---- */

/* ---- pictures ---- */

/* The client hands on what is no JSON as a text in base 64. */
static GBytes *
read_bytes (JsonNode *answer)
{
  const char *text = JSON_NODE_HOLDS_VALUE (answer) ? json_node_get_string (answer) : NULL;
  gsize size = 0;
  guint8 *bytes = text != NULL ? g_base64_decode (text, &size) : NULL;

  return g_bytes_new_take (bytes, size);
}

static void
photo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read_bytes (answer), (GDestroyNotify)g_bytes_unref);
}

void
osc_menu_store_photo_async (OscMenuStore *self,
                            const char *name,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && name != NULL);
  GTask *task = g_task_new (self, self->cancellable, cb, data);
  GBytes *own = g_hash_table_lookup (self->photos, name);

  g_task_set_source_tag (task, osc_menu_store_photo_async);
  if (own != NULL || self->client == NULL) {
    if (own != NULL)
      g_task_return_pointer (task, g_bytes_ref (own), (GDestroyNotify)g_bytes_unref);
    else
      g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "There is no server.");
    g_object_unref (task);
    return;
  }
  g_autofree char *path = g_strdup_printf ("/api/v1/restaurants/%s/menu/photos/%s",
                                           osy_menu_restaurant_id (self->menu), name);
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                         self->cancellable, photo_cb, task);
}

GBytes *
osc_menu_store_photo_finish (OscMenuStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* @task has the picture, and its name. */
static void
return_kept (OscMenuStore *self, GTask *task)
{
  const char *name = g_object_get_data (G_OBJECT (task), "name");

  g_hash_table_replace (self->photos, g_strdup (name), g_bytes_ref (g_task_get_task_data (task)));
  g_task_return_pointer (task, g_strdup (name), g_free);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    return_kept (g_task_get_source_object (task), task);
}

void
osc_menu_store_keep_photo_async (OscMenuStore *self,
                                 GBytes *jpeg,
                                 GAsyncReadyCallback cb,
                                 gpointer data)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && jpeg != NULL);
  GTask *task = g_task_new (self, self->cancellable, cb, data);
  char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, jpeg);
  g_autofree char *path = g_strconcat (PATH "/photos/", name, NULL);

  g_task_set_source_tag (task, osc_menu_store_keep_photo_async);
  g_task_set_task_data (task, g_bytes_ref (jpeg), (GDestroyNotify)g_bytes_unref);
  g_object_set_data_full (G_OBJECT (task), "name", name, g_free);
  if (self->client == NULL) {
    return_kept (self, task);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "PUT", .path = path, .file = jpeg},
                         self->cancellable, kept_cb, task);
}

char *
osc_menu_store_keep_photo_finish (OscMenuStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

OsyMenu *
osc_menu_store_get (OscMenuStore *self)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (self), NULL);
  return self->menu;
}

gboolean
osc_menu_store_get_loaded (OscMenuStore *self)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (self), FALSE);
  return self->loaded;
}

const OsyMenuItem *
osc_menu_store_find_code (OscMenuStore *self, const char *code)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (self) && code != NULL, NULL);
  GPtrArray *categories = osy_menu_categories (self->menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (g_strcmp0 (item->code, code) == 0)
        return item;
    }
  }
  return NULL;
}

void
osc_menu_store_attach (OscMenuStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_MENU_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

static void
osc_menu_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscMenuStore *self = OSC_MENU_STORE (object);

  switch (id) {
  case PROP_LOADED: g_value_set_boolean (value, self->loaded); break;
  case PROP_CAN_UNDO: g_value_set_boolean (value, self->undo.length > 0); break;
  case PROP_CAN_REDO: g_value_set_boolean (value, self->redo.length > 0); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_menu_store_dispose (GObject *object)
{
  OscMenuStore *self = OSC_MENU_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->waiting, 0);
  forget (&self->undo);
  forget (&self->redo);
  G_OBJECT_CLASS (osc_menu_store_parent_class)->dispose (object);
}

static void
osc_menu_store_finalize (GObject *object)
{
  OscMenuStore *self = OSC_MENU_STORE (object);

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->menu);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_menu_store_parent_class)->finalize (object);
}

static void
osc_menu_store_class_init (OscMenuStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_menu_store_get_property;
  object_class->dispose = osc_menu_store_dispose;
  object_class->finalize = osc_menu_store_finalize;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_MENU_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_MENU_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
osc_menu_store_init (OscMenuStore *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->photos =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->cancellable = g_cancellable_new ();
  self->menu = osy_menu_new (osy_menu_data_new ("", 0), NULL);
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
}

OscMenuStore *
osc_menu_store_new (OsyClient *client)
{
  OscMenuStore *self = g_object_new (OSC_TYPE_MENU_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
