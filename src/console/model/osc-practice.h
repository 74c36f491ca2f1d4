/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-menu-store.h"
#include "osc-order-store.h"
#include "osc-shop-store.h"

G_BEGIN_DECLS

/**
 * OscPractice: an order made for practice: placed like any other, so that it rings and arrives,
 * marked and never counted. One that is still open from before is taken up again. Property "item"
 * (OscOrderItem, nullable, notify): it, from the moment it arrived. Signals: "changed": it moved
 * on; "requested" (JsonNode *body): leaves for the daemon.
 */
#define OSC_TYPE_PRACTICE (osc_practice_get_type ())
G_DECLARE_FINAL_TYPE (OscPractice, osc_practice, OSC, PRACTICE, GObject)

/** osc_practice_new: @client NULL in tests: the order is then only signalled ("requested"). */
OscPractice *osc_practice_new (OsyClient *client, OscOrderStore *orders);
/** osc_practice_item: (transfer none) (nullable). */
OscOrderItem *osc_practice_item (OscPractice *self);
/** osc_practice_body: Returns: (transfer full) (nullable): the order of the first dish of @menu
 * that is for sale, with the least options it asks for; NULL when there is none. */
JsonNode *osc_practice_body (OsyMenu *menu, const char *restaurant_id);
/** osc_practice_place_async: places @body; "item" follows when it arrives. */
void
osc_practice_place_async (OscPractice *self, JsonNode *body, GAsyncReadyCallback cb, gpointer data);
gboolean osc_practice_place_finish (OscPractice *self, GAsyncResult *result, GError **error);

G_END_DECLS
