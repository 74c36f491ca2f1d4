/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-floor-batch.h"
#include "osy-client.h"

G_BEGIN_DECLS

/**
 * OscFloorStore: the shop's floor plan, always the newest: read at every "reset" of the feed and at
 * every floor.changed. A change shows at once and goes to the daemon as a batch, one after the
 * other; each is a step of undo. Signals: "changed": osc_floor_store_get() says something else;
 * "failed" (GError *error): a batch was refused, the plan is the daemon's again; "requested"
 * (JsonNode *changes): a batch leaves. Property (notify): "loaded" (gboolean).
 */
#define OSC_TYPE_FLOOR_STORE (osc_floor_store_get_type ())
G_DECLARE_FINAL_TYPE (OscFloorStore, osc_floor_store, OSC, FLOOR_STORE, GObject)

/** osc_floor_store_new: @client NULL in tests: batches are then only signalled. */
OscFloorStore *osc_floor_store_new (OsyClient *client);
/** osc_floor_store_attach: follows @feed. */
void osc_floor_store_attach (OscFloorStore *self, OsyFeed *feed);
/** osc_floor_store_put: @plan: (transfer full): taken as the newest, as the daemon's answer. */
void osc_floor_store_put (OscFloorStore *self, OsyFloorPlan *plan);
/** osc_floor_store_get: (transfer none): never NULL; valid until "changed". */
const OsyFloorPlan *osc_floor_store_get (OscFloorStore *self);
/** osc_floor_store_floor: (transfer none) (nullable): the one with @id (nullable), else the first;
 * valid until "changed". */
const OsyFloor *osc_floor_store_floor (OscFloorStore *self, const char *id);
gboolean osc_floor_store_get_loaded (OscFloorStore *self);

/** osc_floor_store_apply: @batch: (transfer full): one step. @label: what it does, for people. */
void osc_floor_store_apply (OscFloorStore *self, JsonArray *batch, const char *label);
/** osc_floor_store_step: takes the newest step back, or does it again. Returns: (transfer full)
 * (nullable): its label; NULL when there is none. */
char *osc_floor_store_step (OscFloorStore *self, gboolean redo);
gboolean osc_floor_store_can_step (OscFloorStore *self, gboolean redo);
/** osc_floor_store_forget_steps: editing has ended. */
void osc_floor_store_forget_steps (OscFloorStore *self);

/** osc_floor_store_photo_async: the picture behind the floor @id. Finish: its bytes, JPEG or PNG.
 */
void osc_floor_store_photo_async (OscFloorStore *self,
                                  const char *id,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
GBytes *osc_floor_store_photo_finish (OscFloorStore *self, GAsyncResult *result, GError **error);
/** osc_floor_store_set_photo_async: @bytes: (nullable): JPEG or PNG, at most 2 MiB; NULL takes the
 * picture away. */
void osc_floor_store_set_photo_async (OscFloorStore *self,
                                      const char *id,
                                      GBytes *bytes,
                                      GAsyncReadyCallback cb,
                                      gpointer data);
gboolean
osc_floor_store_set_photo_finish (OscFloorStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
