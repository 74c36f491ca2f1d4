# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Bytes on a socket: what a well-behaved library would never send, and the plain truth of what
comes back. A Door is where they are sent to: the daemon itself, or its edge behind TLS."""

import base64
import itertools
import os
import socket
import ssl
import time

WAIT = 20  # seconds; every wait ends sooner when all is well
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

# Limits count by address: each caller comes from one of its own.
sources = (f"127.{a}.{b}.{c}" for a, b, c in itertools.product(range(8, 250), range(250), range(1, 250)))


class Door:
    """An address of the daemon; over TLS no certificate is checked, that is another test's task."""

    def __init__(self, name, port, tls=False):
        self.name = name
        self.port = port
        self.tls = None
        if tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self.tls.check_hostname = False
            self.tls.verify_mode = ssl.CERT_NONE

    def connect(self, source=None):
        plain = socket.create_connection(("127.0.0.1", self.port), WAIT, (source or next(sources), 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Stream(self.tls.wrap_socket(plain) if self.tls else plain)

    def ask(self, data, source=None):
        """Statuses of every answer to these bytes until the peer hangs up, which it is asked to."""
        with self.connect(source) as stream:
            stream.send(data)
            return stream.statuses()


class Stream:
    """A connection with what was read of it and not yet looked at."""

    def __init__(self, sock):
        self.sock = sock
        self.kept = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def send(self, data):
        """Sends what the peer takes; it may hang up in the middle."""
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass

    def more(self):
        """Reads some more; False at the end of the stream."""
        try:
            data = self.sock.recv(65536)
        except ssl.SSLWantReadError as error:
            raise BlockingIOError from error
        except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
            data = b""
        self.kept += data
        return bool(data)

    def closed(self):
        """Waits for the end of the stream."""
        while self.more():
            self.kept = b""
        return True

    def take(self, count):
        """So many bytes; None when the stream ends before."""
        while len(self.kept) < count:
            if not self.more():
                return None
        data, self.kept = self.kept[:count], self.kept[count:]
        return data

    def response(self, head_only=False):
        """(status, headers, body); None when the stream ends first."""
        while b"\r\n\r\n" not in self.kept:
            if not self.more():
                return None
        head, self.kept = self.kept.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
        body = b""
        if not head_only and status not in (100, 101, 204, 304):
            if "content-length" in headers:
                body = self.take(int(headers["content-length"])) or b""
            else:
                while self.more():
                    pass
                body, self.kept = self.kept, b""
        return status, headers, body

    def statuses(self, head_only=False):
        """Of every answer until the peer hangs up."""
        found = []
        while (answer := self.response(head_only)) is not None:
            found.append(answer[0])
        return found

    # ---- WebSockets ----

    def upgrade(self, path, *headers):
        """The answer to a handshake."""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", *headers]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n")
        return self.response()

    def frame(self):
        """(opcode, payload) of the next frame; None when the stream ends first. Servers do not mask."""
        head = self.take(2)
        if head is None:
            return None
        assert head[0] & 0x70 == 0, f"reserved bits in a server's frame: {head[0]:#x}"
        assert head[1] & 0x80 == 0, "a masked frame of a server"
        length = head[1]
        if length >= 126:
            size = self.take(2 if length == 126 else 8)
            length = int.from_bytes(size, "big")
        payload = self.take(length)
        return None if payload is None else (head[0] & 15, payload)

    def close_code(self):
        """Of the close frame, whatever comes before it; 1005 without one, 1006 when the stream ends."""
        while (got := self.frame()) is not None:
            if got[0] == CLOSE:
                return int.from_bytes(got[1][:2], "big") if got[1] else 1005
        return 1006


def frame(opcode, payload=b"", fin=True, rsv=0, masked=True, length=None):
    """A client's frame; length: the one that is claimed, as it is written."""
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    if length is None:
        size = len(payload)
        length = bytes([size]) if size < 126 else (
            b"\x7e" + size.to_bytes(2, "big") if size < 65536 else b"\x7f" + size.to_bytes(8, "big"))
    head = bytes([first, length[0] | (0x80 if masked else 0)]) + length[1:]
    if not masked:
        return head + payload
    mask = os.urandom(4)
    key = (mask * (len(payload) // 4 + 1))[:len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
    return head + mask + mixed.to_bytes(len(payload), "big")


def memory(pid, field="VmRSS"):
    """Bytes of a process."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    raise AssertionError(f"no {field}")


def until(condition, what, seconds=WAIT):
    """Waits for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)
