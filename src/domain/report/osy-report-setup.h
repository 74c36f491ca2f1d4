/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"
#include "osy-report-plan.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** When a shop's reports are made, and where they go. */
typedef struct {
  const char *language; /* interned */
  OsyReportPlan plans[OSY_N_REPORTS];
  char *folder;   /* (nullable): absolute */
  gboolean mails; /* there are addresses */
  gint64 version; /* 0: never set up */
} OsyReportSetup;
void osy_report_setup_free (OsyReportSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyReportSetup, osy_report_setup_free)

/** osy_report_setup_load: none are made at first. (transfer full): NULL with @error. Worker. */
OsyReportSetup *osy_report_setup_load (OsyDbTx *tx, GError **error);

/** osy_report_setup_save: right: shop:manage. @body: what is to be changed; the rest stays. The
 * folder must be one that the daemon can write into, now. What is turned on begins with the next
 * report that becomes due. @if_version: that the caller saw; 0: any. Returns: (transfer full): as
 * it is now; NULL with INVALID_REQUEST or VERSION_CONFLICT. Worker. */
OsyReportSetup *osy_report_setup_save (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       JsonNode *body,
                                       gint64 if_version,
                                       GError **error);

/** osy_report_setup_addresses: who is mailed. *@ret: (out) (transfer full): may be empty, also when
 * they cannot be read any more. FALSE with @error. Worker. */
gboolean osy_report_setup_addresses (OsyDbTx *tx, OsyKeyring *ring, GStrv *ret, GError **error);

/** osy_report_setup_to_json: with addresses, and by whose account mails go out. (transfer full):
 * NULL with @error. Worker. */
JsonNode *osy_report_setup_to_json (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyReportSetup *self,
                                    GError **error);

/** osy_report_clock_of: that of @shop; points into it. */
OsyReportClock osy_report_clock_of (OsyShop *shop);

G_END_DECLS
