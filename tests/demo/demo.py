#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A demo shop on scratch data: daemon, console, simulated guests and staff. ./run demo starts it.

Ctrl-C, or closing the console, ends all of it and removes the data. With --check it is a test: the
lunch hour must end without a missed order, without a complaint in any log, with silent checks, and with orders of
every kind that are made and paid.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import EMAIL, PASSWORD, Daemon  # noqa: E402
from osy_printer import Printer  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402

MENU = os.path.join(ROOT, "data", "demo", "menu.csv")
GUESTS = os.path.join(ROOT, "data", "demo", "guests.ini")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMPLAINT = re.compile(r"WARNING|CRITICAL|ERROR:|runtime error")


def nest_options(daemon):
    """A file of a menu has one level of options; the set's ramyeon also asks how hot it is to be."""
    menu = daemon.call("GET", "/restaurants/me/menu")
    groups = {group["name"]: group for group in menu["option_groups"]}
    hot, side = groups["세트 맵기"], groups["사이드"]
    options = [{"id": option["id"], "option_group_ids": [hot["id"]] if option["name"] == "라면" else []}
               for option in side["options"]]
    daemon.call("PATCH", f"/restaurants/me/menu/option-groups/{side['id']}", {"options": options})


def leave_first_day_behind(daemon):
    """Nobody is to be asked for the tasks of a new shop in the middle of a rush."""
    shop = daemon.call("GET", "/restaurants/me")
    daemon.call("PATCH", "/restaurants/me", {"setup": {step: "DONE" for step in shop["setup"]}})


def set_up_kitchen(daemon):
    """Drinks have a station of their own, everything else the kitchen."""
    stations = {name: str(uuid.uuid4()) for name in ("주방", "음료")}
    drinks = [category["id"] for category in daemon.call("GET", "/restaurants/me/menu")["categories"]
              if "음료" in category["name"]]
    daemon.call("PUT", "/restaurants/me/kitchen/setup", {
        "version": 0, "stations": [{"id": id_, "name": name} for name, id_ in stations.items()],
        "routes": [{"kind": "CATEGORY", "target_id": id_, "station_id": stations["음료"]} for id_ in drinks],
        "default_station_id": stations["주방"]})


def start_printer(daemon):
    """One printer for all slips, at the counter, with the drawer."""
    printer = Printer(daemon.program("ordersync-sim"))
    daemon.call("POST", "/restaurants/me/printers", {
        "name": "계산대", "transport": "TCP", "address": printer.address, "drawer": True,
        "purposes": ["KITCHEN", "DELIVERY", "BILL", "RECEIPT"]})
    return printer


def take_money(daemon, toss):
    """The shop takes what the simulated Toss Payments takes for it."""
    daemon.call("PUT", "/restaurants/me/payment-setup",
                {"methods": ["CASH", "CARD_TERMINAL", "TOSS", "VIRTUAL_ACCOUNT"],
                 "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})
    toss.sim("webhooks", {"url": f"http://127.0.0.1:{daemon.port}/api/v1/webhooks/toss"})


def start_console(daemon, folder, errors):
    """The console signed in already, with settings and sign-in of its own."""
    url = f"http://127.0.0.1:{daemon.port}"
    tokens = daemon.call("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD}, anonymous=True)
    state = os.path.join(folder, "state")
    os.makedirs(os.path.join(state, "ordersync"), mode=0o700)
    # Where and how the console looks for it: src/console/device/osc-keep.c.
    path = os.path.join(state, "ordersync", "session-" + hashlib.sha256(url.encode()).hexdigest()[:16])
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(tokens["refresh_token"])
    environment = dict(os.environ, ORDERSYNC_SERVER=url, XDG_STATE_HOME=state, GSETTINGS_BACKEND="memory",
                       GSETTINGS_SCHEMA_DIR=os.path.join(daemon.build_dir, "data"))
    return subprocess.Popen(
        [daemon.program("ordersync"), "--gapplication-app-id", "com.ordersync.Demo"],
        env=environment, stdout=errors, stderr=errors, start_new_session=True)


def wait_for_console(daemon, console):
    """Until it is signed in and follows the feed, or is known not to."""
    deadline = time.monotonic() + 30
    while console.poll() is None and time.monotonic() < deadline:
        if b"\nordersync_websockets 1\n" in daemon.raw("GET", "/metrics")[2]:
            return True
        time.sleep(0.05)
    return False


def start_guests(daemon, toss, args):
    command = [daemon.program("ordersync-sim"), "guests", "--server", f"http://127.0.0.1:{daemon.port}",
               "--data-file", GUESTS, "--toss", toss.url, "--email", EMAIL, "--password-stdin", "--speed", str(args.speed),
               "--minutes", str(args.minutes)]
    if args.no_staff:
        command.append("--no-staff")
    if args.seed is not None:
        command += ["--seed", str(args.seed)]
    guests = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              start_new_session=True)
    guests.stdin.write(PASSWORD + "\n")
    guests.stdin.close()
    return guests


def stop(process, timeout):
    """Asks a process to end. Whether it did by itself."""
    if process is None or process.poll() is not None:
        return True
    process.terminate()
    try:
        process.wait(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def wait_while(*conditions):
    while all(condition() for condition in conditions):
        time.sleep(0.1)


def result_of(guests):
    """What the simulation told at its end."""
    for line in guests.stdout.read().splitlines():
        answer = json.loads(line)
        if answer["event"] == "done":
            return answer
    return None


def wait_for_paper(daemon, seconds=30):
    """Until all slips are out; what is not."""
    deadline = time.monotonic() + seconds
    while True:
        late = [job for state in ("QUEUED", "PRINTING", "FAILED")
                for job in daemon.call("GET", f"/restaurants/me/print-jobs?state={state}")["jobs"]]
        if not late or time.monotonic() > deadline:
            return late
        time.sleep(0.1)


# The ways in which an order meets its money; each order counts that is over, made, paid and with its saga at its end.
OVER = "FROM orders o JOIN saga s ON s.order_id = o.id AND s.step = 'COMPLETED' JOIN guest_check c ON c.id = o.check_id "
PAID = "EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND p.status = 'PAID' AND p.method = '{}')"
KINDS = {
    "prepaid": OVER + "WHERE s.kind = 'PREPAID' AND o.type <> 'DELIVERY' AND " + PAID.format("TOSS"),
    "pay_later": OVER + "WHERE s.kind = 'LATER' AND o.type = 'DINE_IN' AND o.table_id IS NOT NULL AND c.status = 'SETTLED'",
    "delivery": OVER + "WHERE o.type = 'DELIVERY' AND EXISTS (SELECT FROM delivery d WHERE d.order_id = o.id "
                       "AND d.status = 'DELIVERED')",
    "split": OVER + "WHERE c.status = 'SETTLED' AND (SELECT count(DISTINCT p.method) FROM payment p JOIN bill_part b "
                    "ON b.id = p.part_id WHERE p.check_id = c.id AND p.status = 'PAID') = 3",
    "account": OVER + "WHERE s.kind = 'PREPAID' AND " + PAID.format("VIRTUAL_ACCOUNT"),
}


def count_kinds(daemon, seconds=10):
    """How many orders of each kind ran to their end; the last news may still be on its way."""
    query = "SELECT concat_ws(' ', " + ", ".join(f"(SELECT count(*) {kind})" for kind in KINDS.values()) + ")"
    deadline = time.monotonic() + seconds
    while True:
        counts = [int(word) for word in daemon.sql(query).splitlines()[2].split()]
        if all(counts) or time.monotonic() > deadline:
            return dict(zip(KINDS, counts))
        time.sleep(0.1)


def judge_paper(daemon, printer):
    daemon.login()
    late = wait_for_paper(daemon)
    problems = [f"{len(late)} slips did not print"] if late else []
    if printer.faults:
        problems.append(f"the printer could not read: {printer.faults[:3]}")
    return problems


def judge(done, code, daemon):
    problems = list(daemon.complaints)
    if done is None:
        problems.append("the simulation told nothing at its end")
    elif code != 0 or done["missed"] or done["unexpected"]:
        problems.append("the simulation failed")
    check = daemon.ctl("check", check=False)
    if check.returncode != 0 or check.stdout or check.stderr:
        problems.append("ordersyncctl check: " + (check.stdout + check.stderr).strip())
    return problems


def welcome(daemon, args, console):
    print(f"소담분식 is open at http://127.0.0.1:{daemon.port} for {args.minutes:g} minutes of lunch, "
          f"{args.speed:g} times as fast as life.\n"
          f"Sign in as {EMAIL} with: {PASSWORD}\n"
          + ("" if console else "Without a console: curl, or a browser at /api/v1/docs.\n")
          + "Ctrl-C ends it and removes all of its data.", flush=True)


def play(args, daemon, toss, folder, log, parts):
    """Until the guests have gone; people look on until they have seen enough."""
    daemon.setup(MENU)
    daemon.start()
    daemon.login()
    nest_options(daemon)
    set_up_kitchen(daemon)
    leave_first_day_behind(daemon)
    parts["printer"] = start_printer(daemon)
    take_money(daemon, toss)
    if not args.headless:
        console = parts["console"] = start_console(daemon, folder, log)
        if not wait_for_console(daemon, console):
            raise RuntimeError("the console did not sign in")
    guests = parts["guests"] = start_guests(daemon, toss, args)
    welcome(daemon, args, parts.get("console"))

    def at_work():
        return all(part.poll() is None for name, part in parts.items() if name != "guests") and \
            daemon.process.poll() is None

    wait_while(at_work, lambda: guests.poll() is None)
    if not args.check:
        wait_while(at_work, lambda: not args.headless)
    elif not at_work():
        raise RuntimeError("the daemon or the console ended before the guests")


def run(args, log):
    """Problems, and what the simulation told."""
    parts, problems, done = {}, [], None
    with tempfile.TemporaryDirectory(prefix="osy-demo-") as folder, \
            Toss(os.path.join(args.build_dir, "src", "sim", "ordersync-sim"), own_session=True) as toss, \
            Daemon(args.build_dir, errors=log, extra=toss.daemon_options()) as daemon:
        daemon.own_session = True
        try:
            play(args, daemon, toss, folder, log, parts)
        except RuntimeError as error:
            problems.append(str(error))
        except KeyboardInterrupt:
            print("Closing.", flush=True)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop(parts.get("guests"), 40)
        stop(parts.get("console"), 10)
        if "guests" in parts:
            done = result_of(parts["guests"])
            problems += judge(done, parts["guests"].returncode, daemon)
            problems += toss.state()["violations"]
        if done is not None:
            problems += judge_paper(daemon, parts["printer"])
            done["slips"] = len(parts["printer"].slips)
            done["kinds"] = count_kinds(daemon, 10 if args.check and args.minutes >= 30 else 0)
            # Faster or shorter, and few guests get to the end of what they began.
            if args.check and args.speed <= 120 and args.minutes >= 30:
                problems += [f"no order of the kind {kind} ran to its end" for kind, n in done["kinds"].items() if n == 0]
        if "printer" in parts:
            parts["printer"].close()
        try:
            daemon.stop()
        except RuntimeError as error:
            problems.append(str(error))
    return problems, done


def read_options():
    parser = argparse.ArgumentParser(prog="run demo", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", default=os.path.join(ROOT, "build"), help=argparse.SUPPRESS)
    parser.add_argument("--speed", type=float, default=6, help="simulated minutes in a real one; 6")
    parser.add_argument("--minutes", type=float, default=60, help="how many simulated ones; 60")
    parser.add_argument("--no-staff", action="store_true", help="leave the orders to you")
    parser.add_argument("--headless", action="store_true", help="no console")
    parser.add_argument("--seed", type=int, help="repeats the same choices")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        args.headless = True
    return args


def interrupted(*_):
    raise KeyboardInterrupt


def main():
    args = read_options()
    sys.stdout.reconfigure(errors="replace")
    for number in SIGNALS:
        signal.signal(number, interrupted)
    with contextlib.ExitStack() as stack:
        log = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace"))
        problems, done = run(args, log)
        log.seek(0)
        problems += [line.strip() for line in log if COMPLAINT.search(line)]
    if done is not None:
        print(json.dumps(done, ensure_ascii=False))
    for problem in problems:
        print("demo: " + problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
