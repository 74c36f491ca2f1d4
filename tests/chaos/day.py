#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Fourteen hours of a shop, from the float in the till to its close: orders of every kind, while printers, the network,
the payment service and the daemon itself fail, and midnight passes. In the end the close says to the won what was
acknowledged, and nothing is lost. On a display (tests/lib/headless) the real console goes through a long one too, whose memory
stays flat. The hours are told by the orders; --seed N plays a day again."""

import collections
import datetime
import hashlib
import hmac
import json
import os
import random
import sys
import threading
import time
import traceback
import uuid
import zoneinfo

import chaos
from house import ME, House, Refused
from ledger import Ledger
from osy_daemon import PASSWORD
from osy_outside import Platform
from osy_printer import Printer
from proof import STUCK, UNSETTLED, check_books, check_database
from visits import KINDS
from watcher import Watcher

FLOAT = 100_000
TILL = ME + "/till"
OPENS, HOURS = 11, 14
AT_ONCE = 12  # visits side by side
MANY = 1_000_000
TABLES = 24
REPLAYS = 40
RSS_MAY_GROW = 1.25  # of a long day's last third
LONG = 1000  # orders of a day in which everything happens
HAPPENS = ("Counter", "Table", "Two", "Web", "Delivery", "Phone", "Platform", "kills", "moves", "merges", "splits", "agency",
           "adjustments", "refunds", "whole refunds", "canceled", "rejected", "for later", "unknown outcomes", "declined",
           "receipts")
ROLES = ("MANAGER", "STAFF", "KITCHEN", "COURIER")
# What is lost on the way to a payment service that cannot be reached, and what its answers may do.
NETWORK = [{"op": "*", "kind": "drop-before", "times": MANY}]
SERVICE = [{"op": "confirm", "kind": "drop-after", "times": MANY, "chance": 50},
           {"op": "confirm", "kind": "error-after", "times": MANY, "chance": 60},
           {"op": "cancel", "kind": "drop-after", "times": MANY, "chance": 50},
           {"op": "order", "kind": "error-before", "times": MANY}]
DECLINES = [{"op": "confirm", "kind": "decline", "times": MANY, "chance": 40, "code": "REJECT_CARD_COMPANY"}]
LEFT = (*UNSETTLED, ("receipts under way", "SELECT count(*) FROM cash_receipt WHERE status NOT IN ('ISSUED', 'CANCELED', 'FAILED')"),
        ("slips that are not on paper", "SELECT count(*) FROM print_job WHERE status NOT IN ('DONE', 'DISMISSED')"))


class Day(House):
    """The shop, its people and its books."""

    def __init__(self, build_dir, seed, wanted):
        super().__init__(build_dir, seed)
        self.seed, self.wanted = seed, wanted
        self.ledger = Ledger(FLOAT)
        self.tokens, self.printers, self.taken_tables = {}, {}, set()
        self.rss = []  # (orders, MB) of the process that lives now
        self.z = self.grown = None
        self.platform = Platform()
        self.watcher = None

    def __exit__(self, *what):
        if self.watcher:
            self.watcher.close()
        for printer in self.printers.values():
            printer.close()
        super().__exit__(*what)

    # ---- opening ----

    def open(self):
        super().open()
        self.receive(MANY)
        self.items = self.items[:14]
        self.daemon.call("PATCH", ME, {"time_zone": self.zone_of_the_day(), "cutoff_minutes": self.minute(120)})
        self.hire()
        self.draw()
        self.plug_in()
        made = self.daemon.call("POST", f"{ME}/channels", {"channel": "baemin", "store_id": "store-1",
                                                           "callback_url": self.platform.url + "/news"})
        self.platform.secret = self.secret = made["secret"]
        self.daemon.call("PUT", f"{ME}/channels/{made['id']}/items", {"items": [
            {"kind": "ITEM", "plu": item["name"], "target_id": item["id"]} for item in self.items]})
        self.call("STAFF", "POST", f"{TILL}/open", {"opening_float": FLOAT})
        if "DISPLAY" in os.environ and self.wanted >= LONG:
            self.watcher = Watcher(self.daemon)
            self.watcher.start()

    def zone_of_the_day(self):
        """Where it is far from midnight, so that the business day can be turned by its cut-off alone."""
        self.zone = next(zone for zone in map(zoneinfo.ZoneInfo, ("Asia/Seoul", "UTC"))
                         if 4 <= datetime.datetime.now(zone).hour < 20)
        return str(self.zone)

    def minute(self, ahead):
        at = datetime.datetime.now(self.zone) + datetime.timedelta(minutes=ahead)
        return at.hour * 60 + at.minute

    def hire(self):
        for role in ROLES:
            mail = f"{role.lower()}@shop.example"
            code = self.daemon.call("POST", f"{ME}/staff", {"name": "김직원", "email": mail, "role": role})["invitation_code"]
            self.tokens[role] = self.daemon.call("POST", "/auth/invitation", {
                "code": code, "email": mail, "password": PASSWORD}, anonymous=True)["access_token"]

    def draw(self):
        floor, self.tables = str(uuid.uuid4()), [str(uuid.uuid4()) for _ in range(TABLES)]
        self.daemon.call("POST", f"{ME}/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
            *({"op": "PUT", "type": "piece", "id": table, "floor_id": floor, "kind": "TABLE", "number": str(n + 1),
               "x": 80 * (n % 10), "y": 80 * (n // 10), "width": 64, "height": 64} for n, table in enumerate(self.tables))]})

    def plug_in(self):
        backup = None
        for name, purposes in (("계산대", ["BILL", "RECEIPT"]), ("주방", ["KITCHEN"])):
            printer = self.printers[name] = Printer(self.daemon.program("ordersync-sim"))
            made = self.daemon.call("POST", f"{ME}/printers", {
                "name": name, "transport": "TCP", "mode": "TEXT", "address": printer.address, "purposes": purposes,
                **({"backup_id": backup} if backup else {})})
            backup = made["id"]

    # ---- asking ----

    @staticmethod
    def now():
        return time.monotonic()

    @staticmethod
    def key(dice):
        return str(uuid.UUID(int=dice.getrandbits(128), version=4))

    @staticmethod
    def later(dice):
        """A time of today that somebody asks for."""
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=dice.randint(3, 90))
        return at.strftime("%Y-%m-%dT%H:%M:00Z")

    def sign_in(self):
        super().sign_in()
        for role in ROLES:
            try:
                self.tokens[role] = self.daemon.call("POST", "/auth/login", {
                    "email": f"{role.lower()}@shop.example", "password": PASSWORD}, anonymous=True)["access_token"]
            except (Refused, OSError):
                pass  # asked again

    def once(self, role, method, path, body, key, token):
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        if token:
            headers["X-Order-Token"] = token
        return self.daemon.call(method, path, body, headers, key, anonymous=True)

    def call(self, role, method, path, body=None, key=None, token=None):
        """What somebody asks until it is answered."""
        return self.insist(self.once, role, method, path, body, key, token)

    def find(self, path):
        try:
            return self.call("STAFF", "GET", path)
        except Refused as refused:
            if refused.status != 404:
                raise
            return None

    def check(self, check):
        return self.call("STAFF", "GET", f"{ME}/checks/{check}")

    def place(self, lines, role, dice, **more):
        body, key = self.daemon.order_body(lines, **more), self.key(dice)
        answer = self.call(role, "POST", "/orders", body, key)
        self.ledger.order(answer, role=role, body=body, key=key)
        return answer

    def act(self, order_id, verb, body, role):
        self.ledger.stands(order_id, self.call(role, "POST", f"{ME}/orders/{order_id}/{verb}", body)["status"])

    def ask_payment(self, method, amount, dice, token=None, **of):
        return self.call(None if token else "STAFF", "POST", "/payments", {"method": method, "amount": amount, **of},
                         self.key(dice), token)

    # ---- tables ----

    def free_table(self):
        table = next((one for one in self.tables if one not in self.taken_tables), None)
        self.taken_tables.add(table)
        return table

    def leave(self, table):
        self.taken_tables.discard(table)

    # ---- the platform ----

    def platform_order(self, dice):
        item, there, quantity = dice.choice(self.items), self.key(dice), dice.randint(1, 3)
        won = item["price"] * quantity
        body = json.dumps({
            "eventId": self.key(dice), "eventType": "order.created", "occurredAt": "2026-11-21T12:00:00+09:00",
            "channel": "baemin", "storeId": "store-1", "order": {
                "channelOrderId": there, "displayId": "B1AB", "orderType": "pickup", "placedAt": "2026-11-21T12:00:00+09:00",
                "dueAt": None, "asap": True, "customer": {"name": "김손님", "phone": "050712345678", "phoneIsSafe": True},
                "delivery": None, "items": [{"plu": item["name"], "channelItemId": "1", "name": item["name"],
                                             "qty": quantity, "unitPrice": item["price"], "options": []}],
                "amounts": {"items": won, "deliveryFee": 0, "discounts": [], "total": won},
                "payment": {"prepaid": True, "method": "platform", "amountDue": 0}, "notes": "맵게", "cutlery": False}}).encode()
        stamp = str(int(time.time()))
        sign = hmac.new(self.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        status, _, content = self.insist(self.daemon.raw, "POST", "/api/v1/channels/baemin/orders", body, {
            "Content-Type": "application/json", "X-OrderSync-Timestamp": stamp, "X-OrderSync-Signature": "v1=" + sign})
        assert status in (200, 201), content
        return there

    def found_there(self, there):
        page = self.call("STAFF", "GET", f"{ME}/orders?limit=60")["orders"]
        return next((order for order in page if order.get("source", {}).get("id") == there), None)

    # ---- what goes wrong ----

    def die(self):
        """Killed while somebody orders and pays in cash: each is done once, whatever was answered."""
        dice = random.Random(f"{self.seed}:death:{self.counts['kills']}")
        faults = []

        def sell():
            try:
                order = self.place([{"menu_item_id": self.items[0]["id"], "quantity": 1}], "STAFF", dice, type="TAKEOUT",
                                   accept={"ready_in_minutes": 10})
                payment = self.ask_payment("CASH", order["total_amount"], dice, check_id=order["check_id"])
                self.ledger.take(payment, order["check_id"])
                sold.append(order)
            except Exception as fault:  # pylint: disable=broad-except  # told below
                faults.append(fault)

        sold = []
        seller = threading.Thread(target=sell)
        seller.start()
        time.sleep(dice.uniform(0, 0.04))
        self.restart()
        seller.join()
        if faults:
            raise faults[0]
        for verb in ("ready", "complete"):
            self.act(sold[0]["id"], verb, None, "STAFF")

    def restart(self):
        self.kill()
        self.counts["kills"] += 1
        self.rss.clear()
        self.daemon.start(timeout=120)

    def midnight(self):
        """The business day ends; the till goes on."""
        self.daemon.login()
        self.daemon.call("PATCH", ME, {"cutoff_minutes": self.minute(-1)})
        deadline = time.monotonic() + 20
        while True:  # what is in memory is a moment old
            order = self.place([{"menu_item_id": self.items[0]["id"], "quantity": 1}], "STAFF", self.random, type="TAKEOUT",
                               accept={"ready_in_minutes": 10})
            self.act(order["id"], "cancel", {"reason": "손님 변심"}, "MANAGER")
            if order["number"] == 1:
                return
            assert time.monotonic() < deadline, "the day does not turn"

    def move_cash(self, kind, amount, reason):
        self.call("STAFF", "POST", f"{TILL}/cash", {"kind": kind, "amount": amount, "reason": reason}, self.key(self.random))
        self.ledger.moves[kind] += amount

    def hand_over(self):
        """A blind count in between, and acts that a role does not have."""
        told = self.call("STAFF", "POST", f"{TILL}/counts", {"counted": 1000})
        assert "expected" not in told, told
        for role, path in (("STAFF", f"{TILL}/close"), ("KITCHEN", f"{TILL}/cash"), ("COURIER", f"{TILL}/open")):
            try:
                self.call(role, "POST", path, {"counted": 0, "left": 0}, self.key(self.random))
                self.fault(f"{role} may {path}")
            except Refused as refused:
                assert refused.status == 403, refused

    def plan(self):
        """What happens when, in hours after the opening."""
        kitchen, counter = self.printers["주방"], self.printers["계산대"]
        return [
            (0.5, "cash in", lambda: self.move_cash("IN", 50_000, "잔돈")),
            (1.5, "the kitchen's printer is off", lambda: kitchen.do("off")),
            (2.5, "it is on again", lambda: kitchen.do("alive")),
            (3.3, "the daemon is killed", self.die),
            (4.0, "the payment service loses its answers", lambda: self.toss.faults(*SERVICE, seed=self.seed)),
            (5.0, "it finds them", self.toss.faults),
            (6.0, "hand-over", self.hand_over),
            (6.5, "cash out", lambda: self.move_cash("OUT", 37_500, "채소값")),
            (7.0, "no network", self.no_network),
            (8.0, "a network", self.toss.faults),
            (8.6, "the daemon is killed again", self.die),
            (9.5, "the counter's printer dies in the middle of a slip", lambda: counter.do("die 300")),
            (10.3, "it is alive", lambda: counter.do("alive")),
            (11.0, "cards are declined", lambda: self.toss.faults(*DECLINES, seed=self.seed)),
            (12.2, "and taken", self.toss.faults),
            (13.0, "midnight", self.midnight)]

    def no_network(self):
        self.toss.faults(*NETWORK)
        self.riders.fault("create", "drop-before", 3)

    # ---- the day ----

    def hour(self):
        return HOURS * self.ledger.counts["orders"] / self.wanted

    def new_visit(self, number):
        dice = random.Random(f"{self.seed}:{number}")
        kind = dice.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
        return kind.__name__, kind(self, dice).steps()

    def play(self):
        """Until so many orders are placed and everybody has gone."""
        plan, visits, number, told = self.plan(), [], 0, -1
        while plan or visits or self.hour() < HOURS:
            while plan and self.hour() >= plan[0][0]:
                _, what, happens = plan.pop(0)
                print(f"# {self.clock()} {what}", flush=True)
                happens()
            busy = sum(not waits for _, _, waits in visits)
            if self.hour() < HOURS and busy < AT_ONCE and len(visits) < 6 * AT_ONCE:
                visits.append([*self.new_visit(number), 0])
                number += 1
            visits = self.step(visits)
            if int(self.hour()) > told:
                told = int(self.hour())
                self.look(len(visits))
        self.look(0)

    def step(self, visits):
        """One step of one of them; who waits is asked again a little later."""
        ready = [visit for visit in visits if visit[2] <= self.now()]
        if not ready:
            time.sleep(0.01)
            return visits
        visit = self.random.choice(ready)
        try:
            visit[2] = self.now() + 0.15 if next(visit[1]) == "waits" else 0
        except StopIteration:
            self.counts[visit[0]] += 1
            return [one for one in visits if one is not visit]
        return visits

    def clock(self):
        minutes = int((OPENS + self.hour()) * 60)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"

    def look(self, visits):
        with open(f"/proc/{self.daemon.process.pid}/status", encoding="utf-8") as file:
            kb = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
        self.rss.append((self.ledger.counts["orders"], kb // 1024))
        seen = f", console {self.watcher.samples[-1][1]:.0f} MB" if self.watcher and self.watcher.samples else ""
        print(f"# {self.clock()} {self.ledger.counts['orders']} orders, {visits} in the house, daemon {kb // 1024} MB{seen}",
              flush=True)

    # ---- the end ----

    def settle(self):
        """Nothing is under way any more."""
        query = " UNION ALL ".join(f"SELECT {i}, ({sql}) AS n" for i, (_, sql) in enumerate(LEFT))
        deadline, open_checks = time.monotonic() + 120, self.ledger.open_checks()
        debts = [one for one in self.ledger.orders.values() if one["check"] in open_checks]
        while True:
            rows = [row.split("\t") for row in self.daemon.sql(f"COPY ({query}) TO STDOUT").split("\n") if row]
            # Of a check that is left open no saga is over.
            left = [f"{n} {LEFT[int(i)][0]}" for i, n in rows if int(n) > (len(debts) if "sagas" in LEFT[int(i)][0] else 0)]
            if not left or time.monotonic() > deadline:
                stuck = [self.daemon.sql(STUCK)] if any("sagas" in one for one in left) else []
                return [f"{one} two minutes after the last guest" for one in left] + stuck
            time.sleep(0.2)

    def close(self):
        """What is open, the count, what differs, the close: which a death does not make two."""
        left = self.call("MANAGER", "GET", f"{TILL}/remaining")
        told = {check["id"]: check["amount"] for check in left["checks"]}
        if told != self.ledger.open_checks():
            yield f"open at the close: {told}, acknowledged {self.ledger.open_checks()}"
        for what in ("payments", "refunds"):
            if left.get(what):
                yield f"still under way: {left[what]}"
        expected = self.ledger.cash()["expected"]
        yield from self.ledger.differs_from(self.call("MANAGER", "GET", TILL)["report"], "X")
        counted = self.call("MANAGER", "POST", f"{TILL}/counts", {"counted": expected})
        if counted["difference"]:
            yield f"{counted['difference']} won differ at the count"
        key, body, answers = self.key(self.random), {"counted": expected, "left": FLOAT, "reason": "마감"}, []
        closer = threading.Thread(target=lambda: answers.append(self.call("MANAGER", "POST", f"{TILL}/close", body, key)))
        closer.start()
        time.sleep(self.random.uniform(0, 0.02))
        self.restart()
        closer.join()
        if answers:
            yield from self.judge_close(answers[0])
        else:
            yield "the till was not closed"

    def judge_close(self, z):
        yield from self.ledger.differs_from(z["report"], "Z")
        if z["number"] != 1 or len(self.call("MANAGER", "GET", f"{TILL}/z")["closes"]) != 1:
            yield f"the close is number {z['number']} of {self.call('MANAGER', 'GET', f'{TILL}/z')}"
        if z["report"]["cash"]["difference"] or z["report"]["cash"]["banked"] != z["report"]["cash"]["expected"] - FLOAT:
            yield f"the close's cash is {z['report']['cash']}"
        carried, owed = z["report"]["carried_over"], self.ledger.open_checks()
        if (carried["open_checks"], carried["open_amount"]) != (len(owed), sum(owed.values())):
            yield f"carried over: {carried}, acknowledged {owed}"
        now = self.call("MANAGER", "GET", TILL)
        if now["opening_float"] != FLOAT or now["report"]["totals"]["net"]:
            yield f"the next day begins with {now}"
        self.z = z["report"]

    def replays(self):
        """The same key gives the same order again."""
        known = [one for one in self.ledger.orders.values() if one["key"]]
        for one in self.random.sample(known, min(REPLAYS, len(known))):
            again = self.call(one["role"], "POST", "/orders", one["body"], one["key"])
            if again != one["answer"]:
                yield f"order {one['answer']['id']} again is another: {again}"

    def checks(self):
        for check in sorted({one["check"] for one in self.ledger.orders.values()}):
            owed = self.check(check)["totals"]["owed"]
            if owed != self.ledger.owed(check):
                yield f"check {check} owes {owed}, acknowledged {self.ledger.owed(check)}"

    def memory(self):
        """Flat: of the process that lived to the end of a long day."""
        first, last = self.rss[0], self.rss[-1]
        if self.wanted >= LONG and last[1] > first[1] * RSS_MAY_GROW:
            yield f"the daemon grew from {first[1]} to {last[1]} MB in {last[0] - first[0]} orders"

    def prove(self):
        violations = self.faults  # also what was found before something broke
        self.toss.faults()
        violations += self.settle()
        violations += self.memory()
        violations += self.watcher.end() if self.watcher else []
        self.grown = f"{self.rss[0][1]}–{self.rss[-1][1]} MB"
        violations += self.close()
        payments = {one["id"]: one for one in self.page_through(f"{ME}/payments", "payments")}
        orders = {one["id"]: one for one in self.page_through(f"{ME}/orders", "orders")}
        for check in (self.ledger.lost_orders(orders), self.ledger.lost_money(payments), self.checks(), self.replays(),
                      check_books(self, payments), check_database(self)):
            violations += check
        if len({one["business_day"] for one in orders.values()}) != 2:
            violations.append("midnight did not pass")
        happened = self.counts + self.ledger.counts
        missing = [what for what in HAPPENS if not happened[what]] if self.wanted >= LONG else []
        return violations + [f"this never happened: {what}" for what in missing]

    def figures(self):
        ours, counts = self.ledger.tenders(), collections.Counter(self.counts)
        counts.update(self.ledger.counts)
        return {**counts, "taken": sum(row[0] for row in ours.values()), "returned": sum(row[2] for row in ours.values()),
                "net of the close": self.z["totals"]["net"] if self.z else None, "daemon": self.grown,
                "console": self.watcher.told() if self.watcher else None,
                "slips": sum(len(printer.slips) for printer in self.printers.values())}


def run(args):
    started = time.monotonic()
    with Day(args.build_dir, args.seed, args.orders) as day:
        try:
            day.open()
            day.play()
            violations = day.prove()
        except Exception:  # pylint: disable=broad-except  # whatever it is, the seed is told
            violations = [*day.faults[:20], traceback.format_exc().strip()]
        figures = {**day.figures(), "seconds": round(time.monotonic() - started, 1), "seed": args.seed}
        if not violations:
            day.daemon.stop()
    return violations, figures


def main():
    parser = chaos.options(__doc__)
    parser.add_argument("--orders", type=int, default=int(os.environ.get("OSY_ORDERS", "80")))
    args = parser.parse_args()
    print(f"TAP version 13\n1..1\n# seed {args.seed}", flush=True)
    violations, figures = run(args)
    print("# " + json.dumps(figures, ensure_ascii=False))
    for violation in violations:
        print("# " + violation.replace("\n", "\n# "))
    print(("not ok" if violations else "ok") + f" 1 - the close is the day's, to the won (seed {args.seed})")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
