/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-layer.h"

G_BEGIN_DECLS

/** OscRankLayer: rows, the greatest first: icon, label, bar, its text and a second value. As many
 * rows as there is room for. */
#define OSC_TYPE_RANK_LAYER (osc_rank_layer_get_type ())
G_DECLARE_FINAL_TYPE (OscRankLayer, osc_rank_layer, OSC, RANK_LAYER, OscLayer)

/** osc_rank_layer_new: (transfer full). */
OscLayer *osc_rank_layer_new (void);

G_END_DECLS
