#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The kitchen page in Chromium with the real daemon: paired by a code, lines that go down, tablets that sleep."""

import os
import socket
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_browser import Browser  # noqa: E402
from osy_daemon import Daemon, free_port  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
LIVE = "!document.getElementById('connection').classList.contains('fault')"
LOST = "document.body.classList.contains('lost')"
PAIRING = "!document.getElementById('pairing').hidden"
NUMBERS = "[...document.querySelectorAll('#grid .card:not(.leaving) .number')].map((one) => Number(one.textContent))"


class Line:
    """A network between a tablet and the daemon. Cut, it swallows what is sent and tells nobody."""

    def __init__(self, port):
        self.target = port
        self.up = threading.Event()
        self.up.set()
        self.sockets = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.join, args=(near,), daemon=True).start()

    def join(self, near):
        if not self.up.is_set():
            self.sockets.append(near)  # it is connected, and hears nothing
            return
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            near.close()
            return
        self.sockets += [near, far]
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self.pass_on, args=(source, sink), daemon=True).start()

    def pass_on(self, source, sink):
        try:
            while True:
                data = source.recv(65536)
                if not self.up.is_set():
                    return  # lost on its way
                if not data:
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        self.up.clear()

    def mend(self):
        """Whoever was connected before learns that he is not any more."""
        old, self.sockets = self.sockets, []
        self.up.set()
        for one in old:
            one.close()


class World:
    def __init__(self, daemon, browser):
        self.daemon, self.browser = daemon, browser
        self.page, self.line = None, Line(daemon.port)

    def code(self, name="주방 태블릿"):
        return self.daemon.call("POST", "/restaurants/me/devices", {"name": name, "role": "KITCHEN"})

    def tablet(self, port=None, scheme="http"):
        """A page that was paired by its link, with the sound armed."""
        page = self.browser.page(1920, 1080)
        page.open(f"{scheme}://127.0.0.1:{port or self.daemon.port}/kitchen#pair={self.code()['pairing_code']}")
        page.wait(LIVE, 15, "paired and connected")
        page.wait("document.querySelector('#grid .card') || document.body.classList.contains('empty')", 15)
        page.tap("#arm")
        page.wait("document.getElementById('arm').hidden")
        return page

    def clear(self):
        """Nothing is left to cook, so that what comes is on the first page."""
        for order in self.daemon.call("GET", "/restaurants/me/orders?limit=100")["orders"]:
            for act in {"ACCEPTED": ("start", "ready"), "PREPARING": ("ready",)}.get(order["status"], ()):
                self.daemon.act(order["id"], act)

    def order(self, **more):
        """An accepted order, so that the kitchen has it."""
        order = self.daemon.place(self.daemon.order_body(accept={"ready_in_minutes": 20}, **more))
        return order["number"], order["id"]

    def shows(self, page, number, seconds, there=True):
        begun = time.monotonic()
        page.wait(f"{NUMBERS}.includes({number}) === {'true' if there else 'false'}", seconds,
                  f"no. {number} is {'there' if there else 'gone'}")
        return time.monotonic() - begun

    def bump(self, page, number):
        """Until it goes: a card that has just moved is not bumped."""
        gone = (f"![...document.querySelectorAll('#grid .card:not(.leaving)')]"
                f".some((one) => one.querySelector('.number').textContent === '{number}')")
        for _ in range(5):
            self.press(page, number)
            if page.run(f"new Promise((done) => setTimeout(() => done({gone}), 100))"):
                return
        raise AssertionError(f"no. {number} is not bumped")

    def press(self, page, number):
        page.run("new Promise((done) => setTimeout(done, 450))")
        page.run(f"[...document.querySelectorAll('#grid .card')].find((one) => one.querySelector('.number').textContent === '{number}')"
                 ".querySelector('.head').click()")

    def status(self, order):
        return self.daemon.call("GET", f"/orders/{order}")["status"]

    def becomes(self, order, *wanted, seconds=10):
        deadline = time.monotonic() + seconds
        while self.status(order) not in wanted:
            assert time.monotonic() < deadline, f"{self.status(order)} instead of {wanted} after {seconds} s"
            time.sleep(0.05)


@case
def pairing(world):
    """A wrong code is refused, a typed one pairs, a link pairs at once and leaves no code in the address."""
    page = world.browser.page()
    page.open(f"http://127.0.0.1:{world.daemon.port}/kitchen")
    page.wait(PAIRING)
    page.tap("#code")
    page.type("wrong")
    page.tap("#pair-do")
    page.wait("document.getElementById('pair-word').classList.contains('wrong')")
    page.run("document.getElementById('code').value = ''")
    page.tap("#code")
    code = world.code()["pairing_code"].lower()
    page.type(f"{code[:4]}-{code[4:]}")
    page.key("Enter")
    page.wait(f"{LIVE} && !({PAIRING})", 15)
    equal(page.faults, [])
    page.open(f"http://127.0.0.1:{world.daemon.port}/kitchen")
    page.wait(f"{LIVE} && !({PAIRING})", 15, "still paired after a reload")
    page.close()
    world.page = world.tablet(world.line.port)
    equal(world.page.run("[location.hash, history.length]"), ["", 2])
    equal(world.page.faults, [])


@case
def a_ticket_comes_and_goes(world):
    """An accepted order is on the screen within a second; bumped it is ready, recalled it is back."""
    times = []
    for _ in range(3):  # one may meet a busy machine; by the slow poll none would come in time
        number, order = world.order()
        times.append(world.shows(world.page, number, 5))
    assert min(times) < 1, times
    world.bump(world.page, number)
    world.shows(world.page, number, 3, there=False)
    world.becomes(order, "READY")
    world.page.key("KeyR")
    world.shows(world.page, number, 3)
    world.becomes(order, "ACCEPTED", "PREPARING")
    equal(world.page.faults, [])


@case
def a_dish_is_done(world):
    """A line that is tapped is made, and what is to be cooked is one less; tapped again it is not."""
    number, _ = world.order(items=[{"menu_item_id": world.daemon.plain_item()["id"], "quantity": 3}])
    world.shows(world.page, number, 3)
    find = (f"[...document.querySelectorAll('#grid .card')].find((one) => one.querySelector('.number').textContent === '{number}')"
            ".querySelector('.row')")

    def made():
        lines = world.daemon.call("GET", "/restaurants/me/kitchen/tickets?state=open")["tickets"]
        return next(t for t in lines if t["order_number"] == number)["lines"][0]["quantity_made"]

    for wanted, word in ((3, "true"), (0, "false")):
        world.page.run(f"{find}.click()")
        world.page.wait(f"{find}.getAttribute('aria-pressed') === '{word}'")
        deadline = time.monotonic() + 5
        while made() != wanted:
            assert time.monotonic() < deadline, f"made {made()}, wanted {wanted}"
            time.sleep(0.05)


@case
def sold_out(world):
    """A dish of the chosen ticket is marked as sold out, and sold again, from the kitchen."""
    world.clear()
    number, _ = world.order()
    world.shows(world.page, number, 3)
    name = world.daemon.plain_item()["name"]

    def state():
        items = [item for category in world.daemon.menu()["categories"] for item in category["items"]]
        return next(item["sold_out"] for item in items if item["name"] == name)

    world.page.key("Digit1", "1")
    world.page.key("KeyX")
    world.page.wait("document.querySelector('dialog .wide')")
    world.page.tap("dialog .wide")
    world.page.wait(f"document.querySelector('.toast') && document.querySelector('.toast').textContent.includes('{name}')")
    equal(state(), True)
    world.page.tap(".toast button")
    deadline = time.monotonic() + 5
    while state():
        assert time.monotonic() < deadline, "it is not sold again"
        time.sleep(0.05)


@case
def shown_and_touched_are_told(world):
    """When a ticket was painted and when a hand was first laid on it is recorded."""
    number, _ = world.order()
    world.shows(world.page, number, 3)

    def ticket():
        found = world.daemon.call("GET", "/restaurants/me/kitchen/tickets?state=open")["tickets"]
        return next(one for one in found if one["order_number"] == number)

    deadline = time.monotonic() + 5
    while "shown_at" not in ticket():
        assert time.monotonic() < deadline, "nobody told that it was painted"
        time.sleep(0.05)
    assert "touched_at" not in ticket()
    world.page.run(f"[...document.querySelectorAll('#grid .card')].find((one) => one.querySelector('.number').textContent === '{number}')"
                   ".querySelector('.foot').click()")
    while "touched_at" not in ticket():
        assert time.monotonic() < deadline + 5, "nobody told that it was touched"
        time.sleep(0.05)


@case
def two_tablets(world):
    """What one tablet does is on the other at once, both ways: long before either would poll."""
    other = world.tablet()
    number, order = world.order()
    for page in (world.page, other):
        world.shows(page, number, 5)
    world.bump(other, number)
    world.shows(world.page, number, 5, there=False)
    world.page.key("KeyR")
    world.shows(other, number, 5)
    world.bump(world.page, number)
    world.shows(other, number, 5, there=False)
    world.becomes(order, "READY")
    equal(other.faults, [])
    other.close()


@case
def half_a_minute_without_network(world):
    """30 s without a network: red after 7 s, ages stand still, taps are refused or kept, and all is made good after."""
    page = world.page
    world.clear()
    for _ in range(2):
        kept, kept_order = world.order()
    world.shows(page, kept, 3)
    world.line.cut()
    begun = time.monotonic()
    world.bump(page, kept)  # nobody knows yet that the line is down
    missed = [world.order() for _ in range(3)]
    page.wait(LOST, 12, "the header turns red")
    silent = time.monotonic() - begun
    assert 5.5 < silent < 10, f"red after {silent:.1f} s"
    page.wait("document.getElementById('lost').textContent.includes('1')", 3, "it says what waits to be sent")
    shown = page.run("[...document.querySelectorAll('#grid .age')].map((one) => one.textContent)")
    assert shown and all(age.endswith("?") for age in shown), shown
    number = page.run(NUMBERS)[0]
    world.press(page, number)  # now it is known, and nothing is promised
    page.wait("document.querySelector('.toast')")
    equal(page.run(f"{NUMBERS}.includes({number})"), True, "an act while the line is known to be down")
    time.sleep(max(0, begun + 30 - time.monotonic()))
    assert world.status(kept_order) != "READY", "the tap got through a cut line"
    equal(page.run("[...document.querySelectorAll('#grid .age')].map((one) => one.textContent)")[:3], shown[:3], "ages")
    world.line.mend()
    back = time.monotonic()
    page.wait(f"{LIVE} && !({LOST})", 12, "connected again")
    for late, _ in missed:
        world.shows(page, late, 5)
    print(f"# back {time.monotonic() - back:.1f} s after the network")
    world.becomes(kept_order, "READY")
    world.shows(page, kept, 3, there=False)
    equal(page.run(f"new Set({NUMBERS}).size === {NUMBERS}.length"), True, "a ticket twice")
    equal(page.faults, [])


@case
def sleep_and_wake(world):
    """A tablet that slept shows what it missed as soon as it wakes, without a touch."""
    page = world.page
    world.clear()
    page.run("window.ticks = 0; setInterval(() => { window.ticks++; }, 100); 0")
    while_asleep = []
    threading.Timer(5, lambda: while_asleep.append(world.order()[0])).start()
    world.browser.sleep(20)  # so long that the daemon has given it up
    woken = world.shows(page, while_asleep[0], 5)
    assert page.run("window.ticks") < 60, "the page never slept"
    page.wait(f"{LIVE} && !({LOST})", 5)
    print(f"# {woken:.2f} s after waking")
    equal(page.faults, [])


@case
def the_daemon_starts_again(world):
    """After the daemon was started anew the page goes on by itself."""
    world.daemon.stop()
    world.page.wait(f"!({LIVE})", 12)
    world.daemon.start()
    world.page.wait(LIVE, 20, "connected again")
    number, _ = world.order()
    world.shows(world.page, number, 2)
    equal(world.page.faults, [])


@case
def through_the_edge(world):
    """Over https and wss, by the address that the devices page shows, under the page's own policy."""
    edge = world.daemon.call("GET", "/restaurants/me/edge")
    equal(edge["state"], "up")
    assert edge["addresses"][-1].endswith(f":{world.daemon.edge_port}"), edge
    page = world.tablet(world.daemon.edge_port, "https")
    number, _ = world.order()
    world.shows(page, number, 5)
    equal(page.run("[location.protocol, window.isSecureContext]"), ["https:", True])
    equal(page.faults, [])
    page.close()


@case
def taken_away(world):
    """A tablet that is taken away shows the pairing at once, and nothing of the shop."""
    page = world.tablet()
    devices = world.daemon.call("GET", "/restaurants/me/devices")["devices"]
    world.daemon.call("POST", f"/restaurants/me/devices/{devices[-1]['id']}/revoke")
    page.wait(PAIRING, 12)
    equal(page.run("[document.querySelectorAll('#grid .card').length, localStorage.getItem('osy.device')]"), [0, None])
    page.run(f"location.hash = '#pair={world.code()['pairing_code']}'")
    page.wait(f"{LIVE} && !({PAIRING})", 15, "paired anew by a code scanned while it was open")
    equal(page.run("location.hash"), "")
    equal(page.faults, [])
    page.close()


def edge_is_up(daemon):
    deadline = time.monotonic() + 20
    while daemon.call("GET", "/restaurants/me/edge")["state"] != "up":
        assert time.monotonic() < deadline, "the edge is not up"
        time.sleep(0.1)


def main():
    port = free_port()
    with Daemon(sys.argv[1], extra=["--edge-port", str(port)]) as daemon, Browser() as browser:
        daemon.edge_port = port
        daemon.setup(MENU)
        daemon.ctl("edge", "setup")
        daemon.start()
        daemon.login()
        edge_is_up(daemon)
        return run(World(daemon, browser))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
