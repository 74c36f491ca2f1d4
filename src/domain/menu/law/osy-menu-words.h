/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** osy_menu_words_tell_of: Returns: whether @text has one of @signs, parted by blanks. */
gboolean osy_menu_words_tell_of (const char *text, const char *signs);
/** osy_menu_words_without: (transfer full): @text without @innocent words, parted by blanks, which
 * hold a sign and tell of nothing. */
char *osy_menu_words_without (const char *text, const char *innocent);

G_END_DECLS
