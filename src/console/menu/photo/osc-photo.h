/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscPhoto: the picture of a dish as a square, as large as its style says; where there is none a
 * pale sign. It says nothing to assistive technology: the dish's name stands beside it. */
#define OSC_TYPE_PHOTO (osc_photo_get_type ())
G_DECLARE_FINAL_TYPE (OscPhoto, osc_photo, OSC, PHOTO, GtkWidget)

/** osc_photo_new: blank. */
GtkWidget *osc_photo_new (void);
/** osc_photo_show: @name: (nullable): of a picture that the daemon keeps. It is fetched when it is
 * shown for the first time and made small off the main loop. */
void osc_photo_show (OscPhoto *self, OscMenuStore *store, const char *name);
/** osc_photo_is_shown: Returns: whether a picture is on screen. */
gboolean osc_photo_is_shown (OscPhoto *self);

G_END_DECLS
