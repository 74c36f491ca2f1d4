/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The menu as a file, as it was last saved. */

#include "osc-menu-export.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-download.h"

#define ASK "export.ask" /* of a kind of file */
#define PATH "/api/v1/restaurants/me/menu/export"

struct _OscMenuExport {
  GtkWidget parent_instance;
  GtkWidget *button; /* GtkMenuButton */
  GtkWidget *popover;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  const char *kind;              /* static: that it is open for */
  OsyClient *client;             /* nullable */
  GFile *file;                   /* (nullable): the last one */
};

G_DEFINE_FINAL_TYPE (OscMenuExport, osc_menu_export, GTK_TYPE_WIDGET)

static void
on_open_folder (OscMenuExport *self)
{
  g_autoptr (GFile) folder = self->file != NULL ? g_file_get_parent (self->file) : NULL;
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (uri != NULL)
    gtk_show_uri (root != NULL ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static const char *
problem_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("There is no room left on that disk. Choose another place");
  if (error->domain == G_IO_ERROR)
    return _ ("The file could not be written. Choose another place");
  if (g_error_matches (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE))
    return _ ("The server can't be reached. Try again when it is back");
  return _ ("Couldn't save the menu as a file. Try again");
}

static void
show_work (OscMenuExport *self, gboolean busy)
{
  osc_widget_set_name (self->button, busy ? _ ("Saving …") : _ ("Export"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), ASK, !busy);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuExport) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  show_work (self, FALSE);
  if (!done) {
    osc_toasts_say (GTK_WIDGET (self), problem_of (error));
    return;
  }
  g_autofree char *name = g_file_get_basename (self->file);
  /* Translators: the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved the menu as %s"), name);
  osc_toasts_offer (GTK_WIDGET (self), text, _ ("Open folder"), G_CALLBACK (on_open_folder),
                    G_OBJECT (self));
}

void
osc_menu_export_save (OscMenuExport *self, const char *kind, GFile *file)
{
  g_return_if_fail (OSC_IS_MENU_EXPORT (self) && kind != NULL && G_IS_FILE (file));
  gboolean book = g_str_equal (kind, "xlsx");
  g_autofree char *path =
      g_strdup_printf (PATH "?format=%s&language=%s", kind, C_ ("language of files", "en"));

  if (self->client == NULL)
    return;
  g_set_object (&self->file, file);
  show_work (self, TRUE);
  GTask *task = g_task_new (self->client, NULL, saved_cb, g_object_ref (self));
  if (book)
    osy_download_coded (task, self->client, path, file);
  else
    osy_download_text (task, self->client, path, file);
}

/* ---- where to ---- */

static void
on_response (OscMenuExport *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  if (file != NULL)
    osc_menu_export_save (self, self->kind, file);
}

static void
ask_action (GtkWidget *widget, const char *action, GVariant *kind)
{
  OscMenuExport *self = OSC_MENU_EXPORT (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->chooser != NULL)
    return;
  self->kind = g_intern_string (g_variant_get_string (kind, NULL));
  g_autofree char *name = g_strdup_printf ("%s %s.%s", _ ("Menu"), day, self->kind);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Save the menu"), root != NULL ? GTK_WINDOW (root) : NULL,
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Back"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- life ---- */

void
osc_menu_export_follow (OscMenuExport *self, OsyClient *client)
{
  g_return_if_fail (OSC_IS_MENU_EXPORT (self));
  g_set_object (&self->client, client);
}

static void
osc_menu_export_dispose (GObject *object)
{
  OscMenuExport *self = OSC_MENU_EXPORT (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->client);
  g_clear_object (&self->file);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_EXPORT);
  G_OBJECT_CLASS (osc_menu_export_parent_class)->dispose (object);
}

static void
osc_menu_export_class_init (OscMenuExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_export_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-export.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuExport, button);
  gtk_widget_class_bind_template_child (widget_class, OscMenuExport, popover);
  gtk_widget_class_install_action (widget_class, ASK, "s", ask_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuexport");
}

static void
osc_menu_export_init (OscMenuExport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_work (self, FALSE);
}
