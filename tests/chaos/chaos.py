#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A shop at its busiest, orders with money in every state, while the daemon, PostgreSQL or both are killed and the
payment service fails in every way. In the end nothing is lost, doubled, stuck or untold: see docs/RELIABILITY.md."""

import argparse
import json
import os
import random
import signal
import sys
import time

from followers import Poller, Screen
from house import AWAY, House, Refused
from osy_daemon import children
from people import hire
from proof import prove

BETWEEN = 6  # orders that get through between two kills


def send(pid, number):
    """Whether there was somebody to hear it."""
    try:
        os.kill(pid, number)
        return True
    except OSError:
        return False


def kill_postgres(house):
    """The postmaster mostly; now and then one of its backends, or it is told to drop everything at once."""
    try:
        postmaster = house.daemon.postmaster()
    except (OSError, ValueError):
        return False  # it is not even there yet
    way = house.pick(("postmaster", "postmaster", "postmaster", "backend", "immediate"))
    if way == "backend":
        backends = children(postmaster)
        return bool(backends) and send(house.pick(backends), signal.SIGKILL)
    return send(postmaster, signal.SIGQUIT if way == "immediate" else signal.SIGKILL)


def kill(house, victim):
    """One disaster; returns how long it was until the daemon was ready again, if it died itself."""
    if victim == "postgres":
        while not kill_postgres(house):
            time.sleep(0.05)
        return None
    if victim == "both" and house.chance(50):
        while not kill_postgres(house):
            time.sleep(0.05)
    house.kill()
    if victim == "both":
        kill_postgres(house)
    since = time.monotonic()
    house.daemon.start(timeout=120)
    return time.monotonic() - since


def wait_orders(house, more, seconds=120):
    """Until so many more orders got through."""
    wanted, deadline = house.counts["orders"] + more, time.monotonic() + seconds
    while house.counts["orders"] < wanted and not house.faults:
        if time.monotonic() > deadline:
            house.fault(f"nothing got through for {seconds} s")
        time.sleep(0.01)


def kill_things(house, plan):
    """All of the plan, each after some more orders; returns the times of coming back."""
    took = []
    for victim in plan:
        wait_orders(house, BETWEEN)
        if house.faults:
            break
        time.sleep(house.random.uniform(0, 0.3))
        back = kill(house, victim)
        took += [back] if back is not None else []
        house.counts["kills " + victim] += 1
    wait_orders(house, BETWEEN)
    return took


def wait_ready(house):
    """The last kill may have come just before the last order."""
    deadline, last = time.monotonic() + 120, None
    while time.monotonic() < deadline:
        try:
            last = house.daemon.raw("GET", "/ready")
            if last[0] == 200:
                house.daemon.login()
                return
        except (Refused, *AWAY) as problem:
            # A sign-in that was cut off by a kill stays counted as a wrong one; the old token is good.
            if getattr(problem, "status", None) == 429:
                return
            last = problem
        time.sleep(0.05)
    house.fault(f"the daemon did not recover within 120 s: {last!r}")


def run(args):
    """(violations, figures) of one round."""
    plan = ["daemon"] * args.daemon_kills + ["postgres"] * args.postgres_kills + ["both"] * args.double_kills
    random.Random(args.seed).shuffle(plan)
    started = time.monotonic()
    with House(args.build_dir, args.seed) as house:
        house.open()
        followers = [Poller(house), Screen(house)]
        for follower in followers:
            follower.start()
        house.break_service()
        crew, staff = hire(house)
        took = kill_things(house, plan)
        house.stopping.set()
        for person in crew:
            person.join(timeout=400)
        house.counts["faults"] = house.mend_service()
        house.closing.set()
        for person in staff:
            person.join(timeout=400)
        wait_ready(house)
        lasted = time.monotonic()
        violations = prove(house, followers)
        figures = dict(house.counts, seed=args.seed, events=len(followers[1].events), resumed=followers[1].resumed,
                       back=round(max(took, default=0), 1), settled=round(time.monotonic() - lasted, 1),
                       violations=len(violations), seconds=round(time.monotonic() - started, 1))
        if not violations:
            house.daemon.stop()
    return violations, figures


def options(description):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and nothing is left running
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    return parser


def main():
    parser = options(__doc__)
    parser.add_argument("--daemon-kills", type=int, default=20)
    parser.add_argument("--postgres-kills", type=int, default=10)
    parser.add_argument("--double-kills", type=int, default=5)
    args = parser.parse_args()
    print("TAP version 13\n1..1", flush=True)
    violations, figures = run(args)
    print("# " + json.dumps(figures))
    for violation in violations:
        print("# " + violation.replace("\n", "\n# "))
    print(("not ok" if violations else "ok") + f" 1 - nothing is lost, doubled, stuck or untold (seed {args.seed})")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
