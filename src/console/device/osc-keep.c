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
};

G_DEFINE_FINAL_TYPE (OscKeep, osc_keep, G_TYPE_OBJECT)

static void
on_token (OscKeep *self)
{
  const char *token = osy_client_refresh_token (self->client);
  g_autofree char *dir = g_path_get_dirname (self->path);
  g_autoptr (GError) error = NULL;

  if (token == NULL) {
    g_unlink (self->path);
    return;
  }
  /* Losing it only means to sign in once more. */
  if (g_mkdir_with_parents (dir, 0700) != 0 ||
      !g_file_set_contents_full (self->path, token, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    g_info ("The sign-in could not be kept: %s", error != NULL ? error->message : "no directory");
}

static void
osc_keep_finalize (GObject *object)
{
  OscKeep *self = OSC_KEEP (object);

  g_clear_object (&self->client);
  g_free (self->path);
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
  g_autofree char *name = g_strdup_printf ("session-%.16s", server);

  self->client = g_object_ref (client);
  self->path = dir != NULL ? g_build_filename (dir, name, NULL)
                           : g_build_filename (g_get_user_state_dir (), "ordersync", name, NULL);
  g_signal_connect_object (client, "notify::refresh-token", G_CALLBACK (on_token), self,
                           G_CONNECT_SWAPPED);
  return self;
}

char *
osc_keep_read (OscKeep *self)
{
  g_autofree char *token = NULL;
  GStatBuf about;

  g_return_val_if_fail (OSC_IS_KEEP (self), NULL);

  if (g_stat (self->path, &about) != 0 || (about.st_mode & 077) != 0 ||
      !g_file_get_contents (self->path, &token, NULL, NULL))
    return NULL;
  g_strstrip (token);
  return token[0] != '\0' ? g_steal_pointer (&token) : NULL;
}
