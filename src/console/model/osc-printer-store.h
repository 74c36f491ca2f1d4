/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-printing.h"

G_BEGIN_DECLS

/**
 * OscPrinterStore: the printers, and the slips that are not on paper. Read at every "reset" of the
 * feed, then kept by its events. Signals: "changed"; "failed" (const char *sentence): an act was
 * refused; "requested" (const char *what): in tests, "POST path" that would be sent.
 */
#define OSC_TYPE_PRINTER_STORE (osc_printer_store_get_type ())
G_DECLARE_FINAL_TYPE (OscPrinterStore, osc_printer_store, OSC, PRINTER_STORE, GObject)

/** osc_printer_store_new: @client: (nullable): NULL in tests. */
OscPrinterStore *osc_printer_store_new (OsyClient *client);
/** osc_printer_store_attach: follows @feed. */
void osc_printer_store_attach (OscPrinterStore *self, OsyFeed *feed);
/** osc_printer_store_load: reads all anew. */
void osc_printer_store_load (OscPrinterStore *self);
/** osc_printer_store_take: @answer: of GET printers or GET print-jobs. */
void osc_printer_store_take (OscPrinterStore *self, JsonNode *answer);

/** osc_printer_store_printers: (transfer none) (nullable): of OsyPrinter, oldest first; NULL until
 * they were read. */
GPtrArray *osc_printer_store_printers (OscPrinterStore *self);
/** osc_printer_store_find: (transfer none) (nullable). */
const OsyPrinter *osc_printer_store_find (OscPrinterStore *self, const char *id);
/** osc_printer_store_jobs: (transfer container): of OsyPrintJob that are not on paper, oldest
 * first.
 */
GPtrArray *osc_printer_store_jobs (OscPrinterStore *self);
/** osc_printer_store_failed: (transfer none) (nullable): a slip about @subject_id that did not
 * print. */
const OsyPrintJob *osc_printer_store_failed (OscPrinterStore *self, const char *subject_id);
/** osc_printer_store_worst: (transfer none) (nullable): the printer that needs somebody most. */
const OsyPrinter *osc_printer_store_worst (OscPrinterStore *self);

/** osc_printer_store_retry: prints what failed or waits, at once. @printer_id: (nullable): there.
 */
void osc_printer_store_retry (OscPrinterStore *self, const char *job_id, const char *printer_id);
/** osc_printer_store_dismiss: nobody wants the slip any more. */
void osc_printer_store_dismiss (OscPrinterStore *self, const char *job_id);

/** osc_printer_store_send_async: any other call below …/me/; @path: "printers", "slips/BILL".
 * Finish: the JSON of the answer. */
void osc_printer_store_send_async (OscPrinterStore *self,
                                   const OsyClientRequest *request,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JsonNode *
osc_printer_store_send_finish (OscPrinterStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
