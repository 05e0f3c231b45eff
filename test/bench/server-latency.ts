import { Composio } from '@composio/core';
import { startEmulator } from '../../demo/emulator/start-emulator.js';
import { createConnectHandler } from '../../src/server.js';
import type { Figure } from './figure.js';

const USER = 'user_ada';
const ROUNDS = 1500;
const WARM_UP = 300;
const RUNS = 20;
const REQUESTS_A_RUN = 250;
const CONCURRENCY = 20;

/** Compares the handler with the bare SDK. Both call the same emulator in turn, in this process. */
export async function measureLatency(): Promise<Figure[]> {
  const emulator = await startEmulator();
  const { id } = emulator.accounts.add({ userId: USER, authConfigId: 'ac_github' });
  const quiet = { allowTracking: false, disableVersionCheck: true };
  const composio = new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin });
  const handle = createConnectHandler({
    composio,
    identify: () => ({ userId: USER }),
    secret: 'x'.repeat(32),
    upstreamCallsPerMinute: 100_000,
  });
  const status = () => handle(new Request(`http://localhost/api/connect/connected-accounts/${id}`));
  const bareCall = () => composio.connectedAccounts.get(id);
  const passthrough = async () => Response.json(await composio.connectedAccounts.get(id));
  try {
    const [ofHandler, ofSdk] = await medians(status, bareCall);
    const [handled, passed] = await throughputs(status, passthrough);
    return [
      {
        name: 'status route, median beside the bare SDK call',
        value: `${ofHandler.toFixed(2)} ms / ${ofSdk.toFixed(2)} ms = ${(ofHandler / ofSdk).toFixed(2)}`,
        bound: 'at most 1.3',
        holds: ofHandler / ofSdk <= 1.3,
      },
      {
        name: 'requests a second beside a bare passthrough',
        value: `${handled.toFixed(0)} / ${passed.toFixed(0)} = ${(handled / passed).toFixed(2)}`,
        bound: 'at least 0.7',
        holds: handled / passed >= 0.7,
      },
    ];
  } finally {
    await emulator.close();
  }
}

/** Latencies in ms. The two alternate, so that a slow moment of the machine affects both. */
async function medians(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(await timeOf(one));
    times[1].push(await timeOf(other));
  }
  return [median(times[0].slice(WARM_UP)), median(times[1].slice(WARM_UP))];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Requests per second of each: the best of many short alternating runs, so that both get a quiet moment. */
async function throughputs(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const best: [number, number] = [0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    best[0] = Math.max(best[0], await throughput(one));
    best[1] = Math.max(best[1], await throughput(other));
  }
  return best;
}

async function throughput(work: () => Promise<unknown>): Promise<number> {
  let left = REQUESTS_A_RUN;
  const startedAt = performance.now();
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return REQUESTS_A_RUN / ((performance.now() - startedAt) / 1000);
}
