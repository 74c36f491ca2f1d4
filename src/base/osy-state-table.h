/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One allowed step of a state machine. */
typedef struct {
  const char *from;
  const char *act; /* verb of the API, such as "accept" */
  const char *to;
  gboolean forward; /* a recall undoes the last forward step */
} OsyStateRow;

/** A whole machine; rows end with from == NULL. */
typedef struct {
  const char *name; /* "order", "check", … */
  const char *initial[4];
  const OsyStateRow *rows;
} OsyStateTable;

/** osy_state_table_find: Returns: (nullable): the row for @act in state @from. */
const OsyStateRow *
osy_state_table_find (const OsyStateTable *self, const char *from, const char *act);

/** osy_state_table_has_state: Returns: whether any row or initial names @state. */
gboolean osy_state_table_has_state (const OsyStateTable *self, const char *state);

/** osy_state_table_allows: Returns: whether one row leads from @from to @to. */
gboolean osy_state_table_allows (const OsyStateTable *self, const char *from, const char *to);

/** osy_state_table_sources: Returns: (transfer full): states from which @act is allowed. */
char **osy_state_table_sources (const OsyStateTable *self, const char *act);

/** osy_state_table_to_sql: Returns: (transfer full): INSERTs into state_transition for the trigger.
 */
char *osy_state_table_to_sql (const OsyStateTable *self);

G_END_DECLS
