# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A shop that is about to have a bad day: the real daemon, the strict payment service and riders' agency with
faults, and the journal of everything that was acknowledged."""

import collections
import http.client
import json
import os
import random
import sys
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_rider import KEY, VENDOR, Rider  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402

ME = "/restaurants/me"
MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
METHODS = ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"]
SETUP = {"methods": METHODS, "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}}
OPEN = "PENDING,ACCEPTED,PREPARING,READY,DELIVERING"
RANK = {"PENDING_PAYMENT": 0, "PENDING": 1, "ACCEPTED": 2, "PREPARING": 3, "READY": 4, "DELIVERING": 5, "COMPLETED": 6}
CLOSED = ("CANCELED", "REJECTED", "EXPIRED")
TAKEN = ("PAID", "PARTIALLY_REFUNDED", "REFUNDED")
IN_AIR = ("REQUESTED", "SUBMITTED", "UNKNOWN")
GIVE_UP = 300  # seconds without an answer: nobody waits for ever
MANY = 1_000_000
SCARCE = 25  # portions of what runs out
# What a dying server does to who talks with it.
AWAY = (OSError, EOFError, json.JSONDecodeError, http.client.HTTPException)

# op, kind, how many of a hundred calls, more
FAULTS = (
    ("confirm", "drop-before", 5, {}), ("confirm", "drop-after", 8, {}), ("confirm", "error-before", 4, {}),
    ("confirm", "error-after", 6, {}), ("confirm", "error-after", 3, {"code": "PROVIDER_ERROR"}),
    ("confirm", "error-before", 3, {"code": "TOO_MANY_REQUESTS"}), ("confirm", "delay", 12, {"ms": 400}),
    ("confirm", "hold-before", 2, {}), ("confirm", "hold-after", 4, {}),
    ("confirm", "decline", 4, {"code": "REJECT_CARD_COMPANY"}),
    ("cancel", "drop-before", 5, {}), ("cancel", "drop-after", 8, {}), ("cancel", "error-before", 5, {}),
    ("cancel", "error-after", 8, {}), ("cancel", "delay", 10, {"ms": 400}), ("cancel", "hold-after", 4, {}),
    ("order", "drop-before", 6, {}), ("order", "error-before", 6, {}), ("order", "hold-before", 2, {}),
    ("webhook", "never", 15, {}), ("webhook", "duplicate", 25, {}), ("webhook", "late", 15, {"ms": 1500}),
    ("webhook", "early", 15, {}))


class House:
    """The shop, what its people were told, and how patient they are."""

    def __init__(self, build_dir, seed, program=None):
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.stopping = threading.Event()  # no new guests
        self.closing = threading.Event()  # the staff goes home too
        self.faults = []  # sentences: what must not have happened
        self.orders = {}  # id → {key, body, answer, anonymous, status: last that was acknowledged}
        self.payments = {}  # id → {amount, method, paid: acknowledged as paid, order}
        self.refunds = {}  # key → {payment, amount} acknowledged
        self.counts = collections.Counter()
        sim = os.path.join(build_dir, "src", "sim", "ordersync-sim")
        self.toss, self.riders = Toss(sim), Rider(sim, pace=0.3)
        limits = [word for name in ("staff", "order", "read", "renew", "socket", "sign-in")
                  for word in (f"--limit-{name}", "1000000")]
        self.daemon = Daemon(build_dir, extra=[
            *self.toss.daemon_options(), "--toss-timeout-ms", "1500", "--toss-retry-ms", "200",
            "--kakao-base-url", self.riders.url, *limits])
        if program:
            plain = self.daemon.program
            self.daemon.program = lambda name: program if name == "ordersyncd" else plain(name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.closing.set()
        for part in (self.daemon, self.riders, self.toss):
            part.close()

    def open(self):
        daemon = self.daemon
        daemon.setup(MENU)
        daemon.start(timeout=120)
        daemon.login()
        daemon.call("PATCH", ME, {"guest_orders": True})
        daemon.call("PUT", ME + "/payment-setup", SETUP)
        daemon.call("PUT", ME + "/delivery-setup", {
            "agency": {"vendor": VENDOR, "key": KEY},
            "pickup": {"name": "소담분식", "phone": "02-123-4567", "address": "서울 강남구 역삼로 5"}})
        self.toss.sim("webhooks", {"url": f"http://127.0.0.1:{daemon.port}/api/v1/webhooks/toss", "speed": 600})
        self.items = [item for category in daemon.menu()["categories"] for item in category["items"]
                      if all(group["min"] == 0 for group in item["option_groups"])]
        self.cake = daemon.call("POST", f"{ME}/ingredients", {"name": "떡", "unit": "G", "track": True, "block": True})
        self.receive(SCARCE)
        self.write_recipe()

    def receive(self, portions):
        """Of what runs out, so that orders that are paid find nothing left."""
        self.ask("POST", f"{ME}/ingredients/{self.cake['id']}/movements",
                 {"kind": "RECEIVE", "quantity": portions * 1000}, key=str(uuid.uuid4()))

    def write_recipe(self):
        self.attempt("PUT", f"{ME}/menu/items/{self.items[0]['id']}/recipe",
                     {"lines": [{"ingredient_id": self.cake["id"], "quantity": 1000}], "options": []})

    # ---- faults of the payment service ----

    def break_service(self):
        rules = [{"op": op, "kind": kind, "times": MANY, "chance": chance, **more} for op, kind, chance, more in FAULTS]
        self.toss.faults(*rules, seed=self.random.randrange(1 << 31))

    def mend_service(self):
        """Returns how many faults struck."""
        struck = len(FAULTS) * MANY - self.toss.state()["faults_left"]
        self.toss.faults()
        return struck

    def kill(self):
        """The daemon must have lived until now."""
        code = self.daemon.process.poll()
        if code is not None:
            self.fault(f"the daemon ended by itself with {code}")
        self.daemon.kill()

    # ---- patience ----

    def insist(self, call, *args, **kwargs):
        """Asks until somebody answers; raises what is final."""
        deadline = time.monotonic() + GIVE_UP
        pause = 0.02
        while True:
            try:
                return call(*args, **kwargs)
            except Refused as refused:
                if refused.status == 401 and kwargs.get("anonymous") is not True:
                    self.sign_in()
                elif refused.status not in (429, 503, 504) and refused.code != "IN_PROGRESS":
                    raise
            except AWAY:
                pass
            if time.monotonic() > deadline:
                raise AssertionError(f"no answer for {GIVE_UP} s: {args}")
            with self.lock:
                self.counts["retries"] += 1
                wait = self.random.uniform(pause / 2, pause)
            time.sleep(wait)
            pause = min(pause * 1.6, 0.4)

    def sign_in(self):
        try:
            self.daemon.login()
        except (Refused, *AWAY):
            pass

    def ask(self, method, path, body=None, key=None, **more):
        return self.insist(self.daemon.call, method, path, body, key=key, **more)

    def attempt(self, method, path, body=None, absent=False, **more):
        """The answer, or None when it is not possible (any more): an act that was done before is one, too."""
        try:
            return self.ask(method, path, body, **more)
        except Refused as refused:
            if refused.status != 409 and not (absent and refused.status == 404):
                raise
            return None

    def chance(self, percent):
        with self.lock:
            return self.random.random() * 100 < percent

    def pick(self, choices):
        with self.lock:
            return self.random.choice(choices)

    # ---- what is acknowledged goes into the journal ----

    def note_order(self, key, body, answer, anonymous):
        with self.lock:
            self.orders[answer["id"]] = {"key": key, "body": body, "answer": answer, "anonymous": anonymous,
                                         "status": answer["status"]}
            self.counts["orders"] += 1

    def note_status(self, order):
        """Staff saw this answer. Two of them may see theirs in any order: the farther one counts."""
        with self.lock:
            known = self.orders.get(order["id"], {"status": "COMPLETED"})  # its 201 may still be on its way
            if order["status"] in CLOSED or RANK.get(known["status"], 9) < RANK.get(order["status"], -1):
                known["status"] = order["status"]

    def note_payment(self, payment, order=None):
        with self.lock:
            known = self.payments.setdefault(payment["id"], {
                "amount": payment["amount"], "method": payment["method"], "paid": False, "order": order})
            if payment["status"] in TAKEN and not known["paid"]:
                known["paid"] = True
                self.counts["payments"] += 1

    def paid(self):
        with self.lock:
            return [payment_id for payment_id, payment in self.payments.items() if payment["paid"]]

    # ---- acts ----

    def act(self, order_id, verb, body=None):
        answer = self.attempt("POST", f"{ME}/orders/{order_id}/{verb}", body)
        if answer is not None:
            self.counts["acts"] += 1
            self.note_status(answer)
        return answer

    def order(self, order_id):
        return self.ask("GET", f"/orders/{order_id}")

    def page_through(self, path, member):
        found, cursor = [], ""
        while cursor is not None:
            page = self.ask("GET", f"{path}{'&' if '?' in path else '?'}limit=100" + (cursor and "&cursor=" + cursor))
            found += page[member]
            cursor = page["next_cursor"]
        return found

    def fault(self, sentence):
        with self.lock:
            self.faults.append(sentence)
