/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of tables that the database alone can tell. */

#include "osy-table-invariants.h"

const OsyDbInvariant osy_table_invariants[] = {
    {"table.check-is-where-they-sit",
     "SELECT format('seating %s at %s: its check %s is at %s', s.id, s.table_id, c.id, c.table_id) "
     "  AS violation FROM seating s JOIN guest_check c ON c.restaurant_id = s.restaurant_id "
     "  AND c.id = s.check_id "
     "WHERE s.ended_at IS NULL AND c.status <> 'VOIDED' AND c.table_id IS DISTINCT FROM "
     "s.table_id"},
    {"table.check-pointers-agree",
     "SELECT format('seating %s: its check %s is merged into %s, its group says %s', s.id, c.id, "
     "  c.merged_into, g.check_id) AS violation FROM seating s "
     "JOIN guest_check c ON c.restaurant_id = s.restaurant_id AND c.id = s.check_id "
     "LEFT JOIN seating g ON g.restaurant_id = s.restaurant_id AND g.id = s.merged_into "
     "WHERE s.ended_at IS NULL AND c.status IN ('OPEN', 'MERGED') "
     "AND c.merged_into IS DISTINCT FROM g.check_id"},
    {"table.group-is-there",
     "SELECT format('seating %s is merged into %s, which has ended', s.id, g.id) AS violation "
     "FROM seating s JOIN seating g ON g.restaurant_id = s.restaurant_id AND g.id = s.merged_into "
     "WHERE s.ended_at IS NULL AND g.ended_at IS NOT NULL"},
    {"table.one-seating",
     "SELECT format('%s seatings at table %s', count(*), table_id) AS violation FROM seating "
     "WHERE ended_at IS NULL GROUP BY restaurant_id, table_id HAVING count(*) > 1"},
    {"table.is-on-the-plan",
     "SELECT format('seating %s at %s, which is no table', s.id, s.table_id) AS violation "
     "FROM seating s LEFT JOIN floor_piece p ON p.restaurant_id = s.restaurant_id "
     "  AND p.id = s.table_id WHERE s.ended_at IS NULL AND p.number IS NULL"},
    {NULL},
};
