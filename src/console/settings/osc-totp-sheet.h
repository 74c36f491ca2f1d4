/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"

G_BEGIN_DECLS

/** osc_totp_sheet_open: turns the two-step sign-in of who is signed in on: password, QR code, a
 * code of the phone, then the recovery codes, shown once. @from: a widget of the window. */
void osc_totp_sheet_open (GtkWidget *from, OscPeople *people);
/** osc_totp_sheet_open_removal: turns it off. */
void osc_totp_sheet_open_removal (GtkWidget *from, OscPeople *people);

G_END_DECLS
