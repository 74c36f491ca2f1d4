/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How printers and slips are called. */

#include "osc-printer-words.h"

#include <glib/gi18n.h>

const char *
osc_printer_words_problem (const char *problem)
{
  if (g_strcmp0 (problem, OSY_PRINTER_PAPER_END) == 0)
    return _ ("Out of paper");
  if (g_strcmp0 (problem, OSY_PRINTER_PAPER_LOW) == 0)
    return _ ("Paper runs low");
  if (g_strcmp0 (problem, OSY_PRINTER_COVER) == 0)
    return _ ("Cover open");
  if (g_strcmp0 (problem, OSY_PRINTER_OFF) == 0)
    return _ ("Switched off");
  return _ ("Does not print");
}

const char *
osc_printer_words_purpose (const char *purpose)
{
  if (g_strcmp0 (purpose, OSY_PRINT_KITCHEN) == 0)
    return _ ("Kitchen slip");
  if (g_strcmp0 (purpose, OSY_PRINT_RECEIPT) == 0)
    return _ ("Receipt");
  if (g_strcmp0 (purpose, OSY_PRINT_BILL) == 0)
    return _ ("Bill");
  if (g_strcmp0 (purpose, OSY_PRINT_DELIVERY) == 0)
    return _ ("Delivery slip");
  return _ ("Report");
}

char *
osc_printer_words_state (const OsyPrinter *printer)
{
  const char *problem = osc_printer_words_problem (printer->problem);

  if (printer->waiting == 0)
    return g_strdup_printf ("%s · %s", printer->name, problem);
  return g_strdup_printf (
      ngettext ("%s · %s · %d slip waits", "%s · %s · %d slips wait", (gulong)printer->waiting),
      printer->name, problem, (int)printer->waiting);
}
