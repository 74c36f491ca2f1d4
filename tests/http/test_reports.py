#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Reports as PDF: figure by figure what the sales page says, read back by another program; made by themselves and written
into a folder whatever dies or is away."""

import base64
import datetime
import os
import random
import re
import signal
import subprocess
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_messages import Messages  # noqa: E402
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


# ---- by itself ----

REPORTS, SETUP = f"{ME}/reports", f"{ME}/report-setup"


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def back(daemon, days):
    return str(datetime.date.fromisoformat(today(daemon)) - datetime.timedelta(days=days))


def folder_of(daemon):
    folder = os.path.join(os.path.dirname(daemon.data_dir), "보고서")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o777)  # the daemon may run as another user than the test
    return folder


def ways(daemon, day, kind="DAILY"):
    """{target: (status, problem)} of the report of @day; None when there is none."""
    report = next((one for one in daemon.call("GET", f"{REPORTS}?limit=100")["reports"] if (one["kind"], one["day"]) == (kind, day)), None)
    return report and {one["target"]: (one["status"], one["problem"]) for one in report["deliveries"]}


def hurry(daemon):
    daemon.sql("UPDATE report_delivery SET next_at = now() WHERE next_at IS NOT NULL")


@case
def setting_up(daemon):
    """Hours and a folder are read, changed by version; nonsense and folders that are none are refused by their place."""
    first = daemon.call("GET", SETUP)
    equal(first, {"language": "ko", "daily": {"on": False, "at": "09:00"}, "weekly": {"on": False, "at": "09:00", "weekday": 1},
                  "folder": None, "addresses": [], "sender": None, "version": 0})
    folder = folder_of(daemon)
    kept = daemon.call("PUT", SETUP, {"daily": {"on": True, "at": "10:30"}, "weekly": {"weekday": 7}, "folder": folder + "/./"})
    equal((kept["daily"], kept["weekly"], kept["folder"], kept["version"]),
          ({"on": True, "at": "10:30"}, {"on": False, "at": "09:00", "weekday": 7}, folder, 1))
    equal(os.listdir(folder), [], "a trial was left")
    file = os.path.join(folder, "file")
    with open(file, "w", encoding="utf-8"):
        pass
    for body, pointer, code in (({"folder": "보고서"}, "/folder", "ABSOLUTE"), ({"folder": folder + "/no"}, "/folder", "FOLDER_GONE"),
                                ({"folder": file}, "/folder", "FOLDER_GONE"), ({"folder": "/proc"}, "/folder", None),
                                ({"folder": ""}, "/folder", None), ({"daily": {"at": "24:00"}}, "/daily/at", "FORMAT"),
                                ({"weekly": {"weekday": 8}}, "/weekly/weekday", None), ({"language": "fr"}, "/language", None),
                                ({"daily": {"weekday": 1}}, "/daily/weekday", None), ({"monthly": {}}, "/monthly", None),
                                ({"addresses": ["a@example.com"]}, "/addresses", "NO_SENDER")):
        refusal = refused(daemon.call, "PUT", SETUP, body)
        equal((refusal.status, refusal.body["errors"][0]["pointer"]), (400, pointer), body)
        assert code in (None, refusal.body["errors"][0]["code"]), refusal.body
    os.unlink(file)
    equal(refused(daemon.call, "PUT", SETUP, {}, headers={"If-Match": '"7"'}).code, "VERSION_CONFLICT")
    equal(daemon.call("GET", SETUP), kept, "what was refused changed nothing")


@case
def at_its_hour(daemon):
    """What is due is made by itself, once; what was missed is listed; the language is that of the set-up."""
    daemon.call("PUT", SETUP, {"daily": {"on": False}})  # before half past ten yesterday's would be due
    daemon.call("PUT", SETUP, {"daily": {"on": True, "at": "00:00"}, "language": "en"})
    equal(daemon.call("GET", REPORTS)["reports"], [], "it begins with the next one")
    daemon.sql(f"UPDATE report_setup SET daily_since = '{back(daemon, 3)}'")
    yesterday = back(daemon, 1)
    wait_for("the file", lambda: (ways(daemon, yesterday) or {}).get("FOLDER") == ("SENT", None), timeout=30)
    equal([(one["day"], one["made_at"] is None) for one in daemon.call("GET", REPORTS)["reports"]],
          [(back(daemon, n), n > 1) for n in (1, 2, 3)])
    equal(os.listdir(folder_of(daemon)), [f"ordersync-{yesterday}-daily.pdf"])
    with open(os.path.join(folder_of(daemon), os.listdir(folder_of(daemon))[0]), "rb") as file:
        has(read(file.read(), pages=1), "There were no sales on this day")
    english = read(fetch(daemon, f"daily?day={today(daemon)}")[1], pages=1)
    has(english, "Daily report")
    daemon.call("PUT", SETUP, {"language": "ko"})
    has(read(fetch(daemon, f"daily?day={today(daemon)}")[1], pages=1), "하루 보고서")


@case
def one_now(daemon):
    """Any days that are over, again and again; those that are not are refused."""
    monday = datetime.date.fromisoformat(back(daemon, 14))
    monday -= datetime.timedelta(days=monday.weekday())
    made = daemon.call("POST", REPORTS, {"kind": "WEEKLY", "day": str(monday + datetime.timedelta(days=3))})
    equal((made["kind"], made["day"], made["deliveries"][0]["status"]), ("WEEKLY", str(monday), "WAITING"))
    wait_for("the file", lambda: ways(daemon, str(monday), "WEEKLY") == {"FOLDER": ("SENT", None)})
    path = os.path.join(folder_of(daemon), f"ordersync-{monday}-weekly.pdf")
    os.unlink(path)
    equal(daemon.call("POST", REPORTS, {"kind": "WEEKLY", "day": str(monday)})["id"], made["id"])
    wait_for("the file anew", lambda: os.path.exists(path))
    for body, status in (({"kind": "DAILY", "day": today(daemon)}, 409), ({"kind": "WEEKLY", "day": today(daemon)}, 409),
                         ({"kind": "YEARLY", "day": back(daemon, 1)}, 400), ({"kind": "DAILY", "day": "2026-02-30"}, 400),
                         ({"kind": "DAILY"}, 400)):
        equal(refused(daemon.call, "POST", REPORTS, body).status, status, body)


@case
def a_folder_that_is_away(daemon):
    """It is tried again, with the reason shown, and arrives when the folder is back; without a folder it is given up."""
    folder, day = folder_of(daemon), back(daemon, 5)
    os.rename(folder, folder + "2")
    daemon.call("POST", REPORTS, {"kind": "DAILY", "day": day})
    wait_for("a try", lambda: ways(daemon, day) == {"FOLDER": ("RETRY", "FOLDER_GONE")})
    os.rename(folder + "2", folder)
    hurry(daemon)
    wait_for("the file", lambda: ways(daemon, day) == {"FOLDER": ("SENT", None)}, timeout=30)
    os.rename(folder, folder + "2")
    daemon.call("POST", REPORTS, {"kind": "DAILY", "day": day})
    wait_for("a try", lambda: ways(daemon, day) == {"FOLDER": ("RETRY", "FOLDER_GONE")})
    daemon.call("PUT", SETUP, {"folder": None})
    hurry(daemon)
    wait_for("the end", lambda: ways(daemon, day) == {"FOLDER": ("DEAD", "NO_FOLDER")}, timeout=30)
    os.rename(folder + "2", folder)
    daemon.call("PUT", SETUP, {"folder": folder})


@case
def killed(daemon):
    """Whenever the daemon dies, each report is there once, whole, and nothing else lies in the folder."""
    rng = random.Random(int(os.environ.get("OSY_SEED", "7")))
    days = [back(daemon, n) for n in range(20, 26)]
    for day in days:
        daemon.call("POST", REPORTS, {"kind": "DAILY", "day": day})
        time.sleep(rng.random() * 0.15)  # a moment between making and writing, or any other
        daemon.process.send_signal(signal.SIGKILL)
        daemon.process.wait(timeout=20)
        daemon.start()
        daemon.login()
    hurry(daemon)
    wait_for("all of them", lambda: all(ways(daemon, day) == {"FOLDER": ("SENT", None)} for day in days), timeout=60)
    names = os.listdir(folder_of(daemon))
    equal([name for name in names if name.startswith(".")], [])
    for day in days:
        with open(os.path.join(folder_of(daemon), f"ordersync-{day}-daily.pdf"), "rb") as file:
            read(file.read(), pages=1)
    equal(daemon.sql("SELECT count(*) FROM report GROUP BY kind, day HAVING count(*) > 1").count("\n 2"), 0)
    assert daemon.ctl("check").stdout == "", daemon.ctl("check").stdout


# ---- by e-mail ----

PEOPLE = ["owner@example.com", "accountant@example.com"]


def mails(daemon, day):
    return [one for one in daemon.messages.taken("sendgrid") if one.get("filename") == f"ordersync-{day}-daily.pdf"]


def send(daemon, day):
    daemon.call("POST", REPORTS, {"kind": "DAILY", "day": day})


@case
def by_mail(daemon):
    """To everybody by itself, by the account of the alerts, with the page attached; addresses are sealed."""
    daemon.call("POST", f"{ME}/alert-targets", {"channel": "EMAIL", "name": "사장", "address": "alerts@example.com",
                                                "from": "shop@example.com", "key": "SG.simulated-key-of-sendgrid"})
    for bad in (["nobody"], ["a@b.c\nd@e.f"], ["a b@example.com"], PEOPLE * 11, "a@example.com"):
        equal(refused(daemon.call, "PUT", SETUP, {"addresses": bad}).status, 400, bad)
    kept = daemon.call("PUT", SETUP, {"addresses": PEOPLE})
    equal((kept["addresses"], kept["sender"]), (PEOPLE, "shop@example.com"))
    equal(daemon.call("PUT", SETUP, {"language": "ko"})["addresses"], PEOPLE)
    dump = subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d", "ordersync",
                           "-t", "report*"], capture_output=True, check=True).stdout
    assert PEOPLE[0].encode() not in dump
    day = today(daemon)
    yesterday = back(daemon, 1)
    daemon.sql(f"UPDATE sale_hour SET business_day = '{yesterday}'; UPDATE sale_item SET business_day = '{yesterday}'; "
               f"UPDATE sale_tender SET business_day = '{yesterday}'; UPDATE sale_prep SET business_day = '{yesterday}'; "
               f"UPDATE sale_money SET business_day = '{yesterday}'")
    send(daemon, yesterday)
    wait_for("the mail", lambda: ways(daemon, yesterday) == {"EMAIL": ("SENT", None), "FOLDER": ("SENT", None)}, timeout=30)
    one, = mails(daemon, yesterday)
    equal(one["all"], PEOPLE)
    assert one["subject"].startswith("[소담분식] 하루 보고서 · "), one["subject"]
    content = base64.b64decode(one["file"], validate=True)
    found = view(daemon, yesterday)
    assert found["totals"]["sales"] > 0, (day, found["totals"])
    look(read(content, pages=1), {**found, "items": []})
    with open(os.path.join(folder_of(daemon), one["filename"]), "rb") as file:
        equal(read(file.read()), read(content), "folder and mail")
    assert won(found["totals"]["sales"]) in one["text"] and "1. " in one["text"], one["text"]
    equal(daemon.messages.violations(), [])


def counted(daemon):
    """What the metrics say of reports."""
    return {name: int(n) for name, n in re.findall(r'^ordersync_reports_total{outcome="(\w+)"} (\d+)$',
                                                   daemon.raw("GET", "/metrics")[2].decode(), re.M)}


def part_of(daemon):
    """What the page of how it is doing says of reports."""
    return next(one for one in daemon.call("GET", f"{ME}/health")["parts"] if one["part"] == "REPORTS")


@case
def mail_that_fails(daemon):
    """What SendGrid cannot take now is tried again, what it refuses is shown as dead; nothing is sent twice."""
    sim = daemon.messages
    day = back(daemon, 30)
    for fault, problem in (("status:503", "HTTP_503"), ("drop-before", "NO_ANSWER"), ("status:429", "HTTP_429")):
        sim.fault("sendgrid", fault)
        before = len(mails(daemon, day))
        send(daemon, day)
        wait_for("a try", lambda: ways(daemon, day)["EMAIL"][0] == "RETRY", timeout=30)
        assert ways(daemon, day)["EMAIL"][1] in (problem, "UNREACHABLE"), ways(daemon, day)
        hurry(daemon)
        wait_for("the mail", lambda: ways(daemon, day)["EMAIL"] == ("SENT", None), timeout=30)
        equal(len(mails(daemon, day)), before + 1)
    wait_for("both ways", lambda: ways(daemon, day) == {"EMAIL": ("SENT", None), "FOLDER": ("SENT", None)}, timeout=30)
    before, known = counted(daemon), part_of(daemon)
    equal((known["waiting"], known["state"]), (0, "BAD" if known["failed"] else "GOOD"))
    sim.fault("sendgrid", "status:403")
    send(daemon, day)
    wait_for("the refusal", lambda: ways(daemon, day) == {"EMAIL": ("DEAD", "HTTP_403"), "FOLDER": ("SENT", None)}, timeout=30)
    wait_for("the figures", lambda: counted(daemon) == {name: n + 1 for name, n in before.items()})
    equal((sorted(before), part_of(daemon)), (["FAILED", "MADE", "SENT"],
                                              {"part": "REPORTS", "state": "BAD", "waiting": 0, "failed": known["failed"] + 1}))
    targets = [one["id"] for one in daemon.call("GET", f"{ME}/alert-targets")["targets"] if one["channel"] == "EMAIL"]
    for one in targets:
        daemon.call("DELETE", f"{ME}/alert-targets/{one}")
    equal(daemon.call("GET", SETUP)["sender"], None)
    send(daemon, day)
    wait_for("the end", lambda: ways(daemon, day)["EMAIL"] == ("DEAD", "NO_SENDER"), timeout=30)
    equal(daemon.call("PUT", SETUP, {"addresses": []})["addresses"], [])
    equal(sim.violations(), [])


@case
def killed_while_it_mails(daemon):
    """A daemon that dies with a mail on its way sends it again, under its old id; who has its answer sends no other."""
    sim = daemon.messages
    daemon.call("POST", f"{ME}/alert-targets", {"channel": "EMAIL", "name": "사장", "address": "alerts@example.com",
                                                "from": "shop@example.com", "key": "SG.simulated-key-of-sendgrid"})
    daemon.call("PUT", SETUP, {"addresses": PEOPLE[:1]})
    day = back(daemon, 31)
    sim.fault("sendgrid", "hold")
    arrived = sim.requests("sendgrid")
    send(daemon, day)
    wait_for("the call", lambda: sim.requests("sendgrid") > arrived, timeout=30)
    daemon.process.send_signal(signal.SIGKILL)
    daemon.process.wait(timeout=20)
    daemon.start()
    daemon.login()
    equal(ways(daemon, day)["EMAIL"], ("WAITING", None))
    hurry(daemon)
    wait_for("the mail", lambda: ways(daemon, day)["EMAIL"] == ("SENT", None), timeout=30)
    equal(len({one["delivery"] for one in mails(daemon, day)}), 1, "ids")


def main():
    build = sys.argv[1]
    with Messages(os.path.join(build, "src", "sim", "ordersync-sim")) as sim, Daemon(build) as daemon:
        daemon.messages = sim
        daemon.extra = ["--sendgrid-base-url", sim.url]
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        daemon.contract = Contract()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
