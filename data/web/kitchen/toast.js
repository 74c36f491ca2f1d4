// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Short words at the bottom, at most two, each with at most one button.

import { find, make } from './dom.js';

const LASTS = 10000;

export function toast(text, button = null, act = null) {
  const box = find('toasts');
  const element = make('div', { class: 'toast' }, make('span', {}, text));
  if (button) {
    element.append(make('button', { type: 'button', onclick: () => {
      element.remove();
      act();
    } }, button));
  }
  box.prepend(element);
  while (box.children.length > 2) box.lastChild.remove();
  setTimeout(() => element.remove(), LASTS);
}
