/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What clients see of a sign-in, and e-mail addresses as accounts are found by them. */

#include "osy-auth.h"
#include "osy-error.h"

static void
test_email (void)
{
  static const char *const bad[] = {"",      "@",     "a@",      "@b",     "a",
                                    "a@b@c", "a b@c", "a@b\n.c", "a@b\x7f"};
  g_autofree char *plain = osy_auth_email_normalise ("  Owner@Shop.Example ");
  /* A decomposed é is the same address as a composed one. */
  g_autofree char *composed = osy_auth_email_normalise ("caf\u00e9@shop.example");
  g_autofree char *decomposed = osy_auth_email_normalise ("cafe\u0301@shop.example");

  g_assert_cmpstr (plain, ==, "owner@shop.example");
  g_assert_cmpstr (composed, ==, decomposed);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (osy_auth_email_normalise (bad[i]));
  g_assert_null (osy_auth_email_normalise (NULL));
  g_assert_null (osy_auth_email_normalise ("\xff@b"));
  g_autofree char *name = g_strnfill (250, 'a');
  g_autofree char *longest = g_strconcat (name, "@b.c", NULL);
  g_autofree char *longer = g_strconcat (name, "@bb.c", NULL);
  g_autofree char *kept = osy_auth_email_normalise (longest);
  g_assert_cmpstr (kept, ==, longest);
  g_assert_null (osy_auth_email_normalise (longer));
}

static void
test_tokens (void)
{
  OsyAuthTokens tokens = {(char *)"a", (char *)"r", 900};
  g_autoptr (JsonNode) node = osy_auth_tokens_to_json (&tokens);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"token_type\":\"Bearer\","
                   "\"expires_in\":900}");
}

static OsyAuthPerson *
sample (void)
{
  OsyAuthPerson *person = osy_auth_person_new ();
  OsyMembership *membership = g_new0 (OsyMembership, 1);

  person->user_id = g_strdup ("0192f0a0-0000-7000-8000-000000000001");
  person->name = g_strdup ("김사장");
  person->role = OSY_ROLE_KITCHEN;
  person->restaurant_id = g_strdup ("0192f0a0-0000-7000-8000-000000000002");
  membership->restaurant_id = g_strdup (person->restaurant_id);
  membership->restaurant_name = g_strdup ("달빛분식");
  membership->role = OSY_ROLE_KITCHEN;
  g_ptr_array_add (person->memberships, membership);
  return person;
}

static void
test_person (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyAuthPerson) person = sample ();
  g_autoptr (JsonNode) node = osy_auth_person_to_json (person);
  g_autoptr (OsyAuthPerson) again = osy_auth_person_from_json (node, &error);

  g_assert_no_error (error);
  g_autoptr (JsonNode) twice = osy_auth_person_to_json (again);
  g_assert_true (json_node_equal (node, twice));
  JsonObject *object = json_node_get_object (node);
  JsonObject *restaurant = json_object_get_object_member (object, "restaurant");
  g_assert_cmpstr (json_object_get_string_member (restaurant, "name"), ==, "달빛분식");
  g_autofree char *permissions =
      json_to_string (json_object_get_member (object, "permissions"), FALSE);
  g_assert_cmpstr (permissions, ==, "[\"order:read\",\"order:write\",\"shop:read\"]");
}

static void
test_person_faults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyAuthPerson) person = sample ();
  g_autoptr (JsonNode) node = osy_auth_person_to_json (person);

  json_object_set_string_member (json_node_get_object (node), "role", "KING");
  g_assert_null (osy_auth_person_from_json (node, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/email", test_email);
  g_test_add_func ("/auth/tokens", test_tokens);
  g_test_add_func ("/auth/person", test_person);
  g_test_add_func ("/auth/person-faults", test_person_faults);
  return g_test_run ();
}
