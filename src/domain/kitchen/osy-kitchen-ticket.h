/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A ticket on its station: on the screen; sent away by the station; over, since the order left the
 * kitchen. */
#define OSY_TICKET_OPEN "OPEN"
#define OSY_TICKET_BUMPED "BUMPED"
#define OSY_TICKET_DONE "DONE"

/** Where a ticket stands in the chain. */
#define OSY_TICKET_PREP "PREP"
#define OSY_TICKET_EXPO "EXPO"

/** A course: not yet wanted; to be cooked; nothing of it waits on this ticket. */
#define OSY_COURSE_HELD "HELD"
#define OSY_COURSE_FIRED "FIRED"
#define OSY_COURSE_DONE "DONE"
#define OSY_COURSE_MAX 9

/** What became different after sending; stays on the ticket until somebody has seen it. */
#define OSY_CHANGE_ADDED "ADDED"
#define OSY_CHANGE_VOIDED "VOIDED"
#define OSY_CHANGE_CHANGED "CHANGED"
#define OSY_CHANGE_MOVED "MOVED"

typedef struct {
  char *item_id; /* (nullable): the dish of the menu that it is */
  char *name;    /* in the station's language */
  gint64 quantity;
} OsyKitchenOption;

typedef struct {
  char *id;
  char *kind; /* OSY_CHANGE_… */
  gint64 quantity;
  char *text; /* (nullable): of MOVED "5→7" */
  gint64 at;
  gint64 seen_at; /* 0: nobody has yet */
} OsyKitchenChange;

/** One line of an order as a station sees it; sent = waiting + made + voided. */
typedef struct {
  char *line_id;
  char *name;         /* as the guest ordered it */
  char *menu_item_id; /* (nullable): of lines from before it was told */
  char *kitchen_name; /* (nullable): how the station calls it, in its language */
  GPtrArray *options; /* of OsyKitchenOption, options of options after theirs */
  char *note;         /* (nullable): the guest's words */
  char **allergens;   /* never NULL */
  gint64 course;      /* 1…OSY_COURSE_MAX */
  gint64 seat;        /* 0: not said */
  char *table_id;     /* (nullable): where it goes instead of where the order does */
  char *table_number; /* (nullable): what people call that */
  gint64 quantity_sent;
  gint64 quantity_waiting;
  gint64 quantity_made;
  gint64 quantity_voided;
  gint64 prep_minutes; /* 0: not said */
  GPtrArray *changes;  /* of OsyKitchenChange, oldest first */
} OsyKitchenLine;

typedef struct {
  gint64 course;
  char *state;     /* OSY_COURSE_… */
  gint64 fired_at; /* 0: not yet */
} OsyKitchenCourse;

/** An order at one station. Times in UTC µs, 0 when not (yet) so. */
typedef struct {
  char *id;
  char *order_id;
  gint64 order_number;
  char *order_type;   /* DINE_IN, TAKEOUT, DELIVERY */
  char *channel;      /* COUNTER, QR, … */
  char *order_status; /* ACCEPTED, … as the order stands now */
  char *table_id;     /* (nullable) */
  char *table_number; /* (nullable): what people call it */
  char **moved_from;  /* tables it was at before, oldest first; never NULL */
  gint64 guest_count; /* 0: not said */
  char *station_id;
  char *stage; /* PREP or EXPO; an expo ticket shows all lines of the order */
  char *state; /* OSY_TICKET_… */
  gboolean priority;
  gboolean practice;
  gint64 sent_at;
  gint64 promised_at;
  gint64 shown_at;    /* first time on a screen */
  gint64 touched_at;  /* first time a hand was laid on it */
  gint64 bumped_at;   /* last time */
  gint64 recalled;    /* how often it came back */
  gint64 timer_from;  /* ageing starts here */
  char *note;         /* (nullable): the guest's words about the whole order */
  GPtrArray *courses; /* of OsyKitchenCourse, in order */
  GPtrArray *lines;   /* of OsyKitchenLine, by course and place in the order */
  GPtrArray *changes; /* of OsyKitchenChange about the whole ticket (MOVED) */
  gint64 version;
} OsyKitchenTicketData;

/** A ticket as it stood at one version: never changes. */
#define OSY_TYPE_KITCHEN_TICKET (osy_kitchen_ticket_get_type ())
G_DECLARE_FINAL_TYPE (OsyKitchenTicket, osy_kitchen_ticket, OSY, KITCHEN_TICKET, GObject)

/** osy_kitchen_ticket_new: @data: (transfer full): frozen from now on. */
OsyKitchenTicket *osy_kitchen_ticket_new (OsyKitchenTicketData *data);
/** osy_kitchen_ticket_data: (transfer none): read-only. */
const OsyKitchenTicketData *osy_kitchen_ticket_data (OsyKitchenTicket *self);

/** Makers of the parts: texts NULL, numbers 0, lists empty. */
OsyKitchenTicketData *osy_kitchen_ticket_data_new (void);
void osy_kitchen_ticket_data_free (OsyKitchenTicketData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenTicketData, osy_kitchen_ticket_data_free)
OsyKitchenLine *osy_kitchen_line_new (void);
void osy_kitchen_line_free (OsyKitchenLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenLine, osy_kitchen_line_free)
void osy_kitchen_option_free (OsyKitchenOption *self);
void osy_kitchen_change_free (OsyKitchenChange *self);
void osy_kitchen_course_free (OsyKitchenCourse *self);

/** osy_kitchen_ticket_to_json: what routes answer and events carry. (transfer full) */
JsonNode *osy_kitchen_ticket_to_json (OsyKitchenTicket *self);
/** osy_kitchen_ticket_from_json: reads that; unknown members are passed over, a known one of a
 * wrong type is refused. (transfer full) */
OsyKitchenTicket *osy_kitchen_ticket_from_json (JsonNode *node, GError **error);

/** osy_kitchen_ticket_course_state: Returns: (transfer none): the state of a course on this ticket;
 * FIRED for one it does not know. */
const char *osy_kitchen_ticket_course_state (const OsyKitchenTicketData *self, gint64 course);
/** osy_kitchen_ticket_has_unseen: Returns: whether a change waits to be seen. */
gboolean osy_kitchen_ticket_has_unseen (const OsyKitchenTicketData *self);

/** How many of one dish are to be made now, over all tickets. */
typedef struct {
  char *name;
  gint64 quantity;
  GPtrArray *order_ids; /* of char*, each once */
} OsyKitchenCount;
void osy_kitchen_count_free (OsyKitchenCount *self);

/**
 * osy_kitchen_count_all:
 * @tickets: of OsyKitchenTicket
 *
 * What waits on open tickets of stations that cook, held courses left out, most first. (transfer
 * full): of OsyKitchenCount.
 */
GPtrArray *osy_kitchen_count_all (GPtrArray *tickets);
/** osy_kitchen_count_to_json: one element of "all_day". (transfer full) */
JsonNode *osy_kitchen_count_to_json (const OsyKitchenCount *self);

G_END_DECLS
