#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders that involve money, goods and riders, from end to end with the strict payment service: each completes,
or is undone completely, whatever fails in between; and what a person does where it does not."""

import json
import os
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
ME = "/restaurants/me"
ATTENTION = ME + "/attention"
METHODS = ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"]


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def cell(daemon, text):
    return daemon.sql(text).splitlines()[2].strip()


def step_of(daemon, order):
    lines = daemon.sql(f"SELECT step FROM saga WHERE order_id = '{order['id']}'").splitlines()
    return lines[2].strip() if len(lines) > 4 else None


def order_of(daemon, order):
    return daemon.call("GET", f"/orders/{order['id']}")


def reaches(daemon, order, status, step=None, timeout=20):
    """Waits for the order's state and its saga's step."""
    def there():
        now = order_of(daemon, order)["status"], step_of(daemon, order)
        return now == (status, step or now[1])
    try:
        wait_for(f"{status} {step}", there, timeout=timeout)
    except AssertionError as error:
        raise AssertionError(f"{order_of(daemon, order)['status']} {step_of(daemon, order)}: {error}") from error


def place(daemon, item=None, method="TOSS", **more):
    """A guest orders, and pays before it is made."""
    line = {"menu_item_id": (item or daemon.plain_item())["id"], "quantity": 1}
    body = daemon.order_body([line], channel="WEB", payment={"method": method}, **more)
    return daemon.place(body, anonymous=True)


def begin(daemon, order, method="TOSS"):
    return daemon.call("POST", "/payments", {"order_id": order["id"], "method": method, "amount": order["total_amount"]},
                       headers={"X-Order-Token": order["tracking_token"]}, key=str(uuid.uuid4()), anonymous=True)


def agree(toss, payment, **more):
    back = toss.approve(payment["id"], payment["amount"], **more)
    return {"payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]}


def confirm(daemon, back):
    return daemon.call("POST", "/payments/confirm", back, anonymous=True)


def pay(daemon, toss, order):
    payment = begin(daemon, order)
    equal(confirm(daemon, agree(toss, payment))["status"], "PAID")
    return payment


def at_service(toss, payment):
    """What the service has taken and given back for this payment."""
    captures = sum(one["amount"] for one in toss.state()["captures"] if one["orderId"] == payment["id"])
    refunds = sum(one["amount"] for one in toss.state()["refunds"] if one["orderId"] == payment["id"])
    return captures, refunds


def given_back(toss, payment):
    wait_for("the money to be back", lambda: at_service(toss, payment) == (payment["amount"], payment["amount"]),
             timeout=20)


def on_board(daemon, order):
    states = "PENDING,ACCEPTED,PREPARING,READY,DELIVERING"
    return any(one["id"] == order["id"] for one in daemon.call("GET", f"{ME}/orders?status={states}")["orders"])


def cook(daemon, order, *acts):
    for act in acts:
        daemon.act(order["id"], act, {"ready_in_minutes": 10} if act == "accept" else None)


@case
def prepaid(daemon, toss):
    """Placed and off the board, paid and on it, made, done; the goods and the money are settled."""
    order = place(daemon)
    equal(order["status"], "PENDING_PAYMENT")
    assert not on_board(daemon, order)
    equal(refused(cook, daemon, order, "accept").code, "STATE_CONFLICT")
    wait_for("its saga", lambda: step_of(daemon, order) == "STARTED")
    pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    assert on_board(daemon, order)
    cook(daemon, order, "accept", "ready", "complete")
    reaches(daemon, order, "COMPLETED", "COMPLETED")
    equal(daemon.call("GET", ATTENTION), {"items": [], "next_cursor": None})


@case
def accepted_by_itself(daemon, toss):
    """Where the shop says so, nobody has to accept what is paid."""
    daemon.call("PATCH", ME, {"accept_paid_orders": True})
    order = place(daemon)
    pay(daemon, toss, order)
    reaches(daemon, order, "ACCEPTED", "FULFILLING")
    daemon.call("PATCH", ME, {"accept_paid_orders": False})


@case
def pay_later(daemon, toss):
    """A table eats and pays: made before the money, over with it."""
    line = {"menu_item_id": daemon.plain_item()["id"], "quantity": 2}
    order = daemon.place(daemon.order_body([line], type="DINE_IN", accept={"ready_in_minutes": 10}))
    cook(daemon, order, "ready", "complete")
    reaches(daemon, order, "COMPLETED", "FULFILLING")
    daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": "CASH", "amount": order["total_amount"]},
                key=str(uuid.uuid4()))
    reaches(daemon, order, "COMPLETED", "COMPLETED")
    # Paid, and something given back before it is over: over all the same.
    order = daemon.place(daemon.order_body([line], type="DINE_IN", accept={"ready_in_minutes": 10}))
    payment = daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": "CASH",
                                                "amount": order["total_amount"]}, key=str(uuid.uuid4()))
    daemon.call("POST", f"/payments/{payment['id']}/refunds", {"amount": 100, "reason": "단골"}, key=str(uuid.uuid4()))
    cook(daemon, order, "ready", "complete")
    reaches(daemon, order, "COMPLETED", "COMPLETED")


@case
def given_free(daemon, toss):
    """What is free as a whole is over when it is done, whether it was given before that or after."""
    for late in (False, True):
        order = daemon.place(daemon.order_body(type="DINE_IN", accept={"ready_in_minutes": 10}))
        acts = [lambda: cook(daemon, order, "ready", "complete"),
                lambda: daemon.call("POST", f"{ME}/checks/{order['check_id']}/adjustments",
                                    {"kind": "COMP", "reason": "늦어서"}, key=str(uuid.uuid4()))]
        for act in acts if late else acts[::-1]:
            act()
        reaches(daemon, order, "COMPLETED", "COMPLETED")


@case
def nothing_left(daemon, toss):
    """What was struck as a whole, before it was done or after, and what is free beside a round that was called off."""
    for late in (False, True):
        order = daemon.place(daemon.order_body(accept={"ready_in_minutes": 10}))
        acts = [lambda: cook(daemon, order, "ready", "complete"), lambda: take_off(daemon, order, "VOID")]
        for act in acts if late else acts[::-1]:
            act()
        reaches(daemon, order, "COMPLETED", "COMPLETED")
        equal(daemon.call("GET", f"{ME}/checks/{order['check_id']}")["status"], "SETTLED")
    free = daemon.place(daemon.order_body(type="DINE_IN", accept={"ready_in_minutes": 10}))
    other = daemon.place(daemon.order_body(type="DINE_IN", check_id=free["check_id"]))
    take_off(daemon, free, "COMP")
    cook(daemon, free, "ready", "complete")
    reaches(daemon, free, "COMPLETED", "FULFILLING")
    daemon.act(other["id"], "cancel", {"reason": "손님이 나갔어요"})
    reaches(daemon, free, "COMPLETED", "COMPLETED")


def take_off(daemon, order, kind):
    for line in order["items"]:
        daemon.call("POST", f"{ME}/checks/{order['check_id']}/adjustments",
                    {"kind": kind, "line_id": line["line_id"], "quantity": line["quantity"], "reason": "늦어서"},
                    key=str(uuid.uuid4()))


@case
def left_free(daemon, toss):
    """What was struck while two tables sat together waits for its table, which is cleared; that is taken back whole."""
    tables = seats(daemon, 2)
    struck, paid = [daemon.place(daemon.order_body(type="DINE_IN", table_id=table, accept={"ready_in_minutes": 10}))
                    for table in tables]
    daemon.call("POST", f"{ME}/tables/{tables[0]}/merge", {"into_table_id": tables[1]})
    take_off(daemon, struck, "VOID")
    cook(daemon, struck, "ready", "complete")
    daemon.call("POST", f"{ME}/tables/{tables[0]}/unmerge", {})
    reaches(daemon, struck, "COMPLETED", "FULFILLING")
    done = daemon.call("POST", f"{ME}/tables/{tables[0]}/clear", {})
    reaches(daemon, struck, "COMPLETED", "COMPLETED")
    check = f"{ME}/checks/{struck['check_id']}"
    equal(daemon.call("GET", check)["status"], "SETTLED")
    daemon.call("POST", f"{ME}/tables/acts/{done['act_id']}/undo")
    equal(daemon.call("GET", check)["status"], "OPEN")
    equal(daemon.place(daemon.order_body(type="DINE_IN", table_id=tables[0]))["check_id"], struck["check_id"])
    equal(daemon.call("GET", f"{ME}/checks/{paid['check_id']}")["totals"]["owed"], paid["total_amount"])


def seats(daemon, n):
    """Tables of a floor of their own."""
    floor, tables = str(uuid.uuid4()), [str(uuid.uuid4()) for _ in range(n)]
    daemon.call("POST", ME + "/floor/changes", {"changes": [
        {"op": "PUT", "type": "floor", "id": floor, "name": "홀", "width": 1280, "height": 720},
        *({"op": "PUT", "type": "piece", "id": table, "floor_id": floor, "kind": "TABLE", "number": f"{n}-{i}", "x": 80 * i,
           "y": 0, "width": 64, "height": 64} for i, table in enumerate(tables))]})
    return tables


@case
def pay_together(daemon, toss):
    """Tables that sit together pay once: all of their orders are over with it, whichever check they are on."""
    tables = seats(daemon, 3)
    orders = [daemon.place(daemon.order_body(type="DINE_IN", table_id=table, accept={"ready_in_minutes": 10})) for table in tables]
    for one, into in ((0, 1), (1, 2)):
        daemon.call("POST", f"{ME}/tables/{tables[one]}/merge", {"into_table_id": tables[into]})
    for order in orders:
        cook(daemon, order, "ready", "complete")
        reaches(daemon, order, "COMPLETED", "FULFILLING")
    check = orders[2]["check_id"]
    owed = daemon.call("GET", f"{ME}/checks/{check}")["totals"]["owed"]
    equal(owed, sum(order["total_amount"] for order in orders))
    daemon.call("POST", "/payments", {"check_id": check, "method": "CASH", "amount": owed}, key=str(uuid.uuid4()))
    for order in orders:
        reaches(daemon, order, "COMPLETED", "COMPLETED")


@case
def delivered(daemon, toss):
    """Paid, made, carried; the order follows its rider."""
    order = place(daemon, type="DELIVERY", delivery={"address": "서울 강남구 테헤란로 1"},
                  customer={"name": "홍길동", "phone": "010-1234-5678"})
    pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    cook(daemon, order, "accept")
    delivery = wait_for("its delivery", lambda: [one for one in daemon.call("GET", f"{ME}/deliveries")["deliveries"]
                                                 if one["order_id"] == order["id"]])[0]
    daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/assign", {"rider": "김라이더"})
    daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/pick-up", {})
    reaches(daemon, order, "DELIVERING")
    daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/deliver", {})
    reaches(daemon, order, "COMPLETED", "COMPLETED")


@case
def deposited(daemon, toss):
    """A virtual account: the order waits for the deposit, and goes on with it."""
    order = place(daemon)
    payment = begin(daemon, order, "VIRTUAL_ACCOUNT")
    equal(confirm(daemon, agree(toss, payment, method="VIRTUAL_ACCOUNT"))["status"], "WAITING_FOR_DEPOSIT")
    wait_for("the later end", lambda: cell(daemon, "SELECT due_at IS NOT NULL AND expires_at >= due_at FROM saga "
                                           f"WHERE order_id = '{order['id']}'") == "t")
    equal(order_of(daemon, order)["status"], "PENDING_PAYMENT")
    toss.sim("deposit", {"orderId": payment["id"], "amount": payment["amount"]})
    reaches(daemon, order, "PENDING", "FULFILLING")


@case
def sold_out_after_payment(daemon, toss):
    """Two pay for the last portion: one has it, the other his money."""
    item = daemon.plain_item()
    rice = daemon.call("POST", f"{ME}/ingredients", {"name": "떡", "unit": "G", "track": True, "block": True})
    daemon.call("POST", f"{ME}/ingredients/{rice['id']}/movements", {"kind": "RECEIVE", "quantity": 100000},
                key=str(uuid.uuid4()))
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe",
                {"lines": [{"ingredient_id": rice["id"], "quantity": 60000}], "options": []})
    first, second = place(daemon, item), place(daemon, item)
    one, two = begin(daemon, first), begin(daemon, second)
    equal(confirm(daemon, agree(toss, one))["status"], "PAID")
    reaches(daemon, first, "PENDING", "FULFILLING")
    equal(confirm(daemon, agree(toss, two))["status"], "PAID")
    reaches(daemon, second, "CANCELED", "COMPENSATED")
    equal(at_service(toss, two), (two["amount"], two["amount"]))
    cook(daemon, first, "accept", "ready", "complete")
    reaches(daemon, first, "COMPLETED", "COMPLETED")
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe", {"lines": [], "options": []})


@case
def withdrawn_after_payment(daemon, toss):
    """Rejected, or canceled when it was accepted already: the money goes back by itself."""
    for acts, last, status in (((), "reject", "REJECTED"), (("accept",), "cancel", "CANCELED")):
        order = place(daemon)
        payment = pay(daemon, toss, order)
        reaches(daemon, order, "PENDING")
        cook(daemon, order, *acts)
        daemon.act(order["id"], last, {"reason": "재료 소진"})
        given_back(toss, payment)
        reaches(daemon, order, status, "COMPENSATED")


@case
def declined_first(daemon, toss):
    """The bank says no: the order waits on, and the guest pays with another card."""
    order = place(daemon)
    payment = begin(daemon, order)
    toss.faults({"op": "confirm", "kind": "decline", "code": "REJECT_CARD_COMPANY", "times": 1})
    equal(confirm(daemon, agree(toss, payment))["status"], "DECLINED")
    toss.faults()
    equal((order_of(daemon, order)["status"], at_service(toss, payment)), ("PENDING_PAYMENT", (0, 0)))
    pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    daemon.act(order["id"], "reject", {"reason": "마감"})
    reaches(daemon, order, "REJECTED", "COMPENSATED")


def carried(daemon, order):
    """Its delivery, once there is one."""
    def find():
        return [one for one in daemon.call("GET", f"{ME}/deliveries")["deliveries"] if one["order_id"] == order["id"]]
    return wait_for("its delivery", find)[0]


@case
def all_undone(daemon, toss):
    """Paid, its goods held, its rider on the way: canceled, the money is back, the goods are free, the rider is not
    wanted, the check owes nothing."""
    item = daemon.plain_item()
    rice = daemon.call("POST", f"{ME}/ingredients", {"name": "쌀", "unit": "G", "track": True, "block": True})
    daemon.call("POST", f"{ME}/ingredients/{rice['id']}/movements", {"kind": "RECEIVE", "quantity": 100000},
                key=str(uuid.uuid4()))
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe",
                {"lines": [{"ingredient_id": rice["id"], "quantity": 60000}], "options": []})

    def held():
        return next(one for one in daemon.call("GET", f"{ME}/ingredients")["ingredients"] if one["id"] == rice["id"])
    order = place(daemon, item, type="DELIVERY", delivery={"address": "서울 강남구 테헤란로 1"},
                  customer={"name": "홍길동", "phone": "010-1234-5678"})
    payment = pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    equal((held()["reserved"], held()["on_hand"]), (60000, 100000))
    cook(daemon, order, "accept")
    delivery = carried(daemon, order)
    daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/assign", {"rider": "김라이더"})
    daemon.act(order["id"], "cancel", {"reason": "손님 변심"})
    given_back(toss, payment)
    reaches(daemon, order, "CANCELED", "COMPENSATED")
    equal((held()["reserved"], held()["on_hand"]), (0, 100000))
    equal(carried(daemon, order)["status"], "CANCELED")
    equal(daemon.call("GET", f"{ME}/checks/{order['check_id']}")["totals"]["owed"], 0)
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe", {"lines": [], "options": []})


@case
def delivery_failed(daemon, toss):
    """A rider who cannot deliver: a person is asked; canceled, it is undone, or another one carries it."""
    for again in (False, True):
        order = place(daemon, type="DELIVERY", delivery={"address": "서울 강남구 테헤란로 1"},
                      customer={"name": "홍길동", "phone": "010-1234-5678"})
        payment = pay(daemon, toss, order)
        reaches(daemon, order, "PENDING", "FULFILLING")
        cook(daemon, order, "accept")
        delivery = carried(daemon, order)
        daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/assign", {"rider": "김라이더"})
        daemon.call("POST", f"{ME}/deliveries/{delivery['id']}/fail", {"reason": "오토바이 고장"})
        wait_for("the alarm", lambda one=order: [row["reason"] for row in daemon.call("GET", ATTENTION)["items"]
                                                 if row["order_id"] == one["id"]] == ["DELIVERY_FAILED"])
        if not again:
            daemon.act(order["id"], "cancel", {"reason": "배달 불가"})
            given_back(toss, payment)
            reaches(daemon, order, "CANCELED", "COMPENSATED")
            continue
        other = daemon.call("POST", f"{ME}/orders/{order['id']}/delivery", {"rider": "박라이더"})
        for act in ("pick-up", "deliver"):
            daemon.call("POST", f"{ME}/deliveries/{other['id']}/{act}", {})
        reaches(daemon, order, "COMPLETED", "COMPLETED")
        equal(at_service(toss, payment), (payment["amount"], 0))
    equal(daemon.call("GET", ATTENTION)["items"], [])


@case
def deposit_of_a_closed_order(daemon, toss):
    """Canceled while a deposit is awaited: nobody can pay in any more, or what is paid in after all goes back."""
    order = place(daemon)
    payment = begin(daemon, order, "VIRTUAL_ACCOUNT")
    equal(confirm(daemon, agree(toss, payment, method="VIRTUAL_ACCOUNT"))["status"], "WAITING_FOR_DEPOSIT")
    daemon.act(order["id"], "cancel", {"reason": "손님 변심"})
    reaches(daemon, order, "CANCELED", "COMPENSATED")
    equal(daemon.call("GET", f"/payments/{payment['id']}")["status"], "CANCELED")
    equal(at_service(toss, payment), (0, 0))


@case
def paid_too_late(daemon, toss):
    """Nobody pays in time: it expires, and cannot be paid any more. Canceled while the money is on its way: what is
    taken after all goes back."""
    order = place(daemon)
    payment = begin(daemon, order)
    back = agree(toss, payment)
    wait_for("its saga", lambda: step_of(daemon, order) == "STARTED")
    daemon.sql("UPDATE saga SET expires_at = now() - interval '1 minute', next_at = now() "
               f"WHERE order_id = '{order['id']}'")
    reaches(daemon, order, "EXPIRED", "COMPENSATED")
    equal(refused(confirm, daemon, back).code, "STATE_CONFLICT")
    equal(at_service(toss, payment), (0, 0))
    order = place(daemon)
    payment = begin(daemon, order)
    back = agree(toss, payment)
    toss.faults({"op": "confirm", "kind": "drop-after", "times": 1}, {"op": "order", "kind": "error-before", "times": 1})
    equal(confirm(daemon, back)["status"], "UNKNOWN")
    daemon.act(order["id"], "cancel", {"reason": "손님 변심"})
    given_back(toss, payment)
    reaches(daemon, order, "CANCELED", "COMPENSATED")


@case
def killed_in_between(daemon, toss):
    """The daemon dies with payments in every state: all of it goes on, none of it twice."""
    orders = []
    for i in range(6):
        order = place(daemon)
        payment = begin(daemon, order)
        confirm(daemon, agree(toss, payment))
        orders.append((order, payment))
        if i % 2:
            daemon.kill()
            daemon.start()
    for order, payment in orders:
        reaches(daemon, order, "PENDING", "FULFILLING", timeout=40)
        equal(at_service(toss, payment), (payment["amount"], 0))


@case
def swept_after_a_kill(daemon, toss):
    """What was never told of, because the daemon died, is found by the look."""
    order = place(daemon)
    payment = pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    daemon.act(order["id"], "reject", {"reason": "재료 소진"})
    daemon.kill()
    daemon.start()
    given_back(toss, payment)
    reaches(daemon, order, "REJECTED", "COMPENSATED", timeout=40)


def stuck(daemon, toss):
    """An order that is canceled, and the service that does not give back."""
    order = place(daemon)
    payment = pay(daemon, toss, order)
    reaches(daemon, order, "PENDING", "FULFILLING")
    toss.faults({"op": "cancel", "kind": "error-before", "times": 1000})
    daemon.act(order["id"], "reject", {"reason": "재료 소진"})
    reaches(daemon, order, "REJECTED", "COMPENSATING")
    daemon.sql(f"UPDATE saga SET deadline = now(), next_at = now() WHERE order_id = '{order['id']}'")
    listed = wait_for("the alarm", lambda: [one for one in daemon.call("GET", ATTENTION)["items"]
                                            if one["order_id"] == order["id"]], timeout=20)[0]
    return order, payment, listed


@case
def attention(daemon, toss):
    """It rings, and says why; a push tries again, and when the service is back it is over by itself."""
    order, payment, listed = stuck(daemon, toss)
    equal((listed["reason"], listed["order_number"], listed["captured"], listed["refunded"], listed["acts"]),
          ("REFUND_LATE", order["number"], payment["amount"], 0, ["PUSH", "RETRY", "SETTLE"]))
    def told():
        feed = daemon.call("GET", f"{ME}/feed?after={daemon.feed_seen}&limit=500")
        return [one for one in feed["events"] if (one["type"], one["aggregate_id"]) == ("saga.attention", order["id"])]
    daemon.feed_seen = max(0, daemon.call("GET", f"{ME}/feed?after=0&limit=1")["head"] - 100)
    event = wait_for("the event", told)[-1]
    equal(event["attention"]["reason"], "REFUND_LATE")
    equal(daemon.call("POST", f"{ATTENTION}/{order['id']}/push")["reason"], "REFUND_LATE")
    assert "reason" not in daemon.call("POST", f"{ATTENTION}/{order['id']}/retry")
    equal(daemon.call("GET", ATTENTION)["items"], [])
    toss.faults()
    given_back(toss, payment)
    reaches(daemon, order, "REJECTED", "COMPENSATED", timeout=40)
    equal(refused(daemon.call, "POST", f"{ATTENTION}/{order['id']}/push").code, "STATE_CONFLICT")
    equal(refused(daemon.call, "POST", f"{ATTENTION}/{uuid.uuid4()}/push").code, "NOT_FOUND")
    equal(refused(daemon.call, "GET", ATTENTION + "?cursor=x").status, 400)


@case
def settled_by_hand(daemon, toss):
    """A person put it right: it is over, sealed and audited; the service's word comes later and changes nothing."""
    order, payment, _ = stuck(daemon, toss)
    path = f"{ATTENTION}/{order['id']}/settle"
    equal(refused(daemon.call, "POST", path, {"outcome": "LOST", "note": "x"}).status, 400)
    done = daemon.call("POST", path, {"outcome": "COMPENSATED", "note": "현금으로 돌려드림"})
    equal((done["step"], done["acts"]), ("COMPENSATED", []))
    equal(daemon.call("GET", ATTENTION)["items"], [])
    equal(cell(daemon, f"SELECT count(*) FROM audit_log WHERE object_id = '{order['id']}' "
                       "AND action = 'saga.settled_by_hand'"), "1")
    toss.faults()
    given_back(toss, payment)


@case
def sound(daemon, toss):
    """After all of this nothing is stuck, and ours is the service's money."""
    wait_for("all news to be heard", lambda: cell(daemon, "SELECT (SELECT count(*) FROM outbox) + "
                                                  "(SELECT count(*) FROM inbox WHERE done_at IS NULL)") == "0")
    equal(json.loads(daemon.ctl("check", "--json", check=False).stdout), {"ok": True, "broken": []})
    equal(toss.state()["violations"], [])


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Toss(program) as toss:
        extra = [*toss.daemon_options(), "--toss-retry-ms", "300", "--toss-timeout-ms", "8000"]
        with Daemon(sys.argv[1], extra=extra) as daemon:
            daemon.setup(MENU)
            daemon.contract = Contract()
            daemon.start()
            daemon.login()
            daemon.call("PATCH", ME, {"guest_orders": True})
            daemon.call("PUT", ME + "/payment-setup",
                        {"methods": METHODS, "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})
            return run(daemon, toss)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
