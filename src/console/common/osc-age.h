/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-order-item.h"

G_BEGIN_DECLS

/** OscAge: the age of an order as a pill: neutral, soon (amber, triangle) or late (red, !!). Keeps
 * its width while seconds run. */
#define OSC_TYPE_AGE (osc_age_get_type ())
G_DECLARE_FINAL_TYPE (OscAge, osc_age, OSC, AGE, GtkWidget)

/** osc_age_new: empty until osc_age_show(). */
GtkWidget *osc_age_new (void);
/** osc_age_show: shows the age of @item at the present moment. */
void osc_age_show (OscAge *self, OscOrderItem *item);

G_END_DECLS
