/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What bookings and the waiting list have in common on screen. */

#include "osc-party-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

static GtkWidget *
label (const char *text, const char *css_class)
{
  GtkWidget *widget = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (widget, css_class);
  gtk_widget_add_css_class (widget, "numeric");
  return widget;
}

GtkWidget *
osc_party_row_new (const OscPartyWords *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *when = label (words->when, "party-when");

  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (row, "party");
  gtk_widget_add_css_class (head, "party-head");
  gtk_widget_add_css_class (buttons, "party-buttons");
  osc_widget_set_class (row, "over", words->over);
  if (words->attention) {
    GtkWidget *icon = gtk_image_new_from_icon_name ("osy-soon-symbolic");

    gtk_widget_add_css_class (icon, "party-late");
    gtk_box_append (GTK_BOX (head), icon);
  }
  gtk_box_append (GTK_BOX (head), when);
  gtk_box_append (GTK_BOX (head), label (words->who, "strong"));
  gtk_box_append (GTK_BOX (row), head);
  if (words->detail != NULL)
    gtk_box_append (GTK_BOX (row), label (words->detail, "secondary"));
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_widget_set_visible (buttons, FALSE);
  return row;
}

void
osc_party_row_add (GtkWidget *row,
                   const char *label,
                   const char *action,
                   const char *target,
                   const char *css_class)
{
  GtkWidget *buttons = gtk_widget_get_last_child (row);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, css_class);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_box_append (GTK_BOX (buttons), button);
  gtk_widget_set_visible (buttons, TRUE);
}

static GtkWidget *
make_head (const char *title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = label (title, "panel-title");
  GtkWidget *close = gtk_button_new_from_icon_name ("osy-close-symbolic");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (head, "panel-head");
  gtk_widget_add_css_class (close, "plain");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (close, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "tables.close");
  osc_widget_set_name (close, _ ("Close"));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

GtkWidget *
osc_party_list_new (const char *title,
                    const char *add,
                    const char *action,
                    GtkWidget **list,
                    GtkWidget **tools)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *button = gtk_button_new_with_label (add);

  *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "panel-body");
  gtk_widget_add_css_class (*list, "party-list");
  gtk_widget_add_css_class (*tools, "party-tools");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), *list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "primary");
  gtk_widget_add_css_class (button, "commit");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), make_head (title));
  gtk_box_append (GTK_BOX (box), *tools);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

void
osc_party_list_clear (GtkWidget *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_box_remove (GTK_BOX (list), child);
}

void
osc_party_list_say_nothing (GtkWidget *list, const char *nothing)
{
  GtkWidget *words = label (nothing, "secondary");

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_box_append (GTK_BOX (list), words);
}
