/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-layer.h"

G_BEGIN_DECLS

/** OscHeatLayer: a grid of cells in five steps of one colour: rows by series->rows, columns by
 * the labels of the first row. */
#define OSC_TYPE_HEAT_LAYER (osc_heat_layer_get_type ())
G_DECLARE_FINAL_TYPE (OscHeatLayer, osc_heat_layer, OSC, HEAT_LAYER, OscLayer)

/** osc_heat_layer_new: (transfer full). */
OscLayer *osc_heat_layer_new (void);

G_END_DECLS
