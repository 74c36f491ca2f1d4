#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""clang-format is law."""

import re
import subprocess

from source import files, report


def rule(root):
    paths = files(root, ".c", ".h")
    if not paths:
        return
    run = subprocess.run(["clang-format", "--dry-run", *paths], capture_output=True, text=True,
                         cwd=root, check=False)
    faults = re.findall(r"^(.+?):(\d+):\d+: warning: ", run.stderr, re.M)
    if not faults and run.stderr:
        yield root, 1, f"clang-format failed: {run.stderr.splitlines()[0]}"
    for path in sorted({path for path, _ in faults}):
        line = next(line for name, line in faults if name == path)
        yield root / path, line, "not laid out as clang-format has it: ./run format"


if __name__ == "__main__":
    report(rule)
