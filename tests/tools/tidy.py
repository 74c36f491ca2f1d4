#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Runs clang-tidy over src/ as it is compiled in a build directory, several files at once.

usage: tidy.py BUILD-DIR

A file that was clean is not looked at again until it, a header it includes, its compiler command
or .clang-tidy changes: the hashes of clean files are kept in BUILD-DIR/tidy/. It looks at what the last
commits changed, which is all that can have become bad since; at every file with ALL=1.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The analyzer's deep mode takes three times as long, and what it follows through calls is mostly GLib.
SHALLOW = [f"--extra-arg={word}" for word in ("-Xclang", "-analyzer-config", "-Xclang", "mode=shallow")]
# More than are ever handed in together.
COMMITS = 60


# A commit of more files than this brought in work that was looked at before, step by step.
MANY = 300


def touched():
    """Paths that the last commits changed; None: nobody knows."""
    run = subprocess.run(["git", "-C", ROOT, "log", f"-{COMMITS}", "--format=%x00", "--name-only"], capture_output=True,
                         text=True, check=False)
    if run.returncode or os.environ.get("ALL"):
        return None
    commits = [[ROOT / line for line in part.split("\n") if line] for part in run.stdout.split("\0")]
    return {path for paths in commits if len(paths) <= MANY for path in paths}


def sources(build):
    """{path: compile command} of what is compiled from src/."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(os.path.normpath(os.path.join(entry["directory"], entry["file"])))
        if path.is_relative_to(ROOT / "src"):
            found[path] = entry
    return found


def headers(build):
    """{object: headers of ours}, as the compiler told ninja."""
    run = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True,
                         check=True)
    found, current = {}, None
    for line in run.stdout.splitlines():
        if line and not line.startswith(" "):
            current = found.setdefault(line.split(":")[0], [])
        elif line.strip():
            path = pathlib.Path(os.path.normpath(build / line.strip()))
            if path.is_relative_to(ROOT):
                current.append(path)
    return found


def digest(parts, entry):
    text = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    text.update(entry["command"].encode())
    for part in sorted(parts):
        text.update(part.read_bytes() if part.exists() else b"")
    return text.hexdigest()


def tidy(build, path):
    run = subprocess.run(["clang-tidy", "-p", build, "--quiet", *SHALLOW, path], capture_output=True,
                         text=True, check=False)
    said = "" if run.returncode == 0 else run.stdout or run.stderr
    return re.sub(rf"{re.escape(str(build))}/\.\./|{re.escape(str(ROOT))}/", "", said)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    kept = build / "tidy"
    kept.mkdir(exist_ok=True)
    included, fresh = headers(build), touched()
    todo = {}
    for path, entry in sources(build).items():
        parts = {path, *included.get(entry["output"], [])}
        key = kept / digest(parts, entry)
        # Of headers those of its own room: one that all include would make it all.
        near = {part for part in parts if part.parent == path.parent}
        if not key.exists() and (fresh is None or near & fresh):
            todo[path] = key
    print(f"clang-tidy: {len(todo)} files to look at", flush=True)
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        looked = pool.map(lambda path: tidy(build, path), todo)
        for key, said in zip(todo.values(), looked):
            if said:
                bad += 1
                print(said, flush=True)
            else:
                key.touch()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
