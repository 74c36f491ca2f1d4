/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tickets are good once, for half a minute, for whom they were made. */

#include <string.h>

#include "osy-auth-tickets.h"
#include "osy-clock.h"

static void
test_tickets (void)
{
  g_autoptr (OsyAuthTickets) tickets =
      osy_auth_tickets_new (OSY_AUTH_TICKET_LIFETIME, OSY_AUTH_MAX_TICKETS);
  g_autoptr (OsyPrincipal) person = osy_principal_new_user ("u", "r", OSY_ROLE_STAFF, "s");

  osy_clock_set_fake (G_GINT64_CONSTANT (1795231445000000));
  g_autofree char *one = osy_auth_tickets_issue (tickets, person);
  g_autofree char *two = osy_auth_tickets_issue (tickets, person);
  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, two);
  g_assert_null (osy_auth_tickets_redeem (tickets, "guess"));
  g_autoptr (OsyPrincipal) found = osy_auth_tickets_redeem (tickets, one);
  g_assert_cmpstr (osy_principal_user_id (found), ==, "u");
  g_assert_null (osy_auth_tickets_redeem (tickets, one));
  osy_clock_advance_fake (30 * G_TIME_SPAN_SECOND);
  g_assert_null (osy_auth_tickets_redeem (tickets, two));
  osy_clock_set_fake (0);
}

/* Unused tickets do not pile up beyond their limit, and make room once they have ended. */
static void
test_limit (void)
{
  g_autoptr (OsyAuthTickets) tickets =
      osy_auth_tickets_new (OSY_AUTH_TICKET_LIFETIME, OSY_AUTH_MAX_TICKETS);
  g_autoptr (OsyPrincipal) person = osy_principal_new_user ("u", "r", OSY_ROLE_STAFF, "s");
  int n = 0;

  osy_clock_set_fake (G_GINT64_CONSTANT (1795231445000000));
  for (;; n++) {
    g_autofree char *ticket = osy_auth_tickets_issue (tickets, person);
    if (ticket == NULL || n > 20000)
      break;
    if (n % 100 == 0) {
      g_autoptr (OsyPrincipal) used = osy_auth_tickets_redeem (tickets, ticket);
      g_assert_nonnull (used);
    }
    if (n == 500)
      osy_clock_advance_fake (31 * G_TIME_SPAN_SECOND);
  }
  g_assert_cmpint (n, >=, 10000);
  g_assert_cmpint (n, <=, 11000);
  osy_clock_advance_fake (31 * G_TIME_SPAN_SECOND);
  g_autofree char *again = osy_auth_tickets_issue (tickets, person);
  g_assert_nonnull (again);
  osy_clock_set_fake (0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/tickets", test_tickets);
  g_test_add_func ("/auth/tickets/limit", test_limit);
  return g_test_run ();
}
