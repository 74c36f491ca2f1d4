#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The daemon as a process: how it refuses to start, how it ends, and what it does when the ground
under it gives way: PostgreSQL killed, a lock held, the disk full."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import PASSWORD, Daemon, Refused  # noqa: E402
from tap import Skip, case, equal, run  # noqa: E402

import websockets  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
DISK_MB = 140


def ending(daemon, *flags, data_dir=None, listen=None):
    """Starts a daemon that must end by itself; (exit code, its one sentence)."""
    listen = listen or f"127.0.0.1:{daemon.port}"
    result = subprocess.run(
        [daemon.program("ordersyncd"), "--data-dir", data_dir or daemon.data_dir,
         "--listen", listen, "--key-provider", "file", *flags],
        capture_output=True, text=True, timeout=60, check=False)
    lines = result.stderr.strip().splitlines()
    if result.returncode != 0:
        equal(len(lines), 1, f"lines on standard error {lines}")
        assert lines[0].startswith("ordersyncd: "), lines[0]
    return result.returncode, lines[0] if lines else result.stdout


def refuses(daemon, code, words, *flags, **where):
    found, sentence = ending(daemon, *flags, **where)
    equal(found, code, f"exit code of “{sentence}”")
    assert words in sentence, f"“{words}” is not in “{sentence}”"


@contextlib.contextmanager
def running(daemon, *extra):
    daemon.extra = list(extra)
    daemon.start()
    daemon.login()
    try:
        yield daemon
    finally:
        daemon.stop()
        daemon.extra = []


def until(question, seconds=20):
    """Waits for a truth; gives it back."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, Refused):
            answer = question()
            if answer:
                return answer
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.05)


def order_bytes(daemon, body, key, timeout=10):
    """(status, headers, answer) of one order, without judging it."""
    status, found, content = daemon.raw(
        "POST", "/api/v1/orders", json.dumps(body),
        {"Content-Type": "application/json", "Idempotency-Key": key,
         "Authorization": f"Bearer {daemon.token}"}, timeout=timeout)
    return status, found, json.loads(content)


# ---- refusing to start ----


@case
def tells_usage(daemon):
    """--help and --version answer on standard output; unknown flags and values end with 2."""
    program = daemon.program("ordersyncd")
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    for flag in ("--data-dir", "--listen", "ORDERSYNC_LISTEN", "--order-deadline-ms"):
        assert flag in text, f"{flag} is not in --help"
    subprocess.run([program, "--version"], capture_output=True, check=True)
    refuses(daemon, 2, "--colour", "--colour=red")
    refuses(daemon, 2, "needs a value", "--role")
    refuses(daemon, 2, "order-deadline-ms", "--order-deadline-ms", "soon")
    refuses(daemon, 2, "log-level", "--log-level", "loud")
    refuses(daemon, 2, "role", "--role", "cook")
    unmade = os.path.join(os.path.dirname(daemon.data_dir), "unmade")
    refuses(daemon, 2, "key-provider", "--key-provider", "paper", data_dir=unmade)
    assert not os.path.exists(unmade), "a wrong flag made a directory"
    refuses(daemon, 2, "HOST:PORT", listen="nowhere")
    refuses(daemon, 2, "/nothing", "--config", "/nothing")


@case
def port_taken(daemon):
    """A taken port ends with 5 and leaves no PostgreSQL behind."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        refuses(daemon, 5, "in use", listen=address)
    refuses(daemon, 5, "203.0.113.7", listen="203.0.113.7:8480")
    assert not os.path.exists(os.path.join(daemon.data_dir, "pg", "postmaster.pid"))


@case
def locked(daemon):
    """A data directory in use ends with 3, and its daemon goes on."""
    with running(daemon):
        refuses(daemon, 3, "Another OrderSync", listen="127.0.0.1:0")
        daemon.place()


@case
def newer_data(daemon):
    """Data of a newer version ends with 4: by the format file and by an unknown migration."""
    path = os.path.join(daemon.data_dir, "format")
    with open(path, encoding="utf-8") as file:
        before = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write("99\n")
    refuses(daemon, 4, "newer version")
    with open(path, "w", encoding="utf-8") as file:
        file.write("not a number\n")
    refuses(daemon, 1, "damaged")
    with open(path, "w", encoding="utf-8") as file:
        file.write(before)
    with running(daemon):
        daemon.sql("INSERT INTO schema_migration (name, checksum) VALUES ('999-future.sql', 'x')")
    refuses(daemon, 4, "newer")
    # Its PostgreSQL is stopped, so the row is taken back while ctl would refuse: by hand.
    with postgres_alone(daemon):
        daemon.sql("DELETE FROM schema_migration WHERE name = '999-future.sql'")
    with running(daemon):
        daemon.place()


@case
def older_data(daemon):
    """Orders from before they could be found by phone or item are, once the new daemon has begun."""
    def found(text):
        page = daemon.call("GET", f"/restaurants/me/orders?q={text}")["orders"]
        return [order["id"] for order in page]

    with running(daemon):
        order = daemon.place(daemon.order_body(customer={"name": "Old", "phone": "010-1111-4321"}))
    with postgres_alone(daemon):
        daemon.sql("DELETE FROM schema_migration WHERE name = '072-order-find.sql'; "
                   "DROP TABLE order_find, order_item_name; DROP INDEX orders_fallen; "
                   "ALTER TABLE orders DROP COLUMN find_keys, ADD COLUMN customer_phone_bidx bytea")
    with running(daemon):
        until(lambda: found("4321") == [order["id"]])
        equal(found("01011114321"), [order["id"]])
        assert order["id"] in found(order["number"])
        daemon.ctl("check")


@contextlib.contextmanager
def postgres_alone(daemon):
    """The cluster of a stopped daemon, run by its owner."""
    with open(os.path.join(daemon.data_dir, "pg", "PG_VERSION"), encoding="utf-8") as file:
        program = f"/usr/lib/postgresql/{file.read().strip()}/bin/postgres"
    owner = os.stat(daemon.data_dir)

    def become():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(owner.st_gid)
            os.setuid(owner.st_uid)

    process = subprocess.Popen(
        [program, "-D", os.path.join(daemon.data_dir, "pg"),
         "-k", os.path.join(daemon.data_dir, "run")],
        preexec_fn=become, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        until(lambda: sql_answers(daemon))
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def sql_answers(daemon):
    try:
        daemon.sql("SELECT 1")
    except AssertionError:
        return False
    return True


@case
def bad_paths(daemon):
    """A data path under a regular file, or open to others, is refused by name."""
    with tempfile.TemporaryDirectory(prefix="osy-") as folder:
        plain = os.path.join(folder, "file")
        with open(plain, "w", encoding="utf-8") as file:
            file.write("kept")
        refuses(daemon, 2, "is a file", data_dir=os.path.join(plain, "data"))
        refuses(daemon, 2, plain, data_dir=plain)
        with open(plain, encoding="utf-8") as file:
            equal(file.read(), "kept")
        wide = os.path.join(folder, "wide")
        os.mkdir(wide, 0o755)
        os.chmod(wide, 0o755)
        with open(os.path.join(wide, "note"), "w", encoding="utf-8") as file:
            file.write("not empty")
        refuses(daemon, 2, "chmod 700", data_dir=wide)


@case
def bad_keys(daemon):
    """A key others may read, a damaged, a wrong and a missing key end with 6; nothing is made anew."""
    path = os.path.join(daemon.data_dir, "keys", "data.key")
    kept = path + ".kept"
    owner = os.stat(path)
    os.chmod(path, 0o644)
    refuses(daemon, 6, "chmod 600")
    os.chmod(path, 0o600)
    os.rename(path, kept)
    refuses(daemon, 6, "is missing")
    assert not os.path.exists(path), "a new key was made although data exist"
    for content, words in (("x\n", "damaged"), ("ab" * 32 + "\n", "not the one")):
        with open(path, "w", encoding="ascii") as file:
            file.write(content)
        os.chmod(path, 0o600)
        os.chown(path, owner.st_uid, owner.st_gid)
        refuses(daemon, 6, words)
    os.rename(kept, path)
    with running(daemon):
        daemon.place()


# ---- ending ----


@case
def stops_politely(daemon):
    """SIGTERM closes WebSockets with 1001, finishes what was asked and exits 0 within 10 s."""
    daemon.start()
    daemon.login()
    codes = []

    async def follow():
        address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        bearer = {"Authorization": f"Bearer {daemon.token}"}
        sockets = [await websockets.connect(address, extra_headers=bearer) for _ in range(5)]
        for found in sockets:
            equal(json.loads(await asyncio.wait_for(found.recv(), 10))["type"], "hello")
        daemon.process.send_signal(signal.SIGTERM)
        for found in sockets:
            try:
                while True:
                    await asyncio.wait_for(found.recv(), 12)
            except websockets.exceptions.ConnectionClosed as closed:
                codes.append(closed.code)

    begin = time.monotonic()
    asyncio.run(follow())
    equal(daemon.process.wait(timeout=15), 0, "exit code")
    took = time.monotonic() - begin
    equal(codes, [1001] * 5)
    assert took < 10, f"it took {took:.1f} s to stop"
    daemon.process = None


@case
def survives_kill(daemon):
    """SIGKILL in the middle of orders: what was answered is there after the next start, once."""
    daemon.start()
    daemon.login()
    body, answered, keys = daemon.order_body(), {}, [str(uuid.uuid4()) for _ in range(60)]

    def client(mine):
        for key in mine:
            with contextlib.suppress(Exception):
                answered[key] = daemon.place(body, key=key)

    threads = [threading.Thread(target=client, args=(keys[n::6],)) for n in range(6)]
    for thread in threads:
        thread.start()
    until(lambda: len(answered) >= 10)
    daemon.kill()
    for thread in threads:
        thread.join()
    with running(daemon):
        for key in keys:
            again = daemon.place(body, key=key)
            if key in answered:
                equal(again, answered[key], "the answer of a key")
            answered[key] = again
        ids = {order["id"] for order in answered.values()}
        equal(len(ids), len(keys), "orders")
        daemon.ctl("check")


# ---- the ground gives way ----


@case
def postgres_killed(daemon):
    """Without PostgreSQL: 503 with Retry-After; then it recovers by itself and loses nothing."""
    with running(daemon):
        before, body = daemon.place(), daemon.order_body()
        statuses, key = [], str(uuid.uuid4())
        os.kill(daemon.postmaster(), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while True:
            status, found, answer = order_bytes(daemon, body, key)
            statuses.append(status)
            if status == 201:
                break
            assert status in (503, 504), f"{status} {answer}"
            if status == 503:
                assert int(found["Retry-After"]) >= 1, "503 without Retry-After"
            assert time.monotonic() < deadline, f"never recovered: {statuses}"
        equal(answer["number"], before["number"] + 1)
        until(lambda: daemon.raw("GET", "/ready")[0] == 200)


@case
def unready(daemon):
    """While PostgreSQL cannot start, /ready and reads answer 503 with Retry-After, /health 200."""
    with running(daemon):
        body = daemon.order_body()
        signature = os.path.join(daemon.data_dir, "pg", "global", "pg_control")
        os.rename(signature, signature + ".away")
        try:
            os.kill(daemon.postmaster(), signal.SIGKILL)
            until(lambda: daemon.raw("GET", "/ready")[0] == 503)
            status, found, _ = daemon.raw("GET", "/api/v1/restaurants/me/orders",
                                          headers={"Authorization": f"Bearer {daemon.token}"})
            equal(status, 503)
            assert int(found["Retry-After"]) >= 1
            equal(daemon.raw("GET", "/health")[0], 200)
            report = daemon.call("GET", "/restaurants/me/health")
            states = {part["part"]: part["state"] for part in report["parts"]}
            equal(states, {"DATABASE": "BAD", "DISK": "GOOD", "NETWORK": "OFF"})
            status, found, _ = order_bytes(daemon, body, str(uuid.uuid4()))
            assert status in (503, 504), status
        finally:
            os.rename(signature + ".away", signature)
        until(lambda: daemon.raw("GET", "/ready")[0] == 200, 40)
        until(daemon.place)


@case
def deadline_lost(daemon):
    """An order that waits too long answers 504; sent again with its key it is there once."""
    with running(daemon, "--order-deadline-ms", "400"):
        before = daemon.place()["number"]
        body, key = daemon.order_body(), str(uuid.uuid4())
        holder = daemon.sql("BEGIN; LOCK TABLE order_number IN ACCESS EXCLUSIVE MODE; "
                             "SELECT pg_sleep(3)", wait=False)
        until(lambda: "t" in daemon.sql("SELECT EXISTS (SELECT FROM pg_locks JOIN pg_class c "
                                         "ON c.oid = relation WHERE relname = 'order_number' "
                                         "AND mode = 'AccessExclusiveLock' AND granted) AS held")
              .split("\n")[2])
        begin = time.monotonic()
        status, _, answer = order_bytes(daemon, body, key)
        took = time.monotonic() - begin
        equal((status, answer["code"]), (504, "TIMEOUT"))
        assert took < 2, f"the deadline of 0.4 s took {took:.1f} s"
        holder.communicate(timeout=20)
        order = until(lambda: daemon.place(body, key=key))
        equal(daemon.place(body, key=key)["id"], order["id"])
        equal(order["number"], before + 1)
        equal(daemon.place()["number"], before + 2, "the number of the next order")
        daemon.ctl("check")


@contextlib.contextmanager
def small_disk():
    with tempfile.TemporaryDirectory(prefix="osy-") as folder:
        os.chmod(folder, 0o755)
        mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0755", "tmpfs", folder],
            capture_output=True, check=False).returncode == 0
        if not mounted:
            raise Skip("a small file system cannot be mounted here")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def fill(path):
    with open(path, "wb") as file:
        for size in (1 << 20, 4096):
            with contextlib.suppress(OSError):
                while True:
                    os.write(file.fileno(), b"\0" * size)


@case
def full_disk(daemon):
    """A full disk: orders are refused clearly, reads go on, and freed space heals it."""
    with small_disk() as folder, Daemon(daemon.build_dir, os.path.join(folder, "data")) as small:
        small.contract = daemon.contract
        small.setup(MENU)
        small.start()
        small.login()
        first, body = small.place(), small.order_body(note="가" * 400)
        fill(os.path.join(folder, "filler"))
        refusals, answered, deadline = [], 0, time.monotonic() + 60
        while len(refusals) < 5:
            status, found, answer = order_bytes(small, body, str(uuid.uuid4()))
            if status == 201:
                answered += 1
            else:
                refusals.append((status, answer["code"]))
                assert status != 503 or "Retry-After" in found
            assert time.monotonic() < deadline, f"still {answered} orders fit on a full disk"
        print(f"# {answered} orders fitted, then {sorted(set(refusals))}", flush=True)
        assert all(found in ((507, "STORAGE_FULL"), (503, "UNAVAILABLE"), (504, "TIMEOUT"))
                   for found in refusals), refusals
        assert (507, "STORAGE_FULL") in refusals, refusals
        equal(until(lambda: small.call("GET", f"/orders/{first['id']}"))["number"], first["number"])
        until(lambda: small.call("GET", "/restaurants/me/orders?limit=5")["orders"])
        os.unlink(os.path.join(folder, "filler"))
        order = until(lambda: small.place(body), 40)
        equal(order["number"], first["number"] + answered + 1)
        small.ctl("check")
        small.stop()


def use_up_log(small, was):
    """Goes on to a new piece of the log until PostgreSQL, whose process was WAS, gives up."""
    for _ in range(20):
        with contextlib.suppress(AssertionError):
            small.sql("CREATE TEMPORARY TABLE IF NOT EXISTS t (); DROP TABLE t; SELECT pg_switch_wal()")
        with contextlib.suppress(OSError, ValueError):
            if small.postmaster() != was:
                return


@case
def full_log(daemon):
    """No room for the write-ahead log, on which PostgreSQL gives up: 503, and freed space heals it."""
    with small_disk() as folder, Daemon(daemon.build_dir, os.path.join(folder, "data")) as small:
        small.contract = daemon.contract
        small.setup(MENU)
        small.start()
        small.login()
        first, body, keys = small.place(), small.order_body(), []
        fill(os.path.join(folder, "filler"))
        was, answered, deadline = small.postmaster(), 0, time.monotonic() + 60
        use_up_log(small, was)
        while len(keys) < 3:
            key = str(uuid.uuid4())
            status, _, answer = order_bytes(small, body, key)
            assert status in (201, 503, 504, 507), f"{status} {answer}"
            if status == 201:  # the recovery of PostgreSQL itself freed a piece of the log
                answered += 1
                use_up_log(small, was)
            else:
                keys.append(key)
            assert time.monotonic() < deadline, f"still {answered} orders fit into a full log"
        print(f"# {answered} orders fitted", flush=True)
        equal(small.raw("GET", "/health")[0], 200)
        os.unlink(os.path.join(folder, "filler"))
        numbers = [until(lambda: small.place(body, key=key), 40)["number"] for key in keys]
        equal(sorted(numbers), [first["number"] + answered + n for n in (1, 2, 3)])
        small.ctl("check")
        small.stop()


@case
def no_room_to_begin(daemon):
    """A new data directory on a full disk is refused with 1 and says so; with room it is made."""
    with small_disk() as folder:
        filler = os.path.join(folder, "filler")
        fill(filler)
        data = os.path.join(folder, "data")
        refuses(daemon, 1, "No space left", data_dir=data)
        os.truncate(filler, (DISK_MB - 20) << 20)
        refuses(daemon, 1, "full", data_dir=data)
        os.unlink(filler)
        with Daemon(daemon.build_dir, data) as small:
            small.start()
            small.stop()


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
