#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Common acts by keys, by touch and by scanner: the daemon must tell the same of each.

usage: acts.py BUILD-FOLDER en|ko|ko-ibus [PART OF A NAME]…, on a display with a session bus.

The same person's day through the real console and a real daemon. Where a scanner has no part in an
act, a stray code arrives in its midst and must change nothing of what comes of it.
"""

import json
import os
import sys
import tempfile
import time
import traceback

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [FOLDER, os.path.join(FOLDER, "../../lib")]

from desk import Desk, Failed, Ibus, Speaker, wait_for  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon  # noqa: E402
from shop import Shop  # noqa: E402
import board, counter, floor, money, shell, stock  # noqa: E401,E402

STRAY = "4901777018888"  # nothing has it


def sign_in(desk):
    desk.see("OscSignInPage")
    desk.write(EMAIL)
    desk.keys("Tab")
    desk.write(PASSWORD)
    desk.keys("Return")
    desk.see("OscBoard")
    desk.tap("ask-yes")
    desk.gone("ask-yes")


def rest(desk, shop):
    """Back on the board, with nothing on it and nothing open."""
    shop.tidy()
    for _ in range(6):
        if desk.sees("OscBoard") and not any(one.root != "OscWindow" for one in desk.look()):
            break
        desk.keys("Escape")
    desk.keys("F5")
    desk.see("OscBoard")
    desk.gone("OscArrival")
    desk.gone("OscOrderCard")


def play(desk, shop, act, way):
    """What has come of the act, done this way."""
    shop.mark()
    act.before(desk, shop)
    begun = shop.world()
    path = act.keys if way == "stray" else getattr(act, way)
    if way == "stray":
        stray(desk, path, shop)
    else:
        path(desk, shop)
    return shop.settle(begun, act.want)


def scan_stray(desk):
    """Wherever it falls, a sentence answers it."""
    desk.scan(STRAY)
    answers = [STRAY, desk._("Answer the new order first, then scan again"),
               desk._("Finish what is open first, then scan again")]
    wait_for("an answer to a stray code", lambda: any(
        answer in one.words for one in desk.look() if one.type == "OscToasts"
        for answer in answers))


def stray(desk, path, shop):
    """The path of keys; before it and in its midst a code that nothing has."""
    keys, done = desk.keys, []

    def broken_keys(*names):
        keys(*names)
        if not done:
            done.append(True)
            scan_stray(desk)
    desk.keys = broken_keys
    scan_stray(desk)
    try:
        path(desk, shop)
    finally:
        desk.keys = keys


def ways(act):
    return ("keys", "touch", "scan" if hasattr(act, "scan") else "stray")


def try_act(desk, shop, act):
    first = None
    for way in os.environ.get("ORDERSYNC_ACTS_WAYS", "").split() or ways(act):
        desk.trail.clear()
        try:
            got = play(desk, shop, act, way)
        except Failed as error:
            print("# " + "\n# ".join(desk.trail + desk.views()))
            if shots := os.environ.get("ORDERSYNC_ACTS_SHOTS"):
                os.system(f"import -window root '{shots}/acts {act.name}.png'")
            raise Failed(f"by {way}: {error}") from error
        finally:
            trail = list(desk.trail)
            rest(desk, shop)
        if hasattr(act, "after"):
            act.after(desk, shop)
        if first is None:
            first = got
        elif got != first:
            print("# " + "\n# ".join(trail))
            raise Failed(f"by {way}: {json.dumps(got, ensure_ascii=False)}\n#  by keys: "
                         f"{json.dumps(first, ensure_ascii=False)}")


def main():
    build, state = os.path.abspath(sys.argv[1]), sys.argv[2]
    only = sys.argv[3:] or [""]
    acts = [act for room in (counter, board, floor, money, stock, shell) for act in room.ACTS
            if any(part in f"{room.__name__}: {act.name}" for part in only)]
    missing = Ibus.missing() if state.endswith("ibus") else ""
    if missing:
        print(f"1..0 # SKIP {len(acts)} acts with a Korean input method: no {missing}")
        return 0
    print(f"1..{len(acts)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="osy-acts-", dir="/var/tmp") as base, \
            Daemon(build) as daemon:
        daemon.setup(os.path.join(FOLDER, "menu.csv"))
        daemon.start()
        daemon.login()
        shop = Shop(daemon)
        ibus = Ibus(base) if state.endswith("ibus") else None
        parts = [Speaker(base)] + ([ibus] if ibus else [])
        desk = Desk(build, base, f"http://127.0.0.1:{daemon.port}", daemon.data_dir, state[:2], parts)
        desk.ibus = ibus is not None
        try:
            sign_in(desk)
            if ibus:
                ibus.switch_on()
            for number, act in enumerate(acts, 1):
                begun = time.monotonic()
                try:
                    try_act(desk, shop, act)
                    word = "ok"
                except Exception as error:  # the next act still says something
                    failed += 1
                    word = "not ok"
                    print("# " + (str(error) if isinstance(error, Failed)
                                  else traceback.format_exc().replace("\n", "\n# ")))
                took = time.monotonic() - begun
                print(f"{word} {number} - {act.name}, by {', '.join(ways(act))} # {took:.1f} s",
                      flush=True)
        finally:
            desk.close()
            for part in parts:
                part.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
