/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-caller.h"

G_BEGIN_DECLS

/** OscCallerList: what who calls had the last times: a button each, or that the number is new.
 * Hidden before there is a whole number. Signal: "repeat" (OsyOrder *): that one again. */
#define OSC_TYPE_CALLER_LIST (osc_caller_list_get_type ())
G_DECLARE_FINAL_TYPE (OscCallerList, osc_caller_list, OSC, CALLER_LIST, GtkWidget)

/** osc_caller_list_follow: once. */
void osc_caller_list_follow (OscCallerList *self, OscCaller *caller);

G_END_DECLS
