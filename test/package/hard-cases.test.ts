import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const FOLDER = 'test/e2e/hard-cases';

/** The call itself, or a row of a table of cases. */
const NUMBER = /\bhardCase\(\s*(\d+),|\bnumber: (\d+)\b/g;

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('every hard case of windows, policies, secrets and polling has a test by its number', () => {
  const shown = new Set(
    readdirSync(FOLDER).flatMap((file) => {
      const found = readFileSync(join(FOLDER, file), 'utf8').matchAll(NUMBER);
      return [...found].map(([, called, listed]) => Number(called ?? listed));
    }),
  );
  const missing = [...numbers(1, 25), ...numbers(37, 58)].filter((number) => !shown.has(number));
  assert.deepEqual(missing, []);
});
