#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Every kind of key is changed while orders are placed and read, and the daemon is killed in the
middle: nothing is ever read wrong, the change goes on, and the old key is gone."""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
DEADLINE = 120


def sql(daemon, text):
    result = subprocess.run(
        ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin",
         "-d", "ordersync", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", text],
        capture_output=True, text=True, timeout=30, check=False)
    equal(result.returncode, 0, result.stderr)
    return result.stdout.strip()


def until(what, condition, seconds=None, load=None):
    seconds = seconds or DEADLINE
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if load:
            equal(load.wrong, [], "load")
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


class Load:
    """People who place orders and read them back, by id and by phone, and never give up."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.placed = []  # (id, note, phone)
        self.wrong = []
        self.reads = 0
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(n,), daemon=True)
                        for n in range(2)]
        for thread in self.threads:
            thread.start()

    def patiently(self, *args, **more):
        """A call that is made again while nobody answers; every other refusal is wrong."""
        while True:
            try:
                return self.daemon.call(*args, **more)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # the daemon was killed, and comes back
            except Refused as refused:
                if refused.status != 503 or refused.code not in ("UNAVAILABLE", "IN_PROGRESS"):
                    raise

    def place(self, worker, n):
        note, phone = f"비밀 {worker}-{n}", f"010-{worker:04d}-{n:04d}"
        body = self.daemon.order_body(self.items, note=note,
                                      customer={"name": f"손님{worker}{n}", "phone": phone})
        order = self.patiently("POST", "/orders", body, key=f"load-{worker:06d}-{n:06d}-0000")
        self.placed.append((order["id"], note, phone))

    def read(self, which):
        order_id, note, phone = which
        order = self.patiently("GET", f"/orders/{order_id}")
        if order.get("note") != note or not order["customer"].get("name"):
            self.wrong.append(("read", order_id, order))
        found = self.patiently("GET", f"/restaurants/me/orders?phone={phone.replace('-', '')}")
        if [one["id"] for one in found["orders"]] != [order_id]:
            self.wrong.append(("find", order_id, phone, [one["id"] for one in found["orders"]]))
        self.reads += 2

    def work(self, worker):
        try:
            self.items = self.daemon.order_body()["items"]
            n = 0
            while not self.ended.is_set():
                n += 1
                self.place(worker, n)
                self.read(self.placed[(n * 7919) % len(self.placed)])
                self.read(self.placed[-1])
                time.sleep(0.1)
        except Exception as error:  # pylint: disable=broad-except
            self.wrong.append(("ended", repr(error)))

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)
        for which in self.placed:
            self.read(which)
        return self


def ask(daemon, kind):
    daemon.ctl("keys", "rotate", kind, "--no-wait")


def state(daemon, kind):
    return sql(daemon, "SELECT coalesce(finished_at::text, state) FROM key_rotation "
                       f"WHERE kind = '{kind}' ORDER BY started_at DESC LIMIT 1")


def finished(daemon, kind):
    return state(daemon, kind).startswith("20")


def kill_and_restart(daemon, kind):
    """Kills the daemon in the middle of a change; it was not over then."""
    daemon.kill()
    daemon.start()
    return state(daemon, kind)


def key_ids(daemon, retired=""):
    return set(sql(daemon, "SELECT id FROM data_key WHERE table_name <> 'audit_log' "
                           + retired).split())


@case
def data_and_index(daemon):
    """Data keys and the secret of blind indexes: cells are sealed anew, searches always find"""
    load = Load(daemon)
    until("orders to begin with", lambda: len(load.placed) >= 30, load=load)
    old = key_ids(daemon)
    finds = sql(daemon, "SELECT string_agg(key::text, ',' ORDER BY key) FROM order_find "
                        "WHERE key >> 56 BETWEEN 3 AND 5")
    # Somebody holds an order: its cells cannot be sealed anew, and the work stands there.
    holder = subprocess.Popen(
        ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
         "ordersync", "-X", "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        text=True)
    holder.stdin.write("BEGIN; SELECT id FROM orders ORDER BY created_at LIMIT 1 FOR UPDATE;\n")
    holder.stdin.flush()
    ask(daemon, "data")
    ask(daemon, "index")
    until("the first cells", lambda: sql(
        daemon, "SELECT 1 FROM key_rotation WHERE kind = 'data' AND changed > 0"))
    equal(finished(daemon, "data"), False)
    state_then = kill_and_restart(daemon, "data")
    equal(state_then.startswith("20"), False, state_then)
    holder.stdin.close()
    holder.wait()
    equal(int(sql(daemon, "SELECT count(*) FROM key_material WHERE purpose LIKE 'index|%'")), 2)
    # The command that was only waiting may be killed, and called again.
    waiting = subprocess.Popen([daemon.program("ordersyncctl"), "--data-dir", daemon.data_dir,
                                "keys", "rotate", "data"], stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    waiting.kill()
    waiting.wait()
    until("new data keys", lambda: finished(daemon, "data"))
    until("a new index", lambda: finished(daemon, "index"))
    load.end()
    equal(load.wrong, [], f"of {load.reads} reads")
    assert load.reads > 100, load.reads
    equal(key_ids(daemon) & old, set(), "old data keys")
    equal(sql(daemon, "SELECT count(*) FROM key_material WHERE purpose LIKE 'index|%'"), "1")
    now = sql(daemon, "SELECT string_agg(key::text, ',') FROM order_find "
                      "WHERE key >> 56 BETWEEN 3 AND 5")
    equal(set(finds.split(",")) & set(now.split(",")), set(), "old search keys")
    equal(sql(daemon, "SELECT count(*) FROM order_find f JOIN orders o ON o.id = f.order_id "
                      "WHERE f.key >> 56 BETWEEN 3 AND 5 AND f.key <> ALL (o.find_keys)"), "0")
    daemon.login()
    daemon.ctl("check")


@case
def money(daemon):
    """Cells of payments are sealed anew, and what was paid before is refunded after."""
    toss, setup = daemon.toss, "/restaurants/me/payment-setup"
    daemon.call("PUT", setup, {"methods": ["CASH", "CARD_TERMINAL", "TOSS"],
                               "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})

    def pay(n, method, **more):
        order = daemon.place(daemon.order_body())
        return daemon.call("POST", "/payments", {"method": method, "amount": order["total_amount"],
                                                 "check_id": order["check_id"], **more}, key=f"keys-pay-{n:08d}")

    remote = pay(1, "TOSS")
    back = toss.approve(remote["id"], remote["amount"])
    paid = daemon.call("POST", "/payments/confirm", {"payment_key": back["paymentKey"], "order_id": remote["id"],
                                                     "amount": remote["amount"]})
    equal(paid["status"], "PAID")
    card = pay(2, "CARD_TERMINAL", approval_no="30012345")
    daemon.call("POST", f"/payments/{card['id']}/refunds", {"amount": 100, "reason": "먼저"}, key="keys-refund-first")
    columns = ("payment.payment_key_enc", "payment.approval_no_enc", "payment.detail_enc", "refund.reason_enc",
               "payment_setup.secret_key_enc", "till_entry.reason_enc", "till_count.reason_enc", "till_z.reason_enc")
    till = "/restaurants/me/till"
    daemon.call("POST", till + "/cash", {"kind": "OUT", "amount": 1000, "reason": "얼음"}, key="keys-till-cash")
    daemon.call("POST", till + "/counts", {"counted": 0, "reason": "교대"})
    closed = daemon.call("POST", till + "/close", {"counted": 0, "left": 0, "reason": "안 셈"}, key="keys-till-close")

    def cells():
        return [sql(daemon, f"SELECT encode({column}, 'hex') FROM {column.split('.')[0]} WHERE {column} IS NOT NULL "
                            "ORDER BY 1").split() for column in columns]

    before = cells()
    assert all(before), before
    index = sql(daemon, f"SELECT encode(approval_no_bidx, 'hex') FROM payment WHERE id = '{card['id']}'")
    for kind in ("data", "index"):
        ask(daemon, kind)
    for kind in ("data", "index"):
        until(f"new {kind} keys", lambda one=kind: finished(daemon, one))
    for column, old, new in zip(columns, before, cells()):
        equal((len(old), set(old) & set(new)), (len(new), set()), column)
    assert sql(daemon, f"SELECT encode(approval_no_bidx, 'hex') FROM payment WHERE id = '{card['id']}'") != index
    found = daemon.call("GET", "/restaurants/me/payments?q=30012345")["payments"]
    equal([one["id"] for one in found], [card["id"]], "by its approval number")
    equal([one["reason"] for one in found[0]["refunds"]], ["먼저"])
    equal(daemon.call("GET", till + "/z/1"), closed)
    equal([closed["reason"], closed["moves"][0]["reason"], closed["counts"][0]["reason"]], ["안 셈", "얼음", "교대"])
    daemon.call("POST", f"/payments/{remote['id']}/refunds", {"amount": 700, "reason": "나중"}, key="keys-refund-after")
    until("the refund", lambda: daemon.call("GET", f"/payments/{remote['id']}")["refunded_amount"] == 700)
    equal(toss.state()["refunded"], 700)
    daemon.ctl("check")


@case
def key_encryption_key(daemon):
    """The key-encryption key: wrapped anew across a kill, and the old one is gone from the disk"""
    path = os.path.join(daemon.data_dir, "keys", "data.key")
    before = open(path, encoding="ascii").read()
    load = Load(daemon)
    until("orders to begin with", lambda: len(load.placed) >= 5, load=load)
    # A row that is held stops the wrapping half way.
    holder = subprocess.Popen(
        ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
         "ordersync", "-X", "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        text=True)
    holder.stdin.write("BEGIN; SELECT id FROM data_key LIMIT 1 FOR UPDATE;\n")
    holder.stdin.flush()
    time.sleep(0.3)
    ask(daemon, "kek")
    until("both keys", lambda: state(daemon, "kek") == "REWRAP" and os.path.exists(path + ".next"))
    equal(open(path, encoding="ascii").read(), before, "the key in use")
    daemon.kill()
    holder.stdin.close()
    holder.wait()
    daemon.start()
    until("a new key", lambda: finished(daemon, "kek"))
    after = open(path, encoding="ascii").read()
    assert after != before
    equal(os.path.exists(path + ".next"), False)
    equal(sql(daemon, "SELECT count(DISTINCT kek) FROM data_key"), "1")
    # What is not in memory is read with the new key.
    daemon.kill()
    daemon.start()
    load.end()
    equal(load.wrong, [], f"of {load.reads} reads")
    shown = daemon.ctl("keys", "status").stdout
    assert "wrapped with another encryption key: 0" in shown, shown
    # The old key opens nothing any more, and says so in one sentence.
    daemon.stop()
    os.rename(path, path + ".kept")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(before)
    owner = os.stat(path + ".kept")
    os.chown(path, owner.st_uid, owner.st_gid)
    refused = daemon.ctl("keys", "status", check=False)
    equal(refused.returncode, 3)
    assert re.fullmatch(r"ordersyncctl: The key of the provider \"file\" is not the one [^.]*\.\n",
                        refused.stderr), refused.stderr
    os.rename(path + ".kept", path)
    daemon.start()


@case
def without_a_daemon(daemon):
    """The command does the work itself where no daemon runs, and goes on after a kill"""
    path = os.path.join(daemon.data_dir, "keys", "data.key")
    before = open(path, encoding="ascii").read()
    daemon.stop()
    command = subprocess.Popen([daemon.program("ordersyncctl"), "--data-dir", daemon.data_dir,
                                "keys", "rotate", "kek"], stdout=subprocess.PIPE, text=True)
    until("the key that follows", lambda: os.path.exists(path + ".next")
          or open(path, encoding="ascii").read() != before, 60)
    command.kill()
    command.wait()
    daemon.ctl("keys", "rotate", "kek")
    assert open(path, encoding="ascii").read() != before
    equal(os.path.exists(path + ".next"), False)
    daemon.start()
    daemon.login()


@case
def signing_key(daemon):
    """The signing key: the daemon takes it up at once, old tokens are good until they end"""
    old = {"Authorization": f"Bearer {daemon.token}"}
    before = sql(daemon, "SELECT kid FROM jwt_key WHERE retired_at IS NULL")
    load = Load(daemon)
    until("orders to begin with", lambda: len(load.placed) >= 5, load=load)
    ask(daemon, "jwt")
    until("the new key", lambda: state(daemon, "jwt") == "FINISH")
    after = sql(daemon, "SELECT kid FROM jwt_key WHERE retired_at IS NULL")
    assert after != before
    until("tokens of the new key", lambda: kid_of(daemon.login()["access_token"]) == after)
    daemon.call("GET", "/auth/me", headers=old)
    equal(kill_and_restart(daemon, "jwt"), "FINISH")
    daemon.call("GET", "/auth/me", headers=old)
    daemon.call("GET", "/auth/me")
    # Sixteen minutes later.
    sql(daemon, "UPDATE key_rotation SET wait_until = now() WHERE kind = 'jwt'")
    until("the end of the old key", lambda: finished(daemon, "jwt"))
    equal(sql(daemon, "SELECT string_agg(kid, ' ') FROM jwt_key"), after)

    def is_refused():
        try:
            daemon.call("GET", "/auth/me", headers=old)
        except Refused as refused:
            return refused.status == 401
        return False

    until("old tokens to be refused", is_refused)
    load.end()
    equal(load.wrong, [], f"of {load.reads} reads")


@case
def audit_key(daemon):
    """The key of the audit log: across a kill, and either public key verifies all of it from an export"""
    folder = os.path.join(daemon.data_dir, "audit")
    with open(os.path.join(folder, "public-key"), encoding="ascii") as file:
        first = file.read()
    daemon.place()
    # Who seals just now is waited for: there the daemon dies.
    holder = subprocess.Popen(
        ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin", "-d",
         "ordersync", "-X", "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    holder.stdin.write("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('audit_seal', 0));\n")
    holder.stdin.flush()
    ask(daemon, "audit")
    until("the change to wait", lambda: sql(
        daemon, "SELECT 1 FROM pg_stat_activity a JOIN pg_locks l USING (pid) "
                "WHERE a.usename = 'ordersync_keys' AND NOT l.granted"))
    equal(state(daemon, "audit"), "START")
    daemon.kill()
    daemon.start()
    holder.stdin.close()
    holder.wait()
    until("the new key", lambda: finished(daemon, "audit"))
    daemon.place()
    until("checkpoints of both", lambda: sql(
        daemon, "SELECT count(DISTINCT key_id) FROM audit_checkpoint") == "2")
    until("the seal", lambda: sql(daemon, "SELECT count(*) FROM audit_unsealed") == "0")
    with open(os.path.join(folder, "public-key"), encoding="ascii") as file:
        second = file.read()
    assert first != second
    # Once more, while nothing runs.
    daemon.stop()
    daemon.ctl("keys", "rotate", "audit")
    daemon.start()
    daemon.login()
    daemon.place()
    until("checkpoints of all three", lambda: sql(
        daemon, "SELECT count(DISTINCT key_id) FROM audit_checkpoint") == "3")
    equal(sql(daemon, "SELECT count(*) FROM key_material WHERE purpose LIKE 'audit%'"), "1")
    daemon.ctl("audit", "verify")
    with open(os.path.join(folder, "public-key"), encoding="ascii") as file:
        third = file.read()
    with tempfile.TemporaryDirectory() as elsewhere:
        dump, key = os.path.join(elsewhere, "dump"), os.path.join(elsewhere, "key")
        daemon.ctl("audit", "export", dump)
        for text, right in ((first, 0), (second, 0), (third, 0), ("ab" * 32, 1)):
            with open(key, "w", encoding="ascii") as file:
                file.write(text)
            told = subprocess.run([daemon.program("ordersyncctl"), "--data-dir", elsewhere + "/none", "audit",
                                   "verify", "--dump", dump, "--public-key", key],
                                  capture_output=True, text=True, timeout=60, check=False)
            equal(told.returncode, right, told.stdout + told.stderr)
    # A superuser who makes a change of keys vanish is found out.
    sql(daemon, "SET session_replication_role = replica; DELETE FROM audit_key_change WHERE number = 1")
    told = daemon.ctl("audit", "verify", check=False)
    equal((told.returncode, "not signed by this key" in told.stdout), (1, True), told.stdout)


def kid_of(token):
    import base64
    import json
    head = token.split(".", maxsplit=1)[0]
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]


@case
def wrong_words(daemon):
    """What cannot be done is said in a sentence"""
    for words, code in ((("rotate",), 2), (("rotate", "all"), 2), (("move",), 2),
                        (("move", "--to", "elsewhere"), 2), (("move", "--to", "file"), 2)):
        answer = daemon.ctl("keys", *words, check=False)
        equal(answer.returncode, code, words)
        assert re.fullmatch(r"ordersyncctl: [A-Z].*\.\n", answer.stderr), answer.stderr


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MESON_BUILD_ROOT", "build")
    with Toss(os.path.join(build, "src", "sim", "ordersync-sim")) as toss:
        extra = [*toss.daemon_options(), "--toss-retry-ms", "300", "--toss-timeout-ms", "8000"]
        with Daemon(build, extra=extra) as daemon:
            daemon.toss = toss
            daemon.setup(menu=MENU)
            daemon.start()
            daemon.login()
            return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
