#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The checkout page in Chromium, from the shop's link through the payment window and back."""

import os
import sys
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import tap  # noqa: E402
from osy_browser import Browser  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal  # noqa: E402

KOREAN = "Object.defineProperty(navigator, 'language', {get: () => 'ko-KR'})"
MENU = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "menu-bunsik.csv")


class World:
    def __init__(self, daemon, toss, browser):
        self.daemon, self.toss, self.browser = daemon, toss, browser
        self.url = f"http://127.0.0.1:{daemon.port}"

    def payment(self, method="TOSS"):
        order = self.daemon.place()
        return self.daemon.call("POST", "/payments", {"order_id": order["id"], "method": method, "shown_as": "LINK",
                                                      "amount": order["total_amount"]}, key=str(uuid.uuid4()))

    def status(self, payment):
        return self.daemon.call("GET", f"/payments/{payment['id']}")["status"]

    def open(self, payment):
        """A phone that follows the link."""
        page = self.browser.page(390, 800, [KOREAN])
        page.open(self.url + payment["checkout_url"])
        page.wait("!document.querySelector('#pay').hidden", what="the button")
        return page

    def press(self, page, button):
        page.tap("#pay")
        page.wait("document.querySelector('button[formaction]')", what="the window")
        page.tap(f"button[formaction$={button}]")
        page.wait(f"location.origin === '{self.url}' && document.querySelector('#state')?.textContent", what="the way back")

    def reads(self, page, words, seconds=20):
        page.wait(f"document.querySelector('#state').textContent.includes('{words}')", seconds, words)


@case
def paying(world):
    """The link opens the page, the window takes the money, the page says so, and its secret is not in the address"""
    payment = world.payment()
    page = world.open(payment)
    assert "#" not in page.run("location.href")
    world.press(page, "approve")
    world.reads(page, "결제했어요")
    equal(world.status(payment), "PAID")
    equal(page.faults, [], "faults of the page, and refusals by its policy")
    again = world.browser.page(390, 800, [KOREAN])  # the link, once more, from elsewhere
    again.open(world.url + payment["checkout_url"])
    world.reads(again, "결제했어요")
    equal(len(world.toss.state()["captures"]), 1)


@case
def changing_ones_mind(world):
    """Who closes the window is told that nothing was charged, and pays after all"""
    payment = world.payment()
    page = world.open(payment)
    for button in ("cancel", "reject", "expire"):
        world.press(page, button)
        world.reads(page, "돈은 나가지 않았어요")
        equal(world.status(payment), "CREATED")
    world.press(page, "approve")
    world.reads(page, "결제했어요")
    equal(page.faults, [])


@case
def not_knowing(world):
    """While nobody knows, the page says not to pay again, and finds out by itself"""
    world.toss.faults({"op": "confirm", "kind": "drop-after", "times": 1}, {"op": "order", "kind": "error-before", "times": 2})
    payment = world.payment()
    page = world.open(payment)
    world.press(page, "approve")
    world.reads(page, "다시 결제하지 마세요")
    assert page.run("document.querySelector('#pay').hidden"), "no second payment"
    world.reads(page, "결제했어요", 40)
    captures = [row for row in world.toss.state()["captures"] if row["orderId"] == payment["id"]]
    equal(len(captures), 1, "captures")


@case
def an_account(world):
    """Who pays by transfer is shown the account, and that it arrived"""
    payment = world.payment("VIRTUAL_ACCOUNT")
    page = world.open(payment)
    world.press(page, "approve")
    world.reads(page, "입금해 주세요")
    assert page.run("document.querySelector('#account-number').textContent").split()[-1].startswith("X650")
    world.toss.sim("deposit", {"orderId": payment["id"], "amount": payment["amount"]})
    wait_for("the deposit", lambda: world.status(payment) == "PAID")
    page.tap("#again")
    world.reads(page, "결제했어요")
    equal(world.toss.state()["violations"], [])


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Toss(program) as toss, Browser() as browser, \
            Daemon(sys.argv[1], extra=[*toss.daemon_options(), "--toss-retry-ms", "500"]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        daemon.call("PUT", "/restaurants/me/payment-setup",
                    {"methods": ["CASH", "TOSS", "VIRTUAL_ACCOUNT"],
                     "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})
        toss.sim("webhooks", {"url": f"http://127.0.0.1:{daemon.port}/api/v1/webhooks/toss"})
        failed = tap.run(World(daemon, toss, browser))
        daemon.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
