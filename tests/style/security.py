#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""docs/SECURITY.md: every item of ASVS 5.0 L1 and L2 stands there once, and what it names exists."""

import json
import re

from source import lines_of, report

ROW = re.compile(r"\| (\d+\.\d+\.\d+ L[12]) \| ([^|]+) \| (\S+) \| ([^|]+) \|$")
STATES = ("held", "part", "open", "n/a")
LEFT_OUT = ("V10", "V17")


def asked(root):
    """The ids, when the standard's list lies beside the project."""
    path = root.parent / "shared/corpora/asvs-5.0.flat.json"
    if not path.exists():
        return None
    items = json.loads(path.read_text(encoding="utf-8"))["requirements"]
    return {f"{item['req_id'][1:]} L{item['L']}" for item in items
            if item["L"] in "12" and item["chapter_id"] not in LEFT_OUT}


def rule(root):
    path = root / "docs/SECURITY.md"
    if not path.exists():
        return
    seen = set()
    for number, line in enumerate(lines_of(path), 1):
        if not re.match(r"\| \d+\.\d+\.\d+ ", line):
            continue
        row = ROW.match(line)
        if row is None or row[3] not in STATES:
            yield path, number, "a row is: item, words, held/part/open/n/a, by what"
            continue
        if row[1] in seen:
            yield path, number, f"{row[1]} stands here twice"
        seen.add(row[1])
        for name in re.findall(r"`((?:tests|src|docs|data)/[^`]*)`", row[4]):
            if not (root / name).exists():
                yield path, number, f"{name} is not there"
    for item in sorted((asked(root) or seen) ^ seen):
        yield path, 1, f"{item}: missing here, or not of the standard"


if __name__ == "__main__":
    report(rule)
