/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscMenuEntry: members of a menu entry in the editor's JSON form, as fields show them. */

/** osc_menu_entry_print: (transfer full): its JSON as text, the same for the same entry. */
char *osc_menu_entry_print (JsonObject *entry);
/** osc_menu_entry_copy: (transfer full): deep. */
JsonObject *osc_menu_entry_copy (JsonObject *entry);

/** osc_menu_entry_text: (transfer none): "" when absent. "name_en" is names.en. */
const char *osc_menu_entry_text (JsonObject *entry, const char *name);
/** osc_menu_entry_set_text: "" takes it away. */
void osc_menu_entry_set_text (JsonObject *entry, const char *name, const char *text);
/** osc_menu_entry_number: (transfer full): as typed, or grouped digits; "" when absent. */
char *osc_menu_entry_number (JsonObject *entry, const char *name);
/** osc_menu_entry_set_number: keeps @text as it is when it is no number. */
void osc_menu_entry_set_number (JsonObject *entry, const char *name, const char *text);
/** osc_menu_entry_int: the number, @fallback when it is absent or none. */
gint64 osc_menu_entry_int (JsonObject *entry, const char *name, gint64 fallback);
gboolean osc_menu_entry_flag (JsonObject *entry, const char *name);

/** osc_menu_entry_price: (transfer none) (nullable): the general price row in force at @now (UTC
 * µs). */
JsonObject *osc_menu_entry_price (JsonObject *entry, gint64 now);
/** osc_menu_entry_set_price: of that row, which is made when there is none; "" takes the rows away.
 */
void osc_menu_entry_set_price (JsonObject *entry, gint64 now, const char *text);

/** osc_menu_entry_window: the time of the week that @row names. Returns: FALSE when a time is none,
 * or is on no day. A row that names none: at any time, without weekdays. */
gboolean osc_menu_entry_window (JsonObject *row, OsyWeekWindow *ret);

/** osc_menu_entry_list: (transfer none): an array member, made when absent. */
JsonArray *osc_menu_entry_list (JsonObject *entry, const char *name);
/** osc_menu_entry_move: moves an element of a list. */
void osc_menu_entry_move (JsonObject *entry, const char *list, guint from, guint to);
/** osc_menu_entry_has: whether a list of texts holds @text. */
gboolean osc_menu_entry_has (JsonObject *entry, const char *list, const char *text);
/** osc_menu_entry_toggle: puts @text in a list of texts or takes it out. */
void osc_menu_entry_toggle (JsonObject *entry, const char *list, const char *text, gboolean on);

G_END_DECLS
