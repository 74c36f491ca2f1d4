/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl: one program, a table of sub-commands. */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "osy-config.h"
#include "osy-ctl-command.h"

static const OsyCtlCommand commands[] = {
    {"setup", "Make the first shop of an empty data directory", osy_ctl_setup},
    {"shop add", "Add a further restaurant", osy_ctl_shop_add},
    {"check", "Verify that all that must hold of the data holds", osy_ctl_check},
    {"menu import", "Read a menu from a spreadsheet's file", osy_ctl_menu_import},
    {"privacy find", "Find the guest of a phone number", osy_ctl_privacy_find},
    {"privacy export", "Write all that is held of a guest", osy_ctl_privacy_export},
    {"privacy erase", "Forget a guest for good", osy_ctl_privacy_erase},
    {"account reset-password", "Give an account a new password", osy_ctl_account_reset_password},
    {"analytics rebuild", "Compute the sums of sales anew", osy_ctl_analytics_rebuild},
    {"audit verify", "Verify that the audit log is what was sealed", osy_ctl_audit_verify},
    {"audit export", "Write the sealed audit log to a file", osy_ctl_audit_export},
    {"keys status", "Tell which keys there are and what is being changed", osy_ctl_keys_status},
    {"keys rotate", "Change keys while the shop is open", osy_ctl_keys_rotate},
    {"keys move", "Keep the encryption key elsewhere from now on", osy_ctl_keys_move},
    {"edge setup", "Make the certificates with which the network is served", osy_ctl_edge_setup},
    {"edge status", "Say how the network is served", osy_ctl_edge_status},
    {"edge trust", "Show phones what they are to trust", osy_ctl_edge_trust},
};

static void
print_help (void)
{
  g_print ("Usage: ordersyncctl [--data-dir DIR] COMMAND [OPTION…]\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-22s %s\n", commands[i].name, commands[i].help);
  g_print ("\nORDERSYNC_DATA_DIR names the data directory where --data-dir does not.\n"
           "Exit codes: 0 done, 1 failed, 2 wrong use, 3 data directory not usable, "
           "4 exists already.\n");
}

/* Takes --data-dir out wherever it stands, before or after the command. */
static char *
take_data_dir (GPtrArray *words, GError **error)
{
  g_autofree char *dir = NULL;

  for (guint i = 0; i < words->len;) {
    const char *word = words->pdata[i];
    if (g_str_has_prefix (word, "--data-dir=")) {
      g_free (dir);
      dir = g_strdup (word + strlen ("--data-dir="));
      g_ptr_array_remove_index (words, i);
    } else if (strcmp (word, "--data-dir") == 0) {
      if (i + 1 >= words->len) {
        g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                             "--data-dir needs a directory.");
        return NULL;
      }
      g_free (dir);
      dir = g_strdup (words->pdata[i + 1]);
      g_ptr_array_remove_range (words, i, 2);
    } else {
      i++;
    }
  }
  if (dir == NULL)
    dir = g_strdup (g_getenv ("ORDERSYNC_DATA_DIR"));
  if (dir == NULL)
    dir = osy_config_default_data_dir ();
  return g_canonicalize_filename (dir, NULL);
}

static const OsyCtlCommand *
find_command (GPtrArray *words, guint *n_words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (GStrv) names = g_strsplit (commands[i].name, " ", -1);
    guint n = g_strv_length (names);
    gboolean same = words->len >= n;
    for (guint j = 0; same && j < n; j++)
      same = strcmp (names[j], words->pdata[j]) == 0;
    if (same) {
      *n_words = n;
      return &commands[i];
    }
  }
  return NULL;
}

static int
run_command (GPtrArray *words, const char *data_dir, GError **error)
{
  guint n = 0;
  const OsyCtlCommand *command = find_command (words, &n);

  if (command == NULL) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "There is no command \"%s\": see \"ordersyncctl --help\".",
                 (const char *)words->pdata[0]);
    return -1;
  }
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer)command->name);
  for (guint i = n; i < words->len; i++)
    g_ptr_array_add (argv, words->pdata[i]);
  g_ptr_array_add (argv, NULL);
  return command->run (data_dir, (int)argv->len - 1, (char **)argv->pdata, error);
}

static int
run (GPtrArray *words, GError **error)
{
  g_autofree char *data_dir = take_data_dir (words, error);

  if (data_dir == NULL)
    return -1;
  if (words->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Say what to do: see \"ordersyncctl --help\".");
    return -1;
  }
  if (strcmp (words->pdata[0], "--help") == 0 || strcmp (words->pdata[0], "help") == 0) {
    print_help ();
    return OSY_CTL_OK;
  }
  if (strcmp (words->pdata[0], "--version") == 0) {
    g_print ("ordersyncctl %s\n", OSY_VERSION);
    return OSY_CTL_OK;
  }
  return run_command (words, data_dir, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  setlocale (LC_ALL, "");
  for (int i = 1; i < argc; i++)
    g_ptr_array_add (words, g_strdup (argv[i]));
  int code = run (words, &error);
  if (code >= 0 || error == NULL)
    return code;
  g_printerr ("ordersyncctl: %s\n", error->message);
  return osy_ctl_exit_code (error);
}
