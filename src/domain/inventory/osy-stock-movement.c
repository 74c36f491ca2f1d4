/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One row of an ingredient's history as it is answered and read. */

#include "osy-stock-movement.h"

#include "osy-clock.h"
#include "osy-compat.h"

OsyStockMovement *
osy_stock_movement_new (void)
{
  OsyStockMovement *self = g_new0 (OsyStockMovement, 1);

  self->unit_cost = -1;
  return self;
}

void
osy_stock_movement_free (OsyStockMovement *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->ingredient_id);
  g_free (self->reason);
  g_free (self->cost_unit);
  g_free (self->actor);
  g_free (self->undoes);
  g_free (self->undone_by);
  g_free (self->subject_type);
  g_free (self->subject_id);
  g_free (self);
}

gboolean
osy_stock_movement_can_undo (const OsyStockMovement *self)
{
  return self->undone_by == NULL && self->subject_id == NULL;
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

JsonObject *
osy_stock_movement_to_json (const OsyStockMovement *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = osy_clock_format (self->at);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "ingredient_id", self->ingredient_id);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_int_member (object, "quantity", self->quantity);
  json_object_set_int_member (object, "on_hand", self->on_hand);
  if (g_str_equal (self->kind, OSY_MOVEMENT_COUNT))
    json_object_set_int_member (object, "counted", self->counted);
  set_text (object, "reason", self->reason);
  if (self->unit_cost >= 0)
    json_object_set_int_member (object, "unit_cost", self->unit_cost);
  set_text (object, "cost_unit", self->cost_unit);
  json_object_set_string_member (object, "actor", self->actor);
  json_object_set_string_member (object, "at", at);
  set_text (object, "undoes", self->undoes);
  set_text (object, "undone_by", self->undone_by);
  set_text (object, "subject_type", self->subject_type);
  set_text (object, "subject_id", self->subject_id);
  return object;
}

void
osy_stock_movement_read (OsyStockMovement *self, OsyJsonReader *reader)
{
  static const char *const kinds[] = {
      OSY_MOVEMENT_RECEIVE, OSY_MOVEMENT_WASTE,  OSY_MOVEMENT_COUNT, OSY_MOVEMENT_ADJUST,
      OSY_MOVEMENT_USE,     OSY_MOVEMENT_RETURN, OSY_MOVEMENT_UNDO,  NULL};

  osy_set_str (&self->id, osy_json_reader_id (reader, "id"));
  osy_set_str (&self->ingredient_id, osy_json_reader_id (reader, "ingredient_id"));
  self->kind = g_intern_string (osy_json_reader_enum (reader, "kind", kinds, NULL));
  self->quantity = osy_json_reader_int (reader, "quantity", -G_MAXINT64, G_MAXINT64);
  self->on_hand = osy_json_reader_int (reader, "on_hand", -G_MAXINT64, G_MAXINT64);
  self->counted = osy_json_reader_opt_int (reader, "counted", 0, G_MAXINT64, 0);
  osy_set_str (&self->reason, osy_json_reader_opt_string (reader, "reason", 1, 200));
  self->unit_cost = osy_json_reader_opt_int (reader, "unit_cost", 0, G_MAXINT64, -1);
  osy_set_str (&self->cost_unit, osy_json_reader_opt_string (reader, "cost_unit", 1, 20));
  osy_set_str (&self->actor, osy_json_reader_string (reader, "actor", 1, 100));
  self->at = osy_json_reader_opt_time (reader, "at");
  osy_set_str (&self->undoes, osy_json_reader_opt_id (reader, "undoes"));
  osy_set_str (&self->undone_by, osy_json_reader_opt_id (reader, "undone_by"));
  osy_set_str (&self->subject_type, osy_json_reader_opt_string (reader, "subject_type", 1, 40));
  osy_set_str (&self->subject_id, osy_json_reader_opt_id (reader, "subject_id"));
}
