/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A run of a ticket's rows that stands in one cell. */
typedef struct {
  guint ticket; /* index */
  guint part;   /* 0: the first cell of the ticket */
  guint cell;   /* counted through all pages */
  guint first;  /* row */
  guint count;
  gboolean goes_on; /* the next cell has more of it */
} OscKitchenPiece;

/**
 * osc_kitchen_pack: puts tickets into cells of one size, oldest first; a long one takes the next
 * cell too, and never begins where a page ends before it.
 * @rows: for each ticket a GArray of int: the heights of its rows
 * @room: height for rows in a cell
 * @cells: of a page
 *
 * Returns: (transfer full): of OscKitchenPiece, by cell. A row higher than a cell has it to itself.
 */
GArray *osc_kitchen_pack (GPtrArray *rows, int room, guint cells);

G_END_DECLS
