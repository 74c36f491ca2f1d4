# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Two shops of different owners in one data directory, each with something in it of everything, for
tests of what one may learn of the other."""

import hashlib
import hmac
import json
import os
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import EMAIL, PASSWORD  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
OTHER_EMAIL = "owner@other.example"


class Shop:
    """One of the two, and its owner's token."""

    def __init__(self, daemon, email, restaurant_id):
        self.daemon, self.email, self.restaurant_id = daemon, email, restaurant_id
        self.token = self.user_id = None
        self.tables = []

    def login(self):
        self.token = self.daemon.call("POST", "/auth/login", {"email": self.email, "password": PASSWORD},
                                      anonymous=True)["access_token"]
        self.user_id = self.call("GET", "/auth/me")["user_id"]

    def call(self, method, path, body=None, **more):
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.daemon.call(method, path, body, headers=headers, **more)

    def plain_item(self):
        menu = self.daemon.call("GET", f"/restaurants/{self.restaurant_id}/menu", anonymous=True)
        return next(item for category in menu["categories"] for item in category["items"]
                    if not item["sold_out"] and all(g["min"] == 0 for g in item["option_groups"]))

    def place(self, **more):
        body = {"restaurant_id": self.restaurant_id, "type": "TAKEOUT", "channel": "PHONE",
                "items": [{"menu_item_id": self.plain_item()["id"], "quantity": 2, "note": "덜 맵게"}],
                "customer": {"name": "홍길동", "phone": "010-1234-5678"}, "payment": {"method": "LATER"}, **more}
        return self.call("POST", "/orders", body, key=str(uuid.uuid4()))

    def adjust(self, order):
        """Something taken off and a split."""
        check = f"/restaurants/me/checks/{order['check_id']}"
        self.call("POST", check + "/adjustments", {"kind": "COMP", "line_id": order["items"][0]["line_id"],
                                                   "quantity": 1, "reason": "단골"}, key=str(uuid.uuid4()))
        self.call("PUT", check + "/parts", {"parts": [{"kind": "EQUAL", "name": "홍길동"}, {"kind": "EQUAL"}]})

    def draw(self):
        """A floor with two tables."""
        floor = str(uuid.uuid4())
        self.tables = [str(uuid.uuid4()) for _ in range(2)]
        self.call("POST", "/restaurants/me/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
            *({"op": "PUT", "type": "piece", "id": table, "floor_id": floor, "kind": "TABLE", "number": str(i + 1),
               "x": 80 * i, "y": 0, "width": 64, "height": 64} for i, table in enumerate(self.tables))]})
        picture = bytes.fromhex("ffd8ffc0000b080010002001011100ffd9")
        self.daemon.raw("PUT", f"/api/v1/restaurants/me/floor/{floor}/photo", picture,
                        {"Authorization": f"Bearer {self.token}", "Content-Type": "image/jpeg"})

    def picture(self):
        """A photo that the menu keeps."""
        content = bytes.fromhex("ffd8ffc0000b080040004001011100ffd9")
        name = hashlib.sha256(content).hexdigest()
        status, _, _ = self.daemon.raw("PUT", f"/api/v1/restaurants/me/menu/photos/{name}", content,
                                       {"Authorization": f"Bearer {self.token}", "Content-Type": "image/jpeg"})
        assert status == 200, status

    def cook(self):
        """A station with a route, and a dish that the kitchen has and the guest no longer wants."""
        station = str(uuid.uuid4())
        self.call("PUT", "/restaurants/me/kitchen/setup", {
            "version": 0, "stations": [{"id": station, "name": "불판"}],
            "routes": [{"kind": "ITEM", "target_id": self.plain_item()["id"], "station_id": station}]})
        order = self.place()
        self.call("POST", f"/restaurants/me/orders/{order['id']}/accept", {"ready_in_minutes": 10})
        deadline = time.monotonic() + 20
        while all(ticket["order_id"] != order["id"]
                  for ticket in self.call("GET", "/restaurants/me/kitchen/tickets")["tickets"]):
            assert time.monotonic() < deadline, "the kitchen never had the order"
            time.sleep(0.05)
        self.call("POST", f"/restaurants/me/orders/{order['id']}/cancel", {"reason": "SOLD_OUT"})

    def deliver(self):
        """A zone, a set-up, a delivery with a link for its courier, and a platform with an item."""
        self.call("PUT", "/restaurants/me/delivery-zones", {"zones": [{"name": "가까운 곳", "fee": 2000}]})
        self.call("PUT", "/restaurants/me/delivery-setup", {"pickup": {"name": "가게", "phone": "02-123-4567"}})
        order = self.place(type="DELIVERY", delivery={"address": "서울 마포구 양화로 1, 302호"})
        self.call("POST", f"/restaurants/me/orders/{order['id']}/accept", {"ready_in_minutes": 10})
        made = self.call("POST", f"/restaurants/me/orders/{order['id']}/delivery", {"rider": "김기사"})
        self.call("POST", f"/restaurants/me/deliveries/{made['id']}/link")
        channel = self.call("POST", "/restaurants/me/channels", {"channel": "baemin", "store_id": self.email})
        self.call("PUT", f"/restaurants/me/channels/{channel['id']}/items",
                  {"items": [{"kind": "ITEM", "plu": "P1", "target_id": self.plain_item()["id"]}]})
        self.receive(channel["secret"])

    def receive(self, secret):
        """An order of that platform, placed."""
        body = json.dumps({"eventId": str(uuid.uuid4()), "eventType": "order.created", "channel": "baemin",
                           "storeId": self.email, "order": {
                               "channelOrderId": "C1", "orderType": "pickup", "amounts": {"items": 1000, "total": 1000},
                               "items": [{"plu": "P1", "name": "떡볶이", "qty": 1, "unitPrice": 1000}]}}).encode()
        stamp = str(int(time.time()))
        sign = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        status, _, answer = self.daemon.raw(
            "POST", "/api/v1/channels/baemin/orders", body,
            {"Content-Type": "application/json", "X-OrderSync-Timestamp": stamp, "X-OrderSync-Signature": "v1=" + sign})
        assert status == 201, answer
        deadline = time.monotonic() + 20
        while "PLACED" not in self.daemon.sql(f"SELECT status FROM channel_order WHERE restaurant_id = '{self.restaurant_id}'"):
            assert time.monotonic() < deadline, "the platform's order was not placed"
            time.sleep(0.05)

    def be_told(self):
        """Somebody who is told of alerts, with a message on its way, and quiet hours."""
        self.call("PUT", "/restaurants/me/alert-setup", {"quiet": {"from": "22:00", "until": "08:00"}})
        target = self.call("POST", "/restaurants/me/alert-targets",
                           {"channel": "SLACK", "name": "방", "address": "https://hooks.invalid/services/x"})
        self.call("POST", f"/restaurants/me/alert-targets/{target['id']}/test")

    def be_told_of_days(self):
        """A report that was made, on its way to a folder."""
        self.call("PUT", "/restaurants/me/report-setup", {"daily": {"on": True}, "folder": self.daemon.data_dir})
        self.call("POST", "/restaurants/me/reports", {"kind": "DAILY", "day": "2026-01-01"})

    def keep_stock(self):
        """An ingredient that blocks, a movement, a recipe; an order holds some of it."""
        item = self.plain_item()
        kept = self.call("POST", "/restaurants/me/ingredients", {"name": "떡", "unit": "G", "block": True})
        moves = f"/restaurants/me/ingredients/{kept['id']}/movements"
        self.call("POST", moves, {"kind": "RECEIVE", "quantity": 900_000_000}, key=str(uuid.uuid4()))
        self.call("PUT", f"/restaurants/me/menu/items/{item['id']}/recipe",
                  {"lines": [{"ingredient_id": kept["id"], "quantity": 1000}]})
        self.place()

    def earn(self):
        """A payment, part of which went back."""
        order = self.place()
        paid = self.call("POST", "/payments", {"method": "CASH", "amount": order["total_amount"],
                                               "check_id": order["check_id"]}, key=str(uuid.uuid4()))
        self.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 100, "reason": "손님 변심"},
                  key=str(uuid.uuid4()))

    def close_the_till(self):
        """A close with a correction, cash taken out, a count; and what comes after."""
        till = "/restaurants/me/till"
        self.call("POST", till + "/open", {"opening_float": 50_000})
        for _ in range(2):
            self.call("POST", till + "/cash", {"kind": "OUT", "amount": 1000, "reason": "얼음"}, key=str(uuid.uuid4()))
            self.call("POST", till + "/counts", {"counted": 10, "reason": "교대"})
            self.call("POST", till + "/close", {"counted": 10, "left": 0, "reason": "모자람"}, key=str(uuid.uuid4()))
        self.call("POST", till + "/z/1/correct", {"counted": 20, "reason": "다시 셈"})
        self.call("POST", till + "/cash", {"kind": "IN", "amount": 1000, "reason": "잔돈"}, key=str(uuid.uuid4()))

    def fill(self):
        """An order on its way, a finished one, a changed menu, opening hours, an invitation, a
        device, a PIN, a plan with a table taken, a booking, somebody who waits."""
        one, other = self.place(), self.place()
        for act, body in (("accept", {"ready_in_minutes": 10}), ("start", None), ("ready", None)):
            self.call("POST", f"/restaurants/me/orders/{one['id']}/{act}", body)
        self.call("POST", f"/restaurants/me/orders/{other['id']}/reject", {"reason": "SOLD_OUT"})
        self.call("PATCH", "/restaurants/me", {"opening_hours": [{"weekday": 1, "opens": 0, "closes": 1440}]})
        self.call("POST", "/restaurants/me/staff",
                  {"name": "새사람", "email": f"new@{self.email.split('@')[1]}", "role": "STAFF"})
        self.call("POST", "/restaurants/me/devices", {"name": "주방 화면", "role": "KITCHEN"})
        self.adjust(one)
        self.keep_stock()
        self.cook()
        self.deliver()
        self.be_told()
        self.be_told_of_days()
        self.earn()
        self.close_the_till()
        self.draw()
        self.picture()
        self.call("POST", f"/restaurants/me/tables/{self.tables[0]}/seat", {"guest_count": 2})
        self.call("POST", "/restaurants/me/bookings", {"at": "2030-01-01T09:00:00Z", "guest_count": 2, "name": "예약손님",
                                                       "phone": "010-2222-3333", "table_ids": [self.tables[1]]})
        self.call("POST", "/restaurants/me/waiting", {"guest_count": 3, "name": "대기손님"})
        printer = self.call("POST", "/restaurants/me/printers",
                            {"name": "주방", "transport": "NONE", "drawer": True, "purposes": ["REPORT"]})
        self.call("POST", f"/restaurants/me/printers/{printer['id']}/test")
        self.call("PUT", "/restaurants/me/slips/RECEIPT", {"header": "", "footer": "고맙습니다", "parts": []})
        self.call("POST", "/auth/pin", {"password": PASSWORD, "pin": "4093"})


def make(daemon):
    """(own shop, other shop), filled; the daemon runs. Both owners are strangers to each other."""
    own = Shop(daemon, EMAIL, daemon.setup(menu=MENU)["restaurant_id"])
    made = json.loads(daemon.ctl("shop", "add", "--shop-name", "이웃집", "--owner-email", OTHER_EMAIL,
                                 "--owner-password-stdin", "--menu", MENU, "--json",
                                 stdin=PASSWORD + "\n").stdout)
    other = Shop(daemon, OTHER_EMAIL, made["restaurant_id"])
    daemon.start()
    for shop in (own, other):
        shop.login()
        shop.fill()
    settle(daemon)
    return own, other


def make_threat(daemon, shop):
    """A noticed attack, which no test of rights wants to carry out for it; only its id is good."""
    daemon.sql("INSERT INTO threat (restaurant_id, id, kind, subject_hash, subject_enc, raised_at) VALUES "
               f"('{shop.restaurant_id}', gen_random_uuid(), 'FLOOD', decode(repeat('00', 16), 'hex'), '', now())")


def settle(daemon, seconds=20):
    """Waits until what runs in the background has nothing left to do."""
    waiting = ("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_unsealed) "
               "+ (SELECT count(*) FROM inbox WHERE done_at IS NULL)")
    deadline = time.monotonic() + seconds
    while int(daemon.sql(waiting).split()[2]) > 0:
        assert time.monotonic() < deadline, "events or audit rows are still waiting"
        time.sleep(0.05)
