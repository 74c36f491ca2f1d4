#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Type = file = prefix: what a header exports is called after it."""

import re

from source import code_of, files, prototypes, report

# Headers that collect small functions of one kind, each kind under its own name.
COLLECTIONS = {
    "osy-codec": ("osy_base64url", "osy_hex", "osy_constant_time"),
    "osy-crypto": ("osy_aead", "osy_hmac", "osy_sha256", "osy_hkdf", "osy_wipe", "osy_rsa",
                   "osy_secret_bytes", "osy_bcrypt", "osy_ed25519", "osy_totp"),
    "osy-id": ("osy_random",),
    "osy-jwt": ("osy_jws",),
    "osy-key-provider-private": ("osy_private_file", "osy_secret_service"),
    "osy-log": ("osy_access_log",),
    "osy-postgres": ("osy_data_dir", "osy_drop_root"),
}


def prefix_of(inside):
    return "osc" if inside.startswith("src/console/") else "osy"


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def types_of(path):
    code = code_of(path)
    types = re.findall(r"typedef (?:struct|enum|union) (?:\w+ (?=\w+;))?(\w+);", code)
    types += re.findall(r"^\} (\w+);", code, re.M)
    types += re.findall(r"G_DECLARE_\w+ \((\w+),", code)
    return set(map(snake, types))


def allowed_prefixes(path):
    """The stem, its first word, and every type that the header, or for a private header the
    folder, declares."""
    stem = path.stem.removesuffix("-private").replace("-", "_")
    types = types_of(path)
    if path.stem.endswith("-private"):
        types |= {name for header in path.parent.glob("*.h") for name in types_of(header)}
    return {stem, "_".join(stem.split("_")[:2]), *types, *COLLECTIONS.get(path.stem, ())}


def rule(root):
    seen = {}
    for path in files(root, ".c", ".h", under="src"):
        inside = str(path.relative_to(root))
        prefix = prefix_of(inside)
        if path.name != "main.c" and not re.match(prefix + r"-[a-z0-9-]+\.[ch]$", path.name):
            yield path, 1, f"the file is not called {prefix}-something"
        if path.name in seen and path.name != "main.c":
            yield path, 1, f"another file has this name: {seen[path.name]}"
        seen[path.name] = inside
        if path.suffix != ".h":
            continue
        allowed = allowed_prefixes(path)
        for name, line, _ in prototypes(path):
            if not any(name == a or name.startswith(a + "_") for a in allowed):
                yield path, line, f"{name} does not begin with {path.stem.replace('-', '_')}_"


if __name__ == "__main__":
    report(rule)
