/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-error.h"

G_BEGIN_DECLS

/* Exit codes; the same table stands in docs/OPERATIONS.md. */
#define OSY_CTL_OK 0
#define OSY_CTL_FAILED 1  /* refused or failed; of `check`: an invariant does not hold */
#define OSY_CTL_USAGE 2   /* the command line, or what it names, is not valid */
#define OSY_CTL_NO_DATA 3 /* the data directory, its database or its key cannot be opened */
#define OSY_CTL_EXISTS 4  /* it was done already: a shop or account exists */

/**
 * OsyCtlFunc:
 * @data_dir: absolute
 * @argv: of the command alone; argv[0] is its name
 *
 * Returns: an exit code, or -1 with @error, whose code then decides (osy_ctl_exit_code()).
 */
typedef int (*OsyCtlFunc) (const char *data_dir, int argc, char **argv, GError **error);

/** One sub-command; the name may be two words. */
typedef struct {
  const char *name;
  const char *help;
  OsyCtlFunc run;
} OsyCtlCommand;

/** osy_ctl_exit_code: Returns: the exit code that stands for @error. */
int osy_ctl_exit_code (const GError *error);

/** osy_ctl_parse: reads the options of a command. Returns: FALSE with INVALID_REQUEST that names
 * the option at fault; @entries point to where values go. @rest: (nullable): words left over are
 * refused when NULL. */
gboolean
osy_ctl_parse (const GOptionEntry *entries, int argc, char **argv, char ***rest, GError **error);

/** osy_ctl_read_password: one line of standard input; a secret never stands in the arguments, where
 * every process could read it. Returns: (transfer full): to be wiped. */
char *osy_ctl_read_password (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_ctl_setup: the commands of osy-ctl-setup.c. */
int osy_ctl_setup (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_shop_add (const char *data_dir, int argc, char **argv, GError **error);
/** osy_ctl_check: prints a line for each invariant that does not hold. */
int osy_ctl_check (const char *data_dir, int argc, char **argv, GError **error);
/** osy_ctl_menu_import: the command of osy-ctl-menu.c. */
int osy_ctl_menu_import (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_privacy_find, _export, _erase: the commands of osy-ctl-privacy.c. */
int osy_ctl_privacy_find (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_privacy_export (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_privacy_erase (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_account_reset_password: the command of osy-ctl-account.c. */
int osy_ctl_account_reset_password (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_analytics_rebuild: the command of osy-ctl-analytics.c. */
int osy_ctl_analytics_rebuild (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_audit_verify, _export: the commands of osy-ctl-audit.c. */
int osy_ctl_audit_verify (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_audit_export (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_keys_status, _rotate, _move: the commands of osy-ctl-keys.c. */
int osy_ctl_keys_status (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_keys_rotate (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_keys_move (const char *data_dir, int argc, char **argv, GError **error);

/** osy_ctl_edge_setup, _status, _trust: the commands of osy-ctl-edge.c. */
int osy_ctl_edge_setup (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_edge_status (const char *data_dir, int argc, char **argv, GError **error);
int osy_ctl_edge_trust (const char *data_dir, int argc, char **argv, GError **error);

G_END_DECLS
