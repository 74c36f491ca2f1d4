#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Chaos in rounds, each with a seed of its own, until so many have been killed; then a table of all rounds."""

import argparse
import concurrent.futures
import random
import sys
import time

import chaos
import failpoints

COLUMNS = ("round", "seed", "daemon", "postgres", "both", "places", "orders", "payments", "captures", "given back",
           "faults", "retries", "events", "seconds", "violations")
A_ROUND = 25, 10, 5


def row_of(number, figures):
    row = dict(figures, round=number)
    for victim in ("daemon", "postgres", "both"):
        row[victim] = figures.get("kills " + victim, 0)
    return row


def table(rows):
    total = {"round": "all", "seed": ""}
    for name in COLUMNS[2:]:
        total[name] = sum(row.get(name, 0) for row in rows)
    lines = [[str(row.get(name, 0)) for name in COLUMNS] for row in (*rows, total)]
    widths = [max(len(line[i]) for line in (COLUMNS, *lines)) for i in range(len(COLUMNS))]
    for line in (COLUMNS, *lines):
        print("  ".join(word.rjust(width) for word, width in zip(line, widths)))


def rounds(wanted):
    """Kills of each round, until all that are wanted have been."""
    left = list(wanted)
    while any(left):
        kills = [min(most, one) for most, one in zip(A_ROUND, left)]
        left = [one - taken for one, taken in zip(left, kills)]
        yield kills


def play(kind, kills, build_dir, seed):
    """One round: (violations, figures)."""
    one = argparse.Namespace(build_dir=build_dir, seed=seed, orders=60, named=False)
    if kind == "kills":
        one.daemon_kills, one.postgres_kills, one.double_kills = kills
        return chaos.run(one)
    violations, figures, _ = failpoints.run(one)
    return violations, figures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30), help="of the first round")
    parser.add_argument("--minutes", type=float, default=1e9, help="no further round begins after")
    parser.add_argument("--failpoints", type=int, default=20, help="rounds through every place to die at")
    parser.add_argument("--jobs", type=int, default=1, help="rounds at once, each with a shop of its own")
    parser.add_argument("kills", type=int, nargs="*", default=[1000, 300, 200], help="of daemon, PostgreSQL and both")
    args = parser.parse_args()
    until = time.monotonic() + args.minutes * 60
    plan = [("kills", kills) for kills in rounds((*args.kills, 0, 0, 0)[:3])] + [("places", None)] * args.failpoints
    random.Random(args.seed).shuffle(plan)
    rows = []

    def one_round(number):
        if time.monotonic() > until:
            return
        seed = args.seed + number
        with concurrent.futures.ProcessPoolExecutor(1) as alone:  # rounds are interrupted by signals of their own
            violations, figures = alone.submit(play, *plan[number - 1], args.build_dir, seed).result()
        for violation in violations:
            print(f"round {number}, seed {seed}: {violation}", flush=True)
        rows.append(row_of(number, figures))
        print(f"round {number} of {len(plan)}: {rows[-1]}", file=sys.stderr, flush=True)

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        list(pool.map(one_round, range(1, len(plan) + 1)))
    table(rows)
    return 1 if any(row["violations"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
