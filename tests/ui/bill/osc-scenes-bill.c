/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of a bill: whole, split by people, asking why something is free, a discount. */

#include "osc-bill-ask.h"
#include "osc-bill.h"
#include "osc-scenes.h"

static GtkWidget *
open_bill (OscWindow *window, OscContext *context, guint people)
{
  OsyBill *bill = osc_fixture_bill (people);
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "bill", bill->id);
  osc_bill_store_take (context->bill, bill);
  return GTK_WIDGET (osc_shell_view (shell));
}

static void
show_whole (OscWindow *window, OscContext *context)
{
  open_bill (window, context, 0);
}

static void
show_split (OscWindow *window, OscContext *context)
{
  osc_view_key (OSC_VIEW (open_bill (window, context, 3)), OSC_KEY_SPLIT);
}

static void
show_free (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_bill (window, context, 0);
  const OsyBill *bill = osc_bill_store_bill (context->bill);
  const OsyBillLine *line = g_ptr_array_index (bill->lines, 0);

  osc_bill_ask (view, context->bill, OSY_BILL_COMP, line->line_id);
}

static void
show_discount (OscWindow *window, OscContext *context)
{
  osc_bill_ask (open_bill (window, context, 0), context->bill, OSY_BILL_DISCOUNT, NULL);
}

static void
show_charge (OscWindow *window, OscContext *context)
{
  osc_bill_ask_charge (open_bill (window, context, 0), context->bill);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "bill", "01900000-0000-7000-8000-0000000000c1");
  osc_bill_store_take (context->bill, NULL);
}

const OscScene osc_scenes_bill[] = {
    {"bill", show_whole},
    {"bill-split", show_split},
    {"bill-free", show_free},
    {"bill-discount", show_discount},
    {"bill-charge", show_charge},
    {"bill-failed", show_failed},
    {.name = NULL},
};
