#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The stock over HTTP: what is moved and taken back, recipes, the last portion, sold out and back."""

import concurrent.futures
import os
import random
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
INGREDIENTS = "/restaurants/me/ingredients"
CLIENTS = 64
ROUNDS = int(os.environ.get("ORDERSYNC_RACE_ROUNDS", "8"))


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def settled(look, wanted, seconds=15):
    """Waits until what @look gives is @wanted."""
    deadline = time.monotonic() + seconds
    while (found := look()) != wanted:
        assert time.monotonic() < deadline, f"it stayed {found!r}, wanted {wanted!r}"
        time.sleep(0.02)


def add(daemon, name, unit="G", **more):
    return daemon.call("POST", INGREDIENTS, {"name": name, "unit": unit, **more})


def move(daemon, ingredient, kind, quantity, key=None, **more):
    return daemon.call("POST", f"{INGREDIENTS}/{ingredient['id']}/movements",
                       {"kind": kind, "quantity": quantity, **more}, key=key or str(uuid.uuid4()))


def undo(daemon, ingredient, movement):
    return daemon.call("POST", f"{INGREDIENTS}/{ingredient['id']}/movements/{movement['id']}/undo")


def now(daemon, ingredient):
    return next(one for one in daemon.call("GET", INGREDIENTS)["ingredients"] if one["id"] == ingredient["id"])


def set_recipe(daemon, item, lines, options=()):
    def wire(parts):
        return [{"ingredient_id": one["id"], "quantity": quantity} for one, quantity in parts]
    return daemon.call("PUT", f"/restaurants/me/menu/items/{item['id']}/recipe", {
        "lines": wire(lines), "options": [{"option_id": option["id"], "lines": wire(parts)} for option, parts in options]})


def items(daemon):
    return [item for category in daemon.menu()["categories"] for item in category["items"]]


def plain(daemon, nth=0):
    return [item for item in items(daemon) if all(g["min"] == 0 for g in item["option_groups"])][nth]


def on_menu(daemon, item):
    found = next(one for one in items(daemon) if one["id"] == item["id"])
    return found["sold_out"], found.get("left")


def left(daemon, item):
    rows = daemon.call("GET", "/restaurants/me/stock/left")["items"]
    return next((row["left"] for row in rows if row["menu_item_id"] == item["id"]), None)


def order(daemon, item, quantity=1, options=(), key=None, **more):
    line = {"menu_item_id": item["id"], "quantity": quantity,
            "options": [{"option_id": option["id"], "quantity": n} for option, n in options]}
    return daemon.place(daemon.order_body([line], **more), key=key)


@case
def moves(daemon):
    """Receive, waste, count and adjust in units that people count in; the history adds up."""
    rice = add(daemon, "쌀", units=[{"name": "포대", "factor": 20_000_000}, {"name": "kg", "factor": 1_000_000}],
               par=5_000_000, supplier="소담상회")
    equal((rice["on_hand"], rice["version"], rice["track"], rice["block"]), (0, 1, True, False))
    after = move(daemon, rice, "RECEIVE", 1500, unit="포대", unit_cost=52000)
    equal((after["on_hand"], after["unit_cost"], after["cost_unit"]), (30_000_000, 52000, "포대"))
    equal(move(daemon, rice, "WASTE", 333, unit="kg", reason="쏟음")["on_hand"], 30_000_000 - 333_000)
    counted = move(daemon, rice, "COUNT", 29_000_000)
    equal((counted["on_hand"], counted["movement"]["quantity"]), (29_000_000, 29_000_000 - 29_667_000))
    equal(move(daemon, rice, "ADJUST", -1000, reason="눈금")["on_hand"], 28_999_000)
    history = daemon.call("GET", f"{INGREDIENTS}/{rice['id']}/movements")["movements"]
    equal([row["kind"] for row in history], ["ADJUST", "COUNT", "WASTE", "RECEIVE"])
    equal(sum(row["quantity"] for row in history), 28_999_000)
    equal(history[0]["on_hand"], 28_999_000)
    page = daemon.call("GET", f"{INGREDIENTS}/{rice['id']}/movements?limit=3")
    equal([row["id"] for row in daemon.call(
        "GET", f"{INGREDIENTS}/{rice['id']}/movements?cursor={page['next_cursor']}")["movements"]], [history[3]["id"]])


@case
def refuses(daemon):
    """What cannot be: waste without a reason, a unit nobody named, counts below nothing, more than can be."""
    milk = add(daemon, "우유", "ML")
    for kind, quantity, more in (("WASTE", 1000, {}), ("RECEIVE", 1000, {"unit": "상자"}), ("COUNT", -1, {}),
                                 ("RECEIVE", 0, {}), ("RECEIVE", 10**9 + 1, {}), ("USE", 1, {}), ("UNDO", 1, {}),
                                 ("RECEIVE", 1.5, {}), ("RECEIVE", 1000, {"reason": ""})):
        equal(refused(move, daemon, milk, kind, quantity, **more).code, "INVALID_REQUEST", (kind, quantity))
    equal(refused(add, daemon, "우유").code, "CONFLICT")
    equal(refused(add, daemon, "상자들", units=[{"name": "상자", "factor": 1}, {"name": "상자", "factor": 2}]).code,
          "INVALID_REQUEST")
    equal(refused(add, daemon, "설탕", block=True, track=False).code, "INVALID_REQUEST")
    equal(refused(move, daemon, {"id": str(uuid.uuid4())}, "RECEIVE", 1).code, "NOT_FOUND")
    equal(refused(daemon.call, "POST", f"{INGREDIENTS}/{milk['id']}/movements",
                  {"kind": "RECEIVE", "quantity": 1}).code, "IDEMPOTENCY_KEY_REQUIRED")
    stale = refused(daemon.call, "PATCH", f"{INGREDIENTS}/{milk['id']}", {"par": 1}, headers={"If-Match": '"9"'})
    equal((stale.code, stale.body["current_version"]), ("VERSION_CONFLICT", 1))
    equal(now(daemon, milk)["on_hand"], 0)


@case
def takes_back(daemon):
    """Each movement is taken back by its opposite once, and that in turn; the count's date goes with it."""
    oil = add(daemon, "기름", "ML")
    first = move(daemon, oil, "COUNT", 4_000)
    assert first["last_counted_at"]
    second = move(daemon, oil, "RECEIVE", 7_000)
    equal(undo(daemon, oil, first["movement"])["on_hand"], 7_000)
    assert "last_counted_at" not in now(daemon, oil)
    equal(refused(undo, daemon, oil, first["movement"]).code, "STATE_CONFLICT")
    back = undo(daemon, oil, second["movement"])
    equal((back["on_hand"], back["movement"]["undoes"]), (0, second["movement"]["id"]))
    equal(undo(daemon, oil, back["movement"])["on_hand"], 7_000)
    equal(refused(undo, daemon, oil, {"id": str(uuid.uuid4())}).code, "NOT_FOUND")
    equal(refused(undo, daemon, add(daemon, "식초", "ML"), second["movement"]).code, "NOT_FOUND")


@case
def same_key(daemon):
    """A movement sent twice with one key is moved once, also by eight at once; another body is refused."""
    salt = add(daemon, "소금")
    key = str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: move(daemon, salt, "RECEIVE", 3_000, key=key), range(8)))
    equal({answer["movement"]["id"] for answer in answers}, {answers[0]["movement"]["id"]})
    equal(now(daemon, salt)["on_hand"], 3_000)
    equal(refused(move, daemon, salt, "RECEIVE", 4_000, key=key).code, "IDEMPOTENCY_KEY_REUSED")


@case
def recipes(daemon):
    """A recipe with options is kept in base units; what it says of unknown things is refused by pointer."""
    item = next(one for one in items(daemon) if one["option_groups"])
    option = item["option_groups"][0]["options"][0]
    flour = add(daemon, "밀가루", units=[{"name": "컵", "factor": 110_000}])
    path = f"/restaurants/me/menu/items/{item['id']}/recipe"
    put = daemon.call("PUT", path, {"lines": [{"ingredient_id": flour["id"], "quantity": 1500, "unit": "컵"}],
                                    "options": [{"option_id": option["id"],
                                                 "lines": [{"ingredient_id": flour["id"], "quantity": 500}]}]})
    equal(put["lines"], [{"ingredient_id": flour["id"], "quantity": 165_000}])
    equal(put["options"][0]["lines"][0]["quantity"], 500)
    equal(daemon.call("GET", path), put)
    for body, pointer in (({"lines": [{"ingredient_id": str(uuid.uuid4()), "quantity": 1}]}, "/lines/0/ingredient_id"),
                          ({"lines": [{"ingredient_id": flour["id"], "quantity": 1, "unit": "말"}]}, "/lines/0/unit"),
                          ({"lines": [{"ingredient_id": flour["id"], "quantity": 1}] * 2}, "/lines/1/ingredient_id"),
                          ({"options": [{"option_id": str(uuid.uuid4())}]}, "/options/0/option_id")):
        refusal = refused(daemon.call, "PUT", path, body)
        equal((refusal.code, refusal.body["errors"][0]["pointer"]), ("INVALID_REQUEST", pointer))
    equal(daemon.call("GET", path), put)
    equal(refused(daemon.call, "GET", f"/restaurants/me/menu/items/{uuid.uuid4()}/recipe").code, "NOT_FOUND")
    set_recipe(daemon, item, [], [(option, [])])


@case
def never_blocks(daemon):
    """An ingredient that does not block never stops a sale; what is left is told roughly, then exactly."""
    item = plain(daemon)
    sugar = add(daemon, "흑설탕")
    set_recipe(daemon, item, [(sugar, 2_000)])
    equal(left(daemon, item), 0)
    move(daemon, sugar, "RECEIVE", 137_000 * 2)
    equal(left(daemon, item), 137)
    settled(lambda: on_menu(daemon, item), (False, 100))
    move(daemon, sugar, "COUNT", 7_999)
    settled(lambda: on_menu(daemon, item), (False, 3))
    move(daemon, sugar, "COUNT", 0)
    settled(lambda: on_menu(daemon, item), (False, None))
    order(daemon, item, 5)
    own = daemon.call("GET", "/restaurants/me/menu")
    equal([one["left"] for category in own["categories"] for one in category["items"] if one["id"] == item["id"]], [0])
    set_recipe(daemon, item, [])
    settled(lambda: on_menu(daemon, item), (False, None))


@case
def the_last_portion(daemon):
    """Of 64 clients that want the last portion at one moment one has it; the others are told 409 SOLD_OUT."""
    item, other = plain(daemon), plain(daemon, 1)
    shrimp = add(daemon, "왕새우", "PIECE", block=True)
    set_recipe(daemon, item, [(shrimp, 3_000)])
    for turn in range(ROUNDS):
        promised = now(daemon, shrimp)["reserved"]
        move(daemon, shrimp, "COUNT", promised + 5_999)
        settled(lambda: on_menu(daemon, item), (False, 1))

        def one(n):
            # Neighbours in the same batches that want something else are not touched by it.
            if n % 4 == 3:
                return order(daemon, other)["status"]
            try:
                return order(daemon, item, channel="COUNTER")["status"]
            except Refused as refusal:
                return refusal.status, refusal.code
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            answers = list(pool.map(one, range(CLIENTS)))
        wanted, others = [a for n, a in enumerate(answers) if n % 4 != 3], answers[3::4]
        equal(others, ["PENDING"] * len(others), turn)
        equal(sorted(map(str, wanted)), sorted([str((409, "SOLD_OUT"))] * (len(wanted) - 1) + ["PENDING"]), turn)
        equal(now(daemon, shrimp)["reserved"], promised + 3_000)
        settled(lambda: on_menu(daemon, item)[0], True)
    set_recipe(daemon, item, [])


@case
def sold_out_and_back(daemon):
    """What runs out is sold out on every menu and comes back by itself; the mark of a person stays his."""
    item = plain(daemon)
    crab = add(daemon, "게", "PIECE", block=True)
    move(daemon, crab, "RECEIVE", 2_000)
    tag = daemon.raw("GET", f"/api/v1/restaurants/{daemon.restaurant_id}/menu")[1]["ETag"]
    set_recipe(daemon, item, [(crab, 1_000)])
    settled(lambda: on_menu(daemon, item), (False, 2))
    assert daemon.raw("GET", f"/api/v1/restaurants/{daemon.restaurant_id}/menu")[1]["ETag"] != tag
    refusal = refused(order, daemon, item, 3)
    equal((refusal.status, refusal.code, refusal.body["errors"][0]["pointer"]), (409, "SOLD_OUT", "/items/0"))
    placed = order(daemon, item, 2)
    settled(lambda: on_menu(daemon, item), (True, None))
    feed = daemon.call("GET", "/restaurants/me/feed?after=0&limit=500")
    while feed["events"][-1]["seq"] < feed["head"]:
        feed = daemon.call("GET", f"/restaurants/me/feed?after={feed['events'][-1]['seq']}&limit=500")
    kinds = [event["type"] for event in feed["events"]]
    assert "menu.changed" in kinds and "stock.changed" in kinds, kinds
    told = [event for event in feed["events"] if event["aggregate_id"] == crab["id"]]
    equal(told[-1]["ingredient"]["reserved"], 2_000)
    equal(refused(move, daemon, crab, "COUNT", 1_000).code, "CONFLICT")
    equal(refused(move, daemon, crab, "WASTE", 1_000, reason="상함").code, "CONFLICT")
    move(daemon, crab, "RECEIVE", 1_000)
    settled(lambda: on_menu(daemon, item), (False, 1))
    daemon.call("POST", f"/restaurants/me/menu/items/{item['id']}/sold-out", {"until": "TODAY"})
    move(daemon, crab, "RECEIVE", 1_000)
    settled(lambda: on_menu(daemon, item), (True, 2))
    daemon.call("POST", f"/restaurants/me/menu/items/{item['id']}/available")
    equal(on_menu(daemon, item)[0], False)
    equal(placed["status"], "PENDING")
    set_recipe(daemon, item, [])


@case
def with_options(daemon):
    """What an option takes counts too, times its quantity; an option that cannot be made is sold out alone."""
    item = next(one for one in items(daemon) if any(g["min"] == 0 and g["options"] for g in one["option_groups"])
                and all(g["min"] == 0 for g in one["option_groups"]))
    option = next(g for g in item["option_groups"] if g["options"])["options"][0]
    base, extra = add(daemon, "면", block=True), add(daemon, "치즈", block=True)
    move(daemon, base, "RECEIVE", 100_000)
    move(daemon, extra, "RECEIVE", 30_000)
    set_recipe(daemon, item, [(base, 10_000)], [(option, [(extra, 20_000), (base, 1_000)])])
    placed = order(daemon, item, 1, [(option, 1)])
    equal((now(daemon, base)["reserved"], now(daemon, extra)["reserved"]), (11_000, 20_000))

    def is_out():
        found = next(one for one in items(daemon) if one["id"] == item["id"])
        return next(o["sold_out"] for g in found["option_groups"] for o in g["options"] if o["id"] == option["id"])
    settled(is_out, True)
    equal(on_menu(daemon, item)[0], False)
    equal(refused(order, daemon, item, 1, [(option, 1)]).code, "SOLD_OUT")
    order(daemon, item, 1)
    equal(now(daemon, base)["reserved"], 21_000)
    assert placed["id"]
    set_recipe(daemon, item, [], [(option, [])])


@case
def same_order_twice(daemon):
    """An order sent twice with its key takes its portion once, and its replay is no sale; a refused key is free."""
    item = plain(daemon)
    egg = add(daemon, "달걀", "PIECE", block=True)
    move(daemon, egg, "RECEIVE", 1_000)
    set_recipe(daemon, item, [(egg, 1_000)])
    key = str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        placed = list(pool.map(lambda _: order(daemon, item, key=key)["id"], range(8)))
    equal(len(set(placed)), 1)
    equal(now(daemon, egg)["reserved"], 1_000)
    late = str(uuid.uuid4())
    equal(refused(order, daemon, item, key=late).code, "SOLD_OUT")
    move(daemon, egg, "RECEIVE", 1_000)
    settled(lambda: on_menu(daemon, item)[0], False)
    assert order(daemon, item, key=late)["id"] not in placed
    equal(now(daemon, egg)["reserved"], 2_000)
    # For practice nothing is taken.
    move(daemon, egg, "RECEIVE", 5_000)
    settled(lambda: on_menu(daemon, item)[0], False)
    order(daemon, item, practice=True)
    equal(now(daemon, egg)["reserved"], 2_000)
    set_recipe(daemon, item, [])


def void(daemon, placed, quantity):
    check = daemon.call("POST", f"/restaurants/me/checks/{placed['check_id']}/adjustments",
                        {"kind": "VOID", "reason": "손님 요청", "line_id": placed["items"][0]["line_id"],
                         "quantity": quantity}, key=str(uuid.uuid4()))
    return check["id"], check["adjustments"][-1]["id"]


def withdraw(daemon, adjustment):
    daemon.call("POST", f"/restaurants/me/checks/{adjustment[0]}/adjustments/{adjustment[1]}/withdraw")


def stand(daemon, ingredient):
    one = now(daemon, ingredient)
    return one["on_hand"], one["reserved"]


def moved(daemon, ingredient):
    rows = daemon.call("GET", f"{INGREDIENTS}/{ingredient['id']}/movements")["movements"]
    return [(row["kind"], row["quantity"]) for row in rows if row["kind"] != "RECEIVE"]


@case
def voided_lines(daemon):
    """A line taken off gives back what is not cooked; what is cooked is waste; taken back, all is as before."""
    item = plain(daemon)
    beef, salt = add(daemon, "소고기", block=True), add(daemon, "굵은소금")
    move(daemon, beef, "RECEIVE", 9_000)
    set_recipe(daemon, item, [(beef, 1_000), (salt, 10)])
    placed = order(daemon, item, 5)
    settled(lambda: (stand(daemon, beef), stand(daemon, salt)), ((9_000, 5_000), (0, 50)))
    # Before anybody has accepted it, and while it is cooked.
    first = void(daemon, placed, 1)
    settled(lambda: (stand(daemon, beef), stand(daemon, salt)), ((9_000, 4_000), (0, 40)))
    daemon.act(placed["id"], "accept", {"ready_in_minutes": 10})
    second = void(daemon, placed, 1)
    settled(lambda: stand(daemon, beef), (9_000, 3_000))
    withdraw(daemon, second)
    settled(lambda: (stand(daemon, beef), stand(daemon, salt)), ((9_000, 4_000), (0, 40)))
    # Made already: what is thrown away leaves the stock at once, and is not used again at the end.
    line = placed["items"][0]["line_id"]
    daemon.call("POST", f"/restaurants/me/kitchen/lines/{line}/make", {"quantity": 4})
    third = void(daemon, placed, 1)
    settled(lambda: (stand(daemon, beef), stand(daemon, salt)), ((8_000, 3_000), (-10, 30)))
    equal(moved(daemon, beef), [("WASTE", -1_000)])
    daemon.act(placed["id"], "ready")
    settled(lambda: (stand(daemon, beef), stand(daemon, salt)), ((5_000, 0), (-40, 0)))
    # After the end: it was used, comes back, and is wasted; and the other way round.
    fourth = void(daemon, placed, 2)
    settled(lambda: moved(daemon, beef)[:2], [("WASTE", -2_000), ("RETURN", 2_000)])
    equal(stand(daemon, beef), (5_000, 0))
    withdraw(daemon, fourth)
    settled(lambda: moved(daemon, beef)[:2], [("WASTE", 2_000), ("RETURN", -2_000)])
    withdraw(daemon, third)
    settled(lambda: moved(daemon, beef)[:2], [("WASTE", 1_000), ("RETURN", -1_000)])
    equal((stand(daemon, beef), stand(daemon, salt)), ((5_000, 0), (-40, 0)))
    rows = daemon.call("GET", f"{INGREDIENTS}/{beef['id']}/movements")["movements"]
    equal(refused(undo, daemon, beef, rows[0]).code, "STATE_CONFLICT")
    equal(sum(row["quantity"] for row in rows), 5_000)
    assert first
    set_recipe(daemon, item, [])


@case
def voided_and_sold_again(daemon):
    """What a voided line gave back may be sold; then taking the void back holds nothing twice."""
    item = plain(daemon)
    tuna = add(daemon, "참치", block=True)
    move(daemon, tuna, "RECEIVE", 2_000)
    set_recipe(daemon, item, [(tuna, 1_000)])
    placed = order(daemon, item, 2)
    settled(lambda: on_menu(daemon, item)[0], True)
    adjustment = void(daemon, placed, 1)
    settled(lambda: stand(daemon, tuna), (2_000, 1_000))
    settled(lambda: on_menu(daemon, item), (False, 1))
    order(daemon, item)
    equal(stand(daemon, tuna), (2_000, 2_000))
    withdraw(daemon, adjustment)
    other = add(daemon, "표지")
    set_recipe(daemon, plain(daemon, 1), [(other, 1_000)])
    order(daemon, plain(daemon, 1))
    settled(lambda: stand(daemon, other), (0, 1_000))
    equal(stand(daemon, tuna), (2_000, 2_000))
    equal(daemon.ctl("check", check=False).stdout, "")
    set_recipe(daemon, item, [])
    set_recipe(daemon, plain(daemon, 1), [])


@case
def used_in(daemon):
    """Every line of every recipe in one answer."""
    item = next(one for one in items(daemon) if one["option_groups"])
    option = item["option_groups"][0]["options"][0]
    bean = add(daemon, "콩")
    set_recipe(daemon, item, [(bean, 30)], [(option, [(bean, 5)])])
    rows = daemon.call("GET", "/restaurants/me/stock/recipes")["recipes"]
    equal(sorted((row["owner_type"], row["owner_id"], row["quantity"]) for row in rows
                 if row["ingredient_id"] == bean["id"]),
          [("ITEM", item["id"], 30), ("OPTION", option["id"], 5)])
    set_recipe(daemon, item, [], [(option, [])])


@case
def forgets(daemon):
    """Reservations and tombstones that ended a month ago are swept at the start of the job; younger ones stay."""
    item = plain(daemon)
    corn = add(daemon, "옥수수")
    move(daemon, corn, "RECEIVE", 5_000)
    set_recipe(daemon, item, [(corn, 1_000)])
    old, young = order(daemon, item), order(daemon, item)
    for placed in (old, young):
        settled(lambda: daemon.sql(f"SELECT whole FROM stock_reservation WHERE subject_id = '{placed['id']}'")
                .splitlines()[2].strip(), "t")
        daemon.act(placed["id"], "cancel", {"reason": "SOLD_OUT"})
    settled(lambda: stand(daemon, corn), (5_000, 0))
    daemon.sql("UPDATE stock_reservation SET closed_at = now() - interval '31 days' "
               f"WHERE subject_id = '{old['id']}'")
    daemon.stop()
    daemon.start()
    daemon.login()

    def there(placed, table):
        return "(1 row)" in daemon.sql(f"SELECT 1 FROM {table} WHERE subject_id = '{placed['id']}'")
    settled(lambda: there(old, "stock_reservation"), False)
    equal((there(old, "stock_hold"), there(young, "stock_reservation"), there(young, "stock_hold")),
          (False, True, True))
    set_recipe(daemon, item, [])


@case
def morning(daemon):
    """In the morning: what is below nothing, below par; not what is only planned."""
    low = add(daemon, "부추", par=500)
    move(daemon, low, "RECEIVE", 400)
    gone = add(daemon, "참기름", "ML")
    move(daemon, gone, "ADJUST", -200, reason="빌려 줌")
    fine = add(daemon, "깨", par=100)
    move(daemon, fine, "RECEIVE", 100)
    free = add(daemon, "물", "ML", track=False, par=100)
    found = {row["ingredient"]["id"]: row["reason"] for row in daemon.call("GET", "/restaurants/me/stock/morning")["items"]}
    equal([found.get(one["id"]) for one in (low, gone, fine, free)], ["BELOW_PAR", "NEGATIVE", None, None])


@case
def edits(daemon):
    """What is said of an ingredient changes by version; what is promised cannot be made to block; it can go."""
    leek = add(daemon, "대파")
    changed = daemon.call("PATCH", f"{INGREDIENTS}/{leek['id']}", {"par": 7, "supplier": "산지", "position": 3})
    equal((changed["par"], changed["supplier"], changed["position"], changed["version"]), (7, "산지", 3, 2))
    again = daemon.call("PATCH", f"{INGREDIENTS}/{leek['id']}", {"par": None, "supplier": None},
                        headers={"If-Match": '"2"'})
    assert "par" not in again and "supplier" not in again
    item = plain(daemon)
    set_recipe(daemon, item, [(leek, 1_000)])
    daemon.call("DELETE", f"{INGREDIENTS}/{leek['id']}")
    equal(daemon.call("GET", f"/restaurants/me/menu/items/{item['id']}/recipe")["lines"], [])
    equal(left(daemon, item), None)
    equal(refused(move, daemon, leek, "RECEIVE", 1).code, "NOT_FOUND")
    equal(add(daemon, "대파")["on_hand"], 0)


@case
def random_moves(daemon):
    """Two hundred random movements and undos against a model; the database agrees with itself."""
    dice = random.Random(6)
    one, model, rows = add(daemon, "아무거나"), 0, []
    for _ in range(200):
        if rows and dice.random() < 0.3:
            row = rows.pop(dice.randrange(len(rows)))
            after = undo(daemon, one, row)
            model -= row["quantity"]
        else:
            kind = dice.choice(("RECEIVE", "WASTE", "COUNT", "ADJUST"))
            quantity = dice.randint(-9_000 if kind == "ADJUST" else 1, 9_000)
            after = move(daemon, one, kind, quantity, reason="시험")
            model = {"RECEIVE": model + quantity, "WASTE": model - quantity, "COUNT": quantity,
                     "ADJUST": model + quantity}[kind]
            rows.append(after["movement"])
        equal((after["on_hand"], after["movement"]["on_hand"]), (model, model))


@case
def tells(daemon):
    """Every act of a person is in the audit log; all invariants hold, and a corruption of each is found."""
    for action in ("stock.received", "stock.wasted", "stock.counted", "stock.adjusted", "stock.undone",
                   "stock.recipe_set", "stock.ingredient_created", "stock.ingredient_updated",
                   "stock.ingredient_deleted"):
        assert "(1 row)" in daemon.sql(f"SELECT action FROM audit_log WHERE action = '{action}' LIMIT 1"), action
    checked = daemon.ctl("check", check=False)
    equal((checked.returncode, checked.stdout), (0, ""))
    for harm, mend, named in (
            ("UPDATE ingredient SET on_hand = on_hand + 1 WHERE name = '쌀'",
             "UPDATE ingredient SET on_hand = on_hand - 1 WHERE name = '쌀'", "stock.moved-is-there"),
            ("UPDATE ingredient SET reserved = reserved + 1 WHERE name = '쌀'",
             "UPDATE ingredient SET reserved = reserved - 1 WHERE name = '쌀'", "stock.promised-is-held"),
            ("UPDATE stock_movement SET quantity = quantity + 1 WHERE kind = 'UNDO' AND quantity > 0",
             "UPDATE stock_movement SET quantity = quantity - 1 WHERE kind = 'UNDO' AND quantity > 1",
             "stock.undone-is-opposite")):
        daemon.sql(harm)
        found = daemon.ctl("check", check=False)
        assert found.returncode == 1 and named in found.stdout, found.stdout
        daemon.sql(mend)
    equal(daemon.ctl("check", check=False).stdout, "")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
