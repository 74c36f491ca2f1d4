/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rows of the pages about people and screens. */

#include "osc-people-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define ID "osc-id"

GtkWidget *
osc_people_row_add (GtkListBox *list, const char *title, const char *about)
{
  g_return_val_if_fail (GTK_IS_LIST_BOX (list) && title != NULL, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                 "activatable", FALSE, NULL);

  if (about != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_list_box_append (list, row);
  return row;
}

void
osc_people_row_tag (GtkWidget *row, const char *text, const char *css_class)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row) && text != NULL);
  GtkWidget *tag = gtk_label_new (text);

  gtk_widget_add_css_class (tag, "tag");
  if (css_class != NULL)
    gtk_widget_add_css_class (tag, css_class);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tag);
}

GtkWidget *
osc_people_row_button (GtkWidget *row,
                       const char *text,
                       GCallback pressed,
                       gpointer owner,
                       const char *id)
{
  g_return_val_if_fail (ADW_IS_ACTION_ROW (row) && text != NULL, NULL);
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *name =
      g_strdup_printf ("%s, %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), text);

  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  osc_widget_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), ID, g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", pressed, owner, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

const char *
osc_people_row_id (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), ID);
}

void
osc_people_row_clear (GtkListBox *list)
{
  GtkWidget *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

void
osc_people_row_trouble (GtkListBox *list, GCallback again, gpointer owner)
{
  GtkWidget *row = osc_people_row_add (list, _ ("This could not be read from the server"), NULL);

  osc_people_row_button (row, _ ("Try again"), again, owner, NULL);
}

char *
osc_people_row_when (gint64 us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (osy_clock_now () / G_USEC_PER_SEC);
  g_autofree char *clock = osc_words_clock (us);
  g_autofree char *iso = g_date_time_format (at, "%Y-%m-%d");
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *day = osc_words_day (iso);

  if (g_str_equal (iso, today))
    return g_steal_pointer (&clock);
  return g_strdup_printf ("%s, %s", day, clock);
}
