/**
 * Writes the API tables of demo/docs/api.md from custom-elements.json, each between `<!-- api:TAG -->` and `<!-- /api:TAG -->`,
 * and those of the custom properties in demo/docs/theming.md, between `<!-- theme -->` and `<!-- /theme -->`.
 * With `--check` it writes nothing and exits 1 when the tables are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const elements = JSON.parse(readFileSync('custom-elements.json', 'utf8'))
  .modules.flatMap((module) => module.declarations)
  .filter((declaration) => declaration.tagName);

const cell = (text = '') => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/** A table under a heading, or nothing when the element has no such thing. */
function table(title, columns, rows) {
  if (rows.length === 0) return [];
  const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`### ${title}`, '', ...lines, ''];
}

const propertyRow = ({ attribute, name, type, default: fallback, description, readonly }) => [
  code(attribute),
  code(name),
  code(type?.text),
  code(fallback),
  `${readonly ? 'Read only. ' : ''}${cell(description)}`,
];

const signature = ({ name, parameters = [], return: result }) =>
  `${name}(${parameters.map((one) => one.name + (one.optional ? '?' : '')).join(', ')}): ${result?.type.text ?? 'void'}`;

function elementTables({
  tagName,
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
  cssStates = [],
}) {
  const of = `of \`<${tagName}>\``;
  const named = ({ name, description }) => [code(name), cell(description)];
  const fields = members.filter((member) => member.kind === 'field');
  const methods = members.filter((member) => member.kind === 'method');
  return [
    ...table(
      `Attributes and properties ${of}`,
      ['attribute', 'property', 'type', 'default', ''],
      fields.map(propertyRow),
    ),
    ...table(
      `Methods ${of}`,
      ['method', ''],
      methods.map((method) => [code(signature(method)), cell(method.description)]),
    ),
    ...table(
      `Events ${of}`,
      ['event', 'class', ''],
      events.map(({ name, type, description }) => [code(name), code(type?.text), cell(description)]),
    ),
    ...table(
      `Slots ${of}`,
      ['slot', ''],
      slots.map(({ name, description }) => [name ? code(name) : '(default)', cell(description)]),
    ),
    ...table(`Parts ${of}`, ['part', ''], cssParts.map(named)),
    ...table(
      `Custom properties ${of}`,
      ['property', 'default', ''],
      cssProperties.map(({ name, default: fallback, description }) => [code(name), code(fallback), cell(description)]),
    ),
    ...table(`Custom states ${of}`, ['state', ''], cssStates.map(named)),
  ];
}

function between(page, mark, text) {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There have to be the lines \`${start}\` and \`${end}\`, in this order.`);
  return `${page.slice(0, from + start.length)}\n\n${text}\n${page.slice(to)}`;
}

/** By the beginning of a custom property: the heading of its table. What begins otherwise belongs to the theme. */
const BOXES = {
  '': 'The theme',
  trigger: 'The trigger',
  badge: 'The status badge',
  'menu-button': 'The menu button',
  menu: 'The menu',
  link: 'The link that replaces a blocked window',
  panel: 'Menus, questions and forms',
  dialog: 'Questions',
  field: 'Fields',
  button: 'Buttons in panels and in the list',
  list: 'The list',
  row: 'Rows of the list',
  action: 'Icon buttons of a row',
  tooltip: 'Tooltips of icon buttons',
};

/** Returns the longest beginning: "menu-button" is no property of the menu. */
function boxOf(name) {
  const rest = name.replace('--connect-account-', '');
  const boxes = Object.keys(BOXES).filter((box) => rest.startsWith(`${box}-`));
  return boxes.sort((one, other) => other.length - one.length)[0] ?? '';
}

/** Returns a table for each box, of the custom properties of both elements. */
function propertyTables() {
  const all = new Map(elements.flatMap(({ cssProperties }) => cssProperties.map((one) => [one.name, one])));
  return Object.entries(BOXES).flatMap(([box, title]) => {
    const properties = [...all.values()].filter(({ name }) => boxOf(name) === box);
    return table(
      title,
      ['property', 'default', ''],
      properties.map(({ name, default: fallback, description }) => [code(name), code(fallback), cell(description)]),
    );
  });
}

const PAGES = {
  'demo/docs/api.md': (page) =>
    elements.reduce(
      (text, element) => between(text, `api:${element.tagName}`, elementTables(element).join('\n')),
      page,
    ),
  'demo/docs/theming.md': (page) => between(page, 'theme', propertyTables().join('\n')),
};

for (const [file, write] of Object.entries(PAGES)) {
  const current = readFileSync(file, 'utf8');
  const wanted = write(current);
  if (current === wanted) continue;
  if (process.argv.includes('--check')) {
    console.error(`The tables of ${file} are stale: run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  } else writeFileSync(file, wanted);
}
