/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A few facts of a few items, for rooms that need not load the whole menu. */

#include "osy-menu-facts.h"

static void
facts_free (gpointer data)
{
  OsyMenuFacts *facts = data;

  g_free (facts->category_id);
  g_free (facts->kitchen_name);
  g_free (facts->name_en);
  g_free (facts->station);
  g_free (facts->allergens);
  g_free (facts);
}

GHashTable *
osy_menu_facts_load (OsyDbTx *tx, GPtrArray *item_ids, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id, category_id, kitchen_name, names ->> 'en' AS name_en, station, "
      "prep_minutes, "
      "to_jsonb(array(SELECT a FROM unnest(allergens) AS a WHERE a NOT LIKE '% 없음')) "
      "  AS allergens FROM menu_item "
      "WHERE restaurant_id = app_restaurant() AND id = ANY ($1::uuid[])",
      OSY_PARAMS (OSY_P_TEXTS (item_ids)), error);

  if (rows == NULL)
    return NULL;
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, facts_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMenuFacts *facts = g_new0 (OsyMenuFacts, 1);
    facts->category_id = g_strdup (osy_db_rows_text (rows, i, "category_id"));
    facts->kitchen_name = g_strdup (osy_db_rows_text (rows, i, "kitchen_name"));
    facts->name_en = g_strdup (osy_db_rows_text (rows, i, "name_en"));
    facts->station = g_strdup (osy_db_rows_text (rows, i, "station"));
    facts->prep_minutes = (int)osy_db_rows_int (rows, i, "prep_minutes");
    facts->allergens = g_strdup (osy_db_rows_text (rows, i, "allergens"));
    g_hash_table_insert (found, g_strdup (osy_db_rows_text (rows, i, "id")), facts);
  }
  return found;
}

GHashTable *
osy_menu_facts_load_option_names (OsyDbTx *tx, GPtrArray *option_ids, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, names ->> 'en' AS name_en FROM menu_option "
                    "WHERE restaurant_id = app_restaurant() AND id = ANY ($1::uuid[]) "
                    "AND names ->> 'en' IS NOT NULL",
                    OSY_PARAMS (OSY_P_TEXTS (option_ids)), error);

  if (rows == NULL)
    return NULL;
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (found, g_strdup (osy_db_rows_text (rows, i, "id")),
                         g_strdup (osy_db_rows_text (rows, i, "name_en")));
  return found;
}

GHashTable *
osy_menu_facts_load_english (OsyDbTx *tx,
                             GPtrArray *item_ids,
                             GPtrArray *option_ids,
                             GError **error)
{
  g_autoptr (GHashTable) facts = osy_menu_facts_load (tx, item_ids, error);
  GHashTable *names =
      facts != NULL ? osy_menu_facts_load_option_names (tx, option_ids, error) : NULL;
  GHashTableIter iter;
  gpointer id;
  gpointer item;

  if (names == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &id, &item))
    if (((OsyMenuFacts *)item)->name_en != NULL)
      g_hash_table_replace (names, g_strdup (id), g_strdup (((OsyMenuFacts *)item)->name_en));
  return names;
}
