# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What encryption, signatures and strangers cost. Beside the goals stand the figures that the
original specification promised."""

import os
import statistics
import subprocess

from figures import bench_program, figure, load, spread

RATE, SECONDS, ROUNDS = 1000, 5, 3


def cryptography(build):
    before = load()
    runs = [bench_program(build, "bench-crypto")[0] for _ in range(5)]
    for at, name, target, digits in (
            (0, "**AES-GCM, a cell of 900 bytes sealed**", "≤ 1 µs (specification 28 µs)", 2),
            (2, "**AES-GCM, a cell of 900 bytes opened**", "≤ 1 µs (specification 28 µs)", 2),
            (4, "**RS256 verified**, RSA 2048", "≤ 25 µs (specification 31 µs)", 1)):
        floor = statistics.median(run[at + 1] for run in runs)
        ratio = statistics.median(run[at] / run[at + 1] for run in runs)
        figure(name, spread([run[at] for run in runs], "µs", digits), target,
               f"OpenSSL's part {floor:.{digits}f} µs, {ratio:.2f} ×", before)


def request(method, path, token=None, body=""):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def start(build, daemon, what, rate, seconds, connections):
    program = os.path.join(build, "tests", "bench", "bench-load")
    process = subprocess.Popen([program, str(daemon.port), str(rate), str(seconds), str(connections)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(what)
    process.stdin.close()
    return process


def result(process):
    """P50 ms, P99 ms, worst ms, answers, answers of 2xx."""
    words = process.stdout.read().split()
    process.wait()
    return [float(word) for word in words]


def attackers(build, daemon):
    """Forged tokens, guessed passwords, and requests that never end."""
    forged = request("GET", "/api/v1/restaurants/me/orders", daemon.token[:-6] + "AAAAAA")
    guess = request("POST", "/api/v1/auth/login", body='{"email":"x@shop.example","password":"guess guess guess"}')
    return [start(build, daemon, forged, 400, SECONDS, 8), start(build, daemon, guess, 100, SECONDS, 8),
            start(build, daemon, b"GET /health HTTP/1.1\r\nHost: 127", 20, SECONDS, 20)]


def guarded_reads(build, daemon):
    """An order read by a signed-in person, alone and while strangers hammer."""
    order = daemon.place()
    read = request("GET", f"/api/v1/orders/{order['id']}", daemon.token)
    health = request("GET", "/health")
    before, alone, attacked, floor = load(), [], [], []
    for _ in range(ROUNDS):
        floor.append(result(start(build, daemon, health, RATE, SECONDS, 16)))
        alone.append(result(start(build, daemon, read, RATE, SECONDS, 16)))
        strangers = attackers(build, daemon)
        attacked.append(result(start(build, daemon, read, RATE, SECONDS, 16)))
        for stranger in strangers:
            result(stranger)
    for name, runs, target in (("", alone, "P99 ≤ 20 ms (specification 200 ms)"),
                               (", under attack", attacked, "P99 < 2 × the one alone")):
        good = min(run[4] / (RATE * SECONDS) for run in runs)
        figure(f"**authenticated GET, {RATE}/s{name}**, {good:.1%} of 2xx",
               "**P99** " + spread([run[1] for run in runs], "ms", 1), target,
               f"GET /health P99 {statistics.median(run[1] for run in floor):.1f} ms", before)
