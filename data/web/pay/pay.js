// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// The checkout of one payment. Card fields are the payment service's alone: this page opens its
// window, and on the way back asks our server to confirm. Whatever comes from outside is text.

const WORDS = {
  ko: {
    pay: '결제하기', again: '다시 시도하기', check: '결과 확인하기', won: '원', account: '입금 계좌', due: '입금 기한',
    ready: '아래 버튼을 누르면 결제창이 열려요.', confirming: '결제를 확인하고 있어요. 창을 닫지 마세요.',
    PAID: '결제했어요. 이 창을 닫아도 돼요.', DECLINED: '결제하지 못했어요.',
    UNKNOWN: '결제 결과를 확인하고 있어요. 다시 결제하지 마세요.', CANCELED: '취소된 결제예요.',
    WAITING_FOR_DEPOSIT: '아래 계좌로 입금해 주세요.', REFUNDED: '환불했어요.', PARTIALLY_REFUNDED: '일부를 환불했어요.',
    stopped: '결제를 그만두었어요. 돈은 나가지 않았어요.', lost: '연결되지 않아요. 잠시 뒤에 다시 해 주세요.',
    missing: '이 결제를 찾지 못했어요. 주소를 다시 확인해 주세요.', failed: '결제창을 열지 못했어요.',
  },
  en: {
    pay: 'Pay', again: 'Try again', check: 'Check the result', won: ' won', account: 'Account', due: 'Pay until',
    ready: 'The button opens the payment window.', confirming: 'Your payment is being confirmed. Please keep this open.',
    PAID: 'Paid. You may close this page.', DECLINED: 'It was not paid.',
    UNKNOWN: 'The result is being checked. Please do not pay again.', CANCELED: 'This payment was canceled.',
    WAITING_FOR_DEPOSIT: 'Please transfer the amount to this account.', REFUNDED: 'It was refunded.', PARTIALLY_REFUNDED: 'Part of it was refunded.',
    stopped: 'You left the payment. Nothing was charged.', lost: 'There is no connection. Please try again in a moment.',
    missing: 'This payment was not found. Please check the address.', failed: 'The payment window could not be opened.',
  },
};

const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const say = WORDS[language];
const find = (id) => document.getElementById(id);
const id = location.pathname.split('/')[2];
const query = new URLSearchParams(location.search);

// The secret comes behind the #, which no server ever sees, and outlives the way to the service.
function takeToken() {
  const given = location.hash.slice(1);
  if (given !== '') {
    sessionStorage.setItem('pay.' + id, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem('pay.' + id) ?? '';
}
const token = takeToken();

async function call(method, path, body) {
  const headers = {'X-Payment-Token': token};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch('/api/v1/payments' + path, {method, headers, body: body && JSON.stringify(body)});
  const content = await answer.json().catch(() => ({}));
  return {ok: answer.ok, status: answer.status, content};
}

function show(text, {pay = false, again = null} = {}) {
  find('state').textContent = text;
  find('pay').hidden = !pay;
  find('again').hidden = again === null;
  if (again !== null) {
    find('again').textContent = again.word;
    find('again').onclick = again.act;
  }
}

function showPayment(payment) {
  const account = payment.virtual_account;
  find('account').hidden = account === undefined;
  if (account !== undefined) {
    find('account-word').textContent = say.account;
    find('account-number').textContent = [account.bank, account.account_number].filter(Boolean).join(' ');
    find('due-word').textContent = say.due;
    find('due').textContent = account.due_at ? new Date(account.due_at).toLocaleString(language) : '';
  }
  const words = say[payment.status] ?? say.UNKNOWN;
  const open = payment.status === 'SUBMITTED' || payment.status === 'UNKNOWN' || payment.status === 'WAITING_FOR_DEPOSIT';
  const why = payment.status === 'DECLINED' && payment.failure ? '\n' + (payment.failure.message ?? '') : '';
  show(words + why, {again: open ? {word: say.check, act: look} : null});
  if (payment.status === 'UNKNOWN' || payment.status === 'SUBMITTED') setTimeout(look, 5000);
}

async function look() {
  const answer = await call('GET', '/' + id).catch(() => null);
  if (answer === null) show(say.lost, {again: {word: say.again, act: look}});
  else if (!answer.ok) show(say.missing);
  else showPayment(answer.content);
}

function loadScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = done;
    script.onerror = () => failed(new Error('script'));
    document.head.append(script);
  });
}

async function openWindow(checkout) {
  find('pay').disabled = true;
  try {
    await loadScript(checkout.sdk_url);
    const here = location.origin + '/pay/' + id;
    const service = globalThis.TossPayments(checkout.client_key);
    await service.payment({customerKey: globalThis.TossPayments.ANONYMOUS ?? 'ANONYMOUS'}).requestPayment({
      method: checkout.method === 'VIRTUAL_ACCOUNT' ? 'VIRTUAL_ACCOUNT' : 'CARD',
      amount: {currency: 'KRW', value: checkout.amount},
      orderId: checkout.payment_id, orderName: checkout.order_name,
      successUrl: here + '?step=success', failUrl: here + '?step=fail',
    });
  } catch (error) {
    show(error?.code === 'USER_CANCEL' ? say.stopped : say.failed, {pay: true});
  }
  find('pay').disabled = false;
}

async function begin() {
  const answer = await call('GET', '/' + id + '/checkout').catch(() => null);
  if (answer === null) return show(say.lost, {again: {word: say.again, act: begin}});
  if (!answer.ok) return show(say.missing);
  const checkout = answer.content;
  find('name').textContent = checkout.order_name;
  find('amount').textContent = checkout.amount.toLocaleString('ko-KR') + say.won;
  find('pay').textContent = say.pay;
  find('pay').onclick = () => openWindow(checkout);
  if (checkout.status !== 'CREATED') return look();
  if (query.get('step') === 'success') return confirm();
  return show(query.get('step') === 'fail' ? say.stopped : say.ready, {pay: true});
}

// The same request may be sent again: the server charges once.
async function confirm() {
  show(say.confirming);
  const body = {payment_key: query.get('paymentKey') ?? '', order_id: query.get('orderId') ?? '', amount: Number(query.get('amount'))};
  const answer = await call('POST', '/confirm', body).catch(() => null);
  if (answer === null) return show(say.lost, {again: {word: say.again, act: confirm}});
  if (!answer.ok) return show(answer.content.detail ?? say.DECLINED);
  return showPayment(answer.content);
}

document.documentElement.lang = language;
begin();
