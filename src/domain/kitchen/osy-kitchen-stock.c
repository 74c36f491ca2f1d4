/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the check takes off single lines, for the stock: the kitchen alone knows what was made. */

#include "osy-kitchen-parts.h"
#include "osy-kitchen-work.h"
#include "osy-stock-service.h"

static gint64
count_of (GHashTable *counts, const char *line_id)
{
  const gint64 *count = counts != NULL ? g_hash_table_lookup (counts, line_id) : NULL;

  return count != NULL ? *count : 0;
}

static JsonNode *
new_list (void)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  return node;
}

/* The line with another quantity; its options go with it. */
static void
add_line (JsonArray *array, JsonObject *line, gint64 quantity)
{
  if (quantity <= 0)
    return;
  JsonObject *one = json_object_new ();
  if (json_object_has_member (line, "menu_item_id"))
    json_object_set_member (one, "menu_item_id",
                            json_node_copy (json_object_get_member (line, "menu_item_id")));
  json_object_set_int_member (one, "quantity", quantity);
  if (json_object_has_member (line, "options"))
    json_object_set_member (one, "options",
                            json_node_copy (json_object_get_member (line, "options")));
  json_array_add_object_element (array, one);
}

/* What was freed and what wasted, lists of lines. */
typedef struct {
  JsonArray *freed;
  JsonArray *wasted;
} Lists;

/* What several stations make is made, or not, by each for itself. */
static gboolean
add_parts (const Lists *lists, const OsyDbRows *rows, JsonObject *line, gint64 off)
{
  const char *id = json_object_get_string_member (line, "line_id");
  gboolean found = FALSE;

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gboolean whole = osy_db_rows_is_null (rows, i, "part_of");
    if (!g_str_equal (osy_db_rows_text (rows, i, whole ? "line_id" : "part_of"), id))
      continue;
    g_autoptr (JsonObject) part = json_object_new ();
    gint64 free = MIN (osy_db_rows_int (rows, i, "quantity_voided"), off);
    if (whole)
      json_object_set_string_member (part, "menu_item_id",
                                     json_object_get_string_member (line, "menu_item_id"));
    json_object_set_member (part, "options",
                            osy_kitchen_parts_own (osy_db_rows_text (rows, i, "options")));
    add_line (lists->freed, part, free);
    add_line (lists->wasted, part, off - free);
    found = TRUE;
  }
  return found;
}

gboolean
osy_kitchen_stock_follow (const OsyKitchenWork *self, GError **error)
{
  const OsyOrderData *order = osy_order_data (self->order);

  if (self->room->voids == NULL || order->practice)
    return TRUE;
  g_autoptr (GHashTable) asked = self->room->voids (self->edit.tx, order->id, error);
  g_autoptr (GHashTable) unmade =
      asked != NULL ? osy_kitchen_store_voided (&self->edit, error) : NULL;
  g_autoptr (OsyDbRows) parts =
      unmade != NULL ? osy_kitchen_store_parts (&self->edit, error) : NULL;
  if (parts == NULL)
    return FALSE;
  g_autoptr (JsonNode) lines = osy_order_lines_to_json (order->lines, FALSE);
  g_autoptr (JsonNode) freed = new_list ();
  g_autoptr (JsonNode) wasted = new_list ();
  const Lists lists = {json_node_get_array (freed), json_node_get_array (wasted)};
  for (guint i = 0; i < json_array_get_length (json_node_get_array (lines)); i++) {
    JsonObject *line = json_array_get_object_element (json_node_get_array (lines), i);
    const char *id = json_object_get_string_member (line, "line_id");
    gint64 off = count_of (asked, id);
    if (self->phase != NULL && add_parts (&lists, parts, line, off))
      continue;
    /* Before it is sent nothing of it is made. */
    gint64 free = self->phase != NULL ? MIN (count_of (unmade, id), off) : off;
    add_line (lists.freed, line, free);
    add_line (lists.wasted, line, off - free);
  }
  const OsyStockWant want = {"order", order->id, NULL};
  const OsyStockVoids voids = {freed, wasted};
  return osy_stock_service_void (self->edit.tx, self->call, &want, &voids, error);
}
