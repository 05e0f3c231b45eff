import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';

it('the types of the package fit what its users write, in TypeScript, React, Vue and Svelte', () => {
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', 'test/types'], { encoding: 'utf8' });
  assert.equal(stdout, '');
});
