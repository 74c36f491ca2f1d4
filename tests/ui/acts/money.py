# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts of who takes money and counts it."""

import uuid

from act import Act


class pay_cash(Act):
    """More than is owed is received."""

    want = {"payment": [{"method": "CASH", "amount": 3500, "status": "PAID"}]}

    def before(self, desk, shop):
        shop.place()
        desk.see("OscOrderCard")

    def open(self, desk):
        desk.keys("1", "F9")
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)

    def pay(self, desk):
        desk.keys("2")
        desk.see("GtkText", test=lambda one: one.focus)
        desk.write("5000")
        desk.keys("Return")

    def keys(self, desk, shop):
        self.open(desk)
        self.pay(desk)

    def tap_open(self, desk):
        desk.tap("OscOrderCard", middle=(0.4, 0.3))
        desk.tap("drawer-pay")
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("pay-tile", desk._("Cash"))
        desk.tap("numeric", "5,000", lambda one: one.type == "GtkButton" and "primary" not in
                 one["class"])
        desk.tap("pay-primary")

    def scan_open(self, desk, shop):
        desk.scan(shop.slip())
        desk.see("OscDrawer")
        desk.keys("F9")
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)

    def scan(self, desk, shop):
        self.scan_open(desk, shop)
        self.pay(desk)


class pay_card(pay_cash):
    """The terminal has approved it: its number is written down."""

    want = {"payment": [{"method": "CARD_TERMINAL", "amount": 3500, "status": "PAID"}]}

    def pay(self, desk):
        desk.keys("1")
        desk.see("GtkText", test=lambda one: one.focus)
        desk.write("30012345")
        desk.keys("Return")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("pay-tile", desk._("Card"))
        for digit in "30012345":
            desk.tap("numeric", digit, lambda one: one.words == digit)
        desk.tap("pay-primary")


class discount(pay_cash):
    """A tenth off, for somebody who comes often, and it is paid."""

    want = {"check": [{"adjustments": [{"kind": "DISCOUNT"}]}]}

    def pay(self, desk):
        desk.tab_to("GtkButton", desk._("Discount"))
        desk.keys("Return")
        desk.see("bill-chip")
        desk.tab_to("bill-chip", "10%")
        desk.keys("space")
        desk.tab_to("reason")
        desk.keys("space")
        desk.tab_to("GtkButton", desk._("Take it off the bill"))
        desk.keys("Return")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("GtkButton", desk._("Discount"))
        desk.tap("bill-chip", "10%")
        desk.tap("reason", desk._("Regular guest"))
        desk.say("Take it off the bill")


class take_cash_back(pay_cash):
    """Within ten seconds."""

    want = {"check": [{}]}

    def pay(self, desk):
        desk.keys("2", "Return")
        desk.see("OscToasts", test=lambda one: desk._("Undo") in one.words)
        desk.keys("ctrl+z")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("pay-tile", desk._("Cash"))
        desk.tap("pay-primary")
        desk.say("Undo")


class void_line(pay_cash):
    """One of two dishes that were sent is not made: it goes off the bill, and the kitchen is told."""

    want = {"check": [{"adjustments": [{"kind": "VOID"}]}],
            "ticket": [{"lines": [{"changes": [{"kind": "VOIDED"}]}]}]}

    def before(self, desk, shop):
        shop.place(quantity=2)
        desk.see("OscOrderCard")

    def ask(self, desk):
        """How many, of two, and why."""
        desk.see("OscReasons")
        desk.tab_to("osy-minus-symbolic")
        desk.keys("space")
        desk.tab_to("reason")
        desk.keys("space")
        desk.tab_to("destructive")
        desk.keys("Return")

    def keys(self, desk, shop):
        desk.keys("1", "space")
        desk.see("OscDrawer")
        desk.keys("s")
        desk.see("bill-row", "김밥")
        desk.tab_to("bill-row", "김밥")
        desk.keys("space", "Delete")
        self.ask(desk)

    def touch(self, desk, shop):
        desk.tap("OscOrderCard", middle=(0.4, 0.3))
        desk.tap("GtkToggleButton", "김밥")
        desk.say("Not made")
        desk.see("OscReasons")
        desk.tap("osy-minus-symbolic")
        desk.tap("reason", desk._("Guest asked for it"))
        desk.tap("destructive", test=lambda one: one.type == "GtkButton" and "reason" not in
                 one["class"])

    def scan(self, desk, shop):
        desk.scan(shop.slip())
        desk.see("OscDrawer")
        desk.tab_to("GtkToggleButton", "김밥")
        desk.keys("Return")
        desk.tab_to("GtkButton", desk._("Not made"))
        desk.keys("Return")
        self.ask(desk)


class refund(Act):
    """Of an order that is over."""

    want = {"payment": [{"status": "REFUNDED"}]}

    def before(self, desk, shop):
        shop.place()
        shop.act("ready")
        shop.pay()
        shop.act("complete")
        desk.gone("OscOrderCard")

    def find(self, desk, shop):
        number = str(shop.order["number"])
        desk.see("GtkText", test=lambda one: one.focus)
        desk.write(number)
        desk.gone("OscPastRow", test=lambda one: one.words.split()[0] != number)
        desk.see("OscPastRow")

    def refund(self, desk):
        desk.see("OscDrawer")
        desk.tab_to("GtkButton", desk._("Refund"))
        desk.keys("Return")
        desk.see("OscRefund")
        desk.keys("1")
        desk.tab_to("reason")
        desk.keys("space")
        desk.keys("ctrl+Return")

    def keys(self, desk, shop):
        desk.keys("F7")
        desk.see("OscPast")
        desk.keys("F3")
        self.find(desk, shop)
        desk.keys("Return", "Down", "Return")
        self.refund(desk)

    def touch(self, desk, shop):
        desk.tap("tool", "F3")
        self.find(desk, shop)
        desk.tap("OscPastRow")
        desk.tap("GtkButton", desk._("Refund"))
        desk.see("OscRefund")
        desk.tap(words="김밥", test=lambda one: one.box[0] < 500)
        desk.tap("reason", desk._("Guest asked for it"))
        desk.say("Refund")

    def scan(self, desk, shop):
        desk.scan(shop.slip())
        self.refund(desk)


class Till(Act):
    """Of a day that has begun."""

    def before(self, desk, shop):
        if not shop.call("GET", "/till")["opened_at"]:
            shop.call("POST", "/till/open", {"opening_float": 0}, key=str(uuid.uuid4()))

    def open(self, desk):
        desk.keys("F12")
        desk.see("till-primary")

    def tap_open(self, desk):
        desk.tap("GtkButton", desk._("Close day"), lambda one: one.box[0] < 88)
        desk.see("till-primary")


class cash_in(Till):
    verb, done = "Put cash in", "IN"
    want = {"till": [{"moves": [{"amount": 10000}]}]}

    def keys(self, desk, shop):
        self.open(desk)
        desk.tab_to("till-act", desk._(self.verb))
        desk.keys("Return")
        desk.see("OscSheet")
        desk.write("10000")
        desk.tab_to("reason-chip")
        desk.keys("space")
        desk.tab_to("default")
        desk.keys("Return")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("till-act", desk._(self.verb))
        for digits in ("1", "00", "00"):
            desk.tap("numeric", digits, lambda one: one.words == digits and one.root == "OscSheet")
        desk.tap("reason-chip", test=lambda one: one.box[0] < 100)
        desk.tap("default")


class cash_out(cash_in):
    verb = "Take cash out"


class count_cash(Till):
    want = {"till": [{"counts": [{"counted": 50000}]}]}

    def keys(self, desk, shop):
        self.open(desk)
        desk.tab_to("till-act", desk._("Count in between"))
        desk.keys("Return")
        desk.see("OscTillRow")
        desk.keys("1", "ctrl+Return")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.tap("till-act", desk._("Count in between"))
        desk.tap("osy-plus-symbolic", test=lambda one: one.box[1] < 250)
        desk.tap("till-primary", desk._("Keep the count"))


class x_report(Till):
    """The day so far, as often as one likes: nothing is closed by it."""

    def before(self, desk, shop):
        super().before(desk, shop)
        shop.place()
        shop.pay()
        desk.see("OscOrderCard")

    def see_report(self, desk, shop):
        cash = shop.call("GET", "/till")["report"]["cash"]["expected"]
        desk.see("GtkLabel", f"{cash:,}")

    def keys(self, desk, shop):
        self.open(desk)
        self.see_report(desk, shop)

    def touch(self, desk, shop):
        self.tap_open(desk)
        self.see_report(desk, shop)


ACTS = [one() for one in (pay_cash, pay_card, discount, take_cash_back, void_line, refund, cash_in,
                          cash_out, count_cash, x_report)]
