/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-table-store.h"

G_BEGIN_DECLS

/** osc_booking_sheet_open: the dialog that makes a booking, or changes one that is there. @from: a
 * widget of the window; @id: (nullable): of the booking; @table_id: (nullable): what a new one
 * begins with. */
void osc_booking_sheet_open (GtkWidget *from,
                             OscTableStore *store,
                             const char *id,
                             const char *table_id);

G_END_DECLS
