import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the tests run. */
export interface Program {
  readonly title: string;
  /** Names of the program on `PATH`. */
  readonly names: readonly string[];
  /** Variable that holds the path and replaces the search. */
  readonly variable: string;
  readonly debianPackage: string;
}

/** Returns the path of a program, from its variable or from `PATH`. */
function findProgram({ names, variable }: Program): string | undefined {
  const named = process.env[variable];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate));
}

/**
 * Returns the path of a program. Installs Debian's package if it is missing and we have permission, and says so first.
 * @throws Error that says how to install it.
 */
export function ensureProgram(program: Program): string {
  const path = findProgram(program) ?? (installPackage(program) ? findProgram(program) : undefined);
  if (path !== undefined) return path;
  const { title, debianPackage, variable } = program;
  throw new Error(
    `${title} was not found. Install it (on Debian: \`sudo apt-get install ${debianPackage}\`), or set ${variable} to its ` +
      'path. The tests install it themselves only as root, or where sudo needs no password.',
  );
}

function installPackage({ title, debianPackage, variable }: Program): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  if (!run([...asRoot, 'apt-get', '--version'])) return false;
  const command = [...asRoot.slice(0, 1), 'apt-get', 'install', debianPackage].join(' ');
  console.log(`${title} was not found. Installing it with \`${command}\`; set ${variable} to use another one.`);
  const patience = ['--option=Acquire::Retries=3', '--option=DPkg::Lock::Timeout=300'];
  const aptGet = [...asRoot, 'apt-get', '--quiet=2', ...patience];
  return run([...aptGet, 'update']) && run([...aptGet, 'install', '--yes', '--no-install-recommends', debianPackage]);
}

function run([program = '', ...args]: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
