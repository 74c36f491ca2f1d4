/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One way in which Toss Payments refuses: docs.tosspayments.com/reference/error-codes. */
typedef struct {
  const char *code;
  guint status; /* HTTP */
  const char *ko;
  const char *en;
} OsySimTossError;

/** osy_sim_toss_error_find: Returns: (nullable): the row of @code. */
const OsySimTossError *osy_sim_toss_error_find (const char *code);

/** osy_sim_toss_error_print: Returns: (transfer full): the body of the answer that refuses with
 * @error. */
char *osy_sim_toss_error_print (const OsySimTossError *error, gboolean english);

G_END_DECLS
