/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-table-work.h"

G_BEGIN_DECLS

/** osy_table_transfer_open: @row gets a check of its own, of the business day of @order_id. */
gboolean osy_table_transfer_open (OsyTableWork *work,
                                  OsySeatingRow *row,
                                  const char *order_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
