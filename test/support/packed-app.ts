import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The packages that `connect-account dev` asks for. */
export const DESK_PACKAGES = ['@hono/node-server', 'oidc-provider', 'openid-client'] as const;

/** A process that an app runs. */
export interface AppProcess {
  /** Everything that it has printed so far. */
  readonly output: string;
  /** Resolves to the exit code when it ends. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** An app in a folder of its own, which has installed the packed package and nothing else of this repository. */
export interface PackedApp {
  readonly folder: string;
  /** Installs packages, in the versions that this repository has. */
  install(...names: string[]): void;
  write(path: string, text: string): void;
  start(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): AppProcess;
  close(): void;
}

/** Packs `dist/` and installs it, with its own dependencies, as npm does. */
export function createPackedApp(): PackedApp {
  const folder = mkdtempSync(join(tmpdir(), 'connect-account-app-'));
  const modules = join(folder, 'node_modules');
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const target = join(modules, 'connect-account');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1']);
  const { dependencies, bin } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    bin: Record<string, string>;
  };
  const install = (...names: string[]): void => {
    for (const name of names) link(resolve('node_modules', name), join(modules, name));
  };
  install(...Object.keys(dependencies));
  for (const [name, file] of Object.entries(bin)) link(join(target, file), join(modules, '.bin', name));
  return {
    folder,
    install,
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    start: (command, args, env = {}) => startProcess(folder, command, args, env),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function startProcess(
  cwd: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): AppProcess {
  // npx starts children of its own: a group of processes can be ended together.
  const child: ChildProcess = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    get output() {
      return output;
    },
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}
