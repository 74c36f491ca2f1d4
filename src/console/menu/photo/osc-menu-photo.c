/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The picture in the form of an item. A file is made small here, kept by the daemon under its name,
 * and named by the draft: saving, undoing and copying are those of any member. */

#include "osc-menu-photo.h"

#include <glib/gi18n.h>

#include "osc-menu-entry.h"
#include "osc-photo-make.h"
#include "osc-photo.h"
#include "osc-widget.h"

struct _OscMenuPhoto {
  GtkWidget parent_instance;
  GtkWidget *photo;
  GtkWidget *choose;
  GtkWidget *remove;
  GtkWidget *about;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  OscMenuStore *store;
  OscMenuDraft *draft;
};

G_DEFINE_FINAL_TYPE (OscMenuPhoto, osc_menu_photo, GTK_TYPE_WIDGET)

/* ---- what is on screen ---- */

static void
say (OscMenuPhoto *self, const char *sentence, gboolean fault)
{
  gtk_label_set_label (GTK_LABEL (self->about), sentence);
  osc_widget_set_class (self->about, "fault", fault);
  osc_widget_set_class (self->about, "secondary", !fault);
}

static void
show_name (OscMenuPhoto *self)
{
  const char *name = osc_menu_entry_text (osc_menu_draft_root (self->draft), "photo");
  gboolean has = *name != '\0';

  osc_photo_show (OSC_PHOTO (self->photo), self->store, has ? name : NULL);
  gtk_button_set_label (GTK_BUTTON (self->choose),
                        has ? _ ("Another photo") : _ ("Choose a photo"));
  gtk_widget_set_visible (self->remove, has);
  say (self, _ ("JPEG or PNG, cut square. You can drop a file here too"), FALSE);
}

void
osc_menu_photo_show (OscMenuPhoto *self, OscMenuStore *store, OscMenuDraft *draft)
{
  g_return_if_fail (OSC_IS_MENU_PHOTO (self) && OSC_IS_MENU_STORE (store));
  g_return_if_fail (OSC_IS_MENU_DRAFT (draft));
  gboolean same = self->draft == draft;

  g_set_object (&self->store, store);
  g_set_object (&self->draft, draft);
  /* What was said of a file stays until another item is opened. */
  if (!same || !gtk_widget_has_css_class (self->about, "fault"))
    show_name (self);
}

static void
set_name (OscMenuPhoto *self, OscMenuDraft *draft, const char *name)
{
  osc_menu_entry_set_text (osc_menu_draft_root (draft), "photo", name);
  osc_menu_draft_touch (draft);
  if (self->choose != NULL && self->draft == draft)
    show_name (self);
}

/* ---- a file becomes the picture ---- */

/* On its way: another item may be on screen by the time it is there. */
typedef struct {
  OscMenuPhoto *self;
  OscMenuStore *store;
  OscMenuDraft *draft;
} Taking;

static void
taking_free (Taking *taking)
{
  g_object_unref (taking->self);
  g_object_unref (taking->store);
  g_object_unref (taking->draft);
  g_free (taking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
fail (Taking *taking, const char *sentence)
{
  OscMenuPhoto *self = taking->self;

  if (self->choose != NULL && self->draft == taking->draft)
    say (self, sentence, TRUE);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  g_autofree char *name = osc_menu_store_keep_photo_finish (OSC_MENU_STORE (source), result, NULL);

  if (name != NULL)
    set_name (taking->self, taking->draft, name);
  else
    fail (taking, _ ("The photo could not be kept. Try again"));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = osc_photo_make_finish (result, &error);

  if (jpeg == NULL) {
    fail (taking, error->message);
    return;
  }
  OscMenuStore *store = taking->store;
  osc_menu_store_keep_photo_async (store, jpeg, kept_cb, g_steal_pointer (&taking));
}

void
osc_menu_photo_take (OscMenuPhoto *self, GFile *file)
{
  g_return_if_fail (OSC_IS_MENU_PHOTO (self) && G_IS_FILE (file));
  Taking *taking;

  if (self->draft == NULL)
    return;
  taking = g_new0 (Taking, 1);
  taking->self = g_object_ref (self);
  taking->store = g_object_ref (self->store);
  taking->draft = g_object_ref (self->draft);
  say (self, _ ("Making it small…"), FALSE);
  osc_photo_make_async (file, NULL, made_cb, taking);
}

/* ---- choosing ---- */

static gboolean
on_drop (OscMenuPhoto *self, const GValue *value)
{
  const GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files ((GdkFileList *)list);

  if (files == NULL)
    return FALSE;
  osc_menu_photo_take (self, files->data);
  return TRUE;
}

static void
on_chosen (OscMenuPhoto *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  if (file != NULL)
    osc_menu_photo_take (self, file);
}

static void
on_choose (OscMenuPhoto *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  self->chooser = gtk_file_chooser_native_new (
      _ ("Photo of the item"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Use it"), _ ("Cancel"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_remove (OscMenuPhoto *self)
{
  set_name (self, self->draft, "");
  gtk_widget_grab_focus (self->choose);
}

/* ---- life ---- */

static void
osc_menu_photo_dispose (GObject *object)
{
  OscMenuPhoto *self = OSC_MENU_PHOTO (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_PHOTO);
  g_clear_object (&self->chooser);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_photo_parent_class)->dispose (object);
}

static void
osc_menu_photo_class_init (OscMenuPhotoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_photo_dispose;
  g_type_ensure (OSC_TYPE_PHOTO);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/menu/photo/osc-menu-photo.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuPhoto, photo);
  gtk_widget_class_bind_template_child (widget_class, OscMenuPhoto, choose);
  gtk_widget_class_bind_template_child (widget_class, OscMenuPhoto, remove);
  gtk_widget_class_bind_template_child (widget_class, OscMenuPhoto, about);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuphoto");
}

static void
osc_menu_photo_init (OscMenuPhoto *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
