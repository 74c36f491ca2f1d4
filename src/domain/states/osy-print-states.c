/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Prints every state machine as SQL at build time, so that the database's triggers and the C tables
 * can never differ. */

#include <stdio.h>

#include "osy-check.h"
#include "osy-kitchen.h"
#include "osy-order.h"

int
main (void)
{
  const OsyStateTable *const tables[] = {&osy_order_states, &osy_check_states,
                                         &osy_kitchen_line_states};

  printf ("-- Generated from the state tables in src/domain; runs again whenever they change.\n"
          "DELETE FROM state_transition;\nDELETE FROM state_initial;\n");
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = osy_state_table_to_sql (tables[i]);
    printf ("%s", sql);
  }
  return 0;
}
