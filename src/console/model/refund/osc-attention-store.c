/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Orders that need a person, as the daemon last told them. */

#include "osc-attention-store.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/attention"
#define PERMISSION "attention:manage"
#define REMIND (60 * G_TIME_SPAN_SECOND)

struct _OscAttentionStore {
  GObject parent;
  OsyClient *client; /* nullable */
  GPtrArray *list;   /* (nullable): of OscStuck */
  gboolean failed;
  gboolean loading;
  gboolean again;   /* something happened while loading */
  GHashTable *told; /* "order|since" of those that were raised here */
  gboolean seen;
  gint64 quiet_until; /* monotonic µs */
  gint64 heard_at;    /* monotonic µs, of the last alarm */
  gboolean acting;
  OscAttentionVerb verb;
  char *path; /* of the last act */
  JsonNode *body;
};

enum { CHANGED, RAISED, DONE, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscAttentionStore, osc_attention_store, G_TYPE_OBJECT)

static void
stuck_free (gpointer data)
{
  OscStuck *stuck = data;

  g_free (stuck->order_id);
  g_free (stuck->step);
  g_free (stuck->reason);
  g_free (stuck);
}

/* ---- reading ---- */

static gint64
read_time (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

static guint
read_acts (JsonObject *object)
{
  static const char *const names[] = {"PUSH", "RETRY", "SETTLE"};
  JsonNode *node = json_object_get_member (object, "acts");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint acts = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      if (g_strcmp0 (json_array_get_string_element (array, i), names[k]) == 0)
        acts |= 1U << k;
  return acts;
}

static void
read_stuck (JsonArray *array, guint index, JsonNode *node, gpointer list)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || osy_rest_text (object, "reason", NULL) == NULL)
    return;
  OscStuck *stuck = g_new0 (OscStuck, 1);
  stuck->order_id = g_strdup (osy_rest_text (object, "order_id", ""));
  stuck->number = osy_rest_int (object, "order_number", 0);
  stuck->step = g_strdup (osy_rest_text (object, "step", ""));
  stuck->reason = g_strdup (osy_rest_text (object, "reason", ""));
  stuck->since = read_time (object, "since");
  stuck->attempts = osy_rest_int (object, "attempts", 0);
  stuck->next_at = read_time (object, "next_at");
  stuck->prepaid = json_object_get_boolean_member_with_default (object, "prepaid", FALSE);
  stuck->captured = osy_rest_int (object, "captured", 0);
  stuck->refunded = osy_rest_int (object, "refunded", 0);
  stuck->acts = read_acts (object);
  g_ptr_array_add (list, stuck);
}

/* Each is told once here, however often its event comes. */
static void
tell_new (OscAttentionStore *self)
{
  GHashTable *told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->told);

  self->told = told;
  for (guint i = 0; i < self->list->len; i++) {
    OscStuck *stuck = g_ptr_array_index (self->list, i);
    char *key = g_strdup_printf ("%s|%" G_GINT64_FORMAT, stuck->order_id, stuck->since);
    gboolean known = g_hash_table_contains (before, key);

    g_hash_table_add (told, key);
    if (known)
      continue;
    self->seen = FALSE;
    self->quiet_until = 0;
    self->heard_at = g_get_monotonic_time ();
    g_signal_emit (self, signals[RAISED], 0, stuck);
  }
}

void
osc_attention_store_take (OscAttentionStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;

  self->failed = items == NULL || !JSON_NODE_HOLDS_ARRAY (items);
  if (!self->failed) {
    g_clear_pointer (&self->list, g_ptr_array_unref);
    self->list = g_ptr_array_new_with_free_func (stuck_free);
    json_array_foreach_element (json_node_get_array (items), read_stuck, self->list);
    tell_new (self);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAttentionStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  self->loading = FALSE;
  if (answer == NULL)
    g_info ("What needs attention could not be read: %s", error->message);
  osc_attention_store_take (self, answer);
  if (self->again)
    osc_attention_store_load (self);
}

void
osc_attention_store_load (OscAttentionStore *self)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self));
  self->again = self->loading;
  if (self->client == NULL || self->loading)
    return;
  self->loading = TRUE;
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "GET", .path = PATH "?limit=100"}, NULL,
                         loaded_cb, g_object_ref (self));
}

static void
on_notice (OscAttentionStore *self, const char *type)
{
  if (g_str_has_prefix (type, "saga."))
    osc_attention_store_load (self);
}

void
osc_attention_store_attach (OscAttentionStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (osc_attention_store_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- what is known ---- */

GPtrArray *
osc_attention_store_list (OscAttentionStore *self)
{
  g_return_val_if_fail (OSC_IS_ATTENTION_STORE (self), NULL);
  return self->list;
}

gboolean
osc_attention_store_failed (OscAttentionStore *self)
{
  g_return_val_if_fail (OSC_IS_ATTENTION_STORE (self), FALSE);
  return self->failed;
}

guint
osc_attention_store_count (OscAttentionStore *self)
{
  g_return_val_if_fail (OSC_IS_ATTENTION_STORE (self), 0);
  return self->list != NULL ? self->list->len : 0;
}

/* ---- the alarm ---- */

void
osc_attention_store_look (OscAttentionStore *self)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self));
  self->quiet_until = g_get_monotonic_time () + OSC_ATTENTION_QUIET;
  if (self->seen)
    return;
  self->seen = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
osc_attention_store_is_seen (OscAttentionStore *self)
{
  g_return_val_if_fail (OSC_IS_ATTENTION_STORE (self), TRUE);
  return self->seen || osc_attention_store_count (self) == 0;
}

gboolean
osc_attention_store_is_due (OscAttentionStore *self, gint64 now)
{
  g_return_val_if_fail (OSC_IS_ATTENTION_STORE (self), FALSE);
  if (osc_attention_store_count (self) == 0 || now < self->quiet_until ||
      now < self->heard_at + REMIND)
    return FALSE;
  self->heard_at = now;
  return TRUE;
}

/* ---- acts ---- */

void
osc_attention_store_take_outcome (OscAttentionStore *self, const GError *error)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self));
  self->acting = FALSE;
  if (error == NULL)
    g_signal_emit (self, signals[DONE], 0, (int)self->verb);
  else
    g_signal_emit (self, signals[FAILED], 0, error,
                   osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION) ? PERMISSION : NULL);
  osc_attention_store_load (self);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAttentionStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  osc_attention_store_take_outcome (self, error);
}

void
osc_attention_store_repeat (OscAttentionStore *self, const char *act_token)
{
  g_return_if_fail (OSC_IS_ATTENTION_STORE (self));
  const OsyClientRequest request = {.method = "POST",
                                    .path = self->path,
                                    .body = self->body,
                                    .persistent = TRUE,
                                    .act_token = act_token};
  g_autofree char *text = self->body != NULL ? osy_json_print (self->body) : NULL;

  if (self->path == NULL || self->acting)
    return;
  self->acting = TRUE;
  if (self->client == NULL)
    g_signal_emit (self, signals[REQUESTED], 0, self->path, text);
  else
    osy_client_send_async (self->client, &request, NULL, acted_cb, g_object_ref (self));
}

void
osc_attention_store_act (OscAttentionStore *self,
                         const char *order_id,
                         OscAttentionVerb verb,
                         const char *outcome,
                         const char *note)
{
  static const char *const rests[] = {"/push", "/retry", "/settle"};

  g_return_if_fail (OSC_IS_ATTENTION_STORE (self) && order_id != NULL);
  if (self->acting)
    return;
  g_free (self->path);
  g_clear_pointer (&self->body, json_node_unref);
  self->verb = verb;
  self->path = g_strconcat (PATH "/", order_id, rests[verb], NULL);
  if (verb == OSC_ATTENTION_SETTLE) {
    JsonObject *body = json_object_new ();
    json_object_set_string_member (body, "outcome", outcome);
    json_object_set_string_member (body, "note", note);
    self->body = osy_json_take_object (body);
  }
  osc_attention_store_repeat (self, NULL);
}

/* ---- life ---- */

static void
osc_attention_store_finalize (GObject *object)
{
  OscAttentionStore *self = OSC_ATTENTION_STORE (object);

  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->path);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_attention_store_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType *types)
{
  return g_signal_newv (name, OSC_TYPE_ATTENTION_STORE, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n, types);
}

static void
osc_attention_store_class_init (OscAttentionStoreClass *klass)
{
  GType raised[] = {G_TYPE_POINTER};
  GType done[] = {G_TYPE_INT};
  GType failed[] = {G_TYPE_ERROR, G_TYPE_STRING};
  GType requested[] = {G_TYPE_STRING, G_TYPE_STRING};

  G_OBJECT_CLASS (klass)->finalize = osc_attention_store_finalize;
  signals[CHANGED] = add_signal ("changed", 0, NULL);
  signals[RAISED] = add_signal ("raised", G_N_ELEMENTS (raised), raised);
  signals[DONE] = add_signal ("done", G_N_ELEMENTS (done), done);
  signals[FAILED] = add_signal ("failed", G_N_ELEMENTS (failed), failed);
  signals[REQUESTED] = add_signal ("requested", G_N_ELEMENTS (requested), requested);
}

static void
osc_attention_store_init (OscAttentionStore *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OscAttentionStore *
osc_attention_store_new (OsyClient *client)
{
  OscAttentionStore *self = g_object_new (OSC_TYPE_ATTENTION_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
