/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen has to do, asked for anew whenever that may have changed. */

#include "osc-load-store.h"

#define PATH "/api/v1/restaurants/me/kitchen/load"
#define REST_MS 500 /* between an answer and the next question */
#define AGAIN_SECONDS 30

struct _OscLoadStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  OsyKitchenOutlook *outlook; /* nullable */
  gboolean asking;
  gboolean wanted; /* something changed after the question */
  guint rest_source;
  guint again_source;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscLoadStore, osc_load_store, G_TYPE_OBJECT)

void
osc_load_store_take (OscLoadStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_LOAD_STORE (self));
  g_autoptr (GError) error = NULL;
  OsyKitchenOutlook *outlook = osy_kitchen_outlook_from_json (answer, &error);

  if (outlook == NULL) {
    g_message ("The kitchen's load is passed over: %s", error->message);
    return;
  }
  g_clear_pointer (&self->outlook, osy_kitchen_outlook_free);
  self->outlook = outlook;
  g_signal_emit (self, signals[CHANGED], 0);
}

const OsyKitchenOutlook *
osc_load_store_get (OscLoadStore *self)
{
  g_return_val_if_fail (OSC_IS_LOAD_STORE (self), NULL);
  return self->outlook;
}

/* ---- asking ---- */

static void ask (OscLoadStore *self);

static gboolean
rested_cb (gpointer user_data)
{
  OscLoadStore *self = user_data;

  self->rest_source = 0;
  if (self->wanted)
    ask (self);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscLoadStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->rest_source = g_timeout_add (REST_MS, rested_cb, self);
  if (answer != NULL)
    osc_load_store_take (self, answer);
  else
    g_debug ("The kitchen's load was not read: %s", error->message);
}

static void
ask (OscLoadStore *self)
{
  self->wanted = self->asking || self->rest_source != 0;
  if (self->wanted || self->client == NULL)
    return;
  self->asking = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                         self->cancellable, loaded_cb, g_object_ref (self));
}

static gboolean
again_cb (gpointer user_data)
{
  ask (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_notice (OscLoadStore *self, const char *type)
{
  if (g_str_has_prefix (type, "kitchen.") || g_str_equal (type, "shop.updated") ||
      g_str_equal (type, "menu.changed"))
    ask (self);
}

void
osc_load_store_attach (OscLoadStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_LOAD_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "event", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::ticket", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  if (self->again_source == 0)
    self->again_source = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
}

/* ---- life ---- */

static void
osc_load_store_dispose (GObject *object)
{
  OscLoadStore *self = OSC_LOAD_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->again_source, g_source_remove);
  G_OBJECT_CLASS (osc_load_store_parent_class)->dispose (object);
}

static void
osc_load_store_finalize (GObject *object)
{
  OscLoadStore *self = OSC_LOAD_STORE (object);

  g_clear_pointer (&self->outlook, osy_kitchen_outlook_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_load_store_parent_class)->finalize (object);
}

static void
osc_load_store_class_init (OscLoadStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_load_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_load_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_LOAD_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
osc_load_store_init (OscLoadStore *self)
{
  self->cancellable = g_cancellable_new ();
}

OscLoadStore *
osc_load_store_new (OsyClient *client)
{
  OscLoadStore *self = g_object_new (OSC_TYPE_LOAD_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
