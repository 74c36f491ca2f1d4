/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_id_to_digits: Returns: (transfer full) (nullable): an id in 39 decimal digits, as codes on
 * paper carry it: a scanner types it, and an input method for Korean leaves digits alone. NULL when
 * @id is none. */
char *osy_id_to_digits (const char *id);

/** osy_id_from_digits: Returns: (transfer full) (nullable): the id; NULL when @digits are not 39
 * digits of one. */
char *osy_id_from_digits (const char *digits);

G_END_DECLS
