/**
 * Writes the API tables of demo/docs/api.md from custom-elements.json, each between `<!-- api:TAG -->` and `<!-- /api:TAG -->`.
 * With `--check` it writes nothing and exits 1 when the tables are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'demo/docs/api.md';

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

function withTables(page, element) {
  const [start, end] = [`<!-- api:${element.tagName} -->`, `<!-- /api:${element.tagName} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${FILE} needs the lines \`${start}\` and \`${end}\`, in this order.`);
  return `${page.slice(0, from + start.length)}\n\n${elementTables(element).join('\n')}\n${page.slice(to)}`;
}

const current = readFileSync(FILE, 'utf8');
const wanted = elements.reduce(withTables, current);

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, wanted);
} else if (current !== wanted) {
  console.error(`The tables of ${FILE} are stale: run \`npm run build\` and commit it.`);
  process.exitCode = 1;
}
