#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What has to be built for some suites: the programs their tests run and depend on, one a line.

usage: targets.py BUILD-FOLDER SUITE…"""

import json
import os
import subprocess
import sys


def introspect(build, what):
    return json.loads(subprocess.run(["meson", "introspect", build, what], check=True,
                                     capture_output=True, text=True).stdout)


def main():
    build = os.path.abspath(sys.argv[1])
    wanted = set(sys.argv[2:])
    files = {target["id"]: target["filename"] for target in introspect(build, "--targets")}
    found = set()
    for test in introspect(build, "--tests"):
        if wanted.isdisjoint(suite.rsplit(":", 1)[-1] for suite in test["suite"]):
            continue
        found.update(word for word in test["cmd"]
                     if word.startswith(build + os.sep) and not os.path.isdir(word))
        for target in test["depends"]:
            found.update(files[target])
    built = {name for names in files.values() for name in names}
    for name in sorted(found & built):
        print(os.path.relpath(name, build))


if __name__ == "__main__":
    main()
