#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Menus over HTTP against a real daemon; every answer is held against the contract."""

import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CAFE = os.path.join(HERE, "..", "data", "menu-cafe-cp949.csv")
ME = "/restaurants/me/menu"


def find(daemon, name):
    for category in daemon.menu()["categories"]:
        for item in category["items"]:
            if item["name"] == name:
                return item
    return None


def code_of(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Refused as refusal:
        return refusal.code
    return None


def order_of(daemon, item, **more):
    return daemon.order_body([{"menu_item_id": item["id"], "quantity": 1, **more}])


@case
def reads(daemon):
    """A guest reads the menu, and again for nothing while it is the same."""
    path = f"/api/v1/restaurants/{daemon.restaurant_id}/menu"
    status, headers, content = daemon.raw("GET", path)
    equal(status, 200)
    status, again, nothing = daemon.raw("GET", path, headers={"If-None-Match": headers["ETag"]})
    equal((status, nothing), (304, b""))
    equal(again["ETag"], headers["ETag"])
    equal(find(daemon, "떡볶이")["option_groups"][0]["min"], 1)
    assert content


@case
def sells_out(daemon):
    """Sold out is refused at once, and back at once."""
    item = find(daemon, "콜라")
    daemon.call("POST", f"{ME}/items/{item['id']}/sold-out", {"until": "TODAY"})
    equal(find(daemon, "콜라")["sold_out"], True)
    equal(code_of(daemon.place, order_of(daemon, item)), "SOLD_OUT")
    daemon.call("POST", f"{ME}/items/{item['id']}/available")
    daemon.place(order_of(daemon, item))
    option = find(daemon, "라면")["option_groups"][0]["options"][0]
    daemon.call("POST", f"{ME}/options/{option['id']}/sold-out")
    body = order_of(daemon, find(daemon, "라면"), options=[{"option_id": option["id"]}])
    equal(code_of(daemon.place, body), "SOLD_OUT")
    daemon.call("POST", f"{ME}/options/{option['id']}/available")
    daemon.place(body)


@case
def edits(daemon):
    """Entries are made, changed, priced anew and deleted."""
    category = daemon.call("POST", f"{ME}/categories", {"name": "계절", "position": 0})
    daemon.call("PATCH", f"{ME}/categories/{category['id']}", {"names": {"ko": "여름", "en": "Summer"}})
    group = daemon.call("POST", f"{ME}/option-groups", {
        "name": "얼음", "min": 0, "max": 1, "options": [{"name": "많이", "price": 300}]})
    daemon.call("PATCH", f"{ME}/option-groups/{group['id']}", {"max": 2})
    item = daemon.call("POST", f"{ME}/items", {
        "category_id": category["id"], "name": "콩국수", "price": 9000, "origin": "콩:국내산",
        "option_group_ids": [group["id"]]})
    seen = order_of(daemon, item, unit_price=9000)
    daemon.place(seen)
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"price": 9500})
    equal(code_of(daemon.place, seen), "MENU_CHANGED")
    own = daemon.call("GET", ME)
    equal(own["categories"][0]["items"][0]["price"], 9500)
    equal(code_of(daemon.call, "DELETE", f"{ME}/option-groups/{group['id']}"), "CONFLICT")
    for path in (f"items/{item['id']}", f"option-groups/{group['id']}", f"categories/{category['id']}"):
        daemon.call("DELETE", f"{ME}/{path}")
        equal(code_of(daemon.call, "DELETE", f"{ME}/{path}"), "NOT_FOUND")


def send_file(daemon, content, query=""):
    headers = {"Authorization": f"Bearer {daemon.token}", "Content-Type": "text/csv"}
    return daemon.raw("POST", f"/api/v1{ME}/import{query}", content, headers)[0]


@case
def imports(daemon):
    """Files come in by HTTP, and by ordersyncctl beside the running daemon."""
    with open(CAFE, "rb") as file:
        cafe = file.read()
    equal(send_file(daemon, cafe, "?dry_run=true"), 200)
    equal(find(daemon, "소금빵"), None)
    equal(send_file(daemon, cafe), 200)
    equal(find(daemon, "콜드브루")["sold_out"], True)
    equal(send_file(daemon, "분류,메뉴명,가격\n빵,식빵,\n".encode()), 400)
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write("category,name,price\n디저트,소금빵,\"3,500원\"\n".encode())
        file.flush()
        daemon.ctl("menu", "import", file.name)
    deadline = time.monotonic() + 10
    while find(daemon, "소금빵")["price"] != 3500:
        assert time.monotonic() < deadline, "the daemon never heard of the import"
        time.sleep(0.05)


@case
def first_steps(daemon):
    """A shop made with a menu has these two of its first steps behind it."""
    setup = daemon.call("GET", "/restaurants/me")["setup"]
    equal({step for step, state in setup.items() if state == "DONE"}, {"shop", "menu"})


@case
def all_routes(daemon):
    """Every route of the menu was asked above."""
    known = {operation["operationId"] for _, _, _, operation in daemon.contract.routes
             if "menu" in operation["tags"]}
    equal(known - daemon.contract.used, set())


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
