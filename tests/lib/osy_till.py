# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The five kinds of orders with money, each played to its end: paid before, a table that pays later, a delivery,
a check that is split and paid in three ways, an account that is paid into."""

import uuid

from osy_daemon import Refused
from osy_printer import wait_for
from osy_toss import SECRET
from tap import equal

ME = "/restaurants/me"
METHODS = ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"]
CLIENT = "test_ck_simulated"
GUEST = {"name": "홍길동", "phone": "010-1234-5678"}
TAKEN = ("PAID", "PARTIALLY_REFUNDED", "REFUNDED")


class Till:
    """A shop that takes money with a simulated payment service."""

    def __init__(self, daemon, toss):
        self.daemon, self.toss = daemon, toss
        self.typed = iter(())  # numbers of cards that guests type into the service's window
        daemon.call("PATCH", ME, {"guest_orders": True})
        daemon.call("PUT", ME + "/payment-setup",
                    {"methods": METHODS, "toss": {"client_key": CLIENT, "secret_key": SECRET}})
        toss.sim("webhooks", {"url": f"http://127.0.0.1:{daemon.port}/api/v1/webhooks/toss", "speed": 600})

    # ---- acts ----

    def place(self, items=None, quantity=1, **more):
        if items is None:
            items = [{"menu_item_id": self.daemon.plain_item()["id"], "quantity": quantity}]
        return self.daemon.place(self.daemon.order_body(items, **more), anonymous=more.get("channel") == "WEB")

    def place_prepaid(self, quantity=1, **more):
        """A guest on the web; it waits for its money."""
        order = self.place(quantity=quantity, **{"channel": "WEB", "payment": {"method": "TOSS"}, **more})
        equal(order["status"], "PENDING_PAYMENT")
        return order

    def act(self, order, *acts):
        for act in acts:
            self.daemon.act(order["id"], act, {"ready_in_minutes": 10} if act == "accept" else None)

    def ask(self, method, amount, token=None, **of):
        """A payment that waits for its guest, or is taken at once."""
        return self.daemon.call("POST", "/payments", {"method": method, "amount": amount, **of},
                                headers={"X-Order-Token": token} if token else None, key=str(uuid.uuid4()),
                                anonymous=token is not None)

    def confirm(self, payment):
        """The guest agrees in the service's window and comes back."""
        method = {"TOSS": "카드", "VIRTUAL_ACCOUNT": "가상계좌"}[payment["method"]]
        card = next(self.typed, None) if method == "카드" else None
        back = self.toss.approve(payment["id"], payment["amount"], method=method, **({"cardNumber": card} if card else {}))
        return self.daemon.call("POST", "/payments/confirm", {"payment_key": back["paymentKey"], "amount": back["amount"],
                                                              "order_id": back["orderId"]}, anonymous=True)

    def prepay(self, order, method="TOSS"):
        payment = self.ask(method, order["total_amount"], order["tracking_token"], order_id=order["id"])
        equal(self.confirm(payment)["status"], "PAID" if method == "TOSS" else "WAITING_FOR_DEPOSIT")
        return payment

    def refund(self, payment, amount, **more):
        return self.daemon.call("POST", f"/payments/{payment['id']}/refunds",
                                {"amount": amount, "reason": "손님 변심", **more}, key=str(uuid.uuid4()))

    # ---- looks ----

    def get(self, payment):
        return self.daemon.call("GET", f"/payments/{payment['id']}")

    def check(self, order):
        return self.daemon.call("GET", f"{ME}/checks/{order['check_id']}")

    def cell(self, query):
        lines = self.daemon.sql(query).splitlines()
        return lines[2].strip() if len(lines) > 4 else None

    def stands(self, order):
        """(state of the order, step of its saga)."""
        return (self.daemon.call("GET", f"/orders/{order['id']}")["status"],
                self.cell(f"SELECT step FROM saga WHERE order_id = '{order['id']}'"))

    def reaches(self, order, status, step, timeout=20):
        try:
            wait_for(f"{status} {step}", lambda: self.stands(order) == (status, step), timeout=timeout)
        except AssertionError as error:
            raise AssertionError(f"{self.stands(order)}: {error}") from error

    def quiet(self):
        """All news is heard and summed, the payment service has answered everything, all of the audit log is sealed."""
        wait_for("quiet", lambda: self.cell(
            "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE done_at IS NULL) + (SELECT "
            "count(*) FROM audit_unsealed) + (SELECT count(*) FROM feed_head h LEFT JOIN sale_position s USING (restaurant_id) "
            "WHERE s.seq IS DISTINCT FROM h.last_seq) + (SELECT count(*) FROM payment_task t JOIN payment p ON p.id = t.payment_id "
            "WHERE p.status NOT IN ('CREATED', 'WAITING_FOR_DEPOSIT'))") == "0", timeout=30)

    def is_over(self, order, methods):
        """Made and paid for, by each of @methods, to the won, here and at the service."""
        self.reaches(order, "COMPLETED", "COMPLETED")
        check = self.check(order)
        equal((check["status"], check["totals"]["owed"]), ("SETTLED", 0))
        paid = [one for one in self.daemon.call("GET", f"{ME}/payments?check_id={order['check_id']}")["payments"]
                if one["status"] in TAKEN]
        equal(sorted(one["method"] for one in paid), sorted(methods))
        equal(sum(one["amount"] for one in paid), check["totals"]["total"])
        captured = {one["orderId"]: one["amount"] for one in self.toss.state()["captures"]}
        for one in paid:
            if one["method"] in ("TOSS", "VIRTUAL_ACCOUNT"):
                equal(captured.get(one["id"]), one["amount"], "at the service")
        return paid

    # ---- the five ----

    def prepaid(self):
        order = self.place_prepaid()
        self.prepay(order)
        self.reaches(order, "PENDING", "FULFILLING")
        self.act(order, "accept", "ready", "complete")
        return order, self.is_over(order, ["TOSS"])

    def draw_table(self):
        floor, table = str(uuid.uuid4()), str(uuid.uuid4())
        number = str(1 + sum(len(one["pieces"]) for one in self.daemon.call("GET", ME + "/floor")["floors"]))
        self.daemon.call("POST", ME + "/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": f"홀 {number}", "width": 1280, "height": 720},
            {"op": "PUT", "type": "piece", "id": table, "floor_id": floor, "kind": "TABLE", "number": number, "x": 0,
             "y": 0, "width": 64, "height": 64}]})
        return table

    def pay_later(self):
        """Two rounds at a table, then the bill; a receipt is told to the tax office."""
        table = self.draw_table()
        rounds = [self.place(quantity=n, type="DINE_IN", table_id=table, accept={"ready_in_minutes": 10}) for n in (2, 1)]
        equal(rounds[0]["check_id"], rounds[1]["check_id"])
        for order in rounds:
            self.act(order, "ready", "complete")
            self.reaches(order, "COMPLETED", "FULFILLING")
        total = self.check(rounds[0])["totals"]["total"]
        equal(total, sum(order["total_amount"] for order in rounds))
        payment = self.ask("CASH", total, check_id=rounds[0]["check_id"], received=total + 1000,
                           cash_receipt={"kind": "INCOME", "identity": GUEST["phone"]})
        equal(payment["change"], 1000)
        wait_for("the receipt", lambda: self.get(payment)["cash_receipt"]["status"] == "ISSUED")
        self.reaches(rounds[1], "COMPLETED", "COMPLETED")
        self.daemon.call("POST", f"{ME}/tables/{table}/clear", {})
        return rounds[0], self.is_over(rounds[0], ["CASH"])

    def delivery_of(self, order):
        def find():
            try:
                return self.daemon.call("GET", f"{ME}/orders/{order['id']}/delivery")
            except Refused as refusal:
                equal(refusal.status, 404)
                return None
        return wait_for("its delivery", find)

    def delivery(self):
        order = self.place_prepaid(type="DELIVERY", delivery={"address": "서울 강남구 테헤란로 1"}, customer=GUEST)
        self.prepay(order)
        self.reaches(order, "PENDING", "FULFILLING")
        self.act(order, "accept")
        path = f"{ME}/deliveries/{self.delivery_of(order)['id']}"
        self.daemon.call("POST", path + "/assign", {"rider": "김라이더"})
        self.act(order, "ready")
        self.daemon.call("POST", path + "/pick-up", {})
        wait_for("the way", lambda: self.stands(order)[0] == "DELIVERING")
        self.daemon.call("POST", path + "/deliver", {})
        return order, self.is_over(order, ["TOSS"])

    def split(self):
        """A third each: cash, card at the terminal, the payment service."""
        order = self.place(quantity=4, type="DINE_IN", accept={"ready_in_minutes": 10})
        path = f"{ME}/checks/{order['check_id']}"
        self.daemon.call("PUT", path + "/parts", {"parts": [{"kind": "EQUAL"}] * 3})
        for at, method in enumerate(("CASH", "CARD_TERMINAL", "TOSS")):
            part = self.daemon.call("GET", path)["parts"][at]
            more = {"approval_no": "30012345"} if method == "CARD_TERMINAL" else {}
            payment = self.ask(method, part["amount"], check_id=order["check_id"], part_id=part["id"], **more)
            if method == "TOSS":
                equal(self.confirm(payment)["status"], "PAID")
        equal([part["paid"] for part in self.check(order)["parts"]], [part["amount"] for part in self.check(order)["parts"]])
        self.act(order, "ready", "complete")
        return order, self.is_over(order, ["CASH", "CARD_TERMINAL", "TOSS"])

    def account(self):
        order = self.place_prepaid()
        payment = self.prepay(order, "VIRTUAL_ACCOUNT")
        equal(self.stands(order)[0], "PENDING_PAYMENT")
        self.toss.sim("deposit", {"orderId": payment["id"], "amount": payment["amount"]})
        self.reaches(order, "PENDING", "FULFILLING")
        self.act(order, "accept", "ready", "complete")
        return order, self.is_over(order, ["VIRTUAL_ACCOUNT"])
