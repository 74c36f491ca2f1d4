/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the stock, and what events about ingredients carry. */

#include "osy-stock-routes.h"

#include "osy-api.h"
#include "osy-ingredient-service.h"
#include "osy-ingredient-store.h"
#include "osy-json.h"
#include "osy-stock-store.h"

#define MAX_MOVEMENTS 100

typedef struct {
  OsyStockRoom *room;
  char *id;          /* nullable: of the ingredient, or of the menu item */
  char *movement_id; /* nullable */
  char *key;         /* nullable */
  gint64 if_version;
  gint64 before;
  gint64 limit;
  JsonNode *body; /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work->movement_id);
  g_free (work->key);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- what was asked ---- */

static gboolean
read_id (OsyHttpRequest *http, const char *name, char **ret, GError **error)
{
  const char *id = osy_http_request_param (http, name);

  if (id != NULL && !g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing of that id.");
    return FALSE;
  }
  if (id != NULL)
    *ret = g_ascii_strdown (id, -1);
  return TRUE;
}

static Work *
work_new (OsyHttpRequest *http, gpointer room, GError **error)
{
  g_autoptr (Work) work = g_new0 (Work, 1);

  work->room = room;
  work->key = g_strdup (osy_http_request_header (http, "Idempotency-Key"));
  return read_id (http, "ingredient_id", &work->id, error) &&
                 read_id (http, "item_id", &work->id, error) &&
                 read_id (http, "movement_id", &work->movement_id, error) &&
                 osy_api_if_match (http, &work->if_version, error)
             ? g_steal_pointer (&work)
             : NULL;
}

/* @with_body: and it must have one */
static void
run (OsyHttpRequest *http, OsyStockRoom *room, OsyApiFunc func, gboolean with_body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (http, room, &error);

  if (work != NULL && with_body)
    work->body = osy_http_request_json (http, &error);
  if (work == NULL || (with_body && work->body == NULL))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, NULL, func, g_steal_pointer (&work), work_free);
}

/* ---- ingredients ---- */

static gboolean
do_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) list = osy_ingredient_service_list (tx, call, error);

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, osy_ingredient_to_json (list->pdata[i]));
  json_object_set_array_member (object, "ingredients", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_list, FALSE);
}

static gboolean
do_change (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyIngredientChange change = {work->id, work->body, work->if_version};
  g_autoptr (OsyIngredient) now = NULL;

  if (!osy_ingredient_service_change (tx, call, work->room, &change, &now, error))
    return FALSE;
  if (now == NULL)
    return TRUE;
  reply->status = work->id != NULL ? 200 : 201;
  reply->version = now->version;
  reply->body = osy_json_take_object (osy_ingredient_to_json (now));
  return TRUE;
}

static void
handle_change (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_change, !g_str_equal (osy_http_request_method (http), "DELETE"));
}

/* ---- movements ---- */

static gboolean
do_move (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyStockAct act = {
      .ingredient_id = work->id, .body = work->body, .undoes = work->movement_id, .key = work->key};
  g_autoptr (OsyStockMovement) movement = NULL;
  g_autoptr (OsyIngredient) now =
      osy_ingredient_service_move (tx, call, work->room, &act, &movement, error);

  if (now == NULL)
    return FALSE;
  JsonObject *object = osy_ingredient_to_json (now);
  json_object_set_object_member (object, "movement", osy_stock_movement_to_json (movement));
  reply->status = 201;
  reply->version = now->version;
  reply->replayed = act.replayed;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_move (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_move, TRUE);
}

static void
handle_undo (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_move, FALSE);
}

static gboolean
do_history (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  gint64 next = 0;
  g_autoptr (OsyIngredient) known = osy_ingredient_store_get (tx, work->id, FALSE, error);
  g_autoptr (GPtrArray) list =
      known != NULL
          ? osy_ingredient_store_movements (tx, work->id, work->before, work->limit, &next, error)
          : NULL;

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, osy_stock_movement_to_json (list->pdata[i]));
  json_object_set_array_member (object, "movements", array);
  if (next > 0) {
    g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, next);
    json_object_set_string_member (object, "next_cursor", cursor);
  }
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
read_page (OsyHttpRequest *http, Work *work, GError **error)
{
  static const char *const allowed[] = {"cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");

  if (!osy_api_only_query (http, allowed, error) ||
      !osy_api_limit (http, MAX_MOVEMENTS, MAX_MOVEMENTS / 2, &work->limit, error))
    return FALSE;
  if (cursor == NULL || g_ascii_string_to_signed (cursor, 10, 1, G_MAXINT64, &work->before, NULL))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "The cursor is not one of ours.");
  return FALSE;
}

static void
handle_history (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = work_new (http, room, &error);

  if (work == NULL || !read_page (http, work, &error))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, ((OsyStockRoom *)room)->pool, NULL, do_history, g_steal_pointer (&work),
                 work_free);
}

/* ---- recipes ---- */

static gboolean
do_recipe (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyRecipe) recipe =
      osy_ingredient_service_recipe (tx, call, work->room, work->id, work->body, error);

  if (recipe != NULL)
    reply->body = osy_json_take_object (osy_recipe_to_json (recipe));
  return recipe != NULL;
}

static void
handle_recipe (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_recipe, g_str_equal (osy_http_request_method (http), "PUT"));
}

static gboolean
do_recipes (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  JsonArray *array = osy_ingredient_store_recipes (tx, error);

  if (array == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "recipes", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_recipes (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_recipes, FALSE);
}

/* ---- what is to be done this morning, and what is left ---- */

static const char *
reason_of (const OsyIngredient *one)
{
  if (!one->track)
    return NULL;
  if (one->on_hand < 0)
    return "NEGATIVE";
  if (osy_ingredient_is_low (one))
    return "BELOW_PAR";
  return one->days_left >= 0 && one->days_left < 2 ? "RUNS_OUT" : NULL;
}

static gboolean
do_morning (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) list = osy_ingredient_service_list (tx, call, error);

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++) {
    const char *reason = reason_of (list->pdata[i]);
    if (reason == NULL)
      continue;
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "reason", reason);
    json_object_set_object_member (one, "ingredient", osy_ingredient_to_json (list->pdata[i]));
    json_array_add_object_element (array, one);
  }
  json_object_set_array_member (object, "items", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_morning (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_morning, FALSE);
}

static gboolean
do_left (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) list = osy_stock_store_left (tx, error);

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++) {
    const OsyStockLeft *left = g_ptr_array_index (list, i);
    if (left->is_option)
      continue;
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "menu_item_id", left->id);
    json_object_set_int_member (one, "left", left->portions);
    json_object_set_boolean_member (one, "out_of_stock", left->out_of_stock);
    json_array_add_object_element (array, one);
  }
  json_object_set_array_member (object, "items", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_left (OsyHttpRequest *http, gpointer room)
{
  run (http, room, do_left, FALSE);
}

/* ---- events ---- */

gboolean
osy_stock_decorate (OsyDbTx *tx,
                    GPtrArray *events,
                    OsyEventExtra *extras,
                    gpointer room,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) list = osy_ingredient_store_list (tx, ids, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    OsyIngredient *one = g_ptr_array_index (list, i);
    osy_event_give (events, extras, one->id, osy_json_take_object (osy_ingredient_to_json (one)),
                    NULL);
  }
  return list != NULL;
}

#define ME "/api/v1/restaurants/me"
#define ONE ME "/ingredients/{ingredient_id}"
const OsyRoute osy_stock_routes[] = {
    {"GET", ME "/ingredients", "listIngredients", OSY_PERM_ORDER_READ, 0, handle_list},
    {"POST", ME "/ingredients", "addIngredient", OSY_PERM_STOCK_MANAGE, 0, handle_change},
    {"PATCH", ONE, "changeIngredient", OSY_PERM_STOCK_MANAGE, 0, handle_change},
    {"DELETE", ONE, "deleteIngredient", OSY_PERM_STOCK_MANAGE, OSY_ROUTE_NO_BODY, handle_change},
    {"GET", ONE "/movements", "listMovements", OSY_PERM_ORDER_READ, 0, handle_history},
    {"POST", ONE "/movements", "moveIngredient", OSY_PERM_STOCK_WRITE, OSY_ROUTE_IDEMPOTENT,
     handle_move},
    {"POST", ONE "/movements/{movement_id}/undo", "undoMovement", OSY_PERM_STOCK_WRITE,
     OSY_ROUTE_NO_BODY, handle_undo},
    {"GET", ME "/menu/items/{item_id}/recipe", "getRecipe", OSY_PERM_ORDER_READ, 0, handle_recipe},
    {"PUT", ME "/menu/items/{item_id}/recipe", "setRecipe", OSY_PERM_STOCK_MANAGE, 0,
     handle_recipe},
    {"GET", ME "/stock/recipes", "listRecipes", OSY_PERM_ORDER_READ, 0, handle_recipes},
    {"GET", ME "/stock/morning", "getMorningStock", OSY_PERM_ORDER_READ, 0, handle_morning},
    {"GET", ME "/stock/left", "getStockLeft", OSY_PERM_ORDER_READ, 0, handle_left},
    {NULL},
};
