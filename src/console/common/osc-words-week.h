/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-week.h"

G_BEGIN_DECLS

/** osc_words_week: (transfer full): when something holds: "Mon–Fri 11:00–14:30". */
char *osc_words_week (const GArray *windows);

G_END_DECLS
