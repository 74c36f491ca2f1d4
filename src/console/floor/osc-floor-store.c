/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The floor plan. What is drawn shows before the daemon has answered, so that hands need not wait;
 * once it has answered the last batch, the plan is read again: the daemon's word is the last. */

#include "osc-floor-store.h"

#include "osy-json.h"

#define PATH "/api/v1/restaurants/me/floor"
#define MAX_STEPS 200

typedef struct {
  guint serial; /* of the batch that it takes back */
  JsonArray *inverse;
  char *label;
} Step;

typedef struct {
  guint serial;
  JsonNode *changes;
} Batch;

struct _OscFloorStore {
  GObject parent;
  OsyClient *client; /* nullable */
  OsyFloorPlan *plan;
  gboolean loaded;
  gboolean loading;
  gboolean stale; /* told of a change while loading */
  GQueue undo;    /* of Step, newest first */
  GQueue redo;
  GQueue batches; /* of Batch, the first is under way */
  guint serial;
  GCancellable *cancellable;
};

enum { PROP_LOADED = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFloorStore, osc_floor_store, G_TYPE_OBJECT)

static void load (OscFloorStore *self);
static void send_next (OscFloorStore *self);

static void
step_free (Step *step)
{
  json_array_unref (step->inverse);
  g_free (step->label);
  g_free (step);
}

static void
batch_free (Batch *batch)
{
  json_node_unref (batch->changes);
  g_free (batch);
}

static void
forget (GQueue *queue)
{
  g_queue_clear_full (queue, (GDestroyNotify)step_free);
}

/* ---- reading ---- */

void
osc_floor_store_put (OscFloorStore *self, OsyFloorPlan *plan)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self) && plan != NULL);
  gboolean was_loaded = self->loaded;

  osy_floor_plan_free (self->plan);
  self->plan = plan;
  self->loaded = TRUE;
  if (!was_loaded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFloorStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  OsyFloorPlan *plan = answer != NULL ? osy_floor_plan_from_json (answer, &error) : NULL;

  self->loading = FALSE;
  if (plan == NULL)
    g_info ("The floor plan could not be read: %s", error->message);
  else if (self->stale || !g_queue_is_empty (&self->batches))
    osy_floor_plan_free (plan);
  else
    osc_floor_store_put (self, plan);
  if (self->stale && g_queue_is_empty (&self->batches))
    load (self);
}

/* While batches are under way nothing is read: it would be older than what is on screen. */
static void
load (OscFloorStore *self)
{
  self->stale = self->loading;
  if (self->loading || self->client == NULL || !g_queue_is_empty (&self->batches))
    return;
  self->loading = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                         self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscFloorStore *self, const char *type)
{
  if (g_str_equal (type, "floor.changed"))
    load (self);
}

/* ---- batches ---- */

static int
is_of_batch (gconstpointer step, gconstpointer serial)
{
  return ((const Step *)step)->serial != GPOINTER_TO_UINT (serial);
}

static Step *
step_of (OscFloorStore *self, guint serial)
{
  GList *link = g_queue_find_custom (&self->undo, GUINT_TO_POINTER (serial), is_of_batch);

  if (link == NULL)
    link = g_queue_find_custom (&self->redo, GUINT_TO_POINTER (serial), is_of_batch);
  return link != NULL ? link->data : NULL;
}

/* The daemon's inverse knows what others did meanwhile; ours was only for the time until now. */
static void
take_inverse (OscFloorStore *self, guint serial, JsonNode *answer)
{
  Step *step = step_of (self, serial);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *undo = object != NULL ? json_object_get_member (object, "undo") : NULL;
  JsonNode *changes = undo != NULL && JSON_NODE_HOLDS_OBJECT (undo)
                          ? json_object_get_member (json_node_get_object (undo), "changes")
                          : NULL;

  if (step == NULL || changes == NULL || !JSON_NODE_HOLDS_ARRAY (changes))
    return;
  json_array_unref (step->inverse);
  step->inverse = json_node_dup_array (changes);
}

/* What followed a refused batch was drawn upon it. */
static void
give_up (OscFloorStore *self, const GError *error)
{
  g_queue_clear_full (&self->batches, (GDestroyNotify)batch_free);
  osc_floor_store_forget_steps (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFloorStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  Batch *batch = g_queue_pop_head (&self->batches);

  if (answer != NULL && batch != NULL)
    take_inverse (self, batch->serial, answer);
  else if (answer == NULL)
    give_up (self, error);
  g_clear_pointer (&batch, batch_free);
  if (g_queue_is_empty (&self->batches))
    load (self);
  else
    send_next (self);
}

static void
send_next (OscFloorStore *self)
{
  Batch *batch = g_queue_peek_head (&self->batches);
  g_autoptr (JsonNode) body = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "changes", json_node_ref (batch->changes));
  body = osy_json_take_object (object);
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){
          .method = "POST", .path = PATH "/changes", .body = body, .persistent = TRUE},
      self->cancellable, sent_cb, g_object_ref (self));
}

/* @changes: (transfer full). Returns: (transfer full): the step that takes it back. */
static Step *
apply (OscFloorStore *self, JsonArray *changes, const char *label)
{
  Step *step = g_new0 (Step, 1);
  Batch *batch = g_new0 (Batch, 1);

  step->serial = batch->serial = ++self->serial;
  step->inverse = osc_floor_batch_inverse (changes, self->plan);
  step->label = g_strdup (label);
  osc_floor_batch_apply (changes, self->plan);
  batch->changes = json_node_init_array (json_node_alloc (), changes);
  json_array_unref (changes);
  g_signal_emit (self, signals[REQUESTED], 0, batch->changes);
  if (self->client == NULL) {
    batch_free (batch);
    return step;
  }
  g_queue_push_tail (&self->batches, batch);
  if (self->batches.length == 1)
    send_next (self);
  return step;
}

void
osc_floor_store_apply (OscFloorStore *self, JsonArray *batch, const char *label)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self) && batch != NULL && label != NULL);

  forget (&self->redo);
  g_queue_push_head (&self->undo, apply (self, batch, label));
  if (self->undo.length > MAX_STEPS)
    step_free (g_queue_pop_tail (&self->undo));
  g_signal_emit (self, signals[CHANGED], 0);
}

char *
osc_floor_store_step (OscFloorStore *self, gboolean redo)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (self), NULL);
  Step *step = g_queue_pop_head (redo ? &self->redo : &self->undo);
  char *label;

  if (step == NULL)
    return NULL;
  g_queue_push_head (redo ? &self->undo : &self->redo,
                     apply (self, json_array_ref (step->inverse), step->label));
  label = g_strdup (step->label);
  step_free (step);
  g_signal_emit (self, signals[CHANGED], 0);
  return label;
}

gboolean
osc_floor_store_can_step (OscFloorStore *self, gboolean redo)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (self), FALSE);
  return (redo ? &self->redo : &self->undo)->length > 0;
}

void
osc_floor_store_forget_steps (OscFloorStore *self)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self));
  forget (&self->undo);
  forget (&self->redo);
}

/* ---- pictures of rooms ---- */

static char *
photo_path (const char *id)
{
  return g_strconcat (PATH "/", id, "/photo", NULL);
}

static void
photo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  const char *text = NULL;
  gsize size = 0;

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (JSON_NODE_HOLDS_VALUE (answer) && json_node_get_value_type (answer) == G_TYPE_STRING)
    text = json_node_get_string (answer);
  guint8 *bytes = text != NULL ? g_base64_decode (text, &size) : NULL;
  g_task_return_pointer (task, g_bytes_new_take (bytes, size), (GDestroyNotify)g_bytes_unref);
}

void
osc_floor_store_photo_async (OscFloorStore *self,
                             const char *id,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self) && id != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);
  g_autofree char *path = photo_path (id);

  g_task_set_source_tag (task, osc_floor_store_photo_async);
  if (self->client == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "There is no server.");
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                         self->cancellable, photo_cb, task);
}

GBytes *
osc_floor_store_photo_finish (OscFloorStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
photo_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  load (g_task_get_source_object (task));
}

void
osc_floor_store_set_photo_async (OscFloorStore *self,
                                 const char *id,
                                 GBytes *bytes,
                                 GAsyncReadyCallback cb,
                                 gpointer data)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self) && id != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);
  g_autofree char *path = photo_path (id);

  g_task_set_source_tag (task, osc_floor_store_set_photo_async);
  if (self->client == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){.method = bytes != NULL ? "PUT" : "DELETE", .path = path, .file = bytes},
      self->cancellable, photo_set_cb, task);
}

gboolean
osc_floor_store_set_photo_finish (OscFloorStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- life ---- */

const OsyFloorPlan *
osc_floor_store_get (OscFloorStore *self)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (self), NULL);
  return self->plan;
}

const OsyFloor *
osc_floor_store_floor (OscFloorStore *self, const char *id)
{
  const OsyFloorPlan *plan = osc_floor_store_get (self);
  const OsyFloor *floor = plan != NULL && id != NULL ? osy_floor_plan_floor (plan, id) : NULL;

  if (floor == NULL && plan != NULL && plan->floors->len > 0)
    floor = g_ptr_array_index (plan->floors, 0);
  return floor;
}

gboolean
osc_floor_store_get_loaded (OscFloorStore *self)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (self), FALSE);
  return self->loaded;
}

void
osc_floor_store_attach (OscFloorStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_FLOOR_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

static void
osc_floor_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, OSC_FLOOR_STORE (object)->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_floor_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_FLOOR_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_floor_store_parent_class)->dispose (object);
}

static void
osc_floor_store_finalize (GObject *object)
{
  OscFloorStore *self = OSC_FLOOR_STORE (object);

  osc_floor_store_forget_steps (self);
  g_queue_clear_full (&self->batches, (GDestroyNotify)batch_free);
  osy_floor_plan_free (self->plan);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_floor_store_parent_class)->finalize (object);
}

static void
osc_floor_store_class_init (OscFloorStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osc_floor_store_get_property;
  object_class->dispose = osc_floor_store_dispose;
  object_class->finalize = osc_floor_store_finalize;
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_FLOOR_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", OSC_TYPE_FLOOR_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_FLOOR_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
osc_floor_store_init (OscFloorStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->plan = osy_floor_plan_new ();
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
  g_queue_init (&self->batches);
}

OscFloorStore *
osc_floor_store_new (OsyClient *client)
{
  OscFloorStore *self = g_object_new (OSC_TYPE_FLOOR_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
