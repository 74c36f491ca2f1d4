/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which rows stand in which cell. Only numbers: what is measured and drawn is the grid's. */

#include "osc-kitchen-pack.h"

/* How many rows from @first on fit into one cell; at least one while there are any. */
static guint
fill (GArray *heights, guint first, int room)
{
  guint count = 0;

  for (guint i = first; i < heights->len; i++) {
    room -= g_array_index (heights, int, i);
    if (room < 0 && count > 0)
      break;
    count++;
  }
  return count;
}

static guint
cells_of (GArray *heights, int room)
{
  guint cells = 1;

  for (guint row = fill (heights, 0, room); row < heights->len; cells++)
    row += fill (heights, row, room);
  return cells;
}

GArray *
osc_kitchen_pack (GPtrArray *rows, int room, guint cells)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (OscKitchenPiece));
  guint cell = 0;

  g_return_val_if_fail (rows != NULL && cells > 0, pieces);
  for (guint i = 0; i < rows->len; i++) {
    GArray *heights = g_ptr_array_index (rows, i);
    guint wanted = cells_of (heights, room);
    guint left = cells - cell % cells;
    guint row = 0;

    if (wanted > left && wanted <= cells)
      cell += left;
    for (guint part = 0; part < wanted; part++) {
      OscKitchenPiece piece = {i, part, cell++, row, fill (heights, row, room), part + 1 < wanted};

      row += piece.count;
      g_array_append_val (pieces, piece);
    }
  }
  return pieces;
}
