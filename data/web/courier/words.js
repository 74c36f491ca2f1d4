// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Every word of the page, in both languages.

const words = {
  ko: {
    title: '배달', number: '{number}번', due: '{time}까지', loading: '불러오고 있어요',
    REQUESTED: '가게에서 받아 주세요', ASSIGNED: '가게에서 받아 주세요', PICKED_UP: '가져다 주세요',
    DELIVERED: '전달했어요. 수고하셨어요', FAILED: '전달하지 못한 배달이에요', CANCELED: '취소된 배달이에요',
    pickUp: '음식을 받았어요', deliver: '전달했어요', askFail: '전달하지 못했어요',
    call: '전화 걸기 {phone}', collect: '받을 돈 {amount}원', paid: '결제가 끝난 주문이에요',
    why: '왜 전달하지 못했나요?', fail: '이대로 알리기', back: '돌아가기',
    absent: '받는 분이 안 계세요', wrong: '주소를 찾을 수 없어요', refused: '받지 않으셨어요',
    over: '이 링크는 끝났어요. 가게에 다시 물어봐 주세요.', away: '연결되지 않았어요. 다시 눌러 주세요.',
    elsewhere: '가게에서 먼저 바꿨어요.', again: '다시 불러오기', missing: '링크가 잘렸어요. 받은 링크를 통째로 열어 주세요.',
  },
  en: {
    title: 'Delivery', number: 'No. {number}', due: 'There by {time}', loading: 'Loading',
    REQUESTED: 'Fetch it at the shop', ASSIGNED: 'Fetch it at the shop', PICKED_UP: 'Bring it to the guest',
    DELIVERED: 'Delivered. Thank you', FAILED: 'This could not be delivered', CANCELED: 'This was canceled',
    pickUp: 'I have the food', deliver: 'Delivered', askFail: 'I could not deliver it',
    call: 'Call {phone}', collect: 'To collect: ₩{amount}', paid: 'It is paid already',
    why: 'Why could it not be delivered?', fail: 'Tell the shop', back: 'Back',
    absent: 'Nobody is there', wrong: 'The address cannot be found', refused: 'It was not taken',
    over: 'This link is over. Ask the shop for another.', away: 'No connection. Please press again.',
    elsewhere: 'The shop changed it first.', again: 'Load again', missing: 'The link was cut. Open all of it.',
  },
};

const language = (navigator.language || 'ko').toLowerCase().startsWith('ko') ? 'ko' : 'en';
document.documentElement.lang = language;

export function say(key, blanks = {}) {
  return words[language][key].replace(/\{(\w+)\}/g, (_, name) => String(blanks[name]));
}
