#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Cyclomatic complexity (McCabe, every case of a switch counted) of each function."""

import subprocess

from source import files, report

LIMIT = 15


def rule(root):
    paths = files(root, ".c")
    run = subprocess.run(["pmccabe", *paths], capture_output=True, text=True, check=False)
    if paths and not run.stdout:
        yield root, 1, f"pmccabe found no function: {run.stderr.strip()}"
    for line in run.stdout.splitlines():
        _, complexity, _, first, _, where = line.split("\t")
        if int(complexity) > LIMIT:
            path, name = where.rsplit("(", 1)[0], where.rsplit(": ", 1)[1]
            yield path, first, f"{name} has complexity {complexity}, at most {LIMIT}"


if __name__ == "__main__":
    report(rule)
