// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// The live feed. The WebSocket tells at once, a slow REST poll tells for certain; each number passes once and in
// order, a hole is asked for again, and what can no longer be had ends in "reset": load everything anew.

const PATH = '/ws/restaurants/me/feed';
const TICK = 1000;
const SILENCE = 7000;
const TO_OPEN = 3000;
const POLL = 15000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;
const TOKEN_ENDED = 4401;
const PATIENCE = 1000; // ms for a resume to be answered
const MAX_RESUMES = 3;
const SLEPT = 4000; // ms that a tick may be late before the device must have slept

export class Feed extends EventTarget {
  #session;
  #socket = null;
  #opening = false;
  #epoch = null;
  #seq = 0;
  #greeted = false;
  #resumes = 0;
  #resumedAt = 0;
  #beatsBehind = 0;
  #heard = 0; // Date.now() of the last word of the server
  #openedAt = 0; // when the socket was asked for, which may take a while
  #pause = FIRST_PAUSE;
  #retryAt = 0;
  #pollAt = 0;
  #polling = false;
  #ticked = Date.now();
  #timer = 0;
  #live = false;

  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener('renewed', () => this.#renewSocket());
    document.addEventListener('visibilitychange', () => document.hidden || this.wake());
    for (const name of ['online', 'pageshow', 'focus']) window.addEventListener(name, () => this.wake());
    document.addEventListener('resume', () => this.wake());
  }

  get live() {
    return this.#live;
  }

  // Seconds since anything was heard.
  get silence() {
    return this.#heard ? Math.floor((Date.now() - this.#heard) / 1000) : 0;
  }

  start() {
    this.stop();
    this.#epoch = null;
    this.#seq = 0;
    this.#pause = FIRST_PAUSE;
    this.#heard = this.#ticked = Date.now();
    this.#pollAt = Date.now() + POLL;
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#connect();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#drop();
    this.#setLive(false);
  }

  // Back from sleep or from another page: nothing that was known of the line counts.
  wake() {
    if (!this.#timer) return;
    this.#ticked = Date.now();
    if (Date.now() - this.#heard > SILENCE / 2) this.#drop();
    this.#pause = FIRST_PAUSE;
    this.#retryAt = 0;
    this.#connect();
    this.#poll();
  }

  #setLive(live) {
    if (this.#live === live) return;
    this.#live = live;
    this.dispatchEvent(new Event('state'));
  }

  #tick() {
    const now = Date.now();
    const gap = now - this.#ticked;
    this.#ticked = now;
    if (gap > TICK + SLEPT || gap < 0) this.wake();
    if (now - this.#heard > SILENCE) {
      this.#setLive(false);
      if (this.#socket && now - this.#openedAt > TO_OPEN) this.#lost();
    }
    if (!this.#socket && now >= this.#retryAt) this.#connect();
    if (now >= this.#pollAt) this.#poll();
  }

  // ---- the socket ----

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#greeted = false;
    this.#resumes = this.#beatsBehind = 0;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }

  #lost() {
    this.#drop();
    this.#retryAt = Date.now() + this.#pause * (1 + Math.random() / 4);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  async #connect() {
    if (this.#socket || this.#opening || !this.#timer) return;
    this.#opening = true;
    try {
      const { ticket } = await this.#session.call('POST', '/ws-ticket');
      if (!this.#timer) return;
      const scheme = location.protocol === 'https:' ? 'wss://' : 'ws://';
      const socket = new WebSocket(scheme + location.host + PATH, ['ordersync.ticket.' + ticket]);
      this.#socket = socket;
      this.#openedAt = Date.now();
      socket.onmessage = (message) => this.#message(message.data);
      socket.onclose = (event) => {
        if (event.code === TOKEN_ENDED) this.#pause = FIRST_PAUSE;
        this.#lost();
      };
    } catch {
      this.#retryAt = Date.now() + this.#pause;
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    } finally {
      this.#opening = false;
    }
  }

  async #renewSocket() {
    if (this.#greeted) this.#send({ type: 'auth', access_token: await this.#session.token() });
  }

  #send(message) {
    if (this.#socket && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #message(text) {
    const message = JSON.parse(text);
    this.#heard = Date.now();
    if (message.type === 'hello') this.#hello(message);
    else if (message.type === 'heartbeat') this.#heartbeat(message);
    else if (message.type === 'event' && this.#greeted) {
      if (message.epoch !== this.#epoch) this.#adopt(message.epoch, message.event.seq);
      else this.#take(message.event, false);
    }
  }

  #resume() {
    this.#resumedAt = Date.now();
    this.#send({ type: 'resume', epoch: this.#epoch, seq: this.#seq });
  }

  #hello({ epoch, head }) {
    const again = this.#greeted;
    this.#greeted = true;
    this.#pause = FIRST_PAUSE;
    // A second hello says that our numbers are not of this history.
    if (again || epoch !== this.#epoch || head < this.#seq) this.#adopt(epoch, head);
    this.#resume();
    this.#setLive(true);
  }

  #heartbeat({ head }) {
    this.#setLive(this.#greeted);
    if (!this.#greeted || head <= this.#seq) this.#beatsBehind = 0;
    // One beat behind may be an event on its way; from the second on it is a loss.
    else if (++this.#beatsBehind >= 2 && !this.#askAgain()) this.#adopt(this.#epoch, head);
  }

  // ---- numbers ----

  #adopt(epoch, seq) {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#resumes = this.#beatsBehind = 0;
    this.dispatchEvent(new Event('reset'));
  }

  // False when that has been tried often enough.
  #askAgain() {
    if (this.#resumes > 0 && Date.now() - this.#resumedAt < PATIENCE) return true;
    if (this.#resumes >= MAX_RESUMES) return false;
    this.#resumes++;
    this.#resume();
    return true;
  }

  #take(event, byRest) {
    if (event.seq <= this.#seq) return;
    if (event.seq > this.#seq + 1) {
      if (!byRest && this.#askAgain()) return;
      this.#adopt(this.#epoch, event.seq - 1);
    }
    this.#seq = event.seq;
    this.#resumes = this.#beatsBehind = 0;
    this.dispatchEvent(new CustomEvent('event', { detail: event }));
  }

  // ---- the slow way ----

  async #poll() {
    this.#pollAt = Date.now() + POLL;
    if (this.#polling || !this.#epoch) return;
    this.#polling = true;
    try {
      const page = await this.#session.call('GET', `/restaurants/me/feed?after=${this.#seq}&limit=100`);
      if (page.epoch !== this.#epoch || page.head < this.#seq) this.#adopt(page.epoch, page.head);
      else for (const event of page.events) this.#take(event, true);
    } catch {
      // The next one will do.
    } finally {
      this.#polling = false;
    }
  }
}
