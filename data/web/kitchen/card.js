// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// One ticket as a card, and what it is made of: blocks of known height, so that a long ticket can go on in
// another cell. A card is built once and then only what is other is written.

import { ageOf, ageText, ageWords, timeText } from './age.js';
import { icon, Kept, make, setClass, setText } from './dom.js';
import { unseen } from './store.js';
import { currentLanguage, say } from './words.js';

const TYPES = { DINE_IN: 'store', TAKEOUT: 'bag', DELIVERY: 'scooter' };

export const nameOf = (line) => line.kitchen_name || line.name;

// Where it goes: "3번" at a table, "5→7번" when it moved, else the type's word.
export function placeOf(ticket) {
  if (!ticket.table) return say(ticket.order_type);
  return say('table', { number: [...(ticket.moved_from || []), ticket.table.number].join('→') });
}

// "→ 3번" of a line that goes to another table than the rest of its order.
const aside = (line) => (line.table ? `→ ${say('table', { number: line.table.number })}` : '');

const quantityOf = (line) => line.quantity_sent - line.quantity_voided || line.quantity_sent;
export const isVoided = (line) => line.quantity_voided >= line.quantity_sent;
export const isDone = (line) => !isVoided(line) && line.quantity_waiting === 0;
const changesOf = (line, kind) => unseen(line).filter((change) => change.kind === kind);
export const moves = (ticket) => unseen(ticket).filter((change) => change.kind === 'MOVED');

// What of a line has to be looked at before it is worked on.
export function alarms(line) {
  return unseen(line).filter((change) => ['VOIDED', 'CHANGED', 'MOVED'].includes(change.kind));
}

function optionText(option) {
  return option.quantity > 1 ? `${option.name} ${option.quantity}` : option.name;
}

function lineWords(line) {
  const key = alarms(line).some((change) => change.kind === 'VOIDED') ? 'lineVoided' : isDone(line) ? 'lineDone' : 'line';
  const words = [say(key, { count: quantityOf(line), name: nameOf(line) })];
  words.push(aside(line), ...(line.options || []).map(optionText), line.note);
  words.push(...(line.allergens || []).map((what) => say('allergy', { what })));
  return words.filter(Boolean).join(', ');
}

function tagsOf(line) {
  const tags = [];
  const added = changesOf(line, 'ADDED').reduce((sum, change) => sum + change.quantity, 0);
  if (added > 0) tags.push(make('span', { class: 'tag added' }, `${say('added')} +${added}`));
  for (const change of changesOf(line, 'CHANGED')) {
    tags.push(make('span', { class: 'tag changed' }, change.text ? `${say('changed')}: ${change.text}` : say('changed')));
  }
  for (const change of changesOf(line, 'MOVED')) tags.push(make('span', { class: 'tag changed' }, change.text));
  if (!isVoided(line) && line.quantity_voided > 0) {
    tags.push(make('span', { class: 'tag minus' }, `${say('voidedSeen')} −${line.quantity_voided}`));
  }
  return tags;
}

function buildLine(line, held, act) {
  const voided = isVoided(line);
  const alarmed = alarms(line).some((change) => change.kind === 'VOIDED');
  const row = make('button', {
    class: ['row', isDone(line) && 'done', voided && 'voided', alarmed && 'alarmed', held && 'held'].filter(Boolean).join(' '),
    type: 'button', 'aria-label': lineWords(line), 'aria-pressed': String(isDone(line)), 'data-line': line.line_id,
    onclick: () => act('line', line.line_id),
  });
  const text = make('span', { class: 'what' }, make('span', { class: 'name' }, nameOf(line)), ...tagsOf(line));
  const options = [aside(line), ...(line.options || []).map(optionText)].filter(Boolean).join(' · ');
  if (options) text.append(make('span', { class: 'options' }, options));
  if (line.note) text.append(make('span', { class: 'words' }, line.note));
  if (line.allergens && line.allergens.length > 0) {
    const what = line.allergens.join(', ');
    text.append(make('span', { class: 'allergy' }, icon('warning'), say('allergy', { what })));
  }
  if (voided) text.append(make('span', { class: 'reason' }, say(alarmed ? 'voided' : 'voidedSeen')));
  row.append(isDone(line) ? icon('tick') : make('span', { class: 'count' }, String(quantityOf(line))), text);
  return row;
}

function buildCourse(ticket, course, act) {
  const held = course.state === 'HELD';
  const row = make('div', { class: held ? 'course held' : 'course' },
    make('span', {}, say(held ? 'held' : 'course', { course: course.course })));
  if (held) {
    row.append(make('button', { class: 'fire', type: 'button', onclick: () => act('fire', course.course),
      'aria-label': `${say('fire')}: ${say('course', { course: course.course })}` }, say('fire')));
  }
  return row;
}

function movedText(ticket) {
  const route = [...(ticket.moved_from || []), ticket.table ? ticket.table.number : ''].join('→');
  return `${say('moved')} ${route} — ${say('seen')}`;
}

function block(kind, key, sign, build) {
  return { kind, key, sign: `${kind}|${currentLanguage()}|${sign}`, build, height: 0 };
}

// What a ticket is made of from top to bottom; act(what, id) is called by a tap.
export function blocksOf(ticket, act) {
  const blocks = [];
  const courses = ticket.courses.length > 1 || ticket.courses.some((one) => one.state === 'HELD')
    ? ticket.courses : [{ course: null, state: 'FIRED' }];
  if (moves(ticket).length > 0) {
    blocks.push(block('moved', 'moved', movedText(ticket), () => make('button',
      { class: 'moved', type: 'button', onclick: () => act('moved') }, movedText(ticket))));
  }
  if (ticket.note) {
    blocks.push(block('note', 'note', ticket.note, () => make('div', { class: 'note' }, icon('note'), make('span', {}, ticket.note))));
  }
  for (const course of courses) {
    const held = course.state === 'HELD';
    if (course.course !== null) {
      blocks.push(block('course', `course ${course.course}`, course.course + course.state, () => buildCourse(ticket, course, act)));
    }
    for (const line of ticket.lines.filter((one) => course.course === null || one.course === course.course)) {
      blocks.push(block('line', line.line_id, `${held}${JSON.stringify(line)}`, () => buildLine(line, held, act)));
    }
  }
  return blocks;
}

function footText(ticket, cell) {
  const time = ticket.promised_at && timeText(ticket.promised_at);
  const texts = [time && say(ticket.order_type === 'TAKEOUT' ? 'pickup' : 'promised', { time }),
    ticket.guest_count && say('guests', { count: ticket.guest_count }),
    ticket.recalled > 0 && say('recalled'), ticket.practice && say('practice')];
  if (cell.number < cell.parts - 1) texts.push(say('continued') + ' →');
  return texts.filter(Boolean).join(' · ');
}

export class Card {
  #act;
  #blocks;
  #parts;
  ticket = null;

  constructor(act) {
    this.#act = act;
    const part = (name) => make('span', { class: name });
    this.#parts = { key: part('key'), number: part('number'), type: part('type'), place: part('place'), mark: part('mark'), age: part('age') };
    const { key, number, type, place, mark, age } = this.#parts;
    this.head = make('button', { class: 'head', type: 'button', onclick: () => act('bump', this.ticket.id) },
      key, number, type, make('span', { class: 'where' }, place, mark), age);
    this.rows = make('div', { class: 'rows' });
    this.#blocks = new Kept(this.rows);
    this.foot = make('div', { class: 'foot' });
    this.element = make('article', { class: 'card' }, this.head, this.rows, this.foot);
    this.element.addEventListener('click', (event) => event.target.closest('button') || act('select', this.ticket.id));
  }

  update(cell, key) {
    const { ticket } = cell;
    const parts = this.#parts;
    this.ticket = ticket;
    this.element.dataset.ticket = ticket.id;
    setText(parts.key, key);
    setText(parts.number, String(ticket.order_number));
    setText(parts.place, placeOf(ticket));
    if (parts.type.dataset.of !== ticket.order_type) {
      parts.type.dataset.of = ticket.order_type;
      parts.type.replaceChildren(icon(TYPES[ticket.order_type] || 'store'));
    }
    setText(parts.mark, cell.number > 0 ? say('continued') : ticket.priority ? `★ ${say('priority')}`
      : ticket.stage === 'EXPO' ? say('expo') : '');
    setText(this.foot, footText(ticket, cell));
    setClass(this.element, 'priority', ticket.priority);
    this.#blocks.draw(cell.part.blocks);
    this.updateAge();
  }

  // Frozen: the line is down, and nobody knows how old it really is.
  updateAge(frozen = false) {
    const age = ageOf(this.ticket);
    if (!frozen) {
      setText(this.#parts.age, ageText(age));
      for (const level of ['fresh', 'soon', 'late']) setClass(this.element, level, age.level === level);
    } else if (!this.#parts.age.textContent.endsWith('?')) setText(this.#parts.age, this.#parts.age.textContent + ' ?');
    const place = this.ticket.table ? say('tableName', { number: this.ticket.table.number }) : placeOf(this.ticket);
    const label = `${say('bump', { number: this.ticket.order_number, place })}, ${ageWords(age)}`;
    if (this.head.getAttribute('aria-label') !== label) this.head.setAttribute('aria-label', label);
    return age.level;
  }
}
