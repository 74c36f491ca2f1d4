# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""How long `ordersyncctl check` takes over a shop of many orders: one real sale, copied by SQL with ids and times of its
own, as many a day as a busy shop has."""

import os
import subprocess
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from figures import figure, load  # noqa: E402
from osy_daemon import Daemon  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
DAILY = 900  # orders
# What the sale left behind: table, and which of its rows.
ROWS = {
    "guest_check": "id = '{check}'",
    "orders": "id = '{order}'",
    "order_step": "order_id = '{order}'",
    "order_find": "order_id = '{order}'",
    "kitchen_order": "order_id = '{order}'",
    "kitchen_course": "order_id = '{order}'",
    "kitchen_ticket": "order_id = '{order}'",
    "kitchen_line": "order_id = '{order}'",
    "payment": "order_id = '{order}'",
    "saga": "order_id = '{order}'",
    "stock_reservation": "subject_id = '{order}'",
    "shop_feed": "true",
    "audit_log": "object_id IN ('{order}', '{check}', '{payment}')",
    "audit_seal": "row_id IN (SELECT id FROM audit_log WHERE object_id IN ('{order}', '{check}', '{payment}'))",
    "inbox": "true",
    "idempotency": "subject_id = '{order}'",
}
RECENT = ("inbox", "idempotency")  # kept for 30 days
SAME = {"restaurant_id", "epoch", "menu_item_id", "station_id", "ingredient_id"}


class Copier:
    """Writes the statements; n is the copy, from 1, the last one the newest."""

    def __init__(self, daemon, copies):
        self.daemon, self.copies = daemon, copies
        self.ids = []  # that stand in documents

    def psql(self, text):
        done = subprocess.run(["psql", "-h", os.path.join(self.daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
                               "ordersync", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", text],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{text[:300]}: {done.stderr}")
        return done.stdout.strip()

    def columns(self, table):
        rows = self.psql(f"SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = '{table}'::regclass "
                         "AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")
        return [row.split("|") for row in rows.splitlines()]

    @staticmethod
    def new_id(value):
        """Ids grow with n, as those of version 7 do with time."""
        return (f"(lpad(to_hex(n), 8, '0') || '-' || substr(md5({value}), 1, 4) || '-7' || substr(md5({value}), 5, 3) "
                f"|| '-8' || substr(md5({value}), 8, 3) || '-' || substr(md5({value}), 11, 12))")

    def expression(self, table, name, kind):
        own = f"t.{name}"
        special = {("orders", "number"): f"1 + ({self.copies} - n) % {DAILY}",
                   ("kitchen_order", "number"): f"1 + ({self.copies} - n) % {DAILY}",
                   ("saga", "order_number"): f"1 + ({self.copies} - n) % {DAILY}",
                   ("shop_feed", "seq"): "k.seq + (n - 1) * k.size + t.nth",
                   ("inbox", "seq"): "k.seq + (n - 1) * k.size + t.nth",
                   ("audit_seal", "seq"): "k.seal + (n - 1) * k.seals + t.nth",
                   ("idempotency", "key"): "t.key || n"}.get((table, name))
        if special:
            return special
        if kind == "uuid" and name not in SAME:
            return f"{self.new_id(own + '::text')}::uuid"
        if kind == "timestamp with time zone":
            return f"{own} - ({self.copies} - n) * interval '{86400 / DAILY} s' - interval '2 days'"
        if kind == "date":
            return f"(current_date - 2 - (({self.copies} - n) / {DAILY})::int)"
        if kind == "jsonb":
            text = f"{own}::text"
            for value in self.ids:
                known = "'" + value + "'"
                text = f"replace({text}, {known}, {self.new_id(known)})"
            return f"({text})::jsonb"
        return own

    def copy(self, table):
        names = self.columns(table)
        first = max(1, self.copies - 27 * DAILY) if table in RECENT else 1
        self.psql(f"SET session_replication_role = replica; SET synchronous_commit = off; INSERT INTO {table} "
                  f"({', '.join(name for name, _ in names)}) OVERRIDING SYSTEM VALUE SELECT "
                  f"{', '.join(self.expression(table, *one) for one in names)} FROM generate_series({first}, {self.copies}) AS n, "
                  f"LATERAL (SELECT * FROM copied.{table} OFFSET 0) t, copied.known k")

    def prepare(self, ids):
        """What is copied, apart; with it how long the feed and the seals are. Months of the past get their partitions."""
        self.psql("CREATE SCHEMA copied")
        nth = {"shop_feed": ", row_number() OVER (ORDER BY seq) AS nth", "audit_seal":
               ", row_number() OVER (ORDER BY seq) AS nth"}
        for table, which in ROWS.items():
            source = f"SELECT *{nth.get(table, '')} FROM {table} WHERE {which.format(**ids)}"
            if table == "shop_feed":
                source = ("SELECT *, row_number() OVER (ORDER BY seq) AS nth FROM shop_feed WHERE aggregate_id IN "
                          "(SELECT unnest(ARRAY['{order}', '{check}', '{payment}']::uuid[]) UNION SELECT id FROM "
                          "kitchen_ticket WHERE order_id = '{order}')").format(**ids)
            if table == "inbox":
                source = "SELECT i.*, f.nth FROM inbox i JOIN copied.shop_feed f USING (restaurant_id, epoch, seq)"
            self.psql(f"CREATE TABLE copied.{table} AS {source}")
        self.psql("CREATE TABLE copied.known AS SELECT (SELECT last_seq FROM feed_head) AS seq, (SELECT count(*) FROM "
                  "copied.shop_feed) AS size, (SELECT max(seq) FROM audit_seal) AS seal, (SELECT count(*) FROM "
                  "copied.audit_seal) AS seals")
        self.ids = self.psql(
            "SELECT DISTINCT id FROM (SELECT id FROM copied.orders UNION SELECT id FROM copied.guest_check UNION SELECT id "
            "FROM copied.payment UNION SELECT line_id FROM copied.kitchen_line UNION SELECT id FROM "
            "copied.kitchen_ticket) x").splitlines()
        self.psql("""DO $$
            DECLARE first date; parent text;
            BEGIN
              FOR first IN SELECT generate_series(date_trunc('month', now()) - interval '60 months',
                  date_trunc('month', now()) - interval '1 month', interval '1 month') LOOP
                FOREACH parent IN ARRAY ARRAY['shop_feed', 'audit_log'] LOOP
                  EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                    parent || to_char(first, '_YYYYMM'), parent, first::text || ' 00:00+00',
                    ((first + interval '1 month')::date)::text || ' 00:00+00');
                  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', parent || to_char(first, '_YYYYMM'));
                  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', parent || to_char(first, '_YYYYMM'));
                END LOOP;
              END LOOP;
            END $$""")

    def run(self, ids):
        self.prepare(ids)
        for table in ROWS:
            self.copy(table)
        # That of the sale itself comes before all copies; those between are too old to be kept.
        self.psql("DELETE FROM inbox USING copied.known k WHERE inbox.seq <= k.seq")
        self.psql(f"INSERT INTO order_number SELECT restaurant_id, business_day, count(*) FROM orders WHERE business_day < "
                  "current_date - 1 GROUP BY 1, 2; UPDATE feed_head SET last_seq = (SELECT max(seq) FROM shop_feed); "
                  "DROP SCHEMA copied CASCADE")
        self.psql("ANALYZE")


def sell(daemon):
    """A counter sale: accepted with its placing, made, handed over and paid in cash. Its ids."""
    order = daemon.place(daemon.order_body(accept={"ready_in_minutes": 10}))
    for act in ("ready", "complete"):
        daemon.act(order["id"], act)
    payment = daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": "CASH",
                                                "amount": order["total_amount"]}, key=str(uuid.uuid4()))
    quiet = ("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE done_at IS NULL) + (SELECT count(*) "
             "FROM audit_unsealed) + (SELECT count(*) FROM saga WHERE step <> 'COMPLETED')")
    deadline = time.monotonic() + 20
    while daemon.sql(quiet).splitlines()[2].strip() != "0":
        if time.monotonic() > deadline:
            raise SystemExit("the sale never came to its end")
        time.sleep(0.1)
    return {"order": order["id"], "check": order["check_id"], "payment": payment["id"]}


def measure(build, orders):
    """Seconds of a check over that many orders. What it finds is told."""
    with Daemon(build) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        ids = sell(daemon)
        begin = time.monotonic()
        Copier(daemon, orders).run(ids)
        copied = time.monotonic() - begin
        before = load()
        begin = time.monotonic()
        done = subprocess.run([daemon.program("ordersyncctl"), "--data-dir", daemon.data_dir, "check"],
                              capture_output=True, text=True, check=False)
        took = time.monotonic() - begin
        if done.returncode != 0:
            raise SystemExit(f"check: {done.stdout[:2000]}{done.stderr}")
        figure(f"**`ordersyncctl check` over {orders:,} orders**", f"**{took:.1f} s**", "≤ 60 s for 1,000,000",
               f"writing them {copied:.0f} s", before)
        daemon.stop()
