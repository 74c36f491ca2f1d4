#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""An attacker against the real daemon: each attack raises its alert, once; a day of honest work none."""

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
    equal({kind: int(count) for kind, count in found}, {kind: kinds.count(kind) for kind in kinds})
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


@case
def forged_tokens(daemon):
    """Tokens with another signature, another algorithm, another key."""
    before = raised(daemon)
    head, claims, signature = daemon.token.split(".")
    for forged in (f"{head}.{claims}.{signature[::-1]}", f"eyJhbGciOiJub25lIn0.{claims}.", f"{head}.{claims}.", "x", "a.b.c") * 3:
        equal(refused(daemon.call, "GET", "/auth/me", headers={"Authorization": f"Bearer {forged}"}).status, 401)
    wait_for(daemon, "FORGED_TOKEN", before)


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
