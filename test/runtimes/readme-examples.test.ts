import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const readme = readFileSync('README.md', 'utf8');

for (const name of ['express', 'hono', 'next-route', 'worker']) {
  test(`the README shows demo/backends/${name}.mjs as it runs`, () => {
    assert.ok(readme.includes(readFileSync(`demo/backends/${name}.mjs`, 'utf8')), 'copy the file into the README');
  });
}
