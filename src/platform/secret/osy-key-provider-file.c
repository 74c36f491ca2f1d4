/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The key in a file that only its owner may read: 64 hexadecimal digits and a line end, so that
 * it can be printed and kept in a safe. */

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "osy-id.h"
#include "osy-key-provider-private.h"

#define DIGITS (2 * OSY_KEY_SIZE)

#define OSY_TYPE_KEY_PROVIDER_FILE (osy_key_provider_file_get_type ())
G_DECLARE_FINAL_TYPE (OsyKeyProviderFile, osy_key_provider_file, OSY, KEY_PROVIDER_FILE, GObject)

struct _OsyKeyProviderFile {
  GObject parent_instance;
  char *path;
  char *next; /* beside it, while the key is being changed */
};

static void osy_key_provider_file_iface_init (OsyKeyProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OsyKeyProviderFile,
                               osy_key_provider_file,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OSY_TYPE_KEY_PROVIDER,
                                                      osy_key_provider_file_iface_init))

static const char *
get_name (OsyKeyProvider *provider)
{
  return "file";
}

static GBytes *
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE, "The encryption key file %s %s.", path,
               why);
  return NULL;
}

/* Looks at the file that was opened, not at the name, which may point elsewhere by then. */
static const char *
fault_of (int fd)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return "is no regular file: put it back from your backup";
  if ((info.st_mode & 077) != 0)
    return "may be read by others: run chmod 600 on it";
  if (info.st_uid != geteuid () && geteuid () != 0)
    return "belongs to another user: run OrderSync as its owner";
  return NULL;
}

static GBytes *
read_key (int fd)
{
  char text[DIGITS + 3] = "";
  gsize len = 0;

  while (len < sizeof text - 1) {
    gssize got = read (fd, text + len, sizeof text - 1 - len);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    len += (gsize)got;
  }
  gboolean whole = len == DIGITS || (len == DIGITS + 1 && text[DIGITS] == '\n');
  text[DIGITS] = '\0';
  GBytes *key = whole ? osy_key_from_text (text) : NULL;
  osy_wipe (text, sizeof text);
  return key;
}

static GBytes *
load_path (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0 && errno == ENOENT)
    return refuse (path, "is missing: put it back from your backup", error);
  if (fd < 0)
    return refuse (path, "cannot be opened: check who owns it", error);
  const char *fault = fault_of (fd);
  g_autoptr (GBytes) key = fault == NULL ? read_key (fd) : NULL;
  close (fd);
  if (key == NULL)
    return refuse (path, fault ? fault : "is damaged: put it back from your backup", error);
  return g_steal_pointer (&key);
}

static GBytes *
create_path (const char *path, GError **error)
{
  guint8 key[OSY_KEY_SIZE];

  osy_random_bytes (key, sizeof key);
  char *digits = osy_key_to_text (key);
  char *line = g_strconcat (digits, "\n", NULL);
  gboolean made = osy_private_file_create (path, line, error);
  GBytes *bytes = made ? osy_secret_bytes_new (key, sizeof key) : NULL;
  osy_wipe (key, sizeof key);
  osy_wipe (digits, DIGITS);
  osy_wipe (line, DIGITS);
  g_free (digits);
  g_free (line);
  return bytes;
}

static GBytes *
load (OsyKeyProvider *provider, GError **error)
{
  return load_path (OSY_KEY_PROVIDER_FILE (provider)->path, error);
}

static GBytes *
create (OsyKeyProvider *provider, GError **error)
{
  return create_path (OSY_KEY_PROVIDER_FILE (provider)->path, error);
}

static gboolean
is_there (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

static GBytes *
load_next (OsyKeyProvider *provider, GError **error)
{
  const char *next = OSY_KEY_PROVIDER_FILE (provider)->next;

  return is_there (next) ? load_path (next, error) : NULL;
}

static GBytes *
add_next (OsyKeyProvider *provider, GError **error)
{
  const char *next = OSY_KEY_PROVIDER_FILE (provider)->next;

  return is_there (next) ? load_path (next, error) : create_path (next, error);
}

static gboolean
promote (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderFile *self = OSY_KEY_PROVIDER_FILE (provider);

  return !is_there (self->next) || osy_private_file_rename (self->next, self->path, error);
}

static gboolean
remove_keys (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderFile *self = OSY_KEY_PROVIDER_FILE (provider);

  return osy_private_file_remove (self->next, error) && osy_private_file_remove (self->path, error);
}

static void
osy_key_provider_file_finalize (GObject *object)
{
  OsyKeyProviderFile *self = OSY_KEY_PROVIDER_FILE (object);

  g_free (self->path);
  g_free (self->next);
  G_OBJECT_CLASS (osy_key_provider_file_parent_class)->finalize (object);
}

static void
osy_key_provider_file_class_init (OsyKeyProviderFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_key_provider_file_finalize;
}

static void
osy_key_provider_file_iface_init (OsyKeyProviderInterface *iface)
{
  iface->get_name = get_name;
  iface->load = load;
  iface->create = create;
  iface->load_next = load_next;
  iface->add_next = add_next;
  iface->promote = promote;
  iface->remove = remove_keys;
}

static void
osy_key_provider_file_init (OsyKeyProviderFile *self)
{
}

OsyKeyProvider *
osy_key_provider_file (const char *path)
{
  OsyKeyProviderFile *self = g_object_new (OSY_TYPE_KEY_PROVIDER_FILE, NULL);

  self->path = g_strdup (path);
  self->next = g_strconcat (path, ".next", NULL);
  return OSY_KEY_PROVIDER (self);
}
