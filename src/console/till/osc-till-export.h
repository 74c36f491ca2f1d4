/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-till-store.h"

G_BEGIN_DECLS

/** osc_till_export_ask: asks which closes up to @day (nullable: today) are to be saved and where
 * to, saves them as a spreadsheet and tells in a toast how it went. @from: a widget of the window.
 */
void osc_till_export_ask (GtkWidget *from, OscTillStore *store, const char *day);

G_END_DECLS
