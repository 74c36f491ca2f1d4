#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""schemathesis holds docs/openapi.yaml against the real daemon: whatever it makes up by the schema, or
just beside it, must be answered as described. One test a operation.

usage: test_schemathesis.py BUILD [CASES [OPTION…]]   CASES an operation, 20; OPTIONs go to schemathesis

Without CASES they are the same ones each time, that a run tells of the change it looks at; with it others."""

import os
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as xml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import PASSWORD, Daemon  # noqa: E402
from osy_raw import Door  # noqa: E402
from tap import CASES, Skip, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
WANTED = os.path.join(HERE, "schemathesis-requirements.txt")
API = os.path.join(HERE, "..", "..", "docs", "openapi.yaml")


def environment(folder):
    """Makes it when it is missing or of other versions; Skip when the index cannot be reached."""
    program = os.path.join(folder, "bin", "schemathesis")
    stamp = os.path.join(folder, "requirements.txt")
    with open(WANTED, encoding="utf-8") as file:
        wanted = file.read()
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == wanted:
                return program
    for command in ([sys.executable, "-m", "venv", "--clear", folder],
                    [os.path.join(folder, "bin", "pip"), "install", "--quiet", "--require-hashes", "--no-deps",
                     "--only-binary", ":all:", "--requirement", WANTED]):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            said = (made.stderr or made.stdout).strip().splitlines() or ["no word"]
            raise Skip(f"schemathesis cannot be installed: {said[-1]}")
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)
    return program


class Forwarder(socketserver.ThreadingTCPServer):
    """Gives each connection an address of its own, so that no limit by address ends the test."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port):
        self.door = Door("daemon", port)
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with self.server.door.connect() as stream:
            stream.sock.settimeout(None)
            back = threading.Thread(target=pour, args=(stream.sock, self.request), daemon=True)
            back.start()
            pour(self.request, stream.sock)
            back.join()


def pour(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def ask(daemon, program, cases, options, folder):
    """Runs it; the path of its report."""
    report = os.path.join(folder, "report.xml")
    server = Forwarder(daemon.port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    command = [program, "--config-file", os.path.join(HERE, "schemathesis.toml"), "run", API, "--url", url,
               "--max-examples", str(cases), "--no-color", "--report-junit-path", report, *options]
    environ = dict(os.environ, SCHEMATHESIS_HOOKS="schemathesis_hooks", PYTHONPATH=HERE, PYTHONDONTWRITEBYTECODE="1",
                   OSY_URL=url, OSY_PASSWORD=PASSWORD)
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    server.shutdown()
    if not os.path.exists(report):
        raise RuntimeError(done.stdout + done.stderr)
    for line in done.stdout.splitlines()[-40:]:
        print("# " + line, file=sys.stderr)
    return report


def judged(case):
    """One operation's verdict as a test."""
    faults = [child.text or child.get("message") for child in case if child.tag in ("failure", "error")]

    def check(daemon):
        assert not faults, "\n\n".join(faults)
    check.__doc__ = case.get("name")
    return check


def alive(daemon):
    """The daemon lives and has nothing to complain of"""
    equal(daemon.raw("GET", "/health")[0], 200)
    equal(daemon.complaints, [])


def main():
    cases, options = int((sys.argv + ["20"])[2]), sys.argv[3:] if len(sys.argv) > 2 else ["--seed", "30"]
    try:
        program = environment(os.path.abspath(os.path.join(sys.argv[1], "schemathesis")))
    except Skip as skip:
        print(f"TAP version 13\n1..0 # SKIP {skip}")
        return 0
    # It signs in anew for every request that ends a session.
    with Daemon(sys.argv[1], extra=["--limit-sign-in", "100000"]) as daemon, tempfile.TemporaryDirectory() as folder:
        daemon.setup(MENU)
        for who in ("passing", "guessing"):
            daemon.ctl("shop", "add", "--shop-name", who, "--owner-email", f"{who}@shop.example",
                       "--owner-password-stdin", "--json", stdin=PASSWORD + "\n")
        daemon.start()
        daemon.login()
        report = ask(daemon, program, cases, options, folder)
        CASES.extend(judged(found) for found in xml.parse(report).getroot().iter("testcase"))
        CASES.append(alive)
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
