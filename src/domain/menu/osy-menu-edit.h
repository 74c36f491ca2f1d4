/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** One change of an entry as a client wrote it. A member that is absent leaves things as they are;
 *  null or "" takes an optional one away. */
typedef struct {
  OsyMenu *menu;   /* as it stands, for what the body names by id */
  JsonNode *body;  /* an object */
  gboolean create; /* required members must be there */
  gint64 now;      /* UTC µs: when a plain "price" takes effect */
  gint64 position; /* (out): where in its list it is to stand, -1: not said */
} OsyMenuEdit;

/** osy_menu_edit_category, _item, _group: lays the change on @entry, a copy of the present one or a
 *  new one. Returns: FALSE with INVALID_REQUEST that lists every fault by JSON pointer. */
gboolean osy_menu_edit_category (OsyMenuEdit *edit,
                                 OsyMenuCategory *category,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
osy_menu_edit_item (OsyMenuEdit *edit, OsyMenuItem *item, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_edit_group (OsyMenuEdit *edit,
                              OsyMenuGroup *group,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
