# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The strict services of ordersync-sim that alerts are sent to, as tests drive them."""

import http.client
import json
import subprocess

from osy_daemon import forgiving, free_port


class Messages:
    """All of them on one address."""

    def __init__(self, program):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([program, "messages", "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.PIPE, text=True, env=forgiving())
        assert json.loads(self.process.stdout.readline())["event"] == "ready"

    def raw(self, method, path, body=None, headers=None, timeout=10):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def sim(self, switch, body=None):
        status, answer = self.raw("GET" if body is None else "POST", "/sim/" + switch,
                                  None if body is None else json.dumps(body))
        assert status == 200, answer
        return json.loads(answer)

    def fault(self, service, kind, times=1):
        self.sim("faults", {"service": service, "kind": kind, "times": times})

    def taken(self, service):
        """What that service accepted, in order."""
        return [one for one in self.sim("state")["taken"] if one["service"] == service]

    def requests(self, service):
        return self.sim("state")["requests"].get(service, 0)

    def violations(self):
        return self.sim("state")["violations"]

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(timeout=20) == 0, "the simulator did not end well"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
