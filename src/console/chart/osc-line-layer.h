/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-layer.h"

G_BEGIN_DECLS

/** OscLineLayer: a line of days with a dashed one behind it: what it is compared with. Gaps are
 * gaps; ringed marks stand out; a mark with a text has it at its right. */
#define OSC_TYPE_LINE_LAYER (osc_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (OscLineLayer, osc_line_layer, OSC, LINE_LAYER, OscLayer)

/** osc_line_layer_new: (transfer full). */
OscLayer *osc_line_layer_new (void);

G_END_DECLS
