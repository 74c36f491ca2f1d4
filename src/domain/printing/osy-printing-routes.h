/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bus.h"
#include "osy-event-feed.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-printing-service.h"

G_BEGIN_DECLS

typedef struct _OsyPrintSpooler OsyPrintSpooler;

/** What an actor is called; a room above knows. Returns: (transfer full): NULL with @error. */
typedef char *(*OsyPrintNameFunc) (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *actor,
                                   GError **error);

/** A slip as it looks with invented content, for whoever sets its form; rooms above make them.
 * Returns: (transfer full) (nullable). */
typedef OsySlip *(*OsySlipSampleFunc) (const char *kind, const char *language);

/** What the printing room works with. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyPrintSpooler *spooler;
  OsyPrintNameFunc name;            /* nullable */
  const OsySlipSampleFunc *samples; /* (nullable): ends with NULL; the first that knows a kind */
} OsyPrintingRoom;

/** Printers, slips that wait, forms of slips; room: an OsyPrintingRoom. */
extern const OsyRoute osy_printing_routes[];
extern const OsyRoute osy_print_job_routes[];
extern const OsyRoute osy_print_desk_routes[];

/** osy_printing_decorate_jobs, _printers: OsyEventDecorate of "job" and "printer". */
gboolean osy_printing_decorate_jobs (OsyDbTx *tx,
                                     GPtrArray *events,
                                     OsyEventExtra *extras,
                                     gpointer room,
                                     GError **error);
gboolean osy_printing_decorate_printers (OsyDbTx *tx,
                                         GPtrArray *events,
                                         OsyEventExtra *extras,
                                         gpointer room,
                                         GError **error);

G_END_DECLS
