/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Figures as a file. */

#include "osc-sales-export.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-error.h"

#define CHOICE "part"
#define ASK "export.ask" /* of a kind of file */

/* The kind that holds one list alone. A kind is called by the ending of its files. */
#define LIST "csv"
/* The kind that is read and printed: the server draws it. */
#define PAGE "pdf"

struct _OscSalesExport {
  GtkWidget parent_instance;
  GtkWidget *button; /* GtkMenuButton */
  GtkWidget *popover;
  GtkWidget *stack;
  GtkWidget *spinner;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  const char *kind;              /* static: that it is open for */
  OscSalesStore *store;          /* nullable */
  GFile *saving;                 /* (nullable): at work */
  GFile *saved;                  /* (nullable): the last one */
};

G_DEFINE_FINAL_TYPE (OscSalesExport, osc_sales_export, GTK_TYPE_WIDGET)

static const struct {
  const char *part;
  const char *title; /* msgid */
} parts[] = {
    {"totals", N_ ("All sums")},
    {"hours", N_ ("Sales by hour")},
    {"days", N_ ("Day by day")},
    {"items", N_ ("Best sellers")},
    {"channels", N_ ("Where orders come from")},
    {"types", N_ ("Order types")},
    {"tenders", N_ ("How it was paid")},
    {"heat", N_ ("Weekday and hour")},
    {"options", N_ ("Options taken")},
    {"prep", N_ ("Time of preparation")},
    {"sold_out", N_ ("Sold out")},
};

/* ---- how it went ---- */

const char *
osc_sales_export_problem (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("There is no room left on that disk. Choose another place");
  if (error != NULL && error->domain == G_IO_ERROR)
    return _ ("The file could not be written. Choose another place");
  if (g_error_matches (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE))
    return _ ("The server can't be reached. Try again when it is back");
  return _ ("Couldn't save the figures. Try fewer days");
}

static void
on_open_page (OscSalesExport *self)
{
  g_autofree char *uri = self->saved != NULL ? g_file_get_uri (self->saved) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (uri != NULL)
    gtk_show_uri (root != NULL ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
on_open_folder (OscSalesExport *self)
{
  g_autoptr (GFile) folder = self->saved != NULL ? g_file_get_parent (self->saved) : NULL;
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (uri != NULL)
    gtk_show_uri (root != NULL ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
show_work (OscSalesExport *self)
{
  gboolean busy = self->saving != NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), busy ? "busy" : "idle");
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  osc_widget_set_name (self->button, busy ? _ ("Saving …") : _ ("Export"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), ASK, !busy);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSalesExport) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_sales_store_export_finish (OSC_SALES_STORE (source), result, &error);
  g_autoptr (GFile) file = g_steal_pointer (&self->saving);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  show_work (self);
  if (!done) {
    osc_toasts_say (GTK_WIDGET (self), osc_sales_export_problem (error));
    return;
  }
  g_set_object (&self->saved, file);
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved the figures as %s"), name);
  if (g_strcmp0 (self->kind, PAGE) == 0)
    osc_toasts_offer (GTK_WIDGET (self), text, _ ("Open"), G_CALLBACK (on_open_page),
                      G_OBJECT (self));
  else
    osc_toasts_offer (GTK_WIDGET (self), text, _ ("Open folder"), G_CALLBACK (on_open_folder),
                      G_OBJECT (self));
}

void
osc_sales_export_save (OscSalesExport *self, const char *part, GFile *file)
{
  g_return_if_fail (OSC_IS_SALES_EXPORT (self) && G_IS_FILE (file));

  if (self->store == NULL || self->saving != NULL)
    return;
  self->saving = g_object_ref (file);
  show_work (self);
  osc_sales_store_export_async (self->store, part, file, saved_cb, g_object_ref (self));
}

void
osc_sales_export_save_page (OscSalesExport *self, GFile *file)
{
  g_return_if_fail (OSC_IS_SALES_EXPORT (self) && G_IS_FILE (file));

  if (self->store == NULL || self->saving != NULL)
    return;
  self->kind = PAGE;
  self->saving = g_object_ref (file);
  show_work (self);
  osc_sales_store_report_async (self->store, file, saved_cb, g_object_ref (self));
}

/* ---- where to ---- */

static void
on_response (OscSalesExport *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  const char *part = NULL;

  if (g_str_equal (self->kind, LIST)) {
    part = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), CHOICE);
    part = part != NULL ? part : parts[0].part;
  }
  if (file != NULL && g_str_equal (self->kind, PAGE))
    osc_sales_export_save_page (self, file);
  else if (file != NULL)
    osc_sales_export_save (self, part, file);
}

/* (transfer full): "Sales 2026-11-01 – 2026-11-21.csv" */
static char *
name_of (const OscSalesRange *range, const char *kind)
{
  g_autofree char *from = osc_sales_range_print (&range->from);
  g_autofree char *to = osc_sales_range_print (&range->to);

  return osc_sales_range_days (range) == 1
             ? g_strdup_printf ("%s %s.%s", _ ("Sales"), from, kind)
             : g_strdup_printf ("%s %s – %s.%s", _ ("Sales"), from, to, kind);
}

static void
add_parts (GtkFileChooser *chooser, const OscSalesRange *range)
{
  const char *ids[G_N_ELEMENTS (parts) + 1] = {NULL};
  const char *titles[G_N_ELEMENTS (parts) + 1] = {NULL};

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    ids[i] = parts[i].part;
    titles[i] = _ (parts[i].title);
  }
  gtk_file_chooser_add_choice (chooser, CHOICE, _ ("What to save"), ids, titles);
  gtk_file_chooser_set_choice (chooser, CHOICE,
                               osc_sales_range_days (range) == 1 ? "hours" : "days");
}

/* @kind: static. */
static void
ask (OscSalesExport *self, const char *kind)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->store == NULL || self->saving != NULL || self->chooser != NULL)
    return;
  const OscSalesRange *range = osc_sales_store_range (self->store, OSC_SALES_CHOSEN);
  g_autofree char *name = name_of (range, kind);
  self->kind = kind;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Save the figures"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Back"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  if (g_str_equal (kind, LIST))
    add_parts (GTK_FILE_CHOOSER (self->chooser), range);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
ask_action (GtkWidget *widget, const char *name, GVariant *kind)
{
  OscSalesExport *self = OSC_SALES_EXPORT (widget);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  ask (self, g_intern_string (g_variant_get_string (kind, NULL)));
}

void
osc_sales_export_start (OscSalesExport *self)
{
  g_return_if_fail (OSC_IS_SALES_EXPORT (self));
  if (self->store != NULL && self->saving == NULL && self->chooser == NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

GtkWidget *
osc_sales_export_choices (OscSalesExport *self)
{
  g_return_val_if_fail (OSC_IS_SALES_EXPORT (self), NULL);
  return self->popover;
}

void
osc_sales_export_follow (OscSalesExport *self, OscSalesStore *store)
{
  g_return_if_fail (OSC_IS_SALES_EXPORT (self) && OSC_IS_SALES_STORE (store));
  g_set_object (&self->store, store);
}

/* ---- life ---- */

static void
osc_sales_export_dispose (GObject *object)
{
  OscSalesExport *self = OSC_SALES_EXPORT (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->store);
  g_clear_object (&self->saving);
  g_clear_object (&self->saved);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SALES_EXPORT);
  G_OBJECT_CLASS (osc_sales_export_parent_class)->dispose (object);
}

static void
osc_sales_export_class_init (OscSalesExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sales_export_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-sales-export.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSalesExport, button);
  gtk_widget_class_bind_template_child (widget_class, OscSalesExport, popover);
  gtk_widget_class_bind_template_child (widget_class, OscSalesExport, stack);
  gtk_widget_class_bind_template_child (widget_class, OscSalesExport, spinner);
  gtk_widget_class_install_action (widget_class, ASK, "s", ask_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "salesexport");
}

static void
osc_sales_export_init (OscSalesExport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_work (self);
}
