/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Publish and subscribe inside the process. */

#include "osy-bus.h"

#include "osy-failpoint.h"

typedef struct {
  guint id;
  char *prefix;
  OsyBusFunc func; /* NULL: unsubscribed while a message was being delivered */
  gpointer user_data;
} Subscription;

struct _OsyBus {
  GObject parent_instance;
  GPtrArray *subscriptions; /* of Subscription */
  guint last_id;
  guint publishing; /* depth: a subscriber may publish */
};

G_DEFINE_FINAL_TYPE (OsyBus, osy_bus, G_TYPE_OBJECT)

static void
subscription_free (gpointer data)
{
  Subscription *subscription = data;

  g_free (subscription->prefix);
  g_free (subscription);
}

static void
osy_bus_finalize (GObject *object)
{
  g_ptr_array_unref (OSY_BUS (object)->subscriptions);
  G_OBJECT_CLASS (osy_bus_parent_class)->finalize (object);
}

static void
osy_bus_class_init (OsyBusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_bus_finalize;
}

static void
osy_bus_init (OsyBus *self)
{
  self->subscriptions = g_ptr_array_new_with_free_func (subscription_free);
}

OsyBus *
osy_bus_new (void)
{
  return g_object_new (OSY_TYPE_BUS, NULL);
}

guint
osy_bus_subscribe (OsyBus *self, const char *prefix, OsyBusFunc func, gpointer user_data)
{
  g_return_val_if_fail (OSY_IS_BUS (self) && prefix != NULL && func != NULL, 0);

  Subscription *subscription = g_new0 (Subscription, 1);
  subscription->id = ++self->last_id;
  subscription->prefix = g_strdup (prefix);
  subscription->func = func;
  subscription->user_data = user_data;
  g_ptr_array_add (self->subscriptions, subscription);
  return subscription->id;
}

static void
drop_dead (OsyBus *self)
{
  for (guint i = self->subscriptions->len; i > 0; i--) {
    const Subscription *subscription = g_ptr_array_index (self->subscriptions, i - 1);
    if (subscription->func == NULL)
      g_ptr_array_remove_index (self->subscriptions, i - 1);
  }
}

void
osy_bus_unsubscribe (OsyBus *self, guint id)
{
  g_return_if_fail (OSY_IS_BUS (self));

  for (guint i = 0; i < self->subscriptions->len; i++) {
    Subscription *subscription = g_ptr_array_index (self->subscriptions, i);
    if (subscription->id == id)
      subscription->func = NULL;
  }
  if (self->publishing == 0)
    drop_dead (self);
}

void
osy_bus_publish (OsyBus *self, const char *topic, gpointer message)
{
  g_return_if_fail (OSY_IS_BUS (self) && topic != NULL);
  g_autoptr (OsyBus) keep = g_object_ref (self);
  guint n = self->subscriptions->len; /* who joins meanwhile gets the next message */

  OSY_FAILPOINT ("bus.before-publish");
  self->publishing++;
  for (guint i = 0; i < n; i++) {
    const Subscription *subscription = g_ptr_array_index (self->subscriptions, i);
    if (subscription->func != NULL && g_str_has_prefix (topic, subscription->prefix))
      subscription->func (topic, message, subscription->user_data);
  }
  if (--self->publishing == 0)
    drop_dead (self);
  OSY_FAILPOINT ("bus.after-publish");
}
