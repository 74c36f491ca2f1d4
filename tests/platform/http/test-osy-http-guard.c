/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The guard as functions, and a property: of every request head that differs from a good one in one
 * byte, the guard accepts only what means the same on the wire as it does in its parts. */

#include "osy-http-guard.h"

#include <string.h>

#include "osy-error.h"

typedef struct {
  const char *text;
  const char *decoded; /* NULL: refused */
} Escape;

static const Escape escapes[] = {
    {"", ""},
    {"plain", "plain"},
    {"a%20b", "a b"},
    {"%41%5a%7A", "AZz"},
    {"%EA%B9%80", "김"},
    {"100%25", "100%"},
    {"%2500", "%00"}, /* decoded once, not twice */
    {"%", NULL},
    {"a%", NULL},
    {"a%4", NULL},
    {"%g1", NULL},
    {"%1g", NULL},
    {"%00", NULL},
    {"%0a", NULL},
    {"%0D", NULL},
    {"%1f", NULL},
    {"%7f", NULL},
    {"%ff", NULL},
    {"%c3%28", NULL},
    {"%c0%af", NULL},
    {"%ed%a0%80", NULL},
    {"\xff", NULL},
    {"%f5%80%80%80", NULL},
};

static void
test_unescape (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++) {
    g_autofree char *text = g_strdup (escapes[i].text);
    g_test_message ("row %u", i);
    g_assert_cmpint (osy_http_guard_unescape (text), ==, escapes[i].decoded != NULL);
    if (escapes[i].decoded != NULL)
      g_assert_cmpstr (text, ==, escapes[i].decoded);
  }
}

static void
test_unescape_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *escaped = NULL;
    for (gint n = g_rand_int_range (rand, 0, 20); n > 0; n--) {
      gunichar c = (gunichar)g_rand_int_range (rand, 0x20, 0x11000);
      if (g_unichar_validate (c) && c != 0x7f)
        g_string_append_unichar (text, c);
    }
    escaped = g_uri_escape_string (text->str, NULL, g_rand_boolean (rand));
    g_assert_true (osy_http_guard_unescape (escaped));
    g_assert_cmpstr (escaped, ==, text->str);
  }
}

static void
test_key (void)
{
  g_autofree char *longest = g_strnfill (255, 'k');
  g_autofree char *too_long = g_strnfill (256, 'k');

  g_assert_true (osy_http_guard_is_key ("k"));
  g_assert_true (osy_http_guard_is_key ("!~9f8b-\"quoted\""));
  g_assert_true (osy_http_guard_is_key (longest));
  g_assert_false (osy_http_guard_is_key (too_long));
  g_assert_false (osy_http_guard_is_key (""));
  g_assert_false (osy_http_guard_is_key ("a b"));
  g_assert_false (osy_http_guard_is_key ("a\x7f"));
  g_assert_false (osy_http_guard_is_key ("열쇠"));
}

#define ID "0af7651916cd43dd8448eb211c80319c"
#define SPAN "b7ad6b7169203331"

static const struct {
  const char *value;
  gboolean good;
} traces[] = {
    {"00-" ID "-" SPAN "-01", TRUE},
    {"00-" ID "-" SPAN "-00", TRUE},
    {"cc-" ID "-" SPAN "-01", TRUE},
    {"cc-" ID "-" SPAN "-01-more", TRUE},
    {"", FALSE},
    {"00", FALSE},
    {"00-" ID "-" SPAN "-01-more", FALSE},
    {"cc-" ID "-" SPAN "-01.more", FALSE},
    {"ff-" ID "-" SPAN "-01", FALSE},
    {"00-00000000000000000000000000000000-" SPAN "-01", FALSE},
    {"00-" ID "-0000000000000000-01", FALSE},
    {"00-0AF7651916CD43DD8448EB211C80319C-" SPAN "-01", FALSE},
    {"00_" ID "-" SPAN "-01", FALSE},
    {"0x-" ID "-" SPAN "-01", FALSE},
    {"00-" ID "-" SPAN "-zz", FALSE},
    {"00-" ID "-" SPAN "-0", FALSE},
};

static void
test_trace (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++) {
    char id[33] = "";
    g_test_message ("%s", traces[i].value);
    g_assert_cmpint (osy_http_guard_trace (traces[i].value, id), ==, traces[i].good);
    g_assert_cmpstr (id, ==, traces[i].good ? ID : "");
  }
}

/* ---- heads ---- */

/* A reader as MHD is: lenient about nearly everything, so that the guard alone decides. */
static gboolean
read_leniently (char *head, OsyHttpGuard *guard, OsyHttpGuardLine *line)
{
  char *eol = strstr (head, "\r\n");
  char *space;

  if (eol == NULL)
    return FALSE;
  *eol = '\0';
  line->method = head;
  space = strchr (head, ' ');
  if (space == NULL)
    return FALSE;
  *space = '\0';
  line->target = space + 1;
  space = strrchr (line->target, ' ');
  if (space == NULL)
    return FALSE;
  *space = '\0';
  line->version = space + 1;
  for (char *p = eol + 2; strncmp (p, "\r\n", 2) != 0; p = eol + 2) {
    char *colon = strchr (p, ':');
    eol = strstr (p, "\r\n");
    if (eol == NULL || colon == NULL || colon > eol)
      return FALSE;
    *eol = *colon = '\0';
    colon++;
    colon += strspn (colon, " \t");
    osy_http_guard_header (guard, p, strlen (p), colon, strlen (colon));
  }
  return TRUE;
}

static gboolean
accepts (const char *head, gsize len)
{
  g_autofree char *copy = g_strndup (head, len);
  OsyHttpGuard guard = {0};
  OsyHttpGuardLine line = {.header_size = len};
  g_autoptr (GError) error = NULL;
  guint status = 0;

  if (!read_leniently (copy, &guard, &line))
    return FALSE;
  if (osy_http_guard_check (&guard, &line, &status, &error)) {
    g_assert_no_error (error);
    return TRUE;
  }
  g_assert_nonnull (error);
  g_assert_cmpuint (status, >=, 400);
  return FALSE;
}

/* RFC 9112 in its plainest form, as one regular expression. */
static GRegex *
plain_head (void)
{
  return g_regex_new ("\\A[!#-'*+\\-.0-9A-Z^-z|~]{1,16} /[!\"$-~]* HTTP/1\\.[01]\\r\\n"
                      "(?:[!#-'*+\\-.0-9A-Z^-z|~]+:[ \\t]"
                      "(?:[!-~\\x80-\\xff](?:[\\t -~\\x80-\\xff]*[!-~\\x80-\\xff])?)?\\r\\n)*"
                      "\\r\\n\\z",
                      G_REGEX_RAW, 0, NULL);
}

static void
test_one_byte_away (void)
{
  static const char good[] = "POST /size?a=b%20c HTTP/1.1\r\nHost: shop.example:8080\r\n"
                             "Content-Length: 12\r\nX-Order-Token: abc\r\n\r\n";
  g_autoptr (GRegex) plain = plain_head ();
  guint accepted = 0;

  g_assert_true (accepts (good, sizeof good - 1));
  for (gsize at = 0; at < sizeof good - 1; at++)
    for (guint byte = 1; byte < 256; byte++) {
      char bent[sizeof good];
      memcpy (bent, good, sizeof good);
      bent[at] = (char)byte;
      if (!accepts (bent, sizeof good - 1))
        continue;
      accepted++;
      g_assert_true (g_regex_match_full (plain, bent, sizeof good - 1, 0, 0, NULL, NULL));
    }
  /* Letters of names and values may change; if nothing were accepted, nothing was tested. */
  g_assert_cmpuint (accepted, >, 1000);
}

static void
test_one_byte_more_or_less (void)
{
  static const char good[] = "GET /h HTTP/1.1\r\nHost: a\r\nX: y z\r\n\r\n";
  g_autoptr (GRegex) plain = plain_head ();

  for (gsize at = 0; at < sizeof good - 1; at++) {
    g_autofree char *less = g_strdup_printf ("%.*s%s", (int)at, good, good + at + 1);
    if (accepts (less, sizeof good - 2))
      g_assert_true (g_regex_match (plain, less, 0, NULL));
    for (guint byte = 1; byte < 256; byte++) {
      g_autofree char *more = g_strdup_printf ("%.*s%c%s", (int)at, good, byte, good + at);
      if (accepts (more, sizeof good))
        g_assert_true (g_regex_match (plain, more, 0, NULL));
    }
  }
}

static void
test_statuses (void)
{
  static const struct {
    const char *version;
    const char *name;
    const char *value;
    guint status;
    OsyErrorCode code;
  } cases[] = {
      {"HTTP/1.2", "Host", "a", 505, OSY_ERROR_INVALID_REQUEST},
      {"HTTP/1.1", "Transfer-Encoding", "chunked", 400, OSY_ERROR_INVALID_REQUEST}, /* no Host */
      {"HTTP/1.0", "Transfer-Encoding", "chunked", 411, OSY_ERROR_LENGTH_REQUIRED},
      {"HTTP/1.0", "Content-Length", "x", 400, OSY_ERROR_INVALID_REQUEST},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    OsyHttpGuard guard = {0};
    OsyHttpGuardLine line = {"POST", "/", cases[i].version, 0, FALSE};
    g_autoptr (GError) error = NULL;
    guint status = 0;
    osy_http_guard_header (&guard, cases[i].name, strlen (cases[i].name), cases[i].value,
                           strlen (cases[i].value));
    line.header_size = strlen ("POST / HTTP/1.1\r\n\r\n") + guard.header_bytes;
    g_assert_false (osy_http_guard_check (&guard, &line, &status, &error));
    g_assert_cmpuint (status, ==, cases[i].status);
    g_assert_error (error, OSY_ERROR, (int)cases[i].code);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/guard/unescape", test_unescape);
  g_test_add_func ("/http/guard/unescape-round-trip", test_unescape_round_trip);
  g_test_add_func ("/http/guard/key", test_key);
  g_test_add_func ("/http/guard/trace", test_trace);
  g_test_add_func ("/http/guard/one-byte-away", test_one_byte_away);
  g_test_add_func ("/http/guard/one-byte-more-or-less", test_one_byte_more_or_less);
  g_test_add_func ("/http/guard/statuses", test_statuses);
  return g_test_run ();
}
