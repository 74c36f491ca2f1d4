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

OsyKeyProvider *
osy_key_provider_open (const char *data_dir, const char *choice, GError **error)
{
  g_autofree char *keys_dir = g_build_filename (data_dir, "keys", NULL);
  g_autofree char *path = g_build_filename (keys_dir, "provider", NULL);
  g_autofree char *mark = NULL;

  if (!read_mark (path, &mark, error))
    return NULL;
  gboolean is_new = mark == NULL;
  if (is_new)
    mark = mark_for (choice);
  g_autoptr (OsyKeyProvider) provider = mark ? from_mark (mark, keys_dir) : NULL;
  if (provider == NULL) {
    if (is_new)
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "There is no key provider \"%s\": choose auto, file or secret-service.", choice);
    else
      g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                   "The file %s names no key provider: put it back from your backup.", path);
    return NULL;
  }
  g_autofree char *line = g_strconcat (mark, "\n", NULL);
  g_autoptr (GError) local = NULL;
  if (!is_new || osy_private_file_create (path, line, &local))
    return g_steal_pointer (&provider);
  /* Somebody else was faster: the mark is there now and holds. */
  if (osy_error_is (local, OSY_ERROR_CONFLICT))
    return osy_key_provider_open (data_dir, choice, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
