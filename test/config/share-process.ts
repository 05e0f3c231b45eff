import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const FOLDER = join('.build', 'test', 'together');

/** Name of the tests that {@link shareProcesses} puts between files; no report shows them. */
export const END_OF_FILE = 'end of the file';

/**
 * Writes files that run test files of node:test one after the other in one process, which saves them the start of Node
 * and the loading of what they all import. What a file declares at its top level, hooks too, holds for those after it.
 * @param name of the suite
 * @param processes how many of them
 * @returns what to run in place of the files
 */
export function shareProcesses(files: readonly string[], name: string, processes: number): string[] {
  mkdirSync(FOLDER, { recursive: true });
  return Array.from({ length: Math.min(processes, files.length) }, (_, process) => {
    const shared = join(FOLDER, `${name}-${process + 1}.js`);
    const mine = files.filter((_, index) => index % processes === process);
    writeFileSync(shared, sourceOf(mine.map((file) => relative(dirname(shared), file))));
    return shared;
  });
}

/** Each file is over before the next is loaded: no clock is stopped meanwhile, and no server starts. */
const sourceOf = (files: readonly string[]): string => `import { test } from 'node:test';

for (const file of ${JSON.stringify(files)}) {
  await import(file).catch((error) => void test(file, () => Promise.reject(error)));
  await test(${JSON.stringify(END_OF_FILE)}, { skip: true });
}
`;
