/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-report-setup.h"

G_BEGIN_DECLS

/** Where a report goes. */
typedef enum { OSY_REPORT_FOLDER, OSY_REPORT_EMAIL, OSY_N_REPORT_TARGETS } OsyReportTarget;
/** As the API and the tables name them. */
extern const char *const osy_report_targets[];

/** A report on its way to one of them. */
typedef struct {
  char *id;
  OsyReportKind kind;
  char *day;
  gint64 attempts; /* this one counted */
} OsyReportParcel;
void osy_report_parcel_free (OsyReportParcel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyReportParcel, osy_report_parcel_free)

/** osy_report_store_plan: what is due by now, once for each day, with its ways out; those of days
 * that were missed are listed as such. *@made: whether one was. Worker. */
gboolean osy_report_store_plan (OsyDbTx *tx,
                                const OsyReportSetup *setup,
                                OsyShop *shop,
                                gboolean *made,
                                GError **error);
/** osy_report_store_make: that of @day now, and again when it was made before: it goes out to all
 * targets of @setup anew. Returns: (transfer full): its id. */
char *osy_report_store_make (OsyDbTx *tx,
                             const OsyReportSetup *setup,
                             OsyReportKind kind,
                             const char *day,
                             GError **error);

/** osy_report_store_take: the next one that is due for @target, marked so that nobody else takes
 * it for a while, whatever becomes of us. *@ret: (out) (transfer full) (nullable): none is. */
gboolean
osy_report_store_take (OsyDbTx *tx, OsyReportTarget target, OsyReportParcel **ret, GError **error);
/** osy_report_store_parcel: the one of @id; NULL with NOT_FOUND. (transfer full) */
OsyReportParcel *osy_report_store_parcel (OsyDbTx *tx, const char *id, GError **error);
/** osy_report_store_sent: it is there. */
gboolean osy_report_store_sent (OsyDbTx *tx, const char *id, gint64 at, GError **error);
/** osy_report_store_failed: @attempts: so many; after the last of them, or when @for_good, it is
 * DEAD. */
gboolean osy_report_store_failed (OsyDbTx *tx,
                                  const OsyReportParcel *parcel,
                                  const char *problem,
                                  gboolean for_good,
                                  GError **error);

/** osy_report_store_list: (transfer full): newest first, with what became of each way out. */
JsonNode *osy_report_store_list (OsyDbTx *tx, const char *id, gint64 limit, GError **error);

G_END_DECLS
