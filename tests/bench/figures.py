# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""How a figure of ./run bench is measured and printed."""

import os
import statistics
import subprocess
import time


def load():
    return f"{os.getloadavg()[0]:.2f}"


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def figure(name, value, target, floor, before):
    """One row of the table: as Markdown, so that it can be kept."""
    print(f"| {name} | {value} | {target} | {floor} | {before} → {load()} |", flush=True)


def spread(values, unit, digits=0):
    middle = statistics.median(values)
    return (f"**{middle:.{digits}f} {unit}** [{min(values):.{digits}f} .. "
            f"{max(values):.{digits}f}], {len(values)} runs")


def milliseconds(begin):
    return (time.monotonic() - begin) * 1000


def bench_program(build, name, *args):
    result = subprocess.run([os.path.join(build, "tests", "bench", name), *args],
                            capture_output=True, text=True, check=True, timeout=120)
    return [[float(word) for word in line.split()]
            for line in result.stdout.splitlines() if line[:1].isdigit()]
