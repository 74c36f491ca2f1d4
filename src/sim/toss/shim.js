// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
//
// Stands in for the browser script of Toss Payments, /v1 and /v2/standard: the same functions, but
// the window they open is the simulator's.
(() => {
  "use strict";
  const ORIGIN = "@ORIGIN@";
  const ANONYMOUS = "@@ANONYMOUS";
  const OPTIONS = ["card", "virtualAccount", "transfer", "windowTarget"];

  const refuse = (code, message) => Promise.reject(Object.assign(new Error(message), { code }));

  // Leaves the page for the window, as the real one does on phones; never resolves.
  function open(clientKey, wish) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ clientKey, ...wish })) {
      if (value !== undefined && value !== null && !OPTIONS.includes(name)) query.set(name, value);
    }
    location.assign(`${ORIGIN}/sim/window?${query}`);
    return new Promise(() => {});
  }

  function checked(amount) {
    return amount && amount.currency === "KRW" && Number.isSafeInteger(amount.value) && amount.value > 0;
  }

  function payment(clientKey, { customerKey } = {}) {
    if (!customerKey) throw Object.assign(new Error("customerKey is needed"), { code: "INVALID_CUSTOMER_KEY" });
    return {
      requestPayment({ method, amount, ...wish } = {}) {
        if (!method) return refuse("INVALID_METHOD", "method is needed");
        if (!checked(amount)) return refuse("INVALID_AMOUNT", "amount is {currency: \"KRW\", value}");
        return open(clientKey, { ...wish, method, customerKey, amount: amount.value });
      },
    };
  }

  function widgets(clientKey, { customerKey } = {}) {
    let amount = null;
    const draw = (selector, text) => {
      const place = document.querySelector(selector);
      if (!place) return refuse("INVALID_SELECTOR", `${selector} is nowhere on the page`);
      place.textContent = text;
      return Promise.resolve({ on() {}, destroy() { place.textContent = ""; return Promise.resolve(); } });
    };
    return {
      setAmount(wish) {
        if (!checked(wish)) return refuse("INVALID_AMOUNT", "amount is {currency: \"KRW\", value}");
        amount = wish;
        return Promise.resolve();
      },
      renderPaymentMethods({ selector } = {}) {
        if (!amount) return refuse("NOT_SETUP_AMOUNT", "setAmount() comes first");
        return draw(selector, "모의 결제수단: 카드");
      },
      renderAgreement({ selector } = {}) {
        return draw(selector, "모의 약관에 동의했어요.");
      },
      requestPayment(wish = {}) {
        if (!amount) return refuse("NOT_SETUP_AMOUNT", "setAmount() comes first");
        return open(clientKey, { ...wish, method: "CARD", customerKey, amount: amount.value });
      },
    };
  }

  function TossPayments(clientKey) {
    if (!/^(test|live)_g?ck_\w+$/.test(clientKey)) {
      throw Object.assign(new Error("not a client key"), { code: "INVALID_CLIENT_KEY" });
    }
    return {
      payment: (options) => payment(clientKey, options),
      widgets: (options) => widgets(clientKey, options),
      // Version 1 names the method in Korean and has a plain amount.
      requestPayment: (method, wish) => open(clientKey, { ...wish, method }),
    };
  }
  TossPayments.ANONYMOUS = ANONYMOUS;
  window.TossPayments = TossPayments;
})();
