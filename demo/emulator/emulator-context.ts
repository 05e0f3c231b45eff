import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorState } from './emulator-state.js';
import type { Knobs, RouteName } from './knobs.js';
import type { OAuthLeg } from './oauth-leg.js';

/** One request, as the emulator answered it. For tests that count upstream calls; never printed. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Values in the order they came, so that repeated keys can be told from comma lists. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  /** `undefined` for a path that is no route, or a request that was refused for its API key. */
  route: RouteName | undefined;
  /** `null` while there is no answer. */
  status: number | null;
}

/** What Hono carries through a request. */
export interface EmulatorEnv {
  Bindings: HttpBindings;
  Variables: { record: RecordedRequest };
}

/** What the routes share. */
export interface EmulatorContext {
  readonly origin: string;
  readonly apiKey: string;
  readonly state: EmulatorState;
  readonly knobs: Knobs;
  readonly clock: EmulatorClock;
  readonly oauth: OAuthLeg;
  /** Address of a toolkit's logo. */
  readonly logoUrl: (slug: string) => string;
  /** Names a route: notes it in the record of the request and lets the knobs slow it down or fail it. */
  readonly route: (name: RouteName) => MiddlewareHandler<EmulatorEnv>;
}
