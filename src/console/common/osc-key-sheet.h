/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-keys.h"

G_BEGIN_DECLS

/** osc_key_sheet_present: shows what the keys do, over @parent; Esc closes it. @own: (nullable):
 * the lines of the view on screen, which come first. */
void osc_key_sheet_present (GtkWindow *parent, const OscKeyLine *own);

G_END_DECLS
