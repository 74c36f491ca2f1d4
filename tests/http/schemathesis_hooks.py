# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Who schemathesis is to the daemon: the owner; and for what ends a sign-in, one of its own each time.
The rules that docs/openapi.yaml tells once in words are put into every request's schema here."""

import copy
import json
import os
import re
import urllib.request

import schemathesis
import schemathesis.core
from schemathesis import GenerationMode

# Their success ends a session.
ENDING = ["logout", "revokeSession"]
# They take a secret; after some wrong ones the account is asked to wait, and could not sign in again.
GUESSING = ["beginTotp", "confirmTotp", "removeTotp", "changePassword", "setPin", "removePin", "beginAct"]


def sign_in(email):
    body = json.dumps({"email": email, "password": os.environ["OSY_PASSWORD"]}).encode()
    request = urllib.request.Request(os.environ["OSY_URL"] + "/api/v1/auth/login", body,
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["access_token"]


class Owner:
    email = "owner@shop.example"

    def get(self, case, context):
        return sign_in(self.email)

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.auth(refresh_interval=None).apply_to(operation_id=ENDING)
class Passing(Owner):
    """A sign-in for this case alone."""

    email = "passing@shop.example"


@schemathesis.auth(refresh_interval=10 ** 6).apply_to(operation_id=GUESSING)
class Guessing(Owner):
    """One sign-in, as long as it lasts."""

    email = "guessing@shop.example"


# An access token lives for 15 minutes.
@schemathesis.auth(refresh_interval=300).skip_for(operation_id=ENDING + GUESSING)
class Lasting(Owner):
    """A sign-in for many cases."""


NO_CONTROL = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"
# Codes of the daemon for a body of the wrong form; the others are of what it means.
FORM = {"TYPE", "TOO_SHORT", "TOO_LONG", "CONTROL_CHARACTER", "NOT_ALLOWED", "INVALID_ID", "INVALID_TIME",
        "TOO_FEW", "TOO_MANY", "UNKNOWN_MEMBER"}
# Their form hangs on a member beside them, or on what is there already, and is told in words.
WORDS = re.compile("/changes/[0-9]+/entry/")
CHANGES = {"PATCH /api/v1/restaurants/me/alert-targets/{id}":
           re.compile("/(address|key|user_id|from|sender_key|template_code|template|token)$"),
           "POST /api/v1/restaurants/me/floor/changes":
           re.compile("/changes/[0-9]+/(name|position|floor_id|kind|shape|number|seats|label|x|y|width|height|rotation)$")}


def or_null(schema):
    return {"oneOf": [schema, {"type": "null"}]} if not allows_null(schema) else schema


def allows_null(schema):
    kinds = schema.get("type", [])
    return "null" in ([kinds] if isinstance(kinds, str) else kinds) or any(
        allows_null(one) for one in schema.get("oneOf", []))


def as_sent(node):
    """A schema as it is of what is sent: what may be left out may be null, texts hold no controls."""
    if isinstance(node, list):
        return [as_sent(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {name: as_sent(one) for name, one in node.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace("/schemas/", "/schemas/Sent")
    kinds = made.get("type", [])
    if "string" in ([kinds] if isinstance(kinds, str) else kinds) and not {"enum", "const", "format", "pattern"} & set(made):
        made["pattern"] = NO_CONTROL
    if isinstance(made.get("properties"), dict):
        needed = made.get("required", [])
        made["properties"] = {name: one if name in needed else or_null(one)
                              for name, one in made["properties"].items()}
    return made


@schemathesis.hook
def before_load_schema(context, raw_schema):
    schemas = raw_schema["components"]["schemas"]
    schemas.update({"Sent" + name: as_sent(one) for name, one in list(schemas.items())})
    for item in raw_schema["paths"].values():
        for operation in item.values():
            for kind, media in operation.get("requestBody", {}).get("content", {}).items():
                if kind == "application/json":
                    media["schema"] = as_sent(copy.deepcopy(media["schema"]))


def whole(node):
    """JSON Schema takes 2.0 for a whole number."""
    if isinstance(node, dict):
        return {name: whole(one) for name, one in node.items()}
    if isinstance(node, list):
        return [whole(one) for one in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node


@schemathesis.hook
def before_call(context, case, kwargs):
    case.body = whole(case.body)
    # A GET with a body is refused before anybody asks whether there is such a method.
    if case.method.upper() == "GET":
        case.body = schemathesis.core.NOT_SET


@schemathesis.check
def form_is_taken(ctx, response, case):
    """What the schema allows is never refused for its form."""
    if response.status_code != 400 or case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if case.media_type not in (None, "application/json"):
        return  # a file has a form of its own
    for fault in response.json().get("errors", []):
        pointer = fault.get("pointer") or ""
        if WORDS.match(pointer) or CHANGES.get(case.operation.label, WORDS).match(pointer):
            continue
        if fault["code"] in FORM or fault["detail"].startswith("The number must lie from"):
            raise AssertionError(f"refused for its form: {fault}")
