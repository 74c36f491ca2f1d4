/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a guest does at the payment service: agrees, comes back, and pays in where it is an account.
 */

#include "osy-sim-window.h"

#include "osy-id.h"
#include "osy-json.h"
#include "osy-rest.h"

typedef struct _Window Window;
typedef void (*Then) (Window *self, JsonObject *answer);

struct _Window {
  OsySimWorld *world;
  SoupSession *session;
  char *id;
  char *key; /* nullable: the payment's, there */
  gint64 amount;
  gboolean account;
  const char *what; /* is asked now */
  Then then;
  OsySimPaid paid;
  gpointer data;
  GDestroyNotify destroy; /* NULL once it has come to that */
};

static void
window_free (gpointer data)
{
  Window *self = data;

  self->world->at_window--;
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_object_unref (self->session);
  g_free (self->id);
  g_free (self->key);
  g_free (self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Window *self = user_data;
  OsySimWorld *world = self->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_rest_send_finish (self->session, result, &error);

  if (answer != NULL) {
    self->then (self, json_node_get_object (answer));
  } else {
    osy_sim_world_fault (world, self->what, error);
    window_free (self);
  }
  world->under_way--;
}

/* @body: (transfer full) */
static void
ask (Window *self, const char *base_url, const char *path, JsonObject *body, Then then)
{
  g_autoptr (JsonNode) node = osy_json_take_object (body);
  g_autofree char *key = osy_id_new ();
  const OsyRestRequest request = {.method = "POST", .path = path, .body = node, .key = key};

  self->what = path;
  self->then = then;
  self->world->under_way++;
  osy_rest_send_async (self->session, base_url, &request, NULL, asked_cb, self);
}

static void
wait_and (Window *self, double low, double high, GSourceOnceFunc next)
{
  osy_sim_world_after (self->world, osy_sim_world_between (self->world, low, high), next, self,
                       window_free);
}

static JsonObject *
new_body (const Window *self, const char *order_member)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, order_member, self->id);
  json_object_set_int_member (body, "amount", self->amount);
  return body;
}

static void
over (Window *self, JsonObject *answer)
{
  self->destroy = NULL;
  self->paid (self->data);
  window_free (self);
}

static void
pay_in (gpointer data)
{
  Window *self = data;

  ask (self, self->world->toss, "/sim/deposit", new_body (self, "orderId"), over);
}

static void
confirmed (Window *self, JsonObject *answer)
{
  if (self->account)
    wait_and (self, 0.5, 2, pay_in);
  else
    over (self, answer);
}

static void
come_back (gpointer data)
{
  Window *self = data;
  JsonObject *body = new_body (self, "order_id");

  json_object_set_string_member (body, "payment_key", self->key);
  ask (self, self->world->server, "/api/v1/payments/confirm", body, confirmed);
}

static void
approved (Window *self, JsonObject *answer)
{
  self->key = g_strdup (osy_rest_text (answer, "paymentKey", ""));
  wait_and (self, 0.2, 1, come_back);
}

static void
agree (gpointer data)
{
  Window *self = data;
  JsonObject *body = new_body (self, "orderId");

  json_object_set_string_member (body, "orderName", "주문");
  json_object_set_string_member (body, "method", self->account ? "가상계좌" : "카드");
  ask (self, self->world->toss, "/sim/approve", body, approved);
}

void
osy_sim_window_open (OsySimWorld *world,
                     JsonObject *payment,
                     OsySimPaid paid,
                     gpointer data,
                     GDestroyNotify destroy)
{
  Window *self = g_new0 (Window, 1);

  *self = (Window){.world = world, .paid = paid, .data = data, .destroy = destroy};
  self->session = osy_rest_session_new ();
  self->id = g_strdup (osy_rest_text (payment, "id", ""));
  self->amount = osy_rest_int (payment, "amount", 0);
  self->account = g_str_equal (osy_rest_text (payment, "method", ""), "VIRTUAL_ACCOUNT");
  world->at_window++;
  wait_and (self, 0.3, 1.5, agree);
}
