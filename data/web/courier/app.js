// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// A courier's one delivery. The token comes behind the # of the link, so no server ever logs it, and is taken
// out of the address at once; it stays in this tab alone. What comes from outside is only ever set as text.

import { say } from './words.js';

const KEPT = 'osy.courier';
const PATIENCE = 10000; // ms for an answer
const LOOK_AGAIN = 20000; // ms
const ACTS = { REQUESTED: 'pick-up', ASSIGNED: 'pick-up', PICKED_UP: 'deliver' };

const at = (id) => document.getElementById(id);
let token = location.hash.slice(1) || sessionStorage.getItem(KEPT);
let seen = null;
let busy = false;

if (location.hash) {
  sessionStorage.setItem(KEPT, token);
  history.replaceState(null, '', location.pathname);
}

async function ask(verb, more = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch('/api/v1/courier/' + verb, {
      method: 'POST', signal: giveUp.signal, cache: 'no-store', credentials: 'omit',
      headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, ...more }),
    });
    return { status: answer.status, body: answer.ok ? await answer.json() : null };
  } catch (error) {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

function fault(words) {
  at('fault').textContent = words;
  at('again').hidden = !words || !token;
}

function showGuest(delivery) {
  const open = delivery.address !== undefined;
  at('guest').hidden = !open;
  at('address').textContent = delivery.address || '';
  at('name').textContent = delivery.name || '';
  at('note').textContent = delivery.note || '';
  at('phone').hidden = !delivery.phone;
  if (delivery.phone) {
    at('phone').href = 'tel:' + delivery.phone.replace(/[^0-9+]/g, '');
    at('phone').textContent = say('call', { phone: delivery.phone });
  }
  at('items').replaceChildren(...(delivery.items || []).map((item) => {
    const row = document.createElement('li');
    row.textContent = item.quantity + ' × ' + item.name;
    return row;
  }));
  at('money').textContent = !open ? '' : delivery.collect
    ? say('collect', { amount: delivery.total_amount.toLocaleString() }) : say('paid');
}

function clock(time) {
  return new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
}

// One question at a time, and no keyboard over it before somebody wants to type.
function askFail(open) {
  at('failing').hidden = !open;
  at('acts').hidden = open;
  if (open) at('reasons').firstElementChild.focus();
}

function show(delivery) {
  seen = delivery;
  const act = ACTS[delivery.status];
  at('number').textContent = say('number', { number: delivery.order_number });
  at('state').textContent = say(delivery.status);
  at('due').textContent = act && delivery.eta_at ? say('due', { time: clock(delivery.eta_at) }) : '';
  showGuest(delivery);
  at('acts').hidden = !act;
  at('failing').hidden = true;
  at('do').textContent = act === 'deliver' ? say('deliver') : say('pickUp');
  if (!act) end();
}

// The link is of no use any more, and what was shown is nobody's business.
function end() {
  token = null;
  sessionStorage.removeItem(KEPT);
}

async function send(verb, more) {
  if (busy || !token) return;
  busy = true;
  document.body.classList.add('busy');
  const { status, body } = await ask(verb, more);
  busy = false;
  document.body.classList.remove('busy');
  if (body) {
    fault('');
    show(body);
  } else if (status === 401) {
    end();
    at('guest').hidden = at('acts').hidden = at('failing').hidden = true;
    at('state').textContent = at('due').textContent = '';
    fault(say('over'));
  } else if (status === 409) {
    fault(say('elsewhere'));
  } else {
    fault(say('away'));
  }
}

function chip(key) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = say(key);
  button.addEventListener('click', () => { at('reason').value = say(key); });
  return button;
}

function begin() {
  at('title').textContent = say('title');
  at('ask-fail').textContent = say('askFail');
  at('reason-label').textContent = say('why');
  at('fail').textContent = say('fail');
  at('back').textContent = say('back');
  at('again').textContent = say('again');
  at('reasons').append(chip('absent'), chip('wrong'), chip('refused'));
  at('do').addEventListener('click', () => send(ACTS[seen.status]));
  at('ask-fail').addEventListener('click', () => askFail(true));
  at('back').addEventListener('click', () => askFail(false));
  at('again').addEventListener('click', () => send('look'));
  at('failing').addEventListener('submit', (event) => {
    event.preventDefault();
    const reason = at('reason').value.trim();
    if (reason) send('fail', { reason });
    else at('reason').focus();
  });
  if (!token) {
    fault(say('missing'));
    return;
  }
  at('state').textContent = say('loading');
  send('look');
  setInterval(() => { if (!document.hidden && at('failing').hidden) send('look'); }, LOOK_AGAIN);
}

begin();
