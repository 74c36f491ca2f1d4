/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** OscCardBody: what is to be cooked, under the head of a card: at most @max items, then "2 more";
 * an allergy is never among what is left out. */
#define OSC_TYPE_CARD_BODY (osc_card_body_get_type ())
G_DECLARE_FINAL_TYPE (OscCardBody, osc_card_body, OSC, CARD_BODY, GtkWidget)

/** osc_card_body_show: @max_items: lines shown; @max_rows: text rows they may fill with options. */
void osc_card_body_show (OscCardBody *self, const OsyOrderData *order, int max_items, int max_rows);

G_END_DECLS
