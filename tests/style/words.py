#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Words that may not stand in the tree, each where it may not."""

import re

from source import blank, code_of, files, report

# Spelled so that this file does not find itself.
UNFINISHED = (r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK"
              r"|(?i:not imple" r"mented|place" r"holder|dum" r"my|for n" r"ow))\b")
MACHINE = r"/(?:wo" r"rk|ho" r"me|farm|root|tm" r"p)/"
DAEMON = ("src/base", "src/platform", "src/domain", "src/daemon")

# Files with a good reason, said in one line each.
ALLOWED = {
    # Without random bytes from the kernel no id and no key can be made: there is no way on.
    ("src/base/osy-id.c", "g_error"),
    # A digest can only fail for want of memory, which ends every GLib program.
    ("src/platform/crypto/osy-hash.c", "g_error"),
}


def find(path, text, pattern, message, flags=0):
    for match in re.finditer(pattern, text, flags):
        yield path, text.count("\n", 0, match.start()) + 1, message.format(match.group().strip().rstrip("(").rstrip())


def in_c(root):
    for path in files(root, ".c", ".h"):
        code = code_of(path)
        yield from find(path, code, r"\bgoto\b", "goto: use g_autoptr and early returns")
        inside = str(path.relative_to(root))
        if inside.startswith(DAEMON):
            for fault in find(path, code, r"\b(?:g_assert\w*|g_error|g_abort|abort|assert) (?=\()",
                              "{} may not stand here: the daemon does not abort on data; return a GError"):
                if (inside, fault[2].split()[0]) not in ALLOWED:
                    yield fault
        if not inside.startswith("tests/"):
            strings = code_of(path, keep_strings=True)
            yield from find(path, strings, '"' + MACHINE, "{} is a path of one machine")


def unfinished(root):
    suffixes = (".c", ".h", ".ui", ".py", ".js", ".sh", ".sql", ".css", ".md", "meson.build")
    for path in files(root, *suffixes):
        text = path.read_text(encoding="utf-8")
        if path.suffix in (".ui", ".html"):  # GTK's and HTML's own property of entries
            text = re.sub(r"place" r"holder-?(?:text)?[\"=]", blank, text)
        yield from find(path, text, UNFINISHED, "'{}': finish it, or leave it out")


def colours(root):
    for path in files(root, ".c", ".h", ".ui", under="src") + files(root, ".ui", under="ui"):
        text = code_of(path, keep_strings=True) if path.suffix != ".ui" else path.read_text()
        yield from find(path, text, r"[\">]#[0-9a-fA-F]{3,8}[\"<]",
                        "{}: colours stand in the style sheet, as tokens")


def rule(root):
    yield from in_c(root)
    yield from unfinished(root)
    yield from colours(root)


if __name__ == "__main__":
    report(rule)
