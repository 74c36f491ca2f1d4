/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-layer.h"

G_BEGIN_DECLS

/** OscBarLayer: bars from zero, each in front of a wider pale one with a dark edge: what it is
 * compared with. No more than one value is written: where a mark has a text. */
#define OSC_TYPE_BAR_LAYER (osc_bar_layer_get_type ())
G_DECLARE_FINAL_TYPE (OscBarLayer, osc_bar_layer, OSC, BAR_LAYER, OscLayer)

/** osc_bar_layer_new: (transfer full). */
OscLayer *osc_bar_layer_new (void);

G_END_DECLS
