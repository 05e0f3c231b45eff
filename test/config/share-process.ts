import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const FOLDER = join('.build', 'test', 'together');

/** Name of the tests that {@link shareProcesses} inserts between files. Reports leave them out. */
export const END_OF_FILE = 'end of the file';

/**
 * Writes files that each run several test files in one process. This saves most starts of Node and most loading of common
 * imports. Hooks at the top level of a file apply to the files after it, too.
 * @param name The name of the suite.
 * @param processes The number of files to write.
 * @returns The files to run instead.
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

/** Each file ends before the next one loads: a file that starts a server must not meet the stopped clock of a test. */
const sourceOf = (files: readonly string[]): string => `import { test } from 'node:test';

for (const file of ${JSON.stringify(files)}) {
  await import(file).catch((error) => void test(file, () => Promise.reject(error)));
  await test(${JSON.stringify(END_OF_FILE)}, { skip: true });
}
// What a test has left open must not keep the process: on Node 22 the hooks at the top level wait for its end.
setTimeout(() => process.exit(), 3000).unref();
`;
