// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// What there is to cook: tickets as the server has them, and over them the acts of this screen that it has not
// answered yet. An act is shown at once, kept while the line is down, and sent again once it is back; each is such
// that a second time does nothing. What the server refuses is taken back.

import { setServerTime } from './age.js';

const RETRY = 2000; // ms
const TICKETS = '/restaurants/me/kitchen/tickets';
const KITCHEN = '/restaurants/me/kitchen';

const waiting = (line) => line.quantity_waiting;
// Changes of a line, or of a ticket as a whole, that nobody has seen yet.
export const unseen = (line) => (line.changes || []).filter((change) => !change.seen_at);
export const allUnseen = (ticket) => [ticket, ...ticket.lines].flatMap(unseen);
export const isOpen = (ticket) => ticket.state === 'OPEN';

// What each act does to a ticket until the server tells.
const effects = {
  bump: (ticket) => { ticket.state = 'BUMPED'; },
  recall: (ticket) => { ticket.state = 'OPEN'; },
  priority: (ticket, { on }) => { ticket.priority = on; },
  make: (ticket, { line_id: id }) => {
    for (const line of ticket.lines.filter((one) => one.line_id === id)) {
      line.quantity_made += line.quantity_waiting;
      line.quantity_waiting = 0;
    }
  },
  unmake: (ticket, { line_id: id }) => {
    for (const line of ticket.lines.filter((one) => one.line_id === id)) {
      line.quantity_waiting += line.quantity_made;
      line.quantity_made = 0;
    }
  },
  seen: (ticket, { change_id: id }) => {
    for (const change of allUnseen(ticket)) if (change.id === id) change.seen_at = change.at;
  },
  fire: (ticket, { course }) => {
    for (const one of ticket.courses) if (one.course === course) one.state = 'FIRED';
  },
};

export class Store extends EventTarget {
  #session;
  #tickets = new Map();
  #stations = [];
  #acts = []; // of this screen, oldest first
  #sending = false;
  #retry = 0;
  #loads = 0;
  #arrived = new Map(); // ticket id → number of loads begun when it last came by itself
  #bumped = []; // ids, the latest last
  #told = new Set(); // of tickets whose painting was told
  #loading = null;
  #again = false;
  loaded = false;

  constructor(session) {
    super();
    this.#session = session;
  }

  get stations() {
    return this.#stations;
  }

  get waitingActs() {
    return this.#acts.length;
  }

  // Tickets as they look with our acts, by id.
  view(id) {
    const ticket = this.#tickets.get(id);
    const acts = this.#acts.filter((act) => act.ticket === id);
    if (!ticket || acts.length === 0) return ticket;
    const copy = structuredClone(ticket);
    for (const act of acts) effects[act.name](copy, act.values);
    return copy;
  }

  // What is on the screens: open, priority first, then the oldest.
  open() {
    const tickets = [...this.#tickets.keys()].map((id) => this.view(id)).filter(isOpen);
    const at = (ticket) => Date.parse(ticket.sent_at);
    return tickets.sort((a, b) => Boolean(b.priority) - Boolean(a.priority) || at(a) - at(b) ||
      a.order_number - b.order_number || (a.id < b.id ? -1 : 1));
  }

  // [{name, quantity, tickets}] of what waits in these tickets, most first.
  static allDay(tickets) {
    const dishes = new Map();
    for (const ticket of tickets.filter((one) => one.stage !== 'EXPO')) {
      const held = new Set(ticket.courses.filter((one) => one.state === 'HELD').map((one) => one.course));
      for (const line of ticket.lines.filter((one) => waiting(one) > 0 && !held.has(one.course))) {
        const name = line.kitchen_name || line.name;
        const dish = dishes.get(name) || { name, quantity: 0, tickets: [] };
        dish.quantity += waiting(line);
        dish.tickets.push(ticket.id);
        dishes.set(name, dish);
      }
    }
    return [...dishes.values()].sort((a, b) => b.quantity - a.quantity || a.name.localeCompare(b.name));
  }

  clear() {
    this.#tickets.clear();
    this.#acts = [];
    this.#bumped = [];
    this.#told.clear();
    this.loaded = false;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // ---- what the server says ----

  // Everything anew. Asked for twice at once, it is read once more after.
  load() {
    if (this.#loading) this.#again = true;
    else this.#loading = this.#load().finally(() => {
      this.#loading = null;
      if (this.#again) {
        this.#again = false;
        this.load();
      }
    });
    return this.#loading;
  }

  async #load() {
    const number = ++this.#loads;
    try {
      const answer = await this.#session.call('GET', TICKETS + '?state=open');
      setServerTime(answer.server_time);
      const came = new Set(answer.tickets.map((ticket) => ticket.id));
      for (const ticket of answer.tickets) this.#put(ticket);
      for (const id of this.#tickets.keys()) {
        if (!came.has(id) && (this.#arrived.get(id) || 0) < number) this.#tickets.delete(id);
      }
      this.#stations = answer.stations;
      this.loaded = true;
      this.#changed();
    } catch (error) {
      if (error.status !== 401) setTimeout(() => this.load(), RETRY);
    }
  }

  #put(ticket) {
    const known = this.#tickets.get(ticket.id);
    if (known && known.version > ticket.version) return;
    this.#tickets.set(ticket.id, ticket);
    if (known && isOpen(known) && !isOpen(ticket)) this.#noteBumped(ticket.id);
    if (this.loaded && isOpen(ticket)) this.#compare(known, ticket);
  }

  #noteBumped(id) {
    this.#bumped = [...this.#bumped.filter((one) => one !== id), id].slice(-50);
  }

  // What of it is to be heard.
  #compare(known, ticket) {
    if (!known || !isOpen(known)) {
      this.#tell('news', { kind: 'new', ticket });
      return;
    }
    const before = new Set(allUnseen(known).map((change) => change.id));
    for (const change of allUnseen(ticket).filter((one) => !before.has(one.id))) {
      this.#tell('news', { kind: change.kind === 'VOIDED' ? 'cancelled' : 'changed', ticket });
    }
  }

  // A ticket that came by itself: from the feed, or as the answer to an act.
  take(ticket) {
    this.#arrived.set(ticket.id, this.#loads + 1);
    this.#put(ticket);
    this.#changed();
  }

  takeEvent(event) {
    if (event.ticket) this.take(event.ticket);
    else if (event.type.startsWith('kitchen.')) this.load();
  }

  // ---- what this screen does ----

  #act(name, ticket, path, body, values = {}) {
    this.#acts.push({ name, ticket: ticket.id, path: KITCHEN + path, body, values, key: crypto.randomUUID() });
    this.#changed();
    this.flush();
  }

  bump(ticket) {
    this.#noteBumped(ticket.id);
    this.#act('bump', ticket, `/tickets/${ticket.id}/bump`);
  }

  recall(ticket, restart = false) {
    this.#bumped = this.#bumped.filter((id) => id !== ticket.id);
    this.#tickets.set(ticket.id, this.#tickets.get(ticket.id) || ticket);
    this.#act('recall', ticket, `/tickets/${ticket.id}/recall`, { restart_timer: restart });
  }

  // The ticket that was bumped last, here or elsewhere.
  lastBumped() {
    for (const id of [...this.#bumped].reverse()) {
      const ticket = this.view(id);
      if (ticket && !isOpen(ticket)) return ticket;
    }
    return null;
  }

  priority(ticket, on) {
    this.#act('priority', ticket, `/tickets/${ticket.id}/priority`, { on }, { on });
  }

  make(ticket, line) {
    this.#act('make', ticket, `/lines/${line.line_id}/make`, {}, { line_id: line.line_id });
  }

  unmake(ticket, line) {
    this.#act('unmake', ticket, `/lines/${line.line_id}/unmake`, {}, { line_id: line.line_id });
  }

  seen(ticket, change) {
    this.#act('seen', ticket, `/changes/${change.id}/seen`, undefined, { change_id: change.id });
  }

  fire(ticket, course) {
    this.#act('fire', ticket, `/orders/${ticket.order_id}/fire`, { course }, { course });
  }

  // That a ticket was painted, or touched; once each, and not worth a retry.
  async note(ticket, what) {
    const key = what + ticket.id;
    if (this.#told.has(key) || ticket[what === 'shown' ? 'shown_at' : 'touched_at']) return;
    this.#told.add(key);
    try {
      await this.#session.call('POST', `${KITCHEN}/tickets/${ticket.id}/${what === 'shown' ? 'shown' : 'touch'}`);
    } catch {
      this.#told.delete(key);
    }
  }

  // Sends what waits, in order.
  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#retry);
    while (this.#acts.length > 0) {
      const act = this.#acts[0];
      try {
        const answer = await this.#session.call('POST', act.path, act.body, { 'Idempotency-Key': act.key });
        this.#acts.shift();
        this.#answered(answer);
      } catch (error) {
        if (error.passing) {
          this.#retry = setTimeout(() => this.flush(), RETRY);
          break;
        }
        this.#acts = this.#acts.filter((one) => one !== act);
        this.#tell('refused', { act, error });
        this.load();
      }
      this.#changed();
    }
    this.#sending = false;
  }

  #answered(answer) {
    for (const ticket of (answer && answer.tickets) || (answer && answer.lines ? [answer] : [])) this.take(ticket);
  }

  // ---- besides ----

  history(words, cursor) {
    const query = new URLSearchParams({ limit: '30' });
    if (words) query.set('q', words);
    if (cursor) query.set('cursor', cursor);
    return this.#session.call('GET', `${KITCHEN}/history?${query}`);
  }

  // [{id, name}] of the dishes on a ticket. A line keeps the name it was ordered by, not the item.
  async dishesOf(ticket) {
    const menu = await this.#session.call('GET', '/restaurants/me/menu');
    const names = new Set(ticket.lines.map((line) => line.name));
    return menu.categories.flatMap((category) => category.items || []).filter((item) => names.has(item.name));
  }

  soldOut(item, on) {
    const path = `/restaurants/me/menu/items/${item}`;
    return on ? this.#session.call('POST', path + '/sold-out', { until: 'TODAY' })
      : this.#session.call('POST', path + '/available');
  }
}
