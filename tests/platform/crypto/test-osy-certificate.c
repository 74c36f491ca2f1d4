/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The shop's own authority: what it makes is believed, for as long and for whom it may vouch. */

#include "osy-certificate.h"

#include <string.h>

#include "osy-clock.h"

#define BEGIN G_GINT64_CONSTANT (1795231445000000)

static const char *const names[] = {"till.local", "192.168.0.7", "fd00::7", NULL};

static void
make (OsyCertificate *authority, OsyCertificate *server)
{
  g_autoptr (GError) error = NULL;

  osy_clock_set_fake (BEGIN);
  g_assert_true (osy_certificate_make_authority ("OrderSync test", NULL, authority, &error));
  g_assert_no_error (error);
  g_assert_true (osy_certificate_issue (authority, names, 180, server, &error));
  g_assert_no_error (error);
}

static void
test_pair (void)
{
  g_auto (OsyCertificate) authority = {NULL};
  g_auto (OsyCertificate) server = {NULL};
  gint64 ends = 0;

  make (&authority, &server);
  g_assert_true (osy_certificate_check_pair (server.certificate, server.key, NULL));
  g_assert_true (osy_certificate_check_pair (authority.certificate, authority.key, NULL));
  g_assert_true (osy_certificate_ends (server.certificate, &ends));
  g_assert_cmpint (ends, ==, BEGIN / G_USEC_PER_SEC * G_USEC_PER_SEC + 180 * G_TIME_SPAN_DAY);
  osy_clock_set_fake (0);
}

static void
test_names (void)
{
  static const char *const lacking[][3] = {
      {"other.local", NULL}, {"192.168.0.8", NULL}, {"till.local", "fd00::8", NULL}};
  g_auto (OsyCertificate) authority = {NULL};
  g_auto (OsyCertificate) server = {NULL};

  make (&authority, &server);
  g_assert_true (osy_certificate_is_for (server.certificate, names));
  for (gsize i = 0; i < G_N_ELEMENTS (lacking); i++)
    g_assert_false (osy_certificate_is_for (server.certificate, lacking[i]));
  g_assert_false (osy_certificate_is_for ("nothing", names));
  osy_clock_set_fake (0);
}

/* A stolen key of the authority is of no use against the internet. */
static void
test_constraints (void)
{
  static const char *const public_names[][2] = {{"bank.example", NULL},
                                                {"203.0.113.5", NULL},
                                                {"2001:db8::5", NULL},
                                                {"notlocal", NULL},
                                                {"local.bank.example", NULL}};
  static const char *const chosen[] = {"cafe.example", NULL};
  g_auto (OsyCertificate) authority = {NULL};
  g_auto (OsyCertificate) server = {NULL};
  g_auto (OsyCertificate) wider = {NULL};
  g_auto (OsyCertificate) chosen_one = {NULL};
  g_autoptr (GError) error = NULL;

  make (&authority, &server);
  for (gsize i = 0; i < G_N_ELEMENTS (public_names); i++) {
    g_auto (OsyCertificate) refused = {NULL};
    g_assert_false (osy_certificate_issue (&authority, public_names[i], 180, &refused, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
    g_assert_null (refused.key);
    g_clear_error (&error);
  }
  g_assert_true (osy_certificate_make_authority ("OrderSync test", chosen, &wider, &error));
  g_assert_true (osy_certificate_issue (&wider, chosen, 180, &chosen_one, &error));
  g_assert_no_error (error);
  osy_clock_set_fake (0);
}

static void
test_damaged (void)
{
  g_auto (OsyCertificate) authority = {NULL};
  g_auto (OsyCertificate) server = {NULL};
  g_auto (OsyCertificate) none = {NULL};
  g_autoptr (GError) error = NULL;
  gint64 ends;

  make (&authority, &server);
  g_assert_false (osy_certificate_check_pair (server.certificate, authority.key, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_clear_error (&error);
  g_assert_false (osy_certificate_check_pair (server.key, server.key, &error));
  g_clear_error (&error);
  g_assert_false (osy_certificate_check_pair (server.certificate, NULL, &error));
  g_assert_null (strstr (error->message, "BEGIN"));
  g_assert_false (osy_certificate_ends (NULL, &ends));
  g_assert_null (osy_certificate_fingerprint ("-----BEGIN CERTIFICATE-----\nAAAA\n"));
  g_clear_error (&error);
  g_assert_false (osy_certificate_issue (&none, names, 1, &none, &error));
  osy_clock_set_fake (0);
}

static void
test_fingerprint (void)
{
  g_auto (OsyCertificate) one = {NULL};
  g_auto (OsyCertificate) other = {NULL};
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  make (&one, &other);
  first = osy_certificate_fingerprint (one.certificate);
  second = osy_certificate_fingerprint (other.certificate);
  g_assert_cmpuint (strlen (first), ==, 95);
  g_assert_true (g_regex_match_simple ("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", first, 0, 0));
  g_assert_cmpstr (first, !=, second);
  osy_clock_set_fake (0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate/pair", test_pair);
  g_test_add_func ("/certificate/names", test_names);
  g_test_add_func ("/certificate/constraints", test_constraints);
  g_test_add_func ("/certificate/damaged", test_damaged);
  g_test_add_func ("/certificate/fingerprint", test_fingerprint);
  return g_test_run ();
}
