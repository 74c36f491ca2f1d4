/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* That no won is there twice, and none is missing, as far as the database knows. */

#include "osy-payment-room.h"

#define CAPTURED "('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')"

const OsyDbInvariant osy_payment_invariants[] = {
    {"payment.refunds-within-captured",
     "SELECT format('payment %s of %s: %s held and %s given back, its refunds %s and %s', p.id, "
     "  p.amount, p.held_amount, p.refunded_amount, r.held, r.done) AS violation FROM payment p "
     "LEFT JOIN (SELECT restaurant_id, payment_id, sum(amount) AS held, sum(amount) FILTER (WHERE "
     "    status = 'DONE') AS done, sum(tax_free_amount) AS tax_free, sum(vat_amount) AS vat "
     "  FROM refund WHERE status <> 'FAILED' GROUP BY 1, 2) r ON r.restaurant_id = p.restaurant_id "
     "  AND r.payment_id = p.id WHERE r.held > p.amount OR p.held_amount <> coalesce(r.held, 0) "
     "  OR p.refunded_amount <> coalesce(r.done, 0) OR p.held_tax_free <> coalesce(r.tax_free, 0) "
     "  OR p.held_vat <> coalesce(r.vat, 0)"},
    {"payment.status-is-its-refunds",
     "SELECT format('payment %s is %s with %s of %s given back', id, status, refunded_amount, "
     "  amount) AS violation FROM payment WHERE (status IN " CAPTURED " AND status <> CASE "
     "  WHEN refunded_amount = 0 THEN 'PAID' WHEN refunded_amount = amount THEN 'REFUNDED' "
     "  ELSE 'PARTIALLY_REFUNDED' END) OR (status NOT IN " CAPTURED " AND held_amount > 0)"},
    {"payment.checks-are-their-payments",
     "SELECT format('check %s: tendered %s, payments %s; given back %s, refunds %s', c.id, "
     "  c.tenders_amount, coalesce(sum(p.amount), 0), c.refunds_amount, "
     "  coalesce(sum(p.refunded_amount), 0)) AS violation FROM guest_check c LEFT JOIN payment p "
     "  ON p.restaurant_id = c.restaurant_id AND p.check_id = c.id AND p.status IN " CAPTURED " "
     "GROUP BY c.restaurant_id, c.id HAVING c.tenders_amount <> coalesce(sum(p.amount), 0) "
     "  OR c.refunds_amount <> coalesce(sum(p.refunded_amount), 0)"},
    /* A merged check counts for all above it; only what nothing is merged into any more is settled.
     * A deposit that was taken back leaves its check as it was. */
    {"payment.settled-is-paid",
     "WITH RECURSIVE up AS (SELECT restaurant_id, merged_into, total_amount FROM guest_check "
     "    WHERE merged_into IS NOT NULL UNION ALL SELECT u.restaurant_id, c.merged_into, "
     "      u.total_amount FROM up u JOIN guest_check c ON c.restaurant_id = u.restaurant_id "
     "      AND c.id = u.merged_into WHERE c.merged_into IS NOT NULL), "
     "  members AS (SELECT restaurant_id, merged_into, sum(total_amount) AS total FROM up "
     "    GROUP BY 1, 2) "
     "SELECT format('check %s of %s won is SETTLED with %s', c.id, c.total_amount + "
     "  coalesce(m.total, 0), c.tenders_amount) AS violation FROM guest_check c LEFT JOIN members "
     "  m ON m.restaurant_id = c.restaurant_id AND m.merged_into = c.id "
     "WHERE c.status = 'SETTLED' "
     "AND c.tenders_amount < c.total_amount + coalesce(m.total, 0) AND NOT EXISTS (SELECT FROM "
     "  payment p WHERE p.restaurant_id = c.restaurant_id AND p.check_id = c.id "
     "  AND p.method = 'VIRTUAL_ACCOUNT' AND p.status NOT IN " CAPTURED ")"},
    {"payment.parts-within-payments",
     "SELECT format('part %s: paid %s, payments %s', b.id, b.paid_amount, "
     "  coalesce(sum(p.amount - p.refunded_amount), 0)) AS violation FROM bill_part b LEFT JOIN "
     "  payment p ON p.restaurant_id = b.restaurant_id AND p.part_id = b.id AND p.status "
     "IN " CAPTURED " GROUP BY b.restaurant_id, b.id, b.paid_amount "
     "HAVING b.paid_amount > coalesce(sum(p.amount - p.refunded_amount), 0)"},
    {"payment.withdrawn-goes-back",
     "SELECT format('payment %s: order %s is %s, %s won are neither back nor on their way', p.id, "
     "  o.id, o.status, p.amount - p.held_amount) AS violation FROM payment p "
     "JOIN payment_expectation e ON e.restaurant_id = p.restaurant_id AND e.order_id = p.order_id "
     "JOIN orders o ON o.restaurant_id = p.restaurant_id AND o.id = p.order_id "
     "WHERE e.undone_at < now() - interval '15 minutes' AND p.status IN " CAPTURED " "
     "  AND p.held_amount < p.amount AND o.status IN ('CANCELED', 'REJECTED', 'EXPIRED')"},
    {"payment.unknown-is-asked-about",
     "SELECT format('payment %s is %s and nobody asks about it', p.id, p.status) AS violation "
     "FROM payment p LEFT JOIN payment_task t ON t.restaurant_id = p.restaurant_id "
     "  AND t.subject_id = p.id WHERE p.status IN ('SUBMITTED', 'UNKNOWN', 'WAITING_FOR_DEPOSIT') "
     "  AND t.subject_id IS NULL "
     "UNION ALL SELECT format('refund %s is %s and nobody asks about it', r.id, r.status) "
     "FROM refund r JOIN payment p ON p.restaurant_id = r.restaurant_id AND p.id = r.payment_id "
     "LEFT JOIN payment_task t ON t.restaurant_id = r.restaurant_id AND t.subject_id = r.id "
     "WHERE p.method IN ('TOSS', 'VIRTUAL_ACCOUNT') AND t.subject_id IS NULL "
     "  AND r.status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')"},
    {"payment.every-change-told",
     "SELECT format('payment %s: version %s, last told %s', p.id, p.version, "
     "  max(e.aggregate_seq)) AS violation FROM payment p LEFT JOIN (SELECT restaurant_id, "
     "    aggregate_id, aggregate_seq FROM shop_feed WHERE aggregate_type = 'payment' "
     "      AND published_at > now() - interval '9 days' UNION ALL SELECT restaurant_id, "
     "aggregate_id, "
     "    aggregate_seq FROM outbox) e ON e.restaurant_id = p.restaurant_id "
     "  AND e.aggregate_id = p.id WHERE p.business_day > current_date - 7 "
     "GROUP BY p.restaurant_id, p.id HAVING coalesce(max(e.aggregate_seq), 0) <> p.version"},
    /* A proof on paper is audited and changes nothing. */
    {"payment.every-change-audited",
     "SELECT format('payment %s: %s events, %s audit rows', p.id, e.told, coalesce(a.written, 0)) "
     "  AS violation FROM payment p JOIN (SELECT restaurant_id, aggregate_id, count(*) AS told "
     "    FROM (SELECT restaurant_id, aggregate_id FROM shop_feed WHERE aggregate_type = 'payment' "
     "      AND published_at > now() - interval '9 days' UNION ALL SELECT restaurant_id, "
     "      aggregate_id FROM outbox WHERE aggregate_type = 'payment') f GROUP BY 1, 2) e "
     "  ON e.restaurant_id = p.restaurant_id AND e.aggregate_id = p.id "
     "LEFT JOIN (SELECT restaurant_id, object_id, count(*) AS written FROM audit_log "
     "    WHERE object_type = 'payment' AND action <> 'payment.refund_printed' "
     "    AND created_at > now() - interval '9 days' GROUP BY 1, 2) "
     "  a ON a.restaurant_id = p.restaurant_id AND a.object_id = p.id "
     "WHERE p.business_day > current_date - 7 AND e.told <> coalesce(a.written, 0)"},
    /* VAT is that of the whole, whatever the parts in which it went back. */
    {"payment.all-back-is-all-vat",
     "SELECT format('payment %s: %s VAT of %s is back, %s of %s tax-free', id, held_vat, vat, "
     "  held_tax_free, tax_free_amount) AS violation FROM (SELECT *, amount - tax_free_amount "
     "  - ((amount - tax_free_amount) * 10 + 5) / 11 AS vat FROM payment) p WHERE held_vat > vat "
     "  OR (held_amount = amount AND (held_vat <> vat OR held_tax_free <> tax_free_amount))"},
    {"payment.receipts-within-cash",
     "SELECT format('receipt %s of %s won, %s were kept of payment %s by %s', r.id, r.amount, "
     "  p.amount - p.held_amount, p.id, p.method) AS violation FROM cash_receipt r JOIN payment p "
     "  ON p.restaurant_id = r.restaurant_id AND p.id = r.payment_id "
     "LEFT JOIN payment_task t ON t.restaurant_id = r.restaurant_id AND t.subject_id = r.id "
     "WHERE r.status = 'ISSUED' AND t.subject_id IS NULL AND (p.method <> 'CASH' "
     "  OR r.amount > p.amount - p.held_amount OR r.tax_free_amount > r.amount)"},
    {"payment.settlements-add-up",
     "SELECT format('settlement %s: %s won less %s, paid out %s', transaction_key, amount, fee, "
     "  pay_out) AS violation FROM settlement WHERE amount - fee <> pay_out"},
    {"payment.settlements-are-ours",
     "SELECT format('payment %s: %s won taken and %s given back, settled %s and %s', s.payment_id, "
     "  p.amount, p.refunded_amount, s.sold, s.back) AS violation FROM (SELECT restaurant_id, "
     "    payment_id, sum(greatest(amount, 0)) AS sold, -sum(least(amount, 0)) AS back "
     "  FROM settlement WHERE payment_id IS NOT NULL GROUP BY 1, 2) s LEFT JOIN payment p "
     "  ON p.restaurant_id = s.restaurant_id AND p.id = s.payment_id "
     "WHERE p.id IS NULL OR s.sold > p.amount OR s.back > p.held_amount"},
    {NULL},
};
