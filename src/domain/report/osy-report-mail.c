/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reports by e-mail, through the account that alerts are mailed by. Facts and page are made by the
 * worker that takes the mail: never on the main thread. */

#include "osy-report-mail.h"

#include "osy-alert-mail.h"
#include "osy-alert-sent.h"
#include "osy-clock.h"
#include "osy-report-load.h"
#include "osy-report-paper.h"
#include "osy-report-store.h"
#include "osy-report-words.h"

gboolean
osy_report_mail_sender (OsyDbTx *tx, OsyKeyring *ring, OsyAlertTarget **ret, GError **error)
{
  g_autoptr (GPtrArray) targets = osy_alert_target_list (tx, ring, NULL, error);

  *ret = NULL;
  for (guint i = 0; targets != NULL && i < targets->len; i++) {
    const OsyAlertTarget *target = targets->pdata[i];
    if (target->channel == OSY_ALERT_EMAIL && !target->unreadable) {
      *ret = g_ptr_array_steal_index (targets, i);
      return TRUE;
    }
  }
  return targets != NULL;
}

/* (transfer full): the page in a few lines, for a phone. */
static char *
say_short (const OsyReport *report)
{
  GString *text = g_string_new (NULL);

  if (report->empty != NULL)
    g_string_append_printf (text, "%s\n", report->empty);
  for (guint i = 0; i < report->tiles->len; i++) {
    const OsyReportLine *tile = report->tiles->pdata[i];
    g_string_append_printf (text, "%s %s%s%s\n", tile->label, tile->value,
                            tile->note != NULL ? "  " : "", tile->note != NULL ? tile->note : "");
  }
  if (report->actions != NULL)
    g_string_append_printf (text, "\n%s\n", report->actions->title);
  for (guint i = 0; report->actions != NULL && i < report->actions->lines->len; i++) {
    const OsyReportLine *line = report->actions->lines->pdata[i];
    g_string_append_printf (text, "%u. %s\n   %s\n", i + 1, line->label, line->note);
  }
  g_string_append_printf (text, "\n%s\n",
                          OSY_SAY (report->english, "자세한 내용은 붙인 파일에 있어요.",
                                   "The whole page is attached."));
  return g_string_free (text, FALSE);
}

/* ---- taking ---- */

static OsyDbRows *
due (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT shop FROM report_mails_due($1) AS shop",
                       OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

static gboolean
write_letter (OsyDbTx *tx,
              const OsyReportRoom *room,
              const OsyReportParcel *parcel,
              OsyAlertLetter *letter,
              OsyFetchCall *call,
              GError **error)
{
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);
  g_autoptr (OsyReport) report =
      setup != NULL
          ? osy_report_load (tx, room->ring, parcel->kind, parcel->day, setup->language, error)
          : NULL;
  g_autoptr (GBytes) pdf = report != NULL ? osy_report_paper_draw (report, error) : NULL;

  if (pdf == NULL)
    return FALSE;
  g_autofree char *text = say_short (report);
  g_autofree char *subject =
      g_strdup_printf ("[%s] %s · %s", report->shop, report->what, report->heading);
  g_autofree char *name = osy_report_file_name (parcel->kind, parcel->day);
  letter->shop = report->shop;
  letter->subject = subject;
  letter->text = text;
  letter->file_name = name;
  letter->file_type = "application/pdf";
  letter->file = pdf;
  osy_alert_letter_call (letter, room->sendgrid_url, call);
  return TRUE;
}

static gboolean
make_call (OsyDbTx *tx,
           const OsyReportRoom *room,
           const OsyReportParcel *parcel,
           OsyFetchCall *call,
           GError **error)
{
  g_autoptr (OsyAlertTarget) sender = NULL;
  g_auto (GStrv) addresses = NULL;

  if (!osy_report_setup_addresses (tx, room->ring, &addresses, error) ||
      !osy_report_mail_sender (tx, room->ring, &sender, error))
    return FALSE;
  if (addresses == NULL || *addresses == NULL)
    return osy_report_store_failed (tx, parcel, "NO_ADDRESS", TRUE, error);
  if (sender == NULL)
    return osy_report_store_failed (tx, parcel, "NO_SENDER", TRUE, error);
  OsyAlertLetter letter = {
      .id = parcel->id, .sender = sender, .to = (const char *const *)addresses};
  return write_letter (tx, room, parcel, &letter, call, error);
}

static gboolean
take (OsyDbTx *tx, gpointer data, OsyFetchCall **ret, GError **error)
{
  const OsyReportRoom *room = data;
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  g_autoptr (OsyReportParcel) parcel = NULL;
  gint64 sent_at = 0;

  if (!osy_report_store_take (tx, OSY_REPORT_EMAIL, &parcel, error))
    return FALSE;
  if (parcel == NULL)
    return TRUE;
  call->id = g_strdup (parcel->id);
  call->what = g_strdup ("report");
  if (osy_alert_sent_at (room->sent, parcel->id, &sent_at)) {
    osy_alert_sent_forget (room->sent, tx, parcel->id);
    if (!osy_report_store_sent (tx, parcel->id, sent_at, error))
      return FALSE;
  } else if (parcel->attempts > 1 && osy_alert_retry_at (0, parcel->attempts - 1) == 0) {
    /* Each try ended with us. */
    if (!osy_report_store_failed (tx, parcel, "NO_ANSWER", TRUE, error))
      return FALSE;
  } else if (!make_call (tx, room, parcel, call, error)) {
    return FALSE;
  }
  *ret = g_steal_pointer (&call);
  return TRUE;
}

/* ---- what became of it ---- */

static void
heard (gpointer data, const OsyFetchCall *call)
{
  const OsyReportRoom *room = data;

  if (call->status >= 200 && call->status < 300)
    osy_alert_sent_add (room->sent, call->id, osy_clock_now ());
}

static gboolean
done (OsyDbTx *tx, gpointer data, const OsyFetchCall *call, GError **error)
{
  const OsyReportRoom *room = data;
  g_autofree char *problem = NULL;
  OsyAlertOutcome outcome = osy_alert_outcome_of (call, &problem);

  if (outcome == OSY_ALERT_TAKEN) {
    osy_alert_sent_forget (room->sent, tx, call->id);
    return osy_report_store_sent (tx, call->id, osy_clock_now (), error);
  }
  g_autoptr (OsyReportParcel) parcel = osy_report_store_parcel (tx, call->id, error);
  return parcel != NULL &&
         osy_report_store_failed (tx, parcel, problem, outcome == OSY_ALERT_REFUSED, error);
}

const OsyFetchQueueRoom osy_report_mails = {due, take, done, heard};
