import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { transform } from 'esbuild';

/** The oldest browsers of demo/docs/browsers.md. */
const OLDEST = ['chrome102', 'firefox102', 'safari15.6'];

/** These run in Node. */
const ON_SERVERS = /^(?:server|desk|redis-store)\b/;

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.js') && !ON_SERVERS.test(file),
);

/** Returns the code as esbuild writes it for these browsers. It has no newer syntax if it is what esbuild writes for all. */
async function written(code: string, target: string | string[]): Promise<string> {
  // esbuild takes a property of characters for one of the newest Unicode.
  const supported = { 'regexp-unicode-property-escapes': true };
  return (await transform(code, { target, supported, legalComments: 'none' })).code;
}

describe('the oldest browsers', () => {
  it('every file for pages is written in a syntax that the oldest browsers read', async () => {
    assert.ok(files.includes(join('cdn', 'main.js')) && files.includes('connect-account.min.js'));
    const unreadable = await Promise.all(
      files.map(async (file) => {
        const code = readFileSync(join('dist', file), 'utf8');
        return (await written(code, OLDEST)) === (await written(code, 'esnext')) ? [] : [file];
      }),
    );
    assert.deepEqual(unreadable.flat(), []);
  });
});
