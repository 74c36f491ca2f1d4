#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The role matrix: every route that the daemon itself lists, for every role, with ids of the own shop, of
another shop and of nobody. What each may is docs/ROLES.md, the reviewed table; what is another shop's is
answered like what does not exist, and nothing of the other shop changes."""

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
    "guests": ("guest", "id"), "devices": ("device", "id"),
}
# A paired screen has the rights of its role, and of what every signed-in person may do only what needs
# no person.
DEVICE, DEVICE_ROLE = "device", "KITCHEN"
NEEDS_NO_PERSON = {"createTicket", "listActPeople", "beginAct", "getMe"}
# What an id in a body is, by its name.
NAMES = {"category_id": "categories", "menu_item_id": "items", "option_id": "options", "user_id": "staff",
         "restaurant_id": "restaurants", "option_group_ids": "option-groups", "id": None}
# Bodies that the schema alone does not tell.
BODIES = {
    "updateOwnRestaurant": lambda ids: {"minimum_order": 0},
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
    "rejectOrder": lambda ids: {"reason": "SOLD_OUT"}, "cancelOrder": lambda ids: {"reason": "SOLD_OUT"},
}
# Public routes where another shop's id is as good as the own: guests come to any shop.
OPEN_TO_GUESTS = {"getMenu", "getRestaurant", "placeOrder"}


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
            if part.startswith("{"):
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
        return next(iter(described), "application/json"), b"x" if described else None

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
        parts = " UNION ALL ".join(
            f"SELECT '{table}.{column}', md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {table} t "
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
        if name in OPEN_TO_GUESTS - {"placeOrder"} or "/auth/" in route["path"] and "{" not in route["path"]:
            continue
        inside = world.body(route, "other")[1] or b""
        names_one = any(value.encode() in inside for value in world.ids["other"].values())
        if "{" not in route["path"] and not names_one:
            continue
        for role in (ANYBODY, DEVICE, *world.roles):
            (status, other), (absent_status, absent) = world.ask(route, role, "other"), world.ask(route, role, "absent")
            compared += 1
            if status != absent_status or plain(other, world, "other") != plain(absent, world, "absent"):
                wrong.append(f"{role}: {name}: {status} {other} but for an absent id {absent_status} {absent}")
            elif "{" in route["path"] and not route["websocket"] and status != 404 and world.may(route, role) \
                    and world.asks[name] != "public":
                wrong.append(f"{role}: {name}: {status} {other.get('code')} instead of 404: give it a body in BODIES")
            if "{" in route["path"] and names_one:
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
