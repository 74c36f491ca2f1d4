// SPDX-FileCopyrightText: 2026 The OrderSync authors
// SPDX-License-Identifier: MIT
// Draws openapi.json as a page to read. Text is only ever set as text.
'use strict';

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolve(api, node) {
  while (node && node.$ref) {
    node = node.$ref.slice(2).split('/').reduce((at, part) => at[part], api);
  }
  return node || {};
}

// A schema as the shape of its JSON, a line a member.
function shape(api, schema, indent, seen) {
  const name = schema && schema.$ref ? schema.$ref.split('/').pop() : null;
  if (name && seen.includes(name)) return name;
  const known = name ? seen.concat(name) : seen;
  const node = resolve(api, schema);
  const pad = '  '.repeat(indent + 1);
  if (node.allOf) return node.allOf.map((part) => shape(api, part, indent, known)).join(' and ');
  if (node.type === 'array') return '[' + shape(api, node.items, indent, known) + ', …]';
  if (node.properties) {
    const required = node.required || [];
    const lines = Object.entries(node.properties).map(([key, value]) =>
      pad + key + (required.includes(key) ? '' : '?') + ': ' + shape(api, value, indent + 1, known));
    return '{\n' + lines.join('\n') + '\n' + '  '.repeat(indent) + '}';
  }
  if (node.enum) return node.enum.join(' | ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  return [].concat(node.type || 'any').join(' | ') + (node.format ? ' (' + node.format + ')' : '');
}

function drawParameters(api, operation) {
  const table = element('table');
  for (const raw of operation.parameters || []) {
    const parameter = resolve(api, raw);
    const row = element('tr');
    row.append(element('td', parameter.name + (parameter.required ? '' : '?')),
      element('td', parameter.in), element('td', parameter.description || shape(api, parameter.schema, 0, [])));
    table.append(row);
  }
  return table;
}

function drawContent(api, title, content) {
  const parts = [];
  for (const [type, media] of Object.entries(content || {})) {
    parts.push(element('p', title + ' · ' + type), element('pre', shape(api, media.schema, 0, [])));
  }
  return parts;
}

function drawOperation(api, path, method, operation) {
  const section = element('section');
  const head = element('h3');
  section.id = operation.operationId;
  head.append(element('span', method.toUpperCase(), 'method'), element('code', path));
  section.append(head, element('p', operation.summary));
  if (operation.description) section.append(element('p', operation.description));
  section.append(drawParameters(api, operation));
  if (operation.requestBody) section.append(...drawContent(api, 'Body', operation.requestBody.content));
  for (const [status, raw] of Object.entries(operation.responses || {})) {
    const answer = resolve(api, raw);
    if (status === 'default') continue;
    section.append(...drawContent(api, status + ' ' + answer.description, answer.content));
  }
  return section;
}

function draw(api) {
  const page = document.getElementById('page');
  const index = document.getElementById('index');
  page.append(element('p', api.info.description));
  for (const tag of api.tags) {
    const title = element('h2', tag.description);
    page.append(title);
    index.append(element('strong', tag.name));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (!(operation.tags || []).includes(tag.name)) continue;
        const link = element('a', operation.summary);
        link.href = '#' + operation.operationId;
        index.append(link);
        page.append(drawOperation(api, path, method, operation));
      }
    }
  }
}

fetch('openapi.json').then((answer) => answer.json()).then(draw).catch((error) => {
  document.getElementById('page').append(element('p', 'The description could not be loaded: ' + error));
});
