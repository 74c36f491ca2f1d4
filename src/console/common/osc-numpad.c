/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The number pad, the same everywhere. It never takes the focus from what it writes into. */

#include "osc-numpad.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

#define ACROSS 3

struct _OscNumpad {
  GtkWidget parent_instance;
  GtkWidget *last; /* the key of 00 */
  gboolean counts;
};

enum { TYPED, ERASED, NEXT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscNumpad, osc_numpad, GTK_TYPE_WIDGET)

static const char *const keys[] = {"7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "00"};

static void
on_key (GtkButton *key, OscNumpad *self)
{
  if (self->counts && GTK_WIDGET (key) == self->last)
    g_signal_emit (self, signals[NEXT], 0);
  else
    g_signal_emit (self, signals[TYPED], 0, gtk_button_get_label (key));
}

static void
on_erase (OscNumpad *self)
{
  g_signal_emit (self, signals[ERASED], 0);
}

static void
osc_numpad_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_numpad_parent_class)->dispose (object);
}

static void
osc_numpad_class_init (OscNumpadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_numpad_dispose;
  signals[TYPED] = g_signal_new ("typed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ERASED] = g_signal_new ("erased", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "numpad");
}

static void
osc_numpad_init (OscNumpad *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *erase = gtk_button_new_from_icon_name ("osy-erase-symbolic");

  gtk_grid_set_row_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; i < (int)G_N_ELEMENTS (keys); i++) {
    GtkWidget *key = gtk_button_new_with_label (keys[i]);

    gtk_widget_set_focus_on_click (key, FALSE);
    gtk_widget_add_css_class (key, "numeric");
    g_signal_connect_object (key, "clicked", G_CALLBACK (on_key), self, G_CONNECT_DEFAULT);
    gtk_grid_attach (GTK_GRID (grid), key, i % ACROSS, i / ACROSS, 1, 1);
    self->last = key;
  }
  gtk_widget_set_focus_on_click (erase, FALSE);
  osc_widget_set_name (erase, _ ("Erase the last digit"));
  g_signal_connect_object (erase, "clicked", G_CALLBACK (on_erase), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (GTK_GRID (grid), erase, ACROSS - 1, G_N_ELEMENTS (keys) / ACROSS, 1, 1);
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
}

void
osc_numpad_set_counts (OscNumpad *self)
{
  g_return_if_fail (OSC_IS_NUMPAD (self));
  self->counts = TRUE;
  /* Translators: a key: on to the next of many fields */
  gtk_button_set_label (GTK_BUTTON (self->last), _ ("Next field"));
  gtk_widget_add_css_class (self->last, "word");
}

void
osc_numpad_write (GtkEditable *text, const char *digits)
{
  g_return_if_fail (GTK_IS_EDITABLE (text));
  int at = gtk_editable_get_position (text);

  if (digits == NULL) {
    gtk_editable_delete_text (text, MAX (at - 1, 0), at);
    return;
  }
  gtk_editable_delete_selection (text);
  at = gtk_editable_get_position (text);
  gtk_editable_insert_text (text, digits, -1, &at);
  gtk_editable_set_position (text, at);
}
