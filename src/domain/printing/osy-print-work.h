/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-print-device.h"
#include "osy-printing-routes.h"
#include "osy-printing-store.h"

G_BEGIN_DECLS

/** So many tries before a slip goes to the printer that stands in, or is shown as not printed. */
#define OSY_PRINT_TRIES 3
/** A slip that failed prints by itself when its printer is back within this time; older ones wait
 * for a person, since the dish may be long gone. */
#define OSY_PRINT_FRESH_US (15 * 60 * (gint64)G_USEC_PER_SEC)

/* What the spooler does in transactions, on workers. Each an OsyDbFunc; data as named. */

/** A printer with slips to print. */
typedef struct {
  OsyPrinter *printer;
  gint64 at; /* UTC µs: when the first is due */
} OsyPrintTurn;
void osy_print_turn_free (OsyPrintTurn *self);

/** osy_print_survey: data: GPtrArray ** of OsyPrintTurn. */
gboolean osy_print_survey (OsyDbTx *tx, gpointer data, GError **error);

/** One printer's slip between its transactions. */
typedef struct {
  OsyPrintingRoom *room;
  char *restaurant_id;
  OsyPrinter *printer;
  const char *problem;  /* (nullable): how the printer was found, or why the slip failed */
  OsyPrintClaim *claim; /* (nullable) */
  OsySlip *slip;        /* (nullable): of the claim, with its marks */
  OsyPrintOutcome outcome;
  gint64 retry_at; /* when a slip that failed is due again */
} OsyPrintWork;
OsyPrintWork *
osy_print_work_new (OsyPrintingRoom *room, const char *restaurant_id, OsyPrinter *printer);
void osy_print_work_free (OsyPrintWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrintWork, osy_print_work_free)

/** osy_print_work_trouble: the printer cannot print: one try more for what waits. */
gboolean osy_print_work_trouble (OsyDbTx *tx, gpointer work, GError **error);
/** osy_print_work_claim: takes the next slip; @work->claim stays NULL when there is none. */
gboolean osy_print_work_claim (OsyDbTx *tx, gpointer work, GError **error);
/** osy_print_work_finish: notes the outcome. */
gboolean osy_print_work_finish (OsyDbTx *tx, gpointer work, GError **error);

/** osy_print_recover: after a start: data: NULL; of the transaction's restaurant. */
gboolean osy_print_recover (OsyDbTx *tx, gpointer data, GError **error);

G_END_DECLS
