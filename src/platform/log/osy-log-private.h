/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_log_append_json: appends @text as a JSON string with its quotes; broken UTF-8 is replaced.
 */
void osy_log_append_json (GString *line, const char *text);

/** osy_log_append_pair: appends `,"name":"value"`; nothing for a NULL @value. */
void osy_log_append_pair (GString *line, const char *name, const char *value);

/** osy_log_service: (transfer none): what osy_log_init() was told. */
const char *osy_log_service (void);

G_END_DECLS
