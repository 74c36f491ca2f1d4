/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Stations and routes, as the feed keeps them. */

#include "osc-station-store.h"

#define PATH "/api/v1/restaurants/me/kitchen/setup"

struct _OscStationStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  OsyKitchenSetup *setup; /* nullable */
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStationStore, osc_station_store, G_TYPE_OBJECT)

void
osc_station_store_take (OscStationStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_STATION_STORE (self));
  g_autoptr (GError) error = NULL;
  OsyKitchenSetup *setup = osy_kitchen_setup_from_json (answer, &error);

  if (setup == NULL) {
    g_message ("The kitchen's set-up is passed over: %s", error->message);
    return;
  }
  g_clear_pointer (&self->setup, osy_kitchen_setup_free);
  self->setup = setup;
  g_signal_emit (self, signals[CHANGED], 0);
}

const OsyKitchenSetup *
osc_station_store_get (OscStationStore *self)
{
  g_return_val_if_fail (OSC_IS_STATION_STORE (self), NULL);
  return self->setup;
}

/* ---- reading ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStationStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    osc_station_store_take (self, answer);
  else
    g_debug ("The kitchen's set-up was not read: %s", error->message);
}

static void
load (OscStationStore *self)
{
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscStationStore *self, const char *type)
{
  if (g_str_equal (type, "kitchen.setup"))
    load (self);
}

void
osc_station_store_attach (OscStationStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_STATION_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  osc_station_store_take (g_task_get_source_object (task), answer);
  g_task_return_boolean (task, TRUE);
}

void
osc_station_store_save_async (OscStationStore *self,
                              const OsyKitchenSetup *setup,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (OSC_IS_STATION_STORE (self) && setup != NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, cb, data);
  g_autoptr (JsonNode) body = osy_kitchen_setup_to_json (setup);
  g_autofree char *text = osy_json_print (body);

  g_signal_emit (self, signals[REQUESTED], 0, text);
  if (self->client != NULL)
    osy_client_send_async (self->client,
                           &(OsyClientRequest){.method = "PUT", .path = PATH, .body = body},
                           self->cancellable, saved_cb, g_object_ref (task));
}

gboolean
osc_station_store_save_finish (OscStationStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- life ---- */

static void
osc_station_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_STATION_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_station_store_parent_class)->dispose (object);
}

static void
osc_station_store_finalize (GObject *object)
{
  OscStationStore *self = OSC_STATION_STORE (object);

  g_clear_pointer (&self->setup, osy_kitchen_setup_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_station_store_parent_class)->finalize (object);
}

static void
osc_station_store_class_init (OscStationStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_station_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_station_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_STATION_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_STATION_STORE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_station_store_init (OscStationStore *self)
{
  self->cancellable = g_cancellable_new ();
}

OscStationStore *
osc_station_store_new (OsyClient *client)
{
  OscStationStore *self = g_object_new (OSC_TYPE_STATION_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
