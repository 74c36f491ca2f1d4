/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of channels that the database alone can tell. */

#include "osy-channel-invariants.h"

const OsyDbInvariant osy_channel_invariants[] = {
    {"channel.none-lost",
     "SELECT format('order %s of channel %s came %s and is not placed', o.channel_order_id, "
     "  o.link_id, o.received_at) AS violation FROM channel_order o "
     "WHERE o.status = 'RECEIVED' AND o.received_at < now() - interval '5 minutes' "
     "AND NOT EXISTS (SELECT FROM channel_event e WHERE e.restaurant_id = o.restaurant_id "
     "  AND e.link_id = o.link_id AND e.channel_order_id = o.channel_order_id "
     "  AND e.event_type = 'order.created' AND e.next_at IS NOT NULL)"},
    {"channel.placed-once",
     "SELECT format('%s orders are %s %s', count(*), source_type, source_id) AS violation "
     "FROM orders WHERE source_type IS NOT NULL GROUP BY restaurant_id, source_type, source_id "
     "HAVING count(*) > 1"},
    {"channel.told-in-order",
     "SELECT format('order %s: told up to %s of %s', o.channel_order_id, max(p.seq), o.seq) "
     "  AS violation FROM channel_order o LEFT JOIN channel_push p "
     "  ON p.restaurant_id = o.restaurant_id AND p.channel_order = o.id "
     "GROUP BY o.restaurant_id, o.id HAVING coalesce(max(p.seq), 0) <> o.seq "
     "  OR count(p.seq) <> o.seq"},
    {NULL},
};
