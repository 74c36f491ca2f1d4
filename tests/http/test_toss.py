#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The simulated Toss Payments itself: what the real one refuses it refuses, in the same words."""

import http.client
import json
import os
import sys
import tempfile
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import tap  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_toss import SECRET, Toss, WebhookDoor, query_of  # noqa: E402
from tap import case, equal  # noqa: E402

PAYMENT = set("""version paymentKey type orderId orderName mId currency method totalAmount balanceAmount status
requestedAt approvedAt useEscrow lastTransactionKey suppliedAmount vat cultureExpense taxFreeAmount
taxExemptionAmount cancels isPartialCancelable card virtualAccount secret mobilePhone giftCertificate transfer
receipt checkout easyPay country failure cashReceipt cashReceipts discount metadata""".split())
CARD = set("""amount issuerCode acquirerCode number installmentPlanMonths approveNo useCardPoint cardType ownerType
acquireStatus isInterestFree interestPayer""".split())
CANCEL = set("""cancelAmount cancelReason taxFreeAmount taxExemptionAmount refundableAmount easyPayDiscountAmount
canceledAt transactionKey receiptKey cancelStatus cancelRequestId""".split())
SETTLEMENT = set("""mId paymentKey transactionKey orderId currency method amount interestFee fee fees supplyAmount vat
payOutAmount approvedAt soldDate paidOutDate card easyPay cancel""".split())
RECEIPT = set("""receiptKey issueNumber issueStatus amount taxFreeAmount orderId orderName type transactionType
businessNumber customerIdentityNumber failure requestedAt receiptUrl""".split())
LOST = (OSError, http.client.HTTPException)
COUNT = iter(range(1, 1 << 30))


def new_order():
    return f"order-{next(COUNT):06}"


def paid(toss, amount=15000, **more):
    """A confirmed payment."""
    status, payment = toss.confirm(toss.approve(new_order(), amount, **more))
    equal(status, 200, payment)
    return payment


def refused(answer, status, code):
    equal((answer[0], answer[1].get("code")), (status, code), "refusal")
    assert answer[1]["message"], "a refusal has words"


def quiet(toss):
    """Nothing switched on, and a second gone by since the last cancel."""
    toss.faults()
    toss.advance(2)


@case
def authentication(toss, door):
    """Who has no secret key is refused before anything else is looked at"""
    path = "/v1/payments/nothing"
    equal(toss.raw("GET", path)[0], 401)
    refused(toss.call("GET", path, secret="test_ck_simulated"), 401, "UNAUTHORIZED_KEY")
    refused(toss.call("GET", "/v1/no-such-call", secret="rubbish"), 401, "UNAUTHORIZED_KEY")
    refused(toss.call("GET", path, headers={"Authorization": "Bearer x"}), 403, "INCORRECT_BASIC_AUTH_FORMAT")
    refused(toss.call("GET", path, headers={"Authorization": "Basic dGVzdF9za19h"}), 403,
            "INCORRECT_BASIC_AUTH_FORMAT")
    refused(toss.call("GET", path), 404, "NOT_FOUND_PAYMENT")
    refused(toss.call("GET", "/v1/no-such-call"), 404, "NOT_FOUND")
    assert toss.raw("GET", path)[1]["x-tosspayments-trace-id"]
    toss.sim("keys", {"secretKeys": ["test_sk_other"]})
    refused(toss.call("GET", path), 401, "UNAUTHORIZED_KEY")
    toss.sim("keys", {})
    equal(toss.call("GET", path, headers={"Accept-Language": "en-US"})[1]["message"], "Not found payment.")


@case
def confirming(toss, door):
    """A confirmed payment is the whole object of version 2022-11-16"""
    payment = paid(toss)
    equal(set(payment), PAYMENT, "members")
    equal(set(payment["card"]), CARD, "members of card")
    equal((payment["version"], payment["status"], payment["method"], payment["currency"]),
          ("2022-11-16", "DONE", "카드", "KRW"))
    equal((payment["totalAmount"], payment["balanceAmount"], payment["suppliedAmount"], payment["vat"]),
          (15000, 15000, 13636, 1364))
    for name in ("virtualAccount", "cancels", "secret", "failure", "metadata"):
        equal(payment[name], None, name)
    assert payment["approvedAt"].endswith("+09:00") and "*" in payment["card"]["number"]
    for amount, supply in ((30000, 27273), (37400, 34000)):
        equal(paid(toss, amount)["suppliedAmount"], supply)
    equal(toss.call("GET", f"/v1/payments/{payment['paymentKey']}"), (200, payment))
    equal(toss.call("GET", f"/v1/payments/orders/{payment['orderId']}"), (200, payment))
    refused(toss.call("GET", f"/v1/payments/{payment['paymentKey']}", secret="test_sk_other"), 404,
            "NOT_FOUND_PAYMENT")
    for method in ("계좌이체", "휴대폰", "간편결제"):
        equal(paid(toss, method=method)["method"], method)


@case
def confirming_wrong(toss, door):
    """A confirm that differs from the window, comes again or names nothing is refused"""
    approved = toss.approve(new_order(), 12000)
    key = approved["paymentKey"]
    refused(toss.confirm({**approved, "amount": 100}, "a"), 400, "INVALID_REQUEST")
    refused(toss.confirm({**approved, "orderId": "order-other"}, "b"), 400, "INVALID_REQUEST")
    refused(toss.confirm({**approved, "amount": "12000"}, "c"), 400, "INVALID_REQUEST")
    refused(toss.confirm({**approved, "amount": 12000.5}, "d"), 400, "INVALID_REQUEST")
    refused(toss.confirm({**approved, "orderId": "short"}, "e"), 400, "INVALID_REQUEST")
    refused(toss.confirm({**approved, "paymentKey": "unknown"}, "f"), 404, "NOT_FOUND_PAYMENT")
    refused(toss.confirm(approved, "g", secret="live_sk_x"), 400, "INVALID_API_KEY")
    refused(toss.confirm(approved, "h", secret="test_gsk_x"), 400, "INVALID_API_KEY")
    refused(toss.confirm(toss.approve(new_order(), 99), "i"), 400, "BELOW_MINIMUM_AMOUNT")
    refused(toss.confirm(toss.approve(new_order(), 199, method="가상계좌"), "j"), 400, "BELOW_MINIMUM_AMOUNT")
    equal(toss.confirm(approved, "k")[0], 200)
    refused(toss.confirm(approved, "l"), 400, "ALREADY_PROCESSED_PAYMENT")
    assert any("another idempotency key" in what for what in toss.state()["violations"])
    captures = [row for row in toss.state()["captures"] if row["paymentKey"] == key]
    equal([row["amount"] for row in captures], [12000], "captures")
    status, _, _ = toss.raw("POST", "/sim/approve", '{"orderId": "%s", "amount": 1}' % approved["orderId"])
    equal(status, 400, "a second window for a paid order")


@case
def two_windows(toss, door):
    """Of two windows of one order only one is ever paid"""
    order = new_order()
    first, second = toss.approve(order, 9000), toss.approve(order, 9000)
    equal(toss.confirm(second, "w2")[0], 200)
    refused(toss.confirm(first, "w1"), 400, "DUPLICATED_ORDER_ID")
    equal(toss.call("GET", f"/v1/payments/orders/{order}")[1]["paymentKey"], second["paymentKey"])


@case
def idempotency(toss, door):
    """A key is answered as it was the first time, whatever the body, and apart for each URL"""
    approved = toss.approve(new_order(), 5000)
    first = toss.confirm(approved, "same")
    equal(toss.confirm(approved, "same"), first, "the repeated answer")
    equal(toss.confirm({**approved, "amount": 1}, "same"), first, "with another body")
    refused(toss.confirm(approved, "same", secret="test_sk_other"), 404, "NOT_FOUND_PAYMENT")
    key = approved["paymentKey"]
    equal(toss.cancel(key, "same", cancelAmount=1000)[1]["balanceAmount"], 4000)
    equal(toss.cancel(key, "same", cancelAmount=1000)[1]["balanceAmount"], 4000)
    bad = toss.cancel(key, "bad", cancelAmount=5000)
    toss.advance(5)
    equal(toss.cancel(key, "bad", cancelAmount=100), bad, "an error is remembered too")
    refused(toss.confirm(approved, "x" * 301), 400, "INVALID_IDEMPOTENCY_KEY")
    toss.advance(16 * 86400)
    refused(toss.confirm(approved, "same"), 400, "ALREADY_PROCESSED_PAYMENT")


@case
def a_key_at_work(toss, door):
    """The same key while the first call still runs gets 409"""
    quiet(toss)
    toss.faults({"op": "confirm", "kind": "delay", "ms": 1500, "times": 1})
    approved = toss.approve(new_order(), 5000)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(toss.confirm, approved, "busy")
        wait_for("the first call", lambda: toss.state()["faults_left"] == 0)
        refused(toss.confirm(approved, "busy"), 409, "IDEMPOTENT_REQUEST_PROCESSING")
        equal(slow.result()[0], 200)
    equal(toss.confirm(approved, "busy")[0], 200)


@case
def timers(toss, door):
    """A window lasts 30 minutes, an approval 10"""
    opened = toss.approve(new_order(), 5000, stop="READY")
    refused(toss.confirm(opened, "t1"), 404, "NOT_FOUND_PAYMENT_SESSION")
    toss.advance(29 * 60)
    equal(toss.call("GET", f"/v1/payments/{opened['paymentKey']}")[1]["status"], "READY")
    toss.advance(61)
    late = toss.call("GET", f"/v1/payments/{opened['paymentKey']}")[1]
    equal((late["status"], late["failure"]["code"]), ("EXPIRED", "EXPIRED_PAYMENT"))
    approved = toss.approve(new_order(), 5000)
    toss.advance(9 * 60)
    equal(toss.call("GET", f"/v1/payments/{approved['paymentKey']}")[1]["status"], "IN_PROGRESS")
    toss.advance(61)
    refused(toss.confirm(approved, "t2"), 404, "NOT_FOUND_PAYMENT_SESSION")
    equal(toss.call("GET", f"/v1/payments/{approved['paymentKey']}")[1]["status"], "EXPIRED")


@case
def cancelling(toss, door):
    """Cancels are partial, many, a second apart, and never more than is left"""
    payment = paid(toss, 10000)
    key = payment["paymentKey"]
    toss.advance(2)
    status, after = toss.cancel(key, "c1", cancelAmount=3000)
    equal((status, after["status"], after["balanceAmount"]), (200, "PARTIAL_CANCELED", 7000))
    equal(set(after["cancels"][0]), CANCEL, "members of a cancel")
    equal((after["cancels"][0]["cancelAmount"], after["cancels"][0]["refundableAmount"]), (3000, 7000))
    equal(after["suppliedAmount"] + after["vat"], 7000)
    equal(after["lastTransactionKey"], after["cancels"][0]["transactionKey"])
    refused(toss.cancel(key, "c2", cancelAmount=1000), 403, "FORBIDDEN_CONSECUTIVE_REQUEST")
    toss.advance(2)
    refused(toss.cancel(key, "c3", cancelAmount=7001), 403, "NOT_CANCELABLE_AMOUNT")
    refused(toss.cancel(key, "c4", cancelAmount=0), 400, "INVALID_REQUEST")
    refused(toss.cancel(key, "c5", reason=""), 400, "INVALID_REQUEST")
    refused(toss.cancel(key, "c6", reason="가" * 201), 400, "INVALID_REQUEST")
    refused(toss.cancel(key, "c7", cancelAmount=10, refundableAmount=10), 400, "NOT_MATCHES_REFUNDABLE_AMOUNT")
    refused(toss.cancel(key, "c8", cancelAmount=10, taxFreeAmount=5), 403, "NOT_CANCELABLE_AMOUNT")
    refused(toss.cancel("unknown", "c9"), 404, "NOT_FOUND_PAYMENT")
    status, whole = toss.cancel(key, "c10")
    equal((status, whole["status"], whole["balanceAmount"], len(whole["cancels"])), (200, "CANCELED", 0, 2))
    toss.advance(2)
    refused(toss.cancel(key, "c11"), 400, "ALREADY_CANCELED_PAYMENT")
    waiting = toss.approve(new_order(), 5000)
    refused(toss.cancel(waiting["paymentKey"], "c12"), 403, "NOT_CANCELABLE_PAYMENT")


@case
def tax_free(toss, door):
    """What is free of tax is kept apart, through cancels too"""
    payment = paid(toss, 11000, taxFreeAmount=5500)
    equal((payment["taxFreeAmount"], payment["suppliedAmount"], payment["vat"]), (5500, 5000, 500))
    toss.advance(2)
    refused(toss.cancel(payment["paymentKey"], "tf1", cancelAmount=6000), 403, "NOT_CANCELABLE_AMOUNT")
    toss.advance(2)
    _, after = toss.cancel(payment["paymentKey"], "tf2", cancelAmount=6000, taxFreeAmount=500)
    equal((after["taxFreeAmount"], after["balanceAmount"], after["vat"]), (5000, 5000, 0))


@case
def virtual_accounts(toss, door):
    """A virtual account waits for its deposit, and gives it back to a named account only"""
    quiet(toss)
    wish = {"amount": 20000, "orderId": new_order(), "orderName": "김치찌개", "customerName": "김손님", "bank": "88"}
    refused(toss.call("POST", "/v1/virtual-accounts", {**wish, "bank": "04"}, "v0"), 400, "INVALID_BANK")
    status, payment = toss.call("POST", "/v1/virtual-accounts", wish, "v1")
    equal((status, payment["status"], payment["approvedAt"]), (200, "WAITING_FOR_DEPOSIT", None))
    assert payment["secret"] and len(payment["secret"]) <= 50
    equal(payment["virtualAccount"]["bankCode"], "88")
    key, order = payment["paymentKey"], payment["orderId"]
    refused(toss.cancel(key, "v2", cancelAmount=100), 403, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT")
    wait_for("the callback", lambda: door.of(order))
    equal(set(door.of(order)[0][1]), {"createdAt", "secret", "status", "transactionKey", "orderId"})
    equal(door.of(order)[0][1]["secret"], payment["secret"])
    toss.sim("deposit", {"orderId": order, "amount": 20000})
    equal(toss.call("GET", f"/v1/payments/{key}")[1]["status"], "DONE")
    wait_for("both webhooks", lambda: len(door.of(order)) == 3)
    toss.sim("deposit", {"orderId": order, "fail": True})
    equal(toss.call("GET", f"/v1/payments/{key}")[1]["status"], "WAITING_FOR_DEPOSIT")
    toss.sim("deposit", {"orderId": order, "amount": 20000})
    refused(toss.cancel(key, "v3"), 400, "INVALID_REQUEST")
    account = {"bank": "20", "accountNumber": "1002123456789", "holderName": "김손님"}
    for name, value, code in (("bank", "00", "INVALID_BANK"), ("holderName", "", "INVALID_REFUND_ACCOUNT_INFO"),
                              ("accountNumber", "1-2", "INVALID_REFUND_ACCOUNT_NUMBER")):
        refused(toss.cancel(key, f"v4{name}", refundReceiveAccount={**account, name: value}), 400, code)
    status, after = toss.cancel(key, "v5", refundReceiveAccount=account)
    equal((status, after["status"], after["virtualAccount"]["refundStatus"]), (200, "CANCELED", "COMPLETED"))


@case
def accounts_that_nobody_pays(toss, door):
    """A virtual account can be ended, or ends by itself without a callback"""
    status, first = toss.confirm(toss.approve(new_order(), 7000, method="VIRTUAL_ACCOUNT"))
    equal((status, first["status"]), (200, "WAITING_FOR_DEPOSIT"))
    equal(toss.cancel(first["paymentKey"], "n1")[1]["status"], "CANCELED")
    _, second = toss.confirm(toss.approve(new_order(), 7000, method="VIRTUAL_ACCOUNT"))
    wait_for("its account", lambda: door.of(second["orderId"]))
    toss.advance(169 * 3600)
    after = toss.call("GET", f"/v1/payments/{second['paymentKey']}")[1]
    equal((after["status"], after["virtualAccount"]["expired"]), ("EXPIRED", True))
    probe = paid(toss)
    wait_for("a later webhook", lambda: door.of(probe["orderId"]))
    equal([body["status"] for _, body in door.of(second["orderId"])], ["WAITING_FOR_DEPOSIT"])


@case
def cash_receipts(toss, door):
    """Cash receipts are issued, listed by day and cursor, and cancelled in parts"""
    wish = {"amount": 8000, "orderId": new_order(), "orderName": "비빔밥", "type": "소득공제",
            "customerIdentityNumber": "01012345678"}
    status, receipt = toss.call("POST", "/v1/cash-receipts", wish, "r1")
    equal((status, set(receipt), receipt["issueStatus"]), (200, RECEIPT, "IN_PROGRESS"))
    for name, value, code in (("type", "other", "INVALID_REQUEST"), ("amount", 0, "INVALID_REQUEST"),
                              ("customerIdentityNumber", "12", "INVALID_CUSTOMER_IDENTITY_NUMBER")):
        refused(toss.call("POST", "/v1/cash-receipts", {**wish, name: value}, f"r2{name}"), 400, code)
    for _ in range(2):
        toss.call("POST", "/v1/cash-receipts", {**wish, "orderId": new_order()}, f"r3{next(COUNT)}")
    day = receipt["requestedAt"][:10]
    _, page = toss.call("GET", f"/v1/cash-receipts?requestDate={day}&limit=2")
    equal((page["hasNext"], len(page["data"])), (True, 2))
    _, rest = toss.call("GET", f"/v1/cash-receipts?requestDate={day}&limit=2&cursor={page['lastCursor']}")
    equal((rest["hasNext"], len(rest["data"])), (False, 1))
    toss.advance(86401)
    equal(toss.call("GET", f"/v1/cash-receipts?requestDate={day}")[1]["data"][0]["issueStatus"], "COMPLETED")
    path = f"/v1/cash-receipts/{receipt['receiptKey']}/cancel"
    status, part = toss.call("POST", path, {"amount": 3000}, "r4")
    equal((status, part["transactionType"], part["amount"]), (200, "CANCEL", 3000))
    refused(toss.call("POST", path, {"amount": 5001}, "r5"), 400, "INVALID_REQUEST")
    equal(toss.call("POST", path, {}, "r6")[1]["amount"], 5000)
    refused(toss.call("POST", path, {}, "r7"), 400, "ALREADY_CANCELED_CASH_RECEIPT")
    refused(toss.call("POST", "/v1/cash-receipts/none/cancel", {}, "r8"), 404, "NOT_FOUND_CASH_RECEIPT")


@case
def books(toss, door):
    """Transactions and settlements have a row for each capture and cancel, and add up"""
    secret = "test_sk_books"
    _, payment = toss.confirm(toss.approve(new_order(), 100000), secret=secret)
    key = payment["paymentKey"]
    toss.call("POST", f"/v1/payments/{key}/cancel", {"cancelReason": "품절", "cancelAmount": 30000}, "b1",
              secret=secret)
    day = payment["approvedAt"][:10]
    span = f"startDate={day}T00:00:00&endDate={day}T23:59:59"
    status, rows = toss.call("GET", f"/v1/transactions?{span}", secret=secret)
    equal((status, [(row["status"], row["amount"]) for row in rows]),
          (200, [("DONE", 100000), ("PARTIAL_CANCELED", -30000)]))
    _, rest = toss.call("GET", f"/v1/transactions?{span}&limit=1&startingAfter={rows[0]['transactionKey']}",
                        secret=secret)
    equal([row["transactionKey"] for row in rest], [rows[1]["transactionKey"]])
    refused(toss.call("GET", f"/v1/transactions?startDate={day}&endDate={day}", secret=secret), 400,
            "INVALID_REQUEST")
    status, sold = toss.call("GET", f"/v1/settlements?startDate={day}&endDate={day}&dateType=soldDate",
                             secret=secret)
    equal((status, [set(row) for row in sold]), (200, [SETTLEMENT] * 2))
    for row in sold:
        equal(row["fee"], row["supplyAmount"] + row["vat"], "fee")
        equal(row["payOutAmount"], row["amount"] - row["fee"], "paid out")
    equal(sum(row["amount"] for row in sold), 70000)
    out = sold[0]["paidOutDate"]
    equal(len(toss.call("GET", f"/v1/settlements?startDate={out}&endDate={out}&dateType=paidOutDate",
                        secret=secret)[1]), 2)
    equal(len(toss.call("GET", f"/v1/settlements?startDate={day}&endDate={day}&page=2&size=1",
                        secret=secret)[1]), 1)
    toss.sim("unsettled", {"transactionKeys": [rows[0]["transactionKey"]]})
    equal(len(toss.call("GET", f"/v1/settlements?startDate={day}&endDate={day}", secret=secret)[1]), 1)
    toss.sim("unsettled", {})


@case
def asked_errors(toss, door):
    """TossPayments-Test-Code forces an error for test keys, and does nothing else"""
    approved = toss.approve(new_order(), 5000)
    refused(toss.confirm(approved, "e1", headers={"TossPayments-Test-Code": "REJECT_CARD_PAYMENT"}), 403,
            "REJECT_CARD_PAYMENT")
    refused(toss.confirm(approved, "e2", headers={"TossPayments-Test-Code": "UNKNOWN_PAYMENT_ERROR"}), 500,
            "UNKNOWN_PAYMENT_ERROR")
    equal(toss.confirm(approved, "e1")[0], 200)


@case
def lost_answers(toss, door):
    """Each fault before the money leaves it untouched; each one after it is found by looking it up"""
    for kind, happened in (("drop-before", False), ("hold-before", False), ("error-before", False),
                           ("error-stored", False), ("drop-after", True), ("hold-after", True),
                           ("error-after", True)):
        quiet(toss)
        approved = toss.approve(new_order(), 6000)
        toss.faults({"op": "confirm", "kind": kind, "times": 1})
        try:
            status = toss.confirm(approved, kind, timeout=2)[0]
            assert kind.startswith("error") and status == 500, (kind, status)
        except LOST:
            assert not kind.startswith("error"), kind
        found = toss.call("GET", f"/v1/payments/orders/{approved['orderId']}")[1]["status"]
        equal(found, "DONE" if happened else "IN_PROGRESS", kind)
        again = toss.confirm(approved, kind)[0]
        equal(again, 500 if kind in ("error-stored", "error-after") else 200, f"{kind}, repeated")
        captured = [row for row in toss.state()["captures"] if row["orderId"] == approved["orderId"]]
        equal(len(captured), 0 if kind == "error-stored" else 1, f"captures after {kind}")


@case
def other_faults(toss, door):
    """Limits, refusing cards, chances and calls that are skipped"""
    quiet(toss)
    toss.faults({"op": "order", "kind": "error-before", "code": "TOO_MANY_REQUESTS", "times": 1, "skip": 1})
    payment = paid(toss)
    path = f"/v1/payments/orders/{payment['orderId']}"
    equal([toss.call("GET", path)[0] for _ in range(3)], [200, 429, 200])
    toss.faults({"op": "confirm", "kind": "decline", "code": "REJECT_CARD_COMPANY", "times": 1})
    approved = toss.approve(new_order(), 5000)
    refused(toss.confirm(approved, "d1"), 403, "REJECT_CARD_COMPANY")
    after = toss.call("GET", f"/v1/payments/{approved['paymentKey']}")[1]
    equal((after["status"], after["failure"]["code"]), ("ABORTED", "REJECT_CARD_COMPANY"))
    toss.faults({"kind": "error-before", "chance": 50}, seed=7)
    seen = {toss.call("GET", path)[0] for _ in range(40)}
    equal(seen, {200, 500}, "half of them")
    for wrong in ({"op": "nothing", "kind": "delay"}, {"kind": "never"}, {"kind": "delay", "more": 1},
                  {"op": "confirm", "kind": "decline", "code": "NO_SUCH_CODE"}):
        equal(toss.raw("POST", "/sim/faults", '{"rules": [%s]}' % str(wrong).replace("'", '"'))[0], 400, wrong)
    quiet(toss)


@case
def webhooks(toss, door):
    """A webhook has the headers and body of the real one, and comes until it is answered 200"""
    quiet(toss)
    door.status = 500
    payment = paid(toss)
    order = payment["orderId"]
    wait_for("the first try", lambda: door.of(order))
    headers, body = door.of(order)[0]
    equal((body["eventType"], body["data"]), ("PAYMENT_STATUS_CHANGED", payment))
    assert len(body["createdAt"]) == 26 and "+" not in body["createdAt"], body["createdAt"]
    equal(headers["tosspayments-webhook-transmission-retried-count"], "0")
    assert "tosspayments-webhook-signature" not in headers
    for n, minutes in enumerate((1, 4, 16, 64, 256, 1024, 4096), 1):
        wait_for("the answer", lambda: [row for row in toss.state()["webhooks"]
                                        if row["orderId"] == order and row["tries"] == n])
        equal(len(door.of(order)), n, "tries before time has passed")
        toss.advance(minutes * 60 + 1)
        wait_for(f"try {n}", lambda: len(door.of(order)) == n + 1)
        equal(door.of(order)[-1][0]["tosspayments-webhook-transmission-retried-count"], str(n))
    equal(len({headers["tosspayments-webhook-transmission-id"] for headers, _ in door.of(order)}), 1, "ids")
    wait_for("its end", lambda: [row for row in toss.state()["webhooks"]
                                 if row["orderId"] == order and row["state"] == "given-up"])
    door.status = 200


@case
def webhook_faults(toss, door):
    """Webhooks never come, come twice, out of order, or before the answer"""
    quiet(toss)
    toss.faults({"op": "webhook", "kind": "never", "times": 1}, {"op": "webhook", "kind": "duplicate", "times": 1},
                {"op": "webhook", "kind": "late", "ms": 1500, "times": 1},
                {"op": "webhook", "kind": "early", "times": 1, "skip": 1})
    silent, twice = paid(toss), paid(toss)
    late = paid(toss)
    toss.cancel(late["paymentKey"], "h1")
    wait_for("both", lambda: len(door.of(late["orderId"])) == 2)
    equal([body["data"]["status"] for _, body in door.of(late["orderId"])], ["CANCELED", "DONE"], "order")
    early = paid(toss)
    equal(len(door.of(early["orderId"])), 1, "webhooks before the answer")
    wait_for("the twin", lambda: len(door.of(twice["orderId"])) == 2)
    ids = {headers["tosspayments-webhook-transmission-id"] for headers, _ in door.of(twice["orderId"])}
    equal(len(ids), 1, "ids of twins")
    equal(door.of(silent["orderId"]), [])


@case
def windows(toss, door):
    """The window brings the guest back with what the real one says"""
    success, fail = "http://127.0.0.1:1/ok?shop=1", "http://127.0.0.1:1/no"

    def window(**more):
        order = new_order()
        query = {"clientKey": "test_ck_w", "orderId": order, "orderName": "<b>떡볶이</b>", "amount": 4000,
                 "method": "CARD", "customerKey": "@@ANONYMOUS", "successUrl": success, "failUrl": fail, **more}
        status, headers, _ = toss.raw("GET", "/sim/window?" + urllib.parse.urlencode(query))
        return order, status, headers.get("Location", "").removeprefix(toss.url)

    def press(button, **more):
        order, status, place = window(**more)
        equal(status, 303)
        status, _, page = toss.raw("GET", place)
        assert status == 200 and "&lt;b&gt;떡볶이" in page.decode() and "4,000원" in page.decode()
        status, headers, _ = toss.raw("POST", f"{place}/{button}")
        equal(status, 303)
        equal(toss.raw("POST", f"{place}/approve")[0], 303 if button == "cancel" else 410, "pressed again")
        return order, headers["Location"]

    order, url = press("approve")
    back = query_of(url)
    assert url.startswith(success + "&paymentType=NORMAL&orderId="), url
    equal((back["shop"], back["orderId"], back["amount"]), ("1", order, "4000"))
    equal(toss.confirm({**back, "amount": int(back["amount"])})[0], 200)
    order, url = press("cancel")
    equal((query_of(url)["code"], "orderId" in query_of(url)), ("PAY_PROCESS_CANCELED", False))
    order, url = press("reject")
    equal((query_of(url)["code"], query_of(url)["orderId"]), ("REJECT_CARD_COMPANY", order))
    equal(query_of(press("expire")[1])["code"], "PAY_PROCESS_ABORTED")
    for wrong in ({"clientKey": "test_sk_w"}, {"amount": 0}, {"orderId": "a b"}, {"successUrl": "javascript:x"},
                  {"orderName": ""}, {"method": "CASH"}, {"customerKey": "!"}):
        equal(window(**wrong)[1], 400, wrong)
    for path in ("/v1", "/v2/standard"):
        status, headers, script = toss.raw("GET", path)
        assert status == 200 and "javascript" in headers["Content-Type"] and toss.url.encode() in script


@case
def violations(toss, door):
    """What only a wrong client sends is noted, even where it is taken"""
    before = len(toss.state()["violations"])
    approved = toss.approve(new_order(), 5000, surprise=1, customerKey="010-1234-5678")
    body = {name: approved[name] for name in ("paymentKey", "orderId", "amount")}
    toss.call("POST", "/v1/payments/confirm", {**body, "extra": True})
    toss.raw("POST", "/v1/payments/confirm", "{", {"Authorization": "Basic dGVzdF9za19hOg=="})
    noted = toss.state()["violations"][before:]
    for words in ("requestPayment has no member surprise", "customerKey 010-1234-5678 can be guessed",
                  "confirm without an idempotency key", "confirm has no member extra",
                  "confirm: the body is no JSON object"):
        assert words in noted, (words, noted)


@case
def a_clock_that_is_wrong(toss, door):
    """A clock a day ahead or behind shows in every time, and nothing else goes wrong"""
    quiet(toss)
    day = paid(toss)["approvedAt"][:10]
    toss.sim("clock", {"skew_s": -86400})
    behind = paid(toss)
    assert behind["approvedAt"][:10] < day, behind["approvedAt"]
    equal(toss.cancel(behind["paymentKey"], "k1")[0], 200)
    wait_for("its webhooks", lambda: len(door.of(behind["orderId"])) == 2)
    toss.sim("clock", {"skew_s": 0})


@case
def sums(toss, door):
    """The journal and the state tell the same money"""
    state = toss.state()
    equal(state["captured"], sum(row["amount"] for row in state["captures"]))
    equal(state["refunded"], sum(row["amount"] for row in state["refunds"]))
    equal(state["captured"] - state["refunded"], sum(row["balance"] for row in state["orders"].values()))
    with open(toss.journal, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    moved = sum(line["amount"] for line in lines if line["event"] in ("capture", "refund"))
    equal(moved, state["captured"] - state["refunded"], "the journal's sum")
    assert SECRET not in open(toss.journal, encoding="utf-8").read(), "the journal has no keys"


def main():
    door = WebhookDoor()
    with tempfile.TemporaryDirectory(prefix="osy-toss-") as folder:
        journal = os.path.join(folder, "journal")
        with Toss(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim"), webhook=door.url,
                  journal=journal) as toss:
            toss.journal = journal
            failed = tap.run(toss, door)
    door.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
