#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What is kept of a guest: masked wherever it is told, whole for who may and says why, told of in
full, and forgotten for good while orders and money stay."""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
ORDERS = "/restaurants/me/orders"
GUESTS = "/restaurants/me/guests"
# Words that stand nowhere else.
NAME, PHONE, ADDRESS = "황보카나리", "010-7391-8264", "마포구 양화로 77, 카나리빌라 902호"
NOTE, LINE_NOTE, REASON = "카나리문앞에", "카나리덜맵게", "카나리씨와 통화 안 됨"
WORDS = (NAME, PHONE, PHONE.replace("-", ""), "카나리")


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def until(function, what):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = function()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(what)


def value(daemon, query):
    lines = daemon.sql(query).splitlines()
    return lines[2].strip()


def place(daemon, **more):
    person = {"name": NAME, "phone": PHONE}
    item = dict(daemon.order_body()["items"][0], note=LINE_NOTE)
    body = daemon.order_body([item], type="DELIVERY", channel="PHONE", customer=person, note=NOTE,
                             delivery={"address": ADDRESS}, **more)
    return daemon.place(body)


def guest_of(daemon, order):
    """Whose order it is; looked up after the placing."""
    return until(lambda: daemon.call("GET", f"/orders/{order['id']}").get("guest_id"), "no guest")


def close(daemon, order):
    daemon.act(order["id"], "reject", {"reason": REASON})


@case
def masked(daemon):
    """Every answer and every event shows the mask, to the owner and to the guest alike."""
    order = place(daemon)
    wanted = ({"name": "황***리", "phone": "010-****-8264"}, {"address": "마포구 양화로 ***"})
    token = {"X-Order-Token": order["tracking_token"]}
    told = [order, daemon.call("GET", f"/orders/{order['id']}"),
            daemon.call("GET", f"/orders/{order['id']}", headers=token, anonymous=True),
            daemon.call("GET", f"{ORDERS}?phone=8264")["orders"][0],
            daemon.call("GET", f"{ORDERS}?q={PHONE}")["orders"][0],
            daemon.act(order["id"], "accept", {"ready_in_minutes": 10})]
    feed = until(lambda: [e["order"] for e in daemon.call("GET", "/restaurants/me/feed?limit=100")["events"]
                          if e.get("order", {}).get("id") == order["id"]], "no event")
    for one in told + feed:
        equal((one["customer"], one["delivery"]), wanted)
        equal((one["note"], one["items"][0]["note"]), (NOTE, LINE_NOTE), "what the kitchen needs")
    daemon.act(order["id"], "cancel", {"reason": REASON})


@case
def whole(daemon):
    """Name, phone and address are shown for a reason of the list, and the log says to whom."""
    order = place(daemon)
    guest = guest_of(daemon, order)
    path = f"{ORDERS}/{order['id']}/unmask"
    for body in ({}, {"reason": ""}, {"reason": "curious"}, {"reason": "REFUND", "more": 1}):
        equal(refused(daemon.call, "POST", path, body).status, 400)
    equal(refused(daemon.call, "POST", path, {"reason": "REFUND"}, anonymous=True).status, 401)
    equal(refused(daemon.call, "POST", f"{ORDERS}/{uuid.uuid4()}/unmask", {"reason": "REFUND"}).status, 404)
    equal(refused(daemon.call, "POST", f"{ORDERS}/none/unmask", {"reason": "REFUND"}).status, 404)
    before = int(value(daemon, "SELECT count(*) FROM audit_log"))
    equal(daemon.call("POST", path, {"reason": "DELIVERY"}),
          {"name": NAME, "phone": PHONE, "address": ADDRESS, "guest_id": guest})
    person = daemon.call("POST", f"{GUESTS}/{guest}/unmask", {"reason": "CALL_GUEST"})
    equal((person["name"], person["phone"]), (NAME, PHONE.replace("-", "")))
    equal(int(value(daemon, "SELECT count(*) FROM audit_log")), before + 2)
    equal(value(daemon, "SELECT count(*) FROM audit_log WHERE action IN ('order.unmasked', 'guest.unmasked') "
                "AND actor LIKE 'user:%'"), "2")
    close(daemon, order)


@case
def guests(daemon):
    """One person for every way to write the number; none for a number lent to many."""
    order = place(daemon)
    guest = guest_of(daemon, order)
    for phone in (PHONE, "01073918264", "%2B82 10 7391 8264".replace(" ", "%20")):
        found = daemon.call("GET", f"{GUESTS}/find?phone={phone}")["guests"]
        equal([(one["id"], one["name"], one["phone"]) for one in found], [(guest, "황***리", "010-****-8264")])
    for phone in ("010-0000-0000", "8264", "x"):
        equal(daemon.call("GET", f"{GUESTS}/find?phone={phone}")["guests"], [])
    equal(refused(daemon.call, "GET", f"{GUESTS}/find").status, 400)
    equal(daemon.call("GET", f"{GUESTS}/{guest}")["consents"], [])
    for unknown in (str(uuid.uuid4()), "none"):
        equal(refused(daemon.call, "GET", f"{GUESTS}/{unknown}").code, "NOT_FOUND")
    lent = daemon.place(daemon.order_body(customer={"name": "안심", "phone": "0504-1234-5678"}))
    other = daemon.place(daemon.order_body(customer={"name": "다음", "phone": "010-1111-2222"}))
    guest_of(daemon, other)
    assert "guest_id" not in daemon.call("GET", f"/orders/{lent['id']}")
    close(daemon, order)


@case
def consents(daemon):
    """Nothing is agreed to until it is said; what was said is never overwritten."""
    order = place(daemon)
    path = f"{GUESTS}/{guest_of(daemon, order)}"
    said = {"purpose": "MARKETING", "given": True, "text_version": "2026-11"}
    for body in ({}, dict(said, purpose="SALE"), dict(said, given="yes"), dict(said, text_version="")):
        equal(refused(daemon.call, "POST", path + "/consents", body).status, 400)
    equal(daemon.call("POST", path + "/consents", said)["consents"][0]["given"], True)
    daemon.call("POST", path + "/consents", dict(said, given=False, source="PHONE"))
    now = daemon.call("GET", path)["consents"]
    equal([(one["purpose"], one["given"], one["source"]) for one in now], [("MARKETING", False, "PHONE")])
    history = daemon.call("GET", path + "/export")["guest"]["consents"]
    equal([one["given"] for one in history], [True, False])
    try:
        daemon.sql("UPDATE guest_consent SET given = true")
    except AssertionError as refusal:
        assert "append-only" in str(refusal), refusal
    else:
        raise AssertionError("a consent was rewritten")
    close(daemon, order)


@case
def told_in_full(daemon):
    """The export holds everything, whole, and says so in the log."""
    order = place(daemon)
    guest = guest_of(daemon, order)
    close(daemon, order)
    held = daemon.call("GET", f"{GUESTS}/{guest}/export")
    equal((held["guest"]["name"], held["guest"]["phone"]), (NAME, PHONE.replace("-", "")))
    mine = [one for one in held["orders"] if one["id"] == order["id"]][0]
    equal((mine["customer"], mine["delivery"], mine["note"], mine["reason"]),
          ({"name": NAME, "phone": PHONE}, {"address": ADDRESS}, NOTE, REASON))
    assert int(value(daemon, f"SELECT count(*) FROM audit_log WHERE action = 'guest.exported' AND object_id = '{guest}'"))


def traces(daemon):
    """Words of the person in a dump of the database, or in any file of the data directory."""
    dump = subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin",
                           "ordersync"], capture_output=True, timeout=60, check=True).stdout
    places = {"dump": dump}
    for folder, _, names in os.walk(daemon.data_dir):
        for name in names:
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    places[os.path.join(folder, name)] = file.read()
            except OSError:
                pass  # a socket, or gone meanwhile
    return [(where, word) for where, text in places.items() for word in WORDS if word.encode() in text]


def opened(key, sealed):
    """What AES-GCM sealed (nonce, text, tag), whatever it was bound to: a thief need not check."""
    reader = Cipher(algorithms.AES(key), modes.CTR(sealed[:12] + b"\0\0\0\2")).decryptor()
    return reader.update(sealed[12:-16]) + reader.finalize()


def rows(daemon, query):
    out = subprocess.run(["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin",
                          "-d", "ordersync", "-X", "-q", "-t", "-A", "-F", "|", "-c", query],
                         capture_output=True, text=True, timeout=60, check=True).stdout
    return [line.split("|") for line in out.splitlines()]


def walk(daemon):
    """Where words of the person stand, with every key of the shop at hand: table.column of each cell."""
    with open(os.path.join(daemon.data_dir, "keys", "data.key"), encoding="ascii") as file:
        kek = bytes.fromhex(file.read().strip())
    keys = {found[0]: opened(kek, bytes.fromhex(found[1])) for found in rows(
        daemon, "SELECT encode(uuid_send(id), 'hex'), encode(wrapped, 'hex') FROM "
        "(SELECT id, wrapped FROM data_key UNION ALL SELECT id, wrapped FROM subject_key) k "
        "WHERE wrapped IS NOT NULL")}
    columns = rows(daemon, "SELECT table_name, column_name FROM information_schema.columns WHERE column_name "
                   "LIKE '%\\_enc' AND table_schema = 'public'")
    assert len(columns) > 10, columns
    found, cells = set(), 0
    for table, column in columns:
        for (cell,) in rows(daemon, f"SELECT encode({column}, 'hex') FROM {table} WHERE {column} IS NOT NULL"):
            cell = bytes.fromhex(cell)
            cells += 1
            if cell[1:17].hex() in keys:
                text = opened(keys[cell[1:17].hex()], cell[17:])
                text.decode()  # a wrong key gives noise
                if any(word.encode() in text for word in WORDS):
                    found.add(f"{table}.{column}")
    assert cells > 20, cells
    return found


@case
def forgotten(daemon):
    """A person is forgotten: no answer, no search, no dump and no file knows of one; money does."""
    key = str(uuid.uuid4())
    order = place(daemon)
    guest = guest_of(daemon, order)
    path = f"{GUESTS}/{guest}"
    body = daemon.order_body(customer={"name": NAME, "phone": PHONE})
    repeated = daemon.place(body, key=key)
    daemon.act(repeated["id"], "reject", {"reason": REASON})
    refusal = refused(daemon.call, "POST", path + "/erase", {"reason": "PERSON_ASKED"})
    equal(refusal.code, "STATE_CONFLICT", "an order is open")
    close(daemon, order)
    money = "SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM (SELECT id, number, status, items, " \
            "total_amount, vat_amount, version, created_at FROM orders) o"
    before = value(daemon, money)
    equal(walk(daemon), {"orders.customer_name_enc", "orders.customer_phone_enc", "orders.delivery_enc",
                         "orders.note_enc", "orders.line_notes_enc", "orders.reason_enc", "order_step.reason_enc",
                         "guest.name_enc", "guest.phone_enc"}, "where a person stands, and nowhere else")
    equal(refused(daemon.call, "POST", path + "/erase", {"reason": "bored"}).status, 400)
    left = daemon.call("POST", path + "/erase", {"reason": "PERSON_ASKED"})
    assert left["erased_at"] and left["orders"] >= 2 and "phone" not in left and "name" not in left, left
    equal(value(daemon, money), before, "money and lines")

    for one in (order, repeated):
        stands = daemon.call("GET", f"/orders/{one['id']}")
        assert not {"customer", "delivery", "note", "reason", "unreadable"} & set(stands), stands
        equal("note" in stands["items"][0], False)
    steps = daemon.call("GET", f"{ORDERS}/{order['id']}/timeline")["steps"]
    assert not [step for step in steps if "reason" in step], steps
    for query in (f"phone={PHONE}", "phone=8264", f"q={PHONE}"):
        equal(daemon.call("GET", f"{ORDERS}?{query}")["orders"], [])
    assert daemon.call("GET", f"{ORDERS}?number={order['number']}")["orders"]
    equal(daemon.call("GET", f"{GUESTS}/find?phone={PHONE}")["guests"], [])
    for where in (path, f"{ORDERS}/{order['id']}"):
        equal(refused(daemon.call, "POST", where + "/unmask", {"reason": "REFUND"}).code, "ERASED")
    equal(refused(daemon.place, body, key=key).code, "IDEMPOTENCY_KEY_REUSED", "the hash of a request")
    equal(daemon.call("POST", path + "/erase", {"reason": "MISTAKE"})["erased_at"], left["erased_at"])
    held = json.dumps(daemon.call("GET", path + "/export"), ensure_ascii=False)
    assert not [word for word in WORDS if word in held], held

    daemon.sql("CHECKPOINT")
    equal(traces(daemon), [])
    equal(walk(daemon), set(), "cells that every key of the shop opens")
    until(lambda: value(daemon, "SELECT count(*) FROM audit_unsealed") == "0", "not sealed")
    assert "as they were sealed" in daemon.ctl("audit", "verify").stdout
    daemon.ctl("check")


@case
def by_the_operator(daemon):
    """ordersyncctl finds, exports and erases, while the daemon runs."""
    order = place(daemon)
    guest = guest_of(daemon, order)
    close(daemon, order)
    equal(json.loads(daemon.ctl("privacy", "find", stdin=PHONE + "\n").stdout)["id"], guest)
    nobody = daemon.ctl("privacy", "find", stdin="010-0000-0000\n", check=False)
    equal((nobody.returncode, nobody.stdout), (1, ""))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "person.json")
        daemon.ctl("privacy", "export", guest, path)
        equal(os.stat(path).st_mode & 0o777, 0o600)
        with open(path, encoding="utf-8") as file:
            equal(json.load(file)["orders"][-1]["customer"], {"name": NAME, "phone": PHONE})
        equal(daemon.ctl("privacy", "export", guest, path, check=False).returncode, 1, "written over")
    equal(daemon.ctl("privacy", "erase", guest, check=False).returncode, 2)
    assert json.loads(daemon.ctl("privacy", "erase", "--reason", "PERSON_ASKED", guest).stdout)["erased_at"]
    equal(refused(daemon.call, "POST", f"{GUESTS}/{guest}/unmask", {"reason": "REFUND"}).code, "ERASED")


@case
def known_again(daemon):
    """Who comes back after being forgotten is somebody new."""
    order = place(daemon)
    guest = guest_of(daemon, order)
    close(daemon, order)
    daemon.call("POST", f"{GUESTS}/{guest}/erase", {"reason": "PERSON_ASKED"})
    again = place(daemon)
    assert guest_of(daemon, again) != guest
    close(daemon, again)


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
