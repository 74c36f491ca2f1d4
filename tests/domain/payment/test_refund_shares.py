#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""VAT of sales and of what goes back, beside a model that is written from the law and from the payment service's
documents in fractions. Random cases: 3000, or as many as ORDERSYNC_CASES says; ORDERSYNC_SEED repeats a run."""

import os
import random
import subprocess
import sys
from fractions import Fraction
from math import floor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
from tap import case, equal, run  # noqa: E402

CASES = int(os.environ.get("ORDERSYNC_CASES", "3000"))
SEED = int(os.environ.get("ORDERSYNC_SEED", random.randrange(1 << 30)))
# (total, value of supply, VAT) as the payment service prints them.
EXAMPLES = ((15000, 13636, 1364), (30000, 27273, 2727), (37400, 34000, 3400))


class Program:
    """The arithmetic of the product."""

    def __init__(self, path):
        self.path = path

    def ask(self, sales):
        """For each (amount, tax-free, [(won, tax-free), …]): (supply, VAT, [(tax-free, VAT) or None, …])."""
        lines = (" ".join(str(n) for n in (amount, free, *(n for back in backs for n in back)))
                 for amount, free, backs in sales)
        answer = subprocess.run([self.path], input="\n".join(lines) + "\n", text=True, capture_output=True, check=True)
        for line in answer.stdout.splitlines():
            words = [None if word == "-" else int(word) for word in line.split()]
            yield words[0], words[1], [pair if pair[0] is not None else None for pair in zip(words[2::2], words[3::2])]


def nearest(value):
    """Half a won up."""
    return floor(value + Fraction(1, 2))


def model(amount, free, backs):
    """A price has its VAT of a tenth inside. What has gone back so far bears its share of that, whole won only."""
    supply = nearest(Fraction(amount - free) / Fraction(11, 10))
    vat = amount - free - supply
    gone = gone_free = gone_vat = 0
    shares = []
    for won, wish in backs:
        if not 1 <= won <= amount - gone:
            shares.append(None)
            continue
        share = floor(Fraction(free * won, amount)) if wish < 0 else wish
        share = min(max(share, won - (amount - gone - (free - gone_free))), won, free - gone_free)
        gone, gone_free = gone + won, gone_free + share
        taxed = gone - gone_free
        due = floor(vat * Fraction(taxed, amount - free)) if amount > free else 0
        shares.append((share, due - gone_vat))
        gone_vat = due
    return supply, vat, shares


def make(rng):
    """A sale, and refunds of it until nothing is left; now and then one that is too much."""
    amount = rng.choice((1, 2, 10, 11, 100, 999, 15000, rng.randint(1, 10**5), rng.randint(1, 10**12)))
    free = rng.choice((0, 0, amount, rng.randint(0, amount)))
    backs, left = [], amount
    for _ in range(rng.choice((1, 2, 3, 7, 30))):
        if left == 0:
            break
        won = rng.choice((1, left, rng.randint(1, left), min(left, amount // 3 + 1)))
        backs.append((won, rng.choice((-1, -1, 0, won, rng.randint(0, won)))))
        left -= won
    if rng.random() < 0.2:
        backs.append((left + 1, -1))
    if left:
        backs.append((left, -1))
    return amount, free, backs


@case
def examples(program):
    """The payment service's own examples, to the won"""
    asked = [(total, 0, [(total, -1)]) for total, _, _ in EXAMPLES]
    equal([(supply, vat) for supply, vat, _ in program.ask(asked)], [example[1:] for example in EXAMPLES])
    equal([shares for _, _, shares in program.ask(asked)], [[(0, vat)] for _, _, vat in EXAMPLES])


@case
def rounding(program):
    """Every total up to 200,000 won: the nearest won of supply, a tenth of it within half a won"""
    totals = range(1, 200001)
    for total, (supply, vat, _) in zip(totals, program.ask([(total, 0, []) for total in totals])):
        equal((supply, vat), (nearest(Fraction(total * 10, 11)), total - supply))
        assert abs(Fraction(supply, 10) - vat) <= Fraction(11, 20), total


@case
def beside_the_model(program):
    """Random sales given back in random parts: each part as the model says"""
    rng = random.Random(SEED)
    sales = [make(rng) for _ in range(CASES)]
    for sale, got in zip(sales, program.ask(sales)):
        equal(got, model(*sale), f"{sale}, ORDERSYNC_SEED={SEED}")


@case
def all_of_it(program):
    """Whatever the parts, together they are the sale: its VAT, its tax-free won; and no part is a won off"""
    rng = random.Random(SEED + 1)
    sales = [make(rng) for _ in range(CASES)]
    for (amount, free, backs), (_, vat, shares) in zip(sales, program.ask(sales)):
        done = [(won, share) for (won, _), share in zip(backs, shares) if share is not None]
        equal(sum(won for won, _ in done), amount)
        equal(tuple(map(sum, zip(*(share for _, share in done)))), (free, vat), f"{amount} {free} {backs}")
        for won, (part_free, part_vat) in done:
            assert 0 <= part_free <= won and 0 <= part_vat <= won - part_free
            if amount > free:
                assert abs(part_vat - vat * Fraction(won - part_free, amount - free)) < 1, (amount, free, backs)


if __name__ == "__main__":
    sys.exit(1 if run(Program(sys.argv[1])) else 0)
