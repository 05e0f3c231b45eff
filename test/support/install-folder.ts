import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs the packages of a folder of `test/` that has a `package.json` and a lock of its own, below `.build/installs/`. What
 * is installed already stays.
 *
 * @returns the path of the copy, with its `node_modules`
 * @throws Error if the registry does not have the packages
 */
export function installFolder(name: string): string {
  const source = join('test', name);
  const target = resolve('.build', 'installs', name);
  const isSame = FILES.every(
    (file) =>
      existsSync(join(target, file)) && readFileSync(join(target, file)).equals(readFileSync(join(source, file))),
  );
  if (isSame && existsSync(join(target, 'node_modules', '.package-lock.json'))) return target;
  mkdirSync(target, { recursive: true });
  for (const file of FILES) copyFileSync(join(source, file), join(target, file));
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: target, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The packages of ${source} cannot be installed:\n${stderr}`);
  return target;
}
