import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Written by `npm run test:all`, a row a test: name, an outcome for each of three engines. */
const rows = readFileSync('test/e2e/hard-cases.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|case|test) /.test(line))
  .map((line) => line.split(/ (?<!\\)\| ?/).map((cell) => cell.replace(/^\| /, '')));

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('every hard case of the windows, the policies, the secrets and the polling was run in every engine', () => {
  const shown = new Set(rows.flatMap(([name = '']) => /^(\d+)\. /.exec(name)?.[1] ?? []).map(Number));
  const missing = [...numbers(1, 25), ...numbers(37, 58)].filter((number) => !shown.has(number));
  assert.deepEqual(missing, []);
});

test('each passes, or says why an engine cannot show it', () => {
  assert.ok(rows.length > 150, `${rows.length} rows`);
  for (const [name, ...cells] of rows) {
    for (const outcome of cells.slice(0, 3)) assert.match(outcome, /^(?:passes|cannot be shown: \S.{10,})$/, name);
  }
});
