import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { TestCounts } from './test-counts.js';

/** Runs files of node:test, `concurrency` at a time, with its own report on standard output. */
export async function runNodeTests(files: readonly string[], concurrency: number): Promise<TestCounts> {
  const counts = new Map<string, number>();
  const stream = run({ files: [...files], concurrency });
  // Its closing lines, `pass 12`, `cancelled 0` …, are the runner's own count.
  stream.on('test:diagnostic', ({ message }) => {
    const [, word, count] = /^(\w+) (\d+)$/.exec(message) ?? [];
    if (word) counts.set(word, Number(count));
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(String(text));
  const count = (word: string) => counts.get(word) ?? 0;
  return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}
