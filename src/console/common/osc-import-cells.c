/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A recycled row of the import pane. */

#include "osc-import-cells.h"

#include <string.h>

#include "osc-scale.h"
#include "osc-widget.h"

#define CELL_WIDTH 156

struct _OscImportCells {
  GtkWidget parent_instance;
  GtkWidget *number;
  GtkWidget *cells;
  GtkWidget *words;
  OscImportRow *row;
  GSignalGroup *row_signals;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscImportCells, osc_import_cells, GTK_TYPE_WIDGET)

void
osc_import_cells_size (GtkWidget *cell)
{
  gtk_widget_set_size_request (cell, osc_scale_px (CELL_WIDTH), -1);
  gtk_widget_set_hexpand (cell, TRUE);
}

static void
on_typed (OscImportCells *self, GtkEditable *cell)
{
  if (!self->filling && self->row != NULL)
    osc_import_row_set_cell (self->row,
                             GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column")),
                             gtk_editable_get_text (cell));
}

static void
add_cell (OscImportCells *self, guint column)
{
  GtkWidget *cell = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (cell), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (cell), 4);
  osc_import_cells_size (cell);
  g_object_set_data (G_OBJECT (cell), "column", GUINT_TO_POINTER (column));
  g_signal_connect_object (cell, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->cells), cell);
}

static void
show_cells (OscImportCells *self, OscImport *import)
{
  guint n = osc_import_row_n_cells (self->row);
  GtkWidget *cell;
  guint have = 0;

  self->filling = TRUE;
  for (cell = gtk_widget_get_first_child (self->cells); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    gtk_widget_set_visible (cell, have++ < n);
  while (have < n)
    add_cell (self, have++);
  cell = gtk_widget_get_first_child (self->cells);
  for (guint i = 0; i < n; i++, cell = gtk_widget_get_next_sibling (cell)) {
    osc_widget_set_name (cell, osc_import_header (import, i));
    gtk_editable_set_text (GTK_EDITABLE (cell), osc_import_row_cell (self->row, i));
  }
  self->filling = FALSE;
}

static void
show_remarks (OscImportCells *self)
{
  const char *words = osc_import_row_words (self->row);
  g_autofree char *number = g_strdup_printf ("%u", osc_import_row_number (self->row));
  int i = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (self->cells); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell), i++) {
    OscRemark state = osc_import_row_state (self->row, i);

    osc_widget_set_class (cell, "doubtful", state == OSC_REMARK_DOUBT);
    osc_widget_set_class (cell, "wrong", state == OSC_REMARK_ERROR);
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    state != OSC_REMARK_NONE ? words : "", -1);
  }
  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->words, words[0] != '\0');
  osc_widget_set_class (self->words, "wrong",
                        osc_import_row_state (self->row, -1) == OSC_REMARK_ERROR);
}

void
osc_import_cells_show (OscImportCells *self, OscImport *import, OscImportRow *row)
{
  g_return_if_fail (OSC_IS_IMPORT_CELLS (self));

  g_set_object (&self->row, row);
  g_signal_group_set_target (self->row_signals, row);
  if (row == NULL)
    return;
  show_cells (self, import);
  show_remarks (self);
}

static void
osc_import_cells_dispose (GObject *object)
{
  OscImportCells *self = OSC_IMPORT_CELLS (object);

  if (self->row_signals != NULL)
    g_signal_group_set_target (self->row_signals, NULL);
  g_clear_object (&self->row_signals);
  g_clear_object (&self->row);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_IMPORT_CELLS);
  G_OBJECT_CLASS (osc_import_cells_parent_class)->dispose (object);
}

static void
osc_import_cells_class_init (OscImportCellsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_import_cells_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-import-cells.ui");
  gtk_widget_class_bind_template_child (widget_class, OscImportCells, number);
  gtk_widget_class_bind_template_child (widget_class, OscImportCells, cells);
  gtk_widget_class_bind_template_child (widget_class, OscImportCells, words);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "importcells");
}

static void
osc_import_cells_init (OscImportCells *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->row_signals = g_signal_group_new (OSC_TYPE_IMPORT_ROW);
  g_signal_group_connect_swapped (self->row_signals, "remarked", G_CALLBACK (show_remarks), self);
}

GtkWidget *
osc_import_cells_new (void)
{
  return g_object_new (OSC_TYPE_IMPORT_CELLS, NULL);
}
