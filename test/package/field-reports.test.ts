import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { needsChromium } from '../config/run-browser-tests.js';

/** The rows of the table, with the file and the title of each test. */
const rows = readFileSync('demo/docs/field-reports.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('.test.ts'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('&lt;', '<')));

/** Returns true if the tests of a file run in Firefox and WebKit too. */
function runsInEachEngine(path: string): boolean {
  if (path.startsWith('test/e2e/')) return true;
  const isOfPages = /^test\/(?:browser|controllers|elements)\//.test(path);
  return isOfPages && !needsChromium(path.replace(/^/, '.build/').replace(/ts$/, 'js'));
}

describe('the table of reports from the field', () => {
  it('the table has a row for each kind, without a blank cell', () => {
    assert.ok(rows.length >= 28);
    for (const row of rows) assert.ok(row.slice(1, -1).every(Boolean), row.join('|'));
  });

  for (const [, kind, , firefox, , file = '', title = ''] of rows) {
    it(`the report of ${kind} names a test that exists`, () => {
      const path = file.replaceAll('`', '');
      assert.ok(readFileSync(path, 'utf8').includes(title), `${path} has no test "${title}".`);
      // Some engines lack what the report is about.
      assert.equal(firefox === '✔' || firefox === 'none', runsInEachEngine(path));
    });
  }
});
