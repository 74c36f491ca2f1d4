/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The drawer as it was read, its closes, and what is counted. */

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-download.h"
#include "osy-id.h"
#include "osy-json.h"

#include "osc-till-private.h"

/* Events come in swarms while a shop is busy. */
#define RELOAD_MS 400

enum { CHANGED, DONE, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTillStore, osc_till_store, G_TYPE_OBJECT)

/* ---- telling ---- */

void
osc_till_store_tell (OscTillStore *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_till_store_emit_done (OscTillStore *self, OscTillDeed deed, gint64 number)
{
  g_signal_emit (self, signals[DONE], 0, deed, number);
}

void
osc_till_store_emit_failed (OscTillStore *self,
                            OscTillDeed deed,
                            const GError *error,
                            const char *permission)
{
  g_signal_emit (self, signals[FAILED], 0, deed, error, permission);
}

void
osc_till_store_emit_requested (OscTillStore *self, const OsyClientRequest *request)
{
  g_autofree char *body = request->body != NULL ? osy_json_print (request->body) : NULL;

  g_signal_emit (self, signals[REQUESTED], 0, request->method, request->path, body, request->key);
}

/* ---- reading ---- */

typedef void (*Taker) (OscTillStore *self, JsonNode *answer);

typedef struct {
  OscTillStore *self;
  Taker take;
} Asked;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (error != NULL)
    g_info ("The till could not be read: %s", error->message);
  asked->take (asked->self, answer);
  g_object_unref (asked->self);
  g_free (asked);
}

static void
get (OscTillStore *self, const char *path, Taker take)
{
  const OsyClientRequest request = {.method = "GET", .path = path};

  if (self->client == NULL) {
    osc_till_store_emit_requested (self, &request);
    return;
  }
  Asked *asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->take = take;
  osy_client_send_async (self->client, &request, NULL, read_cb, asked);
}

void
osc_till_store_take_state (OscTillStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  OscTillState *state = answer != NULL ? osc_till_state_new (answer) : NULL;

  self->failed = state == NULL;
  if (state != NULL) {
    g_clear_pointer (&self->state, osc_till_state_free);
    self->state = state;
  }
  osc_till_store_tell (self);
}

void
osc_till_store_take_rest (OscTillStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  GPtrArray *rest = answer != NULL ? osc_till_rest_read (answer) : NULL;

  self->rest_failed = rest == NULL;
  if (rest != NULL) {
    g_clear_pointer (&self->rest, g_ptr_array_unref);
    self->rest = rest;
  }
  osc_till_store_tell (self);
}

static void
add_closes (OscTillStore *self, JsonArray *array)
{
  if (!self->paging || self->closes == NULL) {
    g_clear_pointer (&self->closes, g_ptr_array_unref);
    self->closes = g_ptr_array_new_with_free_func ((GDestroyNotify)osc_till_close_free);
  }
  for (guint i = 0; i < json_array_get_length (array); i++) {
    OscTillClose *one = osc_till_close_new (json_array_get_element (array, i));
    if (one != NULL)
      g_ptr_array_add (self->closes, one);
  }
}

void
osc_till_store_take_closes (OscTillStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "closes") : NULL;

  self->closes_failed = list == NULL || !JSON_NODE_HOLDS_ARRAY (list);
  if (!self->closes_failed) {
    add_closes (self, json_node_get_array (list));
    osy_set_str (&self->cursor,
                 json_object_get_string_member_with_default (object, "next_cursor", NULL));
  }
  self->paging = FALSE;
  osc_till_store_tell (self);
}

void
osc_till_store_take_close (OscTillStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  OscTillClose *one = answer != NULL ? osc_till_close_new (answer) : NULL;

  if (one == NULL) {
    self->closes_failed = TRUE;
  } else {
    self->closes_failed = FALSE;
    g_hash_table_replace (self->known, g_memdup2 (&one->number, sizeof one->number), one);
  }
  osc_till_store_tell (self);
}

void
osc_till_store_load (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  get (self, OSC_TILL_API, osc_till_store_take_state);
}

void
osc_till_store_load_rest (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  get (self, OSC_TILL_API "/remaining", osc_till_store_take_rest);
}

void
osc_till_store_load_closes (OscTillStore *self, gboolean more)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  if (self->paging || (more && self->cursor == NULL))
    return;
  g_autofree char *path = more ? g_strconcat (OSC_TILL_API "/z?cursor=", self->cursor, NULL)
                               : g_strdup (OSC_TILL_API "/z");
  self->paging = more;
  get (self, path, osc_till_store_take_closes);
}

void
osc_till_store_load_close (OscTillStore *self, gint64 number)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  g_autofree char *path = g_strdup_printf (OSC_TILL_API "/z/%" G_GINT64_FORMAT, number);

  get (self, path, osc_till_store_take_close);
}

/* ---- following ---- */

static gboolean
reload_cb (gpointer data)
{
  OscTillStore *self = data;

  self->reload = 0;
  osc_till_store_load (self);
  if (self->rest != NULL)
    osc_till_store_load_rest (self);
  if (self->closes != NULL)
    osc_till_store_load_closes (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
reload_soon (OscTillStore *self)
{
  if (self->watched && self->reload == 0)
    self->reload = g_timeout_add (RELOAD_MS, reload_cb, self);
}

static void
on_notice (OscTillStore *self, const char *type)
{
  if (g_str_has_prefix (type, "till."))
    reload_soon (self);
}

static void
on_feed_state (OscTillStore *self, GParamSpec *pspec, OsyFeed *feed)
{
  if (osy_feed_get_state (feed) == OSY_FEED_LIVE)
    osc_till_store_ask_again (self);
}

void
osc_till_store_attach (OscTillStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::payment", G_CALLBACK (reload_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "reset", G_CALLBACK (reload_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notify::state", G_CALLBACK (on_feed_state), self,
                           G_CONNECT_SWAPPED);
}

void
osc_till_store_watch (OscTillStore *self, gboolean watched)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  self->watched = watched;
  if (watched)
    osc_till_store_load (self);
  else
    g_clear_handle_id (&self->reload, g_source_remove);
}

void
osc_till_store_begin (OscTillStore *self, const char *shop)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  if (self->folder == NULL || !osy_id_is_valid (shop) || g_strcmp0 (shop, self->shop) == 0)
    return;
  g_autofree char *path = g_build_filename (self->folder, shop, "till.json", NULL);
  osy_set_str (&self->shop, shop);
  g_clear_object (&self->file);
  self->file = osc_cart_file_new (path);
  if (self->phase == OSC_TILL_IDLE)
    osc_till_store_resume (self);
}

/* ---- what is known ---- */

const OscTillState *
osc_till_store_state (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), NULL);
  return self->state;
}

gboolean
osc_till_store_failed (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), FALSE);
  return self->failed;
}

gboolean
osc_till_store_rest_failed (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), FALSE);
  return self->rest_failed;
}

gboolean
osc_till_store_closes_failed (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), FALSE);
  return self->closes_failed;
}

GPtrArray *
osc_till_store_rest (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), NULL);
  return self->rest;
}

GPtrArray *
osc_till_store_closes (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), NULL);
  return self->closes;
}

gboolean
osc_till_store_has_more (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), FALSE);
  return self->cursor != NULL;
}

const OscTillClose *
osc_till_store_find (OscTillStore *self, gint64 number)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), NULL);
  const OscTillClose *one = g_hash_table_lookup (self->known, &number);

  for (guint i = 0; one == NULL && self->closes != NULL && i < self->closes->len; i++) {
    const OscTillClose *listed = g_ptr_array_index (self->closes, i);
    one = listed->number == number ? listed : NULL;
  }
  return one;
}

OscTillPhase
osc_till_store_phase (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), OSC_TILL_IDLE);
  return self->phase;
}

OscTillDeed
osc_till_store_deed (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), OSC_TILL_OPEN);
  return self->act.deed;
}

gint64
osc_till_store_closed (OscTillStore *self)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self), 0);
  return self->closed;
}

void
osc_till_store_put_away (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  self->closed = 0;
  osc_till_store_tell (self);
}

/* ---- counting ---- */

OscTillDraft *
osc_till_store_draft (OscTillStore *self, OscTillFor what)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self) && what < OSC_N_TILL_FORS, NULL);
  return self->drafts[what];
}

OscTillDraft *
osc_till_store_start (OscTillStore *self, OscTillFor what, gint64 number)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self) && what < OSC_N_TILL_FORS, NULL);
  OscTillDraft **draft = &self->drafts[what];

  if (*draft != NULL && (*draft)->number != number)
    g_clear_pointer (draft, osc_till_draft_free);
  if (*draft == NULL)
    *draft = osc_till_draft_new (what, number);
  osc_till_store_touch (self);
  return *draft;
}

void
osc_till_store_touch (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  osc_till_store_keep (self);
  osc_till_store_tell (self);
}

void
osc_till_store_drop (OscTillStore *self, OscTillFor what)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self) && what < OSC_N_TILL_FORS);
  g_clear_pointer (&self->drafts[what], osc_till_draft_free);
  osc_till_store_touch (self);
}

gint64
osc_till_store_left (OscTillStore *self, const OscTillDraft *draft)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self) && draft != NULL, 0);
  return osc_till_draft_left (draft, self->state != NULL ? self->state->opening_float : 0);
}

/* ---- a file of it ---- */

void
osc_till_store_export_async (OscTillStore *self,
                             const char *from,
                             const char *to,
                             const char *language,
                             GFile *file,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self) && G_IS_FILE (file));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  g_autofree char *path =
      g_strdup_printf (OSC_TILL_API "/z/csv?from=%s&to=%s&language=%s", from, to, language);
  const OsyClientRequest request = {.method = "GET", .path = path};

  g_task_set_source_tag (task, osc_till_store_export_async);
  if (self->client != NULL) {
    osy_download_text (g_steal_pointer (&task), self->client, path, file);
    return;
  }
  osc_till_store_emit_requested (self, &request);
  g_task_return_boolean (task, TRUE);
}

gboolean
osc_till_store_export_finish (OscTillStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
osc_till_store_print_async (OscTillStore *self,
                            gint64 number,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self) && number > 0);
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  g_autofree char *path = g_strdup_printf (OSC_TILL_API "/z/%" G_GINT64_FORMAT "/print", number);
  const OsyClientRequest request = {.method = "POST", .path = path};

  g_task_set_source_tag (task, osc_till_store_print_async);
  if (self->client != NULL) {
    osy_client_send_async (self->client, &request, NULL, printed_cb, g_steal_pointer (&task));
    return;
  }
  osc_till_store_emit_requested (self, &request);
  g_task_return_boolean (task, TRUE);
}

gboolean
osc_till_store_print_finish (OscTillStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- life ---- */

static void
osc_till_store_finalize (GObject *object)
{
  OscTillStore *self = OSC_TILL_STORE (object);

  g_clear_handle_id (&self->reload, g_source_remove);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_object (&self->client);
  g_clear_object (&self->file);
  g_free (self->folder);
  g_free (self->shop);
  g_free (self->cursor);
  g_clear_pointer (&self->state, osc_till_state_free);
  g_clear_pointer (&self->rest, g_ptr_array_unref);
  g_clear_pointer (&self->closes, g_ptr_array_unref);
  g_hash_table_unref (self->known);
  for (guint i = 0; i < OSC_N_TILL_FORS; i++)
    g_clear_pointer (&self->drafts[i], osc_till_draft_free);
  osc_till_act_clear (&self->act);
  G_OBJECT_CLASS (osc_till_store_parent_class)->finalize (object);
}

static guint
add_signal (OscTillStoreClass *klass, const char *name, guint n, GType *types)
{
  return g_signal_newv (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n, types);
}

static void
osc_till_store_class_init (OscTillStoreClass *klass)
{
  GType done[] = {G_TYPE_INT, G_TYPE_INT64};
  GType failed[] = {G_TYPE_INT, G_TYPE_ERROR, G_TYPE_STRING};
  GType requested[] = {G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING};

  G_OBJECT_CLASS (klass)->finalize = osc_till_store_finalize;
  signals[CHANGED] = add_signal (klass, "changed", 0, NULL);
  signals[DONE] = add_signal (klass, "done", G_N_ELEMENTS (done), done);
  signals[FAILED] = add_signal (klass, "failed", G_N_ELEMENTS (failed), failed);
  signals[REQUESTED] = add_signal (klass, "requested", G_N_ELEMENTS (requested), requested);
}

static void
osc_till_store_init (OscTillStore *self)
{
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify)osc_till_close_free);
}

OscTillStore *
osc_till_store_new (OsyClient *client, const char *folder)
{
  OscTillStore *self = g_object_new (OSC_TYPE_TILL_STORE, NULL);

  self->client = client != NULL ? g_object_ref (client) : NULL;
  if (folder != NULL)
    self->folder = g_strdup (folder);
  else if (client != NULL)
    self->folder = g_build_filename (g_get_user_state_dir (), "ordersync", "shops", NULL);
  return self;
}
