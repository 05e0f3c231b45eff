import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Framework } from './frameworks.js';

const run = promisify(execFile);

const SOURCES = 'test/frameworks/apps';
const SHARED = 'test/frameworks/shared';
const INSTALLED = '.build/frameworks';
const NEW_NODE = { major: 22, minor: 19 };

/** An app with its packages, this one among them, as its developer has it. */
export interface InstalledApp {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Packs this project as it is published. Returns the path of the archive. */
export function packProject(): string {
  mkdirSync(INSTALLED, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', INSTALLED];
  const { stdout, status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  return resolve(INSTALLED, JSON.parse(stdout)[0].filename);
}

/** Copies an app out of the project, installs its packages and this one, and builds it. */
export async function installApp(framework: Framework, archive: string): Promise<InstalledApp> {
  const { app = framework.name, sharedFolder, needsNewNode = false } = framework;
  const folder = resolve(INSTALLED, app);
  copySources(app, folder);
  await installPackages(folder, archive);
  const { PATH = '', ...rest } = process.env;
  const path = needsNewNode ? [await newNode(), PATH].join(delimiter) : PATH;
  const environment = { ...rest, PATH: path, NODE_ENV: 'production', NUXT_TELEMETRY_DISABLED: '1', CI: '1' };
  copyShared(join(folder, sharedFolder));
  await npm(['run', '--silent', 'build'], folder, environment);
  return { folder, environment };
}

/** Copies what all apps share: as it is for those with a compiler, compiled for the others. */
function copyShared(folder: string): void {
  const isCompiled = folder.endsWith('dist');
  mkdirSync(folder, { recursive: true });
  for (const name of isCompiled ? ['case.js', 'set-up.js'] : ['case.ts']) {
    cpSync(join(isCompiled ? '.build' : '.', SHARED, name), join(folder, name));
  }
}

/** Removes what the app had before, but its packages. */
function copySources(app: string, folder: string): void {
  const source = join(SOURCES, app);
  for (const file of ['src', 'app', 'dist', 'pages', '.next', '.nuxt', '.output', '.svelte-kit', 'build']) {
    rmSync(join(folder, file), { recursive: true, force: true });
  }
  cpSync(source, folder, { recursive: true });
}

/** Installs what the lock file says, then the archive, unless both are the same as before. */
async function installPackages(folder: string, archive: string): Promise<void> {
  const stamp = join(folder, 'node_modules', '.installed');
  const hash = createHash('sha256');
  for (const file of [join(folder, 'package.json'), join(folder, 'package-lock.json'), archive]) {
    hash.update(readFileSync(file));
  }
  const state = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  await npm(['ci', '--include=dev'], folder);
  await npm(['install', '--no-save', '--no-package-lock', '--include=dev', archive], folder);
  writeFileSync(stamp, state);
}

/** Returns the folder of a Node that is new enough: that of this process, or one from npm. */
async function newNode(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > NEW_NODE.major || (major === NEW_NODE.major && minor >= NEW_NODE.minor);
  if (isNew) return resolve(process.execPath, '..');
  const folder = resolve(INSTALLED, 'node');
  const bin = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  cpSync('test/frameworks/node', folder, { recursive: true });
  if (!existsSync(bin)) await npm(['ci'], folder);
  return bin;
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Runs npm in a folder. @throws Error with its output */
async function npm(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  try {
    await run('npm', [...args, ...(args[0] === 'run' ? [] : QUIET)], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`);
  }
}

/** Returns the version of a package of the app. */
export function installedVersion(folder: string, name: string): string {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
