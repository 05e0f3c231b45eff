import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface LockedPackage {
  readonly engines?: { readonly node?: string };
}

/** No version of it that the SDK of Composio takes declares Node 20. It works there, as `npm run test:sdks` shows. */
const EXCEPTIONS = ['node_modules/openai'];

describe('package-lock.json', () => {
  it('no locked package asks for a newer Node than 20, of which npm would warn at every installation', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const tooNew = Object.entries(packages)
      .filter(([, { engines }]) => /^\s*>=?\s*(?:2[1-9]|[3-9]\d)(?![^|]*\|\|)/.test(engines?.node ?? ''))
      .map(([path]) => path);
    assert.deepEqual(tooNew, EXCEPTIONS);
  });
});
