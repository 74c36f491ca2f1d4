/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** OSY_MENU_ALLERGEN_NONE: what ends a statement that something is not in: "새우 없음". */
#define OSY_MENU_ALLERGEN_NONE " 없음"

/** osy_menu_allergens_in: (transfer full): those of @stated (NULL-terminated, nullable) that are
 * in. */
GStrv osy_menu_allergens_in (const char *const *stated);

/** osy_menu_allergens_missing: Returns: (transfer full): of the 19 that 식품 등의 표시기준 names,
 * those that
 * @words about a dish tell of and that @stated neither has nor says is not in. A guess: stating
 * either ends it. The duty is that of chains of children's favourite food (어린이 식생활안전관리
 * 특별법 art. 11-2), so nothing is withheld for it. @stated: NULL-terminated. */
GStrv osy_menu_allergens_missing (const char *words, const char *const *stated);

/** osy_menu_allergens_missing_in: the same of an item: its name, description and origins. What an
 * option would bring in is not in the dish. (transfer full) */
GStrv osy_menu_allergens_missing_in (const OsyMenuItem *item);

G_END_DECLS
