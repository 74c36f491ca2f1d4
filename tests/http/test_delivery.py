#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Deliveries over HTTP: what the way costs, riders called once, couriers' links, and order and delivery agreeing
whoever moves first."""

import concurrent.futures
import os
import re
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused, forged  # noqa: E402
from osy_rider import KEY, VENDOR, Rider  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
ADDRESS = "서울 강남구 테헤란로 1길 10, 302호 (06234)"
ME = "/restaurants/me"


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def until(function, wanted=True, seconds=20):
    """Polls until it is so."""
    deadline = time.monotonic() + seconds
    while True:
        got = function()
        if got == wanted:
            return got
        assert time.monotonic() < deadline, f"still {got!r}, wanted {wanted!r}"
        time.sleep(0.05)


def place(daemon, address=ADDRESS, anonymous=False, **delivery):
    body = daemon.order_body(type="DELIVERY", channel="WEB" if anonymous else "PHONE",
                             delivery={"address": address, **delivery},
                             customer={"name": "홍길동", "phone": "010-1234-5678"})
    return daemon.place(body, anonymous=anonymous)


def accepted(daemon, **more):
    order = place(daemon, **more)
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    return order["id"]


def delivery_of(daemon, order_id):
    return daemon.call("GET", f"{ME}/orders/{order_id}/delivery")


def has_delivery(daemon, order_id):
    try:
        return delivery_of(daemon, order_id)["status"]
    except Refused as refusal:
        equal(refusal.status, 404)
        return None


def step(daemon, delivery, act, body=None):
    return daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/{act}", body)


@case
def fees(world):
    """The server prices the way: by the first zone of the address, or the one that staff chose; it is owed."""
    daemon = world.daemon
    equal(daemon.call("GET", ME + "/delivery-zones"), {"version": 0, "zones": []})
    assert "delivery_fee" not in place(daemon)
    plain = daemon.plain_item()["price"]
    zones = daemon.call("PUT", ME + "/delivery-zones", {"version": 0, "zones": [
        {"name": "가까운 곳", "fee": 2000, "areas": ["역삼동", "0623"], "minutes": 10},
        {"name": "먼 곳", "fee": 4000, "minimum": plain + 1, "areas": ["서초"]}]})
    equal(zones["version"], 1)
    near, far = zones["zones"]
    for other in (0, 2 ** 40):
        equal(refused(daemon.call, "PUT", ME + "/delivery-zones", {"version": other, "zones": []}).code,
              "VERSION_CONFLICT", f"version {other}")
    order = place(daemon)
    equal((order["delivery_fee"], order["total_amount"]), (2000, plain + 2000))
    equal(order["supply_amount"] + order["vat_amount"] + order["tax_free_amount"], order["total_amount"])
    bill = daemon.call("GET", f"{ME}/checks/{order['check_id']}")
    equal([(line["line_id"], line["amount"]) for line in bill["lines"] if line["line_id"] == order["id"]],
          [(order["id"], 2000)])
    equal(bill["totals"]["total"], plain + 2000)
    equal(place(daemon, "서울 강남구 역삼동 1")["delivery_fee"], 2000)
    equal(place(daemon, "서초구 10", zone_id=near["id"])["delivery_fee"], 2000)
    equal(place(daemon, "서초구 10")["delivery_fee"], 4000)
    assert "delivery_fee" not in place(daemon, "부산 1")  # staff know best
    equal(refused(place, daemon, zone_id=str(uuid.uuid4())).code, "OUT_OF_AREA")
    daemon.call("PATCH", "/restaurants/me", {"guest_orders": True})
    equal(place(daemon, anonymous=True)["delivery_fee"], 2000)
    equal(refused(place, daemon, "부산 1", anonymous=True).code, "OUT_OF_AREA")
    equal(refused(place, daemon, "서초구 10", anonymous=True).code, "BELOW_MINIMUM")
    equal(refused(place, daemon, anonymous=True, zone_id=far["id"]).code, "STAFF_ONLY")
    takeout = daemon.place()
    assert "delivery_fee" not in takeout


@case
def set_up(world):
    """The set-up keeps what is not named, never shows the key, and lies sealed."""
    daemon = world.daemon
    equal(daemon.call("GET", ME + "/delivery-setup"),
          {"carrier": "OWN", "mask_hours": 24, "link_hours": 12, "agency": {"key_set": False}, "pickup": {}, "version": 0})
    saved = daemon.call("PUT", ME + "/delivery-setup", {
        "page_base": "https://shop.example:8443",
        "agency": {"vendor": VENDOR, "key": KEY},
        "pickup": {"name": "소담분식", "phone": "02-123-4567", "address": "서울 강남구 역삼로 5"}})
    equal(saved["agency"], {"vendor": VENDOR, "key_set": True})
    equal(daemon.call("PUT", ME + "/delivery-setup", {"mask_hours": 1})["agency"]["key_set"], True)
    equal(refused(daemon.call, "PUT", ME + "/delivery-setup", {"page_base": "http://evil.example"}).status, 400)
    equal(refused(daemon.call, "PUT", ME + "/delivery-setup", {"version": 0, "mask_hours": 2}).code, "VERSION_CONFLICT")
    kept = daemon.sql("SELECT * FROM delivery_setup")
    assert KEY not in kept and "역삼로" not in kept and "123-4567" not in kept


@case
def own_rider(world):
    """A delivery is asked for when its order is accepted, and goes its way; the order goes along."""
    daemon = world.daemon
    order_id = accepted(daemon)
    until(lambda: has_delivery(daemon, order_id), "REQUESTED")
    one = delivery_of(daemon, order_id)
    equal((one["carrier"], one["fee"], one["address"]), ("OWN", 2000, ADDRESS))
    assigned = daemon.call("POST", f"{ME}/orders/{order_id}/delivery",
                           {"rider": "김기사", "rider_phone": "01099998888", "eta_minutes": 25})
    equal((assigned["id"], assigned["status"], assigned["rider"]), (one["id"], "ASSIGNED", "김기사"))
    assert "9999" not in assigned["rider_phone"]
    daemon.act(order_id, "ready")
    equal(step(daemon, one, "assign", {"rider": "이기사"})["rider"], "이기사")
    equal(step(daemon, one, "pick-up")["status"], "PICKED_UP")
    equal(step(daemon, one, "pick-up")["status"], "PICKED_UP")  # twice is once
    equal(refused(step, daemon, one, "nothing").status, 404)
    equal(step(daemon, one, "deliver")["status"], "DELIVERED")
    equal(refused(step, daemon, one, "cancel", {"reason": "늦음"}).code, "STATE_CONFLICT")
    listed = daemon.call("GET", ME + "/deliveries?state=DELIVERED")["deliveries"]
    equal([(row["id"], "address" in row) for row in listed], [(one["id"], False)])
    equal(refused(daemon.call, "GET", ME + "/deliveries?state=LOST").status, 400)
    assert "김기사" not in daemon.sql("SELECT * FROM delivery")


@case
def board_first(world):
    """The board hands over, takes back, hands over again and completes: the delivery follows each."""
    daemon = world.daemon
    order_id = accepted(daemon)
    until(lambda: has_delivery(daemon, order_id), "REQUESTED")
    daemon.act(order_id, "ready")
    for act, wanted in (("hand-over", "PICKED_UP"), ("recall", "ASSIGNED"), ("hand-over", "PICKED_UP"),
                        ("complete", "DELIVERED"), ("recall", "PICKED_UP"), ("complete", "DELIVERED")):
        daemon.act(order_id, act)
        until(lambda: delivery_of(daemon, order_id)["status"], wanted)
    canceled = accepted(daemon)
    until(lambda: has_delivery(daemon, canceled), "REQUESTED")
    daemon.act(canceled, "cancel", {"reason": "손님 취소"})
    until(lambda: delivery_of(daemon, canceled)["status"], "CANCELED")
    equal(refused(daemon.call, "POST", f"{ME}/orders/{canceled}/delivery", {}).code, "STATE_CONFLICT")
    failed = accepted(daemon)
    one = daemon.call("POST", f"{ME}/orders/{failed}/delivery", {"carrier": "PLATFORM"})
    equal(step(daemon, one, "fail", {"reason": "오토바이 고장"})["status"], "FAILED")
    takeout = daemon.place()["id"]
    daemon.act(takeout, "accept", {"ready_in_minutes": 5})
    equal(refused(daemon.call, "POST", f"{ME}/orders/{takeout}/delivery", {}).code, "STATE_CONFLICT")
    equal(refused(daemon.call, "GET", f"{ME}/orders/{takeout}/delivery").status, 404)


@case
def next_rider(world):
    """The rider breaks down on the way and another is called: that the order left long ago does not
    put the food into the new rider's hands."""
    daemon = world.daemon
    order_id = accepted(daemon)
    until(lambda: has_delivery(daemon, order_id), "REQUESTED")
    daemon.act(order_id, "ready")
    daemon.act(order_id, "hand-over")
    until(lambda: has_delivery(daemon, order_id), "PICKED_UP")
    step(daemon, delivery_of(daemon, order_id), "fail", {"reason": "오토바이 고장"})
    new = daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "PLATFORM"})
    equal(new["status"], "REQUESTED")
    order = daemon.call("GET", f"/orders/{order_id}")
    daemon.call("POST", f"{ME}/checks/{order['check_id']}/adjustments",
                {"reason": "늦어서", "kind": "COMP", "line_id": order["items"][0]["line_id"], "quantity": 1},
                key=str(uuid.uuid4()))
    after = accepted(daemon)  # its steps are heard after the one above
    until(lambda: has_delivery(daemon, after), "REQUESTED")
    daemon.act(after, "ready")
    daemon.act(after, "hand-over")
    until(lambda: has_delivery(daemon, after), "PICKED_UP")
    daemon.act(after, "complete")
    equal((delivery_of(daemon, order_id)["id"], has_delivery(daemon, order_id)), (new["id"], "REQUESTED"))
    daemon.act(order_id, "complete")
    until(lambda: has_delivery(daemon, order_id), "DELIVERED")


@case
def one_rider(world):
    """64 clients call a rider for one order: one call is made, whatever the network does to it."""
    daemon, riders = world.daemon, world.riders
    riders.fault("create", "drop-after")  # called, then silence
    order_id = accepted(daemon)

    def call(_):
        status, _, content = daemon.raw("POST", f"/api/v1{ME}/orders/{order_id}/delivery", b'{"carrier": "AGENCY"}',
                                        {"Authorization": f"Bearer {daemon.token}", "Content-Type": "application/json"}, 30)
        return status, content

    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(call, range(64)))
    equal(sorted({status for status, _ in answers}), [200, 201], str(answers[:2]))
    equal(sum(status == 201 for status, _ in answers), 1)
    one = delivery_of(daemon, order_id)
    until(lambda: delivery_of(daemon, order_id).get("call"), "CALLED", 60)
    state = riders.state()
    equal((list(state["orders"]), state["created"], state["violations"]), ([one["id"]], 1, []))
    riders.move(one["id"], "MATCHED")
    until(lambda: delivery_of(daemon, order_id)["status"], "ASSIGNED")
    equal(delivery_of(daemon, order_id)["rider"], "박기사")
    equal(refused(daemon.call, "POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "OWN"}).code, "STATE_CONFLICT")
    riders.move(one["id"], "PICKUP_COMPLETED")
    until(lambda: delivery_of(daemon, order_id)["status"], "PICKED_UP")
    riders.move(one["id"], "MATCHED")  # out of order: passed over
    time.sleep(6)
    equal(delivery_of(daemon, order_id)["status"], "PICKED_UP")
    riders.move(one["id"], "DROPOFF_COMPLETED")
    until(lambda: delivery_of(daemon, order_id)["status"], "DELIVERED")
    until(lambda: delivery_of(daemon, order_id)["call"], "ENDED")


@case
def agency_says_no(world):
    """A refusal is shown and may be tried again; a rider that is not wanted any more is called off."""
    daemon, riders = world.daemon, world.riders
    order_id = accepted(daemon)
    daemon.call("PUT", ME + "/delivery-setup", {"agency": {"key": "another"}})
    daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "AGENCY"})
    until(lambda: delivery_of(daemon, order_id).get("call"), "REFUSED")
    assert delivery_of(daemon, order_id)["call_failure"].startswith("401")
    daemon.call("PUT", ME + "/delivery-setup", {"agency": {"key": KEY}})
    riders.fault("create", "drop-before")  # nobody knows: it is looked up, and then called once more
    one = daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "AGENCY"})
    until(lambda: delivery_of(daemon, order_id)["call"], "CALLED", 60)
    step(daemon, one, "cancel", {"reason": "손님이 가지러 오심"})
    until(lambda: riders.state()["orders"][one["id"]], "CANCELED")
    until(lambda: delivery_of(daemon, order_id)["call"], "ENDED")
    again = daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "OWN"})
    assert again["id"] != one["id"]
    equal(again["status"], "REQUESTED")


def courier(daemon, verb, token, **more):
    return daemon.call("POST", "/courier/" + verb, {"token": token, **more}, anonymous=True)


@case
def courier_link(world):
    """A courier's link shows one delivery while it is under way, moves it on, and is dead with its end."""
    daemon = world.daemon
    order_id = accepted(daemon)
    one = daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "OWN"})
    other = daemon.call("POST", f"{ME}/orders/{accepted(daemon)}/delivery", {"carrier": "OWN"})
    link = step(daemon, one, "link")
    assert link["path"] == "/courier#" + link["token"] and len(link["token"]) > 50
    base = daemon.call("GET", ME + "/delivery-setup")["page_base"]
    equal(link["url"], base + link["path"])
    daemon.call("PUT", ME + "/delivery-setup", {"page_base": ""})
    pathless = step(daemon, one, "link")
    equal(pathless["url"], pathless["path"], "nobody knows how phones come here")
    daemon.call("PUT", ME + "/delivery-setup", {"page_base": base})
    stored = daemon.sql("SELECT encode(token_hash, 'escape'), * FROM courier_link")
    assert link["token"] not in stored
    seen = courier(daemon, "look", link["token"])
    equal((seen["address"], seen["phone"], seen["name"], seen["status"], seen["collect"]),
          (ADDRESS, "010-1234-5678", "홍길동", "REQUESTED", True))
    daemon.act(order_id, "ready")
    equal(courier(daemon, "pick-up", link["token"])["status"], "PICKED_UP")
    world.follows(order_id, "DELIVERING")
    done = courier(daemon, "deliver", link["token"])
    equal(done["status"], "DELIVERED")
    assert not {"address", "phone", "name", "items", "note"} & set(done), done
    world.follows(order_id, "COMPLETED")
    for verb in ("look", "pick-up", "deliver"):
        equal(refused(courier, daemon, verb, link["token"]).status, 401, verb)
    equal(delivery_of(daemon, other["order_id"])["status"], "REQUESTED")
    equal(refused(step, daemon, one, "link").code, "STATE_CONFLICT")
    failing = step(daemon, other, "link")["token"]
    equal(courier(daemon, "fail", failing, reason="받는 분이 안 계세요")["status"], "FAILED")
    equal(refused(courier, daemon, "look", failing).status, 401)
    equal(delivery_of(daemon, other["order_id"])["reason"], "받는 분이 안 계세요")
    for bad in ("x", link["token"][:-1], forged(link["token"]), "A" * 54, "#"):
        equal(refused(courier, daemon, "look", bad).status, 401, bad)


@case
def links_expire(world):
    """A link is dead when its time is over."""
    daemon = world.daemon
    one = daemon.call("POST", f"{ME}/orders/{accepted(daemon)}/delivery", {"carrier": "OWN"})
    token = step(daemon, one, "link")["token"]
    equal(courier(daemon, "look", token)["status"], "REQUESTED")
    daemon.sql("UPDATE courier_link SET expires_at = now() - interval '1 second' "
               f"WHERE delivery_id = '{one['id']}'")
    equal(refused(courier, daemon, "look", token).status, 401)
    equal(refused(courier, daemon, "deliver", token).status, 401)


@case
def slip_code(world):
    """The slip of a delivery has a code; scanned as it leaves, the order is on its way."""
    daemon = world.daemon
    daemon.call("POST", ME + "/printers", {"name": "배달", "transport": "NONE", "purposes": ["DELIVERY"]})
    order_id = accepted(daemon)
    until(lambda: has_delivery(daemon, order_id), "REQUESTED")
    until(lambda: daemon.sql(f"SELECT count(*) FROM courier_link l JOIN delivery d ON d.id = l.delivery_id "
                             f"WHERE d.order_id = '{order_id}'").split()[2], "1")
    token = step(daemon, delivery_of(daemon, order_id), "link")["token"]
    daemon.act(order_id, "ready")
    code = "https://shop.example:8443/courier#" + token
    equal(daemon.call("POST", ME + "/delivery-scan", {"code": code})["status"], "PICKED_UP")
    world.follows(order_id, "DELIVERING")
    equal(refused(daemon.call, "POST", ME + "/delivery-scan", {"code": "nothing#" + "A" * 54}).status, 404)


@case
def masked(world):
    """An address is masked so many hours after the delivery's end, and never in a list or an event."""
    daemon = world.daemon
    order_id = accepted(daemon)
    one = daemon.call("POST", f"{ME}/orders/{order_id}/delivery", {"carrier": "OWN"})
    step(daemon, one, "deliver")
    equal(delivery_of(daemon, order_id)["address"], ADDRESS)
    daemon.sql(f"UPDATE delivery SET delivered_at = now() - interval '61 minutes' WHERE id = '{one['id']}'")
    shown = delivery_of(daemon, order_id)["address"]
    assert "302" not in shown and "테헤란로" in shown, shown
    epoch = daemon.call("GET", ME + "/feed?limit=1")["epoch"]
    events, after = [], 0
    while True:
        page = daemon.call("GET", f"{ME}/feed?epoch={epoch}&after={after}&limit=200")["events"]
        if not page:
            break
        events += page
        after = page[-1]["seq"]
    told = [event for event in events if event["aggregate_type"] == "delivery"]
    assert {"delivery.requested", "delivery.assigned", "delivery.started", "delivery.delivered", "delivery.failed",
            "delivery.canceled", "delivery.recalled"} <= {event["type"] for event in told}
    assert "302호" not in str(told)
    assert all("delivery" in event for event in told)


@case
def page(world):
    """The courier's page is served with its policy, and asks for nothing but itself."""
    daemon = world.daemon
    status, headers, content = daemon.raw("GET", "/courier")
    equal(status, 200)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    asked = set(re.findall(r'(?:src|href)="/courier/([^"]+)"', content.decode()))
    equal(asked, {"app.js", "style.css"})
    for name in asked | {"words.js"}:
        equal(daemon.raw("GET", "/courier/" + name)[0], 200, name)
    equal(daemon.raw("GET", "/courier/nothing.js")[0], 404)


@case
def consistent(world):
    """Nothing of all this broke an invariant."""
    daemon = world.daemon
    broken = daemon.ctl("check", check=False).stdout.splitlines()
    equal([line for line in broken if world.saga or not line.startswith("delivery.order-agrees")], [])


class World:
    def __init__(self, daemon, riders):
        self.daemon, self.riders = daemon, riders

    @property
    def saga(self):
        """Whether the daemon has one that follows deliveries."""
        return int(self.daemon.sql("SELECT count(*) FROM inbox WHERE consumer = 'saga.delivery'").split()[2]) > 0

    def follows(self, order_id, wanted):
        """The order comes along with its delivery: what the saga is for."""
        if self.saga:
            until(lambda: self.daemon.call("GET", f"/orders/{order_id}")["status"], wanted)


def main():
    riders = Rider(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim"))
    with Daemon(sys.argv[1], extra=("--kakao-base-url", riders.url, "--limit-staff", "100000",
                                    "--limit-renew", "100000", "--limit-order", "100000")) as daemon:
        daemon.contract = Contract()
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        failed = run(World(daemon, riders))
    riders.close()
    return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
