/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "osy-error.h"

G_BEGIN_DECLS

/** Settings of a program: flags, then ORDERSYNC_* variables, then the key file, then defaults. */
typedef struct _OsyConfig OsyConfig;

typedef struct {
  const char *name;     /* "data-dir": flag --data-dir, variable ORDERSYNC_DATA_DIR, key data-dir */
  const char *fallback; /* NULL: none */
  const char *help;     /* one line for --help */
} OsyConfigKey;

/**
 * osy_config_load:
 * @keys: ended by name == NULL; "config" names the key file
 * @argv: (inout): known flags are taken out, as "--name value" or "--name=value"
 *
 * Returns: (transfer full): settings, or NULL with INVALID_REQUEST that names the flag at fault.
 */
OsyConfig *osy_config_load (const OsyConfigKey *keys, int *argc, char ***argv, GError **error);
void osy_config_free (OsyConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyConfig, osy_config_free)

/** (transfer none) (nullable) */
const char *osy_config_get (OsyConfig *self, const char *name);
/** osy_config_help: Returns: (transfer full): the option list of --help. */
char *osy_config_help (const OsyConfigKey *keys);

/** osy_config_default_data_dir: Returns: (transfer full): $XDG_DATA_HOME/ordersync, or
 *  /var/lib/ordersync for root. */
char *osy_config_default_data_dir (void);

G_END_DECLS
