/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-table-store.h"
#include "osc-table-tile.h"

G_BEGIN_DECLS

/** OscTableWords: how tables, bookings and seatings are put into words (console-ux 7.5). */

/** When a table wants somebody to look after it: minutes without any act, and minutes that guests
 * sit there without an order. */
#define OSC_TABLE_FORGOTTEN_MINUTES 30
#define OSC_TABLE_UNASKED_MINUTES 5

/** osc_table_words_class: static: "free", "seated", "dining", "bill", "booked", "clean". @booking:
 * (nullable): what the table shows. */
const char *osc_table_words_class (const OsyTable *table, const OsyBooking *booking);
/** osc_table_words_attention: whether nobody has looked after it for too long at @now. */
gboolean osc_table_words_attention (const OsyTable *table, const OsyBooking *booking, gint64 now);
/** osc_table_words_state: (transfer full): the state in words: "Dining", "Asked for the bill". */
char *osc_table_words_state (const OsyTable *table, const OsyBooking *booking);
/** osc_table_words_guests: (transfer full): "4 people". */
char *osc_table_words_guests (int count);
/** osc_table_words_minutes_since: whole minutes from @then to @now; never negative. */
int osc_table_words_minutes_since (gint64 then, gint64 now);
/** osc_table_words_who: (transfer full): whose booking: the name, else how many. */
char *osc_table_words_who (const OsyBooking *booking);

/** osc_table_words_show: puts @table on @tile as it is at @now. */
void osc_table_words_show (OscTableStore *store,
                           const OsyTable *table,
                           gboolean round,
                           OscTableTile *tile);

G_END_DECLS
