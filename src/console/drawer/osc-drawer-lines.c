/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The lines of the drawer's order, each with what may be done about it. */

#include "osc-drawer-lines.h"

#include <glib/gi18n.h>

#include "osc-item-row.h"
#include "osc-widget.h"
#include "osc-words.h"

static void
add_choice (GtkWidget *box, GtkWidget *popover, const char *text, const char *what)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "outlined");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "bill", what);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shell.show");
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_choices (const OsyOrderData *order, const OsyOrderLine *line)
{
  const struct {
    const char *text;
    const char *kind;
  } choices[] = {
      {_ ("Not made"), "VOID"}, {_ ("On the house"), "COMP"}, {_ ("Discount"), "DISCOUNT"}};
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (popover, "strip-popover");
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autofree char *what =
        g_strdup_printf ("%s/%s/%s", order->check_id, line->line_id, choices[i].kind);

    add_choice (box, popover, choices[i].text, what);
  }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static GtkWidget *
new_line (const OsyOrderData *order, const OsyOrderLine *line)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *row = osc_item_row_new (line);
  g_autofree char *name =
      g_strdup_printf (_ ("%s %d, take something off"), line->name, (int)line->quantity);

  gtk_widget_set_hexpand (row, TRUE);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), row);
  /* GTK puts it in a box of its own, in the middle. */
  gtk_widget_set_halign (gtk_widget_get_parent (row), GTK_ALIGN_FILL);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), new_choices (order, line));
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "drawer-line");
  osc_widget_set_name (button, name);
  return button;
}

void
osc_drawer_lines_fill (GtkBox *box, const OsyOrderData *order)
{
  g_return_if_fail (GTK_IS_BOX (box) && order != NULL);
  gboolean billed = order->check_id != NULL && !osc_words_is_dropped (order->status);

  if (!billed) {
    osc_item_row_fill (box, order->lines);
    return;
  }
  osc_widget_drop_children (GTK_WIDGET (box));
  for (guint i = 0; i < order->lines->len; i++)
    gtk_box_append (box, new_line (order, g_ptr_array_index (order->lines, i)));
}
