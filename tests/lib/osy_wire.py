# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A wire that is listened to: everything that goes through it, both ways, is kept. And card numbers found in bytes."""

import re
import socket
import threading
import time


class Wire:
    """Listens on a port of its own and passes everything on to another."""

    def __init__(self, port):
        self.target = port
        self.heard = []
        self.lock = threading.Lock()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other, bytearray()), daemon=True).start()

    def _pass(self, source, sink, kept):
        with self.lock:
            self.heard.append(kept)
        try:
            while chunk := source.recv(65536):
                kept += chunk
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one of them hung up

    def texts(self):
        """What was said, a piece for each direction of each connection; of WebSockets without their masks."""
        with self.lock:
            return [unmask(bytes(one)) for one in self.heard]

    def close(self):
        self.server.close()


def unmask(said):
    """The frames of a WebSocket's client are masked; what they say is added in clear."""
    head, _, rest = said.partition(b"\r\n\r\n")
    if b"upgrade: websocket" not in head.lower() or not head.startswith(b"GET"):
        return said
    clear, at = [head], 0
    while at + 6 <= len(rest):
        size, at = rest[at + 1] & 0x7F, at + 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(rest[at:at + wide], "big"), at + wide
        mask, at = rest[at:at + 4], at + 4
        clear.append(bytes(byte ^ mask[i % 4] for i, byte in enumerate(rest[at:at + size])))
        at += size
    return b"\n".join(clear)


def luhn(digits):
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


# 13 to 19 digits in a row, or in the groups in which cards print them.
RUN = re.compile(rb"(?<![0-9A-Za-z.])(?:[0-9]{13,19}|[0-9]{4}(?:[ -][0-9]{4}){3}|[0-9]{4}[ -][0-9]{6}[ -][0-9]{5})"
                 rb"(?![0-9A-Za-z]|\.[0-9])")
# Numbers of spans are 16 hexadecimal digits, which may all be decimal ones.
SPAN = re.compile(rb'"span_id": ?"[0-9a-f]{16}"')


def is_moment(digits):
    """Microseconds of our years, as times are kept in documents; no card begins with a 1."""
    return len(digits) == 16 and digits.startswith("1") and abs(int(digits) / 1e6 - time.time()) < 20 * 365 * 86400


def cards(text, known=()):
    """Digit runs in @text that may be numbers of cards; @known: those that are something else."""
    found = []
    for run in RUN.findall(SPAN.sub(b"", text)):
        digits = re.sub(rb"[ -]", b"", run).decode()
        if luhn(digits) and digits not in known and not is_moment(digits):
            found.append(digits)
    return found
