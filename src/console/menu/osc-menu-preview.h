/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-menu-draft.h"
#include "osc-sheet.h"

G_BEGIN_DECLS

/**
 * osc_menu_preview_open:
 * @from: over whose window
 * @draft: of an item that can be saved: shown as if it were
 *
 * What guests, the kitchen and the receipt show of it, beside each other: papers are made and drawn
 * by what makes them for the printers, in the shop's own form. Returns: (transfer none): the sheet.
 */
OscSheet *osc_menu_preview_open (GtkWidget *from, const OscContext *context, OscMenuDraft *draft);

G_END_DECLS
