// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// One sound for each meaning, made here: a browser lets a page be heard only after a touch, so the page asks for
// one. A new ticket rings until somebody acts, a minute at the most; a cancelled one until it was seen.

const KEPT = 'osy.volume';
const LOUDEST = 0.9;
const FLOOR = 0.4;

// [hertz, start s, length s] and the timbre. No two meanings share either.
const tunes = {
  new: { wave: 'sine', notes: [[880, 0, 0.28], [1174.7, 0.3, 0.5]] },
  changed: { wave: 'triangle', notes: [[660, 0, 0.18]] },
  cancelled: { wave: 'triangle', notes: [[784, 0, 0.22], [622, 0.24, 0.22], [466, 0.48, 0.4]] },
  late: { wave: 'square', notes: [[988, 0, 0.1], [988, 0.16, 0.1], [988, 0.32, 0.1]] },
  fault: { wave: 'sawtooth', notes: [[110, 0, 0.7]] },
};
const RING_EVERY = 3000;
const RING_FOR = 60000;
const CANCELLED_EVERY = 10000;
const LATE_EVERY = 120000;

export class Sound extends EventTarget {
  #context = null;
  #volume = Number(localStorage.getItem(KEPT)) || 0.8;
  #ringing = 0;
  #ringUntil = 0;
  #cancelledAt = 0;
  #lateAt = new Map();
  played = []; // [meaning, ms] of the last ones

  get armed() {
    return this.#context !== null && this.#context.state === 'running';
  }

  get volume() {
    return this.#volume;
  }

  set volume(value) {
    this.#volume = Math.min(1, Math.max(FLOOR, value));
    localStorage.setItem(KEPT, String(this.#volume));
  }

  // To be called by a touch or a key.
  async arm() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#context.addEventListener('statechange', () => this.dispatchEvent(new Event('state')));
    }
    if (this.#context.state !== 'running') await this.#context.resume();
    this.dispatchEvent(new Event('state'));
  }

  play(meaning) {
    this.played = [...this.played.slice(-19), [meaning, Date.now()]];
    if (!this.armed) return;
    const { wave, notes } = tunes[meaning];
    const start = this.#context.currentTime + 0.02;
    for (const [pitch, from, length] of notes) {
      const tone = this.#context.createOscillator();
      const gain = this.#context.createGain();
      const loud = this.#volume * LOUDEST * (wave === 'sine' || wave === 'triangle' ? 1 : 0.35);
      tone.type = wave;
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, start + from);
      gain.gain.linearRampToValueAtTime(loud, start + from + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.001, start + from + length);
      tone.connect(gain).connect(this.#context.destination);
      tone.start(start + from);
      tone.stop(start + from + length + 0.02);
    }
  }

  // ---- what goes on sounding ----

  ring() {
    this.#ringUntil = Date.now() + RING_FOR;
    if (this.#ringing) return;
    this.play('new');
    this.#ringing = setInterval(() => {
      if (Date.now() > this.#ringUntil) this.quiet();
      else this.play('new');
    }, RING_EVERY);
  }

  get ringing() {
    return this.#ringing !== 0;
  }

  quiet() {
    clearInterval(this.#ringing);
    this.#ringing = 0;
  }

  // Called about once a second with what is so.
  remind({ cancelled, late }) {
    const now = Date.now();
    if (!cancelled) this.#cancelledAt = 0;
    else if (now - this.#cancelledAt > CANCELLED_EVERY) {
      this.#cancelledAt = now;
      this.play('cancelled');
    }
    for (const id of this.#lateAt.keys()) if (!late.includes(id)) this.#lateAt.delete(id);
    const due = late.filter((id) => now - (this.#lateAt.get(id) || 0) > LATE_EVERY);
    for (const id of due) this.#lateAt.set(id, now);
    if (due.length > 0) this.play('late');
  }
}
