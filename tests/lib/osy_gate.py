# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A gate between a client and the daemon: it notes what passes, and can hold one request, or its answer, while somebody
dies. What was held never arrives."""

import collections
import re
import socket
import threading

Seen = collections.namedtuple("Seen", "method path key")


class Trap:
    """For the next request of this kind."""

    def __init__(self, method, path, moment):
        self.method, self.path, self.moment = method, re.compile(path), moment
        self.caught, self.gone = threading.Event(), threading.Event()

    def wants(self, seen):
        return not self.caught.is_set() and self.method == seen.method and self.path.search(seen.path)

    def hold(self):
        self.caught.set()
        self.gone.wait()


def read_message(stream):
    """(first line, headers, all of its bytes); None at the end of the stream."""
    first, headers, whole = stream.readline(), {}, b""
    if not first.endswith(b"\n"):
        return None
    whole = first
    while (line := stream.readline()) not in (b"\r\n", b"\n"):
        if not line.endswith(b"\n"):
            return None
        whole += line
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    whole += line
    assert "transfer-encoding" not in headers, "neither side sends in chunks"
    length = int(headers.get("content-length", "0"))
    body = stream.read(length)
    return (first.decode("latin-1").split(), headers, whole + body) if len(body) == length else None


def pump(stream, to):
    """All that is left, as it comes."""
    try:
        while data := stream.read1(65536):
            to.sendall(data)
    except OSError:
        pass
    try:
        to.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


class Gate:
    """Listens on .port for the daemon on 'upstream'."""

    def __init__(self, upstream):
        self.upstream, self.seen, self.trap = upstream, [], None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            with client, socket.create_connection(("127.0.0.1", self.upstream)) as server:
                self.pass_all(client, server)
        except OSError:
            pass

    def pass_all(self, client, server):
        asks, answers = client.makefile("rb"), server.makefile("rb")
        while asked := read_message(asks):
            (method, path, _), headers, request = asked
            seen, trap = Seen(method, path, headers.get("idempotency-key")), self.trap
            held = trap is not None and trap.wants(seen)
            self.seen.append(seen)
            if held and trap.moment == "before":
                trap.hold()
                return
            server.sendall(request)
            answered = read_message(answers)
            if held:
                trap.hold()
                return
            if answered is None:
                return
            client.sendall(answered[2])
            if answered[0][1] == "101":
                threading.Thread(target=pump, args=(answers, client), daemon=True).start()
                pump(asks, server)
                return

    def set_trap(self, method, path, moment):
        """Holds the next such request ("before") or its answer ("after")."""
        self.trap = Trap(method, path, moment)
        return self.trap

    def let_go(self):
        """What was held is lost; the connection with it."""
        if self.trap:
            self.trap.gone.set()
        self.trap = None

    def keys(self, path):
        """The different keys with which this was asked, in order."""
        return list(dict.fromkeys(seen.key for seen in self.seen if seen.method == "POST" and re.search(path, seen.path)))

    def count(self, path):
        """How often something was asked of this."""
        return sum(1 for seen in self.seen if seen.method != "GET" and re.search(path, seen.path))

    def close(self):
        self.let_go()
        self.listener.close()
