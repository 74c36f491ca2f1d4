/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Allergens that the words about a dish tell of. */

#include "osy-menu-allergens.h"

#include <string.h>

#include "osy-menu-words.h"

/* Sulphites show in no name. Lists are parted by blanks. */
static const struct {
  const char *allergen;
  const char *signs;
  const char *synonyms; /* of one that is stated */
  const char *innocent; /* what holds a sign and tells of nothing */
} listed[] = {
    {"난류", "난류 계란 달걀 오므라이스 에그", "난류 계란 달걀"},
    {"우유", "우유 치즈 버터 크림 라떼 라테 요거트 요구르트", "우유"},
    {"메밀", "메밀 막국수", "메밀"},
    {"땅콩", "땅콩", "땅콩", "땅콩호박"},
    {"대두", "두부 콩국수 비지 유부 된장 청국장", "대두 콩"},
    {"밀",
     "칼국수 수제비 우동 라면 라볶이 만두 튀김 돈까스 돈가스 파스타 스파게티 피자 버거 샌드위치 "
     "토스트 식빵 짜장 짬뽕 부침개 파전 핫도그",
     "밀"},
    {"고등어", "고등어", "고등어"},
    {"게", "꽃게 대게 홍게 게장 게살 크랩", "게"},
    {"새우", "새우", "새우"},
    {"돼지고기", "돼지 제육 돈까스 돈가스 삼겹 순대 족발 보쌈 햄 베이컨", "돼지고기", "햄버거"},
    {"복숭아", "복숭아", "복숭아"},
    {"토마토", "토마토 케첩", "토마토"},
    {"호두", "호두", "호두"},
    {"닭고기", "닭고기 닭 치킨 삼계", "닭고기", "치킨무"},
    {"쇠고기", "쇠고기 소고기 한우 불고기 갈비탕 육회 차돌", "쇠고기 소고기"},
    {"오징어", "오징어", "오징어"},
    {"조개류", "조개 바지락 홍합 전복 가리비 꼬막 굴국 굴전 굴튀김", "조개류 굴 전복 홍합"},
    {"잣", "잣", "잣"},
};

/* Whether one of @stated is an allergen of @synonyms, or says that it is not in. */
static gboolean
is_stated (const char *const *stated, const char *synonyms)
{
  g_auto (GStrv) words = g_strsplit (synonyms, " ", -1);

  for (; stated != NULL && *stated != NULL; stated++) {
    gboolean none = g_str_has_suffix (*stated, OSY_MENU_ALLERGEN_NONE);
    g_autofree char *word =
        g_strndup (*stated, strlen (*stated) - (none ? strlen (OSY_MENU_ALLERGEN_NONE) : 0));

    if (g_strv_contains ((const char *const *)words, word))
      return TRUE;
  }
  return FALSE;
}

GStrv
osy_menu_allergens_in (const char *const *stated)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (; stated != NULL && *stated != NULL; stated++)
    if (!g_str_has_suffix (*stated, OSY_MENU_ALLERGEN_NONE))
      g_strv_builder_add (found, *stated);
  return g_strv_builder_end (found);
}

GStrv
osy_menu_allergens_missing (const char *words, const char *const *stated)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++) {
    const char *innocent = listed[i].innocent != NULL ? listed[i].innocent : "";
    g_autofree char *signs = osy_menu_words_without (words, innocent);

    if (osy_menu_words_tell_of (signs, listed[i].signs) && !is_stated (stated, listed[i].synonyms))
      g_strv_builder_add (missing, listed[i].allergen);
  }
  return g_strv_builder_end (missing);
}

GStrv
osy_menu_allergens_missing_in (const OsyMenuItem *item)
{
  g_autofree char *words =
      g_strjoin (" ", item->name, item->description != NULL ? item->description : "",
                 item->origin != NULL ? item->origin : "", NULL);

  return osy_menu_allergens_missing (words, (const char *const *)item->allergens);
}
