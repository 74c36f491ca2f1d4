/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Origin statements, and which ones the law asks for that are missing. */

#include "osy-menu-origin.h"

#include <string.h>

/* What in the words about a dish, or among its allergens, tells of an ingredient that must be
 * stated (원산지표시법 시행령 art. 3 para. 5: 29 things); parted by blanks. */
static const struct {
  const char *ingredient;
  const char *signs;
  const char *synonyms; /* of a row that says it */
} listed[] = {
    {"쇠고기", "쇠고기 소고기 한우 불고기 갈비탕 육회 차돌", "쇠고기 소고기 한우 육우"},
    {"돼지고기", "돼지고기 돼지 제육 돈까스 돈가스 삼겹 순대 족발 보쌈 햄 베이컨", "돼지"},
    {"닭고기", "닭고기 닭 치킨 삼계", "닭"},
    {"오리고기", "오리고기 오리탕 훈제오리", "오리"},
    {"양고기", "양고기 양갈비 양꼬치", "양고기"},
    {"염소고기", "염소", "염소"},
    {"쌀", "김밥 비빔밥 볶음밥 덮밥 공깃밥 공기밥 주먹밥 국밥 누룽지 죽", "쌀"},
    {"배추김치", "김치", "배추 김치"},
    {"콩", "두부 콩국수 비지", "콩 두부"},
    {"넙치", "넙치 광어", "넙치 광어"},
    {"조피볼락", "조피볼락 우럭", "조피볼락 우럭"},
    {"참돔", "참돔", "참돔"},
    {"미꾸라지", "미꾸라지 추어", "미꾸라지 추어"},
    {"뱀장어", "뱀장어 민물장어", "장어"},
    {"낙지", "낙지", "낙지"},
    {"명태", "명태 동태 생태 코다리", "명태 동태 생태"},
    {"고등어", "고등어", "고등어"},
    {"갈치", "갈치", "갈치"},
    {"오징어", "오징어", "오징어"},
    {"꽃게", "꽃게", "꽃게"},
    {"참조기", "참조기 굴비 조기구이", "조기 굴비"},
    {"다랑어", "다랑어 참치", "다랑어 참치"},
    {"아귀", "아귀 아구찜", "아귀"},
    {"주꾸미", "주꾸미 쭈꾸미", "주꾸미 쭈꾸미"},
    {"가리비", "가리비", "가리비"},
    {"우렁쉥이", "우렁쉥이 멍게", "우렁쉥이 멍게"},
    {"전복", "전복", "전복"},
    {"방어", "방어", "방어"},
    {"부세", "부세", "부세"},
};

/* Words that hold a sign and tell of nothing. */
static const char innocent[] = "햄버거 치킨무 반죽 죽순 파김치 갓김치 열무김치 총각김치 오이김치";

void
osy_menu_origin_free (OsyMenuOrigin *row)
{
  g_free (row->ingredient);
  g_free (row->country);
  g_free (row);
}

void
osy_menu_origin_add (GPtrArray *rows, const char *ingredient, const char *country)
{
  OsyMenuOrigin *row = g_new0 (OsyMenuOrigin, 1);

  row->ingredient = g_strstrip (g_strdup (ingredient));
  row->country = g_strstrip (g_strdup (country));
  g_ptr_array_add (rows, row);
}

static void
add_part (GPtrArray *rows, const char *part, gsize length)
{
  g_autofree char *text = g_strstrip (g_strndup (part, length));
  char *colon = strchr (text, ':');

  if (*text == '\0')
    return;
  if (colon != NULL)
    *colon = '\0';
  osy_menu_origin_add (rows, text, colon != NULL ? colon + 1 : "");
}

/* Commas within brackets belong to their part. */
GPtrArray *
osy_menu_origin_read (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_origin_free);
  const char *start = text != NULL ? text : "";
  int depth = 0;

  for (const char *p = start;; p++) {
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    if (*p != '\0' && (*p != ',' || depth > 0))
      continue;
    add_part (rows, start, (gsize)(p - start));
    if (*p == '\0')
      return rows;
    start = p + 1;
  }
}

char *
osy_menu_origin_write (GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const OsyMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->ingredient == '\0' && *row->country == '\0')
      continue;
    g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? ", " : "", row->ingredient,
                            *row->country != '\0' ? ":" : "", row->country);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
tells_of (const char *text, const char *signs)
{
  g_auto (GStrv) words = g_strsplit (signs, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_said (GPtrArray *rows, const char *synonyms)
{
  for (guint i = 0; i < rows->len; i++) {
    const OsyMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country != '\0' && tells_of (row->ingredient, synonyms))
      return TRUE;
  }
  return FALSE;
}

/* (transfer full): @text without the words that only look like a sign. */
static char *
without_innocent (const char *text)
{
  g_auto (GStrv) words = g_strsplit (innocent, " ", -1);
  g_autoptr (GString) left = g_string_new (text);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_replace (left, words[i], " ", 0);
  return g_string_free (g_steal_pointer (&left), FALSE);
}

static gboolean
is_among (GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

GStrv
osy_menu_origin_missing (const char *words, const char *const *allergens, GPtrArray *rows)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *all = allergens != NULL ? g_strjoinv (" ", (char **)allergens) : g_strdup ("");
  g_autofree char *whole = g_strdup_printf ("%s %s", words, all);
  g_autofree char *signs = without_innocent (whole);

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    if (tells_of (signs, listed[i].signs) && !is_said (rows, listed[i].synonyms))
      g_ptr_array_add (missing, (gpointer)listed[i].ingredient);
  for (guint i = 0; i < rows->len; i++) {
    const OsyMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country == '\0' && *row->ingredient != '\0' && !is_among (missing, row->ingredient))
      g_ptr_array_add (missing, row->ingredient);
  }
  g_ptr_array_add (missing, NULL);
  return g_strdupv ((char **)missing->pdata);
}

static void
append_groups (GString *words, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);

    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);

      g_string_append_printf (words, " %s", option->name);
      append_groups (words, option->groups);
    }
  }
}

GStrv
osy_menu_origin_missing_in (const OsyMenuItem *item)
{
  g_autoptr (GPtrArray) rows = osy_menu_origin_read (item->origin);
  g_autoptr (GString) words = g_string_new (item->name);

  if (item->description != NULL)
    g_string_append_printf (words, " %s", item->description);
  append_groups (words, item->groups);
  return osy_menu_origin_missing (words->str, (const char *const *)item->allergens, rows);
}
