/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Pixels of a side of what is made, and the fewest that are enough. */
#define OSC_PHOTO_SIDE 640
#define OSC_PHOTO_LEAST 64
/** What is read at most: bytes of the file, pixels of the picture. */
#define OSC_PHOTO_MAX_FILE (25 * 1024 * 1024)
#define OSC_PHOTO_MAX_PIXELS (60 * 1000 * 1000)

/**
 * osc_photo_make_async:
 *
 * Makes the picture of a dish from a file of a camera or a phone, in a thread of its own: turned as
 * it was held, cut square around its middle, at most OSC_PHOTO_SIDE pixels a side, on white,
 * without what it says about where it was taken.
 */
void osc_photo_make_async (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback cb,
                           gpointer data);
/** osc_photo_make_finish: Returns: (transfer full): a JPEG; NULL with a sentence for the user. */
GBytes *osc_photo_make_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
