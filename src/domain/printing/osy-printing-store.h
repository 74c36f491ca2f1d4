/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-printing.h"
#include "osy-slip-form.h"

G_BEGIN_DECLS

/* Each in the transaction's restaurant. Lists are (transfer full). */

/** osy_printing_store_printers: @id: (nullable): that one alone. Oldest first. */
GPtrArray *osy_printing_store_printers (OsyDbTx *tx, const char *id, GError **error);
gboolean osy_printing_store_insert_printer (OsyDbTx *tx, const OsyPrinter *printer, GError **error);
/** osy_printing_store_update_printer: what people set, and the version. */
gboolean osy_printing_store_update_printer (OsyDbTx *tx, const OsyPrinter *printer, GError **error);
/** osy_printing_store_delete_printer: and whatever names it as its backup loses it. */
gboolean osy_printing_store_delete_printer (OsyDbTx *tx, const char *id, GError **error);
/** osy_printing_store_set_problem: @problem: (nullable). @version: (out): the printer's new one; 0
 * when nothing changed. */
gboolean osy_printing_store_set_problem (OsyDbTx *tx,
                                         const char *id,
                                         const char *problem,
                                         gint64 *version,
                                         GError **error);
/** osy_printing_store_target: @printer_id: (nullable). @ret: (out): who prints for @purpose: the
 * one of that id, else the oldest that serves it; NULL without one. */
gboolean osy_printing_store_target (OsyDbTx *tx,
                                    const char *purpose,
                                    const char *printer_id,
                                    OsyPrinter **ret,
                                    GError **error);

/** What is kept of a job beside what it is. */
typedef struct {
  const char *dedupe_key; /* nullable */
  const char *actor;
  GBytes *content;
} OsyPrintJobExtra;

/** osy_printing_store_insert_job: @inserted: (out): FALSE when its key is known. */
gboolean osy_printing_store_insert_job (OsyDbTx *tx,
                                        const OsyPrintJob *job,
                                        const OsyPrintJobExtra *extra,
                                        gboolean *inserted,
                                        GError **error);
/** osy_printing_store_copies: Returns: slips of the subject and purpose so far; -1 with @error. */
gint64 osy_printing_store_copies (OsyDbTx *tx, const OsyPrintJob *job, GError **error);

/** Which jobs; unset members cut nothing. */
typedef struct _OsyPrintJobQuery {
  const char *state;
  const char *id;
  GPtrArray *ids;   /* nullable: of text */
  gint64 before_at; /* of the last row of the page before */
  const char *before_id;
  gint64 limit;
} OsyPrintJobQuery;
/** osy_printing_store_jobs: newest first. */
GPtrArray *osy_printing_store_jobs (OsyDbTx *tx, const OsyPrintJobQuery *query, GError **error);

/** osy_printing_store_next: when @printer_id should next be tried. @at: (out): UTC µs; 0: nothing
 * waits. What failed before @since waits for a person. */
gboolean osy_printing_store_next (OsyDbTx *tx,
                                  const char *printer_id,
                                  gint64 since,
                                  gint64 *at,
                                  GError **error);

/** A job in the hands of the spooler. */
typedef struct {
  OsyPrintJob *job;
  char *actor;
  char *rerouted_from; /* (nullable): name of the printer it was for */
  gboolean doubtful;
  GBytes *content;
} OsyPrintClaim;
void osy_print_claim_free (OsyPrintClaim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrintClaim, osy_print_claim_free)

/** osy_printing_store_claim: the oldest slip whose turn it is becomes PRINTING. @ret: (out)
 * (nullable). */
gboolean osy_printing_store_claim (OsyDbTx *tx,
                                   const char *printer_id,
                                   gint64 since,
                                   OsyPrintClaim **ret,
                                   GError **error);

/** What becomes of jobs. */
typedef struct {
  const char *state;
  const char *problem;    /* nullable */
  const char *printer_id; /* (nullable): moves it there */
  gboolean doubtful;
  gboolean counts; /* one attempt more */
  gint64 next_at;
} OsyPrintJobChange;
/** osy_printing_store_change: @id in one of @states ("QUEUED,FAILED"). Returns: (transfer full):
 * the job, in a list that is empty when it was in none of them. */
GPtrArray *osy_printing_store_change (OsyDbTx *tx,
                                      const char *id,
                                      const char *states,
                                      const OsyPrintJobChange *change,
                                      GError **error);
/** osy_printing_store_waiting: ids of what waits for @printer_id ("QUEUED" alone when @queued),
 * oldest first, at most 500. */
GPtrArray *
osy_printing_store_waiting (OsyDbTx *tx, const char *printer_id, gboolean queued, GError **error);
/** osy_printing_store_recover: what the last run of the daemon was printing is in doubt. */
gboolean osy_printing_store_recover (OsyDbTx *tx, GError **error);
/** osy_printing_store_expire: what @printer_id took before @before and never told of is in doubt.
 */
gboolean
osy_printing_store_expire (OsyDbTx *tx, const char *printer_id, gint64 before, GError **error);
/** osy_printing_store_sweep: forgets what ended a week, and all that began a month before @now. */
gboolean osy_printing_store_sweep (OsyDbTx *tx, gint64 now, GError **error);

/** osy_printing_store_form: Returns: (transfer full): the shop's form, or one that changes nothing.
 */
OsySlipForm *osy_printing_store_form (OsyDbTx *tx, const char *kind, GError **error);
/** osy_printing_store_save_form: @form->version: it must still have; 0: any; then the new one.
 * @saved: (out). */
gboolean osy_printing_store_save_form (OsyDbTx *tx,
                                       const char *kind,
                                       OsySlipForm *form,
                                       gboolean *saved,
                                       GError **error);

/** osy_printing_store_drawer: @id: (out) (transfer full): the printer that the drawer hangs on,
 * that of receipts first. FALSE with CONFLICT when there is none. */
gboolean osy_printing_store_drawer (OsyDbTx *tx, char **id, GError **error);

G_END_DECLS
