#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Adds up what `./run tests` found: meson's JUnit files and logs, and the checks of its own.

JUnit knows the cases of a test; only the log knows of one that ended badly after good cases: a
leak, a fault of the sanitizer, a timeout. What a test that failed said last is shown once more, where
nobody has to look for it.

usage: tally.py DIR     the last line printed is "N passed, N failed, N skipped"
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml


GOOD = "OK", "SKIP", "EXPECTEDFAIL"
SAID_LAST = 14
CHATTER = re.compile(r"^# (\S+-DEBUG|random seed|Start of|End of)|^ok |^\s*$")


def of_case(case):
    """passed, failed or skipped, and why."""
    for child in case:
        if child.tag in ("failure", "error"):
            return "failed", child.get("message", "")
        if child.tag == "skipped":
            return "skipped", child.get("message") or (child.text or "").strip()
    return "passed", ""


def of_suite(suite):
    """Yields (verdict, name, why) of each case."""
    for case in suite.iter("testcase"):
        verdict, why = of_case(case)
        yield verdict, f"{suite.get('name')}: {case.get('name')}", why


def of_run(path):
    """One run of meson: its cases, and each test that failed without a failed case."""
    blamed = set()
    for suite in xml.parse(path).getroot().iter("testsuite"):
        for verdict, name, why in of_suite(suite):
            if verdict == "failed":
                blamed.update((name, suite.get("name")))
            yield verdict, name, why
    for line in path.with_suffix(".json").read_text().splitlines():
        test = json.loads(line)
        if test["result"] not in GOOD and not any(name.endswith(test["name"]) for name in blamed):
            yield "failed", test["name"], f"{test['result']} after its cases"


def of_directory(directory):
    for path in sorted(directory.glob("*.xml")):
        yield from of_run(path)
    for line in (directory / "checks.tsv").read_text().splitlines():
        verdict, name = line.split("\t", 1)
        yield verdict, name, ""


def last_words(directory):
    """Yields what each failed test said last."""
    for path in sorted(directory.glob("*.json")):
        for line in path.read_text().splitlines():
            test = json.loads(line)
            if test["result"] in GOOD:
                continue
            said = (test.get("stdout") or "").splitlines() + (test.get("stderr") or "").splitlines()
            yield f"---- {test['name']}, {test['result']}, {test['duration']:.0f} s, said last:"
            yield from [words[:300] for words in said if not CHATTER.match(words)][-SAID_LAST:]


def main():
    directory = pathlib.Path(sys.argv[1])
    for line in last_words(directory):
        print(line)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for verdict, name, why in of_directory(directory):
        counts[verdict] += 1
        if verdict != "passed":
            print(f"{verdict}: {name}" + (f": {why}" if why else ""))
    print(", ".join(f"{number} {verdict}" for verdict, number in counts.items()))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
