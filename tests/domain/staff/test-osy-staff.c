/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who may give which role, invitation codes as people type them, and the list as JSON. */

#include "osy-json.h"
#include "osy-staff.h"

#include "osy-error.h"

/* Rows: who gives. Columns: GUEST COURIER KITCHEN STAFF MANAGER OWNER ADMIN. */
static void
test_may_give (void)
{
  static const char *const table[OSY_N_ROLES] = {
      [OSY_ROLE_GUEST] = ".......", [OSY_ROLE_COURIER] = ".x.....", [OSY_ROLE_KITCHEN] = ".xx....",
      [OSY_ROLE_STAFF] = ".xxx...", [OSY_ROLE_MANAGER] = ".xxxx..", [OSY_ROLE_OWNER] = ".xxxxx.",
      [OSY_ROLE_ADMIN] = ".xxxxx.",
  };

  for (OsyRole giver = 0; giver < OSY_N_ROLES; giver++)
    for (OsyRole role = 0; role < OSY_N_ROLES; role++)
      g_assert_cmpint (osy_staff_may_give (giver, role), ==, table[giver][role] == 'x');
}

static void
test_codes (void)
{
  static const struct {
    const char *typed;
    const char *code; /* NULL: none */
  } cases[] = {
      {"K7QP-4MXN-WB2T", "K7QP-4MXN-WB2T"},
      {"k7qp4mxnwb2t", "K7QP-4MXN-WB2T"},
      {" k7qp 4mxn wb2t ", "K7QP-4MXN-WB2T"},
      {"-K-7QP4MXNWB2T-", "K7QP-4MXN-WB2T"},
      {"K7QP-4MXN-WB2", NULL},
      {"K7QP-4MXN-WB2TX", NULL},
      {"K7QP-4MXN-WB20", NULL}, /* no nought */
      {"K7QP-4MXN-WB2I", NULL},
      {"K7QP_4MXN_WB2T", NULL},
      {"", NULL},
      {"한글", NULL},
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = osy_staff_code_normalise (cases[i].typed);
    g_assert_cmpstr (code, ==, cases[i].code);
  }
  for (guint i = 0; i < 1000; i++) {
    char *code = osy_staff_code_new ();
    g_autofree char *normal = osy_staff_code_normalise (code);
    g_assert_cmpstr (normal, ==, code);
    g_assert_true (g_hash_table_add (seen, code));
  }
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) members =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_staff_member_free);
  OsyStaffMember *person = osy_staff_member_new ();
  OsyStaffMember *invited = osy_staff_member_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (members, person);
  g_ptr_array_add (members, invited);
  person->user_id = g_strdup ("0192f0c0-0000-7000-8000-000000000001");
  person->email = g_strdup ("ki***@shop.example");
  person->role = OSY_ROLE_MANAGER;
  person->totp = TRUE;
  person->version = 3;
  person->since = 1700000000000000;
  invited->invitation_id = g_strdup ("0192f0c0-0000-7000-8000-000000000002");
  invited->name = g_strdup ("새사람");
  invited->email = g_strdup ("sa***@shop.example");
  invited->role = OSY_ROLE_COURIER;
  invited->version = 1;
  invited->invitation_until = 1700000000000001;
  g_autoptr (JsonNode) json = osy_staff_list_to_json (members);
  g_autoptr (GPtrArray) read = osy_staff_list_from_json (json, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) again = osy_staff_list_to_json (read);
  g_autofree char *text = osy_json_print (json);
  g_autofree char *same = osy_json_print (again);
  g_assert_cmpstr (text, ==, same);
  g_assert_cmpint (((OsyStaffMember *)read->pdata[1])->invitation_until, ==, 1700000000000001);
  g_assert_null (((OsyStaffMember *)read->pdata[1])->user_id);

  g_autoptr (JsonNode) wrong = json_from_string (
      "{\"staff\": [{\"email\": \"a\", \"role\": \"KING\", \"version\": 1}]}", NULL);
  g_assert_null (osy_staff_list_from_json (wrong, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff/may-give", test_may_give);
  g_test_add_func ("/staff/codes", test_codes);
  g_test_add_func ("/staff/list", test_list);
  return g_test_run ();
}
