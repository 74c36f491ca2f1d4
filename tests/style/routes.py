#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Who may call a route is said once in its row (a permission, SIGNED_IN or PUBLIC) and once more,
by hand, in docs/ROLES.md, so that no right is given by omission or by a slip."""

import pathlib
import re

from source import code_of, files, report

TABLE = re.compile(r"const OsyRoute \w+\[\] = \{(.*?)\n\};", re.S)
ROW = re.compile(r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", re.S)
REVIEWED = re.compile(r"^\| `(\w+)` \| ([\w:-]+) \|$", re.M)
ROLES = "docs/ROLES.md"


def rows(path):
    """(operation, permissions, flags, line) of each row of the route tables in a file."""
    code = code_of(path, keep_strings=True)
    for table in TABLE.finditer(code):
        for row in ROW.finditer(table.group(1)):
            # Braces of a path's parameters stand in strings; method, path and operation come first.
            cells = re.match(r'\s*"[A-Z]+",[^,]*,\s*"(\w+)",(.*)', row.group(1), re.S)
            if cells:
                line = code.count("\n", 0, table.start(1) + row.start()) + 1
                rest = cells.group(2)
                yield (cells.group(1), set(re.findall(r"OSY_PERM_(\w+)", rest)) - {"NONE"},
                       set(re.findall(r"OSY_ROUTE_(\w+)", rest)), line)


def decisions(permissions, flags):
    """What a row says of who may call; a good one says one thing."""
    said = [name.lower().replace("_", ":", 1) for name in sorted(permissions)]
    said += ["public"] if "PUBLIC" in flags else []
    said += ["signed-in"] if "SIGNED_IN" in flags else []
    return said


def rule(root):
    page = root / ROLES
    reviewed = dict(REVIEWED.findall(page.read_text(encoding="utf-8"))) if page.exists() else {}
    seen = set()
    for path in files(root, ".c", under="src"):
        for operation, permissions, flags, line in rows(path):
            seen.add(operation)
            said = decisions(permissions, flags)
            if not said:
                yield path, line, f"{operation}: say who may call: a permission, SIGNED_IN or PUBLIC"
            elif len(said) > 1:
                yield path, line, f"{operation}: says more than one thing of who may call: {said}"
            elif reviewed.get(operation) != said[0]:
                yield path, line, (f"{operation}: {ROLES} says {reviewed.get(operation, 'nothing')}: "
                                   f"review it and add the row | `{operation}` | {said[0]} |")
    for operation in sorted(set(reviewed) - seen):
        yield pathlib.Path(page), 1, f"{operation}: there is no such route any more"


if __name__ == "__main__":
    report(rule)
