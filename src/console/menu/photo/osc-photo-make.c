/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whoever sends us a file chose its bytes: its head is looked at before anything is decoded, and
 * only the decoder of what it says it is ever sees it. */

#include "osc-photo-make.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

#include "osy-picture.h"

static void
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, sentence);
}

/* ---- reading ---- */

/* A pipe would be waited for without an end. */
static gboolean
is_regular (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  return info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR;
}

/* One byte more than may be, to know. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream =
      is_regular (file, cancellable) ? g_file_read (file, cancellable, NULL) : NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 part[65536];
  gssize n = stream != NULL ? 1 : -1;

  while (n > 0 && bytes->len <= OSC_PHOTO_MAX_FILE) {
    n = g_input_stream_read (G_INPUT_STREAM (stream), part, sizeof part, cancellable, NULL);
    if (n > 0)
      g_byte_array_append (bytes, part, (guint)n);
  }
  if (n >= 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  refuse (error, _ ("That file can't be read"));
  return NULL;
}

/* What its head says: the kind for the decoder, or a sentence. */
static const char *
kind_of (GBytes *bytes, GError **error)
{
  OsyPicture picture;

  if (g_bytes_get_size (bytes) > OSC_PHOTO_MAX_FILE)
    refuse (error, _ ("That file is too large. 25 MB at most"));
  else if (!osy_picture_look (bytes, &picture))
    refuse (error, _ ("That is not a JPEG or PNG picture"));
  else if ((guint64)picture.width * picture.height > OSC_PHOTO_MAX_PIXELS)
    refuse (error, _ ("That picture is too large. 60 million pixels at most"));
  else if (MIN (picture.width, picture.height) < OSC_PHOTO_LEAST)
    refuse (error, _ ("That picture is too small. 64 pixels a side at least"));
  else if (!picture.whole)
    refuse (error, _ ("That picture is damaged: its end is missing"));
  else
    return g_str_equal (picture.type, "image/png") ? "png" : "jpeg";
  return NULL;
}

/* ---- decoding ---- */

/* The head is trusted no further than the decoder: it may read another one. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  int least = MIN (width, height);

  if ((gint64)width * height > OSC_PHOTO_MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (least > OSC_PHOTO_SIDE)
    gdk_pixbuf_loader_set_size (loader, (int)((gint64)width * OSC_PHOTO_SIDE / least),
                                (int)((gint64)height * OSC_PHOTO_SIDE / least));
}

static GdkPixbuf *
decode (GBytes *bytes, const char *kind)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (kind, NULL);
  gboolean whole;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), NULL);
  whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  GdkPixbuf *pixbuf = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static GdkPixbuf *
cut_square (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int side = MIN (width, height);

  return gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2, (height - side) / 2, side, side);
}

static GBytes *
encode (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkPixbuf) square = cut_square (pixbuf);
  int side = gdk_pixbuf_get_width (square);
  /* On white, since a JPEG has no holes. */
  g_autoptr (GdkPixbuf) flat = gdk_pixbuf_composite_color_simple (
      square, side, side, GDK_INTERP_NEAREST, 255, 16, 0xffffff, 0xffffff);
  char *bytes = NULL;
  gsize size = 0;

  if (flat == NULL || side < OSC_PHOTO_LEAST || side > OSC_PHOTO_SIDE ||
      !gdk_pixbuf_save_to_buffer (flat, &bytes, &size, "jpeg", NULL, "quality", "85", NULL))
    return NULL;
  return g_bytes_new_take (bytes, size);
}

/* ---- in a thread ---- */

static void
work (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = read_file (file, cancellable, &error);
  const char *kind = bytes != NULL ? kind_of (bytes, &error) : NULL;
  g_autoptr (GdkPixbuf) pixbuf = kind != NULL ? decode (bytes, kind) : NULL;
  GBytes *jpeg = pixbuf != NULL ? encode (pixbuf) : NULL;

  if (jpeg == NULL && error == NULL)
    refuse (&error, _ ("That picture is damaged and can't be shown"));
  if (jpeg != NULL)
    g_task_return_pointer (task, jpeg, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
osc_photo_make_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (G_IS_FILE (file));
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, cb, data);

  g_task_set_source_tag (task, osc_photo_make_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, work);
}

GBytes *
osc_photo_make_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
