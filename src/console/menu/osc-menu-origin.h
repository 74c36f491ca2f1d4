/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** OscMenuOrigin: the legal statement of origin as rows, "쌀:국내산, 돼지고기(햄):스페인산"
 * (원산지표시법 시행령 art. 3 para. 5, 2023: 29 things). What a person wrote otherwise stays as it
 * is. */
typedef struct {
  char *ingredient;
  char *country; /* "" when it is missing */
} OscMenuOrigin;
void osc_menu_origin_free (OscMenuOrigin *row);

/** osc_menu_origin_read: @text: (nullable). Returns: (transfer full): of OscMenuOrigin. */
GPtrArray *osc_menu_origin_read (const char *text);
/** osc_menu_origin_write: (transfer full): rows that say nothing are left out. */
char *osc_menu_origin_write (GPtrArray *rows);
/** osc_menu_origin_add: a row. */
void osc_menu_origin_add (GPtrArray *rows, const char *ingredient, const char *country);

/** osc_menu_origin_missing: Returns: (transfer full): ingredients that the law lists, that the
 * name or the allergens tell of, and that have no country: to be warned of. A guess: it may miss
 * some. @allergens: NULL-terminated. */
GStrv osc_menu_origin_missing (const char *name, const char *const *allergens, GPtrArray *rows);

G_END_DECLS
