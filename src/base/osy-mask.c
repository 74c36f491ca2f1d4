/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Personal words as they are shown until somebody who may asks for the whole: enough to tell two
 * guests apart, too little to reach one. What is not understood is hidden. */

#include "osy-mask.h"

#include <string.h>

#include "osy-phone.h"

#define HIDDEN "***"
#define TAIL_DIGITS 4

/* ---- names ---- */

/* Marks stand on the letter before them and are shown or hidden with it. */
static gboolean
is_letter (gunichar c)
{
  return !g_unichar_isspace (c) && !g_unichar_ismark (c) && !g_unichar_iszerowidth (c);
}

static int
count_letters (const char *text)
{
  int n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += is_letter (g_utf8_get_char (p)) ? 1 : 0;
  return n;
}

char *
osy_mask_name (const char *name)
{
  if (name == NULL)
    return NULL;
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) text = g_string_new (NULL);
  int length = composed != NULL ? count_letters (composed) : 0;
  int n = 0;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_letter (c)) {
      gboolean shown = (n == 0 && length > 1) || (n == length - 1 && length > 2);
      g_string_append_unichar (text, shown ? c : '*');
      n++;
    } else if (g_unichar_isspace (c) && n > 0 && n < length) {
      g_string_append_c (text, ' ');
    }
  }
  return g_strdup (text->len > 0 ? text->str : "*");
}

/* ---- phones ---- */

/* How many digits say only where or of what kind a Korean number is; 0: it is none. */
static gsize
area_of (const char *digits, gsize length)
{
  if (digits[0] != '0' || length < 9 || length > 12)
    return 0;
  if (digits[1] == '2')
    return length <= 10 ? 2 : 0;
  if (length == 12)
    return g_str_has_prefix (digits, "050") ? 4 : 0;
  return digits[1] != '0' && length >= 10 ? 3 : 0;
}

static gsize
tail_of (gsize length)
{
  if (length >= 2 * TAIL_DIGITS)
    return TAIL_DIGITS;
  return length > TAIL_DIGITS ? 2 : 0;
}

static void
append_stars (GString *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_c (text, '*');
}

char *
osy_mask_phone (const char *phone)
{
  if (phone == NULL)
    return NULL;
  g_autofree char *digits = osy_phone_digits (phone);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = strlen (digits);
  gsize area = area_of (digits, length);
  gsize tail = tail_of (length);

  if (length == 0)
    return g_strdup (HIDDEN);
  if (area > 0) {
    g_string_append_len (text, digits, (gssize)area);
    g_string_append_c (text, '-');
  }
  append_stars (text, length - area - tail);
  if (tail > 0)
    g_string_append_printf (text, "-%s", digits + length - tail);
  return g_strdup (text->str);
}

/* ---- e-mails ---- */

char *
osy_mask_email (const char *email)
{
  if (email == NULL)
    return NULL;
  const char *at = strrchr (email, '@');
  glong length =
      at != NULL && g_utf8_validate (email, -1, NULL) ? g_utf8_strlen (email, at - email) : 0;
  glong shown = length >= 4 ? 2 : (length >= 2 ? 1 : 0);

  if (length == 0)
    return g_strdup (HIDDEN);
  const char *end = g_utf8_offset_to_pointer (email, shown);
  return g_strdup_printf ("%.*s" HIDDEN "%s", (int)(end - email), email, at);
}

/* ---- addresses ---- */

static const char *const provinces[] = {
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기",
    "강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주", NULL,
};
static const char *const towns[] = {"시", "도", "군", "구", NULL};
static const char *const parts[] = {"시", "군", "구", "읍", "면", "동", "리", "가", NULL};
static const char *const roads[] = {"로", "길", NULL};

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* Longer than its ending: "구" alone names nothing. */
static gboolean
ends_in (const char *text, const char *const *endings)
{
  for (gsize i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (text, endings[i]) && strlen (text) > strlen (endings[i]))
      return TRUE;
  return FALSE;
}

/* "양화로", "양화로12길", and "테헤란로" of "테헤란로152". NULL: @word names no road. */
static char *
road_of (const char *word)
{
  gsize length = strlen (word);

  while (length > 0 && (g_ascii_isdigit (word[length - 1]) || word[length - 1] == '-'))
    length--;
  g_autofree char *road = g_strndup (word, length);
  return ends_in (road, roads) && !g_ascii_isdigit (road[0]) ? g_steal_pointer (&road) : NULL;
}

/* A road may come first when a house number follows; a quarter may not, since 길동 is also a name.
 */
static gboolean
may_begin (const char *word, const char *next, const char *road)
{
  if (g_strv_contains (provinces, word) || (ends_in (word, towns) && !has_digit (word)))
    return TRUE;
  return road != NULL &&
         (strlen (road) < strlen (word) || (next != NULL && g_ascii_isdigit (next[0])));
}

char *
osy_mask_address (const char *address)
{
  if (address == NULL)
    return NULL;
  g_autofree char *composed = g_utf8_normalize (address, -1, G_NORMALIZE_NFC);
  g_auto (GStrv) words = g_strsplit_set (composed != NULL ? composed : "", " ,\t\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++) {
    g_autofree char *road = road_of (words[i]);
    if (words[i][0] == '\0')
      continue;
    if (text->len == 0 && !may_begin (words[i], words[i + 1], road))
      break;
    if (road != NULL) {
      g_string_append_printf (text, "%s ", road);
      break;
    }
    gboolean known = g_strv_contains (provinces, words[i]) || ends_in (words[i], towns) ||
                     ends_in (words[i], parts);
    if (!known || has_digit (words[i]))
      break;
    g_string_append_printf (text, "%s ", words[i]);
  }
  g_string_append (text, HIDDEN);
  return g_strdup (text->str);
}
