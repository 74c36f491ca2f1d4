# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A real daemon on scratch data, for tests in Python: start, set up, sign in, call, kill."""

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import uuid

PASSWORD = "correct horse battery staple"
EMAIL = "owner@shop.example"


def forgiving():
    """For simulators: libsoup's server keeps each socket it accepted, which is no leak of ours."""
    return dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")


def forged(token):
    """One letter of it is another."""
    return token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid):
    """Pids of the direct children of a process."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry))
    return found


class Refused(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    @property
    def code(self):
        return self.body.get("code") if isinstance(self.body, dict) else None


class Daemon:
    """ordersyncd with its own data directory and address."""

    def __init__(self, build_dir, data_dir=None, extra=(), errors=subprocess.DEVNULL):
        self.build_dir = build_dir
        self._scratch = None
        if data_dir is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="osy-")
            os.chmod(self._scratch.name, 0o755)
            data_dir = os.path.join(self._scratch.name, "data")
        self.data_dir = data_dir
        self.port = free_port()
        self.extra = list(extra)
        self.errors = errors  # a file for standard error
        self.own_session = False  # True: Ctrl-C at the terminal does not reach it
        self.complaints = []  # warnings and worse of its log
        self.contract = None  # an osy_contract.Contract judges every answer
        self.process = None
        self.token = None
        self.restaurant_id = None

    def program(self, name):
        folder = {"ordersyncd": "daemon", "ordersyncctl": "ctl", "ordersync": "console",
                  "ordersync-sim": "sim"}[name]
        return os.path.join(self.build_dir, "src", folder, name)

    def ctl(self, *args, stdin=None, check=True):
        result = subprocess.run(
            [self.program("ordersyncctl"), "--data-dir", self.data_dir, *args],
            input=stdin, capture_output=True, text=True, timeout=120, check=False)
        if check and result.returncode != 0:
            raise RuntimeError(f"ordersyncctl {args[0]}: {result.stderr.strip()} {result.stdout.strip()}")
        return result

    def setup(self, menu=None):
        args = ["setup", "--shop-name", "소담분식", "--owner-email", EMAIL,
                "--owner-password-stdin", "--key-provider", "file", "--json"]
        if menu:
            args += ["--menu", menu]
        answer = json.loads(self.ctl(*args, stdin=PASSWORD + "\n").stdout)
        self.restaurant_id = answer["restaurant_id"]
        return answer

    def start(self, timeout=30):
        self.process = subprocess.Popen(
            [self.program("ordersyncd"), "--data-dir", self.data_dir,
             "--listen", f"127.0.0.1:{self.port}", "--key-provider", "file", *self.extra],
            stdout=subprocess.PIPE, stderr=self.errors, encoding="utf-8", errors="replace",
            start_new_session=self.own_session)
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"ordersyncd ended with {self.process.wait()}")
            try:
                if json.loads(line).get("event") == "ready":
                    self._drain()
                    return
            except json.JSONDecodeError as error:
                raise RuntimeError(f"not a JSON line: {line!r}") from error
        raise RuntimeError("ordersyncd did not become ready")

    def _drain(self):
        """The log must not fill the pipe; of what it says only complaints are kept."""
        stream = self.process.stdout

        def read():
            for line in stream:
                if not line.endswith("}\n"):
                    continue  # it was killed while it wrote this
                if json.loads(line).get("level") in ("warning", "critical", "fatal"):
                    self.complaints.append(line.strip())

        threading.Thread(target=read, daemon=True).start()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(timeout=20)
            if code != 0:
                raise RuntimeError(f"ordersyncd stopped with {code}")
        self.process = None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def postmaster(self):
        with open(os.path.join(self.data_dir, "pg", "postmaster.pid"), encoding="utf-8") as file:
            return int(file.readline())

    def sql(self, text, wait=True):
        """What psql prints as ordersync_admin; without waiting, its process."""
        command = ["psql", "-h", os.path.join(self.data_dir, "run"), "-U", "ordersync_admin",
                   "-d", "ordersync", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", text]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if not wait:
            return process
        out, err = process.communicate(timeout=30)
        if process.returncode != 0:
            raise AssertionError(err)
        return out

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if self._scratch:
            self._scratch.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- calls ----

    def raw(self, method, path, body=None, headers=None, timeout=10):
        """(status, headers, bytes); raises OSError when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            status, found, content = answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()
        if self.contract:
            self.contract.check(method, path, status, found, content)
        return status, found, content

    def call(self, method, path, body=None, headers=None, key=None, anonymous=False):
        """The JSON of a 2xx answer; Refused otherwise."""
        sent = dict(headers or {})
        payload = None
        if body is not None:
            payload = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if key:
            sent["Idempotency-Key"] = key
        if self.token and not anonymous:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        status, _, content = self.raw(method, "/api/v1" + path, payload, sent)
        answer = json.loads(content) if content else None
        if status // 100 != 2:
            raise Refused(status, answer)
        return answer

    def login(self):
        answer = self.call("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD},
                           anonymous=True)
        self.token = answer["access_token"]
        if self.restaurant_id is None:
            me = self.call("GET", "/auth/me")
            self.restaurant_id = me["restaurant"]["id"]
        return answer

    def stay_signed_in(self, every=300):
        """For what takes longer than a token lives: signs in anew every so many seconds."""
        def renew():
            while True:
                time.sleep(every)
                try:
                    self.login()
                except (OSError, http.client.HTTPException, Refused):
                    continue  # it is down, or gone
        threading.Thread(target=renew, daemon=True).start()

    def menu(self):
        return self.call("GET", f"/restaurants/{self.restaurant_id}/menu", anonymous=True)

    def order_body(self, items=None, **more):
        """A takeout order of the first item on the menu that needs no option."""
        if items is None:
            items = [{"menu_item_id": self.plain_item()["id"], "quantity": 1}]
        body = {"restaurant_id": self.restaurant_id, "type": "TAKEOUT", "channel": "COUNTER",
                "items": items, "payment": {"method": "LATER"}}
        body.update(more)
        return body

    def plain_item(self):
        for category in self.menu()["categories"]:
            for item in category["items"]:
                if not item["sold_out"] and all(g["min"] == 0 for g in item["option_groups"]):
                    return item
        raise RuntimeError("no plain item on the menu")

    def place(self, body=None, key=None, anonymous=False):
        return self.call("POST", "/orders", body or self.order_body(), key=key or str(uuid.uuid4()),
                         anonymous=anonymous)

    def act(self, order_id, act, body=None):
        return self.call("POST", f"/restaurants/me/orders/{order_id}/{act}", body)
