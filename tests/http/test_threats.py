#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""An attacker against the real daemon: each attack raises its alert, once; a day of honest work none."""

import csv
import glob
import io
import os
import re
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def sign_in(daemon, password=PASSWORD, email=EMAIL):
    return daemon.call("POST", "/auth/login", {"email": email, "password": password}, anonymous=True)


def raised(daemon):
    """Kinds of the threats there are, as the database, the audit log, the feed and the counters say."""
    kinds = sorted(daemon.sql("COPY (SELECT kind FROM threat) TO STDOUT").split())
    for table in ("audit_log WHERE action = 'threat.raised'", "shop_feed WHERE type = 'threat.raised'",
                  "threat"):
        deadline = time.monotonic() + 10
        while (count := int(daemon.sql(f"COPY (SELECT count(*) FROM {table}) TO STDOUT"))) < len(kinds):
            assert time.monotonic() < deadline, f"{table}: {count} of {len(kinds)}"
            time.sleep(0.05)
        equal(count, len(kinds), table)
    _, _, text = daemon.raw("GET", "/metrics")
    found = re.findall(r'^ordersync_threats_raised_total\{kind="(\w+)"\} (\d+)$', text.decode(), re.M)
    equal({kind: int(count) for kind, count in found if count != "0"}, {kind: kinds.count(kind) for kind in kinds})
    return kinds


def wait_for(daemon, kind, before):
    deadline = time.monotonic() + 10
    while kind not in (now := raised(daemon)):
        assert time.monotonic() < deadline, f"{kind} was not raised: {now}"
        time.sleep(0.05)
    equal(now, sorted(before + [kind]))


@case
def quiet_day(daemon):
    """Mistyped passwords, a stale bookmark, many orders, renewals: nothing is raised."""
    for _ in range(4):
        refused(sign_in, daemon, "wrong")
    sign_in(daemon)
    for _ in range(10):
        order = daemon.place()
        daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
        daemon.call("GET", f"/orders/{order['id']}")
    for _ in range(5):
        equal(refused(daemon.call, "GET", f"/orders/{uuid.uuid4()}").status, 404)
    tokens = sign_in(daemon)
    for _ in range(3):  # the answer was lost and is asked for again
        again = daemon.call("POST", "/auth/refresh", {"refresh_token": tokens["refresh_token"]}, anonymous=True)
    daemon.call("POST", "/auth/refresh", {"refresh_token": again["refresh_token"]}, anonymous=True)
    equal(raised(daemon), [])


@case
def brute_force(daemon):
    """One password after the other for one account."""
    before = raised(daemon)
    answers = [refused(sign_in, daemon, f"guess {n}").status for n in range(20)]
    assert 401 in answers and 429 in answers, answers
    wait_for(daemon, "BRUTE_FORCE", before)


@case
def told_in_the_log(daemon):
    """The daemon's own log names the attack, and nobody who was attacked."""
    lines = daemon.call("GET", "/restaurants/me/log?limit=1000")["lines"]
    assert any(line["message"] == "threat raised: BRUTE_FORCE" for line in lines), lines
    assert not any(EMAIL in line["message"] for line in lines), lines
    assert all(line["where"] and line["at"].endswith("Z") for line in lines), lines


@case
def token_reuse(daemon):
    """A thief and the owner of a session both use its refresh token."""
    before = raised(daemon)
    with open(os.path.join(daemon.data_dir, "..", "tokens"), encoding="ascii") as file:
        token = file.read()
    for _ in range(3):
        equal(refused(daemon.call, "POST", "/auth/refresh", {"refresh_token": token}, anonymous=True).status, 401)
    wait_for(daemon, "TOKEN_REUSE", before)


@case
def foreign_shop_probing(daemon):
    """A member of staff asks for one id after the other that his shop has not."""
    before = raised(daemon)
    for _ in range(45):
        equal(refused(daemon.call, "GET", f"/orders/{uuid.uuid4()}").status, 404)
    wait_for(daemon, "FOREIGN_SHOP_PROBE", before)


def unmask(daemon, order):
    return daemon.call("POST", f"/restaurants/me/orders/{order['id']}/unmask", {"reason": "CALL_GUEST"})


@case
def mass_unmask(daemon):
    """Somebody opens one guest's details after the other."""
    before = raised(daemon)
    orders = [daemon.place(daemon.order_body(customer={"name": "홍길동", "phone": f"010-2000-10{n:02}"}))
              for n in range(6)]
    for order in orders[:3]:  # as on any day
        unmask(daemon, order)
    equal(raised(daemon), before)
    for _ in range(5):
        for order in orders:
            unmask(daemon, order)
    wait_for(daemon, "MASS_UNMASK", before)


@case
def forged_tokens(daemon):
    """Tokens with another signature, another algorithm, another key."""
    before = raised(daemon)
    head, claims, signature = daemon.token.split(".")
    for forged in (f"{head}.{claims}.{signature[::-1]}", f"eyJhbGciOiJub25lIn0.{claims}.", f"{head}.{claims}.", "x", "a.b.c") * 3:
        equal(refused(daemon.call, "GET", "/auth/me", headers={"Authorization": f"Bearer {forged}"}).status, 401)
    wait_for(daemon, "FORGED_TOKEN", before)


def page(daemon, query=""):
    return daemon.call("GET", "/restaurants/me/audit" + query)


@case
def security_page(daemon):
    """What happened, to whom, and that somebody has seen it, which is told to all screens and written down."""
    body = daemon.call("GET", "/restaurants/me/security")
    threats = {threat["kind"]: threat for threat in body["threats"]}
    equal(sorted(threats), ["BRUTE_FORCE", "FOREIGN_SHOP_PROBE", "FORGED_TOKEN", "MASS_UNMASK", "TOKEN_REUSE"])
    me = daemon.call("GET", "/auth/me")
    equal((threats["BRUTE_FORCE"]["subject"], threats["BRUTE_FORCE"]["client"]), (f"user:{me['user_id']}", "127.0.0.1"))
    equal(threats["FORGED_TOKEN"]["subject"], "client:127.0.0.1")
    equal(body["devices"], 0)
    assert body["sessions"] >= 1 and body["failed_sign_ins_24h"] >= 10, body
    equal(sorted(body["keys"]), ["audit", "data", "root", "token"])
    path = f"/restaurants/me/security/threats/{threats['FORGED_TOKEN']['id']}/acknowledge"
    seen = daemon.call("POST", path)
    assert seen["acknowledged_at"], seen
    equal(daemon.call("POST", path), seen, "a second time changes nothing")
    equal(len(page(daemon, "?action=threat.acknowledged")["rows"]), 1)
    equal(daemon.call("GET", "/restaurants/me/security")["threats"][-1]["id"], seen["id"], "those not seen come first")
    equal(refused(daemon.call, "POST", f"/restaurants/me/security/threats/{uuid.uuid4()}/acknowledge").code, "NOT_FOUND")


def handled(daemon):
    """Until no event of before is still to write its rows: alerts end when a threat was seen."""
    deadline = time.monotonic() + 20
    while int(daemon.sql("COPY (SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox "
                         "WHERE done_at IS NULL)) TO STDOUT")):
        assert time.monotonic() < deadline, "events that are not handled"
        time.sleep(0.05)


@case
def audit_pages(daemon):
    """Newest first, page by page without gap or repeat, by day, person, action and thing; sealed soon."""
    handled(daemon)
    everything, cursor = [], ""
    while cursor is not None:
        got = page(daemon, f"?limit=7{cursor and '&cursor=' + cursor}")
        everything += got["rows"]
        cursor = got["next_cursor"]
    ids = [row["id"] for row in everything]
    equal(len(set(ids)), len(ids))
    equal(len(ids), int(daemon.sql(f"COPY (SELECT count(*) FROM audit_log WHERE restaurant_id = '{daemon.restaurant_id}') TO STDOUT")))
    equal([row["at"] for row in everything], sorted((row["at"] for row in everything), reverse=True))
    me = "user:" + daemon.call("GET", "/auth/me")["user_id"]
    orders = page(daemon, f"?action=order.&actor={me}")["rows"]
    assert orders and all(row["action"].startswith("order.") and row["actor"] == me for row in orders)
    one = orders[0]["object"]["id"]
    equal({row["object"]["id"] for row in page(daemon, f"?object={one}")["rows"]}, {one})
    accepted = page(daemon, "?action=order.accepted")["rows"][0]
    equal((accepted["old"]["status"], accepted["new"]["status"]), ("PENDING", "ACCEPTED"))
    middle = everything[len(ids) // 2]["at"]
    newer, older = page(daemon, f"?from={middle}&limit=200")["rows"], page(daemon, f"?to={middle}&limit=200")["rows"]
    equal(len(newer) + len(older), len(ids))
    for query in ("?cursor=x", "?cursor=" + "A" * 200, "?from=yesterday", "?object=1", "?limit=0", "?actor=", "?q=1"):
        equal(refused(page, daemon, query).status, 400, query)
    deadline = time.monotonic() + 10
    while (status := daemon.call("GET", "/restaurants/me/audit/status"))["unsealed"]:
        assert time.monotonic() < deadline, status
        time.sleep(0.05)
    equal((status["rows"], status["sealed"]), (len(ids), len(ids)))
    assert status["last_checkpoint_at"] and all(row["sealed_seq"] for row in page(daemon)["rows"])


@case
def audit_export(daemon):
    """A spreadsheet without formulas; carrying it out is a row itself, reading leaves an access line."""
    before = len(page(daemon, "?action=audit.exported")["rows"])
    daemon.call("PATCH", "/restaurants/me", {"owner_name": "=HYPERLINK(1)", "phone": "02-123-4567"})
    status, headers, content = daemon.raw("GET", "/api/v1/restaurants/me/audit/export?action=auth.",
                                          headers={"Authorization": f"Bearer {daemon.token}"})
    equal((status, headers["Content-Type"], headers["Cache-Control"]), (200, "text/csv; charset=utf-8", "no-store"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    equal(rows[0], ["time", "actor", "name", "action", "object", "object_id", "old", "new", "seal"])
    assert len(rows) > 10 and all(row[3].startswith("auth.") for row in rows[1:])
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]
    exported = page(daemon, "?action=audit.exported")["rows"]
    equal((len(exported), exported[0]["new"]), (before + 1, {"action": "auth."}))
    shop = page(daemon, "?action=shop.updated")["rows"][0]
    assert "02-123-4567" not in str(shop) and "HYPERLINK" not in str(shop), shop
    log = "".join(open(path, encoding="utf-8").read() for path in glob.glob(os.path.join(daemon.data_dir, "log", "*")))
    assert "/api/v1/restaurants/me/audit/export" in log and me_of(daemon) in log


def me_of(daemon):
    return daemon.call("GET", "/auth/me")["user_id"]


@case
def once_across_a_restart(daemon):
    """Who goes on after the daemon was started anew does not raise a second alert."""
    before = sorted(daemon.sql("COPY (SELECT kind FROM threat) TO STDOUT").split())
    daemon.stop()
    daemon.start()
    for _ in range(45):
        refused(daemon.call, "GET", f"/orders/{uuid.uuid4()}")
    daemon.call("GET", "/auth/me")
    equal(sorted(daemon.sql("COPY (SELECT kind FROM threat) TO STDOUT").split()), before)


@case
def tampered_log(daemon):
    """A row of the audit log is changed past the daemon: its own look finds it, and says so once"""
    deadline = time.monotonic() + 20
    while int(daemon.sql("COPY (SELECT count(*) FROM audit_unsealed) TO STDOUT")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    before = sorted(daemon.sql("COPY (SELECT kind FROM threat) TO STDOUT").split())
    daemon.sql("SET session_replication_role = replica; UPDATE audit_log SET actor = 'nobody' "
               "WHERE id = (SELECT row_id FROM audit_seal WHERE seq = 3)")
    for _ in range(2):  # a second look finds the same and says nothing new
        looks = int(daemon.sql("COPY (SELECT count(*) FROM audit_check) TO STDOUT"))
        daemon.stop()
        daemon.start()
        deadline = time.monotonic() + 30
        while int(daemon.sql("COPY (SELECT count(*) FROM audit_check) TO STDOUT")) == looks:
            assert time.monotonic() < deadline, "it has not looked"
            time.sleep(0.1)
    deadline = time.monotonic() + 10
    while (now := sorted(daemon.sql("COPY (SELECT kind FROM threat) TO STDOUT").split())) == before:
        assert time.monotonic() < deadline, "not told"
        time.sleep(0.1)
    equal(now, sorted(before + ["TAMPERED_LOG"]))
    told = [one for one in daemon.call("GET", "/restaurants/me/security")["threats"] if one["kind"] == "TAMPERED_LOG"]
    equal([one["subject"] for one in told], ["log:3"])
    equal(int(daemon.sql("COPY (SELECT count(*) FROM shop_feed WHERE type = 'threat.raised') TO STDOUT")), len(now))


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.setup(MENU)
        daemon.start()
        tokens = daemon.login()
        daemon.login()
        daemon.call("POST", "/auth/refresh", {"refresh_token": tokens["refresh_token"]}, anonymous=True)
        with open(os.path.join(daemon.data_dir, "..", "tokens"), "w", encoding="ascii") as file:
            file.write(tokens["refresh_token"])
        daemon.sql("UPDATE refresh_token SET used_at = used_at - interval '1 minute' WHERE used_at IS NOT NULL")
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
