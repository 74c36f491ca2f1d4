/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented tables: the shop of the mockup, and one of any size. */

#include "osc-fixture.h"

#include "osy-clock.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

typedef struct {
  int number;
  int x, y, width, height;
  gboolean round;
  OsyTableState state;
  int minutes; /* since they sat down */
  int idle;    /* since anybody did anything */
  int guests;
  int won;
} Row;

static const Row rows[] = {
    {1, 40, 40, 112, 96, FALSE, OSY_TABLE_DINING, 6, 6, 2, 9000},
    {2, 184, 40, 112, 96, FALSE, OSY_TABLE_DINING, 14, 4, 1, 10500},
    {3, 328, 40, 112, 96, FALSE, OSY_TABLE_DINING, 31, 31, 2, 17000},
    {4, 472, 40, 112, 96, FALSE, OSY_TABLE_FREE, 0, 0, 0, 0},
    {11, 632, 40, 176, 96, FALSE, OSY_TABLE_DINING, 5, 2, 6, 38500},
    {5, 40, 192, 136, 112, FALSE, OSY_TABLE_BILL, 49, 2, 3, 27000},
    {6, 208, 192, 136, 112, FALSE, OSY_TABLE_FREE, 0, 0, 0, 0},
    {7, 376, 192, 136, 112, FALSE, OSY_TABLE_SEATED, 1, 1, 4, 0},
    {12, 632, 192, 120, 120, TRUE, OSY_TABLE_FREE, 0, 0, 0, 0},
    {8, 40, 360, 136, 112, FALSE, OSY_TABLE_DINING, 22, 9, 4, 41000},
    {9, 208, 360, 136, 112, FALSE, OSY_TABLE_DINING, 9, 9, 3, 18000},
    {10, 376, 360, 136, 112, FALSE, OSY_TABLE_FREE, 0, 0, 0, 0},
    {13, 632, 360, 120, 120, TRUE, OSY_TABLE_CLEAN, 80, 3, 2, 0},
};

char *
osc_fixture_table_id (int number)
{
  return g_strdup_printf ("00000000-0000-7000-8000-7ab1e%07d", number);
}

static char *
check_id (int number)
{
  return g_strdup_printf ("00000000-0000-7000-8000-c4ec%08d", number);
}

static OsyFloor *
new_floor (int index, const char *name)
{
  OsyFloor *floor = osy_floor_new ();

  floor->id = g_strdup_printf ("00000000-0000-7000-8000-f1000000000%d", index);
  floor->name = g_strdup (name);
  floor->position = index;
  floor->width = 848;
  floor->height = 576;
  return floor;
}

static OsyPiece *
add_piece (OsyFloor *floor, const char *kind, const int *place, const char *label)
{
  OsyPiece *piece = osy_piece_new ();

  piece->id =
      g_strdup_printf ("00000000-0000-7000-8000-%03d0000%05u", floor->position, floor->pieces->len);
  piece->floor_id = g_strdup (floor->id);
  piece->kind = g_intern_string (kind);
  piece->shape = OSY_PIECE_SQUARE;
  piece->label = g_strdup (label);
  piece->x = place[0];
  piece->y = place[1];
  piece->width = place[2];
  piece->height = place[3];
  g_ptr_array_add (floor->pieces, piece);
  return piece;
}

static void
add_table (OsyFloor *floor, const Row *row)
{
  const int place[] = {row->x, row->y, row->width, row->height};
  OsyPiece *piece = add_piece (floor, OSY_PIECE_TABLE, place, NULL);

  g_free (piece->id);
  piece->id = osc_fixture_table_id (row->number);
  piece->number = g_strdup_printf ("%d", row->number);
  piece->shape = row->round ? OSY_PIECE_ROUND : OSY_PIECE_SQUARE;
  piece->seats = row->guests > 4 ? 6 : 4;
}

static OsySeating *
new_seating (const Row *row)
{
  OsySeating *seating = osy_seating_new ();
  gint64 now = osy_clock_now ();
  char *ids[] = {osc_fixture_table_id (row->number), NULL};

  g_strfreev (seating->table_ids);
  seating->table_ids = g_strdupv (ids);
  g_free (ids[0]);
  seating->id = g_strdup_printf ("00000000-0000-7000-8000-5ea7%08d", row->number);
  seating->guest_count = row->guests;
  seating->seated_at = now - row->minutes * MINUTE;
  seating->last_act_at = now - row->idle * MINUTE;
  seating->ordered_at = row->won > 0 ? seating->seated_at + MINUTE : 0;
  seating->bill_requested_at = row->state == OSY_TABLE_BILL ? seating->last_act_at : 0;
  seating->paid_at = row->state == OSY_TABLE_CLEAN ? seating->last_act_at : 0;
  seating->check_id = row->state != OSY_TABLE_SEATED ? check_id (row->number) : NULL;
  seating->total = seating->owed = row->won;
  return seating;
}

static OsyTable *
new_table (const Row *row, const OsyFloor *floor)
{
  OsyTable *table = osy_table_new ();

  table->table_id = osc_fixture_table_id (row->number);
  table->number = g_strdup_printf ("%d", row->number);
  table->floor_id = g_strdup (floor->id);
  table->seats = row->guests > 4 ? 6 : 4;
  table->state = row->state;
  table->version = 1;
  table->seating = row->state != OSY_TABLE_FREE ? new_seating (row) : NULL;
  return table;
}

static void
add_booking (OsyTableRoom *room, int number, int in_minutes, const char *name)
{
  OsyBooking *booking = osy_booking_new ();
  char *ids[] = {osc_fixture_table_id (number), NULL};
  char *none[] = {NULL};

  booking->id = g_strdup_printf ("00000000-0000-7000-8000-b00c%08d", number);
  booking->at = osy_clock_now () + in_minutes * MINUTE;
  booking->minutes = OSY_BOOKING_DEFAULT_MINUTES;
  booking->guest_count = 4;
  booking->name = g_strdup (name);
  booking->phone = g_strdup ("010-****-1234");
  booking->status = OSY_BOOKING_BOOKED;
  booking->version = 1;
  g_strfreev (booking->table_ids);
  booking->table_ids = g_strdupv (ids);
  g_strfreev (booking->conflicts);
  booking->conflicts = g_strdupv (none);
  g_free (ids[0]);
  g_ptr_array_add (room->bookings, booking);
}

static void
add_waiting (OsyTableRoom *room, int index, int minutes, const char *name)
{
  OsyWaiting *party = osy_waiting_new ();

  party->id = g_strdup_printf ("00000000-0000-7000-8000-3a17%08d", index);
  party->guest_count = 2 + index;
  party->name = g_strdup (name);
  party->status = index == 0 ? OSY_WAITING_CALLED : OSY_WAITING_WAITING;
  party->created_at = osy_clock_now () - minutes * MINUTE;
  party->called_at = index == 0 ? osy_clock_now () - 2 * MINUTE : 0;
  party->version = 1;
  g_ptr_array_add (room->waiting, party);
}

static void
add_decor (OsyFloor *floor)
{
  static const int bar[] = {728, 520, 96, 40};
  static const int wall[] = {592, 24, 8, 480};
  static const int door[] = {232, 552, 120, 24};
  static const int words[] = {616, 520, 80, 24};

  add_piece (floor, OSY_PIECE_BAR, bar, "카운터");
  add_piece (floor, OSY_PIECE_WALL, wall, NULL);
  add_piece (floor, OSY_PIECE_DOOR, door, "출입문");
  add_piece (floor, OSY_PIECE_TEXT, words, "창가");
}

void
osc_fixture_tables (OscTableStore *store)
{
  OsyFloorPlan *plan = osy_floor_plan_new ();
  OsyTableRoom *room = osy_table_room_new ();
  OsyFloor *floor = new_floor (0, "1층");

  plan->version = 1;
  g_ptr_array_add (plan->floors, floor);
  g_ptr_array_add (plan->floors, new_floor (1, "2층"));
  add_decor (floor);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    add_table (floor, &rows[i]);
    g_ptr_array_add (room->tables, new_table (&rows[i], floor));
  }
  add_booking (room, 10, 36, "이*연");
  add_booking (room, 12, 216, "박*");
  add_waiting (room, 0, 18, "김*수");
  add_waiting (room, 1, 11, "정*");
  add_waiting (room, 2, 4, NULL);
  room->server_time = osy_clock_now ();
  osc_floor_store_put (osc_table_store_floors (store), plan);
  osc_table_store_put (store, room);
}

void
osc_fixture_full_tables (OscTableStore *store, int tables)
{
  OsyFloorPlan *plan = osy_floor_plan_new ();
  OsyTableRoom *room = osy_table_room_new ();
  OsyFloor *floor = new_floor (0, "1층");
  int columns = tables > 30 ? 10 : 5;
  int step_x = 848 / columns;
  int step_y = 576 / ((tables + columns - 1) / columns);

  plan->version = 1;
  g_ptr_array_add (plan->floors, floor);
  for (int i = 0; i < tables; i++) {
    Row row = {.number = i + 1,
               .x = i % columns * step_x + 8,
               .y = i / columns * step_y + 8,
               .width = step_x - 24,
               .height = step_y - 24,
               .round = i % 7 == 6,
               .state = i % 6 == 4 ? OSY_TABLE_BILL : OSY_TABLE_DINING,
               .minutes = 3 + i * 2,
               .idle = i % 13 == 5 ? 34 : 3,
               .guests = 1 + i % 6,
               .won = 9000 + 5500 * i};

    add_table (floor, &row);
    g_ptr_array_add (room->tables, new_table (&row, floor));
  }
  osc_floor_store_put (osc_table_store_floors (store), plan);
  osc_table_store_put (store, room);
}

void
osc_fixture_merge (OscTableStore *store, int from, int into)
{
  const int numbers[] = {into, from};
  g_autofree char *root = osc_fixture_table_id (into);
  g_autofree char *other = osc_fixture_table_id (from);
  char *ids[] = {root, other, NULL};

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *id = osc_fixture_table_id (numbers[i]);
    const OsyTable *old = osc_table_store_find (store, id);
    const OsyTable *first = osc_table_store_find (store, root);
    g_autoptr (JsonNode) node = osy_json_take_object (osy_table_to_json (first));
    OsyTable *table = osy_table_from_json (node, NULL);

    g_free (table->table_id);
    g_free (table->number);
    table->table_id = g_strdup (id);
    table->number = g_strdup (old->number);
    table->version = old->version + 1;
    g_strfreev (table->seating->table_ids);
    table->seating->table_ids = g_strdupv (ids);
    osc_table_store_put_table (store, table);
  }
}

void
osc_fixture_check (OscTableStore *store, int number)
{
  static const char format[] =
      "{\"id\":\"%s\",\"orders\":[{\"order_id\":\"00000000-0000-7000-8000-000000000048\","
      "\"number\":48},{\"order_id\":\"00000000-0000-7000-8000-000000000051\",\"number\":51}],"
      "\"lines\":["
      "{\"line_id\":\"a\",\"order_id\":\"00000000-0000-7000-8000-000000000048\",\"name\":"
      "\"비빔밥\",\"quantity\":2,\"voided_quantity\":0,"
      "\"net_amount\":16000,\"options\":[\"고추장 따로\",\"계란 반숙\"]},"
      "{\"line_id\":\"b\",\"order_id\":\"00000000-0000-7000-8000-000000000048\",\"name\":"
      "\"된장찌개\",\"quantity\":1,\"net_amount\":8000},"
      "{\"line_id\":\"c\",\"order_id\":\"00000000-0000-7000-8000-000000000048\",\"name\":\"라면\","
      "\"quantity\":1,\"voided_quantity\":1,"
      "\"net_amount\":0},"
      "{\"line_id\":\"d\",\"order_id\":\"00000000-0000-7000-8000-000000000051\",\"name\":\"식혜\","
      "\"quantity\":1,\"net_amount\":3000}],"
      "\"totals\":{\"total\":27000,\"owed\":27000}}";
  g_autofree char *id = check_id (number);
  g_autofree char *text = g_strdup_printf (format, id);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  osc_table_store_put_check (store, node);
}
