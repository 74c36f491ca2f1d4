#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Reports as PDF: figure by figure what the sales page says, read back by another program."""

import datetime
import os
import subprocess
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(ROOT, "tests", "data", "menu-bunsik.csv")
ME = "/restaurants/me"
# Names, and how they begin on paper.
HOSTILE = {"=cmd|'calc'</span>": "=cmd|'", "\u202e튀김 \u2066%s": "튀김", "가" * 60: "가가"}


def view(daemon, day, days=1):
    start = datetime.date.fromisoformat(day)
    until, week = start + datetime.timedelta(days=days - 1), start - datetime.timedelta(days=7)
    return daemon.call("GET", f"{ME}/analytics?from={day}&to={until}&against={week}")


def today(daemon):
    return view(daemon, "2026-01-01")["today"]


def settle(daemon):
    wait_for("all news", lambda: daemon.sql(
        "SELECT count(*) FROM feed_head h LEFT JOIN sale_position p USING (restaurant_id, epoch) WHERE p.seq IS DISTINCT "
        "FROM h.last_seq OR EXISTS (SELECT FROM outbox)").split()[2] == "0", timeout=20)


def fetch(daemon, query):
    status, headers, content = daemon.raw("GET", f"/api/v1{ME}/reports/{query}",
                                          headers={"Authorization": f"Bearer {daemon.token}"})
    equal(status, 200, content[:200])
    equal(headers["Content-Type"], "application/pdf")
    return headers, content


def read(content, pages=None):
    """The text of a PDF."""
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    if pages is not None:
        equal(text.count("\f"), pages, "pages")
    return text


def has(text, *wanted):
    """Whether these stand in one line, in their order."""
    for line in text.splitlines():
        at = 0
        for word in wanted:
            at = line.find(word, at) + len(word) if line.find(word, at) >= 0 else -1
            if at < 0:
                break
        else:
            return
    raise AssertionError(f"{wanted} in no line of\n{text}")


def won(amount):
    return f"{'−' if amount < 0 else ''}{abs(amount):,}원"


def sell(daemon):
    """Sales, a refund and an order that was refused."""
    item = daemon.plain_item()
    for n in range(8):
        order = daemon.place(daemon.order_body([{"menu_item_id": item["id"], "quantity": n % 3 + 1}],
                                               type=("TAKEOUT", "DINE_IN")[n % 2]))
        if n == 7:
            daemon.act(order["id"], "reject", {"reason": "재료 없음"})
            continue
        paid = daemon.call("POST", "/payments", {"method": "CASH", "amount": order["total_amount"],
                                                 "received": order["total_amount"], "check_id": order["check_id"]},
                           key=str(uuid.uuid4()))
        if n == 3:
            daemon.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 1200, "reason": "시험"}, key=str(uuid.uuid4()))
    settle(daemon)


def look(text, found):
    """Every figure of the sales page, on paper."""
    total = found["totals"]
    has(text, won(total["sales"]), f"{total['orders']}건", won(total["average"]))
    has(text, "받은 돈", won(total["taken"]))
    has(text, "환불", f"{total['refund_count']}건", won(-total["refunds"]))
    has(text, "수수료", won(-total["fees"]))
    has(text, "남은 돈", won(total["net"]))
    has(text, "할인과 서비스", won(-total["discounts"] - total["comps"]))
    has(text, "손님", f"{total['guests']}명")
    has(text, "취소율", f"{total['canceled']}건", f"{total['canceled'] / total['placed'] * 100:.1f}%")
    for item in found["items"][:6]:
        has(text, item["name"], f"{item['quantity']}개", won(item["sales"]))
    for tender in found["tenders"]:
        has(text, "현금", f"{tender['count']}건", won(tender["amount"]))
    has(text, "카운터", f"{found['channels'][0]['orders']}건", won(found["channels"][0]["sales"]))


@case
def the_day(daemon):
    """One page, its name, and each figure as the sales page has it."""
    sell(daemon)
    day = today(daemon)
    headers, content = fetch(daemon, f"daily?day={day}")
    equal(headers["Content-Disposition"], f'inline; filename="ordersync-{day}-daily.pdf"')
    text = read(content, pages=1)
    found = view(daemon, day)
    assert found["totals"]["refunds"] == 1200 and found["totals"]["canceled"] == 1, found["totals"]
    look(text, found)
    fonts = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts), fonts
    info = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "하루 보고서" in info and "A4" in info, info


@case
def the_week(daemon):
    """Two pages whose days are those of the sales page, whichever of its days is asked for."""
    day = datetime.date.fromisoformat(today(daemon))
    monday = day - datetime.timedelta(days=day.weekday())
    for asked in (monday, monday + datetime.timedelta(days=6)):
        headers, content = fetch(daemon, f"weekly?week={asked}")
        equal(headers["Content-Disposition"], f'inline; filename="ordersync-{monday}-weekly.pdf"')
        text = read(content, pages=2)
        look(text, view(daemon, str(monday), 7))
    english = read(fetch(daemon, f"weekly?week={day}&language=en")[1], pages=2)
    has(english, "Weekly analysis")
    has(english, "What is left", f"₩{view(daemon, str(monday), 7)['totals']['net']:,}")


@case
def a_closed_day(daemon):
    text = read(fetch(daemon, "daily?day=2020-01-01")[1], pages=1)
    has(text, "이날은 매출이 없었어요")
    has(read(fetch(daemon, "weekly?week=2020-01-01&language=en")[1], pages=1), "There were no sales in this week")


@case
def any_name(daemon):
    """What a dish is called is text, and takes its place on one page."""
    day = today(daemon)
    item = daemon.plain_item()
    for name, wanted in HOSTILE.items():
        daemon.call("PATCH", f"{ME}/menu/items/{item['id']}", {"name": name})
        text = read(fetch(daemon, f"daily?day={day}")[1], pages=1)
        found = view(daemon, day)
        has(text, wanted, f"{found['items'][0]['quantity']}개", won(found["items"][0]["sales"]))
        look(text, {**found, "items": []})


@case
def what_is_refused(daemon):
    day = today(daemon)
    for query in ("daily", "daily?day=2026-02-30", "daily?week=2026-01-01", f"daily?day={day}&language=fr", "weekly",
                  f"weekly?day={day}", f"daily?day={day}&x=1"):
        try:
            daemon.call("GET", f"{ME}/reports/{query}")
        except Refused as refusal:
            equal((refusal.status, refusal.code), (400, "INVALID_REQUEST"), query)
        else:
            raise AssertionError(f"{query} was answered")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        daemon.contract = Contract()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
