/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The import pane: head with what would come of it, columns to match, rows to mend, one button. */

#include "osc-menu-import.h"

#include <glib/gi18n.h>

#include "osc-import-cells.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-menu-sheet.h"

struct _OscMenuImport {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *summary;
  GtkWidget *problem;
  GtkWidget *all;
  GtkWidget *all_label;
  GtkWidget *doubtful;
  GtkWidget *doubtful_label;
  GtkWidget *sheet;
  GtkWidget *columns;
  GtkWidget *list;
  GtkWidget *waiting;
  GtkWidget *write;
  GtkWidget *write_label;
  OscImport *import;
  GtkFilterListModel *shown;
  GtkCustomFilter *filter;
  GtkFileChooserNative *chooser; /* nullable */
  guint n_columns;
  gboolean filling;
};

enum { DONE, CANCELED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuImport, osc_menu_import, GTK_TYPE_WIDGET)

/* ---- columns ---- */

static const char *
field_words (guint field)
{
  static const char *const words[OSY_MENU_N_COLUMNS] = {
      [OSY_MENU_COLUMN_CATEGORY] = N_ ("Category"),
      [OSY_MENU_COLUMN_NAME] = N_ ("Item name"),
      [OSY_MENU_COLUMN_NAME_EN] = N_ ("English name"),
      [OSY_MENU_COLUMN_PRICE] = N_ ("Price"),
      [OSY_MENU_COLUMN_DESCRIPTION] = N_ ("Description"),
      [OSY_MENU_COLUMN_OPTIONS] = N_ ("Options"),
      [OSY_MENU_COLUMN_ORIGIN] = N_ ("Origin"),
      [OSY_MENU_COLUMN_ALLERGENS] = N_ ("Allergens"),
      [OSY_MENU_COLUMN_STATION] = N_ ("Station"),
      [OSY_MENU_COLUMN_PREP_MINUTES] = N_ ("Minutes"),
      [OSY_MENU_COLUMN_TAX_FREE] = N_ ("Tax free"),
      [OSY_MENU_COLUMN_SOLD_OUT] = N_ ("Sold out"),
      [OSY_MENU_COLUMN_CODE] = N_ ("Code or barcode"),
      [OSY_MENU_COLUMN_KITCHEN_NAME] = N_ ("Kitchen name"),
  };

  return words[field] != NULL ? _ (words[field]) : osy_menu_column_name (field);
}

static const char *
field_name (guint choice)
{
  return choice == 0 || choice > OSY_MENU_N_COLUMNS ? NULL : osy_menu_column_name (choice - 1);
}

static guint
choice_of (const char *field)
{
  for (guint i = 0; field != NULL && i < OSY_MENU_N_COLUMNS; i++)
    if (g_strcmp0 (osy_menu_column_name (i), field) == 0)
      return i + 1;
  return 0;
}

static void
on_field_chosen (OscMenuImport *self, GParamSpec *pspec, GtkDropDown *choice)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "column"));

  if (!self->filling)
    osc_import_set_field (self->import, column, field_name (gtk_drop_down_get_selected (choice)));
}

static GtkWidget *
make_column (OscMenuImport *self, guint column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = gtk_label_new (osc_import_header (self->import, column));
  GtkStringList *fields = gtk_string_list_new (NULL);
  GtkWidget *choice;

  gtk_string_list_append (fields, _ ("Leave out"));
  for (guint i = 0; i < OSY_MENU_N_COLUMNS; i++)
    gtk_string_list_append (fields, field_words (i));
  choice = gtk_drop_down_new (G_LIST_MODEL (fields), NULL);
  gtk_label_set_ellipsize (GTK_LABEL (header), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "secondary");
  gtk_widget_add_css_class (header, "last");
  osc_widget_set_name (choice, osc_import_header (self->import, column));
  g_object_set_data (G_OBJECT (choice), "column", GUINT_TO_POINTER (column));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_field_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), choice);
  osc_import_cells_size (box);
  return box;
}

static void
show_columns (OscMenuImport *self)
{
  guint n = osc_import_n_columns (self->import);
  guint i = 0;

  self->filling = TRUE;
  if (self->n_columns != n || n == 0)
    osc_widget_drop_children (self->columns);
  if (gtk_widget_get_first_child (self->columns) == NULL)
    for (guint column = 0; column < n; column++)
      gtk_box_append (GTK_BOX (self->columns), make_column (self, column));
  self->n_columns = n;
  for (GtkWidget *box = gtk_widget_get_first_child (self->columns); box != NULL;
       box = gtk_widget_get_next_sibling (box), i++)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_last_child (box)),
                                choice_of (osc_import_field (self->import, i)));
  self->filling = FALSE;
}

/* ---- rows ---- */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
  gtk_list_item_set_child (list_item, osc_import_cells_new ());
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscMenuImport *self)
{
  osc_import_cells_show (OSC_IMPORT_CELLS (gtk_list_item_get_child (list_item)), self->import,
                         gtk_list_item_get_item (list_item));
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  osc_import_cells_show (OSC_IMPORT_CELLS (gtk_list_item_get_child (list_item)), NULL, NULL);
}

static gboolean
is_doubtful (gpointer row, gpointer user_data)
{
  return osc_import_row_state (row, -1) != OSC_REMARK_NONE;
}

/* The rows to look at are chosen when the button is pressed, not while one is being mended. */
static void
on_filter (OscMenuImport *self)
{
  gboolean doubtful = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->doubtful));

  gtk_custom_filter_set_filter_func (self->filter, doubtful ? is_doubtful : NULL, NULL, NULL);
}

/* ---- what would come of it ---- */

static void
show_summary (OscMenuImport *self)
{
  const OscImportCounts *counts = osc_import_counts (self->import);
  guint rows = g_list_model_get_n_items (G_LIST_MODEL (self->import));
  guint look = counts->doubts + counts->errors;
  guint count = counts->created + counts->changed;
  g_autofree char *summary = g_strdup_printf (_ ("%u new · %u changed · %u as they are"),
                                              counts->created, counts->changed, counts->unchanged);
  g_autofree char *all = g_strdup_printf (_ ("All %u"), rows);
  g_autofree char *doubtful = g_strdup_printf (_ ("To look at %u"), look);
  g_autofree char *write =
      counts->errors > 0
          ? g_strdup_printf (
                g_dngettext (NULL, "Mend %u row first", "Mend %u rows first", counts->errors),
                counts->errors)
          : g_strdup_printf (g_dngettext (NULL, "Add %u item", "Add %u items", count), count);

  gtk_label_set_label (GTK_LABEL (self->summary), rows > 0 ? summary : "");
  gtk_label_set_label (GTK_LABEL (self->all_label), all);
  gtk_label_set_label (GTK_LABEL (self->doubtful_label), doubtful);
  osc_widget_set_class (self->doubtful, "doubtful", look > 0);
  gtk_label_set_label (GTK_LABEL (self->write_label), write);
  osc_widget_set_name (self->write, write);
}

static void
on_changed (OscMenuImport *self)
{
  OscImportState state = osc_import_state (self->import);
  const char *problem = osc_import_problem (self->import);
  gboolean rows = g_list_model_get_n_items (G_LIST_MODEL (self->import)) > 0;

  gtk_label_set_label (GTK_LABEL (self->title), osc_import_name (self->import));
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_set_visible (self->sheet, rows);
  gtk_widget_set_visible (self->waiting, state == OSC_IMPORT_READING);
  gtk_widget_set_sensitive (self->sheet, state != OSC_IMPORT_WRITING);
  gtk_widget_set_sensitive (self->write, osc_import_can_write (self->import));
  show_columns (self);
  show_summary (self);
}

static void
on_write (OscMenuImport *self)
{
  osc_import_write (self->import);
}

static void
on_done (OscMenuImport *self, guint count)
{
  g_signal_emit (self, signals[DONE], 0, count);
}

static void
on_cancel (OscMenuImport *self)
{
  g_signal_emit (self, signals[CANCELED], 0);
}

/* ---- the file ---- */

void
osc_menu_import_load (OscMenuImport *self, GFile *file)
{
  g_return_if_fail (OSC_IS_MENU_IMPORT (self) && G_IS_FILE (file));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), TRUE);
  osc_import_load (self->import, file);
}

static void
on_file_chosen (OscMenuImport *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    osc_menu_import_load (self, file);
  else if (osc_import_state (self->import) == OSC_IMPORT_EMPTY)
    on_cancel (self);
}

void
osc_menu_import_choose (OscMenuImport *self)
{
  g_return_if_fail (OSC_IS_MENU_IMPORT (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Menu file"), root != NULL ? GTK_WINDOW (root) : NULL,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open"), _ ("Back"));
  gtk_file_filter_set_name (filter, _ ("Tables (Excel, CSV)"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_choose (OscMenuImport *self)
{
  osc_menu_import_choose (self);
}

OscImport *
osc_menu_import_model (OscMenuImport *self)
{
  g_return_val_if_fail (OSC_IS_MENU_IMPORT (self), NULL);
  return self->import;
}

/* ---- life ---- */

static void
osc_menu_import_dispose (GObject *object)
{
  OscMenuImport *self = OSC_MENU_IMPORT (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_IMPORT);
  g_clear_object (&self->chooser);
  g_clear_object (&self->shown);
  g_clear_object (&self->import);
  G_OBJECT_CLASS (osc_menu_import_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, title);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, summary);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, problem);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, all);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, all_label);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, doubtful);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, doubtful_label);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, sheet);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, columns);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, list);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, waiting);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, write);
  gtk_widget_class_bind_template_child (widget_class, OscMenuImport, write_label);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
}

static void
osc_menu_import_class_init (OscMenuImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_import_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CANCELED] = g_signal_new ("canceled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-menu-import.ui");
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuimport");
}

static void
osc_menu_import_init (OscMenuImport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

/* The list is recycled: a file may have 2,000 rows. */
static void
make_list (OscMenuImport *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) plain = NULL;

  self->filter = gtk_custom_filter_new (NULL, NULL, NULL);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->import)),
                                           GTK_FILTER (self->filter));
  plain = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (plain));
}

GtkWidget *
osc_menu_import_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscMenuImport *self = g_object_new (OSC_TYPE_MENU_IMPORT, NULL);

  self->import = osc_import_new (context->client, context->menu);
  g_signal_connect_object (self->import, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  make_list (self);
  on_changed (self);
  return GTK_WIDGET (self);
}
