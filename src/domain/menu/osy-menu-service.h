/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-keyring.h"
#include "osy-menu-cache.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** What people call an actor: a room above knows. Returns: (transfer full): NULL with @error. */
typedef char *(*OsyMenuNameFunc) (OsyDbTx *tx, OsyKeyring *ring, const char *actor, GError **error);

/** What the routes and services of this room work with. Borrowed; must outlive the server. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyMenuCache *cache;  /* nullable: told of every change once it has committed */
  OsyMenuNameFunc name; /* nullable */
} OsyMenuRoom;

/** A page of versions. */
typedef struct {
  gint64 before; /* a version; 0: from the newest */
  gint64 limit;
} OsyMenuPage;

/** What is to be changed. */
typedef struct {
  OsyMenuKind kind;
  const char *id;    /* NULL: a new one */
  JsonNode *body;    /* members to set (osy-menu-edit.h); NULL to delete the entry */
  gint64 if_version; /* version of the entry the caller saw; 0 takes any */
} OsyMenuChange;

/** osy_menu_service_read: the editor's whole menu. Needs order:read. (transfer full) */
JsonNode *osy_menu_service_read (OsyDbTx *tx, const OsyCall *call, GError **error);

/**
 * osy_menu_service_change:
 * @ret: (out) (transfer full): the entry in the editor's form; NULL when it is deleted
 *
 * Makes, changes or deletes one entry; menu:manage. The version of the menu rises, the audit log
 * and the event menu.changed go with it. Returns: FALSE with INVALID_REQUEST, NOT_FOUND,
 * VERSION_CONFLICT (member current_version) or CONFLICT (osy_menu_draft_finish).
 */
gboolean osy_menu_service_change (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyMenuRoom *room,
                                  const OsyMenuChange *change,
                                  JsonNode **ret,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Many changes at once. */
typedef struct {
  JsonNode *body;    /* {"changes": […]} (osy-menu-changes.h); to restore: {"expect"?} */
  const char *key;   /* nullable: the client's Idempotency-Key */
  gboolean replayed; /* (out): the answer was given before */
  gboolean restores; /* makes the menu what it was at… */
  gint64 version;    /* …this version (osy-menu-history.h) */
} OsyMenuBatch;

/**
 * osy_menu_service_batch:
 *
 * All or nothing, as one version; menu:manage. Returns: (transfer full): {"version", "undo"}, where
 * undo is the batch that puts everything back; the same answer for the same key. NULL with the
 * errors of osy_menu_changes_apply(), CONFLICT, or IDEMPOTENCY_KEY_REUSED.
 */
JsonNode *osy_menu_service_batch (OsyDbTx *tx,
                                  const OsyCall *call,
                                  OsyMenuRoom *room,
                                  OsyMenuBatch *batch,
                                  GError **error);

/** osy_menu_service_set_rules: @body: {"origin_required"}; menu:manage. Returns: (transfer full):
 * {"version", "origin_required"}. */
JsonNode *osy_menu_service_set_rules (OsyDbTx *tx,
                                      const OsyCall *call,
                                      OsyMenuRoom *room,
                                      JsonNode *body,
                                      GError **error);

/** A sold-out mark to set or to end. TODAY needs no time: it ends with the business day. */
typedef struct {
  gboolean is_option;
  const char *id;
  OsyMenuStop stop;
} OsyMenuStopping;

/** osy_menu_service_stop: needs order:write, so that whoever serves can do it. Returns: (transfer
 *  full): the item, or the group of the option, in the editor's form. */
JsonNode *osy_menu_service_stop (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyMenuRoom *room,
                                 const OsyMenuStopping *stopping,
                                 GError **error);

/* ---- for the inventory ---- */

/** osy_menu_service_load: the menu of the transaction's restaurant. (transfer full) */
OsyMenu *osy_menu_service_load (OsyDbTx *tx, GError **error);

/** osy_menu_service_lock: changes of this menu wait until the transaction ends. */
gboolean osy_menu_service_lock (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What the stock says of an item or an option. */
typedef struct {
  const char *id;
  gboolean is_option; /* whose @left does not matter */
  gint64 left;        /* about how many portions */
  gboolean out_of_stock;
} OsyMenuLeft;

/** osy_menu_service_set_left: @lefts, of OsyMenuLeft, are all that are counted. If that reads
 * otherwise than before the menu has a new version and menu.changed is emitted. For
 * osy_menu_service_lock() to be called before what is left is reckoned. */
gboolean osy_menu_service_set_left (OsyDbTx *tx,
                                    const OsyCall *call,
                                    OsyMenuRoom *room,
                                    GArray *lefts,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_business_day_end: Returns: the UTC µs at which the business day of @now ends, by the
 *  shop's @zone and the minutes after local midnight at which its day begins. */
gint64 osy_menu_business_day_end (gint64 now, const char *zone, int cutoff_minutes);

G_END_DECLS
