#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Runs one libFuzzer program from the kept corpus: 10 seconds, or OSY_FUZZ_SECONDS of processor time, however busy the
machine. What it finds on the way stays in the build folder, and an input that breaks a promise lies beside it.

usage: fuzz.py PROGRAM CORPUS"""

import os
import resource
import subprocess
import sys


def run(program, corpus, seconds):
    found = program + ".found"
    os.makedirs(found, exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536",
               "-print_final_stats=1", f"-artifact_prefix={program}."]
    return subprocess.run([program, *options, found, corpus], check=False).returncode


def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    program, corpus = sys.argv[1:]
    wanted = int(os.environ.get("OSY_FUZZ_SECONDS", "0"))
    if wanted == 0:
        return run(program, corpus, 10)
    while spent() < wanted:
        failed = run(program, corpus, max(1, int(wanted - spent())))
        if failed:
            return failed
    print(f"{spent():.0f} seconds of processor time without a finding")
    return 0


if __name__ == "__main__":
    sys.exit(main())
