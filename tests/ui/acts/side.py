#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Rooms of acts side by side, each at a desk of its own: most of an act is waiting.

usage: side.py HEADLESS BUILD-FOLDER ROOM:STATE…
"""

import concurrent.futures
import os
import re
import subprocess
import sys

ACTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "acts.py")
DESKS = 2


def play(headless, build, one):
    """What it printed; its end alone decides where it printed no result."""
    room, state = one.split(":")
    done = subprocess.run([headless, "/usr/bin/python3", ACTS, build, state, room + ":"],
                          stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode and not any(line.startswith("not ok") for line in lines):
        lines.append(f"not ok - ended with {done.returncode}")
    return lines


def main():
    headless, build, *rooms = sys.argv[1:]
    count = failed = 0
    with concurrent.futures.ThreadPoolExecutor(DESKS) as desks:
        for one, lines in zip(rooms, desks.map(lambda one: play(headless, build, one), rooms)):
            for line in lines:
                if skipped := re.match(r"1\.\.0 # (SKIP .*)", line):
                    count += 1
                    print(f"ok {count} - {one} # {skipped[1]}")
                elif result := re.match(r"(ok|not ok) (?:\d+ )?- (.*)", line):
                    count += 1
                    failed += result[1] != "ok"
                    print(f"{result[1]} {count} - {one}: {result[2]}")
                elif line.startswith("#"):
                    print(line)
            sys.stdout.flush()
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
