import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { installFolder } from '../support/install-folder.js';
import { freeOrigin, runBackend } from './run-backend.js';
import { connectEndToEnd, SECRET, startUpstreams, type Upstreams } from './served-backend.js';

let upstreams: Upstreams;
before(async () => {
  upstreams = await startUpstreams();
});
after(() => upstreams?.close());

const environment = (origin: string) => ({
  COMPOSIO_API_KEY: upstreams.emulator.apiKey,
  COMPOSIO_BASE_URL: upstreams.emulator.origin,
  CONNECT_SECRET: SECRET,
  ORIGIN: origin,
  PORT: new URL(origin).port,
  NODE_ENV: 'test',
});

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
);

test('the backend demo/backends/python connects an account', {
  skip: python === undefined && 'there is no Python 3.9 or newer on this machine',
}, async () => {
  const origin = await freeOrigin();
  const env = { ...environment(origin), CALLBACK_SCRIPTS: resolve('dist') };
  const backend = await runBackend(python ?? '', ['demo/backends/python/server.py'], { origin, env });
  try {
    await connectEndToEnd(upstreams, [{ origin, fetch }], 'user_python', { renames: false });
  } finally {
    await backend.stop();
  }
});

/** The packages that the examples of other runtimes import. */
const IMPORTED = ['@composio', 'hono', 'jose', 'standardwebhooks', 'zod'];

/** Installs the runtimes, or returns why that is not possible. */
function prepareEngines(): { readonly folder: string } | { readonly skip: string } {
  try {
    const folder = installFolder('engines');
    // The package under its name, as an installation has it: its exports lead to `dist/`.
    for (const name of IMPORTED) link(resolve('node_modules', name), join(folder, 'node_modules', name));
    link(process.cwd(), join(folder, 'node_modules', 'connect-account'));
    link(resolve('demo', 'backends'), join(folder, 'backends'));
    return { folder };
  } catch (error) {
    return { skip: `the runtimes are not installable here: ${error instanceof Error ? error.message : error}` };
  }
}

function link(target: string, path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

const engines = prepareEngines();

for (const [name, args] of [
  ['bun', ['run', '--preserve-symlinks-main', 'backends/bun.mjs']],
  ['deno', ['run', '--allow-all', '--node-modules-dir=manual', 'backends/deno.mjs']],
] as const) {
  test(`the example demo/backends/${name}.mjs connects an account in ${name}`, {
    skip: 'skip' in engines && engines.skip,
  }, async () => {
    const { folder } = engines as { folder: string };
    const origin = await freeOrigin();
    const program = join(folder, 'node_modules', '.bin', name);
    const backend = await runBackend(program, args, { origin, env: environment(origin), cwd: folder });
    try {
      await connectEndToEnd(upstreams, [{ origin, fetch }], `user_${name}`);
    } finally {
      await backend.stop();
    }
  });
}
