import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/core/model/clock.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Real time that a condition may take on a machine that runs other tests. */
const TIMEOUT_MS = 5000;

/** A clock that moves only on request and counts its timers. */
export class FakeClock implements Clock {
  #now = 0;
  #wallAhead = Date.parse('2026-03-01T12:00:00Z');
  readonly #timers = new Set<Timer>();

  /** The number of pending timers. */
  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return this.#wallAhead + this.#now;
  }

  setTimeout(callback: () => void, delay: number): () => void {
    const timer = { at: this.#now + delay, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets `duration` ms pass. Each timer fires at its time, and its effects settle before the next one. */
  async advance(duration: number): Promise<void> {
    const end = this.#now + duration;
    await turn();
    for (let timer = this.#earliest(); timer && timer.at <= end; timer = this.#earliest()) {
      this.#now = Math.max(this.#now, timer.at);
      this.#timers.delete(timer);
      timer.callback();
      await turn();
    }
    this.#now = end;
  }

  /** Puts the machine to sleep: time passes, and no timer fires before the next `advance`. */
  sleep(duration: number): void {
    this.#now += duration;
  }

  /** Sets the wall clock forward or back. */
  jumpWall(by: number): void {
    this.#wallAhead += by;
  }

  #earliest(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0];
  }
}

/** Yields until `condition` holds, for work without a timer, like a digest. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`It never came to this: ${what}`);
}
