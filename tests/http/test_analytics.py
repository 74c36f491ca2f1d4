#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Sales in figures: what the sums say is what orders, checks and payments say, to the won."""

import csv
import datetime
import io
import os
import sys
import uuid
import zipfile
from xml.etree import ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
import openpyxl  # noqa: E402
from osy_book import ORDER, compare  # noqa: E402
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
ME = "/restaurants/me"


def today(daemon):
    return daemon.call("GET", f"{ME}/analytics?from=2026-01-01&to=2026-01-01")["today"]


def figures(daemon, query=""):
    """Of today, once all news is in them."""
    day = today(daemon)
    wait_for("all news", lambda: daemon.sql(
        "SELECT count(*) FROM feed_head h LEFT JOIN sale_position p USING (restaurant_id, epoch) WHERE p.seq IS DISTINCT "
        "FROM h.last_seq OR EXISTS (SELECT FROM outbox)").split()[2] == "0", timeout=20)
    return daemon.call("GET", f"{ME}/analytics?from={day}&to={day}{query}")


def sell(daemon, quantity=2, **more):
    item = daemon.plain_item()
    return daemon.place(daemon.order_body([{"menu_item_id": item["id"], "quantity": quantity}], **more))


def adjust(daemon, order, **act):
    return daemon.call("POST", f"{ME}/checks/{order['check_id']}/adjustments", {"reason": "시험", **act},
                       key=str(uuid.uuid4()))


@case
def one_of_each(daemon):
    """A void, something given free, a discount of a line and of a check, service, a cancel, a refund."""
    price = daemon.plain_item()["price"]
    plain = sell(daemon, 2)
    voided, comped, cheap, whole, gone = (sell(daemon, 2, type="TAKEOUT") for _ in range(5))
    adjust(daemon, voided, kind="VOID", line_id=voided["items"][0]["line_id"], quantity=1)
    adjust(daemon, comped, kind="COMP", line_id=comped["items"][0]["line_id"], quantity=1)
    adjust(daemon, cheap, kind="DISCOUNT", line_id=cheap["items"][0]["line_id"], percent=10)
    adjust(daemon, whole, kind="DISCOUNT", amount=700)
    daemon.call("PUT", f"{ME}/checks/{plain['check_id']}/service-charge", {"percent": 10})
    daemon.act(gone["id"], "reject", {"reason": "재료 없음"})
    paid = daemon.call("POST", "/payments", {"method": "CASH", "amount": 1000, "received": 1000,
                                             "check_id": whole["check_id"]}, key=str(uuid.uuid4()))
    daemon.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 400, "reason": "시험"}, key=str(uuid.uuid4()))
    daemon.act(plain["id"], "accept", {"ready_in_minutes": 10})
    daemon.act(plain["id"], "ready")
    found = figures(daemon)
    total = found["totals"]
    cut = 2 * price * 10 // 100
    service = 2 * price // 10
    wanted = {"gross": 10 * price, "voids": price, "comps": price, "discounts": cut + 700, "service": service,
              "sales": 8 * price - cut - 700 + service, "orders": 5, "checks": 5, "guests": 5, "placed": 6, "canceled": 1,
              "refunds": 400, "refund_count": 1, "prep_orders": 1, "late_orders": 0}
    equal({name: total[name] for name in wanted}, wanted)
    equal((total["taken"], total["net"]), (1000, 600))
    equal(found["tenders"], [{"tender": "CASH", "amount": 1000, "count": 1}])
    equal([(one["quantity"], one["sales"]) for one in found["items"]], [(9, 8 * price - cut)])
    for part in ("hours", "days", "channels", "types", "heat"):
        equal(sum(one["sales"] for one in found[part]), total["sales"], part)
    equal(sum(one["orders"] for one in found["prep"]), 1)
    assert daemon.ctl("check").stdout == "", daemon.ctl("check").stdout


@case
def behind_a_mark(daemon):
    """The orders of a mark are those that make it, page by page."""
    found = figures(daemon)
    day, hour = found["today"], found["hours"][0]["hour"]
    base = f"{ME}/analytics/orders?from={day}&to={day}"

    def pages(query):
        orders, cursor = [], ""
        while cursor is not None:
            page = daemon.call("GET", f"{base}&limit=2{query}" + (f"&cursor={cursor}" if cursor else ""))
            orders += page["orders"]
            cursor = page["next_cursor"]
        return orders

    equal(len(pages("")), 5)
    equal(len(pages(f"&hour={hour}")), found["hours"][0]["orders"])
    equal(len(pages("&type=TAKEOUT")), next(one["orders"] for one in found["types"] if one["type"] == "TAKEOUT"))
    equal(len(pages(f"&item_id={found['items'][0]['item_id']}")), 5)
    equal(len(pages(f"&item_id={uuid.uuid4()}")), 0)
    equal(len(pages("&tender=CASH")), 1)
    equal(len(pages("&channel=QR")), 0)


@case
def as_a_file(daemon):
    """Every part as a spreadsheet says what the view says; what a person called a dish is no formula."""
    item = daemon.plain_item()
    daemon.call("PATCH", f"{ME}/menu/items/{item['id']}", {"name": '=cmd|"calc"'})
    found = figures(daemon)
    day = found["today"]

    def part(name):
        status, headers, content = daemon.raw(
            "GET", f"/api/v1{ME}/analytics/csv?part={name}&from={day}&to={day}", headers={"Authorization": f"Bearer {daemon.token}"})
        equal((status, headers["Content-Type"]), (200, "text/csv; charset=utf-8"))
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    for name, rows in found.items():
        if isinstance(rows, list):
            wanted = [{key: str(value).replace("=cmd", "'=cmd") for key, value in row.items()} for row in rows]
            equal(part(name), wanted, name)
    equal({row["figure"]: int(row["value"]) for row in part("totals")}, found["totals"])


def clock():
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).strftime("%H:%M")


@case
def up_to_now(daemon):
    """A day that is cut where it has come to counts whole, what was sold in this minute too."""
    day, minute, cut = today(daemon), "", None
    while minute != clock():  # else the next one had begun
        minute = clock()
        sell(daemon)
        whole = figures(daemon)["totals"]
        cut = figures(daemon, f"&until={minute}")["totals"]
    equal(cut, whole)
    equal(figures(daemon, "&until=05:00")["totals"]["orders"], 0)


def workbook(daemon, query):
    status, headers, content = daemon.raw("GET", f"/api/v1{ME}/analytics/xlsx?{query}",
                                          headers={"Authorization": f"Bearer {daemon.token}"})
    equal(status, 200, content[:500])
    equal(headers["Content-Type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return headers, content


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(f"xl/{name}.xml")


@case
def as_a_workbook(daemon):
    """Every cell says what the view says, alone and beside other days, of days with sales and of days without."""
    day = today(daemon)
    item, group = daemon.plain_item(), str(uuid.uuid4())
    daemon.sql(f"INSERT INTO sale_name SELECT '{daemon.restaurant_id}', '{group}', '치즈 추가'; "
               f"INSERT INTO sale_option SELECT '{daemon.restaurant_id}', '{day}', '{item['id']}', '{group}', 4; "
               f"INSERT INTO sale_stop (restaurant_id, item_id, began_at, ended_at) SELECT '{daemon.restaurant_id}', "
               f"'{item['id']}', now() - interval '3 hours', now() - interval '100 minutes'; "
               f"INSERT INTO sale_hour SELECT (jsonb_populate_record(h, jsonb_build_object('business_day', business_day - 7, "
               f"'gross', gross + 900, 'voids', voids + 100))).* FROM sale_hour h WHERE business_day = '{day}'")
    week = datetime.date.fromisoformat(day) - datetime.timedelta(days=7)
    compared = f"from={day}&to={day}&against={week}"
    for query in (compared, f"{compared}&until=04:59", f"from={day}&to={day}",
                  f"from={week}&to={day}&against={week}", f"from={week}&to={day}", "from=2024-02-29&to=2024-02-29",
                  f"from=2024-02-28&to=2024-03-01&against={week}"):
        found = daemon.call("GET", f"{ME}/analytics?{query}")
        headers, content = workbook(daemon, query)
        equal(headers["Content-Disposition"], f'attachment; filename="sales-{found["from"]}-{found["to"]}.xlsx"')
        book = compare(content, found, query)
        if query == compared:
            money, share, date = book["메뉴"]["C2"], book["요약"]["E8"], book["날짜별"]["F2"]
            assert money.number_format.startswith("[$₩-412]"), money.number_format
            equal((share.number_format, date.number_format), ("0.0%", "yyyy\\-mm\\-dd"))
        for sheet in book:
            assert sheet.freeze_panes.startswith("B"), (sheet.title, sheet.freeze_panes)
            equal((sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.paperSize),
                  (0, True, 9), sheet.title)


@case
def what_people_wrote(daemon):
    """Names that are formulas, codes, XML or long are text in the workbook, and so is the shop's own."""
    day, shop = today(daemon), daemon.call("GET", ME)
    names = ['=1+1', '+cmd|"calc"', "@SUM(A1)", "-2", "_x0041_", "<b>&amp;\"'", "\u202etxt", " 끝 ", "=", "{=1}", "#REF!", "TRUE",
             "2026-01-01", "\x01\x0b\ufffe"]
    shown = {"\x01\x0b\ufffe": "\ufffd" * 3, "가" * 20000: "가" * 16000, "😀" * 40000: "😀" * 16000}
    daemon.call("PATCH", ME, {"name": "&B&\"Arial\"=1+1 &&"})
    for name, times in [(name, 1) for name in names] + [("가", 20000), ("😀", 40000)]:
        letters = "".join(f"\\+{ord(letter):06x}" for letter in name)
        daemon.sql(f"UPDATE sale_name SET name = repeat(U&'{letters}', {times}) WHERE id IN (SELECT option_id FROM sale_option)")
        found = daemon.call("GET", f"{ME}/analytics?from={day}&to={day}")
        equal(found["options"][0]["name"], name * times)
        found["options"][0]["name"] = shown.get(name * times, name * times)
        _, content = workbook(daemon, f"from={day}&to={day}")
        book = compare(content, found, repr(name))
        equal({book[sheet]["A2"].data_type for sheet in ("메뉴", "옵션")}, {"s"})
        equal(book["요약"]["A1"].value, "&B&\"Arial\"=1+1 &&")
        head = ElementTree.fromstring(part_of(content, "worksheets/sheet1")).find(".//{*}oddHeader").text
        equal(head, f'&L&&B&&"Arial"=1+1 &&&& · {day} – {day}&R&A')
        equal(b"_x005F_x0041_" in part_of(content, "sharedStrings"), name == "_x0041_", "a code that programs would read")
    daemon.call("PATCH", ME, {"name": shop["name"]})
    daemon.sql("DELETE FROM sale_option; DELETE FROM sale_stop")


@case
def in_english(daemon):
    """The same sheets in the other language; one that there is not is refused."""
    day = today(daemon)
    book = openpyxl.load_workbook(io.BytesIO(workbook(daemon, f"from={day}&to={day}&against={day}&language=en")[1]))
    equal(len(book.sheetnames), len(ORDER))
    shop = book["Summary"]["A1"].value
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row} | set(book.sheetnames)
    equal([word for word in words - {shop} if any("가" <= letter <= "힣" for letter in word)], [])
    for query in ("", f"from={day}", f"from={day}&to={day}&language=fr", f"from={day}&to={day}&part=days",
                  f"from={day}&to={day}&language="):
        try:
            daemon.call("GET", f"{ME}/analytics/xlsx?{query}")
        except Refused as refusal:
            equal((refusal.status, refusal.code), (400, "INVALID_REQUEST"), query)
        else:
            raise AssertionError(f"{query} was answered")


@case
def sold_out(daemon):
    """Minutes for which a dish was marked, while the shop was open; a mark that ends by itself has ended."""
    item = daemon.plain_item()

    def minutes():
        days = [datetime.date.fromisoformat(today(daemon)) - datetime.timedelta(days=n) for n in (2, 0)]
        rows = daemon.call("GET", f"{ME}/analytics?from={days[0]}&to={days[1]}")["sold_out"]
        return next((row["minutes"] for row in rows if row["item_id"] == item["id"]), 0)

    equal(minutes(), 0)
    daemon.call("POST", f"{ME}/menu/items/{item['id']}/sold-out")
    daemon.sql("UPDATE sale_stop SET began_at = began_at - interval '90 minutes'")
    daemon.call("POST", f"{ME}/menu/items/{item['id']}/available")
    daemon.call("POST", f"{ME}/menu/items/{item['id']}/available")
    equal(minutes(), 90)
    daemon.call("POST", f"{ME}/menu/items/{item['id']}/sold-out", {"until": "TODAY"})
    daemon.sql("UPDATE sale_stop SET began_at = began_at - interval '10 hours', until_at = now() - interval '9 hours' "
               "WHERE ended_at IS NULL")
    equal(minutes(), 150)
    daemon.call("POST", f"{ME}/menu/items/{item['id']}/available")
    equal(minutes(), 150)
    daemon.sql(f"INSERT INTO shop_hours VALUES ('{daemon.restaurant_id}', 1, 0, 1)")
    assert minutes() <= 1, minutes()


@case
def what_is_refused(daemon):
    """Days that are none, too many of them, and clocks that are none."""
    for query in ("", "?from=2026-01-01", "?from=2026-02-30&to=2026-03-01", "?from=2026-01-02&to=2026-01-01",
                  "?from=2024-01-01&to=2026-01-02", "?from=2026-01-01&to=2026-01-01&until=24:00",
                  "?from=2026-01-01&to=2026-01-01&against=yesterday", "?from=2026-01-01&to=2026-01-01&x=1"):
        try:
            daemon.call("GET", f"{ME}/analytics{query}")
        except Refused as refusal:
            equal((refusal.status, refusal.code), (400, "INVALID_REQUEST"), query)
        else:
            raise AssertionError(f"{query} was answered")
    daemon.call("GET", f"{ME}/analytics?from=2024-01-01&to=2025-12-31&against=2022-01-01&until=23:59")


def findings(daemon, day):
    return daemon.call("GET", f"{ME}/analytics/findings?day={day}")


@case
def what_was_odd(daemon):
    """A day with half its sales is found, with what sold less; ordinary ones are not; a verdict is kept."""
    now = datetime.date.fromisoformat(today(daemon))
    shop, item = daemon.restaurant_id, daemon.plain_item()["id"]
    days = [(n, now - datetime.timedelta(days=n)) for n in range(1, 71)]
    for n, day in days:
        orders = (40, 42, 45, 50, 65, 75, 30)[day.weekday()] + n % 3
        orders = orders // 2 if n == 1 else orders
        daemon.sql(f"INSERT INTO sale_hour SELECT '{shop}', '{day}', 12, 'COUNTER', 'TAKEOUT', {orders}, 0, {orders}, {orders}, "
                   f"{orders}, {orders * 9000}, 0, 0, 0, 0, 0, 0, 0, 0; "
                   f"INSERT INTO sale_item SELECT '{shop}', '{day}', '{item}', {orders}, {orders * 9000}")
    found = findings(daemon, days[0][1])
    equal([(one["kind"], one["useful"]) for one in found["findings"]], [("SALES_LOW", None)])
    low = found["findings"][0]
    assert low["observed"] < low["low"] < low["expected"] < low["high"], low
    equal([one["item_id"] for one in low["items"]], [item])
    assert low["items"][0]["sales"] < low["items"][0]["usual"] * 0.6, low
    equal(found["sales"]["expected"], low["expected"])
    for _, day in days[1:30]:
        equal(findings(daemon, day)["findings"], [], str(day))
    verdict = {"day": str(days[0][1]), "kind": "SALES_LOW", "subject": ""}
    for useful in (True, False, None):
        daemon.call("PUT", f"{ME}/analytics/findings", {**verdict, "useful": useful})
        equal(findings(daemon, days[0][1])["findings"][0]["useful"], useful)
    equal((findings(daemon, now)["over"], findings(daemon, now)["findings"]), (False, []))
    equal(findings(daemon, days[-1][1])["sales"], None, "nothing is known before")


@case
def who_gave_back(daemon):
    """Twelve refunds of forty sales by one person are found, and who it was; three are not."""
    day = str(datetime.date.fromisoformat(today(daemon)) - datetime.timedelta(days=2))
    for n in range(40):
        order = sell(daemon, 1)
        paid = daemon.call("POST", "/payments", {"method": "CASH", "amount": 1000, "received": 1000,
                                                 "check_id": order["check_id"]}, key=str(uuid.uuid4()))
        if n < 12:
            daemon.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 100, "reason": "시험"}, key=str(uuid.uuid4()))
    for refunds, wanted in ((3, []), (12, ["REFUNDS_HIGH"])):
        daemon.sql(f"UPDATE payment SET business_day = '{day}'; UPDATE refund SET business_day = '{day}' WHERE id IN "
                   f"(SELECT id FROM refund ORDER BY id DESC LIMIT {refunds})")
        daemon.ctl("analytics", "rebuild")
        found = findings(daemon, day)["findings"]
        equal([one["kind"] for one in found], wanted)
    equal((found[0]["observed"], found[0]["name"]), (12, "staff"))
    assert found[0]["subject"].startswith("user:"), found
    daemon.sql("UPDATE refund SET actor = 'system:saga'")
    daemon.ctl("analytics", "rebuild")
    equal(findings(daemon, day)["findings"], [], "nobody gave these back")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        daemon.contract = Contract()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
