#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The daemon dies at every place that has a name: before and after each kind of COMMIT, each call to the payment
service and the riders, publishing, marking, sending and sealing; under load with payments. Nothing may come of it."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

from chaos import options, wait_orders, wait_ready
from followers import Poller, Screen
from house import AWAY, ME, MENU, SETUP, House
from osy_daemon import Daemon
from people import ADDRESS, WHO, hire
from proof import prove

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
MIGRATIONS = 3  # of the many, from both sides
REACH_S = 20  # what is not come by in this time belongs to the first minutes of a shop
RARE_S = 120  # unless it is the only one of its name


def named_places():
    """Names of all places in the sources."""
    found = set()
    for folder, _, files in os.walk(os.path.join(ROOT, "src")):
        for name in files:
            if name.endswith(".c"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    found |= set(re.findall(r'OSY_FAILPOINT\w*\s*\(\s*"([^"]+)"', file.read()))
    assert found, "no place has a name"
    return found


def functions(program):
    """Function by address, to say what a place is of."""
    lines = subprocess.run(["nm", program], check=True, capture_output=True, text=True).stdout.splitlines()
    return {format(int(words[0], 16), "x"): words[2] for words in map(str.split, lines)
            if len(words) == 3 and words[1] in "tT"}


class Places:
    """What the daemon came by, and where it died."""

    def __init__(self, program):
        self.program, self.died = program, []
        self.names = functions(program)
        self.notes = tempfile.NamedTemporaryFile(prefix="osy-places-", mode="r+", encoding="utf-8")
        os.chmod(self.notes.name, 0o666)
        os.environ["ORDERSYNC_FAILPOINT_NOTES"] = self.notes.name

    def begin(self):
        """From here on: what is come by once in a shop's life is not come by again."""
        self.notes.truncate(0)

    def known(self):
        self.notes.seek(0)
        return set(self.notes.read().split())

    def say(self, place):
        name, _, detail = place.partition("@")
        return f"{name} of {self.names.get(detail, detail)}" if detail else name

    def names_died(self):
        return {place.partition("@")[0] for place in self.died}

    @staticmethod
    def choose(place, passage=1):
        os.environ.pop("ORDERSYNC_FAILPOINT", None)
        if place:
            os.environ["ORDERSYNC_FAILPOINT"] = f"{place}:{passage}"


def die_there(house, places, place, passage, seconds):
    """Starts the daemon to die there; whether it did in time."""
    places.choose(place, passage)
    try:
        house.daemon.start(timeout=120)
    except RuntimeError as ended:  # it died before it was ready
        if "ended with -9" not in str(ended):
            raise
        places.died.append(place)
        return True
    deadline = time.monotonic() + seconds
    while house.daemon.process.poll() is None and time.monotonic() < deadline and not house.faults:
        time.sleep(0.01)
    reached = house.daemon.process.poll() is not None
    if reached and house.daemon.process.returncode != -9:
        house.fault(f"the daemon ended with {house.daemon.process.returncode} at {place}")
    if reached:
        places.died.append(place)
    else:
        house.kill()
    return reached


def one_of_each(found):
    """One place of each name."""
    return list({place.partition("@")[0]: place for place in found}.values())


def crash_everywhere(house, places, rng, named):
    """Each place once, as more and more of them are found; returns those that were never come by again."""
    done, missed = set(), []
    house.kill()
    while not house.faults:
        left = sorted(places.known() - done)
        if not left:
            break
        rng.shuffle(left)
        if named:
            left = [place for place in one_of_each(left) if place.partition("@")[0] not in places.names_died()]
            if not left:
                break
        for place in left:
            done.add(place)
            since = time.monotonic()
            if not die_there(house, places, place, 1, REACH_S):
                missed.append(place)
            print(f"# {'missed' if place in missed else 'died at'} {places.say(place)} after "
                  f"{time.monotonic() - since:.1f} s", flush=True)
            if house.faults:
                break
    for place in list(missed):
        if place.partition("@")[0] not in places.names_died() and die_there(house, places, place, 1, RARE_S):
            missed.remove(place)
    return missed


def live(daemon):
    """The first minutes of a shop."""
    daemon.login()
    daemon.call("PATCH", ME, {"guest_orders": True})
    daemon.call("PUT", ME + "/payment-setup", SETUP)
    daemon.place(daemon.order_body(type="DELIVERY", channel="PHONE", delivery=ADDRESS, customer=WHO))


def crash_young(args, places, place):
    """Dies where a shop comes by but once in its life; returns what became of it, or None if it did not."""
    with Daemon(args.build_dir) as daemon:
        plain = daemon.program
        daemon.program = lambda name: places.program if name == "ordersyncd" else plain(name)
        daemon.setup(MENU)
        places.choose(place)
        try:
            daemon.start(timeout=120)
            live(daemon)
            time.sleep(2)
        except (RuntimeError, *AWAY):
            pass
        if daemon.process.poll() is None:
            try:
                daemon.stop()
                return None
            except RuntimeError:
                pass  # it was on the way out
        places.died.append(place)
        places.choose(None)
        daemon.start(timeout=120)
        live(daemon)
        done = daemon.ctl("check", check=False)
        daemon.stop()
    return [f"{places.say(place)}: {done.stdout}{done.stderr}"] if done.returncode else []


def crash_while_migrating(args, places):
    """The schema is built up while the daemon dies again and again; in the end it is whole."""
    with Daemon(args.build_dir) as daemon:
        plain = daemon.program
        daemon.program = lambda name: places.program if name == "ordersyncd" else plain(name)
        files = sorted(os.listdir(os.path.join(ROOT, "data", "sql")))
        for name in files[:: len(files) // MIGRATIONS][:MIGRATIONS]:
            for place in ("migration.before-commit", "migration.after-commit"):
                places.choose(f"{place}@{name}")
                try:
                    daemon.start(timeout=120)
                    daemon.kill()
                except RuntimeError as ended:
                    if "ended with -9" in str(ended):
                        places.died.append(f"{place}@{name}")
        places.choose(None)
        daemon.start(timeout=120)
        done = daemon.ctl("check", check=False)
        daemon.stop()
    return [] if done.returncode == 0 else ["after migrations that were cut off: " + done.stdout + done.stderr]


def run(args):
    """(violations, figures, places) of one round."""
    places = Places(os.path.join(args.build_dir, "tests", "chaos", "ordersyncd-failpoints"))
    violations = crash_while_migrating(args, places)
    started = time.monotonic()
    with House(args.build_dir, args.seed, places.program) as house:
        house.open()
        house.daemon.kill()
        places.begin()
        house.daemon.start(timeout=120)
        followers = [Poller(house), Screen(house)]
        for follower in followers:
            follower.start()
        house.break_service()
        crew, staff = hire(house)
        wait_orders(house, args.orders)
        missed = crash_everywhere(house, places, house.random, args.named)
        places.choose(None)
        house.daemon.start(timeout=120)
        house.stopping.set()
        for person in crew:
            person.join(timeout=400)
        house.counts["faults"] = house.mend_service()
        house.closing.set()
        for person in staff:
            person.join(timeout=400)
        wait_ready(house)
        violations += prove(house, followers)
        for place in list(missed):
            came_of_it = crash_young(args, places, place)
            if came_of_it is not None:
                missed.remove(place)
            violations += came_of_it or []
            print(f"# {'not come by again:' if came_of_it is None else 'died young at'} {places.say(place)}", flush=True)
        never = named_places() - places.names_died()
        violations += [f"the daemon never died at {place}" for place in sorted(never)]
        figures = dict(house.counts, seed=args.seed, places=len(set(places.died)), crashes=len(places.died),
                       missed=len(missed), violations=len(violations), seconds=round(time.monotonic() - started, 1))
        if not violations:
            house.daemon.stop()
    return violations, figures, places


def main():
    parser = options(__doc__)
    parser.add_argument("--orders", type=int, default=60, help="before the first crash, so that places are known")
    parser.add_argument("--named", action="store_true", help="one place of each name alone")
    args = parser.parse_args()
    print("TAP version 13\n1..1", flush=True)
    violations, figures, places = run(args)
    print("# " + json.dumps(figures))
    for violation in violations:
        print("# " + violation.replace("\n", "\n# "))
    print(("not ok" if violations else "ok") + f" 1 - {figures['places']} places to die at, {figures['violations']} "
          f"violations (seed {args.seed})")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
