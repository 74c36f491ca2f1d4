/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * osy_hangul_matches:
 * @haystack: (nullable): what is searched, such as a dish's name
 * @needle: (nullable): what a person typed
 *
 * Whether @needle stands somewhere in @haystack, blanks and letter case aside, both taken as NFC.
 * A bare initial ㄱ–ㅎ in @needle also stands for every syllable that begins with it: ㄹㅈ, 로ㅈ
 * and 로제 all find 로제떡볶이. Clusters that input methods join (ㄳ for ㄱㅅ) count as two
 * letters.
 *
 * Returns: TRUE also for an empty @needle; FALSE for text that is not UTF-8.
 */
gboolean osy_hangul_matches (const char *haystack, const char *needle);

G_END_DECLS
