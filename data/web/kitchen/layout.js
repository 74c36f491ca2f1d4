// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Which ticket stands in which cell of which page. Cells never change their size: a long ticket goes on in the
// next one, and is not torn over two pages while a page has room for all of it.

export function gridFor(width, height) {
  const columns = Math.max(1, Math.min(6, Math.floor(width / 285)));
  const rows = height < 420 ? 1 : height < 1000 ? 2 : 3;
  return { columns, rows, cells: columns * rows };
}

// Blocks of one ticket ({height, …}) → parts that fit in a cell each.
export function split(blocks, room) {
  const parts = [];
  let part = { blocks: [], height: 0 };
  for (const block of blocks) {
    if (part.blocks.length > 0 && part.height + block.height > room) {
      // The head of a course does not stay behind alone.
      const torn = part.blocks.at(-1).kind === 'course' && part.blocks.length > 1 ? [part.blocks.pop()] : [];
      parts.push(part);
      part = { blocks: torn, height: torn.reduce((sum, one) => sum + one.height, 0) };
    }
    part.blocks.push(block);
    part.height += block.height;
  }
  parts.push(part);
  return parts;
}

// Tickets with their parts → pages of cells {ticket, part, number, parts}; a cell may stay empty.
export function paginate(tickets, cells) {
  const pages = [[]];
  for (const { ticket, parts } of tickets) {
    let page = pages.at(-1);
    const left = cells - page.length;
    if (left === 0 || (parts.length > left && parts.length <= cells)) pages.push(page = []);
    parts.forEach((part, number) => {
      if (page.length === cells) pages.push(page = []);
      page.push({ ticket, part, number, parts: parts.length });
    });
  }
  return pages;
}
