/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"

G_BEGIN_DECLS

/** What a code stands for. */
typedef enum {
  OSC_SCAN_UNKNOWN,
  OSC_SCAN_ITEM,  /* of the menu, by its code */
  OSC_SCAN_TABLE, /* of the plan */
  OSC_SCAN_ORDER, /* that is at hand */
  OSC_SCAN_ID,    /* of an order or a check, which the daemon may know */
} OscScanKind;

/** osc_scan_find: what @code, of a barcode or a QR code, stands for: an item's code as it is, or an
 * id: in the 39 digits of our receipts, or as it stands in a link. @id: (out) (transfer full)
 * (nullable): of what was found. */
OscScanKind osc_scan_find (const OscContext *context, const char *code, char **id);

/** osc_scan_order_async: the order with that id, or the last one on the check with that id. Finish:
 * (transfer full): NULL with NOT_FOUND when there is neither. */
void
osc_scan_order_async (OsyClient *client, const char *id, GAsyncReadyCallback cb, gpointer data);
OsyOrder *osc_scan_order_finish (OsyClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
