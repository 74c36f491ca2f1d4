/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** OscCartFile: one text kept in a file of the user's own (0600), written whole in the background,
 * newest state only. */
#define OSC_TYPE_CART_FILE (osc_cart_file_get_type ())
G_DECLARE_FINAL_TYPE (OscCartFile, osc_cart_file, OSC, CART_FILE, GObject)

/** osc_cart_file_new: neither file nor folder need be there. */
OscCartFile *osc_cart_file_new (const char *path);
/** osc_cart_file_read: (transfer full) (nullable): NULL when there is none. */
char *osc_cart_file_read (OscCartFile *self);
/** osc_cart_file_put_aside: renames what cannot be understood, so that nothing is lost. */
void osc_cart_file_put_aside (OscCartFile *self);
/** osc_cart_file_write: @text: (transfer full). */
void osc_cart_file_write (OscCartFile *self, char *text);
/** osc_cart_file_flush_async: until all that was given is on disk, or could not be (the error). */
void osc_cart_file_flush_async (OscCartFile *self, GAsyncReadyCallback cb, gpointer data);
gboolean osc_cart_file_flush_finish (OscCartFile *self, GAsyncResult *result, GError **error);
/** osc_cart_file_flush: the same, waiting. */
void osc_cart_file_flush (OscCartFile *self);

G_END_DECLS
