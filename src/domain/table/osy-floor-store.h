/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-floor.h"

G_BEGIN_DECLS

/* Each in the transaction's restaurant. */

/** osy_floor_store_lock: makes other acts on tables and changes of the plan of this shop wait till
 *  this transaction ends. */
gboolean osy_floor_store_lock (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_floor_store_load: Returns: (transfer full): the plan; an empty one of version 0 where
 * nothing was drawn. */
OsyFloorPlan *osy_floor_store_load (OsyDbTx *tx, GError **error);

/** osy_floor_store_write: makes @now of @was; locked before. The version of @now is written. */
gboolean osy_floor_store_write (OsyDbTx *tx,
                                const OsyFloorPlan *was,
                                const OsyFloorPlan *now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_floor_store_put_photo: @at: UTC µs. Pictures of floors that are gone since before @at less a
 *  day go, too. */
gboolean osy_floor_store_put_photo (OsyDbTx *tx,
                                    const char *floor_id,
                                    const char *type,
                                    GBytes *content,
                                    gint64 at,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_floor_store_get_photo: @type, @content: (out) (transfer full): NULL when there is none. */
gboolean osy_floor_store_get_photo (OsyDbTx *tx,
                                    const char *floor_id,
                                    char **type,
                                    GBytes **content,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_floor_store_delete_photo: @deleted: (out): whether there was one. */
gboolean osy_floor_store_delete_photo (OsyDbTx *tx,
                                       const char *floor_id,
                                       gboolean *deleted,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
