/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-kitchen-service.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** What the kitchen last saw an order do. */
#define OSY_KITCHEN_COOKING "COOKING"
#define OSY_KITCHEN_COOKED "COOKED"
#define OSY_KITCHEN_DROPPED "DROPPED"

/** What is being changed in one transaction. */
typedef struct {
  OsyDbTx *tx;
  const char *order_id; /* whose row is locked */
  gint64 now;
  GHashTable *touched; /* set of ids: tickets that are not what they were */
  GPtrArray *changes;  /* of char*: ids of changes that came */
} OsyKitchenEdit;

/* Every function below concerns the order of @edit, adds the tickets it changes to @edit->touched,
 * and keeps sent = waiting + made + voided. @ticket_id NULL means every ticket of the order. */

/** osy_kitchen_store_phase: *@phase: (out) (transfer full): NULL when the kitchen has nothing. */
gboolean osy_kitchen_store_phase (const OsyKitchenEdit *edit, char **phase, GError **error);
gboolean
osy_kitchen_store_set_phase (const OsyKitchenEdit *edit, const char *phase, GError **error);

/** osy_kitchen_store_add_order: @table_number: (nullable). */
gboolean osy_kitchen_store_add_order (const OsyKitchenEdit *edit,
                                      const OsyOrderData *order,
                                      const char *table_number,
                                      GError **error);
/** osy_kitchen_store_add_ticket: an open one. */
gboolean osy_kitchen_store_add_ticket (const OsyKitchenEdit *edit,
                                       const char *ticket_id,
                                       const char *station_id,
                                       const char *stage,
                                       GError **error);

/** Where each line goes and what the menu says of it; arrays of char* side by side. */
typedef struct {
  GPtrArray *line_ids;
  GPtrArray *ticket_ids;
  GPtrArray *kitchen_names; /* nullable elements */
  GPtrArray *translations;  /* JSON: id of the item or an option → English name */
  GPtrArray *allergens;     /* JSON array; nullable elements */
  GPtrArray *ids;           /* of the parts; the first part's is the line's */
  GPtrArray *options;       /* JSON; nullable elements: all of the line's */
  GArray *minutes;          /* of gint64: how long the part takes; 0: not said */
} OsyKitchenLines;
/** osy_kitchen_store_add_lines: all waiting, and their courses: the first fired, later ones held;
 * @lowest_first: the lowest there is counts as the first. */
gboolean osy_kitchen_store_add_lines (const OsyKitchenEdit *edit,
                                      const OsyKitchenLines *lines,
                                      gboolean lowest_first,
                                      GError **error);

/** osy_kitchen_store_make_all: what waits is made, by a bump; @fired_only: but not of held courses.
 */
gboolean osy_kitchen_store_make_all (const OsyKitchenEdit *edit,
                                     const char *ticket_id,
                                     gboolean fired_only,
                                     GError **error);
/** osy_kitchen_store_unmake_bumped: what bumps made waits again. */
gboolean
osy_kitchen_store_unmake_bumped (const OsyKitchenEdit *edit, const char *ticket_id, GError **error);
/** osy_kitchen_store_make, _unmake: up to @quantity of one line. */
gboolean osy_kitchen_store_make (const OsyKitchenEdit *edit,
                                 const char *line_id,
                                 gint64 quantity,
                                 GError **error);
gboolean osy_kitchen_store_unmake (const OsyKitchenEdit *edit,
                                   const char *line_id,
                                   gint64 quantity,
                                   GError **error);

/** osy_kitchen_store_ask: @quantities: line id → gint64 *: how many of each line were
 * taken off the check; NULL: all. Takes effect with _settle. */
gboolean osy_kitchen_store_ask (const OsyKitchenEdit *edit, GHashTable *quantities, GError **error);
/** osy_kitchen_store_settle: voids of what is not made as many as were asked for, and restores what
 * no longer is while the order is being cooked; each a change to be seen. */
gboolean osy_kitchen_store_settle (const OsyKitchenEdit *edit, GError **error);

/** osy_kitchen_store_parts: the rows of lines that several stations make: part_of, of the line's
 * own row NULL; line_id, options, quantity_voided. */
OsyDbRows *osy_kitchen_store_parts (const OsyKitchenEdit *edit, GError **error);
/** osy_kitchen_store_voided: (transfer full): line id → gint64 *: how many of each line are voided,
 * of all lines that were sent. */
GHashTable *osy_kitchen_store_voided (const OsyKitchenEdit *edit, GError **error);

/** osy_kitchen_store_bump: closes the ticket if nothing waits on it any more. */
gboolean osy_kitchen_store_bump (const OsyKitchenEdit *edit, const char *ticket_id, GError **error);
/** osy_kitchen_store_reopen: brings a ticket back; NULL: all where something is made or waits. */
gboolean osy_kitchen_store_reopen (const OsyKitchenEdit *edit,
                                   const char *ticket_id,
                                   gboolean restart_timer,
                                   GError **error);
/** osy_kitchen_store_reopen_waiting: the same for closed tickets on which something waits. */
gboolean osy_kitchen_store_reopen_waiting (const OsyKitchenEdit *edit, GError **error);
/** osy_kitchen_store_close: everything is over. */
gboolean osy_kitchen_store_close (const OsyKitchenEdit *edit, GError **error);
/** osy_kitchen_store_close_empty: tickets that have nothing to make and nothing to be seen. */
gboolean osy_kitchen_store_close_empty (const OsyKitchenEdit *edit, GError **error);
/** osy_kitchen_store_drop: open tickets without a change to be seen get one: nothing is wanted. */
gboolean osy_kitchen_store_drop (const OsyKitchenEdit *edit, GError **error);
/** osy_kitchen_store_open_expo: the order's ticket at @station_id, made when it has none. */
gboolean
osy_kitchen_store_open_expo (const OsyKitchenEdit *edit, const char *station_id, GError **error);

/** osy_kitchen_store_fire: @fire FALSE holds. No change when it is so already. STATE_CONFLICT to
 * hold what is partly made, NOT_FOUND for a course that the order has not. */
gboolean osy_kitchen_store_fire (const OsyKitchenEdit *edit,
                                 gint64 course,
                                 gboolean fire,
                                 gboolean *changed,
                                 GError **error);
/** osy_kitchen_store_next_course: *@course: the next held one when all before it is done; else 0.
 */
gboolean osy_kitchen_store_next_course (const OsyKitchenEdit *edit, gint64 *course, GError **error);

/** osy_kitchen_store_mark: records the first time, @column "shown_at" or "touched_at". */
gboolean osy_kitchen_store_mark (const OsyKitchenEdit *edit,
                                 const char *ticket_id,
                                 gboolean touched,
                                 GError **error);
gboolean osy_kitchen_store_set_priority (const OsyKitchenEdit *edit,
                                         const char *ticket_id,
                                         gboolean on,
                                         GError **error);
/** osy_kitchen_store_see: one change, or with NULL all of the ticket. */
gboolean osy_kitchen_store_see (const OsyKitchenEdit *edit,
                                const char *ticket_id,
                                const char *change_id,
                                const char *actor,
                                GError **error);
/** osy_kitchen_store_move: open tickets get a change to be seen; moving back takes it back. _line:
 * the same of one line, on its own ticket and the expo's. */
gboolean
osy_kitchen_store_move (const OsyKitchenEdit *edit, const OsyKitchenMove *move, GError **error);
gboolean osy_kitchen_store_move_line (const OsyKitchenEdit *edit,
                                      const OsyKitchenMove *move,
                                      GError **error);

/** How an order stands in the kitchen. */
typedef struct {
  gint64 open_prep;
  gint64 open_expo;
} OsyKitchenStand;
gboolean
osy_kitchen_store_stand (const OsyKitchenEdit *edit, OsyKitchenStand *stand, GError **error);

/** One ticket as the rules need it. */
typedef struct {
  char *order_id;
  char *stage;
  char *status;
  gint64 bumped_at;
  gint64 newest_unseen; /* version at which the newest unseen change came; 0: none */
  gboolean bumped;      /* something on it was made by a bump */
} OsyKitchenFacts;
void osy_kitchen_facts_clear (OsyKitchenFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyKitchenFacts, osy_kitchen_facts_clear)
/** osy_kitchen_store_facts: FALSE with NOT_FOUND when there is no such ticket. */
gboolean osy_kitchen_store_facts (OsyDbTx *tx,
                                  const char *ticket_id,
                                  OsyKitchenFacts *facts,
                                  GError **error);
/** osy_kitchen_store_of_line, _of_change: (transfer full): the ticket; NULL with NOT_FOUND. */
char *osy_kitchen_store_of_line (OsyDbTx *tx, const char *line_id, GError **error);
char *osy_kitchen_store_of_change (OsyDbTx *tx, const char *change_id, GError **error);

/** osy_kitchen_store_rise: counts the version of every touched ticket up. (transfer full): rows of
 * id, version. */
OsyDbRows *osy_kitchen_store_rise (const OsyKitchenEdit *edit, GError **error);

/** osy_kitchen_store_waiting: lines still to be made, oldest first. (transfer full): JSON array. */
JsonArray *osy_kitchen_store_waiting (OsyDbTx *tx, gint64 limit, GError **error);

G_END_DECLS
