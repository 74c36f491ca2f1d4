/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Origin statements, and which ones the law asks for that are missing. */

#include "osy-menu-origin.h"

#include <string.h>

#include "osy-menu-allergens.h"
#include "osy-menu-words.h"

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
is_said (GPtrArray *rows, const char *synonyms)
{
  for (guint i = 0; i < rows->len; i++) {
    const OsyMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country != '\0' && osy_menu_words_tell_of (row->ingredient, synonyms))
      return TRUE;
  }
  return FALSE;
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
  g_auto (GStrv) in = osy_menu_allergens_in (allergens);
  g_autofree char *all = g_strjoinv (" ", in);
  g_autofree char *whole = g_strdup_printf ("%s %s", words, all);
  g_autofree char *signs = osy_menu_words_without (whole, innocent);

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    if (osy_menu_words_tell_of (signs, listed[i].signs) && !is_said (rows, listed[i].synonyms))
      g_ptr_array_add (missing, (gpointer)listed[i].ingredient);
  for (guint i = 0; i < rows->len; i++) {
    const OsyMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country == '\0' && *row->ingredient != '\0' && !is_among (missing, row->ingredient))
      g_ptr_array_add (missing, row->ingredient);
  }
  g_ptr_array_add (missing, NULL);
  return g_strdupv ((char **)missing->pdata);
}

/* @dishes: options that are dishes are added here instead of their words. */
static void
append_groups (GString *words, GPtrArray *groups, GPtrArray *dishes)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);

    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);

      if (option->dish != NULL)
        g_ptr_array_add (dishes, (gpointer)option->dish);
      else
        g_string_append_printf (words, " %s", option->name);
      append_groups (words, option->groups, dishes);
    }
  }
}

static GStrv
missing_of (const OsyMenuItem *item, const char *said, GPtrArray *dishes)
{
  g_autofree char *origin =
      g_strdup_printf ("%s, %s", item->origin ? item->origin : "", said ? said : "");
  g_autoptr (GPtrArray) rows = osy_menu_origin_read (origin);
  g_autoptr (GString) words = g_string_new (item->name);

  if (item->description != NULL)
    g_string_append_printf (words, " %s", item->description);
  append_groups (words, item->groups, dishes);
  return osy_menu_origin_missing (words->str, (const char *const *)item->allergens, rows);
}

GStrv
osy_menu_origin_missing_at (const OsyMenuItem *dish, const char *said)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return missing_of (dish, said, none);
}

GStrv
osy_menu_origin_missing_in (const OsyMenuItem *item)
{
  g_autoptr (GPtrArray) dishes = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) own = missing_of (item, NULL, dishes);

  g_strv_builder_addv (all, (const char **)own);
  for (char **one = own; *one != NULL; one++)
    g_hash_table_add (seen, g_strdup (*one));
  for (guint i = 0; i < dishes->len; i++) {
    g_auto (GStrv) more = osy_menu_origin_missing_at (g_ptr_array_index (dishes, i), item->origin);
    for (char **one = more; *one != NULL; one++)
      if (g_hash_table_add (seen, g_strdup (*one)))
        g_strv_builder_add (all, *one);
  }
  return g_strv_builder_end (all);
}
