/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The plan and the tables as JSON, both ways; what a table shows; bounds of a piece. */

#include <string.h>

#include "osy-error.h"
#include "osy-floor.h"
#include "osy-id.h"
#include "osy-table.h"

#define ROUNDS 200

static char *
text_of (JsonNode *node)
{
  return osy_json_print (node);
}

static OsyPiece *
random_piece (GRand *rand, const char *floor_id, guint nth)
{
  static const char *const kinds[] = {OSY_PIECE_TABLE, OSY_PIECE_BAR, OSY_PIECE_WALL,
                                      OSY_PIECE_DOOR, OSY_PIECE_TEXT};
  OsyPiece *piece = osy_piece_new ();

  piece->id = osy_id_new ();
  piece->floor_id = g_strdup (floor_id);
  piece->kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  piece->shape = g_rand_boolean (rand) ? OSY_PIECE_ROUND : OSY_PIECE_SQUARE;
  if (g_str_equal (piece->kind, OSY_PIECE_TABLE))
    piece->number = g_strdup_printf ("창%u", nth);
  if (g_rand_boolean (rand))
    piece->label = g_strdup ("카운터 \"1\"");
  piece->seats = g_rand_int_range (rand, 0, OSY_PIECE_MAX_SEATS + 1);
  piece->x = g_rand_int_range (rand, 0, OSY_FLOOR_MAX_SIZE + 1);
  piece->y = g_rand_int_range (rand, 0, OSY_FLOOR_MAX_SIZE + 1);
  piece->width = g_rand_int_range (rand, OSY_PIECE_MIN_SIZE, OSY_FLOOR_MAX_SIZE + 1);
  piece->height = g_rand_int_range (rand, OSY_PIECE_MIN_SIZE, OSY_FLOOR_MAX_SIZE + 1);
  piece->rotation = g_rand_int_range (rand, 0, 360);
  return piece;
}

static OsyFloorPlan *
random_plan (GRand *rand)
{
  OsyFloorPlan *plan = osy_floor_plan_new ();
  int n = g_rand_int_range (rand, 0, 4);

  plan->version = g_rand_int_range (rand, 0, 100);
  for (int i = 0; i < n; i++) {
    OsyFloor *floor = osy_floor_new ();
    floor->id = osy_id_new ();
    floor->name = g_strdup ("1층 홀");
    floor->position = i;
    floor->width = g_rand_int_range (rand, OSY_FLOOR_MIN_SIZE, OSY_FLOOR_MAX_SIZE + 1);
    floor->height = g_rand_int_range (rand, OSY_FLOOR_MIN_SIZE, OSY_FLOOR_MAX_SIZE + 1);
    floor->photo = g_rand_boolean (rand);
    for (int k = g_rand_int_range (rand, 0, 12); k > 0; k--)
      g_ptr_array_add (floor->pieces, random_piece (rand, floor->id, (guint)k));
    g_ptr_array_add (plan->floors, floor);
  }
  return plan;
}

static void
test_plan_json (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < ROUNDS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyFloorPlan) plan = random_plan (rand);
    g_autoptr (OsyFloorPlan) copy = osy_floor_plan_copy (plan);
    g_autoptr (JsonNode) node = osy_floor_plan_to_json (copy);
    g_autoptr (OsyFloorPlan) read = osy_floor_plan_from_json (node, &error);
    g_assert_no_error (error);
    g_autoptr (JsonNode) again = osy_floor_plan_to_json (read);
    g_autofree char *before = text_of (node);
    g_autofree char *after = text_of (again);
    g_assert_cmpstr (before, ==, after); /* digests and all */
  }
}

static void
test_digest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (OsyPiece) piece = random_piece (rand, "a", 1);
  g_autoptr (OsyPiece) copy = osy_piece_copy (piece);
  g_autofree char *one = osy_piece_digest (piece);
  g_autofree char *two = osy_piece_digest (copy);

  g_assert_cmpstr (one, ==, two);
  copy->x ^= 1;
  g_autofree char *moved = osy_piece_digest (copy);
  g_assert_cmpstr (one, !=, moved);
  copy->x ^= 1;
  g_free (copy->floor_id);
  copy->floor_id = g_strdup ("b");
  g_autofree char *elsewhere = osy_piece_digest (copy);
  g_assert_cmpstr (one, !=, elsewhere);
}

static void
test_numbers (void)
{
  g_autoptr (OsyFloorPlan) plan = osy_floor_plan_new ();
  OsyFloor *floor = osy_floor_new ();
  static const char *const taken[] = {"1", "2", "4", "창가"};

  floor->id = osy_id_new ();
  g_ptr_array_add (plan->floors, floor);
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++) {
    OsyPiece *piece = osy_piece_new ();
    piece->id = osy_id_new ();
    piece->number = g_strdup (taken[i]);
    g_ptr_array_add (floor->pieces, piece);
  }
  g_autofree char *next = osy_floor_plan_next_number (plan);
  g_assert_cmpstr (next, ==, "3");
  const OsyPiece *found = osy_floor_plan_table (plan, "창가");
  g_assert_true (osy_floor_plan_piece (plan, found->id) == found);
  g_assert_null (osy_floor_plan_table (plan, "3"));
}

static void
assert_refused (const char *member, const char *value, const char *pointer)
{
  static const char text[] =
      "{\"version\":1,\"floors\":[{\"id\":\"0190a0b0-0000-7000-8000-000000000001\","
      "\"name\":\"1\",\"width\":640,\"height\":480,\"pieces\":[{"
      "\"id\":\"0190a0b0-0000-7000-8000-000000000002\",\"kind\":\"TABLE\",\"number\":\"1\","
      "\"x\":8,\"y\":8,\"width\":64,\"height\":64}]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  JsonObject *floor = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (node), "floors"), 0);
  JsonObject *piece =
      json_array_get_object_element (json_object_get_array_member (floor, "pieces"), 0);
  g_autoptr (OsyFloorPlan) fine = osy_floor_plan_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fine);
  if (value == NULL)
    json_object_remove_member (piece, member);
  else
    json_object_set_member (piece, member, json_from_string (value, NULL));
  g_autoptr (OsyFloorPlan) plan = osy_floor_plan_from_json (node, &error);
  g_assert_null (plan);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  g_autofree char *said = text_of (problem);
  g_assert_nonnull (strstr (said, pointer));
}

static void
test_bounds (void)
{
  assert_refused ("width", "7", "/floors/0/pieces/0/width");
  assert_refused ("x", "-1", "/floors/0/pieces/0/x");
  assert_refused ("rotation", "360", "/floors/0/pieces/0/rotation");
  assert_refused ("number", NULL, "/floors/0/pieces/0/number");
  assert_refused ("number", "\" \"", "/floors/0/pieces/0/number");
  assert_refused ("number", "\"a\\nb\"", "/floors/0/pieces/0/number");
  assert_refused ("kind", "\"WALL\"", "/floors/0/pieces/0/number"); /* walls have none */
  assert_refused ("kind", "\"SOFA\"", "/floors/0/pieces/0/kind");
  assert_refused ("seats", "100", "/floors/0/pieces/0/seats");
}

static void
test_states (void)
{
  OsySeating seating = {.seated_at = 1};

  g_assert_cmpint (osy_seating_state (NULL), ==, OSY_TABLE_FREE);
  g_assert_cmpint (osy_seating_state (&seating), ==, OSY_TABLE_SEATED);
  seating.bill_requested_at = 3; /* a bill may be asked for before anything was ordered */
  g_assert_cmpint (osy_seating_state (&seating), ==, OSY_TABLE_BILL);
  seating.bill_requested_at = 0;
  seating.ordered_at = 2;
  g_assert_cmpint (osy_seating_state (&seating), ==, OSY_TABLE_DINING);
  seating.paid_at = 4;
  g_assert_cmpint (osy_seating_state (&seating), ==, OSY_TABLE_CLEAN);
}

static OsyTable *
random_table (GRand *rand)
{
  OsyTable *table = osy_table_new ();

  table->table_id = osy_id_new ();
  table->floor_id = osy_id_new ();
  table->number = g_strdup ("7");
  table->seats = g_rand_int_range (rand, 0, 9);
  table->version = g_rand_int_range (rand, 1, 99);
  if (g_rand_boolean (rand)) {
    OsySeating *seating = table->seating = osy_seating_new ();
    seating->id = osy_id_new ();
    seating->guest_count = g_rand_int_range (rand, 0, 9);
    seating->seated_at = G_GINT64_CONSTANT (1763700000000000) + g_rand_int (rand);
    seating->last_act_at = seating->seated_at + 5;
    seating->ordered_at = g_rand_boolean (rand) ? seating->seated_at + 1 : 0;
    seating->bill_requested_at = g_rand_boolean (rand) ? seating->seated_at + 2 : 0;
    seating->paid_at = g_rand_boolean (rand) ? seating->seated_at + 3 : 0;
    seating->check_id = g_rand_boolean (rand) ? osy_id_new () : NULL;
    seating->total = g_rand_int (rand);
    seating->owed = g_rand_int (rand);
    seating->moved_from = g_rand_boolean (rand) ? g_strdup ("5") : NULL;
    g_strfreev (seating->table_ids);
    seating->table_ids = g_new0 (char *, 3);
    seating->table_ids[0] = g_strdup (table->table_id);
    seating->table_ids[1] = g_rand_boolean (rand) ? osy_id_new () : NULL;
  }
  table->state = osy_seating_state (table->seating);
  return table;
}

static void
test_room_json (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < ROUNDS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyTableRoom) room = osy_table_room_new ();
    for (int k = g_rand_int_range (rand, 0, 5); k > 0; k--)
      g_ptr_array_add (room->tables, random_table (rand));
    OsyBooking *booking = osy_booking_new ();
    booking->id = osy_id_new ();
    booking->at = G_GINT64_CONSTANT (1763700300000000);
    booking->guest_count = 4;
    booking->name = g_strdup ("이서연");
    booking->phone = g_strdup ("01012345678");
    booking->status = OSY_BOOKING_NO_SHOW;
    g_ptr_array_add (room->bookings, booking);
    OsyWaiting *waiting = osy_waiting_new ();
    waiting->id = osy_id_new ();
    waiting->guest_count = 2;
    waiting->created_at = booking->at;
    g_ptr_array_add (room->waiting, waiting);
    room->paused_until = g_rand_boolean (rand) ? booking->at : 0;
    room->server_time = booking->at + 1;
    g_autoptr (JsonNode) node = osy_table_room_to_json (room);
    g_autoptr (OsyTableRoom) read = osy_table_room_from_json (node, &error);
    g_assert_no_error (error);
    const OsyBooking *masked = g_ptr_array_index (read->bookings, 0);
    g_assert_cmpstr (masked->name, ==, "이*연");
    g_assert_cmpstr (masked->phone, ==, "010-****-5678");
    g_autoptr (JsonNode) again = osy_table_room_to_json (read);
    /* What is masked is masked once more: a phone is not what it was. */
    json_array_remove_element (
        json_object_get_array_member (json_node_get_object (node), "bookings"), 0);
    json_array_remove_element (
        json_object_get_array_member (json_node_get_object (again), "bookings"), 0);
    g_autofree char *rest = text_of (node);
    g_autofree char *rest_again = text_of (again);
    g_assert_cmpstr (rest, ==, rest_again);
  }
}

static void
test_booking_time (void)
{
  g_autoptr (OsyBooking) booking = osy_booking_new ();
  const gint64 minute = G_TIME_SPAN_MINUTE;

  booking->at = G_GINT64_CONSTANT (1763700300000000);
  booking->minutes = 90;
  g_assert_false (osy_booking_is_shown (booking, booking->at - 61 * minute));
  g_assert_true (osy_booking_is_shown (booking, booking->at - 60 * minute));
  g_assert_false (osy_booking_is_late (booking, booking->at));
  g_assert_true (osy_booking_is_late (booking, booking->at + 1));
  g_assert_true (osy_booking_is_shown (booking, booking->at + 89 * minute));
  g_assert_false (osy_booking_is_shown (booking, booking->at + 90 * minute));
  booking->status = OSY_BOOKING_SEATED;
  g_assert_false (osy_booking_is_late (booking, booking->at + 1));
  g_assert_false (osy_booking_is_shown (booking, booking->at + 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/plan-json", test_plan_json);
  g_test_add_func ("/table/digest", test_digest);
  g_test_add_func ("/table/numbers", test_numbers);
  g_test_add_func ("/table/bounds", test_bounds);
  g_test_add_func ("/table/states", test_states);
  g_test_add_func ("/table/room-json", test_room_json);
  g_test_add_func ("/table/booking-time", test_booking_time);
  return g_test_run ();
}
