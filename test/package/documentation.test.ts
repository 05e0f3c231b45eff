import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { Composio } from '@composio/core';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import { CONNECT_ERROR_CODES } from '../../src/core.js';
import { ALL_EVENT_NAMES } from '../../src/events/event-names.js';
import * as elements from '../../src/index.js';
import en from '../../src/messages/en.js';
import { checkOptions } from '../../src/server/handler/options.js';
import { RequestError } from '../../src/server/http/errors.js';
import { ROUTES } from '../../src/server/routes/route-table.js';
import { createSessionToken, createWebhookHandler } from '../../src/server.js';
import { DOC_PAGES, DOCUMENTS } from '../support/doc-examples.js';

const DOCS = 'demo/docs';
const read = (path: string): string => readFileSync(path, 'utf8');
const doc = (name: string): string => read(`${DOCS}/${name}`);

const FENCE = /^ *```.*\n[\s\S]*?^ *```$/gm;
const withoutCode = (text: string): string => text.replace(FENCE, '');

/** Returns the cells of each row of all tables, without the backticks around a whole cell. */
function rowsOf(text: string): string[][] {
  return withoutCode(text)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(2)
        .replace(/ ?\|$/, '')
        .split(' | ')
        .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
    );
}

/** Returns the rows that begin with this cell. */
const rowsFor = (text: string, first: string): string[][] => rowsOf(text).filter(([cell]) => cell === first);

/** Returns the anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text).matchAll(/^#+ (.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Returns the problem of a link of a page, or undefined. */
function linkProblem(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), path);
  if (!existsSync(target)) return `${page}: there is no file ${target}`;
  if (anchor === undefined || anchorsOf(read(target)).has(anchor)) return undefined;
  return `${page}: ${target} has no heading #${anchor}`;
}

const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

describe('the links of the documentation', () => {
  it('every relative link leads to a file and a heading that exist', () => {
    const problems = DOCUMENTS.flatMap((page) => linksOf(read(page)).map((link) => linkProblem(page, link)));
    assert.ok(problems.length > 100, `only ${problems.length} links were found`);
    assert.deepEqual(
      problems.filter((problem) => problem !== undefined),
      [],
    );
  });

  it('the check of links finds a missing file and a missing heading', () => {
    assert.match(linkProblem('demo/docs/errors.md', 'nowhere.md') ?? '', /no file/);
    assert.match(linkProblem('demo/docs/errors.md', 'events.md#nothing') ?? '', /no heading/);
    assert.equal(linkProblem('demo/docs/errors.md', 'desk.md#connect-accountdoctorjs'), undefined);
  });

  it('the index and llms.txt name every page, with the same words', () => {
    const listed = doc('README.md').match(/^- .+$/gm) ?? [];
    const named = listed.map((line) => /\]\(([\w-]+\.md)\)/.exec(line)?.[1]);
    const expected = DOC_PAGES.map((page) => posix.basename(page)).filter((name) => name !== 'README.md');
    assert.deepEqual([...named].sort(), expected.sort());
    const forModels = doc('llms.txt');
    assert.deepEqual(
      listed.filter((line) => !forModels.includes(line)),
      [],
    );
    assert.ok(read('README.md').includes('(demo/docs/README.md)'));
  });
});

describe('errors.md', () => {
  for (const code of CONNECT_ERROR_CODES) {
    it(`errors.md says of ${code} what the source says`, () => {
      const [row, ...others] = rowsFor(doc('errors.md'), code);
      assert.ok(row && others.length === 0, 'there must be one row');
      const [, http, retry, cause, fix, words] = row;
      // The codes of the page have no status of their own.
      const { status } = new RequestError(code as ConstructorParameters<typeof RequestError>[0], '');
      assert.equal(http, String(status ?? '–'));
      assert.equal(retry, connectErrorInfo(code, '').retryable ? 'yes' : 'no');
      assert.equal(words, en.errors[code]);
      assert.ok(cause && fix);
    });
  }

  it('errors.md says how many codes there are', () => {
    assert.ok(doc('errors.md').includes(`There are ${CONNECT_ERROR_CODES.length} codes`));
  });
});

const connectOptions = {
  composio: new Composio({ apiKey: 'ak_none', allowTracking: false, disableVersionCheck: true }),
  identify: () => null,
  secret: 'a secret of more than thirty-two bytes',
};

/** Returns the names of all options, which the error of a misspelt one lists. */
async function optionsOf(call: () => unknown): Promise<string[]> {
  const message = await (async () => call())().then(
    () => '',
    (error: Error) => error.message,
  );
  const [, list = ''] = /Valid options: (.+)\.$/.exec(message) ?? [];
  return list.split(', ');
}

/** Returns the part of a page under a heading, without the next one of that level. */
const sectionOf = (text: string, heading: string): string => {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  return section.split('\n## ')[0] ?? '';
};

describe('handler-options.md', () => {
  const misspelt: Readonly<Record<string, () => unknown>> = {
    '`createConnectHandler(options)`': () => checkOptions({ ...connectOptions, wrong: 1 } as never),
    '`createWebhookHandler(options)`': () =>
      createWebhookHandler({ secret: 'whsec', onExpired() {}, store: 'memory', wrong: 1 } as never),
    '`createSessionToken(claims, secret)`': () =>
      createSessionToken({ userId: 'user_123', wrong: 1 } as never, connectOptions.secret),
  };
  for (const [heading, call] of Object.entries(misspelt)) {
    it(`handler-options.md has a row for each option of ${heading}`, async () => {
      const options = await optionsOf(call);
      const section = sectionOf(doc('handler-options.md'), heading);
      assert.ok(options.length >= 4, `only ${options} were found`);
      assert.deepEqual(
        options.filter((option) => rowsFor(section, option).length !== 1),
        [],
      );
    });
  }

  it('handler-options.md has the defaults of the source', () => {
    const settings = checkOptions(connectOptions);
    const { basePath, binding, linksPerMinute, upstreamCallsPerMinute, upstreamReadsPerMinute } = settings;
    const defaults = { basePath, binding, linksPerMinute, upstreamCallsPerMinute, upstreamReadsPerMinute };
    for (const [option, value] of Object.entries(defaults)) {
      const [row] = rowsFor(doc('handler-options.md'), option);
      assert.equal(row?.[1], typeof value === 'string' ? `'${value}'` : String(value), option);
    }
    assert.equal(settings.publicPath, basePath);
    assert.equal(settings.store, 'memory');
  });

  it('handler-options.md names every action of the audit', () => {
    const [, union = ''] = /type AuditAction =([\s\S]*?);/.exec(read('src/server/handler/audit.ts')) ?? [];
    const actions = [...union.matchAll(/'(\w+)'/g)].map(([, action = '']) => action);
    assert.ok(actions.length > 5);
    assert.deepEqual(
      actions.filter((action) => !doc('handler-options.md').includes(`\`${action}\``)),
      [],
    );
  });
});

interface Named {
  readonly name: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly events: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: ReadonlyArray<Named & { readonly default?: string }>;
  readonly cssStates: readonly Named[];
}

const declarations: Declaration[] = JSON.parse(read('custom-elements.json'))
  .modules.flatMap((module: { declarations: Declaration[] }) => module.declarations)
  .filter(({ tagName }: Declaration) => tagName);

/** Returns the names that a text does not hold in backticks. */
const missingIn = (text: string, names: readonly Named[]): string[] =>
  names.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``));

describe('theming.md', () => {
  const theming = doc('theming.md');

  for (const { tagName = '', cssParts, cssProperties, cssStates } of declarations) {
    it(`theming.md has every part, state and custom property of <${tagName}>`, () => {
      assert.deepEqual(missingIn(sectionOf(theming, `Parts of \`<${tagName}>\``), cssParts), []);
      assert.deepEqual(missingIn(sectionOf(theming, 'Custom properties'), cssProperties), []);
      const [, states = ''] =
        new RegExp(`\`<${tagName}>\` is in one of these.*?:([\\s\\S]*?)\\n\\n`).exec(theming) ?? [];
      assert.deepEqual(missingIn(states, cssStates), []);
    });
  }

  it('theming.md has the defaults of the styles, and no property that does not exist', () => {
    const properties = declarations.flatMap(({ cssProperties }) => cssProperties);
    const defaults = new Map(properties.map(({ name, default: value }) => [name, value]));
    const rows = rowsOf(sectionOf(theming, 'Custom properties')).filter(([name]) => name?.startsWith('--connect'));
    assert.ok(rows.length >= 15);
    for (const [name = '', value] of rows) assert.equal(value, defaults.get(name), name);
    const known = new Set(defaults.keys());
    const used = DOC_PAGES.flatMap((page) => read(page).match(/--connect-account-[\w-]*\w(?=\s*[:;)`])/g) ?? []);
    assert.deepEqual(
      used.filter((name) => !known.has(name)),
      [],
    );
  });

  it('without-the-element.md has every phase', () => {
    const phases = declarations.find(({ tagName }) => tagName === 'connect-account')?.cssStates ?? [];
    assert.deepEqual(missingIn(doc('without-the-element.md'), phases), []);
  });
});

describe('events.md', () => {
  const classes = Object.values(elements).filter(
    (value): value is typeof value & (new (detail: object) => CustomEvent) & { type: string } =>
      typeof value === 'function' && value.prototype instanceof CustomEvent,
  );

  for (const name of ALL_EVENT_NAMES) {
    it(`events.md says of ${name} what its class says`, () => {
      const [row, ...others] = rowsFor(doc('events.md'), name);
      assert.ok(row && others.length === 0, 'there must be one row');
      const eventClass = classes.find(({ type }) => type === name);
      assert.ok(eventClass);
      const event = new eventClass({});
      assert.deepEqual(row.slice(1, 3), [eventClass.name, event.cancelable ? 'yes' : 'no']);
      assert.ok(event.bubbles && event.composed);
    });
  }
});

/** A unit of limits.md, in the unit of the constants whose name ends like this. */
const UNITS: Readonly<Record<string, readonly [suffix: RegExp, factor: number]>> = {
  ms: [/_MS$/, 1],
  s: [/_(MS|SECONDS)$/, 1000],
  min: [/_MS$|_SECONDS$/, 60_000],
  h: [/_MS$|_SECONDS$/, 3_600_000],
  days: [/_MS$/, 86_400_000],
  KB: [/_BYTES$/, 1024],
};

/** Returns the number that a cell like "10 min" stands for, as the constant has it. */
function amountOf(cell: string, constant: string): number {
  const [amount = '', unit] = cell.split(' ');
  if (unit === undefined) return Number(amount);
  const [suffix, factor] = UNITS[unit] ?? assert.fail(`unknown unit ${unit}`);
  assert.match(constant, suffix);
  return (Number(amount) * factor) / (constant.endsWith('_SECONDS') ? 1000 : 1);
}

/** Returns the value of a constant, which must be a number or a product of numbers. */
function constantOf(name: string, path: string): number {
  const [, value = ''] = new RegExp(`const ${name} = ([\\d_* ]+);`).exec(read(path)) ?? [];
  return value
    .replaceAll('_', '')
    .split('*')
    .reduce((product, factor) => product * Number(factor), 1);
}

describe('limits.md', () => {
  const limits = doc('limits.md');
  const rows = [...limits.matchAll(/^\| (.+?) \| ([\d.]+(?: \w+)?) \| `(\w+)` in `(.+?)` \|$/gm)];

  it('limits.md names a constant for each number of these tables', () => {
    assert.ok(rows.length > 35, `only ${rows.length} rows were found`);
    assert.equal(rows.length, limits.match(/^\|.*` in `src\//gm)?.length);
  });

  for (const [, what = '', value = '', name = '', path = ''] of rows) {
    it(`limits.md has the number of the source for: ${what}`, () => {
      assert.equal(constantOf(name, path), amountOf(value, name), `${name} in ${path}`);
    });
  }

  it('limits.md has the numbers of the options and of the polls', () => {
    const { linksPerMinute, upstreamCallsPerMinute, upstreamReadsPerMinute } = checkOptions(connectOptions);
    const options = Object.entries({ linksPerMinute, upstreamCallsPerMinute, upstreamReadsPerMinute });
    for (const [name, value] of options) {
      assert.match(limits, new RegExp(`^\\| \`${name}\`.*? \\| ${value} \\|`, 'm'));
    }
    const counts = [...read('src/core/polling/poll.ts').matchAll(/count: (\d+), spanMs: [\d_]+/g)];
    // The last request, at the deadline, is not counted there.
    const [few, many] = counts.map(([, count]) => Number(count) + 1);
    assert.ok(limits.includes(`at most ${few} polls in any 30 seconds and ${many} in any 10 minutes`));
  });
});

it('comparison.md has the versions and sizes of the last bench', () => {
  const measured = doc('performance.md');
  const rows = rowsOf(sectionOf(doc('comparison.md'), 'What a page loads')).filter((row) => row[2]?.match(/^\d/));
  assert.ok(rows.length >= 9);
  for (const [, name = '', version, what, first, all, css] of rows) {
    const [row = []] = rowsFor(measured, name);
    assert.deepEqual([version, first, all, css, what], [row[1], row[2], row[3], row[4], row[5]], name);
  }
  const [date = ''] = /\d{4}-\d\d-\d\d/.exec(measured) ?? [];
  assert.ok(doc('comparison.md').includes(date));
});

it('own-backend.md has every route of the protocol, and no other', () => {
  const section = sectionOf(doc('own-backend.md'), 'The protocol, in any language');
  const named = rowsOf(section).map(([route = '']) => route);
  const routes = ROUTES.map(({ method, path }) => `${method} ${path.replace(':id', '{id}')}`);
  assert.deepEqual(named.filter((name) => /^[A-Z]+ \//.test(name)).sort(), routes.sort());
});

it('the delivery that webhooks.md signs is handled', async () => {
  const [, imports = '', code = ''] =
    /```js\n(import .*'node:crypto';)\n\n([\s\S]*?)^```$/m.exec(doc('webhooks.md')) ?? [];
  assert.equal(imports, "import { createHmac, randomUUID } from 'node:crypto';");
  const secret = 'whsec_documentation';
  const expired: unknown[] = [];
  const onExpired = (account: unknown) => expired.push(account);
  const handleWebhook = createWebhookHandler({ secret, onExpired, store: 'memory' });
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const send = new AsyncFunction('createHmac', 'randomUUID', 'secret', 'handleWebhook', `${code}\nreturn response;`);
  const response: Response = await send(createHmac, randomUUID, secret, handleWebhook);
  assert.equal(response.status, 200);
  assert.equal(expired.length, 1);
  const [account] = expired as object[];
  const missing = missingIn(
    sectionOf(doc('webhooks.md'), 'What `onExpired` gets'),
    Object.keys(account ?? {}).map((name) => ({ name })),
  );
  assert.deepEqual(missing, []);
});

describe('security.md', () => {
  it('security.md names every kind of key that is stored, in the store and in the browser', () => {
    const files = [
      'src/server/binding/link-notes.ts',
      'src/server/links/get-or-create-link.ts',
      'src/server/links/rate-limiter.ts',
      'src/server/links/unfinished-links.ts',
      'src/server/store/lock.ts',
      'src/server/webhook/delivery.ts',
      'src/browser/attempt-records.ts',
      'src/browser/attempt-ports.ts',
      'src/core/model/callback-message.ts',
      'src/core/model/callback-protocol.ts',
    ];
    const keys = files.flatMap((file) =>
      [...read(file).matchAll(/`(?:connect-account:|\$\{PREFIX\})?([a-z-]+:)\$\{/g)].map(([, key = '']) => key),
    );
    assert.ok(keys.length >= 13, `only ${keys} were found`);
    const section = sectionOf(doc('security.md'), 'What is stored');
    assert.deepEqual(
      keys.filter((key) => !section.includes(`${key}…`)),
      [],
    );
  });

  it('security.md names a test that exists for each threat', () => {
    const named = sectionOf(doc('security.md'), 'Threats').match(/test\/[\w/-]+\.test\.ts/g) ?? [];
    assert.ok(named.length >= 9);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});
