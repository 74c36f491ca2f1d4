/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-ticket.h"
#include "osy-order.h"
#include "osy-slip.h"

G_BEGIN_DECLS

/** How slips are worded. */
typedef struct {
  const char *language; /* "ko" or "en" */
  const char *zone;     /* IANA name, of the times */
  const char *station;  /* (nullable): its name */
  GHashTable *names;    /* (nullable): of DELIVERY: id of an item or option → its English name */
} OsyKitchenSlipWords;

/** osy_kitchen_slip_new: all of a ticket: the type is the biggest word, what is held says so, and
 * nothing tells who ordered. Returns: (transfer full). */
OsySlip *
osy_kitchen_slip_new (const OsyKitchenTicketData *ticket, const OsyKitchenSlipWords *words);
/** osy_kitchen_slip_course: a held @course is wanted now; @fire FALSE: a fired one is not yet.
 * (transfer full) */
OsySlip *osy_kitchen_slip_course (const OsyKitchenTicketData *ticket,
                                  gint64 course,
                                  gboolean fire,
                                  const OsyKitchenSlipWords *words);
/** osy_kitchen_slip_delta: what became different: added, voided, changed, moved "5→7". @changes: of
 * OsyKitchenChange of the ticket. (transfer full) */
OsySlip *osy_kitchen_slip_delta (const OsyKitchenTicketData *ticket,
                                 GPtrArray *changes,
                                 const OsyKitchenSlipWords *words);
/** osy_kitchen_slip_delivery: what goes with a delivery: where to, what is in it, what is to be
 * paid. (transfer full) @code: (nullable): what the rider
 * or the counter scans as it is handed over. */
OsySlip *osy_kitchen_slip_delivery (const OsyOrderData *order,
                                    const char *code,
                                    const OsyKitchenSlipWords *words);

/** osy_kitchen_slip_sample: an OsySlipSampleFunc of KITCHEN, DELTA and DELIVERY. */
OsySlip *osy_kitchen_slip_sample (const char *kind, const char *language);

G_END_DECLS
