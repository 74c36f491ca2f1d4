/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console. */

#include "osc-application.h"
#include "osy-i18n.h"

int
main (int argc, char **argv)
{
  g_autoptr (OscApplication) application = NULL;

  osy_i18n_init ();
  g_set_application_name ("OrderSync");
  application = osc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
