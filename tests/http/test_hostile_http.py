#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Hostile HTTP as bytes on the real daemon's socket: each row says what goes in and what must come
out. Whatever is refused is the last thing read of its connection, so nothing in it can be taken for
a second request. The daemon's memory stays, and others are served all the while."""

import os
import socket
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon, free_port  # noqa: E402
from osy_raw import Door, memory, until  # noqa: E402
from tap import CASES, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
GROWTH = 20 * 1024 * 1024

V = b" HTTP/1.1\r\n"
H = b"Host: a\r\n"
E = b"\r\n"
GET = b"GET /health" + V + H
POST = b"POST /api/v1/auth/refresh" + V + H
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
NEXT = b"GET /health" + V + H + E
LAST = b"GET /health" + V + H + b"Connection: close\r\n" + E
ORDERS = b"/api/v1/orders"


def get(target, *headers):
    return b"GET " + target + V + H + b"".join(line + E for line in headers) + E


def post(body, *headers, target=b"/api/v1/auth/refresh"):
    return (b"POST " + target + V + H + b"".join(line + E for line in headers) +
            b"Content-Length: %d\r\n\r\n" % len(body) + body)


def sent(body, kind=b"application/json"):
    return post(body, b"Content-Type: " + kind)


# name, bytes, status of each answer; a row that is not refused is followed by LAST on its connection.
REFUSED = [
    # ---- Host ----
    ("duplicate Host", GET + H + E, 400),
    ("duplicate Host, other case", GET + b"hOST: b\r\n\r\n", 400),
    ("empty Host", b"GET /health" + V + b"Host: \r\n\r\n", 400),
    ("empty Host, no space", b"GET /health" + V + b"Host:\r\n\r\n", 400),
    ("no Host", b"GET /health" + V + b"X: y\r\n\r\n", 400),
    ("Host with a path", b"GET /health" + V + b"Host: a/b\r\n\r\n", 400),
    ("Host with userinfo", b"GET /health" + V + b"Host: a@b\r\n\r\n", 400),
    ("Host with a space", b"GET /health" + V + b"Host: a b\r\n\r\n", 400),
    ("Host with a comma", b"GET /health" + V + b"Host: a, b\r\n\r\n", 400),
    # ---- where the body ends ----
    ("Content-Length 0 and 5", POST + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + NEXT, 400),
    ("Content-Length twice alike", POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
    ("Content-Length and chunks", POST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + NEXT, 400),
    ("chunks and Content-Length", POST + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + NEXT, 400),
    ("Transfer-Encoding gzip", POST + b"Transfer-Encoding: gzip\r\n\r\n", 411),
    ("Transfer-Encoding gzip, chunked", POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + NEXT, 411),
    ("Transfer-Encoding chunked twice", POST + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n" + NEXT, 411),
    ("Transfer-Encoding xchunked", POST + b"Transfer-Encoding: xchunked\r\n\r\n", 411),
    ("Transfer-Encoding identity", POST + b"Transfer-Encoding: identity\r\n\r\n", 411),
    ("Transfer-Encoding with a tab", POST + b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + NEXT, 411),
    ("Transfer-Encoding, space before colon", POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + NEXT, 400),
    ("Transfer-Encoding folded", POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + NEXT, 400),
    ("Transfer-Encoding on a GET", GET + CHUNKED + b"\r\n0\r\n\r\n" + NEXT, 411),
    ("Content-Length, space before colon", POST + b"Content-Length : 38\r\n\r\n" + NEXT, 400),
    ("folded Content-Length", POST + b"Content-Length:\r\n 5\r\n\r\nhello" + NEXT, 400),
    ("Content-Length -1", POST + b"Content-Length: -1\r\n\r\n" + NEXT, 400),
    ("Content-Length +5", POST + b"Content-Length: +5\r\n\r\nhello", 400),
    ("Content-Length 5,5", POST + b"Content-Length: 5,5\r\n\r\nhello", 400),
    ("Content-Length, space after", POST + b"Content-Length: 5 \r\n\r\nhello", 400),
    ("Content-Length 0x5", POST + b"Content-Length: 0x5\r\n\r\nhello", 400),
    ("Content-Length 1e1", POST + b"Content-Length: 1e1\r\n\r\nhello", 400),
    ("Content-Length empty", POST + b"Content-Length: \r\n\r\n" + NEXT, 400),
    ("Content-Length in Arabic digits", POST + "Content-Length: ٥\r\n\r\nhello".encode(), 400),
    ("Content-Length 2^64", POST + b"Content-Length: 18446744073709551616\r\n\r\n", 413),
    ("Content-Length 2^64-1", POST + b"Content-Length: 18446744073709551615\r\n\r\n", 400),
    ("Content-Length of 30 zeros", POST + b"Content-Length: " + b"0" * 30 + b"\r\n\r\n" + NEXT, 400),
    ("a body one byte over the cap", POST + b"Content-Length: 65537\r\n\r\n", 413),
    ("a terabyte announced", POST + b"Content-Length: 1099511627776\r\n\r\n", 413),
    ("a big import without signing in", b"POST /api/v1/restaurants/me/menu/import" + V + H +
     b"Content-Length: 8000000\r\n\r\n", 401),
    ("a GET with a body", GET + b"Content-Length: 5\r\n\r\nhello" + NEXT, 400),
    # ---- chunks, none of which is ever parsed ----
    ("chunk size -1", POST + CHUNKED + b"\r\n-1\r\n\r\n" + NEXT, 411),
    ("chunk size 0x5", POST + CHUNKED + b"\r\n0x5\r\nhello\r\n0\r\n\r\n", 411),
    ("chunk without CRLF", POST + CHUNKED + b"\r\n5\r\nhello0\r\n\r\n", 411),
    ("chunk size 2^68", POST + CHUNKED + b"\r\n100000000000000000\r\nx", 411),
    ("chunk size 2^64-1", POST + CHUNKED + b"\r\nffffffffffffffff\r\nx", 411),
    ("chunk with bare LF", POST + CHUNKED + b"\r\n2\nhi\n0\n\n" + NEXT, 411),
    ("chunk trailers", POST + CHUNKED + b"\r\n2\r\nhi\r\n0\r\nHost: b\r\n\r\n" + NEXT, 411),
    ("chunk extension", POST + CHUNKED + b"\r\n2;a=b\r\nhi\r\n0\r\n\r\n", 411),
    ("chunk size of 600 zeros", POST + CHUNKED + b"\r\n" + b"0" * 600 + b"\r\n\r\n", 411),
    # ---- bytes that do not belong ----
    ("NUL in a header value", GET + b"X: a\0b\r\n\r\n", 400),
    ("NUL in Host", b"GET /health" + V + b"Host: a\0b\r\n\r\n", 400),
    ("NUL in a header name", GET + b"X\0Y: b\r\n\r\n", 400),
    ("NUL in the path", b"GET /health\0evil" + V + H + E, 400),
    ("NUL in the query", b"GET /health?a\0evil" + V + H + E, 400),
    ("bare LF in the head", b"GET /health HTTP/1.1\nHost: a\n\n", 400),
    ("one bare LF", b"GET /health" + V + b"Host: a\nX: y\r\n\r\n", 400),
    ("bare CR in a value", GET + b"X: a\rb\r\n\r\n", 400),
    ("folded value", GET + b"X: a\r\n b\r\n\r\n", 400),
    ("fold before any header", b"GET /health" + V + b" Host: a\r\n\r\n", 400),
    ("header without a colon", GET + b"nonsense\r\n\r\n", 400),
    ("header with an empty name", GET + b": x\r\n\r\n", 400),
    ("control byte in a value", GET + b"X: a\x01b\r\n\r\n", 400),
    ("DEL in a value", GET + b"X: a\x7fb\r\n\r\n", 400),
    ("vertical tab after the colon", GET + b"X:\x0bb\r\n\r\n", 400),
    ("invalid UTF-8 in a value", GET + b"X: \xc3\x28\r\n\r\n", 400),
    ("a space in a header name", GET + b"X Y: b\r\n\r\n", 400),
    ("parentheses in a header name", GET + b"X(: b\r\n\r\n", 400),
    ("UTF-8 in a header name", GET + "이름: b\r\n\r\n".encode(), 400),
    ("two spaces after the colon", GET + b"X:  b\r\n\r\n", 400),
    ("duplicate Authorization", GET + b"Authorization: a\r\nauthorization: b\r\n\r\n", 400),
    ("duplicate Content-Type", POST + JSON + b"content-type: text/csv\r\nContent-Length: 2\r\n\r\n{}", 400),
    ("duplicate Idempotency-Key", b"POST " + ORDERS + V + H + b"Idempotency-Key: a\r\nIdempotency-Key: b\r\n"
     b"Content-Length: 0\r\n\r\n", 400),
    ("duplicate X-Order-Token", GET + b"X-Order-Token: a\r\nX-Order-Token: b\r\n\r\n", 400),
    ("duplicate Origin", GET + b"Origin: http://a\r\nOrigin: http://b\r\n\r\n", 400),
    # ---- the request line ----
    ("%00 in the path", get(b"/health%00evil"), 400),
    ("%00 in the query", get(b"/health?a=%00"), 400),
    ("%ff in the path", get(b"/health%ff"), 400),
    ("raw 0xff in the path", get(b"/health\xff"), 400),
    ("raw 0xff in the query", get(b"/health?a=\xff"), 400),
    ("raw Hangul in the path", get("/메뉴".encode()), 400),
    ("%0d%0a in the path", get(b"/health%0d%0aX:y"), 400),
    ("%0d%0a in the query", get(b"/health?a=%0d%0a"), 400),
    ("%0a in the path", get(b"/health%0a"), 400),
    ("%7f in the path", get(b"/health%7f"), 400),
    ("percent sign alone", get(b"/health%"), 400),
    ("percent and one digit", get(b"/health%4"), 400),
    ("percent and no hex", get(b"/health?a=%zz"), 400),
    ("percent u", get(b"/health%u002e"), 400),
    ("overlong UTF-8", get(b"/api/v1/restaurants/%c0%af/menu"), 400),
    ("surrogate", get(b"/api/v1/restaurants/%ed%a0%80/menu"), 400),
    ("above U+10FFFF", get(b"/api/v1/restaurants/%f4%90%80%80/menu"), 400),
    ("hidden slash", get(b"/api/v1/restaurants/a%2fb/menu"), 400),
    ("fragment", get(b"/health#x"), 400),
    ("absolute form", get(b"http://a/health"), 400),
    ("absolute form of another host", get(b"http://169.254.169.254/latest/meta-data"), 400),
    ("OPTIONS *", b"OPTIONS *" + V + H + E, 400),
    ("CONNECT", b"CONNECT a:443" + V + b"Host: a:443\r\n\r\n", 400),
    ("relative target", get(b"health"), 400),
    ("backslash target", get(b"\\health"), 400),
    ("two spaces in the request line", b"GET  /health" + V + H + E, 400),
    ("a tab after the method", b"GET\t/health" + V + H + E, 400),
    ("a method with odd bytes", b"G(T /health" + V + H + E, 400),
    ("a method without end", b"A" * 27 + b" /health" + V + H + E, 400),
    ("HTTP/0.9", b"GET /health\r\n\r\n", 400),
    ("HTTP/1.2", b"GET /health HTTP/1.2\r\n" + H + E, 505),
    ("HTTP/2.0", b"GET /health HTTP/2.0\r\n" + H + E, 505),
    ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("HTTP/11.1", b"GET /health HTTP/11.1\r\n" + H + E, 400),
    ("lower-case version", b"GET /health http/1.1\r\n" + H + E, 400),
    ("no version, one space", b"GET /health \r\n" + H + E, 400),
    # ---- too much of something ----
    ("70 KiB in a header", GET + b"X: " + b"x" * 71680 + b"\r\n\r\n", 431),
    ("10,000 header lines", GET + b"a: b\r\n" * 10000 + E, 431),
    ("101 headers", GET + b"a: b\r\n" * 100 + E, 400),
    ("70 KiB target", get(b"/" + b"x" * 71680), 414),
    ("100,000 empty lines", E * 100000 + NEXT, 414),
    # ---- not worth an answer ----
    ("a space in the target", b"GET /health x" + V + H + E, None),
    ("TLS to a plain port", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", None),
    ("what SSH says", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", None),
]

SERVED = [
    ("a plain request", NEXT, [200]),
    ("a GET with an empty body", GET + b"Content-Length: 0\r\n\r\n", [200]),
    ("ten at once", NEXT * 10, [200] * 10),
    ("bodies and requests at once", (sent(b"{}") + NEXT) * 3, [400, 200] * 3),
    ("100 headers", GET + b"a: b\r\n" * 99 + E, [200]),
    ("64 query members", get(b"/health?" + b"&".join(b"a%d" % n for n in range(64))), [200]),
    ("65 query members", get(b"/health?" + b"&".join(b"a%d" % n for n in range(65))), [400]),
    # ---- methods ----
    ("TRACE", b"TRACE /health" + V + H + E, [405]),
    ("OPTIONS", b"OPTIONS /health" + V + H + E, [405]),
    ("a method of our own", b"BREW /health" + V + H + E, [405]),
    ("lower-case get", b"get /health" + V + H + E, [405]),
    ("a method overridden", post(b"", b"X-HTTP-Method-Override: DELETE", target=b"/health"), [405]),
    # ---- paths ----
    ("dot segments", get(b"/api/../health"), [404]),
    ("encoded dot segments", get(b"/api/%2e%2e/health"), [404]),
    ("encoded twice", get(b"/api/%252e%252e/health"), [404]),
    ("the file system", get(b"/../../../../etc/passwd"), [404]),
    ("backslashes", get(b"/..%5c..%5cetc%5cpasswd"), [404]),
    ("two slashes", get(b"//health"), [404]),
    ("a slash at the end", get(b"/health/"), [404]),
    ("a path parameter", get(b"/health;a=b"), [404]),
    ("other case", get(b"/HEALTH"), [404]),
    ("400 segments", get(b"/a" * 400), [404]),
    ("an id that is none", get(b"/api/v1/restaurants/1%27%20OR%201=1/menu"), [404]),
    ("an id of 8,000 bytes", get(b"/api/v1/restaurants/" + b"0" * 8000 + b"/menu"), [404]),
    ("an id in upper case", get(b"/api/v1/restaurants/00000000-0000-0000-0000-00000000000A"), [404]),
    # ---- signing in ----
    ("nobody", get(b"/api/v1/auth/me"), [401]),
    ("a scheme we do not speak", get(b"/api/v1/auth/me", b"Authorization: Basic YTpi"), [401]),
    ("an empty token", get(b"/api/v1/auth/me", b"Authorization: Bearer"), [401]),
    ("a token of dots", get(b"/api/v1/auth/me", b"Authorization: Bearer ..."), [401]),
    ("a token of 6,000 bytes", get(b"/api/v1/auth/me", b"Authorization: Bearer " + b"a" * 6000), [401]),
    ("a token that says none", get(b"/api/v1/auth/me", b"Authorization: Bearer eyJhbGciOiJub25lIn0.e30."), [401]),
    ("a stale token on a public route", get(b"/health", b"Authorization: Bearer a.b.c"), [401]),
    ("an address made up", get(b"/api/v1/auth/me", b"X-Forwarded-For: 127.0.0.1", b"Forwarded: for=127.0.0.1"), [401]),
    # ---- bodies ----
    ("no type", post(b"{}"), [415]),
    ("another type", sent(b"{}", b"text/plain"), [415]),
    ("a form", sent(b"refresh_token=a", b"application/x-www-form-urlencoded"), [415]),
    ("a type that begins alike", sent(b"{}", b"application/jsonp"), [415]),
    ("nothing", sent(b""), [400]),
    ("not JSON", sent(b"hello"), [400]),
    ("not an object", sent(b"[1]"), [400]),
    ("a name twice", sent(b'{"refresh_token":"a","refresh_token":"b"}'), [400]),
    ("a name of nobody", sent(b'{"refresh_token":"a","x":1}'), [400]),
    ("another type of value", sent(b'{"refresh_token":1}'), [400]),
    ("two documents", sent(b'{"refresh_token":"a"}{}'), [400]),
    ("a byte order mark", sent(b'\xef\xbb\xbf{"refresh_token":"a"}'), [400]),
    ("UTF-16", sent('{"refresh_token":"a"}'.encode("utf-16")), [400]),
    ("invalid UTF-8", sent(b'{"refresh_token":"\xff"}'), [400]),
    ("U+0000 in a text", sent(b'{"refresh_token":"a\\u0000b"}'), [400]),
    ("half a surrogate", sent(b'{"refresh_token":"\\ud800"}'), [400]),
    ("60,000 brackets", sent(b"[" * 60000), [400]),
    ("30,000 members", sent(b"{" + b",".join(b'"%d":1' % n for n in range(6000)) + b"}"), [400]),
    ("a number without end", sent(b'{"a":' + b"9" * 60000 + b"}"), [400]),
    ("gzip", post(b"\x1f\x8b\x08\0", JSON.strip(), b"Content-Encoding: gzip"), [415]),
    ("an order without a key", post(b"{}", JSON.strip(), target=ORDERS), [400]),
    ("an order with a key of 300 bytes", post(b"{}", JSON.strip(), b"Idempotency-Key: " + b"k" * 300, target=ORDERS), [400]),
    # ---- headers that must not matter ----
    ("300 ranges", get(b"/health", b"Range: bytes=" + b",".join(b"0-%d" % n for n in range(300))), [200]),
    ("a range past the end", get(b"/api/v1/docs", b"Range: bytes=-99999999"), [200]),
    ("Upgrade: h2c", get(b"/health", b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMA"), [200]),
    ("a trace that is none", get(b"/health", b"traceparent: 00-zz"), [200]),
    ("a host of somebody else", b"GET /health" + V + b"Host: evil.example\r\n\r\n", [200]),
    ("a query twice", get(b"/api/v1/restaurants/me/orders?limit=1&limit=2"), [400]),
]


# What nginx takes, mends or refuses in words of its own before the daemon sees it: statuses until it hangs
# up, LAST included. It sends on what it read, not what came, so that both see the same requests.
EDGE = {name: answers for answers, names in (
    ([503], ("Transfer-Encoding gzip", "Transfer-Encoding gzip, chunked", "Transfer-Encoding xchunked",
        "Transfer-Encoding identity", "Transfer-Encoding with a tab")),
    ([400], ("Transfer-Encoding chunked twice", "Content-Length 2^64", "chunk size -1", "chunk size 0x5",
        "chunk without CRLF", "chunk size 2^68", "chunk size 2^64-1", "HTTP/2 preface", "70 KiB in a header",
        "10,000 header lines", "a space in the target", "TLS to a plain port", "what SSH says",
        "lower-case get", "the file system")),
    ([200, 200, 200], ("Transfer-Encoding on a GET",)),
    ([415, 200], ("Content-Length, space after", "chunk extension")),
    ([400, 200, 200], ("Content-Length of 30 zeros", "a GET with a body")),
    (None, ("a big import without signing in",)),
    ([415, 200, 200], ("chunk with bare LF", "chunk trailers")),
    ([400, 200], ("chunk size of 600 zeros", "100 headers")),
    ([200, 200], ("bare LF in the head", "one bare LF", "header without a colon",
        "parentheses in a header name", "UTF-8 in a header name", "two spaces after the colon",
        "absolute form", "two spaces in the request line", "HTTP/1.2", "100,000 empty lines")),
    ([404, 200], ("absolute form of another host",)),
    ([505], ("HTTP/11.1",)),
    ([405], ("TRACE",)),
) for name in names}


def through(door, data):
    """The edge has no /health; the answer of this page is the same."""
    return data.replace(b"/health", b"/api/v1/docs") if door.tls else data


def test_refused(name, data, status):
    def check(daemon, door):
        wanted = [] if status is None else [status]
        if not door.tls:
            equal(door.ask(data), wanted, "answers")
        elif name not in EDGE:
            got = door.ask(through(door, data + LAST))
            assert got in (wanted, wanted + [200]), got  # the connection to the edge may live on
        elif EDGE[name] is not None:
            equal(door.ask(through(door, data + LAST)), EDGE[name], "answers")
    check.__doc__ = f"Refused: {name}"
    return check


def test_served(name, data, statuses):
    def check(daemon, door):
        wanted = EDGE.get(name, statuses + [200]) if door.tls else statuses + [200]
        equal(door.ask(through(door, data + LAST)), wanted, "answers")
    check.__doc__ = f"Served: {name}"
    return check


def http_1_0(daemon, door):
    """HTTP/1.0 is answered and closed."""
    equal(door.ask(through(door, b"GET /health HTTP/1.0\r\nHost: a\r\n\r\n" + NEXT)), [200])


def head(daemon, door):
    """HEAD has a head and no body."""
    with door.connect() as stream:
        stream.send(through(door, b"HEAD /health" + V + H + E))
        equal(stream.response(head_only=True)[0], 200)
        stream.send(through(door, LAST))
        equal(stream.statuses(), [200])


def expect(daemon, door):
    """Who asks whether to go on is told no before he sends the body."""
    with door.connect() as stream:
        stream.send(POST + b"Expect: 100-continue\r\nContent-Length: 300000\r\n\r\n")
        equal(stream.response()[0], 413)


def sent_by_the_byte(daemon, door):
    """A request may come byte by byte."""
    with door.connect() as stream:
        last = through(door, LAST)
        for number in range(len(last)):
            stream.send(last[number:number + 1])
        equal(stream.statuses(), [200])


def half_closed(daemon, door):
    """Half a close after the request still gets the answer."""
    with door.connect() as stream:
        stream.send(through(door, NEXT))
        if door.tls:
            return  # TLS has no half a close
        stream.sock.shutdown(socket.SHUT_WR)
        equal(stream.response()[0], 200)


def too_slow(daemon, door):
    """Who is slow with a head or silent is hung up on, however lively he drips."""
    lazy = [door.connect() for _ in range(4)]
    for stream, data in zip(lazy, (b"", b"GET /hea", GET + b"X: ", POST + b"Content-Length: 5\r\n\r\nhe")):
        stream.send(through(door, data))
    drip = lazy[2]

    def over(stream):
        if stream is drip:
            stream.send(b"a")
        stream.sock.setblocking(False)
        try:
            return not stream.more()
        except BlockingIOError:
            return False

    left = set(lazy)
    # Heads have 10 s, bodies 20 s, silence 30 s; a busy machine may be late.
    until(lambda: left.difference_update({s for s in left if over(s)}) or not left, "all closed", 60)
    for stream in lazy:
        stream.sock.close()


def crowd(daemon, door):
    """A crowd from one address is cut at its limit, and takes nothing from others."""
    streams = [door.connect("127.7.7.7") for _ in range(200 if door.tls else 1200)]
    for stream in streams[::2]:
        stream.send(GET + b"X: ")
    equal(door.ask(through(door, LAST)), [200])
    cut = 0
    for stream in streams:
        stream.sock.setblocking(False)
        try:
            cut += not stream.more()
        except BlockingIOError:
            pass
    for stream in streams:
        stream.sock.close()
    assert door.tls or cut >= 150, f"only {cut} of 1200 were cut"
    until(lambda: door.ask(through(door, LAST), "127.7.7.7") == [200], "the address is served again")


class Others:
    """Somebody else, who asks all the while."""

    def __init__(self, door):
        self.door = door
        self.answers = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.ask, daemon=True)
        self.thread.start()

    def ask(self):
        while not self.over.wait(0.25):
            self.answers.append(self.door.ask(through(self.door, LAST), "127.6.6.6"))

    def end(self):
        self.over.set()
        self.thread.join()
        return self.answers


def the_end(others, before):
    def check(daemon, door):
        """Others were served all the while, and the memory stayed"""
        answers = others.end()
        assert len(answers) > 20 and all(answer == [200] for answer in answers), answers
        grown = memory(daemon.process.pid) - before
        print(f"# {door.name}: memory grew by {grown / 1048576:.1f} MiB")
        if "ASAN_OPTIONS" not in os.environ:
            assert grown < GROWTH, f"grown by {grown} bytes"
        equal(daemon.process.poll(), None)
        equal(daemon.complaints, [])
    return check


def at(door, check):
    """The case at one door."""
    def case(daemon):
        check(daemon, door)
    case.__doc__ = f"{door.name}: {check.__doc__}"
    return case


def cases(daemon, door):
    for row in SERVED:
        door.ask(through(door, row[1] + LAST))  # what is made once is made before memory is weighed
    yield from (test_refused(*row) for row in REFUSED)
    yield from (test_served(*row) for row in SERVED)
    yield from (http_1_0, head, expect, sent_by_the_byte, half_closed, too_slow, crowd)
    yield the_end(Others(door), memory(daemon.process.pid))


def main():
    port = free_port()
    with Daemon(sys.argv[1], extra=["--edge-port", str(port)]) as daemon:
        daemon.setup(MENU)
        daemon.ctl("edge", "setup")
        daemon.start()
        until(lambda: b'"edge":"up"' in daemon.raw("GET", "/ready")[2].replace(b" ", b""), "the edge is up")
        for door in (Door("daemon", daemon.port), Door("edge", port, tls=True)):
            CASES.extend(at(door, check) for check in cases(daemon, door))
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
