#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders over HTTP against a real daemon and PostgreSQL; every answer is held against the contract."""

import asyncio
import json
import os
import sys
import threading
import time
import urllib.parse
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused, forged  # noqa: E402
from tap import Skip, case, equal, run  # noqa: E402

import websockets  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CORPUS = os.path.join(HERE, "..", "..", "..", "shared", "corpora")


def item(daemon, name):
    for category in daemon.menu()["categories"]:
        for found in category["items"]:
            if found["name"] == name:
                return found
    raise AssertionError(f"{name} is not on the menu")


def option(found, group, name):
    for candidate in next(g for g in found["option_groups"] if g["name"] == group)["options"]:
        if candidate["name"] == name:
            return candidate["id"]
    raise AssertionError(f"no option {name}")


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def refused_or_none(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    return None


def tteokbokki(daemon, **more):
    found = item(daemon, "떡볶이")
    line = {"menu_item_id": found["id"], "quantity": 2,
            "options": [{"option_id": option(found, "맵기", "불맛")},
                        {"option_id": option(found, "떡", "쌀떡")},
                        {"option_id": option(found, "토핑", "치즈"), "quantity": 1}]}
    line.update(more)
    return line


def kitchen_lines(daemon, order):
    page = daemon.call("GET", "/restaurants/me/kitchen/lines")["lines"]
    return [line for line in page if line["order_id"] == order["id"]]


def kitchen_has(daemon, order, wanted):
    deadline = time.monotonic() + 10
    while len(kitchen_lines(daemon, order)) != wanted:
        assert time.monotonic() < deadline, f"the kitchen never had {wanted} lines"
        time.sleep(0.02)


def accept_now(daemon):
    return daemon.order_body(accept={"ready_in_minutes": 10})


@case
def places(daemon):
    """An order is priced by the menu, numbered and told in full."""
    order = daemon.place(daemon.order_body([tteokbokki(daemon, note="덜 달게 🙂 שלום")],
                                           customer={"name": "김손님", "phone": "010-1234-5678"},
                                           note="문 앞에 두세요"))
    equal(order["status"], "PENDING")
    equal(order["items"][0]["unit_price"], 4500 + 500 + 500 + 1500)
    equal(order["total_amount"], 2 * 7000)
    equal(order["supply_amount"], (14000 * 10 + 5) // 11)
    equal(order["supply_amount"] + order["vat_amount"], 14000)
    equal(order["items"][0]["note"], "덜 달게 🙂 שלום")
    equal(order["customer"], {"name": "김*님", "phone": "010-****-5678"})
    stored = daemon.call("GET", f"/orders/{order['id']}")
    del order["tracking_token"]
    stored.pop("guest_id", None)  # looked up moments later
    equal(stored, order, "the order read back")


@case
def numbers(daemon):
    """Numbers follow each other without a gap, also over refusals."""
    first = daemon.place()["number"]
    refused(daemon.place, daemon.order_body([{"menu_item_id": str(uuid.uuid4()), "quantity": 1}]))
    equal(daemon.place()["number"], first + 1)


@case
def replays(daemon):
    """The same key gives the same answer to the byte; another body is refused."""
    body = daemon.order_body()
    key = str(uuid.uuid4())
    headers = {"Idempotency-Key": key, "Content-Type": "application/json",
               "Authorization": f"Bearer {daemon.token}"}
    status, _, first = daemon.raw("POST", "/api/v1/orders", json.dumps(body), headers)
    equal(status, 201)
    daemon.act(json.loads(first)["id"], "accept", {"ready_in_minutes": 20})
    shuffled = json.dumps(dict(reversed(list(body.items()))), indent=1)
    status, found, second = daemon.raw("POST", "/api/v1/orders", shuffled, headers)
    equal(status, 201)
    equal(second, first, "replayed answer")
    equal(found.get("Idempotent-Replayed"), "true")
    other = dict(body, note="anders")
    equal(refused(daemon.place, other, key=key).code, "IDEMPOTENCY_KEY_REUSED")


@case
def born_accepted(daemon):
    """Staff may accept with the placing: one answer, both steps, both events in order, kitchen lines."""
    head = daemon.call("GET", "/restaurants/me/feed?limit=1")["head"]
    body = daemon.order_body([tteokbokki(daemon)], accept={"ready_in_minutes": 10})
    key = str(uuid.uuid4())
    headers = {"Idempotency-Key": key, "Content-Type": "application/json",
               "Authorization": f"Bearer {daemon.token}"}
    status, found, first = daemon.raw("POST", "/api/v1/orders", json.dumps(body), headers)
    order = json.loads(first)
    equal((status, found["ETag"], order["status"], order["version"]), (201, '"2"', "ACCEPTED", 2))
    equal(order["accepted_at"], order["created_at"])
    steps = daemon.call("GET", f"/restaurants/me/orders/{order['id']}/timeline")["steps"]
    equal([(s.get("from_status"), s["to_status"], s["act"]) for s in steps],
          [(None, "PENDING", "place"), ("PENDING", "ACCEPTED", "accept")])
    kitchen_has(daemon, order, 1)
    events = daemon.call("GET", f"/restaurants/me/feed?after={head}")["events"]
    # An event of the case before may still have been on its way.
    equal([e["type"] for e in events if e["aggregate_id"] == order["id"]],
          ["order.created", "order.accepted"])
    daemon.act(order["id"], "ready")
    equal(daemon.raw("POST", "/api/v1/orders", json.dumps(body), headers)[2], first, "replayed answer")
    equal(refused(daemon.place, dict(body, accept={"ready_in_minutes": 11}), key=key).code,
          "IDEMPOTENCY_KEY_REUSED")
    for wrong in ({}, {"ready_in_minutes": 0}, {"ready_in_minutes": 301}, {"minutes": 5}, 5):
        equal(refused(daemon.place, dict(body, accept=wrong)).code, "INVALID_REQUEST", wrong)


@case
def sent_back(daemon):
    """A counter order taken back at once leaves nothing to cook and nothing owed."""
    order = daemon.place(daemon.order_body([tteokbokki(daemon)], accept={"ready_in_minutes": 10}))
    equal(daemon.act(order["id"], "cancel", {"reason": "다시 주문"})["status"], "CANCELED")
    late = daemon.place(accept_now(daemon))
    kitchen_has(daemon, late, 1)
    kitchen_has(daemon, order, 0)
    daemon.act(late["id"], "cancel", {"reason": "다시 주문"})
    kitchen_has(daemon, late, 0)
    daemon.ctl("check")


@case
def practice(daemon):
    """An order for practice is numbered and shown like any, and says what it is."""
    before = daemon.place()
    order = daemon.place(daemon.order_body(practice=True))
    equal((order["practice"], order["number"]), (True, before["number"] + 1))
    equal(daemon.call("GET", f"/orders/{order['id']}")["practice"], True)
    page = daemon.call("GET", "/restaurants/me/orders?limit=2")["orders"]
    equal([o.get("practice") for o in page], [True, None])
    for act, body in (("accept", {"ready_in_minutes": 5}), ("ready", None), ("hand-over", None)):
        equal(daemon.act(order["id"], act, body)["practice"], True)
    for more in ({"practice": True}, {"accept": {"ready_in_minutes": 5}}):
        refusal = refused(daemon.place, daemon.order_body(channel="QR", **more), anonymous=True)
        equal((refusal.status, refusal.code), (422, "STAFF_ONLY"))
    daemon.ctl("check")


@case
def replays_late(daemon):
    """A key that was used has its answer, though the shop has closed or the time asked for has passed."""
    soon = time.time() + 2
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(soon)) + "Z"
    timed, key = daemon.order_body(requested_at=at), str(uuid.uuid4())
    first = daemon.place(timed, key=key)
    guest, guest_key = daemon.order_body(channel="QR"), str(uuid.uuid4())
    before = daemon.place(guest, key=guest_key, anonymous=True)
    shop = daemon.call("GET", "/restaurants/me")
    daemon.call("PATCH", "/restaurants/me", {"open_state": "PAUSED"}, headers={"If-Match": f'"{shop["version"]}"'})

    def paused():
        return getattr(refused_or_none(daemon.place, daemon.order_body(channel="QR"), anonymous=True), "code", "")

    deadline = time.time() + 10
    while paused() != "SHOP_CLOSED":
        assert time.time() < deadline
    equal(daemon.place(guest, key=guest_key, anonymous=True)["id"], before["id"])
    shop = daemon.call("GET", "/restaurants/me")
    daemon.call("PATCH", "/restaurants/me", {"open_state": "OPEN"}, headers={"If-Match": f'"{shop["version"]}"'})
    while time.time() < soon + 0.1:
        time.sleep(0.1)
    equal(daemon.place(timed, key=key)["id"], first["id"])
    refusal = refused(daemon.place, timed)
    equal(refusal.code, "INVALID_REQUEST")
    equal(refusal.body["errors"][0]["pointer"], "/requested_at")
    while refused_or_none(daemon.place, guest, anonymous=True) is not None:
        assert time.time() < deadline + 20


@case
def pause_ends(daemon):
    """A pause with an end holds guests back until then and no longer, and not those who come later."""
    def until(ok):
        deadline = time.time() + 10
        while not ok(refused_or_none(daemon.place, daemon.order_body(channel="QR"), anonymous=True)):
            assert time.time() < deadline
            time.sleep(0.02)

    def utc(moment):
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + "Z"

    end = int(time.time()) + 3
    paused = daemon.call("PATCH", "/restaurants/me", {"open_state": "PAUSED", "paused_until": utc(end)})
    until(lambda refusal: refusal is not None and refusal.code == "SHOP_CLOSED")
    public = daemon.call("GET", f"/restaurants/{daemon.restaurant_id}", anonymous=True)
    equal((public["open"], public["open_state"]), (False, "PAUSED"))
    daemon.place(daemon.order_body(channel="WEB", requested_at=utc(end + 600)), anonymous=True)
    until(lambda refusal: refusal is None)
    assert time.time() >= end, "orders were taken before the end of the pause"
    public = daemon.call("GET", f"/restaurants/{daemon.restaurant_id}", anonymous=True)
    equal((public["open"], public["open_state"], "paused_until" in public), (True, "OPEN", False))
    mine = daemon.call("GET", "/restaurants/me")
    equal((mine["open_state"], mine["version"]), ("OPEN", paused["version"]))


@case
def one_of_many(daemon):
    """Thirty-two clients with one key place one order."""
    body, key = daemon.order_body(), str(uuid.uuid4())
    ids, problems = set(), []

    def client():
        try:
            ids.add(daemon.place(body, key=key)["id"])
        except Refused as refusal:
            if refusal.code != "IN_PROGRESS":
                problems.append(str(refusal))

    threads = [threading.Thread(target=client) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(problems, [])
    equal(len(ids), 1, "orders")


@case
def walks_every_state(daemon):
    """accept, start, ready, hand over, complete; recall goes back, refusals name the state."""
    order = daemon.place(daemon.order_body(type="DELIVERY", delivery={"address": "서울시 한강로 2가"}))
    equal(daemon.act(order["id"], "accept", {"ready_in_minutes": 20})["status"], "ACCEPTED")
    equal(refused(daemon.act, order["id"], "accept", {"ready_in_minutes": 20}).code, "STATE_CONFLICT")
    equal(daemon.act(order["id"], "start")["status"], "PREPARING")
    equal(daemon.act(order["id"], "ready")["status"], "READY")
    equal(daemon.act(order["id"], "recall")["status"], "PREPARING")
    equal(daemon.act(order["id"], "recall")["status"], "ACCEPTED")
    equal(refused(daemon.act, order["id"], "recall").status, 409)
    equal(daemon.act(order["id"], "ready")["status"], "READY")
    equal(daemon.act(order["id"], "hand-over")["status"], "DELIVERING")
    done = daemon.act(order["id"], "complete")
    equal(done["status"], "COMPLETED")
    steps = daemon.call("GET", f"/restaurants/me/orders/{order['id']}/timeline")["steps"]
    equal([step["act"] for step in steps],
          ["place", "accept", "start", "ready", "recall", "recall", "ready", "hand-over", "complete"])
    equal({step["actor"] for step in steps}, {"staff"}, "actors")
    equal(done["version"], len(steps), "version")


@case
def hands_over_takeout(daemon):
    """A takeout that is handed over is completed."""
    order = daemon.place()
    daemon.act(order["id"], "accept", {"ready_in_minutes": 5})
    daemon.act(order["id"], "ready")
    equal(daemon.act(order["id"], "hand-over")["status"], "COMPLETED")
    equal(daemon.act(order["id"], "recall")["status"], "READY")


@case
def rejects_and_cancels(daemon):
    """Rejecting and canceling need words and end the order."""
    order = daemon.place()
    equal(refused(daemon.act, order["id"], "reject", {}).code, "INVALID_REQUEST")
    gone = daemon.act(order["id"], "reject", {"reason": "재료 소진"})
    equal((gone["status"], gone["reason"]), ("REJECTED", "재료 소진"))
    order = daemon.place()
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    equal(daemon.act(order["id"], "cancel", {"reason": "손님 요청"})["status"], "CANCELED")
    equal(refused(daemon.act, order["id"], "ready").body["current_status"], "CANCELED")


@case
def one_winner(daemon):
    """Of two acts on one version one wins; the other is told the present version."""
    order = daemon.place()
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    refusal = refused(daemon.call, "POST", f"/restaurants/me/orders/{order['id']}/ready",
                      headers={"If-Match": '"1"'})
    equal((refusal.status, refusal.code, refusal.body["current_version"]), (409, "VERSION_CONFLICT", 2))
    results = []

    def race():
        try:
            results.append(daemon.act(order["id"], "ready")["version"])
        except Refused as loser:
            results.append(loser.status)

    threads = [threading.Thread(target=race) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(sorted(results), [3] + [409] * 15)


@case
def act_key(daemon):
    """An act sent twice with one key is done once."""
    order = daemon.place()
    path, body = f"/restaurants/me/orders/{order['id']}/accept", {"ready_in_minutes": 15}
    first = daemon.call("POST", path, body, key="act-" + order["id"])
    again = daemon.call("POST", path, body, key="act-" + order["id"])
    equal(first, again)
    equal(refused(daemon.call, "POST", path, {"ready_in_minutes": 16}, key="act-" + order["id"]).code,
          "IDEMPOTENCY_KEY_REUSED")


BAD_ORDERS = [
    ("quantity 0", {"items": [{"quantity": 0}]}, 400, "INVALID_REQUEST"),
    ("quantity 1000", {"items": [{"quantity": 1000}]}, 400, "INVALID_REQUEST"),
    ("quantity as text", {"items": [{"quantity": "1"}]}, 400, "INVALID_REQUEST"),
    ("no items", {"items": []}, 400, "INVALID_REQUEST"),
    ("note of 501", {"note": "x" * 501}, 400, "INVALID_REQUEST"),
    ("name of 101", {"customer": {"name": "김" * 101}}, 400, "INVALID_REQUEST"),
    ("unknown member", {"tip": 1000}, 400, "INVALID_REQUEST"),
    ("unknown type", {"type": "DRIVE_IN"}, 400, "INVALID_REQUEST"),
    ("no address", {"type": "DELIVERY"}, 400, "INVALID_REQUEST"),
    ("Toss", {"payment": {"method": "TOSS"}}, 422, "PAYMENT_METHOD_UNAVAILABLE"),
    ("NUL in a note", {"note": "a\x00b"}, 400, "INVALID_JSON"),
    ("table that is no id", {"table_id": "7"}, 400, "INVALID_REQUEST"),
    ("time gone by", {"requested_at": "2020-01-01T00:00:00Z"}, 400, "INVALID_REQUEST"),
    ("another shop", {"restaurant_id": str(uuid.uuid4())}, 404, "NOT_FOUND"),
]


@case
def bad_orders(daemon):
    """Every fault of an order has its status, code and pointer."""
    for name, change, status, code in BAD_ORDERS:
        body = daemon.order_body()
        if change.get("items"):
            body["items"][0].update(change["items"][0])
        else:
            body.update(change)
        refusal = refused(daemon.place, body)
        equal((refusal.status, refusal.code), (status, code), name)
        if code == "INVALID_REQUEST":
            assert refusal.body["errors"][0]["pointer"].startswith("/"), f"{name} has no pointer"


@case
def menu_refusals(daemon):
    """Unknown items and options, wrong counts, sold out and changed prices."""
    found = item(daemon, "떡볶이")
    line = tteokbokki(daemon)
    cases = [
        ({"menu_item_id": str(uuid.uuid4()), "quantity": 1}, "UNKNOWN_ITEM"),
        (dict(line, options=[{"option_id": str(uuid.uuid4())}] + line["options"]), "UNKNOWN_OPTION"),
        ({"menu_item_id": found["id"], "quantity": 1}, "OPTION_COUNT"),
        (dict(line, options=line["options"] + [{"option_id": option(found, "맵기", "순한맛")}]),
         "OPTION_COUNT"),
        (dict(line, unit_price=1), "MENU_CHANGED"),
    ]
    for broken, code in cases:
        refusal = refused(daemon.place, daemon.order_body([broken]))
        equal(refusal.code, code)
        assert refusal.body["errors"], code
    equal(refusal.body["items"][0]["unit_price"], 7000, "new price")


@case
def guests(daemon):
    """A guest orders without login, reads and follows the own order, and no other."""
    body = daemon.order_body(channel="QR", customer={"name": "박손님"})
    order = daemon.place(body, anonymous=True)
    token = order["tracking_token"]
    mine = daemon.call("GET", f"/orders/{order['id']}", headers={"X-Order-Token": token}, anonymous=True)
    equal(mine["id"], order["id"])
    other = daemon.place()
    for path, sent in ((other["id"], token), (order["id"], forged(token)), (order["id"], "x"),
                       (str(uuid.uuid4()), token)):
        refusal = refused(daemon.call, "GET", f"/orders/{path}", headers={"X-Order-Token": sent},
                          anonymous=True)
        equal(refusal.status, 404)
    equal(refused(daemon.call, "GET", f"/orders/{order['id']}", anonymous=True).status, 401)
    equal(refused(daemon.place, daemon.order_body(channel="COUNTER"), anonymous=True).status, 401)

    async def follow():
        address = f"ws://127.0.0.1:{daemon.port}/ws/orders/{order['id']}/status"
        seen = []
        async with websockets.connect(address, subprotocols=["ordersync.order." + token]) as socket:
            seen.append(json.loads(await asyncio.wait_for(socket.recv(), 10)))
            for act, sent in (("accept", {"ready_in_minutes": 10}), ("ready", None), ("hand-over", None)):
                await asyncio.get_running_loop().run_in_executor(None, daemon.act, order["id"], act, sent)
                seen.append(json.loads(await asyncio.wait_for(socket.recv(), 10)))
        return seen

    seen = asyncio.run(follow())
    equal([s["status"] for s in seen], ["PENDING", "ACCEPTED", "READY", "COMPLETED"])
    assert "ready_at" in seen[1]

    async def wrong():
        address = f"ws://127.0.0.1:{daemon.port}/ws/orders/{order['id']}/status"
        try:
            async with websockets.connect(address, subprotocols=["ordersync.order.wrong"]):
                return None
        except websockets.exceptions.InvalidStatusCode as refusal:
            return refusal.status_code

    equal(asyncio.run(wrong()), 401)


@case
def feed_socket(daemon):
    """The feed says hello, resumes without gap or repeat, beats, and closes on a bad message."""

    async def read(socket, wanted, types=("event",)):
        found = []
        while len(found) < wanted:
            message = json.loads(await asyncio.wait_for(socket.recv(), 10))
            if message["type"] in types:
                found.append(message)
        return found

    async def follow():
        loop = asyncio.get_running_loop()
        address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        bearer = {"Authorization": f"Bearer {daemon.token}"}
        async with websockets.connect(address, extra_headers=bearer) as socket:
            hello = json.loads(await asyncio.wait_for(socket.recv(), 10))
            equal(hello["type"], "hello")
            await socket.send(json.dumps({"type": "resume", "epoch": hello["epoch"], "seq": hello["head"]}))
            orders = [await loop.run_in_executor(None, daemon.place) for _ in range(5)]
            live = await read(socket, 5)
            equal([m["event"]["aggregate_id"] for m in live], [o["id"] for o in orders])
            equal([m["event"]["seq"] for m in live],
                  list(range(hello["head"] + 1, hello["head"] + 6)), "live numbers")
            equal(live[0]["event"]["order"]["number"], orders[0]["number"])
            beat = (await read(socket, 1, ("heartbeat",)))[0]
            equal(beat["head"], hello["head"] + 5)
        async with websockets.connect(address, extra_headers=bearer) as socket:
            await asyncio.wait_for(socket.recv(), 10)
            await socket.send(json.dumps({"type": "resume", "epoch": hello["epoch"], "seq": 0}))
            replay = await read(socket, hello["head"] + 5)
            equal([m["event"]["seq"] for m in replay], list(range(1, hello["head"] + 6)), "replay")
            await socket.send("{}")
            try:
                while True:
                    await asyncio.wait_for(socket.recv(), 10)
            except websockets.exceptions.ConnectionClosed as closed:
                equal(closed.code, 1008)
        ticket = await loop.run_in_executor(None, daemon.call, "POST", "/ws-ticket")
        protocol = "ordersync.ticket." + ticket["ticket"]
        async with websockets.connect(address, subprotocols=[protocol]) as socket:
            equal(json.loads(await asyncio.wait_for(socket.recv(), 10))["type"], "hello")
        try:
            async with websockets.connect(address, subprotocols=[protocol]):
                raise AssertionError("a ticket was taken twice")
        except websockets.exceptions.InvalidStatusCode as refusal:
            equal(refusal.status_code, 401)

    asyncio.run(follow())


@case
def pages(daemon):
    """Lists are paged by cursor without loss while orders arrive."""
    wanted = {daemon.place()["id"] for _ in range(7)}
    seen, cursor = [], ""
    while True:
        page = daemon.call("GET", f"/restaurants/me/orders?limit=3{cursor}")
        seen += [order["id"] for order in page["orders"]]
        if not page["next_cursor"]:
            break
        cursor = "&cursor=" + page["next_cursor"]
        if len(seen) == 3:
            daemon.place()
    equal(len(seen), len(set(seen)), "no order twice")
    assert wanted <= set(seen)
    for query in ("limit=0", "limit=101", "cursor=!", "status=EATEN", "q=", "from=now", "colour=red",
                  "limit=1&limit=2", "day=today", "day=2026-11-31", "day=2026-11-1", "number=0",
                  "number=x", "amount=dear", "phone=", "item=" + "x" * 101):
        equal(refused(daemon.call, "GET", "/restaurants/me/orders?" + query).status, 400, query)


@case
def finds(daemon):
    """By number, amount, phone, guest, item, also renamed or deleted since; and page by page."""

    def found(**query):
        text = urllib.parse.urlencode(query)
        return {o["id"] for o in daemon.call("GET", "/restaurants/me/orders?" + text)["orders"]}

    me = "/restaurants/me/menu/"
    category = daemon.call("POST", me + "categories", {"name": "여름"})["id"]
    sold = daemon.call("POST", me + "items", {"name": "팥빙수", "category_id": category, "price": 12345})
    order = daemon.place(daemon.order_body([{"menu_item_id": sold["id"], "quantity": 1}],
                                           customer={"name": "이 빙수", "phone": "010-9999-0001"}))
    other = daemon.place(daemon.order_body(customer={"name": "이빙", "phone": "010-9990-0002"}))
    day = order["business_day"]
    for query in ({"number": order["number"]}, {"amount": "12,345"}, {"phone": "0001"},
                  {"phone": "+82 10 9999 0001"}, {"item": "빙수"}, {"item": "ㅍㅂㅅ"}, {"q": order["number"]},
                  {"q": f"{order['number']}번"}, {"q": "12,345원"}, {"q": "0001"}, {"q": "01099990001"},
                  {"q": "이빙수"}, {"q": "팥빙"}, {"q": "ㅍㅂ", "day": day, "status": "PENDING,READY"},
                  {"item": "팥", "phone": "0001", "amount": 12345}):
        got = found(**query)
        assert order["id"] in got and other["id"] not in got, query
    for query in ({"q": "팥빙", "day": "2020-01-01"}, {"q": "팥빙", "status": "CANCELED"},
                  {"item": "팥", "phone": "0002"}, {"q": "0"}, {"q": "' OR 1=1 --"}):
        equal(found(**query), set(), query)
    item_path = f"{me}items/{sold['id']}"
    daemon.call("PATCH", item_path, {"name": "눈꽃얼음"}, headers={"If-Match": f'"{sold["version"]}"'})
    for text in ("눈꽃", "팥빙수", "ㄴㄲㅇㅇ"):
        equal(found(q=text), {order["id"]}, text)
    daemon.call("DELETE", item_path)
    equal((found(q="팥빙수"), found(q="눈꽃")), ({order["id"]}, set()))


@case
def recall_says_why(daemon):
    """After its business day an order stays where it is, and the answer says why."""
    order = daemon.place(accept_now(daemon))
    for act in ("ready", "complete"):
        daemon.act(order["id"], act)
    daemon.act(order["id"], "recall")
    daemon.act(order["id"], "complete")
    daemon.sql(f"UPDATE orders SET business_day = '2020-01-01' WHERE id = '{order['id']}'")
    refusal = refused(daemon.act, order["id"], "recall")
    daemon.sql(f"UPDATE orders SET business_day = '{order['business_day']}' WHERE id = '{order['id']}'")
    daemon.ctl("analytics", "rebuild")  # no event told of either day
    equal((refusal.status, refusal.code, refusal.body["reason"]), (409, "STATE_CONFLICT", "DAY_OVER"))
    equal(refusal.body["current_status"], "COMPLETED")


@case
def kitchen_follows(daemon):
    """Accepting gives the kitchen its lines; canceling takes them away."""

    order = daemon.place(daemon.order_body([tteokbokki(daemon)]))
    equal(kitchen_lines(daemon, order), [])
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    kitchen_has(daemon, order, 1)
    equal(kitchen_lines(daemon, order)[0]["quantity_waiting"], 2)
    daemon.act(order["id"], "ready")
    kitchen_has(daemon, order, 0)
    daemon.act(order["id"], "recall")
    kitchen_has(daemon, order, 1)
    daemon.act(order["id"], "cancel", {"reason": "손님 요청"})
    kitchen_has(daemon, order, 0)


@case
def json_suite(daemon):
    """All 188 files that are not JSON get a 4xx, and so do 60,000 brackets."""
    folder = os.path.join(CORPUS, "JSONTestSuite")
    if not os.path.isdir(folder):
        raise Skip("the JSON test files are not beside the project")
    headers = {"Content-Type": "application/json", "Idempotency-Key": "json",
               "Authorization": f"Bearer {daemon.token}"}
    count = 0
    for name in sorted(os.listdir(folder)):
        if name.startswith("n_"):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            status, _, _ = daemon.raw("POST", "/api/v1/orders", content, headers)
            assert 400 <= status < 500, f"{name}: {status}"
            count += 1
    equal(count, 188, "files")
    status, _, _ = daemon.raw("POST", "/api/v1/orders", b"[" * 60000, headers)
    equal(status, 400)


@case
def limits(daemon):
    """Bodies over 64 KiB, missing keys, wrong types and wrong methods are refused."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {daemon.token}"}
    status, _, _ = daemon.raw("POST", "/api/v1/orders", b" " * 65537, dict(headers, **{"Idempotency-Key": "l"}))
    equal(status, 413)
    equal(refused(daemon.call, "POST", "/orders", daemon.order_body()).code, "IDEMPOTENCY_KEY_REQUIRED")
    status, _, _ = daemon.raw("POST", "/api/v1/orders", json.dumps(daemon.order_body()),
                              {"Content-Type": "text/plain", "Idempotency-Key": "l",
                               "Authorization": f"Bearer {daemon.token}"})
    equal(status, 415)
    status, found, _ = daemon.raw("PUT", "/api/v1/orders", "{}", headers)
    equal((status, "POST" in found.get("Allow", "")), (405, True))
    for path in ("/api/v1/nothing", "/api/v1/orders/not-an-id", f"/api/v1/orders/{uuid.uuid4()}"):
        equal(daemon.raw("GET", path, headers=headers)[0], 404, path)
    equal(daemon.raw("GET", "/api/v1/restaurants/me/orders")[0], 401)
    broken = daemon.raw("POST", "/api/v1/orders", b'{"note":"\xff\xfe"}', dict(headers, **{"Idempotency-Key": "l"}))
    equal(broken[0], 400)


@case
def describes_itself(daemon):
    """The contract is served, with a page; every operation it names is routed."""
    status, _, content = daemon.raw("GET", "/api/v1/openapi.json")
    equal(status, 200)
    equal(sorted(json.loads(content)["paths"]), sorted(daemon.contract.api["paths"]))
    for path in ("/api/v1/docs", "/api/v1/docs.js", "/health", "/ready", "/metrics"):
        equal(daemon.raw("GET", path)[0], 200, path)
    filler = "00000000-0000-4000-8000-000000000000"
    for template, methods in daemon.contract.api["paths"].items():
        path = template
        while "{" in path:
            path = path[:path.index("{")] + filler + path[path.index("}") + 1:]
        for method in methods:
            status, _, content = daemon.raw(method.upper(), path)
            code = json.loads(content).get("code") if status >= 400 and content else None
            assert code != "METHOD_NOT_ALLOWED", f"{method} {template} is not routed"
            assert not (status == 404 and "route" in content.decode()), f"{template} is not routed"


@case
def keeps_secrets(daemon):
    """After all this no canary is found in the data directory, and every invariant holds."""
    canaries = [text.encode() for text in ("김손님", "박손님", "010-1234-5678", "01099990001", "한강로",
                                           "문 앞에 두세요", "재료 소진", "owner@shop.example",
                                           "correct horse battery")]
    daemon.ctl("check")
    daemon.stop()
    for folder, _, names in os.walk(daemon.data_dir):
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            for canary in canaries:
                assert canary not in content, f"{canary.decode()} stands in {path}"


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
