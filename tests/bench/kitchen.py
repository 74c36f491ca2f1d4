# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""How long food is on its way to the kitchen: an order is sent, and its ticket is on a screen."""

import asyncio
import json
import threading
import time

import websockets

from figures import figure, load, milliseconds, percentile

ORDERS = 100
# Far more than a kitchen can cook, and no race for the processor.
RATE = 5


class Screen(threading.Thread):
    """A kitchen screen: notes when the ticket of each order came, and when the order itself did."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        self.bearer = {"Authorization": f"Bearer {daemon.token}"}
        self.tickets, self.orders = {}, {}
        self.ready = threading.Event()

    def run(self):
        asyncio.run(self.follow())

    async def follow(self):
        async with websockets.connect(self.address, extra_headers=self.bearer) as found:
            hello = json.loads(await found.recv())
            await found.send(json.dumps({"type": "resume", "epoch": hello["epoch"], "seq": hello["head"]}))
            self.ready.set()
            while len(self.tickets) < ORDERS:
                text = await found.recv()
                now = time.monotonic()
                event = json.loads(text).get("event", {})
                if "ticket" in event:
                    self.tickets.setdefault(event["ticket"]["order_id"], now)
                elif "order" in event:
                    self.orders.setdefault(event["aggregate_id"], now)


def measure(daemon):
    """Beside it the order's own event, which takes the same way but for the kitchen."""
    before, screen = load(), Screen(daemon)
    body = daemon.order_body(accept={"ready_in_minutes": 15})
    screen.start()
    screen.ready.wait(10)
    begun = {}
    for _ in range(ORDERS):
        begin = time.monotonic()
        begun[daemon.place(body)["id"]] = begin
        time.sleep(max(0, 1 / RATE - milliseconds(begin) / 1000))
    screen.join(30)
    took = [(screen.tickets[key] - begin) * 1000 for key, begin in begun.items()]
    floor = [(screen.orders[key] - begin) * 1000 for key, begin in begun.items()]
    figure(f"**sent to the kitchen → its ticket on a screen**, {ORDERS} orders, {RATE}/s",
           f"P50 {percentile(took, 50):.1f} ms, **P99 {percentile(took, 99):.1f} ms**", "P99 ≤ 100 ms",
           f"the order's own event P50 {percentile(floor, 50):.1f}, P99 {percentile(floor, 99):.1f} ms", before)
