/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** For whom a menu is written. */
typedef struct {
  const char *channel; /* nullable: whose prices */
  gint64 now;          /* UTC µs: prices and sold-out marks of this moment */
  gboolean editor;     /* everything with its price rows and flat groups; else what guests see */
} OsyMenuView;

/**
 * osy_menu_json_write:
 *
 * The guests' form is the contract's: option groups inside their items, hidden entries and entries
 * without a price left out; what is not sold at this hour says so ("outside_hours"). The editor's
 * lists each group once, under "option_groups", and items name them by "option_group_ids". Returns:
 * (transfer full).
 */
JsonNode *osy_menu_json_write (OsyMenu *menu, const OsyMenuView *view);

/** osy_menu_json_write_entry: one entry in the editor's form, as the services answer and the audit
 *  log keeps it. Returns: (transfer full) (nullable): NULL when it is not on @menu. */
JsonNode *osy_menu_json_write_entry (OsyMenu *menu, OsyMenuKind kind, const char *id, gint64 now);

/** osy_menu_json_write_content: the same as its digest counts it: without marks, versions and what
 * a price is just now. Returns: (transfer full) (nullable). */
JsonNode *osy_menu_json_write_content (OsyMenu *menu, OsyMenuKind kind, const char *id);

/** osy_menu_json_read: reads either form; unknown members are passed over. Sold out without a time
 *  reads as open-ended. Returns: (transfer full): NULL with INVALID_REQUEST. */
OsyMenu *osy_menu_json_read (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Wire names of a stop mode: "FOR_SALE", "OPEN", "TODAY", "UNTIL" (also in the database). */
const char *osy_menu_stop_name (OsyMenuStopMode mode);
/** osy_menu_stop_from_name: Returns: the mode so named, FOR_SALE for any other text. */
OsyMenuStopMode osy_menu_stop_from_name (const char *name);

G_END_DECLS
