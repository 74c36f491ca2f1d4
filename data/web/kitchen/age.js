// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// How old a ticket is, by its promise: neutral, soon at 70 % of it, late at all of it.

import { say } from './words.js';

const MINUTE = 60000;
const SOON = 0.7;
const USUAL_MINUTES = 15; // neither a promise nor any dish's own time

let ahead = 0; // what the server's clock is ahead of ours, ms

export function setServerTime(text) {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) ahead = time - Date.now();
}

export const serverNow = () => Date.now() + ahead;

function spanOf(ticket, start) {
  const promised = ticket.promised_at ? Date.parse(ticket.promised_at) : NaN;
  if (promised > start) return promised - start;
  const longest = Math.max(0, ...ticket.lines.map((line) => line.prep_minutes || 0));
  return (longest || USUAL_MINUTES) * MINUTE;
}

export function ageOf(ticket, now = serverNow()) {
  const start = Date.parse(ticket.timer_from || ticket.sent_at);
  const span = spanOf(ticket, start);
  const age = Math.max(0, now - start);
  const level = age >= span ? 'late' : age >= span * SOON ? 'soon' : 'fresh';
  return { age, level, over: Math.max(0, age - span) };
}

function clockText(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds >= 600) return say('long', { minutes: Math.floor(seconds / 60) });
  return Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
}

// What the pill shows: a mark of its own for each level, beside its colour and shape.
export function ageText({ age, level, over }) {
  if (level === 'late') return '‼ ' + say('lateBy', { minutes: Math.floor(over / MINUTE) });
  return level === 'soon' ? '▲ ' + clockText(age) : clockText(age);
}

export function ageWords({ age, level, over }) {
  const minutes = (ms) => say('minutes', { minutes: Math.floor(ms / MINUTE) });
  return level === 'late' ? say('lateOf', { age: minutes(over) }) : say('ageOf', { age: minutes(age) });
}

export function timeText(text) {
  const time = new Date(text);
  return String(time.getHours()).padStart(2, '0') + ':' + String(time.getMinutes()).padStart(2, '0');
}
