# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A collector of traces that takes OTLP/HTTP JSON by the letter (opentelemetry-proto, docs/specification.md)."""

import json
import re
import time

from osy_outside import Outside

MEMBERS = {"traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes",
           "status"}


def check_tags(tags):
    """{key: value} of attributes."""
    found = {}
    for tag in tags:
        assert set(tag) == {"key", "value"} and tag["key"] not in found, tag
        (kind, value), = tag["value"].items()
        assert isinstance(value, str), f"64 bits go as text: {tag}"
        assert kind == "stringValue" or (kind == "intValue" and re.fullmatch(r"-?\d+", value)), tag
        found[tag["key"]] = value if kind == "stringValue" else int(value)
    return found


def check_span(span):
    assert set(span) == MEMBERS, span
    assert re.fullmatch("[0-9a-f]{32}", span["traceId"]) and set(span["traceId"]) != {"0"}, span
    assert re.fullmatch("[0-9a-f]{16}", span["spanId"]) and set(span["spanId"]) != {"0"}, span
    assert re.fullmatch("([0-9a-f]{16})?", span["parentSpanId"]), span
    assert span["name"] and span["kind"] in (1, 2, 3, 4, 5) and span["status"]["code"] in (1, 2), span
    times = [span["startTimeUnixNano"], span["endTimeUnixNano"]]
    assert all(re.fullmatch(r"\d{19}", value) for value in times) and times[0] <= times[1], span
    assert abs(int(times[1]) / 1e9 - time.time()) < 600, span
    return dict(span, tags=check_tags(span["attributes"]))


class Collector(Outside):
    def __init__(self):
        super().__init__()
        self.spans = []
        self.texts = []
        self.wrong = []  # what it did not understand

    def answer(self, method, path, headers, body):
        self.texts.append(body.decode())
        try:
            assert (method, path, headers["Content-Type"]) == ("POST", "/v1/traces", "application/json")
            (of_resource,), = json.loads(body).values()
            assert set(of_resource) == {"resource", "scopeSpans"}
            assert check_tags(of_resource["resource"]["attributes"])["service.name"] == "ordersyncd"
            of_scope, = of_resource["scopeSpans"]
            spans = [check_span(span) for span in of_scope["spans"]]
            assert spans and of_scope["scope"]["name"] == "ordersync"
        except (AssertionError, KeyError, ValueError) as error:
            self.wrong.append(repr(error))
            return 400, {"message": "not understood"}
        ids = {span["spanId"] for span in self.spans}
        self.wrong += [f"twice: {span}" for span in spans if span["spanId"] in ids]
        self.spans += spans
        return 200, {}

    def of(self, trace_id):
        with self.lock:
            return [span for span in self.spans if span["traceId"] == trace_id]

    def wait(self, trace_id, *names, seconds=20):
        """The spans of a trace by name, once all of @names are there."""
        deadline = time.monotonic() + seconds
        while True:
            found = {span["name"]: span for span in self.of(trace_id)}
            if set(names) <= set(found):
                return found
            assert time.monotonic() < deadline, f"{sorted(found)} without {sorted(set(names) - set(found))}"
            time.sleep(0.05)
