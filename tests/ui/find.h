/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>
#include <string.h>

/* Finds widgets as a person would, by what is on screen. */

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer wanted);

/* The first mapped widget at or under @widget that matches, in reading order. */
static inline GtkWidget *
find (GtkWidget *widget, Match match, gconstpointer wanted)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (match (widget, wanted))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, match, wanted);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static inline gboolean
has_class (GtkWidget *widget, gconstpointer name)
{
  return gtk_widget_has_css_class (widget, name);
}

static inline gboolean
says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static inline gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

/* Presses the first button of @css_class under @parent; it must be there and sensitive. */
static inline void
press (GtkWidget *parent, const char *css_class)
{
  GtkWidget *button = find (parent, has_class, css_class);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Presses the button that reads @text (translated). */
static inline void
press_text (GtkWidget *parent, const char *text)
{
  GtkWidget *label = find (parent, says, text);
  GtkWidget *button = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}
