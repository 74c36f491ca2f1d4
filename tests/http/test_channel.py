#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders that platforms send: signatures, what comes twice, early, late or wrong, and what they are told."""

import concurrent.futures
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused, forgiving, free_port  # noqa: E402
from osy_outside import Platform  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
ME = "/restaurants/me"
CHANNELS = ME + "/channels"


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def until(function, wanted=True, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        got = function()
        if got == wanted:
            return got
        assert time.monotonic() < deadline, f"still {got!r}, wanted {wanted!r}"
        time.sleep(0.05)


class World:
    """A shop, and a platform that sends it orders and hears of them."""

    def __init__(self, daemon):
        self.daemon, self.platform = daemon, Platform()
        self.item = daemon.plain_item()
        made = daemon.call("POST", CHANNELS, {"channel": "baemin", "store_id": "store-1",
                                              "callback_url": self.platform.url + "/news"})
        self.link, self.secret = made["id"], made["secret"]
        self.platform.secret = self.secret
        daemon.call("PUT", f"{CHANNELS}/{self.link}/items",
                    {"items": [{"kind": "ITEM", "plu": "P1", "target_id": self.item["id"]}]})

    def order(self, **more):
        price = self.item["price"]
        return {"channelOrderId": str(uuid.uuid4()), "displayId": "B1AB", "orderType": "delivery",
                "placedAt": "2026-11-21T12:00:00+09:00", "dueAt": None, "asap": True,
                "customer": {"name": "김손님", "phone": "050712345678", "phoneIsSafe": True},
                "delivery": {"roadAddr": "서울 강남구 테헤란로 1", "detail": "101동 1001호", "memo": "문 앞에", "by": "platform"},
                "items": [{"plu": "P1", "channelItemId": "1", "name": "떡볶이", "qty": 2, "unitPrice": price,
                           "options": []}],
                "amounts": {"items": 2 * price, "deliveryFee": 3000, "discounts": [], "total": 2 * price + 3000},
                "payment": {"prepaid": True, "method": "platform", "amountDue": 0}, "notes": "맵게", "cutlery": False,
                **more}

    def event(self, order, kind="order.created", **more):
        return {"eventId": str(uuid.uuid4()), "eventType": kind, "occurredAt": "2026-11-21T12:00:00+09:00",
                "channel": "baemin", "storeId": "store-1", "order": order, **more}

    def send(self, event, secret=None, skew=0, signature=None, channel="baemin"):
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        stamp = str(int(time.time()) + skew)
        sign = hmac.new((secret or self.secret).encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        status, _, content = self.daemon.raw(
            "POST", f"/api/v1/channels/{channel}/orders", body,
            {"Content-Type": "application/json", "X-OrderSync-Timestamp": stamp,
             "X-OrderSync-Signature": signature or "v1=" + sign})
        return status, json.loads(content)

    def found(self, channel_order_id):
        """Our orders of that id there."""
        orders = self.daemon.call("GET", ME + "/orders?limit=100")["orders"]
        return [order for order in orders if order.get("source", {}).get("id") == channel_order_id]

    def placed(self, **more):
        order = self.order(**more)
        equal(self.send(self.event(order))[0], 201)
        until(lambda: len(self.found(order["channelOrderId"])), 1)
        return order["channelOrderId"], self.found(order["channelOrderId"])[0]

    def told(self, channel_order_id):
        return [news["status"] for news in self.platform.told if news["channelOrderId"] == channel_order_id]

    def settled(self):
        waiting = "SELECT count(*) FROM channel_event WHERE next_at IS NOT NULL AND status = 'RECEIVED'"
        until(lambda: self.daemon.sql(waiting).split()[2], "0", 60)  # a lease that a kill left lasts half a minute


@case
def set_up(world):
    """A link's secret is shown once and lies sealed; a store has one shop; only managers see to it."""
    daemon = world.daemon
    listed = daemon.call("GET", CHANNELS)["channels"]
    equal([(row["channel"], row["store_id"], row["enabled"], "secret" in row) for row in listed],
          [("baemin", "store-1", True, False)])
    assert world.secret not in daemon.sql("SELECT encode(secret_enc, 'escape'), * FROM channel_link")
    equal(len(world.secret), 32)
    equal(refused(daemon.call, "POST", CHANNELS, {"channel": "baemin", "store_id": "store-1"}).code, "CONFLICT")
    for bad in ({"channel": "Bae Min", "store_id": "2"}, {"channel": "baemin", "store_id": ""},
                {"channel": "x", "store_id": "2", "callback_url": "http://example.com/"},
                {"channel": "x", "store_id": "2", "callback_url": "https://user:pw@example.com/"}):
        equal(refused(daemon.call, "POST", CHANNELS, bad).status, 400, bad)
    equal(daemon.call("GET", f"{CHANNELS}/{world.link}/items")["items"][0]["plu"], "P1")


@case
def signed(world):
    """Whoever cannot sign, or whose clock is wrong by more than five minutes, is not believed."""
    event = world.event(world.order())
    body = json.dumps(event).encode()
    for status, what in (
            (401, {"secret": "x" * 32}), (401, {"skew": -301}), (401, {"skew": 301}), (401, {"signature": "v1="}),
            (401, {"signature": "v1=" + "0" * 64}), (401, {"signature": "v2=" + "0" * 64}), (401, {"channel": "yogiyo"}),
            (201, {"skew": 250})):
        equal(world.send(event, **what)[0], status, what)
    equal(world.send(dict(event, storeId="another"))[0], 401)
    equal(world.send(dict(event, storeId=7))[0], 401)
    stamp = str(int(time.time()))
    sign = hmac.new(world.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    tampered = body.replace(b"store-1", b"store-1 ")
    equal(world.daemon.raw("POST", "/api/v1/channels/baemin/orders", tampered,
                           {"Content-Type": "application/json", "X-OrderSync-Timestamp": stamp,
                            "X-OrderSync-Signature": "v1=" + sign})[0], 401)
    world.settled()


@case
def placed(world):
    """A platform's order is on the board with its prices, its address and its name there, and paid."""
    there, order = world.placed()
    price = world.item["price"]
    equal((order["channel"], order["type"], order["status"], order["source"]),
          ("PLATFORM", "DELIVERY", "PENDING", {"type": "baemin", "id": there, "label": "B1AB"}))
    equal((order["total_amount"], order["payment"]["method"], "delivery_fee" in order, "flags" in order),
          (2 * price, "PLATFORM", False, False))
    equal((order["items"][0]["menu_item_id"], order["items"][0]["name"]), (world.item["id"], world.item["name"]))
    assert "수저" in order["note"] and "맵게" in order["note"] and "1001" not in json.dumps(order, ensure_ascii=False)
    until(lambda: world.told(there), ["RECEIVED"])
    delivery = world.daemon.call("GET", f"{ME}/orders/{order['id']}/delivery")
    equal((delivery["carrier"], delivery["status"]), ("PLATFORM", "REQUESTED"))
    known = world.daemon.call("GET", f"{ME}/orders/{order['id']}/channel")
    equal((known["link_id"], known["channel"], known["channel_order_id"], known["prepaid"], known["unmapped"]),
          (world.link, "baemin", there, True, []))
    kept = world.daemon.sql("SELECT * FROM channel_event") + world.daemon.sql("SELECT * FROM channel_push")
    assert "김손님" not in kept and "1001호" not in kept and "0507" not in kept


def money(world, order):
    """The order's check, once it is paid for, and its payments."""
    path = f"/restaurants/me/checks/{order['check_id']}"
    until(lambda: world.daemon.call("GET", path)["status"], "SETTLED")
    payments = world.daemon.call("GET", f"{ME}/payments?check_id={order['check_id']}")["payments"]
    return world.daemon.call("GET", path), payments


@case
def paid_there(world):
    """What was paid at the platform settles the check; the shop's discount lowers it, the platform's does not."""
    price = world.item["price"]
    off = [{"name": "우리 쿠폰", "amount": 500, "by": "shop"}, {"name": "앱 쿠폰", "amount": 700, "by": "platform"},
           {"name": "모름", "amount": 100}]
    there, order = world.placed(amounts={"items": 2 * price, "deliveryFee": 3000, "discounts": off,
                                         "total": 2 * price + 1700})
    check, payments = money(world, order)
    equal((check["totals"]["total"], check["totals"]["owed"]), (2 * price - 600, 0))
    equal([(one["kind"], one["amount"]) for one in check["adjustments"]], [("DISCOUNT", 600)])
    equal([(one["method"], one["status"], one["amount"], one["platform_discount"], one["order_id"]) for one in payments],
          [("PLATFORM", "PAID", 2 * price - 600, 700, order["id"])])
    refund = world.daemon.call("POST", f"{ME}/checks/{order['check_id']}/refund-plan", {"amount": 1000})
    equal([one["amount"] for one in refund["effects"] if one["kind"] == "PLATFORM"], [1000])
    equal(refused(world.daemon.call, "POST", "/payments", {"method": "PLATFORM", "amount": 1, "check_id": order["check_id"]},
                  key=str(uuid.uuid4())).status, 400)
    world.send(world.event({"channelOrderId": there}, "order.cancelled"))
    until(lambda: world.found(there)[0]["status"], "CANCELED")
    until(lambda: world.daemon.call("GET", f"/payments/{payments[0]['id']}")["status"], "REFUNDED")
    _, order = world.placed(payment={"prepaid": False, "method": "cash", "amountDue": 2 * price})
    world.settled()
    equal(world.daemon.call("GET", f"{ME}/payments?check_id={order['check_id']}")["payments"], [])
    world.daemon.ctl("check")


@case
def mapped_from_the_order(world):
    """What is not on the menu is kept with its code, and is found from the next order on."""
    items = [{"plu": "P77", "name": "로제떡볶이", "qty": 1, "unitPrice": 9000,
              "options": [{"plu": "O77", "name": "곱빼기", "qty": 1, "unitPrice": 500}, {"name": "이름만", "qty": 1, "unitPrice": 0}]}]
    more = {"items": items, "amounts": {"items": 9500, "deliveryFee": 0, "total": 9500}}
    _, order = world.placed(**more)
    path = f"{ME}/orders/{order['id']}/channel"
    until(lambda: [(one["kind"], one.get("plu"), one["name"]) for one in world.daemon.call("GET", path)["unmapped"]],
          [("ITEM", "P77", "로제떡볶이"), ("OPTION", "O77", "곱빼기"), ("OPTION", None, "이름만")])
    before = len(world.daemon.call("GET", f"{CHANNELS}/{world.link}/items")["items"])
    nothing = {"kind": "ITEM", "plu": "P77", "target_id": str(uuid.uuid4())}
    equal(refused(world.daemon.call, "POST", f"{CHANNELS}/{world.link}/items", nothing).status, 400, "not on the menu")
    menu = world.daemon.call("GET", f"/restaurants/{world.daemon.restaurant_id}/menu", anonymous=True)
    other = next(item["id"] for category in menu["categories"] for item in category["items"]
                 if item["id"] != world.item["id"])
    for target in (other, world.item["id"]):  # a mistake, and what is right
        one = {"kind": "ITEM", "plu": "P77", "target_id": target}
        assert one in world.daemon.call("POST", f"{CHANNELS}/{world.link}/items", one)["items"]
    equal(len(world.daemon.call("GET", f"{CHANNELS}/{world.link}/items")["items"]), before + 1)
    equal(world.daemon.call("GET", path)["unmapped"][0]["target_id"], world.item["id"])
    _, order = world.placed(**more)
    equal(order["items"][0]["menu_item_id"], world.item["id"])
    for bad in ({"kind": "DISH", "plu": "P77", "target_id": world.item["id"]}, {"kind": "ITEM", "plu": "P77"}):
        equal(refused(world.daemon.call, "POST", f"{CHANNELS}/{world.link}/items", bad).status, 400, bad)
    mine = world.daemon.place(world.daemon.order_body())
    equal(refused(world.daemon.call, "GET", f"{ME}/orders/{mine['id']}/channel").code, "NOT_FOUND")


@case
def combos(world):
    """A choice that is a dish of the menu is that dish in a platform's order too, by code and by name: the kitchen cooks
    and warns of it where it does."""
    daemon, menu = world.daemon, ME + "/menu"
    category = daemon.call("POST", menu + "/categories", {"name": "콤보"})["id"]

    def dish(name, **more):
        return daemon.call("POST", menu + "/items", {"category_id": category, "name": name, "price": 5000, **more})
    burger, fries = dish("치즈버거", allergens=["우유"]), dish("감자튀김", allergens=["대두"])
    group = daemon.call("POST", menu + "/option-groups", {"name": "구성", "min": 0, "max": 2, "options": [
        {"name": one["name"], "price": 0, "item_id": one["id"]} for one in (burger, fries)]})
    combo = dish("버거 세트", option_group_ids=[group["id"]])
    for kind, plu, target in (("ITEM", "PSET", combo["id"]), ("OPTION", "OB", group["options"][0]["id"])):
        daemon.call("POST", f"{CHANNELS}/{world.link}/items", {"kind": kind, "plu": plu, "target_id": target})
    _, order = world.placed(items=[{"plu": "PSET", "name": "버거 세트", "qty": 1, "unitPrice": 5000, "options": [
        {"plu": "OB", "name": "치즈 버거(단품)", "qty": 1, "unitPrice": 0},
        {"name": "감자튀김", "qty": 1, "unitPrice": 0}]}], amounts={"items": 5000, "deliveryFee": 0, "total": 5000})
    equal([option.get("item_id") for option in order["items"][0]["options"]], [burger["id"], fries["id"]])
    daemon.act(order["id"], "accept", {"ready_in_minutes": 10})

    def warned():
        return [sorted(line["allergens"]) for ticket in daemon.call("GET", ME + "/kitchen/tickets")["tickets"]
                if ticket["order_id"] == order["id"] for line in ticket["lines"]]
    until(warned, [["대두", "우유"]])


@case
def the_same_again(world):
    """What comes again changes nothing; with another content it is refused; 32 at once are one order."""
    order = world.order()
    event = world.event(order)
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        answers = [status for status, _ in pool.map(lambda _: world.send(event), range(32))]
    equal((answers.count(201), set(answers)), (1, {200, 201}))
    equal(world.send(world.event(order))[0], 200)  # another event of the same order
    other = dict(order, notes="다르게")
    equal(world.send(world.event(other))[1]["code"], "CONFLICT")
    equal(world.send(dict(event, order=other))[0], 409)
    world.settled()
    equal(len(world.found(order["channelOrderId"])), 1)


@case
def as_agreed(world):
    """A message that is not as agreed names its faults; one with something more is taken."""
    status, problem = world.send(world.event({"channelOrderId": "x"}))
    equal((status, problem["code"]), (422, "UNPROCESSABLE"))
    pointers = {fault["pointer"] for fault in problem["errors"]}
    assert {"/order/items", "/order/orderType", "/order/amounts"} <= pointers, pointers
    equal(world.send(world.event(world.order(orderType="drone")))[0], 422)
    equal(world.send(world.event(world.order(delivery=None)))[0], 422)
    equal(world.send(world.event(world.order(), kind="order.eaten"))[0], 422)
    equal(world.send(world.event(world.order(items=[{"name": "x", "qty": 0, "unitPrice": -1}])))[0], 422)
    equal(world.send(dict(world.event(world.order()), channel="other"))[0], 422)
    equal(world.send(world.event(world.order(tip=100, newThing={"a": 1})))[0], 201)
    equal(world.daemon.raw("POST", "/api/v1/channels/baemin/orders", b"{", {"Content-Type": "application/json"})[0], 400)
    world.settled()


@case
def never_lost(world):
    """A paid order is taken whatever is strange about it, and says so."""
    price = world.item["price"]
    unknown = [{"plu": "P9", "name": "모르는 메뉴", "qty": 1, "unitPrice": 9000, "note": "많이",
                "options": [{"plu": "O1", "name": "곱빼기", "qty": 2, "unitPrice": 500}]}]
    _, order = world.placed(items=unknown, amounts={"items": 10000, "deliveryFee": 3000,
                                                    "discounts": [{"name": "쿠폰", "amount": 1000, "by": "platform"}],
                                                    "total": 12000})
    equal((order["flags"], order["total_amount"], order["items"][0]["name"], order["items"][0]["note"]),
          (["unmapped"], 10000, "모르는 메뉴", "많이"))
    world.daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
    until(lambda: [ticket["order_id"] for ticket in world.daemon.call("GET", ME + "/kitchen/tickets")["tickets"]
                   if ticket["order_id"] == order["id"]] != [])
    dearer = [{"plu": "P1", "name": "떡볶이", "qty": 1, "unitPrice": price + 500}]
    _, order = world.placed(items=dearer, amounts={"items": price + 500, "total": price + 500})
    equal((order["flags"], order["total_amount"]), (["price_differs"], price + 500))
    _, order = world.placed(amounts={"items": 2 * price, "deliveryFee": 3000, "total": 1})
    equal(order["flags"], ["amount_mismatch"])
    _, order = world.placed(orderType="pickup", delivery=None)
    equal(order["type"], "TAKEOUT")
    own = world.order()["delivery"]
    _, order = world.placed(delivery=dict(own, by="shop"))
    equal((order["delivery_fee"], order["total_amount"]), (3000, 2 * price + 3000))


@case
def cancellations(world):
    """Canceled before, after and too late: never placed, canceled, and a person is told."""
    early = world.order()
    gone = world.event({"channelOrderId": early["channelOrderId"]}, "order.cancelled")
    equal([world.send(gone)[0] for _ in range(2)], [201, 200])
    until(lambda: world.daemon.sql("SELECT count(*) FROM channel_event WHERE status = 'PARKED'").split()[2], "1")
    equal(world.send(world.event(early))[0], 201)
    until(lambda: world.daemon.sql("SELECT count(*) FROM channel_event WHERE status = 'PARKED'").split()[2], "0")
    world.settled()
    equal(world.found(early["channelOrderId"]), [])
    there, order = world.placed()
    world.send(world.event({"channelOrderId": there}, "order.cancelled"))
    until(lambda: world.found(there)[0]["status"], "CANCELED")
    until(lambda: world.told(there), ["RECEIVED", "CANCELLED"])
    there, order = world.placed(orderType="pickup", delivery=None)
    for act, body in (("accept", {"ready_in_minutes": 10}), ("ready", None), ("complete", None)):
        world.daemon.act(order["id"], act, body)
    world.send(world.event({"channelOrderId": there}, "order.cancelled"))
    until(lambda: world.found(there)[0].get("flags"), ["late_cancel"])
    equal(world.found(there)[0]["status"], "COMPLETED")
    epoch = world.daemon.call("GET", ME + "/feed?limit=1")["epoch"]
    head = world.daemon.call("GET", ME + "/feed?limit=1")["head"]
    feed = world.daemon.call("GET", f"{ME}/feed?epoch={epoch}&after={max(0, head - 400)}&limit=400")
    flagged = [event for event in feed["events"] if event["type"] == "channel.flagged"]
    equal([event["order"]["id"] for event in flagged], [order["id"]])
    lost = world.event({"channelOrderId": "never"}, "order.cancelled")
    world.send(lost)
    until(lambda: world.daemon.sql("SELECT count(*) FROM channel_event WHERE status = 'PARKED'").split()[2], "1")
    world.daemon.sql("UPDATE channel_event SET received_at = now() - interval '11 minutes', next_at = now() "
                     "WHERE channel_order_id = 'never'")
    until(lambda: world.daemon.sql("SELECT status FROM channel_event WHERE channel_order_id = 'never'").split()[2], "DROPPED")


@case
def changed(world):
    """What the platform changes afterwards is shown, and never changes what was sold."""
    there, order = world.placed()
    world.send(world.event(dict(world.order(), channelOrderId=there), "order.updated"))
    until(lambda: world.found(there)[0].get("flags"), ["changed"])
    equal(world.found(there)[0]["total_amount"], order["total_amount"])
    world.daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
    world.daemon.act(order["id"], "ready")
    for status, wanted in (("assigned", "ASSIGNED"), ("picked_up", "PICKED_UP"), ("assigned", "PICKED_UP"),
                           ("delivered", "DELIVERED")):
        world.send(world.event({"channelOrderId": there, "delivery": {"status": status, "rider": "라이더"}},
                               "delivery.status"))
        world.settled()
        until(lambda: world.daemon.call("GET", f"{ME}/orders/{order['id']}/delivery")["status"], wanted)


@case
def told_back(world):
    """Every step is told in order, signed, and again until it was taken."""
    world.platform.faults = [500, "deaf"]
    there, order = world.placed(orderType="pickup", delivery=None)
    for act, body in (("accept", {"ready_in_minutes": 15}), ("start", None), ("ready", None), ("hand-over", None)):
        world.daemon.act(order["id"], act, body)
    until(lambda: world.daemon.sql(f"SELECT attempts FROM channel_push WHERE seq = 1 AND channel_order = (SELECT id FROM "
                                   f"channel_order WHERE channel_order_id = '{there}')").split()[2], "1")
    equal(world.told(there), [])  # what comes first holds back the others
    for _ in range(2):
        world.daemon.sql("UPDATE channel_push SET next_at = now() WHERE next_at IS NOT NULL")
        time.sleep(1.5)
    until(lambda: world.told(there), ["RECEIVED", "ACCEPTED", "PREPARING", "READY", "COMPLETED"])
    news = [one for one in world.platform.told if one["channelOrderId"] == there]
    equal([one["seq"] for one in news], [1, 2, 3, 4, 5])
    equal(news[1]["etaMinutes"], 15)
    there, order = world.placed()
    world.daemon.call("POST", f"{ME}/orders/{order['id']}/reject", {"reason": "SOLD_OUT"})
    until(lambda: world.told(there), ["RECEIVED", "REJECTED"])
    equal(world.platform.told[-1]["reasonCode"], "SOLD_OUT")
    equal(world.platform.unsigned, 0)


@case
def restarted(world):
    """A daemon that is killed between the answer and the placing places the order once, afterwards."""
    daemon = world.daemon
    orders = [world.order() for _ in range(10)]
    for order in orders:
        equal(world.send(world.event(order))[0], 201)
    daemon.kill()
    daemon.start()
    for order in orders:
        until(lambda one=order: len(world.found(one["channelOrderId"])), 1, 60)


@case
def another_secret(world):
    """A renewed secret is the only one; a link that is switched off takes nothing."""
    daemon = world.daemon
    renewed = daemon.call("POST", f"{CHANNELS}/{world.link}/secret")["secret"]
    equal(world.send(world.event(world.order()))[0], 401)
    world.secret = world.platform.secret = renewed
    equal(world.send(world.event(world.order()))[0], 201)
    daemon.call("PATCH", f"{CHANNELS}/{world.link}", {"enabled": False})
    equal(world.send(world.event(world.order()))[0], 401)
    daemon.call("PATCH", f"{CHANNELS}/{world.link}", {"enabled": True})


@case
def simulated(world):
    """The simulated platform finds nothing that is not as it must be."""
    port = free_port()
    made = world.daemon.call("POST", CHANNELS, {"channel": "simulated", "store_id": "s1",
                                                "callback_url": f"http://127.0.0.1:{port}/"})
    world.daemon.call("PUT", f"{CHANNELS}/{made['id']}/items",
                      {"items": [{"kind": "ITEM", "plu": "P1", "target_id": world.item["id"]}]})
    result = subprocess.run(
        [world.daemon.program("ordersync-sim"), "channel", "--server", f"http://127.0.0.1:{world.daemon.port}",
         "--channel", "simulated", "--store", "s1", "--secret-stdin", "--item", f"P1:{world.item['price']}:떡볶이",
         "--orders", "40", "--callback", f"127.0.0.1:{port}", "--wait", "8"],
        input=made["secret"] + "\n", capture_output=True, text=True, timeout=120, check=False,
        env=forgiving())
    ended = json.loads(result.stdout.splitlines()[-1])
    equal((result.returncode, ended["unexpected"]), (0, []), result.stderr)
    assert ended["told_back"] > 0, ended


@case
def consistent(world):
    """Nothing of all this broke an invariant."""
    world.settled()
    equal(world.daemon.ctl("check", check=False).stdout.splitlines(), [])


def main():
    with Daemon(sys.argv[1], extra=("--limit-staff", "100000", "--limit-order", "100000", "--limit-read", "100000")) as daemon:
        daemon.contract = Contract()
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        world = World(daemon)
        failed = run(world)
        world.platform.close()
    return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
