#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The Big List of Naughty Strings through every text of every operation of docs/openapi.yaml: body
members, query members and path parameters. What is taken comes back as it was sent, and is read again
as it was answered; what is not is refused cleanly. A new operation is tried without a word here."""

import base64
import copy
import http.client
import json
import os
import re
import sys
import time
import unicodedata
import urllib.parse
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from osy_raw import sources, until  # noqa: E402
from tap import CASES, Skip, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
LIST = os.path.join(HERE, "..", "..", "..", "shared", "corpora", "blns.base64.json")
OWN = ["", " ", "\u3000", "a\nb", "a\tb", "a\r\nb", "\ufeffa", "\u202eabc", "a\u0301", "á", "각", "각", "ﬁ", "İ", "ß",
       "0", "-1", "true", "<b>x</b>", "&amp;", "%s%n", "{}", "[]", "'", '"', "\\", "\\u0000", "../../etc/passwd",
       "${7*7}", "{{7*7}}", "=1+1", "@SUM(A1)", "x" * 100, "가" * 100, "🙂" * 100, "x" * 501, "가" * 5000,
       "\U0010ffff", "\ufffe", "\x7f", "\x85", "\u2028", "NUL", "CON", "00000000-0000-0000-0000-000000000000"]
GUEST_MASKED = (("name",), ("phone",))
MASKED = {("customer", "name"): "name", ("customer", "phone"): "phone", ("delivery", "address"): "address"}
MANY = 400  # requests from one address
LONGEST = 8000  # of a target; longer ones are in test_hostile_http.py
SAMPLE = 1 if "all" in sys.argv else 11  # every eleventh; ./run soak api tries all


def naughty():
    """Upstream's file is wrapped at 76 letters here and there: both the pieces that are text and what they
    make together are taken."""
    if not os.path.exists(LIST):
        raise Skip("../shared/corpora is absent")
    with open(LIST, encoding="utf-8") as file:
        pieces = json.load(file)
    found, begun = dict.fromkeys(OWN), ""
    for piece in pieces:
        begun += piece
        for data in (piece, begun):
            try:
                found[base64.b64decode(data).decode()] = None
            except UnicodeDecodeError:
                pass
        if len(piece) < 76:
            begun = ""
    return list(found)[::SAMPLE]


class Api:
    """Makes requests by the contract: bodies that are as right as a schema tells."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.contract = Contract()
        self.connection = None
        self.count = 0
        item = next(i for c in daemon.menu()["categories"] for i in c["items"] if i["option_groups"])
        own = daemon.call("GET", "/restaurants/me/menu")
        self.known = {"restaurant_id": daemon.restaurant_id, "menu_item_id": daemon.plain_item()["id"],
                      "category_id": own["categories"][0]["id"], "items": item["id"],
                      "item_id": daemon.plain_item()["id"], "categories": own["categories"][0]["id"],
                      "option-groups": own["option_groups"][0]["id"],
                      "options": own["option_groups"][0]["options"][0]["id"],
                      "option_id": own["option_groups"][0]["options"][0]["id"], "type": "TAKEOUT"}

        daemon.place(daemon.order_body(customer={"name": "김손님", "phone": "010-9999-8888"}))
        find = "/restaurants/me/guests/find?phone=010-9999-8888"
        until(lambda: daemon.call("GET", find)["guests"], "the guest is known")
        self.known["guests"] = daemon.call("GET", find)["guests"][0]["id"]
        # What an operation needs and tells in words alone.
        self.more = {"createMenuCategory": {"name": "분류"},
                     "createMenuItem": {"name": "메뉴", "category_id": self.known["category_id"], "price": 1000},
                     "createMenuGroup": {"name": "묶음", "min": 0, "max": 1, "options": [{"name": "하나", "price": 0}]},
                     "addAlertTarget": {"channel": "EMAIL", "name": "사장님", "address": "owner@shop.example",
                                        "key": "SG.simulated-key", "from": "alerts@shop.example"},
                     "placeOrder": {"items": [{"menu_item_id": self.known["menu_item_id"], "quantity": 1}]}}
        self.patient = False
        self.signed_in = time.monotonic()

    def send(self, method, path, body=None):
        """(status, answer); never a 5xx."""
        # Who guesses passwords is stopped by his address; that is as right an answer as any.
        if self.connection is None or self.count % MANY == 0 and "/auth/" not in path:
            if self.connection:
                self.connection.close()
            self.connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=60,
                                                         source_address=(next(sources), 0))
        self.count += 1
        headers = {"Authorization": f"Bearer {self.daemon.token}", "Idempotency-Key": str(uuid.uuid4())}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body, ensure_ascii=False).encode()
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.contract.check(method, path, answer.status, dict(answer.getheaders()), content)
        # A check of many passwords at once may find the one thread that does them busy.
        assert answer.status < 500 or answer.status == 503 and "/auth/" in path, f"{method} {path} {body!r}: {answer.status} {content!r}"
        return answer.status, json.loads(content) if content[:1] in (b"{", b"[") else None

    def stay_signed_in(self):
        """An access token ends after a quarter of an hour, and with it what is tried."""
        if time.monotonic() - self.signed_in > 300:
            self.daemon.login()
            self.signed_in = time.monotonic()

    def made_up(self, schema, name=None):
        """The least value of a schema."""
        schema = self.contract.resolve(schema)
        for word in ("oneOf", "anyOf", "allOf"):
            if word in schema and "type" not in schema:
                return self.made_up(schema[word][0], name)
        kinds = schema.get("type", "object")
        kind = kinds if isinstance(kinds, str) else kinds[0]
        if name in self.known and kind == "string":
            return self.known[name]
        if "const" in schema or "enum" in schema:
            return schema.get("const", (schema.get("enum") or [None])[0])
        if kind == "object":
            return {key: self.made_up(one, key) for key, one in schema.get("properties", {}).items()
                    if key in schema.get("required", [])}
        if kind == "array":
            return [self.made_up(schema["items"], name) for _ in range(schema.get("minItems", 0))]
        if kind == "integer":
            return max(schema.get("minimum", 1), 1)
        if kind == "boolean":
            return False
        return {"uuid": str(uuid.uuid4()), "date-time": "2030-01-01T00:00:00Z"}.get(
            schema.get("format"), "가" * max(schema.get("minLength", 1), 1))

    def texts(self, schema, at=(), depth=0):
        """Paths of all texts of a schema; lists are entered at their first element."""
        schema = self.contract.resolve(schema)
        for word in ("oneOf", "anyOf", "allOf"):
            for one in schema.get(word, []):
                yield from self.texts(one, at, depth)
        kinds = schema.get("type", "object")
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if "string" in kinds and "enum" not in schema and "const" not in schema:
            yield at
        if depth < 6:
            for key, one in schema.get("properties", {}).items():
                if not one.get("readOnly"):
                    yield from self.texts(one, (*at, key), depth + 1)
            if "items" in schema:
                yield from self.texts(schema["items"], (*at, 0), depth + 1)

    def put(self, body, schema, at, value):
        """Puts a value deep into a body, making what leads there."""
        node, name = body, None
        for step, key in enumerate(at):
            schema = self.contract.resolve(schema)
            one = next((s for s in [*schema.get("oneOf", []), *schema.get("anyOf", []), *schema.get("allOf", []), schema]
                        if (key in self.contract.resolve(s).get("properties", {})) or key == 0 and "items" in self.contract.resolve(s)), schema)
            one = self.contract.resolve(one)
            schema = one["items"] if key == 0 else one["properties"][key]
            name = name if key == 0 else key
            made = value if step == len(at) - 1 else self.made_up(schema, name)
            if key == 0:
                node[:1] = [node[0] if node and step < len(at) - 1 else made]
            elif step == len(at) - 1 or not node.get(key):
                node[key] = made
            node = node[key]

    def path(self, template):
        """With the ids of things that are there."""
        if "/orders/{id}" in template:
            self.known["orders"] = self.daemon.place()["id"]
        parts = template.split("/")
        for at, part in enumerate(parts):
            if part.startswith("{"):
                parts[at] = self.known.get(part[1:-1]) or self.known.get(parts[at - 1]) or str(uuid.uuid4())
        return "/".join(parts)

    def read_again(self, template, answer):
        """The same thing by another road; None when there is none."""
        if "/orders" in template and "status" in answer:
            return self.send("GET", f"/api/v1/orders/{answer['id']}")[1]
        if template.endswith("/restaurants/me"):
            return self.send("GET", template)[1]
        kind = next((k for k in ("items", "categories", "option-groups") if f"/menu/{k}" in template), None)
        if kind and "id" in answer:
            menu = self.send("GET", "/api/v1/restaurants/me/menu")[1]
            found = {"categories": menu["categories"], "option-groups": menu["option_groups"],
                     "items": [i for c in menu["categories"] for i in c.get("items", [])]}[kind]
            return next(one for one in found if one["id"] == answer["id"])
        return None


def value_at(node, at):
    for key in at:
        if isinstance(node, dict) and key in node or isinstance(node, list) and key == 0 and node:
            node = node[key]
        else:
            return None
    return node


ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


def plain(text):
    """As the daemon may tidy a text: one form of Unicode, no blanks around."""
    return unicodedata.normalize("NFC", text).strip()


def fields_named(answer, ats):
    """Those of the places that a refusal names."""
    named = {fault["pointer"] for fault in (answer or {}).get("errors", [])}
    return {at for at in ats if "/" + "/".join(map(str, at)) in named}


def kept_whole(api, order_id, name, text):
    """Personal words come back masked, and whole to who says why he asks."""
    whole = api.send("POST", f"/api/v1/restaurants/me/orders/{order_id}/unmask", {"reason": "DELIVERY"})[1]
    kept = whole.get(name, "")
    # Numbers are kept as digits.
    digits = [plain(re.sub(r"\D", "", one)) for one in (kept, text)]
    assert plain(kept) == plain(text) or name == "phone" and digits[0] == digits[1], f"{name}: sent {text!r}, kept {kept!r}"


def judge(api, method, template, answer, sent):
    """What was taken is what was sent, and is stored so."""
    for at, text in sent.items():
        if "/orders" in template and at in MASKED:
            kept_whole(api, answer["id"], MASKED[at], text)
            continue
        if re.search("/(bookings|waiting)(/|$)", template) and at in GUEST_MASKED:
            assert value_at(answer, at), f"{at}: sent {text!r}, got nothing"
            continue
        back = value_at(answer, at)
        if "areas" in at:  # names of places: a line break is a blank
            text = text.replace("\n", " ")
        assert back is None or plain(str(back)) == plain(text), f"{at}: sent {text!r}, got {back!r}"
    stored = api.read_again(template, answer)
    for at in sent if stored else ():  # masked or not
        equal(value_at(stored, at), value_at(answer, at), f"{at} read again")
    if method == "POST" and "/menu/" in template and "id" in answer and "{" not in template:
        api.send("DELETE", f"{template}/{answer['id']}")


def in_body(api, method, template, operation, schema):
    """Every string in every place, each time another string in each place at once; the places that are
    refused are left out of a second try, and when that tells nothing each is tried alone. Returns how many
    strings each place took."""
    places = list(dict.fromkeys(api.texts(schema)))
    taken = dict.fromkeys(places, 0)
    base = {**api.made_up(schema), **api.more.get(operation["operationId"], {})}

    def attempt(sent):
        body = copy.deepcopy(base)
        for at in sent:
            if at[-2:] == ("names", "ko") and isinstance(value_at(body, at[:-2]), dict):
                value_at(body, at[:-2]).pop("name", None)
        for at, text in sent.items():
            api.put(body, schema, at, text)
        status, answer = api.send(method, api.path(template), body)
        if status // 100 != 2:
            return fields_named(answer, sent)
        for at in sent:
            taken[at] += 1
        if isinstance(answer, dict):
            judge(api, method, template, answer, sent)
        return None

    for number in range(len(api.strings)):
        sent = {at: api.strings[(number + 101 * step) % len(api.strings)] for step, at in enumerate(places)}
        for at in [at for at in sent if at[-2:] == ("names", "ko") and (*at[:-2], "name") in sent]:
            del sent[at if number % 2 else (*at[:-2], "name")]  # two ways to say one thing
        while (wrong := attempt(sent)) and len(wrong) < len(sent):
            sent = {at: text for at, text in sent.items() if at not in wrong}
        if wrong is not None and not wrong and len(sent) > 1 and api.patient:
            for at, text in sent.items():
                attempt({at: text})
    return taken


def in_query(api, method, template, name):
    for text in api.strings:
        quoted = urllib.parse.quote(text, safe="")
        if len(quoted) <= LONGEST:
            api.send(method, f"{api.path(template)}?{name}={quoted}")


def in_path(api, method, template, name):
    for text in api.strings:
        quoted = urllib.parse.quote(text, safe="")
        if quoted in ("", ".", "..") or len(quoted) > LONGEST:
            continue
        status, _ = api.send(method, template.replace("{" + name + "}", quoted).replace("{", "").replace("}", ""))
        # Any order has its page, and which orders there are is not told there.
        a_page = template == "/pay/{file}" and ID.fullmatch(text) and status == 200
        assert status // 100 == 4 or a_page, f"{method} {template} with {text!r}: {status}"


def through(method, template, operation):
    def check(api):
        api.stay_signed_in()
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        done = []
        if body:
            done.extend(f"{'/'.join(map(str, at))} ({count} taken)" for at, count in
                        in_body(api, method, template, operation, body).items())
        for parameter in operation.get("parameters", []):
            parameter = api.contract.resolve(parameter)
            if parameter["in"] == "query":
                in_query(api, method, template, parameter["name"])
            elif parameter["in"] == "path":
                in_path(api, method, template, parameter["name"])
            if parameter["in"] != "header":
                done.append(parameter["name"])
        print(f"# {operation['operationId']}: {', '.join(done) or 'no text'}")
    check.__doc__ = f"{method} {template}"
    return check


def unharmed(api):
    """The daemon lives, complains of nothing, and everything still holds."""
    api.send("GET", "/api/v1/auth/me")
    print(f"# {len(api.strings)} strings, {api.count} requests")
    equal(api.daemon.complaints, [])
    api.daemon.ctl("check")


def main():
    try:
        strings = naughty()
    except Skip as skip:
        print(f"TAP version 13\n1..0 # SKIP {skip}")
        return 0
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        api = Api(daemon)
        api.strings = strings
        for template, item in api.contract.api["paths"].items():
            for method, operation in item.items():
                # What ends this sign-in has no text to try.
                if not template.startswith("/ws/") and operation["operationId"] != "logout":
                    CASES.append(through(method.upper(), template, operation))
        CASES.append(unharmed)
        return run(api)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
