#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What must stand beside what: templates and their code, translations and their sources, rooms
and their README, tests and the list of suites."""

import re
import subprocess
import tempfile

from layers import BUILD_TOOLS
from source import code_of, files, lines_of, report


def templates(root):
    """ui/<view>/osc-x.ui and src/console/<view>/osc-x.c share their place and stem."""
    for path in files(root, ".ui", under="ui"):
        twin = root / "src/console" / path.relative_to(root / "ui").with_suffix(".c")
        if not twin.exists():
            yield path, 1, f"no {twin.relative_to(root)} beside it"
        text = path.read_text()
        name = re.search(r"<template class=\"(\w+)\"", text)
        wanted = "".join(word.capitalize() for word in path.stem.split("-"))
        if name and name.group(1).lower() != wanted.lower():
            yield path, 1, f"the template is called {name.group(1)}, not {wanted}"
    for path in files(root, ".c", under="src/console"):
        code = code_of(path, keep_strings=True)
        for match in re.finditer(r"set_template_from_resource \(\s*[^,]+,\s*([^;]*)\)", code):
            if f"/{path.stem}.ui" not in match.group(1).replace('" "', ""):
                line = code.count("\n", 0, match.start()) + 1
                yield path, line, f"its template is not ui/…/{path.stem}.ui"


def has_words(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ui":
        return 'translatable="yes"' in text
    if path.suffix == ".in":
        return path.name.endswith((".desktop.in", ".metainfo.xml.in"))
    return bool(re.search(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext) \(", code_of(path)))


def sources_of_words(root):
    found = files(root, ".c", under="src") + files(root, ".ui", under="ui")
    found += files(root, ".in", under="data")
    return {str(path.relative_to(root)) for path in found if has_words(path)}


def potfiles(root):
    wanted = sources_of_words(root)
    listing = root / "po/POTFILES"
    if not wanted and not listing.exists():
        return
    if not listing.exists():
        yield listing, 1, "is missing, though the sources have words to translate"
        return
    listed = [line.strip() for line in lines_of(listing)]
    listed = [line for line in listed if line and not line.startswith("#")]
    for name in sorted(wanted - set(listed)):
        yield listing, 1, f"{name} is missing"
    for name in sorted(set(listed) - wanted):
        yield listing, 1, f"{name} is not there or has no words"
    yield from languages(root, wanted)


def template_of(root, names, path):
    """Every msgid of the sources as they stand now, as a catalogue at 'path'."""
    keywords = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3"]
    subprocess.run(["xgettext", "--from-code=UTF-8", "-o", path,
                    *(f"--keyword={word}" for word in keywords), *sorted(names)],
                   cwd=root, check=True, capture_output=True)


def languages(root, names):
    with tempfile.TemporaryDirectory() as folder:
        pot, merged = f"{folder}/all.pot", f"{folder}/merged.po"
        template_of(root, names, pot)
        for language in lines_of(root / "po/LINGUAS"):
            if not language or language.startswith("#"):
                continue
            path = root / f"po/{language}.po"
            if "charset=UTF-8" not in path.read_text(encoding="utf-8"):
                yield path, 1, "is not in UTF-8"
                continue
            subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", path], check=True)
            # Without fuzzy matching, what is not translated stays empty.
            subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, path, pot],
                           check=True)
            run = subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", merged],
                                 capture_output=True, text=True, check=True, env={"LC_ALL": "C"})
            if re.search(r"untranslated|fuzzy", run.stderr):
                yield path, 1, f"is not complete: {run.stderr.strip()}"
            yield from empty_of(root, path, merged)


def empty_of(root, path, merged):
    run = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", merged],
                         capture_output=True, text=True, check=True)
    for msgid in re.findall(r'^msgid "(.+)"$', run.stdout, re.M):
        yield path, 1, f"not translated: {msgid}"


def readmes(root):
    base = root / "src/domain"
    rooms = {base / path.relative_to(base).parts[0] for path in files(root, ".c", under="src/domain")}
    for room in sorted(room for room in rooms if room.name not in BUILD_TOOLS):
        readme = room / "README.md"
        if not readme.exists():
            yield room, 1, "the room has no README.md"
        elif len(lines_of(readme)) > 30:
            yield readme, 31, "a room's README has 30 lines at most"


def rule(root):
    yield from templates(root)
    yield from potfiles(root)
    yield from readmes(root)


if __name__ == "__main__":
    report(rule)
