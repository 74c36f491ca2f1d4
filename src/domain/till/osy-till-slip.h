/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-shop.h"
#include "osy-slip.h"
#include "osy-till-service.h"

G_BEGIN_DECLS

/** What the paper of a close says. */
typedef struct {
  JsonObject *z; /* a close as routes answer it; moves and counts may be missing */
  const OsyShopData *shop;
  const char *language; /* "ko", "en" */
} OsyTillSlip;

/** osy_till_slip_new: (transfer full): the Z slip: what was taken by tender, tax, the drawer. */
OsySlip *osy_till_slip_new (const OsyTillSlip *data);

/** osy_till_slip_queue: puts the paper of the close @z into the queue of the printer for reports,
 * else of that for receipts; without one nothing happens. @copy: somebody wants it once more. */
gboolean osy_till_slip_queue (const OsyTillAct *act, JsonObject *z, gboolean copy, GError **error);

G_END_DECLS
