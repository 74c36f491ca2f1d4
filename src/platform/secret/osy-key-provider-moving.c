/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A key on its way from one provider to another: the one it leaves answers for it, the one it goes
 * to holds the key that follows, and the mark that is renamed is the one step between the two. The
 * key left behind is removed by whoever knows that the step was taken. */

#include "osy-key-provider-private.h"

#define OSY_TYPE_KEY_PROVIDER_MOVING (osy_key_provider_moving_get_type ())
G_DECLARE_FINAL_TYPE (OsyKeyProviderMoving,
                      osy_key_provider_moving,
                      OSY,
                      KEY_PROVIDER_MOVING,
                      GObject)

struct _OsyKeyProviderMoving {
  GObject parent_instance;
  OsyKeyProvider *from;
  OsyKeyProvider *to;
  char *mark;
  char *next_mark;
};

static void osy_key_provider_moving_iface_init (OsyKeyProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OsyKeyProviderMoving,
                               osy_key_provider_moving,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OSY_TYPE_KEY_PROVIDER,
                                                      osy_key_provider_moving_iface_init))

static const char *
get_name (OsyKeyProvider *provider)
{
  return osy_key_provider_get_name (OSY_KEY_PROVIDER_MOVING (provider)->from);
}

static GBytes *
load (OsyKeyProvider *provider, GError **error)
{
  return osy_key_provider_load (OSY_KEY_PROVIDER_MOVING (provider)->from, error);
}

static GBytes *
create (OsyKeyProvider *provider, GError **error)
{
  return osy_key_provider_create (OSY_KEY_PROVIDER_MOVING (provider)->from, error);
}

/* Not there yet is an error here, too: who asks knows whether he needs it. */
static GBytes *
load_next (OsyKeyProvider *provider, GError **error)
{
  return osy_key_provider_load (OSY_KEY_PROVIDER_MOVING (provider)->to, error);
}

static GBytes *
add_next (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProvider *to = OSY_KEY_PROVIDER_MOVING (provider)->to;
  g_autoptr (GError) local = NULL;
  GBytes *key = osy_key_provider_create (to, &local);

  if (key != NULL)
    return key;
  if (osy_error_is (local, OSY_ERROR_CONFLICT))
    return osy_key_provider_load (to, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
promote (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderMoving *self = OSY_KEY_PROVIDER_MOVING (provider);

  return osy_private_file_rename (self->next_mark, self->mark, error);
}

static gboolean
remove_keys (OsyKeyProvider *provider, GError **error)
{
  return osy_key_provider_remove (OSY_KEY_PROVIDER_MOVING (provider)->from, error);
}

static void
osy_key_provider_moving_finalize (GObject *object)
{
  OsyKeyProviderMoving *self = OSY_KEY_PROVIDER_MOVING (object);

  g_clear_object (&self->from);
  g_clear_object (&self->to);
  g_free (self->mark);
  g_free (self->next_mark);
  G_OBJECT_CLASS (osy_key_provider_moving_parent_class)->finalize (object);
}

static void
osy_key_provider_moving_class_init (OsyKeyProviderMovingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_key_provider_moving_finalize;
}

static void
osy_key_provider_moving_iface_init (OsyKeyProviderInterface *iface)
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
osy_key_provider_moving_init (OsyKeyProviderMoving *self)
{
}

OsyKeyProvider *
osy_key_provider_moving (OsyKeyProvider *from,
                         OsyKeyProvider *to,
                         const char *mark_path,
                         const char *next_mark_path)
{
  OsyKeyProviderMoving *self = g_object_new (OSY_TYPE_KEY_PROVIDER_MOVING, NULL);

  self->from = g_object_ref (from);
  self->to = g_object_ref (to);
  self->mark = g_strdup (mark_path);
  self->next_mark = g_strdup (next_mark_path);
  return OSY_KEY_PROVIDER (self);
}
