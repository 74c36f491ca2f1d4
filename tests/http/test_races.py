#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""64 clients at one thing at one moment: an order that some accept, some cancel and some pay, the last portion, one
refund. One wins, the others are told 409; no more goes back than was taken, and nothing is promised twice.

ORDERSYNC_RACES=20000 makes a soak of it; 200 rounds else."""

import collections
import http.client
import json
import os
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
ME = "/restaurants/me"
CLIENTS = 64
RACES = int(os.environ.get("ORDERSYNC_RACES", "200"))
# What is allowed to one session in a burst; a race is not about limits, so clients share many.
SESSIONS = 16


class Crowd:
    """Clients with a connection and a session each, who begin at one moment."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.tokens = [daemon.login()["access_token"] for _ in range(SESSIONS)]
        self.start = threading.Barrier(CLIENTS)
        self.own = threading.local()
        self.pool = ThreadPoolExecutor(CLIENTS)
        self.rounds = 0

    def send(self, nth, path, body, headers):
        if not hasattr(self.own, "line"):
            self.own.line = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=30)
            self.own.line.connect()
        sent = {"Authorization": f"Bearer {self.tokens[nth % SESSIONS]}", "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4()), **headers}
        text = json.dumps(body).encode()
        self.start.wait(30)
        self.own.line.request("POST", "/api/v1" + path, text, sent)
        answer = self.own.line.getresponse()
        return answer.status, json.loads(answer.read() or b"null")

    def race(self, asks):
        """(status, answer) of each of @asks (path, body, headers), all sent at once."""
        self.rounds += 1
        assert len(asks) == CLIENTS
        jobs = [self.pool.submit(self.send, nth, *ask) for nth, ask in enumerate(asks)]
        return [job.result() for job in jobs]


def counts(answers):
    return collections.Counter(status for status, _ in answers)


def one_wins(answers, what):
    """The winner's answer; all others were refused as too late."""
    won = [answer for status, answer in answers if status // 100 == 2]
    assert len(won) == 1 and set(counts(answers)) <= {200, 201, 409}, f"{what}: {counts(answers)}"
    return won[0]


@case
def one_order(crowd):
    """Of those who accept, reject, cancel or pay one order one act wins, and one payment unless it was withdrawn"""
    daemon, ends = crowd.daemon, collections.Counter()
    first = {"If-Match": '"1"'}
    for turn in range(RACES * 2 // 5):
        order = daemon.place()
        path, total = f"{ME}/orders/{order['id']}", order["total_amount"]
        kinds = [(path + "/accept", {"ready_in_minutes": 10}, first), (path + "/cancel", {"reason": "손님"}, first),
                 (path + "/reject", {"reason": "마감"}, first),
                 ("/payments", {"check_id": order["check_id"], "method": "CASH", "amount": total}, {})]
        order_of = turn % 4
        answers = crowd.race([kinds[(nth + order_of) % 4] for nth in range(CLIENTS)])
        acts = [answer for nth, answer in enumerate(answers) if (nth + order_of) % 4 != 3]
        pays = [answer for nth, answer in enumerate(answers) if (nth + order_of) % 4 == 3]
        won = one_wins(acts, "acts")
        equal(won["version"], 2)
        withdrawn = won["status"] in ("CANCELED", "REJECTED")
        paid = [answer for status, answer in pays if status == 201]
        assert set(counts(pays)) <= {201, 409} and len(paid) <= 1 and (withdrawn or len(paid) == 1), counts(pays)
        ends[won["status"], len(paid)] += 1
        if withdrawn and paid:  # it goes back, though a person has to hand it over
            wait_for("the refund", lambda one=paid[0]: sum(
                refund["amount"] for refund in daemon.call("GET", f"/payments/{one['id']}")["refunds"]) == total)
    print(f"# {dict(ends)}")


@case
def the_last_portion(crowd):
    """Of those who want the last portion one has it; the others are told that it is sold out"""
    daemon, rounds = crowd.daemon, RACES * 3 // 10
    category = daemon.menu()["categories"][0]["id"]
    items = [str(uuid.uuid4()) for _ in range(rounds)]
    daemon.call("POST", f"{ME}/menu/changes", {"changes": [
        {"kind": "item", "id": item, "entry": {"category_id": category, "name": f"한정 {nth}", "price": 5000}}
        for nth, item in enumerate(items)]})
    for nth, item in enumerate(items):
        made = daemon.call("POST", f"{ME}/ingredients", {"name": f"한정 {nth}", "unit": "PIECE", "block": True})
        daemon.call("PUT", f"{ME}/menu/items/{item}/recipe", {"lines": [{"ingredient_id": made["id"], "quantity": 1000}]})
        daemon.call("POST", f"{ME}/ingredients/{made['id']}/movements", {"kind": "RECEIVE", "quantity": 1000 + nth % 1000},
                    key=str(uuid.uuid4()))
    wait_for("all of them", lambda: sum(item["id"] in items and not item["sold_out"] for category
                                        in daemon.menu()["categories"] for item in category["items"]) == rounds)
    for item in items:
        body = daemon.order_body([{"menu_item_id": item, "quantity": 1}])
        answers = crowd.race([("/orders", body, {})] * CLIENTS)
        one_wins(answers, "portions")
        equal({answer["code"] for status, answer in answers if status == 409}, {"SOLD_OUT"})
    held = daemon.call("GET", f"{ME}/ingredients")["ingredients"]
    equal({one["reserved"] for one in held if one["name"].startswith("한정")}, {1000})


@case
def one_refund(crowd):
    """Of refunds of all of it one is done; of parts as many as fit, to the won"""
    daemon = crowd.daemon
    for turn in range(RACES - crowd.rounds):
        order = daemon.place(daemon.order_body([{"menu_item_id": daemon.plain_item()["id"], "quantity": 3}]))
        total = order["total_amount"]
        payment = daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": "CASH", "amount": total},
                              key=str(uuid.uuid4()))
        amount = total if turn % 2 else total // 4 + 1
        answers = crowd.race([(f"/payments/{payment['id']}/refunds", {"amount": amount, "reason": "손님"}, {})] * CLIENTS)
        equal(counts(answers), {201: total // amount, 409: CLIENTS - total // amount})
        after = daemon.call("GET", f"/payments/{payment['id']}")
        equal((after["refunded_amount"], sum(one["amount"] for one in after["refunds"])),
              (total // amount * amount,) * 2)


@case
def sound(crowd):
    """So many races, and nothing is wrong with the data"""
    print(f"# {crowd.rounds} rounds of {CLIENTS} clients")
    equal(crowd.rounds, RACES)
    done = crowd.daemon.ctl("check", check=False)
    equal((done.returncode, done.stdout, done.stderr), (0, "", ""))


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        return run(Crowd(daemon))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
