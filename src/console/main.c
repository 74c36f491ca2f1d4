/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console. */

#include <glib/gi18n.h>
#include <locale.h>

#include "config.h"

#include "osc-application.h"

/* Beside the build tree the translations are not installed yet. */
static const char *
locale_dir (void)
{
  const char *dir = g_getenv ("ORDERSYNC_LOCALE_DIR");

  if (dir != NULL)
    return dir;
  return g_file_test (OSY_LOCALE_DIR, G_FILE_TEST_IS_DIR) ? OSY_LOCALE_DIR : OSY_BUILD_DIR "/po";
}

int
main (int argc, char **argv)
{
  g_autoptr (OscApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain ("ordersync", locale_dir ());
  bind_textdomain_codeset ("ordersync", "UTF-8");
  textdomain ("ordersync");
  g_set_application_name ("OrderSync");
  application = osc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
