/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-keys.h"
#include "osc-kitchen-store.h"
#include "osc-people.h"

G_BEGIN_DECLS

/** OscDrawer: one order in full, with its record and what can be done with it (console-ux 7.3).
 * Signals: "closed"; "timeline-wanted" (OscOrderItem*): answered by osc_drawer_set_steps(). */
#define OSC_TYPE_DRAWER (osc_drawer_get_type ())
G_DECLARE_FINAL_TYPE (OscDrawer, osc_drawer, OSC, DRAWER, GtkWidget)

/** osc_drawer_new: empty until osc_drawer_show(). @client, @people: (nullable): ask for whole
 * names. */
GtkWidget *osc_drawer_new (OscActs *acts, OsyClient *client, OscPeople *people);
/** osc_drawer_set_kitchen: where courses wait that can be fired from here. */
void osc_drawer_set_kitchen (OscDrawer *self, OscKitchenStore *kitchen);
/** osc_drawer_set_deliveries: who carries orders, and what platforms say of them. */
void osc_drawer_set_deliveries (OscDrawer *self, const OscContext *context);
/** osc_drawer_show: @item: (nullable): NULL lets go of the order. */
void osc_drawer_show (OscDrawer *self, OscOrderItem *item);
/** osc_drawer_get_item: (transfer none) (nullable). */
OscOrderItem *osc_drawer_get_item (OscDrawer *self);
/** osc_drawer_set_steps: the record of @item: of OsyOrderStep; passed over when another order is
 * shown by now. */
void osc_drawer_set_steps (OscDrawer *self, OscOrderItem *item, GPtrArray *steps);
/** osc_drawer_ask_reason: goes on to the reasons for a cancellation. */
void osc_drawer_ask_reason (OscDrawer *self);
/** osc_drawer_set_live: whether acts can be sent now. */
void osc_drawer_set_live (OscDrawer *self, gboolean live);
/** osc_drawer_key: Returns: whether @key meant anything here. */
gboolean osc_drawer_key (OscDrawer *self, OscKey key);

G_END_DECLS
