import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { FRAMEWORKS } from '../frameworks/frameworks.js';
import { frameworksPage } from '../frameworks/frameworks-page.js';
import { CASES, readResults } from '../frameworks/results.js';

it('demo/docs/frameworks.md says what the last runs of the frameworks have shown', () => {
  const hint = 'Run `npm run test:frameworks -- <name>` for what has changed, and commit what it writes.';
  assert.equal(readFileSync('demo/docs/frameworks.md', 'utf8'), frameworksPage(), hint);
});

it('every framework has passed every case in its last run', () => {
  const results = readResults();
  const missing = FRAMEWORKS.flatMap(({ name }) =>
    Object.keys(CASES)
      .filter((test) => results[name]?.passed[test as keyof typeof CASES] !== true)
      .map((test) => `${name}: ${test}`),
  );
  assert.deepEqual(missing, []);
});
