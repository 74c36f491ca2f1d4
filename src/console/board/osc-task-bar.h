/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-shop-store.h"

G_BEGIN_DECLS

/** OscTaskBar: what is left to do of the shop's first day: a button for each step that is not done,
 * which opens it again (shell.show "setup"). Not there when nothing is left. */
#define OSC_TYPE_TASK_BAR (osc_task_bar_get_type ())
G_DECLARE_FINAL_TYPE (OscTaskBar, osc_task_bar, OSC, TASK_BAR, GtkWidget)

/** osc_task_bar_follow: shows the steps of @shop from now on. */
void osc_task_bar_follow (OscTaskBar *self, OscShopStore *shop);

G_END_DECLS
