/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How a board is laid out: two columns and a switch, four, or four with three cards across. */
typedef enum { OSC_BOARD_TWO, OSC_BOARD_NORMAL, OSC_BOARD_WIDE } OscBoardWidth;

/** OscBoardRow: the four columns side by side (console-ux 7.1); the second takes what is left.
 * Signal "changed" (int: OscBoardWidth): after the width asked for another layout than
 * OSC_BOARD_NORMAL, with which it begins. */
#define OSC_TYPE_BOARD_ROW (osc_board_row_get_type ())
G_DECLARE_FINAL_TYPE (OscBoardRow, osc_board_row, OSC, BOARD_ROW, GtkWidget)

/** osc_board_row_set_second: which of columns 1–3 stands beside the first in OSC_BOARD_TWO. */
void osc_board_row_set_second (OscBoardRow *self, int second);

G_END_DECLS
