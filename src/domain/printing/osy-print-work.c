/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The spooler's transactions: whose turn it is, one slip taken, what became of it. */

#include "osy-print-work.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"

void
osy_print_turn_free (OsyPrintTurn *self)
{
  g_clear_pointer (&self->printer, osy_printer_free);
  g_free (self);
}

OsyPrintWork *
osy_print_work_new (OsyPrintingRoom *room, const char *restaurant_id, OsyPrinter *printer)
{
  OsyPrintWork *self = g_new0 (OsyPrintWork, 1);

  self->room = room;
  self->restaurant_id = g_strdup (restaurant_id);
  self->printer = printer;
  return self;
}

void
osy_print_work_free (OsyPrintWork *self)
{
  g_free (self->restaurant_id);
  osy_printer_free (self->printer);
  g_clear_pointer (&self->claim, osy_print_claim_free);
  g_clear_pointer (&self->slip, osy_slip_free);
  g_free (self);
}

gboolean
osy_print_survey (OsyDbTx *tx, gpointer data, GError **error)
{
  GPtrArray **turns = data;
  g_autoptr (GPtrArray) printers = osy_printing_store_printers (tx, NULL, error);
  gint64 since = osy_clock_now () - OSY_PRINT_FRESH_US;

  g_clear_pointer (turns, g_ptr_array_unref);
  if (printers == NULL)
    return FALSE;
  *turns = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_print_turn_free);
  while (printers->len > 0) {
    OsyPrintTurn *turn = g_new0 (OsyPrintTurn, 1);
    turn->printer = g_ptr_array_steal_index (printers, 0);
    g_ptr_array_add (*turns, turn);
    if (!osy_printing_store_next (tx, turn->printer->id, since, &turn->at, error))
      return FALSE;
    if (turn->at == 0 || g_str_equal (turn->printer->transport, OSY_PRINTER_SYSTEM))
      g_ptr_array_remove_index (*turns, (*turns)->len - 1);
  }
  return TRUE;
}

/* What the daemon says of its own accord. */
static gboolean
tell (OsyDbTx *tx, const OsyPrintJob *job, const char *printer_id, gint64 version, GError **error)
{
  g_autoptr (OsyPrincipal) system =
      osy_principal_new_system (osy_db_tx_restaurant (tx), "printing");
  const OsyCall call = {.principal = system};

  return job != NULL ? osy_printing_service_tell_job (tx, &call, job, error)
                     : osy_printing_service_tell_printer (tx, &call, printer_id, version, error);
}

static gboolean
set_problem (OsyDbTx *tx, const OsyPrintWork *work, const char *problem, GError **error)
{
  gint64 version = 0;

  return osy_printing_store_set_problem (tx, work->printer->id, problem, &version, error) &&
         (version == 0 || tell (tx, NULL, work->printer->id, version, error));
}

/* @backup: (out) (nullable): id of the one that stands in, if it can. */
static gboolean
find_backup (OsyDbTx *tx, const OsyPrinter *printer, char **backup, GError **error)
{
  *backup = NULL;
  if (printer->backup_id == NULL)
    return TRUE;
  g_autoptr (GPtrArray) found = osy_printing_store_printers (tx, printer->backup_id, error);
  if (found != NULL && found->len > 0 && !osy_printer_is_stopped (found->pdata[0]))
    *backup = g_strdup (printer->backup_id);
  return found != NULL;
}

static gboolean
change (OsyDbTx *tx,
        const char *id,
        const char *states,
        const OsyPrintJobChange *what,
        GError **error)
{
  g_autoptr (GPtrArray) jobs = osy_printing_store_change (tx, id, states, what, error);

  return jobs != NULL && (jobs->len == 0 || tell (tx, jobs->pdata[0], NULL, 0, error));
}

/* A slip that did not print: tried again, given to the printer that stands in, or shown. */
static OsyPrintJobChange
next_step (gint64 tries, const char *problem, const char *backup, gint64 retry_at)
{
  OsyPrintJobChange step = {.state = OSY_PRINT_QUEUED, .problem = problem, .next_at = retry_at};

  if (tries >= OSY_PRINT_TRIES && backup != NULL)
    step = (OsyPrintJobChange){
        .state = OSY_PRINT_QUEUED, .printer_id = backup, .next_at = osy_clock_now ()};
  else if (tries >= OSY_PRINT_TRIES)
    step.state = OSY_PRINT_FAILED;
  return step;
}

gboolean
osy_print_work_trouble (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyPrintWork *work = data;
  g_autofree char *backup = NULL;
  g_autoptr (GPtrArray) jobs = osy_printing_store_waiting (tx, work->printer->id, TRUE, error);

  if (jobs == NULL || !set_problem (tx, work, work->problem, error) ||
      !find_backup (tx, work->printer, &backup, error))
    return FALSE;
  for (guint i = 0; i < jobs->len; i++) {
    const OsyPrintJob *job = jobs->pdata[i];
    OsyPrintJobChange step = next_step (job->attempts + 1, work->problem, backup, work->retry_at);
    step.counts = TRUE;
    if (!change (tx, job->id, OSY_PRINT_QUEUED, &step, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- one slip ---- */

static char *
local_time (OsyDbTx *tx, gint64 at)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT to_char($1 AT TIME ZONE time_zone, 'HH24:MI') AS at FROM restaurant",
      OSY_PARAMS (OSY_P_TIME (at)), NULL);

  return g_strdup (rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_text (rows, 0, "at")
                                                                : "");
}

/* Who asked for a copy, when, and which it is (R: reprint mark). */
static char *
copy_mark (OsyDbTx *tx, const OsyPrintWork *work, gboolean korean)
{
  const OsyPrintJob *job = work->claim->job;
  g_autofree char *at = local_time (tx, job->created_at);
  g_autofree char *name = work->room->name != NULL
                              ? work->room->name (tx, work->room->ring, work->claim->actor, NULL)
                              : NULL;

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " · %s%s%s", korean ? "재출력" : "Copy", job->copy,
                          at, name != NULL ? " · " : "", name != NULL ? name : "");
}

/* @slip: (transfer full) */
static OsySlip *
with_mark (OsySlip *slip, const char *mark)
{
  g_autoptr (OsySlip) owned = slip;

  return osy_slip_mark (owned, mark);
}

static OsySlip *
with_marks (OsyDbTx *tx, const OsyPrintWork *work, OsySlip *slip)
{
  gboolean korean = g_str_equal (work->printer->language, "ko");

  if (work->claim->rerouted_from != NULL) {
    g_autofree char *mark =
        g_strdup_printf (korean ? "%s 대신 출력" : "Instead of %s", work->claim->rerouted_from);
    slip = with_mark (slip, mark);
  }
  if (work->claim->doubtful)
    slip = with_mark (slip, korean ? "(재출력) 이미 나왔을 수 있어요"
                                   : "(Reprint) May have been printed before");
  if (work->claim->job->copy > 1) {
    g_autofree char *mark = copy_mark (tx, work, korean);
    slip = with_mark (slip, mark);
  }
  return slip;
}

static OsySlip *
open_slip (const OsyPrintWork *work, GError **error)
{
  const OsyCell cell = {.restaurant_id = work->restaurant_id,
                        .table = "print_job",
                        .column = "content_enc",
                        .row_id = work->claim->job->id};
  g_autofree char *text = osy_keyring_open (work->room->ring, &cell, work->claim->content, error);
  g_autoptr (JsonNode) node = text != NULL ? osy_json_parse (text, strlen (text), error) : NULL;

  return node != NULL ? osy_slip_from_json (node, error) : NULL;
}

gboolean
osy_print_work_claim (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyPrintWork *work = data;
  gint64 since = osy_clock_now () - OSY_PRINT_FRESH_US;

  g_clear_pointer (&work->claim, osy_print_claim_free);
  g_clear_pointer (&work->slip, osy_slip_free);
  if (!set_problem (tx, work, work->problem, error) ||
      !osy_printing_store_claim (tx, work->printer->id, since, &work->claim, error))
    return FALSE;
  if (work->claim == NULL)
    return TRUE;
  g_autoptr (GError) fault = NULL;
  OsySlip *slip = open_slip (work, &fault);
  if (slip == NULL)
    g_warning ("a slip cannot be read: %s", fault != NULL ? fault->message : "it is gone");
  else
    work->slip = with_marks (tx, work, slip);
  return tell (tx, work->claim->job, NULL, 0, error);
}

gboolean
osy_print_work_finish (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyPrintWork *work = data;
  const OsyPrintJob *job = work->claim->job;
  const OsyPrintOutcome *outcome = &work->outcome;
  g_autofree char *backup = NULL;
  OsyPrintJobChange step = {.state = OSY_PRINT_DONE};

  if (!outcome->done) {
    if (!find_backup (tx, work->printer, &backup, error) ||
        !set_problem (tx, work, outcome->problem, error))
      return FALSE;
    step = next_step (job->attempts, outcome->problem, backup, work->retry_at);
    step.doubtful = outcome->begun;
    if (work->slip == NULL)
      step.state = OSY_PRINT_FAILED;
  }
  return change (tx, job->id, OSY_PRINT_PRINTING, &step, error);
}

gboolean
osy_print_recover (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_printing_store_recover (tx, error);
}
