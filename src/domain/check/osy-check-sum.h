/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The arithmetic of a check, to the won and without a clock or a database. Daemon and console
 * share it; the SQL function check_total() says the same of running amounts. */

/** Largest denominator of a fraction of a line. */
#define OSY_CHECK_MAX_SHARES 20

/** One check of a group; alone, a group of one. Won. */
typedef struct {
  int percent;         /* discount of all that is on it: 0…100 */
  gint64 won;          /* discount in won, after the percentage */
  int service_percent; /* of what is left then */
  gint64 base;         /* (out) what its lines leave */
  gint64 discount;     /* (out) what @percent and @won take off it; never more than there is */
  gint64 service;      /* (out) */
  gint64 total;        /* (out) */
} OsyCheckMember;

/** One line as it was sold, and the sums of its own adjustments that hold. */
typedef struct {
  guint member; /* index */
  gint64 quantity;
  gint64 unit_price;
  gboolean tax_free;
  int seat; /* 0: none */
  gint64 voided;
  gint64 comped;
  int percent;
  gint64 won;
  gint64 amount; /* (out) as sold */
  gint64 left;   /* (out) what voids and comps leave */
  gint64 net;    /* (out) after its discounts too */
  gint64 due; /* (out) its share of the member's total: discounts and service of the check in it */
} OsyCheckLine;

typedef enum {
  OSY_CHECK_PART_ITEM,   /* lines or fractions of them */
  OSY_CHECK_PART_SEAT,   /* what is left of all lines of one seat */
  OSY_CHECK_PART_EQUAL,  /* as much as each other one of this kind, of all that is left */
  OSY_CHECK_PART_AMOUNT, /* so many won, or what is left */
  OSY_N_CHECK_PARTS
} OsyCheckPartKind;

typedef struct {
  guint line; /* index */
  int numerator;
  int denominator; /* 1…OSY_CHECK_MAX_SHARES */
} OsyCheckTake;

/** One part of a split. */
typedef struct {
  OsyCheckPartKind kind;
  int seat;        /* of SEAT */
  gboolean frozen; /* paid: @amount is what it was when it was paid, and stays */
  gint64 wanted;   /* of AMOUNT */
  GArray *takes;   /* (nullable): of OsyCheckTake, of ITEM */
  gint64 amount;   /* (out) unless frozen */
} OsyCheckPart;

/** A whole group; the arrays are the caller's to fill. */
typedef struct {
  GArray *members; /* of OsyCheckMember */
  GArray *lines;   /* of OsyCheckLine */
  GArray *parts;   /* of OsyCheckPart; their takes are freed with it */
  gint64 orders;   /* (out) all lines as sold */
  gint64 adjustments;
  gint64 service;
  gint64 total; /* orders − adjustments + service */
  gint64 tax_free;
  gint64 supply;
  gint64 vat;
  gint64 rest; /* total − all parts */
} OsyCheckSum;

/** osy_check_sum_new: (transfer full): empty. */
OsyCheckSum *osy_check_sum_new (void);
/** osy_check_sum_free: with its arrays. */
void osy_check_sum_free (OsyCheckSum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyCheckSum, osy_check_sum_free)

/**
 * osy_check_sum_run: fills all that is marked (out)
 *
 * No won is lost: the last line, the last share of a line and the last equal part take the odd won,
 * and parts + rest = total always. Paid parts go first, then items, seats, amounts, equal ones. VAT
 * is what osy_money_split_vat() finds in the total without its tax-free share; the service charge
 * is never tax-free. Indices, quantities and percentages must be within their ranges.
 */
void osy_check_sum_run (OsyCheckSum *self);

/** One discount: in percent, or else in won. */
typedef struct {
  int percent;
  gint64 won;
  gint64 amount; /* (out) */
} OsyCheckDiscount;

/** osy_check_sum_discounts: what each of @discounts takes off @base: percentages of all of it
 * first, then won, never more than there is. Together as osy_check_sum_run() has it. */
void osy_check_sum_discounts (gint64 base, OsyCheckDiscount *discounts, guint n);

/** osy_check_sum_free_share: how much of line @line no ITEM part takes, in fractions of
 * @denominator; rounded down. */
int osy_check_sum_free_share (const OsyCheckSum *self, guint line, int denominator);

/** osy_check_sum_is_overdrawn: Returns: whether parts take more of a line than there is of it. */
gboolean osy_check_sum_is_overdrawn (const OsyCheckSum *self);

/** Wire names: "ITEM", "SEAT", "EQUAL", "AMOUNT". */
const char *osy_check_part_kind_name (OsyCheckPartKind kind);
gboolean osy_check_part_kind_from_name (const char *name, OsyCheckPartKind *ret);

G_END_DECLS
