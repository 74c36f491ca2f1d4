/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The restaurant over HTTP: who may see and change what, and that shops do not see each other. */

#include <stdio.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"

#define ME "/api/v1/restaurants/me"

static OsyAuthFixture *fixture;
static char *shop_one;
static char *shop_two;
static char *owner;

static Answer *
patch (const char *token, const char *if_match, const char *json)
{
  g_autofree char *header = if_match ? g_strconcat ("If-Match: ", if_match, NULL) : NULL;

  return osy_auth_fixture_call (fixture, "PATCH", ME, token, header, json);
}

static Answer *
get (const char *path, const char *token)
{
  return osy_auth_fixture_call (fixture, "GET", path, token, NULL, NULL);
}

static void
test_read (void)
{
  g_autoptr (Answer) answer = get (ME, owner);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer_text (answer, "id"), ==, shop_one);
  g_assert_cmpstr (answer_text (answer, "open_state"), ==, "OPEN");
  g_assert_cmpstr (answer_text (answer, "time_zone"), ==, "Asia/Seoul");
  g_assert_cmpint (json_object_get_int_member (answer->body, "cutoff_minutes"), ==, 300);
  g_assert_true (json_object_get_boolean_member (answer->body, "guest_orders"));
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"",
                                           json_object_get_int_member (answer->body, "version"));
  g_assert_cmpstr (answer->etag, ==, etag);
}

static void
test_update (void)
{
  g_autoptr (Answer) before = get (ME, owner);
  gint64 version = json_object_get_int_member (before->body, "version");
  g_autoptr (Answer) after =
      patch (owner, before->etag,
             "{\"phone\":\"02-123-4567\",\"owner_name\":\"김사장\",\"business_number\":"
             "\"220-81-62517\",\"minimum_order\":8000,\"guest_orders\":false,"
             "\"open_state\":\"PAUSED\",\"cutoff_minutes\":360,\"default_prep_minutes\":15,"
             "\"retention_days\":90,"
             "\"opening_hours\":[{\"weekday\":1,\"opens\":540,\"closes\":1500}]}");

  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (after->body, "version"), ==, version + 1);
  g_assert_cmpstr (answer_text (after, "business_number"), ==, "2208162517");
  g_autoptr (Answer) again = get (ME, owner);
  g_assert_true (json_node_equal (again->node, after->node));
  g_assert_cmpstr (answer_text (again, "name"), ==, answer_text (before, "name"));

  /* Somebody who saw the old version must look again. */
  g_autoptr (Answer) late = patch (owner, before->etag, "{\"phone\":\"\"}");
  g_assert_cmpuint (late->status, ==, 409);
  g_assert_cmpstr (answer_code (late), ==, "VERSION_CONFLICT");
  g_assert_cmpint (json_object_get_int_member (late->body, "current_version"), ==, version + 1);

  g_autoptr (Answer) cleared = patch (owner, NULL, "{\"phone\":\"\",\"opening_hours\":[]}");
  g_assert_cmpuint (cleared->status, ==, 200);
  g_assert_false (json_object_has_member (cleared->body, "phone"));
  g_assert_cmpstr (answer_text (cleared, "owner_name"), ==, "김사장");
  JsonArray *hours = json_object_get_array_member (cleared->body, "opening_hours");
  g_assert_cmpuint (json_array_get_length (hours), ==, 0);
}

static Answer *
pause_until (gint64 us)
{
  g_autofree char *time = osy_clock_format (us);
  g_autofree char *json =
      g_strdup_printf ("{\"open_state\":\"PAUSED\",\"paused_until\":\"%s\"}", time);

  return patch (owner, NULL, json);
}

/* A pause has its end with it, loses it with the pause, and is over for whoever looks after it. */
static void
test_pause (void)
{
  gint64 now = osy_clock_now ();
  g_autoptr (Answer) past = pause_until (now - 1);
  g_autoptr (Answer) far = pause_until (now + 8 * G_TIME_SPAN_DAY);
  g_autoptr (Answer) paused = pause_until (now + G_TIME_SPAN_HOUR);
  g_autofree char *end = osy_clock_format (now + G_TIME_SPAN_HOUR);

  g_assert_cmpuint (past->status, ==, 400);
  g_assert_cmpuint (far->status, ==, 400);
  g_assert_cmpstr (answer_text (paused, "paused_until"), ==, end);
  g_autoptr (Answer) open = patch (owner, NULL, "{\"open_state\":\"OPEN\"}");
  g_assert_false (json_object_has_member (open->body, "paused_until"));
  g_autoptr (Answer) alone = patch (owner, NULL, "{\"paused_until\":\"2030-01-01T00:00:00Z\"}");
  g_assert_cmpuint (alone->status, ==, 400);

  g_autoptr (Answer) again = pause_until (now + G_TIME_SPAN_HOUR);
  osy_test_pg_exec ("UPDATE restaurant SET paused_until = now() WHERE paused_until IS NOT NULL");
  g_autoptr (Answer) ended = get (ME, owner);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (answer_text (ended, "open_state"), ==, "OPEN");
  g_autoptr (Answer) changed = patch (owner, NULL, "{\"minimum_order\":100}");
  g_assert_cmpstr (answer_text (changed, "open_state"), ==, "OPEN");
  g_assert_false (json_object_has_member (changed->body, "paused_until"));
}

/* The steps of the first day: the shop is there, the rest is changed one by one. */
static void
test_setup_steps (void)
{
  g_autoptr (Answer) first = patch (owner, NULL, "{}");
  JsonObject *setup = json_object_get_object_member (first->body, "setup");

  g_assert_cmpstr (json_object_get_string_member (setup, "shop"), ==, "DONE");
  g_assert_cmpstr (json_object_get_string_member (setup, "business_number"), ==, "OPEN");
  g_autoptr (Answer) second =
      patch (owner, NULL, "{\"setup\":{\"menu\":\"DONE\",\"sound\":\"SKIPPED\"}}");
  g_autoptr (Answer) third = patch (owner, NULL, "{\"setup\":{\"menu\":\"OPEN\"}}");
  g_autoptr (Answer) now = get (ME, owner);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_true (json_node_equal (now->node, third->node));
  setup = json_object_get_object_member (now->body, "setup");
  g_assert_cmpstr (json_object_get_string_member (setup, "shop"), ==, "DONE");
  g_assert_cmpstr (json_object_get_string_member (setup, "menu"), ==, "OPEN");
  g_assert_cmpstr (json_object_get_string_member (setup, "sound"), ==, "SKIPPED");
}

/* Every change leaves an event and an audit row of the same version, or nothing at all. */
static void
test_update_traces (void)
{
  static const char count[] = "SELECT (SELECT count(*) FROM outbox WHERE type = 'shop.updated') || "
                              "' ' || (SELECT count(*) FROM audit_log WHERE action = "
                              "'shop.updated')";
  g_autofree char *before = osy_test_pg_value (count);
  g_autoptr (Answer) refused = patch (owner, NULL, "{\"business_number\":\"1234567890\"}");
  g_autofree char *unchanged = osy_test_pg_value (count);
  g_autoptr (Answer) done = patch (owner, NULL, "{\"minimum_order\":100}");
  g_autofree char *after = osy_test_pg_value (count);
  int events = 0;
  int audits = 0;

  g_assert_cmpuint (refused->status, ==, 400);
  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpstr (before, ==, unchanged);
  g_assert_cmpint (sscanf (before, "%d %d", &events, &audits), ==, 2);
  g_autofree char *wanted = g_strdup_printf ("%d %d", events + 1, audits + 1);
  g_assert_cmpstr (after, ==, wanted);
}

static void
test_bad_changes (void)
{
  static const char *const bodies[] = {
      "{\"name\":\"\"}",
      "{\"name\":\"   \"}",
      "{\"business_number\":\"124-81-00999\"}",
      "{\"time_zone\":\"Mars/Olympus\"}",
      "{\"time_zone\":\"../../etc/passwd\"}",
      "{\"open_state\":\"AJAR\"}",
      "{\"open_state\":\"PAUSED\",\"paused_until\":\"soon\"}",
      "{\"setup\":{\"menu\":\"done\"}}",
      "{\"setup\":{\"drawer\":\"DONE\"}}",
      "{\"setup\":[]}",
      "{\"cutoff_minutes\":1440}",
      "{\"cutoff_minutes\":-1}",
      "{\"minimum_order\":-1}",
      "{\"minimum_order\":1.5}",
      "{\"default_prep_minutes\":0}",
      "{\"retention_days\":29}",
      "{\"retention_days\":1826}",
      "{\"guest_orders\":\"yes\"}",
      "{\"version\":7}",
      "{\"opening_hours\":[{\"weekday\":8,\"opens\":0,\"closes\":10}]}",
      "{\"opening_hours\":[{\"weekday\":1,\"opens\":600,\"closes\":540}]}",
      "{\"opening_hours\":[{\"weekday\":1,\"opens\":1,\"closes\":3},"
      "{\"weekday\":1,\"opens\":2,\"closes\":4}]}",
      "{\"opening_hours\":{}}",
      "[]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (Answer) answer = patch (owner, NULL, bodies[i]);
    g_test_message ("%s", bodies[i]);
    g_assert_cmpuint (answer->status, ==, 400);
    g_assert_cmpstr (answer_code (answer), ==, "INVALID_REQUEST");
  }
  g_autoptr (Answer) version = patch (owner, "soon", "{}");
  g_assert_cmpuint (version->status, ==, 400);
}

static void
test_roles (void)
{
  static const struct {
    OsyRole role;
    guint read;
    guint write;
  } rows[] = {
      {OSY_ROLE_COURIER, 403, 403}, {OSY_ROLE_KITCHEN, 200, 403}, {OSY_ROLE_STAFF, 200, 403},
      {OSY_ROLE_MANAGER, 200, 403}, {OSY_ROLE_OWNER, 200, 200},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *email = g_strdup_printf ("role%zu@one.example", i);
    osy_auth_fixture_add_member (fixture, shop_one, email, rows[i].role);
    g_autofree char *token = osy_auth_fixture_token (fixture, email, NULL);
    g_autoptr (Answer) read = get (ME, token);
    g_autoptr (Answer) write = patch (token, NULL, "{}");
    g_test_message ("%s", osy_role_name (rows[i].role));
    g_assert_cmpuint (read->status, ==, rows[i].read);
    g_assert_cmpuint (write->status, ==, rows[i].write);
  }
  g_autoptr (Answer) read = get (ME, NULL);
  g_autoptr (Answer) write = patch (NULL, NULL, "{}");
  g_assert_cmpuint (read->status, ==, 401);
  g_assert_cmpuint (write->status, ==, 401);
}

static void
test_public (void)
{
  g_autofree char *two = g_strconcat ("/api/v1/restaurants/", shop_two, NULL);
  g_autoptr (Answer) answer = get (two, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer_text (answer, "name"), ==, "둘째 가게");
  g_assert_true (json_object_get_boolean_member (answer->body, "open"));
  g_assert_false (json_object_has_member (answer->body, "organisation_id"));
  g_autoptr (Answer) absent =
      get ("/api/v1/restaurants/0192f0a0-0000-7000-8000-00000000ffff", NULL);
  g_autoptr (Answer) nonsense = get ("/api/v1/restaurants/x", NULL);
  g_assert_cmpuint (absent->status, ==, 404);
  g_assert_cmpuint (nonsense->status, ==, 404);
  g_assert_cmpstr (answer_code (absent), ==, "NOT_FOUND");
}

/* The front door shows what was changed as soon as the event has come round. */
static void
test_cache (void)
{
  g_autofree char *path = g_strconcat ("/api/v1/restaurants/", shop_one, NULL);
  g_autoptr (Answer) first = get (path, NULL);
  g_autoptr (Answer) renamed = patch (owner, NULL, "{\"name\":\"새 이름\"}");
  OsyShop *known = osy_shop_cache_lookup (fixture->shop.cache, shop_one);

  g_assert_cmpstr (osy_shop_data (known)->name, ==, answer_text (first, "name"));
  osy_shop_cache_refresh (fixture->shop.cache, shop_one);
  while (osy_shop_data (osy_shop_cache_lookup (fixture->shop.cache, shop_one))->version <
         json_object_get_int_member (renamed->body, "version"))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (Answer) second = get (path, NULL);
  g_assert_cmpstr (answer_text (second, "name"), ==, "새 이름");
  g_assert_null (osy_shop_cache_lookup (fixture->shop.cache, "x"));
}

/* Without a scope no row of any shop is seen; with one, only that shop's. */
static gboolean
count_rows (OsyDbTx *tx, gpointer data, GError **error)
{
  static const char sql[] = "SELECT (SELECT count(*) FROM restaurant) + (SELECT count(*) FROM "
                            "membership) + (SELECT count(*) FROM session) + (SELECT count(*) FROM "
                            "shop_hours) + (SELECT count(*) FROM shop_setup) AS n, (SELECT "
                            "count(*) FROM restaurant) AS shops";
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, sql, OSY_NO_PARAMS, error);
  gint64 *ret = data;

  if (rows == NULL)
    return FALSE;
  ret[0] = osy_db_rows_int (rows, 0, "n");
  ret[1] = osy_db_rows_int (rows, 0, "shops");
  return TRUE;
}

static void
test_row_level_security (void)
{
  OsyDbScope nobody = {NULL};
  OsyDbScope one = {.restaurant_id = shop_one};
  gint64 seen[2] = {0};

  g_assert_true (osy_db_pool_run (fixture->pool, &nobody, count_rows, seen, NULL));
  g_assert_cmpint (seen[0], ==, 0);
  g_assert_true (osy_db_pool_run (fixture->pool, &one, count_rows, seen, NULL));
  g_assert_cmpint (seen[1], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  shop_one = osy_auth_fixture_add_shop (fixture, "첫째 가게", "owner@one.example");
  shop_two = osy_auth_fixture_add_shop (fixture, "둘째 가게", "owner@two.example");
  owner = osy_auth_fixture_token (fixture, "owner@one.example", NULL);
  g_test_add_func ("/shop/routes/read", test_read);
  g_test_add_func ("/shop/routes/update", test_update);
  g_test_add_func ("/shop/routes/pause", test_pause);
  g_test_add_func ("/shop/routes/setup-steps", test_setup_steps);
  g_test_add_func ("/shop/routes/update-traces", test_update_traces);
  g_test_add_func ("/shop/routes/bad-changes", test_bad_changes);
  g_test_add_func ("/shop/routes/roles", test_roles);
  g_test_add_func ("/shop/routes/public", test_public);
  g_test_add_func ("/shop/routes/cache", test_cache);
  g_test_add_func ("/shop/routes/row-level-security", test_row_level_security);
  int code = g_test_run ();
  g_free (shop_one);
  g_free (shop_two);
  g_free (owner);
  osy_auth_fixture_free (fixture);
  return code;
}
