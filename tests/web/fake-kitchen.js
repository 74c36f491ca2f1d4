// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// A kitchen without a daemon, for pictures and measures of the page: put before the page's own script, it answers
// its requests from window.fake. {tickets, stations} are what there is; push(ticket) tells of one by the feed.
'use strict';

window.fake = {
  tickets: [], stations: [], asked: [], socket: null, seq: 0, epoch: '11111111-1111-4111-8111-111111111111',

  push(ticket) {
    this.tickets = [...this.tickets.filter((one) => one.id !== ticket.id), ticket];
    this.say({ type: 'event', epoch: this.epoch, event: { seq: ++this.seq, type: 'kitchen.ticket', ticket } });
  },

  say(message) {
    if (this.socket) this.socket.onmessage({ data: JSON.stringify(message) });
  },

  answer(method, path, body) {
    this.asked.push(`${method} ${path}`);
    if (path.endsWith('/auth/device-token')) return { access_token: 'a', token_type: 'Bearer', expires_in: 900 };
    if (path.endsWith('/ws-ticket')) return { ticket: 'fake', expires_in: 30 };
    if (path.includes('/kitchen/tickets?')) {
      return { tickets: this.tickets.filter((one) => one.state === 'OPEN'), stations: this.stations, all_day: [], server_time: new Date().toISOString() };
    }
    if (path.includes('/kitchen/history')) return { tickets: this.tickets, next_cursor: null };
    if (path.includes('/feed?')) return { epoch: this.epoch, head: this.seq, events: [] };
    const [, what, id, act] = /kitchen\/(tickets|lines|changes)\/([^/]+)\/(\w+)$/.exec(path) || [];
    const has = { tickets: (one) => one.id === id, lines: (one) => one.lines.some((line) => line.line_id === id),
      changes: (one) => [one, ...one.lines].some((part) => part.changes.some((change) => change.id === id)) };
    const found = what && this.tickets.find(has[what]);
    if (!found || act === 'shown' || act === 'touch') return {};
    const ticket = structuredClone(found);
    if (what === 'tickets') ticket.state = act === 'bump' ? 'BUMPED' : 'OPEN';
    for (const line of ticket.lines.filter((one) => one.line_id === id)) {
      const all = line.quantity_waiting + line.quantity_made;
      [line.quantity_waiting, line.quantity_made] = act === 'make' ? [0, all] : [all, 0];
    }
    for (const change of [ticket, ...ticket.lines].flatMap((one) => one.changes)) {
      if (change.id === id) change.seen_at = change.at;
    }
    ticket.version += 1;
    this.tickets = this.tickets.map((one) => (one.id === ticket.id ? ticket : one));
    return ticket;
  },
};

localStorage.setItem('osy.device', 'fake');
window.fetch = async (url, options = {}) => {
  const answer = window.fake.answer(options.method || 'GET', String(url), options.body);
  return new Response(JSON.stringify(answer), { status: 200, headers: { 'Content-Type': 'application/json' } });
};
window.WebSocket = class {
  static OPEN = 1;
  readyState = 1;

  constructor() {
    window.fake.socket = this;
    setTimeout(() => window.fake.say({ type: 'hello', epoch: window.fake.epoch, head: window.fake.seq }), 0);
    this.beat = setInterval(() => window.fake.say({ type: 'heartbeat', head: window.fake.seq }), 1000);
  }

  send() {}

  close() {
    clearInterval(this.beat);
  }
};
