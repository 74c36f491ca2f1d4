/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A seating as it is stored. Times in UTC µs, 0: not. */
typedef struct {
  char *id;
  char *table_id;
  int guest_count;
  gint64 seated_at;
  gint64 last_act_at;
  gint64 bill_requested_at;
  gint64 ended_at;
  char *check_id;    /* nullable */
  char *merged_into; /* (nullable): the seating whose check is the group's */
  char *moved_from;  /* (nullable): number of a table */
} OsySeatingRow;

/** osy_seating_row_new: Returns: (transfer full): an empty row; _copy a deep copy. */
OsySeatingRow *osy_seating_row_new (void);
OsySeatingRow *osy_seating_row_copy (const OsySeatingRow *self);
void osy_seating_row_free (OsySeatingRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySeatingRow, osy_seating_row_free)

/** A seating before and after an act; NULL: there was or is none. */
typedef struct {
  OsySeatingRow *before; /* nullable */
  OsySeatingRow *after;  /* nullable */
} OsySeatingPair;

/** A round, or one line of it, that goes from one check to another. */
typedef struct {
  char *order_id;
  char *line_id; /* (nullable): this alone */
  char *from;    /* check ids; one and the same where a line and its order meet */
  char *to;
  gboolean was_own; /* of a line: it was with its order before, and is now */
  gboolean own;
} OsyRoundMove;

/** What an act does, whole: enough to do it and to take it back. */
typedef struct {
  char *kind;        /* "seat", "move", … */
  GPtrArray *pairs;  /* of OsySeatingPair */
  GPtrArray *orders; /* of OsyRoundMove */
  char *party_type;  /* (nullable): "booking" or "waiting" */
  char *party_id;
  char *party_from; /* its status before and after */
  char *party_to;
} OsyTableChange;

/** osy_table_change_new: Returns: (transfer full): an act of @kind that does nothing yet. */
OsyTableChange *osy_table_change_new (const char *kind);
void osy_table_change_free (OsyTableChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyTableChange, osy_table_change_free)

/** osy_table_change_add: @before: (nullable): copied. Returns: (transfer none): what it becomes, to
 *  be written to: a copy of @before, or an empty row. The same seating again gives the same row. */
OsySeatingRow *osy_table_change_add (OsyTableChange *self, const OsySeatingRow *before);
/** osy_table_change_add_round: @move: copied. */
void osy_table_change_add_round (OsyTableChange *self, const OsyRoundMove *move);
/** osy_table_change_find: Returns: (transfer none) (nullable): the pair of that seating. */
OsySeatingPair *osy_table_change_find (const OsyTableChange *self, const char *seating_id);
/** osy_table_change_reverse: Returns: (transfer full): what takes @self back. */
OsyTableChange *osy_table_change_reverse (const OsyTableChange *self);

/** osy_table_change_to_json, _from_json: (transfer full): as it lies in table_act. */
JsonNode *osy_table_change_to_json (const OsyTableChange *self);
OsyTableChange *osy_table_change_from_json (JsonNode *node, const char *kind, GError **error);

G_END_DECLS
