#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A sale and its payment at the real console, step by step; at each step the console or the daemon is killed: after it,
while its request is on the way, or while the answer is. Nothing that was shown as taken is lost, and nothing is made or
taken twice.

usage: kills.py BUILD-FOLDER [--all] [--seed N], on a display with a session bus (tests/lib/headless). Once at each
step that asks for something and now and then while it is typed, or in every way at each of them.
"""

import argparse
import ctypes
import os
import random
import re
import sys
import threading
import time
import traceback
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "lib"), os.path.join(HERE, "..", "chaos")]

import journeys  # noqa: E402
import pyatspi  # noqa: E402
from house import AWAY  # noqa: E402
from journeys import Screen, wait_for  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused, free_port  # noqa: E402
from osy_gate import Gate  # noqa: E402
from osy_printer import Printer  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from proof import UNSETTLED  # noqa: E402

ME = "/restaurants/me"
MENU = 'category,name,price,options\n분식,떡볶이,4500,"맵기(1-1): 순한맛, 매운맛(+500)"\n김밥,김밥,3500,\n'
FLOAT, APPROVAL = 100_000, "30012345"
WAYS = [(victim, moment) for moment in ("rest", "before", "after") for victim in ("console", "daemon")]
# What is said once the console has asked in vain for its 20 seconds; what was sent is done once even when it is done again.
SAID = {"orders$": "it will not be made twice", "payments$": "Don't take the money again",
        "/adjustments$": "Look at the bill before you do it again"}
UNSURE = "Nobody knows yet whether it arrived"
CHECKING = "Checking with the card company. Don't swipe again"
LIES = ("Nothing has changed", "nothing is paid", "Nothing was charged",
        "That didn't work. Nothing was refunded")
BY_ITSELF = ("payments$", "/refunds$")  # whose console goes on with them after a new start
RARELY = 4  # steps, of which one is killed at while it is typed, in a short play
PATIENCE = 40


class Shop:
    """A daemon, its payment service and printer, and the gate before it."""

    def __init__(self, build):
        sim = os.path.join(build, "src", "sim", "ordersync-sim")
        self.toss, self.printer = Toss(sim), Printer(sim)
        self.daemon = Daemon(build, extra=["--edge-port", str(free_port()), *self.toss.daemon_options(),
                                           "--toss-timeout-ms", "1500", "--toss-retry-ms", "200"])
        self.base, self.data = os.path.dirname(self.daemon.data_dir), self.daemon.data_dir
        self.gate = Gate(self.daemon.port)
        self.url = f"http://127.0.0.1:{self.gate.port}"

    def open(self):
        daemon, menu = self.daemon, os.path.join(self.base, "menu.csv")
        with open(menu, "w", encoding="utf-8") as file:
            file.write(MENU)
        daemon.setup(menu)
        daemon.ctl("edge", "setup")
        daemon.start(timeout=120)
        daemon.login()
        daemon.call("PUT", f"{ME}/payment-setup", {"methods": ["CASH", "CARD_TERMINAL", "TOSS"], "toss": {
            "client_key": "test_ck_simulated", "secret_key": SECRET}})
        floor = str(uuid.uuid4())
        daemon.call("POST", f"{ME}/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
            {"op": "PUT", "type": "piece", "id": str(uuid.uuid4()), "floor_id": floor, "kind": "TABLE", "number": "7",
             "x": 80, "y": 80, "width": 64, "height": 64}]})
        daemon.call("POST", f"{ME}/printers", {"name": "계산대", "transport": "TCP", "mode": "TEXT",
                                               "address": self.printer.address, "purposes": ["BILL", "RECEIPT"]})
        daemon.call("POST", f"{ME}/till/open", {"opening_float": FLOAT})

    def call(self, method, path, body=None, key=None):
        """Asked beside the gate until it is answered."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.daemon.call(method, path, body, key=key)
            except Refused as refused:
                if refused.status != 503 or time.monotonic() > end:
                    raise
            except AWAY:
                if time.monotonic() > end:
                    raise
            time.sleep(0.1)

    def orders(self):
        return self.call("GET", f"{ME}/orders?limit=100")["orders"]

    def payments(self):
        return self.call("GET", f"{ME}/payments?limit=100")["payments"]

    def check(self, number):
        order = next((order for order in self.orders() if order["number"] == number), None)
        return self.call("GET", f"{ME}/checks/{order['check_id']}") if order else None

    def kill(self):
        """The daemon, all that it has started, and what is on its way; then it is there again."""
        self.daemon.kill()
        self.gate.let_go()
        self.daemon.start(timeout=120)

    def close(self):
        for part in (self.gate, self.daemon, self.printer, self.toss):
            part.close()


class Till(Screen):
    """The console, as this sale needs it."""

    def part(self, name):
        return next((node for node in self.walk(self.app) if node.name == name), None)

    def texts(self, name):
        """What stands on this part of the screen."""
        root = self.part(name)
        return [node.name for node in self.walk(root) if node.name] if root else []

    def words(self, node):
        """Without the kind of widget, which GTK calls those by that have no name."""
        return re.sub(r"\b(Gtk|Adw|Osc)[A-Z]\w+ ?", "", super().words(node))

    def button(self, name, within=None):
        """One that may be pressed, whose name begins so."""
        for node in self.walk(self.part(within) if within else self.app):
            try:
                if node.getRoleName() == "push button" and self.words(node).startswith(name):
                    states = node.getState().getStates()
                    if pyatspi.STATE_SENSITIVE in states and pyatspi.STATE_VISIBLE in states:
                        return node
            except Exception:  # a widget that is just going away
                continue
        return None

    def press(self, name, within=None):
        wait_for(f"a button '{name}'", lambda: self.button(name, within)).queryAction().doAction(0)

    def turn_on(self, name, within=None):
        """A button that stays pressed."""
        self.press(name, within)
        wait_for(f"'{name}' is on", lambda: pyatspi.STATE_PRESSED in self.button(name, within).getState().getStates())

    def rows(self):
        """The lines of the cart, each as what stands on it."""
        cart = next((node for node in self.walk(self.part("OscCartPanel") or self.app)
                     if node.getRoleName() == "list" and node.name == "Cart"), None)
        return [[part.name for part in self.walk(row) if part.name]
                for row in self.walk(cart) if row.getRoleName() == "list item"] if cart else []

    def kill(self):
        self.program.kill()
        self.program.wait(20)

    def begin(self):
        self.program = self.start()
        self.app = wait_for("the console is on the bus again", self.find_app)
        wait_for("it is signed in", lambda: self.button("Orders"))
        self.take_focus()


class Step:
    """Something that is done at the screen. 'request': (method, path) that leaves; 'done': whether it was, as the daemon or
    the cart says; 'place': how to come where it is done."""

    def __init__(self, name, act, done, place, request=None):
        self.name, self.act, self.done, self.place, self.request = name, act, done, place, request


class Sale:
    """The steps, and what must be true after each."""

    def __init__(self, shop, screen):
        self.shop, self.screen = shop, screen
        self.lines, self.chips = [], []  # what the cart has shown as taken
        self.at, self.number, self.guest = None, 0, None
        cart, pay = self.in_sale, self.in_payment
        api = "/api/v1/"
        self.steps = [
            Step("a dish", lambda: self.add("김밥"), lambda: self.holds(["김밥", "1"]), cart),
            Step("it is held", lambda: screen.press("Hold"), self.is_held, cart),
            Step("a dish with an option and a note", self.add_with_options,
                 lambda: self.holds(["떡볶이", "매운맛", "Less salty", "1"]), cart),
            Step("two of it", lambda: screen.press("떡볶이: one more"),
                 lambda: self.holds(["떡볶이", "매운맛", "Less salty", "2", "₩10,000"]), cart),
            Step("another dish", lambda: self.add("김밥"),
                 lambda: self.holds(["떡볶이", "Less salty", "2", "₩10,000"], ["김밥", "1"]), cart),
            Step("the table", self.choose_table, lambda: self.says("Table 7"), cart),
            Step("the guests", self.count_guests, lambda: self.says("Table 7", "3 people"), cart),
            Step("sent", self.send, lambda: self.is_sent(1), cart, ("POST", api + "orders$")),
            Step("a discount", self.discount, lambda: self.owes(1, 12150), pay, ("POST", "/adjustments$")),
            Step("split", self.split, lambda: len(self.shop.check(1)["parts"]) == 2, pay, ("PUT", "/parts$")),
            Step("cash", self.pay_cash, lambda: self.took("CASH"), pay, ("POST", api + "payments$")),
            Step("card", self.pay_card, lambda: self.took("CARD_TERMINAL"), pay, ("POST", api + "payments$")),
            Step("the receipt", lambda: screen.press("Print the receipt"), self.has_receipt,
                 self.in_closed_payment, ("POST", "/receipt$")),
            Step("the held order is taken up", lambda: screen.press("Held: "), lambda: self.holds(["김밥", "1"]), cart),
            Step("sent", self.send, lambda: self.is_sent(2), cart, ("POST", api + "orders$")),
            Step("the guest's code", self.ask_by_code, lambda: self.took("TOSS", "CREATED"), pay,
                 ("POST", api + "payments$")),
            Step("the guest pays", self.guest_pays, lambda: self.took("TOSS"), pay, ("TOSS", "confirm")),
            Step("half of it goes back", self.refund, self.is_refunded, self.in_refund, ("POST", "/refunds$"))]

    # ---- the cart ----

    def in_sale(self):
        if self.at != "sale":
            self.screen.key("F2")
            self.at = "sale"
        wait_for("the sale", lambda: self.screen.button("Hold", "OscCartPanel") or not self.screen.rows())

    def add(self, dish):
        self.screen.press(f"{dish} ₩", "OscTilePages")

    def add_with_options(self):
        self.add("떡볶이")
        self.screen.turn_on("매운맛", "OscOptionSheet")
        self.screen.turn_on("Less salty", "OscOptionSheet")
        self.screen.press("Add ₩", "OscOptionSheet")

    def holds(self, *lines):
        """Takes down what the cart has taken."""
        rows = self.screen.rows()
        there = len(rows) == len(lines) and all(set(line) <= set(row) for line, row in zip(lines, rows))
        if there:
            self.lines = lines
        return there

    def is_held(self):
        there = not self.screen.rows() and self.screen.button("Held: ")
        if there:
            self.lines = []
        return there

    def says(self, *chips):
        there = set(chips) <= set(self.screen.texts("OscCartPanel"))
        if there:
            self.chips = chips
        return there

    def choose_table(self):
        self.screen.key("ctrl+t")
        self.screen.press("Table 7")

    def count_guests(self):
        self.screen.press("People", "OscCartPanel")
        wait_for("who is asked for", lambda: self.screen.button("On to the dishes"))
        self.screen.press("3", "OscGuestSheet")
        wait_for("three people", lambda: self.says("Table 7", "3 people"))
        self.screen.press("On to the dishes")

    def is_as_it_was(self):
        """Every line that was shown as taken, its table and guests."""
        return (not self.lines or self.holds(*self.lines)) and (not self.chips or self.says(*self.chips))

    def send(self):
        wait_for("the cart can be sent", lambda: self.screen.button("Pay", "OscCartPanel"))
        self.screen.key("F9")

    def is_sent(self, number):
        made = [order["number"] for order in self.shop.orders()]
        if number in made and sorted(made) == list(range(1, number + 1)):
            self.number = number
            return True
        return False

    # ---- the bill ----

    def in_payment(self):
        """From the orders, as after a new start."""
        def is_shown():
            return f"Orders {self.number}" in " ".join(self.screen.texts("OscPayment"))

        def open_it():
            self.screen.key("F5", str(self.number), "F9")
            end = time.monotonic() + 3
            while time.monotonic() < end:
                if is_shown():
                    return True
            return False

        if self.at != "payment":
            wait_for("its card", lambda: any(name.startswith(f"No. {self.number} ")
                                             for name in self.screen.texts("OscBoard")))
            wait_for("its payment", open_it)  # not before the console is connected again
            self.at = "payment"
        wait_for("its payment", is_shown)
        wait_for("nothing of the bill is under way", lambda: self.screen.button("Print the bill", "OscPayment"))

    def in_closed_payment(self):
        """It closes by itself a moment after all is paid."""
        self.at = None
        self.in_payment()

    def owes(self, number, won):
        check = self.shop.check(number)
        return check["totals"]["owed"] == won and len(check["adjustments"]) == 1

    def discount(self):
        self.screen.press("Discount", "OscPayment")
        self.screen.turn_on("10%", "Discount · Whole bill")
        self.screen.press("Regular guest", "Discount · Whole bill")
        self.screen.press("Take it off the bill")

    def split(self):
        self.screen.turn_on("By people", "OscPayment")  # what was never on the screen hears no press
        self.screen.press("People: one more", "OscPayment")

    def pay_cash(self):
        self.screen.turn_on("Cash", "OscPayment")
        self.screen.press("10,000", "OscPayment")
        self.screen.press("Charge ₩6,075")

    def pay_card(self):
        self.screen.turn_on("Card", "OscPayment")
        self.screen.type(APPROVAL)
        self.screen.press("Charge ₩6,075")

    def has_receipt(self):
        return [text for text in self.shop.printer.texts() if "영수증" in text and "12,150" in text]

    def took(self, method, status="PAID"):
        return [one["status"] for one in self.shop.payments() if one["method"] == method] == [status]

    def ask_by_code(self):
        self.screen.turn_on("Toss QR", "OscPayment")
        self.screen.press("Charge ₩3,500")

    # ---- what goes back ----

    def in_refund(self):
        """By the number on the receipt."""
        def is_shown():
            return f"Orders {self.number} · " in " ".join(self.screen.texts("OscRefund"))

        if self.at != "refund":
            self.screen.key("F7")
            self.screen.press("Refund by receipt")
            wait_for("what is looked for", lambda: self.screen.part("OscRefundFind"))
            self.screen.type(str(self.number))
            self.screen.key("Return")
            self.screen.press("Card ", "OscRefundFind")
            self.at = "refund"
        wait_for("its refund", is_shown)

    def refund(self):
        self.screen.turn_on("By share", "OscRefund")
        self.screen.press("1/2", "OscRefundChoice")
        self.screen.turn_on("Ordered twice", "OscRefund")
        self.screen.press("Refund ₩1,750", "OscRefund")

    def is_refunded(self):
        return [one["refunded_amount"] for one in self.shop.payments() if one["method"] == "TOSS"] == [1750]

    # ---- the guest ----

    def guest_pays(self):
        """In the window of the payment service; the browser comes back until it is answered."""
        payment = next(one for one in self.shop.payments() if one["method"] == "TOSS")
        back = self.shop.toss.approve(payment["id"], payment["amount"])
        body = {"payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]}
        self.guest = threading.Thread(target=self.shop.call, args=("POST", "/payments/confirm", body))
        self.guest.start()

    def lose_confirm(self, moment):
        """The payment service, or its answer, is away until it is mended."""
        self.shop.toss.faults({"op": "confirm", "kind": "hold-" + moment, "times": 1},
                              {"op": "*", "kind": "drop-before", "times": 1_000_000})

    def is_checked(self):
        wait_for("it is said that nobody knows yet", lambda: CHECKING in self.screen.texts("OscPayment"))

    # ---- the kills ----

    def play(self, step, victim, moment):
        # What goes back is told by the feed too, before anybody may doubt it.
        said = next((words for path, words in SAID.items() if step.request and step.request[1].endswith(path)), None)
        moment = "rest" if not step.request else "after" if moment == "long" and not said else moment
        step.place()
        if moment == "rest":
            step.act()
            wait_for(f"'{step.name}' is done", step.done)
            if victim:
                self.kill(victim)
        elif step.request[0] == "TOSS":
            self.play_guest(step, victim, moment)
        elif moment == "long":
            self.play_long(step, said)
        else:
            self.play_request(step, victim, moment)
        if step.place == self.in_sale:
            self.settle_cart(step)
        return moment

    def kill(self, victim):
        if victim == "daemon":
            self.shop.kill()
            return
        self.screen.kill()
        self.shop.gate.let_go()
        self.screen.begin()
        self.at = None

    def play_request(self, step, victim, moment):
        trap = self.shop.gate.set_trap(*step.request, moment)
        step.act()
        wait_for(f"the request of '{step.name}' leaves", trap.caught.is_set)
        check("nothing is said to be over that is not", not any(lie in text for text in self.screen.texts("ordersync")
                                                               for lie in LIES))
        self.kill(victim)
        by_itself = victim == "daemon" or step.request[1].endswith(BY_ITSELF)
        if by_itself or moment == "after":
            wait_for(f"'{step.name}' is done by itself", step.done)
        if victim == "console" and step.request[1].endswith("orders$"):
            step.place()
            wait_for("the cart is as it was", self.is_as_it_was)
            self.screen.shows(UNSURE)
            step.act()
        elif not step.done():
            step.place()
            step.act()
        wait_for(f"'{step.name}' is done", step.done)

    def play_long(self, step, said):
        """The answer is lost, and the daemon away for longer than the console asks by itself."""
        trap = self.shop.gate.set_trap(*step.request, "after")
        step.act()
        wait_for(f"the request of '{step.name}' leaves", trap.caught.is_set)
        self.shop.daemon.kill()
        self.shop.gate.let_go()
        self.screen.shows(said)
        self.shop.daemon.start(timeout=120)
        wait_for(f"'{step.name}' was done", step.done)
        if step.place == self.in_sale:
            self.screen.shows(UNSURE)
        if not step.request[1].endswith(BY_ITSELF):
            asked = self.shop.gate.count(step.request[1])
            step.act()
            wait_for("it is asked for again", lambda: self.shop.gate.count(step.request[1]) > asked)
        if step.place == self.in_payment:
            step.place()
        wait_for("it is known", lambda: not any(UNSURE in text for text in self.screen.texts("OscCartPanel")))
        wait_for(f"'{step.name}' is done once", step.done)

    def play_guest(self, step, victim, moment):
        self.lose_confirm(moment)
        step.act()
        self.is_checked()
        self.kill(victim)
        step.place()
        self.is_checked()
        check("it is not taken yet", not step.done())
        self.shop.toss.faults()
        wait_for(f"'{step.name}' is done", step.done)
        self.guest.join()

    def settle_cart(self, step):
        """What the cart has shown as taken is there; what was sent is not."""
        if step.request:
            self.lines = self.chips = ()
            wait_for("the payment follows", lambda: self.at is None or "Payment" in self.screen.texts("OscPayment"))
            self.at = "payment" if self.at else None
        step.place()
        wait_for(f"the cart is as it was after '{step.name}'", self.is_as_it_was)

    # ---- the end ----

    def prove(self):
        """Told twice or not at all is neither an order nor money."""
        shop, keys = self.shop, self.shop.gate.keys
        orders, payments = shop.orders(), shop.payments()
        check("two orders", len(orders) == 2 and len(keys("/orders$")) == 2)
        check("three payments, each with its key", len(payments) == 3 and len(keys("/payments$")) == 3)
        check("one refund", len(keys("/refunds$")) == 1)
        for order in orders:
            totals = shop.check(order["number"])["totals"]
            check(f"order {order['number']} is paid, once", totals["tenders"] == totals["total"])
            check(f"and given back, once: {totals}", totals["refunds"] == {1: 0, 2: 1750}[order["number"]])
            for verb in ("ready", "complete"):
                shop.call("POST", f"{ME}/orders/{order['id']}/{verb}")
        cash = shop.call("GET", f"{ME}/till")["report"]["cash"]["expected"]
        check("the cash in the till", cash == FLOAT + 6075)
        moved = shop.toss.state()
        check("one charge at the payment service", [one["amount"] for one in moved["captures"]] == [3500])
        check("of which half went back", [one["amount"] for one in moved["refunds"]] == [1750])
        for what, query in UNSETTLED:
            wait_for(f"no {what}", lambda query=query: shop.daemon.sql(f"COPY ({query}) TO STDOUT").strip() == "0")
        said = shop.daemon.ctl("check", check=False)
        check(f"the books agree: {said.stdout}{said.stderr}", said.returncode == 0)


def check(what, holds):
    if not holds:
        raise AssertionError(what)


def play_steps(sale, turn, ways, brief):
    """A kill at each step, victims in turn; brief: at few of those that only type."""
    for k, step in enumerate(sale.steps):
        victim, moment = ways[turn % len(ways)]
        if brief and not step.request and k % RARELY != 2:
            victim = None
        else:
            turn += 1
        since = time.monotonic()
        print(f"# {k + 1}. {step.name}: {victim} ({moment})" if victim else f"# {k + 1}. {step.name}", flush=True)
        sale.play(step, victim, moment)
        print(f"#    {time.monotonic() - since:.1f} s", flush=True)


def play(build, seed, ways, brief):
    """One sale, as the seed begins."""
    journeys.MAIL, journeys.PASSWORD = EMAIL, PASSWORD
    # An X server without a client starts anew, and may refuse the next.
    ctypes.CDLL("libX11.so.6").XOpenDisplay(None)
    shop = Shop(build)
    try:
        shop.open()
        screen = Till(build, shop)
        try:
            journeys.sign_in(screen)
            sale = Sale(shop, screen)
            play_steps(sale, seed, ways, brief)
            sale.prove()
        finally:
            screen.close()
        shop.daemon.stop()
    finally:
        shop.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--all", action="store_true", help="each way at each step, and long outages: seven plays")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    build, failed = os.path.abspath(args.build), 0
    plays = [WAYS] * len(WAYS) + [[("daemon", "long")]] if args.all else [WAYS]
    print(f"TAP version 13\n1..{len(plays)}\n# seed {args.seed}", flush=True)
    for number, ways in enumerate(plays):
        verdict = "ok"
        try:
            play(build, args.seed + number, ways, not args.all)
        except (Exception, SystemExit):  # pylint: disable=broad-except  # wait_for() ends so
            verdict, failed = "not ok", 1
            print("# " + traceback.format_exc().strip().replace("\n", "\n# "))
        print(f"{verdict} {number + 1} - a sale, killed at every step (seed {args.seed + number})", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
