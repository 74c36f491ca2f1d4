/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The import pane. Lines are taken over one after the other, so that a line that is refused stops
 * nothing that came before it; what is left is what the file shows when it is read again. */

#include "osc-stock-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-stock-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"
#include "osy-menu-csv.h"

struct _OscStockImport {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *summary;
  GtkWidget *problem;
  GtkWidget *list;
  GtkWidget *write;
  OscStockStore *store;
  GPtrArray *rows;               /* (nullable): of OscSheetRow */
  GtkFileChooserNative *chooser; /* nullable */
  guint at;                      /* the line under way */
  guint done;
  gboolean writing;
  gboolean counting; /* its ingredient is there, its count is on its way */
};

enum { DONE, BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockImport, osc_stock_import, GTK_TYPE_WIDGET)

/* ---- what is shown ---- */

static guint
count_state (OscStockImport *self, OscSheetState state)
{
  guint n = 0;

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    n += ((OscSheetRow *)self->rows->pdata[i])->state == state;
  return n;
}

static GtkWidget *
make_row (const OscSheetRow *row)
{
  static const char *const words[] = {N_ ("New"), N_ ("Changed"), N_ ("As it is"),
                                      N_ ("Look here")};
  static const char *const classes[] = {"green", "must", "quiet", "amber"};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *tag = gtk_label_new (_ (words[row->state]));
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (row->name);
  GtkWidget *about = gtk_label_new (row->words);

  gtk_widget_add_css_class (box, "stock-import-row");
  gtk_widget_add_css_class (tag, "tag");
  gtk_widget_add_css_class (tag, classes[row->state]);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "strong");
  gtk_widget_add_css_class (about, "secondary");
  gtk_widget_add_css_class (about, "numeric");
  gtk_widget_set_visible (about, row->words != NULL && *row->words != '\0');
  gtk_box_append (GTK_BOX (text), name);
  gtk_box_append (GTK_BOX (text), about);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), tag);
  return box;
}

static void
show_rows (OscStockImport *self)
{
  static const OscSheetState order[] = {OSC_SHEET_FAULT, OSC_SHEET_NEW, OSC_SHEET_CHANGED,
                                        OSC_SHEET_SAME};

  osc_widget_drop_children (self->list);
  for (gsize s = 0; s < G_N_ELEMENTS (order); s++)
    for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
      if (((OscSheetRow *)self->rows->pdata[i])->state == order[s])
        gtk_box_append (GTK_BOX (self->list), make_row (self->rows->pdata[i]));
}

static void
show (OscStockImport *self, const char *problem)
{
  guint fresh = count_state (self, OSC_SHEET_NEW), changed = count_state (self, OSC_SHEET_CHANGED);
  guint faults = count_state (self, OSC_SHEET_FAULT);
  guint todo = fresh + changed;
  g_autofree char *summary =
      g_strdup_printf (_ ("%u new · %u changed · %u as they are · %u to look at"), fresh, changed,
                       count_state (self, OSC_SHEET_SAME), faults);
  g_autofree char *write =
      self->writing
          ? g_strdup_printf (_ ("Taking over %u of %u"), self->done + 1, todo)
          : g_strdup_printf (g_dngettext (NULL, "Take over %u line", "Take over %u lines", todo),
                             todo);

  gtk_label_set_label (GTK_LABEL (self->summary), self->rows != NULL ? summary : "");
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_button_set_label (GTK_BUTTON (self->write), write);
  gtk_widget_set_sensitive (self->write, todo > 0 && !self->writing);
}

void
osc_stock_import_read (OscStockImport *self, const char *name, const char *data, gsize len)
{
  g_return_if_fail (OSC_IS_STOCK_IMPORT (self));
  g_autoptr (GError) error = NULL;
  GPtrArray *known = osc_stock_store_list (self->store);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = osc_stock_sheet_read (known != NULL ? known : none, data, len, &error);
  gtk_label_set_label (GTK_LABEL (self->title), name);
  show_rows (self);
  show (self, error != NULL ? error->message : NULL);
}

/* ---- taking over ---- */

static void
end (OscStockImport *self, const char *problem)
{
  guint done = self->done;

  self->writing = FALSE;
  self->counting = FALSE;
  show (self, problem);
  if (problem == NULL)
    g_signal_emit (self, signals[DONE], 0, done);
}

static void
count_line (OscStockImport *self, const char *id)
{
  const OscSheetRow *row = g_ptr_array_index (self->rows, self->at);
  gint64 whole = row->count;
  const OscStockMove move = {.ingredient_id = id, .kind = OSY_MOVEMENT_COUNT, .quantity = whole};

  self->counting = TRUE;
  osc_stock_store_move (self->store, &move);
}

static void go_on (OscStockImport *self);

static void
end_line (OscStockImport *self)
{
  ((OscSheetRow *)self->rows->pdata[self->at])->state = OSC_SHEET_SAME;
  self->counting = FALSE;
  self->done++;
  go_on (self);
}

static void
go_on (OscStockImport *self)
{
  const OscSheetRow *row = NULL;

  for (; self->at < self->rows->len; self->at++) {
    row = g_ptr_array_index (self->rows, self->at);
    if (row->state == OSC_SHEET_NEW || row->state == OSC_SHEET_CHANGED)
      break;
  }
  if (self->at >= self->rows->len) {
    end (self, NULL);
    return;
  }
  show (self, NULL);
  if (row->body != NULL)
    osc_stock_store_save (self->store, row->id, row->body, 0);
  else
    count_line (self, row->id);
}

static void
on_write (OscStockImport *self)
{
  if (self->rows == NULL || self->writing)
    return;
  self->at = self->done = 0;
  self->writing = TRUE;
  go_on (self);
}

static void
on_saved (OscStockImport *self, const char *id)
{
  if (!self->writing || self->counting || *id == '\0')
    return;
  if (((OscSheetRow *)self->rows->pdata[self->at])->count >= 0)
    count_line (self, id);
  else
    end_line (self);
}

static void
on_moved (OscStockImport *self)
{
  if (self->writing && self->counting)
    end_line (self);
}

static void
on_refused (OscStockImport *self, const char *sentence)
{
  if (!self->writing)
    return;
  const OscSheetRow *row = g_ptr_array_index (self->rows, self->at);
  g_autofree char *problem = g_strdup_printf ("%s: %s", row->name, sentence);
  show_rows (self);
  end (self, problem);
}

gboolean
osc_stock_import_is_writing (OscStockImport *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_IMPORT (self), FALSE);
  return self->writing;
}

/* ---- files ---- */

static void
on_back (OscStockImport *self)
{
  if (!self->writing)
    g_signal_emit (self, signals[BACK], 0);
}

static void
on_opened (OscStockImport *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *name = NULL;
  gsize len = 0;

  if (response != GTK_RESPONSE_ACCEPT || file == NULL) {
    if (self->rows == NULL)
      on_back (self);
    return;
  }
  name = g_file_get_basename (file);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL || g_file_info_get_size (info) > OSY_MENU_CSV_MAX_BYTES ||
      !g_file_load_contents (file, NULL, &data, &len, NULL, &error)) {
    g_clear_pointer (&self->rows, g_ptr_array_unref);
    show_rows (self);
    show (self, error != NULL ? error->message : _ ("The file can't be read"));
    return;
  }
  osc_stock_import_read (self, name, data, len);
}

static void
on_named (OscStockImport *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  GPtrArray *list = osc_stock_store_list (self->store);
  g_autoptr (GError) error = NULL;

  if (response != GTK_RESPONSE_ACCEPT || file == NULL || list == NULL)
    return;
  g_autofree char *text = osc_stock_sheet_write (list);
  gboolean good = g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
                                           G_FILE_CREATE_NONE, NULL, NULL, &error);
  osc_toasts_say (GTK_WIDGET (self), good ? _ ("Saved as a file") : error->message);
}

static void
open_chooser (OscStockImport *self, gboolean saves, GCallback chosen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (
      _ ("Ingredients as a file"), root != NULL ? GTK_WINDOW (root) : NULL,
      saves ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      saves ? _ ("Save") : _ ("Open"), _ ("Back"));
  gtk_file_filter_set_name (filter, _ ("Tables as text (CSV, TSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  if (saves)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _ ("ingredients.csv"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", chosen, self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
osc_stock_import_choose (OscStockImport *self)
{
  g_return_if_fail (OSC_IS_STOCK_IMPORT (self));
  open_chooser (self, FALSE, G_CALLBACK (on_opened));
}

void
osc_stock_import_save_as (OscStockImport *self)
{
  g_return_if_fail (OSC_IS_STOCK_IMPORT (self));
  open_chooser (self, TRUE, G_CALLBACK (on_named));
}

void
osc_stock_import_follow (OscStockImport *self, OscStockStore *store)
{
  g_return_if_fail (OSC_IS_STOCK_IMPORT (self));
  g_set_object (&self->store, store);
  g_signal_connect_object (store, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_stock_import_dispose (GObject *object)
{
  OscStockImport *self = OSC_STOCK_IMPORT (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_IMPORT);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_stock_import_parent_class)->dispose (object);
}

static void
osc_stock_import_class_init (OscStockImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_import_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-import.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockImport, title);
  gtk_widget_class_bind_template_child (widget_class, OscStockImport, summary);
  gtk_widget_class_bind_template_child (widget_class, OscStockImport, problem);
  gtk_widget_class_bind_template_child (widget_class, OscStockImport, list);
  gtk_widget_class_bind_template_child (widget_class, OscStockImport, write);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_choose",
                                                G_CALLBACK (osc_stock_import_choose));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockimport");
  signals[DONE] = g_signal_new ("done", OSC_TYPE_STOCK_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[BACK] = g_signal_new ("back", OSC_TYPE_STOCK_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
osc_stock_import_init (OscStockImport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
