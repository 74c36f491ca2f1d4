/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Signing in, renewing, signing out, tickets: over HTTP, as a client sees them. */

#include <string.h>
#include <unistd.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"

#define OWNER "owner@one.example"
#define SECONDS G_TIME_SPAN_SECOND

static OsyAuthFixture *fixture;
static char *shop_one;
static char *shop_two;

static Answer *
call (const char *method, const char *path, const char *token, const char *json)
{
  return osy_auth_fixture_call (fixture, method, path, token, NULL, json);
}

static Answer *
refresh (const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);

  return call ("POST", "/api/v1/auth/refresh", NULL, body);
}

static guint
me_status (const char *token)
{
  g_autoptr (Answer) answer = call ("GET", "/api/v1/auth/me", token, NULL);

  return answer->status;
}

static void
test_login (void)
{
  g_autoptr (Answer) answer = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer_text (answer, "token_type"), ==, "Bearer");
  g_assert_cmpint (json_object_get_int_member (answer->body, "expires_in"), ==, 900);
  g_assert_cmpuint (strlen (answer_text (answer, "refresh_token")), ==, 43);
  g_assert_cmpuint (me_status (answer_text (answer, "access_token")), ==, 200);
}

/* Nobody learns from the answer whether the account exists. */
static void
test_wrong_credentials (void)
{
  g_autoptr (Answer) wrong = osy_auth_fixture_login (fixture, OWNER, "not the password", NULL);
  g_autoptr (Answer) unknown =
      osy_auth_fixture_login (fixture, "nobody@one.example", FIXTURE_PASSWORD, NULL);
  g_autoptr (Answer) no_address = osy_auth_fixture_login (fixture, "x", FIXTURE_PASSWORD, NULL);
  Answer *const answers[] = {wrong, unknown, no_address};

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_assert_cmpuint (answers[i]->status, ==, 401);
    g_assert_cmpstr (answer_code (answers[i]), ==, "INVALID_CREDENTIALS");
    g_assert_cmpstr (answer_text (answers[i], "detail"), ==, answer_text (wrong, "detail"));
  }
}

static void
test_bad_bodies (void)
{
  static const char *const bodies[] = {
      "{}",
      "[]",
      "{\"email\":\"a@b.c\"}",
      "{\"email\":1,\"password\":\"x\"}",
      "{\"email\":\"a@b.c\",\"password\":\"\"}",
      "{\"email\":\"a@b.c\",\"password\":\"x\",\"admin\":true}",
      "{\"email\":\"a@b.c\",\"password\":\"x\",\"restaurant_id\":\"me\"}",
      "{\"email\":\"a@b.c\",\"email\":\"a@b.c\",\"password\":\"x\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (Answer) login = call ("POST", "/api/v1/auth/login", NULL, bodies[i]);
    g_autoptr (Answer) renewal = call ("POST", "/api/v1/auth/refresh", NULL, bodies[i]);
    g_test_message ("%s", bodies[i]);
    g_assert_cmpuint (login->status, ==, 400);
    g_assert_cmpuint (renewal->status, ==, 400);
  }
}

static void
test_choose_shop (void)
{
  g_autofree char *first = osy_auth_fixture_token (fixture, "both@one.example", NULL);
  g_autofree char *second = osy_auth_fixture_token (fixture, "both@one.example", shop_two);
  g_autoptr (Answer) stranger = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, shop_two);
  g_autoptr (Answer) one = call ("GET", "/api/v1/auth/me", first, NULL);
  g_autoptr (Answer) two = call ("GET", "/api/v1/auth/me", second, NULL);

  g_assert_cmpuint (stranger->status, ==, 404);
  g_assert_cmpstr (answer_text (one, "role"), ==, "STAFF");
  g_assert_cmpstr (answer_text (two, "role"), ==, "MANAGER");
  JsonObject *where = json_object_get_object_member (two->body, "restaurant");
  g_assert_cmpstr (json_object_get_string_member (where, "id"), ==, shop_two);
  g_assert_cmpstr (json_object_get_string_member (where, "name"), ==, "둘째 가게");
  JsonArray *memberships = json_object_get_array_member (one->body, "memberships");
  g_assert_cmpuint (json_array_get_length (memberships), ==, 2);
  g_autoptr (Answer) shop = call ("GET", "/api/v1/restaurants/me", second, NULL);
  g_assert_cmpstr (answer_text (shop, "name"), ==, "둘째 가게");
}

static void
test_refresh (void)
{
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);
  g_autoptr (Answer) one = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (one->status, ==, 200);
  g_assert_cmpuint (me_status (answer_text (one, "access_token")), ==, 200);
  g_autoptr (Answer) two = refresh (answer_text (one, "refresh_token"));
  g_assert_cmpuint (two->status, ==, 200);
  g_assert_cmpstr (answer_text (two, "refresh_token"), !=, answer_text (one, "refresh_token"));

  g_autoptr (Answer) unknown = refresh ("never-seen");
  g_assert_cmpuint (unknown->status, ==, 401);
}

/* The answer was lost on the way: within ten seconds the same question gets the same successor. */
static void
test_refresh_grace (void)
{
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);
  gint64 now = osy_clock_now ();

  osy_clock_set_fake (now);
  g_autoptr (Answer) lost = refresh (answer_text (login, "refresh_token"));
  osy_clock_advance_fake (9 * SECONDS);
  g_autoptr (Answer) repeated = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (repeated->status, ==, 200);
  g_assert_cmpstr (answer_text (repeated, "refresh_token"), ==,
                   answer_text (lost, "refresh_token"));
  osy_clock_advance_fake (2 * SECONDS);
  g_autoptr (Answer) late = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (late->status, ==, 401);
  osy_clock_set_fake (0);
}

/* A thief and the owner cannot both go on: the second use of one token ends the whole family. */
static void
test_refresh_reuse (void)
{
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);
  g_autoptr (Answer) one = refresh (answer_text (login, "refresh_token"));
  g_autoptr (Answer) two = refresh (answer_text (one, "refresh_token"));

  g_assert_cmpuint (me_status (answer_text (two, "access_token")), ==, 200);
  g_autoptr (Answer) stolen = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (stolen->status, ==, 401);
  g_assert_cmpuint (me_status (answer_text (two, "access_token")), ==, 401);
  g_assert_cmpuint (me_status (answer_text (login, "access_token")), ==, 401);
  g_autoptr (Answer) owner = refresh (answer_text (two, "refresh_token"));
  g_assert_cmpuint (owner->status, ==, 401);
}

static void
test_refresh_ends (void)
{
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);
  gint64 now = osy_clock_now ();

  osy_clock_set_fake (now + (OSY_AUTH_IDLE_SECONDS - 60) * SECONDS);
  g_autoptr (Answer) used = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (used->status, ==, 200);
  osy_clock_advance_fake ((OSY_AUTH_IDLE_SECONDS + 60) * SECONDS);
  g_autoptr (Answer) idle = refresh (answer_text (used, "refresh_token"));
  g_assert_cmpuint (idle->status, ==, 401);
  osy_clock_set_fake (0);
}

/* A role that changed counts from the next renewal on; a membership that ended ends it all. */
static void
test_refresh_follows_membership (void)
{
  osy_auth_fixture_add_member (fixture, shop_one, "moving@one.example", OSY_ROLE_STAFF);
  g_autoptr (Answer) login =
      osy_auth_fixture_login (fixture, "moving@one.example", FIXTURE_PASSWORD, NULL);
  g_autoptr (Answer) me =
      call ("GET", "/api/v1/auth/me", answer_text (login, "access_token"), NULL);
  g_autofree char *promote = g_strdup_printf (
      "UPDATE membership SET role = 'MANAGER' WHERE user_id = '%s'", answer_text (me, "user_id"));
  g_autofree char *dismiss =
      g_strdup_printf ("DELETE FROM membership WHERE user_id = '%s'", answer_text (me, "user_id"));

  osy_test_pg_exec (promote);
  g_autoptr (Answer) promoted = refresh (answer_text (login, "refresh_token"));
  g_autoptr (Answer) manager =
      call ("GET", "/api/v1/auth/me", answer_text (promoted, "access_token"), NULL);
  g_assert_cmpstr (answer_text (manager, "role"), ==, "MANAGER");
  osy_test_pg_exec (dismiss);
  g_autoptr (Answer) dismissed = refresh (answer_text (promoted, "refresh_token"));
  g_assert_cmpuint (dismissed->status, ==, 401);
}

static void
count_cb (OsyAuthGate *gate, const char *session_id, gpointer user_data)
{
  (*(int *)user_data)++;
}

static void
test_logout (void)
{
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, OWNER, FIXTURE_PASSWORD, NULL);
  g_autofree char *other = osy_auth_fixture_token (fixture, OWNER, NULL);
  const char *token = answer_text (login, "access_token");
  int n_revoked = 0;
  gulong handler =
      g_signal_connect (fixture->auth->gate, "session-revoked", G_CALLBACK (count_cb), &n_revoked);

  g_assert_cmpuint (me_status (token), ==, 200);
  g_autoptr (Answer) out = call ("POST", "/api/v1/auth/logout", token, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  g_assert_cmpint (n_revoked, ==, 1);
  g_assert_cmpuint (me_status (token), ==, 401);
  g_assert_cmpuint (me_status (other), ==, 200);
  g_autoptr (Answer) renewal = refresh (answer_text (login, "refresh_token"));
  g_assert_cmpuint (renewal->status, ==, 401);
  g_signal_handler_disconnect (fixture->auth->gate, handler);

  /* A restart does not bring it back. */
  g_autoptr (OsyAuthRoom) restarted =
      osy_auth_room_new (fixture->pool, fixture->ring, fixture->data_dir);
  g_assert_true (osy_auth_room_load (restarted, NULL));
  g_autoptr (OsyPrincipal) gone = osy_auth_gate_verify (restarted->gate, token, NULL);
  g_autoptr (OsyPrincipal) kept = osy_auth_gate_verify (restarted->gate, other, NULL);
  g_assert_null (gone);
  g_assert_nonnull (kept);
}

static gpointer
open_socket (gpointer data)
{
  const char *address = osy_http_server_address (fixture->server);
  guint status = 0;
  int fd = osy_test_ws_open (address, "/ws/test", data, &status);

  if (fd >= 0)
    close (fd);
  return GUINT_TO_POINTER (status);
}

static guint
open_with_ticket (const char *ticket)
{
  g_autofree char *header =
      g_strdup_printf ("Sec-WebSocket-Protocol: ordersync.ticket.%s\r\n", ticket);

  return GPOINTER_TO_UINT (osy_test_http_thread (open_socket, header));
}

typedef struct {
  const char *user_id;
  const char *role;
} Move;

static gboolean
move_person (OsyDbTx *tx, gpointer data, GError **error)
{
  const Move *move = data;

  return osy_db_exec (tx, "UPDATE membership SET role = $2 WHERE user_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (move->user_id), OSY_P_TEXT (move->role)), NULL,
                      error) &&
         osy_auth_session_outdate (&fixture->auth->sessions, tx, move->user_id, error);
}

static void
move_to (const char *user_id, const char *role)
{
  OsyDbScope scope = {.restaurant_id = shop_one};
  Move move = {user_id, role};

  g_assert_true (osy_db_pool_run (fixture->pool, &scope, move_person, &move, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A new role counts at once, for this session and after a restart; the old token does nothing more,
 * and the one that the client gets in the very same second does. */
static void
test_role_change (void)
{
  const char *email = "risen@one.example";
  int n_closed = 0;

  osy_auth_fixture_add_member (fixture, shop_one, email, OSY_ROLE_MANAGER);
  osy_clock_set_fake (osy_clock_now () / SECONDS * SECONDS + 500000);
  g_autoptr (Answer) login = osy_auth_fixture_login (fixture, email, FIXTURE_PASSWORD, NULL);
  g_autofree char *other = osy_auth_fixture_token (fixture, OWNER, NULL);
  const char *token = answer_text (login, "access_token");
  g_autoptr (Answer) me = call ("GET", "/api/v1/auth/me", token, NULL);
  g_autoptr (Answer) ticket = call ("POST", "/api/v1/ws-ticket", token, NULL);
  gulong handler =
      g_signal_connect (fixture->auth->gate, "session-revoked", G_CALLBACK (count_cb), &n_closed);
  move_to (answer_text (me, "user_id"), "STAFF");
  g_signal_handler_disconnect (fixture->auth->gate, handler);
  g_assert_cmpint (n_closed, ==, 1);
  g_assert_cmpuint (me_status (token), ==, 401);
  g_assert_cmpuint (me_status (other), ==, 200);
  g_assert_cmpuint (open_with_ticket (answer_text (ticket, "ticket")), ==, 401);

  g_autoptr (Answer) renewed = refresh (answer_text (login, "refresh_token"));
  const char *fresh = answer_text (renewed, "access_token");
  g_autoptr (Answer) now = call ("GET", "/api/v1/auth/me", fresh, NULL);
  g_assert_cmpstr (answer_text (now, "role"), ==, "STAFF");

  g_autoptr (OsyAuthRoom) restarted =
      osy_auth_room_new (fixture->pool, fixture->ring, fixture->data_dir);
  g_assert_true (osy_auth_room_load (restarted, NULL));
  g_autoptr (OsyPrincipal) old = osy_auth_gate_verify (restarted->gate, token, NULL);
  g_autoptr (OsyPrincipal) new = osy_auth_gate_verify (restarted->gate, fresh, NULL);
  g_assert_null (old);
  g_assert_nonnull (new);
  osy_clock_set_fake (0);
}

static void
test_token_ends (void)
{
  g_autofree char *token = osy_auth_fixture_token (fixture, OWNER, NULL);
  gint64 now = osy_clock_now ();

  g_assert_cmpuint (me_status (token), ==, 200);
  osy_clock_set_fake (now + 899 * SECONDS);
  g_assert_cmpuint (me_status (token), ==, 200);
  osy_clock_set_fake (now + 901 * SECONDS);
  g_assert_cmpuint (me_status (token), ==, 401);
  osy_clock_set_fake (0);
}

static void
test_no_credentials (void)
{
  static const char *const headers[] = {"Authorization: Bearer", "Authorization: Bearer x",
                                        "Authorization: Basic YTpi", "Authorization: x"};

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autoptr (Answer) answer =
        osy_auth_fixture_call (fixture, "GET", "/api/v1/auth/me", NULL, headers[i], NULL);
    g_assert_cmpuint (answer->status, ==, 401);
    g_assert_cmpstr (answer_code (answer), ==, "UNAUTHENTICATED");
  }
  g_assert_cmpuint (me_status (NULL), ==, 401);
  g_autoptr (Answer) out = call ("POST", "/api/v1/auth/logout", NULL, NULL);
  g_autoptr (Answer) ticket = call ("POST", "/api/v1/ws-ticket", NULL, NULL);
  g_assert_cmpuint (out->status, ==, 401);
  g_assert_cmpuint (ticket->status, ==, 401);
}

static void
test_ticket (void)
{
  g_autofree char *token = osy_auth_fixture_token (fixture, OWNER, NULL);
  g_autoptr (Answer) one = call ("POST", "/api/v1/ws-ticket", token, NULL);
  g_autoptr (Answer) two = call ("POST", "/api/v1/ws-ticket", token, NULL);

  g_assert_cmpuint (one->status, ==, 201);
  g_assert_cmpint (json_object_get_int_member (one->body, "expires_in"), ==, 30);
  g_assert_cmpuint (open_with_ticket (answer_text (one, "ticket")), ==, 101);
  g_assert_cmpuint (open_with_ticket (answer_text (one, "ticket")), ==, 401);
  g_assert_cmpuint (open_with_ticket ("guess"), ==, 401);
  /* Signing out takes the open tickets with it. */
  g_autoptr (Answer) out = call ("POST", "/api/v1/auth/logout", token, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  g_assert_cmpuint (open_with_ticket (answer_text (two, "ticket")), ==, 401);
}

/* What a socket asks: how long its right lasts, and whether a new token is for the same person. */
static void
test_socket_right (void)
{
  g_autofree char *token = osy_auth_fixture_token (fixture, OWNER, NULL);
  g_autofree char *later = osy_auth_fixture_token (fixture, OWNER, NULL);
  g_autofree char *other = osy_auth_fixture_token (fixture, "both@one.example", NULL);
  OsyAuthGate *gate = fixture->auth->gate;
  g_autoptr (OsyPrincipal) person = osy_auth_gate_verify (gate, token, NULL);
  gint64 until = osy_clock_now () + 900 * SECONDS;

  g_assert_cmpint (osy_auth_gate_token_ends (NULL, person, gate), <=, until);
  g_assert_cmpint (osy_auth_gate_token_ends (NULL, person, gate), >, until - 5 * SECONDS);
  g_assert_cmpint (osy_auth_gate_token_ends (later, person, gate), >, until - 5 * SECONDS);
  g_assert_cmpint (osy_auth_gate_token_ends (other, person, gate), ==, 0);
  g_assert_cmpint (osy_auth_gate_token_ends ("x", person, gate), ==, 0);
  g_autoptr (Answer) out = call ("POST", "/api/v1/auth/logout", token, NULL);
  g_assert_cmpint (osy_auth_gate_token_ends (NULL, person, gate), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  shop_one = osy_auth_fixture_add_shop (fixture, "첫째 가게", OWNER);
  shop_two = osy_auth_fixture_add_shop (fixture, "둘째 가게", "owner@two.example");
  osy_auth_fixture_add_member (fixture, shop_one, "both@one.example", OSY_ROLE_STAFF);
  osy_auth_fixture_add_member (fixture, shop_two, "both@one.example", OSY_ROLE_MANAGER);
  g_test_add_func ("/auth/routes/login", test_login);
  g_test_add_func ("/auth/routes/wrong-credentials", test_wrong_credentials);
  g_test_add_func ("/auth/routes/bad-bodies", test_bad_bodies);
  g_test_add_func ("/auth/routes/choose-shop", test_choose_shop);
  g_test_add_func ("/auth/routes/refresh", test_refresh);
  g_test_add_func ("/auth/routes/refresh-grace", test_refresh_grace);
  g_test_add_func ("/auth/routes/refresh-reuse", test_refresh_reuse);
  g_test_add_func ("/auth/routes/refresh-ends", test_refresh_ends);
  g_test_add_func ("/auth/routes/refresh-follows-membership", test_refresh_follows_membership);
  g_test_add_func ("/auth/routes/logout", test_logout);
  g_test_add_func ("/auth/routes/role-change", test_role_change);
  g_test_add_func ("/auth/routes/token-ends", test_token_ends);
  g_test_add_func ("/auth/routes/no-credentials", test_no_credentials);
  g_test_add_func ("/auth/routes/ticket", test_ticket);
  g_test_add_func ("/auth/routes/socket-right", test_socket_right);
  int code = g_test_run ();
  g_free (shop_one);
  g_free (shop_two);
  osy_auth_fixture_free (fixture);
  return code;
}
