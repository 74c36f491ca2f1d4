/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscFirstMap: a controller for every widget of a type, also of those that GTK itself makes. */

/** OscFirstMapped: Returns: (transfer full): the controller that @widget gets. */
typedef GtkEventController *(*OscFirstMapped) (GtkWidget *widget);

/** osc_first_map_watch: @mapped is called once for each widget of @type, when it is first mapped
 * from now on. @key: (static): names the watch; a second one of that name changes nothing. */
void osc_first_map_watch (GType type, const char *key, OscFirstMapped mapped);

G_END_DECLS
