/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-service.h"
#include "osy-stock-service.h"

G_BEGIN_DECLS

/* The doors of payment and stock, in the stead of those rooms, with one order's worth of memory
 * for each id. What they are asked is counted. */

typedef struct {
  OsyOrderMoney money;
  OsyStockOutcome outcome; /* of the next reservation */
  int expects;
  int undos;
  int reserves;
  int consumes;
  int releases;
  gboolean failing; /* undo refuses */
  gboolean slow;    /* undo asks for money that does not come back yet */
} SagaFake;

/** saga_fake: (transfer none): what is kept of @order_id; made at the first call. Any thread. */
SagaFake *saga_fake (const char *order_id);

G_END_DECLS
