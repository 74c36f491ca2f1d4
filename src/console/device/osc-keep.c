/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The signed-in person between two starts. */

#include "osc-keep.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

struct _OscKeep {
  GObject parent_instance;
  OsyClient *client;
  char *path;
  char *device_path;
};

G_DEFINE_FINAL_TYPE (OscKeep, osc_keep, G_TYPE_OBJECT)

static void
keep (const char *path, const char *token)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (token == NULL) {
    g_unlink (path);
    return;
  }
  /* Losing it only means to sign in once more. */
  if (g_mkdir_with_parents (dir, 0700) != 0 ||
      !g_file_set_contents_full (path, token, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("The sign-in could not be kept: %s", error != NULL ? error->message : "no directory");
}

static void
on_token (OscKeep *self)
{
  keep (self->path, osy_client_refresh_token (self->client));
}

static void
on_device_token (OscKeep *self)
{
  keep (self->device_path, osy_client_device_token (self->client));
}

static void
osc_keep_finalize (GObject *object)
{
  OscKeep *self = OSC_KEEP (object);

  g_clear_object (&self->client);
  g_free (self->path);
  g_free (self->device_path);
  G_OBJECT_CLASS (osc_keep_parent_class)->finalize (object);
}

static void
osc_keep_class_init (OscKeepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_keep_finalize;
}

static void
osc_keep_init (OscKeep *self)
{
}

OscKeep *
osc_keep_new (OsyClient *client, const char *dir)
{
  OscKeep *self = g_object_new (OSC_TYPE_KEEP, NULL);
  g_autofree char *server =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, osy_client_base_url (client), -1);
  g_autofree char *base =
      dir != NULL ? g_strdup (dir) : g_build_filename (g_get_user_state_dir (), "ordersync", NULL);

  self->client = g_object_ref (client);
  self->path = g_strdup_printf ("%s/session-%.16s", base, server);
  self->device_path = g_strdup_printf ("%s/screen-%.16s", base, server);
  g_signal_connect_object (client, "notify::device-token", G_CALLBACK (on_device_token), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::refresh-token", G_CALLBACK (on_token), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static char *
read_kept (const char *path)
{
  g_autofree char *token = NULL;
  GStatBuf about;

  if (g_stat (path, &about) != 0 || (about.st_mode & 077) != 0 ||
      !g_file_get_contents (path, &token, NULL, NULL))
    return NULL;
  g_strstrip (token);
  return token[0] != '\0' ? g_steal_pointer (&token) : NULL;
}

char *
osc_keep_read (OscKeep *self)
{
  g_return_val_if_fail (OSC_IS_KEEP (self), NULL);
  return read_kept (self->path);
}

char *
osc_keep_read_device (OscKeep *self)
{
  g_return_val_if_fail (OSC_IS_KEEP (self), NULL);
  return read_kept (self->device_path);
}
