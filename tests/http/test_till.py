#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Orders with money of every kind, each played to its end; and after such a day no number of a card is anywhere: in
the database, in the data directory, in a log, or in anything that was said to or by the daemon."""

import asyncio
import json
import os
import random
import subprocess
import sys
import threading
import uuid

import websockets

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_till import ME, Till  # noqa: E402
from osy_toss import Toss  # noqa: E402
from osy_wire import Wire, cards  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
# What guests type into the payment service's own window.
TYPED = ("4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "3530111333300000")
PLANTED = "4012888888881881"


class Listener(threading.Thread):
    """A screen that follows the feed over the wire."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        self.bearer = {"Authorization": f"Bearer {daemon.token}"}
        self.events = 0

    def run(self):
        asyncio.run(self.follow())

    async def follow(self):
        async with websockets.connect(self.address, extra_headers=self.bearer) as socket:
            hello = json.loads(await socket.recv())
            await socket.send(json.dumps({"type": "resume", "epoch": hello["epoch"], "seq": 0}))
            async for text in socket:
                self.events += json.loads(text)["type"] == "event"


@case
def prepaid(shop):
    """Paid before: off the board, paid, on it, made, over"""
    shop.till.prepaid()


@case
def pay_later(shop):
    """A table has two rounds and pays them together, in cash, with a receipt"""
    shop.till.pay_later()


@case
def delivery(shop):
    """Paid, made, carried to the guest; the order follows its rider"""
    order, _ = shop.till.delivery()
    equal(shop.daemon.call("GET", f"{ME}/orders/{order['id']}/delivery")["status"], "DELIVERED")


@case
def split(shop):
    """A check in three parts: one in cash, one by card, one at the payment service"""
    shop.till.split()


@case
def account(shop):
    """An account that is paid into: the order waits for the deposit and goes on with it"""
    shop.till.account()


@case
def given_back(shop):
    """Some of it goes back, and the books of the payment service are held against ours"""
    _, paid = shop.till.prepaid()
    shop.till.refund(paid[0], 700)
    wait_for("the refund", lambda: shop.till.get(paid[0])["refunded_amount"] == 700)
    day = shop.till.cell("SELECT (now() AT TIME ZONE 'Asia/Seoul')::date")
    books = shop.daemon.call("POST", f"{ME}/settlements/import", {"day": day})
    equal((books["findings"], books["days"][0]["missing"]), ([], []))


def vat_of(taxed):
    """VAT of a tenth that is inside: the value of supply is rounded to the won."""
    return taxed - (taxed * 10 + 5) // 11


def sell(shop, rng, items):
    """A check of taxed and tax-free things, with something taken off, paid in two or three ways."""
    daemon = shop.daemon
    order = shop.till.place([{"menu_item_id": item, "quantity": rng.randint(1, 5)} for item in items],
                            type="DINE_IN", accept={"ready_in_minutes": 10})
    path = f"{ME}/checks/{order['check_id']}"
    if rng.random() < 0.7:
        daemon.call("POST", path + "/adjustments", {"kind": "DISCOUNT", "percent": rng.choice((7, 33)), "reason": "단골"},
                    key=str(uuid.uuid4()))
    if rng.random() < 0.5:
        daemon.call("PUT", path + "/service-charge", {"percent": 10})
    totals = shop.till.check(order)["totals"]
    equal(totals["vat"], vat_of(totals["total"] - totals["tax_free"]))
    equal(totals["supply"] + totals["vat"] + totals["tax_free"], totals["total"])
    cuts = sorted(rng.sample(range(1, totals["total"]), rng.choice((1, 2))))
    paid = [shop.till.ask(rng.choice(("CASH", "CARD_TERMINAL")), end - begin, check_id=order["check_id"])
            for begin, end in zip([0, *cuts], [*cuts, totals["total"]])]
    equal(sum(one["tax_free_amount"] for one in paid), totals["tax_free"], "tax-free of the payments")
    return order, totals, paid


def give_all_back(shop, rng, order, paid):
    """In parts: of one payment, of the check, a fraction of it; at last what is left."""
    path = f"{ME}/checks/{order['check_id']}"
    for turn in range(8):
        left = [one for one in map(shop.till.get, paid) if one["refundable_amount"] > 0]
        ceiling = sum(one["refundable_amount"] for one in left)
        if ceiling == 0:
            return
        if turn % 2 and turn < 7:
            one = rng.choice(left)
            shop.till.refund(one, rng.randint(1, one["refundable_amount"]))
            continue
        amount = ceiling if turn > 5 else rng.randint(1, ceiling)
        plan = shop.daemon.call("POST", path + "/refund-plan", {"amount": amount})
        equal(plan["supply_amount"] + plan["vat_amount"] + plan["tax_free_amount"], amount)
        shop.daemon.call("POST", path + "/refunds", {"amount": amount, "reason": "손님 변심"}, key=str(uuid.uuid4()))
        for payment in map(shop.till.get, paid):
            for refund in payment["refunds"]:
                if refund["status"] == "REQUESTED":  # at the terminal a person does it, and says so
                    shop.daemon.call("POST", f"/payments/{payment['id']}/refunds/{refund['id']}/complete", {})


@case
def to_the_won(shop):
    """Random checks, paid in parts and given back in parts: VAT and what is tax-free come out to the won"""
    seed = int(os.environ.get("ORDERSYNC_SEED", random.randrange(1 << 30)))
    rng, daemon = random.Random(seed), shop.daemon
    category = daemon.menu()["categories"][0]["id"]
    items = [str(uuid.uuid4()) for _ in range(3)]
    daemon.call("POST", f"{ME}/menu/changes", {"changes": [
        {"kind": "item", "id": item, "entry": {"category_id": category, "name": f"세금 {nth}", "price": 1000 + 777 * nth,
                                               "tax_class": "TAX_FREE" if nth == 1 else "TAXED"}}
        for nth, item in enumerate(items)]})
    for _ in range(6):
        order, totals, paid = sell(shop, rng, items)
        give_all_back(shop, rng, order, paid)
        for payment in map(shop.till.get, paid):
            backs = [one for one in payment["refunds"] if one["status"] == "DONE"]
            what = f"{payment['id']}, ORDERSYNC_SEED={seed}"
            equal((payment["status"], sum(one["amount"] for one in backs)), ("REFUNDED", payment["amount"]), what)
            equal(sum(one["tax_free_amount"] for one in backs), payment["tax_free_amount"], what)
            equal(sum(one["vat_amount"] for one in backs), vat_of(payment["amount"] - payment["tax_free_amount"]), what)
        # A payment's VAT is of its own amount, so of several the sum may be off by less than a won each.
        assert abs(sum(vat_of(one["amount"] - one["tax_free_amount"]) for one in paid) - totals["vat"]) < len(paid)


def dump(daemon):
    return subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "ordersync"],
                          capture_output=True, timeout=120, check=True).stdout


def known(till):
    """Keys under which orders are found are hashes, and so any number."""
    text = till.daemon.sql("SELECT key FROM order_find UNION SELECT key FROM order_item_name")
    return {line.strip().lstrip("-") for line in text.splitlines()[2:-1]}


def places(shop):
    """(where, bytes) of all that there is."""
    shop.daemon.sql("CHECKPOINT")
    yield "dump", dump(shop.daemon)
    for folder, _, names in os.walk(shop.daemon.data_dir):
        for name in names:
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    yield path, file.read()
            except OSError:
                pass  # a socket, or gone meanwhile
    for name, wire in (("to the daemon", shop.near), ("to the payment service", shop.far)):
        for text in wire.texts():
            yield name, text


def scan(shop):
    ids = known(shop.till)
    return [(where, card) for where, text in places(shop) for card in cards(text, ids)]


@case
def no_card_number(shop):
    """No number of a card anywhere: dump, data directory, logs, and what went over the wires"""
    shop.till.quiet()
    wait_for("the feed", lambda: shop.screen.events > 50)
    heard = b"".join(text for wire in (shop.near, shop.far) for text in wire.texts())
    for what in (b"/api/v1/payments/confirm", b"/v1/payments/confirm", b"Authorization: Basic", b"payment.completed"):
        assert what in heard, f"{what} was not heard"
    equal([number for number in TYPED if number.encode() in heard], [], "typed elsewhere, and heard here")
    masks = sum(number[:8].encode() + b"****" in heard for number in TYPED)
    assert masks >= 4, f"the masks of {masks} cards came through"
    equal(scan(shop), [])


@case
def planted(shop):
    """One that is planted is found in each of these places"""
    log = next(os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(shop.daemon.data_dir, "log"))
               for name in names)
    shop.daemon.call("POST", f"{ME}/ingredients", {"name": "4012-8888-8888-1881", "unit": "G"})
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps({"level": "info", "card": PLANTED}) + "\n")
    shop.till.quiet()
    found = scan(shop)
    equal({card for _, card in found}, {PLANTED})
    where = {place for place, _ in found}
    assert {"dump", log, "to the daemon"} <= where and any("/pg/" in place for place in where), where


@case
def sound(shop):
    """After all of this nothing is wrong with the data"""
    equal(json.loads(shop.daemon.ctl("check", "--json", check=False).stdout), {"ok": True, "broken": []})
    equal(shop.till.toss.state()["violations"], [])


class Shop:
    """A daemon between two wires, and a till at it."""

    def __init__(self, daemon, toss, far):
        self.daemon, self.far = daemon, far
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        self.near = Wire(daemon.port)
        daemon.port = self.near.port
        daemon.login()
        self.till = Till(daemon, toss)
        self.till.typed = iter(TYPED * 20)
        self.screen = Listener(daemon)
        self.screen.start()


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Toss(program) as toss:
        far = Wire(toss.port)
        extra = ["--toss-base-url", f"http://127.0.0.1:{far.port}", "--toss-sdk-url", toss.url + "/v2/standard",
                 "--toss-retry-ms", "300"]
        with Daemon(sys.argv[1], extra=extra) as daemon:
            return run(Shop(daemon, toss, far))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
