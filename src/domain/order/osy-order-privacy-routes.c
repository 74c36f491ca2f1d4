/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Showing name, phone and address of one order to who may, with a reason. */

#include "osy-api.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-privacy.h"
#include "osy-order-room.h"

typedef struct {
  OsyOrderRoom *room;
  char *order_id;
  char *reason;
  char *client;
} Unmask;

static void
unmask_free (gpointer data)
{
  Unmask *unmask = data;

  g_free (unmask->order_id);
  g_free (unmask->reason);
  g_free (unmask->client);
  g_free (unmask);
}

static JsonNode *
answer (const OsyOrderData *order)
{
  const struct {
    const char *name;
    const char *text;
  } members[] = {{"name", order->customer_name},
                 {"phone", order->customer_phone},
                 {"address", order->delivery_address},
                 {"guest_id", order->guest_id}};
  JsonObject *body = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].text != NULL)
      json_object_set_string_member (body, members[i].name, members[i].text);
  return osy_json_take_object (body);
}

static gboolean
run_unmask (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Unmask *unmask = data;
  g_autoptr (OsyOrder) order = osy_order_privacy_unmask (tx, unmask->room->ring, call,
                                                         unmask->order_id, unmask->reason, error);

  if (order == NULL)
    return FALSE;
  osy_guest_tell_unmasked (unmask->room->guests, tx, call, unmask->client);
  reply->body = answer (osy_order_data (order));
  return TRUE;
}

static void
handle_unmask (OsyHttpRequest *http, gpointer data)
{
  OsyOrderRoom *room = data;
  const char *id = osy_http_request_param (http, "id");
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = osy_guest_read_reason (http, osy_guest_unmask_reasons (), &error);

  if (error == NULL && !osy_id_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
  if (error != NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  Unmask *unmask = g_new0 (Unmask, 1);
  unmask->room = room;
  unmask->order_id = g_strdup (id);
  unmask->reason = g_steal_pointer (&reason);
  unmask->client = g_strdup (osy_http_request_client (http));
  osy_api_run (http, room->pool, NULL, run_unmask, unmask, unmask_free);
}

const OsyRoute osy_order_privacy_routes[] = {
    {"POST", "/api/v1/restaurants/me/orders/{id}/unmask", "unmaskOrder", OSY_PERM_GUEST_UNMASK, 0,
     handle_unmask},
    {NULL},
};
