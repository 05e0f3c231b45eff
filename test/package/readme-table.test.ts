import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  Composio,
  ConnectedAccountListParamsSchema,
  ConnectedAccountRetrieveResponseSchema,
  ConnectedAccountStatuses,
} from '@composio/core';

const section = readFileSync('demo/docs/coverage.md', 'utf8');
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .slice(1)
  .map((line) => line.slice(2, -2).split(' | '));
const [, notOffered = ''] = /^Not offered: ([\s\S]*)/m.exec(section) ?? [];

/** The test files by the short names that the table uses. */
const files = new Map([...section.matchAll(/`(\w+)` is\s+`(test\/[\w./-]+)`/g)].map(([, name, path]) => [name, path]));

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The titles of the tests of a file, as written there, with placeholders like `${status}`. */
const titlesOf = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^ *it\(\s*(['`])(.+?)\1,/gm)].map(([, , title = '']) => title);

/** Whether a title starts with these words, or equals them once its placeholders are filled. */
const isCalled = (title: string, words: string): boolean =>
  title.startsWith(words) ||
  new RegExp(
    `^${title
      .split(/\$\{.*?\}/)
      .map(literal)
      .join('.+')}$`,
  ).test(words);

/** Returns the problem of one entry of the last column, or undefined. */
function objection(entry: string): string | undefined {
  const [, file, words = ''] = /^(\w+): (.+)$/.exec(entry) ?? [];
  const path = files.get(file);
  if (path === undefined) return `"${entry}" does not say which file: write "list: the beginning of its name"`;
  if (!existsSync(path)) return `there is no file ${path}`;
  return titlesOf(path).some((title) => isCalled(title, words)) ? undefined : `${path} has no test "${words}…"`;
}

const isNamed = (name: string): boolean => rows.some(([first = '']) => first.includes(`\`${name}\``));

describe('the table of coverage.md', () => {
  it('every row of the table names tests that exist', () => {
    assert.ok(rows.length > 30, `only ${rows.length} rows were found`);
    const objections = rows.flatMap(([, , , tests = '']) => tests.split('; ').map(objection));
    assert.deepEqual(
      objections.filter((one) => one !== undefined),
      [],
    );
  });

  it('the check of the table rejects a test that does not exist', () => {
    assert.equal(objection('list: flies to the moon')?.endsWith('has no test "flies to the moon…"'), true);
    assert.equal(objection('headless: list filters by the status ACTIVE'), undefined);
  });

  const { connectedAccounts } = new Composio({ apiKey: 'ak_none', allowTracking: false, disableVersionCheck: true });
  const sdk: Readonly<Record<string, readonly string[]>> = {
    method: Object.getOwnPropertyNames(Object.getPrototypeOf(connectedAccounts)).filter(
      (name) => name !== 'constructor',
    ),
    filter: Object.keys(ConnectedAccountListParamsSchema.shape),
    status: Object.keys(ConnectedAccountStatuses),
    // The published type of this schema hides its shape.
    field: Object.keys((ConnectedAccountRetrieveResponseSchema as unknown as { shape: object }).shape),
  };
  for (const [kind, names] of Object.entries(sdk)) {
    it(`the table has every ${kind} of the installed SDK or says that it is not offered`, () => {
      assert.ok(names.length > 5);
      assert.deepEqual(
        names.filter((name) => !isNamed(name) && !notOffered.includes(`\`${name}\``)),
        [],
      );
    });
  }
});
