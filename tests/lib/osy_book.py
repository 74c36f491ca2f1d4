# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Reads the spreadsheet of the sales back and compares every cell of it with what the view says."""

import datetime
import io

import openpyxl
from tap import equal

FIGURES = {"매출": "sales", "주문": "orders", "계산서": "checks", "한 건 평균": "average", "손님 수": "guests",
           "주문받은 금액": "gross", "취소한 메뉴": "voids", "서비스": "comps", "할인": "discounts", "봉사료": "service",
           "면세 매출": "tax_free", "받은 돈": "taken", "환불": "refunds", "환불 건수": "refund_count",
           "결제 수수료": "fees", "환불과 수수료를 뺀 금액": "net", "들어온 주문": "placed", "취소된 주문": "canceled",
           "조리가 끝난 주문": "prep_orders", "조리 시간 합계": "prep_seconds", "늦은 주문": "late_orders"}
WORDS = {"COUNTER": "카운터", "WEB": "웹", "PHONE": "전화", "PLATFORM": "배달앱", "DINE_IN": "매장", "TAKEOUT": "포장",
         "DELIVERY": "배달", "CASH": "현금", "CARD_TERMINAL": "카드", "TOSS": "토스", "VIRTUAL_ACCOUNT": "계좌이체"}
WEEKDAYS = "월화수목금토일"
SHEETS = {  # sheet: part, head of each member, those that are summed up
    "시간대별": ("hours", {"hour": "시간", "sales": "매출", "orders": "주문", "against_sales": "비교 매출",
                       "against_orders": "비교 주문"}),
    "메뉴": ("items", {"name": "메뉴", "quantity": "수량", "sales": "매출"}),
    "주문 경로": ("channels", {"channel": "주문 경로", "sales": "매출", "orders": "주문", "fee": "결제 수수료"}),
    "주문 종류": ("types", {"type": "주문 종류", "sales": "매출", "orders": "주문"}),
    "결제 수단": ("tenders", {"tender": "결제 수단", "amount": "받은 돈", "count": "건수"}),
    "조리 시간": ("prep", {"from_seconds": "걸린 시간 (부터)", "orders": "주문"}),
    "품절": ("sold_out", {"name": "메뉴", "minutes": "품절된 시간"}),
}
ORDER = ["요약", "시간대별", "날짜별", "메뉴", "옵션", "주문 경로", "주문 종류", "결제 수단", "조리 시간", "품절",
         "요일과 시간"]
NOTHING = ["이 기간에는 없어요"]


def plain(cell):
    """What a cell holds; a while in seconds."""
    assert cell.data_type != "f", f"{cell.coordinate} is the formula {cell.value}"
    value = cell.value
    if isinstance(value, datetime.timedelta):
        return round(value.total_seconds())
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, float):
        return round(value, 6)
    return value


def rows_of(sheet):
    """Rows with what they hold, without what is empty at their ends."""
    rows = []
    for row in sheet.iter_rows():
        cells = [plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def day(text):
    return datetime.datetime.fromisoformat(text)


def same(got, wanted, what):
    """Row by row, so that what differs is seen in a sheet of hundreds."""
    for n, (one, other) in enumerate(zip(got, wanted), 1):
        equal(one, other, f"row {n} of {what}")
    equal(len(got), len(wanted), f"rows of {what}")


def share(part, whole):
    return round(part / whole, 6) if whole else None


def trimmed(row):
    row = list(row)
    while row and row[-1] is None:
        row.pop()
    return row


def list_rows(part, heads, said, compared):
    names = [name for name in heads if compared or not name.startswith("against_")]
    factor = {"minutes": 60, "from_seconds": 1 / 60}
    rows = [[heads[name] for name in names]]
    for one in said[part]:
        rows.append([WORDS.get(one[name], one[name]) if name in ("channel", "type", "tender")
                     else one[name] * factor.get(name, 1) if isinstance(one[name], int) else one[name] for name in names])
    sums = [sum(one[name] for one in said[part]) * factor.get(name, 1) for name in names[1:]]
    return rows + ([["합계", *sums]] if said[part] else [NOTHING])


def day_rows(said, compared):
    heads = ["날짜", "요일", "매출", "주문", "손님"]
    rows = [heads + ([f"비교 {head}" for head in heads] if compared else [])]
    sides = [("days", said["from"])] + ([("against_days", said["against"])] if compared else [])
    days = [{(day(one["day"]) - day(first)).days: one for one in said[part]} for part, first in sides]

    def cells(one):
        if one is None:
            return [None] * 5
        return [day(one["day"]), WEEKDAYS[day(one["day"]).weekday()], one["sales"], one["orders"], one["guests"]]
    for n in sorted({n for side in days for n in side}):
        rows.append(trimmed(cell for side in days for cell in cells(side.get(n))))
    sums = [[None if i == 1 else "합계" if side == 0 else None for i in range(2)] + [
        sum(one[name] for one in entries.values()) for name in ("sales", "orders", "guests")]
        for side, entries in enumerate(days)]
    return rows + ([[cell for side in sums for cell in side]] if any(days) else [NOTHING])


def mean(won, days):
    """To the nearest won; what was given free after its day may leave less than nothing."""
    return None if not days else (abs(won) + days // 2) // days * (-1 if won < 0 else 1)


def heat_rows(said):
    cells = {(one["weekday"], one["hour"]): one for one in said["heat"]}
    hours = [one["hour"] for one in said["hours"] if any(hour == one["hour"] for _, hour in cells)]
    open_days = [next((one["days"] for one in said["heat"] if one["weekday"] == n), 0) for n in range(1, 8)]
    rows = [["시간", *WEEKDAYS]]
    if not hours:
        return [*rows, NOTHING]
    rows.append(["영업한 날", *open_days])

    def grid(title, value):
        rows.extend([[], [title]])
        for hour in hours:
            rows.append(trimmed([hour] + [value(cells[n, hour], open_days[n - 1]) if (n, hour) in cells else None
                                          for n in range(1, 8)]))
    grid("매출", lambda one, days: one["sales"] or None)
    grid("하루 평균 매출", lambda one, days: mean(one["sales"], days) if one["sales"] else None)
    grid("주문", lambda one, days: one["orders"] or None)
    return rows


def summary_rows(said, compared):
    rows = [["항목", "이 기간"] + (["비교 기간", "차이", "증감"] if compared else [])]
    for head, name in FIGURES.items():
        now, then = said["totals"][name], said["against_totals"][name] if compared else 0
        rows.append(trimmed([head, now] + ([then, now - then, share(now - then, abs(then))] if compared else [])))
    return rows


def compare(content, said, where=""):
    """That @content, the workbook in Korean, says what @said, the view of the same days, says. Returns the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    compared = said["against"] is not None
    equal(book.sheetnames, ORDER, where)
    found = {name: rows_of(book[name]) for name in ORDER}
    head = next(i for i, row in enumerate(found["요약"]) if row[:1] == ["항목"])
    same(found["요약"][head:], summary_rows(said, compared), f"summary {where}")
    equal(found["요약"][1], ["기간", day(said["from"]), day(said["to"])], where)
    for name, (part, heads) in SHEETS.items():
        same(found[name], list_rows(part, heads, said, compared), f"{part} {where}")
    same(found["날짜별"], day_rows(said, compared), f"days {where}")
    same(found["요일과 시간"], heat_rows(said), f"heat {where}")
    names = {one["item_id"]: one["name"] for one in said["items"]}
    equal(found["옵션"], [["옵션", "메뉴", "함께 고른 수량", "팔린 수량", "비율"]] + (
        [trimmed([one["name"], names.get(one["item_id"]), one["count"], one["of"], share(one["count"], one["of"])])
         for one in said["options"]] or [NOTHING]), f"options {where}")
    return book
