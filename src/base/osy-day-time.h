/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_day_time_parse: a time of day as people type it, "9", "0930", "9:30", "24:00". Returns:
 * FALSE when it is none; else *@minutes are those after midnight. */
gboolean osy_day_time_parse (const char *text, int *minutes) G_GNUC_WARN_UNUSED_RESULT;
/** osy_day_time_format: (transfer full): "09:30"; past 1440 the time of the morning after. */
char *osy_day_time_format (int minutes);

G_END_DECLS
