/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-event.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** Epoch of a shop that has published nothing yet. */
#define OSY_EVENT_NO_EPOCH "00000000-0000-0000-0000-000000000000"

/** What a higher room adds to an event before it leaves the house. */
typedef struct {
  JsonNode *thing;  /* (nullable): for staff: the aggregate as it stands now */
  JsonNode *status; /* (nullable): {status, version, ready_at?} for the guest who watches it */
} OsyEventExtra;

/**
 * OsyEventDecorate:
 * @events: of OsyEvent, all of the transaction's restaurant and of the decorator's aggregate type
 * @extras: empty, one for each event; members are (transfer full)
 */
typedef gboolean (*OsyEventDecorate) (OsyDbTx *tx,
                                      GPtrArray *events,
                                      OsyEventExtra *extras,
                                      gpointer room,
                                      GError **error);

/** What a room adds to the events of its aggregates. */
typedef struct {
  const char *aggregate_type; /* "order", "ticket", … */
  const char *member;         /* under which an event carries the thing as it stands now */
  OsyEventDecorate decorate;
  gpointer room;
} OsyEventDecorator;

/** The feed of a shop as clients see it, over REST and WebSocket alike. */
typedef struct {
  OsyDbPool *pool;
  const OsyEventDecorator *decorators; /* (nullable): ends with a row of NULL */
} OsyEventFeed;

/** A decorated stretch of a feed. */
typedef struct {
  char *epoch;
  gint64 head;
  GPtrArray *events;     /* of OsyEvent */
  OsyEventExtra *extras; /* one for each event */
} OsyEventPage;

/** osy_event_list_ids: (transfer container): the aggregates of @events, each once; the texts are
 * the events'. */
GPtrArray *osy_event_list_ids (GPtrArray *events);
/** osy_event_give: puts what is known of aggregate @id into the extras of all its events. @thing,
 * @status: (transfer full) (nullable). */
void osy_event_give (GPtrArray *events,
                     OsyEventExtra *extras,
                     const char *id,
                     JsonNode *thing,
                     JsonNode *status);

/** osy_event_page_new: takes @events; extras empty. */
OsyEventPage *osy_event_page_new (const char *epoch, gint64 head, GPtrArray *events);
void osy_event_page_free (OsyEventPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyEventPage, osy_event_page_free)

/** osy_event_feed_decorate: fills the extras of @page. Worker. */
gboolean
osy_event_feed_decorate (const OsyEventFeed *self, OsyDbTx *tx, OsyEventPage *page, GError **error);

/** osy_event_feed_to_json: (transfer full): event @i of @page as every client gets it. */
JsonNode *osy_event_feed_to_json (const OsyEventFeed *self, const OsyEventPage *page, guint i);

/**
 * osy_event_feed_read:
 * @epoch: (nullable): what the client knows; a foreign one gives an empty page of the present
 * epoch, which tells the client to load everything anew
 *
 * Up to @limit events after @after in the transaction's restaurant, decorated. Worker.
 */
OsyEventPage *osy_event_feed_read (const OsyEventFeed *self,
                                   OsyDbTx *tx,
                                   const char *epoch,
                                   gint64 after,
                                   gint64 limit,
                                   GError **error);

/** GET /restaurants/me/feed; room: an OsyEventFeed. */
extern const OsyRoute osy_event_routes[];

G_END_DECLS
