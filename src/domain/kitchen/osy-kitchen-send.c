/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A new order comes to the kitchen: which line goes to which station, and its tickets. */

#include "osy-kitchen-send.h"

#include "osy-id.h"
#include "osy-json.h"
#include "osy-kitchen-parts.h"
#include "osy-kitchen-setup-store.h"
#include "osy-kitchen-ticket.h"
#include "osy-menu-facts.h"

typedef struct {
  const OsyKitchenEdit *edit;
  const OsyKitchenSetup *setup;
  GHashTable *items;   /* id → OsyMenuFacts */
  GHashTable *options; /* id → English name */
  GHashTable *tickets; /* station id → ticket id */
  GPtrArray *sent;
  OsyKitchenLines lines;
} Sending;

static void
add_option_ids (GPtrArray *ids, GPtrArray *options)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    g_ptr_array_add (ids, option->option_id);
    add_option_ids (ids, option->options);
  }
}

void
osy_kitchen_send_portions (const OsyKitchenSetup *setup,
                           GHashTable *facts,
                           const OsyOrderData *order,
                           GArray *portions)
{
  int first = G_MAXINT;

  for (guint i = 0; i < order->lines->len; i++)
    first = MIN (first, ((OsyOrderLine *)g_ptr_array_index (order->lines, i))->course);
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (line->course != first)
      continue;
    g_autoptr (GPtrArray) parts = osy_kitchen_parts (setup, facts, line);
    for (guint j = 0; j < parts->len; j++) {
      const OsyKitchenPart *part = g_ptr_array_index (parts, j);
      const OsyKitchenPortion portion = {part->station->id, line->quantity, part->minutes};
      g_array_append_val (portions, portion);
    }
  }
}

static const char *
ensure_ticket (Sending *self, const OsyKitchenStation *station, GError **error)
{
  char *id = g_hash_table_lookup (self->tickets, station->id);

  if (id != NULL)
    return id;
  id = osy_id_new ();
  g_hash_table_insert (self->tickets, station->id, id);
  g_ptr_array_add (self->sent, g_strdup (id));
  return osy_kitchen_store_add_ticket (self->edit, id, station->id, OSY_TICKET_PREP, error) ? id
                                                                                            : NULL;
}

static void
add_translations (const Sending *self, GPtrArray *options, JsonObject *object)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    const OsyMenuFacts *dish =
        option->item_id != NULL ? g_hash_table_lookup (self->items, option->item_id) : NULL;
    const char *name = g_hash_table_lookup (self->options, option->option_id);
    if (name == NULL && dish != NULL)
      name = dish->name_en;
    if (name != NULL)
      json_object_set_string_member (object, option->option_id, name);
    add_translations (self, option->options, object);
  }
}

static char *
print_translations (const Sending *self, const OsyOrderLine *line)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->items, line->menu_item_id);
  JsonObject *object = json_object_new ();

  if (facts != NULL && facts->name_en != NULL)
    json_object_set_string_member (object, line->menu_item_id, facts->name_en);
  add_translations (self, line->options, object);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

static gboolean
add_part (Sending *self,
          const OsyOrderLine *line,
          const OsyKitchenPart *part,
          gboolean first,
          GError **error)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->items, line->menu_item_id);
  const char *ticket = ensure_ticket (self, part->station, error);

  if (ticket == NULL)
    return FALSE;
  g_ptr_array_add (self->lines.line_ids, line->line_id);
  g_ptr_array_add (self->lines.ids, first ? g_strdup (line->line_id) : osy_id_new ());
  g_ptr_array_add (self->lines.ticket_ids, (char *)ticket);
  g_ptr_array_add (self->lines.kitchen_names, facts ? facts->kitchen_name : NULL);
  g_ptr_array_add (self->lines.allergens, g_strdup (part->allergens));
  g_ptr_array_add (self->lines.translations, print_translations (self, line));
  g_ptr_array_add (self->lines.options, g_strdup (part->options));
  g_array_append_val (self->lines.minutes, part->minutes);
  return TRUE;
}

static gboolean
add_line (Sending *self, const OsyOrderLine *line, GError **error)
{
  g_autoptr (GPtrArray) parts = osy_kitchen_parts (self->setup, self->items, line);

  for (guint i = 0; i < parts->len; i++)
    if (!add_part (self, line, g_ptr_array_index (parts, i), i == 0, error))
      return FALSE;
  return TRUE;
}

static gboolean
load_facts (Sending *self, const OsyOrderData *order, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    osy_kitchen_parts_items (line, items);
    add_option_ids (options, line->options);
  }
  self->items = osy_menu_facts_load (self->edit->tx, items, error);
  self->options =
      self->items ? osy_menu_facts_load_option_names (self->edit->tx, options, error) : NULL;
  return self->options != NULL;
}

static gboolean
send_lines (Sending *self, const OsyOrderData *order, GError **error)
{
  for (guint i = 0; i < order->lines->len; i++)
    if (!add_line (self, g_ptr_array_index (order->lines, i), error))
      return FALSE;
  return osy_kitchen_store_add_lines (self->edit, &self->lines, self->setup->auto_fire, error);
}

static void
sending_clear (Sending *self)
{
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_hash_table_unref (self->tickets);
  g_ptr_array_unref (self->lines.line_ids);
  g_ptr_array_unref (self->lines.ticket_ids);
  g_ptr_array_unref (self->lines.kitchen_names);
  g_ptr_array_unref (self->lines.allergens);
  g_ptr_array_unref (self->lines.translations);
  g_ptr_array_unref (self->lines.ids);
  g_ptr_array_unref (self->lines.options);
  g_array_unref (self->lines.minutes);
}

gboolean
osy_kitchen_send (const OsyKitchenEdit *edit,
                  const OsyKitchenSetup *setup,
                  const OsyOrderData *order,
                  const char *table_number,
                  GPtrArray *sent,
                  GError **error)
{
  Sending self = {
      .edit = edit,
      .setup = setup,
      .tickets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
      .sent = sent,
      .lines = {g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (),
                g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
                g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
                g_array_new (FALSE, FALSE, sizeof (gint64))},
  };
  gboolean ok = load_facts (&self, order, error) &&
                osy_kitchen_setup_store_ensure_main (edit->tx, error) &&
                osy_kitchen_store_add_order (edit, order, table_number, error) &&
                send_lines (&self, order, error);

  sending_clear (&self);
  return ok;
}
