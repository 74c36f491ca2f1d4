/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Desktop notifications by libnotify. Its calls wait for the service, so they are made on one
 * thread of their own; what the service says comes back on the main loop. */

#include "osc-notify.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#include "osy-money.h"

struct _OscNotify {
  GObject parent;
  GHashTable *shown; /* order id → NotifyNotification */
  GThreadPool *thread;
};

typedef struct {
  NotifyNotification *notification;
  gboolean close;
} Job;

enum { ACCEPT, OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscNotify, osc_notify, G_TYPE_OBJECT)

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (job->close)
    ok = notify_notification_close (job->notification, &error);
  else
    ok = notify_notification_show (job->notification, &error);
  if (!ok)
    g_info ("The notification service did not answer: %s", error->message);
  g_object_unref (job->notification);
  g_free (job);
}

static void
push_job (OscNotify *self, NotifyNotification *notification, gboolean close)
{
  Job *job = g_new0 (Job, 1);

  job->notification = g_object_ref (notification);
  job->close = close;
  g_thread_pool_push (self->thread, job, NULL);
}

static void
close_shown (OscNotify *self, NotifyNotification *notification)
{
  g_object_set_data (G_OBJECT (notification), "owner", NULL);
  push_job (self, notification, TRUE);
}

static void
action_cb (NotifyNotification *notification, char *action, gpointer user_data)
{
  g_autoptr (OscOrderItem) item = g_object_ref (user_data);
  OscNotify *owner = g_object_get_data (G_OBJECT (notification), "owner");
  gboolean accept = g_str_equal (action, "accept");

  if (owner == NULL)
    return; /* withdrawn meanwhile */
  g_autoptr (OscNotify) self = g_object_ref (owner);
  osc_notify_withdraw (self, osc_order_item_data (item)->id);
  if (accept)
    g_signal_emit (self, signals[ACCEPT], 0, item,
                   GPOINTER_TO_INT (g_object_get_data (G_OBJECT (notification), "minutes")));
  else
    g_signal_emit (self, signals[OPENED], 0, item);
}

static const char *
type_name (const OsyOrderData *order)
{
  if (g_strcmp0 (order->type, "DELIVERY") == 0)
    return _ ("Delivery");
  if (g_strcmp0 (order->type, "TAKEOUT") == 0)
    return _ ("Takeout");
  return _ ("Dine in");
}

static char *
body_text (const OsyOrderData *order)
{
  g_autofree char *amount = osy_money_format (order->total_amount);

  /* Translators: number of the order, its kind ("Delivery"), the amount in won. */
  return g_strdup_printf (_ ("No. %1$d · %2$s · ₩%3$s"), (int)order->number, type_name (order),
                          amount);
}

void
osc_notify_arrived (OscNotify *self, OscOrderItem *item, int minutes)
{
  g_return_if_fail (OSC_IS_NOTIFY (self) && OSC_IS_ORDER_ITEM (item));
  const OsyOrderData *order = osc_order_item_data (item);
  g_autofree char *body = body_text (order);
  g_autofree char *label = g_strdup_printf (_ ("Accept %d min"), minutes);
  NotifyNotification *shown =
      notify_notification_new (_ ("New order"), body, "com.ordersync.Console");

  osc_notify_withdraw (self, order->id);
  notify_notification_set_urgency (shown, NOTIFY_URGENCY_CRITICAL);
  notify_notification_set_timeout (shown, NOTIFY_EXPIRES_NEVER);
  g_object_set_data (G_OBJECT (shown), "owner", self);
  g_object_set_data (G_OBJECT (shown), "minutes", GINT_TO_POINTER (minutes));
  notify_notification_add_action (shown, "default", _ ("Open"), action_cb, g_object_ref (item),
                                  g_object_unref);
  notify_notification_add_action (shown, "accept", label, action_cb, g_object_ref (item),
                                  g_object_unref);
  g_hash_table_insert (self->shown, g_strdup (order->id), shown);
  push_job (self, shown, FALSE);
}

void
osc_notify_warn (OscNotify *self, const char *id, const char *what, const char *advice)
{
  g_return_if_fail (OSC_IS_NOTIFY (self) && id != NULL);
  NotifyNotification *shown = notify_notification_new (what, advice, "com.ordersync.Console");

  osc_notify_withdraw (self, id);
  notify_notification_set_urgency (shown, NOTIFY_URGENCY_CRITICAL);
  notify_notification_set_timeout (shown, NOTIFY_EXPIRES_NEVER);
  g_object_set_data (G_OBJECT (shown), "owner", self);
  g_hash_table_insert (self->shown, g_strdup (id), shown);
  push_job (self, shown, FALSE);
}

void
osc_notify_withdraw (OscNotify *self, const char *order_id)
{
  g_return_if_fail (OSC_IS_NOTIFY (self) && order_id != NULL);
  NotifyNotification *shown = g_hash_table_lookup (self->shown, order_id);

  if (shown == NULL)
    return;
  close_shown (self, shown);
  g_hash_table_remove (self->shown, order_id);
}

static void
osc_notify_finalize (GObject *object)
{
  OscNotify *self = OSC_NOTIFY (object);
  GHashTableIter iter;
  gpointer shown;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &shown))
    close_shown (self, shown);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  /* What is still to be shown or closed is done by the thread; the window need not wait. */
  g_thread_pool_free (self->thread, FALSE, FALSE);
  G_OBJECT_CLASS (osc_notify_parent_class)->finalize (object);
}

static void
osc_notify_class_init (OscNotifyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_notify_finalize;
  signals[ACCEPT] = g_signal_new ("accept", OSC_TYPE_NOTIFY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, OSC_TYPE_ORDER_ITEM, G_TYPE_INT);
  signals[OPENED] = g_signal_new ("opened", OSC_TYPE_NOTIFY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
}

static void
osc_notify_init (OscNotify *self)
{
  if (!notify_is_initted ())
    notify_init ("OrderSync");
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->thread = g_thread_pool_new (run_job, NULL, 1, FALSE, NULL);
}

OscNotify *
osc_notify_new (void)
{
  return g_object_new (OSC_TYPE_NOTIFY, NULL);
}
