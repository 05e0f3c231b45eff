import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { startHttpServer } from '../../demo/start-http-server.js';
import { createSessionToken } from '../../src/server.js';
import { PYTHON_BACKEND, python, pythonEnvironment } from './python-backend.js';
import { freeOrigin, runBackend } from './run-backend.js';
import { SECRET, startUpstreams, type Upstreams } from './served-backend.js';

/** The backends that a command can start. */
const EXAMPLES: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  'node-http.mjs': [process.execPath, 'demo/backends/node-http.mjs'],
  'express.mjs': [process.execPath, 'demo/backends/express.mjs'],
  'hono.mjs': [process.execPath, 'demo/backends/hono.mjs'],
  ...(python !== undefined && { 'python/server.py': [python, PYTHON_BACKEND] }),
};

/** The checks that need an option which these backends do not have. */
const SKIPPED = ['A page of an allowed origin can read and write'];

let upstreams: Upstreams;
before(async () => {
  upstreams = await startUpstreams();
});
after(() => upstreams?.close());

/** Runs `npx connect-account check` as its users do, with two users. */
async function check(origin: string) {
  const [token, other] = await Promise.all(
    ['user_check', 'user_other'].map((userId) => createSessionToken({ userId }, SECRET)),
  );
  const args = ['check', `${origin}/api/connect`, '--token', String(token), '--other-token', String(other)];
  const child = spawn(process.execPath, ['dist/desk/connect-account.js', ...args, '--auth-config-id', 'ac_github']);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code: Number(code), output };
}

for (const [name, [program, ...args]] of Object.entries(EXAMPLES)) {
  test(`the example demo/backends/${name} passes connect-account check`, async () => {
    const origin = await freeOrigin();
    const env = {
      COMPOSIO_API_KEY: upstreams.emulator.apiKey,
      COMPOSIO_BASE_URL: upstreams.emulator.origin,
      CONNECT_SECRET: SECRET,
      ORIGIN: origin,
      PORT: new URL(origin).port,
      ...pythonEnvironment(),
      // Keeps the SDK from speaking to anybody else.
      NODE_ENV: 'test',
    };
    const backend = await runBackend(program, args, { origin, env });
    try {
      const { code, output } = await check(origin);
      assert.equal(code, 0, output);
      const skipped = [...output.matchAll(/^- (.*)$/gm)].map(([, title = '']) => title);
      const isWhole = name.endsWith('.mjs');
      assert.ok(isWhole ? skipped.join() === SKIPPED.join() : skipped.length <= 4, output);
    } finally {
      await backend.stop();
    }
  });
}

test('a backend that forgets who is asking fails connect-account check with the fix and exit code 1', async () => {
  const server = await startHttpServer(
    () => (_, response) => {
      response.setHeader('content-type', 'application/json').end('{"items":[],"access_token":"x"}');
    },
    { host: 'localhost' },
  );
  const { code, output } = await check(server.origin);
  await server.close();
  assert.equal(code, 1);
  assert.match(
    output,
    /✗ Nobody gets anything without a session {2}\[anonymous\]\n.*answered 200.*\n {4}Fix: Answer 401/,
  );
  assert.match(output, /✗ No answer has a field for a secret.*\n.*"access_token"/);
});
