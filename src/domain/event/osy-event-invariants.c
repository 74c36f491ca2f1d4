/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of the feed (I6, I7) and of what protects the rows (I12, I14). */

#include "osy-event-invariants.h"

const OsyDbInvariant osy_event_invariants[] = {
    {"event.feed-without-gap",
     "SELECT format('shop %s: %s events, highest %s, head %s', h.restaurant_id, count(f.seq), "
     "  max(f.seq), h.last_seq) AS violation FROM feed_head h "
     "LEFT JOIN shop_feed f ON f.restaurant_id = h.restaurant_id AND f.epoch = h.epoch "
     "GROUP BY h.restaurant_id, h.last_seq "
     "HAVING count(f.seq) <> h.last_seq OR coalesce(max(f.seq), 0) <> h.last_seq "
     "  OR count(DISTINCT f.seq) <> count(f.seq) OR min(f.seq) <> 1"},
    {"event.feed-has-its-head",
     "SELECT format('shop %s: %s events and no head', f.restaurant_id, f.n) AS violation "
     "FROM (SELECT restaurant_id, count(*) AS n FROM shop_feed GROUP BY 1) f "
     "LEFT JOIN feed_head h USING (restaurant_id) WHERE h.epoch IS NULL"},
    /* What tells rows apart best comes first: sorting is what this takes its time for. */
    {"event.order-within-aggregate",
     "SELECT format('%s %s: event %s before %s', aggregate_type, aggregate_id, before, "
     "  aggregate_seq) AS violation FROM (SELECT *, lag(aggregate_seq) OVER (PARTITION BY "
     "    aggregate_id, aggregate_type, epoch, restaurant_id ORDER BY seq) AS before FROM (SELECT "
     "    aggregate_id, aggregate_type, epoch, restaurant_id, seq, aggregate_seq FROM shop_feed) "
     "e) "
     "f WHERE before >= aggregate_seq"},
    {"event.handlers-keep-up",
     "SELECT format('%s has not handled event %s since %s', consumer, event_id, received_at) "
     "  AS violation FROM inbox WHERE done_at IS NULL AND received_at < now() - interval '1 hour'"},
    /* Measured by what was published since, so that a daemon that was off is no violation. */
    {"event.outbox-empties",
     "SELECT format('event %s of %s %s was passed over', b.event_id, b.aggregate_type, "
     "  b.aggregate_id) AS violation FROM outbox b WHERE b.occurred_at < (SELECT "
     "  max(f.published_at) FROM shop_feed f WHERE f.restaurant_id = b.restaurant_id) "
     "  - interval '1 minute'"},
    {"event.inbox-has-its-event",
     "SELECT format('%s was given event %s, which is not in the feed', i.consumer, i.event_id) "
     "  AS violation FROM inbox i LEFT JOIN shop_feed f ON f.restaurant_id = i.restaurant_id "
     "  AND f.epoch = i.epoch AND f.seq = i.seq "
     "WHERE f.event_id IS DISTINCT FROM i.event_id"},
    /* Of each kind of event between the first and the last that a handler was given, it was given
     * all. Days that the inbox is being emptied of are not judged. */
    {"event.handlers-hear-all",
     "SELECT format('%s was given %s of %s events %s of shop %s', consumer, n, wanted, type, "
     "  restaurant_id) AS violation FROM (SELECT i.restaurant_id, i.consumer, f.type, count(*) AS "
     "    n, max(f.nth) - min(f.nth) + 1 AS wanted FROM inbox i JOIN (SELECT restaurant_id, epoch, "
     "      seq, type, row_number() OVER (PARTITION BY restaurant_id, epoch, type ORDER BY seq) "
     "      AS nth FROM shop_feed WHERE published_at > now() - interval '30 days') f "
     "    ON f.restaurant_id = i.restaurant_id AND f.epoch = i.epoch AND f.seq = i.seq "
     "  WHERE i.received_at > now() - interval '29 days' "
     "  GROUP BY i.restaurant_id, i.epoch, i.consumer, f.type) h WHERE n <> wanted"},
    {"data.default-partitions-empty",
     "SELECT format('shop_feed_default holds %s rows', count(*)) AS violation FROM "
     "shop_feed_default "
     "HAVING count(*) > 0 UNION ALL "
     "SELECT format('audit_log_default holds %s rows', count(*)) FROM audit_log_default "
     "HAVING count(*) > 0"},
    {"data.row-security",
     "SELECT format('table %s is not protected by row level security', c.relname) AS violation "
     "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
     "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'restaurant_id' "
     "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') "
     "  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"},
    {"data.no-grants-on-partitions",
     "SELECT format('%s may reach partition %s past its parent', r.rolname, c.relname) AS "
     "violation "
     "FROM pg_class c CROSS JOIN pg_roles r WHERE c.relispartition AND c.relkind = 'r' "
     "AND r.rolname IN ('ordersync_app', 'ordersync_relay', 'ordersync_sealer', 'ordersync_keys') "
     "AND "
     "(has_table_privilege(r.oid, c.oid, "
     "    'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') "
     "  OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))"},
    {"data.daemon-owns-nothing",
     "SELECT format('%s belongs to %s', pg_describe_object(d.classid, d.objid, d.objsubid), "
     "  r.rolname) AS violation FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid "
     "WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' "
     "  AND r.rolname IN ('ordersync_app', 'ordersync_relay', 'ordersync_sealer', "
     "'ordersync_keys')"},
    {"data.daemon-has-no-power",
     "SELECT format('role %s may pass by row level security', rolname) AS violation FROM pg_roles "
     "WHERE rolname IN ('ordersync_app', 'ordersync_relay', 'ordersync_sealer', 'ordersync_keys') "
     "AND (rolsuper OR "
     "rolbypassrls "
     "  OR rolcreaterole OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = pg_roles.oid))"},
    {"data.views-ask-as-the-caller",
     "SELECT format('view %s runs as its owner', c.relname) AS violation FROM pg_class c "
     "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'v' "
     "  AND NOT coalesce(c.reloptions::text[] @> ARRAY['security_invoker=true'], false)"},
    {"data.checksums", "SELECT 'data checksums are off' AS violation WHERE "
                       "current_setting('data_checksums') <> 'on'"},
    {NULL},
};
