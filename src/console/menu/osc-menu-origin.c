/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Origin statements, and which ones seem to be missing. */

#include "osc-menu-origin.h"

#include <string.h>

/* What in a dish's name or among its allergens tells of a listed ingredient; parted by blanks. */
static const struct {
  const char *ingredient;
  const char *signs;
  const char *synonyms; /* of a row that says it */
} listed[] = {
    {"쇠고기", "쇠고기 소고기 한우 불고기 갈비탕 육회 차돌", "쇠고기 소고기 한우 육우"},
    {"돼지고기", "돼지고기 돼지 제육 돈까스 돈가스 삼겹 순대 족발 보쌈 햄 베이컨", "돼지"},
    {"닭고기", "닭고기 닭 치킨 삼계", "닭"},
    {"오리고기", "오리고기 오리탕 훈제오리", "오리"},
    {"쌀", "김밥 비빔밥 볶음밥 덮밥 공깃밥 공기밥 주먹밥 누룽지 죽", "쌀"},
    {"배추김치", "김치", "배추 김치"},
    {"콩", "두부 콩국수 비지", "콩 두부"},
    {"오징어", "오징어", "오징어"},
    {"고등어", "고등어", "고등어"},
    {"낙지", "낙지", "낙지"},
    {"갈치", "갈치", "갈치"},
    {"명태", "명태 황태 북어 동태 생태", "명태 황태 북어"},
    {"주꾸미", "주꾸미 쭈꾸미", "주꾸미 쭈꾸미"},
};

void
osc_menu_origin_free (OscMenuOrigin *row)
{
  g_free (row->ingredient);
  g_free (row->country);
  g_free (row);
}

void
osc_menu_origin_add (GPtrArray *rows, const char *ingredient, const char *country)
{
  OscMenuOrigin *row = g_new0 (OscMenuOrigin, 1);

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
  osc_menu_origin_add (rows, text, colon != NULL ? colon + 1 : "");
}

/* Commas within brackets belong to their part. */
GPtrArray *
osc_menu_origin_read (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)osc_menu_origin_free);
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
osc_menu_origin_write (GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const OscMenuOrigin *row = g_ptr_array_index (rows, i);

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
    const OscMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country != '\0' && tells_of (row->ingredient, synonyms))
      return TRUE;
  }
  return FALSE;
}

GStrv
osc_menu_origin_missing (const char *name, const char *const *allergens, GPtrArray *rows)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_autofree char *all = allergens != NULL ? g_strjoinv (" ", (char **)allergens) : g_strdup ("");
  g_autofree char *signs = g_strdup_printf ("%s %s", name, all);

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    if (tells_of (signs, listed[i].signs) && !is_said (rows, listed[i].synonyms))
      g_strv_builder_add (missing, listed[i].ingredient);
  for (guint i = 0; i < rows->len; i++) {
    const OscMenuOrigin *row = g_ptr_array_index (rows, i);

    if (*row->country == '\0' && *row->ingredient != '\0' && !tells_of (signs, row->ingredient))
      g_strv_builder_add (missing, row->ingredient);
  }
  return g_strv_builder_end (missing);
}
