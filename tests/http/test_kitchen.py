#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The kitchen over HTTP: what is sent is cooked once, whoever acts first, and every touch of a ticket is told
at once. Every answer is held against the contract, and at the end every invariant."""

import os
import random
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
BASE = "/restaurants/me/kitchen"


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


def find(daemon, name):
    return next(item for category in daemon.menu()["categories"] for item in category["items"]
                if item["name"] == name)


def line(daemon, name, quantity=1, **more):
    """A line of the item, with the first option of every group that must be chosen."""
    item = find(daemon, name)
    options = [{"option_id": group["options"][0]["id"]} for group in item["option_groups"] if group["min"] > 0]
    return {"menu_item_id": item["id"], "quantity": quantity, "options": options, **more}


def state_allergens(daemon, name, allergens):
    item = find(daemon, name)
    daemon.call("PATCH", f"/restaurants/me/menu/items/{item['id']}", {"allergens": allergens})


def send(daemon, *lines, **more):
    """An order that is accepted, and its tickets by the name of their station."""
    order = daemon.place(daemon.order_body(list(lines), **more))
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    wait_for(lambda: tickets(daemon, order), "tickets of an accepted order")
    return order


def tickets(daemon, order, state="open"):
    board = daemon.call("GET", f"{BASE}/tickets?state={state}")
    names = {station["id"]: station["name"] for station in board["stations"]}
    return {names.get(ticket["station_id"], "?"): ticket for ticket in board["tickets"]
            if ticket["order_id"] == order["id"]}


def status(daemon, order):
    return daemon.call("GET", f"/orders/{order['id']}")["status"]


def do(daemon, ticket, verb, body=None, **more):
    return daemon.call("POST", f"{BASE}/tickets/{ticket['id']}/{verb}", body, **more)


def quantities(ticket):
    return [(row["quantity_waiting"], row["quantity_made"], row["quantity_voided"]) for row in ticket["lines"]]


def set_up(daemon, *names, expo=None, **more):
    """Stations of these names; returns name → id."""
    version = daemon.call("GET", f"{BASE}/setup")["version"]
    ids = {name: str(uuid.uuid4()) for name in (*names, *([expo] if expo else []))}
    body = {"version": version, "stations": [{"id": ids[name], "name": name, "is_expo": name == expo} for name in ids]}
    for key, value in more.items():
        body[key] = value(ids) if callable(value) else value
    daemon.call("PUT", f"{BASE}/setup", body)
    return ids


def category_of(daemon, name):
    return next(category["id"] for category in daemon.menu()["categories"]
                if any(item["name"] == name for item in category["items"]))


# ---- one station ----


@case
def one_station(daemon):
    """Without a set-up there is one station; a ticket is shown, touched, struck, sent away and called back."""
    state_allergens(daemon, "라면", ["밀", "대두", "새우 없음", "난류"])  # the kitchen hears what is in, not what is not
    order = send(daemon, line(daemon, "라면", 2, note="덜 맵게"), line(daemon, "콜라"), note="빨리요")
    ticket = tickets(daemon, order)["주방"]
    equal((ticket["state"], ticket["order_number"], ticket["note"]), ("OPEN", order["number"], "빨리요"))
    equal((ticket["lines"][0]["note"], ticket["lines"][0]["allergens"]), ("덜 맵게", ["밀", "대두", "난류"]))
    assert "shown_at" not in ticket and "touched_at" not in ticket
    shown = do(daemon, ticket, "shown")["shown_at"]
    equal(do(daemon, ticket, "shown")["shown_at"], shown, "the first time")
    equal(status(daemon, order), "ACCEPTED")
    touched = do(daemon, ticket, "touch")
    assert touched["touched_at"] and touched["order_status"] == "PREPARING"
    path = f"{BASE}/lines/{ticket['lines'][0]['line_id']}"
    equal(quantities(daemon.call("POST", f"{path}/make", {"quantity": 1}))[0], (1, 1, 0))
    equal(quantities(daemon.call("POST", f"{path}/make"))[0], (0, 2, 0))
    equal(quantities(daemon.call("POST", f"{path}/unmake", {"quantity": 1}))[0], (1, 1, 0))
    before = quantities(tickets(daemon, order)["주방"])
    equal(do(daemon, ticket, "bump")["state"], "DONE")
    equal((status(daemon, order), tickets(daemon, order)), ("READY", {}))
    again = do(daemon, ticket, "bump")
    equal((again["state"], again["recalled"]), ("DONE", 0), "twice is once")
    equal(refused(daemon.call, "POST", f"{path}/unmake").code, "STATE_CONFLICT")
    back = do(daemon, ticket, "recall", {"restart_timer": True})
    equal((back["state"], back["recalled"], quantities(back)), ("OPEN", 1, before), "undone exactly")
    assert back["timer_from"] > ticket["timer_from"]
    equal(status(daemon, order), "PREPARING")
    do(daemon, ticket, "bump")


@case
def priority_and_counts(daemon):
    """What goes first stands first; counts say what is to be made now."""
    first = send(daemon, line(daemon, "칼국수", 2))
    second = send(daemon, line(daemon, "칼국수", 1))
    count = next(row for row in daemon.call("GET", f"{BASE}/tickets")["all_day"] if row["name"] == "칼국수")
    equal((count["quantity"], sorted(count["order_ids"])), (3, sorted([first["id"], second["id"]])))
    do(daemon, tickets(daemon, second)["주방"], "priority", {"on": True})
    order = [ticket["order_id"] for ticket in daemon.call("GET", f"{BASE}/tickets")["tickets"]]
    equal(order, [second["id"], first["id"]])
    for one in (first, second):
        daemon.act(one["id"], "ready")
        wait_for(lambda one=one: not tickets(daemon, one), "the board's ready sends the ticket away")
    equal(refused(do, daemon, {"id": str(uuid.uuid4())}, "bump").code, "NOT_FOUND")


@case
def events(daemon):
    """Every change comes over the feed with the ticket as it is now; nothing personal is in it."""
    feed = daemon.call("GET", "/restaurants/me/feed?after=0&limit=1")
    order = send(daemon, line(daemon, "비빔국수"), customer={"name": "김손님", "phone": "010-1234-5678"})
    do(daemon, tickets(daemon, order)["주방"], "bump")

    def told():
        page = daemon.call("GET", f"/restaurants/me/feed?epoch={feed['epoch']}&after={feed['head']}&limit=500")
        return [event["ticket"] for event in page["events"]
                if event["type"] == "kitchen.ticket" and event["ticket"]["order_id"] == order["id"]]

    found = wait_for(lambda: told() if len(told()) >= 2 else None, "two events of the ticket")
    equal({ticket["state"] for ticket in found}, {"DONE"}, "as it stands when it is read")
    assert "김손님" not in str(found) and "1234" not in str(found), found


@case
def history(daemon):
    """The business day's tickets are found by dish and number, page by page, last first."""
    page = daemon.call("GET", f"{BASE}/history?limit=2")
    equal(len(page["tickets"]), 2)
    rest = daemon.call("GET", f"{BASE}/history?cursor={page['next_cursor']}")["tickets"]
    times = [ticket["bumped_at"] for ticket in page["tickets"] + rest]
    equal(times, sorted(times, reverse=True))
    equal(len({ticket["id"] for ticket in page["tickets"] + rest}), len(times), "none twice")
    found = daemon.call("GET", f"{BASE}/history?q=%EC%B9%BC%EA%B5%AD")["tickets"]
    equal([ticket["lines"][0]["name"] for ticket in found], ["칼국수", "칼국수"])
    number = found[0]["order_number"]
    equal({ticket["order_number"] for ticket in daemon.call("GET", f"{BASE}/history?q={number}")["tickets"]}, {number})
    for bad in ("q=", "cursor=x", "limit=0", "nothing=1"):
        equal(refused(daemon.call, "GET", f"{BASE}/history?{bad}").code, "INVALID_REQUEST", bad)


# ---- changes ----


@case
def canceled(daemon):
    """A cancellation stays on the card until somebody has seen it; nobody sends away what he did not see."""
    order = send(daemon, line(daemon, "라면", 3), line(daemon, "콜라"))
    ticket = do(daemon, tickets(daemon, order)["주방"], "shown")
    daemon.call("POST", f"{BASE}/lines/{ticket['lines'][1]['line_id']}/make")
    daemon.act(order["id"], "cancel", {"reason": "CUSTOMER"})
    ticket = wait_for(lambda: next((t for t in tickets(daemon, order).values() if t["lines"][0]["changes"]), None),
                      "the cancellation on the ticket")
    equal(quantities(ticket), [(0, 0, 3), (0, 1, 0)], "what was made stays made")
    change = ticket["lines"][0]["changes"][0]
    equal((change["kind"], change["quantity"], change.get("seen_at")), ("VOIDED", 3, None))
    stale = refused(do, daemon, ticket, "bump", headers={"If-Match": f'"{ticket["version"] - 1}"'})
    equal((stale.code, stale.body["current_version"]), ("VERSION_CONFLICT", ticket["version"]))
    seen = daemon.call("POST", f"{BASE}/changes/{change['id']}/seen")
    equal(seen["state"], "DONE")
    assert seen["lines"][0]["changes"][0]["seen_at"]
    equal(refused(do, daemon, ticket, "recall").code, "STATE_CONFLICT")
    equal(refused(daemon.call, "POST", f"{BASE}/changes/{uuid.uuid4()}/seen").code, "NOT_FOUND")


@case
def canceled_when_all_is_struck(daemon):
    """Also the cook who has made everything is told, and one bump with the version he saw is enough."""
    order = send(daemon, line(daemon, "콜라"))
    ticket = tickets(daemon, order)["주방"]
    daemon.call("POST", f"{BASE}/lines/{ticket['lines'][0]['line_id']}/make")
    daemon.act(order["id"], "cancel", {"reason": "CUSTOMER"})
    ticket = wait_for(lambda: next((t for t in tickets(daemon, order).values() if t["changes"]), None), "the word")
    equal(do(daemon, ticket, "bump", headers={"If-Match": f'"{ticket["version"]}"'})["state"], "DONE")


@case
def board_and_kitchen(daemon):
    """Ready and recall by the board, bump and recall by the kitchen: whatever the order, they agree."""
    order = send(daemon, line(daemon, "라면", 2))
    ticket = tickets(daemon, order)["주방"]
    daemon.act(order["id"], "ready")
    equal(do(daemon, ticket, "bump")["state"], "DONE", "the bump meets what the board has done")
    daemon.act(order["id"], "recall")
    back = wait_for(lambda: tickets(daemon, order).get("주방"), "the board's recall on the screen")
    equal(quantities(back), [(2, 0, 0)])
    do(daemon, ticket, "bump")
    daemon.act(order["id"], "complete")
    equal(do(daemon, ticket, "recall")["order_status"], "PREPARING", "a guest brings it back")
    equal(status(daemon, order), "PREPARING")
    do(daemon, ticket, "bump")


@case
def touch_and_bump(daemon):
    """A screen tells of a touch beside the bump: whichever comes first, and if the touch is lost, what is called
    back at once is being cooked."""
    ends = []
    for deeds in (("touch", "bump", "recall"), ("bump", "touch", "recall"), ("bump", "recall", "touch"),
                  ("bump", "recall")):
        order = send(daemon, line(daemon, "라면"))
        ticket = tickets(daemon, order)["주방"]
        for deed in deeds:
            do(daemon, ticket, deed)
        ends.append((status(daemon, order), quantities(tickets(daemon, order)["주방"])))
        do(daemon, ticket, "bump")
    equal(ends, [("PREPARING", [(1, 0, 0)])] * 4)


# ---- stations ----


@case
def unrouted(daemon):
    """With several stations nothing on the menu may be left without one."""
    body = {"version": 0, "stations": [{"name": "불"}, {"name": "물"}]}
    refusal = refused(daemon.call, "PUT", f"{BASE}/setup", body)
    equal((refusal.status, refusal.code), (422, "UNROUTED"))
    names = {item["name"] for item in refusal.body["unrouted"]}
    assert "라면" in names and refusal.body["errors"][0]["pointer"].startswith("/unrouted/"), refusal.body
    a, b = str(uuid.uuid4()), str(uuid.uuid4())
    body["stations"] = [{"id": a, "name": "불"}, {"id": b, "name": "불"}]
    equal(refused(daemon.call, "PUT", f"{BASE}/setup", body).code, "INVALID_REQUEST", "two of one name")
    body["stations"] = [{"id": a, "name": "불"}]
    for fault in ({"kind": "ITEM", "target_id": str(uuid.uuid4()), "station_id": a},
                  {"kind": "CATEGORY", "target_id": find(daemon, "라면")["id"], "station_id": a},
                  {"kind": "ITEM", "target_id": find(daemon, "라면")["id"], "station_id": b}):
        refusal = refused(daemon.call, "PUT", f"{BASE}/setup", {**body, "routes": [fault]})
        equal((refusal.code, refusal.body["errors"][0]["pointer"]), ("INVALID_REQUEST", "/routes/0"))
    for other in (7, 2 ** 40):
        equal(refused(daemon.call, "PUT", f"{BASE}/setup", {**body, "version": other}).code, "VERSION_CONFLICT",
              f"version {other}")
    equal(daemon.call("GET", f"{BASE}/setup")["version"], 0, "nothing was saved")


@case
def stations_chain(daemon):
    """Each dish goes to its station, option before item before named before category; the last bump makes the
    order READY."""
    ramyeon = find(daemon, "라면")
    cheese = next(o["id"] for g in ramyeon["option_groups"] for o in g["options"] if o["name"] == "치즈")
    set_up(daemon, "화구", "찬음식", "옵션", default_station_id=lambda ids: ids["화구"], routes=lambda ids: [
        {"kind": "CATEGORY", "target_id": category_of(daemon, "콜라"), "station_id": ids["찬음식"]},
        {"kind": "ITEM", "target_id": find(daemon, "비빔국수")["id"], "station_id": ids["찬음식"]},
        {"kind": "OPTION", "target_id": cheese, "station_id": ids["옵션"]}])
    with_cheese = {**line(daemon, "라면"), "options": [{"option_id": cheese}]}
    order = send(daemon, line(daemon, "라면"), line(daemon, "비빔국수"), line(daemon, "콜라"), with_cheese,
                 line(daemon, "돈까스"))
    found = tickets(daemon, order)
    equal({name: [row["name"] for row in ticket["lines"]] for name, ticket in found.items()},
          {"화구": ["라면", "돈까스"], "찬음식": ["비빔국수", "콜라"], "옵션": ["라면"]})
    for name, wanted in (("화구", "PREPARING"), ("옵션", "PREPARING"), ("찬음식", "READY")):
        do(daemon, found[name], "bump")
        equal(status(daemon, order), wanted, name)
    do(daemon, found["옵션"], "recall")
    equal((status(daemon, order), list(tickets(daemon, order))), ("PREPARING", ["옵션"]), "only the one called back")
    do(daemon, found["옵션"], "bump")
    equal(status(daemon, order), "READY")


@case
def expo(daemon):
    """With an expo the order is READY when that lets it go."""
    set_up(daemon, "화구", "찬음식", expo="나감", default_station_id=lambda ids: ids["화구"], routes=lambda ids: [
        {"kind": "CATEGORY", "target_id": category_of(daemon, "콜라"), "station_id": ids["찬음식"]}])
    order = send(daemon, line(daemon, "라면"), line(daemon, "콜라"))
    found = tickets(daemon, order)
    do(daemon, found["화구"], "bump")
    equal(list(tickets(daemon, order)), ["찬음식"])
    do(daemon, found["찬음식"], "bump")
    last = tickets(daemon, order)["나감"]
    equal((status(daemon, order), last["stage"], len(last["lines"])), ("PREPARING", "EXPO", 2))
    do(daemon, found["화구"], "recall")
    do(daemon, found["화구"], "bump")
    equal(do(daemon, last, "bump")["state"], "DONE")
    equal(status(daemon, order), "READY")
    back = do(daemon, last, "recall")
    equal((back["state"], status(daemon, order), list(tickets(daemon, order))), ("OPEN", "PREPARING", ["나감"]))
    set_up(daemon, "하나")
    equal(status(daemon, order), "READY", "nobody puts orders together any more")


@case
def removed_station(daemon):
    """What lies on a station that is taken away comes to the default: nothing vanishes."""
    set_up(daemon, "화구", "찬음식", default_station_id=lambda ids: ids["화구"], routes=lambda ids: [
        {"kind": "CATEGORY", "target_id": category_of(daemon, "콜라"), "station_id": ids["찬음식"]}])
    order = send(daemon, line(daemon, "라면"), line(daemon, "콜라"))
    equal(sorted(tickets(daemon, order)), ["찬음식", "화구"])
    set_up(daemon, "하나")
    mine = [t for t in daemon.call("GET", f"{BASE}/tickets")["tickets"] if t["order_id"] == order["id"]]
    station = daemon.call("GET", f"{BASE}/tickets")["stations"][0]
    equal((station["name"], station["open"], {t["station_id"] for t in mine}), ("하나", 2, {station["id"]}))
    for ticket in mine:
        do(daemon, ticket, "bump")
    equal(status(daemon, order), "READY")


@case
def languages(daemon):
    """A station has its dishes in its own language."""
    version = daemon.call("GET", f"{BASE}/setup")["version"]
    daemon.call("PUT", f"{BASE}/setup", {"version": version, "stations": [{"name": "Line", "language": "en"}]})
    order = send(daemon, line(daemon, "라면"))
    ticket = tickets(daemon, order)["Line"]
    equal((ticket["lines"][0]["name"], ticket["lines"][0]["kitchen_name"]), ("라면", "Ramyeon"))
    do(daemon, ticket, "bump")


# ---- courses ----


@case
def courses(daemon):
    """A later course waits until it is fired, and goes back while nothing of it is made."""
    set_up(daemon, "하나")
    order = send(daemon, line(daemon, "김치볶음밥"), line(daemon, "식혜", 2, course=2))
    ticket = tickets(daemon, order)["하나"]
    states = {row["course"]: row["state"] for row in ticket["courses"]}
    equal(states, {1: "FIRED", 2: "HELD"})
    assert "식혜" not in {row["name"] for row in daemon.call("GET", f"{BASE}/tickets")["all_day"]}
    kept = do(daemon, ticket, "bump")
    equal((kept["state"], quantities(kept), status(daemon, order)), ("OPEN", [(0, 1, 0), (2, 0, 0)], "PREPARING"))
    path = f"{BASE}/orders/{order['id']}"
    fired = daemon.call("POST", f"{path}/fire", {"course": 2})["tickets"][0]
    equal(fired["courses"][1]["state"], "FIRED")
    equal(fired["timer_from"], fired["courses"][1]["fired_at"], "it ages from now on")
    equal(daemon.call("POST", f"{path}/fire", {"course": 2})["tickets"][0]["version"], fired["version"], "once")
    equal(daemon.call("POST", f"{path}/hold", {"course": 2})["tickets"][0]["courses"][1]["state"], "HELD")
    equal([ticket["order_id"] for ticket in daemon.call("GET", f"{BASE}/tickets?order_id={order['id']}")["tickets"]],
          [order["id"]])
    daemon.call("POST", f"{path}/fire", {"course": 2})
    daemon.call("POST", f"{BASE}/lines/{ticket['lines'][1]['line_id']}/make", {"quantity": 1})
    equal(refused(daemon.call, "POST", f"{path}/hold", {"course": 2}).code, "STATE_CONFLICT")
    equal(refused(daemon.call, "POST", f"{path}/fire", {"course": 3}).code, "NOT_FOUND")
    wait_for(lambda: do(daemon, ticket, "bump")["state"] == "DONE", "the bump after the guard")
    equal(refused(daemon.call, "POST", f"{path}/fire", {"course": 2}).code, "STATE_CONFLICT")


@case
def auto_fire(daemon):
    """When the set-up says so, a course is fired as soon as the one before is sent away."""
    set_up(daemon, "하나", auto_fire=True)
    order = send(daemon, line(daemon, "김치볶음밥"), line(daemon, "식혜", 1, course=2), line(daemon, "콜라", 1, course=3))
    ticket = do(daemon, tickets(daemon, order)["하나"], "bump")
    equal([row["state"] for row in ticket["courses"]], ["DONE", "FIRED", "HELD"])
    equal(do(daemon, ticket, "bump")["version"], ticket["version"], "a second tap of the same hand")
    # Called back, the first is made again; what was fired since may be on the fire and stays so.
    back = do(daemon, ticket, "recall")
    equal([row["state"] for row in back["courses"]], ["FIRED", "FIRED", "HELD"])
    equal(quantities(back), [(1, 0, 0), (1, 0, 0), (1, 0, 0)])
    wait_for(lambda: do(daemon, ticket, "bump")["state"] == "DONE", "two more bumps")
    equal(status(daemon, order), "READY")


@case
def business_day(daemon):
    """What was sent away is shown for its business day, not for 24 hours; what is open always."""
    set_up(daemon, "하나")
    gone, stays = (send(daemon, line(daemon, "김치볶음밥")) for _ in range(2))
    wait_for(lambda: do(daemon, tickets(daemon, gone)["하나"], "bump")["state"] == "DONE", "the bump")
    equal(tickets(daemon, gone), {})
    equal(tickets(daemon, gone, "all")["하나"]["state"], "DONE")
    daemon.sql(f"UPDATE kitchen_order SET business_day = business_day - 1 "
               f"WHERE order_id IN ('{gone['id']}', '{stays['id']}')")
    equal(tickets(daemon, gone, "all"), {})
    equal(tickets(daemon, stays, "all")["하나"]["state"], "OPEN")
    equal(refused(daemon.call, "GET", f"{BASE}/tickets?order_id=1").status, 400)
    daemon.sql(f"UPDATE kitchen_order SET business_day = business_day + 1 "
               f"WHERE order_id IN ('{gone['id']}', '{stays['id']}')")


@case
def reprints(daemon):
    """The slips of an order come once more as copies: one for each station that has something to make of it."""
    daemon.call("POST", "/restaurants/me/printers", {"name": "종이", "transport": "NONE", "purposes": ["KITCHEN"]})
    set_up(daemon, "하나", "둘", routes=lambda ids: [
        {"kind": "ITEM", "target_id": find(daemon, "식혜")["id"], "station_id": ids["둘"]}],
        default_station_id=lambda ids: ids["하나"])
    order = send(daemon, line(daemon, "김치볶음밥"), line(daemon, "식혜", 2))

    def copies():
        jobs = daemon.call("GET", "/restaurants/me/print-jobs?limit=200")["jobs"]
        return sorted(job["copy"] for job in jobs if job["subject_id"] == order["id"])

    wait_for(lambda: copies() == [1, 1], "both slips")
    again = daemon.call("POST", f"{BASE}/orders/{order['id']}/reprint")
    equal(len(again["tickets"]), 2)
    equal(copies(), [1, 1, 2, 3])
    held = send(daemon, line(daemon, "김치볶음밥"), line(daemon, "김치볶음밥", 1, course=2))
    path = f"{BASE}/orders/{held['id']}"

    def slips():
        jobs = daemon.call("GET", "/restaurants/me/print-jobs?limit=200")["jobs"]
        return len([job for job in jobs if job["subject_id"] == held["id"]])

    wait_for(lambda: slips() == 1, "its slip")
    for count, verb in enumerate(("fire", "hold", "fire", "hold"), 2):
        daemon.call("POST", f"{path}/{verb}", {"course": 2})
        equal(slips(), count, f"{verb} is on paper too")
    equal(refused(daemon.call, "POST", f"{BASE}/orders/{uuid.uuid4()}/reprint").status, 404)
    daemon.act(order["id"], "cancel", {"reason": "SOLD_OUT"})
    wait_for(lambda: len(copies()) == 6, "the change at both stations")
    daemon.call("POST", f"{BASE}/orders/{order['id']}/reprint")
    equal(len(copies()), 6, "nothing of it is wanted any more")


# ---- all together ----


@case
def random_hands(daemon):
    """Board and kitchen at random: sent = waiting + made + voided at every step, and the end is one."""
    set_up(daemon, "화구", "찬음식", expo="나감", default_station_id=lambda ids: ids["화구"], routes=lambda ids: [
        {"kind": "CATEGORY", "target_id": category_of(daemon, "콜라"), "station_id": ids["찬음식"]}])
    dice = random.Random(45)
    for _ in range(6):
        order = send(daemon, line(daemon, "라면", 3), line(daemon, "콜라", 2, course=2), line(daemon, "식혜"))
        for _ in range(14):
            mine = list(tickets(daemon, order, "all").values())
            ticket = dice.choice(mine)
            row = dice.choice(ticket["lines"])
            refused_or = dice.choice([
                lambda: daemon.act(order["id"], dice.choice(["start", "ready", "recall", "complete"])),
                lambda: do(daemon, ticket, dice.choice(["bump", "recall", "touch", "shown"])),
                lambda: daemon.call("POST", f"{BASE}/lines/{row['line_id']}/{dice.choice(['make', 'unmake'])}",
                                    {"quantity": dice.randint(1, 3)}),
                lambda: daemon.call("POST", f"{BASE}/orders/{order['id']}/{dice.choice(['fire', 'hold'])}",
                                    {"course": dice.randint(1, 2)})])
            try:
                refused_or()
            except Refused as refusal:
                equal(refusal.code, "STATE_CONFLICT")
            for one in tickets(daemon, order, "all").values():
                for row in one["lines"]:
                    equal(row["quantity_waiting"] + row["quantity_made"] + row["quantity_voided"], row["quantity_sent"])
        if dice.random() < 0.3:
            daemon.act(order["id"], "cancel", {"reason": "CUSTOMER"}) if status(daemon, order) != "COMPLETED" else None
    daemon.ctl("check")


@case
def rights(daemon):
    """A kitchen screen reads the guest's words and no more, and may not lay the kitchen out."""
    made = daemon.call("POST", "/restaurants/me/devices", {"name": "주방 화면", "role": "KITCHEN"})
    token = daemon.call("POST", "/auth/pair", {"pairing_code": made["pairing_code"]}, anonymous=True)["device_token"]
    access = daemon.call("POST", "/auth/device-token", {"device_token": token}, anonymous=True)["access_token"]
    screen = {"Authorization": f"Bearer {access}"}
    order = send(daemon, line(daemon, "라면", note="콩 빼고"), customer={"name": "박손님", "phone": "010-9999-0001"})
    page = daemon.call("GET", f"{BASE}/tickets", headers=screen)
    text = str(page)
    assert "콩 빼고" in text and "박손님" not in text and "99990001" not in text.replace("-", "")
    ticket = next(t for t in page["tickets"] if t["order_id"] == order["id"])
    equal(daemon.call("POST", f"{BASE}/tickets/{ticket['id']}/bump", headers=screen)["state"], "BUMPED")
    equal(refused(daemon.call, "PUT", f"{BASE}/setup", {"version": 0, "stations": []}, headers=screen).code,
          "INSUFFICIENT_PERMISSION")


@case
def everything_holds(daemon):
    """After all this every invariant holds."""
    wait_for(lambda: int(daemon.sql("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox "
                                    "WHERE done_at IS NULL)").split()[2]) == 0, "quiet")
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
