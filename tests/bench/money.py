# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What the promises cost: how late the relay is under load, and what a payment waits for us."""

import http.client
import json
import os
import statistics
import sys
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from figures import figure, load, milliseconds, percentile  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from osy_till import Till  # noqa: E402
from osy_toss import Toss  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CLIENTS, RATE, SECONDS = 8, 200, 10
PAYMENTS = 200


def client(daemon, body, begin):
    """Orders at its share of the rate, on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=20)
    for nth in range(RATE * SECONDS // CLIENTS):
        time.sleep(max(0, begin + nth * CLIENTS / RATE - time.monotonic()))
        line.request("POST", "/api/v1/orders", body, {"Authorization": f"Bearer {daemon.token}", "Content-Type":
                                                      "application/json", "Idempotency-Key": str(uuid.uuid4())})
        answer = line.getresponse()
        content = answer.read()
        if answer.status != 201:
            raise SystemExit(f"{answer.status} {content}")


def relay(daemon):
    """From the moment of an order to its number in the feed."""
    before, body = load(), json.dumps(daemon.order_body()).encode()
    begin = time.monotonic() + 0.2
    threads = [threading.Thread(target=client, args=(daemon, body, begin + n / RATE)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begin
    text = daemon.sql("SELECT extract(epoch FROM published_at - occurred_at) * 1000 FROM shop_feed "
                      "WHERE type = 'order.created'")
    lags = [float(line) for line in text.splitlines()[2:] if line.strip() and not line.startswith("(")]
    figure(f"**relay lag**, {len(lags)} orders at {len(lags) / took:.0f}/s: written → numbered in the feed",
           f"P50 {percentile(lags, 50):.1f} ms, **P99 {percentile(lags, 99):.1f} ms**", "P99 ≤ 50 ms", "–", before)


def confirm(daemon, toss):
    """The guest comes back from the window; less what the payment service takes for the same call."""
    before, till = load(), Till(daemon, toss)
    ours, theirs = [], []
    for _ in range(PAYMENTS):
        order = till.place()
        payment = till.ask("TOSS", order["total_amount"], check_id=order["check_id"])
        back = toss.approve(payment["id"], payment["amount"])
        begin = time.monotonic()
        answer = daemon.call("POST", "/payments/confirm", {"payment_key": back["paymentKey"], "amount": back["amount"],
                                                           "order_id": back["orderId"]})
        ours.append(milliseconds(begin))
        if answer["status"] != "PAID":
            raise SystemExit(f"not paid: {answer}")
        alone = toss.approve(str(uuid.uuid4()), payment["amount"])
        begin = time.monotonic()
        toss.confirm(alone)
        theirs.append(milliseconds(begin))
    floor = statistics.median(theirs)
    figure(f"**payment confirm, our part**, {PAYMENTS} payments",
           f"P50 {percentile(ours, 50) - floor:.1f} ms, **P99 {percentile(ours, 99) - floor:.1f} ms**", "≤ 15 ms",
           f"the simulated service alone {floor:.1f} ms", before)


def measure(build):
    with Toss(os.path.join(build, "src", "sim", "ordersync-sim")) as toss, \
            Daemon(build, extra=toss.daemon_options()) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        relay(daemon)
        confirm(daemon, toss)
        daemon.stop()
