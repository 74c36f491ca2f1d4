/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ingredients as the feed keeps them, and what is done with them. */

#include "osc-stock-store.h"

#include "osy-json.h"

#define ME "/api/v1/restaurants/me"
#define PATH ME "/ingredients"

struct _OscStockStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  GPtrArray *list;    /* nullable */
  GPtrArray *recipes; /* of OscStockUse */
  gboolean failed;
};

enum { CHANGED, MOVED, REFUSED, SAVED, HISTORY, RECIPES, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockStore, osc_stock_store, G_TYPE_OBJECT)

/* ---- taking ---- */

static OsyIngredient *
read_ingredient (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyIngredient) one = osy_ingredient_new ();

  osy_json_reader_ignore_unknown (reader);
  osy_ingredient_read (one, reader);
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&one) : NULL;
}

static OsyStockMovement *
read_movement (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyStockMovement) one = osy_stock_movement_new ();

  osy_json_reader_ignore_unknown (reader);
  osy_stock_movement_read (one, reader);
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&one) : NULL;
}

static JsonArray *
array_of (JsonNode *answer, const char *name)
{
  JsonNode *node = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer)
                       ? json_object_get_member (json_node_get_object (answer), name)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const OsyIngredient *one = *(OsyIngredient *const *)a;
  const OsyIngredient *other = *(OsyIngredient *const *)b;

  return one->position != other->position ? one->position - other->position
                                          : g_strcmp0 (one->name, other->name);
}

static void
on_ingredient (OscStockStore *self, JsonNode *node)
{
  g_autoptr (OsyIngredient) one = read_ingredient (node);

  if (one == NULL || self->list == NULL)
    return;
  for (guint i = 0; i < self->list->len; i++) {
    const OsyIngredient *old = g_ptr_array_index (self->list, i);
    if (!g_str_equal (old->id, one->id))
      continue;
    if (old->version > one->version)
      return;
    g_ptr_array_remove_index (self->list, i);
    break;
  }
  g_ptr_array_add (self->list, g_steal_pointer (&one));
  g_ptr_array_sort (self->list, compare_places);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_list (OscStockStore *self, JsonArray *array)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_ingredient_free);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    OsyIngredient *one = read_ingredient (json_array_get_element (array, i));
    if (one != NULL)
      g_ptr_array_add (self->list, one);
  }
}

static void
take_history (OscStockStore *self, JsonArray *array)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_stock_movement_free);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    OsyStockMovement *one = read_movement (json_array_get_element (array, i));
    if (one != NULL)
      g_ptr_array_add (rows, one);
  }
  const char *id = rows->len > 0 ? ((OsyStockMovement *)rows->pdata[0])->ingredient_id : "";
  g_signal_emit (self, signals[HISTORY], 0, id, rows);
}

static void
use_free (gpointer data)
{
  OscStockUse *use = data;

  g_free (use->owner_id);
  g_free (use->ingredient_id);
  g_free (use);
}

static void
take_recipes (OscStockStore *self, JsonArray *array)
{
  g_ptr_array_set_size (self->recipes, 0);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (json_array_get_element (array, i));
    OscStockUse *use = g_new0 (OscStockUse, 1);
    osy_json_reader_ignore_unknown (reader);
    use->is_option =
        g_strcmp0 (osy_json_reader_string (reader, "owner_type", 1, 10), "OPTION") == 0;
    use->owner_id = g_strdup (osy_json_reader_id (reader, "owner_id"));
    use->ingredient_id = g_strdup (osy_json_reader_id (reader, "ingredient_id"));
    use->quantity = osy_json_reader_int (reader, "quantity", 1, G_MAXINT64);
    if (osy_json_reader_finish (reader, NULL))
      g_ptr_array_add (self->recipes, use);
    else
      use_free (use);
  }
  g_signal_emit (self, signals[RECIPES], 0);
}

void
osc_stock_store_take (OscStockStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  JsonArray *movements = array_of (answer, "movements");
  JsonArray *recipes = array_of (answer, "recipes");
  JsonArray *ingredients = array_of (answer, "ingredients");

  if (movements != NULL) {
    take_history (self, movements);
    return;
  }
  if (recipes != NULL) {
    take_recipes (self, recipes);
    return;
  }
  self->failed = ingredients == NULL;
  if (ingredients != NULL)
    take_list (self, ingredients);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- sending ---- */

static void
send (OscStockStore *self, const OsyClientRequest *request, GAsyncReadyCallback done)
{
  g_autofree char *body = request->body != NULL ? osy_json_print (request->body) : NULL;
  g_autofree char *what = g_strdup_printf ("%s %s%s%s", request->method, request->path,
                                           body != NULL ? " " : "", body != NULL ? body : "");

  g_signal_emit (self, signals[REQUESTED], 0, what);
  if (self->client != NULL)
    osy_client_send_async (self->client, request, self->cancellable, done, g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStockStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    osc_stock_store_take (self, answer);
}

/* What is beside the list: without it the rest is as good. */
static void
extra_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStockStore) self = user_data;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, NULL);

  if (answer != NULL)
    osc_stock_store_take (self, answer);
}

void
osc_stock_store_load (OscStockStore *self)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  send (self, &(OsyClientRequest){.method = "GET", .path = PATH}, read_cb);
}

void
osc_stock_store_ask_history (OscStockStore *self, const char *ingredient_id)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path = g_strdup_printf (PATH "/%s/movements?limit=30", ingredient_id);

  send (self, &(OsyClientRequest){.method = "GET", .path = path}, extra_cb);
}

void
osc_stock_store_ask_recipes (OscStockStore *self)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  send (self, &(OsyClientRequest){.method = "GET", .path = ME "/stock/recipes"}, extra_cb);
}

/* (transfer full) (nullable): NULL when it was refused, which is told, or is not waited for. */
static JsonNode *
finish (OscStockStore *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[REFUSED], 0, error->message);
  return answer;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStockStore) self = user_data;
  g_autoptr (JsonNode) answer = finish (self, source, result);

  if (answer == NULL)
    return;
  on_ingredient (self, answer);
  JsonObject *object = json_node_get_object (answer);
  JsonNode *moved = json_object_get_member (object, "movement");
  g_autoptr (OsyStockMovement) movement = moved != NULL ? read_movement (moved) : NULL;
  if (movement != NULL)
    g_signal_emit (self, signals[MOVED], 0, movement);
  else
    g_signal_emit (self, signals[SAVED], 0,
                   json_object_get_string_member_with_default (object, "id", ""));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStockStore) self = user_data;
  g_autoptr (JsonNode) answer = finish (self, source, result);

  osc_stock_store_load (self);
}

static void
recipe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStockStore) self = user_data;
  g_autoptr (JsonNode) answer = finish (self, source, result);

  if (answer == NULL)
    return;
  osc_stock_store_ask_recipes (self);
  g_signal_emit (self, signals[SAVED], 0, "");
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

void
osc_stock_store_move (OscStockStore *self, const OscStockMove *move)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path = g_strdup_printf (PATH "/%s/movements", move->ingredient_id);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "kind", move->kind);
  json_object_set_int_member (object, "quantity", move->quantity);
  set_text (object, "unit", move->unit);
  set_text (object, "reason", move->reason);
  if (move->unit_cost > 0)
    json_object_set_int_member (object, "unit_cost", move->unit_cost);
  send (self, &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
        done_cb);
}

void
osc_stock_store_undo (OscStockStore *self, const char *ingredient_id, const char *movement_id)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path =
      g_strdup_printf (PATH "/%s/movements/%s/undo", ingredient_id, movement_id);

  send (self, &(OsyClientRequest){.method = "POST", .path = path}, done_cb);
}

void
osc_stock_store_save (OscStockStore *self, const char *id, JsonNode *body, gint64 if_version)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path = id != NULL ? g_strconcat (PATH "/", id, NULL) : g_strdup (PATH);

  send (self,
        &(OsyClientRequest){.method = id != NULL ? "PATCH" : "POST",
                            .path = path,
                            .body = body,
                            .if_version = if_version},
        done_cb);
}

void
osc_stock_store_place (OscStockStore *self, const char *id, int direction)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  const OsyIngredient *one = osc_stock_store_find (self, id);
  guint at = 0;

  if (one == NULL || !g_ptr_array_find (self->list, one, &at) ||
      at + (guint)direction >= self->list->len)
    return;
  const OsyIngredient *other = g_ptr_array_index (self->list, at + (guint)direction);
  /* Two of one place stand by their names. */
  int place =
      one->position == other->position ? MAX (other->position + direction, 0) : other->position;
  const struct {
    const char *id;
    int position;
  } moves[] = {{one->id, place}, {other->id, one->position}};
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    JsonObject *object = json_object_new ();
    g_autoptr (JsonNode) body = osy_json_take_object (object);
    json_object_set_int_member (object, "position", moves[i].position);
    osc_stock_store_save (self, moves[i].id, body, 0);
  }
}

void
osc_stock_store_remove (OscStockStore *self, const char *id)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path = g_strconcat (PATH "/", id, NULL);

  send (self, &(OsyClientRequest){.method = "DELETE", .path = path}, removed_cb);
}

void
osc_stock_store_put_recipe (OscStockStore *self, const char *item_id, JsonNode *body)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self));
  g_autofree char *path = g_strdup_printf (ME "/menu/items/%s/recipe", item_id);

  send (self, &(OsyClientRequest){.method = "PUT", .path = path, .body = body}, recipe_cb);
}

/* One that was deleted comes without itself. */
static void
on_notice (OscStockStore *self, const char *type)
{
  if (g_str_equal (type, "stock.changed"))
    osc_stock_store_load (self);
}

void
osc_stock_store_attach (OscStockStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_STOCK_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (osc_stock_store_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::ingredient", G_CALLBACK (on_ingredient), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- what is known ---- */

GPtrArray *
osc_stock_store_list (OscStockStore *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_STORE (self), NULL);
  return self->list;
}

const OsyIngredient *
osc_stock_store_find (OscStockStore *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_STOCK_STORE (self), NULL);
  for (guint i = 0; self->list != NULL && i < self->list->len; i++)
    if (g_strcmp0 (((OsyIngredient *)self->list->pdata[i])->id, id) == 0)
      return self->list->pdata[i];
  return NULL;
}

guint
osc_stock_store_n_short (OscStockStore *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_STORE (self), 0);
  guint n = 0;

  for (guint i = 0; self->list != NULL && i < self->list->len; i++)
    n += osy_ingredient_is_short (self->list->pdata[i]);
  return n;
}

GPtrArray *
osc_stock_store_recipes (OscStockStore *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_STORE (self), NULL);
  return self->recipes;
}

gboolean
osc_stock_store_failed (OscStockStore *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_STORE (self), FALSE);
  return self->failed;
}

/* ---- life ---- */

static void
osc_stock_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_STOCK_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_stock_store_parent_class)->dispose (object);
}

static void
osc_stock_store_finalize (GObject *object)
{
  OscStockStore *self = OSC_STOCK_STORE (object);

  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_ptr_array_unref (self->recipes);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_stock_store_parent_class)->finalize (object);
}

static void
osc_stock_store_class_init (OscStockStoreClass *klass)
{
  GType type = OSC_TYPE_STOCK_STORE;

  G_OBJECT_CLASS (klass)->dispose = osc_stock_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_stock_store_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[RECIPES] =
      g_signal_new ("recipes", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HISTORY] = g_signal_new ("history", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_stock_store_init (OscStockStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->recipes = g_ptr_array_new_with_free_func (use_free);
}

OscStockStore *
osc_stock_store_new (OsyClient *client)
{
  OscStockStore *self = g_object_new (OSC_TYPE_STOCK_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
