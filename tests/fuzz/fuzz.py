#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Runs one libFuzzer program from the kept corpus for some seconds: OSY_FUZZ_SECONDS, else 20. What it
finds on the way stays in the build folder, and an input that breaks a promise lies beside it.

usage: fuzz.py PROGRAM CORPUS"""

import os
import sys


def main():
    program, corpus = sys.argv[1:]
    found = program + ".found"
    os.makedirs(found, exist_ok=True)
    options = [f"-max_total_time={os.environ.get('OSY_FUZZ_SECONDS', '20')}", "-timeout=10", "-rss_limit_mb=2048",
               "-max_len=65536", "-print_final_stats=1", f"-artifact_prefix={program}."]
    os.execv(program, [program, *options, found, corpus])


if __name__ == "__main__":
    main()
