import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { rerunFiles, runFailingAgain } from './run-failing-again.js';
import { runNodeTests } from './run-node-tests.js';
import { shareProcesses } from './share-process.js';

// By this node:test knows that it runs within itself, and then runs no file.
delete process.env['NODE_TEST_CONTEXT'];

mkdirSync('.build', { recursive: true });
const folder = mkdtempSync('.build/run-node-tests-');
after(() => rmSync(folder, { recursive: true }));

function testFile(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, `import { describe, it, test } from 'node:test';\n${source}`);
  return file;
}

const FIRST = testFile(
  'first.mjs',
  `describe('sums', () => { it('adds (two) numbers', () => {}); it('subtracts', () => {}); });
   describe('products', () => { it('multiplies', () => {}); });
   globalThis.first = process.pid;`,
);
const SECOND = testFile(
  'second.mjs',
  `test('adds nothing', () => { if (globalThis.first === process.pid) throw new Error('shared'); });`,
);
const BROKEN = testFile('broken.mjs', `throw new Error('cannot be loaded');`);

async function run(files: readonly string[], title?: string) {
  const report: string[] = [];
  const print = (text: string) => void report.push(text);
  const { passed, failed, results } = await runNodeTests(files, { concurrency: 2, title, print });
  return { counts: [passed, failed], names: results.map(({ name }) => name), report: report.join('') };
}

describe('runNodeTests', () => {
  it('counts the tests of each file, in a process of its own', async () => {
    const { counts, names } = await run([FIRST, SECOND]);
    assert.deepEqual(counts, [4, 0]);
    assert.deepEqual(names.sort(), ['adds (two) numbers', 'adds nothing', 'multiplies', 'subtracts']);
  });

  it('runs only tests whose name has the title in it, and tells of no other', async () => {
    const { counts, names, report } = await run([FIRST, SECOND], 'adds (');
    assert.deepEqual(counts, [1, 0]);
    assert.deepEqual(names, ['adds (two) numbers']);
    assert.doesNotMatch(report, /subtracts|products|nothing|skipped/);
  });

  it('runs files in one process where they share it', async () => {
    const { counts, report } = await run(shareProcesses([FIRST, SECOND], 'shared', 1));
    assert.deepEqual(counts, [3, 1]);
    assert.match(report, /shared/);
    assert.doesNotMatch(report, /end of the file/);
  });

  it('runs a file with a failed test once more, and counts its second run alone', async () => {
    const counter = join(folder, 'runs');
    const FLAKY = testFile(
      'flaky.mjs',
      `import { existsSync, writeFileSync } from 'node:fs';
       test('is steady', () => {});
       test('fails once', () => { if (!existsSync('${counter}')) { writeFileSync('${counter}', ''); throw new Error('once'); } });`,
    );
    const print = () => {};
    const first = await runNodeTests([FIRST, FLAKY], { concurrency: 2, print });
    assert.deepEqual([first.passed, first.failed], [4, 1]);
    const { passed, failed } = await runFailingAgain(first, rerunFiles({ print }));
    assert.deepEqual([passed, failed], [5, 0]);
  });

  it('counts a test as failed that fails twice', async () => {
    const FAILING = testFile('failing.mjs', `test('fails', () => { throw new Error('always'); });`);
    const print = () => {};
    const first = await runNodeTests(shareProcesses([FIRST, FAILING], 'failing', 1), { concurrency: 1, print });
    const { passed, failed } = await runFailingAgain(first, rerunFiles({ print }));
    assert.deepEqual([passed, failed], [3, 1]);
  });

  it('runs the files after one that cannot be loaded', async () => {
    const { counts, report } = await run(shareProcesses([BROKEN, FIRST], 'broken', 1));
    assert.deepEqual(counts, [3, 1]);
    assert.match(report, /cannot be loaded/);
  });
});
