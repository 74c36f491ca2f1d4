/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Prints every state machine as SQL at build time, so that the database's triggers and the C tables
 * can never differ. */

#include <stdio.h>

#include "osy-check.h"
#include "osy-delivery.h"
#include "osy-kitchen.h"
#include "osy-order.h"
#include "osy-payment.h"
#include "osy-printing.h"
#include "osy-stock.h"

int
main (void)
{
  const OsyStateTable *const tables[] = {&osy_order_states,        &osy_check_states,
                                         &osy_kitchen_line_states, &osy_kitchen_ticket_states,
                                         &osy_print_job_states,    &osy_stock_states,
                                         &osy_delivery_states,     &osy_payment_states,
                                         &osy_refund_states,       &osy_cash_receipt_states};

  printf ("-- Generated from the state tables in src/domain; runs again whenever they change.\n"
          "DELETE FROM state_transition;\nDELETE FROM state_initial;\n");
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = osy_state_table_to_sql (tables[i]);
    printf ("%s", sql);
  }
  return 0;
}
