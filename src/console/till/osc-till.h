/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscTill: the view of the drawer: what it holds until now, cash in and out, the close in four
 * steps, and all closes. Opened with "close" it goes to the close. */
#define OSC_TYPE_TILL (osc_till_get_type ())
G_DECLARE_FINAL_TYPE (OscTill, osc_till, OSC, TILL, GtkWidget)

/** osc_till_new: over the till of @context. */
GtkWidget *osc_till_new (const OscContext *context);

G_END_DECLS
