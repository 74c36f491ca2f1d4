/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-state-table.h"

G_BEGIN_DECLS

#define OSY_CHECK_OPEN "OPEN"
#define OSY_CHECK_SETTLED "SETTLED"
#define OSY_CHECK_REOPENED "REOPENED"
#define OSY_CHECK_VOIDED "VOIDED"
#define OSY_CHECK_MERGED "MERGED"

/** The allowed steps of a check (design §5). */
extern const OsyStateTable osy_check_states;

/** An order's share of its check, in won. */
typedef struct {
  gint64 orders;      /* what it posted */
  gint64 adjustments; /* what was taken off: withdrawn, or by line */
  gint64 withdrawn;   /* its amount when it was withdrawn, else 0 */
} OsyCheckShare;

/** Running amounts that change; what is 0 stays. */
typedef struct {
  gint64 adjustments; /* added: of lines */
  int percent;        /* added: of the whole */
  gint64 discount;    /* added: of the whole, won */
  gboolean service;   /* @service_percent is meant */
  int service_percent;
  gboolean printed; /* its bill was printed now */
} OsyCheckAmend;

G_END_DECLS
