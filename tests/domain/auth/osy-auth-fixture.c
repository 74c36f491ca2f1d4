/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Shops and accounts behind a real server, for the tests of both rooms. */

#include "osy-auth-fixture.h"

#include "osy-auth-service.h"
#include "osy-auth-store.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-ws.h"

static void
close_cb (OsyWs *ws, gpointer user_data)
{
  if (ws != NULL)
    osy_ws_close (ws, 1000, "done");
}

/* A socket that only says that it may be opened. */
static void
handle_socket (OsyHttpRequest *request, gpointer user_data)
{
  g_auto (GStrv) offered = osy_ws_offered_protocols (request);

  osy_ws_accept (request, offered[0], close_cb, NULL, NULL);
}

static const OsyRoute test_routes[] = {
    {"GET", "/ws/test", "openTestSocket", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN | OSY_ROUTE_WEBSOCKET,
     handle_socket},
    {NULL},
};

static void
start_server (OsyAuthFixture *self)
{
  OsyHttpConfig config = {.listen = "127.0.0.1:0"};
  g_autoptr (GError) error = NULL;

  self->server = osy_http_server_new (&config, &error);
  g_assert_no_error (error);
  osy_http_server_add_routes (self->server, osy_auth_routes, self->auth);
  osy_http_server_add_routes (self->server, osy_shop_routes, &self->shop);
  osy_http_server_add_routes (self->server, test_routes, NULL);
  osy_http_server_set_authenticate (self->server, osy_auth_gate_authenticate, self->auth->gate);
  osy_http_server_open (self->server);
}

OsyAuthFixture *
osy_auth_fixture_new (gboolean with_server)
{
  OsyAuthFixture *self = g_new0 (OsyAuthFixture, 1);
  g_autoptr (GError) error = NULL;

  self->pool = osy_test_pg_pool ();
  self->data_dir = osy_test_temp_dir ();
  g_autofree char *key_path = g_build_filename (self->data_dir, "key", NULL);
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_file (key_path);
  self->ring = osy_keyring_new (provider, self->pool, TRUE, &error);
  g_assert_no_error (error);
  self->auth = osy_auth_room_new (self->pool, self->ring, self->data_dir);
  osy_password_hasher_set_cost (self->auth->hasher, 4);
  osy_auth_room_load (self->auth, &error);
  g_assert_no_error (error);
  self->shop = (OsyShopRoom){
      .pool = self->pool, .ring = self->ring, .cache = osy_shop_cache_new (self->pool)};
  if (with_server)
    start_server (self);
  return self;
}

void
osy_auth_fixture_free (OsyAuthFixture *self)
{
  if (self->server != NULL)
    osy_http_server_stop (self->server, 1000);
  g_clear_object (&self->server);
  g_clear_object (&self->shop.cache);
  osy_auth_room_free (self->auth);
  g_object_unref (self->ring);
  /* While OpenSSL still stands: what it keeps for each thread goes with the thread. */
  osy_db_pool_close (self->pool);
  g_free (self->data_dir);
  g_free (self);
}

typedef struct {
  OsyAuthFixture *fixture;
  OsyAuthNewShop *shop;
  const char *email;
  OsyRole role;
  char *owner_id;
} Making;

static gboolean
make_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  Making *making = data;

  return osy_auth_service_create_shop (tx, making->fixture->ring, making->shop, &making->owner_id,
                                       error);
}

char *
osy_auth_fixture_add_shop (OsyAuthFixture *self, const char *name, const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = osy_id_new ();
  g_autoptr (OsyAuthNewShop) shop = osy_auth_new_shop_new ();
  Making making = {.fixture = self, .shop = shop};
  OsyDbScope scope = {.restaurant_id = id};

  shop->name = g_strdup (name);
  shop->owner_email = g_strdup (email);
  shop->password_hash = osy_password_hasher_hash (self->auth->hasher, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  gboolean ok = osy_db_pool_run (self->pool, &scope, make_shop, &making, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_free (making.owner_id);
  return g_steal_pointer (&id);
}

static gboolean
make_member (OsyDbTx *tx, gpointer data, GError **error)
{
  Making *making = data;
  OsyKeyring *ring = making->fixture->ring;
  g_autoptr (OsyAuthUser) user = NULL;

  if (!osy_auth_store_find_user (tx, ring, making->email, &user, error))
    return FALSE;
  if (user == NULL) {
    user = osy_auth_user_new ();
    user->id = osy_id_new ();
    user->email = g_strdup (making->email);
    user->password_hash =
        osy_password_hasher_hash (making->fixture->auth->hasher, FIXTURE_PASSWORD, error);
    if (!osy_auth_store_insert_user (tx, ring, user, osy_clock_now (), error))
      return FALSE;
  }
  return osy_auth_store_insert_membership (tx, user->id, making->role, osy_clock_now (), error);
}

void
osy_auth_fixture_add_member (OsyAuthFixture *self,
                             const char *restaurant_id,
                             const char *email,
                             OsyRole role)
{
  g_autoptr (GError) error = NULL;
  Making making = {.fixture = self, .email = email, .role = role};
  OsyDbScope scope = {.restaurant_id = restaurant_id};

  gboolean ok = osy_db_pool_run (self->pool, &scope, make_member, &making, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}

void
answer_free (Answer *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->etag);
  g_free (self->retry_after);
  g_free (self);
}

Answer *
osy_auth_fixture_call (OsyAuthFixture *self,
                       const char *method,
                       const char *path,
                       const char *token,
                       const char *header,
                       const char *json)
{
  g_autoptr (GString) headers = g_string_new (NULL);
  Answer *answer = g_new0 (Answer, 1);

  if (token != NULL)
    g_string_append_printf (headers, "Authorization: Bearer %s\r\n", token);
  if (header != NULL)
    g_string_append_printf (headers, "%s\r\n", header);
  g_autoptr (OsyTestResponse) response =
      osy_test_http_spin (osy_http_server_address (self->server), method, path, headers->str, json);
  g_autofree char *text = osy_test_response_text (response);
  answer->status = response->status;
  answer->node = *text ? json_from_string (text, NULL) : json_from_string ("{}", NULL);
  g_assert_nonnull (answer->node);
  answer->body = json_node_get_object (answer->node);
  answer->etag = g_strdup (osy_test_response_header (response, "etag"));
  answer->retry_after = g_strdup (osy_test_response_header (response, "retry-after"));
  return answer;
}

const char *
answer_text (Answer *self, const char *name)
{
  return json_object_get_string_member_with_default (self->body, name, "");
}

const char *
answer_code (Answer *self)
{
  return answer_text (self, "code");
}

Answer *
osy_auth_fixture_login (OsyAuthFixture *self,
                        const char *email,
                        const char *password,
                        const char *restaurant_id)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "email", email);
  json_object_set_string_member (body, "password", password);
  if (restaurant_id != NULL)
    json_object_set_string_member (body, "restaurant_id", restaurant_id);
  json_node_take_object (node, body);
  g_autofree char *text = json_to_string (node, FALSE);
  return osy_auth_fixture_call (self, "POST", "/api/v1/auth/login", NULL, NULL, text);
}

char *
osy_auth_fixture_token (OsyAuthFixture *self, const char *email, const char *restaurant_id)
{
  g_autoptr (Answer) answer = osy_auth_fixture_login (self, email, FIXTURE_PASSWORD, restaurant_id);

  g_assert_cmpuint (answer->status, ==, 200);
  return g_strdup (answer_text (answer, "access_token"));
}
