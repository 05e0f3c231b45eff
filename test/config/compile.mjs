/**
 * Compiles src/, demo/ and test/ to `.build/`, one file each, and only what has changed. Arguments go to tsc:
 * `npm run compile -- --watch`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import './build-callback-script.mjs';

const OUTPUT = '.build';
const BUILD_INFO = join(OUTPUT, 'tsconfig.tsbuildinfo');
const FOLDERS = ['src', 'demo', 'test'];
/** Tests compile these. */
const NOT_COMPILED = [join('test', 'types'), join('test', 'frameworks', 'apps')];

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
    : [];

const outputOf = (source) => join(OUTPUT, source.replace(/\.ts$/, '.js'));

const expected = new Set(
  FOLDERS.flatMap(filesIn)
    .filter(
      (file) =>
        file.endsWith('.ts') && !file.endsWith('.d.ts') && !NOT_COMPILED.some((folder) => file.startsWith(folder)),
    )
    .map(outputOf),
);

// tsc keeps the output of a deleted source, which would still run as a test.
for (const file of FOLDERS.flatMap((folder) => filesIn(join(OUTPUT, folder)))) {
  if (/\.js(\.map)?$/.test(file) && !expected.has(file.replace(/\.map$/, ''))) rmSync(file);
}

// tsc trusts its build info and does not check that the output still exists.
if ([...expected].some((file) => !existsSync(file))) rmSync(BUILD_INFO, { force: true });

const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const args = [tsc, '-p', 'test/config/tsconfig.json', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
