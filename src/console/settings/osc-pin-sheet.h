/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"

G_BEGIN_DECLS

/** osc_pin_sheet_open: sets or changes the PIN of who is signed in: the PIN twice on a pad, then
 * the password. @from: a widget of the window. */
void osc_pin_sheet_open (GtkWidget *from, OscPeople *people);

G_END_DECLS
