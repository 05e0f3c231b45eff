import { Poll, type PollOptions } from '../../src/core/polling/poll.js';
import { FakeClock } from './fake-clock.js';
import { FakePage } from './fake-ports.js';

/** A scripted request. It settles nothing unless a result is queued for it. */
export class ScriptedRequest {
  readonly #script: Array<() => Promise<boolean>> = [];

  answer(settled: boolean): void {
    this.#script.push(async () => settled);
  }

  fail(error: unknown): void {
    this.#script.push(() => Promise.reject(error));
  }

  /** Holds the next request until the returned function is called. */
  hold(): (settled: boolean) => void {
    const { promise, resolve } = withResolvers();
    this.#script.push(() => promise);
    return resolve;
  }

  send(): Promise<boolean> {
    return (this.#script.shift() ?? (async () => false))();
  }
}

function withResolvers(): { promise: Promise<boolean>; resolve: (settled: boolean) => void } {
  let resolve: (settled: boolean) => void = () => {};
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A poll that has just started, on a clock at 0. */
export interface PollUnderTest {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly poll: Poll;
  readonly request: ScriptedRequest;
  /** Start time of each request. */
  readonly times: number[];
  readonly controller: AbortController;
  /** Times at which `onDeadline` was called. */
  readonly expiries: number[];
}

/** Starts a poll with a deadline of ten minutes. */
export function startPoll({ deadline = 600_000, onFailure }: Partial<PollOptions> = {}): PollUnderTest {
  const clock = new FakeClock();
  const page = new FakePage();
  const request = new ScriptedRequest();
  const times: number[] = [];
  const expiries: number[] = [];
  const controller = new AbortController();
  const poll = new Poll({
    clock,
    page,
    deadline,
    signal: controller.signal,
    request: () => {
      times.push(clock.now());
      return request.send();
    },
    onFailure: onFailure ?? (() => false),
    onDeadline: () => expiries.push(clock.now()),
  });
  return { clock, page, poll, request, times, controller, expiries };
}
