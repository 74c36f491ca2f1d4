/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/**
 * OscMenuStore: the shop's whole menu in the editor's form, always the newest: read at every
 * "reset" of the feed, at every menu.changed and shop.updated. Every view reads it here, open carts
 * too. Signals: "changed": osc_menu_store_get() is another one; "requested" (JsonNode *changes): a
 * batch leaves for the daemon. Properties: "loaded", "can-undo", "can-redo" (gboolean, notify).
 */
#define OSC_TYPE_MENU_STORE (osc_menu_store_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuStore, osc_menu_store, OSC, MENU_STORE, GObject)

/** osc_menu_store_new: @client NULL in tests: batches are then only signalled ("requested"). */
OscMenuStore *osc_menu_store_new (OsyClient *client);
/** osc_menu_store_attach: follows @feed. */
void osc_menu_store_attach (OscMenuStore *self, OsyFeed *feed);
/** osc_menu_store_put: takes @menu as the newest, as an answer of the daemon would. */
void osc_menu_store_put (OscMenuStore *self, OsyMenu *menu);
/** osc_menu_store_get: (transfer none): never NULL; an empty menu of version 0 before the first
 * load. Hold a reference over anything asynchronous. */
OsyMenu *osc_menu_store_get (OscMenuStore *self);
gboolean osc_menu_store_get_loaded (OscMenuStore *self);
/** osc_menu_store_find_code: (transfer none) (nullable): the item with this barcode. */
const OsyMenuItem *osc_menu_store_find_code (OscMenuStore *self, const char *code);

/**
 * osc_menu_store_apply_async:
 * @changes: (transfer none): array of changes of POST /restaurants/me/menu/changes
 * @label: what the step is called in the undo toast, past tense: "Changed 로제떡볶이"
 *
 * One step that can be undone. Finishes when the menu with the change is here ("changed" came
 * before). VERSION_CONFLICT: another screen was first; INVALID_REQUEST with pointers into changes.
 */
void osc_menu_store_apply_async (OscMenuStore *self,
                                 JsonNode *changes,
                                 const char *label,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
gboolean osc_menu_store_apply_finish (OscMenuStore *self, GAsyncResult *result, GError **error);

/** An earlier menu that is to be brought back. */
typedef struct {
  gint64 version;
  const char *expect; /* (nullable): what the comparison told */
  const char *label;  /* what the step is called */
} OscMenuRestoring;

/** osc_menu_store_restore_async: one step that can be undone, as osc_menu_store_apply_async(). */
void osc_menu_store_restore_async (OscMenuStore *self,
                                   const OscMenuRestoring *restoring,
                                   GAsyncReadyCallback cb,
                                   gpointer data);

/** osc_menu_store_push_undo: a step taken elsewhere (an import) whose inverse the daemon told.
 * @inverse: (transfer none): array of changes. */
void osc_menu_store_push_undo (OscMenuStore *self, JsonNode *inverse, const char *label);

/** osc_menu_store_step_async: takes the last step back, or (@redo) does it again. Finish: the
 * step's label; NULL without an error when there was none. */
void osc_menu_store_step_async (OscMenuStore *self,
                                gboolean redo,
                                GAsyncReadyCallback cb,
                                gpointer data);
char *osc_menu_store_step_finish (OscMenuStore *self, GAsyncResult *result, GError **error);
gboolean osc_menu_store_can_step (OscMenuStore *self, gboolean redo);

/** osc_menu_store_keep_photo_async: sends a picture that a draft is to name: a square JPEG as
 * osc_photo_make_async() makes them. Finish: (transfer full): its name, for the item's "photo". */
void osc_menu_store_keep_photo_async (OscMenuStore *self,
                                      GBytes *jpeg,
                                      GAsyncReadyCallback cb,
                                      gpointer data);
char *osc_menu_store_keep_photo_finish (OscMenuStore *self, GAsyncResult *result, GError **error);
/** osc_menu_store_photo_async: the picture of that name. Finish: (transfer full): a JPEG. */
void osc_menu_store_photo_async (OscMenuStore *self,
                                 const char *name,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
GBytes *osc_menu_store_photo_finish (OscMenuStore *self, GAsyncResult *result, GError **error);

/** osc_menu_store_require_origin_async: whether items without their origin are kept from QR and the
 * web; its switch does the opposite. Finish as osc_menu_store_apply_finish(). */
void osc_menu_store_require_origin_async (OscMenuStore *self,
                                          gboolean required,
                                          GAsyncReadyCallback cb,
                                          gpointer data);

/** What is sold out, or sold again (mode FOR_SALE). */
typedef struct {
  const char *id; /* of an item, or of an option */
  gboolean is_option;
  OsyMenuStop stop;
} OscMenuStopping;

/** osc_menu_store_stop_async: whoever serves may do it; not part of the undo steps, since its
 * button does the opposite. Finish as osc_menu_store_apply_finish(). */
void osc_menu_store_stop_async (OscMenuStore *self,
                                const OscMenuStopping *stopping,
                                GAsyncReadyCallback cb,
                                gpointer data);

G_END_DECLS
