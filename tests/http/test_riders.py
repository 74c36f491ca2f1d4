#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The simulated agency of riders itself: signatures, one journey for each id, and its faults."""

import http.client
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import tap  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_rider import Rider  # noqa: E402
from tap import case, equal  # noqa: E402

COUNT = iter(range(1, 1 << 30))
LOST = (OSError, http.client.HTTPException)


def wish(**more):
    end = {"location": {"basicAddress": "서울 강남구 역삼동 1", "detailAddress": "1층"},
           "contact": {"name": "소담분식", "phone": "0212345678"}}
    goods = {"trayCount": 1, "size": "S", "totalPrice": 9000,
             "products": [{"name": "떡볶이", "quantity": 2, "price": 4500}]}
    return {"partnerOrderId": f"delivery-{next(COUNT)}", "orderType": "QUICK", "pickup": end, "dropoff": end,
            "productInfo": goods, **more}


@case
def signatures(rider):
    """A call that is not signed, signed by another, old, or sent again is refused"""
    path = "/v2/orders/none"
    equal(rider.call("GET", path)[0], 404)
    for wrong in ({"x": "y"}, rider.signed(key="other"), rider.signed(vendor="OTHER"), rider.signed(ahead_s=-400),
                  rider.signed(ahead_s=400)):
        equal(rider.call("GET", path, headers=wrong)[0], 401, wrong)
    once = rider.signed()
    equal([rider.call("GET", path, headers=once)[0] for _ in range(2)], [404, 401], "sent again")


@case
def journeys(rider):
    """A rider is called, found, comes, goes, and cannot be called off once the food is away"""
    order = wish()
    name = order["partnerOrderId"]
    equal(rider.call("POST", "/v2/orders/price", order)[1]["totalPrice"], 7500)
    equal(rider.call("POST", "/v2/orders", order)[0], 200)
    equal(rider.call("POST", "/v2/orders", order)[0], 409, "the same again")
    found = rider.call("GET", f"/v2/orders/{name}")[1]
    equal((found["receipt"]["status"], found["picker"]), ("MATCHING", None))
    rider.move(name, "MATCHED")
    equal(rider.call("GET", f"/v2/orders/{name}")[1]["picker"]["name"], "박기사")
    rider.move(name, "PICKUP_COMPLETED")
    equal(rider.call("PATCH", f"/v1/orders/{name}/cancel")[0], 409)
    other = wish()
    rider.call("POST", "/v2/orders", other)
    equal([rider.call("PATCH", f"/v1/orders/{other['partnerOrderId']}/cancel")[0] for _ in range(2)], [200, 200])
    equal(rider.state()["canceled"], 1, "called off once")


@case
def bad_orders(rider):
    """An order without an address, a phone, goods or a known kind is refused; strange members are noted"""
    bare = wish()
    for name, value in (("orderType", "DRONE"), ("partnerOrderId", ""), ("pickup", {}), ("productInfo", {}),
                        ("dropoff", {**bare["dropoff"], "contact": {"name": "x", "phone": "call me"}})):
        equal(rider.call("POST", "/v2/orders", {**bare, name: value})[0], 400, name)
    equal(rider.state()["violations"], [])
    rider.call("POST", "/v2/orders", {**bare, "tip": 1})
    equal(rider.state()["violations"], ["no member tip"])


@case
def faults(rider):
    """A lost answer leaves one journey or none, as the fault says"""
    for kind, made in (("drop-before", 0), ("drop-after", 1), ("hold", 0), ("error", 0)):
        before = rider.state()["created"]
        rider.fault("create", kind)
        order = wish()
        try:
            equal(rider.call("POST", "/v2/orders", order, timeout=1)[0], 500)
        except LOST:
            assert kind != "error"
        equal(rider.state()["created"] - before, made, kind)
        equal(rider.call("GET", f"/v2/orders/{order['partnerOrderId']}")[0], 200 if made else 404, kind)


@case
def pace(rider):
    """With a pace riders ride by themselves"""
    with Rider(rider.program, pace=0.1) as quick:
        order = wish()
        quick.call("POST", "/v2/orders", order)
        wait_for("the journey's end", lambda: quick.state()["orders"][order["partnerOrderId"]] == "DROPOFF_COMPLETED")


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Rider(program) as rider:
        rider.program = program
        failed = tap.run(rider)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
