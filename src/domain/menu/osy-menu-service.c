/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of changing a menu. Each change takes the menu's version first, which also makes changes of
 * one menu wait for each other, and ends by reading the menu again: what a reader could not build
 * is not committed. */

#include "osy-menu-service.h"

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-menu-edit.h"
#include "osy-menu-json.h"
#include "osy-menu-store.h"
#include "osy-shop-service.h"

/* A change under way. */
typedef struct {
  OsyDbTx *tx;
  const OsyCall *call;
  OsyMenuRoom *room;
  OsyMenu *menu; /* before it */
  gint64 version;
  gint64 now;
} Work;

static void
work_clear (Work *self)
{
  g_clear_object (&self->menu);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
not_found (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                       "There is no such entry on the menu.");
  return FALSE;
}

static gboolean
begin (Work *self, OsyPermission permission, GError **error)
{
  self->now = osy_clock_now ();
  if (osy_db_tx_restaurant (self->tx) == NULL)
    return not_found (error);
  if (!osy_principal_check (self->call->principal, permission, error) ||
      !osy_menu_store_bump (self->tx, &self->version, error))
    return FALSE;
  self->menu = osy_menu_store_load (self->tx, error);
  return self->menu != NULL;
}

static gboolean
conflict (const char *pointer, const char *code, const char *detail, GError **error)
{
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_CONFLICT, detail);

  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
check_version (const OsyMenuChange *change, gint64 version, GError **error)
{
  if (change->if_version == 0 || change->if_version == version)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "It was changed meanwhile; read it again.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), version));
  g_propagate_error (error, refusal);
  return FALSE;
}

typedef JsonNode *(*WriteFunc) (OsyMenu *menu, gconstpointer entry, gint64 now);

/* Which kind of entry a change is of: how it is called, found and written. */
typedef struct {
  const char *object_type;
  const char *verb; /* begins the action */
  gconstpointer (*find) (OsyMenu *menu, const char *id);
  WriteFunc write;
} Kind;

static const Kind category_kind = {
    "menu_category", "menu.category",
    (gconstpointer (*) (OsyMenu *, const char *))osy_menu_find_category,
    (WriteFunc)osy_menu_json_write_category};
static const Kind item_kind = {"menu_item", "menu.item",
                               (gconstpointer (*) (OsyMenu *, const char *))osy_menu_find_item,
                               (WriteFunc)osy_menu_json_write_item};
static const Kind group_kind = {"menu_group", "menu.group",
                                (gconstpointer (*) (OsyMenu *, const char *))osy_menu_find_group,
                                (WriteFunc)osy_menu_json_write_group};

/* Reads the menu anew, notes the change, and gives the entry as it is now (NULL when it is gone).
 */
static gboolean
finish (Work *self,
        const Kind *kind,
        const char *id,
        const char *what,
        JsonNode **ret,
        GError **error)
{
  gconstpointer old = kind->find (self->menu, id);
  g_autoptr (JsonNode) old_value = old ? kind->write (self->menu, old, self->now) : NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (self->tx, error);

  if (menu == NULL)
    return FALSE;
  gconstpointer entry = kind->find (menu, id);
  g_autoptr (JsonNode) new_value = entry ? kind->write (menu, entry, self->now) : NULL;
  g_autofree char *action = g_strconcat (kind->verb, what, NULL);
  OsyMenuNote note = {action, kind->object_type, id, old_value, new_value, self->version};
  if (!osy_menu_note_change (self->tx, self->call, self->room, &note, error))
    return FALSE;
  if (ret != NULL)
    *ret = g_steal_pointer (&new_value);
  return TRUE;
}

static JsonNode *
finish_save (Work *self,
             const Kind *kind,
             const OsyMenuChange *change,
             const char *id,
             GError **error)
{
  JsonNode *node = NULL;

  if (!finish (self, kind, id, change->id ? "_updated" : "_created", &node, error))
    return NULL;
  return node;
}

/* ---- order of lists ---- */

/* Ids of @siblings with @id moved to @position (-1: last if it is new there, else where it is). */
static GPtrArray *
arrange (GPtrArray *ids, const char *id, gint64 position)
{
  guint at = 0;
  gboolean known = g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &at);

  if (known && position >= 0)
    g_ptr_array_remove_index (ids, at);
  if (!known || position >= 0)
    g_ptr_array_insert (ids, position >= 0 ? (int)MIN (position, (gint64)ids->len) : -1,
                        (gpointer)id);
  return ids;
}

/* ---- categories ---- */

static gboolean
check_category_name (Work *self, const OsyMenuCategory *category, GError **error)
{
  GPtrArray *all = osy_menu_categories (self->menu);

  for (guint i = 0; i < all->len; i++) {
    const OsyMenuCategory *other = g_ptr_array_index (all, i);
    if (g_str_equal (other->name, category->name) && !g_str_equal (other->id, category->id))
      return conflict ("/name", "TAKEN", "Another category has this name.", error);
  }
  return TRUE;
}

static gboolean
order_categories (Work *self, const char *id, gint64 position, GError **error)
{
  GPtrArray *all = osy_menu_categories (self->menu);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (ids, ((OsyMenuCategory *)g_ptr_array_index (all, i))->id);
  return osy_menu_store_order_categories (self->tx, arrange (ids, id, position), error);
}

JsonNode *
osy_menu_service_save_category (OsyDbTx *tx,
                                const OsyCall *call,
                                OsyMenuRoom *room,
                                const OsyMenuChange *change,
                                GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  const OsyMenuCategory *old = osy_menu_find_category (self.menu, change->id);
  if (change->id != NULL && old == NULL) {
    not_found (error);
    return NULL;
  }
  g_autoptr (OsyMenuCategory) category =
      old ? osy_menu_category_copy (old) : osy_menu_category_new ();
  OsyMenuEdit edit = {self.menu, change->body, old == NULL, self.now, -1};
  if (old == NULL)
    category->id = osy_id_new ();
  if (!check_version (change, category->version, error) ||
      !osy_menu_edit_category (&edit, category, error) ||
      !check_category_name (&self, category, error) ||
      !osy_menu_store_save_category (tx, category, error) ||
      !order_categories (&self, category->id, edit.position, error))
    return NULL;
  return finish_save (&self, &category_kind, change, category->id, error);
}

gboolean
osy_menu_service_delete_category (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyMenuRoom *room,
                                  const OsyMenuChange *change,
                                  GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return FALSE;
  const OsyMenuCategory *category = osy_menu_find_category (self.menu, change->id);
  if (category == NULL)
    return not_found (error);
  if (!check_version (change, category->version, error))
    return FALSE;
  if (category->items->len > 0)
    return conflict ("/items", "NOT_EMPTY",
                     "The category still has items; move or delete them first.", error);
  return osy_menu_store_delete_category (tx, change->id, error) &&
         finish (&self, &category_kind, change->id, "_deleted", NULL, error);
}

/* ---- items ---- */

static gboolean
check_item_name (Work *self, const OsyMenuItem *item, GError **error)
{
  const OsyMenuCategory *category = osy_menu_find_category (self->menu, item->category_id);

  for (guint i = 0; i < category->items->len; i++) {
    const OsyMenuItem *other = g_ptr_array_index (category->items, i);
    if (g_str_equal (other->name, item->name) && !g_str_equal (other->id, item->id))
      return conflict ("/name", "TAKEN", "Another item of this category has this name.", error);
  }
  return TRUE;
}

static gboolean
order_items (Work *self, const OsyMenuItem *item, gint64 position, GError **error)
{
  GPtrArray *all = osy_menu_find_category (self->menu, item->category_id)->items;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (ids, ((OsyMenuItem *)g_ptr_array_index (all, i))->id);
  return osy_menu_store_order_items (self->tx, arrange (ids, item->id, position), error);
}

JsonNode *
osy_menu_service_save_item (OsyDbTx *tx,
                            const OsyCall *call,
                            OsyMenuRoom *room,
                            const OsyMenuChange *change,
                            GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  const OsyMenuItem *old = osy_menu_find_item (self.menu, change->id);
  if (change->id != NULL && old == NULL) {
    not_found (error);
    return NULL;
  }
  g_autoptr (OsyMenuItem) item = old ? osy_menu_item_copy (old) : osy_menu_item_new ();
  OsyMenuEdit edit = {self.menu, change->body, old == NULL, self.now, -1};
  if (old == NULL)
    item->id = osy_id_new ();
  if (!check_version (change, item->version, error) || !osy_menu_edit_item (&edit, item, error) ||
      !check_item_name (&self, item, error) || !osy_menu_store_save_item (tx, item, error) ||
      !order_items (&self, item, edit.position, error))
    return NULL;
  return finish_save (&self, &item_kind, change, item->id, error);
}

gboolean
osy_menu_service_delete_item (OsyDbTx *tx,
                              const OsyCall *call,
                              OsyMenuRoom *room,
                              const OsyMenuChange *change,
                              GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return FALSE;
  const OsyMenuItem *item = osy_menu_find_item (self.menu, change->id);
  if (item == NULL)
    return not_found (error);
  return check_version (change, item->version, error) &&
         osy_menu_store_delete_item (tx, change->id, error) &&
         finish (&self, &item_kind, change->id, "_deleted", NULL, error);
}

/* ---- option groups ---- */

static gboolean
is_used_by_option (GPtrArray *groups, const OsyMenuGroup *group)
{
  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (groups, i))->options;
    for (guint j = 0; j < options->len; j++)
      if (g_ptr_array_find (((OsyMenuOption *)g_ptr_array_index (options, j))->groups, group, NULL))
        return TRUE;
  }
  return FALSE;
}

static gboolean
is_used (OsyMenu *menu, const OsyMenuGroup *group)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (categories, i))->items;
    for (guint j = 0; j < items->len; j++)
      if (g_ptr_array_find (((OsyMenuItem *)g_ptr_array_index (items, j))->groups, group, NULL))
        return TRUE;
  }
  return is_used_by_option (osy_menu_groups (menu), group);
}

JsonNode *
osy_menu_service_save_group (OsyDbTx *tx,
                             const OsyCall *call,
                             OsyMenuRoom *room,
                             const OsyMenuChange *change,
                             GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  const OsyMenuGroup *old = osy_menu_find_group (self.menu, change->id);
  if (change->id != NULL && old == NULL) {
    not_found (error);
    return NULL;
  }
  g_autoptr (OsyMenuGroup) group = old ? osy_menu_group_copy (old) : osy_menu_group_new ();
  OsyMenuEdit edit = {self.menu, change->body, old == NULL, self.now, -1};
  if (old == NULL)
    group->id = osy_id_new ();
  if (!check_version (change, group->version, error) ||
      !osy_menu_edit_group (&edit, group, error) || !osy_menu_store_save_group (tx, group, error))
    return NULL;
  return finish_save (&self, &group_kind, change, group->id, error);
}

gboolean
osy_menu_service_delete_group (OsyDbTx *tx,
                               const OsyCall *call,
                               OsyMenuRoom *room,
                               const OsyMenuChange *change,
                               GError **error)
{
  g_auto (Work) self = {tx, call, room};

  if (!begin (&self, OSY_PERM_MENU_MANAGE, error))
    return FALSE;
  const OsyMenuGroup *group = osy_menu_find_group (self.menu, change->id);
  if (group == NULL)
    return not_found (error);
  if (!check_version (change, group->version, error))
    return FALSE;
  if (is_used (self.menu, group))
    return conflict ("/id", "IN_USE", "The option group is still in use; take it off first.",
                     error);
  return osy_menu_store_delete_group (tx, change->id, error) &&
         finish (&self, &group_kind, change->id, "_deleted", NULL, error);
}

/* ---- sold out ---- */

gint64
osy_menu_business_day_end (gint64 now, const char *zone, int cutoff_minutes)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = tz ? g_date_time_to_timezone (utc, tz) : g_date_time_ref (utc);
  g_autoptr (GDateTime) end = g_date_time_new (
      g_date_time_get_timezone (local), g_date_time_get_year (local), g_date_time_get_month (local),
      g_date_time_get_day_of_month (local), cutoff_minutes / 60, cutoff_minutes % 60, 0);

  if (g_date_time_to_unix (end) * G_USEC_PER_SEC <= now) {
    g_autoptr (GDateTime) next = g_date_time_add_days (end, 1);
    return g_date_time_to_unix (next) * G_USEC_PER_SEC;
  }
  return g_date_time_to_unix (end) * G_USEC_PER_SEC;
}

static gboolean
settle_stop (Work *self, OsyMenuStop *stop, GError **error)
{
  if (stop->mode == OSY_MENU_SOLD_OUT_TODAY) {
    g_autoptr (OsyShop) shop =
        osy_shop_service_get (self->tx, osy_db_tx_restaurant (self->tx), error);
    if (shop == NULL)
      return FALSE;
    stop->until = osy_menu_business_day_end (self->now, osy_shop_data (shop)->time_zone,
                                             osy_shop_data (shop)->cutoff_minutes);
    return TRUE;
  }
  if (stop->mode != OSY_MENU_SOLD_OUT_UNTIL || stop->until > self->now)
    return TRUE;
  GError *refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "until must lie ahead.");
  osy_error_add_field (refusal, "/until", "OUT_OF_RANGE", "The time must lie ahead.");
  g_propagate_error (error, refusal);
  return FALSE;
}

static const OsyMenuGroup *
group_of_option (OsyMenu *menu, const char *option_id)
{
  GPtrArray *groups = osy_menu_groups (menu);
  const OsyMenuOption *option = osy_menu_find_option (menu, option_id);

  for (guint i = 0; option != NULL && i < groups->len; i++)
    if (g_ptr_array_find (((OsyMenuGroup *)g_ptr_array_index (groups, i))->options, option, NULL))
      return g_ptr_array_index (groups, i);
  return NULL;
}

JsonNode *
osy_menu_service_stop (OsyDbTx *tx,
                       const OsyCall *call,
                       OsyMenuRoom *room,
                       const OsyMenuStopping *stopping,
                       GError **error)
{
  g_auto (Work) self = {tx, call, room};
  OsyMenuStop stop = stopping->stop;
  const char *what = stop.mode == OSY_MENU_FOR_SALE ? "_available" : "_sold_out";
  JsonNode *node = NULL;

  if (!begin (&self, OSY_PERM_ORDER_WRITE, error) || !settle_stop (&self, &stop, error))
    return NULL;
  const OsyMenuItem *item = osy_menu_find_item (self.menu, stopping->id);
  const OsyMenuGroup *group = group_of_option (self.menu, stopping->id);
  if (stopping->is_option ? group == NULL : item == NULL) {
    not_found (error);
    return NULL;
  }
  gboolean ok = stopping->is_option
                    ? osy_menu_store_stop_option (tx, stopping->id, &stop, error) &&
                          finish (&self, &group_kind, group->id, what, &node, error)
                    : osy_menu_store_stop_item (tx, stopping->id, &stop, error) &&
                          finish (&self, &item_kind, stopping->id, what, &node, error);
  return ok ? node : NULL;
}

/* ---- reading ---- */

JsonNode *
osy_menu_service_read (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (tx, error);
  OsyMenuView view = {NULL, osy_clock_now (), TRUE};
  return menu ? osy_menu_json_write (menu, &view) : NULL;
}
