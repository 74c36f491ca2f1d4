#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The state machines as the daemon's tables have them, the database's triggers and the contract: one and the same."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "lib"))
from osy_contract import Contract  # noqa: E402
from tap import case, equal, run  # noqa: E402

# Machine → where the contract says what its states are: a schema, or a schema and its member.
TOLD = {"order": ("OrderStatus",), "check": ("CheckStatus",), "ticket": ("KitchenTicket", "state"),
        "print": ("PrintState",)}
# Machines whose table has another name.
KEPT = {"order", "check", "ticket", "line", "print"}
ROW = re.compile(r"^INSERT INTO state_(initial|transition) VALUES \('([^']+)', '([^']+)'(?:, '([^']+)')?\)")


class Machines:
    """What osy-print-states prints: at each build, into the schema."""

    def __init__(self, text):
        self.initial, self.steps = {}, {}
        for line in text.splitlines():
            if found := ROW.match(line):
                kind, machine, one, other = found.groups()
                if kind == "initial":
                    self.initial.setdefault(machine, set()).add(one)
                else:
                    self.steps.setdefault(machine, []).append((one, other))

    def states(self, machine):
        return self.initial[machine] | {state for step in self.steps[machine] for state in step}

    def reached(self, machine):
        seen, new = set(), set(self.initial[machine])
        while new:
            seen |= new
            new = {to for from_, to in self.steps[machine] if from_ in seen} - seen
        return seen


def enum_of(schemas, name, member=None):
    schema = schemas[name]
    if member:
        schema = schema["properties"][member]
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    return set(schema["enum"])


@case
def every_state_can_come_about(machines):
    """Each machine begins somewhere, and each of its states can be reached from there."""
    equal(set(machines.initial), set(machines.steps))
    for machine in machines.initial:
        equal(machines.states(machine) - machines.reached(machine), set(), f"never reached by {machine}")


@case
def the_database_watches(machines):
    """Each trigger has its machine, and each machine whose rows are kept has its trigger."""
    schema = ""
    folder = os.path.join(ROOT, "data", "sql")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            schema += file.read()
    watched = set(re.findall(r"check_state\('([a-z_]+)'\)", schema))
    equal(watched - set(machines.initial), set(), "triggers without a machine")
    kept = {machine for machine in machines.initial if re.search(rf"CREATE TABLE {machine}\b", schema)}
    equal((kept | KEPT) - watched, set(), "machines without a trigger")


@case
def the_contract_tells_them(machines):
    """The states of the contract are those of the machine."""
    schemas = Contract().api["components"]["schemas"]
    for machine, where in TOLD.items():
        equal(enum_of(schemas, *where), machines.states(machine), machine)


@case
def ends_are_ends(machines):
    """What is over stays over: who pays nothing any more, and what is forgotten, has no way back."""
    for machine, ends in {"order": {"REJECTED", "EXPIRED"}, "check": {"VOIDED"}, "print": {"DONE", "DISMISSED"}}.items():
        left = {from_ for from_, _ in machines.steps[machine]}
        equal(left & ends, set(), f"ways back of {machine}")


def main():
    printed = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout
    return run(Machines(printed))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
