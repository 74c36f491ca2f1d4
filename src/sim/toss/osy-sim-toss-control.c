/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* /sim/…: what tests ask of the simulator and the real service has not: guests without a browser,
 * deposits, time, faults, and what happened. */

#include <string.h>

#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-toss-object.h"
#include "osy-sim-toss.h"

static void
put_text (JsonObject *object, const char *name, const char *text)
{
  json_object_set_string_member (object, name, text);
}

/* ---- guests and banks ---- */

/* (transfer full) (nullable): as the real service tells it: the first eight digits, and three
 * before the last. */
static char *
mask_card (const char *number)
{
  gsize length = strlen (number);

  return length >= 13 ? g_strdup_printf ("%.8s****%.*s*", number, (int)length - 13, number + 12)
                      : NULL;
}

/* A guest opens the window, types the number of a card perhaps, and agrees; with "stop": "READY"
 * only opens it. */
static JsonObject *
approve (OsySimToss *self, JsonObject *wish, const char **why)
{
  g_autofree char *client_key = g_strdup (osy_rest_text (wish, "clientKey", "test_ck_simulated"));
  gboolean stop = g_str_equal (osy_rest_text (wish, "stop", ""), "READY");
  g_autofree char *card = mask_card (osy_rest_text (wish, "cardNumber", ""));

  json_object_remove_member (wish, "cardNumber");
  json_object_remove_member (wish, "clientKey");
  json_object_remove_member (wish, "stop");
  if (!json_object_has_member (wish, "orderName"))
    put_text (wish, "orderName", "주문");
  OsySimTossPayment *payment = osy_sim_toss_bank_open (self->bank, client_key, wish, why);
  if (payment == NULL)
    return NULL;
  payment->card = g_steal_pointer (&card);
  if (!stop)
    osy_sim_toss_bank_authorise (self->bank, payment);
  JsonObject *answer = json_object_new ();
  put_text (answer, "paymentType", "NORMAL");
  put_text (answer, "paymentKey", payment->key);
  put_text (answer, "orderId", payment->order_id);
  json_object_set_int_member (answer, "amount", payment->amount);
  return answer;
}

/* Somebody pays into the virtual account; with "fail" the bank takes it back. */
static JsonObject *
deposit (OsySimToss *self, JsonObject *wish, const char **why)
{
  OsySimTossPayment *payment =
      osy_sim_toss_bank_order (self->bank, osy_rest_text (wish, "orderId", ""));
  gboolean fail = json_object_get_boolean_member_with_default (wish, "fail", FALSE);
  const char *wanted = fail ? "DONE" : "WAITING_FOR_DEPOSIT";

  osy_sim_toss_bank_age (self->bank);
  if (payment == NULL || payment->account == NULL || !g_str_equal (payment->status, wanted)) {
    *why = "no virtual account of that order waits for this";
    return NULL;
  }
  if (!fail && osy_rest_int (wish, "amount", -1) != payment->amount) {
    *why = "the bank takes only the whole amount";
    return NULL;
  }
  if (fail)
    osy_sim_toss_bank_return (self->bank, payment);
  else
    osy_sim_toss_bank_capture (self->bank, payment);
  return json_object_new ();
}

/* ---- switches ---- */

static JsonObject *
faults (OsySimToss *self, JsonObject *wish, const char **why)
{
  *why = osy_sim_toss_faults_set (self->faults, wish);
  return *why == NULL ? json_object_new () : NULL;
}

/* {"advance_s"} lets time pass, {"skew_s"} makes the clock wrong. */
static JsonObject *
set_clock (OsySimToss *self, JsonObject *wish, const char **why)
{
  self->bank->skipped += osy_rest_int (wish, "advance_s", 0) * G_USEC_PER_SEC;
  if (json_object_has_member (wish, "skew_s"))
    self->bank->skew = osy_rest_int (wish, "skew_s", 0) * G_USEC_PER_SEC;
  osy_sim_toss_bank_age (self->bank);
  g_autofree char *now = osy_sim_toss_object_time (osy_sim_toss_bank_now (self->bank));
  JsonObject *answer = json_object_new ();
  put_text (answer, "now", now);
  return answer;
}

static JsonObject *
set_webhooks (OsySimToss *self, JsonObject *wish, const char **why)
{
  const char *url = osy_rest_text (wish, "url", "");
  gint64 speed = osy_rest_int (wish, "speed", 1);

  if (speed < 1 || !(*url == '\0' || g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL))) {
    *why = "url is a URL or empty, speed at least 1";
    return NULL;
  }
  osy_sim_toss_hooks_set (self->hooks, *url != '\0' ? url : NULL, (double)speed);
  return json_object_new ();
}

/* Reads a list of texts, or NULL for none. */
static char **
texts_of (JsonObject *wish, const char *name)
{
  JsonNode *node = json_object_get_member (wish, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  return g_strv_builder_end (builder);
}

/* {"secretKeys": […]}: any other key is refused from now on. */
static JsonObject *
set_keys (OsySimToss *self, JsonObject *wish, const char **why)
{
  g_strfreev (self->keys);
  self->keys = texts_of (wish, "secretKeys");
  return json_object_new ();
}

/* {"transactionKeys": […]}: their money never comes. */
static JsonObject *
unsettle (OsySimToss *self, JsonObject *wish, const char **why)
{
  g_auto (GStrv) keys = texts_of (wish, "transactionKeys");

  g_hash_table_remove_all (self->bank->unsettled);
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    g_hash_table_add (self->bank->unsettled, g_strdup (keys[i]));
  return json_object_new ();
}

/* ---- what happened ---- */

static JsonObject *
move_row (const OsySimTossMove *move)
{
  JsonObject *row = json_object_new ();
  g_autofree char *at = osy_sim_toss_object_time (move->at);

  put_text (row, "paymentKey", move->payment->key);
  put_text (row, "orderId", move->payment->order_id);
  put_text (row, "transactionKey", move->key);
  put_text (row, "method", move->payment->method);
  json_object_set_int_member (row, "amount", ABS (move->amount));
  put_text (row, "at", at);
  if (move->reason != NULL)
    put_text (row, "reason", move->reason);
  return row;
}

static void
put_money (OsySimToss *self, JsonObject *answer)
{
  JsonArray *captures = json_array_new ();
  JsonArray *refunds = json_array_new ();
  gint64 captured = 0;
  gint64 refunded = 0;

  for (guint i = 0; i < self->bank->moves->len; i++) {
    const OsySimTossMove *move = self->bank->moves->pdata[i];
    captured += MAX (move->amount, 0);
    refunded -= MIN (move->amount, 0);
    if (move->amount != 0)
      json_array_add_object_element (move->amount > 0 ? captures : refunds, move_row (move));
  }
  json_object_set_array_member (answer, "captures", captures);
  json_object_set_array_member (answer, "refunds", refunds);
  json_object_set_int_member (answer, "captured", captured);
  json_object_set_int_member (answer, "refunded", refunded);
}

static void
put_orders (OsySimToss *self, JsonObject *answer)
{
  JsonObject *orders = json_object_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->bank->orders);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    const OsySimTossPayment *payment = osy_sim_toss_bank_order (self->bank, id);
    JsonObject *row = json_object_new ();
    put_text (row, "paymentKey", payment->key);
    put_text (row, "status", payment->status);
    json_object_set_int_member (row, "amount", payment->amount);
    json_object_set_int_member (row, "balance", payment->balance);
    json_object_set_object_member (orders, id, row);
  }
  json_object_set_object_member (answer, "orders", orders);
}

static void
put_lists (OsySimToss *self, JsonObject *answer)
{
  JsonArray *violations = json_array_new ();
  JsonArray *receipts = json_array_new ();
  JsonObject *requests = json_object_new ();
  GHashTableIter iter;
  gpointer name, count;

  for (guint i = 0; i < self->bank->violations->len; i++)
    json_array_add_string_element (violations, self->bank->violations->pdata[i]);
  for (guint i = 0; i < self->bank->receipts->len; i++)
    json_array_add_element (
        receipts, osy_sim_toss_object_receipt (self->bank, self->bank->receipts->pdata[i]));
  g_hash_table_iter_init (&iter, self->bank->requests);
  while (g_hash_table_iter_next (&iter, &name, &count))
    json_object_set_int_member (requests, name, (gint64)GPOINTER_TO_SIZE (count));
  json_object_set_array_member (answer, "violations", violations);
  json_object_set_array_member (answer, "receipts", receipts);
  json_object_set_object_member (answer, "requests", requests);
}

static JsonObject *
state (OsySimToss *self, JsonObject *wish, const char **why)
{
  JsonObject *answer = json_object_new ();
  g_autofree char *now = osy_sim_toss_object_time (osy_sim_toss_bank_now (self->bank));

  osy_sim_toss_bank_age (self->bank);
  put_text (answer, "now", now);
  put_money (self, answer);
  put_orders (self, answer);
  put_lists (self, answer);
  json_object_set_member (answer, "webhooks", osy_sim_toss_hooks_state (self->hooks));
  json_object_set_int_member (answer, "faults_left", osy_sim_toss_faults_left (self->faults));
  return answer;
}

/* ---- the door of it ---- */

static const struct {
  const char *path;
  JsonObject *(*run) (OsySimToss *self, JsonObject *wish, const char **why);
  const char *members; /* NULL: those of the window */
} routes[] = {
    {"/sim/approve", approve, NULL},
    {"/sim/deposit", deposit, "orderId amount fail"},
    {"/sim/faults", faults, "rules seed"},
    {"/sim/clock", set_clock, "advance_s skew_s"},
    {"/sim/webhooks", set_webhooks, "url speed"},
    {"/sim/keys", set_keys, "secretKeys"},
    {"/sim/unsettled", unsettle, "transactionKeys"},
    {"/sim/state", state, ""},
};

static gboolean
knows_all (const char *members, JsonObject *wish)
{
  g_auto (GStrv) known = members != NULL ? g_strsplit (members, " ", -1) : NULL;
  g_autoptr (GList) names = json_object_get_members (wish);
  gboolean all = TRUE;

  for (GList *l = names; known != NULL && l != NULL; l = l->next)
    all &= g_strv_contains ((const char *const *)known, l->data);
  return all;
}

static JsonObject *
wish_of (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = length > 0 ? osy_json_parse (text, length, NULL) : NULL;

  if (length == 0)
    return json_object_new ();
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

void
osy_sim_toss_control_cb (SoupServer *server,
                         SoupServerMessage *message,
                         const char *path,
                         GHashTable *query,
                         gpointer user_data)
{
  g_autoptr (JsonObject) wish = wish_of (message);
  const char *why = "there is no such switch";
  JsonObject *answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].path, path)) {
      why = "unknown members, or no JSON object";
      if (wish != NULL && knows_all (routes[i].members, wish))
        answer = routes[i].run (user_data, wish, &why);
    }
  guint status = answer != NULL ? 200 : 400;
  if (answer == NULL) {
    answer = json_object_new ();
    put_text (answer, "error", why);
  }
  g_autoptr (JsonNode) node = osy_json_take_object (answer);
  char *text = osy_json_print (node);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}
