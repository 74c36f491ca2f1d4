/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Deliveries as the feed keeps them, and what is done with them. */

#include "osc-delivery-store.h"

#include "osy-json.h"

#define ME "/api/v1/restaurants/me/"

struct _OscDeliveryStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  GHashTable *by_order; /* order id → OsyDelivery */
};

enum { CHANGED, REFUSED, LINKED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscDeliveryStore, osc_delivery_store, G_TYPE_OBJECT)

/* ---- taking ---- */

/* A later journey of the same order, or a later version of this one. */
static gboolean
is_newer (const OsyDelivery *one, const OsyDelivery *known)
{
  if (known == NULL)
    return TRUE;
  return g_str_equal (one->id, known->id) ? one->version >= known->version
                                          : one->requested_at >= known->requested_at;
}

/* Returns: (transfer none) (nullable): the order's id; NULL when nothing is new. */
static const char *
keep (OscDeliveryStore *self, JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyDelivery) one = osy_delivery_new ();

  osy_json_reader_ignore_unknown (reader);
  osy_delivery_read (one, reader);
  if (!osy_json_reader_finish (reader, NULL) ||
      !is_newer (one, g_hash_table_lookup (self->by_order, one->order_id)))
    return NULL;
  const char *id = one->order_id;
  g_hash_table_replace (self->by_order, (gpointer)id, g_steal_pointer (&one));
  return id;
}

void
osc_delivery_store_take (OscDeliveryStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self));
  g_return_if_fail (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer));
  JsonNode *list = json_object_get_member (json_node_get_object (answer), "deliveries");
  JsonArray *array =
      list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  if (array == NULL) {
    const char *id = keep (self, answer);
    if (id != NULL)
      g_signal_emit (self, signals[CHANGED], 0, id);
    return;
  }
  for (guint i = 0; i < json_array_get_length (array); i++)
    keep (self, json_array_get_element (array, i));
  g_signal_emit (self, signals[CHANGED], 0, NULL);
}

const OsyDelivery *
osc_delivery_store_find (OscDeliveryStore *self, const char *order_id)
{
  g_return_val_if_fail (OSC_IS_DELIVERY_STORE (self) && order_id != NULL, NULL);
  return g_hash_table_lookup (self->by_order, order_id);
}

/* ---- sending ---- */

typedef struct {
  OscDeliveryStore *self;
  char *order_id; /* nullable */
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->self);
  g_free (asked->order_id);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
send (OscDeliveryStore *self,
      const OsyClientRequest *request,
      const char *order_id,
      GAsyncReadyCallback done)
{
  g_autofree char *body = request->body != NULL ? osy_json_print (request->body) : NULL;
  g_autofree char *what = g_strdup_printf ("%s %s%s%s", request->method, request->path,
                                           body != NULL ? " " : "", body != NULL ? body : "");

  g_signal_emit (self, signals[REQUESTED], 0, what);
  if (self->client == NULL)
    return;
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){g_object_ref (self), g_strdup (order_id)};
  osy_client_send_async (self->client, request, self->cancellable, done, asked);
}

/* Returns: (transfer full) (nullable): NULL: it was refused, which is told. */
static JsonNode *
take_answer (const Asked *asked, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL && asked->order_id != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !osy_error_is (error, OSY_ERROR_CANCELLED))
    g_signal_emit (asked->self, signals[REFUSED], 0, asked->order_id, error->message);
  return answer;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (JsonNode) answer = take_answer (asked, source, result);

  if (answer != NULL)
    osc_delivery_store_take (asked->self, answer);
}

static void
load (OscDeliveryStore *self)
{
  send (self, &(OsyClientRequest){.method = "GET", .path = ME "deliveries"}, NULL, read_cb);
}

/* ---- what people do ---- */

static JsonNode *
body_of (const OscDeliveryWant *want)
{
  JsonObject *object = json_object_new ();

  if (want->carrier != NULL)
    json_object_set_string_member (object, "carrier", want->carrier);
  if (want->rider != NULL && *want->rider != '\0')
    json_object_set_string_member (object, "rider", want->rider);
  if (want->phone != NULL && *want->phone != '\0')
    json_object_set_string_member (object, "rider_phone", want->phone);
  if (want->minutes > 0)
    json_object_set_int_member (object, "eta_minutes", want->minutes);
  return osy_json_take_object (object);
}

void
osc_delivery_store_call (OscDeliveryStore *self, const OscDeliveryWant *want)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self));
  g_autofree char *path = g_strdup_printf (ME "orders/%s/delivery", want->order_id);
  g_autoptr (JsonNode) body = body_of (want);

  send (self, &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
        want->order_id, read_cb);
}

/* What is done with the journey that this screen has seen, and with no other. */
static void
act_on (OscDeliveryStore *self,
        const char *order_id,
        const char *act,
        JsonNode *body,
        GAsyncReadyCallback done)
{
  const OsyDelivery *delivery = osc_delivery_store_find (self, order_id);

  if (delivery == NULL)
    return;
  g_autofree char *path = g_strdup_printf (ME "deliveries/%s/%s", delivery->id, act);
  send (self, &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
        order_id, done);
}

void
osc_delivery_store_assign (OscDeliveryStore *self, const OscDeliveryWant *want)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self));
  OscDeliveryWant same = *want;

  same.carrier = NULL;
  g_autoptr (JsonNode) body = body_of (&same);
  act_on (self, want->order_id, "assign", body, read_cb);
}

void
osc_delivery_store_act (OscDeliveryStore *self,
                        const char *order_id,
                        const char *act,
                        const char *reason)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self));
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  if (reason != NULL)
    json_object_set_string_member (object, "reason", reason);
  act_on (self, order_id, act, body, read_cb);
}

static void
linked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (JsonNode) answer = take_answer (asked, source, result);
  const char *url =
      answer != NULL
          ? json_object_get_string_member_with_default (json_node_get_object (answer), "url", NULL)
          : NULL;

  if (url != NULL)
    g_signal_emit (asked->self, signals[LINKED], 0, asked->order_id, url);
}

void
osc_delivery_store_link (OscDeliveryStore *self, const char *order_id)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self));
  act_on (self, order_id, "link", NULL, linked_cb);
}

void
osc_delivery_store_attach (OscDeliveryStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_DELIVERY_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::delivery", G_CALLBACK (osc_delivery_store_take), self,
                           G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_delivery_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_DELIVERY_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_delivery_store_parent_class)->dispose (object);
}

static void
osc_delivery_store_finalize (GObject *object)
{
  OscDeliveryStore *self = OSC_DELIVERY_STORE (object);

  g_clear_pointer (&self->by_order, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_delivery_store_parent_class)->finalize (object);
}

static void
osc_delivery_store_class_init (OscDeliveryStoreClass *klass)
{
  GType type = OSC_TYPE_DELIVERY_STORE;

  G_OBJECT_CLASS (klass)->dispose = osc_delivery_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_delivery_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LINKED] = g_signal_new ("linked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_delivery_store_init (OscDeliveryStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->by_order =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)osy_delivery_free);
}

OscDeliveryStore *
osc_delivery_store_new (OsyClient *client)
{
  OscDeliveryStore *self = g_object_new (OSC_TYPE_DELIVERY_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
