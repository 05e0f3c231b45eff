import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the published package', () => {
  it('publint finds no problem in the package', async () => {
    const { messages } = await publint({ pkgDir: '.', strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, packageJson)),
      [],
    );
  });

  it('are-the-types-wrong resolves the types of every entry', () => {
    const attw = ['node_modules/.bin/attw', '--pack', '.', '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    const { status, stdout } = spawnSync(process.execPath, attw, { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });

  it('the package holds the build, the manifest and the documents, and no source or test', () => {
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
