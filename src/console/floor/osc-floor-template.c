/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a plan begins with. */

#include "osc-floor-template.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-floor-batch.h"
#include "osy-id.h"

#define MARGIN 40

typedef struct {
  const char *kind;
  int width;
  int height;
  const char *label; /* (nullable): msgid */
} Size;

static const Size sizes[] = {
    {OSY_PIECE_TABLE, 128, 104, NULL},
    {OSY_PIECE_BAR, 160, 40, N_ ("Counter")},
    {OSY_PIECE_WALL, 8, 240, NULL},
    {OSY_PIECE_DOOR, 120, 24, N_ ("Door")},
    {OSY_PIECE_TEXT, 96, 24, N_ ("Window side")},
};

static const Size *
size_of (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_str_equal (sizes[i].kind, kind))
      return &sizes[i];
  return &sizes[0];
}

OsyFloor *
osc_floor_template_floor (const OsyFloorPlan *plan)
{
  g_return_val_if_fail (plan != NULL, NULL);
  OsyFloor *floor = osy_floor_new ();

  floor->id = osy_id_new ();
  floor->position = (int)plan->floors->len;
  /* Translators: the name of a floor, counted from 1 */
  floor->name = g_strdup_printf (_ ("Floor %d"), floor->position + 1);
  floor->width = OSC_FLOOR_WIDTH;
  floor->height = OSC_FLOOR_HEIGHT;
  return floor;
}

static gboolean
is_free (const OsyFloor *floor, const OsyPiece *piece)
{
  for (guint i = 0; i < floor->pieces->len; i++) {
    const OsyPiece *other = g_ptr_array_index (floor->pieces, i);

    if (piece->x < other->x + other->width + OSC_FLOOR_GRID &&
        other->x < piece->x + piece->width + OSC_FLOOR_GRID &&
        piece->y < other->y + other->height + OSC_FLOOR_GRID &&
        other->y < piece->y + piece->height + OSC_FLOOR_GRID)
      return FALSE;
  }
  return TRUE;
}

/* The first place in reading order where nothing is in the way; else the corner. */
static void
find_place (const OsyFloor *floor, OsyPiece *piece)
{
  for (piece->y = MARGIN; piece->y + piece->height <= floor->height; piece->y += 2 * OSC_FLOOR_GRID)
    for (piece->x = MARGIN; piece->x + piece->width <= floor->width; piece->x += 2 * OSC_FLOOR_GRID)
      if (is_free (floor, piece))
        return;
  piece->x = piece->y = OSC_FLOOR_GRID;
}

static OsyPiece *
new_piece (const OsyFloor *floor, const char *kind)
{
  const Size *size = size_of (kind);
  OsyPiece *piece = osy_piece_new ();

  piece->id = osy_id_new ();
  piece->floor_id = g_strdup (floor->id);
  piece->kind = g_intern_string (kind);
  piece->shape = OSY_PIECE_SQUARE;
  piece->width = size->width;
  piece->height = size->height;
  piece->label = size->label != NULL ? g_strdup (_ (size->label)) : NULL;
  piece->seats = g_str_equal (kind, OSY_PIECE_TABLE) ? 4 : 0;
  return piece;
}

OsyPiece *
osc_floor_template_piece (const OsyFloorPlan *plan,
                          const OsyFloor *floor,
                          const char *kind,
                          const char *shape)
{
  g_return_val_if_fail (plan != NULL && floor != NULL && kind != NULL, NULL);
  OsyPiece *piece = new_piece (floor, kind);

  if (g_str_equal (kind, OSY_PIECE_TABLE))
    piece->number = osy_floor_plan_next_number (plan);
  if (g_strcmp0 (shape, OSY_PIECE_ROUND) == 0) {
    piece->shape = OSY_PIECE_ROUND;
    piece->width = piece->height = 112;
  }
  find_place (floor, piece);
  return piece;
}

/* ---- whole floors ---- */

static void
put_at (JsonArray *batch, OsyPiece *piece, int x, int y)
{
  piece->x = x;
  piece->y = y;
  osc_floor_batch_put_piece (batch, piece);
  osy_piece_free (piece);
}

static void
put_tables (JsonArray *batch, const OsyFloorPlan *plan, const OsyFloor *floor, int tables)
{
  int columns = tables > 12 ? 5 : 4;
  int rows = (tables + columns - 1) / columns;
  int step_x = (floor->width - 2 * MARGIN + OSC_FLOOR_GRID) / columns;
  int step_y = (floor->height - 2 * MARGIN - 72) / rows;
  g_autofree char *next = osy_floor_plan_next_number (plan);
  int first = atoi (next);

  for (int i = 0; i < tables; i++) {
    OsyPiece *piece = new_piece (floor, OSY_PIECE_TABLE);

    piece->number = g_strdup_printf ("%d", first + i);
    piece->height =
        MIN (piece->height, step_y - 3 * OSC_FLOOR_GRID) / OSC_FLOOR_GRID * OSC_FLOOR_GRID;
    put_at (batch, piece, (MARGIN + i % columns * step_x) / OSC_FLOOR_GRID * OSC_FLOOR_GRID,
            (MARGIN + i / columns * step_y) / OSC_FLOOR_GRID * OSC_FLOOR_GRID);
  }
}

JsonArray *
osc_floor_template_fill (const OsyFloorPlan *plan, int tables)
{
  g_return_val_if_fail (plan != NULL && tables > 0, NULL);
  JsonArray *batch = json_array_new ();
  g_autoptr (OsyFloor) floor = osc_floor_template_floor (plan);
  OsyPiece *door = new_piece (floor, OSY_PIECE_DOOR);
  OsyPiece *bar = new_piece (floor, OSY_PIECE_BAR);

  osc_floor_batch_put_floor (batch, floor);
  put_tables (batch, plan, floor, tables);
  put_at (batch, bar, floor->width - MARGIN - bar->width, floor->height - 24 - bar->height);
  put_at (batch, door, floor->width / 2 - 64, floor->height - door->height);
  return batch;
}
