/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Batches of changes: random ones and their inverses (property test), what is out of date, what is
 * told by the bytes of a picture, and acts at tables as they are kept. */

#include <string.h>

#include "osy-error.h"
#include "osy-floor-changes.h"
#include "osy-floor-service.h"
#include "osy-id.h"
#include "osy-table-change.h"

#define WALKS 60
#define BATCHES 12

static char *
content_of (const OsyFloorPlan *plan)
{
  g_autoptr (JsonNode) node = osy_floor_plan_to_json (plan);

  json_object_remove_member (json_node_get_object (node), "version");
  return osy_json_print (node);
}

static gboolean
apply (OsyFloorPlan *plan, JsonNode *batch, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (batch);

  return osy_floor_changes_apply (reader, plan, error);
}

/* ---- random batches ---- */

static JsonObject *
add_change (JsonArray *changes, const char *op, const char *type, const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "op", op);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "id", id);
  json_array_add_object_element (changes, object);
  return object;
}

static void
put_floor (GRand *rand, JsonArray *changes, const char *id)
{
  JsonObject *object = add_change (changes, "PUT", "floor", id);

  json_object_set_string_member (object, "name", g_rand_boolean (rand) ? "1층" : "별관");
  json_object_set_int_member (object, "position", g_rand_int_range (rand, 0, 20));
  json_object_set_int_member (object, "width", g_rand_int_range (rand, 320, 2000));
  json_object_set_int_member (object, "height", g_rand_int_range (rand, 320, 2000));
}

static void
put_piece (GRand *rand, JsonArray *changes, const char *id, const char *floor_id)
{
  JsonObject *object = add_change (changes, "PUT", "piece", id);

  json_object_set_string_member (object, "floor_id", floor_id);
  json_object_set_string_member (object, "kind", "WALL");
  if (g_rand_boolean (rand)) {
    g_autofree char *number = g_strdup_printf ("%d", g_rand_int_range (rand, 1, 100000));
    json_object_set_string_member (object, "kind", "TABLE");
    json_object_set_string_member (object, "number", number);
  }
  json_object_set_int_member (object, "x", g_rand_int_range (rand, 0, 1000));
  json_object_set_int_member (object, "y", g_rand_int_range (rand, 0, 1000));
  json_object_set_int_member (object, "width", g_rand_int_range (rand, 8, 200));
  json_object_set_int_member (object, "height", g_rand_int_range (rand, 8, 200));
}

static const OsyFloor *
some_floor (GRand *rand, const OsyFloorPlan *plan)
{
  return plan->floors->len > 0
             ? plan->floors->pdata[g_rand_int_range (rand, 0, (gint32)plan->floors->len)]
             : NULL;
}

static void
change_some_piece (GRand *rand, JsonArray *changes, const OsyFloorPlan *plan, GHashTable *seen)
{
  const OsyFloor *from = some_floor (rand, plan);
  const OsyFloor *to = some_floor (rand, plan);
  const OsyPiece *piece =
      from != NULL && from->pieces->len > 0
          ? from->pieces->pdata[g_rand_int_range (rand, 0, (gint32)from->pieces->len)]
          : NULL;

  if (piece == NULL || !g_hash_table_add (seen, piece->id))
    return;
  if (g_rand_boolean (rand))
    put_piece (rand, changes, piece->id, to->id);
  else
    add_change (changes, "DELETE", "piece", piece->id);
}

static JsonNode *
random_batch (GRand *rand, const OsyFloorPlan *plan)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  const OsyFloor *floor = some_floor (rand, plan);

  for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--) {
    g_autofree char *id = osy_id_new ();
    if (floor == NULL || g_rand_int_range (rand, 0, 5) == 0)
      put_floor (rand, changes, id);
    else if (g_rand_boolean (rand))
      put_piece (rand, changes, id, floor->id);
    else
      change_some_piece (rand, changes, plan, seen);
  }
  if (floor != NULL && g_rand_int_range (rand, 0, 6) == 0)
    add_change (changes, "DELETE", "floor", floor->id);
  if (json_array_get_length (changes) == 0) {
    g_autofree char *id = osy_id_new ();
    put_floor (rand, changes, id);
  }
  json_object_set_array_member (object, "changes", changes);
  return osy_json_take_object (object);
}

/* Whatever was done: the inverse gives back what was, and its own inverse what became of it. */
static void
test_inverse (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint done = 0;

  for (int walk = 0; walk < WALKS; walk++) {
    g_autoptr (OsyFloorPlan) plan = osy_floor_plan_new ();
    for (int i = 0; i < BATCHES; i++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (OsyFloorPlan) was = osy_floor_plan_copy (plan);
      g_autoptr (OsyFloorPlan) now = osy_floor_plan_copy (plan);
      g_autoptr (JsonNode) batch = random_batch (rand, plan);
      /* A piece put on a floor that goes in the same batch is refused, and nothing is done. */
      if (!apply (now, batch, NULL))
        continue;
      done++;
      g_autofree char *before = content_of (was);
      g_autofree char *after = content_of (now);
      if (strcmp (before, after) == 0)
        continue;
      g_autoptr (JsonNode) undo = osy_floor_changes_between (now, was);
      g_autoptr (JsonNode) redo = osy_floor_changes_between (was, now);
      g_assert_cmpint (now->version, ==, was->version + 1);
      gboolean ok = apply (now, undo, &error);
      g_assert_no_error (error);
      g_assert_true (ok);
      g_autofree char *undone = content_of (now);
      g_assert_cmpstr (undone, ==, before);
      ok = apply (now, redo, &error);
      g_assert_no_error (error);
      g_assert_true (ok);
      g_autofree char *redone = content_of (now);
      g_assert_cmpstr (redone, ==, after);
      osy_floor_plan_free (plan);
      plan = g_steal_pointer (&now);
    }
  }
  g_assert_cmpuint (done, >, WALKS * BATCHES / 2);
}

/* ---- pictures ---- */

static const guint8 png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,   0, 0, 13,
                             'I',  'H', 'D', 'R', 0,    0,    0,    4,    0,   0, 0, 3,
                             8,    2,   0,   0,   0,    1,    2,    3,    4,   0, 0, 0,
                             0,    'I', 'E', 'N', 'D',  0xae, 0x42, 0x60, 0x82};
static const guint8 jpeg[] = {0xff, 0xd8, 0xff, 0xe0, 0, 4,  1, 2, 0xff, 0xc0, 0,
                              11,   8,    0,    16,   0, 32, 1, 1, 0x11, 0,    0xff};

static const char *
type_of (const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, size);

  return osy_floor_photo_type (content);
}

/* No prefix, and no byte changed, ever reads past the end (the sanitizers look on). */
static void
test_photo (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  g_assert_cmpstr (type_of (png, sizeof png), ==, "image/png");
  g_assert_cmpstr (type_of (jpeg, sizeof jpeg), ==, "image/jpeg");
  for (gsize size = 0; size < sizeof png; size++)
    g_assert_null (type_of (png, size));
  for (gsize size = 0; size < 17; size++)
    g_assert_null (type_of (jpeg, size));
  for (int i = 0; i < 5000; i++) {
    guint8 copy[sizeof jpeg];
    memcpy (copy, jpeg, sizeof jpeg);
    copy[g_rand_int_range (rand, 0, sizeof jpeg)] = (guint8)g_rand_int (rand);
    copy[g_rand_int_range (rand, 0, sizeof jpeg)] = (guint8)g_rand_int (rand);
    type_of (copy, sizeof jpeg);
  }
  guint8 wide[sizeof png];
  memcpy (wide, png, sizeof png);
  wide[18] = 0x21; /* 8452 pixels */
  g_assert_null (type_of (wide, sizeof wide));
}

/* ---- acts as they are kept ---- */

static void
test_act (void)
{
  g_autoptr (OsyTableChange) change = osy_table_change_new ("move");
  g_autoptr (OsySeatingRow) row = osy_seating_row_new ();
  g_autoptr (GError) error = NULL;

  row->id = osy_id_new ();
  row->table_id = osy_id_new ();
  row->check_id = osy_id_new ();
  row->seated_at = 5;
  OsySeatingRow *after = osy_table_change_add (change, row);
  g_free (after->table_id);
  after->table_id = osy_id_new ();
  after->moved_from = g_strdup ("5");
  g_assert_true (osy_table_change_add (change, row) == after);
  const OsyRoundMove order = {row->id, NULL, row->check_id, row->table_id};
  const OsyRoundMove line = {row->id, row->check_id, row->check_id, row->table_id, TRUE, FALSE};
  osy_table_change_add_round (change, &order);
  osy_table_change_add_round (change, &line);
  change->party_type = g_strdup ("booking");
  change->party_id = osy_id_new ();
  change->party_from = g_strdup ("BOOKED");
  change->party_to = g_strdup ("SEATED");

  g_autoptr (JsonNode) node = osy_table_change_to_json (change);
  g_autoptr (OsyTableChange) read = osy_table_change_from_json (node, "move", &error);
  g_assert_no_error (error);
  g_autoptr (OsyTableChange) back = osy_table_change_reverse (read);
  g_autoptr (OsyTableChange) again = osy_table_change_reverse (back);
  g_autoptr (JsonNode) other = osy_table_change_to_json (again);
  g_autofree char *before = osy_json_print (node);
  g_autofree char *twice = osy_json_print (other);
  g_assert_cmpstr (before, ==, twice);
  const OsySeatingPair *pair = osy_table_change_find (back, row->id);
  g_assert_cmpstr (pair->after->table_id, ==, row->table_id);
  g_assert_cmpstr (pair->before->moved_from, ==, "5");
  g_assert_cmpstr (back->party_to, ==, "BOOKED");
  /* What went last comes back first. */
  const OsyRoundMove *move = back->orders->pdata[0];
  g_assert_cmpstr (move->line_id, ==, row->check_id);
  g_assert_true (move->own && !move->was_own);
  move = back->orders->pdata[1];
  g_assert_null (move->line_id);
  g_assert_cmpstr (move->to, ==, row->check_id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/changes/inverse", test_inverse);
  g_test_add_func ("/table/photo", test_photo);
  g_test_add_func ("/table/act", test_act);
  return g_test_run ();
}
