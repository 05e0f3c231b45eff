import { Composio } from '@composio/core';
import fc from 'fast-check';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { startProvider } from '../../demo/provider/start-provider.js';
import { createConnectHandler } from '../../src/server.js';
import { ORIGIN, SECRET } from '../server/support/backend.js';
import { randomRequests, toRequest } from '../server/support/random-requests.js';
import type { Figure } from './figure.js';
import { attacks } from './server-attacks.js';

const FUZZED = 10_000;

/** Sends requests that must be refused, and random ones, to a handler whose upstream holds unmasked secrets. */
export async function measureHostile(): Promise<Figure[]> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  emulator.knobs.maskSecrets = false;
  const val = { access_token: 'CANARY-token', refresh_token: 'CANARY-refresh' };
  const own = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', val });
  const foreign = emulator.accounts.add({
    userId: 'user_grace',
    authConfigId: 'ac_github',
    displayName: 'CANARY',
    val,
  });
  const handle = createBenchHandler(emulator);
  const logged: string[] = [];
  const originalError = console.error;
  console.error = (...words: unknown[]) => void logged.push(words.join(' '));
  try {
    const hostile = attacks(own.id, foreign.id).map((attack) => attack());
    const refused = await send(handle, hostile, emulator);
    const random = fc.sample(randomRequests(own.id, foreign.id), FUZZED).map(toRequest);
    const fuzzed = await send(handle, random, emulator);
    const { status, alias } = emulator.accounts.get(foreign.id) ?? {};
    const isTouched = status !== 'ACTIVE' || alias !== null;
    const unhandled = refused.unhandled + fuzzed.unhandled + logged.length;
    return [
      expectNone(`hostile requests accepted, of ${hostile.length}`, refused.accepted),
      expectNone(`changes of the account of another user by ${FUZZED} random requests`, Number(isTouched)),
      expectNone('errors that nobody had foreseen', unhandled),
      expectNone('responses that hold a secret', refused.secrets + fuzzed.secrets),
    ];
  } finally {
    console.error = originalError;
    await Promise.all([emulator.close(), provider.close()]);
  }
}

function createBenchHandler(emulator: Emulator): (request: Request) => Promise<Response> {
  const quiet = { allowTracking: false, disableVersionCheck: true };
  return createConnectHandler({
    composio: new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin }),
    identify: (request) => {
      const userId = request.headers.get('x-test-user');
      return userId === null ? null : { userId };
    },
    secret: SECRET,
    origin: ORIGIN,
    // So that no request is refused only because there were many.
    linksPerMinute: 1000,
    upstreamCallsPerMinute: 100_000,
    authConfigIds: ['ac_github', 'ac_zendesk', 'ac_firecrawl'],
  });
}

async function send(handle: (request: Request) => Promise<Response>, requests: readonly Request[], emulator: Emulator) {
  const counts = { accepted: 0, unhandled: 0, secrets: 0 };
  for (const request of requests) {
    try {
      const response = await handle(request);
      const text = await response.text();
      if (response.ok) counts.accepted += 1;
      if (response.status >= 500) counts.unhandled += 1;
      if (text.includes('CANARY') || text.includes(SECRET) || text.includes(emulator.apiKey)) counts.secrets += 1;
    } catch {
      counts.unhandled += 1;
    }
  }
  return counts;
}

function expectNone(name: string, count: number): Figure {
  return { name, value: `${count}`, bound: '0', holds: count === 0 };
}
