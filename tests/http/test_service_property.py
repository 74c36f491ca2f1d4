#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Random services against a model: rounds, voids, moves, merges, un-merges, transfers, splits, bumps and
recalls, each taken back at once or let stand. Of every dish the kitchen is sent what was sold, whatever happens at
tables; checks come to what the model says to the won; an undo gives back the exact state, and so does its own undo.

OSY_SEQUENCES=10000 plays more (./run soak service 10000). OSY_SEED=n plays that one sequence and prints its steps; a
fault that needs two sequences at once is met again by OSY_SEED=n OSY_SEQUENCES=40, which plays n and what followed."""

import collections
import http.client
import itertools
import json
import os
import random
import sys
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
TABLES = "/restaurants/me/tables"
CHECKS = "/restaurants/me/checks"
SEED = os.environ.get("OSY_SEED")
SEQUENCES = int(os.environ.get("OSY_SEQUENCES", "1" if SEED else "250"))
SHOPS = 2
LANES = 2  # of each shop: sequences that run at once, each on tables of its own
TABLES_OF_LANE = 4
STEPS = 7  # after a first round
TAKEN_BACK = 0.35


class Client:
    """One signed-in caller with a connection of its own."""

    def __init__(self, shop):
        self.shop = shop
        self.connection = http.client.HTTPConnection("127.0.0.1", shop.daemon.port, timeout=30)

    def call(self, method, path, body=None, key=None, again=False):
        headers = {"Authorization": f"Bearer {self.shop.token()}"}
        if key:
            headers["Idempotency-Key"] = key
        payload = None
        if body is not None:
            payload, headers["Content-Type"] = json.dumps(body), "application/json"
        self.connection.request(method, "/api/v1" + path, body=payload, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status == 401 and not again:
            self.shop.sign_in_anew()
            return self.call(method, path, body, key, again=True)
        said = json.loads(content) if content else None
        if answer.status // 100 != 2:
            raise Refused(answer.status, said)
        return said


class Shop:
    """One of several in a daemon, with tables for each of its lanes."""

    def __init__(self, daemon, email, restaurant_id):
        self.daemon, self.email, self.restaurant_id = daemon, email, restaurant_id
        self._token, self._since, self._lock = None, 0, threading.Lock()
        menu = daemon.call("GET", f"/restaurants/{restaurant_id}/menu", anonymous=True)
        self.items = [item for category in menu["categories"] for item in category["items"]
                      if not item["sold_out"] and all(g["min"] == 0 for g in item["option_groups"])]
        self.lanes = [[str(uuid.uuid4()) for _ in range(TABLES_OF_LANE)] for _ in range(LANES)]
        floor = str(uuid.uuid4())
        self.client().call("POST", "/restaurants/me/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
            *({"op": "PUT", "type": "piece", "id": t, "floor_id": floor, "kind": "TABLE", "number": str(i + 1),
               "x": 80 * i, "y": 0, "width": 64, "height": 64} for i, t in enumerate(itertools.chain(*self.lanes)))]})

    def client(self):
        return Client(self)

    def sign_in_anew(self):
        """The machine had no time for it before the last token ended."""
        with self._lock:
            self._token = None

    def token(self):
        """An access token lasts for a quarter of an hour; a long run signs in again in time, whenever the machine has
        time for it."""
        with self._lock:
            if self._token is None or time.monotonic() - self._since > 600:
                try:
                    self._token = self.daemon.call("POST", "/auth/login", {"email": self.email, "password": PASSWORD},
                                                   anonymous=True)["access_token"]
                    self._since = time.monotonic()
                except TimeoutError:
                    if self._token is None:
                        raise
                    self._since += 30
            return self._token


class Group:
    """Who sits together: seatings as a tree, each with its own check."""

    def __init__(self, table):
        self.table, self.parent, self.guests, self.check = table, None, 0, None

    def root(self):
        return self if self.parent is None else self.parent.root()


class Line:
    """One line as it was sold."""

    def __init__(self, order, sold):
        self.order, self.id, self.item = order, sold["line_id"], sold["menu_item_id"]
        self.quantity, self.price, self.voided = sold["quantity"], sold["unit_price"], 0
        self.check = None  # where it went by itself; None: where its order is

    def copy(self):
        twin = object.__new__(Line)
        twin.__dict__.update(self.__dict__)
        return twin


class Model:
    """What should be; it knows of no database and of no daemon."""

    def __init__(self):
        self.seats = {}  # table → Group
        self.rounds = {}  # order id → the check it is on
        self.lines = {}  # line id → Line

    def together(self, group):
        return [g for g in self.seats.values() if g.root() is group.root()]

    def checks(self, group):
        return {g.check for g in self.together(group) if g.check}

    def check_of(self, line):
        return line.check or self.rounds[line.order]

    def lines_on(self, checks):
        return [line for line in self.lines.values() if self.check_of(line) in checks]

    def total(self, group):
        return sum((line.quantity - line.voided) * line.price for line in self.lines_on(self.checks(group)))

    def shown(self):
        """table → (total, tables of the group) as the daemon should tell it."""
        return {table: (self.total(group), frozenset(g.table for g in self.together(group)))
                for table, group in self.seats.items()}

    def copy(self):
        """The model as it is, to come back to."""
        copy, groups = Model(), {id(g): Group(t) for t, g in self.seats.items()}
        for table, group in self.seats.items():
            twin = copy.seats[table] = groups[id(group)]
            twin.guests, twin.check = group.guests, group.check
            twin.parent = groups[id(group.parent)] if group.parent else None
        copy.rounds = dict(self.rounds)
        copy.lines = {id_: line.copy() for id_, line in self.lines.items()}
        return copy


class Sequence:
    """One random service on the tables of a lane."""

    def __init__(self, shop, client, tables, seed):
        self.shop, self.client, self.tables, self.seed = shop, client, tables, seed
        self.random = random.Random(seed)
        self.model = Model()
        self.log = []

    # ---- calls ----

    def call(self, method, path, body=None, key=None):
        return self.client.call(method, path, body, key)

    def act(self, table, what, body=None):
        self.log.append(f"{what} {self.tables.index(table)} {body or ''}")
        return self.call("POST", f"{TABLES}/{table}/{what}", body)

    def undo(self, done):
        return self.call("POST", f"{TABLES}/acts/{done['act_id']}/undo")

    def view(self):
        return {t["table_id"]: t for t in self.call("GET", TABLES)["tables"] if t["table_id"] in self.tables}

    def look(self, view=None):
        """All that people see of these tables and their checks, but for versions and what time passes."""
        tables = {}
        for table, now in (view or self.view()).items():
            seating = dict(now.get("seating") or {})
            seating.pop("last_act_at", None)
            tables[table] = (now["state"], sorted(seating.items(), key=str))
        checks = {}
        for check in {g.check for g in self.model.seats.values() if g.check}:
            seen = self.call("GET", f"{CHECKS}/{check}")
            checks[check] = {name: seen.get(name) for name in
                             ("status", "merged", "merged_into", "table_id", "totals", "adjustments", "parts", "rest")}
            checks[check]["orders"] = sorted(o["order_id"] for o in seen["orders"])
            checks[check]["lines"] = sorted((l["line_id"], l["quantity"], l["voided_quantity"], l["net_amount"])
                                            for l in seen["lines"])
        return tables, checks

    # ---- steps; each gives the act that can be taken back, or None ----

    def pick(self, free=None):
        found = [t for t in self.tables if free is None or (t not in self.model.seats) == free]
        return self.random.choice(found) if found else None

    def seat(self):
        table = self.pick(free=True)
        if table is None:
            return None
        group = Group(table)
        group.guests = 2
        self.model.seats[table] = group
        return self.act(table, "seat", {"guest_count": 2})

    def add(self):
        """A round; at a free table it seats who ordered."""
        table = self.pick()
        lines = [{"menu_item_id": item["id"], "quantity": self.random.randint(1, 3)}
                 for item in self.random.sample(self.shop.items, self.random.choice([1, 2, 2, 3]))]
        self.log.append(f"round {self.tables.index(table)} {[l['quantity'] for l in lines]}")
        order = self.call("POST", "/orders", {
            "restaurant_id": self.shop.restaurant_id, "type": "DINE_IN", "channel": "COUNTER", "table_id": table,
            "items": lines, "payment": {"method": "LATER"}, "accept": {"ready_in_minutes": 10}}, key=str(uuid.uuid4()))
        group = self.model.seats.get(table)
        if group is None:
            group = self.model.seats[table] = Group(table)
        self.model.rounds[order["id"]] = order["check_id"]
        for sold in order["items"]:
            self.model.lines[sold["line_id"]] = Line(order["id"], sold)
        if not any(g.check == order["check_id"] for g in self.model.seats.values()):
            self.own_check(group, order["check_id"])
        return None

    def own_check(self, group, check):
        """A first check in a group leads it, a further one joins who leads."""
        group.check = check
        root = group.root()
        if root is group:
            return
        if root.check is None:
            group.parent, root.parent = None, group
        else:
            group.parent = root

    def void(self):
        found = [line for line in self.model.lines.values() if line.quantity > line.voided]
        if not found:
            return None
        line = self.random.choice(found)
        self.log.append(f"void {line.id}")
        self.call("POST", f"{CHECKS}/{self.model.check_of(line)}/adjustments",
                  {"kind": "VOID", "line_id": line.id, "quantity": 1, "reason": "MISTAKE"}, key=str(uuid.uuid4()))
        line.voided += 1
        return None

    def move(self):
        table, to = self.pick(free=False), self.pick(free=True)
        if table is None or to is None:
            return None
        group = self.model.seats.pop(table)
        group.table = to
        self.model.seats[to] = group
        return self.act(table, "move", {"to_table_id": to})

    def merge(self):
        table, into = self.pick(free=False), self.pick()
        if table is None or table == into:
            return None
        one = self.model.seats[table].root()
        other = self.model.seats.get(into)
        if other is not None and other.root() is one:
            return None
        if other is None:
            other = self.model.seats[into] = Group(into)
            other.parent = one
        else:
            other = other.root()
            if one.check and not other.check:
                other.parent = one
            else:
                one.parent = other
        return self.act(table, "merge", {"into_table_id": into})

    def unmerge(self):
        found = [g for g in self.model.seats.values() if len(self.model.together(g)) > 1]
        if not found:
            return None
        group = self.random.choice(found)
        leave = [group] if group.parent else [g for g in found if g.parent is group]
        for one in leave:
            one.parent = None
        for one in leave:
            if one.guests == 0 and one.check is None and not any(g.parent is one for g in self.model.seats.values()):
                del self.model.seats[one.table]
        return self.act(group.table, "unmerge")

    def transfer(self):
        """A round, or single lines, to another table; a free one sits down."""
        table, to = self.pick(free=False), self.pick()
        if table is None or table == to:
            return None
        group, other = self.model.seats[table], self.model.seats.get(to)
        here = self.model.checks(group)
        lines = self.model.lines_on(here)
        if not lines or (other is not None and other.root() is group.root()):
            return None
        if self.random.random() < 0.5:
            less = [line for line in lines if line.voided]
            chosen = [self.random.choice(less)] if less and self.random.random() < 0.5 else \
                self.random.sample(lines, min(len(lines), self.random.randint(1, 2)))
            body = {"line_ids": [line.id for line in chosen]}
        else:
            # Rather one that some line has left: such are the hard ones.
            left = {line.order for line in self.model.lines.values() if line.check}
            order = self.random.choice([line for line in lines if line.order in left] or lines).order
            chosen = [line for line in lines if line.order == order]
            body = {"order_ids": [order]}
        done = self.act(table, "transfer", {**body, "to_table_id": to})
        if other is None:
            other = self.model.seats[to] = Group(to)
        other = other.root()
        if other.check is None:
            other.check = self.check_at(done, to)
        if "order_ids" in body and self.model.rounds[order] in here:
            self.model.rounds[order] = other.check
            chosen = [line for line in chosen if line.check]
        for line in chosen:
            line.check = other.check
        return done

    def check_at(self, done, table):
        return next(t["seating"]["check_id"] for t in done["tables"] if t["table_id"] == table)

    def split(self):
        """Parts come to the total, whatever they are."""
        group = self.model.seats.get(self.pick())
        if group is None or group.root().check is None:
            return None
        self.log.append("split")
        kinds = [[{"kind": "EQUAL"}] * 3, [{"kind": "AMOUNT", "amount": 1000}, {"kind": "EQUAL"}, {"kind": "EQUAL"}]]
        path = f"{CHECKS}/{group.root().check}"
        # The first round of a merged table joins when its event is handled, not before it is acknowledged.
        wait_for("all rounds", lambda: self.call("GET", path)["totals"]["total"] == self.model.total(group))
        check = self.call("PUT", f"{path}/parts", {"parts": self.random.choice(kinds)})
        assert sum(p["amount"] for p in check["parts"]) + check["rest"] == check["totals"]["total"] \
            == self.model.total(group), f"split comes to {check['parts']}, {check['rest']}"
        return None

    def bump(self):
        """A ticket leaves the screen or comes back; an order takes a step. Whatever is not possible just now is as
        good as what is."""
        if not self.model.rounds:
            return None
        order = self.random.choice(list(self.model.rounds))
        what = self.random.choice(["bump", "bump", "recall", "start", "ready", "make"])
        self.log.append(f"{what} {order}")
        try:
            if what in ("start", "ready"):
                self.call("POST", f"/restaurants/me/orders/{order}/{what}")
                return None
            if what == "make":
                line = self.random.choice([line for line in self.model.lines.values() if line.order == order])
                self.call("POST", f"/restaurants/me/kitchen/lines/{line.id}/make", {"quantity": 1})
                return None
            tickets = self.call("GET", f"/restaurants/me/kitchen/tickets?state=all&order_id={order}")["tickets"]
            for ticket in tickets:
                self.call("POST", f"/restaurants/me/kitchen/tickets/{ticket['id']}/{what}",
                          {"restart_timer": False} if what == "recall" else None)
        except Refused as refusal:
            # A line that the kitchen does not have yet is none.
            assert refusal.code == "STATE_CONFLICT" or (what, refusal.code) == ("make", "NOT_FOUND"), refusal
        return None

    # ---- the whole ----

    def check(self):
        """The daemon tells what the model says, once whoever has ordered is seated: a durable handler's work."""
        wanted, deadline, pause = self.model.shown(), time.monotonic() + 60, 0.02
        while True:
            view = self.view()
            seen = {t: self.told(n) for t, n in view.items() if "seating" in n}
            if seen == wanted:
                return view
            assert time.monotonic() < deadline, f"tables show {seen}, the model says {wanted}"
            time.sleep(pause)
            pause = min(2 * pause, 0.3)

    @staticmethod
    def told(table):
        return table["seating"]["total"], frozenset(table["seating"]["table_ids"])

    def check_answer(self, done):
        """What an act answers is what the model says of those tables; it seats whoever has ordered before."""
        wanted = self.model.shown()
        for table in done["tables"]:
            seen = self.told(table) if "seating" in table else None
            assert seen == wanted.get(table["table_id"]), \
                f"answered {seen}, the model says {wanted.get(table['table_id'])}"

    def take_back(self, done, before, model):
        """The undo is exact; of some acts also the undo of the undo."""
        after, changed = (self.look(), self.model) if self.random.random() < 0.3 else (None, None)
        self.log.append("undo")
        undone = self.undo(done)
        self.model = model
        seen = self.look()
        assert seen == before, f"after the undo: {seen}, before: {before}"
        if after is None:
            return
        self.log.append("redo")
        redone = self.undo(undone)
        opened = {g.check: self.check_at(redone, t) for t, g in changed.seats.items()
                  if g.check and g.check not in {b.check for b in model.seats.values()}}
        self.model = changed
        self.rename(opened)
        seen = self.look()
        for was, now in opened.items():
            after = json.loads(json.dumps(after, default=list).replace(was, now))
        assert json.loads(json.dumps(seen, default=list)) == json.loads(json.dumps(after, default=list)), \
            f"after the redo: {seen}, before the undo: {after}"

    def rename(self, checks):
        """A check that was opened for an act and dropped with it is another one when the act is done again."""
        for group in self.model.seats.values():
            group.check = checks.get(group.check, group.check)
        self.model.rounds = {order: checks.get(check, check) for order, check in self.model.rounds.items()}
        for line in self.model.lines.values():
            line.check = checks.get(line.check, line.check)

    def play(self):
        steps = [self.add, self.add, self.seat, self.void, self.void, self.move, self.move, self.merge, self.merge, self.unmerge,
                 self.transfer, self.transfer, self.transfer, self.split, self.bump]
        self.add()
        for _ in range(STEPS):
            step = self.random.choice(steps)
            takes_back = step.__name__ in ("seat", "move", "merge", "unmerge", "transfer") \
                and self.random.random() < TAKEN_BACK
            if takes_back:
                before, model = self.look(self.check()), self.model.copy()
            done = step()
            if done is not None:
                self.check_answer(done)
            if done is not None and takes_back:
                self.take_back(done, before, model)
        self.check()

    def clear(self):
        """The tables are free for the next one, whatever happened."""
        for table in [t for t, g in self.model.seats.items() if g.parent is None]:
            self.call("POST", f"{TABLES}/{table}/clear", {"leave_unpaid": True})


class Result:
    """What all lanes found together."""

    def __init__(self, seeds):
        self.seeds, self.failures, self.lock = list(reversed(seeds)), [], threading.Lock()
        self.lines = {}  # line id → (its seed, dish, quantity, voided)
        self.done, self.told = 0, time.monotonic()

    def next(self):
        with self.lock:
            return self.seeds.pop() if self.seeds and not self.failures else None

    def add(self, sequence):
        with self.lock:
            self.done += 1
            for line in sequence.model.lines.values():
                self.lines[line.id] = (sequence.seed, line.item, line.quantity, line.voided)
            if time.monotonic() - self.told > 30:
                self.told = time.monotonic()
                print(f"# {self.done} sequences", flush=True)


def play_lane(shop, tables, result):
    """Plays sequences one after the other on tables of its own."""
    client = shop.client()
    while (seed := result.next()) is not None:
        sequence = Sequence(shop, client, tables, seed)
        try:
            sequence.play()
            sequence.clear()
            result.add(sequence)
        except Exception as fault:  # pylint: disable=broad-except  # whatever it is, its seed is to be told
            result.failures.append((seed, sequence.log, fault))
            return


def drained(daemon):
    waiting = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE done_at IS NULL)"
    deadline = time.monotonic() + 120
    while int(daemon.sql(waiting).split()[2]) > 0:
        assert time.monotonic() < deadline, "events are still waiting"
        time.sleep(0.2)


def check_kitchen(daemon, lines):
    """Line by line and dish by dish: sent once, whole, to one ticket; voided no more than was asked for."""
    rows = daemon.sql("COPY (SELECT line_id, menu_item_id, quantity_sent, quantity_waiting + quantity_made "
                      "+ quantity_voided, quantity_voided FROM kitchen_line) TO STDOUT").splitlines()
    seen, of_dish = {}, collections.Counter()
    for line_id, dish, sent, kept, voided in (row.split("\t") for row in rows):
        assert line_id not in seen, f"line {line_id} is in the kitchen twice"
        seen[line_id] = (dish, int(sent), int(kept), int(voided))
        of_dish[dish] += int(kept)
    for line_id, (seed, dish, quantity, voided) in lines.items():
        assert seen.get(line_id, (None,) * 4)[:3] == (dish, quantity, quantity), \
            f"OSY_SEED={seed}: line {line_id}: sold {quantity} of {dish}, the kitchen has {seen.get(line_id)}"
        assert seen[line_id][3] <= voided, f"OSY_SEED={seed}: line {line_id}: {voided} voided, the kitchen {seen[line_id]}"
        of_dish[dish] -= quantity
    assert set(seen) == set(lines), f"cooked without being sold: {set(seen) - set(lines)}"
    assert not +of_dish and not -of_dish, f"of these dishes the kitchen has more or less: {of_dish}"
    twice = daemon.sql("COPY (SELECT order_id FROM kitchen_ticket GROUP BY 1 HAVING count(*) > 1) TO STDOUT").split()
    assert not twice, f"orders with two tickets at one station: {twice}"


@case
def random_services(daemon):
    """Whatever is done at tables: food is sent once, money is right to the won, undo is exact."""
    first = int(SEED) if SEED else random.SystemRandom().randrange(1 << 30)
    result = Result(range(first, first + SEQUENCES))
    print(f"# seeds {first} to {first + SEQUENCES - 1}", flush=True)
    began = time.monotonic()
    lanes = [threading.Thread(target=play_lane, args=(shop, tables, result))
             for shop in daemon.shops for tables in shop.lanes]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    print(f"# {result.done} sequences, {len(result.lines)} lines in {time.monotonic() - began:.0f} s", flush=True)
    for seed, log, fault in result.failures:
        print(f"# OSY_SEED={seed} plays it again; its steps:", *(f"#   {step}" for step in log), sep="\n", flush=True)
    if result.failures:
        print(*(f"# {complaint}" for complaint in daemon.complaints[:5]), sep="\n", flush=True)
    assert not result.failures, "; ".join(f"sequence {s}: {type(f).__name__} {f}" for s, _, f in result.failures)
    assert result.done == SEQUENCES
    drained(daemon)
    check_kitchen(daemon, result.lines)
    checked = daemon.ctl("check", check=False)
    assert checked.returncode == 0, checked.stdout


def open_shops(daemon):
    """Each of an owner of its own, with the same menu."""
    shops = [(EMAIL, daemon.setup(MENU)["restaurant_id"])]
    for n in range(1, SHOPS):
        email = f"owner{n}@shop.example"
        answer = json.loads(daemon.ctl("shop", "add", "--shop-name", f"{n}호점", "--owner-email", email,
                                       "--owner-password-stdin", "--json", stdin=PASSWORD + "\n").stdout)
        daemon.ctl("menu", "import", "--restaurant", answer["restaurant_id"], MENU)
        shops.append((email, answer["restaurant_id"]))
    return shops


def main():
    with Daemon(sys.argv[1], extra=("--limit-staff=1000000", "--limit-heavy=1000000")) as daemon:
        shops = open_shops(daemon)
        daemon.start()
        daemon.shops = [Shop(daemon, email, restaurant_id) for email, restaurant_id in shops]
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
