# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What a shop's books must say, kept by hand from what was acknowledged: it knows of no database and of no daemon."""

import collections
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from osy_check_model import total  # noqa: E402

TENDERS = ("CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT", "PLATFORM")


class Ledger:
    """Orders, checks and every won of a day."""

    def __init__(self, opening_float):
        self.float = opening_float
        self.orders = {}  # id → {answer, status, check, key, body, role}
        self.adjustments = collections.defaultdict(list)  # check → those of osy_check_model
        self.payments = {}  # id → {amount, tender, check, tax_free, vat}
        self.refunds = {}  # key → {payment, amount, vat}
        self.moves = collections.Counter()  # IN, OUT → won
        self.merged = {}  # check → the check that leads it
        self.counts = collections.Counter()

    # ---- what was acknowledged ----

    def order(self, answer, **how):
        self.orders[answer["id"]] = {"answer": answer, "status": answer["status"], "check": answer["check_id"], **how}
        self.counts["orders"] += 1

    def stands(self, order_id, status):
        self.orders[order_id]["status"] = status

    def take(self, payment, check):
        self.payments[payment["id"]] = {"amount": payment["amount"], "tender": payment["method"], "check": check,
                                        "tax_free": payment["tax_free_amount"]}
        self.counts["payments"] += 1

    def give_back(self, key, payment_id, amount):
        self.refunds[key] = {"payment": payment_id, "amount": amount}
        self.counts["refunds"] += 1

    def adjust(self, check, **what):
        self.adjustments[check].append(what)
        self.counts["adjustments"] += 1

    # ---- what follows ----

    def lines(self, check):
        return [line for one in self.orders.values() if one["check"] == check
                and one["status"] not in ("CANCELED", "REJECTED", "EXPIRED") for line in one["answer"]["items"]]

    def total(self, check):
        """With what is merged into it, and what riders cost."""
        whole = total(self.lines(check), self.adjustments[check])
        whole += sum(one["answer"].get("delivery_fee", 0) for one in self.orders.values() if one["check"] == check
                     and one["status"] not in ("CANCELED", "REJECTED", "EXPIRED"))
        return whole + sum(self.total(one) for one, leads in self.merged.items() if leads == check)

    def paid(self, check):
        mine = {one: payment["amount"] for one, payment in self.payments.items() if payment["check"] == check}
        return sum(mine.values()) - sum(r["amount"] for r in self.refunds.values() if r["payment"] in mine)

    def owed(self, check):
        return self.total(check) - self.paid(check)

    def open_checks(self):
        """check → what guests owe there. What was paid once is open no more, whatever is given back of it."""
        paid = collections.Counter()
        for payment in self.payments.values():
            paid[payment["check"]] += payment["amount"]
        checks = {one["check"] for one in self.orders.values()} - set(self.merged)
        owed = {check: self.total(check) - paid[check] for check in checks}
        return {check: won for check, won in owed.items() if won > 0}

    def tenders(self):
        """tender → (taken, how often, given back, how often)."""
        rows = {}
        for tender in TENDERS:
            taken = [p["amount"] for p in self.payments.values() if p["tender"] == tender]
            back = [r["amount"] for r in self.refunds.values() if self.payments[r["payment"]]["tender"] == tender]
            if taken:
                rows[tender] = (sum(taken), len(taken), sum(back), len(back))
        return rows

    def cash(self):
        taken, _, back, _ = self.tenders().get("CASH", (0, 0, 0, 0))
        return {"opening_float": self.float, "taken": taken, "refunded": back, "in": self.moves["IN"],
                "out": self.moves["OUT"], "expected": self.float + taken - back + self.moves["IN"] - self.moves["OUT"]}

    # ---- held against what the shop says ----

    def differs_from(self, report, what):
        """Sentences: where the till's report is not what these books say."""
        told = {row["tender"]: (row["taken"], row["taken_count"], row["refunded"], row["refunded_count"])
                for row in report["tenders"]}
        ours = self.tenders()
        for tender in sorted(set(told) | set(ours)):
            if told.get(tender) != ours.get(tender):
                yield f"{what}: {tender} is {told.get(tender)}, acknowledged {ours.get(tender)} (taken, times, back, times)"
        taken, back = (sum(row[at] for row in ours.values()) for at in (0, 2))
        totals = report["totals"]
        if (totals["taken"], totals["refunded"], totals["net"]) != (taken, back, taken - back):
            yield f"{what}: {totals}, acknowledged {taken} taken and {back} back"
        if totals["supply"] + totals["vat"] + totals["tax_free"] != totals["net"]:
            yield f"{what}: supply, VAT and what is free of it are not the net: {totals}"
        # Each payment and each refund rounds its own VAT: to half a won, and the last refund takes the rest.
        vat = (taken - back - totals["tax_free"]) / 11
        if abs(totals["vat"] - vat) > 1 + len(self.payments) / 2 + len(self.refunds):
            yield f"{what}: VAT {totals['vat']} of {taken - back}"
        cash = {name: report["cash"][name] for name in self.cash()}
        if cash != self.cash():
            yield f"{what}: cash {cash}, acknowledged {self.cash()}"

    def lost_orders(self, orders):
        """@orders: id → order as it is told now."""
        for order_id, noted in self.orders.items():
            stored = orders.get(order_id)
            number = f"order {noted['answer']['number']} of {noted['answer']['business_day']}"
            if stored is None:
                yield f"acknowledged {number} is lost"
                continue
            for member in ("number", "business_day", "total_amount", "type", "channel", "items", "created_at"):
                if stored[member] != noted["answer"][member]:
                    yield f"{member} of {number} is {stored[member]}, acknowledged {noted['answer'][member]}"
            if stored["status"] != noted["status"]:
                yield f"{number} is {stored['status']}, acknowledged {noted['status']}"
        yield from (f"order {one} was never acknowledged" for one in set(orders) - set(self.orders))
        days = collections.defaultdict(list)
        for order in orders.values():
            days[order["business_day"]].append(order["number"])
        for day, numbers in days.items():
            if sorted(numbers) != list(range(1, len(numbers) + 1)):
                yield f"numbers of {day} have a gap: {len(numbers)} orders up to {max(numbers)}"

    def lost_money(self, payments):
        """@payments: id → payment as it is told now."""
        back = collections.Counter()
        for refund in self.refunds.values():
            back[refund["payment"]] += refund["amount"]
        for payment_id, noted in self.payments.items():
            stored = payments.get(payment_id)
            if stored is None:
                yield f"acknowledged payment {payment_id} is lost"
                continue
            told = (stored["amount"], stored["method"], stored["refunded_amount"])
            if told != (noted["amount"], noted["tender"], back[payment_id]):
                yield f"payment {payment_id} is {told}, acknowledged {(noted['amount'], noted['tender'], back[payment_id])}"
        for payment_id, stored in payments.items():
            if stored["status"] in ("PAID", "PARTIALLY_REFUNDED", "REFUNDED") and payment_id not in self.payments:
                yield f"payment {payment_id} of {stored['amount']} by {stored['method']} was never acknowledged"
