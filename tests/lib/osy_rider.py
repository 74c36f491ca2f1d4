# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The strict Kakao Mobility of ordersync-sim, as tests drive it."""

import base64
import hashlib
import http.client
import json
import subprocess
import time
import uuid

from osy_daemon import forgiving, free_port

VENDOR, KEY = "SIMULATED", "simulated-key"


class Rider:
    """One simulated agency."""

    def __init__(self, program, pace=0):
        self.port = free_port()
        self.base = "/goa-sandbox-service/api"
        self.url = f"http://127.0.0.1:{self.port}{self.base}/v2"  # as a shop's client is pointed at it
        self.process = subprocess.Popen(
            [program, "rider", "--listen", f"127.0.0.1:{self.port}", "--pace", str(pace)],
            stdout=subprocess.PIPE, text=True, env=forgiving())
        assert json.loads(self.process.stdout.readline())["event"] == "ready"

    def raw(self, method, path, body=None, headers=None, timeout=10):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers or {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def signed(self, key=KEY, vendor=VENDOR, ahead_s=0, nonce=None):
        """Headers as its documents want them."""
        ts, nonce = str(int((time.time() + ahead_s) * 1000)), nonce or uuid.uuid4().hex
        sign = hashlib.sha512((ts + nonce + key).encode()).hexdigest()
        value = base64.b64encode(f"{ts}$${nonce}$${sign}".encode()).decode()
        return {"vendor": vendor, "Authorization": value}

    def call(self, method, path, body=None, headers=None, **more):
        return self.raw(method, self.base + path, body, headers or self.signed(), **more)

    def sim(self, switch, body=None):
        status, answer = self.raw("GET" if body is None else "POST", "/sim/" + switch, body)
        assert status == 200, answer
        return answer

    def move(self, order_id, status):
        self.sim("status", {"partnerOrderId": order_id, "status": status})

    def fault(self, op, kind, times=1):
        self.sim("faults", {"op": op, "kind": kind, "times": times})

    def state(self):
        return self.sim("state")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(timeout=20) == 0, "the simulator did not end well"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
