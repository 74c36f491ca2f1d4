/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert.h"
#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** From when on something is an alert. */
typedef struct {
  gint64 late_minutes;    /* beyond its promise, or unanswered, an order is late */
  gint64 late_orders;     /* so many at once */
  gint64 refund_amount;   /* won of a business day, when it is also three times the usual */
  gint64 refund_count;    /* the same of their number */
  gint64 printer_minutes; /* a printer stands still */
  gint64 messages;        /* to one recipient within an hour; the rest goes as one afterwards */
} OsyAlertLimits;

/** How a shop is told. */
typedef struct {
  OsyAlertRule rules[OSY_N_ALERTS];
  OsyAlertLimits limits;
  OsyAlertQuiet quiet;
  const char *language; /* interned: "ko", "en" */
  gint64 version;       /* 0: never set up */
} OsyAlertSetup;

/** osy_alert_setup_load: every kind to every channel and no quiet hours when the shop never said
 * otherwise; outages and threats pierce them until it does. Returns: FALSE with @error. */
gboolean osy_alert_setup_load (OsyDbTx *tx, OsyAlertSetup *ret, GError **error);

/** osy_alert_setup_save: right: shop:manage. @body: what is to be changed; the rest stays. @ret:
 * (inout): its version is the one that the caller saw (0: any); then as it is now. FALSE with
 * INVALID_REQUEST or VERSION_CONFLICT. */
gboolean osy_alert_setup_save (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               JsonNode *body,
                               OsyAlertSetup *ret,
                               GError **error);

/** osy_alert_setup_to_json: (transfer full) */
JsonNode *osy_alert_setup_to_json (const OsyAlertSetup *self);

G_END_DECLS
