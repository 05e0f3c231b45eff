import { setTimeout as delay } from 'node:timers/promises';
import { Composio } from '@composio/core';
import { Redis as RedisClient } from 'ioredis';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { pollDelay } from '../../src/core/polling/poll.js';
import { redisStore } from '../../src/redis-store.js';
import { createConnectHandler } from '../../src/server.js';
import type { Redis } from '../support/start-redis.js';
import type { Figure } from './figure.js';
import { measureSdkPolling } from './server-sdk-polling.js';

const MINUTE_MS = 60_000;
const ORIGIN = 'http://localhost:3000';
/** 600 for each of two instances. */
const MAX_UPSTREAM_CALLS = 1200;
/** One round of 1,000 users, in ms. */
const MAX_AGE_MS = 5000;
const STARTED_AT_ONCE = 20;

type Handler = (request: Request) => Promise<Response>;

/**
 * A waiting user, and the time when upstream makes the account ACTIVE. Every second account becomes ACTIVE within the
 * minute.
 */
interface Waiter {
  readonly userId: string;
  readonly accountId: string;
  activeAt: number;
}

/** The results of one minute. */
interface Findings {
  readonly answers: number;
  readonly serverErrors: number;
  readonly wrongAnswers: number;
  readonly leaks: number;
  readonly upstreamCalls: number;
}

/** Lets 10, 100 and 1,000 users wait for a minute, as the element waits, at two instances that share a Redis. */
export async function measureLoad(redis: Redis): Promise<Figure[]> {
  const counts = [10, 100, 1000];
  const found = await Promise.all(counts.map((count) => waitOneMinute(redis, count)));
  // This runs in a separate minute, so that neither slows down the other.
  const bySdk = await measureSdkPolling(counts);
  return found.flatMap((findings, index) => describe(counts[index] ?? 0, findings, bySdk[index] ?? 0));
}

function describe(
  count: number,
  { answers, serverErrors, wrongAnswers, leaks, upstreamCalls }: Findings,
  bySdk: number,
): Figure[] {
  return [
    {
      name: `upstream calls of a minute, ${count} waiting / the SDK's get once a second each`,
      value: `${upstreamCalls} / ${bySdk}`,
      bound: `at most ${MAX_UPSTREAM_CALLS}`,
      holds: upstreamCalls <= MAX_UPSTREAM_CALLS,
    },
    {
      name: `${count} waiting: 5xx / wrong responses / statuses of other users`,
      value: `${serverErrors} / ${wrongAnswers} / ${leaks} of ${answers}`,
      bound: '0 / 0 / 0',
      holds: answers > count && serverErrors + wrongAnswers + leaks === 0,
    },
  ];
}

async function waitOneMinute(redis: Redis, count: number): Promise<Findings> {
  const emulator = await startEmulator();
  const clients = [1, 2].map(() => new RedisClient(redis.url, { keyPrefix: `load-${count}:` }));
  const instances = clients.map((client) => createInstance(emulator, client));
  try {
    const waiters = await startWaiters(instances, count);
    const before = emulator.requests.length;
    const polls = await Promise.all(waiters.map((waiter) => waitAs(waiter, instances, emulator)));
    const upstreamCalls = emulator.requests.length - before;
    const leaks = await countLeaks(waiters.slice(0, 100), instances);
    const outcomes = polls.flat();
    const serverErrors = outcomes.filter((outcome) => outcome === 'server error').length;
    const wrongAnswers = outcomes.filter((outcome) => outcome === 'wrong').length;
    return { answers: outcomes.length, serverErrors, wrongAnswers, leaks, upstreamCalls };
  } finally {
    await Promise.all(clients.map((client) => client.quit()));
    await emulator.close();
  }
}

function createInstance(emulator: Emulator, client: RedisClient): Handler {
  const quiet = { allowTracking: false, disableVersionCheck: true };
  return createConnectHandler({
    composio: new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin }),
    identify: (request) => ({ userId: request.headers.get('x-bench-user') ?? '' }),
    secret: 'x'.repeat(32),
    origin: ORIGIN,
    // The status at Composio itself, so that the truth is known at every moment.
    binding: 'verifier',
    store: redisStore(client),
  });
}

async function startWaiters(instances: readonly Handler[], count: number): Promise<Waiter[]> {
  const waiters: Waiter[] = [];
  while (waiters.length < count) {
    const next = Array.from({ length: Math.min(STARTED_AT_ONCE, count - waiters.length) }, (_, index) =>
      startWaiter(pick(instances), `user_${waiters.length + index}`),
    );
    waiters.push(...(await Promise.all(next)));
  }
  return waiters;
}

async function startWaiter(handle: Handler, userId: string): Promise<Waiter> {
  const response = await handle(
    new Request(`${ORIGIN}/api/connect/connected-accounts/link`, {
      method: 'POST',
      headers: { 'x-bench-user': userId, origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ authConfigId: 'ac_github' }),
    }),
  );
  const { id } = (await response.json()) as { id: string };
  return { userId, accountId: id, activeAt: Number.POSITIVE_INFINITY };
}

/**
 * Polls as the element does, at one of the instances, and compares each response with the status upstream at that time.
 */
async function waitAs(waiter: Waiter, instances: readonly Handler[], emulator: Emulator): Promise<string[]> {
  const outcomes: string[] = [];
  const startedAt = performance.now();
  const finishing = new AbortController();
  if (Math.random() < 0.5) finishLater(waiter, emulator, finishing.signal);
  await delay(Math.random() * 5000);
  for (let asked = 0; performance.now() - startedAt < MINUTE_MS; asked += 1) {
    const askedAt = performance.now();
    const response = await look(pick(instances), waiter.userId, waiter.accountId);
    outcomes.push(await judge(response, waiter, askedAt));
    const elapsed = performance.now() - startedAt;
    await delay(pollDelay({ asked, elapsed, visible: true, random: Math.random() }));
  }
  finishing.abort();
  return outcomes;
}

function finishLater(waiter: Waiter, emulator: Emulator, signal: AbortSignal): void {
  const finish = () => {
    emulator.accounts.setStatus(waiter.accountId, 'ACTIVE');
    waiter.activeAt = performance.now();
  };
  // The wait is aborted if the minute ends first.
  delay(Math.random() * MINUTE_MS, undefined, { signal }).then(finish, () => {});
}

async function judge(response: Response, { accountId, activeAt }: Waiter, askedAt: number): Promise<string> {
  if (response.status >= 500) return 'server error';
  const { id, status } = (await response.json()) as { id: string; status: string };
  const isRight =
    status === 'ACTIVE' ? activeAt <= performance.now() : status === 'INITIATED' && activeAt >= askedAt - MAX_AGE_MS;
  return response.status === 200 && id === accountId && isRight ? 'right' : 'wrong';
}

/** Each user requests the account of the next user. */
async function countLeaks(waiters: readonly Waiter[], instances: readonly Handler[]): Promise<number> {
  const looks = waiters.map(async ({ userId }, index) => {
    const neighbour = waiters[(index + 1) % waiters.length]?.accountId ?? '';
    return (await look(pick(instances), userId, neighbour)).status !== 404;
  });
  return (await Promise.all(looks)).filter(Boolean).length;
}

function look(handle: Handler, userId: string, accountId: string): Promise<Response> {
  const headers = { 'x-bench-user': userId };
  return handle(new Request(`${ORIGIN}/api/connect/connected-accounts/${accountId}`, { headers }));
}

function pick(instances: readonly Handler[]): Handler {
  const instance = instances[Math.floor(Math.random() * instances.length)];
  if (instance === undefined) throw new Error('There is no instance.');
  return instance;
}
