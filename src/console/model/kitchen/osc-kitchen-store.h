/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-kitchen-item.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** What a kitchen does (POST /restaurants/me/kitchen/…). */
typedef enum {
  OSC_KITCHEN_BUMP,
  OSC_KITCHEN_RECALL,
  OSC_KITCHEN_RECALL_ANEW, /* its clock starts again */
  OSC_KITCHEN_SHOWN,
  OSC_KITCHEN_TOUCH,
  OSC_KITCHEN_FIRST, /* before the others */
  OSC_KITCHEN_NOT_FIRST,
  OSC_KITCHEN_MAKE, /* what: a line id */
  OSC_KITCHEN_UNMAKE,
  OSC_KITCHEN_SEEN, /* what: a change id */
  OSC_KITCHEN_FIRE, /* course */
  OSC_KITCHEN_HOLD,
} OscKitchenDeed;

typedef struct {
  OscKitchenDeed deed;
  OscKitchenItem *item;
  const char *what; /* nullable */
  int course;
} OscKitchenAct;

/** A station with what waits there. */
typedef struct {
  char *id;
  char *name;
  guint open;
  guint late;
} OscKitchenStation;

/** A dish that waits to be made, over all tickets. */
typedef struct {
  char *name;
  gint64 quantity;
} OscKitchenCount;

/**
 * OscKitchenStore: GListModel of OscKitchenItem: the open tickets of every station: those that go
 * first, then by the time they came, so that a recalled one is where it was. Fed by the feed, or by
 * osc_kitchen_store_put(). Signals: "news" (int: OscSound, OscKitchenItem*): a ticket is new, has
 * changed, or something of it was cancelled (not on the first load); "counted": stations or counts
 * changed; "requested" (const char *path, JsonNode *body): an act leaves for the daemon.
 * Properties: "frozen-at" (gint64 UTC µs, notify): since when nothing was heard; 0: all is well.
 */
#define OSC_TYPE_KITCHEN_STORE (osc_kitchen_store_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenStore, osc_kitchen_store, OSC, KITCHEN_STORE, GObject)

/** News of a ticket, as they sound. */
typedef enum { OSC_KITCHEN_NEW, OSC_KITCHEN_CHANGED, OSC_KITCHEN_CANCELED } OscKitchenNews;

/** osc_kitchen_store_new: @client: NULL in tests: acts are then only signalled, and succeed. */
OscKitchenStore *osc_kitchen_store_new (OsyClient *client);
/** osc_kitchen_store_attach: follows @feed. */
void osc_kitchen_store_attach (OscKitchenStore *self, OsyFeed *feed);
/** osc_kitchen_store_put: takes a ticket as the feed would. @ticket: JSON of the contract. */
void osc_kitchen_store_put (OscKitchenStore *self, JsonNode *ticket);
/** osc_kitchen_store_load: takes the answer of GET /restaurants/me/kitchen/tickets: drops what it
 * does not name. */
void osc_kitchen_store_load (OscKitchenStore *self, JsonNode *answer);
/** osc_kitchen_store_set_frozen: whether nothing is heard any more. */
void osc_kitchen_store_set_frozen (OscKitchenStore *self, gboolean frozen);
gint64 osc_kitchen_store_get_frozen (OscKitchenStore *self);

/** osc_kitchen_store_find: (transfer none) (nullable): bumped ones too, the last 200. */
OscKitchenItem *osc_kitchen_store_find (OscKitchenStore *self, const char *ticket_id);
/** osc_kitchen_store_last: (transfer none) (nullable): what was bumped last. @station: (nullable):
 * there. */
OscKitchenItem *osc_kitchen_store_last (OscKitchenStore *self, const char *station);
/** osc_kitchen_store_held: the first course of the order that waits to be fired; 0: none. */
int osc_kitchen_store_held (OscKitchenStore *self, const char *order_id, OscKitchenItem **item);
/** osc_kitchen_store_stations: (transfer full): of OscKitchenStation, in their order, with what
 * waits at @now; empty when the shop has one alone. */
GPtrArray *osc_kitchen_store_stations (OscKitchenStore *self, gint64 now);
/** osc_kitchen_store_counts: (transfer full): of OscKitchenCount, most first: what is fired and not
 * made. @station: (nullable): there. */
GPtrArray *osc_kitchen_store_counts (OscKitchenStore *self, const char *station);
/** osc_kitchen_line_name: (transfer none): what the kitchen calls a line's dish. */
const char *osc_kitchen_line_name (const OsyKitchenLine *line);

/** osc_kitchen_store_act_async: what was tapped shows before it returns. Finish: FALSE with the
 * error: the tickets are as they were. */
void osc_kitchen_store_act_async (OscKitchenStore *self,
                                  const OscKitchenAct *act,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
gboolean osc_kitchen_store_act_finish (OscKitchenStore *self, GAsyncResult *result, GError **error);

/** osc_kitchen_store_history_async: bumped tickets of the business day, newest first. @q: number,
 * table or dish; @cursor: (nullable): of the page before. Finish: (transfer full): of
 * OscKitchenItem; @next_cursor: (out) (transfer full) (nullable). */
void osc_kitchen_store_history_async (OscKitchenStore *self,
                                      const char *q,
                                      const char *cursor,
                                      GAsyncReadyCallback cb,
                                      gpointer data);
GPtrArray *osc_kitchen_store_history_finish (OscKitchenStore *self,
                                             GAsyncResult *result,
                                             char **next_cursor,
                                             GError **error);

G_END_DECLS
