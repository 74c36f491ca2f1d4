/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of the stock: nothing is promised twice, and what is there is what was moved. */

#include "osy-stock-invariants.h"

const OsyDbInvariant osy_stock_invariants[] = {
    {"stock.promised-within",
     "SELECT format('%s: %s promised of %s', name, reserved, on_hand) AS violation "
     "FROM ingredient WHERE reserved < 0 OR (block AND reserved > greatest(on_hand, 0))"},
    {"stock.promised-is-held",
     "SELECT format('%s: %s promised, open reservations hold %s', i.name, i.reserved, "
     "  coalesce(sum(h.quantity), 0)) AS violation FROM ingredient i LEFT JOIN (SELECT h.* "
     "  FROM stock_hold h JOIN stock_reservation r USING (restaurant_id, subject_type, subject_id) "
     "  WHERE r.status = 'RESERVED') h ON h.restaurant_id = i.restaurant_id "
     "  AND h.ingredient_id = i.id GROUP BY i.restaurant_id, i.id, i.name, i.reserved "
     "HAVING i.reserved <> coalesce(sum(h.quantity), 0)"},
    {"stock.moved-is-there",
     "SELECT format('%s: %s on hand, movements come to %s', i.name, i.on_hand, "
     "  coalesce(sum(m.quantity), 0)) AS violation FROM ingredient i LEFT JOIN stock_movement m "
     "  ON m.restaurant_id = i.restaurant_id AND m.ingredient_id = i.id "
     "GROUP BY i.restaurant_id, i.id, i.name, i.on_hand "
     "HAVING i.on_hand <> coalesce(sum(m.quantity), 0)"},
    {"stock.history-adds-up",
     "SELECT format('ingredient %s: after movement %s there were %s, before it %s', ingredient_id, "
     "  seq, on_hand, before) AS violation FROM (SELECT *, lag(on_hand, 1, 0::bigint) OVER "
     "    (PARTITION BY restaurant_id, ingredient_id ORDER BY seq) AS before "
     "  FROM stock_movement) m WHERE before + quantity <> on_hand"},
    {"stock.every-change-told",
     "SELECT format('%s: version %s, last told %s', i.name, i.version, max(e.aggregate_seq)) "
     "  AS violation FROM ingredient i JOIN (SELECT restaurant_id, aggregate_id, "
     "    aggregate_seq FROM shop_feed WHERE aggregate_type = 'ingredient' "
     "      AND published_at > now() - interval '31 days' UNION ALL "
     "  SELECT restaurant_id, aggregate_id, aggregate_seq FROM outbox "
     "    WHERE aggregate_type = 'ingredient') e ON e.restaurant_id = i.restaurant_id "
     "  AND e.aggregate_id = i.id GROUP BY i.restaurant_id, i.id, i.name, i.version "
     "HAVING max(e.aggregate_seq) <> i.version"},
    /* Reservations are kept for a month (osy_stock_service_forget). */
    {"stock.used-is-consumed",
     "SELECT format('%s %s used %s and wasted %s of ingredient %s, held %s and %s, %s', "
     "  m.subject_type, m.subject_id, m.used, m.wasted, m.ingredient_id, h.quantity, h.wasted, "
     "  r.status) AS violation FROM (SELECT restaurant_id, subject_type, subject_id, "
     "  ingredient_id, -coalesce(sum(quantity) FILTER (WHERE kind <> 'WASTE'), 0) AS used, "
     "  -coalesce(sum(quantity) FILTER (WHERE kind = 'WASTE'), 0) AS wasted, max(at) AS at "
     "  FROM stock_movement WHERE subject_id IS NOT NULL GROUP BY 1, 2, 3, 4) m "
     "LEFT JOIN stock_hold h USING (restaurant_id, subject_type, subject_id, ingredient_id) "
     "LEFT JOIN stock_reservation r USING (restaurant_id, subject_type, subject_id) "
     "WHERE (r.status IS NOT NULL OR m.at > now() - interval '29 days') "
     "  AND (m.used IS DISTINCT FROM CASE r.status WHEN 'CONSUMED' THEN h.quantity ELSE 0 END "
     "    OR m.wasted IS DISTINCT FROM h.wasted "
     "    OR r.status IS NULL)"},
    {"stock.undone-is-opposite",
     "SELECT format('movement %s: %s, taken back by %s', m.id, m.quantity, u.quantity) "
     "  AS violation FROM stock_movement u JOIN stock_movement m "
     "  ON m.restaurant_id = u.restaurant_id AND m.id = u.undoes "
     "WHERE u.quantity <> -m.quantity OR u.ingredient_id <> m.ingredient_id"},
    {NULL},
};
