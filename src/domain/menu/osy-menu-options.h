/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

#define OSY_MENU_OPTIONS_MAX_GROUPS 20
#define OSY_MENU_OPTIONS_MAX_CHOICES 100
/** Dearest price of one entry, in won. */
#define OSY_MENU_MAX_PRICE 100000000

/**
 * osy_menu_options_parse:
 * @text: "맵기(1-1): 순한맛, 불맛(+500); 토핑(0-3): 치즈(+1500), …"
 *
 * Groups are parted by semicolons or line breaks, choices by commas; a price is the last bracket
 * when it begins with a plus, so "만두(2개)(+1,000원)" is a name with a bracket of its own.
 *
 * Returns: (transfer full): of OsyMenuGroup without ids, empty for blank text; or NULL with
 * INVALID_REQUEST that says how to write it.
 */
GPtrArray *osy_menu_options_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_options_print: Returns: (transfer full): @groups as that syntax says them; NULL when it
 *  cannot: reading it back would give others (a name with marks of the syntax in it, …). */
char *osy_menu_options_print (GPtrArray *groups, gint64 now);

/** osy_menu_options_signature: Returns: (transfer full): what the syntax can say of @group, so that
 *  groups written alike are the same: name, counts, and each choice with its general price. */
char *osy_menu_options_signature (const OsyMenuGroup *group, gint64 now);

G_END_DECLS
