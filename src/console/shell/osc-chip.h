/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How a device does, as its chip in the strip shows it (console-ux §3). */
typedef enum { OSC_CHIP_UNKNOWN, OSC_CHIP_FINE, OSC_CHIP_WARNING, OSC_CHIP_FAULT } OscChipState;

/** OscChip: one device of the strip; pressed, it tells what works, since when, and offers one
 * button. Properties for templates: "chip-icon", "chip-name". Signal "helped": that button. */
#define OSC_TYPE_CHIP (osc_chip_get_type ())
G_DECLARE_FINAL_TYPE (OscChip, osc_chip, OSC, CHIP, GtkButton)

/** osc_chip_set: @words: (nullable): what is wrong; the name alone when fine. */
void osc_chip_set (OscChip *self, OscChipState state, const char *words);
/** osc_chip_explain: @sentence: what works now. @button: (nullable): what can be done. */
void osc_chip_explain (OscChip *self, const char *sentence, const char *button);
/** osc_chip_set_more: @more: (nullable): stands above the button when the chip is pressed; takes
 * the place of the last one. It may hide itself. */
void osc_chip_set_more (OscChip *self, GtkWidget *more);
/** osc_chip_set_direct: a touch of the chip is "helped" itself; nothing is explained meanwhile. */
void osc_chip_set_direct (OscChip *self, gboolean direct);
/** osc_chip_close: what it tells goes away. */
void osc_chip_close (OscChip *self);

G_END_DECLS
