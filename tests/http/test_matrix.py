#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The role matrix: every route that the daemon itself lists, for every role, with ids of the own shop, of
another shop and of nobody. What each may is docs/ROLES.md, the reviewed table; what is another shop's is
answered like what does not exist, and nothing of the other shop changes."""

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
sys.path.insert(0, os.path.join(HERE, "..", "db"))
import two_shops  # noqa: E402
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from tap import case, equal, run  # noqa: E402

ANYBODY = "anonymous"
# What an id in a path is, by the segment before it: a table and its column. The other shop has one of each.
THINGS = {
    "orders": ("orders", "id"), "items": ("menu_item", "id"), "categories": ("menu_category", "id"),
    "option-groups": ("menu_group", "id"), "options": ("menu_option", "id"), "staff": ("membership", "user_id"),
    "threats": ("threat", "id"), "restaurants": ("restaurant", "id"), "sessions": ("session", "id"),
    "guests": ("guest", "id"), "devices": ("device", "id"), "floor": ("floor", "id"),
    "tables": ("floor_piece", "id"), "acts": ("table_act", "id"), "bookings": ("booking", "id"),
    "waiting": ("waiting_party", "id"),
    "printers": ("printer", "id"), "print-jobs": ("print_job", "id"), "checks": ("guest_check", "id"),
    "adjustments": ("order_adjustment", "id"), "deliveries": ("delivery", "id"),
    "payments": ("payment", "id"), "refunds": ("refund", "id"), "attention": ("saga", "order_id"),
    "channels": ("channel_link", "id"), "alert-targets": ("alert_target", "id"), "messages": ("alert_message", "id"),
    "ingredients": ("ingredient", "id"), "movements": ("stock_movement", "id"),
    "tickets": ("kitchen_ticket", "id"), "lines": ("kitchen_line", "line_id"), "changes": ("kitchen_change", "id"),
}
# A paired screen has the rights of its role, and of what every signed-in person may do only what needs
# no person.
DEVICE, DEVICE_ROLE = "device", "KITCHEN"
NEEDS_NO_PERSON = {"createTicket", "listActPeople", "beginAct", "getMe"}
# What an id in a body is, by its name.
NAMES = {"printer_id": "printers", "backup_id": "printers", "station_id": "tickets", "target_id": "items",
         "item_id": "items",
         "default_station_id": "tickets",
         "category_id": "categories", "menu_item_id": "items", "option_id": "options", "user_id": "staff",
         "restaurant_id": "restaurants", "ingredient_id": "ingredients",
         "table_id": "tables", "to_table_id": "tables", "into_table_id": "tables",
         "booking_id": "bookings", "table_ids": "tables", "option_group_ids": "option-groups", "id": None}
# Bodies that the schema alone does not tell.
BODIES = {
    "updateOwnRestaurant": lambda ids: {"minimum_order": 0},
    "setPace": lambda ids: {"busy_minutes": 0},
    "acceptOrder": lambda ids: {"ready_in_minutes": 20},
    "rescheduleOrder": lambda ids: {"requested_at": "2030-01-01T12:00:00Z"},
    "inviteStaff": lambda ids: {"name": "한사람", "email": "one@matrix.example", "role": "COURIER"},
    "createMenuCategory": lambda ids: {"name": f"분류 {uuid.uuid4()}"},
    "updateMenuCategory": lambda ids: {"name": "다른 이름"},
    "createMenuItem": lambda ids: {"category_id": ids["categories"], "name": f"메뉴 {uuid.uuid4()}", "price": 1000,
                                   "option_group_ids": [ids["option-groups"]]},
    "updateMenuItem": lambda ids: {"category_id": ids["categories"], "option_group_ids": [ids["option-groups"]]},
    "createMenuGroup": lambda ids: {"name": f"추가 {uuid.uuid4()}", "min": 0, "max": 1,
                                    "options": [{"name": "하나", "price": 0}]},
    "updateMenuGroup": lambda ids: {"name": "다른 이름"},
    "changeMenu": lambda ids: {"changes": [{"kind": "item", "id": ids["items"], "entry": None}]},
    "changeFloor": lambda ids: {"changes": [{"op": "PUT", "type": "floor", "id": str(uuid.uuid4()), "name": "층",
                                             "width": 640, "height": 480}]},
    "setKitchenSetup": lambda ids: {"version": 1, "stations": [{"name": "불판", "printer_id": ids["printers"]}]},
    "prioritizeTicket": lambda ids: {"on": True}, "recallTicket": lambda ids: {}, "makeLine": lambda ids: {},
    "unmakeLine": lambda ids: {}, "fireCourse": lambda ids: {"course": 1}, "holdCourse": lambda ids: {"course": 1},
    "addPrinter": lambda ids: {"name": "주방", "transport": "NONE", "purposes": []},
    "updatePrinter": lambda ids: {"name": "다른 이름"},
    "retryPrintJob": lambda ids: {},
    "adjustCheck": lambda ids: {"kind": "VOID", "line_id": ids["orders"], "quantity": 1, "reason": "없음"},
    "splitCheck": lambda ids: {"parts": [{"kind": "EQUAL"}]},
    "seatTable": lambda ids: {"guest_count": 2},
    "transferRounds": lambda ids: {"order_ids": [ids["orders"]], "to_table_id": ids["tables"]},
    "setDeliveryZones": lambda ids: {"zones": []}, "setDeliverySetup": lambda ids: {"mask_hours": 24},
    "addChannel": lambda ids: {"channel": "yogiyo", "store_id": str(uuid.uuid4())}, "changeChannel": lambda ids: {},
    "setChannelItems": lambda ids: {"items": []},
    "callRider": lambda ids: {}, "assignDelivery": lambda ids: {},
    "addIngredient": lambda ids: {"name": f"재료 {uuid.uuid4()}", "unit": "G"},
    "changeIngredient": lambda ids: {"par": 0},
    "moveIngredient": lambda ids: {"kind": "RECEIVE", "quantity": 1000},
    "setRecipe": lambda ids: {"lines": [{"ingredient_id": ids["ingredients"], "quantity": 1}]},
    "takePayment": lambda ids: {"method": "CASH", "amount": 1, "check_id": ids["checks"]},
    "completeRefund": lambda ids: {}, "issueCashReceipt": lambda ids: {"kind": "SELF"},
    "planRefund": lambda ids: {"amount": 1}, "refundCheck": lambda ids: {"amount": 1, "reason": "없음"},
    "importSettlements": lambda ids: {"day": "2026-01-01"},
    "closeTill": lambda ids: {"counted": 0, "left": 0, "reason": "없음"},
    "correctTillZ": lambda ids: {"counted": 0, "reason": "없음"},
    "addAlertTarget": lambda ids: {"channel": "SLACK", "name": "방", "address": "https://hooks.invalid/services/x"},
    "putPaymentSetup": lambda ids: {"methods": ["CASH"]},
    "takeTossWebhook": lambda ids: {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"orderId": ids["payments"]}},
    "confirmPayment": lambda ids: {"payment_key": "x", "order_id": ids["payments"], "amount": 1},
    "rejectOrder": lambda ids: {"reason": "SOLD_OUT"}, "cancelOrder": lambda ids: {"reason": "SOLD_OUT"},
}
# What is no JSON, where "x" would be refused before it is asked whose it is.
BYTES = {"putFloorPhoto": bytes.fromhex("ffd8ffc0000b080010002001011100ffd9"),
         "putMenuPhoto": bytes.fromhex("ffd8ffc0000b080040004001011100ffd9")}
# Public routes where another shop's id is as good as the own: guests come to any shop.
OPEN_TO_GUESTS = {"getMenu", "getMenuPhoto", "getRestaurant", "placeOrder"}


def reviewed():
    """(role → permissions, operation → what it asks) of docs/ROLES.md."""
    with open(os.path.join(ROOT, "docs", "ROLES.md"), encoding="utf-8") as page:
        lines = [[cell.strip(" `") for cell in line.strip().strip("|").split("|")]
                 for line in page if line.startswith("|")]
    head = lines[0]
    equal(head[0], "permission", "first table of docs/ROLES.md")
    roles = {role: set() for role in head[1:]}
    asks = {}
    for row in lines[2:]:
        if len(row) == len(head):
            for role, word in zip(head[1:], row[1:]):
                assert word in ("yes", "no"), row
                if word == "yes":
                    roles[role].add(row[0])
        elif len(row) == 2 and not row[0].startswith(("operation", "-")):
            asks[row[0]] = row[1]
    return roles, asks


# Parameters of paths that name nothing of a shop, and what stands for them.
NO_THINGS = {"{channel}": "baemin", "{file}": "app.js", "{kind}": "RECEIPT", "{number}": "1",
             "{photo}": hashlib.sha256(BYTES["putMenuPhoto"]).hexdigest()}


class World:
    def __init__(self, daemon):
        self.daemon = daemon
        self.contract = Contract()
        self.roles, self.asks = reviewed()
        self.routes = json.loads(subprocess.run([daemon.program("ordersyncd"), "--print-routes"], check=True,
                                                capture_output=True, text=True).stdout)["routes"]
        self.own, self.other = two_shops.make(daemon)
        two_shops.make_threat(daemon, self.other)
        self.tokens = {role: self.sign(role, 1)[0] for role in self.roles}
        self.tokens[DEVICE] = self.pair(self.own)
        self.pair(self.other)
        self.ids = {"own": self.collect(self.own), "other": self.collect(self.other),
                    "absent": {kind: str(uuid.uuid4()) for kind in THINGS}}
        two_shops.settle(daemon)

    def sign(self, role, count):
        program = os.path.join(self.daemon.build_dir, "tests", "http", "sign-token")
        return subprocess.run([program, self.daemon.data_dir, self.own.restaurant_id, role, self.own.user_id,
                               str(count)], check=True, capture_output=True, text=True).stdout.split()

    def pair(self, shop):
        """The access token of a new screen."""
        made = shop.call("POST", "/restaurants/me/devices", {"name": "주방", "role": DEVICE_ROLE})
        paired = self.daemon.call("POST", "/auth/pair", {"pairing_code": made["pairing_code"]}, anonymous=True)
        return self.daemon.call("POST", "/auth/device-token", {"device_token": paired["device_token"]},
                                anonymous=True)["access_token"]

    def collect(self, shop):
        found = {}
        for kind, (table, column) in THINGS.items():
            key = "id" if table == "restaurant" else "restaurant_id"
            lines = self.daemon.sql(f"SELECT {column} FROM {table} WHERE {key} = '{shop.restaurant_id}' LIMIT 1").split()
            if kind == "threats" and shop is self.own:
                found[kind] = str(uuid.uuid4())  # none was noticed
                continue
            assert len(lines) > 2 and len(lines[2]) == 36, f"there is no {kind} in {shop.email}'s shop"
            found[kind] = lines[2]
        return found

    # ---- a request that gets as far as it can ----

    def path(self, route, whose):
        parts = route["path"].split("/")
        for at, part in enumerate(parts):
            if part in NO_THINGS:
                parts[at] = NO_THINGS[part]
            elif part.startswith("{"):
                assert parts[at - 1] in THINGS, f"say in THINGS what {route['path']} is about"
                parts[at] = self.ids[whose][parts[at - 1]]
        return "/".join(parts)

    def made_up(self, schema, ids, name=""):
        schema = self.contract.resolve(schema)
        if name in NAMES and NAMES[name] and schema.get("type") != "array":
            return ids[NAMES[name]] if name != "restaurant_id" else self.own.restaurant_id
        for word in ("example", "const", "default"):
            if word in schema:
                return schema[word]
        if "enum" in schema:
            return schema["enum"][0]
        for word in ("oneOf", "anyOf", "allOf"):
            if word in schema:
                return self.made_up(schema[word][0], ids, name)
        kind = schema.get("type")
        if kind == "object":
            return {key: self.made_up(schema["properties"][key], ids, key) for key in schema.get("required", [])}
        if kind == "array":
            return [self.made_up(schema["items"], ids, name) for _ in range(max(1, schema.get("minItems", 0)))]
        if kind in ("integer", "number"):
            return max(schema.get("minimum", 1), 1)
        if kind == "boolean":
            return False
        if schema.get("format") == "uuid" or "[0-9a-f]" in schema.get("pattern", ""):
            return str(uuid.uuid4())
        if schema.get("format") == "date-time":
            return "2026-01-01T00:00:00Z"
        return "x" * max(1, schema.get("minLength", 1))

    def body(self, route, whose):
        operation = self.contract.find(route["method"], route["path"])
        described = self.contract.resolve(operation.get("requestBody") or {}).get("content", {})
        # Guesses at passwords are another test's, and alarm every shop.
        if "/auth/" in route["path"] or route["path"] == "/api/v1/setup":
            return "application/json", b"{}" if route["method"] != "GET" else None
        if "application/json" in described:
            make = BODIES.get(route["operation_id"])
            made = make(self.ids[whose]) if make else \
                self.made_up(described["application/json"]["schema"], self.ids[whose])
            return "application/json", json.dumps(made).encode()
        return next(iter(described), "application/json"), BYTES.get(route["operation_id"], b"x") if described else None

    def ask(self, route, role, whose, inside=None):
        """Status and JSON of the route with ids of @whose shop in its path, and of @inside its body."""
        headers, (kind, body) = {}, self.body(route, inside or whose)
        if body is not None:
            headers["Content-Type"] = kind
        if role != ANYBODY:
            # What ends a session must not end that of the next request.
            alone = route["operation_id"] == "logout" and role != DEVICE
            token = self.sign(role, 1)[0] if alone else self.tokens[role]
            headers["Authorization"] = f"Bearer {token}"
        if route["idempotent"]:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        status, _, content = self.daemon.raw(route["method"], self.path(route, whose), body, headers)
        try:
            answer = json.loads(content) if content else {}
        except ValueError:
            answer = {}
        return status, answer

    def may(self, route, role):
        right = self.asks[route["operation_id"]]
        if right == "public":
            return True
        if role == DEVICE and right == "signed-in":
            return route["operation_id"] in NEEDS_NO_PERSON
        return role != ANYBODY and (right == "signed-in" or right in self.roles[
            DEVICE_ROLE if role == DEVICE else role])

    # ---- the other shop ----

    def digest(self):
        """Of everything that is the other shop's, table by table."""
        shop, person = self.other.restaurant_id, self.other.user_id
        tables = [line.split("|") for line in self.daemon.sql(
            "SELECT relname || '|' || attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition "
            "AND (attname = 'restaurant_id' OR relname = 'restaurant' AND attname = 'id' OR attname = 'user_id' "
            "OR relname = 'app_user' AND attname = 'id') ORDER BY 1").replace(" ", "").splitlines() if "|" in line]
        # What waits to be sent is tried again by itself.
        words = {"alert_message": "t.id::text || t.target_id::text", "report_delivery": "t.id::text || t.report_id::text"}
        parts = " UNION ALL ".join(
            f"SELECT '{table}.{column}', md5(coalesce(string_agg(w, ',' ORDER BY w), '')) "
            f"FROM {table} t CROSS JOIN LATERAL (SELECT {words.get(table, 't::text')} AS w) x "
            f"WHERE {column} = '{person if column == 'user_id' or table == 'app_user' else shop}'"
            for table, column in tables)
        lines = [line.split("|") for line in self.daemon.sql(parts).replace(" ", "").splitlines()]
        return {line[0]: line[1] for line in lines if len(line) == 2 and len(line[1]) == 32}


def plain(answer, world, whose):
    """An answer without what must differ: the trace, and the id that was asked for."""
    text = json.dumps({k: v for k, v in answer.items() if k not in ("trace_id", "instance")}, sort_keys=True)
    for value in world.ids[whose].values():
        text = text.replace(value, "<id>")
    return text


@case
def reviewed_table_and_program_agree(world):
    """Every route asks what docs/ROLES.md says, and every role has what it says there."""
    equal({r["operation_id"]: r["permission"] for r in world.routes}, world.asks, "routes")
    me = next(r for r in world.routes if r["operation_id"] == "getMe")
    for role in world.roles:
        status, answer = world.ask(me, role, "own")
        equal((status, set(answer.get("permissions", []))), (200, world.roles[role]), f"permissions of {role}")


def misjudged(world, routes):
    """What a role may and must not, or must not and may, of each route; and what changed in the other shop."""
    wrong, before = [], world.digest()
    assert len(before) > 30, "too little is watched"
    for route in routes:
        for whose in ("absent", "other", "own") if "{" in route["path"] else ("own",):
            if whose == "other" and route["operation_id"] in OPEN_TO_GUESTS:
                continue
            for role in (ANYBODY, DEVICE, *world.roles):
                status, answer = world.ask(route, role, whose)
                refused = answer.get("code") in ("UNAUTHENTICATED", "INSUFFICIENT_PERMISSION")
                wanted = None if world.may(route, role) else {ANYBODY: (401,), DEVICE: (401, 403)}.get(role, (403,))
                if role == DEVICE and wanted and world.asks[route["operation_id"]] == "signed-in":
                    refused, wanted = status // 100 == 4, (status,)
                if status >= 500 or (refused and wanted is None and world.asks[route["operation_id"]] != "public") \
                        or (wanted is not None and (status not in wanted or not refused)):
                    wrong.append(f"{role}: {route['operation_id']} ({whose}): {status} {answer.get('code')}, "
                                 f"wanted {wanted[0] if wanted else 'to pass'}")
        after = world.digest()
        changed = [table for table in after if after[table] != before.get(table)]
        if changed:
            wrong.append(f"{route['operation_id']} changed the other shop's {changed}")
            before = after
    return wrong


@case
def matrix(world):
    """Every role gets through every route exactly where the table says so, and nothing of the other shop changes."""
    # What takes things away comes last, so that there is something left to refuse.
    last = re.compile("/(remove|erase|revoke)$")
    routes = sorted(world.routes, key=lambda r: r["method"] == "DELETE" or bool(last.search(r["path"])))
    equal(misjudged(world, routes), [], "the matrix")


@case
def planted_rights(world):
    """A right that the program has and the table has not is seen, and the other way round."""
    routes = [r for r in world.routes if r["operation_id"] in ("getOwnRestaurant", "listStaff")]
    asks, world.asks = world.asks, {**world.asks, "getOwnRestaurant": "staff:manage", "listStaff": "shop:read"}
    wrong = "; ".join(misjudged(world, routes))
    world.asks = asks
    for seen in ("KITCHEN: getOwnRestaurant (own): 200 None, wanted 403",
                 "STAFF: listStaff (own): 403 INSUFFICIENT_PERMISSION, wanted to pass"):
        assert seen in wrong, wrong


@case
def others_are_absent(world):
    """What is another shop's answers like what does not exist, word for word, in paths and in bodies."""
    # The matrix has shut out the first screen, and the owner's own sign-in.
    world.own.login()
    world.tokens[DEVICE] = world.pair(world.own)
    wrong, compared, before = [], 0, world.digest()
    for route in world.routes:
        name = route["operation_id"]
        path_names = any(part.startswith("{") and part not in NO_THINGS for part in route["path"].split("/"))
        if name in OPEN_TO_GUESTS - {"placeOrder"} or "/auth/" in route["path"] and not path_names:
            continue
        inside = world.body(route, "other")[1] or b""
        names_one = any(value.encode() in inside for value in world.ids["other"].values())
        if not path_names and not names_one:
            continue
        for role in (ANYBODY, DEVICE, *world.roles):
            (status, other), (absent_status, absent) = world.ask(route, role, "other"), world.ask(route, role, "absent")
            compared += 1
            if status != absent_status or plain(other, world, "other") != plain(absent, world, "absent"):
                wrong.append(f"{role}: {name}: {status} {other} but for an absent id {absent_status} {absent}")
            elif path_names and not route["websocket"] and status != 404 and world.may(route, role) \
                    and world.asks[name] != "public":
                wrong.append(f"{role}: {name}: {status} {other.get('code')} instead of 404: give it a body in BODIES")
            if path_names and names_one:
                (status, other), (absent_status, absent) = (world.ask(route, role, "own", inside)
                                                            for inside in ("other", "absent"))
                if status // 100 == 2 or (status, plain(other, world, "other")) != \
                        (absent_status, plain(absent, world, "absent")):
                    wrong.append(f"{role}: {name}, within: {status} {other}, but for an absent id {absent}")
    equal(world.digest(), before, "the other shop's rows")
    equal(wrong, [], "another shop's ids")
    assert compared > 150, f"only {compared} were compared"


def main():
    with Daemon(sys.argv[1], extra=["--limit-sign-in", "100000"]) as daemon:
        return run(World(daemon))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
