#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Every file says whose it is; every public function says what it does."""

import re

from source import files, lines_of, prototypes, report

HEAD = "SPDX-FileCopyrightText: 2026 The OrderSync authors"
LICENCE = "SPDX-License-Identifier: MIT"
KINDS = (".c", ".h", ".py", ".sql", ".css", ".ui", ".sh")


def heads(root):
    for path in files(root, *KINDS):
        top = "\n".join(lines_of(path)[:6])
        if HEAD not in top or LICENCE not in top:
            yield path, 1, "the two SPDX lines are missing at its head"


def has_comment(lines, at):
    """Whether line 'at' (from 0) stands in a group of lines that a comment opens."""
    for line in reversed(lines[:at]):
        if line.rstrip().endswith("*/"):
            return True
        if not line.strip() or line.startswith(("#include", "G_BEGIN_DECLS")):
            return False
    return False


def rule(root):
    yield from heads(root)
    for path in files(root, ".h", under="src"):
        lines = lines_of(path)
        for name, line, _ in prototypes(path):
            if not has_comment(lines, line - 1):
                yield path, line, f"{name} is not documented"
    for path in files(root, ".c", under="src"):
        if not re.search(r"^/\* ", "\n".join(lines_of(path)[2:12]), re.M):
            yield path, 3, "no comment at its head says what the file is"


if __name__ == "__main__":
    report(rule)
