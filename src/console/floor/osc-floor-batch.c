/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Batches of a floor plan: written, applied, turned round. */

#include "osc-floor-batch.h"

#define PUT "PUT"
#define DELETE "DELETE"
#define PIECE "piece"
#define FLOOR "floor"

static JsonObject *
add (JsonArray *self, const char *op, const char *type, const char *id)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "op", op);
  json_object_set_string_member (change, "type", type);
  json_object_set_string_member (change, "id", id);
  json_array_add_object_element (self, change);
  return change;
}

/* What the thing's own JSON says of it, but for what the daemon alone knows. */
static void
add_members (JsonObject *change, JsonObject *thing)
{
  static const char *const unsaid[] = {"digest", "photo", "pieces"};
  g_autoptr (GList) members = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (unsaid); i++)
    if (json_object_has_member (thing, unsaid[i]))
      json_object_remove_member (thing, unsaid[i]);
  members = json_object_get_members (thing);
  for (GList *i = members; i != NULL; i = i->next)
    json_object_set_member (change, i->data, json_object_dup_member (thing, i->data));
  json_object_unref (thing);
}

void
osc_floor_batch_put_piece (JsonArray *self, const OsyPiece *piece)
{
  JsonObject *change = add (self, PUT, PIECE, piece->id);

  json_object_set_string_member (change, "floor_id", piece->floor_id);
  add_members (change, osy_piece_to_json (piece));
}

void
osc_floor_batch_put_floor (JsonArray *self, const OsyFloor *floor)
{
  add_members (add (self, PUT, FLOOR, floor->id), osy_floor_to_json (floor));
}

void
osc_floor_batch_delete_piece (JsonArray *self, const char *id)
{
  add (self, DELETE, PIECE, id);
}

void
osc_floor_batch_delete_floor (JsonArray *self, const OsyFloor *floor)
{
  for (guint i = 0; i < floor->pieces->len; i++)
    osc_floor_batch_delete_piece (self, ((OsyPiece *)g_ptr_array_index (floor->pieces, i))->id);
  add (self, DELETE, FLOOR, floor->id);
}

/* ---- applying ---- */

typedef struct {
  const char *op;
  const char *type;
  const char *id;
} Change;

static Change
change_at (JsonArray *self, guint index)
{
  JsonObject *object = json_array_get_object_element (self, index);

  return (Change){json_object_get_string_member_with_default (object, "op", ""),
                  json_object_get_string_member_with_default (object, "type", ""),
                  json_object_get_string_member_with_default (object, "id", "")};
}

static void
remove_piece (OsyFloorPlan *plan, const char *id)
{
  OsyPiece *piece = osy_floor_plan_piece (plan, id);

  if (piece != NULL)
    g_ptr_array_remove (osy_floor_plan_floor (plan, piece->floor_id)->pieces, piece);
}

/* A piece keeps its place among those above and below it. */
static void
put_piece (OsyFloorPlan *plan, OsyPiece *piece)
{
  OsyFloor *floor = piece->floor_id != NULL ? osy_floor_plan_floor (plan, piece->floor_id) : NULL;
  OsyPiece *old = osy_floor_plan_piece (plan, piece->id);
  guint index;

  if (floor == NULL) {
    osy_piece_free (piece);
    return;
  }
  if (old != NULL && g_ptr_array_find (floor->pieces, old, &index)) {
    osy_piece_free (old);
    floor->pieces->pdata[index] = piece;
    return;
  }
  remove_piece (plan, piece->id);
  g_ptr_array_add (floor->pieces, piece);
}

static int
compare_floors (gconstpointer a, gconstpointer b)
{
  return (*(OsyFloor *const *)a)->position - (*(OsyFloor *const *)b)->position;
}

static void
put_floor (OsyFloorPlan *plan, OsyFloor *floor)
{
  OsyFloor *old = osy_floor_plan_floor (plan, floor->id);

  if (old != NULL) {
    g_ptr_array_unref (floor->pieces);
    floor->pieces = g_ptr_array_ref (old->pieces);
    floor->photo = old->photo;
    g_ptr_array_remove (plan->floors, old);
  }
  g_ptr_array_add (plan->floors, floor);
  g_ptr_array_sort (plan->floors, compare_floors);
}

static void
put (OsyFloorPlan *plan, JsonNode *node, gboolean is_piece)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyPiece) piece = is_piece ? osy_piece_new () : NULL;
  g_autoptr (OsyFloor) floor = is_piece ? NULL : osy_floor_new ();

  osy_json_reader_ignore_unknown (reader);
  if (is_piece) {
    osy_piece_read (piece, reader);
    piece->floor_id = g_strdup (osy_json_reader_id (reader, "floor_id"));
  } else {
    osy_floor_read (floor, reader);
  }
  if (!osy_json_reader_finish (reader, NULL))
    return;
  if (is_piece)
    put_piece (plan, g_steal_pointer (&piece));
  else
    put_floor (plan, g_steal_pointer (&floor));
}

void
osc_floor_batch_apply (JsonArray *self, OsyFloorPlan *plan)
{
  g_return_if_fail (self != NULL && plan != NULL);

  for (guint i = 0; i < json_array_get_length (self); i++) {
    Change change = change_at (self, i);
    gboolean is_piece = g_str_equal (change.type, PIECE);
    OsyFloor *floor = is_piece ? NULL : osy_floor_plan_floor (plan, change.id);

    if (g_str_equal (change.op, PUT))
      put (plan, json_array_get_element (self, i), is_piece);
    else if (is_piece)
      remove_piece (plan, change.id);
    else if (floor != NULL)
      g_ptr_array_remove (plan->floors, floor);
  }
}

/* Floors come before what stands on them, and go after it. */
static void
add_inverse (JsonArray *inverse, const Change *change, const OsyFloorPlan *plan, gboolean floors)
{
  gboolean is_piece = g_str_equal (change->type, PIECE);
  const OsyPiece *piece = is_piece ? osy_floor_plan_piece (plan, change->id) : NULL;
  const OsyFloor *floor = is_piece ? NULL : osy_floor_plan_floor (plan, change->id);

  if (is_piece == floors)
    return;
  if (piece != NULL)
    osc_floor_batch_put_piece (inverse, piece);
  else if (floor != NULL)
    osc_floor_batch_put_floor (inverse, floor);
  else
    add (inverse, DELETE, change->type, change->id);
}

JsonArray *
osc_floor_batch_inverse (JsonArray *self, const OsyFloorPlan *plan)
{
  g_return_val_if_fail (self != NULL && plan != NULL, NULL);
  JsonArray *inverse = json_array_new ();
  guint n = json_array_get_length (self);
  gboolean deletes = n > 0 && g_str_equal (change_at (self, 0).op, DELETE);

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++) {
      Change change = change_at (self, i);

      add_inverse (inverse, &change, plan, (pass == 0) == deletes);
    }
  return inverse;
}
