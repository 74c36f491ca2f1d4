#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""/metrics of the real daemon: what promtool says of it, that its figures are what happened, and that it names no
person; a real Prometheus scrapes it and answers the queries of every dashboard and every alert."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused, free_port  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
MONITORING = os.path.join(HERE, "..", "..", "data", "monitoring")
# What the issue asks for, by the names that dashboards rely on.
FAMILIES = {
    "http_request_duration_seconds": "histogram", "active_orders": "gauge", "ordersync_orders_total": "counter",
    "ordersync_sales_won_total": "counter", "ordersync_funnel_total": "counter",
    "ordersync_order_writes_total": "counter", "ordersync_order_processing_seconds": "histogram",
    "ordersync_db_pool_busy_seconds_total": "counter", "ordersync_db_pool_connections": "gauge",
    "ordersync_db_query_seconds": "histogram", "ordersync_cache_requests_total": "counter",
    "ordersync_order_writer_batch_orders": "histogram", "ordersync_order_writer_wait_seconds": "histogram",
    "ordersync_relay_lag": "gauge", "ordersync_feed_subscribers": "gauge", "ordersync_sagas": "gauge",
    "ordersync_saga_steps_total": "counter", "ordersync_saga_failures_total": "counter",
    "ordersync_payments_total": "counter", "ordersync_print_queue": "gauge",
    "ordersync_alarm_latency_seconds": "histogram", "ordersync_auth_failures_total": "counter",
    "ordersync_requests_refused_total": "counter", "ordersync_threats_raised_total": "counter",
    "ordersync_reports_total": "counter"}


def text_of(daemon):
    status, headers, body = daemon.raw("GET", "/metrics")
    equal(status, 200)
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4"), headers
    return body.decode()


def figures(daemon):
    """{'name{labels}': value}"""
    rows = (line.rsplit(" ", 1) for line in text_of(daemon).splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def until(daemon, name, value):
    deadline = time.monotonic() + 20
    while (now := figures(daemon).get(name)) != value:
        assert time.monotonic() < deadline, f"{name} is {now}, not {value}"
        time.sleep(0.1)


def grown(before, after, name):
    return after.get(name, 0) - before.get(name, 0)


@case
def promtool_agrees(daemon):
    """promtool finds nothing to say, and every metric that is asked for is there"""
    daemon.place()
    text = text_of(daemon)
    check = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    equal((check.returncode, check.stdout + check.stderr), (0, ""))
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
    equal({name: kinds.get(name) for name in FAMILIES}, FAMILIES)
    equal([name for name in kinds if f"# HELP {name} " not in text], [])


@case
def counts_orders(daemon):
    """an order shows in every figure that it concerns, once"""
    before = figures(daemon)
    order = daemon.place()
    daemon.place(daemon.order_body(channel="QR", **{"type": "TAKEOUT"}), anonymous=True)
    key = str(uuid.uuid4())
    body = daemon.order_body()
    daemon.place(body, key=key)
    daemon.place(body, key=key)  # the same: placed once
    after = figures(daemon)
    equal(grown(before, after, 'ordersync_orders_total{channel="COUNTER",type="TAKEOUT"}'), 2)
    equal(grown(before, after, 'ordersync_orders_total{channel="QR",type="TAKEOUT"}'), 1)
    equal(grown(before, after, 'ordersync_sales_won_total{channel="COUNTER"}'), 2 * order["total_amount"])
    equal(grown(before, after, 'ordersync_order_writes_total{outcome="written"}'), 3)
    equal(grown(before, after, 'ordersync_order_writes_total{outcome="key_taken"}'), 1)
    equal(grown(before, after, 'ordersync_funnel_total{step="order_placed"}'), 1)
    assert grown(before, after, 'ordersync_funnel_total{step="menu_viewed"}') >= 1
    equal(grown(before, after, "ordersync_order_writer_wait_seconds_count"), 4)
    equal(grown(before, after, 'http_request_duration_seconds_count'
                               '{method="POST",endpoint="/api/v1/orders",status="2xx"}'), 4)
    assert grown(before, after, 'ordersync_cache_requests_total{cache="menu",result="hit"}') >= 3
    assert grown(before, after, 'ordersync_db_pool_busy_seconds_total{pool="app"}') > 0
    until(daemon, 'ordersync_saga_steps_total{step="STARTED"}',
          after.get('ordersync_events_total{type="order.created"}', 0))


@case
def follows_an_order(daemon):
    """an order is open until it is over; its processing is timed, and the queue of slips seen"""
    before = figures(daemon)
    equal(before['ordersync_db_pool_connections{pool="app"}'], 3)
    order = daemon.place()
    daemon.act(order["id"], "accept", {"ready_in_minutes": 10})
    until(daemon, 'active_orders{status="ACCEPTED"}', before['active_orders{status="ACCEPTED"}'] + 1)
    daemon.act(order["id"], "ready")
    daemon.act(order["id"], "hand-over")
    name = 'ordersync_order_processing_seconds_count{outcome="completed"}'
    until(daemon, name, before.get(name, 0) + 1)
    until(daemon, 'active_orders{status="ACCEPTED"}', before['active_orders{status="ACCEPTED"}'])
    until(daemon, "ordersync_relay_lag", 0)
    assert abs(figures(daemon)["ordersync_database_seen_seconds"] - time.time()) < 60


@case
def refusals(daemon):
    """what is refused is counted by our own words; nothing that a stranger sends becomes a label"""
    before = figures(daemon)
    for path in ("/no/such/place-4711", "/api/v1/orders/4711"):
        daemon.raw("GET", path)
    daemon.raw("BREW4711", "/api/v1/orders")
    daemon.raw("GET", "/api/v1/restaurants/me/orders?q=4711", headers={"Authorization": "Bearer 4711"})
    try:
        daemon.call("POST", "/auth/login", {"email": "4711@shop.example", "password": "4711"}, anonymous=True)
    except Refused as refusal:
        equal(refusal.status, 401)
    text, after = text_of(daemon), figures(daemon)
    assert "4711" not in text, [line for line in text.splitlines() if "4711" in line]
    assert grown(before, after, 'ordersync_auth_failures_total{reason="password"}') == 1, after
    assert grown(before, after, 'ordersync_requests_refused_total{reason="unauthenticated"}') >= 2
    equal(grown(before, after, 'http_request_duration_seconds_count{method="GET",endpoint="none",status="4xx"}'), 1)


@case
def no_person(daemon):
    """no name, number, address, id or mail of anybody, and not too many lines"""
    customer = {"name": "홍길동이름", "phone": "01098765432"}
    order = daemon.place(daemon.order_body(customer=customer, note="문 앞에 두세요"))
    text = text_of(daemon)
    words = ["홍길동이름", "98765432", "문 앞에", "@", order["id"], daemon.restaurant_id, "127.0.0.1", daemon.data_dir]
    equal([word for word in words if word in text], [])
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text), "an id"
    assert len(text.splitlines()) < 4000, len(text.splitlines())


@case
def a_stranger_fills_nothing(daemon):
    """however many paths, methods and statuses strangers make up, each figure of ours keeps its own place"""
    with open(os.path.join(HERE, "..", "..", "docs", "openapi.yaml"), encoding="utf-8") as file:
        paths = yaml.safe_load(file)["paths"]
    tokens = [{}, {"Authorization": "Bearer made-up"}]
    for path, acts in paths.items():
        for method in [*(name.upper() for name in acts if name in ("get", "post", "put", "patch", "delete")), "BREW"]:
            for body in (None, b"{", b"[]"):
                for headers in tokens:
                    kind = {"Content-Type": "application/json"} if body else {}
                    daemon.raw(method, path.replace("{", "").replace("}", ""), body, {**headers, **kind})
    text = text_of(daemon)
    equal([line for line in text.splitlines() if 'endpoint="other"' in line][:3], [])
    statuses = set(re.findall(r'^http_request_duration_seconds_count{.*status="([^"]*)"', text, re.M))
    assert statuses <= {"1xx", "2xx", "3xx", "4xx", "5xx"}, statuses


# ---- alerts and dashboards ----

def rules_test(folder, rules, quiet_day=False):
    """promtool test rules of the alerts in rules; the quiet day, which takes longest, where it is asked for."""
    with open(os.path.join(folder, "ordersync.rules.yml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(rules, file)
    with open(os.path.join(MONITORING, "ordersync.rules.test.yml"), encoding="utf-8") as file:
        tests = yaml.safe_load(file)
    if not quiet_day:
        tests["tests"] = [one for one in tests["tests"] if one["name"] != "a quiet day"]
    with open(os.path.join(folder, "test.yml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(tests, file)
    return subprocess.run(["promtool", "test", "rules", "test.yml"], cwd=folder, capture_output=True, text=True,
                          check=False)


def alerts():
    with open(os.path.join(MONITORING, "ordersync.rules.yml"), encoding="utf-8") as file:
        return yaml.safe_load(file)


@case
def each_alert_is_tested(daemon):
    """promtool tests every alert: one that never fires, or always does, fails its test"""
    good = rules_test(daemon.scratch, alerts(), quiet_day=True)
    equal(good.returncode, 0, good.stdout + good.stderr)
    for n, rule in enumerate(alerts()["groups"][0]["rules"]):
        for broken in ("vector(0) > 1", "vector(1)"):
            rules = alerts()
            rules["groups"][0]["rules"][n]["expr"] = broken
            assert rules_test(daemon.scratch, rules).returncode != 0, f"{rule['alert']}: {broken} was not noticed"


def queries():
    """(where, expression) of every alert and every panel."""
    for rule in alerts()["groups"][0]["rules"]:
        yield rule["alert"], rule["expr"]
    for name in sorted(os.listdir(MONITORING)):
        if name.endswith(".json"):
            with open(os.path.join(MONITORING, name), encoding="utf-8") as file:
                for panel in json.load(file)["panels"]:
                    for target in panel["targets"]:
                        yield f"{name}: {panel['title']}", target["expr"]


@case
def queries_name_what_exists(daemon):
    """every alert and every panel names metrics that the daemon has, by labels that they have"""
    text = text_of(daemon)
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M), up="gauge")
    there = set()
    for name, kind in kinds.items():
        there |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    count = 0
    for where, query in queries():
        names = set(re.findall(r"\b(?:ordersync_\w+|http_\w+|active_\w+|up)\b(?!\")", query))
        assert names and names <= there, f"{where}: {names - there}"
        count += 1
    assert count > 40, count


def ask(port, what, **query):
    url = f"http://127.0.0.1:{port}/api/v1/{what}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["data"]


@case
def prometheus_scrapes(daemon):
    """a real Prometheus scrapes the daemon, knows its figures and answers every query of ours"""
    with open(os.path.join(MONITORING, "prometheus.yml"), encoding="utf-8") as file:
        config = yaml.safe_load(file)
    config["global"]["scrape_interval"] = config["global"]["evaluation_interval"] = "1s"
    config["rule_files"] = [os.path.join(MONITORING, "ordersync.rules.yml")]
    config["scrape_configs"][0]["static_configs"][0]["targets"] = [f"127.0.0.1:{daemon.port}"]
    path, port = os.path.join(daemon.scratch, "prometheus.yml"), free_port()
    with open(path, "w", encoding="utf-8") as file:
        yaml.safe_dump(config, file)
    with subprocess.Popen(["prometheus", f"--config.file={path}", f"--web.listen-address=127.0.0.1:{port}",
                           f"--storage.tsdb.path={daemon.scratch}/tsdb"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        try:
            look_through(daemon, port)
        finally:
            process.terminate()


def look_through(daemon, port):
    deadline = time.monotonic() + 60

    def value(query):
        try:
            result = ask(port, "query", query=query)["result"]
        except OSError:
            return None
        return float(result[0]["value"][1]) if result else None
    while value('up{job="ordersync"}') != 1:
        assert time.monotonic() < deadline, "never scraped"
        time.sleep(0.2)
    daemon.place()
    wanted = sum(v for name, v in figures(daemon).items() if name.startswith("ordersync_orders_total"))
    while value("sum(ordersync_orders_total)") != wanted:
        assert time.monotonic() < deadline, f"{value('sum(ordersync_orders_total)')}, not {wanted}"
        time.sleep(0.2)
    for where, query in queries():
        assert "result" in ask(port, "query", query=query), where
    targets = ask(port, "targets")["activeTargets"]
    equal([(one["health"], one["lastError"]) for one in targets], [("up", "")])
    rules = ask(port, "rules")["groups"][0]["rules"]
    equal([rule["lastError"] for rule in rules if rule.get("lastError")], [])
    equal(len(rules), len(alerts()["groups"][0]["rules"]))


def main():
    with tempfile.TemporaryDirectory(prefix="osy-metrics-") as folder, Daemon(sys.argv[1]) as daemon:
        daemon.scratch = folder
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        failed = run(daemon)
        daemon.stop()
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
