/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Personal words of an order, to and from their encrypted cells. */

#include "osy-order-cells.h"

#include <string.h>

#include "osy-compat.h"
#include "osy-json.h"

static gboolean
seal (OsyKeyring *ring,
      const OsyOrderData *order,
      const char *column,
      const char *plain,
      GBytes **ret,
      GError **error)
{
  OsyCell cell = {order->restaurant_id, "orders", column, order->id};

  if (plain == NULL)
    return TRUE;
  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return *ret != NULL;
}

static char *
line_notes_text (const OsyOrderData *order)
{
  JsonObject *notes = json_object_new ();

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (line->note != NULL)
      json_object_set_string_member (notes, line->line_id, line->note);
  }
  g_autoptr (JsonNode) node = osy_json_take_object (notes);
  return json_object_get_size (notes) > 0 ? osy_json_print (node) : NULL;
}

gboolean
osy_order_cells_seal (OsyKeyring *ring,
                      const OsyOrderData *order,
                      OsyOrderCells *ret,
                      GError **error)
{
  g_auto (OsyOrderCells) cells = {NULL};
  g_autofree char *line_notes = line_notes_text (order);

  if (!seal (ring, order, "customer_name_enc", order->customer_name, &cells.customer_name, error) ||
      !seal (ring, order, "customer_phone_enc", order->customer_phone, &cells.customer_phone,
             error) ||
      !seal (ring, order, "delivery_enc", order->delivery_address, &cells.delivery, error) ||
      !seal (ring, order, "note_enc", order->note, &cells.note, error) ||
      !seal (ring, order, "line_notes_enc", line_notes, &cells.line_notes, error))
    return FALSE;
  *ret = cells;
  memset (&cells, 0, sizeof cells);
  return TRUE;
}

/* ---- opening ---- */

/* A screen asks again and again; the log hears of each cell once, and of no more than these. */
#define MAX_TOLD 1000

static void
tell_once (const OsyCell *cell, const GError *error)
{
  static GMutex lock;
  static GHashTable *told;
  g_autofree char *name = g_strjoin ("|", cell->table, cell->column, cell->row_id, NULL);

  g_mutex_lock (&lock);
  if (told == NULL)
    told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_new = g_hash_table_size (told) < MAX_TOLD && g_hash_table_add (told, g_strdup (name));
  g_mutex_unlock (&lock);
  if (is_new)
    g_warning ("%s of %s cannot be read: %s", cell->column, cell->row_id, error->message);
}

gboolean
osy_order_cell_open (OsyKeyring *ring,
                     const OsyCell *cell,
                     GBytes *sealed,
                     char **ret,
                     GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret = osy_keyring_open (ring, cell, sealed, &local);
  if (local == NULL || osy_error_is (local, OSY_ERROR_ERASED))
    return TRUE;
  if (osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE)) {
    tell_once (cell, local);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
unseal (OsyKeyring *ring,
        OsyOrderData *order,
        const char *column,
        GBytes *sealed,
        char **ret,
        GError **error)
{
  const OsyCell cell = {order->restaurant_id, "orders", column, order->id};

  g_clear_pointer (ret, g_free);
  if (!osy_order_cell_open (ring, &cell, sealed, ret, error))
    return FALSE;
  order->unreadable = order->unreadable || (sealed != NULL && *ret == NULL);
  return TRUE;
}

static void
give_line_notes (OsyOrderData *order, const char *text)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    order->unreadable = TRUE;
    return;
  }
  JsonObject *notes = json_node_get_object (node);
  for (guint i = 0; i < order->lines->len; i++) {
    OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (json_object_has_member (notes, line->line_id))
      osy_set_str (&line->note, json_object_get_string_member (notes, line->line_id));
  }
}

gboolean
osy_order_cells_open (OsyKeyring *ring,
                      const OsyOrderCells *cells,
                      OsyOrderData *order,
                      GError **error)
{
  g_autofree char *notes = NULL;

  if (!unseal (ring, order, "customer_name_enc", cells->customer_name, &order->customer_name,
               error) ||
      !unseal (ring, order, "customer_phone_enc", cells->customer_phone, &order->customer_phone,
               error) ||
      !unseal (ring, order, "delivery_enc", cells->delivery, &order->delivery_address, error) ||
      !unseal (ring, order, "note_enc", cells->note, &order->note, error) ||
      !unseal (ring, order, "line_notes_enc", cells->line_notes, &notes, error) ||
      !unseal (ring, order, "reason_enc", cells->reason, &order->reason, error))
    return FALSE;
  if (notes != NULL)
    give_line_notes (order, notes);
  return TRUE;
}

void
osy_order_cells_clear (OsyOrderCells *self)
{
  g_clear_pointer (&self->customer_name, g_bytes_unref);
  g_clear_pointer (&self->customer_phone, g_bytes_unref);
  g_clear_pointer (&self->delivery, g_bytes_unref);
  g_clear_pointer (&self->note, g_bytes_unref);
  g_clear_pointer (&self->line_notes, g_bytes_unref);
  g_clear_pointer (&self->reason, g_bytes_unref);
}

GBytes *
osy_order_reason_seal (OsyKeyring *ring,
                       const char *restaurant_id,
                       const char *table,
                       const char *row_id,
                       const char *reason,
                       GError **error)
{
  OsyCell cell = {restaurant_id, table, "reason_enc", row_id};

  return osy_keyring_seal (ring, &cell, reason, error);
}
