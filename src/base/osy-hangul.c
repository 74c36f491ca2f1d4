/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Finding Korean text as people type it: by syllables, by initials, or both mixed. */

#include "osy-hangul.h"

#define FIRST_SYLLABLE 0xac00
#define LAST_SYLLABLE 0xd7a3
/* Syllables that share an initial: 21 vowels × 28 finals. */
#define SYLLABLES_OF_INITIAL 588

/* Initials in the order of the syllables (Unicode 15, ch. 3.12). */
static const gunichar initials[] = {0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141,
                                    0x3142, 0x3143, 0x3145, 0x3146, 0x3147, 0x3148, 0x3149,
                                    0x314a, 0x314b, 0x314c, 0x314d, 0x314e};

/* Letters that exist only as finals, and the two initials they are typed with. */
static const gunichar clusters[][3] = {
    {0x3133, 0x3131, 0x3145}, {0x3135, 0x3134, 0x3148}, {0x3136, 0x3134, 0x314e},
    {0x313a, 0x3139, 0x3131}, {0x313b, 0x3139, 0x3141}, {0x313c, 0x3139, 0x3142},
    {0x313d, 0x3139, 0x3145}, {0x313e, 0x3139, 0x314c}, {0x313f, 0x3139, 0x314d},
    {0x3140, 0x3139, 0x314e}, {0x3144, 0x3142, 0x3145},
};

static void
append_letter (GArray *out, gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (clusters); i++)
    if (clusters[i][0] == c) {
      g_array_append_vals (out, &clusters[i][1], 2);
      return;
    }
  g_array_append_val (out, c);
}

/* Whether only ASCII letters can change: most names, and ten times as fast. */
static gboolean
is_composed (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c >= 0x80 && (c < FIRST_SYLLABLE || c > LAST_SYLLABLE) && (c < 0x3131 || c > 0x318e))
      return FALSE;
  }
  return TRUE;
}

static char *
fold_text (const char *text)
{
  if (is_composed (text))
    return g_ascii_strdown (text, -1);
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  return composed ? g_utf8_casefold (composed, -1) : NULL;
}

/* Letters to compare by; NULL when @text is not UTF-8. */
static GArray *
fold (const char *text)
{
  g_autofree char *folded = fold_text (text ? text : "");

  if (folded == NULL)
    return NULL;
  GArray *out = g_array_new (FALSE, FALSE, sizeof (gunichar));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_isspace (c))
      append_letter (out, c);
  }
  return out;
}

static gboolean
letter_matches (gunichar have, gunichar wanted)
{
  return have == wanted || (have >= FIRST_SYLLABLE && have <= LAST_SYLLABLE &&
                            initials[(have - FIRST_SYLLABLE) / SYLLABLES_OF_INITIAL] == wanted);
}

gboolean
osy_hangul_matches (const char *haystack, const char *needle)
{
  g_autoptr (GArray) have = fold (haystack);
  g_autoptr (GArray) wanted = fold (needle);

  if (have == NULL || wanted == NULL)
    return FALSE;
  for (guint start = 0; start + wanted->len <= have->len; start++) {
    guint i = 0;
    while (i < wanted->len && letter_matches (g_array_index (have, gunichar, start + i),
                                              g_array_index (wanted, gunichar, i)))
      i++;
    if (i == wanted->len)
      return TRUE;
  }
  return FALSE;
}
