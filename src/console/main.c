/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console. */

#include "osc-application.h"
#include "osc-settings.h"
#include "osy-i18n.h"
#include "osy-log-ring.h"

/* Before anything is translated. */
static void
choose_language (void)
{
  g_autofree char *language =
      osc_settings_get () != NULL ? g_settings_get_string (osc_settings_get (), "language") : NULL;

  if (language != NULL && language[0] != '\0')
    g_setenv ("LANGUAGE", language, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (OscApplication) application = NULL;

  osy_log_ring_watch ();
  choose_language ();
  osy_i18n_init ();
  g_set_application_name ("OrderSync");
  application = osc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
