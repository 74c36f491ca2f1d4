/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The settings of this machine. */

#include "osc-settings.h"

#define SCHEMA "com.ordersync.Console"
/* Of an older installation: it would end the program. */
#define NEWEST_KEY "contrast"

GSettings *
osc_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  if (!looked && source != NULL) {
    g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);

    settings = schema != NULL && g_settings_schema_has_key (schema, NEWEST_KEY)
                   ? g_settings_new (SCHEMA)
                   : NULL;
  }
  looked = TRUE;
  return settings;
}
