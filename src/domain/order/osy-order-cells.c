/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Personal words of an order, to and from their encrypted cells. */

#include "osy-order-cells.h"

#include <string.h>

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
  cells.customer_phone_bidx =
      osy_order_cells_phone_index (ring, order->restaurant_id, order->customer_phone);
  *ret = cells;
  memset (&cells, 0, sizeof cells);
  return TRUE;
}

static gboolean
unseal (OsyKeyring *ring,
        const OsyOrderData *order,
        const char *column,
        GBytes *sealed,
        char **ret,
        GError **error)
{
  OsyCell cell = {order->restaurant_id, "orders", column, order->id};

  if (sealed == NULL)
    return TRUE;
  g_free (*ret);
  *ret = osy_keyring_open (ring, &cell, sealed, error);
  return *ret != NULL;
}

static gboolean
give_line_notes (OsyOrderData *order, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);

  if (node == NULL)
    return FALSE;
  JsonObject *notes = json_node_get_object (node);
  for (guint i = 0; i < order->lines->len; i++) {
    OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (json_object_has_member (notes, line->line_id))
      line->note = g_strdup (json_object_get_string_member (notes, line->line_id));
  }
  return TRUE;
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
      !unseal (ring, order, "line_notes_enc", cells->line_notes, &notes, error))
    return FALSE;
  return notes == NULL || give_line_notes (order, notes, error);
}

void
osy_order_cells_clear (OsyOrderCells *self)
{
  g_clear_pointer (&self->customer_name, g_bytes_unref);
  g_clear_pointer (&self->customer_phone, g_bytes_unref);
  g_clear_pointer (&self->customer_phone_bidx, g_bytes_unref);
  g_clear_pointer (&self->delivery, g_bytes_unref);
  g_clear_pointer (&self->note, g_bytes_unref);
  g_clear_pointer (&self->line_notes, g_bytes_unref);
}

GBytes *
osy_order_cells_phone_index (OsyKeyring *ring, const char *restaurant_id, const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *rest = phone;

  /* +82 10-1234-5678, +82 (0)10-… and 010-1234-5678 are one number. */
  if (phone != NULL && g_str_has_prefix (phone, "+82")) {
    g_string_append_c (digits, '0');
    rest += strlen ("+82");
    rest += strspn (rest, " -()0");
  }
  for (const char *p = rest; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len == 0)
    return NULL;
  return osy_keyring_blind_index (ring, restaurant_id, "orders", "customer_phone_bidx",
                                  digits->str);
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

char *
osy_order_reason_open (OsyKeyring *ring,
                       const char *restaurant_id,
                       const char *table,
                       const char *row_id,
                       GBytes *sealed,
                       GError **error)
{
  OsyCell cell = {restaurant_id, table, "reason_enc", row_id};

  return sealed ? osy_keyring_open (ring, &cell, sealed, error) : NULL;
}
