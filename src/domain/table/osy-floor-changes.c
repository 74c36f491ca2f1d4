/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A batch of changes laid on a plan, and the batch that leads from one plan to another: how every
 * change gets its inverse, whatever its steps were. */

#include "osy-floor-changes.h"

#include "osy-error.h"

#define FLOOR "floor"
#define PIECE "piece"

/* ---- taking things out and putting them in ---- */

static void
take_piece (OsyFloorPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->floors->len; i++) {
    GPtrArray *pieces = ((OsyFloor *)g_ptr_array_index (plan->floors, i))->pieces;
    for (guint k = 0; k < pieces->len; k++)
      if (g_strcmp0 (((OsyPiece *)g_ptr_array_index (pieces, k))->id, id) == 0) {
        g_ptr_array_remove_index (pieces, k);
        return;
      }
  }
}

static gint
by_id (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(OsyPiece *const *)a)->id, (*(OsyPiece *const *)b)->id);
}

static gint
by_position (gconstpointer a, gconstpointer b)
{
  const OsyFloor *one = *(OsyFloor *const *)a;
  const OsyFloor *two = *(OsyFloor *const *)b;

  return one->position != two->position ? one->position - two->position
                                        : g_strcmp0 (one->id, two->id);
}

/* ---- one change ---- */

typedef struct {
  OsyFloorPlan *plan;
  JsonArray *conflicts; /* nullable */
  GPtrArray *pieces;    /* of OsyPiece, to be put once all floors are there */
  GPtrArray *readers;   /* of OsyJsonReader, of each */
  GPtrArray *gone;      /* of OsyFloor that go last, with what then stands on them */
} Batch;

static void
conflict (Batch *self, const char *type, const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "id", id);
  if (self->conflicts == NULL)
    self->conflicts = json_array_new ();
  json_array_add_object_element (self->conflicts, object);
}

/* @have: (nullable): the digest of what is there. A thing that is to go must be there. */
static void
check_expected (Batch *self,
                OsyJsonReader *reader,
                const char *type,
                const char *have,
                gboolean put)
{
  const char *id = osy_json_reader_opt_id (reader, "id");
  const char *expect = osy_json_reader_opt_string (reader, "expect", 1, 64);

  if (id != NULL && ((expect != NULL && g_strcmp0 (expect, have) != 0) || (!put && have == NULL)))
    conflict (self, type, id);
}

static void
change_floor (Batch *self, OsyJsonReader *reader, gboolean put)
{
  const char *id = osy_json_reader_id (reader, "id");
  OsyFloor *old = id != NULL ? osy_floor_plan_floor (self->plan, id) : NULL;
  g_autofree char *have = old != NULL ? osy_floor_digest (old) : NULL;

  check_expected (self, reader, FLOOR, have, put);
  if (!put) {
    if (old != NULL)
      g_ptr_array_add (self->gone, old);
    return;
  }
  g_autoptr (OsyFloor) floor = osy_floor_new ();
  osy_floor_read (floor, reader);
  if (old == NULL) {
    g_ptr_array_add (self->plan->floors, g_steal_pointer (&floor));
    return;
  }
  g_free (old->name);
  old->name = g_steal_pointer (&floor->name);
  old->position = floor->position;
  old->width = floor->width;
  old->height = floor->height;
}

static void
change_piece (Batch *self, OsyJsonReader *reader, gboolean put)
{
  const char *id = osy_json_reader_id (reader, "id");
  const OsyPiece *old = id != NULL ? osy_floor_plan_piece (self->plan, id) : NULL;
  g_autofree char *have = old != NULL ? osy_piece_digest (old) : NULL;

  check_expected (self, reader, PIECE, have, put);
  if (id != NULL)
    take_piece (self->plan, id);
  if (!put)
    return;
  OsyPiece *piece = osy_piece_new ();
  osy_piece_read (piece, reader);
  piece->floor_id = g_strdup (osy_json_reader_id (reader, "floor_id"));
  g_ptr_array_add (self->pieces, piece);
  g_ptr_array_add (self->readers, reader);
}

static void
change (Batch *self, OsyJsonReader *reader, GHashTable *seen)
{
  static const char *const ops[] = {"PUT", "DELETE", NULL};
  static const char *const types[] = {FLOOR, PIECE, NULL};
  gboolean put = g_strcmp0 (osy_json_reader_enum (reader, "op", ops, NULL), "PUT") == 0;
  const char *type = osy_json_reader_enum (reader, "type", types, NULL);
  const char *id = osy_json_reader_opt_id (reader, "id");

  if (id != NULL && !g_hash_table_add (seen, (gpointer)id))
    osy_json_reader_fault (reader, "id", "DUPLICATE", "A thing is changed twice in one batch.");
  if (g_strcmp0 (type, FLOOR) == 0)
    change_floor (self, reader, put);
  else if (type != NULL)
    change_piece (self, reader, put);
}

/* ---- the whole ---- */

static void
put_pieces (Batch *self)
{
  for (guint i = 0; i < self->gone->len; i++)
    g_ptr_array_remove (self->plan->floors, g_ptr_array_index (self->gone, i));
  for (guint i = 0; i < self->pieces->len; i++) {
    OsyPiece *piece = g_ptr_array_index (self->pieces, i);
    OsyJsonReader *reader = g_ptr_array_index (self->readers, i);
    OsyFloor *floor = osy_floor_plan_floor (self->plan, piece->floor_id);
    if (floor == NULL)
      osy_json_reader_fault (reader, "floor_id", "UNKNOWN", "There is no such floor.");
    else if (piece->number != NULL && osy_floor_plan_table (self->plan, piece->number) != NULL)
      osy_json_reader_fault (reader, "number", "TAKEN", "Another table has this number.");
    else
      g_ptr_array_add (floor->pieces, osy_piece_copy (piece));
  }
}

static void
check_size (OsyJsonReader *reader, const OsyFloorPlan *plan)
{
  guint pieces = 0;

  for (guint i = 0; i < plan->floors->len; i++)
    pieces += ((OsyFloor *)g_ptr_array_index (plan->floors, i))->pieces->len;
  if (plan->floors->len > OSY_FLOOR_MAX_FLOORS || pieces > OSY_FLOOR_MAX_PIECES)
    osy_json_reader_fault (reader, "changes", "TOO_MANY",
                           "A plan has at most 20 floors and 500 pieces.");
}

static gboolean
check_conflicts (Batch *self, GError **error)
{
  if (self->conflicts == NULL)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "The plan was changed meanwhile; read it again.");
  JsonNode *entries = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (entries, g_steal_pointer (&self->conflicts));
  osy_error_set_extra (refusal, "entries", entries);
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
osy_floor_changes_apply (OsyJsonReader *reader, OsyFloorPlan *plan, GError **error)
{
  guint n = osy_json_reader_array (reader, "changes", 1, OSY_FLOOR_MAX_CHANGES);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_piece_free);
  g_autoptr (GPtrArray) readers = g_ptr_array_new ();
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  Batch self = {plan, NULL, pieces, readers, gone};

  for (guint i = 0; i < n; i++)
    change (&self, osy_json_reader_element (reader, "changes", i), seen);
  put_pieces (&self);
  check_size (reader, plan);
  /* What is out of date is told first: it explains the rest. */
  if (!check_conflicts (&self, error) || !osy_json_reader_finish (reader, error))
    return FALSE;
  g_ptr_array_sort (plan->floors, by_position);
  for (guint i = 0; i < plan->floors->len; i++)
    g_ptr_array_sort (((OsyFloor *)g_ptr_array_index (plan->floors, i))->pieces, by_id);
  plan->version++;
  return TRUE;
}

/* ---- the way from one plan to another ---- */

/* @content: (transfer full) (nullable): what to put; else it is deleted. */
static void
add_change (JsonArray *changes,
            const char *type,
            const char *id,
            JsonObject *content,
            const char *expect)
{
  JsonObject *object = content != NULL ? content : json_object_new ();

  json_object_set_string_member (object, "op", content != NULL ? "PUT" : "DELETE");
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "id", id);
  if (expect != NULL)
    json_object_set_string_member (object, "expect", expect);
  json_object_remove_member (object, "digest");
  json_array_add_object_element (changes, object);
}

static void
diff_floor (JsonArray *changes, const OsyFloor *from, const OsyFloor *to)
{
  const OsyFloor *either = to != NULL ? to : from;
  g_autofree char *was = from != NULL ? osy_floor_digest (from) : NULL;
  g_autofree char *is = to != NULL ? osy_floor_digest (to) : NULL;

  if (either == NULL || g_strcmp0 (was, is) == 0)
    return;
  JsonObject *content = to != NULL ? osy_floor_to_json (to) : NULL;
  if (content != NULL) {
    json_object_remove_member (content, "photo");
    json_object_remove_member (content, "pieces");
  }
  add_change (changes, FLOOR, either->id, content, was);
}

static void
diff_piece (JsonArray *changes, const OsyPiece *from, const OsyPiece *to)
{
  const OsyPiece *either = to != NULL ? to : from;
  g_autofree char *was = from != NULL ? osy_piece_digest (from) : NULL;
  g_autofree char *is = to != NULL ? osy_piece_digest (to) : NULL;

  if (either == NULL || g_strcmp0 (was, is) == 0)
    return;
  JsonObject *content = to != NULL ? osy_piece_to_json (to) : NULL;
  if (content != NULL)
    json_object_set_string_member (content, "floor_id", to->floor_id);
  add_change (changes, PIECE, either->id, content, was);
}

JsonNode *
osy_floor_changes_between (const OsyFloorPlan *from, const OsyFloorPlan *to)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();

  for (guint i = 0; i < to->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (to->floors, i);
    diff_floor (changes, osy_floor_plan_floor (from, floor->id), floor);
    for (guint k = 0; k < floor->pieces->len; k++) {
      const OsyPiece *piece = g_ptr_array_index (floor->pieces, k);
      diff_piece (changes, osy_floor_plan_piece (from, piece->id), piece);
    }
  }
  for (guint i = 0; i < from->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (from->floors, i);
    for (guint k = 0; k < floor->pieces->len; k++) {
      const OsyPiece *piece = g_ptr_array_index (floor->pieces, k);
      if (osy_floor_plan_piece (to, piece->id) == NULL)
        diff_piece (changes, piece, NULL);
    }
    if (osy_floor_plan_floor (to, floor->id) == NULL)
      diff_floor (changes, floor, NULL);
  }
  json_object_set_array_member (object, "changes", changes);
  return osy_json_take_object (object);
}
