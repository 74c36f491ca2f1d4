#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The plan, the tables, bookings and the waiting list over HTTP."""

import concurrent.futures
import datetime
import json
import os
import struct
import sys
import time
import uuid
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
FLOOR = "/restaurants/me/floor"
TABLES = "/restaurants/me/tables"
FLOOR_ID = str(uuid.uuid4())
IDS = {}  # number of a table → its id


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def a_floor(**more):
    return {"op": "PUT", "type": "floor", "id": FLOOR_ID, "name": "1층", "width": 1280, "height": 720, **more}


def a_table(number, **more):
    piece = IDS.setdefault(number, str(uuid.uuid4()))
    at = len(IDS) * 80
    return {"op": "PUT", "type": "piece", "id": piece, "floor_id": FLOOR_ID, "kind": "TABLE", "number": number,
            "seats": 4, "x": at % 1200, "y": 80 * (at // 1200), "width": 64, "height": 64, **more}


def change(daemon, *changes):
    return daemon.call("POST", FLOOR + "/changes", {"changes": list(changes)})


def plan(daemon):
    return daemon.call("GET", FLOOR)


def without_version(answer):
    return answer["floors"]


def png(width=4, height=3):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x80\x40\x20" * min(width, 4) for _ in range(min(height, 4))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) \
        + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@case
def draws(daemon):
    """A plan is drawn by batches; each is one version; the inverse puts everything back, both ways."""
    equal(plan(daemon), {"version": 0, "floors": []})
    empty = without_version(plan(daemon))
    done = change(daemon, a_table("1"), a_table("2", shape="ROUND"), a_floor(),
                  {"op": "PUT", "type": "piece", "id": str(uuid.uuid4()), "floor_id": FLOOR_ID, "kind": "DOOR",
                   "label": "출입문", "x": 0, "y": 0, "width": 80, "height": 8, "rotation": 90})
    equal(done["version"], 1)
    drawn = plan(daemon)
    equal(drawn["version"], 1)
    equal(sorted(p.get("number", "-") for p in drawn["floors"][0]["pieces"]), ["-", "1", "2"])
    back = daemon.call("POST", FLOOR + "/changes", done["undo"])
    equal(without_version(plan(daemon)), empty)
    daemon.call("POST", FLOOR + "/changes", back["undo"])
    equal(without_version(plan(daemon)), without_version(drawn))


@case
def swaps(daemon):
    """One batch swaps two numbers; two tables of one number, and a piece on no floor, are refused whole."""
    before = plan(daemon)
    done = change(daemon, dict(a_table("1"), number="2"), dict(a_table("2"), number="1", shape="ROUND"))
    numbers = {p["id"]: p["number"] for p in plan(daemon)["floors"][0]["pieces"] if "number" in p}
    equal((numbers[IDS["1"]], numbers[IDS["2"]]), ("2", "1"))
    daemon.call("POST", FLOOR + "/changes", done["undo"])
    equal(without_version(plan(daemon)), without_version(before))
    refusal = refused(change, daemon, a_floor(name="2층"), dict(a_table("9"), number="1"))
    equal((refusal.code, refusal.body["errors"][0]["pointer"]), ("INVALID_REQUEST", "/changes/1/number"))
    refusal = refused(change, daemon, dict(a_table("9"), floor_id=str(uuid.uuid4())))
    equal(refusal.body["errors"][0]["pointer"], "/changes/0/floor_id")
    equal(refused(change, daemon, dict(a_table("9"), kind="WALL")).code, "INVALID_REQUEST")
    equal(refused(change, daemon, {"op": "DELETE", "type": "piece", "id": str(uuid.uuid4())}).code,
          "VERSION_CONFLICT")
    equal(without_version(plan(daemon)), without_version(before))
    IDS.pop("9")


@case
def two_draw(daemon):
    """Who saw an older piece is told which; what he did not touch does not matter."""
    seen = {p.get("number"): p for p in plan(daemon)["floors"][0]["pieces"]}
    change(daemon, a_table("1", x=8, expect=seen["1"]["digest"]))
    refusal = refused(change, daemon, a_table("2", x=16, shape="ROUND", expect=seen["2"]["digest"]),
                      a_table("1", x=24, expect=seen["1"]["digest"]))
    equal((refusal.code, refusal.body["entries"]), ("VERSION_CONFLICT", [{"type": "piece", "id": IDS["1"]}]))
    change(daemon, a_table("2", x=16, shape="ROUND", expect=seen["2"]["digest"]))


@case
def floors(daemon):
    """A floor takes along what stands on it, and what was moved away in time stays."""
    other = str(uuid.uuid4())
    change(daemon, dict(a_floor(name="2층", position=1), id=other), dict(a_table("21"), floor_id=other),
           dict(a_table("22"), floor_id=other))
    before = without_version(plan(daemon))
    done = change(daemon, {"op": "DELETE", "type": "floor", "id": other}, a_table("22"))
    after = plan(daemon)["floors"]
    equal((len(after), sorted(p.get("number", "-") for p in after[0]["pieces"])), (1, ["-", "1", "2", "22"]))
    daemon.call("POST", FLOOR + "/changes", done["undo"])
    equal(without_version(plan(daemon)), before)


def send(daemon, method, path, body=None, kind="image/png"):
    headers = {"Authorization": f"Bearer {daemon.token}"}
    if body is not None:
        headers["Content-Type"] = kind
    return daemon.raw(method, "/api/v1" + path, body, headers)


@case
def photo(daemon):
    """A picture is what its bytes say; too large, too wide or no picture at all is refused; undo of a
    deleted floor has it again."""
    path = f"{FLOOR}/{FLOOR_ID}/photo"
    equal(send(daemon, "GET", path)[0], 404)
    equal(plan(daemon)["floors"][0]["photo"], False)
    picture = png()
    equal(send(daemon, "PUT", path, picture, "image/jpeg")[0], 204)
    status, headers, content = send(daemon, "GET", path)
    equal((status, headers["Content-Type"], content), (200, "image/png", picture))
    equal(plan(daemon)["floors"][0]["photo"], True)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00\xff\xd9"
    for bad, wanted in ((b"GIF89a....", 415), (b"\xff\xd8\xff", 415), (picture[:-1], 415), (png(9000, 3), 415),
                        (png(0, 3), 415), (b"", 415), (b"<svg/>", 415), (jpeg.replace(b"\x00\x20\x01", b"\xff\xff\x01"), 415),
                        (picture + b"\0" * (2 << 20), 413)):
        equal(send(daemon, "PUT", path, bad)[0], wanted, repr(bad[:20]))
    equal(send(daemon, "PUT", f"{FLOOR}/{uuid.uuid4()}/photo", picture)[0], 404)
    equal(send(daemon, "PUT", path, jpeg)[0], 204)
    equal(send(daemon, "GET", path)[1]["Content-Type"], "image/jpeg")
    done = change(daemon, {"op": "DELETE", "type": "floor", "id": FLOOR_ID})
    equal(send(daemon, "PUT", path, jpeg)[0], 404)
    daemon.call("POST", FLOOR + "/changes", done["undo"])
    equal(plan(daemon)["floors"][0]["photo"], True)
    equal(send(daemon, "DELETE", path)[0], 204)
    equal(send(daemon, "DELETE", path)[0], 404)


# ---- people at tables ----

def view(daemon):
    return {t["number"]: t for t in daemon.call("GET", TABLES)["tables"]}


def act(daemon, number, what, body=None, **more):
    return daemon.call("POST", f"{TABLES}/{IDS[number]}/{what}", body, **more)


def undo(daemon, done):
    return daemon.call("POST", f"{TABLES}/acts/{done['act_id']}/undo")


def round_at(daemon, number, quantity=1, **more):
    body = daemon.order_body([{"menu_item_id": daemon.plain_item()["id"], "quantity": quantity}], type="DINE_IN",
                             table_id=IDS[number], **more)
    order = daemon.place(body)
    daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
    return order


def settled(daemon, question, wanted, seconds=10):
    """Waits until what durable handlers do has been done."""
    deadline = time.monotonic() + seconds
    while question() != wanted:
        assert time.monotonic() < deadline, f"{question()} instead of {wanted}"
        time.sleep(0.03)


def sent(daemon):
    """All that was ever sent to the kitchen: order, item, quantity."""
    return daemon.sql("SELECT order_id, menu_item_id, sum(quantity_sent) FROM kitchen_line GROUP BY 1, 2 ORDER BY 1, 2")


def state_of(daemon):
    """What people see of all tables, but for versions, once all handlers are done."""
    settled(daemon, lambda: daemon.sql("SELECT (SELECT count(*) FROM outbox) + "
                                       "(SELECT count(*) FROM inbox WHERE done_at IS NULL)").split()[2], "0")
    return {number: {k: v for k, v in t.items() if k != "version"} for number, t in view(daemon).items()}


@case
def sits(daemon):
    """People sit, order, ask for the bill and go; who is second at a table is told who sits there."""
    change(daemon, *(a_table(str(n)) for n in range(3, 11)))
    equal(view(daemon)["3"]["state"], "FREE")
    done = act(daemon, "3", "seat", {"guest_count": 2})
    equal([(t["number"], t["state"], t["seating"]["guest_count"]) for t in done["tables"]], [("3", "SEATED", 2)])
    refusal = refused(act, daemon, "3", "seat", {"guest_count": 4})
    equal((refusal.code, refusal.body["table"]["seating"]["guest_count"]), ("STATE_CONFLICT", 2))
    refusal = refused(act, daemon, "3", "guests", {"guest_count": 3}, headers={"If-Match": '"77"'})
    equal((refusal.code, refusal.body["table"]["number"]), ("VERSION_CONFLICT", "3"))
    act(daemon, "3", "guests", {"guest_count": 3})
    order = round_at(daemon, "3", 2)
    settled(daemon, lambda: view(daemon)["3"]["state"], "DINING")
    seating = view(daemon)["3"]["seating"]
    equal((seating["total"], seating["owed"], seating["check_id"], seating["guest_count"]),
          (order["total_amount"], order["total_amount"], order["check_id"], 3))
    equal(act(daemon, "3", "request-bill", {"on": True})["tables"][0]["state"], "BILL")
    equal(act(daemon, "3", "request-bill", {"on": False})["tables"][0]["state"], "DINING")
    refusal = refused(act, daemon, "3", "clear", {})
    equal((refusal.code, refusal.body["owed"]), ("STATE_CONFLICT", order["total_amount"]))
    refusal = refused(change, daemon, {"op": "DELETE", "type": "piece", "id": IDS["3"]})
    equal((refusal.code, refusal.body["tables"]), ("STATE_CONFLICT", ["3"]))
    daemon.act(order["id"], "cancel", {"reason": "SOLD_OUT"})
    settled(daemon, lambda: view(daemon)["3"]["state"], "SEATED")
    equal(view(daemon)["3"]["seating"]["total"], 0)
    act(daemon, "3", "clear", {})
    equal(view(daemon)["3"]["state"], "FREE")
    equal(refused(act, daemon, "3", "move", {"to_table_id": IDS["4"]}).code, "STATE_CONFLICT")


@case
def order_seats(daemon):
    """An order at a free table seats it; a second round joins its check."""
    one = round_at(daemon, "4", guest_count=2)
    settled(daemon, lambda: view(daemon)["4"]["state"], "DINING")
    equal(view(daemon)["4"]["seating"]["guest_count"], 2)
    two = round_at(daemon, "4", 3)
    equal(two["check_id"], one["check_id"])
    settled(daemon, lambda: view(daemon)["4"]["seating"]["total"], one["total_amount"] + two["total_amount"])


@case
def moves(daemon):
    """A move takes the check and its orders along, the kitchen is sent nothing; undo and redo are exact."""
    before, cooked = state_of(daemon), sent(daemon)
    check = view(daemon)["4"]["seating"]["check_id"]
    done = act(daemon, "4", "move", {"to_table_id": IDS["5"]})
    equal({t["number"]: t["state"] for t in done["tables"]}, {"4": "FREE", "5": "DINING"})
    equal((view(daemon)["5"]["seating"]["moved_from"], view(daemon)["5"]["seating"]["check_id"]), ("4", check))
    rows = daemon.sql(f"SELECT DISTINCT table_id FROM orders WHERE check_id = '{check}'")
    assert IDS["5"] in rows and IDS["4"] not in rows, rows
    tickets = [t for t in daemon.call("GET", "/restaurants/me/kitchen/tickets")["tickets"]
               if t.get("table", {}).get("id") == IDS["5"]]
    assert tickets and all((t["table"]["number"], t["moved_from"]) == ("5", ["4"]) for t in tickets), tickets
    moved = state_of(daemon)
    back = undo(daemon, done)
    equal(state_of(daemon), before)
    equal(refused(undo, daemon, done).code, "STATE_CONFLICT")
    undo(daemon, back)
    settled(daemon, lambda: state_of(daemon)["5"]["seating"]["moved_from"], "4")
    equal({n: t["state"] for n, t in state_of(daemon).items()}, {n: t["state"] for n, t in moved.items()})
    equal(sent(daemon), cooked)
    act(daemon, "6", "seat", {"guest_count": 1})
    equal(refused(act, daemon, "5", "move", {"to_table_id": IDS["6"]}).code, "STATE_CONFLICT")
    equal(refused(act, daemon, "5", "move", {"to_table_id": str(uuid.uuid4())}).code, "NOT_FOUND")
    equal(refused(act, daemon, "5", "move", {"to_table_id": IDS["5"]}).code, "INVALID_REQUEST")


@case
def merges(daemon):
    """Merged tables owe together and come apart as they were; a free table joins and is free again."""
    other = round_at(daemon, "7")
    settled(daemon, lambda: view(daemon)["7"]["state"], "DINING")
    before, cooked = state_of(daemon), sent(daemon)
    done = act(daemon, "7", "merge", {"into_table_id": IDS["5"]})
    both = before["5"]["seating"]["total"] + before["7"]["seating"]["total"]
    for number in ("5", "7"):
        seating = view(daemon)[number]["seating"]
        equal((seating["total"], seating["table_ids"], seating["guest_count"]), (both, [IDS["5"], IDS["7"]], 2))
    equal(refused(act, daemon, "5", "merge", {"into_table_id": IDS["7"]}).code, "STATE_CONFLICT")
    act(daemon, "8", "merge", {"into_table_id": IDS["7"]})
    equal(view(daemon)["8"]["seating"]["table_ids"], [IDS["5"], IDS["7"], IDS["8"]])
    more = round_at(daemon, "7", 2)
    equal(more["check_id"], before["5"]["seating"]["check_id"])
    act(daemon, "8", "unmerge")
    equal(view(daemon)["8"]["state"], "FREE")
    act(daemon, "5", "unmerge")
    settled(daemon, lambda: view(daemon)["7"]["seating"]["total"], before["7"]["seating"]["total"])
    equal(view(daemon)["5"]["seating"]["total"], before["5"]["seating"]["total"] + more["total_amount"])
    equal(view(daemon)["7"]["seating"]["check_id"], other["check_id"])
    equal(refused(act, daemon, "7", "unmerge").code, "STATE_CONFLICT")
    assert cooked.strip().splitlines()[2:-1][0] in sent(daemon)
    refusal = refused(undo, daemon, done)
    equal(refusal.code, "STATE_CONFLICT")


@case
def leads(daemon):
    """Who owes leads the group, also where both sat down with nothing and one of them orders later."""
    act(daemon, "8", "seat", {"guest_count": 2})
    act(daemon, "7", "merge", {"into_table_id": IDS["8"]})
    equal(view(daemon)["8"]["seating"]["table_ids"][0], IDS["7"])
    act(daemon, "7", "unmerge")
    act(daemon, "9", "seat", {"guest_count": 3})
    act(daemon, "9", "merge", {"into_table_id": IDS["8"]})
    equal(view(daemon)["9"]["seating"]["table_ids"][0], IDS["8"])
    order = round_at(daemon, "9")
    settled(daemon, lambda: view(daemon)["8"]["seating"].get("check_id"), order["check_id"])
    equal(view(daemon)["8"]["seating"]["table_ids"], [IDS["9"], IDS["8"]])
    late = round_at(daemon, "8")
    settled(daemon, lambda: view(daemon)["9"]["seating"]["total"], order["total_amount"] + late["total_amount"])
    act(daemon, "9", "clear", {"leave_unpaid": True})
    equal((view(daemon)["8"]["state"], view(daemon)["9"]["state"]), ("FREE", "FREE"))


@case
def transfers(daemon):
    """Rounds go to another table, taken or free, and back; nothing is cooked again."""
    seating = view(daemon)["5"]["seating"]
    rounds = [line.strip() for line in daemon.sql(
        f"SELECT id FROM orders WHERE check_id = '{seating['check_id']}' ORDER BY created_at").splitlines()[2:-2]]
    before, cooked = state_of(daemon), sent(daemon)
    done = act(daemon, "5", "transfer", {"order_ids": [rounds[0]], "to_table_id": IDS["7"]})
    equal(sum(t["seating"]["total"] for t in done["tables"]),
          before["5"]["seating"]["total"] + before["7"]["seating"]["total"])
    undo(daemon, done)
    equal(state_of(daemon), before)
    done = act(daemon, "5", "transfer", {"order_ids": rounds[:2], "to_table_id": IDS["10"]})
    equal(view(daemon)["10"]["state"], "DINING")
    undo(daemon, done)
    equal(state_of(daemon), before)
    equal(sent(daemon), cooked)
    equal(refused(act, daemon, "7", "transfer", {"order_ids": [rounds[0]], "to_table_id": IDS["10"]}).code, "NOT_FOUND")
    equal(refused(act, daemon, "5", "transfer", {"order_ids": [rounds[0], rounds[0]], "to_table_id": IDS["10"]}).code,
          "INVALID_REQUEST")


def bill(daemon, check_id):
    return daemon.call("GET", f"/restaurants/me/checks/{check_id}")


def kitchen_line(daemon, order, line_id):
    tickets = daemon.call("GET", f"/restaurants/me/kitchen/tickets?order_id={order['id']}&state=all")["tickets"]
    return next(line for ticket in tickets for line in ticket["lines"] if line["line_id"] == line_id)


@case
def transfers_lines(daemon):
    """A single line goes with what was taken off it; the kitchen is told its table and cooks it once; it follows the
    table it went to, meets its order again, and every step of that is taken back."""
    act(daemon, "3", "seat", {"guest_count": 2})
    item = daemon.plain_item()["id"]
    order = daemon.place(daemon.order_body([{"menu_item_id": item, "quantity": n} for n in (1, 3)], type="DINE_IN",
                                           table_id=IDS["3"], accept={"ready_in_minutes": 10}))
    check, one, three = order["check_id"], *(line["line_id"] for line in order["items"])
    price = order["items"][0]["unit_price"]
    daemon.call("POST", f"/restaurants/me/checks/{check}/adjustments",
                {"kind": "COMP", "line_id": three, "quantity": 1, "reason": "단골"}, key=str(uuid.uuid4()))
    before, cooked = state_of(daemon), sent(daemon)
    done = act(daemon, "3", "transfer", {"line_ids": [three], "to_table_id": IDS["4"]})
    now = view(daemon)
    equal([now[n]["seating"]["total"] for n in ("3", "4")], [price, 2 * price])
    away = bill(daemon, now["4"]["seating"]["check_id"])
    equal([(line["line_id"], line["comped_quantity"]) for line in away["lines"]], [(three, 1)])
    equal([adjustment["line_id"] for adjustment in away["adjustments"]], [three])
    equal([line["line_id"] for line in bill(daemon, check)["lines"]], [one])
    equal(bill(daemon, check)["adjustments"], [])
    told = kitchen_line(daemon, order, three)
    equal((told["table"]["number"], [(c["kind"], c["text"], c["quantity"]) for c in told["changes"]]),
          ("4", [("MOVED", "3→4", 3)]))
    assert "table" not in kitchen_line(daemon, order, one)
    # What was taken off is taken back where the line is now.
    daemon.call("POST", f"/restaurants/me/checks/{away['id']}/adjustments/{away['adjustments'][0]['id']}/withdraw", {})
    equal(bill(daemon, away["id"])["totals"]["total"], 3 * price)
    moved = act(daemon, "4", "move", {"to_table_id": IDS["8"]})
    equal(kitchen_line(daemon, order, three)["table"]["number"], "8")
    undo(daemon, moved)
    # The order comes after its line: they are one again, and go on together.
    met = act(daemon, "3", "transfer", {"order_ids": [order["id"]], "to_table_id": IDS["4"]})
    equal(view(daemon)["4"]["seating"]["total"], 4 * price)
    assert "table" not in kitchen_line(daemon, order, three)
    undo(daemon, met)
    equal(kitchen_line(daemon, order, three)["table"]["number"], "4")
    back = undo(daemon, done)
    settled_now = state_of(daemon)
    equal(settled_now["3"]["seating"]["total"], 4 * price)
    equal({n: t for n, t in settled_now.items() if n != "3"}, {n: t for n, t in before.items() if n != "3"})
    equal(kitchen_line(daemon, order, three).get("table"), None)
    again = undo(daemon, back)
    equal(view(daemon)["4"]["seating"]["total"], 3 * price, "done again, on a check that is opened anew")
    # Taken back twice by two counters, and after the round has gone on: refused, nothing changes.
    equal(refused(undo, daemon, back).code, "STATE_CONFLICT")
    other = act(daemon, "4", "transfer", {"line_ids": [three], "to_table_id": IDS["8"]})
    equal(refused(undo, daemon, again).code, "STATE_CONFLICT")
    undo(daemon, other)
    equal(refused(act, daemon, "3", "transfer", {"line_ids": [three], "to_table_id": IDS["8"]}).code, "NOT_FOUND")
    equal(refused(act, daemon, "3", "transfer", {"to_table_id": IDS["8"]}).code, "INVALID_REQUEST")
    # What is canceled is owed at neither table.
    daemon.act(order["id"], "cancel", {"reason": "SOLD_OUT"})
    equal([view(daemon)[n]["seating"]["total"] for n in ("3", "4")], [0, 0])
    equal(sent(daemon), cooked)
    for number in ("3", "4"):
        act(daemon, number, "clear", {})
    holds = daemon.ctl("check", check=False)
    equal(holds.returncode, 0, holds.stdout)


@case
def paid_lines_stay(daemon):
    """What belongs to a part of the split that is paid cannot go to another table, alone or with its round."""
    order = round_at(daemon, "9", 2)
    check, line = order["check_id"], order["items"][0]["line_id"]
    part = daemon.call("PUT", f"/restaurants/me/checks/{check}/parts", {
        "parts": [{"kind": "ITEM", "lines": [{"line_id": line, "numerator": 1, "denominator": 2}]}]})["parts"][0]
    undo(daemon, act(daemon, "9", "transfer", {"line_ids": [line], "to_table_id": IDS["8"]}))
    daemon.call("POST", "/payments", {"check_id": check, "part_id": part["id"], "method": "CASH",
                                      "amount": part["amount"]}, key=str(uuid.uuid4()))
    for body in ({"line_ids": [line]}, {"order_ids": [order["id"]]}):
        equal(refused(act, daemon, "9", "transfer", {**body, "to_table_id": IDS["8"]}).code, "STATE_CONFLICT")
    act(daemon, "9", "clear", {"leave_unpaid": True})


@case
def undoes(daemon):
    """Clearing and seating are taken back; where others did something since, the refusal says so."""
    before = state_of(daemon)
    done = act(daemon, "5", "clear", {"leave_unpaid": True})
    equal(view(daemon)["5"]["state"], "FREE")
    undo(daemon, done)
    equal(state_of(daemon), before)
    done = act(daemon, "5", "clear", {"leave_unpaid": True})
    act(daemon, "5", "seat", {"guest_count": 1})
    refusal = refused(undo, daemon, done)
    equal((refusal.code, refusal.body["table"]["number"]), ("STATE_CONFLICT", "5"))
    act(daemon, "5", "clear", {})
    undo(daemon, done)
    seat = act(daemon, "10", "seat", {"guest_count": 1})
    round_at(daemon, "10")
    equal(refused(undo, daemon, seat).code, "STATE_CONFLICT")
    seat = act(daemon, "3", "seat", {"guest_count": 1})
    act(daemon, "3", "move", {"to_table_id": IDS["4"]})
    equal(refused(undo, daemon, seat).code, "STATE_CONFLICT")
    equal(refused(daemon.call, "POST", f"{TABLES}/acts/{uuid.uuid4()}/undo").code, "NOT_FOUND")


@case
def two_counters(daemon):
    """Of many counters that seat one table, or move two groups to one table, exactly one does."""
    for numbers in (["8"], ["9"]):
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _, n=numbers[0]: outcome(act, daemon, n, "seat", {"guest_count": 2}), range(6)))
        equal(sorted(answers), ["STATE_CONFLICT"] * 5 + ["done"])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda n: outcome(act, daemon, n, "move", {"to_table_id": IDS["3"]}), ("8", "9")))
    equal(sorted(answers), ["STATE_CONFLICT", "done"])


def outcome(function, *args):
    try:
        function(*args)
    except Refused as refusal:
        return refusal.code
    return "done"


# ---- bookings and the waiting list ----

BOOKINGS, WAITING = "/restaurants/me/bookings", "/restaurants/me/waiting"


def quarter(minutes):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0).isoformat().replace("+00:00", "Z")


@case
def books(daemon):
    """Bookings stand on the grid; a table booked twice is refused or, forced, shown on both."""
    body = {"at": quarter(120), "guest_count": 4, "table_ids": [IDS["1"]], "name": "이서연", "phone": "010-1234-5678",
            "note": "창가 자리"}
    one = daemon.call("POST", BOOKINGS, body)
    equal((one["name"], one["phone"], one["minutes"], one["status"]), ("이*연", "010-****-5678", 90, "BOOKED"))
    equal(refused(daemon.call, "POST", BOOKINGS, dict(body, at="2026-11-21T09:07:00Z")).code, "INVALID_REQUEST")
    equal(refused(daemon.call, "POST", BOOKINGS, dict(body, minutes=20)).code, "INVALID_REQUEST")
    refusal = refused(daemon.call, "POST", BOOKINGS, dict(body, at=quarter(180)))
    equal((refusal.code, refusal.body["bookings"]), ("CONFLICT", [one["id"]]))
    two = daemon.call("POST", BOOKINGS, dict(body, at=quarter(180), force=True))
    equal(two["conflicts"], [one["id"]])
    after = daemon.call("POST", BOOKINGS, dict(body, at=quarter(300)))
    equal(after["conflicts"], [])
    listed = {b["id"]: b for b in daemon.call("GET", BOOKINGS)["bookings"]}
    equal(listed[one["id"]]["conflicts"], [two["id"]])
    equal(refused(daemon.call, "PATCH", f"{BOOKINGS}/{two['id']}", {"status": "NO_SHOW"}).code, "INVALID_REQUEST")
    moved = daemon.call("PATCH", f"{BOOKINGS}/{two['id']}", {"table_ids": [IDS["2"]], "note": None},
                        headers={"If-Match": '"1"'})
    equal((moved["conflicts"], moved["version"], "note" in moved, moved["name"]), ([], 2, False, "이*연"))
    equal(refused(daemon.call, "PATCH", f"{BOOKINGS}/{two['id']}", {"minutes": 60}, headers={"If-Match": '"1"'}).code,
          "VERSION_CONFLICT")
    equal(daemon.call("PATCH", f"{BOOKINGS}/{two['id']}", {"status": "CANCELED"})["status"], "CANCELED")
    late = daemon.call("POST", BOOKINGS, {"at": quarter(-60), "guest_count": 2})
    equal(daemon.call("PATCH", f"{BOOKINGS}/{late['id']}", {"status": "NO_SHOW"})["status"], "NO_SHOW")
    daemon.call("DELETE", f"{BOOKINGS}/{late['id']}")
    equal(refused(daemon.call, "DELETE", f"{BOOKINGS}/{late['id']}").code, "NOT_FOUND")
    equal(refused(daemon.call, "GET", BOOKINGS + "?from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z").code,
          "INVALID_REQUEST")
    done = act(daemon, "1", "seat", {"booking_id": one["id"]})
    equal(done["tables"][0]["seating"]["guest_count"], 4)
    equal([b["status"] for b in daemon.call("GET", TABLES)["bookings"] if b["id"] == one["id"]], ["SEATED"])
    undo(daemon, done)
    equal([b["status"] for b in daemon.call("GET", TABLES)["bookings"] if b["id"] == one["id"]], ["BOOKED"])


@case
def waits(daemon):
    """People wait, are called, sit or give up; a pause ends by itself."""
    one = daemon.call("POST", WAITING, {"guest_count": 3, "name": "박손님", "phone": "010-9876-5432"})
    two = daemon.call("POST", WAITING, {"guest_count": 2})
    equal([w["id"] for w in daemon.call("GET", WAITING)["waiting"]], [one["id"], two["id"]])
    equal(one["phone"], "010-****-5432")
    equal(daemon.call("POST", f"{WAITING}/{one['id']}/call")["status"], "CALLED")
    done = daemon.call("POST", f"{WAITING}/{one['id']}/seat", {"table_id": IDS["2"]})
    equal((view(daemon)["2"]["seating"]["guest_count"], done["tables"][0]["number"]), (3, "2"))
    equal(refused(daemon.call, "POST", f"{WAITING}/{one['id']}/call").code, "STATE_CONFLICT")
    undo(daemon, done)
    equal([(w["id"], w["status"]) for w in daemon.call("GET", WAITING)["waiting"]],
          [(one["id"], "CALLED"), (two["id"], "WAITING")])
    equal(daemon.call("POST", f"{WAITING}/{two['id']}/cancel")["status"], "CANCELED")
    until = daemon.call("POST", WAITING + "/pause", {"minutes": 30})["paused_until"]
    refusal = refused(daemon.call, "POST", WAITING, {"guest_count": 2})
    equal((refusal.code, refusal.body["paused_until"]), ("STATE_CONFLICT", until))
    equal(daemon.call("GET", TABLES)["waiting_paused_until"], until)
    daemon.sql("UPDATE table_room SET paused_until = now() - interval '1 second'")
    daemon.call("POST", WAITING, {"guest_count": 2})
    daemon.call("POST", WAITING + "/pause", {"minutes": 10})
    equal(daemon.call("POST", WAITING + "/pause", {"minutes": 0}), {})
    daemon.call("POST", WAITING, {"guest_count": 2})


@case
def forgets(daemon):
    """Whoever booked is told all that is held, and forgotten; the table stays booked."""
    booking = next(b for b in daemon.call("GET", BOOKINGS)["bookings"] if b["status"] == "BOOKED")
    held = daemon.call("GET", f"/restaurants/me/guests/{booking['guest_id']}/export")
    assert "이서연" in json.dumps(held, ensure_ascii=False) and "bookings" in json.dumps(held), held
    daemon.call("POST", f"/restaurants/me/guests/{booking['guest_id']}/erase", {"reason": "PERSON_ASKED"})
    after = next(b for b in daemon.call("GET", BOOKINGS)["bookings"] if b["id"] == booking["id"])
    assert "name" not in after and "phone" not in after and "note" not in after, after
    equal((after["status"], after["table_ids"]), (booking["status"], booking["table_ids"]))


@case
def tells(daemon):
    """An event of a table carries it as it stands now; every act is in the audit log; all invariants hold."""
    done = act(daemon, "10", "request-bill", {"on": True})

    def last():
        events = [e for e in feed(daemon) if e["type"] == "table.changed" and e["aggregate_id"] == IDS["10"]]
        return events[-1].get("table", {}).get("state") if events else None
    settled(daemon, last, "BILL")
    assert "table.request-bill" in daemon.sql(f"SELECT action FROM audit_log WHERE object_id = '{done['act_id']}'")
    checked = daemon.ctl("check", check=False)
    equal((checked.returncode, checked.stdout.count("violation")), (0, 0), checked.stdout)


def feed(daemon):
    events, after = [], 0
    while True:
        page = daemon.call("GET", f"/restaurants/me/feed?after={after}&limit=500")["events"]
        if not page:
            return events
        events, after = events + page, page[-1]["seq"]


@case
def told(daemon):
    """Every change of the plan is an event and an audit row."""
    settled(daemon, lambda: len([e for e in feed(daemon) if e["type"] == "floor.changed"]), plan(daemon)["version"])
    rows = daemon.sql("SELECT count(*) FROM audit_log WHERE action LIKE 'floor.%'")
    assert str(plan(daemon)["version"]) in rows, rows


@case
def keeps_secrets(daemon):
    """No name or phone of a guest stands anywhere in the data directory."""
    daemon.stop()
    canaries = [text.encode() for text in ("이서연", "박손님", "01012345678", "01098765432", "창가 자리")]
    for folder, _, names in os.walk(daemon.data_dir):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    content = file.read()
                for canary in canaries:
                    assert canary not in content, f"{canary.decode()} stands in {path}"


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
