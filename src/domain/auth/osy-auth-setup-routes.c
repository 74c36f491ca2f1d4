/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET and POST /setup: the first run over HTTP, on the machine itself only. */

#include "osy-auth-routes.h"

#include <string.h>

#include "osy-api.h"
#include "osy-auth-service.h"
#include "osy-auth-setup.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-shop-service.h"

static gboolean
read_status (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  int any = osy_shop_service_any (tx, error);

  if (any < 0)
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_boolean_member (object, "needed", any == 0);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

void
osy_auth_handle_setup_status (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;

  osy_api_run (request, room->pool, NULL, read_status, NULL, NULL);
}

/** One first run on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  char *code;
  char *password;
  OsyAuthNewShop *shop;
  char *restaurant_id;
  char *owner_id;
  OsyAuthTokens tokens;
} Setup;

static void
setup_free (Setup *setup)
{
  if (setup->password != NULL)
    osy_wipe (setup->password, strlen (setup->password));
  osy_http_request_unref (setup->request);
  g_free (setup->code);
  g_free (setup->password);
  osy_auth_new_shop_free (setup->shop);
  g_free (setup->restaurant_id);
  g_free (setup->owner_id);
  osy_auth_tokens_clear (&setup->tokens);
  g_free (setup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Setup, setup_free)

static gboolean
create (OsyDbTx *tx, gpointer data, GError **error)
{
  Setup *setup = data;

  return osy_auth_service_create_shop (tx, setup->room->ring, setup->shop, &setup->owner_id,
                                       error) &&
         osy_auth_session_open (&setup->room->sessions, tx, setup->owner_id, OSY_ROLE_OWNER,
                                &setup->tokens, error);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Setup) setup = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (setup->request, error);
    return;
  }
  osy_auth_setup_remove_code (setup->room->data_dir);
  g_autoptr (JsonNode) body = osy_auth_tokens_to_json (&setup->tokens);
  JsonObject *object = json_node_get_object (body);
  json_object_set_string_member (object, "restaurant_id", setup->restaurant_id);
  json_object_set_string_member (object, "owner_id", setup->owner_id);
  osy_http_reply_add_header (setup->request, "Cache-Control", "no-store");
  osy_http_reply_json (setup->request, 201, body);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Setup) setup = user_data;
  g_autoptr (GError) error = NULL;

  setup->shop->password_hash =
      osy_password_hasher_hash_finish (OSY_PASSWORD_HASHER (source), result, &error);
  if (setup->shop->password_hash == NULL) {
    osy_http_reply_error (setup->request, error);
    return;
  }
  setup->restaurant_id = osy_id_new ();
  OsyDbScope scope = {.restaurant_id = setup->restaurant_id};
  OsyDbPool *pool = setup->room->pool;
  Setup *data = g_steal_pointer (&setup);
  osy_db_pool_run_async (pool, &scope, create, data, NULL, NULL, created_cb, data);
}

static gboolean
check_not_set_up (OsyDbTx *tx, gpointer data, GError **error)
{
  int any = osy_shop_service_any (tx, error);

  if (any > 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_ALREADY_SET_UP,
                         "A shop was set up here already: sign in.");
  return any == 0;
}

/* The answer to whether a shop exists comes first: afterwards there is no code to be right. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Setup) setup = user_data;
  g_autoptr (GError) error = NULL;
  OsyPasswordHasher *hasher = setup->room->hasher;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    if (!osy_auth_setup_check_code (setup->room->data_dir, setup->code))
      error = g_error_new_literal (
          OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS,
          "The set-up code is wrong: copy it from the file setup-code in the data directory.");
    else
      osy_auth_service_check_new_shop (setup->shop, setup->password, &error);
  }
  if (error != NULL) {
    osy_http_reply_error (setup->request, error);
    return;
  }
  Setup *data = g_steal_pointer (&setup);
  osy_password_hasher_hash_async (hasher, data->password, hashed_cb, data);
}

static gboolean
read_body (Setup *setup, JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  setup->code = g_strdup (osy_json_reader_string (reader, "code", 1, 100));
  setup->password =
      g_strdup (osy_json_reader_string (reader, "owner_password", 1, OSY_PASSWORD_MAX));
  setup->shop->name = g_strdup (osy_json_reader_string (reader, "shop_name", 1, 100));
  setup->shop->business_number =
      g_strdup (osy_json_reader_opt_string (reader, "business_number", 1, 14));
  setup->shop->owner_email = g_strdup (osy_json_reader_string (reader, "owner_email", 1, 254));
  setup->shop->owner_name = g_strdup (osy_json_reader_opt_string (reader, "owner_name", 1, 100));
  setup->shop->first = TRUE;
  return osy_json_reader_finish (reader, error);
}

void
osy_auth_handle_setup (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (Setup) setup = g_new0 (Setup, 1);
  OsyDbScope scope = {.read_only = TRUE};

  setup->request = osy_http_request_ref (request);
  setup->room = room;
  setup->shop = osy_auth_new_shop_new ();
  if (body == NULL || !read_body (setup, body, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Setup *data = g_steal_pointer (&setup);
  osy_db_pool_run_async (room->pool, &scope, check_not_set_up, data, NULL, NULL, checked_cb, data);
}
