/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"

G_BEGIN_DECLS

/** OscPairLink: the kitchen page for a tablet as a QR code with a pairing code in it, once it is
 * known where the network reaches this machine; else what to do so that it does. */
#define OSC_TYPE_PAIR_LINK (osc_pair_link_get_type ())
G_DECLARE_FINAL_TYPE (OscPairLink, osc_pair_link, OSC, PAIR_LINK, GtkWidget)

/** osc_pair_link_new: @code: the pairing code, as the server wrote it. */
GtkWidget *osc_pair_link_new (OscPeople *people, const char *code);

G_END_DECLS
