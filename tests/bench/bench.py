#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""./run bench: how fast and how small, each figure with its goal and, where there is one, a floor
measured in the same run. Not a test: the machine's load stands beside each figure."""

import asyncio
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon  # noqa: E402

import websockets  # noqa: E402

ROOT = os.path.join(HERE, "..", "..")
MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
ROWS = []


def load():
    return f"{os.getloadavg()[0]:.2f}"


def row(name, figure, goal, floor="", before=None):
    ROWS.append((name, figure, goal, floor, f"{before or load()}–{load()}"))
    print(f"{name}: {figure}  (goal {goal}{', floor ' + floor if floor else ''}, load {ROWS[-1][4]})", flush=True)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def kib(path, name):
    with open(path, encoding="utf-8") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def family(pid):
    """A process and everything below it."""
    found = [pid]
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(stat, encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += family(int(stat.split("/")[2]))
    return found


def bare_postgres():
    """Seconds of initdb and of a first start of a bare cluster: what no daemon can go below."""
    binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    with tempfile.TemporaryDirectory(prefix="osy-") as folder:
        os.chmod(folder, 0o777)
        data = os.path.join(folder, "pg")
        user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        begin = time.monotonic()
        subprocess.run(user + [os.path.join(binaries, "initdb"), "-D", data, "-k", "-E", "UTF8", "--locale=C.UTF-8"],
                       check=True, capture_output=True, cwd="/")
        made = time.monotonic() - begin
        begin = time.monotonic()
        server = subprocess.Popen(user + [os.path.join(binaries, "postgres"), "-D", data, "-k", folder,
                                          "-c", "listen_addresses="], stderr=subprocess.PIPE, text=True, cwd="/")
        for line in server.stderr:
            if "ready to accept connections" in line:
                break
        started = time.monotonic() - begin
        server.terminate()
        server.communicate()
    return made, started


def starts():
    before = load()
    made, started = bare_postgres()
    with Daemon(sys.argv[1]) as daemon:
        begin = time.monotonic()
        daemon.start()
        row("daemon ready, empty directory", f"{time.monotonic() - begin:.2f} s", "≤ 4 s",
            f"initdb {made:.2f} s + start {started:.2f} s", before)
        daemon.stop()
        times = []
        for _ in range(5):
            begin = time.monotonic()
            daemon.start()
            times.append(time.monotonic() - begin)
            daemon.stop()
        row("daemon ready, existing directory", f"{statistics.median(times):.2f} s", "≤ 1.5 s",
            f"start {started:.2f} s")


def memory(daemon):
    time.sleep(5)
    pids = family(daemon.process.pid)
    rss = kib(f"/proc/{pids[0]}/status", "VmRSS")
    pss = sum(kib(f"/proc/{pid}/smaps_rollup", "Pss") for pid in pids[1:])
    row("idle daemon, RSS", f"{rss / 1024:.1f} MB", "≤ 40 MB")
    row(f"its PostgreSQL, PSS of {len(pids) - 1} processes", f"{pss / 1024:.1f} MB", "≤ 40 MB")


async def feed_times(daemon, count):
    """Milliseconds from each 201 to its event at a subscriber; below zero when the event was first."""
    loop = asyncio.get_running_loop()
    address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
    arrived, answered = {}, {}
    body = daemon.order_body()
    async with websockets.connect(address, extra_headers={"Authorization": f"Bearer {daemon.token}"}) as socket:
        hello = json.loads(await socket.recv())
        await socket.send(json.dumps({"type": "resume", "epoch": hello["epoch"], "seq": hello["head"]}))

        async def listen():
            while len(arrived) < count:
                message = json.loads(await socket.recv())
                if message["type"] == "event" and message["event"]["type"] == "order.created":
                    arrived[message["event"]["aggregate_id"]] = time.monotonic()

        def place():
            for _ in range(count):
                order = daemon.place(body)
                answered[order["id"]] = time.monotonic()
                time.sleep(0.01)

        await asyncio.gather(listen(), loop.run_in_executor(None, place))
    return [(arrived[one] - answered[one]) * 1000 for one in answered]


def orders(daemon):
    before = load()
    times = asyncio.run(feed_times(daemon, 300))
    row("201 → event at a subscriber, P50 / P99", f"{percentile(times, .5):.1f} / {percentile(times, .99):.1f} ms",
        "", "", before)
    return percentile(times, .99)


def headless(*command, timeout=60):
    env = dict(os.environ, SCREEN="1366x768", LC_ALL="C.UTF-8", GSETTINGS_BACKEND="memory",
               GSETTINGS_SCHEMA_DIR=os.path.join(sys.argv[1], "data"))
    return subprocess.run([os.path.join(ROOT, "tests", "lib", "headless"), *command], env=env, text=True,
                          capture_output=True, timeout=timeout, check=True).stdout


def board(feed_p99):
    bench = os.path.join(sys.argv[1], "tests", "bench", "bench-board")
    before = load()
    frames = [float(part) for part in headless(bench, "arrival", "100").split()]
    frame_p99 = percentile(frames, .99)
    row("201 → card on the board, P99 (feed + frame, each at its P99)", f"{feed_p99 + frame_p99:.0f} ms",
        "≤ 100 ms", f"frame alone P50 {percentile(frames, .5):.0f} ms", before)
    before = load()
    script = f'for i in 1 2 3 4 5; do {bench} start $(($(cut -d" " -f1 /proc/uptime | tr -d .) * 10000)); done'
    times = [float(part) for part in headless("sh", "-c", script).split()]
    row("exec → first frame with 300 open orders, median of 5", f"{statistics.median(times):.0f} ms", "≤ 1,000 ms",
        "", before)
    before = load()
    row("300 cards scroll, cairo", f"{float(headless(bench, 'scroll').split()[-1]):.0f} fps", "≥ 50 fps", "", before)


def main():
    starts()
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        memory(daemon)
        daemon.login()
        daemon.place()
        feed_p99 = orders(daemon)
        daemon.stop()
    board(feed_p99)
    print("\n| figure | measured | goal | floor in the same run | load |\n|---|---|---|---|---|")
    for line in ROWS:
        print("| " + " | ".join(line) + " |")


if __name__ == "__main__":
    main()
