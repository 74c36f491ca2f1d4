#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The audit log of a real daemon: sealed while it runs, verified with and without it, from an export
and the public key alone; and what a superuser changes is found."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")


def sql(daemon, text):
    result = subprocess.run(
        ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin",
         "-d", "ordersync", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", text],
        capture_output=True, text=True, timeout=30, check=False)
    equal(result.returncode, 0, result.stderr)
    return result.stdout.strip()


def sealed(daemon):
    """Waits until every row of the log is sealed and its checkpoint lies outside of the database."""
    deadline = time.monotonic() + 20
    path = os.path.join(daemon.data_dir, "audit", "checkpoints.log")
    while time.monotonic() < deadline:
        waiting = int(sql(daemon, "SELECT count(*) FROM audit_unsealed"))
        last = sql(daemon, "SELECT coalesce(max(seq), 0) FROM audit_checkpoint")
        lines = open(path, encoding="ascii").read().splitlines() if os.path.exists(path) else []
        if waiting == 0 and lines and lines[-1].split()[0] == last:
            return int(last)
        time.sleep(0.1)
    raise AssertionError("the log was not sealed")


def looks(daemon):
    return int(sql(daemon, "SELECT count(*) FROM audit_check"))


def own_look(daemon, before):
    """What the daemon found when it looked over the whole log once more."""
    deadline = time.monotonic() + 30
    while looks(daemon) == before:
        assert time.monotonic() < deadline, "it has not looked"
        time.sleep(0.1)
    return daemon.call("GET", "/restaurants/me/audit/status")


def anywhere(daemon, *args):
    """The command on a machine that has nothing but these files."""
    with tempfile.TemporaryDirectory() as nothing:
        return subprocess.run(
            [daemon.program("ordersyncctl"), "--data-dir", os.path.join(nothing, "none"), "audit",
             "verify", *args], capture_output=True, text=True, timeout=60, check=False)


@case
def while_it_runs(daemon):
    """Orders and their acts are sealed within seconds."""
    for _ in range(5):
        order = daemon.place()
        daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
    rows = sealed(daemon)
    equal(rows, int(sql(daemon, "SELECT count(*) FROM audit_log")), "sealed rows")
    equal(daemon.ctl("audit", "verify").stdout, f"{rows} rows are as they were sealed.\n")


@case
def anywhere_else(daemon):
    """An export and the public key are enough; a cut tail is seen by the checkpoints kept outside."""
    rows = sealed(daemon)
    with tempfile.TemporaryDirectory() as folder:
        dump, key, outside = (os.path.join(folder, name) for name in ("dump", "key", "outside"))
        shutil.copy(os.path.join(daemon.data_dir, "audit", "public-key"), key)
        shutil.copy(os.path.join(daemon.data_dir, "audit", "checkpoints.log"), outside)
        daemon.ctl("audit", "export", dump)
        equal(anywhere(daemon, "--dump", dump, "--public-key", key).stdout,
              f"{rows} rows are as they were sealed.\n")
        data = bytearray(open(dump, "rb").read())
        data[-1] ^= 1
        open(dump, "wb").write(data)
        broken = anywhere(daemon, "--dump", dump, "--public-key", key)
        equal((broken.returncode, f"at {rows} " in broken.stdout), (1, True), broken.stdout)
        # The same log as it stood before its last rows, signatures and all.
        daemon.place()
        sealed(daemon)
        shutil.copy(os.path.join(daemon.data_dir, "audit", "checkpoints.log"), outside)
        data[-1] ^= 1
        open(dump, "wb").write(data)
        cut = anywhere(daemon, "--dump", dump, "--public-key", key, "--checkpoints", outside)
        equal((cut.returncode, f"at {rows + 1} " in cut.stdout), (1, True), cut.stdout)
        open(key, "w", encoding="ascii").write("00" * 32)
        other = anywhere(daemon, "--dump", dump, "--public-key", key)
        equal((other.returncode, "not signed by this key" in other.stdout), (1, True), other.stdout)
        equal(anywhere(daemon, "--dump", key, "--public-key", key).returncode, 2)


@case
def found_out(daemon):
    """A superuser who changes one row is found out, whether or not the daemon runs."""
    sealed(daemon)
    row = sql(daemon, "SELECT row_id FROM audit_seal WHERE seq = 2")
    actor = sql(daemon, f"SELECT actor FROM audit_log WHERE id = '{row}'")
    change = ("SET session_replication_role = replica; "
              "UPDATE audit_log SET actor = '{}' WHERE id = '{}'")
    sql(daemon, change.format("nobody", row))
    result = daemon.ctl("audit", "verify", check=False)
    equal((result.returncode, "at 2 the row was changed" in result.stdout), (1, True))
    before = looks(daemon)
    daemon.stop()
    result = daemon.ctl("audit", "verify", check=False)
    equal(result.returncode, 1, result.stdout + result.stderr)
    daemon.start()
    equal(own_look(daemon, before)["broken_seq"], 2, "what the daemon found by itself")
    sql(daemon, change.format(actor, row))
    before = looks(daemon)
    daemon.stop()
    daemon.start()
    status = own_look(daemon, before)
    equal(("broken_seq" in status, "last_verified_at" in status), (False, True), status)
    equal(daemon.ctl("audit", "verify").returncode, 0)
    equal(daemon.ctl("check").stdout, "")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
