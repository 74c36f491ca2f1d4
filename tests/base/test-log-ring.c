/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The last lines of a log: bounded, in order, and nobody's number in them. */

#include "osy-log-ring.h"

#include <string.h>

static const OsyLogLine *
newest (GPtrArray *lines)
{
  g_assert_cmpuint (lines->len, >, 0);
  return g_ptr_array_index (lines, lines->len - 1);
}

/* What @message becomes. (transfer full) */
static char *
kept (const char *message)
{
  osy_log_ring_add (G_LOG_LEVEL_INFO, "test", message);
  g_autoptr (GPtrArray) lines = osy_log_ring_since (0, 1);
  return g_strdup (newest (lines)->message);
}

static void
test_masks (void)
{
  static const struct {
    const char *said;
    const char *kept;
  } cases[] = {
      {"to 01012345678.", "to ***********."},
      {"010-1234-5678", "***-****-****"},
      {"call 010 1234 5678 now", "call *** **** **** now"},
      {"order 1024 in 35 ms", "order 1024 in 35 ms"},
      {"id 0198d1c2-0101-7345-8678-0101234567ab", "id 0198d1c2-0101-7345-8678-0101234567ab"},
      {"a01012345678b", "a01012345678b"},
      {"status 404 010-1234-5678", "status 404 ***-****-****"},
      {"retry 3 01012345678", "retry 3 ***********"},
      {"01012345678 2", "*********** 2"},
      {"010-1234-5678-1", "***-****-****-1"},
      {"010-1234-5678 01198765432", "***-****-**** ***********"},
      {"from +82 10-1234-5678.", "from +** **-****-****."},
      {"+821012345678", "+************"},
      {"+82-010-1234-5678 3", "+**-***-****-**** 3"},
      {"took 82 10 1234 5678", "took 82 10 1234 5678"},
      {"3x010-1234-5678", "3x010-1234-5678"},
      {"", ""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = kept (cases[i].said);
    g_assert_cmpstr (text, ==, cases[i].kept);
  }
}

/* Digits that may begin like a phone. */
static void
add_number (GString *text)
{
  static const char *const starts[] = {"", "0", "01", "010", "82", "+82"};

  g_string_append (text, starts[g_test_rand_int_range (0, G_N_ELEMENTS (starts))]);
  g_string_append_printf (text, "%d",
                          g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 24)));
}

/* Wherever a phone stands among numbers, nothing of it is kept. */
static void
test_masks_anywhere (void)
{
  static const char *const phones[][2] = {
      {"01098765432", "***********"},           {"010-9876-5432", "***-****-****"},
      {"010 9876 5432", "*** **** ****"},       {"0119876543", "**********"},
      {"011-987-6543", "***-***-****"},         {"+821098765432", "+************"},
      {"+82 10-9876-5432", "+** **-****-****"}, {"+82 010-9876-5432", "+** ***-****-****"}};
  static const char *const gaps[] = {" ", "-", ", ", ": ", " (", "/", " ms "};

  for (int n = 0; n < 20000; n++) {
    g_autoptr (GString) text = g_string_new (NULL);
    const char *const *phone = phones[g_test_rand_int_range (0, G_N_ELEMENTS (phones))];

    for (int i = g_test_rand_int_range (0, 5); i > 0; i--) {
      add_number (text);
      g_string_append (text, gaps[g_test_rand_int_range (0, G_N_ELEMENTS (gaps))]);
    }
    gsize at = text->len;
    g_string_append (text, phone[0]);
    for (int i = g_test_rand_int_range (0, 5); i > 0; i--) {
      g_string_append (text, gaps[g_test_rand_int_range (0, G_N_ELEMENTS (gaps))]);
      add_number (text);
    }
    g_autofree char *said = kept (text->str);
    if (strncmp (said + at, phone[1], strlen (phone[1])) != 0) {
      g_error ("“%s” became “%s”", text->str, said);
    }
  }
}

static void
test_cut (void)
{
  g_autofree char *long_text = g_strnfill (OSY_LOG_RING_TEXT - 1, 'x');
  g_autofree char *said = g_strconcat (long_text, "한글", NULL); /* cut within a letter */
  g_autofree char *text = kept (said);
  g_autofree char *broken = kept ("\xff\xfe");

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, OSY_LOG_RING_TEXT + 8);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) before = osy_log_ring_since (0, 1);
  gint64 seq = newest (before)->seq;

  osy_log_ring_add (G_LOG_LEVEL_WARNING, "one", "first");
  osy_log_ring_add (G_LOG_LEVEL_CRITICAL, NULL, NULL);
  g_autoptr (GPtrArray) lines = osy_log_ring_since (seq, 10);
  g_assert_cmpuint (lines->len, ==, 2);
  const OsyLogLine *first = g_ptr_array_index (lines, 0);
  g_assert_cmpstr (first->where, ==, "one");
  g_assert_cmpstr (first->level, ==, "warning");
  g_assert_cmpint (newest (lines)->seq, ==, seq + 2);
  g_assert_cmpstr (newest (lines)->level, ==, "critical");
  g_assert_cmpstr (newest (lines)->message, ==, "");
  g_autoptr (GPtrArray) none = osy_log_ring_since (seq + 2, 10);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GPtrArray) beyond = osy_log_ring_since (G_MAXINT64 - 1, 10);
  g_assert_cmpuint (beyond->len, ==, 0);
}

static void
test_bounds (void)
{
  for (int i = 0; i < 3 * OSY_LOG_RING_LINES; i++) {
    g_autofree char *text = g_strdup_printf ("line %d", i);
    osy_log_ring_add (G_LOG_LEVEL_INFO, "many", text);
  }
  g_autoptr (GPtrArray) lines = osy_log_ring_since (0, G_MAXUINT);
  g_assert_cmpuint (lines->len, ==, OSY_LOG_RING_LINES);
  g_assert_cmpstr (newest (lines)->message, ==, "line 2999");
  g_assert_cmpstr (((OsyLogLine *)lines->pdata[0])->message, ==, "line 2000");
  g_autoptr (GPtrArray) few = osy_log_ring_since (0, 3);
  g_assert_cmpuint (few->len, ==, 3);
  g_assert_cmpstr (((OsyLogLine *)few->pdata[0])->message, ==, "line 2997");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-ring/masks", test_masks);
  g_test_add_func ("/log-ring/masks-anywhere", test_masks_anywhere);
  g_test_add_func ("/log-ring/cut", test_cut);
  g_test_add_func ("/log-ring/order", test_order);
  g_test_add_func ("/log-ring/bounds", test_bounds);
  return g_test_run ();
}
