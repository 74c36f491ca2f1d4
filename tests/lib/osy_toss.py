# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The strict Toss Payments of ordersync-sim, as tests drive it, and a shop's door for its webhooks."""

import base64
import http.client
import http.server
import json
import subprocess
import threading
import urllib.parse

from osy_daemon import forgiving, free_port

SECRET = "test_sk_simulated"


class Toss:
    """One simulated payment service."""

    def __init__(self, program, webhook=None, speed=1, journal=None, own_session=False):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [program, "toss", "--listen", f"127.0.0.1:{self.port}", "--webhook-speed", str(speed)]
        if webhook:
            command += ["--webhook", webhook]
        if journal:
            command += ["--journal", journal]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=own_session,
                                        env=forgiving())
        assert json.loads(self.process.stdout.readline())["event"] == "ready"

    def daemon_options(self):
        """What points a daemon here."""
        return ["--toss-base-url", self.url, "--toss-sdk-url", self.url + "/v2/standard"]

    def raw(self, method, path, body=None, headers=None, timeout=20):
        """(status, headers, bytes); raises OSError or HTTPException when the answer does not come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def call(self, method, path, body=None, key=None, secret=SECRET, headers=None, timeout=20):
        """(status, JSON) of the API as a shop's server calls it."""
        sent = {"Authorization": "Basic " + base64.b64encode(f"{secret}:".encode()).decode()}
        payload = None
        if body is not None:
            payload = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if key is not None:
            sent["Idempotency-Key"] = key
        sent.update(headers or {})
        status, _, content = self.raw(method, path, payload, sent, timeout)
        return status, json.loads(content)

    def sim(self, switch, body=None):
        """Turns a switch, or asks what happened."""
        method = "GET" if body is None else "POST"
        status, _, content = self.raw(method, "/sim/" + switch, None if body is None else json.dumps(body))
        answer = json.loads(content)
        assert status == 200, f"/sim/{switch}: {answer}"
        return answer

    def approve(self, order_id, amount, **more):
        """A guest agrees in the window; what the success URL would be given."""
        return self.sim("approve", {"orderId": order_id, "amount": amount, **more})

    def faults(self, *rules, **more):
        self.sim("faults", {"rules": list(rules), **more})

    def advance(self, seconds):
        self.sim("clock", {"advance_s": seconds})

    def state(self):
        return self.sim("state")

    def confirm(self, approved, key="", **more):
        body = {name: approved[name] for name in ("paymentKey", "orderId", "amount")}
        return self.call("POST", "/v1/payments/confirm", body, key or "key-" + approved["orderId"], **more)

    def cancel(self, payment_key, key, reason="손님 요청", **body):
        return self.call("POST", f"/v1/payments/{payment_key}/cancel", {"cancelReason": reason, **body}, key)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(timeout=20) == 0, "the simulator did not end well"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class WebhookDoor:
    """A shop's side of webhooks: keeps what comes, answers with .status."""

    def __init__(self):
        self.got = []  # (headers, JSON)
        self.status = 200
        self.lock = threading.Lock()
        door = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with door.lock:
                    door.got.append(({k.lower(): v for k, v in self.headers.items()}, json.loads(body)))
                self.send_response(door.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, order_id):
        """What came for one order: (headers, body)."""
        with self.lock:
            return [(headers, body) for headers, body in self.got
                    if (body.get("data") or body)["orderId"] == order_id]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def query_of(url):
    return {name: values[0] for name, values in urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).items()}
