/**
 * A worker that plays lives: half of the cost of a life in a test is the bookkeeping of node:test for each promise, which is not
 * there in a thread of its own.
 */
import { mock } from 'node:test';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { computeAtOnce, fakeTime } from './fake-time.js';
import { actions, Life } from './life.js';

/** The order to a worker. */
export interface LivesToPlay {
  readonly lives: number;
  readonly seed: number | undefined;
}

/** What its lives have come to. */
export interface PlayedLives {
  readonly attempts: number;
  readonly connected: number;
  /** The life that went wrong, with the seed that repeats it; or null. */
  readonly failure: string | null;
}

async function play({ lives, seed }: LivesToPlay): Promise<PlayedLives> {
  const wait = fakeTime(mock);
  computeAtOnce(mock);
  mock.method(console, 'error', () => {});
  mock.method(console, 'info', () => {});
  let attempts = 0;
  let connected = 0;
  const property = fc.asyncProperty(actions, fc.nat(), async (plan, storeSeed) => {
    const life = new Life(storeSeed, wait);
    await life.play(plan);
    attempts += life.attempts;
    connected += life.connected;
  });
  const options = { numRuns: lives, endOnFailure: true, ...(seed !== undefined && { seed }) };
  const failure = await fc.assert(property, options).then(
    () => null,
    // fast-check says which life went wrong, and its cause says why.
    (error: Error) => `${error}\n${error.cause ?? ''}`,
  );
  return { attempts, connected, failure };
}

parentPort?.postMessage(await play(workerData as LivesToPlay));
