/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the daemon tells of the till. Won; times in UTC µs. */

/** Notes and coins that are counted, the largest first. */
#define OSC_TILL_PIECES 8
extern const gint64 osc_till_pieces[OSC_TILL_PIECES];
/** osc_till_is_note: Returns: whether the piece is of paper. */
gboolean osc_till_is_note (guint piece);

/** What came and went by one tender. */
typedef struct {
  char *tender; /* CASH, CARD_TERMINAL, … */
  gint64 taken;
  gint64 taken_count;
  gint64 refunded;
  gint64 refunded_count;
  gint64 net;
} OscTillTender;

/** What the entries come to. */
typedef struct {
  GPtrArray *tenders; /* of OscTillTender */
  gboolean told;      /* FALSE: counting is blind: all below is zero */
  gint64 taken, refunded, net, supply, vat, tax_free;
  gint64 opening_float, cash_taken, cash_refunded, cash_in, cash_out, expected;
  gint64 counted, difference, left, banked; /* of a close */
  gint64 open_checks, open_amount, unknown_payments, pending_refunds, pending_receipts;
} OscTillReport;

/** Cash that was put in, or (less than 0) taken out. */
typedef struct {
  gint64 amount;
  char *reason; /* nullable */
  char *actor;  /* nullable */
  gint64 at;
} OscTillMove;

/** A count in between. */
typedef struct {
  gint64 counted;
  gboolean told; /* @difference is known */
  gint64 difference;
  char *reason; /* nullable */
  gint64 at;
} OscTillCounted;

/** The drawer as it stands. */
typedef struct {
  gint64 opened_at; /* 0: nobody opened it */
  gint64 opening_float;
  gboolean blind;
  gint64 last_number; /* 0: nothing was ever closed */
  OscTillReport *report;
  GPtrArray *moves;  /* of OscTillMove */
  GPtrArray *counts; /* of OscTillCounted */
} OscTillState;

/** A close. */
typedef struct {
  gint64 number;
  char *business_day;
  gint64 opened_at; /* 0: nobody had opened it */
  gint64 closed_at;
  gint64 corrects;     /* 0: none */
  gint64 corrected_by; /* 0: none */
  char *reason;        /* nullable */
  gboolean by_pieces;
  gint64 pieces[OSC_TILL_PIECES];
  OscTillReport *report;
  GPtrArray *moves; /* (nullable): of OscTillMove; NULL in a list */
} OscTillClose;

/** Something that is still to come. */
typedef struct {
  const char *kind; /* static: CHECK, PAYMENT, REFUND, RECEIPT */
  char *check_id;   /* (nullable): of CHECK and PAYMENT */
  char *table;      /* nullable */
  char *numbers;    /* (nullable): of orders, "12, 13" */
  char *tender;     /* (nullable): of PAYMENT */
  gint64 amount;
  gint64 since;
} OscTillRest;

/** osc_till_state_new, osc_till_close_new: (transfer full) (nullable): NULL when @node is none. */
OscTillState *osc_till_state_new (JsonNode *node);
void osc_till_state_free (OscTillState *self);
OscTillClose *osc_till_close_new (JsonNode *node);
void osc_till_close_free (OscTillClose *self);
/** osc_till_rest_read: (transfer full) (nullable): of OscTillRest: what GET remaining answers. */
GPtrArray *osc_till_rest_read (JsonNode *node);
/** osc_till_moves_sum: cash that was put in (@in), or taken out, by people. */
gint64 osc_till_moves_sum (GPtrArray *moves, gboolean in);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscTillState, osc_till_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscTillClose, osc_till_close_free)

G_END_DECLS
