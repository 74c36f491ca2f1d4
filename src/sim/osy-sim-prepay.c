/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A guest who pays before the food is made. */

#include "osy-sim-prepay.h"

#include "osy-id.h"
#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-choice.h"
#include "osy-sim-window.h"

/* Who closes the window instead. */
#define LEAVES_PERCENT 8

typedef struct {
  OsySimWorld *world;
  OsyOrder *order;
  SoupSession *session;
  gboolean account;
} Prepay;

static void
prepay_free (gpointer data)
{
  Prepay *self = data;

  g_object_unref (self->order);
  g_object_unref (self->session);
  g_free (self);
}

static void
paid (gpointer data)
{
  Prepay *self = data;

  osy_sim_world_count (self->world, self->account ? "deposit" : "prepay");
  osy_sim_journal_acknowledge (self->world->journal, self->order);
  prepay_free (self);
}

static void
go_on (Prepay *self, JsonObject *payment)
{
  if (osy_sim_chance (self->world->rand, LEAVES_PERCENT)) {
    osy_sim_world_count (self->world, "leave-unpaid");
    prepay_free (self);
  } else {
    osy_sim_window_open (self->world, payment, paid, self, prepay_free);
  }
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Prepay *self = user_data;
  OsySimWorld *world = self->world;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (JsonNode) node = size > 0 ? osy_json_parse (text, size, &error) : NULL;
  guint status = soup_message_get_status (message);

  if (error == NULL && (status < 200 || status > 299))
    error = g_error_new (OSY_ERROR, OSY_ERROR_INTERNAL, "%u: %.*s", status, (int)MIN (size, 300),
                         text != NULL ? text : "");
  if (error == NULL) {
    go_on (self, json_node_get_object (node));
  } else {
    osy_sim_world_fault (world, "POST /payments", error);
    prepay_free (self);
  }
  world->under_way--;
}

void
osy_sim_prepay_begin (OsySimWorld *world, OsyOrder *order, const char *token, const char *method)
{
  Prepay *self = g_new0 (Prepay, 1);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autofree char *key = osy_id_new ();
  const OsyRestRequest request = {
      .method = "POST", .path = "/api/v1/payments", .body = body, .key = key};

  *self = (Prepay){.world = world, .order = g_object_ref (order)};
  self->session = osy_rest_session_new ();
  self->account = g_str_equal (method, "VIRTUAL_ACCOUNT");
  json_object_set_string_member (object, "order_id", osy_order_data (order)->id);
  json_object_set_string_member (object, "method", method);
  json_object_set_int_member (object, "amount", osy_order_data (order)->total_amount);
  g_autoptr (SoupMessage) message = osy_rest_message_new (world->server, &request);
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Order-Token", token);
  world->under_way++;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, asked_cb,
                                    self);
}
