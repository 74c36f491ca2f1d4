// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Elements. Whatever comes from outside is only ever set as text; markup is never made of strings.

const SVG = 'http://www.w3.org/2000/svg';

// make('button', {class: 'x', 'aria-label': 'y', onclick: f}, 'text', child, null)
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function icon(name) {
  const drawn = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  drawn.setAttribute('class', 'icon');
  drawn.setAttribute('aria-hidden', 'true');
  drawn.setAttribute('viewBox', '0 0 24 24');
  use.setAttribute('href', '#i-' + name);
  drawn.append(use);
  return drawn;
}

export const find = (id) => document.getElementById(id);

// Writes only what is other, so that nothing is painted for nothing.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setClass(element, name, on) {
  if (element.classList.contains(name) !== Boolean(on)) element.classList.toggle(name, Boolean(on));
}

// The children of a place that is drawn anew again and again. Each keeps its element while it is shown, and only what is new
// or in another order is moved: a press on what goes before its release would be no click.
export class Kept {
  #place;
  #made = new Map(); // key → {sign, element}

  constructor(place) {
    this.#place = place;
  }

  // Of each: its key, build() for the element of what was not there or has another sign, update(element) of what it says now.
  draw(list) {
    const made = new Map(list.map((one) => [one.key, this.#of(one)]));
    for (const [key, { element }] of this.#made) if (!made.has(key)) element.remove();
    this.#made = made;
    list.forEach((one, at) => {
      const { element } = made.get(one.key);
      if (this.#place.children[at] !== element) this.#place.insertBefore(element, this.#place.children[at] || null);
      if (one.update) one.update(element);
    });
  }

  #of(one) {
    const known = this.#made.get(one.key);
    if (known && known.sign === one.sign) return known;
    const element = one.build();
    if (known) {
      const focused = known.element === document.activeElement;
      known.element.replaceWith(element);
      if (focused) element.focus();
    }
    return { sign: one.sign, element };
  }
}
