# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What a change costs the kitchen page in Chromium, from the message of the feed to the painted frame."""

import os
import statistics
import sys

from figures import figure, load, percentile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "lib"), os.path.join(HERE, "..", "web")]
import tickets as made_up  # noqa: E402
from osy_browser import Browser  # noqa: E402

TICKETS, CHANGES = 40, 300
# One change each time: a line done, one added, a ticket gone, a ticket new. Painted: the first task after the frame.
MEASURE = """(async () => {
  const painted = (change) => new Promise((done) => {
    const begun = performance.now();
    change();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - begun);
      port2.postMessage(0);
    });
  });
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const times = { change: [], idle: [] };
  for (let n = 0; n < %d; n++) {
    const tickets = window.fake.tickets, old = tickets[(n * 7) %% tickets.length];
    const ticket = structuredClone(old);
    const line = ticket.lines[n %% ticket.lines.length];
    ticket.version += 1;
    if (n %% 4 === 0) ticket.lines.push({ ...line, line_id: crypto.randomUUID(), name: '추가 ' + n });
    else if (n %% 4 === 1) ticket.priority = !ticket.priority;
    else [line.quantity_made, line.quantity_waiting] = [line.quantity_waiting, line.quantity_made];
    times.change.push(await painted(() => window.fake.push(ticket)));
    await pause(17 * Math.random());
    times.idle.push(await painted(() => {}));
    await pause(17 * Math.random());
  }
  return times; })()""" % CHANGES


def kitchen(daemon):
    before = load()
    many = [made_up.ticket(100 + n, str(n + 1), n / 4, 20, *[
        made_up.line(f"음식 {n} {i}", i + 1, options=["곱빼기", "덜 맵게"], note="따로 담아 주세요" if i == 1 else None)
        for i in range(n % 5 + 1)]) for n in range(TICKETS)]
    with Browser() as browser:
        page = browser.page(1920, 1080, [made_up.script(many)])
        page.open(f"http://127.0.0.1:{daemon.port}/kitchen")
        page.wait("document.querySelectorAll('#grid .card').length === 10")
        page.tap("#arm")
        times = page.run(MEASURE)
    changes = times["change"]
    figure(f"**a change on the kitchen page painted**, {TICKETS} tickets, Chromium without a GPU, 1920×1080",
           f"P50 {statistics.median(changes):.1f} ms, **P99 {percentile(changes, 99):.1f} ms**", "P99 ≤ 50 ms",
           f"a frame without a change {statistics.median(times['idle']):.1f} ms, P99 {percentile(times['idle'], 99):.1f} ms",
           before)
