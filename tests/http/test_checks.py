#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Checks over HTTP: rounds, adjustments, service, the split, history, and random sequences of them
beside a model: 500 acts, or as many as ORDERSYNC_CASES says; ORDERSYNC_SEED repeats a run."""

import concurrent.futures
import json
import os
import random
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_check_model import still, total  # noqa: E402
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CHECKS = "/restaurants/me/checks"
CASES = int(os.environ.get("ORDERSYNC_CASES", "500"))
SEED = int(os.environ.get("ORDERSYNC_SEED", random.randrange(1 << 30)))


def number(daemon, query):
    return int(daemon.sql(query).splitlines()[2])


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def dine_in(daemon, table=None, quantity=2, **more):
    line = {"menu_item_id": daemon.plain_item()["id"], "quantity": quantity, **more.pop("line", {})}
    body = daemon.order_body([line], type="DINE_IN", accept={"ready_in_minutes": 10}, **more)
    if table:
        body["table_id"] = table
    return daemon.place(body)


def get(daemon, check_id):
    return daemon.call("GET", f"{CHECKS}/{check_id}")


def adjust(daemon, check_id, kind, key=None, **more):
    return daemon.call("POST", f"{CHECKS}/{check_id}/adjustments", {"kind": kind, "reason": "손님 요청", **more},
                       key=key or str(uuid.uuid4()))


def withdraw(daemon, check, adjustment):
    return daemon.call("POST", f"{CHECKS}/{check['id']}/adjustments/{adjustment['id']}/withdraw")


def split(daemon, check, parts, version=None):
    return daemon.call("PUT", f"{CHECKS}/{check['id']}/parts", {"parts": parts},
                       headers={"If-Match": f'"{version}"'} if version else None)


@case
def rounds(daemon):
    """Orders at a table join its check; a named check goes before; one that is not open refuses its order alone."""
    table = str(uuid.uuid4())
    first = dine_in(daemon, table, line={"course": 2, "seat": 3})
    equal((first["items"][0]["course"], first["items"][0]["seat"]), (2, 3))
    second = dine_in(daemon, table)
    named = daemon.place(daemon.order_body(check_id=first["check_id"]))
    equal({second["check_id"], named["check_id"]}, {first["check_id"]})
    check = get(daemon, first["check_id"])
    equal([order["number"] for order in check["orders"]], [first["number"], second["number"], named["number"]])
    equal(check["totals"]["total"], sum(order["total_amount"] for order in (first, second, named)))
    equal(check["table_id"], table)
    equal((check["lines"][0]["course"], check["lines"][0]["seat"]), (2, 3))
    equal(refused(daemon.place, daemon.order_body(check_id=str(uuid.uuid4()))).code, "CHECK_CLOSED")
    equal(refused(daemon.place, daemon.order_body(check_id=first["check_id"], practice=True)).status, 400)
    guest = daemon.order_body(type="DINE_IN", channel="QR", table_id=table)
    equal(daemon.place(guest, anonymous=True)["check_id"], first["check_id"])
    equal(refused(daemon.place, dict(guest, check_id=first["check_id"]), anonymous=True).code, "STAFF_ONLY")


@case
def replays(daemon):
    """A round placed again is the same to the byte, also after its check was closed."""
    check_id = dine_in(daemon)["check_id"]
    key, body = str(uuid.uuid4()), json.dumps(daemon.order_body(check_id=check_id))
    headers = {"Idempotency-Key": key, "Content-Type": "application/json", "Authorization": f"Bearer {daemon.token}"}
    status, _, first = daemon.raw("POST", "/api/v1/orders", body, headers)
    equal(status, 201)
    order = json.loads(first)
    adjust(daemon, check_id, "VOID", line_id=order["items"][0]["line_id"], quantity=1)
    for one in get(daemon, check_id)["orders"]:
        daemon.act(one["order_id"], "cancel", {"reason": "손님 변심"})
    equal(get(daemon, check_id)["status"], "VOIDED")
    status, _, again = daemon.raw("POST", "/api/v1/orders", body, headers)
    equal((status, again), (201, first))
    equal(refused(daemon.place, daemon.order_body(check_id=check_id)).code, "CHECK_CLOSED")


@case
def adjustments(daemon):
    """Void, comp and discount, with their reasons and names; taking them back is the exact state of before."""
    order = dine_in(daemon, quantity=3)
    line, price = order["items"][0]["line_id"], order["items"][0]["unit_price"]
    before = get(daemon, order["check_id"])
    check = adjust(daemon, order["check_id"], "VOID", line_id=line, quantity=1)
    equal(check["totals"]["total"], 2 * price)
    check = adjust(daemon, order["check_id"], "COMP", line_id=line, quantity=1)
    check = adjust(daemon, order["check_id"], "DISCOUNT", line_id=line, percent=10)
    check = adjust(daemon, order["check_id"], "DISCOUNT", amount=100)
    equal([a["amount"] for a in check["adjustments"]], [price, price, price // 10, 100])
    equal(check["adjustments"][0]["reason"], "손님 요청")
    equal(check["totals"]["total"], price - price // 10 - 100)
    equal(daemon.call("GET", f"/orders/{order['id']}")["adjusted_amount"], 2 * price + price // 10)
    for adjustment in check["adjustments"]:
        check = withdraw(daemon, check, adjustment)
    equal(still(check), still(before))
    equal(withdraw(daemon, check, check["adjustments"][0])["version"], check["version"], "taken back twice")
    steps = daemon.call("GET", f"/restaurants/me/orders/{order['id']}/timeline")["steps"]
    equal([step["act"] for step in steps][2:], ["adjust", "adjust", "adjust", "unadjust", "unadjust", "unadjust"])


@case
def limits(daemon):
    """No more is taken off than there is; the same key is one act; strangers' lines are not found."""
    order = dine_in(daemon)
    line = order["items"][0]["line_id"]
    check_id = order["check_id"]
    equal(refused(adjust, daemon, check_id, "VOID", line_id=line, quantity=3).status, 400)
    equal(refused(adjust, daemon, check_id, "DISCOUNT", line_id=line, amount=order["total_amount"] + 1).status, 400)
    equal(refused(adjust, daemon, check_id, "DISCOUNT", amount=order["total_amount"] + 1).status, 400)
    equal(refused(adjust, daemon, check_id, "VOID", quantity=1).status, 400)
    equal(refused(adjust, daemon, check_id, "DISCOUNT", percent=5, amount=5).status, 400)
    equal(refused(adjust, daemon, check_id, "COMP", line_id=str(uuid.uuid4()), quantity=1).status, 404)
    equal(refused(get, daemon, str(uuid.uuid4())).status, 404)
    equal(refused(withdraw, daemon, {"id": check_id}, {"id": str(uuid.uuid4())}).status, 404)
    key = str(uuid.uuid4())
    first = adjust(daemon, check_id, "DISCOUNT", key, percent=60)
    equal(adjust(daemon, check_id, "DISCOUNT", key, percent=60), first)
    equal(refused(adjust, daemon, check_id, "DISCOUNT", key, percent=61).code, "IDEMPOTENCY_KEY_REUSED")
    equal(refused(adjust, daemon, check_id, "DISCOUNT", percent=60).status, 400)
    free = adjust(daemon, check_id, "COMP")
    equal(free["totals"]["total"], 0)
    equal(refused(adjust, daemon, check_id, "COMP").status, 409)


@case
def given_free(daemon):
    """Nobody pays for what is free: its check is over, its table takes new guests, and the way back is open till then."""
    table = str(uuid.uuid4())
    order = dine_in(daemon, table, quantity=2)
    line = order["items"][0]["line_id"]
    check = adjust(daemon, order["check_id"], "VOID", line_id=line, quantity=2)
    equal(check["status"], "OPEN", "struck: nothing was sold yet")
    check = withdraw(daemon, check, check["adjustments"][0])
    adjust(daemon, check["id"], "VOID", line_id=line, quantity=1)
    check = adjust(daemon, check["id"], "COMP", line_id=line, quantity=1)
    equal((check["status"], check["totals"]["owed"]), ("SETTLED", 0))
    check = withdraw(daemon, check, check["adjustments"][-1])
    equal((check["status"], check["totals"]["owed"]), ("OPEN", order["total_amount"] // 2))
    check = adjust(daemon, check["id"], "COMP")
    equal(check["status"], "SETTLED")
    comp = check["adjustments"][-1]
    again = withdraw(daemon, check, comp)
    equal(again["status"], "OPEN")
    equal(withdraw(daemon, again, comp)["status"], "OPEN", "taken back twice")
    check = adjust(daemon, check["id"], "COMP")
    following = dine_in(daemon, table)
    assert following["check_id"] != check["id"], "the next guests sit on a free check"
    equal(refused(withdraw, daemon, check, check["adjustments"][-1]).status, 409)


@case
def canceled(daemon):
    """A canceled order takes its adjustments along: nothing is taken off twice."""
    table = str(uuid.uuid4())
    first, second = dine_in(daemon, table), dine_in(daemon, table)
    check = adjust(daemon, first["check_id"], "VOID", line_id=first["items"][0]["line_id"], quantity=1)
    daemon.act(first["id"], "cancel", {"reason": "손님 변심"})
    equal(refused(withdraw, daemon, check, check["adjustments"][0]).status, 404)
    check = get(daemon, first["check_id"])
    equal(check["totals"]["total"], second["total_amount"])
    equal((check["status"], len(check["lines"]), check["adjustments"]), ("OPEN", 1, []))


@case
def service(daemon):
    """The service charge is of what is left, rounds that come later included."""
    order = dine_in(daemon, quantity=3)
    check = daemon.call("PUT", f"{CHECKS}/{order['check_id']}/service-charge", {"percent": 10})
    equal(check["service_charge"], {"percent": 10, "amount": order["total_amount"] // 10})
    daemon.place(daemon.order_body(check_id=order["check_id"]))
    check = get(daemon, order["check_id"])
    equal(check["service_charge"]["amount"], check["totals"]["orders"] // 10)
    equal(check["totals"]["supply"] + check["totals"]["vat"] + check["totals"]["tax_free"], check["totals"]["total"])
    equal(refused(daemon.call, "PUT", f"{CHECKS}/{order['check_id']}/service-charge", {"percent": 31}).status, 400)


@case
def splits(daemon):
    """Mixed parts and the rest are the total to the won; what is paid stays; a stale screen is refused."""
    order = dine_in(daemon, quantity=1, line={"seat": 2})
    more = daemon.place(daemon.order_body(check_id=order["check_id"]))
    check = get(daemon, order["check_id"])
    other = more["items"][0]["line_id"]
    check = split(daemon, check, [
        {"kind": "ITEM", "name": "민수", "lines": [{"line_id": other, "numerator": 1, "denominator": 3}]},
        {"kind": "SEAT", "seat": 2}, {"kind": "AMOUNT", "amount": 700}, {"kind": "EQUAL"}, {"kind": "EQUAL"}])
    equal([part["amount"] for part in check["parts"]][:3], [more["total_amount"] // 3, order["total_amount"], 700])
    equal(sum(part["amount"] for part in check["parts"]), check["totals"]["total"])
    equal((check["rest"], check["parts"][0]["name"]), (0, "민수"))
    equal(refused(split, daemon, check, [], check["version"] - 1).code, "VERSION_CONFLICT")
    equal(refused(split, daemon, check, [{"kind": "EQUAL", "seat": 1}]).status, 400)
    over = {"kind": "ITEM", "lines": [{"line_id": other, "numerator": 2, "denominator": 3}]}
    equal(refused(split, daemon, check, [over, over]).status, 400)

    paid = check["parts"][0]
    pay(daemon, check, paid["amount"], paid)
    check = get(daemon, check["id"])
    equal(refused(split, daemon, check, []).code, "STATE_CONFLICT")
    check = split(daemon, check, [{"id": paid["id"], "kind": "AMOUNT", "amount": 1}, {"kind": "EQUAL"}])
    equal([(part["kind"], part["paid"]) for part in check["parts"]], [("ITEM", paid["amount"]), ("EQUAL", 0)])
    daemon.place(daemon.order_body(check_id=order["check_id"]))
    check = get(daemon, check["id"])
    equal(check["parts"][0]["amount"], paid["amount"])
    equal(sum(part["amount"] for part in check["parts"]) + check["rest"], check["totals"]["total"])


def pay(daemon, check, amount, part=None, **more):
    body = {"check_id": check["id"], "method": "CASH", "amount": amount, **more}
    if part:
        body["part_id"] = part["id"]
    return daemon.call("POST", "/payments", body, key=str(uuid.uuid4()))


def agree(check):
    """What is owed of the check and what is owed of its parts are one and the same."""
    totals = check["totals"]
    equal(totals["owed"], totals["total"] - totals["tenders"] + totals["refunds"])
    equal(sum(part["amount"] for part in check["parts"]) + check["rest"], totals["total"])
    equal(sum(part["owed"] for part in check["parts"]) + check["rest"], totals["owed"])
    for part in check["parts"]:
        equal(part["owed"], part["amount"] - part["paid"])


@case
def parts_are_paid(daemon):
    """Three pay: each part shows what is paid on it, what is paid is fixed, and check and parts agree all the way."""
    items = [{"menu_item_id": daemon.plain_item()["id"], "quantity": n} for n in (1, 2)]
    order = daemon.place(daemon.order_body(items, type="DINE_IN", accept={"ready_in_minutes": 10}))
    one, two = (line["line_id"] for line in order["items"])
    check = get(daemon, order["check_id"])
    check = daemon.call("PUT", f"{CHECKS}/{check['id']}/service-charge", {"percent": 10})
    check = split(daemon, check, [{"kind": "ITEM", "lines": [{"line_id": one, "numerator": 1, "denominator": 1}]},
                                  {"kind": "EQUAL"}, {"kind": "EQUAL"}])
    agree(check)
    first = check["parts"][0]
    equal(refused(pay, daemon, check, first["amount"] + 1, first).status // 100, 4, "more than the part")
    pay(daemon, check, first["amount"], first, received=100000)
    check = get(daemon, check["id"])
    agree(check)
    equal([part["paid"] for part in check["parts"]], [first["amount"], 0, 0])
    equal((check["parts"][0]["owed"], check["totals"]["tenders"]), (0, first["amount"]))
    # What is paid is fixed, whatever is asked for; the rest may be split anew.
    equal(refused(split, daemon, check, [{"kind": "EQUAL"}]).code, "STATE_CONFLICT")
    kept = {"id": first["id"], "kind": "AMOUNT", "amount": 1}
    check = split(daemon, check, [kept, {"kind": "AMOUNT", "amount": 1000}, {"kind": "EQUAL"}, {"kind": "EQUAL"}])
    agree(check)
    equal((check["parts"][0]["kind"], check["parts"][0]["amount"]), ("ITEM", first["amount"]))
    for kind, more in (("VOID", {"line_id": one, "quantity": 1}), ("COMP", {"line_id": one, "quantity": 1}),
                       ("DISCOUNT", {"line_id": one, "percent": 10}), ("COMP", {})):
        equal(refused(adjust, daemon, check["id"], kind, **more).code, "STATE_CONFLICT", kind)
    equal(get(daemon, check["id"])["totals"], check["totals"], "what was refused changed nothing")
    # What is not paid may change; the open parts bear it.
    agree(adjust(daemon, check["id"], "DISCOUNT", line_id=two, percent=50))
    while (check := get(daemon, check["id"]))["totals"]["owed"] > 0:
        part = next(part for part in check["parts"] if part["owed"] > 0)
        pay(daemon, check, max(1, part["owed"] // 2), part)
        agree(get(daemon, check["id"]))
    equal((check["status"], check["rest"], [part["owed"] for part in check["parts"]]), ("SETTLED", 0, [0, 0, 0, 0]))
    equal(refused(adjust, daemon, check["id"], "VOID", line_id=two, quantity=1).code, "STATE_CONFLICT")
    equal(refused(split, daemon, check, []).code, "STATE_CONFLICT")


@case
def languages(daemon):
    """A receipt is in the language of its printer, its dishes too, as the menu calls them there."""
    check = dine_in(daemon)["check_id"]
    item = next(i for c in daemon.call("GET", "/restaurants/me/menu")["categories"] for i in c["items"]
                if i["id"] == daemon.plain_item()["id"])
    english = item["names"]["en"]
    printer = daemon.call("POST", "/restaurants/me/printers",
                          {"name": "말", "transport": "SYSTEM", "address": "desk", "purposes": ["RECEIPT"]})
    path = f"/restaurants/me/printers/{printer['id']}"

    def printed(language):
        daemon.call("PATCH", path, {"language": language})
        daemon.call("POST", f"{CHECKS}/{check}/receipt", {}, key=str(uuid.uuid4()))
        slip = daemon.call("POST", f"{path}/claim")
        daemon.call("POST", f"/restaurants/me/print-jobs/{slip['job']['id']}/outcome", {"printed": True})
        return json.dumps(slip["slip"], ensure_ascii=False)

    paper = printed("en")
    assert "Receipt" in paper and english in paper and item["names"]["ko"] not in paper, paper
    paper = printed("ko")
    assert "영수증" in paper and item["names"]["ko"] in paper and english not in paper, paper
    daemon.call("DELETE", path)


@case
def paper(daemon):
    """Bill and receipt; a printed bill is remembered."""
    check = get(daemon, dine_in(daemon)["check_id"])
    assert "bill_printed_at" not in check
    daemon.call("POST", "/restaurants/me/printers", {"name": "종이", "transport": "NONE", "purposes": ["BILL", "RECEIPT"]})

    def show(what, body, key=None):
        return daemon.call("POST", f"{CHECKS}/{check['id']}/{what}", body, key=key or str(uuid.uuid4()))

    def slips():
        return number(daemon, f"SELECT count(*) FROM print_job WHERE subject_id = '{check['id']}'")

    key = str(uuid.uuid4())
    check = show("print", {}, key)
    assert check["bill_printed_at"]
    equal((show("print", {}, key)["version"], slips()), (check["version"], 1), "asked for again: not printed again")
    equal(refused(show, "print", {"part_id": str(uuid.uuid4())}, key).code, "IDEMPOTENCY_KEY_REUSED")
    equal(refused(daemon.call, "POST", f"{CHECKS}/{check['id']}/print", {}).status, 400, "without a key")
    check = split(daemon, check, [{"kind": "EQUAL"}, {"kind": "EQUAL"}])
    show("print", {"part_id": check["parts"][1]["id"]})
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(show, "receipt", {}, key) for _ in range(4)]:
            done.result()
    equal(slips(), 3, "one tap that the network repeats is one receipt")
    equal(refused(show, "print", {"part_id": str(uuid.uuid4())}).status, 404)


@case
def history(daemon):
    """The checks of a day, page by page, each once."""
    day = get(daemon, dine_in(daemon)["check_id"])["business_day"]
    seen, cursor = [], ""
    while cursor is not None:
        page = daemon.call("GET", f"{CHECKS}?day={day}&limit=3" + (f"&cursor={cursor}" if cursor else ""))
        seen += [check["id"] for check in page["checks"]]
        cursor = page["next_cursor"]
    equal(len(seen), len(set(seen)))
    equal(len(seen), number(daemon, "SELECT count(*) FROM guest_check"))
    order = dine_in(daemon)
    found = daemon.call("GET", f"{CHECKS}?q={order['number']}&status=OPEN")["checks"]
    equal([check["id"] for check in found], [order["check_id"]])
    for bad in ("day=2026-13-01", "status=GONE", "q=x", "cursor=x", "table_id=1", "limit=51", "who=1"):
        equal(refused(daemon.call, "GET", f"{CHECKS}?{bad}").status, 400, bad)


@case
def told(daemon):
    """check.changed carries the check as it stands."""
    order = dine_in(daemon)
    adjust(daemon, order["check_id"], "DISCOUNT", percent=10)
    deadline = time.monotonic() + 10
    while True:
        events = daemon.call("GET", "/restaurants/me/feed?limit=500")["events"]
        mine = [event for event in events if event["aggregate_id"] == order["check_id"]]
        if mine:
            break
        assert time.monotonic() < deadline, "check.changed never came"
        time.sleep(0.02)
    equal(mine[0]["type"], "check.changed")
    equal(still(mine[0]["check"]), still(get(daemon, order["check_id"])))


# ---- random sequences ----

class Sequence:
    """One check and what the model knows of it."""

    def __init__(self, daemon, rng):
        self.daemon, self.rng = daemon, rng
        self.lines, self.holds, self.service = [], [], 0
        order = dine_in(daemon, quantity=rng.randint(1, 5))
        self.id, self.lines = order["check_id"], order["items"]

    def left(self, line):
        return line["quantity"] - sum(a.get("quantity", 0) for a in self.holds if a.get("line_id") == line["line_id"])

    def is_over(self):
        """Something was sold, and all that was is free."""
        struck = sum(a["quantity"] for a in self.holds if a.get("kind") == "VOID")
        return sum(line["quantity"] for line in self.lines) > struck and not total(self.lines, self.holds, self.service)

    def add_round(self):
        order = self.daemon.place(self.daemon.order_body(
            [{"menu_item_id": self.daemon.plain_item()["id"], "quantity": self.rng.randint(1, 5)}], check_id=self.id))
        self.lines = self.lines + order["items"]

    def take_off(self, kind, model, **more):
        before = get(self.daemon, self.id)
        try:
            check = adjust(self.daemon, self.id, kind, **more)
        except Refused as refusal:
            equal(refusal.status, 400)
            equal(get(self.daemon, self.id), before, "refused and yet changed")
            return
        made = {a["id"] for a in check["adjustments"]} - {a["id"] for a in before["adjustments"]}
        self.holds.append(dict(model, id=made.pop()))

    def void(self):
        line = self.rng.choice(self.lines)
        some, kind = {"line_id": line["line_id"], "quantity": self.rng.randint(1, 5)}, self.rng.choice(("VOID", "COMP"))
        self.take_off(kind, dict(some, kind=kind), **some)

    def discount(self):
        of = {} if self.rng.random() < 0.5 else {"line_id": self.rng.choice(self.lines)["line_id"]}
        if self.rng.random() < 0.5:
            percent = self.rng.randint(1, 60)
            self.take_off("DISCOUNT", dict(of, percent=percent), percent=percent, **of)
        else:
            won = self.rng.randint(1, 4000)
            self.take_off("DISCOUNT", dict(of, won=won), amount=won, **of)

    def undo(self):
        if self.holds:
            gone = self.holds.pop(self.rng.randrange(len(self.holds)))
            withdraw(self.daemon, {"id": self.id}, gone)

    def do_and_undo(self):
        before = get(self.daemon, self.id)
        count = len(self.holds)
        self.rng.choice((self.void, self.discount))()
        if len(self.holds) > count:
            withdraw(self.daemon, before, self.holds.pop())
        equal(still(get(self.daemon, self.id)), still(before), "undone")

    def charge(self):
        self.service = self.rng.choice((0, 5, 10))
        self.daemon.call("PUT", f"{CHECKS}/{self.id}/service-charge", {"percent": self.service})

    def split(self):
        parts = [{"kind": self.rng.choice(("EQUAL", "EQUAL", "AMOUNT"))} for _ in range(self.rng.randint(0, 4))]
        for part in parts:
            if part["kind"] == "AMOUNT":
                part["amount"] = self.rng.randint(1, 9000)
        line = self.rng.choice(self.lines)
        parts.append({"kind": "ITEM", "lines": [{"line_id": line["line_id"], "numerator": 1,
                                                 "denominator": self.rng.randint(1, 7)}]})
        split(self.daemon, {"id": self.id}, parts)

    def agrees(self):
        check = get(self.daemon, self.id)
        equal(check["totals"]["total"], total(self.lines, self.holds, self.service), f"{self.lines} {self.holds}")
        equal(sum(part["amount"] for part in check["parts"]) + check["rest"], check["totals"]["total"])
        stored = number(self.daemon, f"SELECT total_amount FROM guest_check WHERE id = '{self.id}'")
        equal(stored, check["totals"]["total"], "the running total")
        equal(check["status"] == "SETTLED", self.is_over(), f"{check['status']}: {self.lines} {self.holds}")


@case
def sequences(daemon):
    """Random acts on random checks: the model's total to the won after each, undo the exact state."""
    rng = random.Random(SEED)
    print(f"# ORDERSYNC_SEED={SEED} ORDERSYNC_CASES={CASES}")
    checks = [Sequence(daemon, rng) for _ in range(max(1, CASES // 50))]
    acts = ("add_round", "void", "void", "discount", "discount", "undo", "do_and_undo", "charge", "split")
    for _ in range(CASES):
        one = rng.choice(checks)
        act = "undo" if one.is_over() else rng.choice(acts)
        if act != "add_round" or len(one.lines) < 12:
            getattr(one, act)()
        equal(get(daemon, one.id)["status"] == "SETTLED", one.is_over())
    for one in checks:
        one.agrees()


@case
def invariants(daemon):
    """What the database must always say of it all."""
    answer = json.loads(daemon.ctl("check", "--json", check=False).stdout)
    equal(answer, {"ok": True, "broken": []})


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        daemon.call("PATCH", "/restaurants/me", {"guest_orders": True})
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
