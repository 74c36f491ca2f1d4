/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "osy-state-table.h"

G_BEGIN_DECLS

/** States of an order (design §5); PREPARING and DELIVERING may be skipped. */
#define OSY_ORDER_PENDING_PAYMENT "PENDING_PAYMENT"
#define OSY_ORDER_PENDING "PENDING"
#define OSY_ORDER_ACCEPTED "ACCEPTED"
#define OSY_ORDER_PREPARING "PREPARING"
#define OSY_ORDER_READY "READY"
#define OSY_ORDER_DELIVERING "DELIVERING"
#define OSY_ORDER_COMPLETED "COMPLETED"
#define OSY_ORDER_REJECTED "REJECTED"
#define OSY_ORDER_CANCELED "CANCELED"
#define OSY_ORDER_EXPIRED "EXPIRED"

/** Why a recall was refused: the member "reason" of its STATE_CONFLICT. */
#define OSY_ORDER_DAY_OVER "DAY_OVER"
#define OSY_ORDER_RIDER_GONE "RIDER_GONE"

/** Longest time that may be promised when an order is accepted, in minutes. */
#define OSY_ORDER_MAX_MINUTES 300

#define OSY_ORDER_MAX_COURSE 9
#define OSY_ORDER_MAX_SEAT 99

/** The one table of allowed steps; the database trigger is generated from it. Keyed by (from, act);
 * only recall has several rows of one state. "hand-over" leads to DELIVERING, "hand-over-done" is
 * its row for orders that are not deliveries. */
extern const OsyStateTable osy_order_states;

/** A chosen option with its own quantity; options of options nest. Prices in won, one each. */
typedef struct {
  char *option_id;
  char *item_id; /* nullable: the dish of the menu that it is: cooked and counted as that */
  char *name;
  gint64 quantity;
  gint64 price;
  GPtrArray *options; /* of OsyOrderOption, never NULL */
} OsyOrderOption;

/** One line as it was sold; never changes. */
typedef struct {
  char *line_id;
  char *menu_item_id;
  char *name;
  gint64 quantity;
  gint64 unit_price; /* with options, won */
  gint64 amount;     /* unit_price × quantity */
  gboolean tax_free;
  char *note;         /* nullable, the guest's words */
  char *station;      /* nullable */
  int prep_minutes;   /* 0: none given */
  int course;         /* 1…OSY_ORDER_MAX_COURSE */
  int seat;           /* 1…OSY_ORDER_MAX_SEAT; 0: not said */
  GPtrArray *options; /* of OsyOrderOption, never NULL */
} OsyOrderLine;

/** One step of the timeline; at in UTC µs. */
typedef struct {
  char *from_status; /* nullable: the placing */
  char *to_status;
  char *act;    /* "place", "accept", …, "recall" */
  char *actor;  /* "guest", a person's name, "system" */
  char *reason; /* nullable */
  gint64 at;
} OsyOrderStep;

/** All that is known of an order. Times are UTC µs, 0 when not (yet) so; amounts in won. */
typedef struct {
  char *id;
  char *restaurant_id;
  gint64 number; /* per shop and business day, from 1 */
  char *status;
  char *type;       /* DINE_IN, TAKEOUT, DELIVERY */
  char *channel;    /* COUNTER, QR, WEB, PHONE, PLATFORM */
  char *table_id;   /* nullable */
  int guest_count;  /* 0: not said */
  GPtrArray *lines; /* of OsyOrderLine */
  gint64 total_amount;
  gint64 tax_free_amount;
  gint64 supply_amount;
  gint64 vat_amount;
  gint64 delivery_fee;    /* what the way costs; in total_amount, and always taxed */
  gint64 adjusted_amount; /* what voids, comps and discounts of its lines have taken off since */
  char *payment_method;   /* LATER, … */
  gboolean practice;      /* made for practice: never counted as a sale */
  gboolean unreadable;    /* some of its personal words could not be decrypted and are left out */
  char *business_day;     /* YYYY-MM-DD */
  char *check_id;
  char *placed_check_id; /* (nullable): where it was placed, when that was another check */
  char *placed_table_id; /* (nullable): the same of its table */
  char *source_type;     /* (nullable): the platform that sent it, "baemin" */
  char *source_id;       /* (nullable): its id there */
  char *source_label;    /* (nullable): what people there call it, "B1AB" */
  char *flags;           /* (nullable): what a person should look at: words, a blank between */
  char *guest_id;        /* nullable: whose it is, once its phone has been looked up */
  gint64 version;
  gint64 requested_at; /* scheduled for; 0: as soon as possible */
  gint64 begins_at;    /* accepted for later: when it goes to the kitchen; 0: it does not wait */
  int begin_minutes;   /* so long before requested_at; 0: not accepted for a time */
  gint64 placed_requested_at; /* what it was placed for; 0: the same still */
  gint64 created_at;
  gint64 accepted_at;
  gint64 started_at;
  gint64 ready_at; /* when it became READY */
  gint64 handed_over_at;
  gint64 completed_at;
  gint64 closed_at;       /* rejected, canceled or expired */
  gint64 promised_at;     /* accepted_at + minutes */
  char *customer_name;    /* nullable; personal from here on */
  char *customer_phone;   /* nullable */
  char *delivery_address; /* nullable */
  char *note;             /* nullable */
  char *reason;           /* nullable: of the rejection or cancellation */
} OsyOrderData;

#define OSY_TYPE_ORDER (osy_order_get_type ())
G_DECLARE_FINAL_TYPE (OsyOrder, osy_order, OSY, ORDER, GObject)

/** osy_order_new: @data: (transfer full): frozen from now on. */
OsyOrder *osy_order_new (OsyOrderData *data);
/** osy_order_data: (transfer none): read-only. */
const OsyOrderData *osy_order_data (OsyOrder *self);

/** osy_order_data_new, _free, and those of its parts: texts NULL, numbers 0, lists empty. */
OsyOrderData *osy_order_data_new (void);
/** osy_order_data_copy: (transfer full): an own copy of all but the lines, which never change and
 * are shared. */
OsyOrderData *osy_order_data_copy (const OsyOrderData *self);
void osy_order_data_free (OsyOrderData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderData, osy_order_data_free)
/** osy_order_data_accept: what it means to be accepted at @now with @minutes in the kitchen: an
 * order for a time is promised for that, at the earliest, and waits until @minutes before it. */
void osy_order_data_accept (OsyOrderData *self, int minutes, gint64 now);
/** osy_order_data_begin: sets begins_at and promised_at of an order accepted for a time that may
 * have changed. */
void osy_order_data_begin (OsyOrderData *self, gint64 now);
OsyOrderLine *osy_order_line_new (void);
void osy_order_line_free (OsyOrderLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderLine, osy_order_line_free)
OsyOrderOption *osy_order_option_new (void);
void osy_order_option_free (OsyOrderOption *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderOption, osy_order_option_free)
OsyOrderStep *osy_order_step_new (void);
void osy_order_step_free (OsyOrderStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderStep, osy_order_step_free)

/** osy_order_to_json: the order of the contract, personal members included when set. (transfer
 * full) */
JsonNode *osy_order_to_json (OsyOrder *self);
/** osy_order_to_masked_json: the same with name, phone and address as osy-mask shows them: what
 * every answer and event carries. (transfer full) */
JsonNode *osy_order_to_masked_json (OsyOrder *self);
/** osy_order_to_audit_json: the same without anything personal, the guest's words included, since
 * the audit log outlives what may be known of a guest. (transfer full) */
JsonNode *osy_order_to_audit_json (OsyOrder *self);
/** osy_order_from_json: reads what osy_order_to_json() wrote; unknown members are passed over. */
OsyOrder *osy_order_from_json (JsonNode *node, GError **error);

/** The items of an order alone: the immutable jsonb snapshot, notes left out. */
JsonNode *osy_order_lines_to_json (GPtrArray *lines, gboolean with_notes);
GPtrArray *osy_order_lines_from_json (JsonArray *array, GError **error);

/** osy_order_step_to_json, _from_json: one row of the timeline. */
JsonNode *osy_order_step_to_json (const OsyOrderStep *step);
OsyOrderStep *osy_order_step_from_json (JsonNode *node, GError **error);

/**
 * osy_order_find_step:
 * @order: status, type and the times of its states must be set
 * @act: verb of the API: "accept", …, "hand-over", "recall"
 *
 * Finds the row that @act takes this very order along: hand-over by its type, recall back to the
 * state before the last forward step (started_at and handed_over_at tell it; the times of undone
 * states must be 0). Returns: (nullable): NULL when the order does not allow @act.
 */
const OsyStateRow *osy_order_find_step (const OsyOrderData *order, const char *act);

/** osy_order_is_born_accepted: Returns: whether the order was accepted with its placing. */
gboolean osy_order_is_born_accepted (const OsyOrderData *order);

/** osy_order_is_prepaid: Returns: whether it is paid before it is made: placed PENDING_PAYMENT. */
gboolean osy_order_is_prepaid (const OsyOrderData *order);

/** osy_order_birth_status: Returns: the state it was placed in, before it may have been accepted.
 */
const char *osy_order_birth_status (const OsyOrderData *order);

/** osy_order_is_withdrawn: Returns: whether it came to nothing: rejected, canceled or expired. */
gboolean osy_order_is_withdrawn (const OsyOrderData *order);

/** osy_order_is_open: Returns: whether the order still stands on the board. */
gboolean osy_order_is_open (OsyOrder *self);
/** osy_order_is_for_later: whether it was accepted for a time and the kitchen does not have it yet.
 */
gboolean osy_order_is_for_later (const OsyOrderData *order);

G_END_DECLS
