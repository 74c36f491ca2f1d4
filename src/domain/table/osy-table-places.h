/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-table-work.h"

G_BEGIN_DECLS

/** osy_table_places_change: @after: the open seatings as they are to be (self->rows: as they were).
 *  Puts their checks where they belong: table and group; moves @change's rounds; and tells the
 *  kitchen which orders are of another table now. No line and no amount is touched. */
gboolean osy_table_places_change (OsyTableWork *self,
                                  GPtrArray *after,
                                  const OsyTableChange *change,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
