#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders from many clients while the daemon and PostgreSQL are killed.

Every acknowledged order must exist exactly once with what was acknowledged, numbers must have no gap,
a feed client that resumes must see each order exactly once, and ordersyncctl check must be silent.
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from osy_daemon import Daemon, Refused  # noqa: E402


class Load:
    """Clients that place orders and never give up on a key."""

    def __init__(self, daemon, orders, clients, seed):
        self.daemon = daemon
        self.todo = orders
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.retries = 0
        self.failed = []
        self.random = random.Random(seed)
        self.body = daemon.order_body()
        self.threads = [threading.Thread(target=self.client) for _ in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join()

    def done(self):
        return not any(thread.is_alive() for thread in self.threads)

    def take(self):
        with self.lock:
            self.todo -= 1
            return self.todo >= 0

    def client(self):
        while self.take():
            key = str(uuid.uuid4())
            try:
                order = self.insist(key)
            except Refused as refused:
                self.failed.append(str(refused))
                continue
            with self.lock:
                self.acknowledged[key] = order

    def insist(self, key):
        deadline = time.monotonic() + 120
        while True:
            try:
                return self.daemon.place(self.body, key=key)
            except Refused as refused:
                if refused.status not in (409, 429, 503, 504) or time.monotonic() > deadline:
                    raise
            except (OSError, json.JSONDecodeError, ConnectionError, EOFError):
                if time.monotonic() > deadline:
                    raise
            except Exception as error:  # http.client raises its own family
                if time.monotonic() > deadline:
                    raise RuntimeError("gave up") from error
            with self.lock:
                self.retries += 1
                pause = self.random.uniform(0.02, 0.2)
            time.sleep(pause)


class Feed(threading.Thread):
    """A client of the REST feed that keeps its place through every crash."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.daemon_under_test = daemon
        self.seen = []
        self.epochs = set()
        self.after = 0
        self.stopping = threading.Event()

    def poll(self):
        page = self.daemon_under_test.call("GET", f"/restaurants/me/feed?after={self.after}&limit=500")
        self.epochs.add(page["epoch"])
        for event in page["events"]:
            if event["seq"] != self.after + 1:
                raise AssertionError(f"event {event['seq']} follows {self.after}")
            self.after = event["seq"]
            if event["type"] == "order.created":
                self.seen.append(event["aggregate_id"])
        return page["head"]

    def run(self):
        while not self.stopping.is_set():
            try:
                self.poll()
            except AssertionError:
                raise
            except Exception:
                pass
            self.stopping.wait(0.05)


def kill_things(daemon, load, daemon_kills, postgres_kills, rng):
    """Kills in random order, each after some more orders got through."""
    plan = ["daemon"] * daemon_kills + ["postgres"] * postgres_kills
    rng.shuffle(plan)
    total = load.todo
    for nth, victim in enumerate(plan):
        target = max(1, total * (nth + 1) // (len(plan) + 1))
        while len(load.acknowledged) < target and not load.done():
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.05))
        if victim == "daemon":
            daemon.kill()
            daemon.start(timeout=60)
        else:
            try:
                os.kill(daemon.postmaster(), signal.SIGKILL)
            except (OSError, ValueError):
                pass
    return len(plan)


def wait_ready(daemon):
    """The last kill may have come just before the last order."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if daemon.raw("GET", "/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("the daemon did not recover within 30 s")


def verify(daemon, load, feed):
    problems = list(load.failed)
    orders = {}
    cursor = ""
    while True:
        page = daemon.call("GET", f"/restaurants/me/orders?limit=100{cursor}")
        for order in page["orders"]:
            if order["id"] in orders:
                problems.append(f"order {order['id']} is listed twice")
            orders[order["id"]] = order
        if not page["next_cursor"]:
            break
        cursor = "&cursor=" + page["next_cursor"]
    ids = [order["id"] for order in load.acknowledged.values()]
    if len(set(ids)) != len(ids):
        problems.append("two keys were given the same order")
    for order in load.acknowledged.values():
        stored = orders.get(order["id"])
        if stored is None:
            problems.append(f"acknowledged order {order['number']} is lost")
        elif (stored["number"], stored["total_amount"]) != (order["number"], order["total_amount"]):
            problems.append(f"order {order['id']} is not as acknowledged")
    numbers = sorted(order["number"] for order in orders.values())
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(f"numbers have a gap: {len(numbers)} orders up to {numbers[-1]}")
    if len(orders) != len(ids):
        problems.append(f"{len(orders)} orders stored, {len(ids)} acknowledged")
    if sorted(feed.seen) != sorted(orders):
        problems.append(f"the feed told {len(feed.seen)} orders of {len(orders)}")
    if len(feed.epochs) != 1:
        problems.append(f"the feed changed its epoch: {feed.epochs}")
    return problems


def sign_in_again(daemon, deadline):
    """Ready is said by one connection to the database; another may find out only now that its own is gone."""
    while True:
        try:
            return daemon.login()
        except Refused as refusal:
            if refusal.status != 503 or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def run(args):
    rng = random.Random(args.seed)
    with Daemon(args.build_dir) as daemon:
        daemon.setup(args.menu)
        daemon.start()
        daemon.login()
        feed = Feed(daemon)
        feed.start()
        load = Load(daemon, args.orders, args.clients, args.seed)
        started = time.monotonic()
        load.start()
        kills = kill_things(daemon, load, args.daemon_kills, args.postgres_kills, rng)
        load.join()
        took = time.monotonic() - started
        feed.stopping.set()
        feed.join()
        wait_ready(daemon)
        deadline = time.monotonic() + 30
        sign_in_again(daemon, deadline)
        while feed.poll() > feed.after or len(feed.seen) < len(load.acknowledged):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        problems = verify(daemon, load, feed)
        check = daemon.ctl("check", check=False)
        if check.returncode != 0:
            problems.append("ordersyncctl check: " + (check.stdout + check.stderr).strip())
        daemon.stop()
    print(f"# seed {args.seed}: {args.orders} orders, {args.clients} clients, {kills} kills, "
          f"{load.retries} retries, {took:.1f} s")
    return problems


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--menu", default=os.path.join(here, "..", "data", "menu-bunsik.csv"))
    parser.add_argument("--orders", type=int, default=150)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--daemon-kills", type=int, default=3)
    parser.add_argument("--postgres-kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    args = parser.parse_args()
    print("TAP version 13\n1..1")
    problems = run(args)
    for problem in problems:
        print("# " + problem.replace("\n", "\n# "))
    print(("not ok" if problems else "ok") + f" 1 - nothing is lost or doubled (seed {args.seed})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
