/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Settings by flag, variable, key file and default, in that order. */

#include "osy-config.h"

#include <string.h>
#include <unistd.h>

#define GROUP "ordersync"

struct _OsyConfig {
  GHashTable *values; /* name → text */
};

void
osy_config_free (OsyConfig *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

static const OsyConfigKey *
find_key (const OsyConfigKey *keys, const char *name, gsize len)
{
  for (const OsyConfigKey *key = keys; key->name != NULL; key++)
    if (strlen (key->name) == len && strncmp (key->name, name, len) == 0)
      return key;
  return NULL;
}

/* Takes one flag at @argv[@i]; returns how many words it used, 0 when it is not ours, -1 on error.
 */
static int
take_flag (OsyConfig *self, const OsyConfigKey *keys, char **argv, int i, GError **error)
{
  const char *word = argv[i];
  const char *equals = strchr (word, '=');

  if (!g_str_has_prefix (word, "--"))
    return 0;
  const OsyConfigKey *key =
      find_key (keys, word + 2, equals ? (gsize)(equals - word - 2) : strlen (word + 2));
  if (key == NULL)
    return 0;
  if (equals == NULL && argv[i + 1] == NULL) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "--%s needs a value.", key->name);
    return -1;
  }
  g_hash_table_insert (self->values, g_strdup (key->name),
                       g_strdup (equals ? equals + 1 : argv[i + 1]));
  return equals ? 1 : 2;
}

static gboolean
take_flags (OsyConfig *self, const OsyConfigKey *keys, int *argc, char **argv, GError **error)
{
  int kept = 1;

  for (int i = 1; i < *argc;) {
    int used = take_flag (self, keys, argv, i, error);
    if (used < 0)
      return FALSE;
    if (used == 0)
      argv[kept++] = argv[i++];
    i += used;
  }
  *argc = kept;
  argv[kept] = NULL;
  return TRUE;
}

static char *
variable_name (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_strdelimit (upper, "-", '_');
  return g_strconcat ("ORDERSYNC_", upper, NULL);
}

static void
fill (OsyConfig *self, const char *name, const char *value)
{
  if (value != NULL && !g_hash_table_contains (self->values, name))
    g_hash_table_insert (self->values, g_strdup (name), g_strdup (value));
}

static void
take_variables (OsyConfig *self, const OsyConfigKey *keys)
{
  for (const OsyConfigKey *key = keys; key->name != NULL; key++) {
    g_autofree char *variable = variable_name (key->name);
    const char *value = g_getenv (variable);
    /* An empty variable is how a service file takes a setting back. */
    if (value != NULL && *value != '\0')
      fill (self, key->name, value);
  }
}

static gboolean
take_file (OsyConfig *self, const OsyConfigKey *keys, GError **error)
{
  const char *path = osy_config_get (self, "config");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &cause)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "Cannot read the configuration %s: %s", path, cause->message);
    return FALSE;
  }
  g_auto (GStrv) names = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autofree char *value = g_key_file_get_string (file, GROUP, names[i], NULL);
    if (find_key (keys, names[i], strlen (names[i])) == NULL) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: %s is not a setting.", path,
                   names[i]);
      return FALSE;
    }
    fill (self, names[i], value);
  }
  return TRUE;
}

OsyConfig *
osy_config_load (const OsyConfigKey *keys, int *argc, char ***argv, GError **error)
{
  g_autoptr (OsyConfig) self = g_new0 (OsyConfig, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!take_flags (self, keys, argc, *argv, error))
    return NULL;
  take_variables (self, keys);
  if (!take_file (self, keys, error))
    return NULL;
  for (const OsyConfigKey *key = keys; key->name != NULL; key++)
    fill (self, key->name, key->fallback);
  return g_steal_pointer (&self);
}

const char *
osy_config_get (OsyConfig *self, const char *name)
{
  return g_hash_table_lookup (self->values, name);
}

char *
osy_config_help (const OsyConfigKey *keys)
{
  GString *text = g_string_new ("Options:\n");

  for (const OsyConfigKey *key = keys; key->name != NULL; key++) {
    g_autofree char *variable = variable_name (key->name);
    g_string_append_printf (text, "  --%-20s %s", key->name, key->help);
    if (key->fallback != NULL)
      g_string_append_printf (text, " [%s]", key->fallback);
    g_string_append_printf (text, " (%s)\n", variable);
  }
  return g_string_free (text, FALSE);
}

char *
osy_config_default_data_dir (void)
{
  if (geteuid () == 0)
    return g_strdup ("/var/lib/ordersync");
  return g_build_filename (g_get_user_data_dir (), "ordersync", NULL);
}
