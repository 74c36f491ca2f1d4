/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Routes against a real pool: what is answered, in which transaction, and what is refused before.
 */

#include "osy-api.h"

#include <string.h>

#include "osy-test-http.h"
#include "osy-test-pg.h"
#include "osy-json.h"

#define SHOP "01930000-0000-7000-8000-000000000001"

static OsyHttpServer *server;
static guint n_destroyed;
static guint n_runs;

/* ---- what runs on the pool ---- */

static gboolean
read_scope (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT current_setting('transaction_read_only') AS ro, $1::text AS trace",
                    OSY_PARAMS (OSY_P_TEXT (call->trace_id)), error);
  JsonObject *object;

  if (rows == NULL)
    return FALSE;
  object = json_object_new ();
  json_object_set_string_member (object, "read_only", osy_db_rows_text (rows, 0, "ro"));
  json_object_set_string_member (object, "restaurant",
                                 osy_db_tx_restaurant (tx) ? osy_db_tx_restaurant (tx) : "none");
  json_object_set_string_member (object, "actor", osy_principal_actor (call->principal));
  json_object_set_string_member (object, "trace", osy_db_rows_text (rows, 0, "trace"));
  json_object_set_string_member (object, "data", data ? data : "none");
  reply->body = osy_json_take_object (object);
  reply->status = 201;
  reply->version = 12;
  reply->replayed = TRUE;
  return TRUE;
}

static gboolean
do_nothing (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  return TRUE;
}

static gboolean
refuse (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  /* What a failed run leaves in the reply is not sent. */
  reply->body = json_node_init_string (json_node_alloc (), "leftover");
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_SOLD_OUT, "The soup is gone.");
  return FALSE;
}

static gboolean
collide_once (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  reply->body = json_node_init_int (json_node_alloc (), (gint64)++n_runs);
  if (n_runs > 1)
    return TRUE;
  reply->version = 99;
  return osy_db_exec (tx, "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", OSY_NO_PARAMS, NULL, error);
}

static void
count_destroyed (gpointer data)
{
  n_destroyed++;
  g_free (data);
}

/* ---- routes ---- */

static void
on_scope (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, room, NULL, read_scope, g_strdup ("mine"), count_destroyed);
}

static void
on_named (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, room, SHOP, read_scope, NULL, NULL);
}

static void
on_nothing (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, room, NULL, do_nothing, NULL, NULL);
}

static void
on_refuse (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, room, NULL, refuse, g_strdup ("x"), count_destroyed);
}

static void
on_collide (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, room, NULL, collide_once, NULL, NULL);
}

static void
on_read (OsyHttpRequest *request, gpointer room)
{
  static const char *const allowed[] = {"limit", "cursor", NULL};
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  gint64 version = -1;
  gint64 limit = -1;

  if (!osy_api_only_query (request, allowed, &error) ||
      !osy_api_if_match (request, &version, &error) ||
      !osy_api_limit (request, 100, 50, &limit, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, version, limit);
  body = g_bytes_new (text, strlen (text));
  osy_http_reply_bytes (request, 200, "text/plain", body);
}

static const OsyRoute routes[] = {
    {"GET", "/scope", "a", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_scope},
    {"POST", "/scope", "b", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_scope},
    {"GET", "/named", "c", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_named},
    {"POST", "/nothing", "d", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_nothing},
    {"POST", "/refuse", "e", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_refuse},
    {"POST", "/collide", "f", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_collide},
    {"GET", "/read", "g", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_read},
    {NULL},
};

static OsyPrincipal *
authenticate (OsyHttpRequest *request, gpointer data, GError **error)
{
  if (osy_http_request_header (request, "Authorization") == NULL)
    return osy_principal_new_anonymous ();
  return osy_principal_new_user ("01930000-0000-7000-8000-0000000000aa", SHOP, OSY_ROLE_OWNER, "s");
}

static OsyTestResponse *
ask (const char *method, const char *target, const char *headers)
{
  return osy_test_http_spin (osy_http_server_address (server), method, target, headers, NULL);
}

static void
expect_member (OsyTestResponse *response, const char *name, const char *value)
{
  g_autofree char *text = osy_test_response_text (response);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), name), ==, value);
}

/* ---- tests ---- */

static void
test_reply (void)
{
  guint before = n_destroyed;
  g_autoptr (OsyTestResponse) response =
      ask ("POST", "/scope",
           "Authorization: x\r\n"
           "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");

  g_assert_cmpuint (response->status, ==, 201);
  g_assert_cmpstr (osy_test_response_header (response, "etag"), ==, "\"12\"");
  g_assert_cmpstr (osy_test_response_header (response, "idempotent-replayed"), ==, "true");
  expect_member (response, "restaurant", SHOP);
  expect_member (response, "actor", "user:01930000-0000-7000-8000-0000000000aa");
  expect_member (response, "trace", "0af7651916cd43dd8448eb211c80319c");
  expect_member (response, "data", "mine");
  expect_member (response, "read_only", "off");
  g_assert_cmpuint (n_destroyed, ==, before + 1);
}

static void
test_scope (void)
{
  g_autoptr (OsyTestResponse) anonymous = ask ("GET", "/scope", NULL);
  g_autoptr (OsyTestResponse) named = ask ("GET", "/named", NULL);

  expect_member (anonymous, "restaurant", "none");
  expect_member (anonymous, "read_only", "on");
  expect_member (anonymous, "actor", "guest");
  expect_member (named, "restaurant", SHOP);
}

static void
test_no_body (void)
{
  g_autoptr (OsyTestResponse) response = ask ("POST", "/nothing", NULL);

  g_assert_cmpuint (response->status, ==, 204);
  g_assert_null (osy_test_response_header (response, "etag"));
}

static void
test_error (void)
{
  guint before = n_destroyed;
  g_autoptr (OsyTestResponse) response = ask ("POST", "/refuse", NULL);

  g_assert_cmpuint (response->status, ==, 409);
  expect_member (response, "code", "SOLD_OUT");
  g_assert_cmpuint (n_destroyed, ==, before + 1);
}

static void
test_run_again (void)
{
  g_autoptr (OsyTestResponse) response = NULL;
  g_autofree char *text = NULL;

  n_runs = 0;
  response = ask ("POST", "/collide", NULL);
  text = osy_test_response_text (response);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (text, ==, "2");
  g_assert_null (osy_test_response_header (response, "etag"));
}

static const struct {
  const char *target;
  const char *headers;
  const char *text; /* NULL: 400 */
} reads[] = {
    {"/read", NULL, "0 50"},
    {"/read?limit=1", NULL, "0 1"},
    {"/read?limit=100&cursor=x", NULL, "0 100"},
    {"/read?limit=101", NULL, NULL},
    {"/read?limit=0", NULL, NULL},
    {"/read?limit=-1", NULL, NULL},
    {"/read?limit=", NULL, NULL},
    {"/read?limit=1x", NULL, NULL},
    {"/read?limit=18446744073709551617", NULL, NULL},
    {"/read?page=1", NULL, NULL},
    {"/read", "If-Match: \"3\"\r\n", "3 50"},
    {"/read", "If-Match: *\r\n", "0 50"},
    {"/read", "If-Match: 3\r\n", NULL},
    {"/read", "If-Match: \"0\"\r\n", NULL},
    {"/read", "If-Match: W/\"3\"\r\n", NULL},
    {"/read", "If-Match: \"3\", \"4\"\r\n", NULL},
    {"/read", "If-Match: \"\"\r\n", NULL},
    {"/read", "If-Match: \"\r\n", NULL},
};

static void
test_reads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++) {
    g_autoptr (OsyTestResponse) response = ask ("GET", reads[i].target, reads[i].headers);
    g_autofree char *text = osy_test_response_text (response);
    g_test_message ("%s %s", reads[i].target, reads[i].headers ? reads[i].headers : "");
    g_assert_cmpuint (response->status, ==, reads[i].text ? 200 : 400);
    if (reads[i].text != NULL)
      g_assert_cmpstr (text, ==, reads[i].text);
  }
}

int
main (int argc, char *argv[])
{
  OsyHttpConfig config = {.listen = "127.0.0.1:0"};
  g_autoptr (GError) error = NULL;
  int rc;

  g_test_init (&argc, &argv, NULL);
  server = osy_http_server_new (&config, &error);
  g_assert_no_error (error);
  osy_http_server_add_routes (server, routes, osy_test_pg_pool ());
  osy_http_server_set_authenticate (server, authenticate, NULL);
  osy_http_server_open (server);
  g_test_add_func ("/api/reply", test_reply);
  g_test_add_func ("/api/scope", test_scope);
  g_test_add_func ("/api/no-body", test_no_body);
  g_test_add_func ("/api/error", test_error);
  g_test_add_func ("/api/run-again", test_run_again);
  g_test_add_func ("/api/reads", test_reads);
  rc = g_test_run ();
  osy_http_server_stop (server, 1000);
  g_clear_object (&server);
  return rc;
}
