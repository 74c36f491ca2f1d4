// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Keyboard and bump bar: by the position of keys, so that no input method eats them; off while a text is typed.

const acts = {
  Enter: 'bump', NumpadEnter: 'bump', Space: 'line', KeyR: 'recall', Backspace: 'recall', KeyX: 'soldOut', KeyP: 'priority',
  PageUp: 'previous', PageDown: 'next', Home: 'firstPage', End: 'lastPage', KeyH: 'past',
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

export function actOf(event) {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  if (digit) return { name: 'select', cell: (Number(digit[1]) + 9) % 10 };
  return acts[event.code] ? { name: acts[event.code] } : null;
}

// Calls act(name, cell) for each key that means something.
export function listen(act) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector('dialog[open], .veil:not([hidden])')) return;
    const meant = actOf(event);
    const target = event.target;
    if (!meant || (target instanceof HTMLInputElement)) return;
    // A button that has the focus by Tab is pressed by Enter and Space like any other.
    const focused = target instanceof HTMLButtonElement && target.matches(':focus-visible');
    if (focused && (meant.name === 'bump' || meant.name === 'line')) return;
    event.preventDefault();
    if (!event.repeat || /^(left|right|up|down)$/.test(meant.name)) act(meant.name, meant.cell);
  });
}
