/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The restaurants' settings in memory, so that placing an order asks no table for them. */

#include "osy-shop-cache.h"

#include "osy-id.h"
#include "osy-metrics.h"
#include "osy-shop-service.h"

struct _OsyShopCache {
  GObject parent;
  OsyDbPool *pool;
  GHashTable *shops; /* restaurant id → OsyShop */
};

G_DEFINE_FINAL_TYPE (OsyShopCache, osy_shop_cache, G_TYPE_OBJECT)

static void
osy_shop_cache_finalize (GObject *object)
{
  OsyShopCache *self = OSY_SHOP_CACHE (object);

  g_object_unref (self->pool);
  g_hash_table_unref (self->shops);
  G_OBJECT_CLASS (osy_shop_cache_parent_class)->finalize (object);
}

static void
osy_shop_cache_class_init (OsyShopCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_shop_cache_finalize;
}

static void
osy_shop_cache_init (OsyShopCache *self)
{
  self->shops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

OsyShopCache *
osy_shop_cache_new (OsyDbPool *pool)
{
  OsyShopCache *self = g_object_new (OSY_TYPE_SHOP_CACHE, NULL);

  self->pool = g_object_ref (pool);
  return self;
}

OsyShop *
osy_shop_cache_lookup (OsyShopCache *self, const char *restaurant_id)
{
  return restaurant_id ? g_hash_table_lookup (self->shops, restaurant_id) : NULL;
}

/** One load under way. */
typedef struct {
  char *restaurant_id;
  OsyShop *shop;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->restaurant_id);
  g_clear_object (&load->shop);
  g_free (load);
}

static gboolean
load_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Load *load = data;

  g_clear_object (&load->shop);
  load->shop = osy_shop_service_get (tx, load->restaurant_id, error);
  return load->shop != NULL;
}

/* Loads may overtake each other: the higher version is the newer truth. */
static void
keep_newer (OsyShopCache *self, OsyShop *shop)
{
  const OsyShopData *data = osy_shop_data (shop);
  OsyShop *known = g_hash_table_lookup (self->shops, data->id);

  if (known == NULL || osy_shop_data (known)->version < data->version)
    g_hash_table_insert (self->shops, g_strdup (data->id), g_object_ref (shop));
}

static void
load_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyShopCache *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  keep_newer (self, load->shop);
  g_task_return_pointer (task, g_object_ref (load->shop), g_object_unref);
}

static void
start_load (OsyShopCache *self, GTask *task, const char *restaurant_id)
{
  Load *load = g_new0 (Load, 1);
  OsyDbScope scope = {.restaurant_id = restaurant_id, .read_only = TRUE};

  load->restaurant_id = g_strdup (restaurant_id);
  g_task_set_task_data (task, load, load_free);
  osy_db_pool_run_async (self->pool, &scope, load_work, load, NULL, g_task_get_cancellable (task),
                         load_done_cb, g_object_ref (task));
}

void
osy_shop_cache_load_async (OsyShopCache *self,
                           const char *restaurant_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OsyShop *known = osy_shop_cache_lookup (self, restaurant_id);

  g_task_set_source_tag (task, osy_shop_cache_load_async);
  osy_metric_add (osy_metric_find (&osy_metric_cache, "shop", known != NULL ? "hit" : "miss"), 1);
  if (known != NULL)
    g_task_return_pointer (task, g_object_ref (known), g_object_unref);
  else if (!osy_id_is_valid (restaurant_id))
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
  else
    start_load (self, task, restaurant_id);
}

OsyShop *
osy_shop_cache_load_finish (OsyShopCache *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyShop) shop = osy_shop_cache_load_finish (OSY_SHOP_CACHE (source), result, &error);

  if (shop == NULL)
    g_warning ("cannot load the settings of a shop: %s", error->message);
}

void
osy_shop_cache_refresh (OsyShopCache *self, const char *restaurant_id)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, refreshed_cb, NULL);

  start_load (self, task, restaurant_id);
}
