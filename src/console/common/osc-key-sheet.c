/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The key sheet (F1). */

#include "osc-key-sheet.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-keys.h"

static GtkWidget *
make_lines (const OscKeyLine *lines)
{
  GtkWidget *grid = gtk_grid_new ();
  int row = 0;

  gtk_widget_add_css_class (grid, "key-sheet");
  for (const OscKeyLine *line = lines; line->keys != NULL; line++, row++) {
    GtkWidget *keys = gtk_label_new (line->keys);
    GtkWidget *text = gtk_label_new (_ (line->text));

    gtk_widget_add_css_class (keys, "key");
    gtk_widget_set_halign (keys, GTK_ALIGN_START);
    gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
    gtk_label_set_xalign (GTK_LABEL (text), 0);
    gtk_grid_attach (GTK_GRID (grid), keys, 0, row, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), text, 1, row, 1, 1);
  }
  return grid;
}

void
osc_key_sheet_present (GtkWindow *parent, const OscKeyLine *own)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Keys"), NULL);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  if (own != NULL)
    gtk_box_append (GTK_BOX (columns), make_lines (own));
  gtk_box_append (GTK_BOX (columns), make_lines (osc_keys_sheet ()));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), columns);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
