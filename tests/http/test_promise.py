#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What is promised, over HTTP: the load of every station as it is reckoned by hand, the minutes of an order that
come from it, and a pause and a busy hour that whoever takes orders may set and that end by the clock alone."""

import math
import os
import sys
import time
import uuid
from datetime import datetime, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import PASSWORD, Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
KITCHEN = "/restaurants/me/kitchen"
LEAST, MOST, USUAL = 10, 90, 20


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def wait_for(ask, what, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.02)


def line(daemon, name, quantity=1, **more):
    item = next(item for category in daemon.menu()["categories"] for item in category["items"]
                if item["name"] == name)
    options = [{"option_id": group["options"][0]["id"]} for group in item["option_groups"] if group["min"] > 0]
    return {"menu_item_id": item["id"], "quantity": quantity, "options": options, **more}


def place(daemon, *lines, **more):
    return daemon.place(daemon.order_body(list(lines), **more))


def load(daemon):
    """Dishes and minutes by the name of the station, and the minutes of every waiting order."""
    answer = daemon.call("GET", f"{KITCHEN}/load")
    return ({row["name"]: (row["dishes"], row["minutes"]) for row in answer["stations"]},
            {row["order_id"]: row["minutes"] for row in answer["orders"]}, answer["minutes"])


def cook(daemon, *lines):
    """An order that is accepted and stands on the screens."""
    order = place(daemon, *lines)
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    wait_for(lambda: tickets(daemon, order), "tickets")
    return order


def tickets(daemon, order):
    return [ticket for ticket in daemon.call("GET", f"{KITCHEN}/tickets")["tickets"]
            if ticket["order_id"] == order["id"]]


def utc(moment):
    return datetime.fromtimestamp(moment, timezone.utc).isoformat().replace("+00:00", "Z")


def minutes_of(order):
    accepted, promised = (datetime.fromisoformat(order[name].replace("Z", "+00:00"))
                          for name in ("accepted_at", "promised_at"))
    return (promised - accepted).total_seconds() / 60


def pace(daemon, **body):
    return daemon.call("PATCH", "/restaurants/me/pace", body)


@case
def one_station(daemon):
    """Without a set-up all waits at one station that makes six at once; what is sent away does not wait."""
    equal(load(daemon), ({"주방": (0, 0)}, {}, USUAL))
    order = cook(daemon, line(daemon, "라면", 5), line(daemon, "콜라", 2))
    equal(load(daemon)[0], {"주방": (7, math.ceil((5 * 6 + 2 * 1) / 6))})
    waiting = place(daemon, line(daemon, "돈까스", 2))
    equal(load(daemon)[1], {waiting["id"]: 20}, "6 of what waits and 12 of its own, to the next five")
    daemon.act(waiting["id"], "reject", {"reason": "재료 소진"})
    for ticket in tickets(daemon, order):
        daemon.call("POST", f"{KITCHEN}/tickets/{ticket['id']}/bump")
    equal(load(daemon), ({"주방": (0, 0)}, {}, USUAL))


@case
def stations(daemon):
    """Each station has its own load; an order waits for the slowest of those it comes to, never for others."""
    ids = {name: str(uuid.uuid4()) for name in ("불판", "화구", "음료대", "모으는 곳")}
    setup = {"version": 0, "default_station_id": ids["음료대"], "stations": [
        {"id": ids["불판"], "name": "불판", "parallel": 2}, {"id": ids["화구"], "name": "화구", "parallel": 4},
        {"id": ids["음료대"], "name": "음료대", "parallel": 1, "dish_minutes": 3},
        {"id": ids["모으는 곳"], "name": "모으는 곳", "is_expo": True}]}
    daemon.call("PUT", f"{KITCHEN}/setup", setup)
    kept = {row["name"]: (row["parallel"], row["dish_minutes"])
            for row in daemon.call("GET", f"{KITCHEN}/setup")["stations"]}
    equal(kept, {"불판": (2, 0), "화구": (4, 0), "음료대": (1, 3), "모으는 곳": (6, 0)})
    for wrong in ({"parallel": 0}, {"parallel": 51}, {"dish_minutes": 241}):
        body = {"version": 1, "stations": [{"name": "불판", **wrong}]}
        equal(refused(daemon.call, "PUT", f"{KITCHEN}/setup", body).status, 400)

    # Held is what is not to be cooked yet: the ramyeon of the second course.
    order = cook(daemon, line(daemon, "로제떡볶이", 5), line(daemon, "라면", 9, course=2), line(daemon, "칼국수"))
    equal(load(daemon)[0], {"불판": (5, 25), "화구": (1, 3), "음료대": (0, 0)})
    both = place(daemon, line(daemon, "로제떡볶이", 3), line(daemon, "라면"))
    fire = place(daemon, line(daemon, "칼국수"))
    equal(load(daemon)[1], {both["id"]: 40, fire["id"]: 15}, "25 + 15, 3 + 9")
    daemon.call("POST", f"{KITCHEN}/orders/{order['id']}/fire", {"course": 2})
    equal(load(daemon)[0]["화구"], (10, math.ceil((9 + 54) / 4)))
    equal(load(daemon)[1], {both["id"]: 40, fire["id"]: 25}, "16 + 9")
    for one in (both, fire):
        daemon.act(one["id"], "reject", {"reason": "영업 끝"})


@case
def automatic(daemon):
    """Accepted without minutes: refused, or with those that were offered, where the shop wants that."""
    order = place(daemon, line(daemon, "로제떡볶이", 3))
    offered = load(daemon)[1][order["id"]]
    equal(offered, 40)
    for body in ({}, None):
        refusal = refused(daemon.act, order["id"], "accept", body)
        equal((refusal.status, refusal.body["errors"][0]["pointer"]), (400, "/ready_in_minutes"))
    daemon.call("PATCH", "/restaurants/me", {"promise_automatic": True})

    def accept():
        try:
            return daemon.act(order["id"], "accept", {})
        except Refused as refusal:
            equal(refusal.status, 400)  # the settings in memory are a moment old
            return None

    equal(minutes_of(wait_for(accept, "automatic minutes")), offered)
    one, other, said = (place(daemon, line(daemon, "콜라")) for _ in range(3))
    pace(daemon, busy_minutes=15)
    wait_for(lambda: load(daemon)[1][one["id"]] == LEAST + 15, "busy minutes in what is offered")
    equal(minutes_of(daemon.act(one["id"], "accept", None)), LEAST + 15)
    equal(minutes_of(daemon.act(said["id"], "accept", {"ready_in_minutes": 7})), 7, "a person's word counts")
    later = int(time.time()) + 4 * 3600
    evening = place(daemon, line(daemon, "콜라"), requested_at=utc(later))
    equal(daemon.act(evening["id"], "accept", {})["promised_at"][:19], utc(later)[:19], "the time asked for")
    pace(daemon, busy_minutes=0)
    wait_for(lambda: load(daemon)[1][other["id"]] == LEAST, "busy no more")
    equal(refused(daemon.call, "PATCH", "/restaurants/me", {"promise_min_minutes": MOST + 1}).status, 400)
    daemon.call("PATCH", "/restaurants/me", {"promise_min_minutes": 5, "promise_max_minutes": 12})
    wait_for(lambda: load(daemon)[1][other["id"]] == 5, "the least of the shop")
    many = place(daemon, line(daemon, "로제떡볶이", 30))
    equal(load(daemon)[1][many["id"]], 12, "the most of the shop")
    daemon.act(many["id"], "reject", {"reason": "주문이 많아요"})
    daemon.call("PATCH", "/restaurants/me", {"promise_min_minutes": LEAST, "promise_max_minutes": MOST})
    wait_for(lambda: load(daemon)[1][other["id"]] == LEAST, "the settings as they were")


@case
def pace_of_staff(daemon):
    """Staff may pause and be busy, and nothing else; both end by the clock, and nothing is written then."""
    code = daemon.call("POST", "/restaurants/me/staff",
                       {"name": "김직원", "email": "staff@shop.example", "role": "STAFF"})["invitation_code"]
    tokens = daemon.call("POST", "/auth/invitation", {"code": code, "email": "staff@shop.example",
                                                      "password": PASSWORD}, anonymous=True)
    staff = {"Authorization": f"Bearer {tokens['access_token']}"}

    def as_staff(body, path="/restaurants/me/pace"):
        return daemon.call("PATCH", path, body, headers=staff)

    equal(refused(as_staff, {"open_state": "PAUSED"}, "/restaurants/me").status, 403)
    equal(refused(daemon.call, "PATCH", "/restaurants/me/pace", {"busy_minutes": 5}, anonymous=True).status, 401)
    for wrong in ({"minimum_order": 1}, {"open_state": "CLOSED"}, {"busy_minutes": 121}, {"busy_minutes": -1},
                  {"busy_until": utc(time.time() + 60)}, {"busy_minutes": 5, "busy_until": utc(time.time() - 1)},
                  {"busy_minutes": 5, "busy_until": utc(time.time() + 8 * 86400)}):
        equal(refused(as_staff, wrong).status, 400, wrong)
    daemon.call("PATCH", "/restaurants/me", {"open_state": "CLOSED"})
    equal(refused(as_staff, {"open_state": "OPEN"}).status, 409)
    daemon.call("PATCH", "/restaurants/me", {"open_state": "OPEN"})

    head, before = daemon.call("GET", "/restaurants/me/feed?limit=1")["head"], load(daemon)[2]
    end = time.time() + 3
    set_to = as_staff({"busy_minutes": 20, "busy_until": utc(end), "open_state": "PAUSED", "paused_until": utc(end)})
    equal((set_to["busy_minutes"], set_to["open_state"]), (20, "PAUSED"))
    wait_for(lambda: [event for event in daemon.call("GET", f"/restaurants/me/feed?after={head}")["events"]
                      if event["type"] == "shop.updated"], "the change, told to screens")

    def as_guest():
        try:
            daemon.place(daemon.order_body(channel="QR"), anonymous=True)
        except Refused as refusal:
            return refusal
        return None

    refusal = wait_for(as_guest, "the pause")
    equal((refusal.code, refusal.body["open_state"]), ("SHOP_CLOSED", "PAUSED"))
    equal(refusal.body["paused_until"][:19], utc(end)[:19])
    equal(load(daemon)[2], before + 20)
    daemon.place()  # staff take orders all the time
    wait_for(lambda: as_guest() is None, "the end of the pause")
    assert time.time() >= end, "orders were taken before the end of the pause"
    equal(load(daemon)[2], before, "busy no more")
    mine = daemon.call("GET", "/restaurants/me")
    equal((mine["busy_minutes"], "busy_until" in mine, mine["open_state"]), (0, False, "OPEN"))
    equal(mine["version"], set_to["version"], "nothing is written at the end")


@case
def end(daemon):
    """Every invariant holds."""
    daemon.ctl("check")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
