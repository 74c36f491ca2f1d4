/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The carts on disk. A disk may take long over one write, so a thread does it; what changes
 * meanwhile is written once, after it. */

#include "osc-cart-file.h"

#include <glib/gstdio.h>

struct _OscCartFile {
  GObject parent;
  char *path;
  GMutex disk;        /* held while writing */
  GMutex slot;        /* held while looking at pending */
  char *pending;      /* (nullable): newest text, not yet being written */
  gboolean writing;   /* main thread */
  GPtrArray *waiting; /* of GTask, main thread */
};

G_DEFINE_FINAL_TYPE (OscCartFile, osc_cart_file, G_TYPE_OBJECT)

static char *
take_pending (OscCartFile *self)
{
  g_mutex_lock (&self->slot);
  char *text = g_steal_pointer (&self->pending);
  g_mutex_unlock (&self->slot);
  return text;
}

static gboolean
write_text (OscCartFile *self, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", folder);
    return FALSE;
  }
  return g_file_set_contents_full (self->path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/* Any thread. */
static gboolean
write_pending (OscCartFile *self, GError **error)
{
  gboolean ok = TRUE;

  g_mutex_lock (&self->disk);
  g_autofree char *text = take_pending (self);
  if (text != NULL)
    ok = write_text (self, text, error);
  g_mutex_unlock (&self->disk);
  return ok;
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_pending (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start (OscCartFile *self);

static void
finish_waiting (OscCartFile *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = g_ptr_array_index (waiting, i);

    if (error == NULL)
      g_task_return_boolean (task, TRUE);
    else
      g_task_return_error (task, g_error_copy (error));
  }
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OscCartFile *self = OSC_CART_FILE (source);
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("The open sales could not be kept: %s", error->message);
  g_mutex_lock (&self->slot);
  gboolean more = self->pending != NULL;
  g_mutex_unlock (&self->slot);
  if (more)
    start (self);
  else
    finish_waiting (self, error);
}

static void
start (OscCartFile *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  self->writing = TRUE;
  g_task_run_in_thread (task, write_thread);
}

static void
osc_cart_file_finalize (GObject *object)
{
  OscCartFile *self = OSC_CART_FILE (object);

  g_ptr_array_unref (self->waiting);
  g_free (self->pending);
  g_free (self->path);
  g_mutex_clear (&self->disk);
  g_mutex_clear (&self->slot);
  G_OBJECT_CLASS (osc_cart_file_parent_class)->finalize (object);
}

static void
osc_cart_file_class_init (OscCartFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_cart_file_finalize;
}

static void
osc_cart_file_init (OscCartFile *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->disk);
  g_mutex_init (&self->slot);
}

OscCartFile *
osc_cart_file_new (const char *path)
{
  OscCartFile *self = g_object_new (OSC_TYPE_CART_FILE, NULL);

  self->path = g_strdup (path);
  return self;
}

char *
osc_cart_file_read (OscCartFile *self)
{
  g_return_val_if_fail (OSC_IS_CART_FILE (self), NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (self->path, &text, NULL, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("The open sales could not be read: %s", error->message);
  return text;
}

void
osc_cart_file_put_aside (OscCartFile *self)
{
  g_return_if_fail (OSC_IS_CART_FILE (self));
  g_autofree char *aside =
      g_strdup_printf ("%s.broken-%" G_GINT64_FORMAT, self->path, g_get_real_time ());

  if (g_rename (self->path, aside) != 0)
    g_warning ("A broken file of open sales could not be put aside");
}

void
osc_cart_file_write (OscCartFile *self, char *text)
{
  g_return_if_fail (OSC_IS_CART_FILE (self));

  g_mutex_lock (&self->slot);
  g_free (self->pending);
  self->pending = text;
  g_mutex_unlock (&self->slot);
  if (!self->writing)
    start (self);
}

void
osc_cart_file_flush_async (OscCartFile *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (OSC_IS_CART_FILE (self));
  GTask *task = g_task_new (self, NULL, cb, data);

  g_ptr_array_add (self->waiting, task);
  if (!self->writing)
    start (self);
}

gboolean
osc_cart_file_flush_finish (OscCartFile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
osc_cart_file_flush (OscCartFile *self)
{
  g_return_if_fail (OSC_IS_CART_FILE (self));
  g_autoptr (GError) error = NULL;

  if (!write_pending (self, &error))
    g_warning ("The open sales could not be kept: %s", error->message);
}
