// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Calls of the API as a paired device. The device's token stays in this origin's storage; access tokens of
// 15 minutes stay in memory and are renewed in time.

const KEPT = 'osy.device';
const ROOT = '/api/v1';
const PATIENCE = 8000; // ms for an answer
const RENEW_BEFORE = 60000; // ms before an access token ends

// An answer that is not 2xx; status 0: there was none.
export class Refusal extends Error {
  constructor(status, code, detail) {
    super(detail || code);
    this.status = status;
    this.code = code;
  }

  // Whether the same request may do better later.
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

async function ask(method, path, body, headers) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const sent = { method, headers: { ...headers }, signal: giveUp.signal, cache: 'no-store', credentials: 'omit' };
    if (body !== undefined) {
      sent.headers['Content-Type'] = 'application/json';
      sent.body = JSON.stringify(body);
    }
    const answer = await fetch(ROOT + path, sent);
    const text = await answer.text();
    const json = text ? JSON.parse(text) : null;
    if (answer.ok) return json;
    throw new Refusal(answer.status, (json && json.code) || 'UNKNOWN', json && json.detail);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(0, 'UNREACHABLE', String(error));
  } finally {
    clearTimeout(timer);
  }
}

export class Session extends EventTarget {
  #device = localStorage.getItem(KEPT);
  #access = null;
  #ends = 0;
  #renewing = null;

  get paired() {
    return this.#device !== null;
  }

  async pair(code) {
    const answer = await ask('POST', '/auth/pair', { pairing_code: code });
    this.#device = answer.device_token;
    this.#access = null;
    localStorage.setItem(KEPT, this.#device);
  }

  // The device is no more: what it showed is gone too.
  forget() {
    this.#device = this.#access = null;
    localStorage.removeItem(KEPT);
    this.dispatchEvent(new Event('unpaired'));
  }

  async #renew() {
    try {
      const answer = await ask('POST', '/auth/device-token', { device_token: this.#device });
      this.#access = answer.access_token;
      this.#ends = Date.now() + answer.expires_in * 1000;
      this.dispatchEvent(new Event('renewed'));
    } catch (error) {
      if (error.status === 401) this.forget();
      throw error;
    }
  }

  // A token that is good for a minute at least. One renewal at a time.
  async token() {
    if (!this.#device) throw new Refusal(401, 'UNAUTHENTICATED');
    if (!this.#access || Date.now() > this.#ends - RENEW_BEFORE) {
      this.#renewing ||= this.#renew().finally(() => { this.#renewing = null; });
      await this.#renewing;
    }
    return this.#access;
  }

  async call(method, path, body, headers = {}) {
    const send = async () => ask(method, path, body, { ...headers, Authorization: 'Bearer ' + await this.token() });
    try {
      return await send();
    } catch (error) {
      if (error.status !== 401 || !this.#device) throw error;
      this.#access = null;
      return send();
    }
  }
}
