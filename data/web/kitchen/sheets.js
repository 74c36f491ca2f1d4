// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// What opens over the board: past orders, what is sold out, settings.

import { timeText } from './age.js';
import { nameOf, placeOf } from './card.js';
import { make } from './dom.js';
import { toast } from './toast.js';
import { currentLanguage, say, setLanguage } from './words.js';

function open(title, ...content) {
  const close = make('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, say('close'));
  const dialog = make('dialog', { 'aria-label': title, autofocus: true }, make('header', {}, make('h2', {}, title), close), ...content);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// ---- past orders ----

export function openPast(store, recalled) {
  const list = make('div', { class: 'list' });
  const more = make('button', { type: 'button', class: 'wide', hidden: true, onclick: () => read(false) }, say('pastMore'));
  const field = make('input', { type: 'search', 'aria-label': say('pastFind'), maxlength: 50, autocomplete: 'off' });
  const dialog = open(say('pastTitle'), make('label', { class: 'field' }, make('span', {}, say('pastFind')), field), list, more);
  let cursor = null;
  let asked = 0;
  let timer = 0;

  function recallButton(ticket, restart) {
    return make('button', { type: 'button', class: 'plain', onclick: () => {
      dialog.close();
      store.recall(ticket, restart);
      recalled(ticket);
    } }, say(restart ? 'recallAgain' : 'recall'));
  }

  function row(ticket) {
    const what = ticket.lines.map((line) => `${nameOf(line)} ${line.quantity_sent}`).join(', ');
    return make('div', { class: 'past' },
      make('span', { class: 'number' }, String(ticket.order_number)),
      make('span', { class: 'about' }, make('b', {}, placeOf(ticket)), make('span', {}, what),
        ticket.bumped_at && make('small', {}, say('bumpedAt', { time: timeText(ticket.bumped_at) }))),
      recallButton(ticket, false), recallButton(ticket, true));
  }

  async function read(anew) {
    const number = ++asked;
    try {
      const answer = await store.history(field.value.trim(), anew ? null : cursor);
      if (number !== asked) return;
      if (anew) list.replaceChildren();
      list.append(...answer.tickets.map(row));
      if (list.children.length === 0) list.append(make('p', {}, say('pastNone')));
      cursor = answer.next_cursor;
      more.hidden = !cursor;
    } catch (error) {
      list.replaceChildren(make('p', { role: 'alert' }, say('refused', { why: error.message })));
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => read(true), 250);
  });
  read(true);
}

// ---- sold out ----

export async function openSoldOut(store, ticket) {
  let dishes = [];
  try {
    dishes = await store.dishesOf(ticket);
  } catch (error) {
    toast(say('refused', { why: error.message }));
    return;
  }

  async function mark(item, name) {
    dialog.close();
    try {
      await store.soldOut(item, true);
      toast(say('soldOutToast', { name }), say('sellAgain'), () => store.soldOut(item, false).catch(() => {}));
    } catch (error) {
      toast(say('refused', { why: error.message }));
    }
  }

  const dialog = open(say('soldOutTitle'), make('div', { class: 'list' }, ...dishes.map(({ id, name }) =>
    make('button', { type: 'button', class: 'wide', onclick: () => mark(id, name) }, name))));
}

// ---- settings ----

export function openSettings({ sound, board, session, speak }) {
  const volume = make('input', { type: 'range', min: 40, max: 100, step: 5, value: Math.round(sound.volume * 100), 'aria-label': say('volume') });
  const direct = make('button', { type: 'button', class: 'wide', 'aria-pressed': String(board.directBump) },
    `${say('directBump')}: ${say(board.directBump ? 'on' : 'off')}`);
  const button = (word, act) => make('button', { type: 'button', class: 'wide', onclick: act }, say(word));

  volume.addEventListener('change', () => {
    sound.volume = volume.value / 100;
    sound.play('changed');
  });
  direct.addEventListener('click', () => {
    board.directBump = !board.directBump;
    localStorage.setItem('osy.direct', board.directBump ? '1' : '0');
    direct.textContent = `${say('directBump')}: ${say(board.directBump ? 'on' : 'off')}`;
    direct.setAttribute('aria-pressed', String(board.directBump));
  });
  const dialog = open(say('settings'),
    make('div', { class: 'list' },
      button('other', () => {
        dialog.close();
        setLanguage(currentLanguage() === 'ko' ? 'en' : 'ko');
        speak();
      }),
      make('label', { class: 'field' }, make('span', {}, say('volume')), volume),
      button('test', async () => {
        await sound.arm();
        sound.play('new');
      }),
      direct,
      button('fullScreen', () => {
        dialog.close();
        if (document.fullscreenElement) document.exitFullscreen();
        else document.documentElement.requestFullscreen().catch(() => {});
      }),
      make('p', { class: 'help' }, `${say('keys')}: ${say('keysHelp')}`),
      button('forget', () => {
        dialog.close();
        session.forget();
      })));
}
