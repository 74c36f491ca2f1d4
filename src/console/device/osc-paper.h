/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-slip.h"

G_BEGIN_DECLS

/** osc_paper_show: shows @slip in @picture as what draws it for the printers draws it, on paper of
 * so many dots (OSY_PAPER_DOTS_80), smaller than they are. */
void osc_paper_show (GtkPicture *picture, const OsySlip *slip, int dots);

G_END_DECLS
