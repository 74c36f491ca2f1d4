/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuPhoto: the picture of the item that is edited: chosen from a file or dropped there, made
 * small, kept by the daemon and named by the draft, which is saved like any change. */
#define OSC_TYPE_MENU_PHOTO (osc_menu_photo_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuPhoto, osc_menu_photo, OSC, MENU_PHOTO, GtkWidget)

/** osc_menu_photo_show: that of the item that @draft edits. */
void osc_menu_photo_show (OscMenuPhoto *self, OscMenuStore *store, OscMenuDraft *draft);
/** osc_menu_photo_take: makes @file the picture, as if it had been chosen. */
void osc_menu_photo_take (OscMenuPhoto *self, GFile *file);

G_END_DECLS
