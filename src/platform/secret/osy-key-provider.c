/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which provider holds the key of a data directory: chosen once, then written down in
 * keys/provider, because a key made anew elsewhere would not open what is stored. */

#include <string.h>
#include <unistd.h>

#include "osy-id.h"
#include "osy-key-provider-private.h"

#define FILE_PREFIX "file:"
#define SERVICE_PREFIX "secret-service:"

G_DEFINE_INTERFACE (OsyKeyProvider, osy_key_provider, G_TYPE_OBJECT)

static void
osy_key_provider_default_init (OsyKeyProviderInterface *iface)
{
}

const char *
osy_key_provider_get_name (OsyKeyProvider *self)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->get_name (self);
}

GBytes *
osy_key_provider_load (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->load (self, error);
}

GBytes *
osy_key_provider_create (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->create (self, error);
}

GBytes *
osy_key_provider_load_next (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->load_next (self, error);
}

GBytes *
osy_key_provider_add_next (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->add_next (self, error);
}

gboolean
osy_key_provider_promote (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->promote (self, error);
}

gboolean
osy_key_provider_remove (OsyKeyProvider *self, GError **error)
{
  return OSY_KEY_PROVIDER_GET_IFACE (self)->remove (self, error);
}

/* Returns: (transfer full): the provider that @mark names, NULL when it names none. */
static OsyKeyProvider *
from_mark (const char *mark, const char *keys_dir)
{
  if (g_str_equal (mark, "file")) {
    g_autofree char *path = g_build_filename (keys_dir, "data.key", NULL);
    return osy_key_provider_file (path);
  }
  if (g_str_has_prefix (mark, FILE_PREFIX) && g_path_is_absolute (mark + strlen (FILE_PREFIX)))
    return osy_key_provider_file (mark + strlen (FILE_PREFIX));
  if (g_str_has_prefix (mark, SERVICE_PREFIX) && osy_id_is_valid (mark + strlen (SERVICE_PREFIX)))
    return osy_key_provider_secret_service (mark + strlen (SERVICE_PREFIX));
  return NULL;
}

/* Root serves no desktop, and the daemon that drops its rights could not ask root's keyring. */
static gboolean
prefers_service (void)
{
  return geteuid () != 0 && osy_secret_service_answers ();
}

/* Returns: (transfer full) (nullable): what to write down for @choice. */
static char *
mark_for (const char *choice)
{
  if (g_str_equal (choice, "secret-service") ||
      (g_str_equal (choice, "auto") && prefers_service ())) {
    g_autofree char *id = osy_id_new ();
    return g_strconcat (SERVICE_PREFIX, id, NULL);
  }
  if (g_str_equal (choice, "auto"))
    return g_strdup ("file");
  if (g_str_equal (choice, "file") || g_str_has_prefix (choice, FILE_PREFIX))
    return g_strdup (choice);
  return NULL;
}

static gboolean
read_mark (const char *path, char **mark, GError **error)
{
  g_autoptr (GError) local = NULL;

  *mark = NULL;
  if (g_file_get_contents (path, mark, NULL, &local)) {
    g_strchomp (*mark);
    return TRUE;
  }
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
               "The file %s cannot be read: check who owns the data directory.", path);
  return FALSE;
}

static OsyKeyProvider *
refuse_choice (const char *choice, GError **error)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "There is no key provider \"%s\": choose auto, file or secret-service.", choice);
  return NULL;
}

/* Returns: (transfer full): the provider that the mark in the file @path names; NULL with @error
 * when it names none, and without when there is no such file. */
static OsyKeyProvider *
open_marked (const char *keys_dir, const char *path, GError **error)
{
  g_autofree char *mark = NULL;

  if (!read_mark (path, &mark, error) || mark == NULL)
    return NULL;
  OsyKeyProvider *provider = from_mark (mark, keys_dir);
  if (provider == NULL)
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The file %s names no key provider: put it back from your backup.", path);
  return provider;
}

/* Returns: TRUE also when somebody else was faster: then the mark that is there holds. */
static gboolean
write_mark (const char *path, const char *mark, GError **error)
{
  g_autofree char *line = g_strconcat (mark, "\n", NULL);
  g_autoptr (GError) local = NULL;

  if (osy_private_file_create (path, line, &local) || osy_error_is (local, OSY_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

OsyKeyProvider *
osy_key_provider_open (const char *data_dir, const char *choice, GError **error)
{
  g_autofree char *keys_dir = g_build_filename (data_dir, "keys", NULL);
  g_autofree char *path = g_build_filename (keys_dir, "provider", NULL);
  g_autofree char *next_path = g_build_filename (keys_dir, "provider.next", NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyKeyProvider) provider = open_marked (keys_dir, path, &local);

  if (provider == NULL && local == NULL) {
    g_autofree char *mark = mark_for (choice);
    g_autoptr (OsyKeyProvider) chosen = mark ? from_mark (mark, keys_dir) : NULL;
    if (chosen == NULL)
      return refuse_choice (choice, error);
    if (!write_mark (path, mark, error))
      return NULL;
    provider = open_marked (keys_dir, path, &local);
  }
  g_autoptr (OsyKeyProvider) next = local ? NULL : open_marked (keys_dir, next_path, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  return next ? osy_key_provider_moving (provider, next, path, next_path)
              : g_steal_pointer (&provider);
}

char *
osy_key_provider_mark (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "keys", "provider", NULL);
  char *mark = NULL;

  return read_mark (path, &mark, NULL) ? mark : NULL;
}

OsyKeyProvider *
osy_key_provider_from_mark (const char *data_dir, const char *mark)
{
  g_autofree char *keys_dir = g_build_filename (data_dir, "keys", NULL);

  return from_mark (mark, keys_dir);
}

gboolean
osy_key_provider_begin_move (const char *data_dir, const char *choice, GError **error)
{
  g_autofree char *keys_dir = g_build_filename (data_dir, "keys", NULL);
  g_autofree char *path = g_build_filename (keys_dir, "provider.next", NULL);
  g_autofree char *mark = g_str_equal (choice, "auto") ? NULL : mark_for (choice);
  g_autoptr (OsyKeyProvider) target = mark ? from_mark (mark, keys_dir) : NULL;

  if (target == NULL) {
    refuse_choice (choice, error);
    return FALSE;
  }
  return write_mark (path, mark, error);
}
