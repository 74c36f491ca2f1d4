#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A year of sales that was made up here: rounds, lines elsewhere, voids, comps, discounts, service, refunds, midnight,
zones with and without summer time, tax-free lines. What the API and the exported workbook say is what this model says,
and what `check` reads out of the tables, to the won: at first, after random changes (200; 1,000 in "./run soak
sales"), after the daemon was killed while it summed, in another zone, and computed anew. OSY_SEED=n plays another
year."""

import collections
import datetime
import hashlib
import json
import os
import random
import subprocess
import sys
import uuid
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_book import compare  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

ME = "/restaurants/me"
SEED = int(os.environ.get("OSY_SEED", "7"))
ORDERS = int(os.environ.get("OSY_ORDERS", "500"))
CHANGES = int(os.environ.get("OSY_CHANGES", "200"))
SEOUL, YORK = "Asia/Seoul", "America/New_York"
GONE = ("REJECTED", "CANCELED", "EXPIRED")
UTC = datetime.timezone.utc
NOWHERE = str(uuid.UUID(int=0))  # what a platform sold and our menu does not have
# Around both changes of New York's clocks, and around midnight and the beginning of a day in Seoul.
EDGES = ["2025-03-09 06:30", "2025-03-09 07:30", "2025-11-02 05:30", "2025-11-02 06:30", "2025-06-30 19:59",
         "2025-06-30 20:01", "2025-12-31 14:59", "2025-12-31 15:01"]


class Row:
    """A row of @table; what it holds is its columns."""

    def __init__(self, table, **columns):
        self.table = table
        self.__dict__.update(columns)

    def columns(self):
        return {name: value for name, value in self.__dict__.items() if name not in ("table", "lines", "fixed")}


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int)):
        return str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"


def dish(line):
    return line["menu_item_id"] if line["menu_item_id"] != NOWHERE else str(uuid.UUID(hashlib.md5(line["name"].encode()).hexdigest()))


class Year:
    """The model and its shop."""

    def __init__(self, daemon):
        self.daemon, self.rng, self.zone = daemon, random.Random(SEED), SEOUL
        self.orders, self.checks, self.cuts, self.places = {}, {}, {}, {}
        self.payments, self.refunds = {}, {}
        self.items = [self.id() for _ in range(6)]
        self.options = [self.id() for _ in range(3)]
        self.numbers, self.seq, self.dirty, self.dropped = collections.Counter(), 0, {}, []

    def id(self):
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def touch(self, *rows):
        for row in rows:
            self.dirty[id(row)] = row

    # ---- making ----

    def add_check(self):
        check = Row("guest_check", id=self.id(), status="OPEN", orders_amount=0, adjustments_amount=0, discount_percent=0,
                    discount_amount=0, service_percent=self.rng.choice([0, 0, 0, 10]),
                    guest_count=self.rng.choice([None, 1, 2, 4]), created_at="2025-01-01Z")
        self.checks[check.id] = check
        self.touch(check)
        return check

    def add_line(self):
        rng = self.rng
        price, quantity = rng.randrange(900, 30000), rng.randint(1, 4)
        options = [{"option_id": one, "name": "더", "quantity": 1, "price": 0} for one in self.options if rng.random() < 0.2]
        if options and rng.random() < 0.3:
            options[0]["options"] = [{"option_id": options[0]["option_id"], "name": "더", "quantity": 1, "price": 0}]
        item = rng.choice([*self.items, NOWHERE])
        return {"line_id": self.id(), "menu_item_id": item, "name": rng.choice("나다") if item == NOWHERE else "가", "quantity": quantity,
                "unit_price": price, "amount": price * quantity, "tax_free": rng.random() < 0.2, "options": options}

    def add_order(self, at, check):
        rng = self.rng
        day = (at.astimezone(zoneinfo.ZoneInfo(SEOUL)).replace(tzinfo=None) - datetime.timedelta(hours=5)).date()
        lines = [self.add_line() for _ in range(rng.randint(1, 4))]
        fee = rng.choice([0, 0, 0, 3000])
        total = fee + sum(line["amount"] for line in lines)
        free = sum(line["amount"] for line in lines if line["tax_free"])
        supply = ((total - free) * 10 + 5) // 11
        self.numbers[day] += 1
        order = Row("orders", id=self.id(), number=self.numbers[day], business_day=day, lines=lines, total_amount=total,
                    status=rng.choice(["PENDING", "READY", "COMPLETED", "COMPLETED", "PENDING_PAYMENT", *GONE]),
                    type=rng.choice(["DINE_IN", "TAKEOUT", "DELIVERY"]), channel=rng.choice(["COUNTER", "QR", "WEB"]),
                    items=json.dumps(lines), tax_free_amount=free, supply_amount=supply, delivery_fee=fee,
                    vat_amount=total - free - supply, payment_method="LATER", check_id=check.id, created_at=at,
                    accepted_at=at if rng.random() < 0.9 else None, adjusted_amount=0,
                    ready_at=at + datetime.timedelta(seconds=rng.randrange(5000)) if rng.random() < 0.8 else None,
                    promised_at=at + datetime.timedelta(seconds=1800), guest_count=rng.choice([None, None, 3]),
                    practice=rng.random() < 0.03)
        if order.practice:
            order.check_id = self.add_check().id
        self.orders[order.id] = order
        self.touch(order)
        for amount in rng.choice([[], [total], [total], [total - total // 3, total // 3]]):
            payment = Row("payment", id=self.id(), status="PAID", check_id=order.check_id,
                          method=rng.choice(["CASH", "TOSS", "PLATFORM"]), amount=amount, tax_free_amount=0, business_day=day, actor="x", created_at=at)
            self.payments[payment.id] = payment
            self.touch(payment)
            if order.status == "CANCELED":
                self.give_back(payment, amount, "DONE")
        return order

    def fill(self):
        check = None
        for i in range(ORDERS):
            at = datetime.datetime(2025, 1, 1, tzinfo=UTC) + datetime.timedelta(minutes=self.rng.randrange(364 * 1440))
            if i < len(EDGES):
                at = datetime.datetime.fromisoformat(EDGES[i]).replace(tzinfo=UTC)
            if check is None or self.rng.random() < 0.7:
                check = self.add_check()
            self.add_order(at, check)
        for _ in range(ORDERS):
            self.change()

    # ---- changing ----

    def cut(self):
        """Takes something off a line or a check, or takes that back."""
        rng, order = self.rng, self.rng.choice(list(self.orders.values()))
        held = [one for one in self.cuts.values() if one.withdrawn_at is None]
        if held and rng.random() < 0.2:
            back = rng.choice(held)
            back.withdrawn_at = "2026-01-01Z"
            self.touch(back, self.orders.get(back.subject_id) or self.checks[back.subject_id])
            return
        line = rng.choice(order.lines)["line_id"] if rng.random() < 0.7 else None
        if line is not None and order.delivery_fee and rng.random() < 0.2:
            line = order.id
        subject = order if line else self.checks[order.check_id]
        mine = [one for one in held if one.subject_id == subject.id and one.line_id == line]
        left = 1 if line == order.id else next((x["quantity"] for x in order.lines if x["line_id"] == line), 0)
        left -= sum(one.quantity or 0 for one in mine)
        percent = 100 - sum(one.percent or 0 for one in mine)
        kind = rng.choice(["VOID", "COMP", "DISCOUNT"] if line else ["COMP", "DISCOUNT"])
        new = Row("order_adjustment", id=self.id(), subject_id=subject.id, line_id=line, kind=kind, quantity=None,
                  percent=None, amount=None, reason_enc="\\x00", actor="x", created_at="2026-01-01Z", withdrawn_at=None)
        if line and kind != "DISCOUNT":
            new.quantity = 1 if left > 0 else None
        elif kind == "COMP" or rng.random() < 0.5:
            new.percent = (percent if kind == "COMP" else rng.randint(1, percent)) if percent > 0 else None
        else:
            new.amount = rng.randrange(1, 20000)
        if new.quantity or new.percent or new.amount:
            self.cuts[new.id] = new
            self.touch(new, subject)

    def change(self):
        rng, order = self.rng, self.rng.choice(list(self.orders.values()))
        check, kind = self.checks[order.check_id], rng.randrange(10)
        if kind < 4:
            self.cut()
        elif kind == 4:
            order.status = rng.choice(["PENDING", "COMPLETED", *GONE])
        elif kind == 5:
            order.ready_at = order.created_at + datetime.timedelta(seconds=rng.randrange(5000))
            order.channel, order.type = rng.choice(["COUNTER", "QR", "WEB"]), rng.choice(["DINE_IN", "TAKEOUT", "DELIVERY"])
        elif kind == 6 and not order.practice:
            order.check_id = rng.choice([self.add_check().id, rng.choice(list(self.orders.values())).check_id])
            if any(one.check_id == order.check_id and one.practice for one in self.orders.values()):
                order.check_id = self.add_check().id
        elif kind == 7 and not order.practice:
            self.move_line(order)
        elif kind == 8:
            check.guest_count, check.service_percent = rng.choice([None, 5]), rng.choice([0, 7])
        elif self.payments:
            self.pay(rng.choice(list(self.payments.values())))
        self.touch(order, check, self.checks[order.check_id])

    def move_line(self, order):
        line = self.rng.choice(order.lines)
        place = self.places.pop(line["line_id"], None)
        if place is not None:
            self.dropped.append(place)
        else:
            place = Row("order_line_place", line_id=line["line_id"], order_id=order.id, check_id=self.add_check().id,
                        amount=line["amount"], adjusted_amount=0)
            self.places[place.line_id] = place
            self.touch(place)
        self.touch(self.checks[place.check_id])

    def pay(self, payment):
        status = self.rng.choice(["DONE", "REQUESTED", "FAILED"])
        back = sum(one.amount for one in self.refunds.values() if one.payment_id == payment.id and one.status == "DONE")
        if back:
            status = "DONE" if status == "DONE" else "FAILED"
        elif self.rng.random() < 0.3:
            payment.status = "PAID" if payment.status == "WAITING_FOR_DEPOSIT" else "WAITING_FOR_DEPOSIT"
        if payment.status != "WAITING_FOR_DEPOSIT" and back < payment.amount:
            self.give_back(payment, self.rng.choice([payment.amount - back, self.rng.randint(1, payment.amount - back)]), status)
        self.touch(payment)

    def give_back(self, payment, amount, status):
        """On the day itself or up to two days later."""
        refund = Row("refund", id=self.id(), payment_id=payment.id, act_id=self.id(), amount=amount, status=status,
                     tax_free_amount=0, vat_amount=0, reason_enc="\\x00", actor="x", created_at=payment.created_at,
                     business_day=payment.business_day + datetime.timedelta(days=self.rng.randrange(3)))
        self.refunds[refund.id] = refund
        back = sum(one.amount for one in self.refunds.values() if one.payment_id == payment.id and one.status == "DONE")
        payment.status = "REFUNDED" if back == payment.amount else "PARTIALLY_REFUNDED" if back else "PAID"
        self.touch(payment, refund)

    # ---- what it comes to ----

    def counts(self, order):
        return not order.practice and order.status not in ("PENDING_PAYMENT", *GONE)

    def lines(self, order):
        """(line, pieces left, voids, comps, net); the delivery fee is the last one."""
        held = [one for one in self.by_subject[order.id] if one.line_id]
        fee = {"line_id": order.id, "quantity": 1, "unit_price": order.delivery_fee, "amount": order.delivery_fee,
               "menu_item_id": None, "tax_free": False, "options": []}
        for line in [*order.lines, fee]:
            mine = [one for one in held if one.line_id == line["line_id"]]
            off = {kind: sum(one.quantity or 0 for one in mine if one.kind == kind) for kind in ("VOID", "COMP")}
            rest = line["unit_price"] * (line["quantity"] - off["VOID"] - off["COMP"])
            net = max(0, rest - rest * sum(one.percent or 0 for one in mine) // 100 - sum(one.amount or 0 for one in mine))
            yield (line, line["quantity"] - off["VOID"], line["unit_price"] * off["VOID"], line["unit_price"] * off["COMP"],
                   net)

    def settle(self):
        """Running amounts of orders and checks, as other rooms keep them."""
        self.by_subject = collections.defaultdict(list)
        for one in self.cuts.values():
            if one.withdrawn_at is None:
                self.by_subject[one.subject_id].append(one)
        sums, self.on_check = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(set)
        for order in self.orders.values():
            order.adjusted_amount = 0
            for line, _, _, _, net in self.lines(order):
                off = line["amount"] - net
                order.adjusted_amount += off
                place = self.places.get(line["line_id"])
                if place is not None:
                    place.adjusted_amount = off
                where = place.check_id if place else order.check_id
                sums[where][0] += line["amount"]
                sums[where][1] += line["amount"] if order.status in GONE else off
                self.on_check[where].add(order.id)
            self.on_check[order.check_id].add(order.id)
        for check in self.checks.values():
            mine = self.by_subject[check.id]
            check.orders_amount, check.adjustments_amount = sums[check.id]
            check.discount_percent = sum(one.percent or 0 for one in mine)
            check.discount_amount = sum(one.amount or 0 for one in mine)

    def of_check(self, check):
        """(discounts, comps, service) of the whole check."""
        base = check.orders_amount - check.adjustments_amount
        comps = [one for one in self.by_subject[check.id] if one.kind == "COMP"]

        def after(percent, amount):
            return max(0, base - base * percent // 100 - amount)
        net = after(check.discount_percent, check.discount_amount)
        plain = after(check.discount_percent - sum(one.percent or 0 for one in comps),
                      check.discount_amount - sum(one.amount or 0 for one in comps))
        return base - plain, plain - net, net * check.service_percent // 100

    def expect(self, first, last, until=24 * 60):
        """What the API should say of these days; of the last one until so many minutes after its beginning."""
        zone = zoneinfo.ZoneInfo(self.zone)

        def within(day, at):
            local = at.astimezone(zone)
            minute = (local.hour * 60 + local.minute - 300) % 1440
            return first <= day < last or (day == last and minute < until)
        total = collections.Counter()
        parts = {name: collections.defaultdict(lambda: [0, 0]) for name in ("hour", "day", "channel", "type", "heat", "item",
                                                                            "tender")}
        open_days = collections.defaultdict(set)
        options = collections.Counter()
        bills = collections.defaultdict(list)
        for check in self.checks.values():
            mine = [self.orders[one] for one in self.on_check[check.id] if self.counts(self.orders[one])]
            if mine:
                bills[min(mine, key=lambda one: (one.created_at, one.id)).id].append(check)
        for order in self.orders.values():
            if order.practice or not within(order.business_day, order.created_at):
                continue
            total["placed"] += order.status not in ("PENDING_PAYMENT", "EXPIRED")
            total["canceled"] += order.status in ("REJECTED", "CANCELED")
            if not self.counts(order):
                continue
            one = collections.Counter(orders=1, gross=order.total_amount)
            for line, pieces, voids, comps, net in self.lines(order):
                one.update(voids=voids, comps=comps, discounts=line["amount"] - voids - comps - net,
                           tax_free=net if line["tax_free"] else 0)
                if line["menu_item_id"]:
                    item = parts["item"][dish(line)]
                    item[0], item[1] = item[0] + pieces, item[1] + net
                    for option in {x["option_id"] for x in line["options"]}:
                        options[dish(line), option] += pieces
            for check in bills[order.id]:
                discounts, comps, service = self.of_check(check)
                one.update(checks=1, guests=check.guest_count or order.guest_count or 1, discounts=discounts, comps=comps,
                           service=service)
            if order.accepted_at and order.ready_at:
                one.update(prep_orders=1, prep_seconds=int((order.ready_at - order.accepted_at).total_seconds()),
                           late_orders=int(order.ready_at > order.promised_at))
            one["sales"] = one["gross"] - one["voids"] - one["comps"] - one["discounts"] + one["service"]
            total.update(one)
            hour = order.created_at.astimezone(zone).hour
            open_days[order.business_day.isoweekday()].add(order.business_day)
            for name, key in (("hour", hour), ("day", str(order.business_day)), ("channel", order.channel),
                              ("type", order.type), ("heat", (order.business_day.isoweekday(), hour))):
                cell = parts[name][key]
                cell[0], cell[1] = cell[0] + one["sales"], cell[1] + 1
        practice = {one.check_id for one in self.orders.values() if one.practice}
        for payment in self.payments.values():
            if payment.status in ("PAID", "PARTIALLY_REFUNDED", "REFUNDED") and payment.check_id not in practice and within(
                    payment.business_day, payment.created_at):
                cell = parts["tender"][payment.method]
                cell[0], cell[1] = cell[0] + payment.amount, cell[1] + 1
                total.update(taken=payment.amount, net=payment.amount)
        for refund in self.refunds.values():
            if refund.status == "DONE" and self.payments[refund.payment_id].check_id not in practice and within(
                    refund.business_day, refund.created_at):
                total.update(refunds=refund.amount, refund_count=1, net=-refund.amount)
        return total, {name: {key: tuple(cell) for key, cell in part.items() if any(cell)} for name, part in parts.items()}, \
            {key: count for key, count in options.items() if count}, {day: len(days) for day, days in open_days.items()}

    def agree(self, first, last, until=None):
        """API, workbook and model say the same of these days."""
        clock = "" if until is None else f"&until={until:%H:%M}"
        said = self.daemon.call("GET", f"{ME}/analytics?from={first}&to={last}{clock}")
        minutes = 1440 if until is None else (until.hour * 60 + until.minute - 300) % 1440
        total, parts, options, open_days = self.expect(first, last, minutes)
        where = f"{first} to {last} {until or ''} seed {SEED}"
        names = ("gross", "voids", "comps", "discounts", "service", "sales", "tax_free", "orders", "checks", "guests",
                 "placed", "canceled", "prep_orders", "prep_seconds", "late_orders", "taken", "refunds", "refund_count", "net")
        equal({name: said["totals"][name] for name in names}, {name: total[name] for name in names}, where)
        for name, key in (("hour", "hour"), ("day", "day"), ("channel", "channel"), ("type", "type")):
            equal({one[key]: (one["sales"], one["orders"]) for one in said[name + "s"] if one["sales"] or one["orders"]},
                  parts[name], f"{name} {where}")
        equal({(one["weekday"], one["hour"]): (one["sales"], one["orders"]) for one in said["heat"]
               if one["sales"] or one["orders"]}, parts["heat"], where)
        equal({one["weekday"]: one["days"] for one in said["heat"] if one["days"]}, open_days, f"days {where}")
        equal({one["item_id"]: (one["quantity"], one["sales"]) for one in said["items"]}, parts["item"], where)
        equal({one["tender"]: (one["amount"], one["count"]) for one in said["tenders"] if one["count"]}, parts["tender"], where)
        equal({(one["item_id"], one["option_id"]): one["count"] for one in said["options"]}, options, where)
        equal(sum(one["orders"] for one in said["prep"]), total["prep_orders"], where)
        if until is None:
            status, _, content = self.daemon.raw("GET", f"/api/v1{ME}/analytics/xlsx?from={first}&to={last}",
                                                 headers={"Authorization": f"Bearer {self.daemon.token}"})
            equal(status, 200, where)
            compare(content, said, where)

    def agree_everywhere(self):
        year = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
        self.agree(datetime.date(2024, 12, 31), datetime.date(2026, 1, 9))
        for day in (datetime.date(2025, 3, 9), datetime.date(2025, 11, 2), datetime.date(2025, 6, 30)):
            self.agree(day, day)
            self.agree(year[0], day, datetime.time(23, 40))
            self.agree(day, day, datetime.time(4, 10))
        broken = [line for line in self.daemon.ctl("check", check=False).stdout.splitlines() if line.startswith("analytics.")]
        equal(broken, [])

    # ---- telling ----

    def write(self, also=""):
        """What changed, straight into the tables, with an event for each, and @also in the same transaction."""
        was = {one.id: (one.orders_amount, one.adjustments_amount, one.discount_percent, one.discount_amount)
               for one in self.checks.values()}
        self.settle()
        self.touch(*(one for one in self.checks.values() if was[one.id] != (
            one.orders_amount, one.adjustments_amount, one.discount_percent, one.discount_amount)))
        shop = self.daemon.restaurant_id
        out = ["SET session_replication_role = replica; BEGIN;"]
        for place in self.dropped:
            out.append(f"DELETE FROM order_line_place WHERE line_id = '{place.line_id}';")
        rows = [row for row in self.dirty.values() if row not in self.dropped]
        for row in rows:
            columns = row.columns()
            key = {"order_line_place": "line_id", "order_adjustment": "id, subject_id"}.get(row.table, "id")
            out.append(f"INSERT INTO {row.table} (restaurant_id, {', '.join(columns)}) VALUES ('{shop}', "
                       + ", ".join(map(literal, columns.values())) + f") ON CONFLICT (restaurant_id, {key}) DO UPDATE SET "
                       + ", ".join(f"{name} = excluded.{name}" for name in columns) + ";")
        for kind, table in (("order", "orders"), ("check", "guest_check"), ("payment", "payment")):
            for row in rows:
                if row.table == table:
                    self.seq += 1
                    out.append(f"INSERT INTO shop_feed (restaurant_id, epoch, seq, event_id, type, aggregate_type, "
                               f"aggregate_id, aggregate_seq, occurred_at, payload) SELECT '{shop}', epoch, {self.seq}, "
                               f"gen_random_uuid(), '{kind}.made', '{kind}', '{row.id}', 1, now(), '{{}}' FROM feed_head;")
        out.append(f"UPDATE feed_head SET last_seq = {self.seq}; {also} COMMIT;")
        self.dirty, self.dropped = {}, []
        self.psql("\n".join(out))

    def psql(self, text):
        command = ["psql", "-h", os.path.join(self.daemon.data_dir, "run"), "-U", "ordersync_admin", "-d", "ordersync",
                   "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    def behind(self):
        return int(self.psql("SELECT h.last_seq - coalesce(p.seq, 0) + (p.stage IS NOT NULL)::int FROM feed_head h "
                             "LEFT JOIN sale_position p USING (restaurant_id)"))

    def summed(self):
        wait_for("all news", lambda: self.behind() == 0, timeout=120)


@case
def as_it_was_made(year):
    """A year at once, killed while it is summed"""
    year.fill()
    year.write()
    for _ in range(3):
        wait_for("the next batch", lambda: year.behind() < year.seq or year.behind() == 0)
        year.daemon.kill()
        year.daemon.start()
        year.daemon.login()
    year.summed()
    year.agree_everywhere()


@case
def as_it_changed(year):
    """A thousand changes, killed between and in the middle of them"""
    for i in range(10):
        for _ in range(CHANGES // 10):
            year.change()
        year.write()
        if i % 3 == 1:
            year.daemon.kill()
            year.daemon.start()
            year.daemon.login()
    year.summed()
    year.agree_everywhere()


@case
def one_that_cannot_be_summed(year):
    """An order whose lines nobody can read is set aside and told of; all others are summed, and it too once it is mended"""
    first = year.psql("SELECT order_id FROM sale_fact WHERE checks > 0").split()
    bad = next(one for one in year.orders.values() if year.counts(one) and one.id in first)
    good, bad.items = bad.items, json.dumps([{**bad.lines[0], "quantity": "four"}])
    year.touch(bad)
    said = len(year.daemon.complaints)
    year.touch(bad, year.checks[bad.check_id])
    year.write()
    year.summed()
    equal(year.psql("SELECT tries FROM sale_trouble"), "1", "told of twice, tried once")
    year.touch(bad)
    year.write("UPDATE sale_trouble SET next_at = now();")
    year.summed()
    equal(year.psql("SELECT tries FROM sale_trouble"), "2", "told of when it was due, tried once")
    for _ in range(2):
        for _ in range(20):
            year.change()
        year.touch(bad)
        year.write()
        year.summed()
    equal(year.psql("SELECT kind, id FROM sale_trouble"), f"order|{bad.id}")
    words = [one for one in year.daemon.complaints[said:] if "could not be summed" in one]
    equal(len(words), 1, "\n".join(words))
    bad.items = good
    year.psql(f"SET session_replication_role = replica; UPDATE orders SET items = '{good}' WHERE id = '{bad.id}'")
    broken = year.daemon.ctl("check", check=False).stdout
    assert "analytics.news-is-summed" in broken and bad.id in broken, broken
    assert "may count twice" in broken, broken
    year.psql("UPDATE sale_trouble SET next_at = now()")
    wait_for("the other try", lambda: year.psql("SELECT count(*) FROM sale_trouble") == "0")
    year.agree_everywhere()


@case
def what_takes_too_long(year):
    """What cannot be summed in the time of a statement is summed in smaller parts, by the daemon and by ordersyncctl"""
    roll = "sale_roll_orders(uuid[], text, boolean)"
    as_it_was = year.psql(f"SELECT pg_get_functiondef('{roll}'::regprocedure)")
    most = ORDERS * 3 // 5
    year.psql(as_it_was.replace(".sale_roll_orders(", ".sale_roll_some(", 1) + f""";
        CREATE OR REPLACE FUNCTION sale_roll_orders(ids uuid[], zone text, sums boolean) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          IF cardinality(ids) > {most} THEN
            RAISE 'canceling statement due to statement timeout' USING ERRCODE = 'query_canceled';
          END IF;
          PERFORM sale_roll_some(ids, zone, sums);
        END $$""")
    for order in year.orders.values():
        order.channel = "WEB" if order.channel == "QR" else "QR"
        year.touch(order)
    said = len(year.daemon.complaints)
    year.write()
    year.summed()
    equal(sum("will be again" in one for one in year.daemon.complaints[said:]), 1, "told of once")
    year.agree_everywhere()
    year.psql("UPDATE sale_hour SET gross = gross + 1")
    year.daemon.ctl("analytics", "rebuild")
    equal(year.psql("SELECT stage FROM sale_position"), "")
    year.summed()
    year.agree_everywhere()
    year.psql(as_it_was + "; DROP FUNCTION sale_roll_some")


@case
def in_another_zone(year):
    """Hours are those of New York, where clocks change, once the shop is there"""
    year.daemon.call("PATCH", ME, {"time_zone": YORK})
    year.zone = YORK
    year.seq = int(wait_for("the event", lambda: year.psql(
        f"SELECT last_seq FROM feed_head WHERE last_seq > {year.seq}")) or 0) or int(year.psql(
            "SELECT last_seq FROM feed_head"))
    year.summed()
    wait_for("the zone", lambda: year.psql("SELECT time_zone, stage IS NULL FROM sale_position") == YORK + "|t")
    year.agree_everywhere()


@case
def computed_anew(year):
    """The sums are thrown away and come out the same, while news comes and the daemon is killed over it"""
    year.psql("DELETE FROM sale_hour; UPDATE sale_tender SET taken = 0; DELETE FROM sale_fact WHERE gross > 50000; "
              "UPDATE sale_item SET business_day = business_day + 400 WHERE quantity = 1")
    year.psql("UPDATE sale_position SET stage = 'ORDERS', stage_at = '-infinity', "
              "stage_id = '00000000-0000-0000-0000-000000000000'")
    year.daemon.kill()
    year.daemon.start()
    year.daemon.login()
    for _ in range(100):
        year.change()
    year.write()
    year.daemon.ctl("analytics", "rebuild")
    equal(year.psql("SELECT stage FROM sale_position"), "")
    year.summed()
    year.agree_everywhere()


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup()
        daemon.start()
        daemon.login()
        year = Year(daemon)
        wait_for("the first events", lambda: year.psql("SELECT count(*) FROM feed_head") == "1")
        year.seq = int(year.psql("SELECT last_seq FROM feed_head"))
        return run(year)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
