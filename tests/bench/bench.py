#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Speed and memory of the real programs, each figure beside its target and a floor or peer that is
measured in the same run. Figures, not tests: it always ends with 0 when it could measure.

usage: bench.py BUILD-FOLDER [check [ORDERS] | sales [ORDERS] | insight], on a screen with a session bus
(tests/lib/headless); check: only `ordersyncctl check` over so many orders, 1,000,000; sales: only the sales view
of a shop with so many, 10,000,000; insight: only how well the detectors do."""

import asyncio
import datetime
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
import check  # noqa: E402
import kitchen  # noqa: E402
import money  # noqa: E402
import sales  # noqa: E402
import trust  # noqa: E402
import web  # noqa: E402
from figures import bench_program, figure, load, milliseconds, percentile, spread  # noqa: E402
from osy_daemon import Daemon, children, free_port  # noqa: E402

import websockets  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
ORDERS = 300
# Orders a second: a busy shop's hour in ten seconds, but no race for the processor.
RATE = 30


# ---- orders ----


class Subscriber(threading.Thread):
    """Notes when each order's event came; it asks for the feed from now on."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        self.bearer = {"Authorization": f"Bearer {daemon.token}"}
        self.times = {}
        self.ready = threading.Event()

    def run(self):
        asyncio.run(self.follow())

    async def follow(self):
        async with websockets.connect(self.address, extra_headers=self.bearer) as found:
            hello = json.loads(await found.recv())
            await found.send(json.dumps({"type": "resume", "epoch": hello["epoch"],
                                         "seq": hello["head"]}))
            self.ready.set()
            while len(self.times) < ORDERS:
                text = await found.recv()
                now = time.monotonic()
                message = json.loads(text)
                if message["type"] == "event":
                    self.times[message["event"]["aggregate_id"]] = now


def measure_orders(daemon):
    """(201 → event, order → 201, GET /health) in milliseconds."""
    follower, body = Subscriber(daemon), daemon.order_body()
    follower.start()
    follower.ready.wait(10)
    answered, took, health = {}, [], []
    for number in range(ORDERS):
        begin = time.monotonic()
        order = daemon.place(body)
        answered[order["id"]] = time.monotonic()
        took.append(milliseconds(begin))
        asked = time.monotonic()
        daemon.raw("GET", "/health")
        health.append(milliseconds(asked))
        time.sleep(max(0, 1 / RATE - (time.monotonic() - begin)))
        if number == 0:
            took.clear()
    follower.join(20)
    events = [(follower.times[key] - at) * 1000 for key, at in answered.items()]
    return events, took, health


def bench_board(build, *args):
    return bench_program(build, "bench-board", *args)


def orders(build, daemon):
    before = load()
    events, took, health = measure_orders(daemon)
    late = [max(0.0, value) for value in events]
    p50, p99 = percentile(late, 50), percentile(late, 99)
    floor = f"GET /health P99 {percentile(health, 99):.1f} ms"
    figure(f"order sent → 201, {ORDERS} orders, {RATE}/s",
           f"P50 {percentile(took, 50):.1f} ms, P99 {percentile(took, 99):.1f} ms", "–", floor, before)
    figure("201 → event at a WebSocket subscriber",
           f"P50 {p50:.1f} ms, P99 {p99:.1f} ms", "–", floor, before)
    before = load()
    cards, sounds = bench_board(build, "arrival", "200")
    card99 = percentile(cards, 99)
    figure("event → frame with its card (real store and templates)",
           f"P50 {percentile(cards, 50):.1f} ms, P99 {card99:.1f} ms", "–", "one frame 16.7 ms", before)
    figure("**201 → card on the board** (sum of both P99)", f"**P99 {p99 + card99:.1f} ms**",
           "P99 ≤ 100 ms", "one frame 16.7 ms", before)
    figure("**201 → sound requested** (event P99 + P99 in the console)",
           f"**P99 {p99 + percentile(sounds, 99):.1f} ms**", "≤ 1 s",
           f"event alone {p99:.1f} ms", before)


def audit(build):
    before = load()
    runs = []
    for _ in range(3):
        result = subprocess.run([os.path.join(build, "tests", "bench", "bench-audit")],
                                capture_output=True, text=True, check=True, timeout=120)
        runs.append([float(word) for word in result.stdout.split()])
    figure("**rows of the audit log verified from an export**",
           spread([run[0] for run in runs], "/s"), "≥ 50,000/s",
           f"SHA-256 of the rows alone {statistics.median(run[1] for run in runs):.0f}/s", before)


# ---- past orders ----


def find(build):
    """The order writer fills a cluster of its own with 100,000 orders, then each kind of search."""
    before = load()
    environment = dict(os.environ, G_TEST_SRCDIR=os.path.join(ROOT, "tests"),
                       G_TEST_BUILDDIR=os.path.join(build, "tests"))
    result = subprocess.run([os.path.join(build, "tests", "bench", "bench-find"), "100000"], env=environment,
                            capture_output=True, text=True, check=True, timeout=900)
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    kinds = {row[1]: (float(row[3]), float(row[4])) for row in rows if row[0] == "find"}
    floor = f"the newest 51 {kinds['newest'][0]:.1f} ms"
    figure("orders through the writer, fsync off", f"{next(r[1] for r in rows if r[0] == 'placed')}/s",
           "–", "–", before)
    history = [kinds[kind] for kind in kinds if kind.startswith("90 days")]
    figure("**90 days of past orders**, of 100,000: all, of an item, canceled",
           f"**{max(row[0] for row in history):.1f} ms** median, worst {max(row[1] for row in history):.1f} ms",
           "≤ 300 ms", floor, before)
    slowest = max(kinds, key=lambda kind: kinds[kind][0])
    figure(f"**find, 2,000 items and 100,000 past orders**, {len(kinds)} kinds, slowest: {slowest}",
           f"**{kinds[slowest][0]:.1f} ms** median, worst of all {max(k[1] for k in kinds.values()):.1f} ms",
           "≤ 30 ms", floor, before)
    for kind, (median, worst) in kinds.items():
        figure(f"find: {kind}", f"{median:.1f} ms [.. {worst:.1f}]", "≤ 30 ms", floor, before)


# ---- sagas ----


def saga(build):
    """The sweeper looks at what is late, with a cluster of its own, fsync off."""
    before = load()
    environment = dict(os.environ, G_TEST_SRCDIR=os.path.join(ROOT, "tests"),
                       G_TEST_BUILDDIR=os.path.join(build, "tests"))
    result = subprocess.run([os.path.join(build, "tests", "bench", "bench-saga"), "10000"], env=environment,
                            capture_output=True, text=True, check=True, timeout=300)
    figure("**a look at 10,000 late sagas**", f"**{float(result.stdout):.0f} ms**", "≤ 1,000 ms", "–", before)


# ---- the console ----


def window_of(pid, begin, limit=20):
    """Milliseconds until a process shows a window."""
    while time.monotonic() - begin < limit:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)],
                               capture_output=True, text=True, check=False)
        if found.stdout.strip():
            return milliseconds(begin)
        time.sleep(0.01)
    raise SystemExit(f"no window of process {pid} in {limit} s")


def end(process):
    """Ends a process and what it started."""
    below = children(process.pid)
    process.terminate()
    process.wait(timeout=20)
    for pid in below:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
        deadline = time.monotonic() + 15
        while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
            time.sleep(0.05)


def console(build, daemon):
    before = load()
    environment = dict(os.environ, ORDERSYNC_SERVER=f"http://127.0.0.1:{daemon.port}",
                       GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"), GSETTINGS_BACKEND="memory")
    begins, windows = [], []
    for _ in range(6):
        begins.append(bench_board(build, "start", str(int(time.monotonic() * 1e6)))[0][0])
        begin = time.monotonic()
        program = subprocess.Popen([daemon.program("ordersync")], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        windows.append(window_of(program.pid, begin))
        end(program)
    figure("**console exec → first frame with 300 open orders**, warm", spread(begins[1:], "ms"),
           "≤ 1000 ms", f"the program's own first window {statistics.median(windows[1:]):.0f} ms", before)
    before = load()
    speeds = [bench_board(build, "scroll")[0][0] for _ in range(3)]
    figure("**300 cards scroll**, cairo, 1366×768", spread(speeds, "fps", 1), "≥ 50 fps",
           "the frame clock's 60", before)


# ---- the counter sale and the menu ----


def sale(build):
    """Over a menu of 2,000 items, the cart kept on disk."""
    before = load()
    taps = bench_program(build, "bench-sale", "tap", "200")[0]
    figure("**tap → item in the cart painted**, 2,000 items, cairo, 1366×768",
           f"P50 {percentile(taps, 50):.1f} ms, **P99 {percentile(taps, 99):.1f} ms**", "P99 ≤ 50 ms",
           "one frame 16.7 ms", before)
    before = load()
    painted, chosen = bench_program(build, "bench-sale", "find", "120")
    figure("**find in the sale**, 2,000 items: typed → tiles chosen",
           f"P50 {percentile(chosen, 50):.1f} ms, **P99 {percentile(chosen, 99):.1f} ms**", "≤ 30 ms",
           f"with the frame P50 {percentile(painted, 50):.1f} ms, P99 {percentile(painted, 99):.1f} ms",
           before)
    before = load()
    letters, pluses = bench_program(build, "bench-sale", "keys", "120")
    figure("**key → painted**, a scanner watched for, cairo, 1366×768: a letter of the search",
           f"P50 {percentile(letters, 50):.1f} ms, **P99 {percentile(letters, 99):.1f} ms**",
           "P99 ≤ 50 ms", "one frame 16.7 ms", before)
    figure("**key → painted**, the same: one more of a line in the cart",
           f"P50 {percentile(pluses, 50):.1f} ms, **P99 {percentile(pluses, 99):.1f} ms**",
           "P99 ≤ 50 ms", "one frame 16.7 ms", before)


def tables(build):
    """Sixty open tables, each of which says something else at every repaint."""
    before = load()
    rendered, painted = bench_program(build, "bench-tables", "120")
    figure("**60 open tables repaint**, cairo, 1366×768: layout and nodes",
           f"P50 {percentile(painted, 50):.1f} ms, **P99 {percentile(painted, 99):.1f} ms**", "≤ 16 ms",
           f"rendered too P50 {percentile(rendered, 50):.1f} ms, P99 {percentile(rendered, 99):.1f} ms",
           before)


def kitchen_display(build):
    """The kitchen display with forty tickets."""
    before = load()
    changes = bench_program(build, "bench-kitchen", "200")[0]
    figure("**a ticket changes → painted**, 40 tickets in the kitchen, cairo, 1366×768",
           f"P50 {percentile(changes, 50):.1f} ms, **P99 {percentile(changes, 99):.1f} ms**", "≤ 50 ms",
           "one frame 16.7 ms", before)


def new_id():
    """A uuid of version 7, as a client makes it."""
    return str(uuid.UUID(int=time.time_ns() // 1_000_000 << 80 | 7 << 76 | 2 << 62
                         | uuid.uuid4().int & (1 << 62) - 1))


def menu_edits(daemon):
    """An edit sent → the public menu that has it, with 2,000 items on the menu."""
    category, item = new_id(), new_id()
    changes = [{"kind": "category", "id": category, "entry": {"name": "많은 메뉴"}}]
    changes += [{"kind": "item", "id": item if number == 0 else new_id(),
                 "entry": {"category_id": category, "name": f"메뉴 {number:04d}", "price": 5000}}
                for number in range(2000)]
    daemon.call("POST", "/restaurants/me/menu/changes", {"changes": changes})
    before, took, floor = load(), [], []
    for number in range(30):
        begin = time.monotonic()
        daemon.call("PATCH", f"/restaurants/me/menu/items/{item}", {"price": 6000 + number})
        while f'"price":{6000 + number}' not in public_menu(daemon):
            time.sleep(0.001)
        took.append(milliseconds(begin))
        begin = time.monotonic()
        public_menu(daemon)
        floor.append(milliseconds(begin))
    figure("**menu edit sent → public menu**, 2,000 items",
           f"P50 {percentile(took, 50):.1f} ms, **worst {max(took):.1f} ms**", "≤ 100 ms",
           f"reading that menu {statistics.median(floor):.1f} ms", before)


def public_menu(daemon):
    _, _, content = daemon.raw("GET", f"/api/v1/restaurants/{daemon.restaurant_id}/menu")
    return content.decode()


def second_run(build):
    before, took = load(), []
    with tempfile.TemporaryDirectory(prefix="osy-", dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        environment = dict(os.environ, ORDERSYNC_SERVER=f"http://127.0.0.1:{free_port()}",
                           ORDERSYNC_DATA_DIR=os.path.join(folder, "data"),
                           ORDERSYNC_KEY_PROVIDER="file", GSETTINGS_BACKEND="memory")
        for _ in range(4):
            begin = time.monotonic()
            program = subprocess.Popen([os.path.join(ROOT, "run")], env=environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            took.append(window_of(program.pid, begin))
            # Until its daemon answers, so that the next run finds whole data.
            time.sleep(2)
            end(program)
    quiet = time.monotonic()
    subprocess.run(["ninja", "-C", build, "-n", "--quiet"], stdout=subprocess.DEVNULL, check=True)
    figure("**second `./run` → window**", spread(took[1:], "ms"), "≤ 3000 ms",
           f"asking ninja {milliseconds(quiet):.0f} ms", before)


# ---- the daemon ----


def as_owner(folder):
    owner = os.stat(folder)

    def become():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(owner.st_gid)
            os.setuid(owner.st_uid)
    return become


def binaries(daemon):
    with open(os.path.join(daemon.data_dir, "pg", "PG_VERSION"), encoding="utf-8") as file:
        return f"/usr/lib/postgresql/{file.read().strip()}/bin"


def bare_postgres(daemon):
    """Milliseconds until the same cluster, started by hand, answers."""
    run, folder = os.path.join(daemon.data_dir, "run"), os.path.join(daemon.data_dir, "pg")
    begin = time.monotonic()
    process = subprocess.Popen([os.path.join(binaries(daemon), "postgres"), "-D", folder, "-k", run],
                               preexec_fn=as_owner(daemon.data_dir), cwd="/",
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while subprocess.run(["pg_isready", "-q", "-h", run], check=False).returncode != 0:
        time.sleep(0.01)
    took = milliseconds(begin)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    return took


def bare_initdb(daemon):
    folder = tempfile.mkdtemp(prefix="osy-", dir="/var/tmp")
    owner = os.stat(daemon.data_dir)
    os.chown(folder, owner.st_uid, owner.st_gid)
    begin = time.monotonic()
    subprocess.run([os.path.join(binaries(daemon), "initdb"), "-D", os.path.join(folder, "pg"),
                    "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"],
                   preexec_fn=as_owner(daemon.data_dir), cwd="/", stdout=subprocess.DEVNULL, check=True)
    took = milliseconds(begin)
    shutil.rmtree(folder)
    return took


def readiness(build, daemon):
    before, took, floor = load(), [], []
    for _ in range(5):
        begin = time.monotonic()
        daemon.start()
        took.append(milliseconds(begin))
        daemon.stop()
        floor.append(bare_postgres(daemon))
    figure("**daemon ready, existing data directory**", spread(took, "ms"), "≤ 1500 ms",
           f"bare postgres {statistics.median(floor):.0f} ms", before)
    before, took, floor = load(), [], []
    for _ in range(3):
        with Daemon(build) as fresh:
            begin = time.monotonic()
            fresh.start()
            took.append(milliseconds(begin))
            fresh.stop()
        floor.append(bare_initdb(daemon))
    figure("**daemon ready, empty data directory**", spread(took, "ms"), "≤ 4000 ms",
           f"initdb alone {statistics.median(floor):.0f} ms", before)


def kilobytes(path, name):
    with open(path, encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def memory(daemon):
    """Idle: after one order and five quiet seconds."""
    before = load()
    daemon.start()
    daemon.login()
    daemon.place()
    time.sleep(5)
    below = [daemon.postmaster(), *children(daemon.postmaster())]
    rss = kilobytes(f"/proc/{daemon.process.pid}/status", "VmRSS") / 1024
    own = kilobytes(f"/proc/{daemon.process.pid}/smaps_rollup", "Pss") / 1024
    pss = sum(kilobytes(f"/proc/{pid}/smaps_rollup", "Pss") for pid in below) / 1024
    daemon.stop()
    figure("**idle daemon**", f"**{rss:.1f} MB RSS**", "≤ 40 MB", f"{own:.1f} MB PSS", before)
    figure(f"**its PostgreSQL**, {len(below)} processes", f"**{pss:.1f} MB PSS**", "≤ 40 MB",
           f"postmaster alone {kilobytes_of_postmaster(daemon):.1f} MB", before)


def kilobytes_of_postmaster(daemon):
    """A PostgreSQL of the same settings with no client at all, in MB of PSS."""
    run = os.path.join(daemon.data_dir, "run")
    process = subprocess.Popen(
        [os.path.join(binaries(daemon), "postgres"), "-D", os.path.join(daemon.data_dir, "pg"), "-k", run],
        preexec_fn=as_owner(daemon.data_dir), cwd="/", stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    while subprocess.run(["pg_isready", "-q", "-h", run], check=False).returncode != 0:
        time.sleep(0.02)
    pss = kilobytes(f"/proc/{process.pid}/smaps_rollup", "Pss") / 1024
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    return pss


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    with open("/proc/meminfo", encoding="utf-8") as file:
        size = int(file.readline().split()[1]) >> 20
    return f"{os.cpu_count()} × {model}, {size} GiB, Linux {platform.release()}"


def main():
    build = os.path.abspath(sys.argv[1])
    now = datetime.datetime.now(datetime.timezone.utc)
    print(f"{now:%Y-%m-%d %H:%M} UTC, {machine()}\n")
    print("| figure | measured | target | floor or peer, same run | load before → after |")
    print("|---|---|---|---|---|", flush=True)
    orders_of = [int(word) for word in sys.argv[3:4]]
    if "check" in sys.argv[2:3]:
        check.measure(build, *orders_of or [1_000_000])
    elif "sales" in sys.argv[2:3]:
        sales.years(build, *orders_of or [10_000_000])
        sales.page(build)
    elif "insight" in sys.argv[2:3]:
        sales.insight(build)
    else:
        everything(build)


def everything(build):
    with Daemon(build) as daemon:
        daemon.setup(MENU)
        readiness(build, daemon)
        memory(daemon)
        daemon.start()
        daemon.login()
        orders(build, daemon)
        kitchen.measure(daemon)
        console(build, daemon)
        menu_edits(daemon)
        trust.guarded_reads(build, daemon)
        web.kitchen(daemon)
        daemon.stop()
    trust.cryptography(build)
    audit(build)
    sale(build)
    tables(build)
    kitchen_display(build)
    find(build)
    saga(build)
    money.measure(build)
    sales.measure(build)
    check.measure(build, 20_000)
    second_run(build)


if __name__ == "__main__":
    main()
