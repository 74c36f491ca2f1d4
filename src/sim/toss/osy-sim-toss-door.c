/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The door of the simulated API: authentication before everything, then the table of calls. What a
 * correct client never sends is noted as a violation, also where Toss would let it pass. */

#include <string.h>

#include "osy-id.h"
#include "osy-json.h"
#include "osy-sim-toss-error.h"
#include "osy-sim-toss-exchange.h"

static const struct Route {
  const char *method;
  const char *path; /* "*": whatever it names */
  const char *op;
  OsySimTossOp run;
  const char *members; /* of the body, or of the query of a GET */
} routes[] = {
    {"POST", "/v1/payments/confirm", "confirm", osy_sim_toss_op_confirm,
     "paymentKey orderId amount"},
    {"GET", "/v1/payments/orders/*", "order", osy_sim_toss_op_order, ""},
    {"GET", "/v1/payments/*", "payment", osy_sim_toss_op_payment, ""},
    {"POST", "/v1/payments/*/cancel", "cancel", osy_sim_toss_op_cancel,
     "cancelReason cancelAmount taxFreeAmount currency refundableAmount refundReceiveAccount"},
    {"POST", "/v1/virtual-accounts", "account", osy_sim_toss_op_account,
     "amount orderId orderName customerName bank validHours customerMobilePhone cashReceipt"},
    {"GET", "/v1/transactions", "transactions", osy_sim_toss_op_transactions,
     "startDate endDate startingAfter limit"},
    {"GET", "/v1/settlements", "settlements", osy_sim_toss_op_settlements,
     "startDate endDate dateType page size"},
    {"POST", "/v1/cash-receipts", "issue", osy_sim_toss_op_issue,
     "amount orderId orderName customerIdentityNumber type taxFreeAmount"},
    {"GET", "/v1/cash-receipts", "receipts", osy_sim_toss_op_receipts, "requestDate cursor limit"},
    {"POST", "/v1/cash-receipts/*/cancel", "revoke", osy_sim_toss_op_revoke, "amount"},
};

/* ---- coming in ---- */

/* NULL, or the error of who may not. */
static const char *
authenticate (OsySimTossExchange *x)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (x->message), "Authorization");
  gsize length = 0;

  if (header == NULL)
    return "UNAUTHORIZED_KEY";
  if (!g_str_has_prefix (header, "Basic "))
    return "INCORRECT_BASIC_AUTH_FORMAT";
  g_autofree char *plain = (char *)g_base64_decode (header + 6, &length);
  char *key = g_strndup (plain, length);
  char *colon = strchr (key, ':');
  x->api_key = key;
  x->call.api_key = key;
  if (colon == NULL || colon[1] != '\0')
    return "INCORRECT_BASIC_AUTH_FORMAT";
  *colon = '\0';
  if (!g_regex_match_simple ("\\A(test|live)_g?sk_[A-Za-z0-9_]+\\z", key, 0, 0))
    return "UNAUTHORIZED_KEY";
  if (x->sim->keys != NULL && !g_strv_contains ((const char *const *)x->sim->keys, key))
    return "UNAUTHORIZED_KEY";
  return NULL;
}

static gboolean
path_matches (const char *pattern, const char *path, char **id)
{
  g_auto (GStrv) want = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) have = g_strsplit (path, "/", -1);

  if (g_strv_length (want) != g_strv_length (have))
    return FALSE;
  for (gsize i = 0; want[i] != NULL; i++)
    if (!g_str_equal (want[i], have[i]) && (!g_str_equal (want[i], "*") || *have[i] == '\0'))
      return FALSE;
  for (gsize i = 0; want[i] != NULL; i++)
    if (g_str_equal (want[i], "*"))
      *id = g_strdup (have[i]);
  return TRUE;
}

static const struct Route *
find_route (OsySimTossExchange *x, const char *path)
{
  const char *method = soup_server_message_get_method (x->message);

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, method) && path_matches (routes[i].path, path, &x->id))
      return &routes[i];
  return NULL;
}

static void
judge_names (OsySimTossExchange *x, const struct Route *route, GList *names)
{
  g_auto (GStrv) known = g_strsplit (route->members, " ", -1);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains ((const char *const *)known, l->data))
      osy_sim_toss_bank_violate (x->sim->bank, "%s has no member %s", route->op,
                                 (const char *)l->data);
  g_list_free (names);
}

static gboolean
read_body (OsySimTossExchange *x, const struct Route *route)
{
  SoupMessageBody *body = soup_server_message_get_request_body (x->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (x->message), NULL);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = osy_json_parse (text != NULL ? text : "", length, NULL);

  if (g_strcmp0 (type, "application/json") != 0 || node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    osy_sim_toss_bank_violate (x->sim->bank, "%s: the body is no JSON object", route->op);
    return FALSE;
  }
  x->call.body = json_node_dup_object (node);
  judge_names (x, route, json_object_get_members (x->call.body));
  return TRUE;
}

/* NULL, or the error of what cannot be read. */
static const char *
read_call (OsySimTossExchange *x, const struct Route *route, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (x->message);

  x->call.id = x->id;
  if (g_str_equal (route->method, "GET")) {
    x->call.body = json_object_new ();
    judge_names (x, route, g_hash_table_get_keys (x->call.query));
    return NULL;
  }
  x->call.idem_key = soup_message_headers_get_one (headers, "Idempotency-Key");
  if (x->call.idem_key == NULL)
    osy_sim_toss_bank_violate (x->sim->bank, "%s without an idempotency key", route->op);
  else if (strlen (x->call.idem_key) > 300)
    return "INVALID_IDEMPOTENCY_KEY";
  else
    x->scope = g_strjoin (" ", x->call.idem_key, x->api_key, path, route->method, NULL);
  return read_body (x, route) ? NULL : "INVALID_REQUEST";
}

/* A test key may ask for an error. */
static const char *
asked_error (OsySimTossExchange *x)
{
  const char *code = soup_message_headers_get_one (
      soup_server_message_get_request_headers (x->message), "TossPayments-Test-Code");

  if (code == NULL || !g_str_has_prefix (x->api_key, "test_"))
    return NULL;
  const OsySimTossError *error = osy_sim_toss_error_find (code);
  return error != NULL ? error->code : "INVALID_REQUEST";
}

static void
count (OsySimTossBank *bank, const char *op)
{
  gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (bank->requests, op)) + 1;

  g_hash_table_insert (bank->requests, g_strdup (op), GSIZE_TO_POINTER (n));
}

/* The error that ends it at the door, or NULL. */
static const char *
come_in (OsySimTossExchange *x, const char *path)
{
  const char *code = authenticate (x);

  if (code != NULL)
    return code;
  const struct Route *route = find_route (x, path);
  if (route == NULL)
    return "NOT_FOUND";
  x->op = route->op;
  x->run = route->run;
  count (x->sim->bank, route->op);
  code = read_call (x, route, path);
  return code != NULL ? code : asked_error (x);
}

void
osy_sim_toss_door_cb (SoupServer *server,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query,
                      gpointer user_data)
{
  OsySimTossExchange *x = osy_sim_toss_exchange_new (user_data, message, query);
  g_autofree char *trace = osy_random_token (12);
  const char *language = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Accept-Language");

  x->english = language != NULL && g_str_has_prefix (language, "en");
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "x-tosspayments-trace-id", trace);
  const char *code = come_in (x, path);
  if (code != NULL)
    osy_sim_toss_exchange_refuse (x, code);
  else
    osy_sim_toss_exchange_work (x);
}
