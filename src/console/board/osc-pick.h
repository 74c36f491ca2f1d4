/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-item.h"

G_BEGIN_DECLS

/** OscPick: which order the keys act on; shared by all columns. Property "item" (nullable). */
#define OSC_TYPE_PICK (osc_pick_get_type ())
G_DECLARE_FINAL_TYPE (OscPick, osc_pick, OSC, PICK, GObject)

/** osc_pick_new: nothing picked. */
OscPick *osc_pick_new (void);
/** osc_pick_get: (transfer none) (nullable). */
OscOrderItem *osc_pick_get (OscPick *self);
void osc_pick_set (OscPick *self, OscOrderItem *item);

G_END_DECLS
