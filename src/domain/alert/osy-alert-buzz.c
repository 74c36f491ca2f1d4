/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Where no screen is looked at, a printer may still be heard: its buzzer, and a slip that says why.
 */

#include "osy-alert-service.h"
#include "osy-printing-service.h"

gboolean
osy_alert_buzz (OsyDbTx *tx,
                const OsyAlertRoom *room,
                const OsyCall *call,
                const OsyAlert *alert,
                GError **error)
{
  const char *language = osy_printing_service_language (tx, OSY_PRINT_KITCHEN, NULL, error);
  g_autoptr (OsySlip) slip = osy_slip_new ();
  g_autofree char *key = g_strconcat ("alert:", alert->id, NULL);

  if (language == NULL)
    return FALSE;
  g_autofree char *words = osy_alert_words (alert, language);
  osy_slip_beep (slip);
  osy_slip_text (slip, 2, OSY_SLIP_BOLD | OSY_SLIP_INVERT | OSY_SLIP_CENTER,
                 g_str_equal (language, "en") ? "ORDERS WAIT" : "주문 확인");
  osy_slip_text (slip, 1, OSY_SLIP_BOLD, words);
  osy_slip_cut (slip);
  return osy_printing_service_queue (tx, room->ring, call,
                                     &(OsyPrintRequest){.purpose = OSY_PRINT_KITCHEN,
                                                        .subject_type = "alert",
                                                        .subject_id = alert->id,
                                                        .dedupe_key = key,
                                                        .slip = slip},
                                     error);
}
