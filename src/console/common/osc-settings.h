/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** osc_settings_get: Returns: (transfer none) (nullable): what this console remembers of its own
 * machine (data/com.ordersync.Console.gschema.xml); NULL when the schema is not installed. */
GSettings *osc_settings_get (void);

G_END_DECLS
