# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Who comes to a shop in a day. Each visit is told step by step (a generator), so that many go on side by side; what
was acknowledged is noted in the ledger. Each has its own dice: what it does depends on the seed alone."""

from house import ME
from people import ADDRESS, WHO

RECEIPT = {"kind": "INCOME", "identity": WHO["phone"]}


class Visit:
    """What all visits do."""

    def __init__(self, day, dice):
        self.day, self.dice, self.ledger = day, dice, day.ledger

    def lines(self, most=3):
        chosen = self.dice.sample(self.day.items, self.dice.randint(1, most))
        return [{"menu_item_id": item["id"], "quantity": self.dice.choice((1, 1, 2, 3))} for item in chosen]

    def place(self, role="STAFF", most=3, **more):
        return self.day.place(self.lines(most), role, self.dice, **more)

    def act(self, order, verb, body=None, role="STAFF"):
        self.day.act(order["id"], verb, body, role)

    def accept(self, order):
        self.act(order, "accept", {"ready_in_minutes": self.dice.choice((5, 10, 15))})

    def status(self, order):
        return self.day.call("STAFF", "GET", f"/orders/{order['id']}")["status"]

    def until(self, what, get, seconds=90):
        """Lets others go on until get() gives something true; that is what it comes to."""
        deadline = self.day.now() + seconds
        while not (found := get()):
            if self.day.now() > deadline:
                raise AssertionError(f"{what} did not happen in {seconds} s")
            yield "waits"
        return found

    def reaches(self, order, status):
        yield from self.until(f"order {order['number']} {status}", lambda: self.status(order) == status)
        self.ledger.stands(order["id"], status)

    # ---- the kitchen ----

    def cook(self, order):
        """By bumps of the kitchen's screen, or at the counter by hand."""
        if self.dice.random() < 0.4:
            self.act(order, "ready")
            return
        path = f"{ME}/kitchen/tickets"
        tickets = yield from self.until("its tickets", lambda: self.day.call(
            "KITCHEN", "GET", f"{path}?order_id={order['id']}")["tickets"])
        for ticket in tickets:
            self.day.call("KITCHEN", "POST", f"{path}/{ticket['id']}/shown")
            self.day.call("KITCHEN", "POST", f"{path}/{ticket['id']}/bump")
            yield
        # A rider may have been waiting for it.
        ready = ("READY", "DELIVERING", "COMPLETED")
        yield from self.until(f"order {order['number']} ready", lambda: self.status(order) in ready)
        self.ledger.stands(order["id"], "READY")

    # ---- money ----

    def owed(self, check):
        """What guests owe by our books, which the shop's must be."""
        ours = self.ledger.owed(check)
        theirs = yield from self.until(f"{ours} won owed at {check}", lambda: self.agrees(check, ours), 20)
        return theirs

    def agrees(self, check, ours):
        told = self.day.check(check)["totals"]["owed"]
        return (ours or True) if told == ours else None

    def tender(self, method, amount, check, **of):
        """Money at the counter."""
        if method == "TOSS":
            payment = self.day.ask_payment(method, amount, self.dice, check_id=check, **of)
            yield
            yield from self.confirm(payment, check)
            return
        more = {"CASH": {"received": amount + self.dice.choice((0, 1000, 5000))}, "CARD_TERMINAL": {"approval_no": "30012345"}}
        if method == "CASH" and self.dice.random() < 0.3:
            of["cash_receipt"] = RECEIPT
            self.ledger.counts["receipts"] += 1
        payment = self.day.ask_payment(method, amount, self.dice, check_id=check, **more[method], **of)
        self.ledger.take(payment, check)
        self.mine.append(payment)

    mine = ()

    def confirm(self, payment, check):
        """The guest agrees in the payment service's window; whatever answer gets lost, he has paid once, or was declined."""
        back = self.day.toss.approve(payment["id"], payment["amount"])
        body = {"payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]}
        answer = self.day.call(None, "POST", "/payments/confirm", body)
        if answer["status"] not in ("PAID", "DECLINED"):
            self.ledger.counts["unknown outcomes"] += 1
        known = yield from self.until("the outcome of a payment", lambda: self.outcome(payment), 240)
        if known["status"] == "PAID":
            self.ledger.take(known, check)
            self.mine.append(known)
        else:
            self.ledger.counts["declined"] += 1
        return known["status"]

    def outcome(self, payment):
        known = self.day.call("STAFF", "GET", f"/payments/{payment['id']}")
        return known if known["status"] in ("PAID", "DECLINED") else None

    def settle(self, check):
        """All that is owed, in one way or in two, or in parts of the check."""
        self.mine = []
        total = yield from self.owed(check)
        if total is True:
            return
        ways = ("CASH", "CARD_TERMINAL", "CARD_TERMINAL", "TOSS")
        if self.dice.random() < 0.25:
            yield from self.settle_parts(check, ways)
        elif self.dice.random() < 0.3 and total > 3000:
            first = self.dice.randrange(1000, total - 1000)
            yield from self.tender(self.dice.choice(("CASH", "CARD_TERMINAL")), first, check)
            yield
            yield from self.tender(self.dice.choice(ways), total - first, check)
        else:
            yield from self.tender(self.dice.choice(ways), total, check)
        left = yield from self.owed(check)
        if left is not True:  # the card was declined: then in cash
            yield from self.tender("CASH", left, check)

    def settle_parts(self, check, ways):
        people = self.dice.randint(2, 4)
        self.day.call("STAFF", "PUT", f"{ME}/checks/{check}/parts", {"parts": [{"kind": "EQUAL"}] * people})
        self.ledger.counts["splits"] += 1
        for at in range(people):
            part = self.day.check(check)["parts"][at]
            yield from self.tender(self.dice.choice(ways), part["amount"], check, part_id=part["id"])
            if self.day.check(check)["parts"][at]["owed"]:
                yield from self.tender("CASH", part["amount"], check, part_id=part["id"])
            yield

    def regret(self, check, whole=False):
        """Some of what was taken goes back; it is paid in another way, or is left owed and shown at the close."""
        payment = self.dice.choice(self.mine)
        self.ledger.counts["whole refunds"] += whole
        amount = payment["amount"] if whole else self.dice.randint(100, payment["amount"])
        yield from self.give_back(payment, amount)
        if self.dice.random() < 0.8:
            yield from self.tender("CASH", (yield from self.owed(check)), check)

    def give_back(self, payment, amount):
        key = self.day.key(self.dice)
        self.day.call("MANAGER", "POST", f"/payments/{payment['id']}/refunds", {"amount": amount, "reason": "손님 변심"}, key)
        yield from self.given_back(payment, amount, key)

    def given_back(self, payment, amount, key):
        before = sum(r["amount"] for r in self.ledger.refunds.values() if r["payment"] == payment["id"])

        def done():
            now = self.day.call("STAFF", "GET", f"/payments/{payment['id']}")
            for refund in now["refunds"]:
                if refund["status"] == "REQUESTED" and payment["method"] in ("CASH", "CARD_TERMINAL"):
                    self.day.call("MANAGER", "POST", f"/payments/{payment['id']}/refunds/{refund['id']}/complete", {})
            return now["refunded_amount"] == before + amount

        yield from self.until("the refund", done, 240)
        self.ledger.give_back(key, payment["id"], amount)

    def take_off(self, order, kinds=("VOID", "COMP", "DISCOUNT")):
        """A line is struck or given free, or the whole is made cheaper."""
        check, kind = order["check_id"], self.dice.choice(kinds)
        if kind == "DISCOUNT":
            what = self.dice.choice(({"percent": 10}, {"amount": 700}))
            mine = {"percent": 10} if "percent" in what else {"won": 700}
        else:
            what = mine = {"line_id": self.dice.choice(order["items"])["line_id"], "quantity": 1}
        key = self.day.key(self.dice)
        self.day.call("MANAGER", "POST", f"{ME}/checks/{check}/adjustments", {"kind": kind, "reason": "손님 요청", **what}, key)
        self.ledger.adjust(check, **mine)

    def print_slip(self, what, check):
        self.day.call("STAFF", "POST", f"{ME}/checks/{check}/{what}", {}, self.day.key(self.dice))

    def cancel_paid(self, order, check):
        """The kitchen has run out of it: all that was paid goes back."""
        self.act(order, "cancel", {"reason": "재료 소진"}, "MANAGER")
        for payment in self.mine:
            yield from self.given_back(payment, payment["amount"], self.day.key(self.dice))
        self.ledger.counts["canceled"] += 1


class Counter(Visit):
    """Stands at the counter, pays, waits, goes."""

    channel = {"channel": "COUNTER"}

    def steps(self):
        kind = self.dice.choice(("TAKEOUT", "DINE_IN"))
        order = self.place(type=kind, accept={"ready_in_minutes": 10}, **self.channel)
        yield
        if self.dice.random() < 0.06:
            self.act(order, "cancel", {"reason": "손님 변심"}, "MANAGER")
            return
        if self.dice.random() < 0.25:
            self.take_off(order)
        yield from self.settle(order["check_id"])
        if self.mine and self.dice.random() < 0.3:
            self.print_slip("receipt", order["check_id"])
        yield
        if self.mine and self.dice.random() < 0.08:
            yield from self.cancel_paid(order, order["check_id"])
            return
        yield from self.cook(order)
        yield
        self.act(order, "complete")
        if self.mine and self.dice.random() < 0.15:
            yield from self.regret(order["check_id"], whole=self.dice.random() < 0.4)


class Phone(Visit):
    """Calls, and comes for it later; some ask for a time."""

    def steps(self):
        more = {"requested_at": self.day.later(self.dice)} if self.dice.random() < 0.5 else {}
        order = self.place(type="TAKEOUT", channel="PHONE", customer=WHO, **more)
        yield
        if self.dice.random() < 0.08:
            self.act(order, "reject", {"reason": "재료 소진"}, "MANAGER")
            self.ledger.counts["rejected"] += 1
            return
        self.accept(order)
        yield
        if more:
            self.ledger.counts["for later"] += 1
            self.act(order, "start")
        yield from self.cook(order)
        yield from self.settle(order["check_id"])
        self.act(order, "complete")


class Web(Visit):
    """Pays on the phone before it is made; fetches it, or has it brought."""

    delivered = False

    def steps(self):
        self.mine = []
        more = {"type": "DELIVERY", "delivery": ADDRESS} if self.delivered else {"type": "TAKEOUT"}
        if not self.delivered and self.dice.random() < 0.2:
            more["requested_at"] = self.day.later(self.dice)
        order = self.place(None, channel="WEB", payment={"method": "TOSS"}, customer=WHO, **more)
        yield
        if self.dice.random() < 0.05:
            self.act(order, "cancel", {"reason": "손님 변심"}, "MANAGER")
            return
        for _ in range(3):
            payment = self.day.ask_payment("TOSS", order["total_amount"], self.dice, token=order["tracking_token"],
                                           order_id=order["id"])
            yield
            status = yield from self.confirm(payment, order["check_id"])
            if status == "PAID":
                break
        else:
            self.act(order, "cancel", {"reason": "결제 실패"}, "MANAGER")
            return
        yield from self.reaches(order, "PENDING")
        if self.dice.random() < 0.07:
            self.act(order, "reject", {"reason": "주문이 많아요"}, "MANAGER")
            self.ledger.counts["rejected"] += 1
            yield from self.given_back(self.mine[0], self.mine[0]["amount"], self.day.key(self.dice))
            return
        self.accept(order)
        yield
        if "requested_at" in more:
            self.ledger.counts["for later"] += 1
            self.act(order, "start")
        yield from self.goes_out(order)

    def goes_out(self, order):
        yield from self.cook(order)
        self.act(order, "complete")


class Delivery(Web):
    """The same, brought by an own rider or the agency's."""

    delivered = True

    def goes_out(self, order):
        path = f"{ME}/orders/{order['id']}/delivery"
        delivery = yield from self.until("its delivery", lambda: self.day.find(path))
        agency = self.dice.random() < 0.4
        if agency:
            self.ledger.counts["agency"] += 1
            delivery = self.day.call("STAFF", "POST", path, {"carrier": "AGENCY"})
        else:
            self.day.call("STAFF", "POST", f"{ME}/deliveries/{delivery['id']}/assign", {"rider": "김라이더"})
        yield from self.cook(order)
        if not agency:
            for verb in ("pick-up", "deliver"):
                self.day.call("STAFF", "POST", f"{ME}/deliveries/{delivery['id']}/{verb}", {})
                yield
        yield from self.until("its rider", lambda: self.status(order) == "COMPLETED", 240)
        self.ledger.stands(order["id"], "COMPLETED")


class Platform(Visit):
    """Ordered and paid elsewhere; a platform's own rider fetches it."""

    def steps(self):
        there = self.day.platform_order(self.dice)
        order = yield from self.until("the platform's order", lambda: self.day.found_there(there))
        self.ledger.order(order, key=None, body=None, role=None)
        paid = yield from self.until("what was paid there", lambda: self.day.call(
            "STAFF", "GET", f"{ME}/payments?check_id={order['check_id']}")["payments"])
        self.ledger.take(paid[0], order["check_id"])
        if self.dice.random() < 0.08:
            self.act(order, "reject", {"reason": "재료 소진"}, "MANAGER")
            self.ledger.counts["rejected"] += 1
            yield from self.given_back(paid[0], paid[0]["amount"], self.day.key(self.dice))
            return
        self.accept(order)
        yield from self.cook(order)
        self.act(order, "complete")


class Table(Visit):
    """Sits, orders in rounds, by phone at the table too; moves, eats and pays."""

    def steps(self):
        table = yield from self.until("a table", self.day.free_table, 600)
        self.day.call("STAFF", "POST", f"{ME}/tables/{table}/seat", {"guest_count": self.dice.randint(1, 6)})
        rounds = [self.round_at(table)]
        yield
        while self.dice.random() < 0.5 and len(rounds) < 4:
            if self.dice.random() < 0.3:
                order = self.place(None, type="DINE_IN", channel="QR", table_id=table)
                yield
                self.accept(order)
                rounds.append(order)
            else:
                rounds.append(self.round_at(table))
            yield
        if self.dice.random() < 0.3 and (goes := self.day.free_table()):
            done = self.day.call("STAFF", "POST", f"{ME}/tables/{table}/move", {"to_table_id": goes})
            self.ledger.counts["moves"] += 1
            if self.dice.random() < 0.2:
                self.day.call("STAFF", "POST", f"{ME}/tables/acts/{done['act_id']}/undo")
                self.day.leave(goes)
            else:
                self.day.leave(table)
                table = goes
        yield from self.eat(rounds)
        yield from self.pay_and_go(table, rounds)

    def round_at(self, table):
        return self.place(type="DINE_IN", table_id=table, accept={"ready_in_minutes": 10})

    def eat(self, rounds):
        if self.dice.random() < 0.25:
            self.take_off(self.dice.choice(rounds))
        for order in rounds:
            yield from self.cook(order)
            self.act(order, "complete")
            yield

    def pay_and_go(self, table, rounds):
        check = rounds[0]["check_id"]
        if self.dice.random() < 0.4 and self.ledger.owed(check) > 0:  # what is free as a whole is over
            self.day.call("STAFF", "POST", f"{ME}/tables/{table}/request-bill", {"on": True})
            self.print_slip("print", check)
        yield from self.settle(check)
        self.day.call("STAFF", "POST", f"{ME}/tables/{table}/clear", {})
        self.day.leave(table)
        if self.mine and self.dice.random() < 0.15:
            yield from self.regret(check)


class Two(Table):
    """Friends at two tables, who sit together in the end; some part again before they pay."""

    def steps(self):
        one = yield from self.until("a table", self.day.free_table, 600)
        other = self.day.free_table()
        if other is None:
            self.day.leave(one)
            return
        rounds = {table: [self.round_at(table)] for table in (one, other)}
        checks = {table: made[0]["check_id"] for table, made in rounds.items()}
        yield
        self.day.call("STAFF", "POST", f"{ME}/tables/{one}/merge", {"into_table_id": other})
        self.ledger.merged[checks[one]] = checks[other]
        self.ledger.counts["merges"] += 1
        yield
        late = self.round_at(one)
        self.ledger.orders[late["id"]]["check"] = late["check_id"]
        rounds[other].append(late)
        apart = self.dice.random() < 0.4
        yield from self.eat([*rounds[one], *rounds[other]])
        if apart:
            self.day.call("STAFF", "POST", f"{ME}/tables/{one}/unmerge")
            del self.ledger.merged[checks[one]]
            yield from self.settle(checks[one])
            self.day.call("STAFF", "POST", f"{ME}/tables/{one}/clear", {})
        yield from self.pay_and_go(other, rounds[other])
        self.day.leave(one)

    def take_off(self, order, kinds=("VOID", "COMP")):
        super().take_off(order, kinds)


KINDS = ((Counter, 30), (Table, 22), (Two, 4), (Web, 14), (Delivery, 10), (Phone, 10), (Platform, 10))
