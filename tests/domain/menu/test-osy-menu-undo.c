/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A thousand random edits of a menu, and the way back and forth through them: each state must come
 * back exactly, whatever the edits were. */

#include <string.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-menu-fixture.h"
#include "osy-menu-history.h"
#include "osy-menu-import.h"
#include "osy-menu-json.h"
#include "osy-menu-store.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)
#define HOUR G_GINT64_CONSTANT (3600000000)
#define EDITS 1000
/* Batches in one transaction; then what is checked at its end is, too. */
#define STEPS 10
#define WALK 100
#define SEED 20261121

static OsyAuthFixture *fixture;
static OsyMenuRoom room;
static char *shop;

/* Where the test stands: undo[i] leads from state i + 1 to state i, redo[i] the other way. */
typedef struct {
  OsyDbTx *tx;
  OsyCall call;
  GRand *rand;
  JsonNode *menu;      /* the editor's, as last read */
  JsonArray *changes;  /* the batch being made */
  GPtrArray *states;   /* of char*: snapshots */
  GPtrArray *contents; /* of char*: the same without marks */
  GArray *versions;    /* of gint64: that each state was first */
  GPtrArray *undo;     /* of JsonNode, nullable */
  GPtrArray *redo;
  guint at;      /* state it is in */
  guint edits;   /* that led to the last state */
  guint refused; /* random batches that were no menu */
} Walk;

static guint
below (Walk *self, guint n)
{
  return (guint)g_rand_int_range (self->rand, 0, (gint32)n);
}

static gboolean
chance (Walk *self, guint percent)
{
  return below (self, 100) < percent;
}

/* ---- what a client does to an entry ---- */

static JsonArray *
list (JsonObject *object, const char *name)
{
  return json_object_get_array_member (object, name);
}

static JsonObject *
pick (Walk *self, JsonArray *array)
{
  guint n = json_array_get_length (array);

  return n > 0 ? json_array_get_object_element (array, below (self, n)) : NULL;
}

static JsonArray *
categories (Walk *self)
{
  return list (json_node_get_object (self->menu), "categories");
}

static JsonArray *
groups (Walk *self)
{
  return list (json_node_get_object (self->menu), "option_groups");
}

static JsonObject *
pick_item (Walk *self)
{
  JsonObject *category = pick (self, categories (self));

  return category ? pick (self, list (category, "items")) : NULL;
}

static void
set_text (Walk *self, JsonObject *object, const char *name, guint of)
{
  g_autofree char *text = g_strdup_printf ("%s %u", name, below (self, of));

  json_object_set_string_member (object, name, text);
}

/* Of so few that some are taken. */
static void
set_name (Walk *self, JsonObject *object)
{
  JsonObject *names = json_object_new ();

  set_text (self, object, "name", 120);
  json_object_set_string_member (names, "ko", json_object_get_string_member (object, "name"));
  if (chance (self, 30))
    json_object_set_string_member (names, "en", "dish");
  json_object_set_object_member (object, "names", names);
}

static void
add_price (JsonArray *rows, const char *channel, gint64 from, guint won)
{
  JsonObject *row = json_object_new ();

  if (channel != NULL)
    json_object_set_string_member (row, "channel", channel);
  if (from > 0) {
    g_autofree char *text = osy_clock_format (from);
    json_object_set_string_member (row, "valid_from", text);
  }
  json_object_set_int_member (row, "price", won);
  json_array_add_object_element (rows, row);
}

static void
set_prices (Walk *self, JsonObject *object)
{
  JsonArray *rows = json_array_new ();

  add_price (rows, NULL, 0, below (self, 20000));
  if (chance (self, 40))
    add_price (rows, "QR", 0, below (self, 20000));
  if (chance (self, 30))
    add_price (rows, "PLATFORM", NOW + HOUR, below (self, 20000));
  if (chance (self, 30))
    add_price (rows, NULL, NOW - HOUR * (1 + below (self, 3)), below (self, 20000));
  if (chance (self, 30))
    fixture_add_window_price (self->rand, rows);
  json_object_set_array_member (object, "prices", rows);
}

static void
set_groups (Walk *self, JsonObject *object)
{
  JsonArray *ids = json_array_new ();
  JsonArray *all = groups (self);
  guint n = json_array_get_length (all);

  for (guint i = 0, at = n > 0 ? below (self, n) : 0; i < n && i < below (self, 4); i++, at++)
    json_array_add_string_element (
        ids, json_object_get_string_member (json_array_get_object_element (all, at % n), "id"));
  json_object_set_array_member (object, "option_group_ids", ids);
}

static void
set_mark (Walk *self, JsonObject *object, const char *mode_name, const char *until_name)
{
  static const char *const modes[] = {"FOR_SALE", "OPEN", "TODAY", "UNTIL"};
  const char *mode = modes[below (self, 4)];

  json_object_set_string_member (object, mode_name, mode);
  if (strcmp (mode, "UNTIL") != 0)
    return;
  g_autofree char *until = osy_clock_format (NOW + HOUR * (1 + below (self, 9)));
  json_object_set_string_member (object, until_name, until);
}

static JsonObject *
new_entry (Walk *self)
{
  g_autofree char *id = osy_id_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  set_name (self, object);
  return object;
}

static void
edit_item (Walk *self, JsonObject *item)
{
  static const char *const texts[] = {"description", "origin",       "station",
                                      "code",        "kitchen_name", "tax_class"};
  const char *text = texts[below (self, G_N_ELEMENTS (texts))];

  if (strcmp (text, "tax_class") == 0)
    json_object_set_string_member (item, text, chance (self, 50) ? "TAXED" : "TAX_FREE");
  else if (chance (self, 30))
    json_object_remove_member (item, text);
  else
    set_text (self, item, text, 200);
  if (chance (self, 40))
    set_prices (self, item);
  if (chance (self, 30))
    set_groups (self, item);
  if (chance (self, 30))
    set_name (self, item);
  fixture_set_hours (self->rand, item);
  json_object_set_boolean_member (item, "visible", chance (self, 80));
  JsonArray *channels = json_array_new ();
  json_array_add_string_element (channels, chance (self, 50) ? "COUNTER" : "QR");
  json_object_set_array_member (item, "channels", channels);
  if (chance (self, 70))
    json_object_remove_member (item, "channels");
  if (chance (self, 25) || !json_object_has_member (item, "category_id"))
    json_object_set_string_member (
        item, "category_id", json_object_get_string_member (pick (self, categories (self)), "id"));
}

static JsonObject *
new_option (Walk *self)
{
  JsonObject *option = new_entry (self);

  if (chance (self, 60))
    set_prices (self, option);
  set_mark (self, option, "sold_out_mode", "sold_out_until");
  fixture_set_dish (self->rand, json_node_get_object (self->menu), option);
  if (chance (self, 15))
    set_groups (self, option);
  return option;
}

/* Options go, come and change places. */
static void
edit_group (Walk *self, JsonObject *group)
{
  JsonArray *old = json_object_has_member (group, "options") ? list (group, "options") : NULL;
  JsonArray *options = json_array_new ();

  for (guint i = old ? json_array_get_length (old) : 0; i > 0; i--)
    if (chance (self, 85))
      json_array_add_element (options, json_node_copy (json_array_get_element (old, i - 1)));
  while (json_array_get_length (options) < 1 || chance (self, 40))
    json_array_add_object_element (options, new_option (self));
  json_object_set_array_member (group, "options", options);
  json_object_set_int_member (group, "min", below (self, 2));
  json_object_set_int_member (group, "max", 1 + below (self, 3));
}

/* ---- changes ---- */

static JsonObject *
add_change (Walk *self, const char *kind)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "kind", kind);
  json_array_add_object_element (self->changes, change);
  return change;
}

/* @entry: (transfer none): of the menu, changed in place, or (transfer full) a new one */
static void
put (Walk *self, const char *kind, JsonObject *entry, gboolean is_new)
{
  JsonObject *change = add_change (self, kind);

  json_object_set_string_member (change, "id", json_object_get_string_member (entry, "id"));
  if (!is_new && chance (self, 50))
    json_object_set_string_member (change, "expect",
                                   json_object_get_string_member (entry, "digest"));
  if (chance (self, 40) && strcmp (kind, "option_group") != 0)
    json_object_set_int_member (change, "position", below (self, 8));
  json_object_set_object_member (change, "entry", is_new ? entry : json_object_ref (entry));
}

static void delete (Walk *self, const char *kind, JsonObject *entry)
{
  JsonObject *change = add_change (self, kind);

  json_object_set_string_member (change, "id", json_object_get_string_member (entry, "id"));
  json_object_set_null_member (change, "entry");
}

static void
delete_category (Walk *self, JsonObject *category)
{
  JsonArray *items = list (category, "items");

  delete (self, "category", category);
  for (guint i = 0; i < json_array_get_length (items); i++)
    delete (self, "item", json_array_get_object_element (items, i));
}

/* Takes the id out of what an owner offers. Returns: whether it was in. */
static gboolean
drop_link (JsonObject *owner, const char *id)
{
  JsonArray *ids =
      json_object_has_member (owner, "option_group_ids") ? list (owner, "option_group_ids") : NULL;

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (strcmp (json_array_get_string_element (ids, i), id) == 0) {
      json_array_remove_element (ids, i);
      return TRUE;
    }
  return FALSE;
}

/* With all who use it. */
static void
delete_group (Walk *self, JsonObject *group)
{
  const char *id = json_object_get_string_member (group, "id");
  JsonArray *all = groups (self);

  delete (self, "option_group", group);
  for (guint i = 0; i < json_array_get_length (categories (self)); i++) {
    JsonArray *items = list (json_array_get_object_element (categories (self), i), "items");
    for (guint j = 0; j < json_array_get_length (items); j++)
      if (drop_link (json_array_get_object_element (items, j), id))
        put (self, "item", json_array_get_object_element (items, j), FALSE);
  }
  for (guint i = 0; i < json_array_get_length (all); i++) {
    JsonObject *other = json_array_get_object_element (all, i);
    JsonArray *options = list (other, "options");
    gboolean uses = FALSE;
    for (guint j = 0; j < json_array_get_length (options); j++)
      uses = drop_link (json_array_get_object_element (options, j), id) || uses;
    if (uses && other != group)
      put (self, "option_group", other, FALSE);
  }
}

static void
shuffle (Walk *self, JsonObject *category)
{
  JsonArray *entries = category ? list (category, "items") : categories (self);
  JsonObject *change = add_change (self, "order");
  JsonArray *ids = json_array_new ();
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  json_object_set_string_member (change, "of", category ? "item" : "category");
  if (category != NULL)
    json_object_set_string_member (change, "category_id",
                                   json_object_get_string_member (category, "id"));
  for (guint i = 0; i < json_array_get_length (entries); i++)
    g_ptr_array_add (left, (gpointer)json_object_get_string_member (
                               json_array_get_object_element (entries, i), "id"));
  while (left->len > 0)
    json_array_add_string_element (ids,
                                   g_ptr_array_remove_index_fast (left, below (self, left->len)));
  json_object_set_array_member (change, "ids", ids);
}

static void
mark (Walk *self)
{
  JsonObject *item = pick_item (self);
  JsonObject *group = pick (self, groups (self));
  gboolean is_option = group != NULL && chance (self, 40);
  JsonObject *entry = is_option ? pick (self, list (group, "options")) : item;

  if (entry == NULL)
    return;
  JsonObject *change = add_change (self, "stop");
  json_object_set_string_member (change, is_option ? "option_id" : "item_id",
                                 json_object_get_string_member (entry, "id"));
  set_mark (self, change, "mode", "until");
}

/* Two items of a category take each other's name, which no one step could do. */
static void
swap_names (Walk *self)
{
  JsonObject *category = pick (self, categories (self));
  JsonArray *items = category ? list (category, "items") : NULL;

  if (items == NULL || json_array_get_length (items) < 2)
    return;
  JsonObject *a = json_array_get_object_element (items, 0);
  JsonObject *b = json_array_get_object_element (items, json_array_get_length (items) - 1);
  g_autofree char *name = g_strdup (json_object_get_string_member (a, "name"));
  json_object_set_string_member (a, "name", json_object_get_string_member (b, "name"));
  json_object_set_string_member (b, "name", name);
  put (self, "item", a, FALSE);
  put (self, "item", b, FALSE);
}

static void
change_item (Walk *self, gboolean create)
{
  JsonObject *item = create ? new_entry (self) : pick_item (self);

  if (item == NULL)
    return;
  if (create)
    set_prices (self, item);
  if (create)
    set_mark (self, item, "sold_out_mode", "sold_out_until");
  edit_item (self, item);
  put (self, "item", item, create);
}

static void
change_group (Walk *self, gboolean create)
{
  JsonObject *group = create ? new_entry (self) : pick (self, groups (self));

  if (group == NULL)
    return;
  edit_group (self, group);
  put (self, "option_group", group, create);
}

static void
change_category (Walk *self, gboolean create)
{
  JsonObject *category = create ? new_entry (self) : pick (self, categories (self));

  if (!create)
    set_name (self, category);
  fixture_set_hours (self->rand, category);
  json_object_set_boolean_member (category, "visible", chance (self, 80));
  put (self, "category", category, create);
}

static void
delete_item (Walk *self)
{
  JsonObject *item = pick_item (self);

  if (item != NULL)
    delete (self, "item", item);
}

static guint
count_items (Walk *self)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (categories (self)); i++)
    n += json_array_get_length (
        list (json_array_get_object_element (categories (self), i), "items"));
  return n;
}

/* The menu stays small, so that a thousand edits meet in the same entries. */
static void
make_change (Walk *self)
{
  gboolean few_categories = json_array_get_length (categories (self)) < 6;
  gboolean few_groups = json_array_get_length (groups (self)) < 6;
  gboolean few_items = count_items (self) < 16;

  switch (below (self, 9)) {
  case 0: change_category (self, few_categories); break;
  case 1:
    few_categories ? mark (self) : delete_category (self, pick (self, categories (self)));
    break;
  case 2:
  case 3: change_item (self, few_items); break;
  case 4: few_items ? change_item (self, FALSE) : delete_item (self); break;
  case 5: change_group (self, few_groups); break;
  case 6: few_groups ? swap_names (self) : delete_group (self, pick (self, groups (self))); break;
  case 7: shuffle (self, chance (self, 70) ? pick (self, categories (self)) : NULL); break;
  default: mark (self); break;
  }
}

/* ---- states ---- */

/* Without versions, which always rise. */
static void
forget_versions (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) values = NULL;
    json_object_remove_member (object, "version");
    values = json_object_get_values (object);
    for (GList *l = values; l != NULL; l = l->next)
      forget_versions (l->data);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array); i++)
      forget_versions (json_array_get_element (array, i));
  }
}

/* The editor's form, and what guests and the counter see of it, from the tables. */
static char *
snapshot (Walk *self)
{
  static const OsyMenuView views[] = {
      {NULL, NOW, TRUE}, {"QR", NOW, FALSE}, {"COUNTER", NOW + HOUR, FALSE}};
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (self->tx, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    g_autoptr (JsonNode) node = osy_menu_json_write (menu, &views[i]);
    forget_versions (node);
    g_autofree char *one = osy_json_print (node);
    g_string_append (text, one);
  }
  return g_string_free (text, FALSE);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(OsyMenuGroup *const *)a)->id, (*(OsyMenuGroup *const *)b)->id);
}

static void
append (GString *text, OsyMenu *menu, OsyMenuKind kind, const char *id)
{
  g_autoptr (JsonNode) node = osy_menu_json_write_content (menu, kind, id);
  g_autofree char *one = osy_json_print (node);

  g_string_append_printf (text, "%s\n", one);
}

/* What is left when nobody marks anything: entries and their order. */
static char *
content (Walk *self, gint64 *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (self->tx, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < osy_menu_categories (menu)->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (osy_menu_categories (menu), i);
    append (text, menu, OSY_MENU_CATEGORY, category->id);
    for (guint j = 0; j < category->items->len; j++)
      append (text, menu, OSY_MENU_ITEM, ((OsyMenuItem *)category->items->pdata[j])->id);
  }
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (osy_menu_groups (menu), NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    append (text, menu, OSY_MENU_GROUP, ((OsyMenuGroup *)sorted->pdata[i])->id);
  *version = osy_menu_version (menu);
  return g_string_free (text, FALSE);
}

static void
add_state (Walk *self)
{
  gint64 version;

  g_ptr_array_add (self->states, snapshot (self));
  g_ptr_array_add (self->contents, content (self, &version));
  g_array_append_val (self->versions, version);
}

/* Returns: the undo, or NULL with @error. */
static JsonNode *
send (Walk *self, JsonNode *batch, GError **error)
{
  OsyMenuBatch request = {batch, NULL, FALSE};
  g_autoptr (JsonNode) answer =
      osy_menu_service_batch (self->tx, &self->call, &room, &request, error);

  if (answer == NULL)
    return NULL;
  /* as it comes over the wire */
  JsonNode *undo = json_object_get_member (json_node_get_object (answer), "undo");
  g_autofree char *text = osy_json_print (undo);
  return osy_json_parse (text, strlen (text), NULL);
}

static void
read_menu (Walk *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->menu, json_node_unref);
  self->menu = osy_menu_service_read (self->tx, &self->call, &error);
  g_assert_no_error (error);
}

/* One random batch that is a menu, as the next state. */
static void
edit (Walk *self)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    JsonObject *object = json_object_new ();
    g_autoptr (JsonNode) batch = osy_json_take_object (object);
    read_menu (self);
    self->changes = json_array_new ();
    json_object_set_array_member (object, "changes", self->changes);
    guint n = 1 + below (self, 3);
    while (json_array_get_length (self->changes) < n)
      make_change (self);
    n = json_array_get_length (self->changes);
    JsonNode *undo = send (self, batch, &error);
    if (undo != NULL) {
      g_ptr_array_add (self->undo, undo);
      g_ptr_array_add (self->redo, NULL);
      add_state (self);
      self->edits += n;
      self->at++;
      return;
    }
    self->refused++;
    g_assert_true (osy_error_is (error, OSY_ERROR_CONFLICT) ||
                   osy_error_is (error, OSY_ERROR_INVALID_REQUEST) ||
                   osy_error_is (error, OSY_ERROR_VERSION_CONFLICT));
  }
}

static void
assert_state (Walk *self)
{
  g_autofree char *now = snapshot (self);

  g_assert_cmpstr (now, ==, g_ptr_array_index (self->states, self->at));
}

/* One state back or forth; the answer is the way the other way round. */
static void
go (Walk *self, gboolean back)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *taken = back ? self->undo : self->redo;
  GPtrArray *gained = back ? self->redo : self->undo;
  guint step = back ? self->at - 1 : self->at;
  JsonNode *answer = send (self, g_ptr_array_index (taken, step), &error);

  if (error != NULL) {
    JsonNode *entries = osy_error_get_extra (error, "entries");
    g_autofree char *told = entries ? osy_json_print (entries) : NULL;
    g_autofree char *batch = osy_json_print (g_ptr_array_index (taken, step));
    g_test_message ("step %u, %s: %s of %s", step, error->message, told, batch);
  }
  g_assert_no_error (error);
  g_clear_pointer ((JsonNode **)&g_ptr_array_index (gained, step), json_node_unref);
  g_ptr_array_index (gained, step) = answer;
  self->at = back ? step : step + 1;
}

/* ---- in transactions ---- */

typedef void (*Act) (Walk *self);

typedef struct {
  Walk *walk;
  Act act;
} Run;

static gboolean
run_act (OsyDbTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (shop, "test");

  run->walk->tx = tx;
  run->walk->call = (OsyCall){system, NULL};
  run->act (run->walk);
  return TRUE;
}

static void
commit (Walk *walk, Act act)
{
  OsyDbScope scope = {.restaurant_id = shop};
  g_autoptr (GError) error = NULL;
  Run run = {walk, act};
  gboolean ok = osy_db_pool_run (fixture->pool, &scope, run_act, &run, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
begin (Walk *self)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "menu-bunsik.csv", NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) file = g_bytes_new_take (text, len);
  g_autoptr (JsonNode) report =
      osy_menu_import_file (self->tx, &self->call, &room, file, FALSE, &error);
  g_assert_no_error (error);
  add_state (self);
}

static void
edit_some (Walk *self)
{
  for (guint i = 0; i < STEPS; i++)
    edit (self);
}

static void
undo_some (Walk *self)
{
  for (guint i = 0; i < STEPS && self->at > 0; i++)
    go (self, TRUE);
  assert_state (self);
}

static void
redo_some (Walk *self)
{
  for (guint i = 0; i < STEPS && self->at < self->states->len - 1; i++)
    go (self, FALSE);
  assert_state (self);
}

static void
wander (Walk *self)
{
  for (guint i = 0; i < WALK; i++) {
    go (self, self->at == self->states->len - 1 || (self->at > 0 && chance (self, 55)));
    assert_state (self);
  }
}

/* What another changed meanwhile stays as it is: undo refuses, whole. */
static void
meet_another (Walk *self)
{
  for (guint i = 0; i < 20; i++) {
    JsonArray *changes =
        list (json_node_get_object (g_ptr_array_index (self->undo, self->at - 1)), "changes");
    const char *expect = NULL;
    const char *id = NULL;
    for (guint j = 0; j < json_array_get_length (changes) && expect == NULL; j++) {
      JsonObject *change = json_array_get_object_element (changes, j);
      id = json_object_get_string_member_with_default (change, "id", NULL);
      if (strcmp (json_object_get_string_member (change, "kind"), "item") == 0)
        expect = json_object_get_string_member_with_default (change, "expect", NULL);
    }
    if (expect != NULL) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) body = json_from_string ("{\"price\":31415}", NULL);
      OsyMenuChange change = {OSY_MENU_ITEM, id, body, 0};
      g_autoptr (JsonNode) entry = NULL;
      g_assert_true (
          osy_menu_service_change (self->tx, &self->call, &room, &change, &entry, &error));
      g_autofree char *before = snapshot (self);
      g_autoptr (JsonNode) undo = send (self, g_ptr_array_index (self->undo, self->at - 1), &error);
      g_autofree char *after = snapshot (self);
      g_assert_error (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
      g_assert_null (undo);
      g_assert_nonnull (osy_error_get_extra (error, "entries"));
      g_assert_cmpstr (after, ==, before);
      return;
    }
    go (self, TRUE);
  }
  g_assert_not_reached ();
}

/* A mark that is there when an earlier menu comes back. */
static const OsyMenuItem *
mark_one (Walk *self, OsyMenu *menu)
{
  g_autoptr (GError) error = NULL;
  const OsyMenuCategory *category = NULL;

  for (guint i = 0; i < osy_menu_categories (menu)->len; i++) {
    category = g_ptr_array_index (osy_menu_categories (menu), i);
    if (category->items->len > 0)
      break;
  }
  const OsyMenuItem *item = g_ptr_array_index (category->items, 0);
  OsyMenuStopping stopping = {FALSE, item->id, {OSY_MENU_SOLD_OUT_OPEN, 0, FALSE}};
  g_autoptr (JsonNode) marked =
      osy_menu_service_stop (self->tx, &self->call, &room, &stopping, &error);
  g_assert_no_error (error);
  return item;
}

/* (transfer full): the answer to making the menu what it was in @state. */
static JsonNode *
restore (Walk *self, guint state)
{
  g_autoptr (GError) error = NULL;
  gint64 version = g_array_index (self->versions, gint64, state);
  g_autoptr (JsonNode) seen = osy_menu_history_compare (self->tx, &self->call, version, &error);
  g_assert_no_error (error);
  JsonObject *body = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (body);
  json_object_set_string_member (
      body, "expect", json_object_get_string_member (json_node_get_object (seen), "expect"));
  OsyMenuBatch batch = {.body = node, .restores = TRUE, .version = version};
  JsonNode *answer = osy_menu_service_batch (self->tx, &self->call, &room, &batch, &error);
  g_assert_no_error (error);
  return answer;
}

/* Any state comes back whatever happened since, keeps the marks of now, and goes again. */
static void
travel (Walk *self)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (GError) error = NULL;
    guint state = below (self, self->contents->len);
    gint64 version;
    g_autoptr (OsyMenu) menu = osy_menu_store_load (self->tx, &error);
    const OsyMenuItem *marked = mark_one (self, menu);
    g_autofree char *before = content (self, &version);
    g_autoptr (JsonNode) answer = restore (self, state);
    g_autofree char *then = content (self, &version);
    g_assert_cmpstr (then, ==, g_ptr_array_index (self->contents, state));
    g_autoptr (OsyMenu) restored = osy_menu_store_load (self->tx, &error);
    const OsyMenuItem *again = osy_menu_find_item (restored, marked->id);
    g_assert_true (again == NULL || again->stop.mode == OSY_MENU_SOLD_OUT_OPEN);
    JsonNode *undo = json_object_get_member (json_node_get_object (answer), "undo");
    g_autoptr (JsonNode) back = send (self, undo, &error);
    g_assert_no_error (error);
    g_autofree char *after = content (self, &version);
    g_assert_cmpstr (after, ==, before);
  }
}

/* What nobody wrote down, and what has changed since it was looked at. */
static void
refuse (Walk *self)
{
  const gint64 unknown[] = {-1, G_MAXINT32};
  g_autoptr (JsonNode) body = json_from_string ("{\"expect\":\"0123456789abcdef\"}", NULL);
  OsyMenuBatch batch = {
      .body = body, .restores = TRUE, .version = g_array_index (self->versions, gint64, 3)};
  g_autoptr (GError) error = NULL;

  g_assert_null (osy_menu_service_batch (self->tx, &self->call, &room, &batch, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_clear_error (&error);
    g_assert_null (osy_menu_history_compare (self->tx, &self->call, unknown[i], &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND);
  }
}

static void
node_free (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

static void
test_thousand (void)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) undo = g_ptr_array_new_with_free_func (node_free);
  g_autoptr (GPtrArray) redo = g_ptr_array_new_with_free_func (node_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  Walk walk = {.rand = rand,
               .states = states,
               .contents = contents,
               .versions = versions,
               .undo = undo,
               .redo = redo};

  osy_clock_set_fake (NOW);
  commit (&walk, begin);
  while (walk.edits < EDITS)
    commit (&walk, edit_some);
  g_test_message ("%u edits in %u batches; %u were refused", walk.edits, walk.at, walk.refused);
  g_assert_cmpuint (walk.refused, <, walk.at);
  while (walk.at > 0)
    commit (&walk, undo_some);
  while (walk.at < states->len - 1)
    commit (&walk, redo_some);
  commit (&walk, wander);
  commit (&walk, meet_another);
  commit (&walk, travel);
  commit (&walk, refuse);
  osy_clock_set_fake (0);
  json_node_unref (walk.menu);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (FALSE);
  shop = osy_auth_fixture_add_shop (fixture, "소담분식", "owner@undo.example");
  room = (OsyMenuRoom){fixture->pool, fixture->ring, NULL, NULL};
  g_test_add_func ("/menu/undo/thousand", test_thousand);
  int result = g_test_run ();
  osy_auth_fixture_free (fixture);
  g_free (shop);
  return result;
}
