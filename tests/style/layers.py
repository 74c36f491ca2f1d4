#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The floor plan: who may include whom. The build keeps most of it; this keeps the rest."""

import re

from source import code_of, files, report

# Rooms of the domain by floor; a room knows lower floors only.
FLOORS = (
    ("event", "audit"),
    ("threat",),
    ("shop", "guest", "supplier", "notification", "printing"),
    ("auth", "menu"),
    ("account", "device", "inventory", "staff"),
    ("check",),
    ("order",),
    ("bill",),
    ("kitchen", "delivery"),
    ("payment", "table", "channel"),
    ("till", "quote", "analytics", "alert", "saga"),
    ("report",),
    ("insight",),
    ("keys",),
)
# A program of the build that prints the state tables of the rooms as SQL.
BUILD_TOOLS = ("states",)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Folders of the platform, lowest first.
PLATFORM = ("log", "metrics", "trace", "config", "book", "bus", "crypto", "db", "job", "secret", "child", "xlsx", "http", "fetch", "api")

# One outside library per folder.
LIBRARIES = {
    r"microhttpd\.h": ("src/platform/http",),
    r"wslay/.*": ("src/platform/http",),
    r"libpq.*|pg_config.*": ("src/platform/db",),
    r"openssl/.*": ("src/platform/crypto",),
    r"crypt\.h": ("src/platform/crypto",),
    r"libsecret/.*": ("src/platform/secret",),
    r"libsoup/.*": ("src/client", "src/platform/fetch", "src/sim"),
    r"(?:gtk|gdk|gsk|adwaita).*": ("src/console",),
    r"(?:pango|cairo).*": ("src/console", "src/domain/printing", "src/domain/report", "src/sim"),
    r"gst/.*": ("src/console",),
    r"xlsxwriter.*": ("src/platform/book",),
    r"zip\.h": ("src/platform/xlsx",),
    r"libnotify/.*": ("src/console",),
}

# Views that put the others together.
COMPOSERS = ("shell", "setup")
# Parts of the console that every view may use.
COMMON = ("common", "floor", "model", "plan", "check", "qr", "guest", "chart", "stage", "device")

INCLUDE = re.compile(r'^#include ([<"])([^>"]+)[>"]', re.M)


def place_of(inside):
    """('domain', 'order') of src/domain/order/osy-order.h; ('base', '') of src/base/…"""
    parts = inside.split("/")[1:-1]
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")


def model_headers(root):
    """Headers of what is in a room's <room>_model library."""
    names = set()
    for build in (root / "src/domain").glob("*/meson.build"):
        for sources in re.findall(r"static_library\('\w+[-_]model',(.*?)\)", build.read_text(), re.S):
            names |= {name + ".h" for name in re.findall(r"'(?:\w+/)?([\w-]+)\.c'", sources)}
    return names


def domain_may(room, other_area, other):
    if other_area == "domain":
        return room in (other, *BUILD_TOOLS) or FLOOR.get(other, 99) < FLOOR.get(room, -1)
    return other_area in ("base", "platform")


def platform_may(folder, other_area, other):
    if other_area == "platform":
        return other in PLATFORM[: PLATFORM.index(folder) + 1]
    return other_area == "base"


def console_may(view, other_area, other, is_model):
    if other_area == "console":
        return view in COMPOSERS or view == "" or other in (view, *COMMON)
    if other_area == "domain":
        return is_model
    return other_area in ("base", "client") or (other_area, other) == ("platform", "config")


def sim_may(other_area, is_model):
    return other_area in ("base", "client", "sim") or (other_area == "domain" and is_model)


def may(area, own, other_area, other, is_model):
    """Whether src/area/own may include a header of src/other_area/other."""
    if area == "base":
        return other_area == "base"
    if area == "platform":
        return platform_may(own, other_area, other)
    if area == "domain":
        return domain_may(own, other_area, other)
    if area == "client":
        return other_area in ("base", "client") or (other_area == "domain" and is_model)
    if area == "console":
        return console_may(own, other_area, other, is_model)
    if area == "sim":
        return sim_may(other_area, is_model)
    return other_area in ("base", "platform", "domain", area) or (area == "ctl" and other_area == "client")


def unknown_places(root):
    base = root / "src/domain"
    for room in sorted({base / path.relative_to(base).parts[0] for path in files(root, ".c", ".h", under="src/domain")}):
        if room.name not in (*FLOOR, *BUILD_TOOLS):
            yield room, 1, f"the room {room.name} has no floor in tests/style/layers.py"
    for folder in sorted({path.parent for path in files(root, ".c", ".h", under="src/platform")}):
        if folder.name not in PLATFORM:
            yield folder, 1, f"the folder {folder.name} has no place in tests/style/layers.py"


def includes(root):
    for path in files(root, ".c", ".h", under="src"):
        code = code_of(path, keep_strings=True)
        for match in INCLUDE.finditer(code):
            yield path, code.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def outside(inside, name):
    """The folders that own this library's header, if they do not hold the file."""
    for pattern, owners in LIBRARIES.items():
        if re.fullmatch(pattern, name) and not inside.startswith(owners):
            return owners
    return None


def rule(root):
    yield from unknown_places(root)
    if list(unknown_places(root)):
        return
    owner = {p.name: str(p.relative_to(root)) for p in files(root, ".h", under="src")}
    models = model_headers(root)
    for path, line, mark, name in includes(root):
        inside = str(path.relative_to(root))
        if mark == "<":
            owners = outside(inside, name)
            if owners:
                yield path, line, f"<{name}> is for {' and '.join(owners)} only"
        elif ".." in name or "/" in name:
            yield path, line, f"include {name.rsplit('/', 1)[1]} by its bare name"
        elif name in owner and not may(*place_of(inside), *place_of(owner[name]), name in models):
            yield path, line, f"{name} is of {owner[name].rsplit('/', 1)[0]}, which is not below"


if __name__ == "__main__":
    report(rule)
