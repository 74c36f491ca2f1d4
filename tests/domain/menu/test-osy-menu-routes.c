/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Menus over HTTP: the guests' page with its ETag, the editor's changes, sold-out marks, imports,
 * and who may do what in whose shop. */

#include <string.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"
#include "osy-menu-routes.h"

#define ME "/api/v1/restaurants/me/menu"

static OsyAuthFixture *fixture;
static OsyMenuRoom room;
static char *shop;
static char *owner; /* tokens */
static char *staff;
static char *stranger;

static Answer *
call (const char *method, const char *path, const char *token, const char *json)
{
  return osy_auth_fixture_call (fixture, method, path, token, NULL, json);
}

static Answer *
call_if (const char *method, const char *path, const char *version, const char *json)
{
  g_autofree char *header = g_strdup_printf ("If-Match: %s", version);

  return osy_auth_fixture_call (fixture, method, path, owner, header, json);
}

static Answer *
read_menu (const char *query, const char *header)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/restaurants/%s/menu%s", shop, query);

  return osy_auth_fixture_call (fixture, "GET", path, NULL, header, NULL);
}

static char *
make (const char *list, const char *json)
{
  g_autofree char *path = g_strdup_printf (ME "/%s", list);
  g_autoptr (Answer) answer = call ("POST", path, owner, json);

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpstr (answer->etag, ==, "\"1\"");
  return g_strdup (answer_text (answer, "id"));
}

static JsonObject *
nth (JsonObject *object, const char *list, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (object, list), index);
}

static void
assert_fault (Answer *answer, guint status, const char *code, const char *pointer)
{
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (answer_code (answer), ==, code);
  if (pointer != NULL)
    g_assert_cmpstr (json_object_get_string_member (nth (answer->body, "errors", 0), "pointer"), ==,
                     pointer);
}

static void
test_no_menu_yet (void)
{
  g_autoptr (Answer) empty = read_menu ("", NULL);
  g_autoptr (Answer) unknown =
      call ("GET", "/api/v1/restaurants/0190b0de-0000-7000-8000-000000000001/menu", NULL, NULL);
  g_autoptr (Answer) nonsense = call ("GET", "/api/v1/restaurants/x/menu", NULL, NULL);

  g_assert_cmpuint (empty->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (empty->body, "version"), ==, 0);
  assert_fault (unknown, 404, "NOT_FOUND", NULL);
  assert_fault (nonsense, 404, "NOT_FOUND", NULL);
}

/* Category, group and item made one by one, changed, ordered and deleted again. */
static void
test_editing (void)
{
  g_autofree char *soup = make ("categories", "{\"name\":\"국\"}");
  g_autofree char *rice = make ("categories", "{\"name\":\"밥\",\"position\":0}");
  g_autofree char *size =
      make ("option-groups", "{\"name\":\"크기\",\"min\":1,\"max\":1,\"options\":["
                             "{\"name\":\"보통\"},{\"name\":\"곱빼기\",\"price\":1000}]}");
  g_autofree char *body = g_strdup_printf (
      "{\"category_id\":\"%s\",\"name\":\"된장국\",\"names\":{\"ko\":\"된장국\",\"en\":\"Soup\"},"
      "\"price\":7000,\"origin\":\"콩:국내산\",\"allergens\":[\"대두\"],\"station\":\"화구\","
      "\"prep_minutes\":8,\"tax_class\":\"TAX_FREE\",\"option_group_ids\":[\"%s\"]}",
      soup, size);
  g_autofree char *item = make ("items", body);
  g_autofree char *item_path = g_strdup_printf (ME "/items/%s", item);
  g_autofree char *group_path = g_strdup_printf (ME "/option-groups/%s", size);
  g_autofree char *category_path = g_strdup_printf (ME "/categories/%s", soup);

  g_autoptr (Answer) menu = read_menu ("", NULL);
  g_assert_cmpstr (json_object_get_string_member (nth (menu->body, "categories", 0), "name"), ==,
                   "밥");
  JsonObject *seen = nth (nth (menu->body, "categories", 1), "items", 0);
  g_assert_cmpint (json_object_get_int_member (seen, "price"), ==, 7000);
  g_assert_cmpstr (json_object_get_string_member (seen, "tax_class"), ==, "TAX_FREE");
  g_assert_cmpint (
      json_object_get_int_member (nth (nth (seen, "option_groups", 0), "options", 1), "price"), ==,
      1000);

  /* a price of its own for QR, and a text taken away */
  g_autoptr (Answer) patched = call_if (
      "PATCH", item_path, "\"1\"",
      "{\"origin\":null,\"prices\":[{\"price\":7500},{\"channel\":\"QR\",\"price\":7200}]}");
  g_assert_cmpuint (patched->status, ==, 200);
  g_assert_cmpstr (patched->etag, ==, "\"2\"");
  g_assert_false (json_object_has_member (patched->body, "origin"));
  g_assert_cmpstr (answer_text (patched, "station"), ==, "화구");
  g_autoptr (Answer) qr = read_menu ("?channel=QR", NULL);
  seen = nth (nth (qr->body, "categories", 1), "items", 0);
  g_assert_cmpint (json_object_get_int_member (seen, "price"), ==, 7200);
  /* the same version again is too late now */
  g_autoptr (Answer) late = call_if ("PATCH", item_path, "\"1\"", "{\"price\":1}");
  assert_fault (late, 409, "VERSION_CONFLICT", NULL);
  g_assert_cmpint (json_object_get_int_member (late->body, "current_version"), ==, 2);

  g_autoptr (Answer) used = call ("DELETE", group_path, owner, NULL);
  assert_fault (used, 409, "CONFLICT", "/id");
  g_autoptr (Answer) full = call ("DELETE", category_path, owner, NULL);
  assert_fault (full, 409, "CONFLICT", "/items");
  g_autoptr (Answer) taken = call ("PATCH", category_path, owner, "{\"name\":\"밥\"}");
  assert_fault (taken, 409, "CONFLICT", "/name");

  const char *const paths[] = {item_path, group_path, category_path};
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (Answer) gone = call ("DELETE", paths[i], owner, NULL);
    g_autoptr (Answer) again = call ("DELETE", paths[i], owner, NULL);
    g_assert_cmpuint (gone->status, ==, 204);
    assert_fault (again, 404, "NOT_FOUND", NULL);
  }
}

/* Options keep their ids and marks when a group is written over; groups may not hold themselves. */
static void
test_groups (void)
{
  g_autofree char *inner = make ("option-groups", "{\"name\":\"종류\",\"min\":0,\"max\":1,"
                                                  "\"options\":[{\"name\":\"모짜렐라\"}]}");
  g_autofree char *body =
      g_strdup_printf ("{\"name\":\"토핑\",\"min\":0,\"max\":3,\"options\":[{\"name\":\"치즈\","
                       "\"price\":500,\"option_group_ids\":[\"%s\"]}]}",
                       inner);
  g_autofree char *outer = make ("option-groups", body);
  g_autofree char *outer_path = g_strdup_printf (ME "/option-groups/%s", outer);
  g_autofree char *inner_path = g_strdup_printf (ME "/option-groups/%s", inner);
  g_autoptr (Answer) before = call ("PATCH", outer_path, owner, "{\"max\":5}");
  g_autofree char *cheese =
      g_strdup (json_object_get_string_member (nth (before->body, "options", 0), "id"));

  g_autofree char *stop_path = g_strdup_printf (ME "/options/%s/sold-out", cheese);
  g_autoptr (Answer) stopped = call ("POST", stop_path, staff, NULL);
  g_assert_cmpuint (stopped->status, ==, 200);
  g_autofree char *renamed = g_strdup_printf (
      "{\"options\":[{\"name\":\"햄\"},{\"id\":\"%s\",\"name\":\"치즈 듬뿍\"}]}", cheese);
  g_autoptr (Answer) after = call ("PATCH", outer_path, owner, renamed);
  JsonObject *option = nth (after->body, "options", 1);
  g_assert_cmpstr (json_object_get_string_member (option, "id"), ==, cheese);
  g_assert_cmpstr (json_object_get_string_member (option, "name"), ==, "치즈 듬뿍");
  g_assert_cmpint (json_object_get_int_member (option, "price"), ==, 500);
  g_assert_true (json_object_get_boolean_member (option, "sold_out"));

  g_autofree char *self =
      g_strdup_printf ("{\"options\":[{\"name\":\"a\",\"option_group_ids\":[\"%s\"]}]}", outer);
  g_autoptr (Answer) cycle = call ("PATCH", inner_path, owner, self);
  assert_fault (cycle, 400, "INVALID_REQUEST", NULL);
  /* nothing of the refused change is left */
  g_autoptr (Answer) menu = call ("GET", ME, staff, NULL);
  g_assert_cmpuint (menu->status, ==, 200);
}

static void
test_faults (void)
{
  static const struct {
    const char *list;
    const char *json;
    const char *pointer;
  } cases[] = {
      {"categories", "{}", "/name"},
      {"categories", "{\"name\":\"  \"}", "/name"},
      {"categories", "{\"name\":\"a\\nb\"}", "/name"},
      {"categories", "{\"name\":\"a\",\"colour\":1}", "/colour"},
      {"items", "{\"name\":\"a\",\"price\":1}", "/category_id"},
      {"items",
       "{\"category_id\":\"0190b0de-0000-7000-8000-000000000001\",\"name\":\"a\","
       "\"price\":1}",
       "/category_id"},
      {"option-groups", "{\"name\":\"a\",\"min\":0,\"max\":1,\"options\":[]}", "/options"},
      {"option-groups", "{\"name\":\"a\",\"min\":2,\"max\":1,\"options\":[{\"name\":\"b\"}]}",
       "/max"},
      {"option-groups",
       "{\"name\":\"a\",\"min\":2,\"max\":2,\"options\":[{\"name\":\"b\",\"max_quantity\":1}]}",
       "/min"},
      {"option-groups",
       "{\"name\":\"a\",\"min\":0,\"max\":1,\"options\":[{\"name\":\"b\"},{\"name\":\"b\"}]}",
       "/options/1/name"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf (ME "/%s", cases[i].list);
    g_autoptr (Answer) answer = call ("POST", path, owner, cases[i].json);
    g_test_message ("%s", cases[i].json);
    assert_fault (answer, 400, "INVALID_REQUEST", cases[i].pointer);
  }
  g_autofree char *category = make ("categories", "{\"name\":\"값\"}");
  static const struct {
    const char *members;
    const char *pointer;
  } prices[] = {
      {"", "/price"},
      {",\"price\":-1", "/price"},
      {",\"price\":100000001", "/price"},
      {",\"prices\":[{\"channel\":\"QR\",\"price\":1}]", "/prices"},
      {",\"prices\":[{\"price\":1},{\"price\":2}]", "/prices/1"},
      {",\"prices\":[{\"price\":1},{\"weekdays\":[1,2],\"from\":660,\"until\":720,\"price\":2},"
       "{\"weekdays\":[2],\"from\":719,\"until\":780,\"price\":3}]",
       "/prices/2"},
      {",\"prices\":[{\"weekdays\":[1],\"price\":1}]", "/prices"},
      {",\"price\":1,\"hours\":[{\"weekdays\":[1],\"from\":60}]", "/hours/0/until"},
      {",\"price\":1,\"option_group_ids\":[\"0190b0de-0000-7000-8000-000000000001\"]",
       "/option_group_ids"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++) {
    g_autofree char *json =
        g_strdup_printf ("{\"category_id\":\"%s\",\"name\":\"a\"%s}", category, prices[i].members);
    g_autoptr (Answer) answer = call ("POST", ME "/items", owner, json);
    g_test_message ("%s", prices[i].members);
    assert_fault (answer, 400, "INVALID_REQUEST", prices[i].pointer);
  }
}

static void
test_etag (void)
{
  g_autoptr (Answer) first = read_menu ("", NULL);
  g_autofree char *version = g_strdup_printf ("\"v%" G_GINT64_FORMAT "-",
                                              json_object_get_int_member (first->body, "version"));
  g_autofree char *same = g_strdup_printf ("If-None-Match: \"x\", W/%s", first->etag);

  g_assert_true (g_str_has_prefix (first->etag, version));
  g_autoptr (Answer) unchanged = read_menu ("", same);
  g_assert_cmpuint (unchanged->status, ==, 304);
  g_assert_cmpstr (unchanged->etag, ==, first->etag);
  g_autofree char *id = make ("categories", "{\"name\":\"새 분류\"}");
  g_autoptr (Answer) changed = read_menu ("", same);
  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_cmpstr (changed->etag, !=, first->etag);
  g_autoptr (Answer) channel = read_menu ("?channel=FAX", NULL);
  assert_fault (channel, 400, "INVALID_REQUEST", NULL);
}

static JsonObject *
menu_entry (Answer *menu, const char *category, const char *item)
{
  JsonArray *categories = json_object_get_array_member (menu->body, "categories");

  for (guint i = 0; i < json_array_get_length (categories); i++) {
    JsonObject *one = json_array_get_object_element (categories, i);
    if (g_strcmp0 (json_object_get_string_member (one, "id"), category) != 0)
      continue;
    JsonArray *items = json_object_get_array_member (one, "items");
    for (guint j = 0; j < json_array_get_length (items); j++)
      if (g_strcmp0 (json_object_get_string_member (json_array_get_object_element (items, j), "id"),
                     item) == 0)
        return json_array_get_object_element (items, j);
  }
  return NULL;
}

/* Hours and a price of an hour begin and end in the guests' menu without a change of it: 304 until
 * the very moment, another page and ETag from it on, the old ETag again afterwards. */
static void
test_hours (void)
{
  const gint64 lunch = G_GINT64_CONSTANT (1795140000000000); /* Friday 2026-11-20 11:00 KST */
  const gint64 end = lunch + G_GINT64_CONSTANT (7200000000);
  const gint64 moments[] = {lunch - 1, lunch, end - 1, end};
  g_autofree char *category = make ("categories", "{\"name\":\"점심\"}");
  g_autofree char *body = g_strdup_printf (
      "{\"category_id\":\"%s\",\"name\":\"점심 특선\",\"prices\":[{\"price\":9000},"
      "{\"weekdays\":[5],\"from\":660,\"until\":780,\"price\":8000}],"
      "\"hours\":[{\"weekdays\":[1,2,3,4,5],\"from\":660,\"until\":780}]}",
      category);
  g_autofree char *item = make ("items", body);
  g_autofree char *own = g_strdup_printf (ME "/items/%s", item);
  g_autofree char *seen = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    gboolean on = moments[i] >= lunch && moments[i] < end;
    osy_clock_set_fake (moments[i]);
    g_autoptr (Answer) menu = read_menu ("", i == 0 ? NULL : seen);
    g_test_message ("moment %u", i);
    if (i == 2) {
      g_assert_cmpuint (menu->status, ==, 304);
      continue;
    }
    g_assert_cmpuint (menu->status, ==, 200);
    JsonObject *entry = menu_entry (menu, category, item);
    g_assert_cmpint (json_object_get_int_member (entry, "price"), ==, on ? 8000 : 9000);
    g_assert_cmpint (json_object_has_member (entry, "outside_hours"), ==, !on);
    g_free (seen);
    seen = g_strdup_printf ("If-None-Match: %s", menu->etag);
    if (i == 0)
      first = g_strdup (menu->etag);
    if (i == 3)
      g_assert_cmpstr (menu->etag, ==, first);
  }
  osy_clock_set_fake (0);
  /* a member that is not said stays, null takes it away */
  g_autoptr (Answer) kept = call ("PATCH", own, owner, "{\"price\":9500}");
  g_assert_true (json_object_has_member (kept->body, "hours"));
  g_assert_cmpint (json_object_get_int_member (nth (kept->body, "prices", 1), "price"), ==, 8000);
  g_autoptr (Answer) gone = call ("PATCH", own, owner, "{\"hours\":null}");
  g_assert_false (json_object_has_member (gone->body, "hours"));
}

/* Sold out today ends with the business day, 05:00 in Seoul, without anybody's doing. */
static void
test_sold_out (void)
{
  const gint64 evening = G_GINT64_CONSTANT (1795258800000000); /* 2026-11-21 20:00 KST */
  g_autofree char *category = make ("categories", "{\"name\":\"오늘\"}");
  g_autofree char *body =
      g_strdup_printf ("{\"category_id\":\"%s\",\"name\":\"순대\",\"price\":4500}", category);
  g_autofree char *item = make ("items", body);
  g_autofree char *stop = g_strdup_printf (ME "/items/%s/sold-out", item);
  g_autofree char *sell = g_strdup_printf (ME "/items/%s/available", item);
  g_autofree char *own = g_strdup_printf (ME "/items/%s", item);

  osy_clock_set_fake (evening);
  g_autofree char *token = osy_auth_fixture_token (fixture, "staff@menu.example", shop);
  g_autoptr (Answer) today = call ("POST", stop, token, "{\"until\":\"TODAY\"}");
  g_assert_cmpuint (today->status, ==, 200);
  g_assert_cmpstr (answer_text (today, "sold_out_mode"), ==, "TODAY");
  g_assert_cmpstr (answer_text (today, "sold_out_until"), ==, "2026-11-21T20:00:00.000000Z");
  g_autoptr (Answer) before = read_menu ("", NULL);
  osy_clock_set_fake (evening + G_GINT64_CONSTANT (9) * 3600 * G_USEC_PER_SEC);
  g_autoptr (Answer) after = read_menu ("", NULL);
  g_assert_cmpstr (before->etag, !=, after->etag);
  g_assert_cmpint (json_object_get_int_member (before->body, "version"), ==,
                   json_object_get_int_member (after->body, "version"));
  osy_clock_set_fake (evening);

  g_autoptr (Answer) past = call ("POST", stop, token, "{\"until\":\"2020-01-01T00:00:00Z\"}");
  assert_fault (past, 400, "INVALID_REQUEST", "/until");
  g_autoptr (Answer) words = call ("POST", stop, token, "{\"until\":\"soon\"}");
  assert_fault (words, 400, "INVALID_REQUEST", "/until");
  g_autoptr (Answer) until = call ("POST", stop, token, "{\"until\":\"2026-11-21T12:00:00Z\"}");
  g_assert_cmpstr (answer_text (until, "sold_out_mode"), ==, "UNTIL");
  g_autoptr (Answer) now = call ("POST", stop, token, "{\"until\":\"NOW\"}");
  g_assert_cmpstr (answer_text (now, "sold_out_mode"), ==, "OPEN");
  g_autoptr (Answer) back = call ("POST", sell, token, NULL);
  g_assert_false (json_object_get_boolean_member (back->body, "sold_out"));
  /* staff may say what is sold out, not what it costs */
  g_autoptr (Answer) price = call ("PATCH", own, token, "{\"price\":1}");
  assert_fault (price, 403, "INSUFFICIENT_PERMISSION", NULL);
  osy_clock_set_fake (0);
}

static void
test_other_shop (void)
{
  g_autofree char *category = make ("categories", "{\"name\":\"남의 것\"}");
  g_autofree char *path = g_strdup_printf (ME "/categories/%s", category);
  g_autoptr (Answer) patch = call ("PATCH", path, stranger, "{\"name\":\"내 것\"}");
  g_autoptr (Answer) delete = call ("DELETE", path, stranger, NULL);
  g_autoptr (Answer) anonymous = call ("GET", ME, NULL, NULL);

  assert_fault (patch, 404, "NOT_FOUND", NULL);
  assert_fault (delete, 404, "NOT_FOUND", NULL);
  assert_fault (anonymous, 401, "UNAUTHENTICATED", NULL);
}

static gpointer
send_raw (gpointer data)
{
  return osy_test_http_raw (osy_http_server_address (fixture->server), data, -1);
}

static Answer *
import (const char *query, const char *token, const char *text)
{
  g_autofree char *raw =
      g_strdup_printf ("POST " ME "/import%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                       "Authorization: Bearer %s\r\nContent-Type: Text/CSV; charset=utf-8\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       query, token, strlen (text), text);
  g_autoptr (OsyTestResponse) response = osy_test_http_thread (send_raw, raw);
  g_autofree char *body = osy_test_response_text (response);
  Answer *answer = g_new0 (Answer, 1);

  answer->status = response->status;
  answer->node = json_from_string (body, NULL);
  g_assert_nonnull (answer->node);
  answer->body = json_node_get_object (answer->node);
  return answer;
}

static void
test_import (void)
{
  static const char file[] = "분류,메뉴명,가격\n수입,가,\"1,000원\"\n수입,나,2000\n";

  g_autoptr (Answer) dry = import ("?dry_run=true", owner, file);
  g_assert_cmpuint (dry->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (dry->body, "dry_run"));
  g_assert_cmpint (json_object_get_int_member (dry->body, "created"), ==, 2);
  g_autoptr (Answer) first = import ("", owner, file);
  g_assert_cmpint (json_object_get_int_member (first->body, "created"), ==, 2);
  g_autoptr (Answer) again = import ("?dry_run=false", owner, file);
  g_assert_cmpint (json_object_get_int_member (again->body, "unchanged"), ==, 2);
  g_autoptr (Answer) wrong = import ("", owner, "분류,메뉴명,가격\n수입,다,3000\n수입,라,x\n");
  assert_fault (wrong, 400, "INVALID_REQUEST", "/rows/3");
  g_autoptr (Answer) told = import ("?dry_run=true", owner, "분류,메뉴명,가격\n수입,라,x\n");
  g_assert_cmpuint (told->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (nth (told->body, "errors", 0), "row"), ==, 2);
  g_autoptr (Answer) damaged = import ("", owner, "분류,메뉴명,가격\n수입,\xeb\xb3,1\n");
  assert_fault (damaged, 400, "INVALID_REQUEST", "/rows/2");
  g_autoptr (Answer) json = call ("POST", ME "/import", owner, "{}");
  assert_fault (json, 400, "INVALID_REQUEST", "/columns");
  g_autoptr (Answer) maybe = import ("?dry_run=maybe", owner, file);
  assert_fault (maybe, 400, "INVALID_REQUEST", NULL);
  g_autoptr (Answer) forbidden = import ("", staff, file);
  assert_fault (forbidden, 403, "INSUFFICIENT_PERMISSION", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  shop = osy_auth_fixture_add_shop (fixture, "소담분식", "owner@menu.example");
  osy_auth_fixture_add_member (fixture, shop, "staff@menu.example", OSY_ROLE_STAFF);
  g_autofree char *other = osy_auth_fixture_add_shop (fixture, "남의집", "other@menu.example");
  room = (OsyMenuRoom){fixture->pool, fixture->ring, osy_menu_cache_new (fixture->pool, NULL)};
  osy_http_server_add_routes (fixture->server, osy_menu_routes, &room);
  owner = osy_auth_fixture_token (fixture, "owner@menu.example", shop);
  staff = osy_auth_fixture_token (fixture, "staff@menu.example", shop);
  stranger = osy_auth_fixture_token (fixture, "other@menu.example", other);
  g_test_add_func ("/menu/routes/no-menu-yet", test_no_menu_yet);
  g_test_add_func ("/menu/routes/editing", test_editing);
  g_test_add_func ("/menu/routes/groups", test_groups);
  g_test_add_func ("/menu/routes/faults", test_faults);
  g_test_add_func ("/menu/routes/etag", test_etag);
  g_test_add_func ("/menu/routes/hours", test_hours);
  g_test_add_func ("/menu/routes/sold-out", test_sold_out);
  g_test_add_func ("/menu/routes/other-shop", test_other_shop);
  g_test_add_func ("/menu/routes/import", test_import);
  int result = g_test_run ();
  g_clear_object (&room.cache);
  osy_auth_fixture_free (fixture);
  g_free (shop);
  g_free (owner);
  g_free (staff);
  g_free (stranger);
  return result;
}
