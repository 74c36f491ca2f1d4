/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"
#include "osy-printing.h"
#include "osy-slip-form.h"

G_BEGIN_DECLS

/** Slips whose form a shop sets: each purpose's own, and of the kitchen the one that tells changes.
 */
#define OSY_SLIP_KIND_DELTA "DELTA"

/** One slip to be printed. */
typedef struct {
  const char *purpose;
  const char *kind;       /* (nullable): whose form it takes; NULL: the purpose's */
  const char *printer_id; /* (nullable): the station's own; NULL: the first that serves @purpose */
  const char *subject_type; /* what it is about: "order", "check", "ticket" */
  const char *subject_id;
  const char *dedupe_key; /* ≤ 200 characters; the same key never prints twice; (nullable): none */
  gboolean copy;          /* a person wants it once more: counted, and marked with who and when */
  const OsySlip *slip;
} OsyPrintRequest;

/**
 * osy_printing_service_queue:
 *
 * Puts a slip in the queue of its printer, in the transaction of what it tells of: it is printed if
 * and only if that commits, once for its dedupe_key. Takes no time of a printer's. Without a
 * printer for the purpose nothing is queued, and a @printer_id that is gone falls back to the
 * purpose. Emits printing.job. Returns: FALSE with @error.
 */
gboolean osy_printing_service_queue (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const OsyPrintRequest *request,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_printing_service_language:
 *
 * Returns: (transfer none): "ko" or "en": what the printer that would take the slip speaks; "ko"
 * without one; NULL with @error.
 */
const char *osy_printing_service_language (OsyDbTx *tx,
                                           const char *purpose,
                                           const char *printer_id,
                                           GError **error);

/** osy_printing_service_purpose: Returns: @first when a printer serves it, else @second; NULL with
 * @error. */
const char *
osy_printing_service_purpose (OsyDbTx *tx, const char *first, const char *second, GError **error);

/** osy_printing_service_printers, _printer: need order:read. (transfer full) */
GPtrArray *osy_printing_service_printers (OsyDbTx *tx, const OsyCall *call, GError **error);
OsyPrinter *
osy_printing_service_printer (OsyDbTx *tx, const OsyCall *call, const char *id, GError **error);

/** What a client makes of a printer. */
typedef struct {
  const char *id;    /* (nullable): a new one */
  gint64 if_version; /* it must still have; 0: any */
  JsonNode *draft;
} OsyPrinterEdit;
/** osy_printing_service_save_printer: needs printer:manage. Returns: (transfer full): as it is now.
 */
OsyPrinter *osy_printing_service_save_printer (OsyDbTx *tx,
                                               OsyKeyring *ring,
                                               const OsyCall *call,
                                               const OsyPrinterEdit *edit,
                                               GError **error);
/** osy_printing_service_remove_printer: CONFLICT while slips wait for it. Needs printer:manage. */
gboolean osy_printing_service_remove_printer (OsyDbTx *tx,
                                              OsyKeyring *ring,
                                              const OsyCall *call,
                                              const char *id,
                                              GError **error);
/** osy_printing_service_test: queues a slip that shows letters, sizes and lines. Needs
 * printer:manage. Returns: (transfer full): its job. */
OsyPrintJob *osy_printing_service_test (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyCall *call,
                                        const char *id,
                                        GError **error);
/** osy_printing_service_note_kick: the drawer is about to be opened without a sale, for @reason.
 * Needs printer:manage. CONFLICT when no drawer hangs on the printer. */
gboolean osy_printing_service_note_kick (OsyDbTx *tx,
                                         OsyKeyring *ring,
                                         const OsyCall *call,
                                         const char *id,
                                         const char *reason,
                                         GError **error);

/** osy_printing_service_note_sale: the shop's drawer is about to be opened for the cash of
 * @payment_id. Needs payment:take. Returns: (transfer full): the printer that it hangs on; NULL
 * with CONFLICT when there is none. */
OsyPrinter *osy_printing_service_note_sale (OsyDbTx *tx,
                                            OsyKeyring *ring,
                                            const OsyCall *call,
                                            const char *payment_id,
                                            GError **error);

/** osy_printing_service_jobs: newest first; needs order:read. Members of the query as in
 * osy-printing-store.h. */
typedef struct _OsyPrintJobQuery OsyPrintJobQuery;
GPtrArray *osy_printing_service_jobs (OsyDbTx *tx,
                                      const OsyCall *call,
                                      const OsyPrintJobQuery *query,
                                      GError **error);
/** osy_printing_service_retry: prints what failed or waits, at once, at @printer_id (nullable:
 * where it was). Needs order:write. (transfer full) */
OsyPrintJob *osy_printing_service_retry (OsyDbTx *tx,
                                         const OsyCall *call,
                                         const char *id,
                                         const char *printer_id,
                                         GError **error);
/** osy_printing_service_dismiss: nobody wants it on paper any more. Needs order:write. */
OsyPrintJob *osy_printing_service_dismiss (OsyDbTx *tx,
                                           OsyKeyring *ring,
                                           const OsyCall *call,
                                           const char *id,
                                           GError **error);

/** osy_printing_service_kinds: (transfer none): the slips that have a form. */
const char *const *osy_printing_service_kinds (void);
/** osy_printing_service_form: needs order:read. (transfer full) */
OsySlipForm *
osy_printing_service_form (OsyDbTx *tx, const OsyCall *call, const char *kind, GError **error);
/** osy_printing_service_save_form: needs printer:manage. @form->version: the one it must still
 * have; 0: any; then the new one. */
gboolean osy_printing_service_save_form (OsyDbTx *tx,
                                         OsyKeyring *ring,
                                         const OsyCall *call,
                                         const char *kind,
                                         OsySlipForm *form,
                                         GError **error);

/** osy_printing_service_tell_job, _tell_printer: emit printing.job and printing.printer. */
gboolean osy_printing_service_tell_job (OsyDbTx *tx,
                                        const OsyCall *call,
                                        const OsyPrintJob *job,
                                        GError **error);
gboolean osy_printing_service_tell_printer (OsyDbTx *tx,
                                            const OsyCall *call,
                                            const char *id,
                                            gint64 version,
                                            GError **error);

G_END_DECLS
