#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders for later, over HTTP: accepted, they wait out of the kitchen until there is just time to make them, whatever
happens to the daemon, to their time or to them. Time is moved by moving the instant at which one begins."""

import json
import os
import sys
import uuid
from datetime import datetime, timedelta, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_till import ME, Till  # noqa: E402
from osy_toss import Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def at(minutes):
    """A time from now, as it is asked for."""
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def before(order, minutes):
    """When it begins, if it takes so many minutes."""
    return instant(order["requested_at"]) - timedelta(minutes=minutes)


class World:
    def __init__(self, daemon, toss):
        self.daemon, self.till = daemon, Till(daemon, toss)
        daemon.call("POST", f"{ME}/printers", {"name": "주방", "transport": "NONE", "purposes": ["KITCHEN"]})

    def place(self, minutes=180, **more):
        return self.daemon.place(self.daemon.order_body(channel="PHONE", requested_at=at(minutes), **more))

    def accept(self, order, minutes=20):
        return self.daemon.act(order["id"], "accept", {"ready_in_minutes": minutes})

    def waiting(self, minutes=180, prep=20, **more):
        return self.accept(self.place(minutes, **more), prep)

    def get(self, order):
        return self.daemon.call("GET", f"/orders/{order['id']}")

    def tickets(self, order):
        return self.daemon.call("GET", f"{ME}/kitchen/tickets?state=all&order_id={order['id']}")["tickets"]

    def slips(self, order):
        jobs = self.daemon.call("GET", f"{ME}/print-jobs?limit=200")["jobs"]
        return [job for job in jobs if job.get("subject_id") == order["id"] and job["purpose"] == "KITCHEN"]

    def move(self, order, to, **more):
        return self.daemon.call("POST", f"{ME}/orders/{order['id']}/reschedule", {"requested_at": to}, **more)

    def due(self, order, when="now()"):
        """Its time has come."""
        self.daemon.sql(f"UPDATE orders SET begins_at = {when} WHERE id = '{order['id']}'")

    def begins(self, order):
        wait_for("its tickets", lambda: self.tickets(order), 60)

    def is_out(self, order):
        """Nobody in the kitchen knows of it, whose handlers have heard all news."""
        self.till.quiet()
        equal((self.tickets(order), self.slips(order)), ([], []), "in the kitchen")

    def check(self):
        self.till.quiet()
        equal(json.loads(self.daemon.ctl("check", "--json", check=False).stdout)["broken"], [])


@case
def waits(world):
    """Accepted for later it is promised for its time, and no ticket, slip or load knows of it"""
    order = world.waiting()
    equal((order["status"], order["promised_at"][:19]), ("ACCEPTED", order["requested_at"][:19]))
    equal(instant(order["begins_at"]), before(order, 20))
    world.is_out(order)
    equal(world.daemon.call("GET", f"{ME}/kitchen/load")["stations"][0]["dishes"], 0)
    listed = world.daemon.call("GET", f"{ME}/orders?status=ACCEPTED")["orders"]
    equal([one["begins_at"] for one in listed if one["id"] == order["id"]], [order["begins_at"]])
    soon = world.waiting(minutes=15, prep=20)
    assert "begins_at" not in soon, "there is no time to wait"
    assert instant(soon["promised_at"]) > instant(soon["requested_at"]), "the kitchen needs longer"
    world.begins(soon)
    world.check()
    world.order = order


@case
def begins(world):
    """When its time has come it goes to the kitchen once, is told of, and is like any other from then on"""
    order = world.order
    head = world.daemon.call("GET", f"{ME}/feed?limit=1")["head"]
    world.due(order)
    world.begins(order)
    now = world.get(order)
    equal(("begins_at" in now, now["version"], now["promised_at"]), (False, order["version"] + 1, order["promised_at"]))
    wait_for("its slip", lambda: len(world.slips(order)) == 1)
    told = [event for event in world.daemon.call("GET", f"{ME}/feed?after={head}")["events"] if event["type"] == "order.begun"]
    equal([(event["aggregate_id"], "begins_at" in event["order"]) for event in told], [(order["id"], False)])
    steps = world.daemon.call("GET", f"{ME}/orders/{order['id']}/timeline")["steps"]
    equal([step["act"] for step in steps], ["place", "accept", "begin"])
    for ticket in world.tickets(order):
        world.daemon.call("POST", f"{ME}/kitchen/tickets/{ticket['id']}/bump")
    equal(world.get(order)["status"], "READY")
    world.check()


@case
def survives(world):
    """What is due while the daemon is away begins when it is back; what is not goes on waiting"""
    due, later = world.waiting(), world.waiting()
    world.due(due, "now() + interval '300 milliseconds'")
    world.daemon.kill()
    world.daemon.start()
    world.daemon.login()
    world.begins(due)
    world.is_out(later)
    equal(world.get(later)["begins_at"], later["begins_at"])


@case
def moved(world):
    """With another time it begins at another; too soon to wait, at once; in the kitchen its time stands"""
    daemon, body, key = world.daemon, world.daemon.order_body(channel="PHONE", requested_at=at(180)), str(uuid.uuid4())
    placed = daemon.place(body, key=key)
    equal(world.move(placed, at(120))["status"], "PENDING", "before it is accepted, too")
    order = world.accept(world.move(placed, at(200)), 30)
    equal(instant(order["begins_at"]), before(order, 30))
    act, to = str(uuid.uuid4()), at(240)
    later = world.move(order, to, key=act, headers={"If-Match": f'"{order["version"]}"'})
    equal((instant(later["begins_at"]), later["promised_at"][:19]), (before(later, 30), to[:19]))
    equal(world.move(order, to, key=act), later, "the same request again")
    equal(refused(world.move, order, at(60), headers={"If-Match": f'"{order["version"]}"'}).code, "VERSION_CONFLICT")
    world.is_out(order)
    soon = world.move(order, at(10))
    assert "begins_at" not in soon and instant(soon["promised_at"]) > instant(soon["requested_at"]), soon
    world.begins(order)
    equal(refused(world.move, order, at(100)).code, "STATE_CONFLICT")
    equal(daemon.place(body, key=key), placed, "the answer to its placing")
    for bad in (at(-1), at(60 * 24 * 31), None, "later"):
        equal(refused(world.move, placed, bad).status in (400, 409), True, bad)
    equal(refused(world.move, world.place(), at(-1)).body["errors"][0]["pointer"], "/requested_at")
    equal(refused(world.move, daemon.place(), at(60)).code, "STATE_CONFLICT", "one that is not for a time")


@case
def placed_accepted(world):
    """Taken at the counter for later it waits as well, and the same key has the same answer, wherever it is by then"""
    daemon, key = world.daemon, str(uuid.uuid4())
    body = daemon.order_body(requested_at=at(90), accept={"ready_in_minutes": 25})
    order = daemon.place(body, key=key)
    equal((instant(order["begins_at"]), order["promised_at"][:19]), (before(order, 25), order["requested_at"][:19]))
    world.is_out(order)
    world.move(order, at(150))
    equal(daemon.place(body, key=key), order)
    daemon.act(order["id"], "start")
    world.begins(order)
    equal(daemon.place(body, key=key), order)
    assert "begins_at" not in world.get(order)


@case
def by_hand(world):
    """Whoever starts it earlier has it in the kitchen at once, and nothing begins a second time"""
    order = world.waiting()
    equal("begins_at" in world.daemon.act(order["id"], "start"), False)
    world.begins(order)
    world.daemon.act(order["id"], "recall")
    world.till.quiet()
    equal((world.get(order)["status"], len(world.tickets(order)), len(world.slips(order))), ("ACCEPTED", 1, 1))


@case
def gone(world):
    """Canceled, it never comes to the kitchen; what it held and what was paid for it is free again"""
    daemon = world.daemon
    item = daemon.plain_item()
    cake = daemon.call("POST", f"{ME}/ingredients", {"name": "떡", "unit": "G", "track": True, "block": True})
    daemon.call("POST", f"{ME}/ingredients/{cake['id']}/movements", {"kind": "RECEIVE", "quantity": 2000}, key=str(uuid.uuid4()))
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe", {"lines": [{"ingredient_id": cake["id"], "quantity": 1000}],
                                                                "options": []})
    paid = world.till.place_prepaid(requested_at=at(180))
    payment = world.till.prepay(paid)
    world.till.reaches(paid, "PENDING", "FULFILLING")
    order = world.accept(paid)
    other = world.waiting()
    held = (f"SELECT count(*) FROM stock_reservation WHERE status = 'RESERVED' AND subject_id IN ('{order['id']}', "
            f"'{other['id']}')")
    wait_for("what both hold", lambda: world.till.cell(held) == "2")
    for one in (order, other):
        gone_one = daemon.act(one["id"], "cancel", {"reason": "손님 변심"})
        equal((gone_one["status"], "begins_at" in gone_one), ("CANCELED", False))
    wait_for("the refund", lambda: world.till.get(payment)["status"] == "REFUNDED")
    wait_for("the stock", lambda: world.till.cell(held) == "0")
    for one in (order, other):
        world.is_out(one)
    equal(refused(world.move, order, at(100)).code, "STATE_CONFLICT")
    world.check()


@case
def as_promised(world):
    """Without minutes it begins as early as the kitchen would take for it now"""
    daemon = world.daemon
    daemon.call("PATCH", ME, {"promise_automatic": True})
    waiting = world.place()
    offered = next(row["minutes"] for row in daemon.call("GET", f"{ME}/kitchen/load")["orders"] if row["order_id"] == waiting["id"])

    def accept():
        try:
            return daemon.act(waiting["id"], "accept", {})
        except Refused as refusal:
            equal(refusal.status, 400)  # the settings in memory are a moment old
            return None

    order = wait_for("automatic minutes", accept, 20)
    equal(instant(order["begins_at"]), before(order, offered))


@case
def all_holds(world):
    """At the end `ordersyncctl check` finds nothing"""
    world.check()


def main():
    with Toss(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")) as toss:
        with Daemon(sys.argv[1], extra=[*toss.daemon_options(), "--toss-retry-ms", "300"]) as daemon:
            daemon.setup(MENU)
            daemon.start()
            daemon.contract = Contract()
            daemon.login()
            return run(World(daemon, toss))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
