# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What an act has changed, as the daemon tells it: the difference of two looks at the whole shop,
without ids, times and the numbers that go up."""

import contextlib
import datetime
import json
import os
import re
import time
import uuid

from desk import Failed, wait_for
from osy_daemon import Refused

ME = "/restaurants/me"
NOISE = re.compile(r"(^|_)(id|ids|at|token|number|version|day|from|by|seq|key|until)$|^(tracking|"
                   r"server_time|day|next_cursor|currency|moved|since|shown|last|all_day|merged|merged_into|tender$)")
# kind: (path, list in its answer, what tells one from another, when it came)
KINDS = {
    "order": (f"{ME}/orders?limit=100", "orders", "id", "created_at"),
    "check": (f"{ME}/checks?limit=50", "checks", "id", "created_at"),
    "payment": (f"{ME}/payments", "payments", "id", "created_at"),
    "table": (f"{ME}/tables", "tables", "number", None),
    "stock": (f"{ME}/ingredients", "ingredients", "name", None),
    "ticket": (f"{ME}/kitchen/tickets", "tickets", "id", "sent_at"),
    "till": (f"{ME}/till", None, None, None),
    "close": (f"{ME}/till/z", "closes", "number", "closed_at"),
    "shop": (ME, None, None, None),
}


def plain(thing, keep=()):
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in sorted(thing.items())
                if key in keep or not NOISE.search(key)}
    if isinstance(thing, list) and thing and all(isinstance(one, dict) and "tender" in one
                                                 for one in thing):
        return {one["tender"]: plain(one) for one in thing}
    if isinstance(thing, list):
        return [plain(one) for one in thing]
    return thing


def difference(before, after):
    """Only what is different: numbers by how much, all else by what it is now."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: difference(before.get(key), after.get(key))
                for key in sorted(before.keys() | after.keys())
                if before.get(key) != after.get(key) and (key in before or after[key] != 0)}
    if not before and isinstance(after, dict):
        return {key: difference(None, value) for key, value in after.items() if value != 0}
    if type(before) is int and type(after) is int:
        return after - before
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [difference(*both) for both in zip(before, after) if both[0] != both[1]]
    if isinstance(before, list) and isinstance(after, list) and after[:len(before)] == before:
        return after[len(before):]
    return after


def holds(part, whole):
    """Whether all of @part is somewhere in @whole."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and holds(value, whole[key]) for key, value in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(holds(one, got) for got in whole) for one in part)
    return part == whole


class Shop:
    """The daemon, and things to act on."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.items = {item["name"]: item for group in daemon.menu()["categories"]
                      for item in group["items"]}
        self.floor = str(uuid.uuid4())
        self.tables = [str(uuid.uuid4()) for _ in range(4)]
        self.call("POST", "/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": self.floor, "name": "홀", "width": 1280,
             "height": 720}] + [
            {"op": "PUT", "type": "piece", "id": table, "floor_id": self.floor, "kind": "TABLE",
             "number": str(at + 1), "x": 40 + 200 * at, "y": 80, "width": 128, "height": 128}
            for at, table in enumerate(self.tables)]})
        self.flour = self.call("POST", "/ingredients", {"name": "밀가루", "unit": "PIECE"})
        self.sugar = self.call("POST", "/ingredients", {"name": "설탕", "unit": "PIECE"})
        with contextlib.suppress(Refused):
            self.call("PATCH", "", {"setup": {"sound": "DONE", "business_number": "DONE",
                                              "first_order": "DONE"}})
        self.begun = ""
        self.order = None  # what the act is about
        self.mark()

    def call(self, method, path, body=None, **more):
        return self.daemon.call(method, ME + path, body, **more)

    def mark(self):
        """What came before now is not of this act."""
        now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(milliseconds=5)
        self.begun = now.strftime("%Y-%m-%dT%H:%M:%S.%f")

    # ---- looks ----

    def world(self):
        found = {}
        for kind, (path, many, name, came) in KINDS.items():
            answer = self.daemon.call("GET", path)
            for one in answer[many] if many else [answer]:
                if came is None or one[came] >= self.begun:
                    found[kind, one[name] if name else ""] = plain(one)
        for group in self.daemon.menu()["categories"]:
            for item in group["items"]:
                found["menu", item["name"]] = plain(item)
        return found

    @staticmethod
    def changes(before, after):
        found = {}
        for at in sorted(before.keys() | after.keys()):
            one, other = before.get(at), after.get(at)
            if one != other:
                how = difference(one, other) if one and other else other if other else "gone"
                found.setdefault(at[0], []).append(how)
        for many in found.values():
            many.sort(key=lambda one: json.dumps(one, sort_keys=True))
        return found

    # ---- things ----

    def place(self, name="김밥", quantity=1, accept=True, **more):
        body = {"restaurant_id": self.daemon.restaurant_id, "type": "TAKEOUT", "channel": "COUNTER",
                "items": [{"menu_item_id": self.items[name]["id"], "quantity": quantity}],
                "payment": {"method": "LATER"}, **more}
        if accept:
            body["accept"] = {"ready_in_minutes": 15}
        self.order = self.daemon.place(body)
        if accept:
            # Not before then is it counted at its table.
            wait_for("the order is accepted", lambda: self.status() != "PENDING")
        return self.order

    def at_table(self, at, **more):
        return self.place(type="DINE_IN", table_id=self.tables[at], **more)

    def act(self, *acts):
        for act in acts:
            self.daemon.act(self.order["id"], act)

    def pay(self, amount=3500):
        return self.daemon.call("POST", "/payments", {
            "method": "CASH", "amount": amount, "check_id": self.order["check_id"]},
            key=str(uuid.uuid4()))

    def status(self):
        orders = self.call("GET", "/orders?limit=100")["orders"]
        return next(one["status"] for one in orders if one["id"] == self.order["id"])

    def made(self):
        """'made' when a dish of the order is."""
        tickets = self.call("GET", f"/kitchen/tickets?order_id={self.order['id']}")["tickets"]
        return "made" if any(line["quantity_made"] for one in tickets for line in one["lines"]) else ""

    def slip(self):
        """The digits of the code on an order's slip."""
        return f"{uuid.UUID(self.order['id']).int:039d}"

    def table_code(self, at):
        return f"{uuid.UUID(self.tables[at]).int:039d}"

    def tidy(self):
        """Nothing is left to do: neither orders nor guests."""
        for order in self.call("GET", "/orders?limit=100")["orders"]:
            if order["created_at"] >= self.begun and order["status"] not in (
                    "COMPLETED", "CANCELED", "REJECTED", "REFUNDED"):
                # A table is free only when nothing is owed at it.
                for act in (("reject",) if order["status"] == "PENDING" else
                            ("cancel", "start", "ready", "complete")
                            if order["type"] == "DINE_IN" else ("start", "ready", "complete")):
                    with contextlib.suppress(Refused):
                        self.daemon.act(order["id"], act, {"reason": "끝"} if act in
                                        ("cancel", "reject") else None)
        for ticket in self.call("GET", "/kitchen/tickets")["tickets"]:
            for line in ticket["lines"]:
                for change in line["changes"]:
                    with contextlib.suppress(Refused):
                        self.call("POST", f"/kitchen/changes/{change['id']}/seen")
            with contextlib.suppress(Refused):
                self.call("POST", f"/kitchen/tickets/{ticket['id']}/bump")
        for table in self.call("GET", "/tables")["tables"]:
            if table["state"] != "FREE":
                with contextlib.suppress(Refused):
                    self.call("POST", f"/tables/{table['table_id']}/unmerge", {})
                for _ in range(2):
                    with contextlib.suppress(Refused):
                        self.call("POST", f"/tables/{table['table_id']}/clear", {})
        for item in self.items.values():
            with contextlib.suppress(Refused):
                self.call("POST", f"/menu/items/{item['id']}/available")

    def settle(self, before, want, patience=8):
        """What has changed, once that holds @want and stands still."""
        end = time.monotonic() + patience
        last, since = None, time.monotonic()
        while True:
            now = self.changes(before, self.world())
            if now != last:
                last, since = now, time.monotonic()
            if holds(want, now) and time.monotonic() > since + 0.15:
                return now
            if time.monotonic() > end:
                raise Failed(f"wanted {json.dumps(want, ensure_ascii=False)}, changed "
                             f"{json.dumps(now, ensure_ascii=False)}")
            time.sleep(0.03)
