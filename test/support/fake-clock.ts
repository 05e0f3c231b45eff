import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/core/model/clock.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** In ms of the machine, which other tests may keep busy. */
const PATIENCE = 5000;

/** A clock that moves only when told to, and knows which timers are set. */
export class FakeClock implements Clock {
  #now = 0;
  #wallAhead = Date.parse('2026-03-01T12:00:00Z');
  readonly #timers = new Set<Timer>();

  /** How many timers are set. */
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

  /** Lets `duration` ms pass: each timer fires at its time, and what it set off comes to rest before the next. */
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

  /** The machine sleeps: time passes, and no timer fires before the next `advance`. */
  sleep(duration: number): void {
    this.#now += duration;
  }

  /** Someone sets the wall clock. */
  jumpWall(by: number): void {
    this.#wallAhead += by;
  }

  #earliest(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0];
  }
}

/** Gives way until `condition` holds, for work that no timer drives, like a digest. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`It never came to this: ${what}`);
}
