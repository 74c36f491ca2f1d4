/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** osc_widget_dispose_template: gtk_widget_dispose_template(), and lets go of those children of
 * @widget that the template did not bind, which GTK 4.8 leaves behind. For dispose(). */
void osc_widget_dispose_template (GtkWidget *widget, GType type);
/** osc_widget_drop_children: unparents every child of @widget. */
void osc_widget_drop_children (GtkWidget *widget);
/** osc_widget_new_text: a label that begins at the left and wraps. @css_class: (nullable). */
GtkWidget *osc_widget_new_text (const char *text, const char *css_class);
/** osc_widget_set_class: gives @widget the CSS class @name, or takes it. */
void osc_widget_set_class (GtkWidget *widget, const char *name, gboolean on);
/** osc_widget_set_icon: lets the GtkImage @image show @name (nullable: nothing). GTK looks an icon
 * up and lays out anew even for the one it shows. */
void osc_widget_set_icon (GtkWidget *image, const char *name);
/** osc_widget_set_name: what a screen reader says of @widget. */
void osc_widget_set_name (GtkWidget *widget, const char *name);
/** osc_widget_focus_children: focus() of a widget whose grab_focus() goes to one of its parts: the
 * Tab key, which GTK would send there too, comes by every child in their order instead. Only the
 * first time, as when the page is shown, it goes to that part. */
gboolean osc_widget_focus_children (GtkWidget *widget, GtkDirectionType direction);
/** osc_widget_drop_focus: takes the focus from whatever in @widget has it, before that is hidden:
 * GTK would give it to the first that can have it on the page that comes, and keys would be letters
 * of a field that nobody chose. */
void osc_widget_drop_focus (GtkWidget *widget);
/** osc_widget_make_vertical: turns the box layout of @widget upright. For init(). */
void osc_widget_make_vertical (GtkWidget *widget);

G_END_DECLS
