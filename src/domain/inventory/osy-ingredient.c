/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An ingredient as it is answered, read and edited. */

#include "osy-ingredient.h"

#include "osy-clock.h"
#include "osy-compat.h"

static const char *const base_units[] = {OSY_UNIT_G, OSY_UNIT_ML, OSY_UNIT_PIECE, NULL};

static void
unit_free (gpointer data)
{
  OsyIngredientUnit *unit = data;

  g_free (unit->name);
  g_free (unit);
}

OsyIngredient *
osy_ingredient_new (void)
{
  OsyIngredient *self = g_new0 (OsyIngredient, 1);

  self->unit = g_intern_string (OSY_UNIT_PIECE);
  self->units = g_ptr_array_new_with_free_func (unit_free);
  self->par = self->unit_cost = self->days_left = -1;
  self->track = TRUE;
  self->version = 1;
  return self;
}

void
osy_ingredient_free (OsyIngredient *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->units);
  g_free (self->supplier);
  g_free (self->cost_unit);
  g_free (self);
}

gint64
osy_ingredient_available (const OsyIngredient *self)
{
  return self->on_hand - self->reserved;
}

gboolean
osy_ingredient_is_low (const OsyIngredient *self)
{
  return self->track && self->par >= 0 && osy_ingredient_available (self) < self->par;
}

gboolean
osy_ingredient_is_short (const OsyIngredient *self)
{
  return osy_ingredient_is_low (self) || (self->track && self->on_hand < 0);
}

/* Of a fresh ingredient the days before its first use say nothing. */
void
osy_ingredient_reckon (OsyIngredient *self)
{
  gint64 sum = 0, days = 0;

  for (gint64 i = 0; i < OSY_STOCK_USE_DAYS; i++) {
    sum += self->used[i];
    if (days == 0 && self->used[i] > 0)
      days = OSY_STOCK_USE_DAYS - i;
  }
  self->days_left = osy_stock_days_left (osy_ingredient_available (self), sum, days);
}

gint64
osy_ingredient_factor (const OsyIngredient *self, const char *unit)
{
  if (unit == NULL || g_str_equal (unit, self->unit))
    return OSY_STOCK_ONE;
  for (guint i = 0; i < self->units->len; i++) {
    const OsyIngredientUnit *named = g_ptr_array_index (self->units, i);
    if (g_str_equal (named->name, unit))
      return named->factor;
  }
  return 0;
}

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* What is not known is not said. */
static void
set_known (JsonObject *object, const char *name, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
}

static void
set_units (JsonObject *object, const OsyIngredient *self)
{
  JsonArray *units = json_array_new ();
  JsonArray *used = json_array_new ();

  for (guint i = 0; i < self->units->len; i++) {
    const OsyIngredientUnit *unit = g_ptr_array_index (self->units, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "name", unit->name);
    json_object_set_int_member (one, "factor", unit->factor);
    json_array_add_object_element (units, one);
  }
  for (guint i = 0; i < OSY_STOCK_USE_DAYS; i++)
    json_array_add_int_element (used, self->used[i]);
  json_object_set_array_member (object, "units", units);
  json_object_set_array_member (object, "used", used);
}

JsonObject *
osy_ingredient_to_json (const OsyIngredient *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "unit", self->unit);
  set_units (object, self);
  json_object_set_int_member (object, "on_hand", self->on_hand);
  json_object_set_int_member (object, "reserved", self->reserved);
  set_known (object, "par", self->par);
  json_object_set_boolean_member (object, "track", self->track);
  json_object_set_boolean_member (object, "block", self->block);
  set_text (object, "supplier", self->supplier);
  json_object_set_int_member (object, "position", self->position);
  set_known (object, "unit_cost", self->unit_cost);
  set_text (object, "cost_unit", self->cost_unit);
  if (self->last_counted_at != 0) {
    g_autofree char *text = osy_clock_format (self->last_counted_at);
    json_object_set_string_member (object, "last_counted_at", text);
  }
  set_known (object, "days_left", self->days_left);
  json_object_set_int_member (object, "version", self->version);
  return object;
}

/* ---- reading ---- */

static void
read_units (OsyIngredient *self, OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "units", OSY_INGREDIENT_MAX_UNITS);

  g_ptr_array_set_size (self->units, 0);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "units", i);
    const char *name = osy_json_reader_string (one, "name", 1, 20);
    gint64 factor = osy_json_reader_int (one, "factor", 1, OSY_STOCK_MAX_FACTOR);
    if (name != NULL && osy_ingredient_factor (self, name) != 0) {
      osy_json_reader_fault (one, "name", "TWICE", "A unit of this name is there already.");
      continue;
    }
    OsyIngredientUnit *unit = g_new0 (OsyIngredientUnit, 1);
    unit->name = g_strdup (name ? name : "");
    unit->factor = factor;
    g_ptr_array_add (self->units, unit);
  }
}

/* Null takes it away. */
static void
edit_amount (OsyJsonReader *reader, const char *name, gint64 *value)
{
  if (osy_json_reader_said (reader, name))
    *value = osy_json_reader_opt_int (reader, name, 0, OSY_STOCK_MAX, -1);
}

static void
edit_text (OsyJsonReader *reader, const char *name, char **value)
{
  if (osy_json_reader_said (reader, name))
    osy_set_str (value, osy_json_reader_opt_string (reader, name, 1, OSY_INGREDIENT_MAX_NAME));
}

void
osy_ingredient_edit (OsyIngredient *self, OsyJsonReader *reader, gboolean is_new)
{
  if (is_new || osy_json_reader_has (reader, "name"))
    osy_set_str (&self->name, osy_json_reader_string (reader, "name", 1, OSY_INGREDIENT_MAX_NAME));
  /* What was counted in grams cannot become pieces. */
  if (is_new)
    self->unit = g_intern_string (osy_json_reader_enum (reader, "unit", base_units, NULL));
  if (osy_json_reader_said (reader, "units"))
    read_units (self, reader);
  edit_amount (reader, "par", &self->par);
  edit_text (reader, "supplier", &self->supplier);
  self->track = osy_json_reader_opt_bool (reader, "track", self->track);
  self->block = osy_json_reader_opt_bool (reader, "block", self->block);
  self->position = (int)osy_json_reader_opt_int (reader, "position", 0, G_MAXINT16, self->position);
  if (self->block && !self->track)
    osy_json_reader_fault (reader, "block", "NOT_TRACKED", "Only what is tracked can stop a sale.");
}

void
osy_ingredient_read (OsyIngredient *self, OsyJsonReader *reader)
{
  osy_set_str (&self->id, osy_json_reader_id (reader, "id"));
  osy_ingredient_edit (self, reader, TRUE);
  self->on_hand = osy_json_reader_int (reader, "on_hand", -G_MAXINT64, G_MAXINT64);
  self->reserved = osy_json_reader_int (reader, "reserved", 0, G_MAXINT64);
  edit_amount (reader, "unit_cost", &self->unit_cost);
  edit_text (reader, "cost_unit", &self->cost_unit);
  self->last_counted_at = osy_json_reader_opt_time (reader, "last_counted_at");
  edit_amount (reader, "days_left", &self->days_left);
  guint days = osy_json_reader_opt_array (reader, "used", OSY_STOCK_USE_DAYS);
  for (guint i = 0; i < days; i++)
    self->used[i] = osy_json_reader_element_int (reader, "used", i, 0, G_MAXINT64);
  self->version = osy_json_reader_int (reader, "version", 1, G_MAXINT64);
}
