# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Two shops of different owners in one data directory, each with something in it of everything, for
tests of what one may learn of the other."""

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

    def place(self):
        body = {"restaurant_id": self.restaurant_id, "type": "TAKEOUT", "channel": "PHONE",
                "items": [{"menu_item_id": self.plain_item()["id"], "quantity": 2, "note": "덜 맵게"}],
                "customer": {"name": "홍길동", "phone": "010-1234-5678"}, "payment": {"method": "LATER"}}
        return self.call("POST", "/orders", body, key=str(uuid.uuid4()))

    def fill(self):
        """An order on its way, a finished one, a changed menu, opening hours, an invitation, a
        device, a PIN."""
        one, other = self.place(), self.place()
        for act, body in (("accept", {"ready_in_minutes": 10}), ("start", None), ("ready", None)):
            self.call("POST", f"/restaurants/me/orders/{one['id']}/{act}", body)
        self.call("POST", f"/restaurants/me/orders/{other['id']}/reject", {"reason": "SOLD_OUT"})
        self.call("PATCH", "/restaurants/me", {"opening_hours": [{"weekday": 1, "opens": 0, "closes": 1440}]})
        self.call("POST", "/restaurants/me/staff",
                  {"name": "새사람", "email": f"new@{self.email.split('@')[1]}", "role": "STAFF"})
        self.call("POST", "/restaurants/me/devices", {"name": "주방 화면", "role": "KITCHEN"})
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
