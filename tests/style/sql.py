#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""SQL is a constant with parameters: nothing that builds text may touch it."""

import re

from source import code_of, files, report

BUILDER = r"\b(?:g_strdup_v?printf|g_string_append_printf|g_string_printf|g_string_append|"     r"g_string_new|g_strconcat|g_strjoin|g_snprintf|s?n?printf|g_strdelimit) \(" 
STATEMENT = r"\"[^\"]*\b(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|"     r"ALTER\s+\w+|CREATE\s+(?:TABLE|ROLE|DATABASE)|DROP\s+\w+|SET\s+(?:LOCAL|ROLE|SESSION)\s)"
ESCAPE = r"\bPQescape\w+"

# Programs that print SQL to a file instead of sending it.
ALLOWED = {
    "src/base/osy-state-table.c",  # the generator of the state tables, run at build time
}


def rule(root):
    for path in files(root, ".c", under="src"):
        if str(path.relative_to(root)) in ALLOWED:
            continue
        code = code_of(path, keep_strings=True)
        # Adjacent literals are one text.
        joined = re.sub(r"\"\s*\n\s*\"", lambda m: " " * len(m.group()), code)
        for call in re.finditer(BUILDER + r"[^;{}]*", joined):
            if re.search(STATEMENT, call.group()):
                line = code.count("\n", 0, call.start()) + 1
                yield path, line, "SQL built as text: use a constant and OSY_PARAMS"
        for call in re.finditer(ESCAPE, code):
            yield path, code.count("\n", 0, call.start()) + 1, "PQescape: use OSY_PARAMS"


if __name__ == "__main__":
    report(rule)
