// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Every word of the page, in both languages. The same keys and the same {blanks} in each: a test counts them.

export const words = {
  ko: {
    title: '주방', all: '전체', other: 'English', language: '한국어',
    pairTitle: '이 화면을 주방에 연결해요', pairCode: '연결 코드',
    pairHelp: '카운터의 설정 → 화면과 기기에서 화면을 추가하고, 나온 QR을 찍거나 코드를 써 주세요.',
    pairDo: '연결하기', pairBusy: '연결하고 있어요', pairWrong: '코드가 다르거나 시간이 지났어요. 새 코드를 만들어 주세요.',
    pairEnded: '이 화면의 연결이 끊겼어요. 다시 연결해 주세요.', pairMany: '잠시 뒤에 다시 해 주세요.',
    pairAway: '서버에 닿지 않아요. 같은 와이파이인지 봐 주세요.',
    soundTitle: '화면을 눌러 소리를 켜 주세요', soundHelp: '누르기 전에는 새 주문이 와도 소리가 나지 않아요.',
    connection: '연결', sound: '소리', soundOff: '소리 꺼짐', connecting: '다시 연결 중 {seconds}초',
    lost: '화면이 멈췄을 수 있어요. 다시 연결하고 있어요', waitingActs: '연결되면 보낼 것 {count}',
    settings: '설정', volume: '소리 크기', test: '소리 시험', directBump: '숫자 키로 바로 내보내기', fullScreen: '전체 화면',
    station: '지금 보는 곳', on: '켬', off: '끔',
    cook: '지금 만들 것', nothing: '만들 음식이 없어요', loading: '주문을 불러오고 있어요',
    undo: '되돌리기', past: '지난 주문', soldOut: '품절', first: '먼저',
    hint: '줄을 누르면 완료 표시 · 머리글을 누르면 내보내기', page: '{page} / {pages}', previous: '앞 쪽', next: '다음 쪽',
    latePage: '{page}쪽에 늦은 주문 {count}', lateCount: '늦음 {count}',
    DINE_IN: '매장', TAKEOUT: '포장', DELIVERY: '배달', table: '{number}번', tableName: '테이블 {number}',
    expo: '모으기', practice: '연습', recalled: '다시 부름', priority: '먼저',
    added: '추가', voided: '취소 — 눌러서 확인', voidedSeen: '취소', changed: '바뀜', moved: '자리 이동', seen: '확인',
    course: '{course}코스', held: '{course}코스 대기', fire: '내기', continued: '이어짐', promised: '약속 {time}', pickup: '픽업 {time}',
    guests: '{count}명', allergy: '{what} 알레르기', minutes: '{minutes}분', long: '{minutes}분', lateBy: '+{minutes}분', ageOf: '{age} 지남', lateOf: '{age} 늦음',
    bump: '{number}번 {place} 내보내기', line: '{count} {name}', lineDone: '{count} {name} 완료', lineVoided: '{count} {name} 취소 확인하기',
    bumped: '{number}번을 내보냈어요', recalledToast: '{number}번을 다시 불렀어요', firedToast: '{number}번 {course}코스를 내요',
    soldOutToast: '{name}: 오늘 품절이에요', sellAgain: '다시 판매', nothingToRecall: '되돌릴 주문이 없어요',
    lookFirst: '바뀐 것을 먼저 눌러서 확인해 주세요', elsewhere: '다른 화면에서 먼저 바꿨어요', refused: '하지 못했어요: {why}',
    notPermitted: '이 화면에서는 할 수 없어요', noAct: '연결되면 다시 눌러 주세요',
    pastTitle: '지난 주문', pastFind: '주문 번호, 테이블, 메뉴', pastNone: '찾는 주문이 없어요', pastMore: '더 보기',
    recall: '되살리기', recallAgain: '시간도 다시', close: '닫기', bumpedAt: '{time}에 내보냄',
    soldOutTitle: '오늘 품절로 할 메뉴', soldOutNone: '주문을 먼저 골라 주세요',
    newTicket: '새 주문 {number}번', lateTicket: '{number}번이 늦었어요', forget: '이 화면의 연결 끊기', keys: '키',
    keysHelp: '1–9, 0 고르기 · Enter 내보내기 · Space 다음 줄 · R 되돌리기 · P 먼저 · X 품절 · PgUp PgDn 쪽',
  },
  en: {
    title: 'Kitchen', all: 'All', other: '한국어', language: 'English',
    pairTitle: 'Pair this screen with the kitchen', pairCode: 'Pairing code',
    pairHelp: 'At the counter open Settings → Screens and devices, add a screen, and scan the QR or type its code.',
    pairDo: 'Pair', pairBusy: 'Pairing', pairWrong: 'The code is wrong or has run out. Make a new one.',
    pairEnded: 'This screen is not paired any more. Pair it again.', pairMany: 'Try again in a little while.',
    pairAway: 'The server cannot be reached. Is this the same Wi-Fi?',
    soundTitle: 'Tap the screen to turn the sound on', soundHelp: 'Until then new orders make no sound.',
    connection: 'Connection', sound: 'Sound', soundOff: 'Sound is off', connecting: 'Reconnecting {seconds} s',
    lost: 'This screen may have stopped. Reconnecting', waitingActs: '{count} to be sent once connected',
    settings: 'Settings', volume: 'Volume', test: 'Test the sound', directBump: 'Number keys bump at once', fullScreen: 'Full screen',
    station: 'Looking at', on: 'On', off: 'Off',
    cook: 'Cook now', nothing: 'Nothing to cook', loading: 'Loading the orders',
    undo: 'Undo', past: 'Past orders', soldOut: 'Sold out', first: 'First',
    hint: 'Tap a line when it is done · tap the header to bump', page: '{page} / {pages}', previous: 'Previous page', next: 'Next page',
    latePage: '{count} late on page {page}', lateCount: '{count} late',
    DINE_IN: 'Dine in', TAKEOUT: 'Takeout', DELIVERY: 'Delivery', table: 'T{number}', tableName: 'table {number}',
    expo: 'Expo', practice: 'Practice', recalled: 'Recalled', priority: 'First',
    added: 'Added', voided: 'Cancelled — tap to confirm', voidedSeen: 'Cancelled', changed: 'Changed', moved: 'Moved', seen: 'Confirm',
    course: 'Course {course}', held: 'Course {course} waits', fire: 'Fire', continued: 'Continued', promised: 'Promised {time}', pickup: 'Pickup {time}',
    guests: '{count} guests', allergy: '{what} allergy', minutes: '{minutes} min', long: '{minutes}m', lateBy: '+{minutes}m', ageOf: '{age} old', lateOf: '{age} late',
    bump: 'Bump no. {number}, {place}', line: '{count} {name}', lineDone: '{count} {name}, done', lineVoided: '{count} {name}, confirm that it is cancelled',
    bumped: 'Bumped no. {number}', recalledToast: 'Recalled no. {number}', firedToast: 'Fired course {course} of no. {number}',
    soldOutToast: '{name} is sold out today', sellAgain: 'Sell again', nothingToRecall: 'There is nothing to recall',
    lookFirst: 'First tap what has changed', elsewhere: 'Another screen was first', refused: 'That did not work: {why}',
    notPermitted: 'This screen may not do that', noAct: 'Tap again once connected',
    pastTitle: 'Past orders', pastFind: 'Order number, table, dish', pastNone: 'No such order', pastMore: 'More',
    recall: 'Recall', recallAgain: 'Recall, restart time', close: 'Close', bumpedAt: 'Bumped at {time}',
    soldOutTitle: 'Sold out for today', soldOutNone: 'First choose an order',
    newTicket: 'New order no. {number}', lateTicket: 'No. {number} is late', forget: 'Unpair this screen', keys: 'Keys',
    keysHelp: '1–9, 0 select · Enter bump · Space next line · R recall · P first · X sold out · PgUp PgDn page',
  },
};

const KEPT = 'osy.language';
let language = null;

export function currentLanguage() {
  if (!language) {
    const kept = localStorage.getItem(KEPT);
    language = kept in words ? kept : (navigator.language || 'ko').startsWith('ko') ? 'ko' : 'en';
    document.documentElement.lang = language;
  }
  return language;
}

export function setLanguage(wanted) {
  language = wanted in words ? wanted : 'ko';
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
}

export function say(key, values = {}) {
  const text = words[currentLanguage()][key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
