/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

#define OSY_KITCHEN_MAX_STATIONS 30
#define OSY_KITCHEN_MAX_ROUTES 400
#define OSY_KITCHEN_MAX_PARALLEL 50
#define OSY_KITCHEN_PARALLEL 6
#define OSY_KITCHEN_MAX_DISH_MINUTES 240

/** What a route sends to a station; of several that fit an option beats an item, an item a
 * category. */
#define OSY_ROUTE_CATEGORY "CATEGORY"
#define OSY_ROUTE_ITEM "ITEM"
#define OSY_ROUTE_OPTION "OPTION"

typedef struct {
  char *id; /* (nullable): of one that is to be made */
  char *name;
  gint64 position;
  char *language; /* "ko" or "en" */
  gboolean is_expo;
  char *printer_id;    /* (nullable) */
  gint64 parallel;     /* dishes made at once, 1…OSY_KITCHEN_MAX_PARALLEL */
  gint64 dish_minutes; /* of a dish that does not say it itself; 0: as the shop says */
  gint64 open;         /* tickets on its screen; only where tickets are listed */
  gint64 late;         /* of them past their promise */
} OsyKitchenStation;

typedef struct {
  char *kind; /* OSY_ROUTE_… */
  char *target_id;
  char *station_id;
} OsyKitchenRoute;

typedef struct {
  char *id;
  char *name;
} OsyKitchenUnrouted;

/** How a shop's kitchen is laid out. Without stations everything comes to one main station, whose
 * id is the shop's own. */
typedef struct {
  gint64 version;           /* 0: never set up */
  GPtrArray *stations;      /* of OsyKitchenStation, in order */
  GPtrArray *routes;        /* of OsyKitchenRoute */
  char *default_station_id; /* (nullable): where goes what no route takes */
  gboolean auto_fire;       /* a course is fired when the one before it was bumped */
  GPtrArray *unrouted; /* of OsyKitchenUnrouted: items that only the default takes; read only */
} OsyKitchenSetup;

/** osy_kitchen_setup_new, _free, and those of its parts: texts NULL, numbers 0 (a station's
 * parallel OSY_KITCHEN_PARALLEL), lists empty. */
OsyKitchenSetup *osy_kitchen_setup_new (void);
void osy_kitchen_setup_free (OsyKitchenSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenSetup, osy_kitchen_setup_free)
OsyKitchenStation *osy_kitchen_station_new (void);
void osy_kitchen_station_free (OsyKitchenStation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenStation, osy_kitchen_station_free)
OsyKitchenRoute *
osy_kitchen_route_new (const char *kind, const char *target_id, const char *station_id);
void osy_kitchen_route_free (OsyKitchenRoute *self);
OsyKitchenUnrouted *osy_kitchen_unrouted_new (const char *id, const char *name);

/** osy_kitchen_setup_to_json: what GET and PUT …/kitchen/setup carry. (transfer full) */
JsonNode *osy_kitchen_setup_to_json (const OsyKitchenSetup *self);
/** osy_kitchen_setup_read: a set-up from @reader, whose finishing is the caller's. (transfer full)
 */
OsyKitchenSetup *osy_kitchen_setup_read (OsyJsonReader *reader);
/** osy_kitchen_setup_from_json: reads an answer; unknown members are passed over. */
OsyKitchenSetup *osy_kitchen_setup_from_json (JsonNode *node, GError **error);

/** osy_kitchen_setup_find: (transfer none) (nullable): the station with this id. */
const OsyKitchenStation *osy_kitchen_setup_find (const OsyKitchenSetup *self, const char *id);
/** osy_kitchen_setup_expo: (transfer none) (nullable): the station where orders are put together.
 */
const OsyKitchenStation *osy_kitchen_setup_expo (const OsyKitchenSetup *self);
/** osy_kitchen_setup_fallback: (transfer none) (nullable): the station of what no route takes: the
 * default, else the only one that cooks; NULL when several cook and none is the default. */
const OsyKitchenStation *osy_kitchen_setup_fallback (const OsyKitchenSetup *self);

/** What decides where a line is cooked. */
typedef struct {
  const char *item_id;
  const char *category_id; /* (nullable) */
  const char *station;     /* (nullable): the text in the item itself */
  GPtrArray *option_ids;   /* of char*, in the order they were chosen */
} OsyKitchenWay;

/**
 * osy_kitchen_setup_route:
 *
 * An option's route beats the item's, that the station named in the item itself, that the
 * category's. Returns: (transfer none) (nullable): the station, NULL when no route takes it.
 */
const OsyKitchenStation *
osy_kitchen_setup_route (const OsyKitchenSetup *self, const OsyKitchenWay *way);

/** The answer of GET …/kitchen/tickets. */
typedef struct {
  GPtrArray *tickets;  /* of OsyKitchenTicket, oldest first, those with priority before */
  GPtrArray *stations; /* of OsyKitchenStation */
  GPtrArray *all_day;  /* of OsyKitchenCount, over all stations */
  gint64 server_time;
} OsyKitchenBoard;
void osy_kitchen_board_free (OsyKitchenBoard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenBoard, osy_kitchen_board_free)
/** osy_kitchen_board_to_json, _from_json: (transfer full). */
JsonNode *osy_kitchen_board_to_json (const OsyKitchenBoard *self);
OsyKitchenBoard *osy_kitchen_board_from_json (JsonNode *node, GError **error);

G_END_DECLS
