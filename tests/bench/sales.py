# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What the sales view costs a shop with years behind it: a few real sales, whose facts are copied by SQL over three years
and summed as a rebuild sums them; then the view is asked for as the console asks."""

import datetime
import os
import random
import statistics
import subprocess
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from figures import bench_program, figure, load, milliseconds, percentile  # noqa: E402
from osy_daemon import Daemon  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
SALES = 60
DAYS = 1095
PATH = "/restaurants/me/analytics"
ZONE = datetime.timezone(datetime.timedelta(hours=9))
# An id of its own for each copy; they grow with n, as those of version 7 do with time.
NEW_ID = "(lpad(to_hex(n), 8, '0') || substr(md5({0}::text), 9))::uuid"


def psql(daemon, text):
    done = subprocess.run(["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d", "ordersync",
                           "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c",
                           f"SET session_replication_role = replica; SET synchronous_commit = off; "
                           f"SET app.restaurant = '{daemon.restaurant_id}'; {text}"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{text[:300]}: {done.stderr}")
    return done.stdout.strip()


def sell(daemon, chance):
    items = [item["id"] for category in daemon.menu()["categories"] for item in category["items"]
             if not item["sold_out"] and all(group["min"] == 0 for group in item["option_groups"])]
    for _ in range(SALES):
        lines = [{"menu_item_id": one, "quantity": chance.randint(1, 3)} for one in chance.sample(items, chance.randint(1, 4))]
        order = daemon.place(daemon.order_body(items=lines, channel=chance.choice(["COUNTER", "PHONE"]),
                                               accept={"ready_in_minutes": 10}))
        for act in ("ready", "complete"):
            daemon.act(order["id"], act)
        daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": "CASH",
                                          "amount": order["total_amount"]}, key=str(uuid.uuid4()))
    deadline = time.monotonic() + 60
    while int(psql(daemon, "SELECT (SELECT count(*) FROM sale_fact WHERE orders > 0) + (SELECT count(*) FROM sale_money)")) \
            < 2 * SALES:
        if time.monotonic() > deadline:
            raise SystemExit("the sales were never summed")
        time.sleep(0.2)


def columns(daemon, table):
    return psql(daemon, f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 "
                        "AND NOT attisdropped ORDER BY attnum").splitlines()


def copy(daemon, table, orders):
    """From ten in the morning to ten at night, the newest copies today."""
    day = f"(current_date - {DAYS - 1} + (n::bigint * {DAYS} / ({orders} / {SALES} + 1))::int)"
    new = {"order_id": NEW_ID.format("order_id"), "id": NEW_ID.format("id"), "business_day": day,
           "minute": "600 + (n * 7 + row) % 720",
           "created_at": f"{day} + make_interval(mins => 60 + ((n * 7 + row) % 720)::int)"}
    names = columns(daemon, table)
    psql(daemon, f"INSERT INTO {table} SELECT {', '.join(new.get(name, name) for name in names)} "
                 f"FROM generate_series(1, {orders // SALES}) AS n, "
                 f"(SELECT *, row_number() OVER () AS row FROM {table} OFFSET 0) t")


def asked(daemon, query, times):
    took = []
    for _ in range(times):
        begin = time.monotonic()
        body = daemon.call("GET", f"{PATH}?{query}")
        took.append(milliseconds(begin))
    if body["totals"]["orders"] < 100:
        raise SystemExit(f"nothing was sold: {body['totals']}")
    return took


def views(daemon, orders):
    # The business day, which the night is of too.
    today = datetime.date.fromisoformat(psql(daemon, "SELECT max(business_day) FROM sale_fact"))

    def ago(days):
        return (today - datetime.timedelta(days)).isoformat()
    before = load()
    health = []
    for _ in range(20):
        begin = time.monotonic()
        daemon.raw("GET", "/health")
        health.append(milliseconds(begin))
    floor = f"GET /health {statistics.median(health):.1f} ms"
    now = max("20:00", datetime.datetime.now(ZONE).strftime("%H:%M"))  # else there is little to compare with
    day = asked(daemon, f"from={ago(0)}&to={ago(0)}&against={ago(7)}&until={now}", 30)
    figure(f"**the sales of today beside last week's until now**, {orders:,} orders of 3 years",
           f"P50 {percentile(day, 50):.1f} ms, **worst {max(day):.1f} ms**", "≤ 50 ms", floor, before)
    before, worst, middle = load(), [], []
    for back in range(0, DAYS - 190, 90):
        took = asked(daemon, f"from={ago(back + 89)}&to={ago(back)}&against={ago(back + 180)}", 5)
        worst.append(max(took))
        middle += took
    figure(f"**any 90 days beside the 90 before**, {orders:,} orders of 3 years",
           f"P50 {percentile(middle, 50):.1f} ms, **worst {max(worst):.1f} ms**", "≤ 300 ms", floor, before)


def sums(daemon, orders):
    before, began = load(), time.monotonic()
    psql(daemon, f"SELECT sale_sum_days(d::date, d::date + 6) FROM generate_series(current_date - {DAYS}, current_date, "
                 "interval '7 days') d")
    took = time.monotonic() - began
    begin = time.monotonic()
    psql(daemon, "SELECT count(gross) FROM sale_fact")
    figure("**orders summed by days, from their facts**", f"**{took / orders * 1e6:.1f} µs an order**", "≤ 5 µs",
           f"counting those facts {(time.monotonic() - begin) / orders * 1e6:.2f} µs an order", before)


def years(build, orders):
    with Daemon(build) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        sell(daemon, random.Random(7))
        for table in ("sale_fact", "sale_money"):
            copy(daemon, table, orders)
        psql(daemon, "ANALYZE sale_fact; ANALYZE sale_money")
        sums(daemon, orders)
        psql(daemon, "ANALYZE")
        views(daemon, orders)
        daemon.stop()


def page(build):
    """The console's part."""
    before = load()
    first = bench_program(build, "bench-charts", "first", "30")[0]
    figure("**sales view opened → painted**, its figures at hand, cairo, 1366×768",
           f"P50 {percentile(first, 50):.1f} ms, **P99 {percentile(first, 99):.1f} ms**", "≤ 150 ms",
           "one frame 16.7 ms", before)
    before = load()
    pans = bench_program(build, "bench-charts", "pan", "60")[0]
    figure("**a line of 100,000 points moves on**, cairo, 1366×768",
           f"**{1000 / statistics.mean(pans):.0f} fps** [worst {1000 / max(pans):.0f}]", "≥ 50 fps",
           "the frame clock's 60", before)


def insight(build):
    """The detectors on generated shops, beside the simplest ones that could stand in their place."""
    before = load()
    rows = {line.split()[0]: [int(word) for word in line.split()[1:]] for line in subprocess.run(
        [os.path.join(build, "tests", "bench", "bench-insight")], capture_output=True, text=True, check=True,
        timeout=600).stdout.splitlines()}
    (days, alarms, dips, dips_found, slumps, slumps_found), peer = rows["days"], rows["days-peer"]
    figure(f"**days of −35 % found**, of {dips} in 150 generated shops", f"**{100 * dips_found / dips:.0f} %**", "≥ 80 %",
           f"four weeks' mean ± 2σ {100 * peer[3] / peer[2]:.0f} %", before)
    figure(f"three days of −20 % found, of {slumps}", f"{100 * slumps_found / slumps:.0f} %", "–",
           f"four weeks' mean ± 2σ {100 * peer[5] / peer[4]:.0f} %", before)
    figure(f"**false alarms**, {days} ordinary days", f"**{14 * alarms / days:.2f} in 14 days**", "≤ 1",
           f"four weeks' mean ± 2σ {14 * peer[1] / peer[0]:.2f}", before)
    (injected, right, wrong), peer = rows["refunds"], rows["refunds-peer"]
    figure(f"**findings about refunds that are right**, {injected} odd days of 800 people",
           f"**{100 * right / (right + wrong):.0f} %**, {100 * right / injected:.0f} % found", "≥ 90 %",
           f"3σ of their own rates {100 * peer[1] / (peer[1] + peer[2]):.0f} %, {100 * peer[1] / peer[0]:.0f} %", before)


def measure(build, orders=200_000):
    years(build, orders)
    page(build)
    insight(build)
