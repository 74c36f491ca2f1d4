# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The Test Anything Protocol for scripts: @case on functions, then run(fixture)."""

import traceback

CASES = []


class Skip(Exception):
    """Raised by a case that cannot run here; says why."""


def case(function):
    CASES.append(function)
    return function


def equal(got, wanted, what="value"):
    assert got == wanted, f"{what}: got {got!r}, wanted {wanted!r}"


def run(*fixture):
    """Runs every case; returns the number that failed."""
    failed = 0
    print(f"TAP version 13\n1..{len(CASES)}", flush=True)
    for number, function in enumerate(CASES, 1):
        name = (function.__doc__ or function.__name__).strip().splitlines()[0].rstrip(".")
        try:
            function(*fixture)
            print(f"ok {number} - {name}", flush=True)
        except Skip as skip:
            print(f"ok {number} - {name} # SKIP {skip}", flush=True)
        except Exception:
            failed += 1
            print("# " + traceback.format_exc().strip().replace("\n", "\n# "))
            print(f"not ok {number} - {name}", flush=True)
    return failed
