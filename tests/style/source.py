# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What every style rule needs: the files of the tree, and the C functions in them.

clang-format is law here, so a function is easily found: its name starts a line, its body is
between a '{' and a '}' that stand alone in the first column.
"""

import os
import pathlib
import re
import sys

SKIPPED = re.compile(r"^(\.git|build.*|__pycache__)$")


def files(root, *suffixes, under=""):
    """Paths below root/under with one of the suffixes, sorted."""
    found = []
    for folder, names, leaves in os.walk(pathlib.Path(root) / under):
        names[:] = [name for name in names if not SKIPPED.match(name)]
        found += [pathlib.Path(folder) / leaf for leaf in leaves if leaf.endswith(suffixes or "")]
    return sorted(found)


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def blank(match):
    """Keeps the line breaks of what is cut out, so that line numbers stay true."""
    return "\n" * match.group().count("\n") or " "


COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
TOKEN = re.compile(LITERAL.pattern + "|" + COMMENT.pattern, re.S)


def code_of(path, keep_strings=False):
    """The text without comments, and without the insides of strings unless kept."""

    def cut(match):
        text = match.group()
        if text.startswith("/"):
            return blank(match)
        return text if keep_strings else text[0] + text[-1]

    return TOKEN.sub(cut, path.read_text(encoding="utf-8"))


class Function:
    def __init__(self, name, first, last, head, body):
        self.name, self.first, self.last, self.head, self.body = name, first, last, head, body

    @property
    def length(self):
        return self.last - self.first + 1

    @property
    def parameters(self):
        return split_parameters(self.head)


def split_parameters(head):
    """The parameters of a declarator such as 'name (int a, void (*f) (int))'."""
    inner = head[head.index("(") + 1 : head.rindex(")")]
    depth, parts = 0, [""]
    for char in inner:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [] if inner.strip() in ("", "void") else parts


def declarator(lines, end):
    """(first line, text) of the declarator whose body begins at line 'end'."""
    first = end
    while first > 0 and not re.search(r"(^$|[;}]$|^#|\\$)", lines[first - 1].rstrip()):
        first -= 1
    if "(" not in lines[first]:  # the return type has a line of its own
        first += 1
    return first, re.sub(r"G_GNUC_\w+ \([^)]*\)", "", " ".join(lines[first:end]))


def functions(path):
    """The functions that a .c file defines; each begins where its name stands."""
    lines = code_of(path).splitlines()
    start = None
    for at, line in enumerate(lines):
        if line.rstrip() == "{":
            start = at
        elif line.startswith("}") and start is not None:
            first, head = declarator(lines, start)
            name = re.search(r"(\w+) \(", head)
            if name:
                yield Function(name.group(1), first + 1, at + 1, head, lines[start + 1 : at])
            start = None


def prototypes(path):
    """(name, line, whole) of each function that a header declares; static inlines are none."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, code_of(path), flags=re.M)
    code = re.sub(r"^(?:G_BEGIN_DECLS|G_END_DECLS|G_(?:DECLARE|DEFINE)_\w+ \([^;]*?\)[; ]*)$",
                  blank, code, flags=re.M)
    while True:  # bodies of structs, enums and inline functions, inside out
        code, count = re.subn(r"\{[^{}]*\}", lambda m: blank(m) + "\x01", code)
        if not count:
            break
    for match in re.finditer(r"[^;\x01]+;", code):
        text = match.group()
        found = re.search(r"^(?!typedef)[A-Za-z_][^=(]*?\b(\w+) \(", text, re.M)
        if found and "typedef" not in text and "static inline" not in text:
            yield found.group(1), code.count("\n", 0, match.start() + found.start()) + 1, text


def median(numbers):
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else 0


def report(rule):
    """Runs a rule, a generator of (path, line, message), over the tree named in the arguments."""
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count = 0
    for path, line, message in rule(root):
        print(f"{pathlib.Path(path).relative_to(root)}:{line}: {message}")
        count += 1
    sys.exit(1 if count else 0)
