#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The arithmetic of checks beside a model written from the rules alone, in fractions. Random cases:
500, or as many as ORDERSYNC_CASES says; ORDERSYNC_SEED repeats a run."""

import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from math import floor

CASES = int(os.environ.get("ORDERSYNC_CASES", "500"))
SEED = int(os.environ.get("ORDERSYNC_SEED", random.randrange(1 << 30)))


def make(rng):
    members = [{"percent": rng.choice((0, 0, 0, 10, 33, 100)), "won": rng.choice((0, 0, 1, 999, 50000)),
                "service_percent": rng.choice((0, 0, 5, 10, 30))} for _ in range(rng.choice((1, 1, 1, 2, 4)))]
    lines = []
    for _ in range(rng.choice((0, 1, 2, 5, 12))):
        quantity = rng.randint(1, 9)
        voided = rng.choice((0, 0, rng.randint(0, quantity)))
        lines.append({
            "member": rng.randrange(len(members)), "quantity": quantity, "voided": voided,
            "unit_price": rng.choice((0, 1, 7, 100, 4500, 12345, 9_999_999, 100_000_000)),
            "comped": rng.choice((0, 0, rng.randint(0, quantity - voided))),
            "percent": rng.choice((0, 0, 7, 50, 100)), "won": rng.choice((0, 0, 1, 500, 10**7)),
            "tax_free": int(rng.random() < 0.2), "seat": rng.choice((0, 0, 1, 2, 3))})
    free = [Fraction(1)] * len(lines)
    parts = []
    for _ in range(rng.choice((0, 0, 1, 2, 3, 7))):
        kind = rng.choice(("ITEM", "ITEM", "SEAT", "EQUAL", "AMOUNT"))
        takes = []
        for line in range(len(lines)) if kind == "ITEM" else ():
            below = rng.randint(1, 20)
            above = rng.randint(1, below)
            if rng.random() < 0.3 and free[line]:
                above, below = free[line].numerator, free[line].denominator
            if below <= 20 and Fraction(above, below) <= free[line]:
                free[line] -= Fraction(above, below)
                takes.append([line, above, below])
        parts.append({"kind": kind, "takes": takes, "seat": rng.randint(1, 3),
                      "wanted": rng.choice((1, 1000, 33333)), "frozen": int(rng.random() < 0.2),
                      "amount": rng.choice((0, 1, 5000))})
    return {"members": members, "lines": lines, "parts": parts}


def dues_of(case):
    """Totals, and what each line owes of its check."""
    dues, service, total, tax_free = [0] * len(case["lines"]), 0, 0, 0
    for index, member in enumerate(case["members"]):
        nets = {}
        for at, line in enumerate(case["lines"]):
            if line["member"] == index:
                left = line["unit_price"] * (line["quantity"] - line["voided"] - line["comped"])
                nets[at] = max(0, left - floor(Fraction(left * line["percent"], 100)) - line["won"])
        base = sum(nets.values())
        plain = max(0, base - floor(Fraction(base * member["percent"], 100)) - member["won"])
        charge = floor(Fraction(plain * member["service_percent"], 100))
        mine = [at for at in nets if nets[at]]
        shares = {at: (floor(Fraction((plain + charge) * nets[at], base)), floor(Fraction(plain * nets[at], base)))
                  for at in mine}
        if mine:
            ends = mine[-1]
            shares[ends] = (plain + charge - sum(shares[at][0] for at in mine[:-1]),
                            plain - sum(shares[at][1] for at in mine[:-1]))
        for at in mine:
            dues[at] = shares[at][0]
            tax_free += shares[at][1] if case["lines"][at]["tax_free"] else 0
        service += charge
        total += plain + charge
    return dues, service, total, tax_free


def parts_of(case, dues, total):
    taken = [[] for _ in dues]
    covered = [Fraction(0)] * len(dues)
    amounts = [part["amount"] if part["frozen"] else 0 for part in case["parts"]]

    def grab(line, fraction):
        fraction = min(fraction, 1 - covered[line])
        if not fraction:
            return 0
        covered[line] += fraction
        won = dues[line] - sum(taken[line]) if covered[line] == 1 else floor(dues[line] * fraction)
        taken[line].append(won)
        return won

    def lines_of(part):
        if part["kind"] == "ITEM":
            return sum(grab(line, Fraction(above, below)) for line, above, below in part["takes"])
        if part["kind"] == "SEAT":
            return sum(grab(at, Fraction(1)) for at, line in enumerate(case["lines"]) if line["seat"] == part["seat"])
        return 0

    for part in case["parts"]:
        if part["frozen"]:
            lines_of(part)
    for kind in ("ITEM", "SEAT", "AMOUNT"):
        for at, part in enumerate(case["parts"]):
            if part["kind"] == kind and not part["frozen"]:
                asked = part["wanted"] if kind == "AMOUNT" else lines_of(part)
                amounts[at] = max(0, min(asked, total - sum(amounts)))
    equal = [at for at, part in enumerate(case["parts"]) if part["kind"] == "EQUAL" and not part["frozen"]]
    pool = max(0, total - sum(amounts))
    for at in equal:
        amounts[at] = pool // len(equal)
    if equal:
        amounts[equal[-1]] += pool - pool // len(equal) * len(equal)
    return amounts


def expect(case):
    dues, service, total, tax_free = dues_of(case)
    orders = sum(line["unit_price"] * line["quantity"] for line in case["lines"])
    supply = ((total - tax_free) * 10 + 5) // 11
    parts = parts_of(case, dues, total)
    assert sum(dues) == total or not case["lines"]
    return [orders, orders + service - total, service, total, tax_free, supply, total - tax_free - supply,
            total - sum(parts), *dues, *parts]


def main():
    print(f"1..1\n# ORDERSYNC_SEED={SEED} ORDERSYNC_CASES={CASES}")
    rng = random.Random(SEED)
    cases = [make(rng) for _ in range(CASES)]
    answer = subprocess.run([sys.argv[1]], input="".join(json.dumps(case) + "\n" for case in cases), text=True,
                            capture_output=True, check=True)
    wrong = [(case, got, want) for case, got, want in zip(cases, answer.stdout.splitlines(), map(expect, cases))
             if [int(word) for word in got.split()] != want]
    for case, got, want in wrong[:3]:
        print("#", json.dumps(case), "\n# got ", got, "\n# want", *want)
    done = len(answer.stdout.splitlines()) == CASES
    print("ok 1 every case to the won" if done and not wrong else f"not ok 1 {len(wrong)} of {CASES} are wrong")
    return 0 if done and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
