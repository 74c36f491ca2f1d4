/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-booking.h"

G_BEGIN_DECLS

/** What a table shows. CLEAN: the guests have paid and may have gone; it is to be cleared. */
typedef enum {
  OSY_TABLE_FREE,
  OSY_TABLE_SEATED, /* nothing ordered yet */
  OSY_TABLE_DINING,
  OSY_TABLE_BILL, /* the bill was asked for */
  OSY_TABLE_CLEAN,
  OSY_N_TABLE_STATES
} OsyTableState;

/** osy_table_state_name: Returns: (transfer none): "FREE", … */
const char *osy_table_state_name (OsyTableState state);

/** Most guests of one seating. */
#define OSY_TABLE_MAX_GUESTS 999

/** Guests at a table, or at several that were put together. Times in UTC µs, 0: not yet; money in
 *  won. */
typedef struct {
  char *id;
  int guest_count; /* of all its tables; 0: not said */
  gint64 seated_at;
  gint64 last_act_at; /* the last time anybody did something for them */
  gint64 ordered_at;
  gint64 bill_requested_at;
  gint64 paid_at;
  char *check_id; /* (nullable): where they owe; of merged tables the one of the group */
  gint64 total;
  gint64 owed;
  GStrv table_ids;  /* never NULL; the first is the one that the others were merged into */
  char *moved_from; /* (nullable): the number of the table they came from */
} OsySeating;

/** A table of the plan as it stands now. Tables of a group tell of the same seating. */
typedef struct {
  char *table_id;
  char *number;
  char *floor_id;
  int seats;
  OsyTableState state;
  gint64 version;
  OsySeating *seating; /* nullable */
} OsyTable;

/** Everything of the tables view. */
typedef struct {
  GPtrArray *tables;   /* of OsyTable, by floor and number */
  GPtrArray *bookings; /* of OsyBooking of today, by time */
  GPtrArray *waiting;  /* of OsyWaiting that still wait, longest first */
  gint64 paused_until; /* the waiting list takes nobody till then; 0: it does */
  gint64 server_time;
} OsyTableRoom;

/** osy_seating_new, osy_table_new, osy_table_room_new: Returns: (transfer full): an empty one. */
OsySeating *osy_seating_new (void);
void osy_seating_free (OsySeating *self);
OsyTable *osy_table_new (void);
void osy_table_free (OsyTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyTable, osy_table_free)
OsyTableRoom *osy_table_room_new (void);
void osy_table_room_free (OsyTableRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyTableRoom, osy_table_room_free)

/** osy_seating_state: Returns: what a table with @self (nullable) shows. */
OsyTableState osy_seating_state (const OsySeating *self);

/** osy_table_to_json, osy_table_room_to_json: Returns: (transfer full): as in openapi.yaml; names
 *  and phones of bookings masked. */
JsonObject *osy_table_to_json (const OsyTable *self);
JsonNode *osy_table_room_to_json (const OsyTableRoom *self);
/** osy_table_from_json, osy_table_room_from_json: read what _to_json() wrote; unknown members are
 *  passed over. */
OsyTable *osy_table_from_json (JsonNode *node, GError **error);
OsyTableRoom *osy_table_room_from_json (JsonNode *node, GError **error);

G_END_DECLS
