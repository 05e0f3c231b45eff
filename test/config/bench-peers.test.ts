import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bundleSize, type Esbuild } from '../bench/bundle-size.js';
import { measurePeers, trySize } from '../bench/peers.js';

const bytes = (length: number) => new Uint8Array(length).map((_, index) => (index * 7919 + index ** 3) % 251);

/** Returns what esbuild would for an entry with one static and one dynamic import. */
const build: Esbuild = {
  build: () =>
    Promise.resolve({
      outputFiles: [
        { path: '/peers/out/stdin.js', contents: bytes(100) },
        { path: '/peers/out/static.js', contents: bytes(1000) },
        { path: '/peers/out/late.js', contents: bytes(5000) },
      ],
      metafile: {
        outputs: {
          'out/stdin.js': {
            entryPoint: 'entry.js',
            imports: [
              { path: 'out/static.js', kind: 'import-statement' },
              { path: 'out/late.js', kind: 'dynamic-import' },
            ],
          },
          'out/static.js': { imports: [] },
          'out/late.js': { entryPoint: 'node_modules/peer/late.js', imports: [] },
        },
      },
    }),
};

describe('the sizes of the peers in npm run bench', () => {
  it('a part that is imported later counts for all of a package and not for its beginning', async () => {
    const { initial, all, css } = await bundleSize(build, '', '/peers');
    const alone = await bundleSize(
      { build: async () => ({ ...(await build.build({})), outputFiles: [] }) },
      '',
      '/peers',
    );
    assert.ok(initial > 0 && initial < all);
    assert.deepEqual([css, alone.all], [0, 0]);
  });

  it('a peer that cannot be built has a line with the reason and does not stop the others', async () => {
    const broken: Esbuild = {
      build: () => Promise.reject(new Error('Build failed\nentry.js:1: ERROR: no such package')),
    };
    assert.deepEqual(await trySize(broken, '', '/peers'), {
      size: null,
      problem: 'not built: entry.js:1: ERROR: no such package',
    });
  });

  it('every peer has a line with its version and the reason when npm cannot install them', async () => {
    const measured = await measurePeers({ problem: 'npm ci failed: no network' });
    const { dependencies } = JSON.parse(readFileSync('test/bench/peers/package.json', 'utf8'));
    assert.ok(measured.length >= 10);
    for (const { name, version, size, problem } of measured) {
      assert.deepEqual([size, problem, version], [null, 'npm ci failed: no network', dependencies[name]]);
    }
  });
});
