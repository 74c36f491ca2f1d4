/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The small daemon that knows people. */

#include "osc-fixture-people.h"

#include <string.h>

#include "osc-fixture.h"
#include "osy-json.h"
#include "osy-principal.h"

#define ME "00000000-0000-7000-8000-00000000000a"
#define SHOP "0193489a-0000-7000-8000-000000000001"
#define OTHER_SHOP "0193489a-0000-7000-8000-000000000009"
#define TRIES 5

typedef struct {
  OscFixturePeople *self;
  SoupServerMessage *message;
  JsonObject *body; /* nullable */
} Visit;

static void
answer (Visit *visit, guint status, const char *json)
{
  soup_server_message_set_status (visit->message, status, NULL);
  if (json != NULL)
    soup_server_message_set_response (
        visit->message, status < 400 ? "application/json" : "application/problem+json",
        SOUP_MEMORY_COPY, json, strlen (json));
}

static void
refuse (Visit *visit, guint status, const char *code, const char *more)
{
  g_autofree char *json = g_strdup_printf ("{\"code\":\"%s\",\"title\":\"No.\",\"status\":%u%s}",
                                           code, status, more != NULL ? more : "");

  answer (visit, status, json);
}

static const char *
said (Visit *visit, const char *member)
{
  return visit->body != NULL ? json_object_get_string_member_with_default (visit->body, member, "")
                             : "";
}

static gboolean
knows_password (Visit *visit)
{
  if (strcmp (said (visit, "password"), "right password") == 0)
    return TRUE;
  refuse (visit, 401, "INVALID_CREDENTIALS", NULL);
  return FALSE;
}

static void
answer_list (Visit *visit, const char *name, JsonArray *rows)
{
  g_autoptr (JsonNode) node = osy_json_take_object (json_object_new ());
  g_autofree char *text = NULL;

  json_object_set_array_member (json_node_get_object (node), name, json_array_ref (rows));
  text = osy_json_print (node);
  answer (visit, 200, text);
}

/* ---- the person ---- */

static void
get_me (Visit *visit)
{
  OscFixturePeople *self = visit->self;
  OsyRole role = OSY_ROLE_OWNER;
  g_auto (GStrv) names = NULL;
  g_autofree char *permissions = NULL;
  g_autofree char *json = NULL;

  g_assert_true (osy_role_from_name (self->role, &role));
  names = osy_permission_names (osy_role_permissions (role));
  permissions = g_strjoinv ("\",\"", names);
  json = g_strdup_printf (
      "{\"user_id\":\"" ME "\",\"name\":\"김지은\",\"role\":\"%s\",\"permissions\":[\"%s\"],"
      "\"restaurant\":{\"id\":\"" SHOP "\",\"name\":\"소담분식\"},\"memberships\":["
      "{\"restaurant_id\":\"" SHOP "\",\"restaurant_name\":\"소담분식\",\"role\":\"%s\"}%s],"
      "\"totp\":%s,\"pin\":%s}",
      self->role, permissions, self->role,
      self->two_shops ? ",{\"restaurant_id\":\"" OTHER_SHOP
                        "\",\"restaurant_name\":\"소담분식 용산점\",\"role\":\"MANAGER\"}"
                      : "",
      self->totp ? "true" : "false", self->pin ? "true" : "false");
  answer (visit, 200, json);
}

static void
give_tokens (Visit *visit)
{
  answer (visit, 200,
          "{\"access_token\":\"access\",\"refresh_token\":\"refresh\",\"expires_in\":900,"
          "\"token_type\":\"Bearer\"}");
}

static void
set_pin (Visit *visit)
{
  if (!knows_password (visit))
    return;
  if (strcmp (said (visit, "pin"), "1234") == 0) {
    refuse (visit, 400, "INVALID_REQUEST", NULL);
    return;
  }
  visit->self->pin = TRUE;
  answer (visit, 204, NULL);
}

static void
remove_pin (Visit *visit)
{
  if (!knows_password (visit))
    return;
  visit->self->pin = FALSE;
  answer (visit, 204, NULL);
}

static void
change_password (Visit *visit)
{
  if (strlen (said (visit, "new_password")) < 8)
    refuse (visit, 400, "INVALID_REQUEST", NULL);
  else if (knows_password (visit))
    answer (visit, 204, NULL);
}

static void
begin_totp (Visit *visit)
{
  if (knows_password (visit))
    answer (
        visit, 201,
        "{\"secret\":\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\",\"otpauth_uri\":\"otpauth://totp/"
        "OrderSync:owner%40shop.kr?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=OrderSync\"}");
}

static gboolean
knows_code (Visit *visit)
{
  if (strcmp (said (visit, "code"), "123456") == 0)
    return TRUE;
  refuse (visit, 400, "INVALID_REQUEST", NULL);
  return FALSE;
}

static void
confirm_totp (Visit *visit)
{
  if (!knows_code (visit))
    return;
  visit->self->totp = TRUE;
  answer (visit, 200,
          "{\"recovery_codes\":[\"K7QMX2P9RT\",\"H4WZC8N3VB\",\"P6DKY9F2MJ\",\"T3RXQ7H5WC\","
          "\"N8VBM4K6ZP\",\"C2JTF9X7DQ\",\"W5HPR3Y8NK\",\"M9ZQC6V4TX\",\"F7KDW2B5RH\","
          "\"Y4NXP8J3CM\"]}");
}

static void
remove_totp (Visit *visit)
{
  if (!knows_password (visit) || !knows_code (visit))
    return;
  visit->self->totp = FALSE;
  answer (visit, 204, NULL);
}

/* ---- rows ---- */

/* Takes the row out whose @member is in the path. */
static void
take_out (Visit *visit, JsonArray *rows, const char *member)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (visit->message));

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    JsonObject *holder = json_object_has_member (row, "invitation")
                             ? json_object_get_object_member (row, "invitation")
                             : row;
    const char *id =
        json_object_get_string_member_with_default (holder, holder == row ? member : "id", "none");

    if (strstr (path, id) != NULL) {
      json_array_remove_element (rows, i);
      answer (visit, 204, NULL);
      return;
    }
  }
  refuse (visit, 404, "NOT_FOUND", NULL);
}

static void
end_session (Visit *visit)
{
  take_out (visit, visit->self->sessions, "id");
}

static void
list_sessions (Visit *visit)
{
  answer_list (visit, "sessions", visit->self->sessions);
}

static void
list_staff (Visit *visit)
{
  answer_list (visit, "staff", visit->self->staff);
}

/* Those with a PIN. */
static void
list_helpers (Visit *visit)
{
  g_autoptr (JsonArray) rows = json_array_new ();

  for (guint i = 0; i < json_array_get_length (visit->self->staff); i++) {
    JsonObject *staff = json_array_get_object_element (visit->self->staff, i);

    if (json_object_get_boolean_member (staff, "pin"))
      json_array_add_object_element (rows, json_object_ref (staff));
  }
  answer_list (visit, "people", rows);
}

static void
list_devices (Visit *visit)
{
  answer_list (visit, "devices", visit->self->devices);
}

static void
add_row (JsonArray *rows, const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = osy_json_parse (json, strlen (json), &error);

  g_assert_no_error (error);
  json_array_add_element (rows, node);
}

static void
invite (Visit *visit)
{
  g_autofree char *row = g_strdup_printf (
      "{\"name\":\"%s\",\"email\":\"ne***@shop.kr\",\"role\":\"%s\",\"pin\":false,\"totp\":false,"
      "\"version\":1,\"since\":\"2026-11-21T03:24:00Z\",\"invitation\":{\"id\":"
      "\"00000000-0000-7000-8000-0000000000aa\",\"expires_at\":\"2026-11-28T03:24:00Z\"}}",
      said (visit, "name"), said (visit, "role"));

  add_row (visit->self->staff, row);
  answer (visit, 201,
          "{\"id\":\"00000000-0000-7000-8000-0000000000aa\",\"invitation_code\":\"K7QM-X2P9\","
          "\"expires_at\":\"2026-11-28T03:24:00Z\"}");
}

static void
change_staff (Visit *visit)
{
  answer (visit, 200, "{}");
}

static void
remove_staff (Visit *visit)
{
  take_out (visit, visit->self->staff, "user_id");
}

static void
reset_pin (Visit *visit)
{
  answer (visit, 204, NULL);
}

static void
add_device (Visit *visit)
{
  answer (visit, 201,
          "{\"id\":\"00000000-0000-7000-8000-0000000000dd\",\"role\":\"KITCHEN\",\"pairing_code\":"
          "\"ABCD2345\","
          "\"expires_in\":600}");
}

static void
find_edge (Visit *visit)
{
  answer (visit, 200,
          visit->self->edge_off
              ? "{\"state\":\"off\",\"addresses\":[]}"
              : "{\"state\":\"up\",\"addresses\":[\"https://192.168.0.7:8443\"]}");
}

static void
revoke_device (Visit *visit)
{
  take_out (visit, visit->self->devices, "id");
}

/* ---- by code and by PIN ---- */

static void
pair (Visit *visit)
{
  if (strcmp (said (visit, "pairing_code"), "ABCD2345") == 0)
    answer (visit, 201,
            "{\"device_id\":\"00000000-0000-7000-8000-0000000000dd\",\"device_token\":\"screen\","
            "\"restaurant_id\":\"" SHOP "\"}");
  else
    refuse (visit, 401, "INVALID_CREDENTIALS", NULL);
}

static void
join (Visit *visit)
{
  if (strcmp (said (visit, "code"), "K7QM-X2P9") != 0)
    refuse (visit, 401, "INVALID_CREDENTIALS", NULL);
  else if (knows_password (visit))
    give_tokens (visit);
}

static void
allow (Visit *visit)
{
  g_autofree char *left = NULL;

  if (strcmp (said (visit, "pin"), "2580") == 0 && visit->self->wrong_pins < TRIES) {
    answer (visit, 201, "{\"act_token\":\"allowed-once\",\"expires_in\":60}");
    return;
  }
  visit->self->wrong_pins++;
  left = g_strdup_printf (",\"tries_left\":%u", TRIES - MIN (TRIES, visit->self->wrong_pins));
  if (visit->self->wrong_pins >= TRIES)
    refuse (visit, 429, "RATE_LIMITED", NULL);
  else
    refuse (visit, 401, "INVALID_CREDENTIALS", left);
}

/* Refused without the PIN of somebody who may. */
static void
cancel_order (Visit *visit)
{
  OsyOrderData *data;
  g_autoptr (OsyOrder) order = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (g_strcmp0 (visit->self->last_act_token, "allowed-once") != 0) {
    refuse (visit, 403, "INSUFFICIENT_PERMISSION", NULL);
    return;
  }
  data = osc_fixture_order (48, OSY_ORDER_CANCELED, "DINE_IN", 60);
  data->version = 2;
  order = osy_order_new (data);
  node = osy_order_to_json (order);
  text = osy_json_print (node);
  answer (visit, 200, text);
}

/* Whole for who may, or by the PIN of somebody who may. */
static void
unmask (Visit *visit)
{
  if (g_strcmp0 (visit->self->last_act_token, "allowed-once") == 0)
    answer (visit, 200, "{\"name\":\"박선호\",\"phone\":\"010-1234-5678\"}");
  else
    refuse (visit, 403, "INSUFFICIENT_PERMISSION", NULL);
}

static void
export_guest (Visit *visit)
{
  answer (
      visit, 200,
      "{\"exported_at\":\"2026-11-21T03:24:30Z\",\"guest\":{\"name\":\"박선호\"},\"orders\":[]}");
}

static void
erase_guest (Visit *visit)
{
  if (strcmp (said (visit, "reason"), "MISTAKE") == 0)
    refuse (visit, 409, "STATE_CONFLICT", NULL);
  else
    answer (visit, 200, "{\"orders\":1}");
}

/* ---- the server ---- */

static const struct {
  const char *method;
  const char *path; /* '*' stands for an id */
  void (*handle) (Visit *visit);
} routes[] = {
    {"POST", "/api/v1/auth/refresh", give_tokens},
    {"POST", "/api/v1/auth/device-token", give_tokens},
    {"POST", "/api/v1/auth/pair", pair},
    {"POST", "/api/v1/auth/invitation", join},
    {"GET", "/api/v1/auth/me", get_me},
    {"POST", "/api/v1/auth/password", change_password},
    {"POST", "/api/v1/auth/pin", set_pin},
    {"POST", "/api/v1/auth/pin/remove", remove_pin},
    {"POST", "/api/v1/auth/totp", begin_totp},
    {"POST", "/api/v1/auth/totp/confirm", confirm_totp},
    {"POST", "/api/v1/auth/totp/remove", remove_totp},
    {"GET", "/api/v1/auth/sessions", list_sessions},
    {"POST", "/api/v1/auth/sessions/*/revoke", end_session},
    {"GET", "/api/v1/auth/act/people", list_helpers},
    {"POST", "/api/v1/auth/act", allow},
    {"GET", "/api/v1/restaurants/me/staff", list_staff},
    {"POST", "/api/v1/restaurants/me/staff", invite},
    {"PATCH", "/api/v1/restaurants/me/staff/*", change_staff},
    {"POST", "/api/v1/restaurants/me/staff/*/remove", remove_staff},
    {"POST", "/api/v1/restaurants/me/staff/*/reset-pin", reset_pin},
    {"GET", "/api/v1/restaurants/me/devices", list_devices},
    {"POST", "/api/v1/restaurants/me/devices", add_device},
    {"POST", "/api/v1/restaurants/me/devices/*/revoke", revoke_device},
    {"GET", "/api/v1/restaurants/me/edge", find_edge},
    {"POST", "/api/v1/restaurants/me/orders/*/cancel", cancel_order},
    {"POST", "/api/v1/restaurants/me/orders/*/unmask", unmask},
    {"GET", "/api/v1/restaurants/me/guests/*/export", export_guest},
    {"POST", "/api/v1/restaurants/me/guests/*/erase", erase_guest},
};

static void
note (OscFixturePeople *self, SoupServerMessage *message, const char *path)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  g_free (self->last);
  g_free (self->last_body);
  g_free (self->last_act_token);
  self->last = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  self->last_body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self->last_act_token = g_strdup (soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "X-Act-Token"));
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  OscFixturePeople *self = user_data;
  const char *method = soup_server_message_get_method (message);
  Visit visit = {self, message, NULL};
  g_autoptr (JsonNode) body = NULL;

  if (self->fails) {
    refuse (&visit, 503, "UNAVAILABLE", NULL);
    return;
  }
  if (strcmp (method, "GET") != 0) {
    note (self, message, path);
    body = osy_json_parse (self->last_body, strlen (self->last_body), NULL);
    visit.body = body != NULL ? json_node_get_object (body) : NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (strcmp (routes[i].method, method) == 0 && g_pattern_match_simple (routes[i].path, path)) {
      routes[i].handle (&visit);
      return;
    }
  refuse (&visit, 404, "NOT_FOUND", NULL);
}

char *
osc_fixture_people_url (OscFixturePeople *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  g_autofree char *url =
      g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port ((GUri *)uris->data));

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return g_steal_pointer (&url);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  osy_client_resume_finish (OSY_CLIENT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)done = TRUE;
}

static void
add_rows (OscFixturePeople *self)
{
  static const char *const staff[] = {
      "{\"user_id\":\"" ME "\",\"name\":\"김지은\",\"email\":\"ow***@shop.kr\",\"role\":\"OWNER\","
      "\"pin\":true,\"totp\":true,\"version\":1,\"since\":\"2024-03-02T00:00:00Z\"}",
      "{\"user_id\":\"00000000-0000-7000-8000-00000000000b\",\"name\":\"박서준\","
      "\"email\":\"pa***@shop.kr\",\"role\":\"MANAGER\",\"pin\":true,\"totp\":false,\"version\":3,"
      "\"since\":\"2025-05-11T00:00:00Z\"}",
      "{\"user_id\":\"00000000-0000-7000-8000-00000000000c\",\"name\":\"이하은\","
      "\"email\":\"le***@shop.kr\",\"role\":\"STAFF\",\"pin\":false,\"totp\":false,\"version\":1,"
      "\"since\":\"2026-09-01T00:00:00Z\"}",
      "{\"name\":\"최민호\",\"email\":\"ch***@shop.kr\",\"role\":\"KITCHEN\",\"pin\":false,"
      "\"totp\":false,\"version\":1,\"since\":\"2026-11-20T00:00:00Z\",\"invitation\":{\"id\":"
      "\"00000000-0000-7000-8000-0000000000ab\",\"expires_at\":\"2026-11-27T03:24:00Z\"}}"};
  static const char *const devices[] = {
      "{\"id\":\"00000000-0000-7000-8000-0000000000d1\",\"name\":\"주방 "
      "화면\",\"role\":\"KITCHEN\","
      "\"paired_at\":\"2026-03-02T00:10:00Z\",\"created_at\":\"2026-03-02T00:00:00Z\","
      "\"last_seen_at\":\"2026-11-21T03:23:40Z\"}",
      "{\"id\":\"00000000-0000-7000-8000-0000000000d2\",\"name\":\"카운터 2\",\"role\":\"STAFF\","
      "\"paired_at\":\"2026-03-02T00:10:00Z\",\"created_at\":\"2026-03-02T00:00:00Z\","
      "\"last_seen_at\":\"2026-11-19T11:02:00Z\"}"};
  static const char *const sessions[] = {
      "{\"id\":\"00000000-0000-7000-8000-0000000000e1\",\"current\":true,\"client\":\"OrderSync "
      "0.1.0\","
      "\"created_at\":\"2026-11-20T00:10:00Z\",\"last_used_at\":\"2026-11-21T03:20:00Z\"}",
      "{\"id\":\"00000000-0000-7000-8000-0000000000e2\",\"current\":false,\"client\":\"OrderSync "
      "0.1.0\","
      "\"created_at\":\"2026-11-18T00:10:00Z\",\"last_used_at\":\"2026-11-19T09:41:00Z\"}",
      "{\"id\":\"00000000-0000-7000-8000-0000000000e3\",\"current\":false,\"client\":\"Firefox\","
      "\"created_at\":\"2026-11-10T00:10:00Z\",\"last_used_at\":\"2026-11-12T02:05:00Z\"}"};

  for (gsize i = 0; i < G_N_ELEMENTS (staff); i++)
    add_row (self->staff, staff[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    add_row (self->devices, devices[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++)
    add_row (self->sessions, sessions[i]);
}

OscFixturePeople *
osc_fixture_people_new (const char *role)
{
  OscFixturePeople *self = g_new0 (OscFixturePeople, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  gboolean done = FALSE;

  self->role = g_strdup (role);
  self->staff = json_array_new ();
  self->devices = json_array_new ();
  self->sessions = json_array_new ();
  add_rows (self);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  url = osc_fixture_people_url (self);
  self->client = osy_client_new (url);
  osy_client_resume_async (self->client, "kept", NULL, resumed_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  self->people = osc_people_new (self->client);
  while (osc_people_me (self->people) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

void
osc_fixture_people_attach (OscFixturePeople *self, OscContext *context)
{
  g_set_object (&context->people, self->people);
  g_clear_object (&context->acts);
  context->acts = osc_acts_new (self->client);
}

void
osc_fixture_people_free (OscFixturePeople *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_object_unref (self->people);
  g_object_unref (self->client);
  json_array_unref (self->staff);
  json_array_unref (self->devices);
  json_array_unref (self->sessions);
  g_free (self->role);
  g_free (self->last);
  g_free (self->last_body);
  g_free (self->last_act_token);
  g_free (self);
}
