import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { startHttpServer } from '../../demo/start-http-server.js';
import { createSessionToken } from '../../src/server.js';
import { FormBrowser } from '../emulator/support/form-browser.js';
import { installFolder } from '../support/install-folder.js';
import { PYTHON_BACKEND, python, pythonEnvironment } from './python-backend.js';
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

const skip = python === undefined && 'there is no Python 3.10 or newer on this machine';

const authorize = async () => `Bearer ${await createSessionToken({ userId: 'user_owner' }, SECRET)}`;

/** Sends requests as a page of the backend does. */
function sendTo(origin: string) {
  return async (method: string, path: string, body?: object, headers = {}) => {
    const ofPage = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const init = { method, headers: { ...(body && ofPage), ...headers }, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${origin}/api/connect${path}`, init);
    return { status: response.status, json: (await response.json()) as Record<string, string> };
  };
}

test('the backend demo/backends/python connects an account', { skip }, async () => {
  const origin = await freeOrigin();
  const env = { ...environment(origin), ...pythonEnvironment() };
  const backend = await runBackend(python ?? '', [PYTHON_BACKEND], { origin, env });
  try {
    await connectEndToEnd(upstreams, [{ origin, fetch }], 'user_python', { renames: false });
  } finally {
    await backend.stop();
  }
});

test('the backend demo/backends/python gives nobody an account that another browser finished before a restart', {
  skip,
}, async () => {
  const origin = await freeOrigin();
  const env = { ...environment(origin), ...pythonEnvironment() };
  const start = () => runBackend(python ?? '', [PYTHON_BACKEND], { origin, env });
  const authorization = await authorize();
  const send = sendTo(origin);

  const first = await start();
  // The owner plants a `state`, so that the other browser would report that one.
  const callbackUrl = `${origin}/api/connect/callback?state=planted`;
  const body = { authConfigId: 'ac_github', bindingChallenge: 'x'.repeat(43), callbackUrl };
  const { json } = await send('POST', '/connected-accounts/link', body, { authorization }).finally(first.stop);
  const { id = '', redirectUrl = '' } = json;
  const { emulator, provider } = upstreams;
  const { url } = await new FormBrowser(emulator.origin, provider.origin).follow(redirectUrl);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');

  const second = await start();
  try {
    const look = () => send('GET', `/connected-accounts/${id}`, undefined, { authorization });
    const comeBack = (more: object) => send('POST', '/callback', { state: url.searchParams.get('state') }, more);
    assert.equal((await look()).json['status'], 'INITIATED');
    assert.equal((await comeBack({})).status, 403);
    assert.equal((await look()).status, 404);
    assert.equal((await comeBack({ authorization })).status, 404, 'a rejection is final');
    assert.equal(emulator.accounts.get(id), undefined);
  } finally {
    await second.stop();
  }
});

test('the backend demo/backends/python binds nothing by the proof of a flow that has failed', { skip }, async () => {
  const origin = await freeOrigin();
  const env = { ...environment(origin), ...pythonEnvironment() };
  const backend = await runBackend(python ?? '', [PYTHON_BACKEND], { origin, env });
  try {
    const headers = { authorization: await authorize() };
    const send = sendTo(origin);
    const { json } = await send('POST', '/connected-accounts/link', { authConfigId: 'ac_github' }, headers);
    const { emulator } = upstreams;
    const sent = JSON.parse(emulator.requests.findLast(({ route }) => route === 'link.create')?.body ?? '');
    const { id = '' } = json;
    emulator.accounts.setStatus(id, 'FAILED');
    const state = new URL(sent.callback_url).searchParams.get('state');
    assert.equal((await send('POST', '/callback', { state }, headers)).json['status'], 'FAILED');
    emulator.accounts.setStatus(id, 'ACTIVE');
    assert.equal((await send('GET', `/connected-accounts/${id}`, undefined, headers)).json['status'], 'INITIATED');
  } finally {
    await backend.stop();
  }
});

test('the backend demo/backends/python answers 502 when Composio sends something else', { skip }, async () => {
  const upstream = await startHttpServer(() => (_, response) => void response.end('{"items": [{"id": "ca_1"}]}'), {
    host: '127.0.0.1',
  });
  const origin = await freeOrigin();
  const env = { ...environment(origin), ...pythonEnvironment(), COMPOSIO_BASE_URL: upstream.origin };
  const backend = await runBackend(python ?? '', [PYTHON_BACKEND], { origin, env });
  try {
    const headers = { authorization: await authorize() };
    const body = { authConfigId: 'ac_github', allowMultiple: true };
    assert.equal((await sendTo(origin)('GET', '/connected-accounts', undefined, headers)).status, 502);
    assert.equal((await sendTo(origin)('POST', '/connected-accounts/link', body, headers)).status, 502);
  } finally {
    await backend.stop();
    await upstream.close();
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
