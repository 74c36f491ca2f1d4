/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Files against real tables: idempotent, all or nothing, in the transaction of audit and event. */

#include "osy-menu-import.h"

#include <string.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"
#include "osy-menu-json.h"
#include "osy-menu-pricing.h"
#include "osy-menu-store.h"

static OsyAuthFixture *fixture;
static OsyMenuRoom room;

typedef struct {
  const char *shop;
  GBytes *file;
  gboolean dry_run;
  JsonNode *report;
  OsyMenu *menu;
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->report, json_node_unref);
  g_clear_object (&self->menu);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
do_import (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (work->shop, "test");
  OsyCall call = {system, NULL};

  work->report = osy_menu_import_file (tx, &call, &room, work->file, work->dry_run, error);
  return work->report != NULL;
}

static gboolean
do_load (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  work->menu = osy_menu_store_load (tx, error);
  return work->menu != NULL;
}

static OsyMenu *
load (const char *shop)
{
  Work work = {.shop = shop};
  OsyDbScope scope = {.restaurant_id = shop};
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run (fixture->pool, &scope, do_load, &work, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return work.menu;
}

static GBytes *
sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize len;

  g_file_get_contents (path, &data, &len, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, len);
}

/* created, changed, unchanged as "20/0/0" */
static char *
import (const char *shop, GBytes *file, gboolean dry_run)
{
  g_auto (Work) work = {shop, file, dry_run, NULL, NULL};
  OsyDbScope scope = {.restaurant_id = shop};
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run (fixture->pool, &scope, do_import, &work, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  JsonObject *report = json_node_get_object (work.report);
  return g_strdup_printf ("%d/%d/%d", (int)json_object_get_int_member (report, "created"),
                          (int)json_object_get_int_member (report, "changed"),
                          (int)json_object_get_int_member (report, "unchanged"));
}

static char *
import_text (const char *shop, const char *text)
{
  return import (shop, g_bytes_new (text, strlen (text)), FALSE);
}

static void
assert_import (const char *shop, const char *name, gboolean dry_run, const char *counts)
{
  g_autofree char *got = import (shop, sample (name), dry_run);

  g_assert_cmpstr (got, ==, counts);
}

static void
assert_version (const char *shop, gint64 version)
{
  g_autoptr (OsyMenu) menu = load (shop);

  g_assert_cmpint (osy_menu_version (menu), ==, version);
}

/* The guests' JSON, to compare whole menus. */
static char *
print (const char *shop)
{
  g_autoptr (OsyMenu) menu = load (shop);
  OsyMenuView view = {NULL, osy_clock_now (), TRUE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);

  return json_to_string (node, FALSE);
}

static void
test_samples (void)
{
  static const struct {
    const char *file;
    const char *created;
    const char *unchanged;
    guint categories;
  } cases[] = {{"menu-bunsik.csv", "20/0/0", "0/0/20", 6},
               {"menu-cafe-cp949.csv", "10/0/0", "0/0/10", 4}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *email = g_strdup_printf ("sample%u@import.example", i);
    g_autofree char *shop = osy_auth_fixture_add_shop (fixture, "가게", email);
    assert_import (shop, cases[i].file, TRUE, cases[i].created);
    assert_version (shop, 0);
    assert_import (shop, cases[i].file, FALSE, cases[i].created);
    assert_version (shop, 1);
    g_autofree char *before = print (shop);
    assert_import (shop, cases[i].file, FALSE, cases[i].unchanged);
    assert_version (shop, 1);
    g_autofree char *after = print (shop);
    g_assert_cmpstr (after, ==, before);
    g_autoptr (OsyMenu) menu = load (shop);
    g_assert_cmpuint (osy_menu_categories (menu)->len, ==, cases[i].categories);
  }
}

/* Lists stand in the order of the file, groups are shared, and a line can be priced. */
static void
test_what_is_stored (void)
{
  g_autofree char *shop = osy_auth_fixture_add_shop (fixture, "가게", "stored@import.example");
  assert_import (shop, "menu-bunsik.csv", FALSE, "20/0/0");
  g_autoptr (OsyMenu) menu = load (shop);
  GPtrArray *categories = osy_menu_categories (menu);
  const OsyMenuCategory *snacks = g_ptr_array_index (categories, 1);
  const OsyMenuItem *tteok = g_ptr_array_index (snacks->items, 0);

  g_assert_cmpstr (snacks->name, ==, "분식");
  g_assert_cmpstr (tteok->name, ==, "떡볶이");
  g_assert_cmpstr (tteok->origin, ==, "쌀:국내산");
  g_assert_cmpuint (g_strv_length (tteok->allergens), ==, 3);
  g_assert_cmpuint (snacks->items->len, ==, 5);
  g_assert_cmpstr (((OsyMenuItem *)g_ptr_array_index (snacks->items, 4))->name, ==, "라볶이");

  g_autoptr (GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);
  OsyMenuRequestLine *request = osy_menu_request_line_new (tteok->id);
  g_ptr_array_add (requests, request);
  static const guint picks[][2] = {{0, 3}, {1, 1}, {2, 0}}; /* 불맛 쌀떡 치즈 */
  for (guint i = 0; i < G_N_ELEMENTS (picks); i++) {
    const OsyMenuGroup *group = g_ptr_array_index (tteok->groups, picks[i][0]);
    const OsyMenuOption *option = g_ptr_array_index (group->options, picks[i][1]);
    g_ptr_array_add (request->options, osy_menu_choice_new (option->id));
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      osy_menu_price_lines (menu, requests, "COUNTER", osy_clock_now (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (((OsyMenuPricedLine *)g_ptr_array_index (lines, 0))->unit_price, ==, 7000);
}

/* Changed cells change, groups no longer used go, and one version, audit row and event tell of it.
 */
static void
test_changed_file (void)
{
  g_autofree char *shop = osy_auth_fixture_add_shop (fixture, "가게", "changed@import.example");
  static const char *const files[] = {
      "분류,메뉴명,가격,옵션\n면,라면,4000,\"추가(0-1): 치즈(+500)\"\n면,칼국수,7500,\n",
      "분류,메뉴명,가격,옵션\n면,라면,4200,\"추가(0-2): 치즈(+600), 만두\"\n면,칼국수,7500,\n",
      "분류,메뉴명,가격,옵션\n면,라면,4200,\n면,칼국수,7500,\n",
  };
  static const char *const counts[] = {"2/0/0", "0/1/1", "0/1/1"};
  static const guint groups[] = {1, 1, 0};
  g_autofree char *option = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *got = import_text (shop, files[i]);
    g_assert_cmpstr (got, ==, counts[i]);
    g_autoptr (OsyMenu) menu = load (shop);
    g_assert_cmpuint (osy_menu_groups (menu)->len, ==, groups[i]);
    if (groups[i] == 0)
      break;
    const OsyMenuGroup *group = g_ptr_array_index (osy_menu_groups (menu), 0);
    const char *id = ((OsyMenuOption *)g_ptr_array_index (group->options, 0))->id;
    if (option != NULL)
      g_assert_cmpstr (id, ==, option);
    else
      option = g_strdup (id);
  }
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT count(*) FROM audit_log WHERE restaurant_id = '%s' AND action = "
      "'menu.imported') || '/' || (SELECT string_agg(aggregate_seq::text, ',' ORDER BY "
      "aggregate_seq) FROM outbox WHERE restaurant_id = '%s' AND type = 'menu.changed')",
      shop, shop);
  g_autofree char *rows = osy_test_pg_value (sql);
  g_assert_cmpstr (rows, ==, "3/1,2,3");
}

static void
test_all_or_nothing (void)
{
  g_autofree char *shop = osy_auth_fixture_add_shop (fixture, "가게", "nothing@import.example");
  static const char text[] = "분류,메뉴명,가격\n면,라면,4000\n면,칼국수,얼마\n";
  g_auto (Work) work = {shop, g_bytes_new (text, strlen (text)), FALSE, NULL, NULL};
  OsyDbScope scope = {.restaurant_id = shop};
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_db_pool_run (fixture->pool, &scope, do_import, &work, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_assert_nonnull (strstr (error->message, "row 3"));
  JsonNode *report = osy_error_get_extra (error, "report");
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (json_node_get_object (report), "errors")),
                    ==, 1);
  g_autoptr (OsyMenu) menu = load (shop);
  g_assert_cmpint (osy_menu_version (menu), ==, 0);
  g_assert_cmpuint (osy_menu_categories (menu)->len, ==, 0);
}

/* Row level security: one shop's menu does not exist for another. */
static void
test_other_shop (void)
{
  g_autofree char *shop = osy_auth_fixture_add_shop (fixture, "가게", "mine@import.example");
  g_autofree char *other = osy_auth_fixture_add_shop (fixture, "가게", "theirs@import.example");

  assert_import (shop, "menu-bunsik.csv", FALSE, "20/0/0");
  assert_import (other, "menu-cafe-cp949.csv", FALSE, "10/0/0");
  g_autoptr (OsyMenu) mine = load (shop);
  g_autoptr (OsyMenu) theirs = load (other);
  g_assert_cmpuint (osy_menu_categories (mine)->len, ==, 6);
  g_assert_cmpuint (osy_menu_categories (theirs)->len, ==, 4);
  const OsyMenuCategory *category = g_ptr_array_index (osy_menu_categories (theirs), 0);
  g_assert_null (osy_menu_find_category (mine, category->id));
  g_autofree char *open = osy_test_pg_value (
      "SELECT count(*) FROM pg_class WHERE relname LIKE 'menu%' AND relkind = 'r' "
      "AND NOT (relrowsecurity AND relforcerowsecurity)");
  g_assert_cmpstr (open, ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (FALSE);
  room = (OsyMenuRoom){fixture->pool, fixture->ring, NULL};
  g_test_add_func ("/menu/import/samples", test_samples);
  g_test_add_func ("/menu/import/what-is-stored", test_what_is_stored);
  g_test_add_func ("/menu/import/changed-file", test_changed_file);
  g_test_add_func ("/menu/import/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/menu/import/other-shop", test_other_shop);
  int result = g_test_run ();
  osy_auth_fixture_free (fixture);
  return result;
}
