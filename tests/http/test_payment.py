#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Payments over HTTP: cash, terminal and the payment service, mixed on a split check; refunds of all
kinds; and no card number anywhere."""

import datetime
import json
import os
import re
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CHECKS = "/restaurants/me/checks"
PAYMENTS = "/restaurants/me/payments"
SETUP = "/restaurants/me/payment-setup"
CLIENT = "test_ck_simulated"


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def dine_in(daemon, quantity=2, **more):
    line = {"menu_item_id": daemon.plain_item()["id"], "quantity": quantity}
    return daemon.place(daemon.order_body([line], type="DINE_IN", accept={"ready_in_minutes": 10}, **more))


def get_check(daemon, check_id):
    return daemon.call("GET", f"{CHECKS}/{check_id}")


def pay(daemon, method, amount, key=None, **more):
    return daemon.call("POST", "/payments", {"method": method, "amount": amount, **more},
                       key=key or str(uuid.uuid4()))


def refund(daemon, payment, amount, key=None, **more):
    return daemon.call("POST", f"/payments/{payment['id']}/refunds", {"amount": amount, "reason": "손님 변심", **more},
                       key=key or str(uuid.uuid4()))


def plan(daemon, check_id, **what):
    return daemon.call("POST", f"{CHECKS}/{check_id}/refund-plan", what)


def agree(daemon, toss, payment, **more):
    """The guest agrees in the service's window and comes back."""
    back = toss.approve(payment["id"], payment["amount"], **more)
    return {"payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]}


def confirm(daemon, back):
    return daemon.call("POST", "/payments/confirm", back)


def paid_by_toss(daemon, toss, quantity=2):
    order = dine_in(daemon, quantity)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    payment = confirm(daemon, agree(daemon, toss, payment))
    equal(payment["status"], "PAID")
    return order, payment


def fetch(daemon, payment):
    return daemon.call("GET", f"/payments/{payment['id']}")


@case
def cash(daemon, toss):
    """Cash with change settles the check; more than is owed, and anything after it, is refused."""
    order = dine_in(daemon)
    check_id, total = order["check_id"], order["total_amount"]
    equal(refused(pay, daemon, "CASH", total + 1, check_id=check_id).body["owed"], total)
    equal(refused(pay, daemon, "CASH", total, received=total - 1, check_id=check_id).status, 400)
    key = str(uuid.uuid4())
    payment = pay(daemon, "CASH", total, key, received=total + 1000, check_id=check_id)
    equal((payment["status"], payment["change"], payment["order_id"]), ("PAID", 1000, order["id"]))
    equal(pay(daemon, "CASH", total, key, received=total + 1000, check_id=check_id)["id"], payment["id"])
    equal(refused(pay, daemon, "CASH", total, key, check_id=check_id).code, "IDEMPOTENCY_KEY_REUSED")
    equal(refused(daemon.call, "POST", "/payments", {"method": "CASH", "amount": 1, "check_id": check_id}).code,
          "IDEMPOTENCY_KEY_REQUIRED")
    check = get_check(daemon, check_id)
    equal((check["status"], check["totals"]["owed"]), ("SETTLED", 0))
    equal(refused(pay, daemon, "CASH", 1, check_id=check_id).code, "STATE_CONFLICT")
    equal(refused(pay, daemon, "CASH", 1, check_id=str(uuid.uuid4())).code, "NOT_FOUND")
    equal(refused(pay, daemon, "TOSS", 100, check_id=dine_in(daemon)["check_id"]).code, "PAYMENT_METHOD_UNAVAILABLE")


@case
def setup(daemon, toss):
    """The secret key goes in and never comes out; keys of two modes do not fit together."""
    before = daemon.call("GET", SETUP)
    equal((before["methods"], before["toss"], before["auto_cash_receipt_from"]),
          (["CASH", "CARD_TERMINAL"], {"secret_key_set": False}, 100000))
    methods = ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"]
    for toss_keys in ({"client_key": CLIENT, "secret_key": "live_sk_simulated"}, {"client_key": SECRET},
                      {"client_key": CLIENT, "secret_key": "test_gsk_simulated"}):
        equal(refused(daemon.call, "PUT", SETUP, {"methods": methods, "toss": toss_keys}).status, 400, toss_keys)
    after = daemon.call("PUT", SETUP, {"methods": methods, "toss": {"client_key": CLIENT, "secret_key": SECRET}})
    equal((after["methods"], after["toss"]), (methods, {"client_key": CLIENT, "secret_key_set": True}))
    equal(after["auto_cash_receipt_from"], None)
    assert SECRET not in daemon.sql("SELECT * FROM payment_setup")
    equal(refused(daemon.call, "PUT", SETUP, {"methods": ["CASH"]}, headers={"If-Match": '"99"'}).code,
          "VERSION_CONFLICT")
    again = daemon.call("PUT", SETUP, {"methods": methods, "toss": {"client_key": CLIENT}})
    equal(again["toss"]["secret_key_set"], True, "left out: as it is")


@case
def mixed_on_a_split_check(daemon, toss):
    """Three ways on the parts of one check; a paid part keeps its amount and cannot go."""
    order = dine_in(daemon, 4)
    check = daemon.call("PUT", f"{CHECKS}/{order['check_id']}/parts",
                        {"parts": [{"kind": "EQUAL"}, {"kind": "EQUAL"}, {"kind": "EQUAL"}]})
    parts = check["parts"]
    first = pay(daemon, "CASH", parts[0]["amount"], check_id=check["id"], part_id=parts[0]["id"])
    equal(first["part_id"], parts[0]["id"])
    now = get_check(daemon, check["id"])
    equal((now["parts"][0]["paid"], now["status"]), (parts[0]["amount"], "OPEN"))
    equal(refused(pay, daemon, "CASH", 1, check_id=check["id"], part_id=parts[0]["id"]).code, "STATE_CONFLICT")
    equal(refused(daemon.call, "PUT", f"{CHECKS}/{check['id']}/parts", {"parts": []}).code, "STATE_CONFLICT")
    parts = now["parts"]  # what is left is shared anew by those who have not paid
    card = pay(daemon, "CARD_TERMINAL", parts[1]["amount"], check_id=check["id"], part_id=parts[1]["id"],
               approval_no="30012345")
    equal(card["approval_no"], "****2345")
    toss_paid = pay(daemon, "TOSS", parts[2]["amount"], check_id=check["id"], part_id=parts[2]["id"])
    equal((toss_paid["status"], toss_paid["checkout_url"].split("#")[0]), ("CREATED", f"/pay/{toss_paid['id']}"))
    equal(get_check(daemon, check["id"])["parts"][2].get("paid", 0), 0)
    done = confirm(daemon, agree(daemon, toss, toss_paid))
    equal(done["status"], "PAID")
    now = get_check(daemon, check["id"])
    equal((now["status"], now["totals"]["owed"]), ("SETTLED", 0))
    equal([part["paid"] for part in now["parts"]], [part["amount"] for part in parts])
    page = daemon.call("GET", f"{PAYMENTS}?check_id={check['id']}&limit=2")
    equal(len(page["payments"]), 2)
    rest = daemon.call("GET", f"{PAYMENTS}?check_id={check['id']}&limit=2&cursor={page['next_cursor']}")
    equal([one["id"] for one in page["payments"] + rest["payments"]], [done["id"], card["id"], first["id"]])
    equal([one["id"] for one in daemon.call("GET", f"{PAYMENTS}?q=30012345")["payments"]], [card["id"]])
    assert daemon.call("GET", f"{PAYMENTS}?q={order['number']}")["payments"]


@case
def confirming(daemon, toss):
    """The stored amount counts, the same again charges once, another key never."""
    order = dine_in(daemon)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    back = agree(daemon, toss, payment)
    equal(refused(confirm, daemon, dict(back, amount=back["amount"] - 1)).status, 400)
    equal(fetch(daemon, payment)["status"], "CREATED")
    equal(refused(confirm, daemon, dict(back, order_id=str(uuid.uuid4()))).code, "NOT_FOUND")
    paid = confirm(daemon, back)
    equal((paid["status"], paid["failure"] if "failure" in paid else None), ("PAID", None))
    assert re.fullmatch(r"[0-9*]+", paid["card"]["number"]) and "*" in paid["card"]["number"]
    equal(confirm(daemon, back)["id"], paid["id"])
    equal(refused(confirm, daemon, dict(back, payment_key="tgen_another_one")).code, "STATE_CONFLICT")
    equal(sum(1 for one in toss.state()["captures"] if one["orderId"] == payment["id"]), 1)
    equal(daemon.call("POST", f"/payments/{paid['id']}/lookup")["status"], "PAID")


@case
def declined(daemon, toss):
    """What the bank refuses is DECLINED in its words; the check is owed as before."""
    order = dine_in(daemon)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    back = agree(daemon, toss, payment)
    toss.faults({"op": "confirm", "kind": "decline", "code": "REJECT_CARD_COMPANY", "times": 1})
    answer = confirm(daemon, back)
    toss.faults()
    equal((answer["status"], answer["failure"]["code"]), ("DECLINED", "REJECT_CARD_COMPANY"))
    equal(get_check(daemon, order["check_id"])["totals"]["owed"], order["total_amount"])
    equal(pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"])["status"], "PAID")


@case
def giving_up(daemon, toss):
    """What was not begun is canceled and cannot be confirmed any more."""
    order = dine_in(daemon)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    back = agree(daemon, toss, payment)
    equal(daemon.call("POST", f"/payments/{payment['id']}/cancel")["status"], "CANCELED")
    equal(refused(confirm, daemon, back).code, "STATE_CONFLICT")
    equal([one for one in toss.state()["captures"] if one["orderId"] == payment["id"]], [])
    late = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    back = agree(daemon, toss, late)
    pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"])
    equal(refused(confirm, daemon, back).code, "STATE_CONFLICT", "paid meanwhile")


@case
def forgotten_at_the_window(daemon, toss):
    """A payment that nobody came back from is looked up when its window has closed, and given up."""
    order = dine_in(daemon)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    due = daemon.sql(f"SELECT next_at > now() + interval '40 minutes' FROM payment_task WHERE payment_id = '{payment['id']}'")
    equal(due.splitlines()[2].strip(), "t")
    daemon.sql(f"UPDATE payment_task SET next_at = now() WHERE payment_id = '{payment['id']}'")
    wait_for("its end", lambda: fetch(daemon, payment)["status"] == "CANCELED")
    equal(get_check(daemon, order["check_id"])["totals"]["owed"], order["total_amount"])


@case
def refunds_of_cash(daemon, toss):
    """Any number of times, to the won, and not one won more."""
    order = dine_in(daemon, 3)
    payment = pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"])
    key = str(uuid.uuid4())
    after = refund(daemon, payment, 1000, key)
    equal((after["status"], after["refunded_amount"]), ("PARTIALLY_REFUNDED", 1000))
    equal(refund(daemon, payment, 1000, key)["refunded_amount"], 1000)
    left = order["total_amount"] - 1000
    equal(refused(refund, daemon, payment, left + 1).body["refundable_amount"], left)
    after = refund(daemon, payment, left)
    equal((after["status"], after["refundable_amount"], len(after["refunds"])), ("REFUNDED", 0, 2))
    equal(sum(one["vat_amount"] for one in after["refunds"]), order["vat_amount"], "the last takes the rest")
    check = get_check(daemon, order["check_id"])
    equal((check["status"], check["totals"]["owed"]), ("SETTLED", order["total_amount"]))
    equal(refused(refund, daemon, payment, 1).code, "STATE_CONFLICT")


@case
def refunds_at_the_service(daemon, toss):
    """Two within a second, and more than once: both done, once each."""
    order, payment = paid_by_toss(daemon, toss, 3)
    for amount in (1000, 500):
        refund(daemon, payment, amount)
    wait_for("both refunds", lambda: fetch(daemon, payment)["refunded_amount"] == 1500, timeout=20)
    answer = fetch(daemon, payment)
    equal([one["status"] for one in answer["refunds"]], ["DONE", "DONE"])
    equal(sorted(one["amount"] for one in toss.state()["refunds"] if one["orderId"] == payment["id"]), [500, 1000])


@case
def refund_desk(daemon, toss):
    """By lines, by a fraction, by won, over several payments: what the plan shows is what is done."""
    order = dine_in(daemon, 3)
    line, total = order["items"][0], order["total_amount"]
    check_id = order["check_id"]
    cash_paid = pay(daemon, "CASH", total - 2000, check_id=check_id)
    toss_paid = pay(daemon, "TOSS", 2000, check_id=check_id)
    confirm(daemon, agree(daemon, toss, toss_paid))
    one = plan(daemon, check_id, lines=[{"line_id": line["line_id"], "quantity": 1}])
    equal((one["amount"], one["ceiling"]), (line["unit_price"], total))
    equal([(effect["kind"], effect["amount"]) for effect in one["effects"]][:2],
          [("CARD", 2000), ("CASH", line["unit_price"] - 2000)])
    equal(one["supply_amount"] + one["vat_amount"] + one["tax_free_amount"], one["amount"])
    equal(plan(daemon, check_id, fraction={"numerator": 1, "denominator": 3})["amount"], total // 3)
    equal(refused(plan, daemon, check_id, amount=total + 1).code, "STATE_CONFLICT")
    equal(refused(plan, daemon, check_id, lines=[{"line_id": line["line_id"], "quantity": 4}]).status, 400)
    key, body = str(uuid.uuid4()), {"lines": [{"line_id": line["line_id"], "quantity": 1}], "reason": "식었어요"}
    answer = daemon.call("POST", f"{CHECKS}/{check_id}/refunds", body, key=key)
    equal({one["id"] for one in answer["payments"]}, {cash_paid["id"], toss_paid["id"]})
    again = daemon.call("POST", f"{CHECKS}/{check_id}/refunds", body, key=key)
    equal({one["id"] for one in again["payments"]}, {cash_paid["id"], toss_paid["id"]})
    wait_for("the card's part", lambda: fetch(daemon, toss_paid)["status"] == "REFUNDED")
    equal(fetch(daemon, cash_paid)["refunded_amount"], line["unit_price"] - 2000)
    equal(refused(plan, daemon, check_id, lines=[{"line_id": line["line_id"], "quantity": 3}]).status, 400,
          "one of three is back already")
    rest = plan(daemon, check_id, lines=[{"line_id": line["line_id"], "quantity": 2}])
    equal(rest["amount"], total - line["unit_price"])
    back = sum(one["vat_amount"] for paid in (cash_paid, toss_paid) for one in fetch(daemon, paid)["refunds"])
    # supply = (taxable · 10 + 5) / 11, the tax is the rest.
    sold = sum(paid["amount"] - (paid["amount"] * 10 + 5) // 11 for paid in (cash_paid, toss_paid))
    equal(rest["vat_amount"], sold - back, "of the tax, too, what was left")
    # The key is the act: it is done once, also when the daemon has long forgotten who sent it.
    daemon.sql("DELETE FROM idempotency")
    late = daemon.call("POST", f"{CHECKS}/{check_id}/refunds", body, key=key)
    equal({refund["act_id"] for one in late["payments"] for refund in one["refunds"]}, {key})
    equal(plan(daemon, check_id, lines=[{"line_id": line["line_id"], "quantity": 2}])["ceiling"], rest["ceiling"])


@case
def proof_of_a_refund(daemon, toss):
    """On paper once for its key, with the number of the order; only of a refund of that payment."""
    order = dine_in(daemon)
    payment = pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"])
    path = f"/payments/{payment['id']}/refunds"
    done = refund(daemon, payment, 1000)["refunds"][0]
    daemon.call("POST", f"{path}/{done['id']}/print", key=str(uuid.uuid4()))  # nobody prints receipts yet
    printer = daemon.call("POST", "/restaurants/me/printers",
                          {"name": "영수증", "transport": "NONE", "purposes": ["RECEIPT"]})
    key = str(uuid.uuid4())
    for _ in range(2):
        equal(daemon.call("POST", f"{path}/{done['id']}/print", key=key)["id"], payment["id"])
    jobs = daemon.call("GET", "/restaurants/me/print-jobs")["jobs"]
    equal([(job["purpose"], job["subject_id"]) for job in jobs if job["printer_id"] == printer["id"]],
          [("RECEIPT", order["check_id"])])
    equal(refused(daemon.call, "POST", f"{path}/{payment['id']}/print", key=str(uuid.uuid4())).code, "NOT_FOUND")


@case
def withdrawn_after_it_was_paid(daemon, toss):
    """A paid order can be canceled; its check then owes the guest, until a person has handed it back."""
    order = dine_in(daemon)
    payment = pay(daemon, "CARD_TERMINAL", order["total_amount"], check_id=order["check_id"], approval_no="1")
    daemon.act(order["id"], "cancel", {"reason": "재료 소진"})
    check = get_check(daemon, order["check_id"])
    equal((check["status"], check["totals"]["owed"]), ("SETTLED", -order["total_amount"]))
    asked = wait_for("the refund to be asked for", lambda: fetch(daemon, payment)["refunds"])[0]
    equal((asked["status"], asked["amount"], fetch(daemon, payment)["refundable_amount"]),
          ("REQUESTED", order["total_amount"], 0))
    path = f"/payments/{payment['id']}/refunds"
    equal(refused(daemon.call, "POST", f"{path}/{uuid.uuid4()}/complete", {}).code, "NOT_FOUND")
    equal(daemon.call("POST", f"{path}/{asked['id']}/complete", {})["status"], "REFUNDED")
    equal(daemon.call("POST", f"{path}/{asked['id']}/complete", {})["refunded_amount"], order["total_amount"])
    equal(get_check(daemon, order["check_id"])["totals"]["owed"], 0)


def open_payments(daemon):
    """What the report of the house's health says of them."""
    return next(part for part in daemon.call("GET", "/restaurants/me/health")["parts"]
                if part["part"] == "PAYMENTS")["waiting"]


@case
def unknown(daemon, toss):
    """Charged, and the answer lost: UNKNOWN, looked up, paid once."""
    order = dine_in(daemon)
    payment = pay(daemon, "TOSS", order["total_amount"], check_id=order["check_id"])
    back = agree(daemon, toss, payment)
    toss.faults({"op": "confirm", "kind": "drop-after", "times": 1}, {"op": "order", "kind": "error-before", "times": 1})
    equal(confirm(daemon, back)["status"], "UNKNOWN")
    wait_for("one that is asked about", lambda: open_payments(daemon) == 1, timeout=20)
    equal(refused(pay, daemon, "CASH", order["total_amount"], check_id=order["check_id"]).code, "STATE_CONFLICT",
          "it may be paid already")
    wait_for("the outcome", lambda: fetch(daemon, payment)["status"] == "PAID", timeout=20)
    equal(sum(1 for one in toss.state()["captures"] if one["orderId"] == payment["id"]), 1)


@case
def virtual_account(daemon, toss):
    """Waits for its deposit, is paid by it; another one is given up."""
    order = dine_in(daemon)
    payment = pay(daemon, "VIRTUAL_ACCOUNT", order["total_amount"], check_id=order["check_id"])
    waiting = confirm(daemon, agree(daemon, toss, payment, method="VIRTUAL_ACCOUNT"))
    equal(waiting["status"], "WAITING_FOR_DEPOSIT")
    equal(open_payments(daemon), 0, "a guest takes as long as he takes")
    assert waiting["virtual_account"]["account_number"] and waiting["virtual_account"]["due_at"]
    toss.sim("deposit", {"orderId": payment["id"], "amount": payment["amount"]})
    wait_for("the deposit", lambda: fetch(daemon, payment)["status"] == "PAID", timeout=20)
    equal(get_check(daemon, order["check_id"])["status"], "SETTLED")
    account = {"bank": "88", "account_number": "110123456789", "holder": "홍길동"}
    refund(daemon, payment, 1000, refund_account=account)
    wait_for("its refund", lambda: fetch(daemon, payment)["refunded_amount"] == 1000, timeout=20)
    other = dine_in(daemon)
    payment = pay(daemon, "VIRTUAL_ACCOUNT", other["total_amount"], check_id=other["check_id"])
    confirm(daemon, agree(daemon, toss, payment, method="VIRTUAL_ACCOUNT"))
    equal(daemon.call("POST", f"/payments/{payment['id']}/cancel")["status"], "CANCELED")
    equal(pay(daemon, "CASH", other["total_amount"], check_id=other["check_id"])["status"], "PAID")


@case
def cash_receipts(daemon, toss):
    """Asked for with the payment or later, never twice, canceled with the refund."""
    order = dine_in(daemon, 2)
    payment = pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"],
                  cash_receipt={"kind": "INCOME", "identity": "010-1234-5678"})
    issued = wait_for("the receipt", lambda: fetch(daemon, payment)["cash_receipt"]["status"] == "ISSUED"
                      and fetch(daemon, payment))["cash_receipt"]
    equal((issued["identity"], issued["amount"]), ("010-****-5678", order["total_amount"]))
    again = {"kind": "BUSINESS", "identity": "124-81-00998"}
    path = f"/payments/{payment['id']}/cash-receipt"
    equal(refused(daemon.call, "POST", path, again).code, "STATE_CONFLICT")
    refund(daemon, payment, 1000)
    wait_for("the rest of it", lambda: fetch(daemon, payment)["cash_receipt"]["amount"] == order["total_amount"] - 1000)
    canceled = daemon.call("POST", path + "/cancel")
    wait_for("its end", lambda: fetch(daemon, canceled)["cash_receipt"]["status"] == "CANCELED")
    equal(daemon.call("POST", path, again)["cash_receipt"]["kind"], "BUSINESS")
    equal(refused(daemon.call, "POST", path, {"kind": "BUSINESS", "identity": "1234567890"}).status, 400)


@case
def receipts_follow(daemon, toss):
    """What goes back while its receipt is on its way, or with its order, is on no receipt in the end."""
    def sell():
        order = dine_in(daemon)
        return order, pay(daemon, "CASH", order["total_amount"], check_id=order["check_id"],
                          cash_receipt={"kind": "INCOME", "identity": "010-1234-5678"})

    def reaches(payment, status, amount):
        def look():
            receipt = fetch(daemon, payment)["cash_receipt"]
            return (receipt["status"], receipt["amount"]) == (status, amount)
        wait_for(f"{status} {amount}", look, timeout=20)

    toss.faults({"op": "issue", "kind": "delay", "ms": 700, "times": 2})
    (order, whole), (_, part) = sell(), sell()
    total = order["total_amount"]
    refund(daemon, whole, total)
    refund(daemon, part, 700)
    reaches(whole, "CANCELED", total)
    reaches(part, "ISSUED", total - 700)
    order, canceled = sell()
    reaches(canceled, "ISSUED", total)
    daemon.act(order["id"], "cancel", {"reason": "재료 소진"})
    asked = wait_for("the refund", lambda: fetch(daemon, canceled)["refunds"])[0]
    daemon.call("POST", f"/payments/{canceled['id']}/refunds/{asked['id']}/complete", {})
    reaches(canceled, "CANCELED", total)


@case
def guests(daemon, toss):
    """A guest pays his own order with its token, at the service alone, and sees his payment."""
    order = daemon.place(daemon.order_body(channel="QR", type="TAKEOUT"), anonymous=True)
    token = {"X-Order-Token": order["tracking_token"]}

    def ask(method, headers, **more):
        return daemon.call("POST", "/payments", {"method": method, "amount": order["total_amount"], **more},
                           headers=headers, key=str(uuid.uuid4()), anonymous=True)

    equal(refused(ask, "TOSS", {}, order_id=order["id"]).status, 401)
    equal(refused(ask, "CASH", token, order_id=order["id"]).code, "STAFF_ONLY")
    equal(refused(ask, "TOSS", token, order_id=dine_in(daemon)["id"]).code, "NOT_FOUND")
    equal(refused(ask, "TOSS", {"X-Order-Token": "x"}, order_id=order["id"]).code, "NOT_FOUND")
    payment = ask("TOSS", token, order_id=order["id"])
    secret = {"X-Payment-Token": payment["checkout_url"].split("#")[1]}
    checkout = daemon.call("GET", f"/payments/{payment['id']}/checkout", headers=secret, anonymous=True)
    equal((checkout["amount"], checkout["client_key"]), (order["total_amount"], CLIENT))
    back = agree(daemon, toss, payment)
    equal(daemon.call("POST", "/payments/confirm", back, anonymous=True)["status"], "PAID")
    equal(daemon.call("GET", f"/payments/{payment['id']}", headers=secret, anonymous=True)["status"], "PAID")
    equal(refused(daemon.call, "GET", f"/payments/{payment['id']}", anonymous=True).status, 401)
    equal(refused(daemon.call, "GET", f"/payments/{payment['id']}/checkout", anonymous=True,
                  headers={"X-Payment-Token": order["tracking_token"]}).code, "NOT_FOUND")


@case
def page(daemon, toss):
    """The checkout page lets the service's script in, and nobody frame it."""
    for name, kind in ((str(uuid.uuid4()), "text/html"), ("pay.js", "text/javascript"), ("pay.css", "text/css")):
        status, headers, _ = daemon.raw("GET", f"/pay/{name}")
        equal((status, headers["Content-Type"].split(";")[0]), (200, kind))
    policy = headers["Content-Security-Policy"]
    assert f"script-src 'self' {toss.url};" in policy and "frame-ancestors 'none'" in policy, policy
    equal(daemon.raw("GET", "/pay/nothing.js")[0], 404)


@case
def webhooks(daemon, toss):
    """A hint makes us look; a deposit's needs its secret; strangers are kept and do nothing."""
    order = dine_in(daemon)
    payment = pay(daemon, "VIRTUAL_ACCOUNT", order["total_amount"], check_id=order["check_id"])
    confirm(daemon, agree(daemon, toss, payment, method="VIRTUAL_ACCOUNT"))

    def hook(body, transmission):
        return daemon.call("POST", "/webhooks/toss", body, anonymous=True,
                           headers={"tosspayments-webhook-transmission-id": transmission})

    forged = {"createdAt": "2026-01-01T00:00:00", "secret": "guess", "status": "DONE", "transactionKey": "x",
              "orderId": payment["id"]}
    hook(forged, "forged-1")
    hook({"eventType": "PAYMENT_STATUS_CHANGED", "data": {"orderId": str(uuid.uuid4()), "status": "DONE"}}, "strange-1")
    hook({"eventType": "PAYMENT_STATUS_CHANGED", "data": {"orderId": "no uuid"}}, "strange-1")
    trusted = daemon.sql("SELECT count(*) FROM webhook_inbox WHERE NOT trusted")
    assert trusted.splitlines()[2].strip() == "2", trusted
    equal(fetch(daemon, payment)["status"], "WAITING_FOR_DEPOSIT", "it was not paid, whatever was said")
    toss.sim("deposit", {"orderId": payment["id"], "amount": payment["amount"]})
    hook({"eventType": "PAYMENT_STATUS_CHANGED", "data": {"orderId": payment["id"], "status": "DONE"}}, "real-1")
    wait_for("the payment", lambda: fetch(daemon, payment)["status"] == "PAID", timeout=20)
    equal(refused(hook, {"eventType": "x" * 70000}, "big").status, 400, "256 KiB are taken, and this is no event")
    equal(refused(hook, {"eventType": "x" * 262144}, "bigger").status, 413)


@case
def settlements(daemon, toss):
    """Both books agree; what one of them lacks is named, and what is not paid out too."""
    seoul = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9)))
    day = seoul.date().isoformat()
    _, payment = paid_by_toss(daemon, toss)
    refund(daemon, payment, 700)
    wait_for("the refund", lambda: fetch(daemon, payment)["refunded_amount"] == 700)
    path = f"/restaurants/me/settlements?from={day}&to={day}"
    equal(daemon.call("GET", path), {"days": [{"day": day, "gross": 0, "fee": 0, "net": 0, "paid_out": 0, "missing": []}],
                                     "findings": []}, "nothing was fetched yet")
    books = daemon.call("POST", "/restaurants/me/settlements/import", {"day": day})
    state = toss.state()
    sums = books["days"][0]
    equal((books["findings"], sums["missing"]), ([], []))
    equal((sums["gross"], sums["gross"] - sums["fee"]), (state["captured"] - state["refunded"], sums["net"]))
    stranger = toss.approve("order-of-nobody", 5000)
    equal(toss.confirm(stranger)[0], 200)
    daemon.sql(f"UPDATE payment SET paid_at = paid_at - interval '1 day' WHERE id = '{payment['id']}'")
    books = daemon.call("POST", "/restaurants/me/settlements/import", {"day": day})
    equal(books["findings"], [{"day": day, "kind": "CHARGE_UNKNOWN_HERE", "subject": "order-of-nobody", "amount": 5000}])
    before = (seoul.date() - datetime.timedelta(days=1)).isoformat()
    found = daemon.call("POST", "/restaurants/me/settlements/import", {"day": before})["findings"]
    equal([(one["kind"], one["subject"]) for one in found], [("CHARGE_UNKNOWN_THERE", payment["id"])])
    daemon.sql(f"UPDATE payment SET paid_at = paid_at + interval '1 day' WHERE id = '{payment['id']}'")
    daemon.sql(f"DELETE FROM settlement WHERE payment_id = '{payment['id']}'")
    equal([one["payment_id"] for one in daemon.call("GET", path)["days"][0]["missing"]], [payment["id"]])
    toss.cancel(stranger["paymentKey"], "nobody")
    for query in ("", f"?from={day}", f"?from={day}&to={before}", "?from=2026-02-30&to=2026-03-01"):
        equal(refused(daemon.call, "GET", "/restaurants/me/settlements" + query).status, 400, query)


def luhn(digits):
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@case
def no_card_number(daemon, toss):
    """Nothing that could be a card's number is in the database or in a log."""
    equal(luhn("4111111111111111"), True, "the scan would find one")
    texts = [daemon.sql(f"SELECT t::text FROM {table} t") for table in
             ("payment", "refund", "webhook_inbox", "outbox", "shop_feed", "payment_task", "cash_receipt")]
    for folder, _, names in os.walk(os.path.join(daemon.data_dir, "log")):
        texts += [open(os.path.join(folder, name), encoding="utf-8", errors="replace").read() for name in names]
    for text in texts:
        for found in re.findall(r"(?<![0-9a-f.-])[0-9]{13,19}(?![0-9a-f.-])", text):
            assert not luhn(found), f"{found} could be a card"


@case
def invariants(daemon, toss):
    """What the database must always say of it all; and ours is the service's money."""
    answer = json.loads(daemon.ctl("check", "--json", check=False).stdout)
    equal(answer, {"ok": True, "broken": []})
    state = toss.state()
    ours = daemon.sql("SELECT coalesce(sum(amount - refunded_amount), 0) FROM payment WHERE method IN "
                      "('TOSS', 'VIRTUAL_ACCOUNT') AND status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')")
    equal(int(ours.splitlines()[2]), state["captured"] - state["refunded"])


@case
def corrupted(daemon, toss):
    """Each of these is found."""
    for change, rule in (
            ("UPDATE payment SET refunded_amount = 1, held_amount = 1 WHERE id = (SELECT id FROM payment "
             "WHERE status = 'PAID' LIMIT 1)", "payment.refunds-within-captured"),
            ("UPDATE guest_check SET tenders_amount = tenders_amount + 1 WHERE id = (SELECT check_id FROM payment "
             "WHERE status = 'PAID' LIMIT 1)", "payment.checks-are-their-payments"),
            ("UPDATE payment SET version = version + 1 WHERE id = (SELECT id FROM payment LIMIT 1)",
             "payment.every-change-told")):
        daemon.sql(change)
        broken = json.loads(daemon.ctl("check", "--json", check=False).stdout)["broken"]
        assert any(line.startswith(rule) for line in broken), (rule, broken)


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    with Toss(program) as toss:
        extra = ["--toss-base-url", toss.url, "--toss-sdk-url", toss.url + "/v2/standard", "--toss-retry-ms", "300",
                 "--toss-timeout-ms", "8000"]
        with Daemon(sys.argv[1], extra=extra) as daemon:
            daemon.setup(MENU)
            daemon.contract = Contract()
            daemon.start()
            daemon.login()
            daemon.call("PATCH", "/restaurants/me", {"guest_orders": True})
            return run(daemon, toss)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
