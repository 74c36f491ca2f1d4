// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// The kitchen display in a browser: pairs itself by a code, then follows the shop's feed.

import { serverNow } from './age.js';
import { Session } from './api.js';
import { Board } from './board.js';
import { find, setClass, setText } from './dom.js';
import { Feed } from './feed.js';
import { listen } from './keys.js';
import { openPast, openSettings, openSoldOut } from './sheets.js';
import { Sound } from './sound.js';
import { isOpen, Store } from './store.js';
import { toast } from './toast.js';
import { currentLanguage, say, setLanguage } from './words.js';

const session = new Session();
const store = new Store(session);
const feed = new Feed(session);
const sound = new Sound();
const board = new Board(store, { refuse: (key) => toast(say(key)), bumped, fired });
let wakeLock = null;
let touched = false;

// ---- words ----

function speak() {
  document.title = `OrderSync ${say('title')}`;
  for (const element of document.querySelectorAll('[data-say]')) setText(element, say(element.dataset.say));
  for (const element of document.querySelectorAll('[data-name]')) element.setAttribute('aria-label', say(element.dataset.name));
  showState();
  board.relabel();
}

function announce(text) {
  setText(find('live'), text);
}

// ---- pairing ----

function showPairing(word) {
  find('pairing').hidden = false;
  find('pair-word').dataset.say = word || 'pairHelp';
  setText(find('pair-word'), say(find('pair-word').dataset.say));
  setClass(find('pair-word'), 'wrong', Boolean(word));
}

async function pair(code) {
  showPairing('pairBusy');
  setClass(find('pair-word'), 'wrong', false);
  find('pair-do').disabled = true;
  try {
    await session.pair(code);
    find('code').value = '';
    begin();
  } catch (error) {
    showPairing(error.status === 0 ? 'pairAway' : error.status === 429 ? 'pairMany' : 'pairWrong');
    find('code').focus();
  } finally {
    find('pair-do').disabled = false;
  }
}

function begin() {
  find('pairing').hidden = true;
  store.clear();
  feed.start();
  store.load();
  showState();
}

session.addEventListener('unpaired', () => {
  feed.stop();
  store.clear();
  sound.quiet();
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  showPairing('pairEnded');
});

// ---- the line ----

function showState() {
  const down = session.paired && !feed.live && feed.silence >= 7;
  board.frozen = !feed.live;
  if (down && !document.body.classList.contains('lost')) sound.play('fault');
  setClass(document.body, 'lost', down);
  setClass(find('connection'), 'fault', !feed.live);
  setText(find('connection-word'), feed.live ? say('connection') : say('connecting', { seconds: feed.silence }));
  setText(find('lost'), !down ? '' : store.waitingActs > 0
    ? `${say('lost')} · ${say('waitingActs', { count: store.waitingActs })}` : say('lost'));
  setClass(find('sound'), 'fault', !sound.armed);
  setText(find('sound-word'), say(sound.armed ? 'sound' : 'soundOff'));
  find('arm').hidden = touched || sound.armed || !session.paired;
}

feed.addEventListener('state', () => {
  const was = document.body.classList.contains('lost');
  showState();
  board.render();
  if (feed.live) {
    store.flush();
    if (was) store.load();
  }
});
feed.addEventListener('reset', () => store.load());
feed.addEventListener('event', (event) => store.takeEvent(event.detail));

// ---- what is heard ----

store.addEventListener('news', ({ detail: { kind, ticket } }) => {
  if (board.station && ticket.station_id !== board.station) return;
  if (kind === 'new') {
    sound.ring();
    announce(say('newTicket', { number: ticket.order_number }));
  } else sound.play(kind);
});
store.addEventListener('refused', ({ detail: { error } }) => {
  if (error.status === 401) return;
  toast(error.status === 409 || error.status === 404 ? say('elsewhere') : error.status === 403 ? say('notPermitted')
    : say('refused', { why: error.message }));
});

async function keepAwake() {
  if (!navigator.wakeLock || document.hidden || (wakeLock && !wakeLock.released)) return;
  try {
    wakeLock = await navigator.wakeLock.request('screen');
  } catch {
    wakeLock = null; // such as on a battery that is nearly empty
  }
}
document.addEventListener('visibilitychange', keepAwake);

// Any touch is somebody who acts, and lets the page be heard.
for (const kind of ['pointerup', 'keydown']) {
  document.addEventListener(kind, () => {
    if (!session.paired) return;
    touched = true;
    sound.quiet();
    if (!sound.armed) sound.arm().then(showState, showState);
    keepAwake();
    showState();
  }, true);
}
sound.addEventListener('state', showState);

// ---- acts ----

function bumped(ticket) {
  toast(say('bumped', { number: ticket.order_number }), say('undo'), () => recall(ticket));
}

function fired(ticket, course) {
  toast(say('firedToast', { number: ticket.order_number, course }));
}

function recall(ticket = store.lastBumped()) {
  if (!ticket) toast(say('nothingToRecall'));
  else if (board.frozen) toast(say('noAct'));
  else if (!isOpen(store.view(ticket.id) || ticket)) {
    store.recall(ticket);
    toast(say('recalledToast', { number: ticket.order_number }));
  }
}

function soldOut() {
  if (board.selected) openSoldOut(store, board.selected);
  else toast(say('soldOutNone'));
}

const past = () => openPast(store, (ticket) => toast(say('recalledToast', { number: ticket.order_number })));
const acts = {
  bump: () => board.bumpSelected(), line: () => board.nextLine(), recall: () => recall(), soldOut, past,
  priority: () => board.prioritise(), previous: () => board.turnBy(-1), next: () => board.turnBy(1),
  firstPage: () => board.turn(0), lastPage: () => board.turn(Infinity),
  left: () => board.moveSelection('left'), right: () => board.moveSelection('right'),
  up: () => board.moveSelection('up'), down: () => board.moveSelection('down'), select: (cell) => board.selectCell(cell),
};
listen((name, cell) => acts[name](cell));
find('undo').addEventListener('click', () => recall());
find('past').addEventListener('click', past);
find('soldOut').addEventListener('click', soldOut);
find('first').addEventListener('click', () => board.prioritise());
for (const id of ['sound', 'settings']) {
  find(id).addEventListener('click', () => openSettings({ sound, board, session, speak }));
}
find('pair-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (find('code').value.trim()) pair(find('code').value.trim());
});
find('pair-language').addEventListener('click', () => {
  setLanguage(currentLanguage() === 'ko' ? 'en' : 'ko');
  speak();
});

// ---- each second ----

let late = [];
setInterval(() => {
  const now = new Date(serverNow());
  const text = String(now.getHours()).padStart(2, '0') + ':' + String(now.getMinutes()).padStart(2, '0');
  setText(find('clock'), text);
  setText(find('big-clock'), text);
  showState();
  if (!session.paired) return;
  const told = board.tick();
  sound.remind(told);
  for (const id of told.late.filter((one) => !late.includes(one))) {
    announce(say('lateTicket', { number: store.view(id).order_number }));
  }
  late = told.late;
}, 1000);

// A code does not stay in the address, nor in the history. Another one may be scanned while the page is open.
function takeCode() {
  const code = /^#pair=([A-Za-z0-9-]{1,64})$/.exec(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return code && code[1];
}
window.addEventListener('hashchange', () => {
  const another = takeCode();
  if (another) pair(another);
});

const code = takeCode();
speak();
if (code) pair(code);
else if (session.paired) begin();
else showPairing();
