# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A platform on this machine that is told how its orders fare, and believes what is signed. It can commit and then
drop the connection, refuse or be silent, for as many calls as asked."""

import hashlib
import hmac
import http.server
import json
import threading


class Outside:
    """An HTTP server of its own thread; subclasses answer by answer(method, path, headers, body)."""

    def __init__(self):
        outside = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_any(self):
                outside.arrived += 1
                outside.gate.wait(30)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with outside.lock:
                    status, answer = outside.judge(self.command, self.path, self.headers, body)
                if status is None:  # dropped without a word
                    self.close_connection = True
                    self.connection.shutdown(2)
                    return
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                try:
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    pass  # whoever asked was killed

            do_GET = do_POST = handle_any

        self.lock = threading.Lock()
        self.gate = threading.Event()  # cleared: whoever calls is kept waiting
        self.gate.set()
        self.arrived = 0
        self.faults = []  # of the next calls: "drop" (done, then silence), "deaf" (silence), or a status
        self.calls = []  # (method, path) of all
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def judge(self, method, path, headers, body):
        self.calls.append((method, path))
        fault = self.faults.pop(0) if self.faults else None
        if fault == "deaf":
            return None, None
        if isinstance(fault, int):
            return fault, {"code": "FAULT", "message": "asked for"}
        status, answer = self.answer(method, path, headers, body)
        return (None, None) if fault == "drop" else (status, answer)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Platform(Outside):
    """A delivery platform's door for news of its orders; believes what is signed."""

    def __init__(self):
        super().__init__()
        self.secret = None
        self.told = []  # bodies, in the order in which they came
        self.unsigned = 0

    def answer(self, method, path, headers, body):
        wanted = hmac.new(self.secret.encode(), headers["X-OrderSync-Timestamp"].encode() + b"." + body,
                          hashlib.sha256).hexdigest()
        if headers["X-OrderSync-Signature"] != "v1=" + wanted:
            self.unsigned += 1
            return 401, {"code": "UNAUTHORIZED"}
        self.told.append(json.loads(body))
        return 200, {}
