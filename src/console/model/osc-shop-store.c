/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The shop's settings as the daemon last told them. */

#include "osc-shop-store.h"

#include "osy-clock.h"

#define PATH "/api/v1/restaurants/me"
#define PACE_PATH PATH "/pace"
#define KOREAN_ZONE "Asia/Seoul"
#define DAY_BEGINS_AT (5 * 60) /* minutes after midnight */

struct _OscShopStore {
  GObject parent;
  OsyClient *client; /* nullable */
  OsyShop *shop;     /* nullable */
  GCancellable *cancellable;
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscShopStore, osc_shop_store, G_TYPE_OBJECT)

/* Answers may overtake one another: an older one is passed over. */
void
osc_shop_store_put (OscShopStore *self, OsyShop *shop)
{
  g_return_if_fail (OSC_IS_SHOP_STORE (self) && OSY_IS_SHOP (shop));

  if (self->shop != NULL && osy_shop_data (shop)->version < osy_shop_data (self->shop)->version)
    return;
  g_set_object (&self->shop, shop);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes the settings in an answer. */
static gboolean
take (OscShopStore *self, JsonNode *answer, GError **error)
{
  g_autoptr (OsyShop) shop = osy_shop_from_json (answer, error);

  if (shop == NULL)
    return FALSE;
  osc_shop_store_put (self, shop);
  return TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscShopStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL || !take (self, answer, &error))
    g_info ("The settings could not be read: %s", error->message);
}

static void
load (OscShopStore *self)
{
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscShopStore *self, const char *type)
{
  if (g_str_equal (type, "shop.updated"))
    load (self);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL || !take (g_task_get_source_object (task), answer, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether whoever takes orders may make this change. */
static gboolean
is_pace (OscShopStore *self, JsonObject *patch)
{
  static const char *const members[] = {"open_state", "paused_until", "busy_minutes", "busy_until",
                                        NULL};
  g_autoptr (GList) names = json_object_get_members (patch);

  for (GList *name = names; name != NULL; name = name->next)
    if (!g_strv_contains (members, name->data))
      return FALSE;
  if (names == NULL || !json_object_has_member (patch, "open_state"))
    return names != NULL;
  return !g_str_equal (json_object_get_string_member (patch, "open_state"), OSY_SHOP_CLOSED) &&
         (self->shop == NULL ||
          !g_str_equal (osy_shop_data (self->shop)->open_state, OSY_SHOP_CLOSED));
}

void
osc_shop_store_patch_async (OscShopStore *self,
                            JsonNode *patch,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (OSC_IS_SHOP_STORE (self) && patch != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);

  g_task_set_source_tag (task, osc_shop_store_patch_async);
  g_signal_emit (self, signals[REQUESTED], 0, patch);
  if (self->client == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){.method = "PATCH",
                          .path = is_pace (self, json_node_get_object (patch)) ? PACE_PATH : PATH,
                          .body = patch,
                          .persistent = TRUE},
      self->cancellable, patched_cb, task);
}

gboolean
osc_shop_store_patch_finish (OscShopStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

OsyShop *
osc_shop_store_get (OscShopStore *self)
{
  g_return_val_if_fail (OSC_IS_SHOP_STORE (self), NULL);
  return self->shop;
}

char *
osc_shop_store_business_day (OscShopStore *self, gint64 us)
{
  g_return_val_if_fail (OSC_IS_SHOP_STORE (self), NULL);
  if (self->shop != NULL)
    return osy_shop_business_day (self->shop, us);
  return osy_clock_business_day (us, KOREAN_ZONE, DAY_BEGINS_AT);
}

void
osc_shop_store_attach (OscShopStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_SHOP_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

static void
osc_shop_store_dispose (GObject *object)
{
  OscShopStore *self = OSC_SHOP_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_shop_store_parent_class)->dispose (object);
}

static void
osc_shop_store_finalize (GObject *object)
{
  OscShopStore *self = OSC_SHOP_STORE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_shop_store_parent_class)->finalize (object);
}

static void
osc_shop_store_class_init (OscShopStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_shop_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_shop_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SHOP_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_SHOP_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
osc_shop_store_init (OscShopStore *self)
{
  self->cancellable = g_cancellable_new ();
}

OscShopStore *
osc_shop_store_new (OsyClient *client)
{
  OscShopStore *self = g_object_new (OSC_TYPE_SHOP_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
