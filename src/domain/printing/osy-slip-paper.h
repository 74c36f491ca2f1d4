/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <cairo.h>

#include "osy-slip.h"

G_BEGIN_DECLS

/** Dots of a printer's line: 58 mm, 80 mm of narrow heads, 80 mm. */
#define OSY_PAPER_DOTS_58 384
#define OSY_PAPER_DOTS_80_NARROW 512
#define OSY_PAPER_DOTS_80 576

/**
 * osy_slip_paper_block:
 * @dots: width of the paper
 *
 * Draws one block as it stands on paper. Any thread. Returns: (transfer full) (nullable): an A8
 * surface @dots wide, where black is opaque; NULL for what leaves no trace (cut, kick).
 */
cairo_surface_t *osy_slip_paper_block (const OsySlipBlock *block, int dots);

/** osy_slip_paper_draw: the whole slip on white, at one dot a pixel, as previews and printers that
 * are not ours show it. Returns: (transfer full): an RGB24 surface; it may be in error when there
 * is no memory. */
cairo_surface_t *osy_slip_paper_draw (const OsySlip *slip, int dots);

G_END_DECLS
