/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** OscContrast: colours and edges for whoever sees little (console-ux §5). The computer's own wish
 * (libadwaita's high-contrast: the portal's, or the theme HighContrast) is always followed. */

/** osc_contrast_want: @on: also where the computer does not ask for it. */
void osc_contrast_want (gboolean on);
/** osc_contrast_get: Returns: whether the console is in high contrast now. */
gboolean osc_contrast_get (void);

G_END_DECLS
