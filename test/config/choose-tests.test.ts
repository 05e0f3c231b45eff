import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { chooseTests, compiledFiles, readsDist } from './choose-tests.js';

const root = mkdtempSync(join(tmpdir(), 'choose-tests-'));
after(() => rmSync(root, { recursive: true }));

const FILES = [
  'config/one.test.ts',
  'core/poll.test.ts',
  'core/poll-limits.test.ts',
  'core/wire-format.test.ts',
  'core/no-test.ts',
  'server/csrf.test.ts',
  'emulator/catalogue.test.ts',
  'emulator/demo-app.test.ts',
  'package/layers.test.ts',
  'runtimes/redis.test.ts',
  'browser/one.test.ts',
  'controllers/one.test.ts',
  'elements/one.test.ts',
  'e2e/popup-blocker.test.ts',
  'e2e/redirect-mode.test.ts',
  'e2e/hard-cases/polling.test.ts',
  'flows/random-flows.test.ts',
];
for (const file of FILES) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}

const chosen = (...names: string[]): string[] =>
  chooseTests(names, root).flatMap(({ name, files }) => files.map((file) => `${name}/${file}`));

describe('chooseTests', () => {
  it('takes a file by its exact name, though others begin with it', () => {
    assert.deepEqual(chosen('core/poll'), ['core/poll']);
  });

  it('takes every file whose name begins so where none has exactly this name', () => {
    assert.deepEqual(chosen('core/pol'), ['core/poll', 'core/poll-limits']);
    assert.deepEqual(chosen('e2e/hard-cases'), ['e2e/hard-cases/polling']);
  });

  it('takes the path of a source, as a shell completes it', () => {
    assert.deepEqual(chosen('test/core/poll.test.ts', './test/server/'), ['core/poll', 'server/csrf']);
  });

  it('takes suites and files together, each file once', () => {
    assert.deepEqual(chosen('server/csrf', 'core', 'core/poll'), [
      'core/poll',
      'core/poll-limits',
      'core/wire-format',
      'server/csrf',
    ]);
  });

  it('leaves long suites and files out unless they or their suite are named', () => {
    assert.deepEqual(
      chosen().filter((file) => /^(emulator|e2e|flows|runtimes)/.test(file)),
      ['emulator/catalogue', 'e2e/popup-blocker'],
    );
    assert.deepEqual(chosen('emulator'), ['emulator/catalogue', 'emulator/demo-app']);
    assert.deepEqual(chosen('e2e'), ['e2e/hard-cases/polling', 'e2e/popup-blocker', 'e2e/redirect-mode']);
    assert.deepEqual(chosen('runtimes'), ['runtimes/redis']);
  });

  it('says which suites and similar files there are when a name fits nothing', () => {
    assert.throws(
      () => chosen('core/pol-limits'),
      /No test is called "core\/pol-limits"\.\nClose to it: core\/poll-limits/,
    );
    assert.throws(() => chosen('toString'), /Suites: config, core, server, /);
  });

  it('runs what tsc has made of the sources, not what it has left of older ones', () => {
    const [suite] = chooseTests(['core/poll'], root);
    assert.deepEqual(suite && compiledFiles(suite), ['.build/test/core/poll.test.js']);
  });
});

describe('readsDist', () => {
  const needsBuild = (...names: string[]) => readsDist(chooseTests(names, root));

  it('asks for a build of dist/ only where a chosen file reads it', () => {
    assert.equal(needsBuild('core', 'server', 'elements', 'emulator/catalogue'), false);
    for (const name of ['package', 'runtimes', 'e2e', 'flows', 'emulator/demo-app']) assert.ok(needsBuild(name), name);
  });
});
