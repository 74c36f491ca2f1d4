/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Masks show what they may and never more, whatever was typed. */

#include "osy-mask.h"

#include <string.h>

typedef struct {
  const char *plain;
  const char *masked;
} Case;

static void
check (char *(*mask) (const char *), const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *masked = mask (cases[i].plain);
    g_test_message ("%s", cases[i].plain);
    g_assert_cmpstr (masked, ==, cases[i].masked);
  }
}

static void
test_names (void)
{
  static const Case cases[] = {
      {NULL, NULL},
      {"", "*"},
      {"홍", "*"},
      {"홍길", "홍*"},
      {"홍길동", "홍*동"},
      {"남궁민수", "남**수"},
      {"황보다니엘", "황***엘"},
      {" 홍 길동 ", "홍 *동"},
      {"John Smith", "J*** ****h"},
      {"Ng", "N*"},
      {"王小明", "王*明"},
      /* decomposed syllables and marks count as one letter */
      {"\u1112\u1169\u11bc\u1100\u1175\u11af\u1103\u1169\u11bc", "홍*동"},
      {"e\u0301\u0323l\u0302o", "ẹ*o"},
      {"\xff\xfe", "*"},
  };

  check (osy_mask_name, cases, G_N_ELEMENTS (cases));
}

static void
test_phones (void)
{
  static const Case cases[] = {
      {NULL, NULL},
      {"", "***"},
      {"none", "***"},
      {"010-1234-5678", "010-****-5678"},
      {"01012345678", "010-****-5678"},
      {"+82 10-1234-5678", "010-****-5678"},
      {"+82 (0)10 1234 5678", "010-****-5678"},
      {"011-123-4567", "011-***-4567"},
      {"02-123-4567", "02-***-4567"},
      {"02-1234-5678", "02-****-5678"},
      {"031 123 4567", "031-***-4567"},
      {"0504-1234-5678", "0504-****-5678"},
      {"050-7123-4567", "050-****-4567"},
      {"1588-1234", "****-1234"},
      {"123-456-789", "*****-6789"},
      {"+1 415 555 01234", "********-1234"},
      {"+49 1512 3456789", "*********-6789"},
      {"1234567", "*****-67"},
      {"1234", "****"},
      {"02", "**"},
  };

  check (osy_mask_phone, cases, G_N_ELEMENTS (cases));
}

static void
test_emails (void)
{
  static const Case cases[] = {
      {NULL, NULL},
      {"", "***"},
      {"no address", "***"},
      {"@example.com", "***"},
      {"a@example.com", "***@example.com"},
      {"ab@example.com", "a***@example.com"},
      {"abcd@example.com", "ab***@example.com"},
      {"hong.gildong+shop@example.co.kr", "ho***@example.co.kr"},
      {"홍길동님@example.kr", "홍길***@example.kr"},
      {"a@b@example.com", "a***@example.com"},
  };

  check (osy_mask_email, cases, G_N_ELEMENTS (cases));
}

static void
test_addresses (void)
{
  static const Case cases[] = {
      {NULL, NULL},
      {"", "***"},
      {"서울시 마포구 양화로 12, 301호", "서울시 마포구 양화로 ***"},
      {"서울 마포구 어울마당로 5", "서울 마포구 어울마당로 ***"},
      {"서울특별시 강남구 테헤란로152 3층", "서울특별시 강남구 테헤란로 ***"},
      {"경기도 성남시 분당구 판교역로 235", "경기도 성남시 분당구 판교역로 ***"},
      {"마포구 양화로12길 34-5", "마포구 양화로12길 ***"},
      {"양화로 45 301호", "양화로 ***"},
      {"양화로45", "양화로 ***"},
      {"마포구 동교동 123-4", "마포구 동교동 ***"},
      {"마포구 행복아파트 101동 1203호", "마포구 ***"},
      {"마포구 101동", "마포구 ***"},
      {"홍길동 010-1234-5678", "***"},
      {"박한길", "***"},
      {"1600 Pennsylvania Ave", "***"},
      {"구", "***"},
  };

  check (osy_mask_address, cases, G_N_ELEMENTS (cases));
}

/* ---- whatever is typed ---- */

/* Every letter is one of its own, so that each one shown can be counted. */
static void
test_name_never_shows_more (void)
{
  for (int round = 0; round < 5000; round++) {
    g_autoptr (GString) name = g_string_new (NULL);
    int length = g_test_rand_int_range (0, 24);
    int shown = 0;

    for (int i = 0; i < length; i++) {
      g_string_append_unichar (name, (gunichar)(0xac00 + i * 28));
      if (g_test_rand_int_range (0, 6) == 0)
        g_string_append_c (name, ' ');
    }
    g_autofree char *masked = osy_mask_name (name->str);
    for (const char *p = masked; *p != '\0'; p = g_utf8_next_char (p))
      shown += *p != '*' && *p != ' ' ? 1 : 0;
    g_assert_cmpint (shown, ==, length < 2 ? 0 : (length == 2 ? 1 : 2));
  }
}

static void
test_phone_never_shows_more (void)
{
  for (int round = 0; round < 20000; round++) {
    g_autoptr (GString) typed = g_string_new (g_test_rand_bit () ? "0" : "");
    int length = g_test_rand_int_range (9, 14);
    gsize shown = 0;

    while ((int)typed->len < length)
      g_string_append_c (typed, (char)('0' + g_test_rand_int_range (0, 10)));
    g_autofree char *masked = osy_mask_phone (typed->str);
    for (const char *p = masked; *p != '\0'; p++)
      shown += g_ascii_isdigit (*p) ? 1 : 0;
    g_assert_true (g_str_has_suffix (masked, typed->str + length - 4));
    g_assert_nonnull (strstr (masked, "***"));
    /* no more than the end and an area of four */
    g_assert_cmpuint (shown, <=, 8);
    g_assert_cmpuint (shown + 3, <=, (gsize)length);
    if (shown > 4)
      g_assert_cmpint (typed->str[0], ==, '0');
  }
}

/* Nothing from the first house number on. */
static void
test_address_never_shows_more (void)
{
  static const char *const heads[] = {"서울시", "마포구", "양화로", "역삼동", "해운대구", "김길동"};

  for (int round = 0; round < 5000; round++) {
    g_autoptr (GString) typed = g_string_new (NULL);
    int n = g_test_rand_int_range (0, 5);

    for (int i = 0; i < n; i++)
      g_string_append_printf (typed, "%s ", heads[g_test_rand_int_range (0, G_N_ELEMENTS (heads))]);
    g_string_append_printf (typed, "%d비밀 비밀동 비밀로 77", g_test_rand_int_range (1, 999));
    g_autofree char *masked = osy_mask_address (typed->str);
    g_assert_null (strstr (masked, "비밀"));
    g_assert_null (strpbrk (masked, "0123456789"));
    g_assert_true (g_str_has_suffix (masked, "***"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/names", test_names);
  g_test_add_func ("/mask/phones", test_phones);
  g_test_add_func ("/mask/emails", test_emails);
  g_test_add_func ("/mask/addresses", test_addresses);
  g_test_add_func ("/mask/name-never-shows-more", test_name_never_shows_more);
  g_test_add_func ("/mask/phone-never-shows-more", test_phone_never_shows_more);
  g_test_add_func ("/mask/address-never-shows-more", test_address_never_shows_more);
  return g_test_run ();
}
