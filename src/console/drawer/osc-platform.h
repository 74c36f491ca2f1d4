/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** OscPlatform: what a person should look at of an order that a platform sent, and what of it is
 * not on the menu: who may says here what it is, from the next order on. Hidden when there is
 * nothing. */
#define OSC_TYPE_PLATFORM (osc_platform_get_type ())
G_DECLARE_FINAL_TYPE (OscPlatform, osc_platform, OSC, PLATFORM, GtkWidget)

/** osc_platform_set: @context: (transfer none): its stores are kept. */
void osc_platform_set (OscPlatform *self, const OscContext *context);
/** osc_platform_show: @order: (nullable). */
void osc_platform_show (OscPlatform *self, const OsyOrderData *order);
/** osc_platform_take: @answer: what GET orders/{id}/channel says of the order that is shown. */
void osc_platform_take (OscPlatform *self, JsonNode *answer);

G_END_DECLS
