# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The evening after: the faults end, the shop closes, everything settles; then our books, the payment service's,
the guests' journal and the followers of the feed must tell the same story."""

import collections
import time
import uuid

from house import CLOSED, IN_AIR, ME, OPEN, RANK, TAKEN, Refused
from people import step

SETTLE_S = 120  # until nothing may be under way any more
UNSETTLED = (
    ("orders that are not over", "SELECT count(*) FROM orders WHERE status NOT IN "
     "('COMPLETED', 'CANCELED', 'REJECTED', 'EXPIRED')"),
    ("sagas that are not over", "SELECT count(*) FROM saga WHERE step NOT IN ('COMPLETED', 'COMPENSATED')"),
    ("payments nobody knows", "SELECT count(*) FROM payment WHERE status IN ('SUBMITTED', 'UNKNOWN')"),
    ("refunds nobody knows", "SELECT count(*) FROM refund WHERE status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')"),
    ("events that wait", "SELECT count(*) FROM outbox"),
    ("handlers that owe", "SELECT count(*) FROM inbox WHERE done_at IS NULL"),
    ("rows that are not sealed", "SELECT count(*) FROM audit_unsealed"),
    ("riders that are under way", "SELECT count(*) FROM rider_call WHERE status IN ('WANTED', 'SENT', 'UNKNOWN', "
     "'CALLED', 'CANCELING')"))

STUCK = """SELECT o.number, o.status, s.*, (SELECT json_agg(t) FROM payment_task t JOIN payment p ON p.id = t.payment_id
  WHERE p.order_id = o.id OR p.check_id = o.check_id) AS tasks, (SELECT json_agg(p.status || ' ' || p.method || ' ' || p.amount) FROM payment p
  WHERE p.order_id = o.id OR p.check_id = o.check_id) AS payments,
  (SELECT json_agg(d.status || ' ' || d.carrier) FROM delivery d WHERE d.order_id = o.id) AS deliveries,
  (SELECT row_to_json(c) FROM guest_check c WHERE c.id = o.check_id) AS on_check, (SELECT json_agg(a) FROM order_adjustment a
  WHERE a.subject_id IN (o.check_id, o.id)) AS adjustments,
  (SELECT json_agg(n.number || ' ' || n.status || ' ' || n.total_amount) FROM orders n WHERE n.check_id = o.check_id) AS rounds,
  (SELECT json_agg(a.action || ' ' || a.created_at ORDER BY a.created_at) FROM audit_log a
  WHERE a.object_id IN (o.id, o.check_id)) AS acts
  FROM orders o LEFT JOIN saga s ON s.order_id = o.id
  WHERE s.step NOT IN ('COMPLETED', 'COMPENSATED') OR o.status NOT IN ('COMPLETED', 'CANCELED', 'REJECTED', 'EXPIRED')"""


def unsettled(house):
    query = " UNION ALL ".join(f"SELECT {i}, ({sql}) AS n" for i, (_, sql) in enumerate(UNSETTLED))
    rows = house.daemon.sql(f"COPY ({query}) TO STDOUT").split("\n")
    counts = dict(map(int, row.split("\t")) for row in rows if row)
    return [f"{counts[i]} {what}" for i, (what, _) in enumerate(UNSETTLED) if counts[i]]


def payments_by_order(house):
    found = collections.defaultdict(list)
    for payment in house.page_through(f"{ME}/payments", "payments"):
        known = house.payments.get(payment["id"])
        found[known["order"] if known else payment.get("order_id")].append(payment)
    return found


def end_payments(house, payments):
    """Gives up what no guest came back from; hands back the cash that was asked for."""
    for payment in payments:
        if payment["status"] == "CREATED":
            house.attempt("POST", f"/payments/{payment['id']}/cancel")
        for refund in payment["refunds"]:
            if refund["status"] == "REQUESTED" and payment["method"] in ("CASH", "CARD_TERMINAL"):
                house.attempt("POST", f"/payments/{payment['id']}/refunds/{refund['id']}/complete", {})


def collect(house, order):
    """Whoever ate and did not pay pays now."""
    check = house.ask("GET", f"{ME}/checks/{order['check_id']}")
    owed = check["totals"]["owed"]
    if owed > 0:  # what a desk gave back is owed again
        payment = house.attempt("POST", "/payments", {"check_id": check["id"], "method": "CARD_TERMINAL",
                                                      "amount": owed}, key=str(uuid.uuid4()))
        if payment:
            house.note_payment(payment, order["id"])


def close_shop(house):
    """Works until nothing is open; what cannot be settled is a fault."""
    house.closing.set()
    deadline = time.monotonic() + SETTLE_S
    while True:
        payments = payments_by_order(house)
        for order in house.page_through(f"{ME}/orders", "orders"):
            mine = payments.get(order["id"], [])
            end_payments(house, mine)
            if order["status"] == "PENDING_PAYMENT" and not any(p["status"] in IN_AIR for p in mine):
                house.act(order["id"], "cancel", {"reason": "영업 종료"})
            elif order["status"] in OPEN.split(","):
                step(house, order)
            elif order["status"] == "COMPLETED" and order["payment"]["method"] == "LATER":
                collect(house, order)
        left = unsettled(house)
        if not left or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    house.faults += [f"{one} {SETTLE_S} s after the last fault" for one in left]
    if left:
        house.faults.append(house.daemon.sql(STUCK))


def catch_up(house, followers):
    """The followers hear the rest."""
    deadline = time.monotonic() + 60
    head = house.ask("GET", f"{ME}/feed?limit=1")["head"]
    for follower in followers:
        while follower.seq < head and not follower.fault and time.monotonic() < deadline:
            time.sleep(0.05)
        follower.stopping.set()
        follower.join()
        if follower.fault or follower.seq < head:
            house.fault(follower.fault or f"{type(follower).__name__} heard {follower.seq} of {head} events")


# ---- what must be so ----


def may_follow(acknowledged, stored):
    """Whether an order of which this was said last may stand like that in the end."""
    if acknowledged in (*CLOSED, "COMPLETED"):
        return stored == acknowledged
    return stored in CLOSED or RANK[stored] >= RANK[acknowledged]


def check_orders(house, orders):
    """I1: what was acknowledged exists as it was; nothing else does; numbers have no gap."""
    for order_id, noted in house.orders.items():
        stored = orders.get(order_id)
        if stored is None:
            yield f"acknowledged order {noted['answer']['number']} is lost"
            continue
        for member in ("number", "total_amount", "check_id", "type", "items", "created_at"):
            if stored[member] != noted["answer"][member]:
                yield f"{member} of order {order_id} is {stored[member]}, acknowledged {noted['answer'][member]}"
        if not may_follow(noted["status"], stored["status"]):
            yield f"order {order_id} is {stored['status']}, acknowledged {noted['status']}"
    for order_id in set(orders) - set(house.orders):
        yield f"order {order_id} was never acknowledged"
    numbers = sorted(order["number"] for order in orders.values())
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers have a gap: {len(numbers)} orders up to {numbers[-1]}"


def check_replays(house, wanted=40):
    """I2: the same key gives the same order again."""
    for order_id in house.random.sample(sorted(house.orders), min(wanted, len(house.orders))):
        noted = house.orders[order_id]
        try:
            again = house.insist(house.daemon.place, noted["body"], key=noted["key"], anonymous=noted["anonymous"])
        except Refused as refused:
            yield f"order {order_id} again: {refused}"
            continue
        if again != noted["answer"]:
            yield f"order {order_id} again is another: {again}"


def check_books(house, ours):
    """I3, I4: the payment service took and gave back what we say, payment by payment, and nothing twice."""
    state = house.toss.state()
    captured, refunded = collections.Counter(), collections.Counter()
    for row in state["captures"]:
        captured[row["orderId"]] += row["amount"]
    for row in state["refunds"]:
        refunded[row["orderId"]] += row["amount"]
    times = collections.Counter(row["orderId"] for row in state["captures"])
    yield from (f"payment {one} was charged {n} times" for one, n in times.items() if n > 1)
    yield from (f"{captured[one]} won were taken for {one}, which is not ours" for one in set(captured) - set(ours))
    yield from (f"the payment service complains: {one}" for one in state["violations"])
    for payment_id, payment in ours.items():
        if payment["method"] not in ("TOSS", "VIRTUAL_ACCOUNT"):
            continue
        taken = payment["amount"] if payment["status"] in TAKEN else 0
        if (captured[payment_id], refunded[payment_id]) != (taken, payment["refunded_amount"]):
            yield (f"payment {payment_id} is {payment['status']}: {taken} taken and {payment['refunded_amount']} back, "
                   f"the service says {captured[payment_id]} and {refunded[payment_id]}")
    house.counts["captures"], house.counts["captured"] = len(state["captures"]), state["captured"]
    house.counts["given back"] = len(state["refunds"])


def check_money(house, ours, by_order, orders):
    """What people were told of money is so; who gets nothing pays nothing."""
    for payment_id, noted in house.payments.items():
        if payment_id not in ours:
            yield f"acknowledged payment {payment_id} is lost"
        elif noted["paid"] and ours[payment_id]["status"] not in TAKEN:
            yield f"payment {payment_id} is {ours[payment_id]['status']}, acknowledged as paid"
    yield from (f"payment {one} was never acknowledged" for one in set(ours) - set(house.payments))
    promised = collections.Counter()
    for refund in house.refunds.values():
        promised[refund["payment"]] += refund["amount"]
    for payment_id, amount in promised.items():
        if payment_id in ours and ours[payment_id]["refunded_amount"] < amount:
            yield f"payment {payment_id}: {ours[payment_id]['refunded_amount']} went back of {amount} promised"
    for order_id, order in orders.items():
        kept = sum(p["amount"] - p["refunded_amount"] for p in by_order.get(order_id, []) if p["status"] in TAKEN)
        if order["status"] in CLOSED and kept:
            yield f"order {order_id} is {order['status']}, and {kept} won of it are kept"
        if order["status"] == "COMPLETED" and order["payment"]["method"] == "TOSS" and not any(
                p["status"] in TAKEN for p in by_order.get(order_id, [])):
            yield f"order {order_id} was made and never paid"


def check_feed(house, followers, orders):
    """I7, I11: every event once and in order, the same to all; screens show what is."""
    lists = {tuple(follower.events) for follower in followers}
    if len(lists) != 1:
        yield "two followers were told different things"
    for follower in followers:
        name = type(follower).__name__
        if len({event for event, _, _ in follower.events}) != len(follower.events):
            yield f"{name} heard an event twice"
        told = collections.Counter(follower.told())
        if sorted(told.elements()) != sorted(orders):
            yield f"{name} heard of {sum(told.values())} orders of {len(orders)}"
        wrong = [one for one, order in orders.items() if follower.shown.get(one) != order["status"]]
        if wrong:
            yield f"{name} shows {follower.shown.get(wrong[0])} for {orders[wrong[0]]['status']} of {len(wrong)} orders"


def check_database(house):
    """I2, I4 to I10, I12, I14: what the database knows of itself; and that the audit log is what was sealed."""
    for command in (("check",), ("audit", "verify")):
        done = house.daemon.ctl(*command, check=False)
        if done.returncode != 0:
            yield from (f"ordersyncctl {' '.join(command)}: {line}"
                        for line in (done.stdout + done.stderr).strip().splitlines()[:20])


def prove(house, followers):
    """Closes the shop and compares all stories; every sentence is a violation."""
    close_shop(house)
    catch_up(house, followers)
    orders = {order["id"]: order for order in house.page_through(f"{ME}/orders", "orders")}
    by_order = payments_by_order(house)
    ours = {payment["id"]: payment for payments in by_order.values() for payment in payments}
    violations = list(house.faults)
    for check in (check_orders(house, orders), check_replays(house), check_books(house, ours),
                  check_money(house, ours, by_order, orders), check_feed(house, followers, orders),
                  check_database(house)):
        violations += check
    return violations
