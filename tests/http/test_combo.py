#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A combo from the editor to the kitchen: its choices are dishes, sold out, cooked and counted as those."""

import json
import os
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
ME = "/restaurants/me/menu"
KITCHEN = "/restaurants/me/kitchen"
INGREDIENTS = "/restaurants/me/ingredients"


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


class Shop:
    """A shop that sells a combo: burgers on the grill, which is also its own place, potatoes in the fryer."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.category = daemon.call("POST", f"{ME}/categories", {"name": "버거"})["id"]
        self.burger = self.dish("불고기버거", origin="쇠고기:국내산", allergens=["밀"])
        self.cheese = self.dish("치즈버거", allergens=["우유"])
        self.fries = self.dish("감자튀김", kitchen_name="감튀", prep_minutes=7, allergens=["대두"])
        self.salad = self.dish("샐러드")
        self.main = self.group("메인", [("불고기버거", self.burger, 0), ("치즈버거", self.cheese, 1000)])
        self.side = self.group("사이드", [("감자튀김", self.fries, 0), ("샐러드", self.salad, 500)])
        self.taste = self.group("맛", [("맵게", None, 0)], least=0)
        self.combo = self.dish("불고기 세트", price=12000,
                               option_group_ids=[self.main["id"], self.side["id"], self.taste["id"]])

    def dish(self, name, price=5000, **more):
        return self.daemon.call("POST", f"{ME}/items", {"category_id": self.category, "name": name, "price": price, **more})

    def group(self, name, choices, least=1):
        return self.daemon.call("POST", f"{ME}/option-groups", {"name": name, "min": least, "max": 1, "options": [
            {"name": word, "price": price, **({"item_id": dish["id"]} if dish else {})} for word, dish, price in choices]})

    def choice(self, name):
        return next(option["id"] for group in (self.main, self.side, self.taste) for option in group["options"]
                    if option["name"] == name)

    def body(self, *names, quantity=1, **more):
        return self.daemon.order_body([{"menu_item_id": self.combo["id"], "quantity": quantity, "options": [
            {"option_id": self.choice(name)} for name in names]}], **more)

    def guest_option(self, name):
        item = next(item for category in self.daemon.menu()["categories"] for item in category["items"]
                    if item["id"] == self.combo["id"])
        return next(option for group in item["option_groups"] for option in group["options"] if option["name"] == name)

    def tickets(self, order):
        board = self.daemon.call("GET", f"{KITCHEN}/tickets?state=open")
        names = {station["id"]: station["name"] for station in board["stations"]}
        return {names[ticket["station_id"]]: ticket for ticket in board["tickets"] if ticket["order_id"] == order["id"]}

    def accept(self, order, stations):
        self.daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
        settled(lambda: sorted(self.tickets(order)), stations)
        return self.tickets(order)


def dishes_of(ticket):
    return [(line["name"], [option["name"] for option in line["options"]], line["quantity_waiting"])
            for line in ticket["lines"]]


@case
def prices(daemon):
    """The combo costs its price and the surcharges; the order says which dish each choice is."""
    shop = daemon.shop = Shop(daemon)
    order = daemon.place(shop.body("치즈버거", "샐러드", quantity=2))
    line = order["items"][0]
    equal((line["unit_price"], line["amount"]), (13500, 27000))
    equal([option.get("item_id") for option in line["options"]], [shop.cheese["id"], shop.salad["id"]])
    plain = daemon.place(shop.body("불고기버거", "감자튀김", "맵게"))["items"][0]
    equal((plain["unit_price"], "item_id" in plain["options"][2]), (12000, False))
    equal(refused(daemon.place, shop.body("불고기버거")).code, "OPTION_COUNT")


@case
def sold_out(daemon):
    """A choice goes with its dish, by mark and by stock, on every way in, and comes back with it."""
    shop = daemon.shop
    body = shop.body("불고기버거", "감자튀김")
    equal((shop.guest_option("감자튀김")["sold_out"], shop.guest_option("감자튀김")["item_id"]),
          (False, shop.fries["id"]))
    daemon.call("POST", f"{ME}/items/{shop.fries['id']}/sold-out")
    equal((shop.guest_option("감자튀김")["sold_out"], shop.guest_option("샐러드")["sold_out"]), (True, False))
    for channel in ("COUNTER", "WEB"):
        refusal = refused(daemon.place, {**body, "channel": channel}, anonymous=channel == "WEB")
        equal((refusal.code, refusal.body["errors"][0]["pointer"]), ("SOLD_OUT", "/items/0/options/1"), channel)
    daemon.place(shop.body("불고기버거", "샐러드"))
    edited = next(group for group in daemon.call("GET", ME)["option_groups"] if group["name"] == "사이드")["options"][0]
    equal((edited["sold_out"], edited["sold_out_mode"]), (True, "FOR_SALE"), "the mark is the dish's")
    daemon.call("POST", f"{ME}/items/{shop.fries['id']}/available")
    daemon.place(body)
    daemon.call("POST", f"{ME}/items/{shop.fries['id']}/sold-out", {"until": "TODAY"})
    assert "sold_out_until" in shop.guest_option("감자튀김"), shop.guest_option("감자튀김")
    daemon.call("POST", f"{ME}/items/{shop.fries['id']}/available")


@case
def stations(daemon):
    """Each dish is cooked where it is cooked alone; what is no dish is said to both; the last bump makes READY."""
    shop = daemon.shop
    grill, fryer = str(uuid.uuid4()), str(uuid.uuid4())
    version = daemon.call("GET", f"{KITCHEN}/setup")["version"]
    daemon.call("PUT", f"{KITCHEN}/setup", {
        "version": version, "stations": [{"id": grill, "name": "불판"}, {"id": fryer, "name": "튀김", "parallel": 1}],
        "default_station_id": grill, "routes": [{"kind": "ITEM", "target_id": shop.fries["id"], "station_id": fryer}]})
    order = daemon.place(shop.body("불고기버거", "감자튀김", "맵게", quantity=2))
    found = shop.accept(order, ["불판", "튀김"])
    equal(dishes_of(found["불판"]), [("불고기 세트", ["불고기버거", "맵게"], 2)])
    equal(dishes_of(found["튀김"]), [("불고기 세트", ["감튀", "맵게"], 2)])
    equal([ticket["lines"][0]["allergens"] for ticket in (found["불판"], found["튀김"])], [["밀"], ["대두"]])
    equal([[option.get("item_id") for option in found[name]["lines"][0]["options"]] for name in ("불판", "튀김")],
          [[shop.burger["id"], None], [shop.fries["id"], None]])
    load = {one["name"]: (one["dishes"], one["minutes"]) for one in daemon.call("GET", f"{KITCHEN}/load")["stations"]}
    equal(load["튀김"], (2, 14))
    equal(found["튀김"]["lines"][0]["prep_minutes"], 7)
    for name, wanted in (("튀김", "PREPARING"), ("불판", "READY")):
        daemon.call("POST", f"{KITCHEN}/tickets/{found[name]['id']}/bump")
        equal(daemon.call("GET", f"/orders/{order['id']}")["status"], wanted, name)
    one = shop.accept(daemon.place(shop.body("불고기버거", "샐러드")), ["불판"])
    equal(dishes_of(one["불판"]), [("불고기 세트", ["불고기버거", "샐러드"], 1)], "one station, one line")


def add(daemon, name, dish, option=None, **more):
    one = daemon.call("POST", INGREDIENTS, {"name": name, "unit": "G", **more})
    daemon.call("POST", f"{INGREDIENTS}/{one['id']}/movements", {"kind": "RECEIVE", "quantity": 10_000},
                key=str(uuid.uuid4()))
    lines = [{"ingredient_id": one["id"], "quantity": 2_000}]
    daemon.call("PUT", f"{ME}/items/{dish['id']}/recipe", {"lines": [] if option else lines, "options": [
        {"option_id": option, "lines": lines}] if option else []})
    return one["id"]


def stand(daemon, ingredient):
    one = next(one for one in daemon.call("GET", INGREDIENTS)["ingredients"] if one["id"] == ingredient)
    return one["on_hand"], one["reserved"]


@case
def stock(daemon):
    """Both dishes take what their recipes say, times the quantity; what is cooked of a line taken off is waste, what
    the other station has not begun is free; out of stock the choice is, until it comes."""
    shop = daemon.shop
    beef, potato = add(daemon, "패티", shop.burger), add(daemon, "감자", shop.fries, block=True)
    chili = add(daemon, "고추", shop.combo, shop.choice("맵게"))
    order = daemon.place(shop.body("불고기버거", "감자튀김", "맵게", quantity=2))
    settled(lambda: [stand(daemon, one) for one in (beef, potato, chili)], [(10_000, 4_000)] * 3)
    found = shop.accept(order, ["불판", "튀김"])
    daemon.call("POST", f"{KITCHEN}/lines/{found['튀김']['lines'][0]['line_id']}/make", {"quantity": 2})
    daemon.call("POST", f"/restaurants/me/checks/{order['check_id']}/adjustments",
                {"kind": "VOID", "reason": "손님 요청", "line_id": order["items"][0]["line_id"], "quantity": 1},
                key=str(uuid.uuid4()))
    settled(lambda: [stand(daemon, one) for one in (beef, potato, chili)],
            [(10_000, 2_000), (8_000, 2_000), (10_000, 2_000)])
    equal([(line["quantity_waiting"], line["quantity_made"], line["quantity_voided"])
           for name in ("불판", "튀김") for line in shop.tickets(order)[name]["lines"]], [(1, 0, 1), (0, 2, 0)])
    for ticket in shop.tickets(order).values():
        for change in [change for line in ticket["lines"] for change in line["changes"]]:
            daemon.call("POST", f"{KITCHEN}/changes/{change['id']}/seen")
        daemon.call("POST", f"{KITCHEN}/tickets/{ticket['id']}/bump")
    settled(lambda: daemon.call("GET", f"/orders/{order['id']}")["status"], "READY")
    daemon.act(order["id"], "complete")
    settled(lambda: [stand(daemon, one) for one in (beef, potato, chili)], [(8_000, 0), (6_000, 0), (8_000, 0)])
    taken = daemon.place(shop.body("불고기버거", "감자튀김", quantity=3))
    settled(lambda: stand(daemon, potato), (6_000, 6_000))
    settled(lambda: shop.guest_option("감자튀김").get("out_of_stock"), True)
    equal(refused(daemon.place, shop.body("불고기버거", "감자튀김")).code, "SOLD_OUT")
    daemon.act(taken["id"], "cancel", {"reason": "SOLD_OUT"})
    settled(lambda: shop.guest_option("감자튀김")["sold_out"], False)
    daemon.place(shop.body("불고기버거", "감자튀김"))


@case
def moved(daemon):
    """A combo's line goes to another table with all that is cooked of it, and back; what is taken off waits nowhere."""
    shop, floor, tables = daemon.shop, str(uuid.uuid4()), [str(uuid.uuid4()) for _ in range(2)]
    daemon.call("POST", "/restaurants/me/floor/changes", {"changes": [
        {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
        *({"op": "PUT", "type": "piece", "id": one, "floor_id": floor, "kind": "TABLE", "number": str(n + 1), "seats": 4,
           "x": 80 * n, "y": 0, "width": 64, "height": 64} for n, one in enumerate(tables))]})
    daemon.call("POST", f"/restaurants/me/tables/{tables[0]}/seat", {"guest_count": 2})
    body = shop.body("불고기버거", "감자튀김", quantity=2, type="DINE_IN", table_id=tables[0])
    body["items"].append({"menu_item_id": shop.salad["id"], "quantity": 1})
    order = daemon.place(body)
    shop.accept(order, ["불판", "튀김"])
    line = order["items"][0]["line_id"]

    def places():
        return [(name, row["name"], row.get("table", {}).get("number"), row["quantity_voided"],
                 [change["kind"] for change in row["changes"] if "seen_at" not in change])
                for name, ticket in sorted(shop.tickets(order).items()) for row in ticket["lines"]]
    done = daemon.call("POST", f"/restaurants/me/tables/{tables[0]}/transfer", {"line_ids": [line], "to_table_id": tables[1]})
    equal(places(), [("불판", "불고기 세트", "2", 0, ["MOVED"]), ("불판", "샐러드", None, 0, []),
                     ("튀김", "불고기 세트", "2", 0, ["MOVED"])])
    daemon.call("POST", f"/restaurants/me/tables/acts/{done['act_id']}/undo")
    equal([row[2:] for row in places()], [(None, 0, [])] * 3)

    def told():
        return [(name, change["text"]) for name, ticket in sorted(shop.tickets(order).items())
                for changes in (ticket["changes"], *(row["changes"] for row in ticket["lines"]))
                for change in changes if "seen_at" not in change]

    def goes_and_comes(body):
        """There, what the fryer has seen, and back."""
        done = daemon.call("POST", f"/restaurants/me/tables/{tables[0]}/transfer", {**body, "to_table_id": tables[1]})
        equal(told(), [("불판", "1→2"), ("튀김", "1→2")])
        fryer = shop.tickets(order)["튀김"]
        for change in (one for changes in (fryer["changes"], fryer["lines"][0]["changes"]) for one in changes):
            daemon.call("POST", f"{KITCHEN}/changes/{change['id']}/seen")
        daemon.call("POST", f"/restaurants/me/tables/acts/{done['act_id']}/undo")
        equal(told(), [("튀김", "2→1")], "who has read of it reads that it came back, and nobody else")
        change = next(one for ticket in shop.tickets(order).values() for changes in (
            ticket["changes"], *(row["changes"] for row in ticket["lines"])) for one in changes if "seen_at" not in one)
        daemon.call("POST", f"{KITCHEN}/changes/{change['id']}/seen")
    goes_and_comes({"line_ids": [line]})
    goes_and_comes({"order_ids": [order["id"]]})
    daemon.call("POST", f"/restaurants/me/checks/{order['check_id']}/adjustments",
                {"kind": "VOID", "reason": "손님 요청", "line_id": line, "quantity": 1}, key=str(uuid.uuid4()))
    settled(lambda: [row[3] for row in places()], [1, 0, 1])


@case
def edited(daemon):
    """A combo is one level deep, keeps its dishes from being deleted, and its links go and come with undo, versions and
    a file."""
    shop = daemon.shop
    gone = refused(daemon.call, "DELETE", f"{ME}/items/{shop.fries['id']}")
    equal((gone.code, gone.body["errors"][0]["code"]), ("CONFLICT", "IN_USE"))
    assert "불고기 세트" in gone.body["detail"] and "사이드" in gone.body["detail"], gone.body["detail"]
    deep = refused(shop.group, "깊게", [("세트", shop.combo, 0)])
    equal((deep.code, deep.body["errors"][0]["code"]), ("CONFLICT", "COMBO"))
    mine = refused(daemon.call, "PATCH", f"{ME}/items/{shop.salad['id']}", {"option_group_ids": [shop.side["id"]]})
    equal((mine.code, mine.body["errors"][0]["code"]), ("CONFLICT", "COMBO"))
    equal(refused(shop.group, "없음", [("유령", {"id": str(uuid.uuid4())}, 0)]).code, "INVALID_REQUEST")

    def linked():
        return [option.get("item_id") for group in daemon.call("GET", ME)["option_groups"]
                if group["name"] == "사이드" for option in group["options"]]
    full = [shop.fries["id"], shop.salad["id"]]
    then = daemon.call("GET", ME)["version"]
    entry = next(group for group in daemon.call("GET", ME)["option_groups"] if group["name"] == "사이드")
    cut = json.loads(json.dumps(entry))
    del cut["options"][0]["item_id"]
    done = daemon.call("POST", f"{ME}/changes", {"changes": [
        {"kind": "option_group", "id": entry["id"], "expect": entry["digest"], "entry": cut}]})
    equal(linked(), [None, shop.salad["id"]])
    daemon.call("POST", f"{ME}/changes", done["undo"])
    equal(linked(), full)
    daemon.call("PATCH", f"{ME}/option-groups/{entry['id']}", {"options": [
        {"id": option["id"], "item_id": None} for option in entry["options"]]})
    equal(linked(), [None, None])
    daemon.call("DELETE", f"{ME}/items/{shop.fries['id']}")
    daemon.call("POST", f"{ME}/versions/{then}/restore", {})
    equal(linked(), full)
    daemon.call("PATCH", f"{ME}/option-groups/{entry['id']}", {"options": [
        {"id": option["id"], "price": 700} for option in entry["options"]]})
    equal(linked(), full, "who does not speak of the dish leaves it")
    options = "메인(1-1): 불고기버거, 치즈버거(+1000); 사이드(1-1): 감자튀김(+900), 샐러드(+700); 맛(0-1): 맵게"

    def brought(row):
        headers = {"Authorization": f"Bearer {daemon.token}", "Idempotency-Key": str(uuid.uuid4()),
                   "Content-Type": "text/csv"}
        status, _, answer = daemon.raw("POST", f"/api/v1{ME}/import", f"category,name,price,options\n{row}\n".encode(), headers)
        equal((status, json.loads(answer)["changed"]), (200, 1))
    brought(f"버거,불고기 세트,12500,\"{options}\"")
    equal(linked(), full, "a file does not say the dish, and keeps it")
    shop.dish("치즈 세트", option_group_ids=[shop.side["id"]])
    brought("버거,치즈 세트,5000,\"사이드(1-1): 감자튀김(+300), 샐러드\"")
    equal(linked(), full + full, "nor does who leaves a group that another keeps lose it")


@case
def origins(daemon):
    """The law's words of a dish count for the combo: said at the dish they are said, missing there they keep it back."""
    shop = daemon.shop

    def offered():
        return any(item["id"] == shop.combo["id"] for category in daemon.menu()["categories"] for item in category["items"])
    equal((shop.guest_option("불고기버거")["origin"], shop.guest_option("불고기버거")["allergens"]), ("쇠고기:국내산", ["밀"]))
    daemon.call("PUT", f"{ME}/rules", {"origin_required": True})
    daemon.call("PATCH", f"{ME}/items/{shop.combo['id']}", {"name": "버거 세트"})
    settled(offered, True)
    daemon.call("PATCH", f"{ME}/items/{shop.burger['id']}", {"origin": ""})
    settled(offered, False)
    daemon.call("PATCH", f"{ME}/items/{shop.combo['id']}", {"origin": "쇠고기:호주산"})
    settled(offered, True)


def claimed(daemon, printer):
    """The words that the printer is given next."""
    slip = daemon.call("POST", f"/restaurants/me/printers/{printer}/claim")
    daemon.call("POST", f"/restaurants/me/print-jobs/{slip['job']['id']}/outcome", {"printed": True})
    return [block["text"] for block in slip["slip"]["blocks"] if "text" in block]


def receipt(daemon, order, printer):
    daemon.call("POST", f"/restaurants/me/checks/{order['check_id']}/receipt", {}, key=str(uuid.uuid4()))
    return claimed(daemon, printer)


@case
def papers(daemon):
    """Under the combo a receipt says where each chosen dish comes from, as under a dish sold alone; English paper calls
    a choice by its own name there or by its dish's."""
    shop = daemon.shop
    daemon.call("PATCH", f"{ME}/items/{shop.burger['id']}", {"origin": "쇠고기:국내산"})
    order = daemon.place(shop.body("불고기버거", "감자튀김", type="DELIVERY", channel="PHONE",
                                   delivery={"address": "서울시 한강로 2가"},
                                   customer={"name": "김손님", "phone": "010-1234-5678"}))
    printer = daemon.call("POST", "/restaurants/me/printers",
                          {"name": "영수증", "transport": "SYSTEM", "address": "desk",
                           "purposes": ["RECEIPT", "DELIVERY"]})["id"]
    words = receipt(daemon, order, printer)
    at = next(i for i, word in enumerate(words) if "불고기버거" in word)
    equal(words[at:at + 3], ["  + 불고기버거", "    (원산지: 쇠고기:국내산)", "  + 감자튀김"])
    daemon.call("PATCH", f"/restaurants/me/printers/{printer}", {"language": "en"})
    for dish, name in ((shop.burger, "Bulgogi burger"), (shop.fries, "Fried potatoes")):
        daemon.call("PATCH", f"{ME}/items/{dish['id']}", {"names": {"ko": dish["name"], "en": name}})
    side = next(group for group in daemon.call("GET", ME)["option_groups"] if group["id"] == shop.side["id"])
    daemon.call("PATCH", f"{ME}/option-groups/{shop.side['id']}", {"options": [
        {"id": option["id"], **({"names": {"ko": option["name"], "en": "Fries"}} if option["name"] == "감자튀김" else {})}
        for option in side["options"]]})
    wanted = ["  + Bulgogi burger", "  + Fries"]
    equal([word for word in receipt(daemon, order, printer) if "+" in word], wanted)
    daemon.act(order["id"], "accept", {"ready_in_minutes": 20})
    settled(lambda: daemon.sql(f"SELECT count(*) FROM print_job WHERE subject_id = '{order['id']}' "
                               "AND purpose = 'DELIVERY'").split()[2], "1")
    equal([word for word in claimed(daemon, printer) if "+" in word], wanted)


@case
def everything_holds(daemon):
    """After all this every invariant holds."""
    settled(lambda: int(daemon.sql("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox "
                                   "WHERE done_at IS NULL)").split()[2]), 0)
    daemon.ctl("check")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
