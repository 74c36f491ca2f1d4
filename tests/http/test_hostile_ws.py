#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Hostile WebSockets on the real daemon's feed, by the categories of the Autobahn suite (1 to 7 and
10; ours has no compression, 12 and 13 are one case), then what no suite of conformance asks.

The feed answers no echo. That a message was taken shows in what it does: a `resume` to the head
leaves the socket open, which a ping proves; an `auth` with a token of nobody closes with 4401, and
is refused with 1007 before that when it is not UTF-8."""

import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon, free_port  # noqa: E402
from osy_raw import BINARY, CLOSE, PING, PONG, TEXT, Door, frame, memory, until  # noqa: E402
from tap import CASES, Skip, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
FEED = "/ws/restaurants/me/feed"
MORE = 0  # a continuation
OPEN = "open"
PER_SOCKET = 256 * 1024
GROWTH = 20 * 1024 * 1024
RESUME = b""  # filled in main(): a message that leaves the socket open


def padded(size):
    """A good message of so many bytes: JSON may be led by blanks."""
    return RESUME.rjust(size)


def token(data):
    return b'{"type":"auth","access_token":"' + data + b'"}'


def split(opcode, payload, size):
    """One message in frames of so many bytes."""
    parts = [payload[at:at + size] for at in range(0, len(payload), size)] or [b""]
    return b"".join(frame(opcode if at == 0 else MORE, part, at == len(parts) - 1)
                    for at, part in enumerate(parts))


def code(number, reason=b""):
    return frame(CLOSE, number.to_bytes(2, "big") + reason)


def flat(*groups):
    return [row for group in groups for row in group]


# Each row: name, bytes, what comes of it: OPEN or a close code; then the pongs before that.
def framing():
    """1: text and binary frames of every size, in one piece and cut up by the network."""
    sizes = (90, 124, 125, 126, 127, 128, 255, 256, 1000, 4095, 4096, 8191, 16383, 16384)
    yield from ((f"text of {n}", frame(TEXT, padded(n)), OPEN) for n in sizes)
    yield from ((f"text of {n}", frame(TEXT, padded(n)), 1009) for n in (16385, 32768, 65535, 65536, 131072))
    yield "text of 0", frame(TEXT), 1007
    yield "two texts in one packet", frame(TEXT, RESUME) * 2, OPEN
    yield "twenty texts in one packet", frame(TEXT, RESUME) * 20, OPEN
    yield from ((f"binary of {n}", frame(BINARY, b"\xfe" * n), 1003) for n in (0, 1, 125, 126, 127, 128, 1000, 16384))
    yield from ((f"binary of {n}", frame(BINARY, b"\xfe" * n), 1009) for n in (16385, 65536))
    yield "16-bit length below 126", frame(TEXT, RESUME[:80], length=b"\x7e\0\x50"), 1002
    yield "64-bit length below 65,536", frame(TEXT, padded(200), length=b"\x7f" + (200).to_bytes(8, "big")), 1002
    yield "a length of 2^62", frame(TEXT, b"a", length=b"\x7f" + (2 ** 62).to_bytes(8, "big")), 1009
    yield "a length of 2^63", frame(TEXT, b"a", length=b"\x7f" + (2 ** 63).to_bytes(8, "big")), 1002
    yield "a length of 2^64-1", frame(TEXT, b"a", length=b"\x7f" + b"\xff" * 8), 1002
    yield "an unmasked text", frame(TEXT, RESUME, masked=False), 1002
    yield "an unmasked ping", frame(PING, b"x", masked=False), 1002
    yield "an unmasked close", frame(CLOSE, b"\x03\xe8", masked=False), 1002
    yield "an empty unmasked text", frame(TEXT, masked=False), 1002


def pings():
    """2: pings of every size are answered alike; pongs nobody asked for are not."""
    for n in (0, 1, 2, 7, 63, 124, 125):
        yield f"ping of {n}", frame(PING, b"p" * n), OPEN, [b"p" * n]
    yield "ping of any bytes", frame(PING, bytes(range(100, 200))), OPEN, [bytes(range(100, 200))]
    yield "ping of bad UTF-8", frame(PING, b"\xff\xfe\xc3\x28"), OPEN, [b"\xff\xfe\xc3\x28"]
    for n in (126, 127, 1000):
        yield f"ping of {n}", frame(PING, b"p" * n), 1002
        yield f"pong of {n}", frame(PONG, b"p" * n), 1002
    yield "a pong", frame(PONG), OPEN
    yield "a pong with a payload", frame(PONG, b"unasked"), OPEN
    yield "pong, ping", frame(PONG, b"unasked") + frame(PING, b"x"), OPEN, [b"x"]
    # wslay answers the last of what came in one packet, as RFC 6455 5.5.3 allows.
    yield "ten pongs", frame(PONG) * 10, OPEN
    yield "ping between texts", frame(TEXT, RESUME) + frame(PING, b"x") + frame(TEXT, RESUME), OPEN, [b"x"]


def reserved_bits():
    """3: no extension is agreed, so no reserved bit may be set."""
    for rsv in range(1, 8):
        for name, opcode, payload in (("text", TEXT, RESUME), ("binary", BINARY, b"a"), ("ping", PING, b"a"),
                                      ("pong", PONG, b""), ("close", CLOSE, b"\x03\xe8")):
            yield f"bits {rsv} on a {name}", frame(opcode, payload, rsv=rsv), 1002
    yield "bits on a continuation", frame(TEXT, b" ", fin=False) + frame(MORE, RESUME, rsv=4), 1002
    yield "bits after a good text", frame(TEXT, RESUME) + frame(TEXT, RESUME, rsv=1), 1002


def opcodes():
    """4: opcodes that nothing defines."""
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"opcode {opcode}", frame(opcode), 1002
        yield f"opcode {opcode} with a payload", frame(opcode, b"what"), 1002
        yield f"opcode {opcode} after a text", frame(TEXT, RESUME) + frame(opcode), 1002


def fragments():
    """5: messages in pieces, and what may come between."""
    for n in (1, 2, 7, 16, 50, len(RESUME) - 1):
        yield f"pieces of {n}", split(TEXT, RESUME, n), OPEN
    yield "a ping in pieces", frame(PING, b"a", fin=False) + frame(MORE, b"b"), 1002
    yield "a pong in pieces", frame(PONG, b"a", fin=False) + frame(MORE, b"b"), 1002
    yield "a close in pieces", frame(CLOSE, b"\x03", fin=False) + frame(MORE, b"\xe8"), 1002
    first, rest = frame(TEXT, RESUME[:20], fin=False), frame(MORE, RESUME[20:])
    yield "empty pieces", frame(TEXT, fin=False) + frame(MORE, fin=False) * 3 + frame(MORE, RESUME), OPEN
    yield "an empty end", frame(TEXT, RESUME, fin=False) + frame(MORE), OPEN
    yield "only empty pieces", frame(TEXT, fin=False) + frame(MORE), 1007
    yield "a ping between", first + frame(PING, b"x") + rest, OPEN, [b"x"]
    yield "a pong between", first + frame(PONG, b"x") + rest, OPEN
    yield "a close between", first + code(1000) + rest, 1000
    yield "a text between", first + frame(TEXT, RESUME) + rest, 1002
    yield "a binary between", first + frame(BINARY, b"a") + rest, 1002
    yield "a second beginning", first + frame(TEXT, RESUME, fin=False) + rest, 1002
    yield "a continuation of nothing", frame(MORE, b"a"), 1002
    yield "an open continuation of nothing", frame(MORE, b"a", fin=False), 1002
    yield "an empty continuation of nothing", frame(MORE), 1002
    yield "a continuation after the end", first + rest + frame(MORE, b"a"), 1002
    yield "a continuation after a text", frame(TEXT, RESUME) + frame(MORE, b"a"), 1002
    yield "binary in pieces", split(BINARY, b"\0" * 100, 10), 1003
    yield "the cap in pieces", split(TEXT, padded(16384), 1000), OPEN
    yield "over the cap in pieces", split(TEXT, padded(16385), 1000), 1009
    yield "over the cap in the second piece", frame(TEXT, padded(16000), fin=False) + frame(MORE, b" " * 385), 1009
    yield "256 pieces", split(TEXT, padded(256), 1), OPEN
    yield "257 pieces", split(TEXT, padded(257), 1), 1009


GOOD_UTF8 = {
    "ASCII": b"hello", "Greek": "κόσμε".encode(), "Hangul": "김치찌개 2인분".encode(), "Hebrew": "שלום".encode(),
    "an emoji family": "👨‍👩‍👧‍👦".encode(), "Zalgo": "H̵̛͕̞e̷̱".encode(), "past the controls": b"\xc2\xa0", "last of two": b"\xdf\xbf",
    "first of three": b"\xe0\xa0\x80", "last of three": b"\xef\xbf\xbf", "first of four": b"\xf0\x90\x80\x80",
    "last of all": b"\xf4\x8f\xbf\xbf", "before the surrogates": b"\xed\x9f\xbf", "after the surrogates": b"\xee\x80\x80",
    "replacement": b"\xef\xbf\xbd", "U+FFFE": b"\xef\xbf\xbe", "U+1FFFF": b"\xf0\x9f\xbf\xbf", "U+FDD0": b"\xef\xb7\x90",
    "right to left": "‮abc".encode(), "byte order mark": b"\xef\xbb\xbf",
}
BAD_UTF8 = {
    "a lone continuation 80": b"\x80", "a lone continuation BF": b"\xbf", "two continuations": b"\x80\xbf",
    "six continuations": b"\x80\xbf\x80\xbf\x80\xbf", "overlong slash of two": b"\xc0\xaf",
    "overlong slash of three": b"\xe0\x80\xaf", "overlong slash of four": b"\xf0\x80\x80\xaf",
    "overlong slash of five": b"\xf8\x80\x80\x80\xaf", "overlong slash of six": b"\xfc\x80\x80\x80\x80\xaf",
    "largest overlong of two": b"\xc1\xbf", "largest overlong of three": b"\xe0\x9f\xbf",
    "largest overlong of four": b"\xf0\x8f\xbf\xbf", "overlong NUL": b"\xc0\x80", "FE": b"\xfe", "FF": b"\xff",
    "FE FE FF FF": b"\xfe\xfe\xff\xff", "first surrogate": b"\xed\xa0\x80", "last surrogate": b"\xed\xbf\xbf",
    "a pair of surrogates": b"\xed\xa0\x80\xed\xb0\x80", "above U+10FFFF": b"\xf4\x90\x80\x80", "F5": b"\xf5\x80\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80", "six bytes": b"\xfc\x84\x80\x80\x80\x80", "two without its end": b"\xc3 ",
    "three without its end": b"\xec\xb9 ", "three with one": b"\xec ", "four without its end": b"\xf0\x9f\x8d ",
    "ISO 8859-1": b"caf\xe9!", "CP949": "김밥".encode("cp949"), "UTF-16": "김".encode("utf-16-be") + b"\xff",
    "good then bad": "κόσμε".encode() + b"\xed\xa0\x80edited",
}


def utf8():
    """6: what is UTF-8 gets as far as being no token of ours, what is not stops at 1007."""
    for name, data in GOOD_UTF8.items():
        yield f"good: {name}", frame(TEXT, token(data)), 4401
        yield f"good, byte by byte: {name}", split(TEXT, token(data), 1), 4401
    for name, data in BAD_UTF8.items():
        yield f"bad: {name}", frame(TEXT, token(data)), 1007
        yield f"bad, byte by byte: {name}", split(TEXT, token(data), 1), 1007
    yield "a control character of two", frame(TEXT, token(b"\xc2\x80")), 1008  # no text of ours has one
    yield "DEL", frame(TEXT, token(b"\x7f")), 1008
    # The fault shows before the message ends, and need not wait for it (fail fast).
    yield "bad in the first of two pieces", frame(TEXT, b'{"\xc3\x28', fin=False), 1007
    yield "bad in a piece within", frame(TEXT, b'{"', fin=False) + frame(MORE, b"\xff", fin=False), 1007
    yield "cut off at the end", frame(TEXT, b'"\xf0\x9f\x8d'), 1007
    yield "cut off over pieces", frame(TEXT, b'"\xf0\x9f', fin=False) + frame(MORE, b"\x8d"), 1007
    yield "U+0000", frame(TEXT, b"a\0b"), 1008


def closing():
    """7: how it ends."""
    for number in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4401, 4999):
        yield f"code {number}", code(number), number
    # 1012 to 1014 came after RFC 6455; a client has no use for them.
    for number in (0, 1, 999, 1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 1100, 2000, 2999, 5000, 65535):
        yield f"code {number}", code(number), 1002
    yield "no code", frame(CLOSE), 1005
    yield "half a code", frame(CLOSE, b"\x03"), 1002
    yield "a reason", code(1000, b"bye"), 1000
    yield "a Korean reason", code(1000, "안녕히 계세요".encode()), 1000
    yield "the longest reason", code(1000, b"r" * 123), 1000
    yield "a longer reason", code(1000, b"r" * 124), 1002
    yield "a reason of bad UTF-8", code(1000, b"\xc3\x28"), 1007
    yield "a reason cut off", code(1000, "김".encode()[:2]), 1007
    yield "a text after it", code(1000) + frame(TEXT, RESUME), 1000
    yield "a ping after it", code(1000) + frame(PING, b"x"), 1000
    yield "two of them", code(1000) + code(1001), 1000
    yield "rubbish after it", code(1000) + b"\xff" * 100, 1000
    yield "half a message before it", frame(TEXT, b" ", fin=False) + code(1000), 1000
    yield "a quarter of a MiB after it", code(1000) + b"\0" * 262144, 1000


def cut_by_clients():
    """10: one large message in pieces of many sizes, and cut again by the network."""
    for n in (65, 100, 256, 1300, 8192, 16383):
        yield f"16 KiB in pieces of {n}", split(TEXT, padded(16384), n), OPEN
    for n in (1, 10, 60):
        yield f"16 KiB in pieces of {n}", split(TEXT, padded(16384), n), 1009


def messages():
    """What the feed reads in them."""
    deep = b"[" * 8000
    for name, data, wanted in (
            ("not JSON", b"hello", 1007), ("an open bracket", deep, 1007), ("a name twice", b'{"type":"auth","type":"auth"}', 1007),
            ("a lone surrogate", token(b"\\ud800"), 1007), ("an escaped U+0000", token(b"\\u0000"), 1007),
            ("an array", b"[]", 1008), ("a number", b"1", 1008), ("null", b"null", 1008), ("an empty object", b"{}", 1008),
            ("another type", b'{"type":"admin"}', 1008), ("a type that is none", b'{"type":1}', 1008),
            ("a member too many", RESUME[:-1] + b',"x":1}', 1008), ("seq below 0", b'{"type":"resume","epoch":"%s","seq":-1}' % (b"0" * 8), 1008),
            ("seq of 2^63", b'{"type":"resume","epoch":"00000000-0000-0000-0000-000000000000","seq":9223372036854775807}', 1007),
            ("seq in words", b'{"type":"resume","epoch":"00000000-0000-0000-0000-000000000000","seq":"1"}', 1008),
            ("an epoch that is none", b'{"type":"resume","epoch":"x","seq":1}', 1008),
            ("an epoch of nobody", b'{"type":"resume","epoch":"00000000-0000-4000-8000-000000000000","seq":1}', OPEN),
            ("a token of 5,000 bytes", token(b"a" * 5000), 1008), ("an empty token", token(b""), 1008),
            ("a forged token", token(b"eyJhbGciOiJub25lIn0.e30."), 4401), ("what SQL injects", token(b"' OR 1=1 --"), 4401)):
        yield name, frame(TEXT, data), wanted


def floods():
    """More than anybody needs."""
    yield "20,000 pieces", frame(TEXT, b" ", fin=False) + frame(MORE, b" ", fin=False) * 20000, 1009
    yield "20,000 empty pieces", frame(TEXT, fin=False) + frame(MORE, fin=False) * 20000, 1009
    yield "20,000 pings", frame(PING) * 20000, 1008
    yield "20,000 pings of 125 bytes", frame(PING, b"p" * 125) * 20000, 1008
    yield "20,000 pongs", frame(PONG) * 20000, 1008
    yield "a MiB of zeros", b"\0" * 1048576, 1002
    yield "a MiB of rubbish", bytes(range(256)) * 4096, 1002


GROUPS = (framing, pings, reserved_bits, opcodes, fragments, utf8, closing, cut_by_clients, messages, floods)

LINE = b"GET " + FEED.encode() + b" HTTP/1.1\r\nHost: a\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
V13 = b"Sec-WebSocket-Version: 13\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
# What comes before "Authorization", and the status; every refusal is the last thing of its connection or not,
# but never a socket.
HANDSHAKES = [
    ("token lists", LINE + b"Connection: keep-alive, UPGRADE\r\nUpgrade: WebSocket\r\n" + V13 + KEY, 101),
    ("own origin", LINE + UPGRADE + V13 + KEY + b"Origin: http://a\r\n", 101),
    ("deflate is not agreed", LINE + UPGRADE + V13 + KEY + b"Sec-WebSocket-Extensions: permessage-deflate\r\n", 101),
    ("no Connection", LINE + b"Upgrade: websocket\r\n" + V13 + KEY, 400),
    ("Connection close", LINE + b"Connection: close\r\nUpgrade: websocket\r\n" + V13 + KEY, 400),
    ("no Upgrade", LINE + b"Connection: Upgrade\r\n" + V13 + KEY, 400),
    ("Upgrade h2c", LINE + b"Connection: Upgrade\r\nUpgrade: h2c\r\n" + V13 + KEY, 400),
    ("HTTP/1.0", LINE.replace(b"1.1", b"1.0") + UPGRADE + V13 + KEY, 400),
    ("POST", LINE.replace(b"GET", b"POST") + UPGRADE + V13 + KEY, 405),
    ("version 8", LINE + UPGRADE + b"Sec-WebSocket-Version: 8\r\n" + KEY, 426),
    ("version 0", LINE + UPGRADE + b"Sec-WebSocket-Version: 0\r\n" + KEY, 426),
    ("no version", LINE + UPGRADE + KEY, 426),
    ("no key", LINE + UPGRADE + V13, 400),
    ("a short key", LINE + UPGRADE + V13 + b"Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n", 400),
    ("a long key", LINE + UPGRADE + V13 + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBtb3Jl\r\n", 400),
    ("a key of other letters", LINE + UPGRADE + V13 + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ***\r\n", 400),
    ("two keys", LINE + UPGRADE + V13 + KEY + KEY, 400),
    ("another origin", LINE + UPGRADE + V13 + KEY + b"Origin: https://evil.example\r\n", 403),
    ("our name as a prefix", LINE + UPGRADE + V13 + KEY + b"Origin: http://a.evil.example\r\n", 403),
    ("another port", LINE + UPGRADE + V13 + KEY + b"Origin: http://a:81\r\n", 403),
    ("null origin", LINE + UPGRADE + V13 + KEY + b"Origin: null\r\n", 403),
    ("two origins", LINE + UPGRADE + V13 + KEY + b"Origin: http://a\r\nOrigin: http://b\r\n", 400),
]


class Feed:
    """Opens sockets of the feed; the shop may have 50, so each is closed before the next."""

    def __init__(self, daemon, door):
        self.daemon = daemon
        self.door = door

    def open(self):
        stream = self.door.connect()
        answer = stream.upgrade(FEED, f"Authorization: Bearer {self.daemon.token}")
        equal(answer[0], 101, "status")
        got = stream.frame()
        assert got and json.loads(got[1])["type"] == "hello", got
        return stream

    def run(self, data, wanted, pongs=(), chop=None):
        with self.open() as stream:
            if chop:
                for at in range(0, len(data), chop):
                    stream.send(data[at:at + chop])
            else:
                stream.send(data)
            if wanted == OPEN:
                # It was read when the answer to what came after it is there.
                stream.send(frame(PING, b"still there?"))
            seen = []
            while wanted == OPEN or len(seen) < len(pongs):
                got = stream.frame()
                assert got, "the stream ended"
                assert got[0] != CLOSE, f"closed with {int.from_bytes(got[1][:2], 'big')} {got[1][2:]}"
                if got == (PONG, b"still there?"):
                    break
                if got[0] == PONG:
                    seen.append(got[1])
            if wanted != OPEN:
                equal(stream.close_code(), wanted, "close code")
            # Pongs may be left out where a later one follows.
            for pong in seen:
                assert pong in pongs, f"a pong {pong!r} nobody asked for"


def conform(group, row, chop=None):
    name, data, wanted, pongs = (*row, ())[:4] if len(row) == 3 else row

    def check(feed):
        feed.run(data, wanted, pongs, chop)
    check.__doc__ = f"{group.__name__.replace('_', ' ')}: {name}" + (f", cut in {chop}" if chop else "")
    return check


# nginx writes Connection anew for whoever asks to upgrade.
EDGE = {"no Connection": 101, "Connection close": 101, "HTTP/1.0": 101}


def handshake(name, data, wanted):
    def check(feed):
        status = EDGE.get(name, wanted) if feed.door.tls else wanted
        with feed.door.connect() as stream:
            stream.send(data + f"Authorization: Bearer {feed.daemon.token}\r\n\r\n".encode())
            answer = stream.response()
            equal(answer[0], status, "status")
            assert "sec-websocket-extensions" not in answer[1], answer
            assert status == 101 or "sec-websocket-accept" not in answer[1], answer
            if status == 101:
                equal(answer[1]["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")  # RFC 6455 1.3
    check.__doc__ = f"handshake: {name}"
    return check


def status_with(feed, *headers):
    with feed.door.connect() as stream:
        return stream.upgrade(FEED, *headers)[0]


def deflated(feed):
    """deflate: what was not agreed is not unpacked"""
    with feed.door.connect() as stream:
        answer = stream.upgrade(FEED, f"Authorization: Bearer {feed.daemon.token}",
                                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        equal(answer[0], 101)
        stream.send(frame(TEXT, b"\xca\x48\xcd\xc9\xc9\x07\x00", rsv=4))  # RFC 7692 7.2.3.1: Hello
        equal(stream.close_code(), 1002)


def nobody(feed):
    """tickets: nobody, and nobody's ticket, has no socket"""
    for header in ("X: y", "Authorization: Bearer a.b.c", "Sec-WebSocket-Protocol: ordersync.ticket.",
                   "Sec-WebSocket-Protocol: ordersync.ticket." + "A" * 43, "Sec-WebSocket-Protocol: ordersync.ticket." + "A" * 5000):
        assert status_with(feed, header) in (400, 401), header


def ticket_twice(feed):
    """tickets: one is good once, and only as a ticket"""
    ticket = "Sec-WebSocket-Protocol: ordersync.ticket." + feed.daemon.call("POST", "/ws-ticket")["ticket"]
    status, _, _ = feed.daemon.raw("GET", "/api/v1/auth/me", headers={"Sec-WebSocket-Protocol": ticket.split(": ")[1]})
    equal(status, 401, "as a token")
    ticket = "Sec-WebSocket-Protocol: ordersync.ticket." + feed.daemon.call("POST", "/ws-ticket")["ticket"]
    equal(status_with(feed, ticket), 101)
    equal(status_with(feed, ticket), 401, "again")


def ticket_late(feed):
    """tickets: after 30 s it is over"""
    made = time.monotonic()
    answer = feed.daemon.call("POST", "/ws-ticket")
    until(lambda: time.monotonic() - made > answer["expires_in"] + 1, "the ticket is old", 60)
    equal(status_with(feed, "Sec-WebSocket-Protocol: ordersync.ticket." + answer["ticket"]), 401)


def ticket_of_signed_out(feed):
    """tickets: one of somebody who signed out is worth nothing"""
    other = Daemon(feed.daemon.build_dir, feed.daemon.data_dir)
    other.port, other.restaurant_id = feed.daemon.port, feed.daemon.restaurant_id
    other.login()
    ticket = other.call("POST", "/ws-ticket")["ticket"]
    other.call("POST", "/auth/logout")
    equal(status_with(feed, "Sec-WebSocket-Protocol: ordersync.ticket." + ticket), 401)


def crowd(feed):
    """limits: the 51st screen of a shop is refused, and there is room again when one goes"""
    streams = []

    def tried():
        with feed.door.connect() as stream:
            answer = stream.upgrade(FEED, f"Authorization: Bearer {feed.daemon.token}")
            return answer[0]
    until(lambda: sockets(feed) == 0, "the shop has no screen")
    while len(streams) < 50:
        streams.append(feed.open())
    equal(tried(), 429)
    streams.pop().sock.close()
    until(lambda: tried() == 101, "room again")
    for stream in streams:
        stream.sock.close()


def sockets(feed):
    """How many the daemon has."""
    _, _, content = feed.daemon.raw("GET", "/metrics")
    for line in content.decode().splitlines():
        if line.startswith("ordersync_websockets"):
            return int(float(line.split()[-1]))
    raise AssertionError("no such figure")


def memory_of_each(feed):
    """memory: no socket holds more than 256 kB, however it stalls and whatever it begins"""
    until(lambda: sockets(feed) == 0, "the others are gone")
    before = memory(feed.daemon.process.pid)
    streams = [feed.open() for _ in range(50)]
    for number, stream in enumerate(streams):
        stream.sock.settimeout(20)
        stream.send(frame(TEXT, padded(16384)[:-1], fin=False) if number % 2 else frame(TEXT, padded(16384))[:-1])
        stream.send(frame(PING, b"there?") if number % 2 else b"")
    until(lambda: sockets(feed) == 50, "all are open")
    grown = (memory(feed.daemon.process.pid) - before) // 50
    print(f"# {grown} bytes a socket")
    for stream in streams:
        stream.sock.close()
    if "ASAN_OPTIONS" in os.environ:
        raise Skip("a sanitizer's memory is another")
    assert grown <= PER_SOCKET, f"{grown} bytes a socket"


def the_end(before):
    def check(feed):
        """the end: the daemon lives, serves, and has not grown"""
        until(lambda: sockets(feed) == 0, "all are gone")
        grown = memory(feed.daemon.process.pid) - before
        print(f"# {feed.door.name}: memory grew by {grown / 1048576:.1f} MiB")
        feed.daemon.call("GET", "/auth/me")
        equal(feed.daemon.complaints, [])
        if "ASAN_OPTIONS" not in os.environ:
            assert grown < GROWTH, f"grown by {grown} bytes"
    return check


def at(feed, check):
    """The case at one door."""
    def case(daemon):
        check(feed)
    case.__doc__ = f"{feed.door.name}: {check.__doc__}"
    return case


def cases(before):
    for group in GROUPS:
        yield from (conform(group, row) for row in group())
    yield from (conform(framing, ("text of 200", frame(TEXT, padded(200)), OPEN), chop) for chop in (1, 2, 7, 100))
    yield from (conform(pings, ("ping of 125", frame(PING, b"p" * 125), OPEN, [b"p" * 125]), chop) for chop in (1, 50))
    yield from (conform(fragments, ("pieces of 7", split(TEXT, RESUME, 7), OPEN), chop) for chop in (1, 5))
    yield from (handshake(*row) for row in HANDSHAKES)
    yield from (deflated, nobody, ticket_twice, ticket_late, ticket_of_signed_out, crowd, memory_of_each)
    yield the_end(before)


def main():
    global RESUME
    port = free_port()
    with Daemon(sys.argv[1], extra=["--edge-port", str(port)]) as daemon:
        daemon.setup(MENU)
        daemon.ctl("edge", "setup")
        daemon.start()
        daemon.login()
        until(lambda: b'"edge":"up"' in daemon.raw("GET", "/ready")[2].replace(b" ", b""), "the edge is up")
        daemon.place()
        until(lambda: daemon.call("GET", "/restaurants/me/feed")["head"] > 0, "the feed begins")
        page = daemon.call("GET", "/restaurants/me/feed")
        RESUME = json.dumps({"type": "resume", "epoch": page["epoch"], "seq": page["head"]}).encode()
        for door in (Door("daemon", daemon.port), Door("edge", port, tls=True)):
            feed = Feed(daemon, door)
            CASES.extend(at(feed, check) for check in cases(memory(daemon.process.pid)))
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
