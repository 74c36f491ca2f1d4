/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** OsyMenuOrigin: the legal statement of origin as rows, "쌀:국내산, 돼지고기(햄):스페인산"
 * (원산지표시법 시행령 art. 3 para. 5, 2023: 29 things). What a person wrote otherwise stays as it
 * is. */
typedef struct {
  char *ingredient;
  char *country; /* "" when it is missing */
} OsyMenuOrigin;
void osy_menu_origin_free (OsyMenuOrigin *row);

/** osy_menu_origin_read: @text: (nullable). Returns: (transfer full): of OsyMenuOrigin. */
GPtrArray *osy_menu_origin_read (const char *text);
/** osy_menu_origin_write: (transfer full): rows that say nothing are left out. */
char *osy_menu_origin_write (GPtrArray *rows);
/** osy_menu_origin_add: a row. */
void osy_menu_origin_add (GPtrArray *rows, const char *ingredient, const char *country);

/** osy_menu_origin_missing: Returns: (transfer full): ingredients that the law lists, that the
 * words about a dish or its allergens tell of, and that have no country. A guess: it may miss some,
 * and a row that says it is not in ends it. @allergens: NULL-terminated. */
GStrv osy_menu_origin_missing (const char *words, const char *const *allergens, GPtrArray *rows);

/** osy_menu_origin_missing_in: the same of an item: its name, description and the options that it
 * offers. (transfer full) */
GStrv osy_menu_origin_missing_in (const OsyMenuItem *item);

/** osy_menu_origin_missing_at: (transfer full): the same of @dish alone, as a choice of a combo
 * whose own statement is @said (nullable): what that says counts too. */
GStrv osy_menu_origin_missing_at (const OsyMenuItem *dish, const char *said);

G_END_DECLS
