/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osc_phone_format: (transfer full): @typed as Korean numbers are written ("010-1234-5678"),
 * +82 as 0, also while it is being typed; what holds anything but digits and their separators comes
 * back as it is. */
char *osc_phone_format (const char *typed);
/** osc_phone_is_valid: whether @text can be called: a Korean number of any kind, or a foreign one
 * with its +. */
gboolean osc_phone_is_valid (const char *text);

G_END_DECLS
