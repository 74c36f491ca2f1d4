/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The number is found by the daemon's blind index; the console never keeps a guest. */

#include "osc-caller.h"

#include <string.h>

#include "osc-phone.h"
#include "osy-json.h"

#define WAIT_MS 120 /* after the last digit */
#define ASKED 10    /* some of them may have come to nothing */

struct _OscCaller {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  char *phone;
  OscCallerPhase phase;
  GPtrArray *orders;
  GCancellable *cancellable; /* nullable: of the question that is on its way */
  guint source;
};

enum { CHANGED, ADDRESS, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscCaller, osc_caller, G_TYPE_OBJECT)

OscCallerPhase
osc_caller_phase (OscCaller *self)
{
  g_return_val_if_fail (OSC_IS_CALLER (self), OSC_CALLER_NONE);
  return self->phase;
}

GPtrArray *
osc_caller_orders (OscCaller *self)
{
  g_return_val_if_fail (OSC_IS_CALLER (self), NULL);
  return self->orders;
}

static void
set_phase (OscCaller *self, OscCallerPhase phase)
{
  self->phase = phase;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- orders ---- */

static gboolean
came_to_something (OsyOrder *order)
{
  static const char *const nothing[] = {"CANCELED", "REJECTED", "EXPIRED", NULL};

  return !g_strv_contains (nothing, osy_order_data (order)->status) &&
         !osy_order_data (order)->practice;
}

void
osc_caller_take (OscCaller *self, GPtrArray *orders)
{
  g_return_if_fail (OSC_IS_CALLER (self));

  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->orders, 0);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (self->orders->len < OSC_CALLER_ORDERS && came_to_something (g_ptr_array_index (orders, i)))
      g_ptr_array_add (self->orders, g_object_ref (g_ptr_array_index (orders, i)));
  set_phase (self, orders != NULL ? OSC_CALLER_READY : OSC_CALLER_FAILED);
}

/* (transfer full) (nullable): of OsyOrder. */
static GPtrArray *
read_orders (JsonNode *answer)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = JSON_NODE_HOLDS_OBJECT (answer)
                         ? json_object_get_array_member (json_node_get_object (answer), "orders")
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autoptr (GError) error = NULL;
    OsyOrder *order = osy_order_from_json (json_array_get_element (array, i), &error);

    if (order == NULL)
      return NULL;
    g_ptr_array_add (orders, order);
  }
  return array != NULL ? g_steal_pointer (&orders) : NULL;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscCaller) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) orders = answer != NULL ? read_orders (answer) : NULL;

  /* Another number by now: its answer comes by itself. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      osy_error_is (error, OSY_ERROR_CANCELLED))
    return;
  osc_caller_take (self, orders);
}

static void
stop (OscCaller *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
ask_cb (gpointer user_data)
{
  OscCaller *self = user_data;
  g_autofree char *escaped = g_uri_escape_string (self->phone, NULL, FALSE);
  g_autofree char *path =
      g_strdup_printf ("/api/v1/restaurants/me/orders?phone=%s&limit=%d", escaped, ASKED);

  self->source = 0;
  if (self->client == NULL) {
    g_signal_emit (self, signals[REQUESTED], 0, self->phone);
    return G_SOURCE_REMOVE;
  }
  self->cancellable = g_cancellable_new ();
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                         self->cancellable, found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
osc_caller_look (OscCaller *self, const char *phone)
{
  g_return_if_fail (OSC_IS_CALLER (self) && phone != NULL);
  gboolean whole = osc_phone_is_valid (phone);

  if (strcmp (phone, self->phone) == 0 && self->phase != OSC_CALLER_FAILED)
    return;
  stop (self);
  g_free (self->phone);
  self->phone = g_strdup (phone);
  g_ptr_array_set_size (self->orders, 0);
  if (whole)
    self->source = g_timeout_add (WAIT_MS, ask_cb, self);
  set_phase (self, whole ? OSC_CALLER_LOADING : OSC_CALLER_NONE);
}

void
osc_caller_hurry (OscCaller *self)
{
  g_return_if_fail (OSC_IS_CALLER (self));

  if (self->source == 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  ask_cb (self);
}

/* ---- address ---- */

typedef struct {
  OscCaller *self;
  char *order_id;
} Asked;

static void
address_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, NULL);
  JsonObject *object = answer != NULL ? json_node_get_object (answer) : NULL;

  if (object != NULL && json_object_has_member (object, "address"))
    g_signal_emit (asked->self, signals[ADDRESS], 0, asked->order_id,
                   json_object_get_string_member (object, "address"));
  g_object_unref (asked->self);
  g_free (asked->order_id);
  g_free (asked);
}

void
osc_caller_ask_address (OscCaller *self, const char *order_id)
{
  g_return_if_fail (OSC_IS_CALLER (self) && order_id != NULL);
  g_autofree char *path = g_strconcat ("/api/v1/restaurants/me/orders/", order_id, "/unmask", NULL);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  Asked *asked;

  json_object_set_string_member (object, "reason", "DELIVERY");
  if (self->client == NULL)
    return;
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->order_id = g_strdup (order_id);
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "POST", .path = path, .body = body}, NULL,
                         address_cb, asked);
}

/* ---- life ---- */

static void
osc_caller_dispose (GObject *object)
{
  OscCaller *self = OSC_CALLER (object);

  stop (self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_caller_parent_class)->dispose (object);
}

static void
osc_caller_finalize (GObject *object)
{
  OscCaller *self = OSC_CALLER (object);

  g_free (self->phone);
  g_ptr_array_unref (self->orders);
  G_OBJECT_CLASS (osc_caller_parent_class)->finalize (object);
}

static void
osc_caller_class_init (OscCallerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = osc_caller_dispose;
  object_class->finalize = osc_caller_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_CALLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ADDRESS] = g_signal_new ("address", OSC_TYPE_CALLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_CALLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_caller_init (OscCaller *self)
{
  self->phone = g_strdup ("");
  self->orders = g_ptr_array_new_with_free_func (g_object_unref);
}

OscCaller *
osc_caller_new (OsyClient *client)
{
  OscCaller *self = g_object_new (OSC_TYPE_CALLER, NULL);

  g_set_object (&self->client, client);
  return self;
}
