#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Journeys through the real console and a real daemon, by what a screen reader sees.

usage: journeys.py BUILD-FOLDER, on a display with a session bus (tests/lib/headless).
1. Sign in, an order comes by HTTP, it is accepted; the daemon says so.
2. The next order is taken to its end by the buttons of its card.
3. An order is taken at the counter by keys alone; taking it back cancels it.
4. A known guest calls: the last order once more, in no more than five keys besides the number.
5. The first day: the assistant from an empty folder, the console killed after each step.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

os.environ["GTK_A11Y"] = "atspi"

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))

import pyatspi  # noqa: E402  (the bus must be known first)
from osy_printer import Printer  # noqa: E402

MAIL, PASSWORD = "owner@example.com", "correct horse 1"
MENU = "category,name,price\n분식,떡볶이,4000\n분식,김밥,3500\n"
PATIENCE = 40


def wait_for(what, check, patience=PATIENCE):
    """The first true answer of 'check'; fails by 'what' when there is none in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        answer = check()
        if answer:
            return answer
        time.sleep(0.1)
    raise SystemExit(f"not ok - {what}")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Shop:
    """A daemon on a data directory of its own, and its API."""

    def __init__(self, build, made=True):
        # The daemon steps down from root to a user of its own, who must be able to enter.
        self.base = tempfile.mkdtemp(prefix="osy-ui-", dir="/var/tmp")
        os.chmod(self.base, 0o755)
        self.data = os.path.join(self.base, "d")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.shop = self.token = None
        if made:
            self.make(build)
        self.log = open(os.path.join(self.base, "log"), "w", encoding="utf-8")
        self.daemon = subprocess.Popen(
            [f"{build}/src/daemon/ordersyncd", "--data-dir", self.data, "--listen",
             self.url.removeprefix("http://")], stdout=self.log, stderr=self.log)
        wait_for("the daemon is ready", self.is_ready)
        if made:
            self.sign_in()
            menu = self.call("GET", f"/restaurants/{self.shop}/menu")
            self.items = [item["id"] for group in menu["categories"] for item in group["items"]]

    def make(self, build):
        menu = os.path.join(self.base, "menu.csv")
        with open(menu, "w", encoding="utf-8") as file:
            file.write(MENU)
        made = subprocess.run(
            [f"{build}/src/ctl/ordersyncctl", "--data-dir", self.data, "setup", "--shop-name",
             "소담분식", "--owner-email", MAIL, "--owner-password-stdin", "--key-provider", "file",
             "--menu", menu, "--json"],
            input=PASSWORD, capture_output=True, text=True, check=False, timeout=120)
        if made.returncode != 0:
            raise SystemExit(f"not ok - setup: {made.stderr}")
        self.shop = json.loads(made.stdout)["restaurant_id"]

    def sign_in(self):
        self.token = self.call("POST", "/auth/login", {"email": MAIL, "password": PASSWORD})[
            "access_token"]

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.url + "/ready", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def call(self, method, path, body=None, key=None):
        request = urllib.request.Request(self.url + "/api/v1" + path, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        if key:
            request.add_header("Idempotency-Key", key)
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(request, data, timeout=10) as answer:
            return json.load(answer)

    def place(self, key):
        return self.call("POST", "/orders", {
            "restaurant_id": self.shop, "type": "TAKEOUT", "channel": "COUNTER",
            "items": [{"menu_item_id": self.items[0], "quantity": 2}],
            "payment": {"method": "LATER"}}, key)

    def status(self, order):
        return self.call("GET", f"/orders/{order['id']}")["status"]

    def close(self):
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(30)
        self.log.close()
        shutil.rmtree(self.base, ignore_errors=True)


class Ears:
    """A loudspeaker that nobody has plugged in, and what comes out of it."""

    def __init__(self, base):
        folder = os.path.join(base, "ears")
        os.mkdir(folder, 0o700)
        pipe = os.path.join(folder, "pulse.sock")
        self.env = {"PULSE_SERVER": "unix:" + pipe, "XDG_RUNTIME_DIR": folder, "HOME": folder}
        self.server = self.recorder = None
        if not (shutil.which("pulseaudio") and shutil.which("parec")):
            return
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
             "--disable-shm=yes", "-L", f"module-native-protocol-unix auth-anonymous=1 socket={pipe}",
             "-L", "module-null-sink sink_name=test", "-L", "module-always-sink"],
            env={**os.environ, **self.env}, **quiet)
        wait_for("the null sink is there", lambda: os.path.exists(pipe))
        self.path = os.path.join(folder, "heard")
        with open(self.path, "wb") as file:
            self.recorder = subprocess.Popen(
                ["parec", "-d", "test.monitor", "--format=s16le", "--rate=8000", "--channels=1"],
                env={**os.environ, **self.env}, stdout=file, stderr=subprocess.DEVNULL)

    def now(self):
        return os.path.getsize(self.path) if self.recorder else 0

    def hears(self, what, since):
        """Waits until something is not silence, from this moment of now() on."""
        def loud():
            with open(self.path, "rb") as file:
                file.seek(since)
                return any(file.read())
        if self.recorder:
            wait_for(f"{what} is heard", loud)

    def close(self):
        for process in (self.recorder, self.server):
            if process:
                process.kill()
                process.wait()


class Screen:
    """The console as assistive technology sees it."""

    def __init__(self, build, shop, ears=None):
        url = shop.url
        env = dict(os.environ, GSETTINGS_SCHEMA_DIR=f"{build}/data", GSETTINGS_BACKEND="memory",
                   LANGUAGE="en", XDG_STATE_HOME=os.path.join(shop.base, "state"),
                   ORDERSYNC_DATA_DIR=shop.data)
        if ears:
            env["PULSE_SERVER"] = ears.env["PULSE_SERVER"]
        self.start = lambda: subprocess.Popen(
            [f"{build}/src/console/ordersync", "--server", url], env=env)
        self.program = self.start()
        self.app = wait_for("the console is on the bus", self.find_app)

    def find_app(self):
        # An X server that has just lost its last client starts anew and may refuse the next.
        if self.program.poll() is not None:
            self.program = self.start()
        for app in pyatspi.Registry.getDesktop(0):
            try:
                if app is not None and app.get_process_id() == self.program.pid:
                    return app
            except Exception:  # an application that is just going away
                continue
        return None

    def walk(self, node):
        try:
            yield node
            for at in range(node.childCount):
                child = node.getChildAtIndex(at)
                if child is not None:
                    yield from self.walk(child)
        except Exception:  # a widget that is just going away
            return

    def words(self, node):
        """The name of a widget, or the words written on it."""
        return " ".join(part.name for part in self.walk(node) if part.name)

    def find_all(self, role, name):
        """The widgets of this role whose name, or what is written on them, holds 'name'."""
        for node in self.walk(self.app):
            try:
                if node.getRoleName() == role and name in self.words(node):
                    yield node
            except Exception:  # a widget that is just going away
                continue

    def find(self, role, name):
        return next(self.find_all(role, name), None)

    def press(self, name):
        button = wait_for(f"a button '{name}'", lambda: self.find("push button", name))
        button.queryAction().doAction(0)

    def press_until(self, name, what, check):
        """Presses the buttons of this name in turn until 'check' is true: the card of an order also
        stands on the board behind another page, where nobody can press it, and a card that moves to
        another column at this moment takes its button along."""
        tried, pressed = 0, 0

        def done():
            nonlocal tried, pressed
            if answer := check():
                return answer
            buttons = list(self.find_all("push button", name))
            if buttons and time.monotonic() > pressed + 3:
                buttons[tried % len(buttons)].queryAction().doAction(0)
                tried, pressed = tried + 1, time.monotonic()
            return None
        return wait_for(what, done)

    def type(self, *words):
        # As slowly as hands: half of it lies between two keys, and what is faster is a scanner.
        subprocess.run(["xdotool", "type", "--delay", "100", *words], check=True)

    def key(self, *names):
        subprocess.run(["xdotool", "key", *names], check=True)

    def close(self):
        self.program.terminate()
        self.program.wait(20)

    def take_focus(self):
        time.sleep(0.5)  # X gives the new window its focus
        window = subprocess.run(["xdotool", "search", "--name", "OrderSync"], capture_output=True,
                                text=True, check=False).stdout.split()
        if window:
            subprocess.run(["xdotool", "windowfocus", window[-1]], check=False)

    def cut_power(self):
        """As when the plug is pulled: nothing is said to the program."""
        time.sleep(0.5)  # a draft is written within 200 ms of the last key
        self.program.kill()
        self.program.wait(20)
        self.program = self.start()
        self.app = wait_for("the console is on the bus again", self.find_app)

    def shows(self, words):
        """Waits until these words are on the screen."""
        def look():
            return any(words in node.name for node in self.walk(self.app) if node.name)
        wait_for(f"the words '{words}'", look)


def sign_in(screen):
    wait_for("the sign-in page", lambda: screen.find("push button", "Sign in"))
    screen.take_focus()
    screen.type(MAIL)
    screen.key("Tab")
    screen.type(PASSWORD)
    screen.key("Return")
    wait_for("the board", lambda: screen.find("push button", "Orders"))


def accept_an_order(shop, screen):
    sign_in(screen)
    order = shop.place("journey-one")
    screen.press_until("Accept for", "the order is accepted",
                       lambda: shop.status(order) == "ACCEPTED")
    print("ok 1 - sign in and accept an order placed by HTTP", flush=True)


def finish_an_order(shop, screen):
    # Else the button found is the one of the order before.
    wait_for("the arrival goes", lambda: screen.find("push button", "Accept for") is None)
    order = shop.place("journey-two")
    card = f"No. {order['number']} "
    screen.press_until("Accept for", "the order is accepted",
                       lambda: shop.status(order) == "ACCEPTED")
    screen.press_until(card + "Takeout Done", "the order is ready",
                       lambda: shop.status(order) == "READY")
    screen.press_until(card + "Takeout Complete", "the order is completed",
                       lambda: shop.status(order) == "COMPLETED")
    print("ok 2 - cook and hand over by the buttons of the card", flush=True)


def orders_of(shop):
    answer = shop.call("GET", "/restaurants/me/orders")
    return answer[next(name for name in ("orders", "items") if name in answer)]


def sell_by_keys(shop, screen):
    known = {order["id"] for order in orders_of(shop)}
    screen.key("F2")
    wait_for("the tiles", lambda: screen.find("push button", "떡볶이"))
    screen.key("Right", "Return", "Down")
    screen.key("2", "Return")
    wait_for("three in the cart", lambda: screen.find("push button", "3 in the cart"))
    screen.key("Escape", "Return")
    sent = wait_for("the order arrives",
                    lambda: [order for order in orders_of(shop) if order["id"] not in known])[0]
    if sent["status"] != "ACCEPTED" or sent["items"][0]["quantity"] != 3:
        raise SystemExit(f"not ok - sent {sent['status']} {sent['items']}")
    screen.press("Take it back")
    wait_for("the order is cancelled", lambda: shop.status(sent) == "CANCELED")
    wait_for("its dishes are in the cart again",
             lambda: screen.find("push button", "3 in the cart"))
    print("ok 3 - sell at the counter by keys and take it back", flush=True)


def answer_a_call(shop, screen):
    phone = "010-2345-6789"
    before = shop.call("POST", "/orders", {
        "restaurant_id": shop.shop, "type": "TAKEOUT", "channel": "PHONE",
        "items": [{"menu_item_id": shop.items[0], "quantity": 2},
                  {"menu_item_id": shop.items[1], "quantity": 4}],
        "customer": {"name": "정하늘", "phone": phone}, "accept": {"ready_in_minutes": 15},
        "payment": {"method": "LATER"}}, "journey-call")
    known = {order["id"] for order in orders_of(shop)}
    screen.key("F5")  # from the board
    wait_for("the board", lambda: screen.find("push button", f"No. {before['number']} "))
    keys = ["F10", "Return", "Return"]
    screen.key(keys[0])
    wait_for("who calls", lambda: screen.find("push button", "On to the dishes"))
    screen.type(phone.replace("-", ""))
    screen.key(keys[1])
    wait_for("the same dishes", lambda: screen.find("push button", "2 in the cart"))
    screen.key(keys[2])
    sent = wait_for("the order arrives",
                    lambda: [order for order in orders_of(shop) if order["id"] not in known])[0]
    check("by phone, and at once", (sent["channel"], sent["status"]) == ("PHONE", "ACCEPTED"))
    check("the same dishes", [(item["menu_item_id"], item["quantity"]) for item in sent["items"]] ==
          [(item["menu_item_id"], item["quantity"]) for item in before["items"]])
    check("no more than five keys", len(keys) <= 5)
    print("ok 4 - take a known guest's order by phone", flush=True)


def menu_file(shop):
    """The café's menu as a Korean cash register saves it, where the console may read it."""
    folder = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(shop.base, "cafe.csv")
    shutil.copy(os.path.join(folder, "../data/menu-cafe-cp949.csv"), path)
    return path


def resume(screen, words):
    """The power is cut; the assistant comes back where it was."""
    screen.shows(words)
    screen.cut_power()
    screen.shows(words)
    screen.take_focus()


def tell_about_the_shop(shop, screen):
    screen.shows("Tell us about your shop")
    screen.take_focus()
    for words in ("Haru", "0200004821", MAIL):
        screen.type(words)
        screen.key("Tab")
    screen.cut_power()
    screen.shows("Tell us about your shop")
    screen.take_focus()
    screen.key("Tab", "Tab", "Tab")  # past what the draft has kept
    screen.type(PASSWORD)
    screen.key("Tab")
    screen.type(PASSWORD)
    screen.key("Return")
    resume(screen, "What is your business number?")
    shop.sign_in()
    screen.type("1248100998")
    screen.key("Return")


def put_the_menu(shop, screen, ears):
    resume(screen, "How do you want to enter your menu?")
    screen.key("Tab", "Tab")
    screen.type(menu_file(shop))
    screen.key("Return")
    screen.press("Add ")
    resume(screen, "Can you hear new orders?")
    before = ears.now()
    screen.press("Play the sound")
    ears.hears("the sound check", before)
    screen.press("I heard it")


def try_the_printer(shop, screen, printer):
    """Added by hand; a slip of it is read, and the power fails in between."""
    resume(screen, "Is there a printer?")
    screen.press("Add a printer")
    screen.shows("Add a printer")
    screen.type("Counter")
    screen.key("Tab")
    screen.type(printer.address)
    screen.key("Return")
    wait_for("the printer", lambda: shop.call("GET", "/restaurants/me/printers")["printers"])
    resume(screen, "Is there a printer?")
    screen.press("Print a test slip")
    screen.shows("Can you read all of it?")
    wait_for("the test on paper", lambda: printer.slips)
    screen.press("Yes, all of it")


def practise(shop, screen, ears, printer):
    resume(screen, "Take a practice order")
    before, slips = ears.now(), len(printer.slips)
    screen.press("Send a practice order")
    wait_for("the practice order arrives", lambda: find_order(shop, "PENDING"))
    ears.hears("the practice order", before)
    order = wait_for("the order is accepted", lambda: accepted(shop, screen))
    wait_for("the practice order is on paper", lambda: len(printer.slips) > slips)
    screen.shows("Done")
    resume(screen, "Take a practice order")
    screen.press_until("Takeout Done", "the order is ready",
                       lambda: shop.status(order) == "READY")
    screen.press_until("Takeout Complete", "the order is completed",
                       lambda: shop.status(order) == "COMPLETED")
    screen.shows("All set.")
    return order


def accepted(shop, screen):
    """By the big button of the arrival; those of the cards begin with the order's number, and some
    stand on the board that is not on screen. Pressed again where the window was only coming up."""
    order = find_order(shop, "ACCEPTED")
    button = None if order else next(
        (node for node in screen.walk(screen.app)
         if node.getRoleName() == "push button" and node.name.startswith("Accept for")), None)
    if button is not None:
        button.queryAction().doAction(0)
        time.sleep(1)
    return order


def find_order(shop, status):
    return next((order for order in orders_of(shop) if order["status"] == status), None)


def first_day(build):
    shop = Shop(build, made=False)
    ears = Ears(shop.base)
    printer = Printer(os.path.join(build, "src/sim/ordersync-sim"))
    try:
        screen = Screen(build, shop, ears)
        try:
            tell_about_the_shop(shop, screen)
            put_the_menu(shop, screen, ears)
            try_the_printer(shop, screen, printer)
            order = practise(shop, screen, ears, printer)
        finally:
            screen.close()
        mine = shop.call("GET", "/restaurants/me")
        check("all steps are done", set(mine["setup"].values()) == {"DONE"})
        check("what was typed is saved", (mine["name"], mine["phone"], mine["business_number"]) ==
              ("Haru", "0200004821", "1248100998"))
        check("the order is marked", shop.call("GET", f"/orders/{order['id']}")["practice"])
    finally:
        printer.close()
        ears.close()
        shop.close()
    print("ok 5 - from an empty folder to a completed practice order, losing power at every step",
          flush=True)


def check(what, holds):
    if not holds:
        raise SystemExit(f"not ok - {what}")


def main():
    build = os.path.abspath(sys.argv[1])
    print("1..5", flush=True)
    shop = Shop(build)
    try:
        screen = Screen(build, shop)
        try:
            accept_an_order(shop, screen)
            finish_an_order(shop, screen)
            sell_by_keys(shop, screen)
            answer_a_call(shop, screen)
        finally:
            screen.close()
    finally:
        shop.close()
    first_day(build)


if __name__ == "__main__":
    main()
