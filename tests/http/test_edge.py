#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The edge: TLS before the daemon, whose word on addresses is taken there alone, and which ends with
it."""

import asyncio
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import uuid

import websockets

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import EMAIL, Daemon, free_port  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
           "cache-control": "no-store", "cross-origin-resource-policy": "same-origin",
           "content-security-policy": "default-src 'none'; frame-ancestors 'none'"}


def wait(condition, what, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"in {seconds} s not: {what}"
        time.sleep(0.05)


def trusting(daemon):
    return ssl.create_default_context(cafile=os.path.join(daemon.data_dir, "edge", "ca.crt"))


def ask(daemon, method, path, body=None, headers=None, host="127.0.0.1"):
    """(status, [(name, value)], bytes) through the edge."""
    connection = http.client.HTTPSConnection(host, daemon.edge_port, timeout=15, context=trusting(daemon))
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, [(n.lower(), v) for n, v in answer.getheaders()], answer.read()
    finally:
        connection.close()


def bearer(daemon):
    return {"Authorization": f"Bearer {daemon.token}", "Content-Type": "application/json"}


def edge_pid(daemon):
    try:
        with open(os.path.join(daemon.data_dir, "edge", "nginx.pid"), encoding="utf-8") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def edge_state(daemon):
    return json.loads(daemon.raw("GET", "/ready")[2]).get("edge")


def listens(port):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ready(daemon):
    wait(lambda: edge_state(daemon) == "up", "the edge is up")


@case
def private_files(daemon):
    """Keys, configuration and socket are the owner's alone, and the authority is narrow."""
    folder = os.path.join(daemon.data_dir, "edge")
    equal(os.stat(folder).st_mode & 0o777, 0o700, "mode of edge/")
    for name in os.listdir(folder):
        if name != "tmp":
            equal(os.stat(os.path.join(folder, name)).st_mode & 0o077, 0, f"what others may do with {name}")
    text = subprocess.run(["openssl", "x509", "-noout", "-text", "-in", os.path.join(folder, "ca.crt")],
                          capture_output=True, text=True, check=True).stdout
    for wanted in ("CA:TRUE, pathlen:0", "Name Constraints: critical", "prime256v1"):
        assert wanted in text, f"the authority lacks {wanted}"


@case
def tls(daemon):
    """TLS 1.3 and nothing older; the certificate is valid for this machine under the shop's authority."""
    context = trusting(daemon)
    with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            equal(secure.version(), "TLSv1.3")
    for version in ("-tls1_2", "-tls1_1", "-tls1"):
        said = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{daemon.edge_port}", version,
                               "-cipher", "DEFAULT:@SECLEVEL=0"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=20, check=False)
        assert said.returncode != 0 and "protocol version" in said.stderr, f"{version}: {said.stderr}"
    with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
        try:
            ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")
            raise AssertionError("the certificate was believed without its authority")
        except ssl.SSLCertVerificationError:
            pass


@case
def headers(daemon):
    """Every answer has each security header once, whoever gives it, and the page keeps its own policy."""
    paths = [("GET", "/api/v1/openapi.json", 200), ("GET", "/nothing", 404), ("GET", "/ca.crt", 200),
             ("GET", "/health", 404), ("GET", "/metrics", 404), ("GET", "/api/v1/setup", 404),
             ("GET", "/api/v1/auth/me", 401), ("GET", "/" + "a" * 9000, 414),
             ("POST", "/ca.crt", 405), ("GET", "/.refused/404", 404)]
    for method, path, status in paths:
        got, found, _ = ask(daemon, method, path)
        equal(got, status, f"{method} {path[:40]}")
        for name, value in dict(HEADERS, **{"strict-transport-security": "max-age=31536000"}).items():
            equal([v for n, v in found if n == name], [value], f"{name} of {path[:40]}")
        equal([v for n, v in found if n == "server"], ["nginx"], "Server, without a version")
    _, found, _ = ask(daemon, "GET", "/api/v1/docs")
    policies = [v for n, v in found if n == "content-security-policy"]
    assert len(policies) == 1 and "script-src 'self'" in policies[0], policies
    for path in ("/health", "/nothing", "/api/v1/auth/me"):
        found = {n.lower(): v for n, v in daemon.raw("GET", path)[1].items()}
        for name, value in HEADERS.items():
            equal(found.get(name), value, f"{name} of {path} without the edge")


@case
def addresses(daemon):
    """A client is who the edge saw: other clients are not held up, and no header makes another of one."""
    def sign_in(host, spoofed):
        body = json.dumps({"email": f"{uuid.uuid4()}@shop.example", "password": "wrong wrong wrong"})
        return ask(daemon, "POST", "/api/v1/auth/login", body,
                   {"Content-Type": "application/json", "X-Forwarded-For": spoofed, "X-Real-IP": spoofed,
                    "Forwarded": f"for={spoofed}"}, host)

    equal([sign_in("127.0.0.1", f"198.51.100.{n}")[0] for n in range(4)], [401, 401, 401, 429])
    status, found, content = sign_in("127.0.0.1", "198.51.100.200")
    equal((status, json.loads(content)["code"]), (429, "RATE_LIMITED"))
    retry = int(dict(found)["retry-after"])
    assert 250 < retry <= 300, f"Retry-After: {retry}"
    equal(sign_in("::1", "127.0.0.1")[0], 401, "another client")


@case
def spoofing_past_the_edge(daemon):
    """On the daemon's own port the header means nothing."""
    body = json.dumps({"email": "nobody@shop.example"})
    statuses = [daemon.raw("POST", "/api/v1/auth/login", body,
                           {"Content-Type": "application/json", "X-Forwarded-For": f"198.51.100.{n}"})[0]
                for n in range(70)]
    assert 429 in statuses, "a header made many clients of one"
    equal(daemon.raw("GET", "/health", headers={"X-Forwarded-For": "198.51.100.1"})[0], 200)
    # The pace of this machine's own programs goes by the connection; what is kept of them must, too.
    read = daemon.raw("GET", f"/api/v1/orders/{uuid.uuid4()}", headers={
        **bearer(daemon), "X-Forwarded-For": "198.51.100.77"})
    equal(read[0], 404)
    for _ in range(45):
        daemon.raw("GET", f"/api/v1/restaurants/{uuid.uuid4()}/menu", headers={"X-Forwarded-For": "198.51.100.77"})
    deadline = time.monotonic() + 10
    while not (found := [one["client"] for one in daemon.call("GET", "/restaurants/me/security")["threats"]
                         if one["kind"] == "FOREIGN_SHOP_PROBE"]):
        assert time.monotonic() < deadline, "probing was not told of"
        time.sleep(0.05)
    equal(found, ["127.0.0.1"], "the header was believed")


@case
def counter_goes_on(daemon):
    """Guests who come too fast are refused; who has signed in is not."""
    path = f"/api/v1/restaurants/{daemon.restaurant_id}"
    statuses = [ask(daemon, "GET", path)[0] for _ in range(25)]
    equal(statuses[0], 200)
    equal(statuses[-1], 429)
    equal(ask(daemon, "GET", "/api/v1/restaurants/me", headers=bearer(daemon))[0], 200)
    text = daemon.raw("GET", "/metrics")[2].decode()
    assert 'ordersync_requests_limited_total{class="read"}' in text


@case
def flood(daemon):
    """An address that goes on and on is told of, once; whoever works here is served all the same."""
    def told():
        return daemon.sql("COPY (SELECT count(*) FROM threat WHERE kind = 'FLOOD') TO STDOUT").strip()

    path = f"/api/v1/restaurants/{daemon.restaurant_id}"
    statuses = [ask(daemon, "GET", path)[0] for _ in range(110)]
    assert statuses.count(429) >= 100, statuses
    deadline = time.monotonic() + 10
    while told() == "0":
        assert time.monotonic() < deadline, "a flood was not told of"
        time.sleep(0.05)
    for _ in range(110):
        ask(daemon, "GET", path)
    body = ask(daemon, "GET", "/api/v1/restaurants/me/security", headers=bearer(daemon))
    equal(body[0], 200)
    found = [one["subject"] for one in json.loads(body[2])["threats"] if one["kind"] == "FLOOD"]
    equal((told(), found), ("1", ["client:127.0.0.1"]))


@case
def bodies(daemon):
    """64 KiB for all, 8 MiB for imports, and a refusal reads like the daemon's."""
    big = json.dumps({"note": "x" * 70_000})
    status, found, content = ask(daemon, "PATCH", "/api/v1/restaurants/me", big, bearer(daemon))
    equal((status, dict(found)["content-type"]), (413, "application/problem+json"))
    equal(json.loads(content)["code"], "TOO_LARGE")
    status, _, content = ask(daemon, "POST", "/api/v1/restaurants/me/menu/changes", big * 20, bearer(daemon))
    equal(status, 400, content)
    status, _, content = ask(daemon, "POST", "/api/v1/webhooks/toss", json.dumps({"data": "x" * 70_000}),
                             {"Content-Type": "application/json"})
    equal((status, json.loads(content)["code"]), (400, "INVALID_REQUEST"))
    status, _, content = ask(daemon, "POST", "/api/v1/webhooks/toss", json.dumps({"data": "x" * 262_144}),
                             {"Content-Type": "application/json"})
    equal((status, json.loads(content)["code"]), (413, "TOO_LARGE"))
    status, _, content = ask(daemon, "POST", "/api/v1/restaurants/me/menu/import", b"x" * (8 * 1024 * 1024 + 1),
                             bearer(daemon))
    equal((status, json.loads(content)["code"]), (413, "TOO_LARGE"))


@case
def addresses(daemon):
    """What a phone is to open has the address at which it comes here: the page to pay, the courier's link."""
    keys = {"client_key": "test_ck_simulated", "secret_key": "test_sk_simulated"}
    daemon.call("PUT", "/restaurants/me/payment-setup", {"methods": ["CASH", "TOSS"], "toss": keys})
    order = daemon.place(daemon.order_body())
    payment = daemon.call("POST", "/payments", {"method": "TOSS", "amount": order["total_amount"],
                                                "check_id": order["check_id"]}, key="edge-payment-0001")
    best = daemon.call("GET", "/restaurants/me/edge")["addresses"][0]
    assert best.startswith("https://") and payment["checkout_url"].startswith(f"{best}/pay/{payment['id']}#"), payment
    delivery = daemon.place(daemon.order_body(type="DELIVERY", delivery={"address": "서울 강남구 역삼동 1"},
                                              customer={"name": "손님", "phone": "010-1234-5678"}))
    daemon.act(delivery["id"], "accept", {"ready_in_minutes": 10})
    called = daemon.call("POST", f"/restaurants/me/orders/{delivery['id']}/delivery", {"carrier": "OWN"})
    link = daemon.call("POST", f"/restaurants/me/deliveries/{called['id']}/link")
    equal(link["url"], best + link["path"])


@case
def plain_http(daemon):
    """Who forgets TLS is told so, and nothing is served."""
    with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
        plain.sendall(b"GET /ca.crt HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = plain.recv(65536)
    assert answer.startswith(b"HTTP/1.1 400 ") and b"INVALID_REQUEST" in answer, answer


@case
def slow_head(daemon):
    """Who sends a head by drops is cut off."""
    with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
        with trusting(daemon).wrap_socket(plain, server_hostname="localhost") as secure:
            secure.settimeout(0.5)
            secure.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            begun = time.monotonic()
            while time.monotonic() - begun < 30:
                try:
                    secure.sendall(b"a")
                    answer = secure.recv(4096)
                    if not answer or answer.startswith(b"HTTP/1.1 408 "):
                        return
                except TimeoutError:
                    continue
                except (OSError, ssl.SSLError):
                    return
    raise AssertionError("the edge waited for ever")


@case
def web_sockets(daemon):
    """A feed through the edge: events, pings both ways, a clean close, and only from pages of the shop."""
    url = f"wss://localhost:{daemon.edge_port}/ws/restaurants/me/feed"
    sent = {"Authorization": f"Bearer {daemon.token}"}

    async def follow():
        loop = asyncio.get_running_loop()
        async with websockets.connect(url, ssl=trusting(daemon), extra_headers=sent) as feed:
            hello = json.loads(await asyncio.wait_for(feed.recv(), 10))
            await asyncio.wait_for(await feed.ping(), 10)
            placed = await loop.run_in_executor(None, daemon.place)
            while True:
                message = json.loads(await asyncio.wait_for(feed.recv(), 10))
                if message["type"] == "event" and placed["id"] in json.dumps(message):
                    break
            await feed.close(1000)
            equal(feed.close_code, 1000)
        return hello

    async def refused(origin):
        try:
            async with websockets.connect(url, ssl=trusting(daemon), extra_headers=sent, origin=origin):
                return 101
        except websockets.exceptions.InvalidStatusCode as refusal:
            return refusal.status_code

    assert asyncio.run(follow())["type"]
    equal(asyncio.run(refused("https://evil.example")), 403)
    equal(asyncio.run(refused(f"https://localhost:{daemon.edge_port}")), 101)


@case
def comes_back(daemon):
    """An edge that is killed is started again, and the daemon says how it stands."""
    before = edge_pid(daemon)
    os.kill(before, signal.SIGKILL)
    wait(lambda: edge_pid(daemon) not in (None, before) and edge_state(daemon) == "up", "the edge is back")
    equal(ask(daemon, "GET", "/api/v1/docs")[0] // 100, 2)
    # The second death in a row waits a little, and that is seen.
    os.kill(edge_pid(daemon), signal.SIGKILL)
    wait(lambda: edge_state(daemon) == "down", "the edge is down")
    equal(daemon.call("GET", "/restaurants/me")["id"], daemon.restaurant_id, "the counter meanwhile")
    ready(daemon)


@case
def renewed(daemon):
    """A certificate that lacks a name of the machine is replaced at the start."""
    path = os.path.join(daemon.data_dir, "edge", "server.crt")
    with open(path, encoding="utf-8") as file:
        before = file.read()
    daemon.stop()
    with open(os.path.join(daemon.data_dir, "edge", "names"), "w", encoding="utf-8") as file:
        file.write("till.lan\n")
    os.chmod(os.path.join(daemon.data_dir, "edge", "names"), 0o644)
    daemon.start()
    ready(daemon)
    with open(path, encoding="utf-8") as file:
        assert file.read() != before, "the old certificate is still there"
    with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
        trusting(daemon).wrap_socket(plain, server_hostname="till.lan").close()


@case
def ends_with_the_daemon(daemon):
    """Neither a stop nor a SIGKILL of the daemon leaves an edge behind, and sockets hear of the stop."""
    async def told():
        url = f"wss://localhost:{daemon.edge_port}/ws/restaurants/me/feed"
        async with websockets.connect(url, ssl=trusting(daemon),
                                      extra_headers={"Authorization": f"Bearer {daemon.token}"}) as feed:
            await asyncio.wait_for(feed.recv(), 10)
            await asyncio.get_running_loop().run_in_executor(None, daemon.stop)
            try:
                while True:
                    await asyncio.wait_for(feed.recv(), 10)
            except websockets.exceptions.ConnectionClosed:
                return feed.close_code

    daemon.login()
    equal(asyncio.run(told()), 1001)
    assert not listens(daemon.edge_port), "the edge outlived a stop"
    daemon.start()
    ready(daemon)
    pid = edge_pid(daemon)
    daemon.kill()
    wait(lambda: not listens(daemon.edge_port) and not os.path.exists(f"/proc/{pid}"), "the edge is gone")
    daemon.start()
    ready(daemon)
    daemon.stop()


@case
def command_line(daemon):
    """edge setup keeps the authority, says what to trust, and refuses what the authority must not sign."""
    fingerprint = daemon.ctl("edge", "status").stdout.split("authority")[1].strip()
    said = daemon.ctl("edge", "trust", "--port", "9443").stdout
    assert ":9443/ca.crt" in said and "▄" in said and fingerprint[:47] in said and fingerprint[48:] in said
    daemon.ctl("edge", "setup", "--name", "counter.local")
    equal(daemon.ctl("edge", "status").stdout.split("authority")[1].strip(), fingerprint)
    for name in ("bank.example", "203.0.113.9", "a b", "$x"):
        equal(daemon.ctl("edge", "setup", "--name", name, check=False).returncode, 2, name)
    daemon.ctl("edge", "setup", "--name", "counter.local")


@case
def given_certificate(daemon):
    """A certificate of one's own is served; one that does not fit its key stops the start."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for name in ("a", "b"):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=given",
                            "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/{name}.key",
                            "-out", f"{folder}/{name}.crt"], check=True, capture_output=True)
            os.chmod(f"{folder}/{name}.key", 0o644)
        keep = daemon.extra
        daemon.extra = keep + ["--edge-certificate", f"{folder}/a.crt", "--edge-key", f"{folder}/a.key"]
        daemon.start()
        ready(daemon)
        context = ssl.create_default_context(cafile=f"{folder}/a.crt")
        with socket.create_connection(("127.0.0.1", daemon.edge_port)) as plain:
            context.wrap_socket(plain, server_hostname="localhost").close()
        daemon.stop()
        daemon.extra = keep + ["--edge-certificate", f"{folder}/a.crt", "--edge-key", f"{folder}/b.key"]
        try:
            daemon.start()
            raise AssertionError("started with a key that does not fit")
        except RuntimeError as error:
            assert "ended with 2" in str(error), error
        daemon.extra = keep


@case
def off(daemon):
    """Turned off, nothing listens, and /ready says so."""
    daemon.extra += ["--edge", "off"]
    daemon.start()
    equal(edge_state(daemon), "off")
    assert not listens(daemon.edge_port)
    assert not os.path.exists(os.path.join(daemon.data_dir, "edge", "daemon.sock"))


def main():
    port = free_port()
    with Daemon(sys.argv[1], extra=["--edge-port", str(port), "--limit-sign-in", "3", "--limit-read", "20"]) as daemon:
        daemon.edge_port = port
        daemon.setup(MENU)
        daemon.ctl("edge", "setup")
        daemon.start()
        daemon.login()
        ready(daemon)
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
