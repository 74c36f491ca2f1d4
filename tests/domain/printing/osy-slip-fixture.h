/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-slip.h"

G_BEGIN_DECLS

/** osy_slip_fixture_words: Returns: (transfer full): up to @most characters that nobody would print
 * of his own accord: Hangul in and outside of KS X 1001, emoji, blanks, line ends, marks. */
char *osy_slip_fixture_words (GRand *rand, guint most);

/** osy_slip_fixture_random: Returns: (transfer full): a slip of any blocks at all. */
OsySlip *osy_slip_fixture_random (GRand *rand);

G_END_DECLS
