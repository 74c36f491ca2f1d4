/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which row a path finds. */

#include "osy-http-router.h"

static const OsyRoute first[] = {
    {"GET", "/api/v1/restaurants/{restaurant_id}/menu", "menu"},
    {"GET", "/api/v1/orders/{id}", "readOrder"},
    {"POST", "/api/v1/orders", "placeOrder"},
    {NULL},
};
static const OsyRoute second[] = {
    {"GET", "/api/v1/restaurants/me/orders", "listOrders"},
    {"POST", "/api/v1/restaurants/me/orders/{order_id}/accept", "acceptOrder"},
    {"PUT", "/api/v1/restaurants/me/menu", "putMenu"},
    {"PATCH", "/api/v1/orders/search", "patchSearch"},
    {"GET", "/", "root"},
    {"GET", "/x/{a}/y/{b}", "two"},
    {NULL},
};

static const struct {
  const char *method;
  const char *path;
  const char *operation; /* NULL: refused */
  const char *params;    /* joined by a comma; or the Allow list */
} cases[] = {
    {"GET", "/api/v1/restaurants/me/orders", "listOrders", ""},
    {"GET", "/api/v1/restaurants/me/menu", NULL, "PUT"},
    {"PUT", "/api/v1/restaurants/me/menu", "putMenu", ""},
    {"GET", "/api/v1/restaurants/0190/menu", "menu", "0190"},
    {"PUT", "/api/v1/restaurants/0190/menu", NULL, "GET, HEAD"},
    {"GET", "/api/v1/restaurants/me/menus", NULL, NULL},
    {"GET", "/api/v1/restaurants/0190/orders", NULL, NULL},
    {"POST", "/api/v1/restaurants/me/orders/7/accept", "acceptOrder", "7"},
    {"HEAD", "/api/v1/orders/7", "readOrder", "7"},
    {"HEAD", "/api/v1/orders", NULL, "POST"},
    {"GET", "/api/v1/orders/search", NULL, "PATCH"},
    {"GET", "/api/v1/orders/searches", "readOrder", "searches"},
    {"GET", "/api/v1/orders/", NULL, NULL},
    {"GET", "/api/v1/orders/7/", NULL, NULL},
    {"GET", "//api/v1/orders/7", NULL, NULL},
    {"GET", "/api/v1/orders/7/more", NULL, NULL},
    {"GET", "/api/v1", NULL, NULL},
    {"GET", "/", "root", ""},
    {"GET", "", NULL, NULL},
    {"GET", "api", NULL, NULL},
    {"GET", "/x/1/y/2", "two", "1,2"},
    {"GET", "/x/y/y/y", "two", "y,y"},
    {"GET", "/x//y/2", NULL, NULL},
    {"get", "/x/1/y/2", NULL, "GET, HEAD"},
    {"GET", "/X/1/y/2", NULL, NULL},
    {"GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t", NULL, NULL},
    {"GET", "/x/{a}/y/{b}", "two", "{a},{b}"},
};

static void
test_matches (void)
{
  g_autoptr (OsyHttpRouter) router = osy_http_router_new ();
  int room = 0;

  osy_http_router_add (router, first, NULL);
  osy_http_router_add (router, second, &room);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (OsyHttpMatch) match = {0};
    g_autoptr (GError) error = NULL;
    gboolean found = osy_http_router_match (router, cases[i].method, cases[i].path, &match, &error);
    g_test_message ("%s %s", cases[i].method, cases[i].path);
    g_assert_cmpint (found, ==, cases[i].operation != NULL);
    if (found) {
      g_autofree char *params = g_strjoinv (",", match.params);
      g_assert_cmpstr (match.route->operation_id, ==, cases[i].operation);
      g_assert_cmpstr (params, ==, cases[i].params);
      g_assert_true (match.room ==
                     (match.route >= second && match.route < second + 6 ? &room : NULL));
      continue;
    }
    g_assert_true (osy_error_is (error, cases[i].params != NULL ? OSY_ERROR_METHOD_NOT_ALLOWED
                                                                : OSY_ERROR_NOT_FOUND));
    g_assert_cmpstr (match.allow, ==, cases[i].params);
  }
}

static void
test_param_index (void)
{
  const OsyRoute *two = &second[5];

  g_assert_cmpint (osy_http_route_param_index (two, "a"), ==, 0);
  g_assert_cmpint (osy_http_route_param_index (two, "b"), ==, 1);
  g_assert_cmpint (osy_http_route_param_index (two, "c"), ==, -1);
  g_assert_cmpint (osy_http_route_param_index (two, ""), ==, -1);
  g_assert_cmpint (osy_http_route_param_index (&first[0], "restaurant"), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/router/matches", test_matches);
  g_test_add_func ("/http/router/param-index", test_param_index);
  return g_test_run ();
}
