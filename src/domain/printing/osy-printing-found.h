/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** osy_printing_found_async: looks for printers: /dev/usb/lp*, and with @network whoever answers on
 * port 9100 in the machine's own private networks (each cut down to 254 addresses). Takes a second
 * or two. */
void osy_printing_found_async (gboolean network,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/** osy_printing_found_finish: Returns: (transfer full): addresses as a printer takes them. */
char **osy_printing_found_finish (GAsyncResult *result, GError **error);

G_END_DECLS
