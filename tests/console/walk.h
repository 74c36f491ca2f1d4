/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

/* Finds widgets of a page as a person would: by what they are or say. */

typedef gboolean (*WalkTest) (GtkWidget *widget, gconstpointer data);

/* The @n-th visible widget below @root for which @test holds, in reading order. */
static inline GtkWidget *
walk_find (GtkWidget *root, WalkTest test, gconstpointer data, guint *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found;

    if (!gtk_widget_get_visible (child))
      continue;
    if (test (child, data) && (*n)-- == 0)
      return child;
    found = walk_find (child, test, data, n);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static inline gboolean
walk_is_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *)type);
}

static inline gboolean
walk_has_class (GtkWidget *widget, gconstpointer name)
{
  return gtk_widget_has_css_class (widget, name);
}

static inline gboolean
walk_says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static inline GtkWidget *
walk_find_type (GtkWidget *root, GType type, guint n)
{
  return walk_find (root, walk_is_type, &type, &n);
}

static inline GtkWidget *
walk_find_class (GtkWidget *root, const char *name)
{
  guint n = 0;

  return walk_find (root, walk_has_class, name, &n);
}

static inline GtkWidget *
walk_find_text (GtkWidget *root, const char *text)
{
  guint n = 0;

  return walk_find (root, walk_says, text, &n);
}

static inline void
walk_load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/com/ordersync/Console/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
