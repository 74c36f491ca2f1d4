/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-menu-draft.h"

G_BEGIN_DECLS

/* All of it concerns the transaction's restaurant. */

/** osy_menu_store_load: the whole menu as the transaction sees it. (transfer full) */
OsyMenu *osy_menu_store_load (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_lock: makes other changes of this menu wait until the transaction ends. */
gboolean osy_menu_store_lock (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_write: makes the tables read as @menu, which came of @draft: writes the entries
 *  that were touched, and the marks and orders that differ. @now: UTC µs. */
gboolean osy_menu_store_write (OsyDbTx *tx,
                               const OsyMenuDraft *draft,
                               OsyMenu *menu,
                               gint64 now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_set_left: @items, @options: ids; @lefts: of gint64, of each item; @item_outs,
 * @option_outs: of gint64, 0 or 1. All others are not counted. *@changed: (out): whether anything
 * reads otherwise; then the menu has the next version. */
typedef struct {
  GPtrArray *items;
  GArray *lefts;
  GArray *item_outs;
  GPtrArray *options;
  GArray *option_outs;
} OsyMenuStock;
gboolean osy_menu_store_set_left (OsyDbTx *tx,
                                  const OsyMenuStock *stock,
                                  gboolean *changed,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A version of the menu as it is kept. */
typedef struct {
  gint64 version;
  gint64 from_version;
  gint64 at; /* UTC µs */
  const char *actor;
  const char *action;
  gint64 restored; /* the version that it made the menu into again; -1: none */
  JsonNode *undo;  /* {"changes": […]} */
  JsonNode *told;  /* an array of openapi.yaml's MenuTold */
  guint count;
} OsyMenuPast;

/** osy_menu_store_keep_version: keeps it for a year, and forgets what is older. */
gboolean osy_menu_store_keep_version (OsyDbTx *tx,
                                      const OsyMenuPast *past,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_menu_store_list_versions: (transfer full): up to @limit before @before (0: from the newest),
 * newest first. */
OsyDbRows *osy_menu_store_list_versions (OsyDbTx *tx, gint64 before, gint64 limit, GError **error);
/** osy_menu_store_oldest_version: *@ret: (out): the first version that is on record; -1: none. */
gboolean
osy_menu_store_oldest_version (OsyDbTx *tx, gint64 *ret, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_menu_store_undos_after: (transfer full): "undo" of every version after @version, newest
 * first. */
OsyDbRows *osy_menu_store_undos_after (OsyDbTx *tx, gint64 version, GError **error);

/** osy_menu_store_find_answer: what was answered to the request with this key. *@answer stays NULL
 *  when there was none. FALSE with IDEMPOTENCY_KEY_REUSED when it was another request. */
gboolean osy_menu_store_find_answer (OsyDbTx *tx,
                                     const char *key,
                                     GBytes *fingerprint,
                                     JsonNode **answer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_menu_store_keep_answer: keeps it for a day, and forgets those of days before. */
gboolean osy_menu_store_keep_answer (OsyDbTx *tx,
                                     const char *key,
                                     GBytes *fingerprint,
                                     JsonNode *answer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
