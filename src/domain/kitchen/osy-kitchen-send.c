/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A new order comes to the kitchen: which line goes to which station, and its tickets. */

#include "osy-kitchen-send.h"

#include "osy-id.h"
#include "osy-json.h"
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

static const OsyKitchenStation *
first_cook (const OsyKitchenSetup *setup)
{
  for (guint i = 0; i < setup->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (setup->stations, i);
    if (!station->is_expo)
      return station;
  }
  return g_ptr_array_index (setup->stations, 0);
}

static const OsyKitchenStation *
find_station (const OsyKitchenSetup *setup,
              GHashTable *items,
              const OsyOrderLine *line,
              GPtrArray *option_ids)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (items, line->menu_item_id);
  const OsyKitchenWay way = {line->menu_item_id, facts ? facts->category_id : NULL, line->station,
                             option_ids};
  const OsyKitchenStation *station = osy_kitchen_setup_route (setup, &way);

  if (station == NULL)
    station = osy_kitchen_setup_fallback (setup);
  return station != NULL ? station : first_cook (setup);
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
    g_autoptr (GPtrArray) option_ids = g_ptr_array_new ();
    if (line->course != first)
      continue;
    add_option_ids (option_ids, line->options);
    const OsyKitchenPortion portion = {find_station (setup, facts, line, option_ids)->id,
                                       line->quantity, line->prep_minutes};
    g_array_append_val (portions, portion);
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

static char *
print_translations (const Sending *self, const OsyOrderLine *line, GPtrArray *option_ids)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->items, line->menu_item_id);
  JsonObject *object = json_object_new ();

  if (facts != NULL && facts->name_en != NULL)
    json_object_set_string_member (object, line->menu_item_id, facts->name_en);
  for (guint i = 0; i < option_ids->len; i++) {
    const char *id = g_ptr_array_index (option_ids, i);
    const char *name = g_hash_table_lookup (self->options, id);
    if (name != NULL)
      json_object_set_string_member (object, id, name);
  }
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

static gboolean
add_line (Sending *self, const OsyOrderLine *line, GError **error)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->items, line->menu_item_id);
  g_autoptr (GPtrArray) option_ids = g_ptr_array_new ();

  add_option_ids (option_ids, line->options);
  const char *ticket =
      ensure_ticket (self, find_station (self->setup, self->items, line, option_ids), error);
  if (ticket == NULL)
    return FALSE;
  g_ptr_array_add (self->lines.line_ids, line->line_id);
  g_ptr_array_add (self->lines.ticket_ids, (char *)ticket);
  g_ptr_array_add (self->lines.kitchen_names, facts ? facts->kitchen_name : NULL);
  g_ptr_array_add (self->lines.allergens, facts ? facts->allergens : NULL);
  g_ptr_array_add (self->lines.translations, print_translations (self, line, option_ids));
  return TRUE;
}

static gboolean
load_facts (Sending *self, const OsyOrderData *order, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    g_ptr_array_add (items, line->menu_item_id);
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
                g_ptr_array_new_with_free_func (g_free), g_ptr_array_new ()},
  };
  gboolean ok = load_facts (&self, order, error) &&
                osy_kitchen_setup_store_ensure_main (edit->tx, error) &&
                osy_kitchen_store_add_order (edit, order, table_number, error) &&
                send_lines (&self, order, error);

  sending_clear (&self);
  return ok;
}
