import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the published package', () => {
  it('has nothing that publint minds', async () => {
    const { messages } = await publint({ pkgDir: '.', strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, packageJson)),
      [],
    );
  });

  it('gives every entry the types that it has', () => {
    const attw = ['node_modules/.bin/attw', '--pack', '.', '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    const { status, stdout } = spawnSync(process.execPath, attw, { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });

  it('holds the build, the manifest and the words about it, and no source or test', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
    );
    const folders = new Set(files.map(({ path }: { path: string }) => path.replace(/\/.*/, '/')));
    assert.deepEqual([...folders].sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'dist/',
      'package.json',
    ]);
  });
});
