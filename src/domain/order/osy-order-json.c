/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order as JSON, both ways: what the API answers, the feed carries and the database keeps.
 * Members that are not set are left out. Reading passes over members it does not know, but a known
 * member of a wrong type is refused, so that a half-read order is never shown. */

#include "osy-order.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-mask.h"

/* Options of options may nest; the strict parser stops at 32 levels of JSON, this before it. */
#define MAX_OPTION_DEPTH 8

typedef struct {
  const char *name;
  gsize offset;
  gboolean required;
} Field;

#define TEXT(name, required)                             \
  {                                                      \
#name, G_STRUCT_OFFSET(OsyOrderData, name), required \
  }
#define NUMBER(name)                                 \
  {                                                  \
#name, G_STRUCT_OFFSET(OsyOrderData, name), TRUE \
  }
#define MOMENT(name)                                  \
  {                                                   \
#name, G_STRUCT_OFFSET(OsyOrderData, name), FALSE \
  }

static const Field texts[] = {
    TEXT (id, TRUE),        TEXT (restaurant_id, FALSE), TEXT (status, TRUE),
    TEXT (type, TRUE),      TEXT (channel, TRUE),        TEXT (table_id, FALSE),
    TEXT (check_id, FALSE), TEXT (business_day, TRUE),   TEXT (note, FALSE),
    TEXT (reason, FALSE),   TEXT (guest_id, FALSE),
};

static const Field numbers[] = {
    NUMBER (number),        NUMBER (total_amount), NUMBER (tax_free_amount),
    NUMBER (supply_amount), NUMBER (vat_amount),   NUMBER (version),
};

static const Field moments[] = {
    MOMENT (requested_at), MOMENT (created_at), MOMENT (accepted_at),    MOMENT (promised_at),
    MOMENT (started_at),   MOMENT (ready_at),   MOMENT (handed_over_at), MOMENT (completed_at),
    MOMENT (closed_at),    MOMENT (begins_at),
};

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_flag (JsonObject *object, const char *name, gboolean value)
{
  if (value)
    json_object_set_boolean_member (object, name, TRUE);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  if (us == 0)
    return;
  g_autofree char *text = osy_clock_format (us);
  json_object_set_string_member (object, name, text);
}

static JsonNode *
node_of_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonArray *
options_to_json (GPtrArray *options)
{
  JsonArray *array = json_array_sized_new (options->len);

  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "option_id", option->option_id);
    set_text (object, "item_id", option->item_id);
    json_object_set_string_member (object, "name", option->name);
    json_object_set_int_member (object, "quantity", option->quantity);
    json_object_set_int_member (object, "price", option->price);
    if (option->options->len > 0)
      json_object_set_array_member (object, "options", options_to_json (option->options));
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
line_to_json (const OsyOrderLine *line, gboolean with_note)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "line_id", line->line_id);
  json_object_set_string_member (object, "menu_item_id", line->menu_item_id);
  json_object_set_string_member (object, "name", line->name);
  json_object_set_int_member (object, "quantity", line->quantity);
  json_object_set_int_member (object, "unit_price", line->unit_price);
  json_object_set_int_member (object, "amount", line->amount);
  set_flag (object, "tax_free", line->tax_free);
  if (with_note)
    set_text (object, "note", line->note);
  set_text (object, "station", line->station);
  if (line->prep_minutes > 0)
    json_object_set_int_member (object, "prep_minutes", line->prep_minutes);
  if (line->course > 1)
    json_object_set_int_member (object, "course", line->course);
  if (line->seat > 0)
    json_object_set_int_member (object, "seat", line->seat);
  json_object_set_array_member (object, "options", options_to_json (line->options));
  return object;
}

static JsonArray *
lines_to_array (GPtrArray *lines, gboolean with_notes)
{
  JsonArray *array = json_array_sized_new (lines->len);

  for (guint i = 0; i < lines->len; i++)
    json_array_add_object_element (array, line_to_json (g_ptr_array_index (lines, i), with_notes));
  return array;
}

JsonNode *
osy_order_lines_to_json (GPtrArray *lines, gboolean with_notes)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, lines_to_array (lines, with_notes));
  return node;
}

static void
set_parts (JsonObject *object, const OsyOrderData *data)
{
  if (data->payment_method != NULL) {
    JsonObject *payment = json_object_new ();

    json_object_set_string_member (payment, "method", data->payment_method);
    json_object_set_object_member (object, "payment", payment);
  }
  if (data->customer_name != NULL || data->customer_phone != NULL) {
    JsonObject *customer = json_object_new ();

    set_text (customer, "name", data->customer_name);
    set_text (customer, "phone", data->customer_phone);
    json_object_set_object_member (object, "customer", customer);
  }
  if (data->delivery_address != NULL) {
    JsonObject *delivery = json_object_new ();

    json_object_set_string_member (delivery, "address", data->delivery_address);
    json_object_set_object_member (object, "delivery", delivery);
  }
}

static void
set_source (JsonObject *object, const OsyOrderData *data)
{
  g_auto (GStrv) flags = data->flags != NULL ? g_strsplit (data->flags, " ", -1) : NULL;

  if (data->source_type != NULL) {
    JsonObject *source = json_object_new ();

    set_text (source, "type", data->source_type);
    set_text (source, "id", data->source_id);
    set_text (source, "label", data->source_label);
    json_object_set_object_member (object, "source", source);
  }
  if (flags != NULL) {
    JsonArray *array = json_array_new ();

    for (guint i = 0; flags[i] != NULL; i++)
      json_array_add_string_element (array, flags[i]);
    json_object_set_array_member (object, "flags", array);
  }
}

JsonNode *
osy_order_to_json (OsyOrder *self)
{
  const OsyOrderData *data = osy_order_data (self);
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (object, texts[i].name, G_STRUCT_MEMBER (char *, data, texts[i].offset));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (object, numbers[i].name,
                                G_STRUCT_MEMBER (gint64, data, numbers[i].offset));
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    set_time (object, moments[i].name, G_STRUCT_MEMBER (gint64, data, moments[i].offset));
  if (data->guest_count > 0)
    json_object_set_int_member (object, "guest_count", data->guest_count);
  if (data->begin_minutes > 0)
    json_object_set_int_member (object, "begin_minutes", data->begin_minutes);
  if (data->delivery_fee > 0)
    json_object_set_int_member (object, "delivery_fee", data->delivery_fee);
  if (data->adjusted_amount > 0)
    json_object_set_int_member (object, "adjusted_amount", data->adjusted_amount);
  set_flag (object, "practice", data->practice);
  set_flag (object, "unreadable", data->unreadable);
  json_object_set_string_member (object, "currency", "KRW");
  json_object_set_array_member (object, "items", lines_to_array (data->lines, TRUE));
  set_parts (object, data);
  set_source (object, data);
  return node_of_object (object);
}

static void
mask (char **text, char *(*func) (const char *))
{
  char *masked = func (*text);

  g_free (*text);
  *text = masked;
}

JsonNode *
osy_order_to_masked_json (OsyOrder *self)
{
  OsyOrderData *data = osy_order_data_copy (osy_order_data (self));
  g_autoptr (OsyOrder) masked = osy_order_new (data);

  mask (&data->customer_name, osy_mask_name);
  mask (&data->customer_phone, osy_mask_phone);
  mask (&data->delivery_address, osy_mask_address);
  return osy_order_to_json (masked);
}

JsonNode *
osy_order_to_audit_json (OsyOrder *self)
{
  static const char *const personal[] = {"customer", "delivery", "note", "reason", "unreadable"};
  JsonNode *node = osy_order_to_json (self);
  JsonObject *object = json_node_get_object (node);

  for (gsize i = 0; i < G_N_ELEMENTS (personal); i++)
    json_object_remove_member (object, personal[i]);
  json_object_set_array_member (object, "items",
                                lines_to_array (osy_order_data (self)->lines, FALSE));
  return node;
}

/* ---- reading ---- */

static gboolean
bad_member (const char *name, GError **error)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The order's member \"%s\" is missing or not of its type.", name);
  return FALSE;
}

/* The member's value, NULL when it is absent or null. */
static JsonNode *
member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
read_text (JsonObject *object, const char *name, gboolean required, char **ret, GError **error)
{
  JsonNode *node = member (object, name);

  if (node == NULL)
    return !required || bad_member (name, error);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return bad_member (name, error);
  g_free (*ret);
  *ret = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_int (JsonObject *object, const char *name, gboolean required, gint64 *ret, GError **error)
{
  JsonNode *node = member (object, name);

  if (node == NULL)
    return !required || bad_member (name, error);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return bad_member (name, error);
  *ret = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_small (JsonObject *object, const char *name, int *ret, GError **error)
{
  gint64 value = *ret;

  if (!read_int (object, name, FALSE, &value, error))
    return FALSE;
  if (value < 0 || value > G_MAXINT)
    return bad_member (name, error);
  *ret = (int)value;
  return TRUE;
}

static gboolean
read_flag (JsonObject *object, const char *name, gboolean *ret, GError **error)
{
  JsonNode *node = member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return bad_member (name, error);
  *ret = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_time (JsonObject *object, const char *name, gint64 *ret, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (object, name, FALSE, &text, error))
    return FALSE;
  return text == NULL || osy_clock_parse (text, ret) || bad_member (name, error);
}

static gboolean
read_array (JsonObject *object, const char *name, JsonArray **ret, GError **error)
{
  JsonNode *node = member (object, name);

  *ret = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return bad_member (name, error);
  *ret = json_node_get_array (node);
  return TRUE;
}

static gboolean
read_object (JsonObject *object, const char *name, JsonObject **ret, GError **error)
{
  JsonNode *node = member (object, name);

  *ret = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return bad_member (name, error);
  *ret = json_node_get_object (node);
  return TRUE;
}

static JsonObject *
element_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean read_options (JsonObject *object, GPtrArray *into, int depth, GError **error);

static gboolean
read_option (JsonObject *object, OsyOrderOption *option, int depth, GError **error)
{
  return read_text (object, "option_id", TRUE, &option->option_id, error) &&
         read_text (object, "item_id", FALSE, &option->item_id, error) &&
         read_text (object, "name", TRUE, &option->name, error) &&
         read_int (object, "quantity", TRUE, &option->quantity, error) &&
         read_int (object, "price", TRUE, &option->price, error) &&
         read_options (object, option->options, depth + 1, error);
}

static gboolean
read_options (JsonObject *object, GPtrArray *into, int depth, GError **error)
{
  JsonArray *array;

  if (depth > MAX_OPTION_DEPTH)
    return bad_member ("options", error);
  if (!read_array (object, "options", &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = element_object (array, i);
    OsyOrderOption *option = osy_order_option_new ();

    g_ptr_array_add (into, option);
    if (element == NULL)
      return bad_member ("options", error);
    if (!read_option (element, option, depth, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_line (JsonObject *object, OsyOrderLine *line, GError **error)
{
  return read_flag (object, "tax_free", &line->tax_free, error) &&
         read_text (object, "line_id", TRUE, &line->line_id, error) &&
         read_text (object, "menu_item_id", TRUE, &line->menu_item_id, error) &&
         read_text (object, "name", TRUE, &line->name, error) &&
         read_int (object, "quantity", TRUE, &line->quantity, error) &&
         read_int (object, "unit_price", TRUE, &line->unit_price, error) &&
         read_int (object, "amount", TRUE, &line->amount, error) &&
         read_text (object, "note", FALSE, &line->note, error) &&
         read_text (object, "station", FALSE, &line->station, error) &&
         read_small (object, "prep_minutes", &line->prep_minutes, error) &&
         read_small (object, "course", &line->course, error) &&
         read_small (object, "seat", &line->seat, error) &&
         read_options (object, line->options, 1, error);
}

GPtrArray *
osy_order_lines_from_json (JsonArray *array, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_line_free);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *element = element_object (array, i);
    OsyOrderLine *line = osy_order_line_new ();

    g_ptr_array_add (lines, line);
    if (element == NULL) {
      bad_member ("items", error);
      return NULL;
    }
    if (!read_line (element, line, error))
      return NULL;
  }
  return g_steal_pointer (&lines);
}

static gboolean
read_fields (JsonObject *object, OsyOrderData *data, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!read_text (object, texts[i].name, texts[i].required,
                    G_STRUCT_MEMBER_P (data, texts[i].offset), error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!read_int (object, numbers[i].name, TRUE, G_STRUCT_MEMBER_P (data, numbers[i].offset),
                   error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    if (!read_time (object, moments[i].name, G_STRUCT_MEMBER_P (data, moments[i].offset), error))
      return FALSE;
  return read_small (object, "guest_count", &data->guest_count, error) &&
         read_small (object, "begin_minutes", &data->begin_minutes, error) &&
         read_int (object, "delivery_fee", FALSE, &data->delivery_fee, error) &&
         read_int (object, "adjusted_amount", FALSE, &data->adjusted_amount, error) &&
         read_flag (object, "practice", &data->practice, error) &&
         read_flag (object, "unreadable", &data->unreadable, error);
}

static gboolean
read_parts (JsonObject *object, OsyOrderData *data, GError **error)
{
  JsonObject *payment;
  JsonObject *customer;
  JsonObject *delivery;

  if (!read_object (object, "payment", &payment, error) ||
      !read_object (object, "customer", &customer, error) ||
      !read_object (object, "delivery", &delivery, error))
    return FALSE;
  return (payment == NULL || read_text (payment, "method", FALSE, &data->payment_method, error)) &&
         (customer == NULL ||
          (read_text (customer, "name", FALSE, &data->customer_name, error) &&
           read_text (customer, "phone", FALSE, &data->customer_phone, error))) &&
         (delivery == NULL ||
          read_text (delivery, "address", FALSE, &data->delivery_address, error));
}

static gboolean
read_flags (JsonArray *array, OsyOrderData *data, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return bad_member ("flags", error);
    g_strv_builder_add (words, json_node_get_string (node));
  }
  g_auto (GStrv) list = g_strv_builder_end (words);
  g_free (data->flags);
  data->flags = list[0] != NULL ? g_strjoinv (" ", list) : NULL;
  return TRUE;
}

static gboolean
read_source (JsonObject *object, OsyOrderData *data, GError **error)
{
  JsonObject *source;
  JsonArray *flags;

  if (!read_object (object, "source", &source, error) ||
      !read_array (object, "flags", &flags, error))
    return FALSE;
  return (flags == NULL || read_flags (flags, data, error)) &&
         (source == NULL || (read_text (source, "type", TRUE, &data->source_type, error) &&
                             read_text (source, "id", FALSE, &data->source_id, error) &&
                             read_text (source, "label", FALSE, &data->source_label, error)));
}

static gboolean
read_items (JsonObject *object, OsyOrderData *data, GError **error)
{
  JsonArray *array;
  GPtrArray *lines;

  if (!read_array (object, "items", &array, error))
    return FALSE;
  if (array == NULL)
    return bad_member ("items", error);
  lines = osy_order_lines_from_json (array, error);
  if (lines == NULL)
    return FALSE;
  g_ptr_array_unref (data->lines);
  data->lines = lines;
  return TRUE;
}

OsyOrder *
osy_order_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyOrderData) data = osy_order_data_new ();
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "An order must be a JSON object.");
    return NULL;
  }
  object = json_node_get_object (node);
  if (!read_fields (object, data, error) || !read_items (object, data, error) ||
      !read_parts (object, data, error) || !read_source (object, data, error))
    return NULL;
  if (!osy_state_table_has_state (&osy_order_states, data->status)) {
    bad_member ("status", error);
    return NULL;
  }
  return osy_order_new (g_steal_pointer (&data));
}

/* ---- the timeline ---- */

JsonNode *
osy_order_step_to_json (const OsyOrderStep *step)
{
  JsonObject *object = json_object_new ();

  set_text (object, "from_status", step->from_status);
  set_text (object, "to_status", step->to_status);
  set_text (object, "act", step->act);
  set_text (object, "actor", step->actor);
  set_text (object, "reason", step->reason);
  set_time (object, "at", step->at);
  return node_of_object (object);
}

OsyOrderStep *
osy_order_step_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyOrderStep) step = osy_order_step_new ();
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "A step of an order must be a JSON object.");
    return NULL;
  }
  object = json_node_get_object (node);
  if (!read_text (object, "from_status", FALSE, &step->from_status, error) ||
      !read_text (object, "to_status", TRUE, &step->to_status, error) ||
      !read_text (object, "act", TRUE, &step->act, error) ||
      !read_text (object, "actor", FALSE, &step->actor, error) ||
      !read_text (object, "reason", FALSE, &step->reason, error) ||
      !read_time (object, "at", &step->at, error))
    return NULL;
  return g_steal_pointer (&step);
}
