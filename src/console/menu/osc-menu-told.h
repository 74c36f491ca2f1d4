/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** osc_menu_told_words: (transfer full): a change of the menu as the daemon tells it (MenuTold of
 * openapi.yaml) in words: "로제떡볶이: 가격 7,000원 → 7,500원". */
char *osc_menu_told_words (JsonObject *told);

/** osc_menu_told_all: (transfer full): the first of @rows in words, and how many more of @count
 * there are. */
char *osc_menu_told_all (JsonArray *rows, guint count);

G_END_DECLS
