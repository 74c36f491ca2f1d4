/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the check takes off single lines, for the stock: the kitchen alone knows what was made. */

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
  json_object_set_member (one, "menu_item_id",
                          json_node_copy (json_object_get_member (line, "menu_item_id")));
  json_object_set_int_member (one, "quantity", quantity);
  if (json_object_has_member (line, "options"))
    json_object_set_member (one, "options",
                            json_node_copy (json_object_get_member (line, "options")));
  json_array_add_object_element (array, one);
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
  if (unmade == NULL)
    return FALSE;
  g_autoptr (JsonNode) lines = osy_order_lines_to_json (order->lines, FALSE);
  g_autoptr (JsonNode) freed = new_list ();
  g_autoptr (JsonNode) wasted = new_list ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (lines)); i++) {
    JsonObject *line = json_array_get_object_element (json_node_get_array (lines), i);
    const char *id = json_object_get_string_member (line, "line_id");
    gint64 off = count_of (asked, id);
    /* Before it is sent nothing of it is made. */
    gint64 free = self->phase != NULL ? MIN (count_of (unmade, id), off) : off;
    add_line (json_node_get_array (freed), line, free);
    add_line (json_node_get_array (wasted), line, off - free);
  }
  const OsyStockWant want = {"order", order->id, NULL};
  const OsyStockVoids voids = {freed, wasted};
  return osy_stock_service_void (self->edit.tx, self->call, &want, &voids, error);
}
