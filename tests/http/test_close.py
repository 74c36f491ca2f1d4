#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The till from its float to its close: every won of every tender is in exactly one close, whatever happens meanwhile."""

import concurrent.futures
import csv
import io
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import Printer, wait_for  # noqa: E402
from osy_till import ME, Till  # noqa: E402
from osy_toss import Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
TILL = ME + "/till"
FLOAT = 100_000


def new_key():
    return str(uuid.uuid4())


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def vat_of(payment):
    taxable = payment["amount"] - payment["tax_free_amount"]
    return taxable - (taxable * 10 + 5) // 11


class Shop:
    def __init__(self, daemon, toss):
        self.daemon, self.toss = daemon, toss
        self.till = Till(daemon, toss)
        self.zs = []

    def call(self, method, path, body=None, **more):
        return self.daemon.call(method, TILL + path, body, **more)

    def as_role(self, role):
        program = os.path.join(self.daemon.build_dir, "tests", "http", "sign-token")
        user = self.daemon.call("GET", "/auth/me")["user_id"]
        return subprocess.run([program, self.daemon.data_dir, self.daemon.restaurant_id, role, user, "1"], check=True,
                              capture_output=True, text=True).stdout.strip()

    def by(self, role, method, path, body=None, **more):
        return self.call(method, path, body, headers={"Authorization": f"Bearer {self.as_role(role)}"}, **more)

    def x(self):
        return self.call("GET", "")["report"]

    def close(self, left=FLOAT, key=None, **more):
        counted = self.x()["cash"]["expected"]
        return self.call("POST", "/close", {"counted": counted, "left": min(left, counted), **more}, key=key or new_key())

    def sell(self, method="CASH", quantity=1):
        """A check that is paid."""
        order = self.till.place(quantity=quantity, type="TAKEOUT", accept={"ready_in_minutes": 10})
        return order, self.till.ask(method, order["total_amount"], check_id=order["check_id"])

    def books(self):
        """What all closes that stand as they were first made and the X say was taken and given back, and what payments
        and refunds do."""
        reports = [self.x()] + [z["report"] for z in self.call("GET", "/z?limit=100")["closes"] if z["corrects"] is None]
        told = (sum(r["totals"]["taken"] for r in reports), sum(r["totals"]["refunded"] for r in reports))
        taken = int(self.till.cell("SELECT coalesce(sum(amount), 0) FROM payment WHERE status IN ('PAID', "
                                   "'PARTIALLY_REFUNDED', 'REFUNDED')"))
        back = int(self.till.cell("SELECT coalesce(sum(amount), 0) FROM refund WHERE status = 'DONE'"))
        return told, (taken, back)

    def check(self):
        self.till.quiet()
        answer = self.daemon.ctl("check", "--json", check=False)
        equal(json.loads(answer.stdout)["broken"], [])


@case
def before_anything(shop):
    """A till that nobody ever used is empty, blind, and has no close"""
    now = shop.call("GET", "")
    equal((now["opened_at"], now["opening_float"], now["blind"], now["last_number"]), (None, 0, True, 0))
    equal((now["report"]["tenders"], now["report"]["totals"]["net"], now["report"]["cash"]["expected"]), ([], 0, 0))
    equal(shop.call("GET", "/z"), {"closes": [], "next_cursor": None})
    equal(refused(shop.call, "GET", "/z/1").status, 404)


@case
def open_once(shop):
    """Opened with a float; not twice"""
    opened = shop.call("POST", "/open", {"opening_float": FLOAT})
    equal((opened["opening_float"], opened["version"]), (FLOAT, 1))
    assert opened["opened_by"].startswith("user:")
    equal(refused(shop.call, "POST", "/open", {"opening_float": 0}).code, "STATE_CONFLICT")


@case
def every_tender(shop):
    """A day with every tender: X says what was taken by each, with its VAT"""
    till = shop.till
    paid = [*till.prepaid()[1], *till.pay_later()[1], *till.split()[1], *till.account()[1]]
    report = shop.x()
    for method in ("CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"):
        mine = [p["amount"] for p in paid if p["method"] == method]
        row = next(r for r in report["tenders"] if r["tender"] == method)
        equal((row["taken"], row["taken_count"], row["refunded"]), (sum(mine), len(mine), 0), method)
    totals = report["totals"]
    equal((totals["taken"], totals["vat"]), (sum(p["amount"] for p in paid), sum(map(vat_of, paid))))
    equal(totals["supply"] + totals["vat"] + totals["tax_free"], totals["net"])
    shop.paid = paid


@case
def refunds(shop):
    """What goes back goes out of its tender, in the same moment"""
    before = shop.x()
    cash = next(p for p in shop.paid if p["method"] == "CASH")
    toss = next(p for p in shop.paid if p["method"] == "TOSS")
    shop.till.refund(cash, 700)
    shop.till.refund(toss, 500)
    wait_for("the refund", lambda: shop.till.get(toss)["refunded_amount"] == 500)
    after = shop.x()
    equal(after["cash"]["expected"], before["cash"]["expected"] - 700)
    equal(after["totals"]["refunded"] - before["totals"]["refunded"], 1200)
    vat = int(shop.till.cell("SELECT sum(vat_amount) FROM refund WHERE status = 'DONE'"))
    equal(after["totals"]["vat"], before["totals"]["vat"] - vat)


@case
def cash_in_and_out(shop):
    """Cash put in and taken out, once under each key"""
    before, key = shop.x()["cash"]["expected"], new_key()
    out = {"kind": "OUT", "amount": 3_000, "reason": "채소값"}
    moved = shop.call("POST", "/cash", out, key=key)
    equal((moved["kind"], moved["amount"], moved["reason"]), ("OUT", 3_000, "채소값"))
    equal(shop.call("POST", "/cash", out, key=key)["id"], moved["id"])
    equal(refused(shop.call, "POST", "/cash", {**out, "amount": 1}, key=key).code, "IDEMPOTENCY_KEY_REUSED")
    equal(refused(shop.call, "POST", "/cash", out).code, "IDEMPOTENCY_KEY_REQUIRED")
    shop.call("POST", "/cash", {"kind": "IN", "amount": 1_000_000_000_000, "reason": "큰돈"}, key=new_key())
    shop.call("POST", "/cash", {"kind": "OUT", "amount": 1_000_000_000_000, "reason": "큰돈"}, key=new_key())
    shop.call("POST", "/cash", {"kind": "IN", "amount": 5_000, "reason": "잔돈"}, key=new_key())
    now = shop.call("GET", "")
    equal(now["report"]["cash"]["expected"], before + 2_000)
    equal([m["kind"] for m in now["moves"]], ["OUT", "IN", "OUT", "IN"])
    for bad in ({"kind": "OUT", "amount": 0, "reason": "x"}, {"kind": "OUT", "amount": 1}, {"amount": 1, "reason": "x"}):
        equal(refused(shop.call, "POST", "/cash", bad, key=new_key()).status, 400, bad)


@case
def hand_over(shop):
    """A count in between, with coins and notes that add up"""
    expected = shop.x()["cash"]["expected"]
    pieces = {"10000": expected // 10_000, "100": expected % 10_000 // 100, "10": expected % 100 // 10, "1": expected % 10}
    told = shop.call("POST", "/counts", {"counted": expected, "denominations": pieces})
    equal((told["expected"], told["difference"], told["denominations"]), (expected, 0, pieces))
    for bad in ({"10000": 1}, {"20000": 1}, {"10000": -1}):
        assert "/denominations" in json.dumps(refused(shop.call, "POST", "/counts", {
            "counted": expected, "denominations": bad}).body), bad
    short = shop.call("POST", "/counts", {"counted": expected - 10, "reason": "동전"})
    equal((short["difference"], short["reason"]), (-10, "동전"))


@case
def blind(shop):
    """Who only takes payments counts without being told what there should be; who closes is told"""
    seen = shop.by("STAFF", "GET", "")
    assert "cash" not in seen["report"] and "totals" not in seen["report"], seen
    assert "CASH" not in [row["tender"] for row in seen["report"]["tenders"]], seen
    counted = shop.by("STAFF", "POST", "/counts", {"counted": 1000})
    for one in (counted, *shop.by("STAFF", "GET", "")["counts"]):
        assert "expected" not in one and "difference" not in one, one
    assert "cash" in shop.by("MANAGER", "GET", "")["report"]
    version = shop.call("GET", "")["version"]
    equal(refused(shop.call, "PUT", "/setup", {"blind": False}, headers={"If-Match": f'"{version - 1}"'}).code,
          "VERSION_CONFLICT")
    equal(shop.call("PUT", "/setup", {"blind": False}, headers={"If-Match": f'"{version}"'})["blind"], False)
    assert "cash" in shop.by("STAFF", "GET", "")["report"]
    shop.call("PUT", "/setup", {"blind": True})
    equal(refused(shop.call, "PUT", "/setup", {}).status, 400)


@case
def who_may(shop):
    """Taking payments opens, moves and counts; closing, correcting and looking back is the manager's"""
    for role in ("KITCHEN", "COURIER"):
        equal(refused(shop.by, role, "GET", "").status, 403, role)
    for method, path, body in (("POST", "/close", {"counted": 0, "left": 0}), ("GET", "/z", None), ("GET", "/z/1", None),
                               ("POST", "/z/1/correct", {"counted": 0, "reason": "x"}), ("PUT", "/setup", {"blind": True}),
                               ("GET", "/z/csv?from=2026-01-01&to=2026-01-01", None)):
        equal(refused(shop.by, "STAFF", method, path, body, key=new_key()).status, 403, path)
    equal(refused(shop.by, "MANAGER", "PUT", "/setup", {"blind": True}).status, 403)
    equal(shop.by("STAFF", "GET", "/remaining")["checks"], [])


@case
def carried_over(shop):
    """An open table, an unknown payment and a refund that somebody still has to do keep nobody from closing"""
    table = shop.till.draw_table()
    order = shop.till.place(quantity=2, type="DINE_IN", table_id=table, accept={"ready_in_minutes": 10})
    left = shop.call("GET", "/remaining")
    equal([(c["id"], c["order_numbers"], c["amount"]) for c in left["checks"]],
          [(order["check_id"], [order["number"]], order["total_amount"])])
    assert left["checks"][0]["table_number"], left
    shop.toss.faults({"op": "confirm", "kind": "drop-after", "times": 1}, {"op": "order", "kind": "error-before", "times": 9999},
                     {"op": "cancel", "kind": "drop-before", "times": 9999})
    unknown = shop.till.place(type="TAKEOUT", accept={"ready_in_minutes": 10})
    payment = shop.till.ask("TOSS", unknown["total_amount"], check_id=unknown["check_id"])
    back = shop.toss.approve(payment["id"], payment["amount"], method="카드")
    shop.daemon.call("POST", "/payments/confirm", {"payment_key": back["paymentKey"], "amount": back["amount"],
                                                   "order_id": back["orderId"]}, anonymous=True)
    shop.till.refund(next(p for p in shop.paid if p["method"] == "TOSS"), 300)
    left = shop.call("GET", "/remaining")
    equal([(p["id"], p["status"], p["amount"]) for p in left["payments"]], [(payment["id"], "UNKNOWN", payment["amount"])])
    equal([r["amount"] for r in left["refunds"]], [300])
    shop.open_order, shop.unknown = order, payment


@case
def close(shop):
    """The close claims all that was entered; a difference wants a reason; the same key is the same close for ever"""
    before = shop.x()
    expected = before["cash"]["expected"]
    body = {"counted": expected - 2100, "left": FLOAT}
    refusal = refused(shop.call, "POST", "/close", body, key=new_key())
    equal((refusal.status, refusal.body["errors"][0]["pointer"]), (400, "/reason"))
    equal(refused(shop.call, "POST", "/close", {**body, "left": expected, "reason": "x"}, key=new_key()).status, 400)
    equal(refused(shop.call, "POST", "/close", body).code, "IDEMPOTENCY_KEY_REQUIRED")
    equal(shop.x(), before, "after closes that were refused")
    key, body = new_key(), {**body, "reason": "=거스름돈"}
    z = shop.call("POST", "/close", body, key=key)
    equal((z["number"], z["corrects"], z["reason"]), (1, None, "=거스름돈"))
    for part in ("tenders", "totals"):
        equal(z["report"][part], before[part])
    equal(z["report"]["cash"], {**before["cash"], "counted": expected - 2100, "difference": -2100, "left": FLOAT,
                                "banked": expected - 2100 - FLOAT})
    equal(z["report"]["carried_over"], {"open_checks": 2, "open_amount": shop.open_order["total_amount"]
                                        + shop.unknown["amount"], "unknown_payments": 1, "pending_refunds": 1, "pending_receipts": 0})
    equal((len(z["moves"]), len(z["counts"])), (4, 3))
    shop.key, shop.body, shop.first = key, body, z
    equal(shop.call("POST", "/close", body, key=key), z)
    equal(refused(shop.call, "POST", "/close", {**body, "left": 0}, key=key).code, "IDEMPOTENCY_KEY_REUSED")
    now = shop.call("GET", "")
    equal((now["opened_at"], now["opening_float"], now["report"]["totals"]["net"], now["moves"], now["last_number"]),
          (None, FLOAT, 0, [], 1))


@case
def after_the_close(shop):
    """What goes back afterwards is the next close's, as less than nothing; what was not known then is, once it is known"""
    cash, toss = (next(p for p in shop.paid if p["method"] == method) for method in ("CASH", "TOSS"))
    shop.till.refund(cash, 400)
    z = shop.close()
    equal((z["number"], z["report"]["totals"]["net"], z["report"]["cash"]["expected"]), (2, -400, FLOAT - 400))
    equal([(row["tender"], row["net"]) for row in z["report"]["tenders"]], [("CASH", -400)])
    shop.toss.faults()
    wait_for("the outcome", lambda: shop.till.get(shop.unknown)["status"] == "PAID")
    wait_for("the refund", lambda: shop.till.get(toss)["refunded_amount"] == 800)
    equal([(row["tender"], row["taken"], row["refunded"]) for row in shop.x()["tenders"]],
          [("TOSS", shop.unknown["amount"], 300)])
    equal(shop.call("GET", "/z/1"), shop.first, "the first close")


@case
def next_day(shop):
    """The next begins with what was left, also when nobody opens it; what was open is paid then"""
    paid = shop.till.ask("CARD_TERMINAL", shop.open_order["total_amount"], check_id=shop.open_order["check_id"])
    order, cash = shop.sell()
    z = shop.close()
    equal((z["number"], z["opened_at"], z["report"]["cash"]["opening_float"]), (3, None, FLOAT - 400))
    equal(z["report"]["totals"]["net"], paid["amount"] + cash["amount"] + shop.unknown["amount"] - 300)
    equal(z["report"]["cash"]["expected"], FLOAT - 400 + cash["amount"])
    equal(order["check_id"], cash["check_id"])


@case
def correction(shop):
    """A close is corrected by another one of the same entries, and only the newest of them"""
    z = shop.first
    counted = z["report"]["cash"]["expected"]
    equal(refused(shop.call, "POST", "/z/1/correct", {"counted": counted}).status, 400)
    again = shop.call("POST", "/z/1/correct", {"counted": counted, "reason": "다시 셌어요"})
    equal((again["number"], again["corrects"], again["business_day"], again["opened_at"]),
          (4, 1, z["business_day"], z["opened_at"]))
    equal((again["report"]["totals"], again["report"]["cash"]["difference"]), (z["report"]["totals"], 0))
    equal(again["report"]["cash"]["banked"], counted - FLOAT)
    equal([len(again["moves"]), len(again["counts"])], [4, 3])
    first = shop.call("GET", "/z/1")
    equal(first, {**z, "corrected_by": 4})
    equal(refused(shop.call, "POST", "/z/1/correct", {"counted": counted, "reason": "x"}).code, "STATE_CONFLICT")
    third = shop.call("POST", "/z/4/correct", {"counted": counted + 10, "reason": "또"})
    equal((third["number"], third["corrects"], third["report"]["cash"]["difference"]), (5, 4, 10))
    assert "/counted" in json.dumps(refused(shop.call, "POST", "/z/5/correct", {"counted": 1, "reason": "x"}).body)
    equal(refused(shop.call, "POST", "/z/99/correct", {"counted": 1, "reason": "x"}).status, 404)
    equal(shop.call("POST", "/close", shop.body, key=shop.key)["number"], 1, "the old key, later")


@case
def listed(shop):
    """Newest first, page by page, by business day; the accountant's file has a line for each"""
    whole = shop.call("GET", "/z")["closes"]
    equal([z["number"] for z in whole], [5, 4, 3, 2, 1])
    pages, cursor = [], ""
    while cursor is not None:
        page = shop.call("GET", f"/z?limit=2{cursor and '&cursor=' + cursor}")
        pages += page["closes"]
        cursor = page["next_cursor"]
    equal(pages, whole)
    day = whole[0]["business_day"]
    equal(len(shop.call("GET", f"/z?from={day}&to={day}")["closes"]), 5)
    equal(shop.call("GET", "/z?to=2020-01-01")["closes"], [])
    for bad in ("?from=x", "?cursor=x", "?from=2026-13-01", "?limit=0", "?nothing=1", "?cursor=9223372036854775808"):
        equal(refused(shop.call, "GET", "/z" + bad).status, 400, bad)
    equal(refused(shop.call, "GET", "/z/9223372036854775807").status, 404)
    equal(shop.call("GET", "/z?cursor=9223372036854775807&limit=1")["closes"][0]["number"], 5)
    status, headers, content = shop.daemon.raw("GET", f"/api/v1{TILL}/z/csv?from={day}&to={day}&language=en",
                                               headers={"Authorization": f"Bearer {shop.daemon.token}"})
    equal((status, headers["Content-Type"], content[:3]), (200, "text/csv; charset=utf-8", b"\xef\xbb\xbf"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    equal([row["Z"] for row in rows], ["1", "2", "3", "4", "5"])
    first, totals = rows[0], shop.first["report"]["totals"]
    equal([int(first[name]) for name in ("Taken", "Refunded", "Net", "VAT", "Value of supply", "Tax-free", "Difference")],
          [totals[name] for name in ("taken", "refunded", "net", "vat", "supply", "tax_free")] + [-2100])
    equal(sum(int(first[name]) for name in ("Cash", "Card terminal", "Toss Payments", "Virtual account", "Platform")),
          totals["net"])
    equal((first["Reason"], first["Corrected by"], rows[3]["Corrects"]), ("'=거스름돈", "4", "1"))
    korean = shop.daemon.raw("GET", f"/api/v1{TILL}/z/csv?from={day}&to={day}",
                             headers={"Authorization": f"Bearer {shop.daemon.token}"})[2].decode("utf-8-sig")
    assert korean.startswith("마감 번호,영업일"), korean[:80]
    for bad in ("", "?from=2026-01-01", "?from=2020-01-01&to=2026-01-01", f"?from={day}&to={day}&language=fr"):
        equal(refused(shop.call, "GET", "/z/csv" + bad).status, 400, bad)


@case
def written_for_ever(shop):
    """Not even the owner of the tables changes what was closed"""
    for harm in ("UPDATE till_z SET counted = counted + 1", "DELETE FROM till_z", "TRUNCATE till_z CASCADE",
                 "UPDATE till_entry SET amount = amount + 1 WHERE amount > 0", "DELETE FROM till_entry",
                 "UPDATE till_entry SET z_number = NULL", "UPDATE till_entry SET z_number = 2 WHERE z_number = 1",
                 "UPDATE till_count SET counted = 1", "UPDATE till_z SET reason_enc = NULL WHERE number = 1"):
        shop.daemon.sql(f"DO $$ BEGIN {harm}; RAISE EXCEPTION 'was done'; EXCEPTION WHEN restrict_violation THEN NULL; END $$")
    equal(shop.call("GET", "/z/1")["report"], shop.first["report"])


@case
def practice(shop):
    """A payment made to learn the product is not money"""
    before = shop.x()
    order = shop.daemon.call("POST", "/orders", {
        "restaurant_id": shop.daemon.restaurant_id, "type": "TAKEOUT", "channel": "PHONE", "practice": True,
        "items": [{"menu_item_id": shop.daemon.plain_item()["id"], "quantity": 1}], "payment": {"method": "LATER"}},
        key=new_key())
    shop.till.ask("CASH", order["total_amount"], check_id=order["check_id"])
    equal(shop.x(), before)


@case
def whose_day(shop):
    """A close after midnight is of the day that the evening began on, and one that was opened is of that day"""
    zone = shop.daemon.call("GET", ME)["time_zone"]
    hour = int(shop.till.cell("SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int"))
    east = (2 - hour) % 24
    east -= 24 if east > 12 else 0
    there = f"Etc/GMT{-east:+d}" if east else "UTC"  # where it is past two o'clock at night
    shop.sell()
    shop.daemon.call("PATCH", ME, {"time_zone": there})
    day, before = (shop.till.cell(f"SELECT (now() AT TIME ZONE '{there}')::date - {n}") for n in (1, 2))
    equal(shop.close()["business_day"], day)
    shop.call("POST", "/open", {"opening_float": FLOAT})
    shop.daemon.sql("UPDATE till SET opened_at = opened_at - interval '1 day'")
    equal(shop.close()["business_day"], before, "of the day it was opened on")
    shop.daemon.call("PATCH", ME, {"time_zone": zone})


@case
def racing(shop):
    """32 payments race with closes: each won is in exactly one close or in none yet"""
    orders = [shop.till.place(type="TAKEOUT", accept={"ready_in_minutes": 10}) for _ in range(32)]
    done = threading.Event()
    closes = []

    def close_on():
        while not done.is_set():
            try:
                closes.append(shop.call("POST", "/close", {"counted": FLOAT, "left": FLOAT, "reason": "경쟁"}, key=new_key()))
            except Refused as refusal:
                raise AssertionError(refusal.body) from refusal

    closer = threading.Thread(target=close_on)
    closer.start()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        paid = list(pool.map(lambda o: shop.till.ask(random.choice(("CASH", "CARD_TERMINAL")), o["total_amount"],
                                                     check_id=o["check_id"]), orders))
    done.set()
    closer.join()
    assert len(closes) >= 2, "no race"
    rest = shop.x()["totals"]["taken"]
    equal(sum(z["report"]["totals"]["taken"] for z in closes) + rest, sum(p["amount"] for p in paid))
    numbers = [z["number"] for z in closes]
    equal(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
    told, books = shop.books()
    books = (books[0] - int(shop.till.cell("SELECT sum(p.amount) FROM payment p JOIN orders o ON o.check_id = p.check_id "
                                           "WHERE o.practice")), books[1])
    equal(told, books)


@case
def two_at_once(shop):
    """The same close from eight screens at once is one close"""
    shop.sell()
    key, body = new_key(), {"counted": 1_000_000, "left": 0, "reason": "동시"}
    last = shop.call("GET", "")["last_number"]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: shop.call("POST", "/close", body, key=key), range(8)))
    equal({z["number"] for z in answers}, {last + 1})


@case
def a_payment_waits_for_no_close(shop):
    """While a close hangs, money is taken"""
    holder = subprocess.Popen([*psql(shop), "-c", "BEGIN; SELECT FROM till FOR UPDATE; UPDATE till_entry SET z_number = 1 "
                               "WHERE false; SELECT pg_sleep(30)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for("the lock", lambda: shop.till.cell("SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
                                                    "'%pg_sleep(30)%' AND pid <> pg_backend_pid()") == "1")
        began = time.monotonic()
        shop.sell()
        assert time.monotonic() - began < 10, "the payment waited"
    finally:
        let_go(shop, 30)
        holder.wait()


def let_go(shop, seconds):
    """Ends who holds a lock in the database, if that still runs."""
    try:
        shop.daemon.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                        f"query LIKE '%pg_sleep({seconds})%'")
    except AssertionError:
        pass


def psql(shop):
    return ["psql", "-h", os.path.join(shop.daemon.data_dir, "run"), "-U", "ordersync_admin", "-d", "ordersync", "-qAt"]


@case
def killed(shop):
    """Killed in the middle of a close: all of it or nothing, and the same key asks again"""
    shop.sell()
    for turn in range(4):
        before = shop.call("GET", "")
        key, body = new_key(), {"counted": 7, "left": 7, "reason": "정전"}
        holder = None
        if turn == 0:
            # Held in the middle of its transaction, so that it surely had not ended.
            holder = subprocess.Popen([*psql(shop), "-c", "BEGIN; LOCK TABLE till_z IN SHARE MODE; SELECT pg_sleep(60)"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for("the lock", lambda: shop.till.cell(
                "SELECT count(*) FROM pg_locks WHERE mode = 'ShareLock' AND granted AND relation = 'till_z'::regclass") == "1")

        def ask():
            try:
                shop.call("POST", "/close", body, key=key)
            except (OSError, Refused):
                pass

        asking = threading.Thread(target=ask)
        asking.start()
        if turn == 0:
            wait_for("the close", lambda: shop.till.cell("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = "
                                                         "'till_z'::regclass") == "1")
        else:
            time.sleep(random.uniform(0, 0.05))
        shop.daemon.kill()
        asking.join()
        if holder:
            let_go(shop, 60)
            holder.wait()
        shop.daemon.start()
        shop.daemon.login()
        now = shop.call("GET", "")
        if turn == 0:
            equal(now, before, "after a close that never ended")
        assert now["last_number"] - before["last_number"] in (0, 1)
        if now["last_number"] == before["last_number"]:
            equal(now["report"], before["report"])
        z = shop.call("POST", "/close", body, key=key)
        equal(z["number"], before["last_number"] + 1)
        equal(z["report"]["totals"], before["report"]["totals"])
        shop.sell()


@case
def on_paper(shop):
    """A close is on paper with the figures of its report, and once more when somebody wants it"""
    with Printer(os.path.join(shop.daemon.build_dir, "src", "sim", "ordersync-sim")) as printer:
        made = shop.daemon.call("POST", "/restaurants/me/printers", {
            "name": "카운터", "transport": "TCP", "address": printer.address, "mode": "TEXT", "purposes": ["RECEIPT"]})
        shop.sell()
        z = shop.close(reason="잔돈")
        shop.call("POST", f"/z/{z['number']}/print")
        shop.sell()
        wrong = shop.close()
        mended = shop.call("POST", f"/z/{wrong['number']}/correct",
                           {"counted": wrong["report"]["cash"]["counted"] + 100, "reason": "다시 셌어요"})
        slips = wait_for("four slips of closes", lambda: len(printer.texts()) >= 4 and [
            slip for slip in printer.texts() if f"Z{z['number']}" in slip or f"Z{mended['number']}" in slip])
        for slip in slips[:2]:
            for part, member in (("totals", "net"), ("totals", "vat"), ("cash", "expected"), ("cash", "counted"),
                                 ("cash", "left"), ("cash", "banked")):
                equal(f"{z['report'][part][member]:,}" in slip, True, f"{member} {z['report'][part][member]} in {slip}")
        equal(["재출력" in slip for slip in slips[:2]], [False, True], slips)
        equal(f"Z{wrong['number']}" in slips[2] and "다시 셌어요" in slips[2], True, slips[2])
        refused(shop.call, "POST", "/z/99999/print")
        equal(printer.faults, [])
        # What is on paper may not be told as printed yet, and a printer that slips wait for stays.
        wait_for("all slips are told as printed", lambda: {job["state"] for job in shop.daemon.call(
            "GET", "/restaurants/me/print-jobs?limit=200")["jobs"]} == {"DONE"})
        shop.daemon.call("DELETE", f"/restaurants/me/printers/{made['id']}")


@case
def told(shop):
    """Each act is an event with the till's next version, and a line in the log"""
    shop.till.quiet()
    rows = [line.split("|") for line in shop.daemon.sql(
        "SELECT type || '|' || aggregate_seq FROM shop_feed WHERE aggregate_type = 'till' ORDER BY seq").replace(" ", "").splitlines()
        if "|" in line]
    equal([int(seq) for _, seq in rows], list(range(1, shop.call("GET", "")["version"] + 1)))
    equal({kind for kind, _ in rows}, {"till.opened", "till.cash_moved", "till.counted", "till.closed", "till.corrected",
                                       "till.setup_changed"})
    equal(int(shop.till.cell("SELECT count(*) FROM audit_log WHERE object_type = 'till'")), len(rows))
    sealed = int(shop.till.cell("SELECT count(*) FROM till_z WHERE position('정전'::bytea in reason_enc) > 0"))
    equal(sealed, 0, "reasons in the clear")


@case
def all_holds(shop):
    """At the end of all this `ordersyncctl check` finds nothing"""
    shop.check()


def main():
    with Toss(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")) as toss:
        with Daemon(sys.argv[1], extra=[*toss.daemon_options(), "--toss-retry-ms", "300"]) as daemon:
            daemon.setup(MENU)
            daemon.start()
            daemon.login()
            daemon.contract = Contract()
            return run(Shop(daemon, toss))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
