#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The unit of systemd: correct, exposed little, with printers in reach; and what daemon, PostgreSQL
and nginx ask of the system in a day's work, held against what the unit lets them have."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon, free_port  # noqa: E402
from tap import Skip, case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
# What systemd-analyze calls 2.0.
MOST_EXPOSED = 20


class Unit:
    def __init__(self, build_dir):
        self.build_dir = build_dir
        with open(os.path.join(build_dir, "data", "ordersyncd.service"), encoding="utf-8") as file:
            text = file.read()
        # To be judged, the program has to be where the unit says.
        program = os.path.join(os.path.abspath(build_dir), "src", "daemon", "ordersyncd")
        self.text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=" + program, text)
        self.folder = tempfile.mkdtemp(prefix="osy-unit-")
        self.path = os.path.join(self.folder, "ordersyncd.service")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(self.text)
        # However free the umask: systemd blames a unit that anybody may write.
        os.chmod(self.path, 0o644)

    def values(self, key):
        return re.findall(rf"(?m)^{key}=(.*)$", self.text)


def analyze(*args):
    if shutil.which("systemd-analyze") is None:
        raise Skip("systemd-analyze is not here")
    return subprocess.run(["systemd-analyze", *args], capture_output=True, text=True, timeout=60, check=False)


@case
def correct(unit):
    """systemd finds no fault with it."""
    said = analyze("verify", "--man=no", unit.path)
    complaints = [line for line in said.stderr.splitlines() if "ordersyncd" in line]
    equal((said.returncode, complaints), (0, []), said.stderr)


@case
def exposure(unit):
    """Its exposure is at most 2.0."""
    said = analyze("security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", unit.path)
    print("# " + said.stdout.strip().splitlines()[-1])
    equal(said.returncode, 0, said.stdout)
    # The judge does judge: without its walls it fails.
    bare = os.path.join(unit.folder, "bare.service")
    with open(bare, "w", encoding="utf-8") as file:
        file.write(re.sub(r"(?m)^(Protect|Restrict|SystemCall|Capability).*$", "", unit.text))
    assert analyze("security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", bare).returncode != 0


@case
def printers(unit):
    """Printers at the machine and on the network stay in reach."""
    allowed = unit.values("DeviceAllow")
    assert "char-usb rw" in allowed and "char-lp rw" in allowed, allowed
    equal(unit.values("DevicePolicy"), ["closed"])
    assert "lp" in unit.values("SupplementaryGroups")[0].split()
    assert not unit.values("PrivateDevices") and not unit.values("IPAddressDeny"), "printers were locked out"
    assert "AF_INET" in unit.values("RestrictAddressFamilies")[0].split()


@case
def notified(unit):
    """Who waits for it learns when it serves and when it ends."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "notify")
        listener.bind(path)
        os.chmod(path, 0o666)
        listener.settimeout(20)
        os.environ["NOTIFY_SOCKET"] = path
        try:
            with Daemon(unit.build_dir) as daemon:
                daemon.start()
                equal(listener.recv(100), b"READY=1")
                equal(daemon.raw("GET", "/ready")[0], 200)
                daemon.stop()
                equal(listener.recv(100), b"STOPPING=1")
        finally:
            del os.environ["NOTIFY_SOCKET"]


def members(name):
    """System calls of a set, sets within it included."""
    found = set()
    for line in analyze("syscall-filter", name).stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            found |= members(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found


def allowed_calls(unit):
    allowed = set()
    for line in unit.values("SystemCallFilter"):
        for name in line.lstrip("~").split():
            calls = members(name) if name.startswith("@") else {name}
            allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed


def trace_a_day(unit, path):
    """Start, TLS, an order and a stop, every system call written down."""
    real = os.path.join(unit.folder, "traced")
    with Daemon(unit.build_dir, extra=["--edge", "on", "--edge-port", str(free_port())]) as daemon:
        daemon.setup(MENU)
        owner = os.stat(daemon.data_dir)
        program = Daemon.program(daemon, "ordersyncd")
        with open(real, "w", encoding="utf-8") as file:
            # As the unit does, it is started as the owner of its data.
            become = f"setpriv --reuid={owner.st_uid} --regid={owner.st_gid} --clear-groups" \
                if os.geteuid() == 0 else ""
            file.write(f"#!/bin/sh\nexec {become} strace -D -f -q -s 0 -e signal=none -o '{path}' "
                       f"'{program}' \"$@\"\n")
        os.chmod(real, 0o755)
        os.chmod(unit.folder, 0o777)
        daemon.program = lambda name: real if name == "ordersyncd" else Daemon.program(daemon, name)
        daemon.start(timeout=120)
        daemon.login()
        daemon.place()
        deadline = time.monotonic() + 60
        while b'"up"' not in daemon.raw("GET", "/ready")[2]:
            assert time.monotonic() < deadline, "the edge did not start"
            time.sleep(0.2)
        pid = daemon.process.pid
        daemon.stop()
        deadline = time.monotonic() + 30
        while not has_ended(path, pid):
            assert time.monotonic() < deadline, "strace did not write its last line"
            time.sleep(0.2)


def has_ended(path, pid):
    with open(path, encoding="utf-8", errors="replace") as file:
        return any(line.startswith(f"{pid} ") and "+++ exited" in line for line in file)


@case
def inside_the_walls(unit):
    """Nothing that the three programs ask of the system is kept from them by the unit."""
    if shutil.which("strace") is None:
        raise Skip("strace is not here")
    path = os.path.join(unit.folder, "calls")
    trace_a_day(unit, path)
    allowed = allowed_calls(unit)
    families = set(unit.values("RestrictAddressFamilies")[0].split())
    assert len(allowed) > 200, "the filter was not understood"
    used, refused = set(), []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            call = re.match(r"\d+ +(\w+)\((.*)", line)
            if not call:
                continue
            name, rest = call.groups()
            used.add(name)
            family = re.match(r"(AF_\w+)", rest) if name in ("socket", "socketpair") else None
            if family and family.group(1) not in families:
                refused.append(line)
            if "PROT_EXEC" in rest and (name == "mprotect" or "PROT_WRITE" in rest):
                refused.append(line)
            if "CLONE_NEW" in rest:
                refused.append(line)
    print(f"# {len(used)} kinds of system calls")
    assert {"execve", "epoll_wait", "fdatasync"} <= used, "the day's work was not seen"
    equal(sorted(used - allowed), [], "system calls that the unit refuses")
    equal(refused[:5], [], "what the unit refuses")


def main():
    unit = Unit(sys.argv[1])
    try:
        return run(unit)
    finally:
        shutil.rmtree(unit.folder)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
