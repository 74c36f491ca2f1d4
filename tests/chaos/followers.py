# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Who follows the shop's feed and keeps its place through every crash: by REST as a poller, and by WebSocket as
the console does."""

import asyncio
import json
import threading

import websockets.exceptions

from house import AWAY, ME, Refused

CLOSED = websockets.exceptions.WebSocketException


class Follower(threading.Thread):
    """What it was told: every event once, numbered without a gap."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house = house
        self.epoch, self.seq, self.resumed = None, 0, 0
        self.events = []  # (event_id, type, aggregate_id)
        self.shown = {}  # order id → (version, status) as the screen has it
        self.fault = None
        self.stopping = threading.Event()

    def take(self, epoch, event):
        if self.epoch not in (None, epoch):
            raise AssertionError(f"the feed changed its epoch from {self.epoch} to {epoch}")
        if event["seq"] != self.seq + 1:
            raise AssertionError(f"event {event['seq']} follows {self.seq}")
        self.epoch, self.seq = epoch, event["seq"]
        self.events.append((event["event_id"], event["type"], event["aggregate_id"]))
        if "order" in event:
            self.shown[event["order"]["id"]] = event["order"]["status"]

    def run(self):
        while not self.stopping.is_set():
            try:
                self.follow()
            except AssertionError as fault:
                self.fault = f"{type(self).__name__}: {fault}"
                return
            except (Refused, CLOSED, asyncio.TimeoutError, *AWAY) as error:
                if isinstance(error, Refused) and error.status == 401:
                    self.house.sign_in()
            self.stopping.wait(0.05)

    def told(self):
        """Order ids whose creation it was told of, as often as it was."""
        return [aggregate for _, kind, aggregate in self.events if kind == "order.created"]


class Poller(Follower):
    def follow(self):
        page = self.house.daemon.call("GET", f"{ME}/feed?after={self.seq}&limit=500")
        for event in page["events"]:
            self.take(page["epoch"], event)


class Screen(Follower):
    def follow(self):
        asyncio.run(self.listen())

    async def listen(self):
        daemon = self.house.daemon
        address = f"ws://127.0.0.1:{daemon.port}/ws/restaurants/me/feed"
        socket = await websockets.connect(address, extra_headers={"Authorization": f"Bearer {daemon.token}"})
        try:
            hello = json.loads(await asyncio.wait_for(socket.recv(), 10))
            await socket.send(json.dumps({"type": "resume", "epoch": self.epoch or hello["epoch"], "seq": self.seq}))
            self.resumed += 1
            while not self.stopping.is_set():
                try:
                    message = json.loads(await asyncio.wait_for(socket.recv(), 0.2))
                except asyncio.TimeoutError:
                    continue
                if message["type"] == "event":
                    self.take(message["epoch"], message["event"])
        finally:
            socket.transport.abort()
