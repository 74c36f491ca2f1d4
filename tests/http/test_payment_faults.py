#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Payments while the payment service fails in every way: no won is taken twice, lost or left unknown.

PAYMENTS=10000 makes a soak of it."""

import collections
import json
import os
import random
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import tap  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal  # noqa: E402

PAYMENTS = int(os.environ.get("PAYMENTS", "100"))
GUESTS = 8
SETTLED = ("PAID", "PARTIALLY_REFUNDED", "REFUNDED", "DECLINED", "CANCELED")
TAKEN = ("PAID", "PARTIALLY_REFUNDED", "REFUNDED")
# Each way in which a call fails, how often at least.
STRIKES = max(3, PAYMENTS // 40)
MENU = "분류,메뉴명,가격\n식사,김치볶음밥,8000\n식사,된장찌개,9000\n음료,콜라,2000\n"


def failing(op, *kinds):
    """Rules that make each kind of fault happen some times, mixed."""
    return [{"op": op, "kind": kind, "times": STRIKES, "chance": 25, **more} for kind, more in kinds]


CALL_FAULTS = (("drop-before", {}), ("drop-after", {}), ("error-before", {}), ("error-after", {}),
               ("error-after", {"code": "PROVIDER_ERROR"}), ("error-before", {"code": "TOO_MANY_REQUESTS"}),
               ("delay", {"ms": 700}), ("hold-before", {}), ("hold-after", {}))
LOOKUP_FAULTS = (("drop-before", {}), ("error-before", {}), ("error-before", {"code": "TOO_MANY_REQUESTS"}),
                 ("hold-before", {}))
HOOK_FAULTS = (("never", {}), ("duplicate", {}), ("late", {"ms": 2500}), ("early", {}))


class Shop:
    """A shop with the simulated payment service, and what its guests did."""

    def __init__(self, daemon, toss):
        self.daemon, self.toss = daemon, toss
        self.random = random.Random(PAYMENTS)
        self.lock = threading.Lock()
        self.ids = []  # of payments through the service
        self.item = daemon.plain_item()

    def place(self, quantity=1, method="LATER"):
        body = self.daemon.order_body([{"menu_item_id": self.item["id"], "quantity": quantity}],
                                      payment={"method": method})
        return self.daemon.place(body)

    def ask(self, amount, method="TOSS", guest=None, **of):
        """A payment that waits for its guest; staff ask for it, or the guest by the order's token."""
        payment = self.daemon.call("POST", "/payments", {"method": method, "amount": amount, **of},
                                   headers={"X-Order-Token": guest} if guest else None, key=str(uuid.uuid4()),
                                   anonymous=guest is not None)
        with self.lock:
            self.ids.append(payment["id"])
        return payment

    def open_check(self, quantity=1):
        order = self.place(quantity)
        return self.daemon.call("GET", f"/orders/{order['id']}")["check_id"], order["total_amount"]

    def approve(self, payment, **more):
        method = {"TOSS": "카드", "VIRTUAL_ACCOUNT": "가상계좌"}[payment["method"]]
        return self.toss.approve(payment["id"], payment["amount"], method=method, **more)

    def confirm(self, approved, **other):
        """What the guest's browser sends on its return; None when nobody knows yet."""
        body = {"payment_key": approved["paymentKey"], "order_id": approved["orderId"],
                "amount": approved["amount"], **other}
        try:
            return self.daemon.call("POST", "/payments/confirm", body, anonymous=True)
        except Refused as refused:
            if refused.status < 500:
                raise
            return None

    def get(self, payment_id):
        return self.daemon.call("GET", f"/payments/{payment_id}")

    def all(self):
        """Every payment of the shop, by id."""
        found, cursor = {}, ""
        while cursor is not None:
            page = self.daemon.call("GET", f"/restaurants/me/payments?limit=100{cursor and '&cursor=' + cursor}")
            found.update((payment["id"], payment) for payment in page["payments"])
            cursor = page["next_cursor"]
        return found

    def pay(self, quantity=1):
        """A check that is paid by card."""
        check, total = self.open_check(quantity)
        payment = self.ask(total, check_id=check)
        self.confirm(self.approve(payment))
        return self.get(payment["id"])

    def hook(self, body, transmission=None):
        """(status) of a webhook from anywhere."""
        headers = {"Content-Type": "application/json",
                   "tosspayments-webhook-transmission-id": transmission or str(uuid.uuid4())}
        return self.daemon.raw("POST", "/api/v1/webhooks/toss", body if isinstance(body, bytes) else
                               json.dumps(body).encode(), headers)[0]

    def settle(self, ids, seconds=120):
        """The payments, once each is known; asked by staff now and then, as they would."""
        self.toss.faults()
        left, found = set(ids), {}
        deadline = time.monotonic() + seconds
        while left:
            for payment_id in list(left):
                payment = self.get(payment_id)
                if payment["status"] in SETTLED and not any(
                        refund["status"] in ("REQUESTED", "SUBMITTED", "UNKNOWN") for refund in payment["refunds"]):
                    found[payment_id] = payment
                    left.discard(payment_id)
            assert time.monotonic() < deadline, f"in {seconds} s not known: " + ", ".join(
                f"{payment_id} {self.get(payment_id)}" for payment_id in list(left)[:3])
            time.sleep(0.2 if left else 0)
        return found

    def books(self):
        """Ours and theirs, payment by payment, must be the same won."""
        state = self.toss.state()
        captured, refunded = collections.Counter(), collections.Counter()
        times = collections.Counter(row["orderId"] for row in state["captures"])
        for row in state["captures"]:
            captured[row["orderId"]] += row["amount"]
        for row in state["refunds"]:
            refunded[row["orderId"]] += row["amount"]
        equal([order for order, n in times.items() if n > 1], [], "charged twice")
        equal(set(captured) - set(self.ids), set(), "money that nobody asked for")
        ours = self.all()
        equal(set(self.ids) - set(ours), set(), "payments that are not in the list")
        for payment_id, payment in ours.items():
            taken = payment["amount"] if payment["status"] in TAKEN else 0
            equal(captured[payment_id], taken, f"captured of {payment_id} {payment['status']}")
            equal(refunded[payment_id], payment["refunded_amount"], f"refunded of {payment_id}")
            done = sum(refund["amount"] for refund in payment["refunds"] if refund["status"] == "DONE")
            equal(done, payment["refunded_amount"], f"refunds of {payment_id}")
        equal(state["violations"], [], "violations of the service's rules")
        return state


@case
def payments_with_faults(shop):
    """Every fault strikes while guests pay; each payment is known in the end, and none twice"""
    shop.toss.faults(*failing("confirm", *CALL_FAULTS, ("decline", {"code": "REJECT_CARD_COMPANY"})),
                     *failing("order", *LOOKUP_FAULTS), *failing("webhook", *HOOK_FAULTS), seed=11)

    def guest(n):
        check, total = shop.open_check(1 + n % 3)
        payment = shop.ask(total, check_id=check)
        approved = shop.approve(payment)
        shop.confirm(approved)
        if n % 5 == 0:  # the guest loads the page again
            shop.confirm(approved)
        return payment["id"]

    with ThreadPoolExecutor(GUESTS) as guests:
        ids = list(guests.map(guest, range(PAYMENTS)))
    left = shop.toss.state()["faults_left"]
    found = shop.settle(ids)
    kinds = collections.Counter(payment["status"] for payment in found.values())
    print(f"# {dict(kinds)}, {left} faults never struck")
    assert kinds["PAID"] >= PAYMENTS // 2, kinds
    assert set(kinds) <= {"PAID", "DECLINED"}, kinds
    shop.books()


@case
def refunds_with_faults(shop):
    """Every fault strikes while money goes back in parts; each part goes back once"""
    paid = [payment_id for payment_id in shop.ids if shop.get(payment_id)["status"] == "PAID"][:max(PAYMENTS // 3, 10)]
    shop.toss.faults(*failing("cancel", *CALL_FAULTS), *failing("order", *LOOKUP_FAULTS),
                     *failing("webhook", *HOOK_FAULTS), seed=12)

    assert len(paid) >= 10, f"{len(paid)} payments to refund"

    def refund(payment_id):
        wanted = 0
        for amount in (1000, 700, 300):
            key = str(uuid.uuid4())
            for _ in range(2):  # staff press twice
                shop.daemon.call("POST", f"/payments/{payment_id}/refunds", {"amount": amount, "reason": "품절"}, key=key)
            wanted += amount
        return wanted

    with ThreadPoolExecutor(GUESTS) as staff:
        wanted = sum(staff.map(refund, paid))
    found = shop.settle(paid, 90)
    equal(sum(payment["refunded_amount"] for payment in found.values()), wanted, "given back")
    for payment in found.values():
        equal([refund["status"] for refund in payment["refunds"]], ["DONE"] * 3, payment["id"])
    shop.books()


@case
def asked_too_soon(shop):
    """A refund in doubt that the service calls too soon is asked again, and done once"""
    payment = shop.pay()
    shop.toss.faults({"op": "cancel", "kind": "drop-before", "times": 1},
                     {"op": "cancel", "kind": "error-stored", "code": "FORBIDDEN_CONSECUTIVE_REQUEST", "times": 1})
    shop.daemon.call("POST", f"/payments/{payment['id']}/refunds", {"amount": 900, "reason": "품절"},
                     key=str(uuid.uuid4()))
    wait_for("both", lambda: shop.toss.state()["faults_left"] == 0)
    equal(shop.settle([payment["id"]])[payment["id"]]["refunded_amount"], 900)
    shop.books()


@case
def refund_remembered(shop):
    """An error that the service says for the refund's key for ever is looked up, and another key gives back once"""
    payment = shop.pay()
    shop.toss.faults({"op": "cancel", "kind": "error-stored", "times": 1})
    shop.daemon.call("POST", f"/payments/{payment['id']}/refunds", {"amount": 900, "reason": "품절"},
                     key=str(uuid.uuid4()))
    wait_for("the error", lambda: shop.toss.state()["faults_left"] == 0)
    found = shop.settle([payment["id"]])[payment["id"]]
    equal((found["refunded_amount"], [refund["status"] for refund in found["refunds"]]), (900, ["DONE"]))
    rows = shop.daemon.sql(f"SELECT key_no FROM refund WHERE payment_id = '{payment['id']}'")
    equal(rows.splitlines()[2].strip(), "2", "another key, once")
    shop.books()


@case
def all_at_once(shop):
    """Of 16 refunds of the whole payment at one time one goes through"""
    payment = shop.pay()
    equal(payment["status"], "PAID")

    def refund(_):
        try:
            shop.daemon.call("POST", f"/payments/{payment['id']}/refunds",
                             {"amount": payment["amount"], "reason": "전부"}, key=str(uuid.uuid4()))
            return 201
        except Refused as refused:
            return refused.status

    with ThreadPoolExecutor(16) as staff:
        answers = collections.Counter(staff.map(refund, range(16)))
    equal(answers, {201: 1, 409: 15})
    equal(shop.settle([payment["id"]])[payment["id"]]["status"], "REFUNDED")
    shop.books()


@case
def wrong_amounts(shop):
    """A return whose amount is not ours never reaches the service, and takes nothing"""
    check, total = shop.open_check()
    payment = shop.ask(total, check_id=check)
    cheap = shop.toss.approve(payment["id"], 100)
    before = shop.toss.state()["requests"].get("confirm", 0)
    try:
        shop.confirm(cheap)
        raise AssertionError("taken")
    except Refused as refused:
        assert refused.status in (400, 409, 422), refused
    equal(shop.toss.state()["requests"].get("confirm", 0), before, "confirms that were sent")
    # Here the browser lies: it says our amount, but the guest agreed to another.
    shop.confirm(cheap, amount=total)
    found = shop.settle([payment["id"]])[payment["id"]]
    equal(found["status"], "DECLINED", "what the guest did not agree to")
    shop.books()


@case
def virtual_accounts(shop):
    """Deposits are known by webhook, by look-up when the webhook never comes, and secrets are looked at"""
    shop.toss.faults()
    ids = []
    for silent in (False, True):
        check, total = shop.open_check()
        payment = shop.ask(total, method="VIRTUAL_ACCOUNT", check_id=check)
        shop.confirm(shop.approve(payment))
        waiting = wait_for("its account", lambda one=payment: shop.get(one["id"]).get("virtual_account")
                           and shop.get(one["id"]))
        equal(waiting["status"], "WAITING_FOR_DEPOSIT")
        equal(shop.hook({"createdAt": "2026-01-01T00:00:00.000000", "secret": "wrong", "status": "DONE",
                         "transactionKey": "T", "orderId": payment["id"]}), 200, "a forged deposit")
        shop.toss.faults(*([{"op": "webhook", "kind": "never"}] if silent else []))
        shop.toss.sim("deposit", {"orderId": payment["id"], "amount": total})
        if silent:
            shop.daemon.call("POST", f"/payments/{payment['id']}/lookup")
        ids.append(payment["id"])
        wait_for("the deposit", lambda one=payment: shop.get(one["id"])["status"] == "PAID")
    shop.settle(ids)
    shop.books()


@case
def forged_webhooks(shop):
    """Webhooks that are forged, huge, broken, or come a thousand times change nothing and fill nothing"""
    payment = shop.pay()
    data = {"orderId": payment["id"], "paymentKey": "forged", "status": "CANCELED", "totalAmount": payment["amount"]}
    event = {"eventType": "PAYMENT_STATUS_CHANGED", "createdAt": "2026-01-01T00:00:00.000000", "data": data}
    equal(shop.hook(event), 200)
    equal(shop.hook({**event, "data": {**data, "orderId": str(uuid.uuid4())}}), 200, "a payment of nobody")
    assert shop.hook(b"{" * 1000) in (200, 400, 422)
    try:
        equal(shop.hook(b'{"x": "' + b"y" * (10 << 20) + b'"}'), 413, "10 MB")
    except OSError:
        pass  # it hung up before all of it was sent
    before = shop.toss.state()["requests"].get("order", 0)
    with ThreadPoolExecutor(GUESTS) as strangers:
        answers = collections.Counter(strangers.map(lambda _: shop.hook(event, "one-and-the-same"), range(1000)))
    equal(answers, {200: 1000})
    time.sleep(1)
    asked = shop.toss.state()["requests"].get("order", 0) - before
    assert asked < 20, f"{asked} look-ups for one webhook that came 1,000 times"
    equal(shop.get(payment["id"])["status"], "PAID")
    shop.books()


@case
def two_windows(shop):
    """A guest who opens two windows and comes back from both pays once"""
    check, total = shop.open_check()
    payment = shop.ask(total, check_id=check)
    windows = [shop.approve(payment), shop.approve(payment)]

    def back(approved):
        try:
            shop.confirm(approved)
        except Refused as refused:
            assert refused.status == 409, refused

    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(back, windows))
    equal(shop.settle([payment["id"]])[payment["id"]]["status"], "PAID")
    shop.books()


@case
def remembered_errors(shop):
    """An error that the service repeats for the key leaves the payment unknown until its window is over"""
    shop.toss.faults({"op": "confirm", "kind": "error-stored", "times": 1})
    check, total = shop.open_check()
    payment = shop.ask(total, check_id=check)
    shop.confirm(shop.approve(payment))
    assert shop.get(payment["id"])["status"] in ("SUBMITTED", "UNKNOWN")
    try:
        shop.ask(total, check_id=check)
        raise AssertionError("the same won may be on its way twice")
    except Refused as refused:
        equal(refused.status, 409, "another payment of what may be paid already")
    shop.toss.advance(11 * 60)
    equal(shop.settle([payment["id"]])[payment["id"]]["status"], "DECLINED")
    again = shop.ask(total, check_id=check)
    shop.confirm(shop.approve(again))
    equal(shop.settle([again["id"]])[again["id"]]["status"], "PAID")
    shop.books()


@case
def wrong_clocks(shop):
    """A clock over there that is a day behind or ahead changes nothing"""
    ids = []
    for skew in (-86400, 86400):
        shop.toss.sim("clock", {"skew_s": skew})
        payment = shop.pay()
        shop.daemon.call("POST", f"/payments/{payment['id']}/refunds", {"amount": 500, "reason": "늦음"},
                         key=str(uuid.uuid4()))
        ids.append(payment["id"])
    shop.toss.sim("clock", {"skew_s": 0})
    found = shop.settle(ids)
    equal([payment["status"] for payment in found.values()], ["PARTIALLY_REFUNDED"] * 2)
    shop.books()


@case
def killed(shop):
    """The daemon dies while calls are on their way; nothing is charged twice or forgotten"""
    shop.toss.faults({"op": "confirm", "kind": "delay", "ms": 900})
    checks = [shop.open_check() for _ in range(6)]
    payments = [shop.ask(total, check_id=check) for check, total in checks]
    approved = [shop.approve(payment) for payment in payments]
    before = shop.toss.state()["requests"].get("confirm", 0)

    def back(one):
        try:
            shop.confirm(one)
        except (OSError, Exception):  # noqa: BLE001: whatever a dying server does
            pass

    with ThreadPoolExecutor(6) as guests:
        for one in approved:
            guests.submit(back, one)
        wait_for("the calls", lambda: shop.toss.state()["requests"].get("confirm", 0) >= before + 3)
        shop.daemon.kill()
    shop.daemon.start()
    shop.daemon.login()
    for one in approved:  # guests load the page again
        shop.confirm(one)
    found = shop.settle([payment["id"] for payment in payments])
    equal(collections.Counter(payment["status"] for payment in found.values()), {"PAID": 6})
    shop.books()


@case
def prepaid_orders(shop):
    """Orders that are paid before either stand on the board, paid, or are closed, and all money is back"""
    shop.toss.faults(*failing("confirm", *CALL_FAULTS, ("decline", {"code": "REJECT_CARD_PAYMENT"})),
                     *failing("cancel", *CALL_FAULTS), *failing("webhook", *HOOK_FAULTS), seed=13)

    def end(order, act):
        """Staff end it; when the guest's money came first or the order was closed by itself, they cannot."""
        for _ in range(20):
            try:
                return shop.daemon.act(order["id"], act, {"reason": "재료 소진"})
            except Refused as refused:
                assert refused.status == 409, refused
                time.sleep(0.1)
        return None

    def guest(n):
        body = shop.daemon.order_body([{"menu_item_id": shop.item["id"], "quantity": 1 + n % 2}], channel="WEB",
                                      payment={"method": "TOSS"}, customer={"name": "김손님", "phone": "01000001234"})
        order = shop.daemon.place(body, anonymous=True)
        payment = shop.ask(order["total_amount"], guest=order["tracking_token"], order_id=order["id"])
        approved = shop.approve(payment)
        with ThreadPoolExecutor(1) as desk:
            ended = desk.submit(end, order, "cancel") if n % 3 == 1 else None
            try:
                shop.confirm(approved)
            except Refused as refused:
                assert refused.status == 409, refused  # closed before the money moved
            if ended:
                ended.result()
        if n % 3 == 2:
            end(order, "reject")
        return order["id"], payment["id"]

    with ThreadPoolExecutor(GUESTS) as guests:
        pairs = list(guests.map(guest, range(max(PAYMENTS // 3, 24))))
    shop.settle([payment_id for _, payment_id in pairs])

    def outcome(pair):
        order, payment = shop.daemon.call("GET", f"/orders/{pair[0]}"), shop.get(pair[1])
        kept = payment["amount"] - payment["refunded_amount"] if payment["status"] in TAKEN else 0
        stands = order["status"] in ("PENDING", "ACCEPTED")
        closed = order["status"] in ("CANCELED", "REJECTED", "EXPIRED")
        waits = order["status"] == "PENDING_PAYMENT" and payment["status"] == "DECLINED"
        right = stands and kept == order["total_amount"] or (closed or waits) and kept == 0
        return order["status"] if right else None

    for pair in pairs:
        wait_for(f"order {pair[0]} and its money", lambda one=pair: outcome(one), 90)
    print(f"# {dict(collections.Counter(outcome(pair) for pair in pairs))}")
    shop.books()


@case
def checks(shop):
    """At the end the database agrees with itself, and with the service"""
    state = shop.books()
    print(f"# {len(state['captures'])} captures of {state['captured']} won, {len(state['refunds'])} refunds of "
          f"{state['refunded']} won, {sum(state['requests'].values())} calls")
    done = shop.daemon.ctl("check", check=False)
    equal((done.returncode, done.stdout, done.stderr), (0, "", ""), "ordersyncctl check")


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Toss(program) as toss, \
            Daemon(sys.argv[1], extra=[*toss.daemon_options(), "--toss-timeout-ms", "1500",
                                       "--toss-retry-ms", "200"]) as daemon:
        menu = os.path.join(os.path.dirname(daemon.data_dir), "menu.csv")
        with open(menu, "w", encoding="utf-8") as file:
            file.write(MENU)
        daemon.setup(menu)
        daemon.start()
        daemon.login()
        daemon.stay_signed_in()
        daemon.call("PUT", "/restaurants/me/payment-setup",
                    {"methods": ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"],
                     "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})
        toss.sim("webhooks", {"url": f"http://127.0.0.1:{daemon.port}/api/v1/webhooks/toss", "speed": 600})
        failed = tap.run(Shop(daemon, toss))
        daemon.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
