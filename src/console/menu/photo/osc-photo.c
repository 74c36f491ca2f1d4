/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Pictures are kept small, as textures, by their names: what a name means never changes. */

#include "osc-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "osc-widget.h"
#include "osy-compat.h"

#define KEPT "osc-photo-textures"
#define MOST_KEPT 200 /* 50 MB */
#define SIDE 256      /* pixels: enough for a row at 200 %, the editor and the preview */

struct _OscPhoto {
  GtkWidget parent_instance;
  GtkWidget *sign;
  GdkTexture *texture; /* nullable */
  char *name;          /* nullable: of what is shown or awaited */
};

G_DEFINE_FINAL_TYPE (OscPhoto, osc_photo, GTK_TYPE_WIDGET)

/* ---- textures ---- */

static GHashTable *
kept_of (OscMenuStore *store)
{
  GHashTable *kept = g_object_get_data (G_OBJECT (store), KEPT);

  if (kept == NULL) {
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
    g_object_set_data_full (G_OBJECT (store), KEPT, kept, (GDestroyNotify)g_hash_table_unref);
  }
  return kept;
}

static void
keep (OscMenuStore *store, const char *name, GdkTexture *texture)
{
  GHashTable *kept = kept_of (store);

  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  g_hash_table_replace (kept, g_strdup (name), g_object_ref (texture));
}

static void
decode (GTask *task, gpointer source, gpointer bytes, GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_stream_at_scale (stream, SIDE, SIDE, TRUE, NULL, NULL);

  g_task_return_pointer (task, pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL,
                         g_object_unref);
}

/* ---- one on screen ---- */

static void
set_texture (OscPhoto *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_set_child_visible (self->sign, texture == NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What was asked for, by whom. */
typedef struct {
  GWeakRef photo;
  OscMenuStore *store;
  char *name;
} Asked;

static void
asked_free (Asked *asked)
{
  g_weak_ref_clear (&asked->photo);
  g_object_unref (asked->store);
  g_free (asked->name);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

/* It is asked for again when it is shown again. */
static void
give_up (Asked *asked)
{
  g_autoptr (OscPhoto) self = g_weak_ref_get (&asked->photo);

  if (self != NULL && g_strcmp0 (self->name, asked->name) == 0)
    osy_set_str (&self->name, NULL);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (OscPhoto) self = g_weak_ref_get (&asked->photo);

  if (texture == NULL) {
    give_up (asked);
    return;
  }
  keep (asked->store, asked->name, texture);
  if (self != NULL && self->sign != NULL && g_strcmp0 (self->name, asked->name) == 0)
    set_texture (self, texture);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  GBytes *bytes = osc_menu_store_photo_finish (OSC_MENU_STORE (source), result, NULL);

  if (bytes == NULL) {
    give_up (asked);
    return;
  }
  g_autoptr (GTask) task = g_task_new (NULL, NULL, decoded_cb, g_steal_pointer (&asked));
  g_task_set_task_data (task, bytes, (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, decode);
}

void
osc_photo_show (OscPhoto *self, OscMenuStore *store, const char *name)
{
  g_return_if_fail (OSC_IS_PHOTO (self) && OSC_IS_MENU_STORE (store));
  GdkTexture *texture = name != NULL ? g_hash_table_lookup (kept_of (store), name) : NULL;

  if (!osy_set_str (&self->name, name))
    return;
  set_texture (self, texture);
  if (name == NULL || texture != NULL)
    return;
  Asked *asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->photo, self);
  asked->store = g_object_ref (store);
  asked->name = g_strdup (name);
  osc_menu_store_photo_async (store, name, fetched_cb, asked);
}

gboolean
osc_photo_is_shown (OscPhoto *self)
{
  g_return_val_if_fail (OSC_IS_PHOTO (self), FALSE);
  return self->texture != NULL;
}

/* ---- life ---- */

/* The style says how large, in both directions. */
static GtkSizeRequestMode
osc_photo_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
osc_photo_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
osc_photo_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *sign = OSC_PHOTO (widget)->sign;
  int least;
  int natural;

  gtk_widget_measure (sign, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  gtk_widget_size_allocate (
      sign, &(GtkAllocation){(width - natural) / 2, (height - natural) / 2, natural, natural}, -1);
}

static void
osc_photo_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OscPhoto *self = OSC_PHOTO (widget);

  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture,
                                 &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                                      (float)gtk_widget_get_height (widget)));
  else
    gtk_widget_snapshot_child (widget, self->sign, snapshot);
}

static void
osc_photo_dispose (GObject *object)
{
  OscPhoto *self = OSC_PHOTO (object);

  g_clear_pointer (&self->sign, gtk_widget_unparent);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (osc_photo_parent_class)->dispose (object);
}

static void
osc_photo_finalize (GObject *object)
{
  g_free (OSC_PHOTO (object)->name);
  G_OBJECT_CLASS (osc_photo_parent_class)->finalize (object);
}

static void
osc_photo_class_init (OscPhotoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_photo_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_photo_finalize;
  widget_class->get_request_mode = osc_photo_get_request_mode;
  widget_class->measure = osc_photo_measure;
  widget_class->size_allocate = osc_photo_size_allocate;
  widget_class->snapshot = osc_photo_snapshot;
  gtk_widget_class_set_css_name (widget_class, "photo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
osc_photo_init (OscPhoto *self)
{
  self->sign = gtk_image_new_from_icon_name ("osy-picture-symbolic");
  gtk_widget_set_parent (self->sign, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
osc_photo_new (void)
{
  return g_object_new (OSC_TYPE_PHOTO, NULL);
}
