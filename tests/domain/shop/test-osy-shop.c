/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The model of a restaurant: JSON both ways, opening times, business day. */

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-error.h"
#include "osy-shop.h"

#define ID "0192f0a0-0000-7000-8000-000000000001"
#define ORGANISATION "0192f0a0-0000-7000-8000-000000000002"

static OsyShopData *
sample (void)
{
  OsyShopData *data = osy_shop_data_new ();

  data->id = g_strdup (ID);
  data->organisation_id = g_strdup (ORGANISATION);
  data->name = g_strdup ("달빛분식");
  data->time_zone = g_strdup ("Asia/Seoul");
  data->cutoff_minutes = 300;
  data->currency = g_strdup ("KRW");
  data->guest_orders = TRUE;
  data->minimum_order = 8000;
  data->default_prep_minutes = 20;
  data->retention_days = 90;
  data->promise_automatic = TRUE;
  data->promise_min_minutes = 15;
  data->promise_max_minutes = 75;
  data->busy_minutes = 10;
  data->busy_until = G_GINT64_CONSTANT (1795231999000000);
  data->open_state = g_strdup (OSY_SHOP_OPEN);
  data->version = 3;
  data->created_at = G_GINT64_CONSTANT (1795231445123456);
  data->updated_at = G_GINT64_CONSTANT (1795231446000000);
  return data;
}

static void
add_hours (OsyShopData *data, int weekday, int opens, int closes)
{
  OsyShopHours row = {weekday, opens, closes};

  g_array_append_val (data->hours, row);
}

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (osy_clock_parse (text, &us));
  return us;
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  OsyShopData *data = sample ();
  data->business_number = g_strdup ("1248100998");
  data->owner_name = g_strdup ("김사장");
  data->phone = g_strdup ("02-123-4567");
  add_hours (data, 1, 540, 1320);
  add_hours (data, 5, 1020, 1560);
  osy_set_str (&data->open_state, OSY_SHOP_PAUSED);
  data->paused_until = at ("2026-11-21T03:30:00Z");
  data->setup[OSY_SHOP_STEP_MENU] = OSY_SHOP_STEP_SKIPPED;
  data->setup[OSY_SHOP_STEP_FIRST_ORDER] = OSY_SHOP_STEP_DONE;
  g_autoptr (OsyShop) shop = osy_shop_new (data);
  g_autoptr (JsonNode) node = osy_shop_to_json (shop);
  g_autoptr (OsyShop) again = osy_shop_from_json (node, &error);

  g_assert_no_error (error);
  g_autoptr (JsonNode) twice = osy_shop_to_json (again);
  g_assert_true (json_node_equal (node, twice));
  g_assert_cmpstr (osy_shop_data (again)->name, ==, "달빛분식");
  g_assert_cmpint (osy_shop_data (again)->created_at, ==, data->created_at);
  g_assert_cmpuint (osy_shop_data (again)->hours->len, ==, 2);
  g_assert_cmpint (osy_shop_data (again)->paused_until, ==, data->paused_until);
  g_assert_cmpmem (osy_shop_data (again)->setup, sizeof data->setup, data->setup,
                   sizeof data->setup);
}

static void
test_json_faults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"x\",\"name\":\"\"}", NULL);
  g_autoptr (OsyShop) shop = osy_shop_from_json (node, &error);

  g_assert_null (shop);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

/* What a stranger sees holds nothing of the owner. */
static void
test_public_json (void)
{
  OsyShopData *data = sample ();
  data->business_number = g_strdup ("1248100998");
  data->owner_name = g_strdup ("김사장");
  data->phone = g_strdup ("02-123-4567");
  g_autoptr (OsyShop) shop = osy_shop_new (data);
  g_autoptr (JsonNode) node = osy_shop_to_public_json (shop, at ("2026-11-21T03:00:00Z"));
  JsonObject *object = json_node_get_object (node);

  g_assert_true (json_object_get_boolean_member (object, "open"));
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "달빛분식");
  g_assert_false (json_object_has_member (object, "business_number"));
  g_assert_false (json_object_has_member (object, "owner_name"));
  g_assert_false (json_object_has_member (object, "phone"));
}

static void
test_open (void)
{
  OsyShopData *data = sample ();
  g_autoptr (OsyShop) shop = osy_shop_new (data);

  /* No opening times: always. 2026-11-20 is a Friday; Seoul is nine hours ahead. */
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-20T18:30:00Z")));
  add_hours (data, 5, 1020, 1560); /* Friday 17:00 to Saturday 02:00 */
  add_hours (data, 7, 600, 660);   /* Sunday 10:00 to 11:00 */
  g_assert_false (osy_shop_is_open_at (shop, at ("2026-11-20T07:59:00Z")));
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-20T08:00:00Z")));
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-20T14:59:00Z")));
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-20T16:59:00Z")));
  g_assert_false (osy_shop_is_open_at (shop, at ("2026-11-20T17:00:00Z")));
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-22T01:30:00Z")));
  g_assert_false (osy_shop_is_open_at (shop, at ("2026-11-22T02:00:00Z")));
  g_free (data->open_state);
  data->open_state = g_strdup (OSY_SHOP_PAUSED);
  g_assert_false (osy_shop_is_open_at (shop, at ("2026-11-20T08:00:00Z")));
}

/* A pause is over at its end, though nobody has touched the shop; guests are told so. */
static void
test_pause_ends (void)
{
  OsyShopData *data = sample ();
  g_autoptr (OsyShop) shop = osy_shop_new (data);
  gint64 end = at ("2026-11-20T08:00:00Z");

  osy_set_str (&data->open_state, OSY_SHOP_PAUSED);
  g_assert_cmpstr (osy_shop_open_state_at (shop, end), ==, OSY_SHOP_PAUSED);
  data->paused_until = end;
  for (int after = 0; after <= 1; after++) {
    g_autoptr (JsonNode) node = osy_shop_to_public_json (shop, end - 1 + after);
    JsonObject *object = json_node_get_object (node);
    const char *state = after ? OSY_SHOP_OPEN : OSY_SHOP_PAUSED;
    g_assert_cmpint (osy_shop_is_open_at (shop, end - 1 + after), ==, after);
    g_assert_cmpint (json_object_get_boolean_member (object, "open"), ==, after);
    g_assert_cmpstr (json_object_get_string_member (object, "open_state"), ==, state);
    g_assert_cmpint (json_object_has_member (object, "paused_until"), ==, !after);
  }
  /* A shop that is closed stays so. */
  osy_set_str (&data->open_state, OSY_SHOP_CLOSED);
  g_assert_cmpstr (osy_shop_open_state_at (shop, end), ==, OSY_SHOP_CLOSED);
}

/* So is being busy, which without an end stays. */
static void
test_busy_ends (void)
{
  OsyShopData *data = sample ();
  g_autoptr (OsyShop) shop = osy_shop_new (data);
  gint64 end = data->busy_until;

  g_assert_cmpint (osy_shop_busy_minutes_at (shop, end - 1), ==, 10);
  g_assert_cmpint (osy_shop_busy_minutes_at (shop, end), ==, 0);
  data->busy_until = 0;
  g_assert_cmpint (osy_shop_busy_minutes_at (shop, end), ==, 10);
}

/* A Sunday night that runs into Monday: the week begins anew in between. */
static void
test_open_over_the_week (void)
{
  OsyShopData *data = sample ();
  g_autoptr (OsyShop) shop = osy_shop_new (data);

  add_hours (data, 7, 1200, 1500); /* Sunday 20:00 to Monday 01:00 */
  g_assert_true (osy_shop_is_open_at (shop, at ("2026-11-22T15:30:00Z")));
  g_assert_false (osy_shop_is_open_at (shop, at ("2026-11-22T16:00:00Z")));
}

static void
test_business_day (void)
{
  g_autoptr (OsyShop) shop = osy_shop_new (sample ());
  g_autofree char *night = osy_shop_business_day (shop, at ("2026-11-20T19:59:59Z"));
  g_autofree char *morning = osy_shop_business_day (shop, at ("2026-11-20T20:00:00Z"));

  g_assert_cmpstr (night, ==, "2026-11-20");
  g_assert_cmpstr (morning, ==, "2026-11-21");
}

static void
test_copy (void)
{
  g_autoptr (OsyShopData) data = sample ();
  add_hours (data, 2, 1, 2);
  g_autoptr (OsyShopData) copy = osy_shop_data_copy (data);

  copy->name[0] = 'x';
  g_array_set_size (copy->hours, 0);
  g_assert_cmpstr (data->name, ==, "달빛분식");
  g_assert_cmpuint (data->hours->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shop/json", test_json);
  g_test_add_func ("/shop/json-faults", test_json_faults);
  g_test_add_func ("/shop/public-json", test_public_json);
  g_test_add_func ("/shop/open", test_open);
  g_test_add_func ("/shop/pause-ends", test_pause_ends);
  g_test_add_func ("/shop/busy-ends", test_busy_ends);
  g_test_add_func ("/shop/open-over-the-week", test_open_over_the_week);
  g_test_add_func ("/shop/business-day", test_business_day);
  g_test_add_func ("/shop/copy", test_copy);
  return g_test_run ();
}
