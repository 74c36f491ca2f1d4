/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The REST client against a strict fake daemon: tokens, keys, lost answers, refusals, paging. */

#include "fake-daemon.h"
#include "osy-client.h"
#include "osy-error.h"
#include "spin.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
} Fixture;

typedef struct {
  gboolean done;
  gboolean ok;
  gpointer value; /* GPtrArray or OsyOrder */
  GDestroyNotify free;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  if (outcome->value != NULL)
    outcome->free (outcome->value);
  g_clear_error (&outcome->error);
  *outcome = (Outcome){0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

#define BOOLEAN_CB(name, finish)                                               \
  static void name (GObject *source, GAsyncResult *result, gpointer user_data) \
  {                                                                            \
    Outcome *outcome = user_data;                                              \
    outcome->ok = finish (OSY_CLIENT (source), result, &outcome->error);       \
    outcome->done = TRUE;                                                      \
  }

#define POINTER_CB(name, finish, destroy)                                      \
  static void name (GObject *source, GAsyncResult *result, gpointer user_data) \
  {                                                                            \
    Outcome *outcome = user_data;                                              \
    outcome->value = finish (OSY_CLIENT (source), result, &outcome->error);    \
    outcome->free = (GDestroyNotify)destroy;                                   \
    outcome->ok = outcome->value != NULL;                                      \
    outcome->done = TRUE;                                                      \
  }

BOOLEAN_CB (ready_done, osy_client_ready_finish)
BOOLEAN_CB (login_done, osy_client_login_finish)
BOOLEAN_CB (resume_done, osy_client_resume_finish)
BOOLEAN_CB (setup_done, osy_client_setup_finish)
POINTER_CB (orders_done, osy_client_open_orders_finish, g_ptr_array_unref)
POINTER_CB (timeline_done, osy_client_timeline_finish, g_ptr_array_unref)
POINTER_CB (order_done, osy_client_order_finish, g_object_unref)
POINTER_CB (place_done, osy_client_place_finish, g_object_unref)
POINTER_CB (send_done, osy_client_send_finish, json_node_unref)
POINTER_CB (act_done, osy_client_act_finish, g_object_unref)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_assert_finalize_object (fixture->client);
  fake_daemon_free (fixture->daemon);
}

static void
sign_in (Fixture *fixture)
{
  g_auto (Outcome) outcome = {0};

  osy_client_login_async (fixture->client, "owner@example.com", "right password", NULL, login_done,
                          &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
}

static void
act (Fixture *fixture, const char *id, const char *verb, Outcome *outcome)
{
  OsyClientAct what = {.order_id = id, .act = verb, .if_version = 1};

  osy_client_act_async (fixture->client, &what, NULL, act_done, outcome);
}

static void
test_login (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shop = NULL;
  g_autofree char *person = NULL;
  gboolean signed_in;

  sign_in (fixture);
  g_object_get (fixture->client, "signed-in", &signed_in, "shop-name", &shop, "person-name",
                &person, NULL);
  g_assert_true (signed_in);
  g_assert_cmpstr (shop, ==, "소담분식");
  g_assert_cmpstr (person, ==, "김지은");
  g_assert_cmpstr (osy_client_refresh_token (fixture->client), ==, fixture->daemon->refresh_token);

  osy_client_logout (fixture->client);
  g_object_get (fixture->client, "signed-in", &signed_in, NULL);
  g_assert_false (signed_in);
  g_assert_null (osy_client_refresh_token (fixture->client));
  SPIN_UNTIL (fixture->daemon->logouts == 1, 5000);
}

static void
test_login_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};

  osy_client_login_async (fixture->client, "owner@example.com", "wrong", NULL, login_done,
                          &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS);
  g_assert_null (osy_client_access_token (fixture->client));
  g_assert_cmpuint (fixture->daemon->refreshes, ==, 0);
}

static void
test_setup (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  OsyClientSetup wanted = {.code = "0000",
                           .shop_name = "소담분식",
                           .owner_email = "owner@example.com",
                           .owner_password = "right password"};

  fixture->daemon->setup_needed = TRUE;
  osy_client_setup_async (fixture->client, &wanted, NULL, setup_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS);
  outcome_clear (&outcome);

  wanted.code = "1234";
  osy_client_setup_async (fixture->client, &wanted, NULL, setup_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (osy_client_access_token (fixture->client));
}

/* Five calls meet an ended token: one renewal serves them all. */
static void
test_single_renewal (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[5] = {0};

  sign_in (fixture);
  g_free (fixture->daemon->access_token);
  fixture->daemon->access_token = g_strdup ("another");
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    osy_client_open_orders_async (fixture->client, NULL, orders_done, &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++) {
    SPIN_UNTIL (outcomes[i].done, 5000);
    g_assert_no_error (outcomes[i].error);
    outcome_clear (&outcomes[i]);
  }
  g_assert_cmpuint (fixture->daemon->refreshes, ==, 1);
}

static void
test_refused_renewal (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  gboolean signed_in;

  sign_in (fixture);
  fixture->daemon->refuse_refresh = TRUE;
  g_free (fixture->daemon->access_token);
  fixture->daemon->access_token = g_strdup ("another");
  osy_client_open_orders_async (fixture->client, NULL, orders_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
  g_object_get (fixture->client, "signed-in", &signed_in, NULL);
  g_assert_false (signed_in);
}

/* The answer of a renewal is lost. The daemon takes the used token once more for 10 s only, so it
 * must be asked again at once. */
static void
test_renewal_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  g_autofree char *token = g_strdup (fixture->daemon->refresh_token);

  fixture->daemon->lose_answers = 2;
  osy_client_resume_async (fixture->client, token, NULL, resume_done, &outcome);
  SPIN_UNTIL (outcome.done, 8000);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fixture->daemon->refreshes, ==, 1);
}

/* Signing out while a renewal waits for its next try: nobody may wait for ever. */
static void
test_logout_during_renewal (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};

  fixture->daemon->refuse_requests = 1;
  osy_client_resume_async (fixture->client, fixture->daemon->refresh_token, NULL, resume_done,
                           &outcome);
  SPIN_UNTIL (fixture->daemon->refuse_requests == 0, 5000);
  SPIN_FOR (100);
  g_assert_false (outcome.done);
  osy_client_logout (fixture->client);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
}

/* A token with 2 s to live is renewed before anyone needs it. */
static void
test_renews_ahead (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->expires_in = 2;
  sign_in (fixture);
  fixture->daemon->expires_in = 900;
  SPIN_UNTIL (fixture->daemon->refreshes == 1, 5000);
}

static void
test_act (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  OsyOrder *order = fake_daemon_add_order (fixture->daemon, 37);
  g_autofree char *id = g_strdup (osy_order_data (order)->id);

  sign_in (fixture);
  act (fixture, id, "accept", &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (osy_order_data (outcome.value)->status, ==, "ACCEPTED");
  g_assert_cmpstr (fixture->daemon->last_if_match, ==, "\"1\"");
}

/* The act was carried out, its answer was lost twice: the key brings it home, once. */
static void
test_act_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  OsyOrder *order = fake_daemon_add_order (fixture->daemon, 37);
  g_autofree char *id = g_strdup (osy_order_data (order)->id);

  sign_in (fixture);
  fixture->daemon->lose_answers = 2;
  act (fixture, id, "accept", &outcome);
  SPIN_UNTIL (outcome.done, 10000);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (osy_order_data (outcome.value)->status, ==, "ACCEPTED");
  g_assert_cmpuint (fixture->daemon->acts, ==, 1);
}

static void
test_act_daemon_busy (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  OsyOrder *order = fake_daemon_add_order (fixture->daemon, 37);
  g_autofree char *id = g_strdup (osy_order_data (order)->id);

  sign_in (fixture);
  fixture->daemon->refuse_requests = 2;
  act (fixture, id, "accept", &outcome);
  SPIN_UNTIL (outcome.done, 10000);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fixture->daemon->acts, ==, 1);
}

static void
test_act_conflict (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  OsyOrder *order = fake_daemon_add_order (fixture->daemon, 37);
  g_autofree char *id = g_strdup (osy_order_data (order)->id);

  sign_in (fixture);
  fixture->daemon->conflict_acts = 5;
  act (fixture, id, "accept", &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
  g_assert_cmpuint (fixture->daemon->act_requests, ==, 1);
}

static JsonNode *
sale (void)
{
  return json_from_string ("{\"restaurant_id\":\"r\",\"type\":\"TAKEOUT\",\"channel\":\"COUNTER\","
                           "\"items\":[],\"accept\":{\"ready_in_minutes\":10}}",
                           NULL);
}

/* The sale was made, its answer was lost; the same key brings it home, also from a second call. */
static void
test_place_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) body = sale ();

  sign_in (fixture);
  for (int i = 0; i < 2; i++) {
    g_auto (Outcome) outcome = {0};

    fixture->daemon->lose_answers = 1;
    osy_client_place_async (fixture->client, body, "sale-1", NULL, place_done, &outcome);
    SPIN_UNTIL (outcome.done, 10000);
    g_assert_no_error (outcome.error);
    g_assert_cmpint (osy_order_data (outcome.value)->number, ==, 1);
  }
  g_assert_cmpuint (fixture->daemon->placed, ==, 1);
  g_assert_nonnull (strstr (fixture->daemon->last_body, "ready_in_minutes"));
}

static void
test_place_menu_changed (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  g_autoptr (JsonNode) body = sale ();

  sign_in (fixture);
  fixture->daemon->menu_changed = TRUE;
  osy_client_place_async (fixture->client, body, NULL, NULL, place_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_MENU_CHANGED);
  JsonNode *items = osy_error_get_extra (outcome.error, "items");
  g_assert_true (items != NULL && JSON_NODE_HOLDS_ARRAY (items));
}

static char *next_cursor;

static void
page_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value =
      osy_client_orders_finish (OSY_CLIENT (source), result, &next_cursor, &outcome->error);
  outcome->free = (GDestroyNotify)g_ptr_array_unref;
  outcome->done = TRUE;
}

/* One page a call; what is looked for arrives as it was typed. */
static void
test_orders_page (Fixture *fixture, gconstpointer data)
{
  OsyClientOrderQuery query = {.q = "김 & 떡볶이+1", .day = "2026-11-21"};

  for (gint64 i = 1; i <= 130; i++)
    fake_daemon_add_order (fixture->daemon, i);
  sign_in (fixture);
  for (guint page = 0; page < 2; page++) {
    g_auto (Outcome) outcome = {0};
    g_autofree char *cursor = g_steal_pointer (&next_cursor);

    query.cursor = cursor;
    osy_client_orders_async (fixture->client, &query, NULL, page_done, &outcome);
    SPIN_UNTIL (outcome.done, 20000);
    g_assert_no_error (outcome.error);
    g_assert_cmpuint (((GPtrArray *)outcome.value)->len, ==, page == 0 ? 100 : 30);
    g_assert_cmpstr (fixture->daemon->last_query, ==, query.q);
    g_assert_cmpint (next_cursor != NULL, ==, page == 0);
  }
  g_assert_cmpuint (fixture->daemon->order_pages, ==, 2);
}

/* A page is 100; cursors hold characters that must be escaped. */
static void
test_open_orders (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *orders;

  for (gint64 i = 1; i <= 230; i++)
    fake_daemon_add_order (fixture->daemon, i);
  OsyOrder *gone = fake_daemon_add_order (fixture->daemon, 231);
  fake_daemon_act (fixture->daemon, osy_order_data (gone)->id, "reject");
  sign_in (fixture);
  osy_client_open_orders_async (fixture->client, NULL, orders_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
  orders = outcome.value;
  g_assert_cmpuint (orders->len, ==, 230);
  for (guint i = 0; i < orders->len; i++)
    g_hash_table_add (seen, (gpointer)&osy_order_data (g_ptr_array_index (orders, i))->number);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 230);
  g_assert_cmpuint (fixture->daemon->order_pages, ==, 3);
}

static void
test_timeline (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  GPtrArray *steps;

  sign_in (fixture);
  osy_client_timeline_async (fixture->client, "x", NULL, timeline_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
  steps = outcome.value;
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpstr (((OsyOrderStep *)g_ptr_array_index (steps, 1))->act, ==, "accept");
}

static void
test_order_not_found (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};

  sign_in (fixture);
  osy_client_order_async (fixture->client, "00000000-0000-7000-8000-000000000000", NULL, order_done,
                          &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_NOT_FOUND);
}

static void
test_nobody_there (void)
{
  g_autoptr (OsyClient) client = NULL;
  g_auto (Outcome) outcome = {0};
  FakeDaemon *daemon = fake_daemon_new ();
  g_autofree char *url = g_strdup (daemon->base_url);

  fake_daemon_free (daemon);
  client = osy_client_new (url);
  osy_client_ready_async (client, NULL, ready_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
}

static void
test_bad_url (void)
{
  g_autoptr (OsyClient) client = osy_client_new ("not a url");
  g_auto (Outcome) outcome = {0};

  osy_client_ready_async (client, NULL, ready_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

/* Tokens must not follow a redirect to elsewhere. */
static void
test_no_redirect (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};

  sign_in (fixture);
  fixture->daemon->redirect = TRUE;
  osy_client_open_orders_async (fixture->client, NULL, orders_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_nonnull (outcome.error);
  g_assert_cmpuint (fixture->daemon->redirected, ==, 0);
}

/* A spreadsheet is no JSON; its bytes come as they are. */
static void
test_spreadsheet (Fixture *fixture, gconstpointer data)
{
  const OsyClientRequest request = {.method = "GET",
                                    .path = "/api/v1/restaurants/me/analytics/xlsx"};
  g_auto (Outcome) outcome = {0};
  gsize size;

  sign_in (fixture);
  osy_client_send_async (fixture->client, &request, NULL, send_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_no_error (outcome.error);
  g_autofree guchar *bytes = g_base64_decode (json_node_get_string (outcome.value), &size);
  g_assert_cmpmem (bytes, size, "PK\0\xff", 4);
}

static void
test_broken_json (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};

  sign_in (fixture);
  fixture->daemon->break_json = TRUE;
  osy_client_open_orders_async (fixture->client, NULL, orders_done, &outcome);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_INVALID_JSON);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = {0};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  sign_in (fixture);
  osy_client_open_orders_async (fixture->client, cancellable, orders_done, &outcome);
  g_cancellable_cancel (cancellable);
  SPIN_UNTIL (outcome.done, 20000);
  g_assert_nonnull (outcome.error);
}

#define ADD(path, func) g_test_add ("/client/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("login", test_login);
  ADD ("login/refused", test_login_refused);
  ADD ("setup", test_setup);
  ADD ("renewal/single", test_single_renewal);
  ADD ("renewal/refused", test_refused_renewal);
  ADD ("renewal/lost-answer", test_renewal_lost_answer);
  ADD ("renewal/logout", test_logout_during_renewal);
  ADD ("renewal/ahead", test_renews_ahead);
  ADD ("act", test_act);
  ADD ("act/lost-answer", test_act_lost_answer);
  ADD ("act/daemon-busy", test_act_daemon_busy);
  ADD ("act/conflict", test_act_conflict);
  ADD ("place/lost-answer", test_place_lost_answer);
  ADD ("place/menu-changed", test_place_menu_changed);
  ADD ("orders", test_open_orders);
  ADD ("spreadsheet", test_spreadsheet);
  ADD ("orders/page", test_orders_page);
  ADD ("timeline", test_timeline);
  ADD ("order/not-found", test_order_not_found);
  ADD ("no-redirect", test_no_redirect);
  ADD ("broken-json", test_broken_json);
  ADD ("cancel", test_cancel);
  g_test_add_func ("/client/nobody-there", test_nobody_there);
  g_test_add_func ("/client/bad-url", test_bad_url);
  return g_test_run ();
}
