/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Finding orders: each thing looked for becomes a group of keys, and an order must have one key of
 * every group. Every statement walks one index from the newest order on. */

#include "osy-order-find.h"

#include "osy-hangul.h"
#include "osy-order-find-key.h"
#include "osy-order-store.h"

/* ---- what is looked for ---- */

typedef struct {
  const OsyOrderQuery *query;
  OsyKeyring *ring;
  OsyDbTx *tx;
  GPtrArray *groups; /* of GArray of gint64 */
} Search;

static GArray *
add_group (Search *self)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_ptr_array_add (self->groups, keys);
  return keys;
}

/* What was looked at once is not looked at again: most items have but one name. */
static gboolean
fits (GHashTable *seen, const char *name, const char *text)
{
  gpointer known;

  if (g_hash_table_lookup_extended (seen, name, NULL, &known))
    return GPOINTER_TO_INT (known);
  gboolean matches = osy_hangul_matches (name, text);
  g_hash_table_insert (seen, (gpointer)name, GINT_TO_POINTER (matches));
  return matches;
}

static void
add_found (GHashTable *found, gint64 key)
{
  g_hash_table_add (found, g_memdup2 (&key, sizeof key));
}

static void
add_menu_items (const OsyOrderQuery *query, const char *text, GHashTable *seen, GHashTable *found)
{
  GPtrArray *categories = query->menu ? osy_menu_categories (query->menu) : NULL;

  for (guint i = 0; categories != NULL && i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);
      if (fits (seen, item->name, text) ||
          (item->name_en != NULL && fits (seen, item->name_en, text)))
        add_found (found, osy_order_find_item_key (item->id));
    }
  }
}

/* By every name an item has, and had when it was sold. */
static gboolean
add_items (const Search *self, const char *text, GArray *keys, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (OsyDbRows) names = osy_db_query (
      self->tx, "SELECT key, name FROM order_item_name WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);
  GHashTableIter iter;
  gpointer key;

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (names); i++)
    if (fits (seen, osy_db_rows_text (names, i, "name"), text))
      add_found (found, osy_db_rows_int (names, i, "key"));
  add_menu_items (self->query, text, seen, found);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (keys, key, 1);
  return TRUE;
}

static gboolean
understand (Search *self, GError **error)
{
  const OsyOrderQuery *query = self->query;
  const char *shop_id = osy_db_tx_restaurant (self->tx);

  if (query->number > 0) {
    gint64 key = osy_order_find_number_key (query->number);
    g_array_append_val (add_group (self), key);
  }
  if (query->amount != NULL) {
    gint64 key = osy_order_find_amount_key (*query->amount);
    g_array_append_val (add_group (self), key);
  }
  if (query->phone != NULL)
    osy_order_find_add_phone (add_group (self), self->ring, shop_id, query->phone);
  if (query->item != NULL && !add_items (self, query->item, add_group (self), error))
    return FALSE;
  if (query->q == NULL)
    return TRUE;
  GArray *keys = add_group (self);
  osy_order_find_add_typed (keys, self->ring, shop_id, query->q);
  return !osy_order_find_is_words (query->q) || add_items (self, query->q, keys, error);
}

/* ---- SQL ---- */

#define BEFORE(created, id)                                              \
  "AND (" created ", " id ") < (coalesce($6::timestamptz, 'infinity'), " \
  "coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')) "

/* A business day lies within a day and a half of its date, whatever the zone and the cut-off. */
#define BETWEEN(created)                                                                    \
  "AND " created " >= greatest($1::timestamptz, $3::date - interval '1 day', '-infinity') " \
  "AND " created " < least($2::timestamptz, $3::date + interval '3 days', 'infinity') "

/* $9 to $13: an order needs a key of each. No index serves &&: what is read is cut down before. */
#define CUT                                          \
  "AND ($3::date IS NULL OR business_day = $3) "     \
  "AND ($4 OR status = ANY ($5::text[])) "           \
  "AND ($9::bigint[] IS NULL OR find_keys && $9) "   \
  "AND ($10::bigint[] IS NULL OR find_keys && $10) " \
  "AND ($11::bigint[] IS NULL OR find_keys && $11) " \
  "AND ($12::bigint[] IS NULL OR find_keys && $12) " \
  "AND ($13::bigint[] IS NULL OR find_keys && $13) "
#define MAX_GROUPS 5

/* From the newest order on, until enough fit. */
#define PAGE(part)                                                                           \
  "SELECT * FROM orders WHERE restaurant_id = app_restaurant() " part BETWEEN ("created_at") \
      CUT BEFORE ("created_at", "id") "ORDER BY created_at DESC, id DESC LIMIT $8"

/* The partial indexes are taken only for the very words they were made with. */
static const struct {
  const char *states[6];
  const char *sql;
} pages[] = {
    {{OSY_ORDER_PENDING, OSY_ORDER_ACCEPTED, OSY_ORDER_PREPARING, OSY_ORDER_READY,
      OSY_ORDER_DELIVERING, NULL},
     PAGE ("AND status IN ('PENDING', 'ACCEPTED', 'PREPARING', 'READY', 'DELIVERING') ")},
    {{OSY_ORDER_REJECTED, OSY_ORDER_CANCELED, OSY_ORDER_EXPIRED, NULL},
     PAGE ("AND status IN ('REJECTED', 'CANCELED', 'EXPIRED') ")},
};

/* From each key of $14 as many as are wanted, newest first; of these the newest. $15: whether there
 * is more to look at than the key. Scalar and limited subqueries, so that no plan reads a table
 * whole to hash it. */
static const char by_keys[] =
    "SELECT o.* FROM (SELECT DISTINCT f.created_at, f.order_id FROM unnest($14::bigint[]) AS "
    "w(key) "
    "  CROSS JOIN LATERAL (SELECT created_at, order_id FROM order_find f "
    "    WHERE restaurant_id = app_restaurant() AND key = w.key " BETWEEN ("created_at") BEFORE (
        "created_at",
        "order_id") "    AND (NOT $15 OR coalesce((SELECT true FROM orders "
                    "      WHERE restaurant_id = app_restaurant() AND id = f.order_id " CUT
                    "), false)) "
                    "    ORDER BY created_at DESC, order_id DESC LIMIT $8) f "
                    "  ORDER BY 1 DESC, 2 DESC LIMIT $8) AS newest "
                    "CROSS JOIN LATERAL (SELECT * FROM orders WHERE restaurant_id = "
                    "app_restaurant() "
                    "  AND id = newest.order_id LIMIT 1) o ORDER BY o.created_at DESC, o.id DESC";

/* Words that fit more items than this fit so many orders that the newest are looked through. */
#define MAX_WALKED_KEYS 400

static gboolean
is_part_of (GPtrArray *statuses, const char *const *states)
{
  for (guint i = 0; i < statuses->len; i++)
    if (!g_strv_contains (states, g_ptr_array_index (statuses, i)))
      return FALSE;
  return TRUE;
}

/* (nullable): for states in which there are so few orders that they have an index of their own. */
static const char *
partial_sql (const OsyOrderQuery *query)
{
  for (gsize i = 0; query->statuses != NULL && i < G_N_ELEMENTS (pages); i++)
    if (is_part_of (query->statuses, pages[i].states))
      return pages[i].sql;
  return NULL;
}

/* The group with the fewest keys, when walking along them is worth it. (nullable) */
static GArray *
choose_walked (GPtrArray *groups)
{
  GArray *fewest = NULL;

  for (guint i = 0; i < groups->len; i++) {
    GArray *group = g_ptr_array_index (groups, i);
    if (fewest == NULL || group->len < fewest->len)
      fewest = group;
  }
  return fewest != NULL && fewest->len <= MAX_WALKED_KEYS ? fewest : NULL;
}

static OsyDbRows *
find_rows (const Search *self, GError **error)
{
  const OsyOrderQuery *query = self->query;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const char *partial = partial_sql (query);
  GArray *walked = partial == NULL ? choose_walked (self->groups) : NULL;
  OsyDbParam params[] = {
      OSY_P_TIME (query->from),
      OSY_P_TIME (query->to),
      OSY_P_TEXT (query->day),
      OSY_P_BOOL (query->statuses == NULL),
      OSY_P_TEXTS (query->statuses ? query->statuses : none),
      OSY_P_TIME (query->before_created),
      OSY_P_TEXT (query->before_id),
      OSY_P_INT (query->limit),
      [8 ... 8 + MAX_GROUPS - 1] = OSY_P_INTS (NULL),
      OSY_P_INTS (walked),
      OSY_P_BOOL (query->statuses != NULL || query->day != NULL || self->groups->len > 1),
  };

  for (guint i = 0; i < self->groups->len; i++)
    if (g_ptr_array_index (self->groups, i) != walked)
      params[8 + i] = OSY_P_INTS (g_ptr_array_index (self->groups, i));
  return walked != NULL ? osy_db_query (self->tx, by_keys, params, G_N_ELEMENTS (params), error)
                        : osy_db_query (self->tx, partial ? partial : PAGE (""), params,
                                        8 + MAX_GROUPS, error);
}

GPtrArray *
osy_order_find_list (OsyDbTx *tx, OsyKeyring *ring, const OsyOrderQuery *query, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  Search search = {query, ring, tx, groups};

  if (!understand (&search, error))
    return NULL;
  g_autoptr (OsyDbRows) rows = find_rows (&search, error);
  return rows ? osy_order_store_read (rows, ring, error) : NULL;
}

/* ---- orders from before there were keys ---- */

/* Rows to be written: an order's keys, and a name of an item. */
typedef struct {
  GPtrArray *ids;
  GPtrArray *keys; /* of char*: arrays of PostgreSQL */
  GArray *name_keys;
  GPtrArray *names;
} Index;

static void
index_clear (Index *self)
{
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->name_keys);
  g_ptr_array_unref (self->names);
}

static void
add_order (Index *self, OsyKeyring *ring, const OsyOrderData *order)
{
  g_autoptr (GArray) keys = osy_order_find_keys (ring, order);
  gint64 number = osy_order_find_number_key (order->number);

  g_array_append_val (keys, number);
  g_ptr_array_add (self->ids, order->id);
  g_ptr_array_add (self->keys, osy_order_find_print (keys));
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    gint64 key = osy_order_find_item_key (line->menu_item_id);
    g_array_append_val (self->name_keys, key);
    g_ptr_array_add (self->names, line->name);
  }
}

/* Names in the order in which the order writer adds its own, lest the two wait for each other. */
static gboolean
write_index (OsyDbTx *tx, const Index *self, GError **error)
{
  return osy_db_exec (tx,
                      "WITH done AS (UPDATE orders o SET find_keys = n.keys::bigint[] "
                      "  FROM unnest($1::uuid[], $2::text[]) AS n(id, keys) "
                      "  WHERE o.restaurant_id = app_restaurant() AND o.id = n.id "
                      "  RETURNING o.id, created_at, find_keys) "
                      "INSERT INTO order_find (restaurant_id, key, created_at, order_id) "
                      "SELECT app_restaurant(), key, created_at, id "
                      "FROM done, unnest(find_keys) AS key ON CONFLICT DO NOTHING",
                      OSY_PARAMS (OSY_P_TEXTS (self->ids), OSY_P_TEXTS (self->keys)), NULL,
                      error) &&
         osy_db_exec (tx,
                      "INSERT INTO order_item_name (restaurant_id, key, name) "
                      "SELECT DISTINCT app_restaurant(), n.key, n.name "
                      "FROM unnest($1::bigint[], $2::text[]) AS n(key, name) ORDER BY 2, 3 "
                      "ON CONFLICT DO NOTHING",
                      OSY_PARAMS (OSY_P_INTS (self->name_keys), OSY_P_TEXTS (self->names)), NULL,
                      error);
}

gboolean
osy_order_find_index (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyOrderQuery *query,
                      OsyOrder **last,
                      GError **error)
{
  g_autoptr (GPtrArray) orders = osy_order_find_list (tx, ring, query, error);

  if (orders == NULL)
    return FALSE;
  Index index = {
      .ids = g_ptr_array_new (),
      .keys = g_ptr_array_new_with_free_func (g_free),
      .name_keys = g_array_new (FALSE, FALSE, sizeof (gint64)),
      .names = g_ptr_array_new (),
  };
  for (guint i = 0; i < orders->len; i++)
    add_order (&index, ring, osy_order_data (g_ptr_array_index (orders, i)));
  gboolean written = orders->len == 0 || write_index (tx, &index, error);
  index_clear (&index);
  if (written && orders->len == query->limit)
    *last = g_object_ref (g_ptr_array_index (orders, orders->len - 1));
  return written;
}
