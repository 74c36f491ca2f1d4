#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Adds up what `./run tests` found: meson's JUnit files and the checks of its own.

usage: tally.py DIR     the last line printed is "N passed, N failed, N skipped"
"""

import pathlib
import sys
import xml.etree.ElementTree as xml


def of_case(case):
    """passed, failed or skipped, and why."""
    for child in case:
        if child.tag in ("failure", "error"):
            return "failed", child.get("message", "")
        if child.tag == "skipped":
            return "skipped", child.get("message") or (child.text or "").strip()
    return "passed", ""


def of_suite(suite):
    """Yields (verdict, name, why) of each case; a broken run without a broken case counts once."""
    name = suite.get("name")
    broken = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    for case in suite.iter("testcase"):
        verdict, why = of_case(case)
        broken -= verdict == "failed"
        yield verdict, f"{name}: {case.get('name')}", why
    if broken > 0:
        yield "failed", f"{name}: ended before its tests did", ""


def of_directory(directory):
    for path in sorted(directory.glob("*.xml")):
        for suite in xml.parse(path).getroot().iter("testsuite"):
            yield from of_suite(suite)
    for line in (directory / "checks.tsv").read_text().splitlines():
        verdict, name = line.split("\t", 1)
        yield verdict, name, ""


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for verdict, name, why in of_directory(pathlib.Path(sys.argv[1])):
        counts[verdict] += 1
        if verdict != "passed":
            print(f"{verdict}: {name}" + (f": {why}" if why else ""))
    print(", ".join(f"{number} {verdict}" for verdict, number in counts.items()))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
