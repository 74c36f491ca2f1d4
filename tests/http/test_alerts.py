#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Alerts of the running daemon, against the strict services they are sent to: each comes once, nothing
comes on a quiet day, what fails is tried again or shown, and nobody's own network is called."""

import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_messages import Messages  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

SETUP, TARGETS, ALERTS = "/restaurants/me/alert-setup", "/restaurants/me/alert-targets", "/restaurants/me/alerts"
MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
KEY = "0123456789abcdef0123456789abcdef"
SMS = {"channel": "SMS", "name": "사장님 전화", "address": "010-1234-5678", "from": "02-1234-5678", "user_id": "sodam",
       "key": "simulated-key-of-aligo"}

KAKAO = {**SMS, "channel": "ALIMTALK", "name": "사장님 카톡", "sender_key": "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567",
         "template_code": "TI_0001", "template": "[#{가게}] 알림\n#{내용}"}


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def alerts(daemon, kind):
    return [one for one in daemon.call("GET", ALERTS)["alerts"] if one["kind"] == kind]


def looks(daemon):
    _, _, body = daemon.raw("GET", "/metrics")
    return int(re.search(r"^ordersync_alert_looks_total (\d+)$", body.decode(), re.M).group(1))


def look_twice(daemon):
    """Until a look that began after this has ended: what is wrong by now was seen."""
    seen = looks(daemon) + 2
    wait_for("two looks", lambda: looks(daemon) >= seen, timeout=30)


def add_printer(daemon, problem="OFF", minutes=30):
    """One that stands still. Returns its id."""
    made = str(uuid.uuid4())
    daemon.sql("INSERT INTO printer (restaurant_id, id, name, transport, address, columns, mode, language, purposes, "
               f"drawer, created_at, version) VALUES ('{daemon.restaurant_id}', '{made}', '주방', 'NONE', '', 42, "
               "'RASTER', 'ko', '{}', false, now(), 1)")
    break_printer(daemon, made, problem, minutes)
    return made


def break_printer(daemon, printer, problem="OFF", minutes=30):
    value = f"'{problem}', problem_since = now() - interval '{minutes} minutes'" if problem else "NULL, problem_since = NULL"
    daemon.sql(f"UPDATE printer SET problem = {value} WHERE id = '{printer}'")


def place(daemon):
    item = next(item for category in daemon.menu()["categories"] for item in category["items"]
                if all(group["min"] == 0 for group in item["option_groups"]))
    return daemon.call("POST", "/orders", {
        "restaurant_id": daemon.restaurant_id, "type": "TAKEOUT", "channel": "COUNTER",
        "items": [{"menu_item_id": item["id"], "quantity": 1}], "payment": {"method": "LATER"}}, key=str(uuid.uuid4()))


@case
def the_services_are_strict(daemon):
    """What a real service refuses the simulated one refuses, and a signature is looked at"""
    sim = daemon.messages
    sim.sim("secrets", {"secret": "s" * 32})

    def post(path, body, secret="s" * 32, kind="application/json"):
        raw = json.dumps(body).encode()
        stamp = str(int(time.time()))
        sign = hmac.new(secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
        return sim.raw("POST", path, raw, {"Content-Type": kind, "X-OrderSync-Timestamp": stamp,
                                           "X-OrderSync-Signature": "v1=" + sign, "X-OrderSync-Delivery": "d"})[0]

    hook = "/services/T0/B0/x"
    equal(post(hook, {"text": "one"}), 200)
    equal([post(hook, {"text": "one"}, secret="wrong"), post(hook, {}), post(hook, {"text": "x", "colour": 1}),
           post(hook, {"text": "x"}, kind="text/plain"), post("/services/gone", {"text": "x"}),
           post(hook, {"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]})],
          [403, 400, 400, 400, 404, 400])
    good = {"routing_key": KEY, "event_action": "trigger", "dedup_key": "d",
            "payload": {"summary": "s", "source": "o", "severity": "info", "timestamp": "2026-01-01T00:00:00Z"}}
    equal(post("/v2/enqueue", good), 202)
    for bad in ({"routing_key": "short"}, {"event_action": "shout"}, {"payload": {**good["payload"], "severity": "bad"}},
                {"payload": {**good["payload"], "summary": "x" * 1025}}, {"more": 1}):
        equal(post("/v2/enqueue", {**good, **bad}), 400, bad)
    end = {"routing_key": KEY, "event_action": "resolve", "dedup_key": "d"}
    equal([post("/v2/enqueue", {**end, **bad}) for bad in ({"payload": good["payload"]}, {"dedup_key": ""}, {"routing_key": "x"})],
          [400] * 3)
    known = len(sim.violations())
    for event, faults in ((end, 0), (end, 1), ({**end, "dedup_key": "never"}, 2), (good, 3)):
        equal((post("/v2/enqueue", event), len(sim.violations()) - known), (202, faults), event)

    def text(**more):
        form = {"key": SMS["key"], "user_id": SMS["user_id"], "sender": "0212345678", "receiver": "01012345678", "msg": "x",
                "msg_type": "SMS", **more}
        return json.loads(sim.raw("POST", "/send/", urllib.parse.urlencode(form),
                                  {"Content-Type": "application/x-www-form-urlencoded"})[1])
    for bad in ({"msg": "🍢"}, {"msg": "가" * 46}, {"msg": ""}, {"msg_type": "LMS"}, {"title": "x"}, {"sender": "114"},
                {"receiver": "02-1"}, {"testmode": "Y"}, {"key": "x"}):
        assert int(text(**bad)["result_code"]) < 0, bad
    equal({type(text()["result_code"]) for _ in "12"}, {str, int})


@case
def setting_up(daemon):
    """Rules, limits and quiet hours are read, changed by version, and nonsense is refused by its place"""
    first = daemon.call("GET", SETUP)
    equal((first["version"], first["quiet"], first["language"]), (0, None, "ko"))
    assert "SCREEN" in first["rules"]["PRINTER"]["channels"]
    equal(first["limits"]["messages_per_hour"], 10)
    daemon.call("PUT", SETUP, {"limits": {"messages_per_hour": 1000}})  # no case here waits for an hour
    kept = daemon.call("PUT", SETUP, {"quiet": {"from": "22:00", "until": "08:00"}, "limits": {"late_orders": 2},
                                      "rules": {"OUTAGE": {"pierces": True}}})
    equal((kept["quiet"], kept["limits"]["late_orders"], kept["rules"]["OUTAGE"]["pierces"], kept["version"]),
          ({"from": "22:00", "until": "08:00", "then": "DIGEST"}, 2, True, 2))
    for body, pointer in (({"quiet": {"from": "25:00", "until": "08:00"}}, "/quiet/from"),
                          ({"quiet": {"from": "08:00", "until": "08:00"}}, "/quiet/until"),
                          ({"rules": {"PRINTER": {"channels": ["FAX"]}}}, "/rules/PRINTER/channels"),
                          ({"limits": {"late_minutes": 0}}, "/limits/late_minutes"),
                          ({"limits": {"messages_per_hour": 0}}, "/limits/messages_per_hour"), ({"rules": {"TEST": {}}}, "/rules/TEST")):
        refusal = refused(daemon.call, "PUT", SETUP, body)
        equal((refusal.status, refusal.body["errors"][0]["pointer"]), (400, pointer), body)
    equal(refused(daemon.call, "PUT", SETUP, {}, headers={"If-Match": '"7"'}).code, "VERSION_CONFLICT")
    equal(daemon.call("PUT", SETUP, {"quiet": None})["quiet"], None)


@case
def targets(daemon):
    """Who is told is sealed: a webhook's path and keys are told once and never again"""
    hook = daemon.messages.url + "/services/T1/B1/secret-path"
    made = daemon.call("POST", TARGETS, {"channel": "SLACK", "name": "가게 방", "address": hook})
    pager = daemon.call("POST", TARGETS, {"channel": "PAGERDUTY", "name": "당번", "key": KEY,
                                          "address": daemon.messages.url + "/v2/enqueue"})
    for one in (made, pager):
        daemon.messages.sim("secrets", {"secret": one["secret"]})
    listed = daemon.call("GET", TARGETS)["targets"]
    equal([(one["name"], one["address"]) for one in listed], [("가게 방", "127.0.0.1/…"), ("당번", "127.0.0.1/…")])
    assert all("secret" not in one and "key" not in one for one in listed)
    dump = subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
                           "ordersync", "-t", "alert*"], capture_output=True, check=True).stdout
    for word in ("secret-path", KEY, "당번", made["secret"]):
        assert word.encode() not in dump, word
    for body in ({"channel": "SLACK", "name": "x", "address": "ftp://a.example/"}, {"channel": "SCREEN", "name": "x"},
                 {"channel": "PAGERDUTY", "name": "x", "key": "short"}):
        equal(refused(daemon.call, "POST", TARGETS, body).status, 400, body)
    equal(refused(daemon.call, "DELETE", f"{TARGETS}/{uuid.uuid4()}").status, 404)
    spare = daemon.call("POST", TARGETS, {"channel": "SLACK", "name": "x", "address": hook})
    daemon.call("DELETE", f"{TARGETS}/{spare['id']}")
    equal(len(daemon.call("GET", TARGETS)["targets"]), 2)
    equal(daemon.call("POST", f"{TARGETS}/{spare['id']}/restore")["address"], "127.0.0.1/…")
    daemon.call("DELETE", f"{TARGETS}/{spare['id']}")
    equal(refused(daemon.call, "POST", f"{TARGETS}/{uuid.uuid4()}/restore").status, 404)
    daemon.slack, daemon.pager = made["id"], pager["id"]


@case
def a_test_message(daemon):
    """A test goes to the one that is tried, and says what it is"""
    daemon.call("POST", f"{TARGETS}/{daemon.slack}/test")
    sim = daemon.messages
    wait_for("the test", lambda: any("시험" in one["text"] for one in sim.taken("slack")))
    daemon.call("POST", f"{TARGETS}/{daemon.pager}/test")
    wait_for("the other", lambda: any(one["severity"] == "info" and "시험" in one["text"]
                                      for one in sim.taken("pagerduty")))
    equal(len([one for one in sim.taken("slack") if "시험" in one["text"]]), 1)


@case
def a_recipient_changes(daemon):
    """What is not named stays, also what nobody is shown; a key goes nowhere else; what was removed is told nothing"""
    sim, path = daemon.messages, f"{TARGETS}/{daemon.pager}"
    equal(daemon.call("PATCH", path, {"name": "밤 당번"})["name"], "밤 당번")
    before = len(sim.taken("pagerduty"))
    daemon.call("POST", path + "/test")
    wait_for("the key is still there", lambda: len(sim.taken("pagerduty")) > before)
    there = sim.url + "/v2/enqueue"
    for body in ({"address": there}, {"channel": "SLACK"}, {"key": "short"}, {"from": "a@b.example"}, {"name": ""}):
        equal(refused(daemon.call, "PATCH", path, body).status, 400, body)
    daemon.call("PATCH", path, {"address": there, "key": KEY, "name": "당번"})
    equal(refused(daemon.call, "PATCH", f"{TARGETS}/{uuid.uuid4()}", {"name": "x"}).status, 404)
    spare = daemon.call("POST", TARGETS, {"channel": "SLACK", "name": "x", "address": sim.url + "/services/gone"})
    sim.sim("secrets", {"secret": spare["secret"]})
    tried = daemon.call("POST", f"{TARGETS}/{spare['id']}/test")["id"]

    def state():
        return next(m["status"] for one in daemon.call("GET", ALERTS)["alerts"] if one["id"] == tried
                    for m in one["messages"])
    wait_for("it is given up", lambda: state() == "DEAD")
    daemon.sql(f"UPDATE alert_message SET status = 'WAITING', next_at = now() + interval '1 hour' "
               f"WHERE target_id = '{spare['id']}'")
    daemon.call("DELETE", f"{TARGETS}/{spare['id']}")
    equal(state(), "DROPPED")
    daemon.sql(f"UPDATE alert_target SET removed_at = now() - interval '25 hours' WHERE id = '{spare['id']}'")


@case
def a_quiet_day(daemon):
    """A day on which all goes well raises nothing"""
    order = place(daemon)
    daemon.call("POST", f"/restaurants/me/orders/{order['id']}/accept", {"ready_in_minutes": 10})
    low = add_printer(daemon, "PAPER_LOW")
    brief = add_printer(daemon, "OFF", 1)
    paid = daemon.call("POST", "/payments", {"method": "CASH", "amount": order["total_amount"],
                                             "check_id": order["check_id"]}, key=str(uuid.uuid4()))
    daemon.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 100, "reason": "손님 변심"}, key=str(uuid.uuid4()))
    look_twice(daemon)
    for printer in (low, brief):
        daemon.sql(f"DELETE FROM printer WHERE id = '{printer}'")
    equal([one for one in daemon.call("GET", ALERTS)["alerts"] if one["kind"] != "TEST"], [])
    equal(daemon.complaints, [], "of the daemon")


def in_feed(daemon, alert):
    """What the shop's screens are sent of it."""
    return next(e["alert"] for e in daemon.call("GET", "/restaurants/me/feed?limit=500")["events"]
                if e["type"] == "alert.raised" and e["aggregate_id"] == alert["id"])


def expect_once(daemon, kind, words, severity="warning"):
    """One alert of the kind, told once to each."""
    sim = daemon.messages
    wait_for(kind, lambda: len(alerts(daemon, kind)) == 1, timeout=20)
    wait_for("both are told", lambda: all(m["status"] == "SENT" for m in alerts(daemon, kind)[0]["messages"]))
    look_twice(daemon)
    alert, = alerts(daemon, kind)
    equal(sorted(m["channel"] for m in alert["messages"]), ["PAGERDUTY", "SLACK"])
    equal(len([one for one in sim.taken("slack") if words in one["text"]]), 1, words)
    equal([one["severity"] for one in sim.taken("pagerduty") if words in one["text"]], [severity])
    return alert


def expect_resolved(daemon, alert):
    """Its incident was opened and then resolved, once each and by one key, and nothing else was."""
    key = next(m["id"] for m in alert["messages"] if m["channel"] == "PAGERDUTY")

    def actions():
        return [one["action"] for one in daemon.messages.taken("pagerduty") if one["dedup_key"] == key]
    wait_for("it is resolved", lambda: "resolve" in actions(), timeout=20)
    look_twice(daemon)
    equal(actions(), ["trigger", "resolve"])
    assert not any("incident" in one and key in one for one in daemon.messages.violations()), daemon.messages.violations()


@case
def a_printer(daemon):
    """A printer that stands still is told once, ends when it is back, and is told again another day"""
    printer = add_printer(daemon)
    alert = expect_once(daemon, "PRINTER", "‘주방’이(가) 답하지 않아요")
    equal((alert["ended_at"], alert["screen"], alert["facts"]), (None, True, {"name": "주방", "problem": "OFF"}))
    feed = [e for e in daemon.call("GET", "/restaurants/me/feed?limit=500")["events"] if e["type"] == "alert.raised"]
    equal([e["alert"]["kind"] for e in feed], ["PRINTER"])
    told, = daemon.call("GET", ALERTS + "/open")["alerts"]
    equal((told["id"], told["text"], told["quiet"], "facts" in told), (alert["id"], alert["text"], False, False))
    break_printer(daemon, printer, None)
    wait_for("it ends", lambda: alerts(daemon, "PRINTER")[0]["ended_at"], timeout=20)
    equal(daemon.call("GET", ALERTS + "/open")["alerts"], [])
    expect_resolved(daemon, alert)
    daemon.sql(f"DELETE FROM printer WHERE id = '{printer}'")


@case
def an_unreadable_recipient(daemon):
    """One that cannot be read is listed as such, keeps nobody else from being told, and can be taken away"""
    sim, broken = daemon.messages, str(uuid.uuid4())
    daemon.sql("INSERT INTO alert_target (restaurant_id, id, channel, detail_enc, created_at) VALUES "
               f"('{daemon.restaurant_id}', '{broken}', 'SLACK', '\\x0102', now() - interval '1 year')")
    shown = daemon.call("GET", TARGETS)["targets"]
    equal([one.get("unreadable") for one in shown], [True, None, None])
    equal(refused(daemon.call, "POST", f"{TARGETS}/{broken}/test").code, "CONFLICT")
    before, known = sim.requests("slack"), len(alerts(daemon, "PRINTER"))
    printer = add_printer(daemon)
    wait_for("the others are told", lambda: len(alerts(daemon, "PRINTER")) == known + 1 and sorted(
        m["status"] for m in alerts(daemon, "PRINTER")[0]["messages"]) == ["DEAD", "SENT", "SENT"], timeout=20)
    equal(sim.requests("slack") - before, 1)
    equal([m["problem"] for m in alerts(daemon, "PRINTER")[0]["messages"] if m["target_id"] == broken], ["UNREADABLE"])
    daemon.call("DELETE", f"{TARGETS}/{broken}")
    daemon.sql(f"DELETE FROM printer WHERE id = '{printer}'")
    wait_for("it ends", lambda: alerts(daemon, "PRINTER")[0]["ended_at"], timeout=20)
    assert len(daemon.complaints) == 1 and broken in daemon.complaints[0], daemon.complaints
    daemon.complaints.clear()


@case
def late_orders(daemon):
    """Two late orders are one alert; one is none, and a third makes no other"""
    first = place(daemon)
    daemon.sql(f"UPDATE orders SET created_at = created_at - interval '30 minutes' WHERE id = '{first['id']}'")
    look_twice(daemon)
    equal(alerts(daemon, "LATE_ORDERS"), [], "one alone")
    others = [place(daemon) for _ in range(2)]
    ids = "', '".join(one["id"] for one in others)
    daemon.sql(f"UPDATE orders SET created_at = created_at - interval '40 minutes' WHERE id IN ('{ids}')")
    expect_once(daemon, "LATE_ORDERS", "늦었어요")
    daemon.call("POST", f"/restaurants/me/orders/{first['id']}/reject", {"reason": "BUSY"})
    look_twice(daemon)
    equal(alerts(daemon, "LATE_ORDERS")[0]["ended_at"], None, "not while one is late")
    for one in others:
        daemon.call("POST", f"/restaurants/me/orders/{one['id']}/reject", {"reason": "BUSY"})
    wait_for("it ends", lambda: alerts(daemon, "LATE_ORDERS")[0]["ended_at"], timeout=20)


@case
def unanswered(daemon):
    """Of an order that nobody accepts for two minutes people are told, once, and the kitchen's printer buzzes"""
    made = add_printer(daemon, None)
    daemon.sql(f"UPDATE printer SET purposes = '{{KITCHEN}}' WHERE id = '{made}'")

    def slips():
        return int(daemon.sql(f"SELECT count(*) FROM print_job WHERE printer_id = '{made}' AND subject_type = 'alert'"
                              ).split()[2])
    first, second = place(daemon), place(daemon)
    look_twice(daemon)
    equal(alerts(daemon, "UNANSWERED"), [], "they came just now")
    wait_longer = "UPDATE order_step SET at = at - interval '3 minutes' WHERE order_id = '{}'"
    daemon.sql(wait_longer.format(first["id"]))
    alert = expect_once(daemon, "UNANSWERED", f"{first['number']}번은 3분째")
    equal(alert["facts"], {"count": 1, "number": first["number"], "minutes": 3})
    equal(slips(), 1)
    daemon.sql(wait_longer.format(second["id"]))
    daemon.call("POST", f"/restaurants/me/orders/{first['id']}/accept", {"ready_in_minutes": 10})
    look_twice(daemon)
    equal(len(alerts(daemon, "UNANSWERED")), 1, "another one makes no other")
    equal((alerts(daemon, "UNANSWERED")[0]["ended_at"], slips()), (None, 1))
    daemon.call("POST", f"/restaurants/me/orders/{second['id']}/reject", {"reason": "BUSY"})
    wait_for("it ends", lambda: alerts(daemon, "UNANSWERED")[0]["ended_at"], timeout=20)
    daemon.sql(f"DELETE FROM print_job WHERE printer_id = '{made}'")
    daemon.sql(f"DELETE FROM printer WHERE id = '{made}'")


@case
def refunds(daemon):
    """More than the shop's figure goes back on one day"""
    daemon.call("PUT", SETUP, {"limits": {"refund_amount": 2000}})
    order = place(daemon)
    paid = daemon.call("POST", "/payments", {"method": "CASH", "amount": order["total_amount"],
                                             "check_id": order["check_id"]}, key=str(uuid.uuid4()))
    daemon.call("POST", f"/payments/{paid['id']}/refunds", {"amount": 2000, "reason": "손님 변심"}, key=str(uuid.uuid4()))
    alert = expect_once(daemon, "REFUNDS", "환불이 평소보다 많아요")
    equal(alert["facts"], {"count": 2, "amount": 2100})
    equal(in_feed(daemon, alert), {"id": alert["id"], "screen": True}, "how much went back is not for everybody")


@case
def a_threat(daemon):
    """A threat is an alert; the message says no more than that there is one"""
    for _ in range(10):
        refused(daemon.call, "POST", "/auth/login", {"email": "owner@shop.example", "password": "wrong"}, anonymous=True)
    alert = expect_once(daemon, "THREAT", "비밀번호나 PIN", "critical")
    equal(alert["facts"], {"threat": "BRUTE_FORCE"})
    equal(in_feed(daemon, alert), {"id": alert["id"], "screen": True})
    threat = daemon.call("GET", "/restaurants/me/security")["threats"][0]
    daemon.call("POST", f"/restaurants/me/security/threats/{threat['id']}/acknowledge")
    wait_for("it ends", lambda: alerts(daemon, "THREAT")[0]["ended_at"])


@case
def the_payment_service(daemon):
    """A payment service that does not answer is an outage"""
    daemon.sql("INSERT INTO payment_task (restaurant_id, subject_id, kind, payment_id, call, next_at, attempts, since) "
               f"SELECT '{daemon.restaurant_id}', id, 'PAYMENT', id, 'LOOKUP', now() + interval '1 hour', 3, "
               "now() - interval '5 minutes' FROM payment LIMIT 1")
    alert = expect_once(daemon, "OUTAGE", "결제 서비스가 응답하지 않아요", "critical")
    equal(alert["facts"], {"part": "PAYMENT", "count": 1})
    daemon.sql("DELETE FROM payment_task")
    wait_for("it ends", lambda: alerts(daemon, "OUTAGE")[0]["ended_at"], timeout=20)


def try_slack(daemon, kind, times=1):
    """The message of a test that meets a fault."""
    daemon.messages.fault("slack", kind, times)
    raised = daemon.call("POST", f"{TARGETS}/{daemon.slack}/test")

    def message():
        return next(one for one in daemon.call("GET", ALERTS)["alerts"] if one["id"] == raised["id"])["messages"][0]
    return message


def hurry(daemon):
    """What waits for its next try need not wait on: how long is tested with a clock of its own."""
    daemon.sql("UPDATE alert_message SET next_at = now() WHERE status = 'WAITING'")


@case
def faults(daemon):
    """What fails is tried again, under the same id; what is refused for good is dead, shown, and sent when asked"""
    sim = daemon.messages
    for kind, problem in (("status:503", "HTTP_503"), ("drop-before", "NO_ANSWER")):
        before = len(sim.taken("slack"))
        message = try_slack(daemon, kind)
        wait_for("it failed", lambda: message()["attempts"] == 1 and "problem" in message())
        equal((message()["status"], message()["problem"]), ("WAITING", problem))
        hurry(daemon)
        wait_for("again", lambda: message()["status"] == "SENT", timeout=25)
        equal(len(sim.taken("slack")) - before, 1, kind)
    dead = try_slack(daemon, "status:404")
    wait_for("given up", lambda: dead()["status"] == "DEAD")
    equal((dead()["problem"], dead()["attempts"]), ("HTTP_404", 1))
    daemon.call("POST", f"{ALERTS}/messages/{dead()['id']}/retry")
    wait_for("sent", lambda: dead()["status"] == "SENT")
    equal(refused(daemon.call, "POST", f"{ALERTS}/messages/{dead()['id']}/retry").code, "CONFLICT")
    equal(refused(daemon.call, "POST", f"{ALERTS}/messages/{uuid.uuid4()}/retry").status, 404)


@case
def a_mark_that_is_lost(daemon):
    """What was taken over there and could not be written down is not sent again"""
    sim = daemon.messages
    daemon.sql("CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'lost'; END $$; "
               "CREATE TRIGGER lose BEFORE UPDATE ON alert_message FOR EACH ROW WHEN (NEW.status = 'SENT') "
               "EXECUTE FUNCTION lose()")
    before = sim.requests("slack")
    raised = daemon.call("POST", f"{TARGETS}/{daemon.slack}/test")["id"]

    def message():
        return next(one for one in daemon.call("GET", ALERTS)["alerts"] if one["id"] == raised)["messages"][0]
    wait_for("it could not be noted", lambda: any("could not be noted" in line for line in daemon.complaints))
    equal((sim.requests("slack") - before, message()["status"]), (1, "WAITING"))
    daemon.sql("DROP FUNCTION lose CASCADE")
    hurry(daemon)
    wait_for("it is noted", lambda: message()["status"] == "SENT")
    equal(sim.requests("slack") - before, 1, "sent again")
    daemon.complaints.clear()


@case
def a_crash(daemon):
    """A daemon that dies while it sends sends again, under the same id, once it is back"""
    sim = daemon.messages
    before = sim.requests("slack")
    message = try_slack(daemon, "hold")
    wait_for("under way", lambda: sim.requests("slack") > before)  # marked alone, the next try would be held
    equal(message()["attempts"], 1)
    daemon.kill()
    daemon.start()
    daemon.sql("UPDATE alert_message SET next_at = now() WHERE next_at IS NOT NULL")
    wait_for("sent", lambda: message()["status"] == "SENT", timeout=20)
    ids = [one["delivery"] for one in sim.taken("slack")]
    equal(ids.count(message()["id"]), 1)


@case
def an_incident_in_a_crash(daemon):
    """A daemon that dies before it could say that all is well says so once it is back, after the beginning"""
    printer = add_printer(daemon)
    wait_for("told", lambda: not alerts(daemon, "PRINTER")[0]["ended_at"]
             and all(m["status"] == "SENT" for m in alerts(daemon, "PRINTER")[0]["messages"]), timeout=20)
    alert, before = alerts(daemon, "PRINTER")[0], daemon.messages.requests("pagerduty")
    daemon.messages.fault("pagerduty", "hold")
    break_printer(daemon, printer, None)
    wait_for("under way", lambda: daemon.messages.requests("pagerduty") > before, timeout=20)
    daemon.kill()
    daemon.start()
    daemon.sql("UPDATE alert_message SET resolve_at = now() WHERE resolve_at IS NOT NULL")
    expect_resolved(daemon, alert)
    daemon.sql(f"DELETE FROM printer WHERE id = '{printer}'")


@case
def quiet_hours(daemon):
    """In quiet hours only what may wake somebody goes out; the rest is one message afterwards"""
    sim = daemon.messages
    zone = daemon.call("GET", "/restaurants/me")["time_zone"]
    daemon.call("PATCH", "/restaurants/me", {"time_zone": "UTC"})
    hour = time.gmtime().tm_hour
    quiet = {"from": f"{(hour - 1) % 24:02}:00", "until": f"{(hour + 2) % 24:02}:00"}
    daemon.call("PUT", SETUP, {"quiet": quiet, "rules": {"PRINTER": {"pierces": False, "channels": ["SLACK"]}}})
    printers = [add_printer(daemon) for _ in range(2)]
    before = sim.requests("slack")

    def held():
        return [m["status"] for one in alerts(daemon, "PRINTER")[:2] for m in one["messages"]]

    def on_screens():
        return [one for one in daemon.call("GET", ALERTS + "/open")["alerts"] if one["kind"] == "PRINTER"]
    wait_for("both are held back", lambda: held() == ["HELD", "HELD"], timeout=20)
    equal(sim.requests("slack"), before, "somebody was woken")
    assert all(m["next_at"][11:16] == quiet["until"] for one in alerts(daemon, "PRINTER")[:2] for m in one["messages"])
    equal(on_screens(), [], "of what screens are not told")
    daemon.call("PUT", SETUP, {"rules": {"PRINTER": {"channels": ["SLACK", "SCREEN"]}}})
    equal([(one["quiet"], one["quiet_until"][11:16]) for one in on_screens()], [(True, quiet["until"])] * 2)
    daemon.call("PUT", SETUP, {"quiet": None})  # what is held back does not wait for hours that are no more
    wait_for("sent", lambda: held() == ["SENT", "SENT"])
    assert "조용한 시간의 알림 2건" in sim.taken("slack")[-1]["text"], sim.taken("slack")[-1]
    equal(sim.requests("slack") - before, 1, "as one")
    daemon.call("PUT", SETUP, {"quiet": {**quiet, "then": "DROP"}})
    equal([(one["quiet"], "quiet_until" in one) for one in on_screens()], [(True, False)] * 2)
    daemon.call("PUT", SETUP, {"quiet": None})
    for printer in printers:
        daemon.sql(f"DELETE FROM printer WHERE id = '{printer}'")
    daemon.call("PATCH", "/restaurants/me", {"time_zone": zone})


def postgres(daemon):
    """Pids of the database."""
    master = daemon.postmaster()
    found = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True, check=False).stdout.split()
    return [master, *map(int, found)]


@case
def the_database(daemon):
    """A database that is away is told of at once, though nothing can be written down, and when it is back"""
    sim, before = daemon.messages, len(alerts(daemon, "OUTAGE"))
    daemon.messages.fault("slack", "status:503")  # what fails then is tried again, too

    def told(service, words):
        return [one for one in sim.taken(service) if words in one["text"]]
    frozen = postgres(daemon)
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        for service in ("pagerduty", "slack"):
            wait_for(f"{service} while it is away", lambda name=service: told(name, "저장소가 응답하지 않아요"), timeout=45)
        equal(told("slack", "돌아왔어요"), [])
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    wait_for("told", lambda: len(alerts(daemon, "OUTAGE")) == before + 1, timeout=45)
    alert = alerts(daemon, "OUTAGE")[0]
    equal(alert["facts"]["part"], "DATABASE")
    assert 10 <= alert["facts"]["seconds"] <= 90 and alert["ended_at"], alert
    wait_for("and sent", lambda: all(m["status"] == "SENT" for m in alerts(daemon, "OUTAGE")[0]["messages"]))
    look_twice(daemon)
    for service in ("pagerduty", "slack"):
        equal((len(told(service, "저장소가 응답하지 않아요")), len(told(service, "돌아왔어요"))), (1, 1), service)
    key = told("pagerduty", "저장소가 응답하지 않아요")[0]["dedup_key"]
    wait_for("its incident is resolved", lambda: [one["action"] for one in sim.taken("pagerduty")
                                                  if one["dedup_key"] == key] == ["trigger", "resolve"], timeout=20)
    equal(len(alerts(daemon, "OUTAGE")), before + 1)


@case
def mail(daemon):
    """A mailbox gets what happened in plain text; a key that is not taken is shown, and no secret is"""
    sim = daemon.messages
    good = {"channel": "EMAIL", "name": "사장님", "address": "owner@shop.example", "from": "alerts@shop.example",
            "key": "SG.simulated-key-of-sendgrid"}
    for wrong, pointer in (({"address": "nobody"}, "/address"), ({"from": "a@b"}, "/from"), ({"key": "simulated"}, "/key")):
        equal(refused(daemon.call, "POST", TARGETS, {**good, **wrong}).body["errors"][0]["pointer"], pointer)
    made = daemon.call("POST", TARGETS, good)
    equal((made["address"], "secret" in made), ("ow***@shop.example", False))
    daemon.call("POST", f"{TARGETS}/{made['id']}/test")
    wait_for("the mail", lambda: sim.taken("sendgrid"))
    sent, = sim.taken("sendgrid")
    equal((sent["to"], sent["subject"], sent["text"]),
          ("owner@shop.example", "[소담분식] 시험 알림이에요. 잘 왔어요.", "시험 알림이에요. 잘 왔어요."))
    sim.fault("sendgrid", "status:429")
    again = daemon.call("POST", f"{TARGETS}/{made['id']}/test")["id"]

    def message(alert_id):
        return next(one for one in daemon.call("GET", ALERTS)["alerts"] if one["id"] == alert_id)["messages"][0]
    wait_for("it failed", lambda: message(again).get("problem") == "HTTP_429")
    hurry(daemon)
    wait_for("it is tried again", lambda: message(again)["status"] == "SENT", timeout=30)
    equal(len(sim.taken("sendgrid")), 2)
    stranger = daemon.call("POST", TARGETS, {**good, "key": "SG.another-key"})
    refusal = daemon.call("POST", f"{TARGETS}/{stranger['id']}/test")["id"]
    wait_for("it is given up", lambda: message(refusal)["status"] == "DEAD")
    equal(message(refusal)["problem"], "HTTP_401")
    for one in (made, stranger):
        daemon.call("DELETE", f"{TARGETS}/{one['id']}")


@case
def telephones(daemon):
    """A telephone gets a text that it can show, with a title when it is long; number and keys are never told again"""
    sim = daemon.messages
    daemon.noted = sim.violations()  # of what was tried on it above
    for wrong, pointer in (({"address": "02-1234-5678"}, "/address"), ({"from": "114"}, "/from"), ({"key": "a key of letters"}, "/key"),
                           ({"user_id": "사장"}, "/user_id"), ({"sender": "x"}, "/sender")):
        equal(refused(daemon.call, "POST", TARGETS, {**SMS, **wrong}).body["errors"][0]["pointer"], pointer, wrong)
    equal(refused(daemon.call, "POST", TARGETS, {name: SMS[name] for name in SMS if name != "user_id"}).status, 400)
    made = daemon.call("POST", TARGETS, SMS)
    equal((made["address"], set(made)), ("010-****-5678", {"id", "channel", "name", "address"}))
    dump = subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
                           "ordersync", "-t", "alert*"], capture_output=True, check=True).stdout
    for word in ("simulated-key-of-aligo", "01012345678", "sodam"):
        assert word.encode() not in dump, word
    shop = daemon.call("GET", "/restaurants/me")["name"]
    names = {"소담분식": "소담분식", "떡볶이 🍢 ₩ — 뷁": "떡볶이 ? ￦ - ?", "나" * 26: "나" * 26, "다" * 27: "다" * 27}  # 90 bytes, and more
    for name, shown in names.items():
        daemon.call("PATCH", "/restaurants/me", {"name": name})
        before = len(sim.taken("aligo"))
        raised = daemon.call("POST", f"{TARGETS}/{made['id']}/test")["id"]
        wait_for("the text", lambda n=before: len(sim.taken("aligo")) > n)
        message = daemon.call("GET", ALERTS)["alerts"][0]
        equal(message["id"], raised)
        sent = sim.taken("aligo")[-1]
        mark = "#" + message["messages"][0]["id"][-6:]
        equal((sent["to"], sent["text"]), ("01012345678", f"[{shown}] 시험 알림이에요. 잘 왔어요. {mark}"))
        long = len(sent["text"].encode("euc-kr")) > 90
        equal((sent["kind"], sent["title"]), ("LMS", shown[:22]) if long else ("SMS", ""), name)
    equal([one["kind"] for one in sim.taken("aligo")][-4:], ["SMS", "SMS", "SMS", "LMS"])
    daemon.call("PATCH", "/restaurants/me", {"name": shop})
    daemon.phone = made["id"]
    equal(sim.violations(), daemon.noted)


def try_phone(daemon, target, service=None, kind=None):
    """The message of a test that meets a fault."""
    if service:
        daemon.messages.fault(service, kind)
    raised = daemon.call("POST", f"{TARGETS}/{target}/test")["id"]
    return lambda: next(one for one in daemon.call("GET", ALERTS)["alerts"] if one["id"] == raised)["messages"][0]


@case
def a_text_nobody_knows_of(daemon):
    """What may have arrived is looked for before it is sent again: a telephone is told once, whatever was lost"""
    sim = daemon.messages
    for kind, problem, looks in (("drop-after", "NO_ANSWER", 1), ("drop-before", "NO_ANSWER", 1), ("status:503", "HTTP_503", 1),
                                 ("status:429", "HTTP_429", 0)):
        before, looked = len(sim.taken("aligo")), sim.requests("aligo-list")
        message = try_phone(daemon, daemon.phone, "aligo", kind)
        wait_for("it failed", lambda m=message: m().get("problem"))
        equal((message()["status"], message()["problem"]), ("WAITING", problem), kind)
        hurry(daemon)
        wait_for("it is known", lambda m=message: m()["status"] == "SENT", timeout=25)
        equal((len(sim.taken("aligo")) - before, sim.requests("aligo-list") - looked), (1, looks), kind)
    # Nor is it sent when the list cannot be read either, and not by whoever asks for it afterwards.
    before, sends = len(sim.taken("aligo")), sim.requests("aligo")
    message = try_phone(daemon, daemon.phone, "aligo", "drop-after")
    wait_for("it failed", lambda: message().get("problem"))
    sim.fault("aligo-list", "status:503")
    hurry(daemon)
    wait_for("the list failed", lambda: message()["problem"] == "HTTP_503")
    daemon.sql("UPDATE alert_message SET attempts = 8, next_at = now() WHERE status = 'WAITING'")
    wait_for("given up", lambda: message()["status"] == "DEAD")
    daemon.call("POST", f"{ALERTS}/messages/{message()['id']}/retry")
    wait_for("found", lambda: message()["status"] == "SENT")
    equal((len(sim.taken("aligo")) - before, sim.requests("aligo") - sends), (1, 1), "sent again")
    equal(sim.violations(), daemon.noted)


@case
def a_text_in_a_crash(daemon):
    """A daemon that dies while it sends looks for the text first, once it is back"""
    sim = daemon.messages
    sends, looked = sim.requests("aligo"), sim.requests("aligo-list")
    message = try_phone(daemon, daemon.phone, "aligo", "hold")
    wait_for("under way", lambda: sim.requests("aligo") > sends)
    daemon.kill()
    daemon.start()
    daemon.sql("UPDATE alert_message SET next_at = now() WHERE next_at IS NOT NULL")
    wait_for("sent", lambda: message()["status"] == "SENT", timeout=20)
    equal((sim.requests("aligo") - sends, sim.requests("aligo-list") - looked), (2, 1))
    equal(sim.violations(), daemon.noted)


@case
def an_account_that_is_not_let_in(daemon):
    """What Aligo refuses is dead with a word that says what to mend: the address of the house, the account, the key"""
    for wrong, problem in (({"user_id": "elsewhere"}, "ALIGO_IP"), ({"user_id": "nobody"}, "ALIGO_101"),
                           ({"key": "another-key"}, "ALIGO_102"), ({"from": "02-999-9999"}, "ALIGO_103")) * 2:
        made = daemon.call("POST", TARGETS, {**SMS, **wrong})["id"]
        message = try_phone(daemon, made)
        wait_for("given up", lambda m=message: m()["status"] == "DEAD")
        equal((message()["problem"], message()["attempts"]), (problem, 1))
        daemon.call("DELETE", f"{TARGETS}/{made}")
    daemon.call("DELETE", f"{TARGETS}/{daemon.phone}")


@case
def kakao(daemon):
    """KakaoTalk gets the approved template, filled in, with the text for who has none; what is secret is told to nobody"""
    sim = daemon.messages
    for wrong, pointer in (({"template": "[#{가게}] 알림"}, "/template"), ({"template": "#{내용} #{이름}"}, "/template"),
                           ({"template": "#{내용}" + "가" * 1000}, "/template"), ({"template_code": "한"}, "/template_code"),
                           ({"sender_key": "short"}, "/sender_key"), ({"token": ""}, "/token"), ({"address": "02-123-4567"}, "/address")):
        equal(refused(daemon.call, "POST", TARGETS, {**KAKAO, **wrong}).body["errors"][0]["pointer"], pointer, wrong)
    for name in ("sender_key", "template_code", "template", "key", "user_id", "from"):
        equal(refused(daemon.call, "POST", TARGETS, {k: v for k, v in KAKAO.items() if k != name}).status, 400, name)
    equal(refused(daemon.call, "POST", TARGETS, {**SMS, "template": "#{내용}"}).status, 400)
    made = daemon.call("POST", TARGETS, KAKAO)
    equal((made["address"], set(made)), ("010-****-5678", {"id", "channel", "name", "address"}))
    dump = subprocess.run(["pg_dump", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
                           "ordersync", "-t", "alert*"], capture_output=True, check=True).stdout
    for word in (KAKAO["sender_key"], "TI_0001", "simulated-key-of-aligo", "01012345678"):
        assert word.encode() not in dump, word
    message = try_phone(daemon, made["id"])
    wait_for("sent", lambda: message()["status"] == "SENT")
    sent, mark = sim.taken("alimtalk")[-1], "#" + message()["id"][-6:]
    equal((sent["to"], sent["text"], sent["instead"]), ("01012345678", "[소담분식] 알림\n시험 알림이에요. 잘 왔어요.",
                                                        f"[소담분식] 시험 알림이에요. 잘 왔어요. {mark}"))
    shop = daemon.call("GET", "/restaurants/me")["name"]
    daemon.call("PATCH", "/restaurants/me", {"name": "#{내용} 🍢"})  # a name that fills nothing in, nor fails over as it is
    message = try_phone(daemon, made["id"])
    wait_for("sent", lambda: message()["status"] == "SENT")
    equal(sim.taken("alimtalk")[-1]["text"], "[#{내용} 🍢] 알림\n시험 알림이에요. 잘 왔어요.")
    daemon.call("PATCH", "/restaurants/me", {"name": shop})
    for kind, problem in (("drop-before", "NO_ANSWER"), ("status:503", "HTTP_503"), ("status:429", "HTTP_429")):
        before, message = len(sim.taken("alimtalk")), try_phone(daemon, made["id"], "alimtalk", kind)
        wait_for("it failed", lambda m=message: m().get("problem"))
        equal((message()["status"], message()["problem"]), ("WAITING", problem), kind)
        hurry(daemon)
        wait_for("sent", lambda m=message: m()["status"] == "SENT", timeout=25)
        equal(len(sim.taken("alimtalk")) - before, 1, kind)
    path = f"{TARGETS}/{made['id']}"
    for change, problem in (({"template": "#{내용}"}, "ALIGO_509"), ({"template": KAKAO["template"], "user_id": "sodam-before"}, "ALIGO_99"),
                            ({"sender_key": "another-sender-key", "token": "simulated-token"}, "ALIGO_101"),
                            ({"sender_key": KAKAO["sender_key"]}, None)):
        daemon.call("PATCH", path, change)
        message = try_phone(daemon, made["id"])
        wait_for(f"{problem}", lambda m=message: m()["status"] in ("SENT", "DEAD"))
        equal((message()["status"], message().get("problem")), ("DEAD" if problem else "SENT", problem), change)
    daemon.call("DELETE", path)
    equal(sim.violations(), daemon.noted)
    for word in (KAKAO["sender_key"], "simulated-token", "simulated-key-of-aligo"):
        assert not any(word in line for line in daemon.complaints), word


@case
def own_network(daemon):
    """Without the daemon's flag nobody's own network is called: by address, by name, or by a name's address"""
    with Daemon(daemon.build_dir) as other:
        other.setup()
        other.start()
        other.login()
        for url in (daemon.messages.url + "/services/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://[::1]/x",
                    "https://192.168.0.1/x", "https://169.254.169.254/x", "https://localhost/x", "https://2130706433/x",
                    "https://[::ffff:10.0.0.1]/x", "https://user@hooks.example/x", "http://hooks.example/x"):
            refusal = refused(other.call, "POST", TARGETS, {"channel": "SLACK", "name": "x", "address": url})
            equal((refusal.status, refusal.body["errors"][0]["pointer"]), (400, "/address"), url)


def main():
    build = sys.argv[1]
    with Messages(os.path.join(build, "src", "sim", "ordersync-sim")) as messages, \
            Daemon(build, extra=["--alert-look", "1", "--private-hooks", "on", "--sendgrid-base-url", messages.url,
                                 "--aligo-base-url", messages.url, "--alimtalk-base-url", messages.url]) as daemon:
        daemon.contract = Contract(os.path.join(ROOT, "docs", "openapi.yaml"))
        daemon.messages = messages
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        failed = run(daemon)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
