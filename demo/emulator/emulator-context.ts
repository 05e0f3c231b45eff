import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorState } from './emulator-state.js';
import type { Knobs, RouteName } from './knobs.js';
import type { OAuthLeg } from './oauth-leg.js';

/** One request and the status of its response, for tests that count upstream calls. Never printed. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Values in their order, so that repeated keys differ from comma lists. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  /** `undefined` for an unknown path and for a request with a wrong API key. */
  route: RouteName | undefined;
  /** `null` until there is a response. */
  status: number | null;
}

/** Variables that Hono carries through a request. */
export interface EmulatorEnv {
  Bindings: HttpBindings;
  Variables: { record: RecordedRequest };
}

/** State shared by the routes. */
export interface EmulatorContext {
  readonly origin: string;
  readonly apiKey: string;
  readonly state: EmulatorState;
  readonly knobs: Knobs;
  readonly clock: EmulatorClock;
  readonly oauth: OAuthLeg;
  /** Address of a toolkit's logo. */
  readonly logoUrl: (slug: string) => string;
  /** Names a route: stores the name in the record of the request and applies the knobs to it. */
  readonly route: (name: RouteName) => MiddlewareHandler<EmulatorEnv>;
}
