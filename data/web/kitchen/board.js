// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// The grid of cards with its pages, the stations above and what to cook beside it.

import { ageOf } from './age.js';
import { alarms, blocksOf, Card, isDone, isVoided, moves } from './card.js';
import { find, Kept, make, setClass, setText } from './dom.js';
import { gridFor, paginate, split } from './layout.js';
import { allUnseen, Store, unseen } from './store.js';
import { say } from './words.js';

const STILL = 400; // ms in which nothing moves under a finger, and no second ticket is bumped
const STATION = 'osy.station';
const GAP = 8;
const KEYS = '1234567890';

export class Board {
  #store;
  #hooks;
  #cards = new Map(); // "ticket part" → Card
  #heights = new Map(); // sign of a block → px at the present width
  #leaving = new Map(); // tickets bumped just now: id → [ticket, until]
  #grid = find('grid');
  #measure = find('measure');
  #room = 0;
  #columns = 1;
  #cells = 1;
  #pages = [[]];
  #page = 0;
  #selected = null;
  #dish = null;
  #shiftedAt = 0;
  #frame = 0;
  #levels = '';
  #stations = new Kept(find('stations'));
  #dishes = new Kept(find('dishes'));
  station = localStorage.getItem(STATION) || '';
  frozen = true;
  directBump = localStorage.getItem('osy.direct') === '1';

  // hooks: refuse(key), bumped(ticket), recall(), fired(ticket, course)
  constructor(store, hooks) {
    this.#store = store;
    this.#hooks = hooks;
    new ResizeObserver(() => this.#resized()).observe(this.#grid);
    find('previous').addEventListener('click', () => this.turn(this.#page - 1));
    find('next').addEventListener('click', () => this.turn(this.#page + 1));
    store.addEventListener('changed', () => this.render());
  }

  get selected() {
    return this.#selected && this.#store.view(this.#selected);
  }

  // Tickets of the chosen station.
  tickets() {
    const all = this.#store.open();
    return this.station ? all.filter((ticket) => ticket.station_id === this.station) : all;
  }

  // Once a frame, however much has come.
  render() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  // ---- geometry ----

  #resized() {
    const { columns, rows, cells } = gridFor(this.#grid.clientWidth, this.#grid.clientHeight);
    const width = (this.#grid.clientWidth - GAP * (columns - 1)) / columns;
    this.#cells = cells;
    this.#columns = columns;
    this.#grid.style.setProperty('--columns', columns);
    this.#grid.style.setProperty('--rows', rows);
    this.#measure.style.width = width + 'px';
    const frame = new Card(() => {});
    this.#measure.replaceChildren(frame.element);
    frame.element.style.height = (this.#grid.clientHeight - GAP * (rows - 1)) / rows + 'px';
    this.#room = frame.rows.clientHeight;
    this.#heights.clear();
    this.render();
  }

  // Heights of all blocks that were not seen before, in one layout.
  #measureBlocks(lists) {
    const fresh = lists.flat().filter((one) => !this.#heights.has(one.sign));
    if (fresh.length > 0) {
      const rows = fresh.map((one) => one.build());
      this.#measure.replaceChildren(make('div', { class: 'card' }, make('div', { class: 'rows' }, ...rows)));
      fresh.forEach((one, at) => this.#heights.set(one.sign, rows[at].getBoundingClientRect().height));
      this.#measure.replaceChildren();
      if (this.#heights.size > 5000) this.#heights.clear();
    }
    for (const one of lists.flat()) one.height = this.#heights.get(one.sign) || 0;
  }

  // ---- drawing ----

  #listed() {
    const listed = this.tickets();
    const now = Date.now();
    for (const [id, [ticket, until]] of this.#leaving) {
      if (now > until || listed.some((one) => one.id === id)) this.#leaving.delete(id);
      else listed.splice(Math.min(listed.length, this.#leaving.get(id)[2]), 0, ticket);
    }
    return listed;
  }

  #render() {
    if (!this.#store.loaded) this.#leaving.clear();
    const tickets = this.#listed();
    const blocks = tickets.map((ticket) => blocksOf(ticket, (what, id) => this.#tapped(what, id, ticket.id)));
    this.#measureBlocks(blocks);
    this.#pages = paginate(tickets.map((ticket, at) => ({ ticket, parts: split(blocks[at], this.#room) })), this.#cells);
    this.#page = Math.min(this.#page, this.#pages.length - 1);
    this.#drawCards(this.#pages[this.#page]);
    this.#drawStations();
    this.#drawDishes(tickets);
    this.#drawFoot();
    setClass(document.body, 'empty', this.#store.loaded && tickets.length === 0);
    setText(find('nothing'), say(this.#store.loaded ? 'nothing' : 'loading'));
    find('blank').hidden = tickets.length > 0;
    for (const { ticket } of this.#pages[this.#page]) if (!document.hidden) this.#store.note(ticket, 'shown');
  }

  #drawCards(cells) {
    const cards = new Map();
    cells.forEach((cell, at) => {
      const key = `${cell.ticket.id} ${cell.number}`;
      const card = this.#cards.get(key) || new Card((what, id) => this.#tapped(what, id, cell.ticket.id));
      cards.set(key, card);
      card.update(cell, cell.number === 0 ? KEYS[at] || '' : '');
      card.updateAge(this.frozen);
      const place = this.#grid.children[at];
      if (place !== card.element) {
        if (place) this.#shiftedAt = performance.now();
        this.#grid.insertBefore(card.element, place || null);
      }
      setClass(card.element, 'selected', this.#selected === cell.ticket.id);
      setClass(card.element, 'lit', this.#dish && this.#dish.has(cell.ticket.id));
      setClass(card.element, 'leaving', this.#leaving.has(cell.ticket.id));
    });
    while (this.#grid.children.length > cells.length) this.#grid.lastChild.remove();
    this.#cards = cards;
  }

  #drawStations() {
    const all = this.#store.open();
    const late = new Set(all.filter((ticket) => ageOf(ticket).level === 'late').map((ticket) => ticket.id));
    const count = (id) => all.filter((ticket) => !id || ticket.station_id === id);
    const tabs = [{ id: '', name: say('all') }, ...(this.#store.stations.length > 1 ? this.#store.stations : [])]
      .map(({ id, name }) => ({ id, name, open: count(id).length, late: count(id).filter((one) => late.has(one.id)).length }));
    this.#stations.draw(tabs.map((tab) => ({
      key: tab.id,
      build: () => make('button', { type: 'button', class: 'tab', onclick: () => this.choose(tab.id) },
        make('span'), make('span', { class: 'numeric' }), make('span', { class: 'badge' })),
      update: (button) => {
        const [name, open, late] = button.children;
        button.setAttribute('aria-pressed', String(tab.id === this.station));
        setText(name, tab.name);
        setText(open, String(tab.open));
        setText(late, `‼ ${tab.late}`);
        late.setAttribute('aria-label', say('lateCount', { count: tab.late }));
        late.hidden = tab.late === 0;
      },
    })));
  }

  #drawDishes(tickets) {
    this.#dishes.draw(Store.allDay(tickets).slice(0, 14).map((dish) => ({
      key: dish.name,
      build: () => make('button', { type: 'button', class: 'dish', onclick: () => this.#light(dish.name) },
        make('span', { class: 'name' }, dish.name), make('span', { class: 'numeric' })),
      update: (button) => {
        button.setAttribute('aria-label', say('line', { count: dish.quantity, name: dish.name }));
        setText(button.lastChild, String(dish.quantity));
      },
    })));
  }

  #drawFoot() {
    const late = this.#pages.map((cells) => new Set(cells.filter(({ ticket }) => ageOf(ticket).level === 'late').map(({ ticket }) => ticket.id)).size);
    const elsewhere = late.findIndex((count, at) => count > 0 && at !== this.#page);
    setText(find('page'), say('page', { page: this.#page + 1, pages: this.#pages.length }));
    setText(find('late-page'), elsewhere < 0 ? '' : say('latePage', { page: elsewhere + 1, count: late[elsewhere] }));
    setClass(find('next'), 'alert', elsewhere > this.#page);
    setClass(find('previous'), 'alert', elsewhere >= 0 && elsewhere < this.#page);
    find('previous').disabled = this.#page === 0;
    find('next').disabled = this.#page >= this.#pages.length - 1;
    for (const id of ['soldOut', 'first']) find(id).disabled = !this.selected;
  }

  // Once a second; what is late is for the sound.
  tick() {
    for (const card of this.#cards.values()) card.updateAge(this.frozen);
    const tickets = this.tickets();
    const levels = tickets.map((ticket) => ticket.id + ageOf(ticket).level).join();
    if (levels !== this.#levels && !this.frozen) this.render();
    this.#levels = levels;
    return {
      late: tickets.filter((ticket) => ageOf(ticket).level === 'late').map((ticket) => ticket.id),
      cancelled: tickets.some((ticket) => allUnseen(ticket).some((change) => change.kind === 'VOIDED')),
    };
  }

  relabel() {
    this.#heights.clear();
    this.render();
  }

  // ---- moving about ----

  choose(station) {
    this.station = station;
    localStorage.setItem(STATION, station);
    this.#page = 0;
    this.render();
  }

  turn(page) {
    this.#page = Math.max(0, Math.min(page, this.#pages.length - 1));
    this.#shiftedAt = performance.now();
    this.render();
  }

  turnBy(step) {
    this.turn(this.#page + step);
  }

  select(id) {
    this.#selected = id;
    this.#dish = null;
    const ticket = id && this.#store.view(id);
    if (ticket) this.#store.note(ticket, 'touch');
    this.render();
  }

  selectCell(at) {
    const cell = this.#pages[this.#page][at];
    if (!cell) return;
    if (this.directBump) this.#bump(cell.ticket.id);
    else this.select(cell.ticket.id);
  }

  moveSelection(name) {
    const cells = this.#pages[this.#page];
    const at = cells.findIndex((cell) => cell.ticket.id === this.#selected);
    const step = { left: -1, right: 1, up: -this.#columns, down: this.#columns }[name];
    const to = at < 0 ? 0 : at + step;
    if (cells[to]) this.select(cells[to].ticket.id);
    else if (to >= cells.length && name === 'right') this.turnBy(1);
  }

  #light(name) {
    const tickets = Store.allDay(this.tickets()).find((dish) => dish.name === name)?.tickets;
    if (!tickets) return;
    this.#dish = new Set(tickets);
    const page = this.#pages.findIndex((cells) => cells.some((cell) => this.#dish.has(cell.ticket.id)));
    if (!this.#pages[this.#page].some((cell) => this.#dish.has(cell.ticket.id))) this.turn(page);
    else this.render();
  }

  // ---- acts ----

  #tapped(what, id, ticketId) {
    const ticket = this.#store.view(ticketId);
    if (what === 'select') {
      this.select(ticketId);
      return;
    }
    if (!ticket || this.frozen) {
      if (this.frozen) this.#hooks.refuse('noAct');
      return;
    }
    if (what === 'bump') this.#bump(ticketId);
    else if (what === 'line') this.#line(ticket, ticket.lines.find((line) => line.line_id === id));
    else if (what === 'moved') for (const change of moves(ticket)) this.#store.seen(ticket, change);
    else if (what === 'fire') {
      this.#store.fire(ticket, id);
      this.#hooks.fired(ticket, id);
    }
  }

  #line(ticket, line) {
    if (!line) return;
    this.#store.note(ticket, 'touch');
    const first = alarms(line);
    if (first.length > 0) {
      for (const change of first) this.#store.seen(ticket, change);
      return;
    }
    for (const change of unseen(line).filter((one) => one.kind === 'ADDED')) this.#store.seen(ticket, change);
    if (isVoided(line)) return;
    if (isDone(line)) this.#store.unmake(ticket, line);
    else this.#store.make(ticket, line);
  }

  #bump(id) {
    const ticket = this.#store.view(id);
    if (!ticket || this.#leaving.has(id) || performance.now() - this.#shiftedAt < STILL) return;
    if (this.frozen) {
      this.#hooks.refuse('noAct');
      return;
    }
    if (allUnseen(ticket).length > 0) {
      this.select(id);
      this.#hooks.refuse('lookFirst');
      return;
    }
    this.#leaving.set(id, [ticket, Date.now() + STILL, this.tickets().findIndex((one) => one.id === id)]);
    this.#store.bump(ticket);
    this.#hooks.bumped(ticket);
    if (this.#selected === id) this.#selected = null;
    setTimeout(() => {
      this.#shiftedAt = performance.now();
      this.render();
    }, STILL + 10);
  }

  bumpSelected() {
    if (this.#selected) this.#bump(this.#selected);
  }

  // The next line of the selected ticket that is not done.
  nextLine() {
    const ticket = this.selected || (this.tickets()[0] || null);
    if (!ticket) return;
    if (!this.selected) {
      this.select(ticket.id);
      return;
    }
    const line = ticket.lines.find((one) => alarms(one).length > 0) || ticket.lines.find((one) => !isVoided(one) && !isDone(one));
    if (line) this.#tapped('line', line.line_id, ticket.id);
  }

  prioritise() {
    const ticket = this.selected;
    if (ticket && !this.frozen) this.#store.priority(ticket, !ticket.priority);
  }
}
