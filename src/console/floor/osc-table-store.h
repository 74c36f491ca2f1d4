/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-booking-day.h"
#include "osc-floor-store.h"
#include "osy-table.h"

G_BEGIN_DECLS

/** One call about tables, bookings or the waiting list. */
typedef struct {
  const char *method; /* NULL: POST */
  const char *path;   /* below /restaurants/me: "tables/…/move" */
  JsonObject *body;   /* (transfer full) (nullable) */
  gint64 if_version;  /* 0: none */
  const char *done;   /* (nullable): what it has done, past tense, for people */
} OscTableCall;

/**
 * OscTableStore: the tables of the shop, who sits at them, today's bookings and who waits, always
 * the newest; and the floor plan they stand on. Signals: "changed"; "done" (const char *sentence,
 * gboolean can_undo): an act has been done; "failed" (const char *sentence): it was not;
 * "requested" (const char *path, JsonNode *body, nullable): a call leaves; "check": the check that
 * is watched says something else. Property (notify): "loaded" (gboolean).
 */
#define OSC_TYPE_TABLE_STORE (osc_table_store_get_type ())
G_DECLARE_FINAL_TYPE (OscTableStore, osc_table_store, OSC, TABLE_STORE, GObject)

/** osc_table_store_new: @client NULL in tests: calls are then only signalled, and count as done. */
OscTableStore *osc_table_store_new (OsyClient *client);
/** osc_table_store_attach: follows @feed, the floor plan too. */
void osc_table_store_attach (OscTableStore *self, OsyFeed *feed);
/** osc_table_store_put: @room: (transfer full): taken as the newest, as the daemon's answer. */
void osc_table_store_put (OscTableStore *self, OsyTableRoom *room);
/** osc_table_store_put_table: @table: (transfer full): the same of one table. */
void osc_table_store_put_table (OscTableStore *self, OsyTable *table);

/** osc_table_store_floors, _plan, _room: (transfer none): never NULL. What they hold is valid until
 * "changed". */
OscFloorStore *osc_table_store_floors (OscTableStore *self);
const OsyFloorPlan *osc_table_store_plan (OscTableStore *self);
const OsyTableRoom *osc_table_store_room (OscTableStore *self);
gboolean osc_table_store_get_loaded (OscTableStore *self);

/** osc_table_store_find: (nullable): by id; by number; by the check of whoever sits there. */
const OsyTable *osc_table_store_find (OscTableStore *self, const char *id);
const OsyTable *osc_table_store_find_number (OscTableStore *self, const char *number);
const OsyTable *osc_table_store_find_check (OscTableStore *self, const char *check_id);
/** osc_table_store_root: (nullable): the table that those of @table's group were merged into;
 * @table itself when it stands alone. */
const OsyTable *osc_table_store_root (OscTableStore *self, const OsyTable *table);
/** osc_table_store_booking: (nullable): what table @id shows at @now: nobody sits there and one is
 * due within the hour. */
const OsyBooking *osc_table_store_booking (OscTableStore *self, const char *id, gint64 now);

/** osc_table_store_day: (transfer none): the day whose bookings are looked at; today at first. */
OscBookingDay *osc_table_store_day (OscTableStore *self);
/** osc_table_store_bookings: (transfer none): of OsyBooking: of that day. */
GPtrArray *osc_table_store_bookings (OscTableStore *self);
/** osc_table_store_find_booking: (nullable): among those of today and of that day. */
const OsyBooking *osc_table_store_find_booking (OscTableStore *self, const char *id);

/** osc_table_store_watch: @check_id: (nullable): the check that is on screen: read now and followed
 * from then on. */
void osc_table_store_watch (OscTableStore *self, const char *check_id);
/** osc_table_store_check: (transfer none) (nullable): the watched check as GET checks/{id} tells
 * it; NULL until it has come. */
JsonObject *osc_table_store_check (OscTableStore *self);
/** osc_table_store_put_check: takes @check as told by the daemon, if it is the watched one. */
void osc_table_store_put_check (OscTableStore *self, JsonNode *check);

/** osc_table_store_act: one act, which "done" or "failed" tells of. */
void osc_table_store_act (OscTableStore *self, const OscTableCall *call);
/** osc_table_store_send_async: the same for a dialog that stays open when it fails; "failed" is not
 * told. */
void osc_table_store_send_async (OscTableStore *self,
                                 const OscTableCall *call,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
gboolean osc_table_store_send_finish (OscTableStore *self, GAsyncResult *result, GError **error);
/** osc_table_store_undo: takes the newest act back. Returns: whether there is one. */
gboolean osc_table_store_undo (OscTableStore *self);
/** osc_table_store_failure_text: (transfer full): what went wrong, for people. */
char *osc_table_store_failure_text (const GError *error);

G_END_DECLS
