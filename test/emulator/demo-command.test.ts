import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../demo/emulator/start-emulator.js';

const COMMAND = fileURLToPath(new URL('../../demo/start.js', import.meta.url));

/** Runs the command with these of its variables and no others. */
function start(variables: Record<string, string>): ChildProcess {
  const { COMPOSIO_API_KEY: _key, AUTH_CONFIG_IDS: _ids, ...rest } = process.env;
  return spawn(process.execPath, [COMMAND], { env: { ...rest, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function read(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

async function failure(variables: Record<string, string>): Promise<string> {
  const command = start(variables);
  const [sentence, [code]] = await Promise.all([read(command.stderr), once(command, 'exit')]);
  assert.equal(code, 1);
  return sentence;
}

/** Returns what the command prints once everything runs, and the app's address in it. */
async function readBanner(command: ChildProcess): Promise<{ printed: string; app: string }> {
  let printed = '';
  for await (const chunk of command.stdout ?? []) {
    printed += String(chunk);
    if (printed.includes('Ctrl-C')) break;
  }
  return { printed, app: /App +(http:\/\/localhost:\d+)\n/.exec(printed)?.[1] ?? '' };
}

test('npm start prints its three addresses and stops at Ctrl-C', async () => {
  const command = start({ PORT: '0' });
  const { printed, app } = await readBanner(command);
  assert.match(printed, /Composio +http:\/\/127\.0\.0\.1:\d+ +emulated/);
  assert.match(printed, /Provider +http:\/\/127\.0\.0\.1:\d+/);
  assert.equal((await fetch(app)).status, 200);
  command.kill('SIGINT');
  assert.deepEqual(await once(command, 'exit'), [0, null]);
});

test('npm start reports a busy port in one sentence', async () => {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  assert.equal(
    await failure({ PORT: String(port) }),
    `Port ${port} is in use. Stop what listens there, or choose another one: PORT=3100 npm start\n`,
  );
  server.close();
});

test('npm start reports an invalid port and a key without auth configs in one sentence each', async () => {
  assert.equal(await failure({ PORT: 'high' }), 'PORT is "high". Set it to a number below 65536.\n');
  assert.equal(
    await failure({ PORT: '0', COMPOSIO_API_KEY: 'ak_secret' }),
    'COMPOSIO_API_KEY is set: set AUTH_CONFIG_IDS too, to auth configs of that project (AUTH_CONFIG_IDS=ac_…,ac_…).\n',
  );
});

test('npm start with a key runs against that project and never prints the key', async () => {
  const emulator = await startEmulator();
  const command = start({
    PORT: '0',
    COMPOSIO_API_KEY: emulator.apiKey,
    // The SDK reads this variable, so an emulator can replace the real service here.
    COMPOSIO_BASE_URL: emulator.origin,
    AUTH_CONFIG_IDS: 'ac_slack, ac_notion',
  });
  const { printed, app } = await readBanner(command);
  assert.match(printed, /the real one, by COMPOSIO_API_KEY/);
  assert.doesNotMatch(printed, new RegExp(emulator.apiKey));
  const page = await (await fetch(app)).text();
  assert.match(page, /<h3>Slack<\/h3>/);
  assert.match(page, /src="https:\/\/logos\.composio\.dev\/api\/notion"/);
  command.kill('SIGTERM');
  await once(command, 'exit');
  await emulator.close();
});
