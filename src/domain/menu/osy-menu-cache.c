/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Menus in memory. A change of this process hands over the new menu; any other drops the menu at
 * once and reads it anew: nobody who asks after a commit is shown what was before it. */

#include "osy-menu-cache.h"

#include "osy-clock.h"
#include "osy-event.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-menu-json.h"
#include "osy-menu-store.h"
#include "osy-metrics.h"
#include "osy-shop-service.h"

/* Menus held at most; an idle one makes room. */
#define MAX_ENTRIES 1000

typedef struct {
  OsyMenuCacheFunc func;
  gpointer user_data;
} Waiter;

typedef struct {
  char *restaurant_id;
  OsyMenu *menu;    /* nullable */
  GArray *waiters;  /* of Waiter */
  gboolean loading; /* one reading is under way */
  gboolean again;   /* what it reads is out of date already */
} Entry;

struct _OsyMenuCache {
  GObject parent_instance;
  OsyDbPool *pool;
  OsyBus *bus; /* nullable */
  guint subscription;
  guint shop_subscription;
  GHashTable *entries; /* restaurant id → Entry */
};

G_DEFINE_FINAL_TYPE (OsyMenuCache, osy_menu_cache, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->restaurant_id);
  g_clear_object (&entry->menu);
  g_array_unref (entry->waiters);
  g_free (entry);
}

static void
osy_menu_cache_finalize (GObject *object)
{
  OsyMenuCache *self = OSY_MENU_CACHE (object);

  if (self->bus != NULL) {
    osy_bus_unsubscribe (self->bus, self->subscription);
    osy_bus_unsubscribe (self->bus, self->shop_subscription);
  }
  g_clear_object (&self->bus);
  g_clear_object (&self->pool);
  g_hash_table_unref (self->entries);
  G_OBJECT_CLASS (osy_menu_cache_parent_class)->finalize (object);
}

static void
osy_menu_cache_class_init (OsyMenuCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_menu_cache_finalize;
}

static void
osy_menu_cache_init (OsyMenuCache *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

/* ---- reading ---- */

typedef struct {
  OsyMenuCache *cache;
  char *restaurant_id;
  OsyMenu *menu;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->cache);
  g_free (load->restaurant_id);
  g_clear_object (&load->menu);
  g_free (load);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
load_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Load *load = data;

  g_clear_object (&load->menu);
  load->menu = osy_menu_store_load (tx, error);
  if (load->menu == NULL)
    return FALSE;
  if (osy_menu_version (load->menu) > 0)
    return TRUE;
  /* A shop without a menu is not the same as no shop. */
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, load->restaurant_id, error);
  return shop != NULL;
}

static void start_load (OsyMenuCache *self, Entry *entry);

static void
tell_waiters (Entry *entry, OsyMenu *menu, const GError *error)
{
  g_autoptr (GArray) waiters = g_steal_pointer (&entry->waiters);

  entry->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  for (guint i = 0; i < waiters->len; i++) {
    const Waiter *waiter = &g_array_index (waiters, Waiter, i);
    waiter->func (menu, error, waiter->user_data);
  }
}

/* Never goes back to an older one; of one version the last read knows the shop's clock best. */
static void
hold (Entry *entry, OsyMenu *menu)
{
  if (entry->menu == NULL || osy_menu_version (entry->menu) <= osy_menu_version (menu))
    g_set_object (&entry->menu, menu);
  tell_waiters (entry, entry->menu, NULL);
}

static void
load_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  Entry *entry = g_hash_table_lookup (load->cache->entries, load->restaurant_id);

  entry->loading = FALSE;
  if (ok && entry->again) {
    start_load (load->cache, entry);
    return;
  }
  if (ok) {
    hold (entry, load->menu);
    return;
  }
  /* The entry goes first: a waiter may ask again from inside its callback. */
  g_hash_table_steal (load->cache->entries, load->restaurant_id);
  tell_waiters (entry, NULL, error);
  entry_free (entry);
}

static void
start_load (OsyMenuCache *self, Entry *entry)
{
  OsyDbScope scope = {.restaurant_id = entry->restaurant_id, .read_only = TRUE};
  Load *load = g_new0 (Load, 1);

  load->cache = g_object_ref (self);
  load->restaurant_id = g_strdup (entry->restaurant_id);
  entry->loading = TRUE;
  entry->again = FALSE;
  osy_db_pool_run_async (self->pool, &scope, load_work, load, NULL, NULL, load_done_cb, load);
}

static void
make_room (OsyMenuCache *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_size (self->entries) >= MAX_ENTRIES &&
         g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Entry *)value)->loading)
      g_hash_table_iter_remove (&iter);
}

static Entry *
ensure_entry (OsyMenuCache *self, const char *restaurant_id)
{
  Entry *entry = g_hash_table_lookup (self->entries, restaurant_id);

  if (entry != NULL)
    return entry;
  make_room (self);
  entry = g_new0 (Entry, 1);
  entry->restaurant_id = g_strdup (restaurant_id);
  entry->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  g_hash_table_insert (self->entries, entry->restaurant_id, entry);
  return entry;
}

void
osy_menu_cache_get_async (OsyMenuCache *self,
                          const char *restaurant_id,
                          OsyMenuCacheFunc func,
                          gpointer user_data)
{
  Waiter waiter = {func, user_data};

  if (!osy_id_is_valid (restaurant_id)) {
    g_autoptr (GError) error =
        g_error_new (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
    func (NULL, error, user_data);
    return;
  }
  Entry *entry = ensure_entry (self, restaurant_id);
  osy_metric_add (osy_metric_find (&osy_metric_cache, "menu", entry->menu != NULL ? "hit" : "miss"),
                  1);
  if (entry->menu != NULL) {
    g_autoptr (OsyMenu) menu = g_object_ref (entry->menu);
    func (menu, NULL, user_data);
    return;
  }
  g_array_append_val (entry->waiters, waiter);
  if (!entry->loading)
    start_load (self, entry);
}

static gboolean
is_same_clock (OsyMenu *a, OsyMenu *b)
{
  OsyWeekClock one = osy_menu_clock (a);
  OsyWeekClock other = osy_menu_clock (b);

  return one.cutoff == other.cutoff && g_strcmp0 (one.zone, other.zone) == 0;
}

OsyMenu *
osy_menu_cache_peek (OsyMenuCache *self, const char *restaurant_id)
{
  Entry *entry = restaurant_id ? g_hash_table_lookup (self->entries, restaurant_id) : NULL;

  return entry ? entry->menu : NULL;
}

void
osy_menu_cache_take (OsyMenuCache *self, OsyMenu *menu)
{
  Entry *entry = g_hash_table_lookup (self->entries, osy_menu_restaurant_id (menu));

  if (entry == NULL)
    return;
  /* Whoever wrote it may have read the shop's clock before it was set. */
  if (entry->loading)
    entry->again = TRUE;
  else if (entry->menu != NULL && !is_same_clock (entry->menu, menu))
    start_load (self, entry);
  hold (entry, menu);
}

void
osy_menu_cache_invalidate (OsyMenuCache *self, const char *restaurant_id)
{
  Entry *entry = g_hash_table_lookup (self->entries, restaurant_id);

  if (entry == NULL)
    return;
  g_clear_object (&entry->menu);
  if (entry->loading)
    entry->again = TRUE;
  else
    start_load (self, entry);
}

static void
menu_event (const char *topic, gpointer message, gpointer user_data)
{
  OsyMenuCache *self = user_data;
  const OsyEvent *event = message;
  OsyMenu *menu = osy_menu_cache_peek (self, event->restaurant_id);

  /* Told of its own change the cache has usually read it already. */
  if (menu == NULL || osy_menu_version (menu) < event->aggregate_seq)
    osy_menu_cache_invalidate (self, event->restaurant_id);
}

/* Its zone or the beginning of its day may be another: hours and prices hold by them. */
static void
shop_event (const char *topic, gpointer message, gpointer user_data)
{
  const OsyEvent *event = message;

  osy_menu_cache_invalidate (user_data, event->restaurant_id);
}

OsyMenuCache *
osy_menu_cache_new (OsyDbPool *pool, OsyBus *bus)
{
  OsyMenuCache *self = g_object_new (OSY_TYPE_MENU_CACHE, NULL);

  self->pool = g_object_ref (pool);
  if (bus != NULL) {
    self->bus = g_object_ref (bus);
    self->subscription = osy_bus_subscribe (bus, "menu.", menu_event, self);
    self->shop_subscription = osy_bus_subscribe (bus, "shop.updated", shop_event, self);
  }
  return self;
}

/* ---- the printed form ---- */

typedef struct {
  GBytes *bytes;
  char *etag;
  gint64 until; /* UTC µs: from then on it reads otherwise */
} Print;

static void
print_free (gpointer data)
{
  Print *print = data;

  g_bytes_unref (print->bytes);
  g_free (print->etag);
  g_free (print);
}

static Print *
print_new (OsyMenu *menu, const char *channel, gint64 now)
{
  OsyMenuView view = {channel, now, FALSE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  Print *print = g_new0 (Print, 1);

  print->bytes = osy_json_print_bytes (node);
  print->until = osy_menu_next_change (menu, now);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, print->bytes);
  print->etag = g_strdup_printf ("\"v%" G_GINT64_FORMAT "-%.16s\"", osy_menu_version (menu), hash);
  return print;
}

GBytes *
osy_menu_cache_print (OsyMenuCache *self, OsyMenu *menu, const char *channel, const char **etag)
{
  GHashTable *prints = g_object_get_data (G_OBJECT (menu), "osy-menu-prints");
  const char *key = channel ? channel : "";
  gint64 now = osy_clock_now ();

  if (prints == NULL) {
    prints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, print_free);
    g_object_set_data_full (G_OBJECT (menu), "osy-menu-prints", prints,
                            (GDestroyNotify)g_hash_table_unref);
  }
  Print *print = g_hash_table_lookup (prints, key);
  if (print == NULL || now >= print->until) {
    print = print_new (menu, channel, now);
    g_hash_table_insert (prints, g_strdup (key), print);
  }
  *etag = print->etag;
  return print->bytes;
}
