/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** osc_key_sheet_present: shows what the keys do, over @parent; Esc closes it. */
void osc_key_sheet_present (GtkWindow *parent);

G_END_DECLS
