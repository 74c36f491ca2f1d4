# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The strict printer of ordersync-sim, as tests drive it."""

import json
import queue
import subprocess
import threading
import time

from osy_daemon import free_port


class Printer:
    """One receipt printer; what it does is told line by line."""

    def __init__(self, program, output=None, width=80):
        self.address = f"127.0.0.1:{free_port()}"
        command = [program, "printer", "--listen", self.address, "--width", str(width)]
        if output:
            command += ["--output", output]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.events = queue.Queue()
        self.slips, self.kicks, self.faults = [], 0, []
        threading.Thread(target=self._read, daemon=True).start()
        assert self.events.get(timeout=30)["event"] == "ready"

    def _read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "cut":
                self.slips.append(event)
            elif event["event"] == "kick":
                self.kicks += 1
            elif event["event"] == "fault":
                self.faults.append(event["what"])
            else:
                self.events.put(event)

    def do(self, command):
        """Obeys, and says how it is then."""
        while not self.events.empty():
            self.events.get()
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        while True:
            event = self.events.get(timeout=30)
            if event["event"] == "status":
                return event

    def texts(self):
        return [slip["text"] for slip in self.slips]

    def poll(self):
        return self.process.poll()

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def wait_for(what, get, timeout=60):
    """The first true thing that get() gives."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        found = get()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {timeout} s")
