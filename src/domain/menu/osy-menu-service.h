/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-keyring.h"
#include "osy-menu-cache.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** What the routes and services of this room work with. Borrowed; must outlive the server. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyMenuCache *cache; /* nullable: told of every change once it has committed */
} OsyMenuRoom;

/** What is to be changed. */
typedef struct {
  const char *id;    /* NULL: a new one */
  JsonNode *body;    /* members to set (osy-menu-edit.h) */
  gint64 if_version; /* version of the entry the caller saw; 0 takes any */
} OsyMenuChange;

/** osy_menu_service_read: the editor's whole menu. Needs order:read. (transfer full) */
JsonNode *osy_menu_service_read (OsyDbTx *tx, const OsyCall *call, GError **error);

/**
 * osy_menu_service_save_category, _save_item, _save_group:
 *
 * Make or change one entry; menu:manage. The version of the menu rises, the audit log and the event
 * menu.changed go with it. Returns: (transfer full): the entry in the editor's form; or NULL with
 * INVALID_REQUEST, NOT_FOUND, VERSION_CONFLICT (member current_version) or CONFLICT (name taken).
 */
JsonNode *osy_menu_service_save_category (OsyDbTx *tx,
                                          const OsyCall *call,
                                          OsyMenuRoom *room,
                                          const OsyMenuChange *change,
                                          GError **error);
JsonNode *osy_menu_service_save_item (OsyDbTx *tx,
                                      const OsyCall *call,
                                      OsyMenuRoom *room,
                                      const OsyMenuChange *change,
                                      GError **error);
JsonNode *osy_menu_service_save_group (OsyDbTx *tx,
                                       const OsyCall *call,
                                       OsyMenuRoom *room,
                                       const OsyMenuChange *change,
                                       GError **error);

/** osy_menu_service_delete_category, _delete_item, _delete_group: menu:manage. CONFLICT while a
 *  category has items, or an item or option uses the group. */
gboolean osy_menu_service_delete_category (OsyDbTx *tx,
                                           const OsyCall *call,
                                           OsyMenuRoom *room,
                                           const OsyMenuChange *change,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_service_delete_item (OsyDbTx *tx,
                                       const OsyCall *call,
                                       OsyMenuRoom *room,
                                       const OsyMenuChange *change,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_service_delete_group (OsyDbTx *tx,
                                        const OsyCall *call,
                                        OsyMenuRoom *room,
                                        const OsyMenuChange *change,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

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

/** osy_menu_business_day_end: Returns: the UTC µs at which the business day of @now ends, by the
 *  shop's @zone and the minutes after local midnight at which its day begins. */
gint64 osy_menu_business_day_end (gint64 now, const char *zone, int cutoff_minutes);

/** osy_menu_note_change: for services of this room: audit row, event and, on commit, the cache.
 *  @version: of the menu after the change. */
typedef struct {
  const char *action;      /* "menu.item_updated" */
  const char *object_type; /* "menu_item" */
  const char *object_id;
  JsonNode *old_value; /* nullable */
  JsonNode *new_value; /* nullable */
  gint64 version;
} OsyMenuNote;
gboolean osy_menu_note_change (OsyDbTx *tx,
                               const OsyCall *call,
                               OsyMenuRoom *room,
                               const OsyMenuNote *note,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
