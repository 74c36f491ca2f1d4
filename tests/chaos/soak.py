#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Chaos in rounds, each with a seed of its own, until so many have been killed; then a table of all rounds."""

import argparse
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30), help="of the first round")
    parser.add_argument("--minutes", type=float, default=1e9, help="no further round begins after")
    parser.add_argument("--failpoints", type=int, default=20, help="rounds through every place to die at")
    parser.add_argument("kills", type=int, nargs="*", default=[1000, 300, 200], help="of daemon, PostgreSQL and both")
    args = parser.parse_args()
    until = time.monotonic() + args.minutes * 60
    plan = [("kills", kills) for kills in rounds((*args.kills, 0, 0, 0)[:3])] + [("places", None)] * args.failpoints
    random.Random(args.seed).shuffle(plan)
    rows = []
    for number, (kind, kills) in enumerate(plan, 1):
        if time.monotonic() > until:
            break
        one = argparse.Namespace(build_dir=args.build_dir, seed=args.seed + number, orders=60, named=False)
        if kind == "kills":
            one.daemon_kills, one.postgres_kills, one.double_kills = kills
            violations, figures = chaos.run(one)
        else:
            violations, figures, _ = failpoints.run(one)
        for violation in violations:
            print(f"round {number}, seed {one.seed}: {violation}", flush=True)
        rows.append(row_of(number, figures))
        print(f"round {number} of {len(plan)}: {rows[-1]}", file=sys.stderr, flush=True)
    table(rows)
    return 1 if any(row["violations"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
