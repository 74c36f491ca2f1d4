/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* That every won is in exactly one close, or in none yet, and that closes say what they hold. */

#include "osy-till-room.h"

/* Money is entered from the migration on that made the till. */
#define BEGUN "(SELECT applied_at FROM schema_migration WHERE name LIKE '150-till%')"
#define NO_PRACTICE                                                               \
  "NOT EXISTS (SELECT FROM orders o WHERE o.restaurant_id = p.restaurant_id AND " \
  "  o.check_id = p.check_id AND o.practice)"
#define CAPTURED "('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')"
#define VAT "(taxable - (taxable * 10 + 5) / 11)"

const OsyDbInvariant osy_till_invariants[] = {
    {"till.numbers-without-gap",
     "SELECT format('shop %s: %s closes, the newest is %s', restaurant_id, count(*), max(number)) "
     "  AS violation FROM till_z GROUP BY restaurant_id HAVING count(*) <> max(number)"},
    {"till.payments-are-entered",
     "SELECT format('payment %s: %s won and %s VAT taken, %s and %s entered', p.id, w.amount, "
     "  w.vat, e.amount, e.vat) AS violation FROM payment p "
     "CROSS JOIN LATERAL (SELECT p.amount - p.tax_free_amount AS taxable) t "
     "CROSS JOIN LATERAL (SELECT CASE WHEN p.status IN " CAPTURED " THEN p.amount ELSE 0 END AS "
     "  amount, CASE WHEN p.status IN " CAPTURED " THEN " VAT " ELSE 0 END AS vat) w "
     "CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount, coalesce(sum(vat), 0) AS vat "
     "  FROM till_entry n WHERE n.restaurant_id = p.restaurant_id AND n.subject_id = p.id) e "
     "WHERE coalesce(p.paid_at, p.created_at) >= " BEGUN " AND " NO_PRACTICE
     "  AND (w.amount, w.vat) <> (e.amount, e.vat)"},
    {"till.refunds-are-entered",
     "SELECT format('refund %s is %s of %s won, %s entered', r.id, r.status, r.amount, e.amount) "
     "  AS violation FROM refund r JOIN payment p ON p.restaurant_id = r.restaurant_id "
     "  AND p.id = r.payment_id CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount, "
     "    coalesce(sum(vat), 0) AS vat FROM till_entry n WHERE n.restaurant_id = r.restaurant_id "
     "    AND n.subject_id = r.id) e "
     "CROSS JOIN LATERAL (SELECT (r.status = 'DONE')::int AS done) d "
     "WHERE r.created_at >= " BEGUN " AND " NO_PRACTICE
     "  AND (e.amount, e.vat) <> (-r.amount * done, -r.vat_amount * done)"},
    {"till.closes-are-their-entries",
     "SELECT format('close %s: net %s, VAT %s, cash in %s and out %s in the report; its entries "
     "%s, %s, %s and %s', z.number, r.net, r.vat, r.cash_in, r.cash_out, e.net, e.vat, e.cash_in, "
     "  e.cash_out) AS violation FROM till_z z CROSS JOIN LATERAL (SELECT "
     "    (report->'totals'->>'net')::numeric AS net, (report->'totals'->>'vat')::numeric AS vat, "
     "    (report->'totals'->>'tax_free')::numeric AS tax_free, "
     "    (report->'totals'->>'taken')::numeric AS taken, "
     "    (report->'cash'->>'in')::numeric AS cash_in, "
     "    (report->'cash'->>'out')::numeric AS cash_out, (SELECT coalesce(sum((t->>'net')::numeric"
     "      ), 0) FROM jsonb_array_elements(report->'tenders') t) AS tenders) r "
     "CROSS JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE subject_id IS NOT NULL), 0) "
     "    AS net, coalesce(sum(vat), 0) AS vat, coalesce(sum(tax_free), 0) AS tax_free, "
     "    coalesce(sum(amount) FILTER (WHERE kind = 'TAKEN'), 0) AS taken, "
     "    coalesce(sum(amount) FILTER (WHERE kind = 'CASH_IN'), 0) AS cash_in, "
     "    -coalesce(sum(amount) FILTER (WHERE kind = 'CASH_OUT'), 0) AS cash_out "
     "  FROM till_entry n WHERE n.restaurant_id = z.restaurant_id AND n.z_number = z.origin) e "
     "WHERE (r.net, r.vat, r.tax_free, r.taken, r.cash_in, r.cash_out, r.tenders) IS DISTINCT FROM "
     "  (e.net, e.vat, e.tax_free, e.taken, e.cash_in, e.cash_out, e.net)"},
    {"till.expected-is-float-and-cash",
     "SELECT format('close %s: %s expected of %s and cash of %s, %s counted', z.number, "
     "  z.expected, z.opening_float, e.cash, z.counted) AS violation FROM till_z z "
     "CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS cash FROM till_entry n "
     "  WHERE n.restaurant_id = z.restaurant_id AND n.z_number = z.origin "
     "  AND n.tender = 'CASH') e "
     "WHERE z.expected <> z.opening_float + e.cash "
     "  OR (report->'cash'->>'expected')::numeric IS DISTINCT FROM z.expected "
     "  OR (report->'cash'->>'counted')::numeric IS DISTINCT FROM z.counted "
     "  OR (report->'cash'->>'left')::numeric IS DISTINCT FROM z.left_in_drawer"},
    /* A correction has no entries of its own. */
    {"till.entries-have-their-close",
     "SELECT format('entry %s is of close %s', n.id, n.z_number) AS violation FROM till_entry n "
     "LEFT JOIN till_z z ON z.restaurant_id = n.restaurant_id AND z.number = n.z_number "
     "WHERE n.z_number IS NOT NULL AND (z.number IS NULL OR z.corrects IS NOT NULL)"},
    {NULL},
};
