/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-check-sum.h"

G_BEGIN_DECLS

#define OSY_BILL_VOID "VOID"         /* not made: the kitchen is told */
#define OSY_BILL_COMP "COMP"         /* made and given free */
#define OSY_BILL_DISCOUNT "DISCOUNT" /* in percent or won */

#define OSY_BILL_MAX_PARTS 50
#define OSY_BILL_MAX_SERVICE 30

/** One order on the bill. */
typedef struct {
  char *order_id;
  gint64 number;
  char *status;
  gint64 created_at;
} OsyBillOrder;

/** A chosen option in short. */
typedef struct {
  char *option_id; /* (nullable): not in JSON */
  char *item_id;   /* (nullable): the dish that it is; not in JSON */
  char *name;
  gint64 quantity;
} OsyBillOption;

/** What the line of an order's delivery fee is called; its line_id is the order's id. */
#define OSY_BILL_DELIVERY_FEE "배달비"

/** One line of an order that was not withdrawn. Won. */
typedef struct {
  char *line_id;
  char *order_id;
  char *check_id; /* (nullable): of the group, the one that it is on; not in JSON */
  char *name;
  char *menu_item_id; /* (nullable): not in JSON */
  GPtrArray *options; /* of OsyBillOption */
  int seat;           /* 0: none */
  int course;
  gint64 quantity;
  gint64 unit_price;
  gint64 amount;
  gboolean tax_free;
  gint64 voided;
  gint64 comped;
  gint64 discount;
  gint64 net; /* after its own adjustments */
  gint64 due; /* its share of the total, with discounts and service charge of the whole check */
} OsyBillLine;

/** One adjustment. */
typedef struct {
  char *id;
  char *kind;
  char *line_id;   /* (nullable): of the whole check */
  gint64 quantity; /* of VOID and COMP of a line; else 0 */
  int percent;     /* 0: none */
  gint64 won;      /* what a discount in won was asked as; not in JSON */
  gint64 amount;   /* what it takes off; 0 once withdrawn */
  char *reason;    /* (nullable): could not be read */
  char *by;        /* a name */
  gint64 at;
  gint64 withdrawn_at; /* 0: holds */
} OsyBillAdjustment;

/** One part of the split. */
typedef struct {
  char *id;
  char *name; /* nullable */
  OsyCheckPartKind kind;
  int seat;
  gint64 wanted; /* of AMOUNT */
  gint64 amount;
  gint64 paid;
  gboolean frozen;
  GArray *takes; /* of OsyCheckTake, by index into the bill's lines */
} OsyBillPart;

/** A check as people see it: with its rounds, what was taken off, and how it is split. A merged
 * group is one bill, that of its root. Times UTC µs, amounts won. */
typedef struct {
  char *id;
  char *status;
  gint64 version;
  gint64 created_at;
  char *business_day; /* nullable */
  char *table_id;     /* nullable */
  char *merged_into;  /* nullable */
  GPtrArray *merged;  /* of char *: what is merged into it */
  int guest_count;
  gint64 bill_printed_at;
  GPtrArray *orders;      /* of OsyBillOrder */
  GPtrArray *lines;       /* of OsyBillLine */
  GPtrArray *adjustments; /* of OsyBillAdjustment */
  GPtrArray *parts;       /* of OsyBillPart */
  int service_percent;
  gint64 orders_amount;
  gint64 adjustments_amount;
  gint64 service_amount;
  gint64 total;
  gint64 tax_free;
  gint64 supply;
  gint64 vat;
  gint64 tenders;
  gint64 refunds;
  gint64 rest; /* total − all parts */
} OsyBill;

/** osy_bill_new: (transfer full): empty. */
OsyBill *osy_bill_new (void);
/** osy_bill_free: with all that was added to it. */
void osy_bill_free (OsyBill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyBill, osy_bill_free)

/** osy_bill_new_…: empty; freed by the array of @self that they are added to. */
OsyBillOrder *osy_bill_add_order (OsyBill *self);
OsyBillLine *osy_bill_add_line (OsyBill *self);
OsyBillAdjustment *osy_bill_add_adjustment (OsyBill *self);
OsyBillPart *osy_bill_add_part (OsyBill *self);

/** osy_bill_owed: what is left to pay. */
gint64 osy_bill_owed (const OsyBill *self);
/** osy_bill_find_line: Returns: its index, or -1. */
int osy_bill_find_line (const OsyBill *self, const char *line_id);
/** osy_bill_find_part: (transfer none) (nullable). */
OsyBillPart *osy_bill_find_part (const OsyBill *self, const char *part_id);

/** osy_bill_line_is_paid: Returns: whether a part that is paid takes some of line @line (index). */
gboolean osy_bill_line_is_paid (const OsyBill *self, guint line);

/** osy_bill_split: Returns: (transfer full): the sum of a bill whose lines cost what they are due,
 * with its parts: run it after changing parts to see what they would come to. */
OsyCheckSum *osy_bill_split (const OsyBill *self);

/** osy_bill_to_json: (transfer full): the check of the contract. */
JsonNode *osy_bill_to_json (const OsyBill *self);
/** osy_bill_from_json: unknown members are passed over. (transfer full): NULL with INVALID_REQUEST.
 */
OsyBill *osy_bill_from_json (JsonNode *node, GError **error);

G_END_DECLS
