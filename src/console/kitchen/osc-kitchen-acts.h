/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-kitchen-store.h"

G_BEGIN_DECLS

/** OscKitchenActs: what is done in one kitchen view, told in its toasts, and taken back. */
#define OSC_TYPE_KITCHEN_ACTS (osc_kitchen_acts_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenActs, osc_kitchen_acts, OSC, KITCHEN_ACTS, GObject)

/** osc_kitchen_acts_new: @view: (transfer none): where the toasts are shown. */
OscKitchenActs *osc_kitchen_acts_new (OscKitchenStore *store, GtkWidget *view);
/** osc_kitchen_acts_do: @act: copied. Nothing while the screen is frozen: a toast says so. */
void osc_kitchen_acts_do (OscKitchenActs *self, const OscKitchenAct *act);
/** osc_kitchen_acts_report: shown or touched: once for each ticket, without a word. */
void osc_kitchen_acts_report (OscKitchenActs *self, OscKitchenItem *item, OscKitchenDeed deed);
/** osc_kitchen_acts_undo: takes the last act back. */
void osc_kitchen_acts_undo (OscKitchenActs *self);

G_END_DECLS
