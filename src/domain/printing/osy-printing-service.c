/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of the queue: what is printed where, once; and what people do with slips that wait. */

#include "osy-printing-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-printing-store.h"

#define MAX_PRINTERS 20

static const char *const kinds[] = {OSY_PRINT_KITCHEN, OSY_SLIP_KIND_DELTA, OSY_PRINT_DELIVERY,
                                    OSY_PRINT_BILL,    OSY_PRINT_RECEIPT,   NULL};

const char *const *
osy_printing_service_kinds (void)
{
  return kinds;
}

/* ---- telling ---- */

static gboolean
emit (OsyDbTx *tx,
      const OsyCall *call,
      const OsyEventDraft *draft,
      JsonObject *payload,
      GError **error)
{
  g_autoptr (JsonNode) node = osy_json_take_object (payload);
  OsyEventDraft event = *draft;

  event.payload = node;
  return osy_event_emit (tx, call, &event, error);
}

gboolean
osy_printing_service_tell_job (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyPrintJob *job,
                               GError **error)
{
  const OsyEventDraft draft = {.type = "printing.job",
                               .aggregate_type = "job",
                               .aggregate_id = job->id,
                               .aggregate_seq = job->version};
  JsonObject *payload = json_object_new ();

  json_object_set_string_member (payload, "state", job->state);
  json_object_set_string_member (payload, "printer_id", job->printer_id);
  json_object_set_string_member (payload, "subject_type", job->subject_type);
  json_object_set_string_member (payload, "subject_id", job->subject_id);
  return emit (tx, call, &draft, payload, error);
}

gboolean
osy_printing_service_tell_printer (OsyDbTx *tx,
                                   const OsyCall *call,
                                   const char *id,
                                   gint64 version,
                                   GError **error)
{
  const OsyEventDraft draft = {.type = "printing.printer",
                               .aggregate_type = "printer",
                               .aggregate_id = id,
                               .aggregate_seq = version};

  return emit (tx, call, &draft, json_object_new (), error);
}

/* ---- the queue ---- */

static GBytes *
seal (OsyDbTx *tx, OsyKeyring *ring, const char *id, const OsySlip *slip, GError **error)
{
  const OsyCell cell = {.restaurant_id = osy_db_tx_restaurant (tx),
                        .table = "print_job",
                        .column = "content_enc",
                        .row_id = id};
  g_autoptr (JsonNode) node = osy_slip_to_json (slip);
  g_autofree char *text = osy_json_print (node);

  return osy_keyring_seal (ring, &cell, text, error);
}

static OsySlip *
in_form (OsyDbTx *tx, const OsyPrintRequest *request, GError **error)
{
  const char *kind = request->kind != NULL ? request->kind : request->purpose;
  g_autoptr (OsySlipForm) form = osy_printing_store_form (tx, kind, error);

  return form != NULL ? osy_slip_form_apply (form, request->slip) : NULL;
}

static gboolean
insert (OsyDbTx *tx,
        OsyKeyring *ring,
        const OsyCall *call,
        const OsyPrintRequest *request,
        OsyPrintJob *job,
        GError **error)
{
  gboolean inserted = FALSE;
  g_autoptr (OsySlip) slip = in_form (tx, request, error);
  g_autoptr (GBytes) content = slip != NULL ? seal (tx, ring, job->id, slip, error) : NULL;
  const OsyPrintJobExtra extra = {request->dedupe_key, osy_principal_actor (call->principal),
                                  content};

  if (content == NULL || !osy_printing_store_insert_job (tx, job, &extra, &inserted, error))
    return FALSE;
  return !inserted || osy_printing_service_tell_job (tx, call, job, error);
}

static gboolean
queue_at (OsyDbTx *tx,
          OsyKeyring *ring,
          const OsyCall *call,
          const OsyPrintRequest *request,
          OsyPrintJob *job,
          GError **error)
{
  gint64 copies = request->copy ? 0 : 1;

  job->id = osy_id_new ();
  job->purpose = g_strdup (request->purpose);
  job->subject_type = g_strdup (request->subject_type);
  job->subject_id = g_strdup (request->subject_id);
  job->state = g_strdup (OSY_PRINT_QUEUED);
  job->created_at = osy_clock_now ();
  job->version = 1;
  if (request->copy)
    copies = osy_printing_store_copies (tx, job, error) + 1;
  /* What was shown on a screen alone, or printed long ago, is a copy on paper all the same. */
  job->copy = request->copy ? MAX (copies, 2) : 1;
  return copies > 0 && insert (tx, ring, call, request, job, error);
}

gboolean
osy_printing_service_queue (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const OsyPrintRequest *request,
                            GError **error)
{
  g_autoptr (OsyPrinter) printer = NULL;
  g_autoptr (OsyPrintJob) job = osy_print_job_new ();

  g_return_val_if_fail (request->slip != NULL && request->subject_id != NULL, FALSE);
  if (!osy_printing_store_target (tx, request->purpose, request->printer_id, &printer, error))
    return FALSE;
  if (printer == NULL)
    return TRUE;
  job->printer_id = g_strdup (printer->id);
  return queue_at (tx, ring, call, request, job, error);
}

const char *
osy_printing_service_language (OsyDbTx *tx,
                               const char *purpose,
                               const char *printer_id,
                               GError **error)
{
  g_autoptr (OsyPrinter) printer = NULL;

  if (!osy_printing_store_target (tx, purpose, printer_id, &printer, error))
    return NULL;
  return printer != NULL && g_str_equal (printer->language, "en") ? "en" : "ko";
}

const char *
osy_printing_service_purpose (OsyDbTx *tx, const char *first, const char *second, GError **error)
{
  g_autoptr (OsyPrinter) printer = NULL;

  if (!osy_printing_store_target (tx, first, NULL, &printer, error))
    return NULL;
  return printer != NULL ? first : second;
}

/* ---- printers ---- */

GPtrArray *
osy_printing_service_printers (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_printing_store_printers (tx, NULL, error);
}

static OsyPrinter *
load (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) printers = osy_printing_store_printers (tx, id, error);

  if (printers == NULL)
    return NULL;
  if (printers->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such printer.");
    return NULL;
  }
  return g_ptr_array_steal_index (printers, 0);
}

OsyPrinter *
osy_printing_service_printer (OsyDbTx *tx, const OsyCall *call, const char *id, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return load (tx, id, error);
}

static void
set_version_conflict (gint64 current, GError **error)
{
  GError *conflict = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                          "Somebody else changed it first: load it again.");

  osy_error_set_extra (conflict, "current_version",
                       json_node_init_int (json_node_alloc (), current));
  g_propagate_error (error, conflict);
}

/* A backup must be there and must not lead back in a ring; one step is all there is, so that is
 * enough. */
static gboolean
check_backup (OsyDbTx *tx, const OsyPrinter *printer, GError **error)
{
  if (printer->backup_id == NULL)
    return TRUE;
  g_autoptr (GPtrArray) found = osy_printing_store_printers (tx, printer->backup_id, error);
  if (found != NULL && found->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "There is no such printer to stand in.");
  return found != NULL && found->len > 0;
}

static gboolean
check_room (OsyDbTx *tx, GError **error)
{
  g_autoptr (GPtrArray) printers = osy_printing_store_printers (tx, NULL, error);

  if (printers != NULL && printers->len >= MAX_PRINTERS)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "There are twenty printers: remove one first.");
  return printers != NULL && printers->len < MAX_PRINTERS;
}

static gboolean
note_printer (OsyDbTx *tx,
              OsyKeyring *ring,
              const OsyCall *call,
              const char *action,
              const OsyPrinter *printer,
              GError **error)
{
  g_autoptr (JsonNode) value = osy_printer_to_draft (printer);
  const OsyAuditEntry entry = {
      .action = action, .object_type = "printer", .object_id = printer->id, .new_value = value};

  return osy_audit_record (tx, ring, call, &entry, error) &&
         osy_printing_service_tell_printer (tx, call, printer->id, printer->version, error);
}

static OsyPrinter *
add_printer (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, JsonNode *draft, GError **error)
{
  g_autoptr (OsyPrinter) printer = osy_printer_new ();

  if (!osy_printer_read_draft (printer, draft, error) || !check_room (tx, error) ||
      !check_backup (tx, printer, error))
    return NULL;
  printer->id = osy_id_new ();
  printer->version = 1;
  if (!osy_printing_store_insert_printer (tx, printer, error) ||
      !note_printer (tx, ring, call, "printer.added", printer, error))
    return NULL;
  return g_steal_pointer (&printer);
}

OsyPrinter *
osy_printing_service_save_printer (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const OsyPrinterEdit *edit,
                                   GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRINTER_MANAGE, error))
    return NULL;
  if (edit->id == NULL)
    return add_printer (tx, ring, call, edit->draft, error);
  g_autoptr (OsyPrinter) printer = load (tx, edit->id, error);
  if (printer == NULL)
    return NULL;
  if (edit->if_version != 0 && edit->if_version != printer->version) {
    set_version_conflict (printer->version, error);
    return NULL;
  }
  printer->version++;
  if (!osy_printer_read_draft (printer, edit->draft, error) || !check_backup (tx, printer, error) ||
      !osy_printing_store_update_printer (tx, printer, error) ||
      !note_printer (tx, ring, call, "printer.changed", printer, error))
    return NULL;
  return g_steal_pointer (&printer);
}

gboolean
osy_printing_service_remove_printer (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const char *id,
                                     GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRINTER_MANAGE, error))
    return FALSE;
  g_autoptr (OsyPrinter) printer = load (tx, id, error);
  if (printer == NULL)
    return FALSE;
  if (printer->waiting > 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "Slips wait for this printer: print them elsewhere or set them aside.");
    return FALSE;
  }
  printer->version++;
  return osy_printing_store_delete_printer (tx, id, error) &&
         note_printer (tx, ring, call, "printer.removed", printer, error);
}

static OsySlip *
test_slip (const OsyPrinter *printer)
{
  OsySlip *slip = osy_slip_new ();
  gboolean korean = g_str_equal (printer->language, "ko");

  osy_slip_text (slip, 2, OSY_SLIP_BOLD | OSY_SLIP_CENTER, korean ? "시험 출력" : "Test slip");
  osy_slip_text (slip, 1, OSY_SLIP_CENTER, printer->name);
  osy_slip_rule (slip);
  osy_slip_text (slip, 1, 0, "가나다라마바사 ABC abc 0123456789");
  osy_slip_text (slip, 1, 0, "똠양꿍 · 햏 · 뷁 · 펲시");
  osy_slip_row (slip, 1, 0, korean ? "김치찌개" : "Kimchi stew", "2", "16,000");
  osy_slip_text (slip, 1, OSY_SLIP_INVERT, korean ? "땅콩 알레르기" : "Peanut allergy");
  osy_slip_text (slip, 2, 0, korean ? "두 배 글자" : "Double size");
  osy_slip_text (slip, 3, OSY_SLIP_BOLD, korean ? "매장 7번" : "Table 7");
  osy_slip_qr (slip, "https://ordersync.invalid/test");
  osy_slip_rule (slip);
  osy_slip_text (slip, 1, OSY_SLIP_CENTER,
                 korean ? "글자가 잘 보이나요?" : "Can you read all of it?");
  osy_slip_cut (slip);
  return slip;
}

OsyPrintJob *
osy_printing_service_test (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const char *id,
                           GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRINTER_MANAGE, error))
    return NULL;
  g_autoptr (OsyPrinter) printer = load (tx, id, error);
  g_autoptr (OsyPrintJob) job = osy_print_job_new ();
  if (printer == NULL)
    return NULL;
  g_autoptr (OsySlip) slip = test_slip (printer);
  const OsyPrintRequest request = {
      .purpose = OSY_PRINT_REPORT, .subject_type = "printer", .subject_id = id, .slip = slip};
  job->printer_id = g_strdup (id);
  if (!queue_at (tx, ring, call, &request, job, error))
    return NULL;
  return g_steal_pointer (&job);
}

/* Why which drawer was opened. */
typedef struct {
  const char *printer_id;
  const char *member;
  const char *value;
} DrawerNote;

static gboolean
audit_drawer (OsyDbTx *tx,
              OsyKeyring *ring,
              const OsyCall *call,
              const DrawerNote *note,
              GError **error)
{
  JsonObject *value = json_object_new ();

  json_object_set_string_member (value, note->member, note->value);
  g_autoptr (JsonNode) node = osy_json_take_object (value);
  const OsyAuditEntry entry = {.action = "drawer.opened",
                               .object_type = "printer",
                               .object_id = note->printer_id,
                               .new_value = node};
  return osy_audit_record (tx, ring, call, &entry, error);
}

gboolean
osy_printing_service_note_kick (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *id,
                                const char *reason,
                                GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRINTER_MANAGE, error))
    return FALSE;
  g_autoptr (OsyPrinter) printer = load (tx, id, error);
  if (printer == NULL)
    return FALSE;
  if (!printer->drawer) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT, "No drawer hangs on this printer.");
    return FALSE;
  }
  return audit_drawer (tx, ring, call, &(DrawerNote){id, "reason", reason}, error);
}

OsyPrinter *
osy_printing_service_note_sale (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *payment_id,
                                GError **error)
{
  g_autofree char *id = NULL;

  if (!osy_principal_check (call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_printing_store_drawer (tx, &id, error))
    return NULL;
  g_autoptr (OsyPrinter) printer = load (tx, id, error);
  if (printer == NULL ||
      !audit_drawer (tx, ring, call, &(DrawerNote){id, "payment_id", payment_id}, error))
    return NULL;
  return g_steal_pointer (&printer);
}

/* ---- jobs ---- */

GPtrArray *
osy_printing_service_jobs (OsyDbTx *tx,
                           const OsyCall *call,
                           const OsyPrintJobQuery *query,
                           GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_printing_store_jobs (tx, query, error);
}

/* Why @id could not be changed: it is not there, or not in a state for it. */
static void
set_state_conflict (OsyDbTx *tx, const char *id, GError **error)
{
  const OsyPrintJobQuery query = {.id = id, .limit = 1};
  g_autoptr (GPtrArray) jobs = osy_printing_store_jobs (tx, &query, error);

  if (jobs != NULL && jobs->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such slip.");
  else if (jobs != NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "The slip is being printed, or is done with.");
}

/* @jobs: (transfer full) (nullable): of the change */
static OsyPrintJob *
changed (OsyDbTx *tx, const OsyCall *call, const char *id, GPtrArray *jobs, GError **error)
{
  g_autoptr (GPtrArray) owned = jobs;

  if (owned == NULL)
    return NULL;
  if (owned->len == 0) {
    set_state_conflict (tx, id, error);
    return NULL;
  }
  if (!osy_printing_service_tell_job (tx, call, owned->pdata[0], error))
    return NULL;
  return g_ptr_array_steal_index (owned, 0);
}

OsyPrintJob *
osy_printing_service_retry (OsyDbTx *tx,
                            const OsyCall *call,
                            const char *id,
                            const char *printer_id,
                            GError **error)
{
  const OsyPrintJobChange change = {
      .state = OSY_PRINT_QUEUED, .printer_id = printer_id, .next_at = osy_clock_now ()};
  g_autoptr (OsyPrinter) printer = NULL;

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  if (printer_id != NULL) {
    printer = load (tx, printer_id, error);
    if (printer == NULL)
      return NULL;
  }
  return changed (tx, call, id, osy_printing_store_change (tx, id, "QUEUED,FAILED", &change, error),
                  error);
}

OsyPrintJob *
osy_printing_service_dismiss (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const char *id,
                              GError **error)
{
  const OsyPrintJobChange change = {.state = OSY_PRINT_DISMISSED};
  const OsyAuditEntry entry = {
      .action = "print.dismissed", .object_type = "print_job", .object_id = id};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  OsyPrintJob *job = changed (
      tx, call, id, osy_printing_store_change (tx, id, "QUEUED,FAILED", &change, error), error);
  if (job != NULL && !osy_audit_record (tx, ring, call, &entry, error))
    g_clear_pointer (&job, osy_print_job_free);
  return job;
}

/* ---- forms ---- */

static gboolean
check_kind (const char *kind, GError **error)
{
  if (g_strv_contains (kinds, kind))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such slip.");
  return FALSE;
}

OsySlipForm *
osy_printing_service_form (OsyDbTx *tx, const OsyCall *call, const char *kind, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error) ||
      !check_kind (kind, error))
    return NULL;
  return osy_printing_store_form (tx, kind, error);
}

gboolean
osy_printing_service_save_form (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *kind,
                                OsySlipForm *form,
                                GError **error)
{
  gboolean saved = FALSE;

  if (!osy_principal_check (call->principal, OSY_PERM_PRINTER_MANAGE, error) ||
      !check_kind (kind, error))
    return FALSE;
  g_autoptr (OsySlipForm) old = osy_printing_store_form (tx, kind, error);
  if (old == NULL || !osy_printing_store_save_form (tx, kind, form, &saved, error))
    return FALSE;
  if (!saved) {
    set_version_conflict (old->version, error);
    return FALSE;
  }
  g_autoptr (JsonNode) before = osy_slip_form_to_json (old);
  g_autoptr (JsonNode) after = osy_slip_form_to_json (form);
  const OsyAuditEntry entry = {.action = "slip.changed",
                               .object_type = "shop",
                               .object_id = osy_db_tx_restaurant (tx),
                               .old_value = before,
                               .new_value = after};
  return osy_audit_record (tx, ring, call, &entry, error);
}
