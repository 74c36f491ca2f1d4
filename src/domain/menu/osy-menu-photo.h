/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-draft.h"
#include "osy-menu-service.h"

G_BEGIN_DECLS

/** Of one picture: bytes, and pixels of a side. The console makes them of 640 pixels, about 60 KiB.
 */
#define OSY_MENU_PHOTO_MAX (512 * 1024)
#define OSY_MENU_PHOTO_LEAST 64
#define OSY_MENU_PHOTO_MOST 1024

/** osy_menu_photo_look: Returns: whether @content may be kept as a picture of a dish called @name:
 * a square JPEG within those bounds, whole, without words about where it was taken, and @name its
 *  SHA-256. Otherwise TOO_LARGE, UNSUPPORTED_MEDIA_TYPE or INVALID_REQUEST says what to do. */
gboolean
osy_menu_photo_look (const char *name, GBytes *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_menu_photo_put:
 * @content: looked at before
 *
 * Keeps the picture, for items to name it; menu:manage. What no dish and no kept version has needed
 * for a day goes. Returns: (transfer full): {photo}.
 */
JsonNode *osy_menu_photo_put (OsyDbTx *tx,
                              const OsyCall *call,
                              const char *name,
                              GBytes *content,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_photo_get: *@ret: (transfer full): the picture of that name of the transaction's shop;
 *  NULL: there is none. */
gboolean osy_menu_photo_get (OsyDbTx *tx, const char *name, GBytes **ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_photo_check: refuses a @menu whose touched items name pictures that are not kept. */
gboolean osy_menu_photo_check (OsyDbTx *tx,
                               const OsyMenuDraft *draft,
                               OsyMenu *menu,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
