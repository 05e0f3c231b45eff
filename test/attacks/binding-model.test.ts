import assert from 'node:assert/strict';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { LivesToPlay, PlayedLives } from './support/play-lives.js';

/** `SEED=…` repeats a run, in one thread. */
const { LIVES = '10000', SEED } = process.env;
const THREADS = SEED === undefined ? Math.min(2, availableParallelism()) : 1;

async function playInThread(workerData: LivesToPlay): Promise<PlayedLives> {
  const worker = new Worker(new URL('support/play-lives.js', import.meta.url), { workerData });
  const [played] = await once(worker, 'message');
  return played as PlayedLives;
}

test(`nobody holds an account that another user's browser finished, in ${LIVES} lives of two users, three browsers and two instances`, async () => {
  const seed = SEED === undefined ? undefined : Number(SEED);
  const lives = Math.ceil(Number(LIVES) / THREADS);
  const all = await Promise.all(Array.from({ length: THREADS }, () => playInThread({ lives, seed })));
  for (const { failure } of all) assert.equal(failure, null);
  const sum = (key: 'attempts' | 'connected') => all.reduce((total, played) => total + played[key], 0);
  const counts = `${sum('attempts')} requests, ${sum('connected')} honest connections, 0 accounts in the wrong hands`;
  console.log(`${lives * THREADS} lives, ${counts}`);
  assert.ok(sum('connected') > Number(LIVES) / 50, 'honest users are connected too');
});
