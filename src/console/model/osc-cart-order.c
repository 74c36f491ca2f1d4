/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From a cart to the order that is placed, and from a past order to a cart. A table that is not on
 * the plan has no id, so its number leads the order's note. */

#include "osc-cart-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-phone.h"

#define BETWEEN " · "

static gboolean
has (const OscCartContent *self, OscCartText which)
{
  return self->texts[which][0] != '\0';
}

static gboolean
is_type (const OscCartContent *self, const char *type)
{
  return g_str_equal (self->type, type);
}

/* ---- to an order ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (object, name, text);
}

static JsonArray *
write_options (GPtrArray *choices)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "option_id", choice->option_id);
    json_object_set_int_member (object, "quantity", choice->quantity);
    if (choice->options->len > 0)
      json_object_set_array_member (object, "options", write_options (choice->options));
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
write_item (OscCartLine *line, gboolean dine_in)
{
  const OsyMenuRequestLine *request = osc_cart_line_request (line);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "menu_item_id", request->menu_item_id);
  json_object_set_int_member (object, "quantity", request->quantity);
  if (request->expected_price >= 0)
    json_object_set_int_member (object, "unit_price", request->expected_price);
  if (request->options->len > 0)
    json_object_set_array_member (object, "options", write_options (request->options));
  set_text (object, "note", request->note);
  if (dine_in && osc_cart_line_course (line) > 1)
    json_object_set_int_member (object, "course", osc_cart_line_course (line));
  if (dine_in && osc_cart_line_seat (line) > 0)
    json_object_set_int_member (object, "seat", osc_cart_line_seat (line));
  return object;
}

/* (transfer full) */
static char *
write_note (const OscCartContent *self)
{
  if (!has (self, OSC_CART_TABLE) || self->table_id != NULL || !is_type (self, "DINE_IN"))
    return g_strdup (self->texts[OSC_CART_NOTE]);
  g_autofree char *table = g_strdup_printf (_ ("Table %s"), self->texts[OSC_CART_TABLE]);
  if (!has (self, OSC_CART_NOTE))
    return g_steal_pointer (&table);
  return g_strconcat (table, BETWEEN, self->texts[OSC_CART_NOTE], NULL);
}

static void
write_people (const OscCartContent *self, JsonObject *object)
{
  JsonObject *customer = json_object_new ();
  g_autofree char *note = write_note (self);

  set_text (customer, "name", self->texts[OSC_CART_NAME]);
  set_text (customer, "phone", self->texts[OSC_CART_PHONE]);
  if (json_object_get_size (customer) > 0)
    json_object_set_object_member (object, "customer", json_object_ref (customer));
  json_object_unref (customer);
  if (is_type (self, "DELIVERY")) {
    JsonObject *delivery = json_object_new ();

    json_object_set_string_member (delivery, "address", self->texts[OSC_CART_ADDRESS]);
    json_object_set_object_member (object, "delivery", delivery);
  }
  if (is_type (self, "DINE_IN"))
    set_text (object, "table_id", self->table_id);
  if (is_type (self, "DINE_IN") && self->guests > 0)
    json_object_set_int_member (object, "guest_count", self->guests);
  set_text (object, "note", note);
}

JsonNode *
osc_cart_content_to_order (const OscCartContent *self, const char *shop, int minutes)
{
  JsonObject *object = json_object_new ();
  JsonArray *items = json_array_new ();

  json_object_set_string_member (object, "restaurant_id", shop);
  json_object_set_string_member (object, "type", self->type);
  json_object_set_string_member (object, "channel", self->channel);
  for (guint i = 0; i < self->lines->len; i++)
    json_array_add_object_element (
        items, write_item (g_ptr_array_index (self->lines, i), is_type (self, "DINE_IN")));
  json_object_set_array_member (object, "items", items);
  write_people (self, object);
  if (minutes > 0) {
    JsonObject *accept = json_object_new ();

    json_object_set_int_member (accept, "ready_in_minutes", minutes);
    json_object_set_object_member (object, "accept", accept);
  }
  return osy_json_take_object (object);
}

/* ---- from an order ---- */

static GPtrArray *
take_options (GPtrArray *options)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);

  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    OsyMenuChoice *choice = osy_menu_choice_new (option->option_id);

    choice->quantity = option->quantity;
    g_ptr_array_unref (choice->options);
    choice->options = take_options (option->options);
    g_ptr_array_add (choices, choice);
  }
  return choices;
}

/* The names of options that may be gone from the menu. */
static char *
name_options (GPtrArray *options)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < options->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            ((OsyOrderOption *)g_ptr_array_index (options, i))->name);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static OscCartLine *
take_line (const OsyOrderLine *from, int id)
{
  OsyMenuRequestLine *request = osy_menu_request_line_new (from->menu_item_id);
  g_autofree char *options = name_options (from->options);

  request->quantity = CLAMP (from->quantity, 1, OSC_CART_MAX_QUANTITY);
  if (from->note != NULL && from->note[0] != '\0')
    request->note = osc_cart_clean (from->note, OSC_CART_MAX_NOTE);
  g_ptr_array_unref (request->options);
  request->options = take_options (from->options);
  return osc_cart_line_new (id, request, from->name, options);
}

static void
put_text (OscCartContent *self, OscCartText which, const char *text)
{
  g_free (self->texts[which]);
  self->texts[which] = osc_cart_clean (text, osc_cart_text_max (which));
}

/* Where what write_note() put before the note ends; 0 when it put nothing there. */
static gsize
find_table (const char *note, char **table)
{
  g_autofree char *pattern = g_strdup_printf (_ ("Table %s"), "\n");
  g_auto (GStrv) around = g_strsplit (pattern, "\n", 2);
  const char *end = strstr (note, BETWEEN);
  gsize head = end != NULL ? (gsize)(end - note) : strlen (note);
  g_autofree char *first = g_strndup (note, head);
  gsize prefix = strlen (around[0]);
  gsize suffix = strlen (around[1]);

  if (!g_str_has_prefix (first, around[0]) || !g_str_has_suffix (first, around[1]) ||
      head <= prefix + suffix)
    return 0;
  *table = g_strndup (first + prefix, head - prefix - suffix);
  if (g_utf8_strlen (*table, -1) > (glong)osc_cart_text_max (OSC_CART_TABLE)) {
    g_clear_pointer (table, g_free);
    return 0;
  }
  return end != NULL ? head + strlen (BETWEEN) : head;
}

static void
read_note (OscCartContent *self, const char *note)
{
  g_autofree char *table = NULL;
  gsize rest = is_type (self, "DINE_IN") ? find_table (note, &table) : 0;

  put_text (self, OSC_CART_TABLE, table);
  put_text (self, OSC_CART_NOTE, note + rest);
}

OscCartContent *
osc_cart_content_from_order (const OsyOrderData *order, int next_id)
{
  OscCartContent *self = osc_cart_content_new ();
  const char *type = osc_cart_find_type (order->type);

  self->type = type != NULL ? type : self->type;
  self->channel =
      osc_cart_find_channel (g_strcmp0 (order->channel, "PHONE") == 0 ? "PHONE" : "COUNTER");
  self->guests = CLAMP (order->guest_count, 0, OSC_CART_MAX_QUANTITY);
  /* Who it was for is masked, and a mask must not become the name of a new order. */
  read_note (self, order->note != NULL ? order->note : "");
  for (guint i = 0; i < MIN (order->lines->len, OSY_MENU_MAX_LINES); i++)
    g_ptr_array_add (self->lines,
                     take_line (g_ptr_array_index (order->lines, i), next_id + (int)i));
  return self;
}

/* ---- may it be sent ---- */

static char *
line_reason (const OscCartContent *self)
{
  for (guint i = 0; i < self->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->lines, i);
    g_autofree char *problem = osc_cart_line_problem (line);
    const char *name = osc_cart_line_name (line);

    if (problem != NULL)
      return g_strdup_printf ("%s: %s", name != NULL ? name : "?", problem);
  }
  return NULL;
}

char *
osc_cart_content_reason (const OscCartContent *self)
{
  const char *phone = self->texts[OSC_CART_PHONE];

  if (self->lines->len == 0)
    return g_strdup (_ ("Tap the menu to add something"));
  if (is_type (self, "DELIVERY") && !has (self, OSC_CART_ADDRESS))
    return g_strdup (_ ("A delivery needs an address"));
  if (phone[0] != '\0' && !osc_phone_is_valid (phone))
    return g_strdup (_ ("The phone number is not complete"));
  return line_reason (self);
}
