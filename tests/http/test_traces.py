#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Traces: one request is followed from its caller through the order's way into the database, the handlers of its
events and the call to the payment service; a collector that is away, busy or unwilling costs nobody anything."""

import datetime
import json
import os
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_collector import Collector  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_toss import SECRET, Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
NAME, PHONE = "표도르", "01047110815"


def call_in(daemon, trace_id, method, path, body=None, caller="00000000000000a1"):
    """A call of somebody who traces, too. The answer."""
    headers = {"traceparent": f"00-{trace_id}-{caller}-01", "Idempotency-Key": str(uuid.uuid4())}
    return daemon.call(method, path, body, headers=headers)


def figure(daemon, outcome):
    name = f'ordersync_trace_spans_total{{outcome="{outcome}"}} '
    return sum(int(line[len(name):]) for line in daemon.raw("GET", "/metrics")[2].decode().splitlines()
               if line.startswith(name))


def until(what, condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.05)


@case
def an_order(daemon, collector, toss):
    """an order's trace: CreateOrder, ValidateOrder, SaveOrderToDB and its handlers, each under its own"""
    trace_id = uuid.uuid4().hex
    body = daemon.order_body(customer={"name": NAME, "phone": PHONE}, accept={"ready_in_minutes": 10})
    call_in(daemon, trace_id, "POST", "/orders", body)
    server = "POST /api/v1/orders"
    spans = collector.wait(trace_id, server, "CreateOrder", "ValidateOrder", "SaveOrderToDB", "kitchen.order",
                           "saga.stock", "table.order")
    equal((spans[server]["parentSpanId"], spans[server]["kind"]), ("00000000000000a1", 2))
    equal(spans[server]["tags"], {"http.request.method": "POST", "http.route": "/api/v1/orders",
                                  "http.response.status_code": 201})
    equal(spans["CreateOrder"]["parentSpanId"], spans[server]["spanId"])
    for part in ("ValidateOrder", "SaveOrderToDB"):
        equal(spans[part]["parentSpanId"], spans["CreateOrder"]["spanId"])
    assert spans["ValidateOrder"]["endTimeUnixNano"] <= spans["SaveOrderToDB"]["startTimeUnixNano"], spans
    assert spans["SaveOrderToDB"]["endTimeUnixNano"] <= spans[server]["endTimeUnixNano"], spans
    equal((spans["kitchen.order"]["parentSpanId"], spans["kitchen.order"]["kind"]), (spans[server]["spanId"], 5))

    def orphans():
        spans = collector.of(trace_id)
        ids = {span["spanId"] for span in spans} | {"00000000000000a1"}
        return [span["name"] for span in spans if span["parentSpanId"] not in ids]

    until("a parent for each", lambda: not orphans())  # which is told after its children
    statements = [span for span in collector.of(trace_id) if span["name"] == "INSERT INTO kitchen_ticket"
                  or span["name"].startswith("INSERT kitchen_ticket")]
    assert statements, sorted(span["name"] for span in collector.of(trace_id))


@case
def refused_and_shared(daemon, collector, toss):
    """what fails is told as such; of two requests in one trace the first has the handlers"""
    trace_id = uuid.uuid4().hex
    call_in(daemon, trace_id, "POST", "/orders", daemon.order_body(accept={"ready_in_minutes": 10}))
    call_in(daemon, trace_id, "GET", "/restaurants/me")
    spans = collector.wait(trace_id, "POST /api/v1/orders", "GET /api/v1/restaurants/me", "kitchen.order")
    equal(spans["kitchen.order"]["parentSpanId"], spans["POST /api/v1/orders"]["spanId"])
    equal(spans["CreateOrder"]["status"]["code"], 1)
    trace_id, body = uuid.uuid4().hex, daemon.order_body()
    body["items"][0]["menu_item_id"] = str(uuid.uuid4())
    try:
        call_in(daemon, trace_id, "POST", "/orders", body)
        raise AssertionError("a dish that there is not was taken")
    except Refused:
        pass
    spans = collector.wait(trace_id, "CreateOrder", "ValidateOrder")
    equal((spans["CreateOrder"]["status"]["code"], spans["ValidateOrder"]["status"]["code"]), (2, 2))


@case
def a_route(daemon, collector, toss):
    """any other route: its operation and its statements; without a caller it is a trace of its own"""
    trace_id = uuid.uuid4().hex
    call_in(daemon, trace_id, "GET", "/restaurants/me")
    spans = collector.wait(trace_id, "GET /api/v1/restaurants/me", "getOwnRestaurant")
    operation = spans["getOwnRestaurant"]
    equal(operation["parentSpanId"], spans["GET /api/v1/restaurants/me"]["spanId"])
    assert any(span["parentSpanId"] == operation["spanId"] and span["kind"] == 3 for span in collector.of(trace_id))
    daemon.call("GET", "/restaurants/me")
    until("a trace of its own", lambda: any(
        span["name"] == "GET /api/v1/restaurants/me" and span["parentSpanId"] == "" for span in collector.spans))


@case
def a_payment(daemon, collector, toss):
    """the call to the payment service is part of the confirmation that caused it"""
    daemon.call("PUT", "/restaurants/me/payment-setup", {
        "methods": ["CASH", "TOSS"], "toss": {"client_key": "test_ck_simulated", "secret_key": SECRET}})
    order = daemon.place()
    payment = daemon.call("POST", "/payments", {"method": "TOSS", "amount": order["total_amount"],
                                                "check_id": order["check_id"]}, key=str(uuid.uuid4()))
    back = toss.approve(payment["id"], payment["amount"])
    trace_id = uuid.uuid4().hex
    paid = call_in(daemon, trace_id, "POST", "/payments/confirm", {
        "payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]})
    equal(paid["status"], "PAID")
    spans = collector.wait(trace_id, "POST /api/v1/payments/confirm", "POST")
    equal((spans["POST"]["kind"], spans["POST"]["tags"]),
          (3, {"server.address": "127.0.0.1", "http.response.status_code": 200}))
    equal(spans["POST"]["parentSpanId"], spans["POST /api/v1/payments/confirm"]["spanId"])


@case
def the_log(daemon, collector, toss):
    """the line of the log names the same trace and span, who, what and whether it went well"""
    trace_id = uuid.uuid4().hex
    call_in(daemon, trace_id, "GET", "/restaurants/me")
    span = collector.wait(trace_id, "GET /api/v1/restaurants/me")["GET /api/v1/restaurants/me"]
    path = os.path.join(daemon.data_dir, "log", f"access-{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}.log")
    with open(path, encoding="utf-8") as file:
        line, = [line for line in map(json.loads, file) if line["trace_id"] == trace_id]
    wanted = {"level": "info", "service": "ordersyncd", "span_id": span["spanId"], "action": "getOwnRestaurant",
              "success": True, "status": 200}
    equal({name: line.get(name) for name in wanted}, wanted)
    assert line["user_id"] and line["duration_us"] > 0, line


@case
def away(daemon, collector, toss):
    """a busy collector gets the same batch again, and the shop does not notice"""
    with collector.lock:
        collector.faults += [503, "deaf", 429]
    trace_id = uuid.uuid4().hex
    call_in(daemon, trace_id, "POST", "/orders", daemon.order_body())
    collector.wait(trace_id, "CreateOrder", "SaveOrderToDB", seconds=60)
    equal(collector.faults, [])


@case
def unwilling(daemon, collector, toss):
    """what is refused is counted and forgotten"""
    refused, trace_id = figure(daemon, "refused"), uuid.uuid4().hex
    with collector.lock:
        collector.faults.append(400)
    call_in(daemon, trace_id, "GET", "/restaurants/me")
    until("a refused batch", lambda: figure(daemon, "refused") > refused)
    later = uuid.uuid4().hex
    call_in(daemon, later, "GET", "/restaurants/me")
    collector.wait(later, "getOwnRestaurant")
    equal(collector.of(trace_id), [])
    assert figure(daemon, "sent") > 0


@case
def nobody_is_named(daemon, collector, toss):
    """no trace holds anything of a guest, and every batch was understood"""
    equal(collector.wrong, [])
    text = "".join(collector.texts)
    equal([word for word in (NAME, PHONE, PHONE[3:], SECRET) if word in text], [])


def main():
    program = os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")
    collector = Collector()
    with Toss(program) as toss:
        extra = ["--otlp-endpoint", collector.url, "--toss-base-url", toss.url]
        with Daemon(sys.argv[1], extra=extra) as daemon:
            daemon.setup(MENU)
            daemon.start()
            daemon.login()
            failed = run(daemon, collector, toss)
            collector.gate.clear()
            before = collector.arrived
            daemon.place()
            until("a batch that is kept waiting", lambda: collector.arrived > before)
            daemon.stop()  # also then
            collector.gate.set()
            return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
