/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* States of deliveries, zones, and both ways of their JSON. */

#include <string.h>

#include "osy-delivery.h"

static const char *const states[] = {"REQUESTED", "ASSIGNED", "PICKED_UP",
                                     "DELIVERED", "FAILED",   "CANCELED"};

/* A column for each state from which the act is allowed. */
static const struct {
  const char *act;
  const char *may; /* in the order of states */
} matrix[] = {
    {"assign", "xxx..."}, {"pick-up", "xx...."},  {"deliver", "xxx..."},   {"fail", "xxx..."},
    {"cancel", "xxx..."}, {"put-back", "..xx.."}, {"take-back", "...x.."}, {"nothing", "......"},
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (matrix); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (states); k++) {
      const OsyStateRow *row =
          osy_state_table_find (&osy_delivery_states, states[k], matrix[i].act);
      g_test_message ("%s from %s", matrix[i].act, states[k]);
      g_assert_cmpint (row != NULL, ==, matrix[i].may[k] == 'x');
    }
  g_assert_true (osy_state_table_allows (&osy_delivery_states, "REQUESTED", "DELIVERED"));
  g_assert_false (osy_state_table_allows (&osy_delivery_states, "DELIVERED", "CANCELED"));
}

static GPtrArray *
zones_of (const char *const *texts)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_delivery_zone_free);

  for (; *texts != NULL; texts++) {
    OsyDeliveryZone *zone = g_new0 (OsyDeliveryZone, 1);
    zone->areas = g_strsplit (*texts, ",", -1);
    zone->name = g_strdup (*texts);
    g_ptr_array_add (zones, zone);
  }
  return zones;
}

static void
test_zones (void)
{
  static const char *const texts[] = {"역삼동,0623", "서초", "", "강남", NULL};
  static const struct {
    const char *address;
    const char *zone;
  } cases[] = {
      {"서울 강남구 역삼동 1", "역삼동,0623"},
      {"서울 강남구 테헤란로 1 (06234)", "역삼동,0623"},
      {"06231 서울", "역삼동,0623"},
      {"서울 서초구 1", "서초"},
      {"부산 1", ""},
      {"서울 강남구 1", "강남"},  /* said by name, though everywhere stands before it */
      {"전화 010-0623-1234", ""}, /* no postcode */
      {"서울 106234번지", ""},    /* nor this */
      {"\xe1\x84\x89\xe1\x85\xa5\xe1\x84\x8e\xe1\x85\xa9", "서초"}, /* decomposed */
  };
  g_autoptr (GPtrArray) zones = zones_of (texts);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const OsyDeliveryZone *zone = osy_delivery_zone_find (zones, cases[i].address);
    g_test_message ("%s", cases[i].address);
    g_assert_nonnull (zone);
    g_assert_cmpstr (zone->name, ==, cases[i].zone);
  }
  g_ptr_array_set_size (zones, 2);
  g_assert_null (osy_delivery_zone_find (zones, "부산 1"));
  g_ptr_array_set_size (zones, 0);
  g_assert_null (osy_delivery_zone_find (zones, "서초"));
}

static void
test_json (void)
{
  g_autoptr (OsyDelivery) one = osy_delivery_new ();
  g_autoptr (OsyDelivery) other = osy_delivery_new ();
  g_autoptr (GError) error = NULL;

  one->id = g_strdup ("0190f3e0-0000-7000-8000-000000000001");
  one->order_id = g_strdup ("0190f3e0-0000-7000-8000-000000000002");
  one->order_number = 37;
  one->carrier = OSY_CARRIER_AGENCY;
  one->status = OSY_DELIVERY_ASSIGNED;
  one->rider = g_strdup ("김기사");
  one->rider_phone = g_strdup ("01012345678");
  one->call = OSY_RIDER_CALL_UNKNOWN;
  one->fee = 3000;
  one->requested_at = one->eta_at = G_GINT64_CONSTANT (1795230180000000);
  one->version = 4;
  g_autoptr (JsonNode) node = osy_json_take_object (osy_delivery_to_json (one));
  g_autofree char *text = osy_json_print (node);
  g_assert_null (strstr (text, "12345678"));
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  osy_delivery_read (other, reader);
  g_assert_true (osy_json_reader_finish (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (other->carrier, ==, "AGENCY");
  g_assert_cmpstr (other->call, ==, "UNKNOWN");
  g_assert_cmpint (other->eta_at, ==, one->eta_at);
  g_assert_cmpint (other->fee, ==, 3000);
  g_assert_true (osy_delivery_is_live (other) && osy_delivery_is_under_way (other));
  other->status = OSY_DELIVERY_DELIVERED;
  g_assert_true (osy_delivery_is_live (other) && !osy_delivery_is_under_way (other));
  other->status = OSY_DELIVERY_FAILED;
  g_assert_false (osy_delivery_is_live (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delivery/states", test_states);
  g_test_add_func ("/delivery/zones", test_zones);
  g_test_add_func ("/delivery/json", test_json);
  return g_test_run ();
}
