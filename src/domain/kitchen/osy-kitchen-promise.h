/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-setup.h"

G_BEGIN_DECLS

/* How long a new order takes.
 *
 * A station makes `parallel` dishes at once. What it has to make is work: dishes × minutes of one.
 * Nobody is done before the longest dish is, nor before all of the work is shared out evenly; these
 * two lower bounds of a schedule on equal machines (R. L. Graham, Bounds on Multiprocessing Timing
 * Anomalies, SIAM J. Appl. Math. 17, 1969) are taken as the time itself:
 *   load of a station = ⌈work that waits / parallel⌉
 *   own time of an order there = max (its longest dish, ⌈its work there / parallel⌉)
 * First come, first made, so the order is ready when its last station is:
 *   minutes = max over its stations (load + own time), not less than the shop's least, plus what is
 *   added while busy, up to the next five minutes, not more than the shop's most.
 * More waiting work, a longer dish or a busier shop never makes it less. */

/** Minutes to the next of which a promise is rounded up. */
#define OSY_KITCHEN_PROMISE_STEP 5
/** More dishes of a kind than this count as this many. */
#define OSY_KITCHEN_MAX_DISHES 1000000

/** Dishes of one kind, to be made at one station. */
typedef struct {
  const char *station_id;
  gint64 quantity;
  gint64 minutes; /* of one; 0: not said */
} OsyKitchenPortion;

/** What the shop lets itself promise, in minutes. */
typedef struct {
  gint64 least;
  gint64 most; /* ≥ least */
  gint64 busy; /* added just now */
  gint64 dish; /* of a dish of which neither menu nor station says it */
} OsyKitchenTerms;

/** osy_kitchen_portion_minutes: of one of @portion's dishes: its own, else the station's, else the
 * shop's. */
gint64 osy_kitchen_portion_minutes (const OsyKitchenPortion *portion,
                                    const OsyKitchenStation *station,
                                    const OsyKitchenTerms *terms);

/** osy_kitchen_load: @open: (element-type OsyKitchenPortion): what waits, without held courses.
 * Returns: minutes until @station has made what waits there. */
gint64 osy_kitchen_load (const OsyKitchenStation *station,
                         const GArray *open,
                         const OsyKitchenTerms *terms);

/** osy_kitchen_promise: @own: (element-type OsyKitchenPortion): what the new order is. Returns: the
 * minutes to promise, a multiple of OSY_KITCHEN_PROMISE_STEP unless @terms bound it otherwise.
 * Portions at stations that @setup does not have are passed over. */
gint64 osy_kitchen_promise (const OsyKitchenSetup *setup,
                            const GArray *open,
                            const GArray *own,
                            const OsyKitchenTerms *terms);

/** The work of one station, as people see it. */
typedef struct {
  char *id;
  char *name;
  gint64 parallel;
  gint64 dishes; /* that wait */
  gint64 minutes;
} OsyKitchenLoad;

/** What one waiting order could be accepted with. */
typedef struct {
  char *order_id;
  gint64 minutes;
} OsyKitchenOffer;

/** The answer of GET …/kitchen/load. */
typedef struct {
  GPtrArray *stations; /* of OsyKitchenLoad, those that cook */
  GPtrArray *offers;   /* of OsyKitchenOffer */
  gint64 minutes;      /* of an order of one usual dish, where most waits */
  gint64 server_time;
} OsyKitchenOutlook;

/** osy_kitchen_outlook_new: Returns: (transfer full): empty. */
OsyKitchenOutlook *osy_kitchen_outlook_new (void);
/** osy_kitchen_outlook_free: frees all of it. */
void osy_kitchen_outlook_free (OsyKitchenOutlook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenOutlook, osy_kitchen_outlook_free)
/** osy_kitchen_outlook_add_offer: @order_id may be accepted with @minutes. */
void osy_kitchen_outlook_add_offer (OsyKitchenOutlook *self, const char *order_id, gint64 minutes);
/** osy_kitchen_outlook_look: fills in stations and minutes of a kitchen where @open waits. */
void osy_kitchen_outlook_look (OsyKitchenOutlook *self,
                               const OsyKitchenSetup *setup,
                               const GArray *open,
                               const OsyKitchenTerms *terms);
/** osy_kitchen_outlook_to_json, _from_json: (transfer full). */
JsonNode *osy_kitchen_outlook_to_json (const OsyKitchenOutlook *self);
OsyKitchenOutlook *osy_kitchen_outlook_from_json (JsonNode *node, GError **error);
/** osy_kitchen_outlook_offer: Returns: the minutes for @order_id; 0: it is not among them. */
gint64 osy_kitchen_outlook_offer (const OsyKitchenOutlook *self, const char *order_id);

G_END_DECLS
