/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who may do what, said once more by hand: a slip in the table is a hole. */

#include "osy-error.h"
#include "osy-principal.h"

/* Rows: permissions in the order of their bits. Columns: GUEST COURIER KITCHEN STAFF MANAGER OWNER
 * ADMIN. */
static const struct {
  const char *name;
  const char *may;
} matrix[] = {
    {"order:read", ".xxxxxx"},     {"order:write", "..xxxxx"},     {"order:cancel", "...xxxx"},
    {"menu:manage", "....xxx"},    {"shop:read", "..xxxxx"},       {"shop:manage", ".....xx"},
    {"staff:manage", ".....xx"},   {"audit:read", ".....xx"},      {"payment:manage", ".....xx"},
    {"payment:take", "...xxxx"},   {"payment:refund", "....xxx"},  {"guest:unmask", "....xx."},
    {"privacy:manage", ".....x."}, {"security:read", ".....xx"},   {"device:manage", "....xx."},
    {"check:adjust", "....xxx"},   {"table:manage", "....xxx"},    {"kitchen:manage", "....xxx"},
    {"printer:manage", "....xxx"}, {"delivery:manage", "....xxx"}, {"attention:manage", "....xxx"},
    {"stock:write", "...xxxx"},    {"stock:manage", "....xxx"},    {"sales:read", "....xxx"},
    {"till:manage", "....xxx"},
};

static void
test_matrix (void)
{
  for (OsyRole role = 0; role < OSY_N_ROLES; role++) {
    g_autoptr (OsyPrincipal) person = osy_principal_new_user ("u", "r", role, "s");
    guint32 all = 0;
    for (guint i = 0; i < G_N_ELEMENTS (matrix); i++) {
      OsyPermission bit = 1u << i;
      g_autoptr (GError) error = NULL;
      gboolean may = matrix[i].may[role] == 'x';
      g_assert_cmpstr (osy_permission_name (bit), ==, matrix[i].name);
      g_assert_cmpint (osy_principal_can (person, bit), ==, may);
      g_assert_cmpint (osy_principal_check (person, bit, &error), ==, may);
      if (!may)
        g_assert_error (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION);
      all |= may ? bit : 0;
    }
    g_assert_cmphex (osy_role_permissions (role), ==, all);
  }
  g_assert_null (osy_permission_name (1u << G_N_ELEMENTS (matrix)));
}

/* All of several, not any of them. */
static void
test_several (void)
{
  g_autoptr (OsyPrincipal) kitchen = osy_principal_new_user ("u", "r", OSY_ROLE_KITCHEN, NULL);

  g_assert_true (osy_principal_can (kitchen, OSY_PERM_ORDER_READ | OSY_PERM_ORDER_WRITE));
  g_assert_false (osy_principal_can (kitchen, OSY_PERM_ORDER_READ | OSY_PERM_ORDER_CANCEL));
}

static void
test_anonymous (void)
{
  g_autoptr (OsyPrincipal) guest = osy_principal_new_anonymous ();

  g_assert_true (osy_principal_is_anonymous (guest));
  g_assert_null (osy_principal_user_id (guest));
  g_assert_null (osy_principal_restaurant_id (guest));
  g_assert_cmpint (osy_principal_role (guest), ==, OSY_ROLE_GUEST);
  g_assert_cmpstr (osy_principal_actor (guest), ==, "guest");
  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (osy_principal_check (guest, 1u << i, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
  }
}

static void
test_identity (void)
{
  g_autoptr (OsyPrincipal) user = osy_principal_new_user ("u1", "r1", OSY_ROLE_STAFF, "s1");
  g_autoptr (OsyPrincipal) system = osy_principal_new_system ("r2", "ctl");
  g_autoptr (OsyPrincipal) same = osy_principal_ref (user);

  g_assert_true (same == user);
  g_assert_cmpstr (osy_principal_user_id (user), ==, "u1");
  g_assert_cmpstr (osy_principal_restaurant_id (user), ==, "r1");
  g_assert_cmpstr (osy_principal_session_id (user), ==, "s1");
  g_assert_cmpstr (osy_principal_actor (user), ==, "user:u1");
  g_assert_false (osy_principal_is_anonymous (user));
  g_assert_cmpstr (osy_principal_actor (system), ==, "system:ctl");
  g_assert_null (osy_principal_user_id (system));
  g_assert_cmpstr (osy_principal_restaurant_id (system), ==, "r2");
  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++)
    g_assert_true (osy_principal_can (system, 1u << i));
}

static void
test_names (void)
{
  static const char *const roles[] = {"GUEST",   "COURIER", "KITCHEN", "STAFF",
                                      "MANAGER", "OWNER",   "ADMIN"};
  OsyRole role;

  G_STATIC_ASSERT (G_N_ELEMENTS (roles) == OSY_N_ROLES);
  for (guint i = 0; i < OSY_N_ROLES; i++) {
    g_assert_cmpstr (osy_role_name (i), ==, roles[i]);
    g_assert_true (osy_role_from_name (roles[i], &role));
    g_assert_cmpint (role, ==, i);
  }
  g_assert_false (osy_role_from_name ("owner", &role));
  g_assert_false (osy_role_from_name ("", &role));
  g_assert_false (osy_role_from_name (NULL, &role));

  g_auto (GStrv) all = osy_permission_names (osy_role_permissions (OSY_ROLE_OWNER));
  g_assert_cmpuint (g_strv_length (all), ==, G_N_ELEMENTS (matrix));
  for (guint i = 1; all[i] != NULL; i++)
    g_assert_cmpstr (all[i - 1], <, all[i]);
  g_auto (GStrv) none = osy_permission_names (0);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/principal/matrix", test_matrix);
  g_test_add_func ("/principal/several", test_several);
  g_test_add_func ("/principal/anonymous", test_anonymous);
  g_test_add_func ("/principal/identity", test_identity);
  g_test_add_func ("/principal/names", test_names);
  return g_test_run ();
}
