import { getRequestListener } from '@hono/node-server';
import { startHttpServer } from '../start-http-server.js';
import { createId } from './account-factory.js';
import { type AccountTable, createAccountTable } from './account-table.js';
import { createApp } from './create-app.js';
import { createEmulatorClock, type EmulatorClock } from './emulator-clock.js';
import type { EmulatorContext, RecordedRequest } from './emulator-context.js';
import type { EmulatorState } from './emulator-state.js';
import { createKnobs, type Knobs } from './knobs.js';
import { createOAuthLeg, type ProviderConnection } from './oauth-leg.js';
import { simulateNetwork } from './simulate-network.js';
import { createAuthConfigs, TOOLKITS } from './toolkit-catalogue.js';
import type { AuthConfigRecord, ToolkitRecord } from './toolkit-records.js';

/** Options of an emulator. None is required. */
export interface EmulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** The project's key. Default: a random `ak_…`. */
  readonly apiKey?: string;
  /** The OAuth provider, as `startProvider` resolves it. Without one, only key schemes work. */
  readonly provider?: ProviderConnection;
  /** Returns the address of a toolkit's logo. Default: Composio's, `https://logos.composio.dev/api/<slug>`. */
  readonly logoUrl?: (slug: string) => string;
}

/** A running emulator of Composio's HTTP API v3 and v3.1, with handles for tests. */
export interface Emulator {
  /** `baseURL` of the SDK. */
  readonly origin: string;
  readonly apiKey: string;
  readonly knobs: Knobs;
  readonly clock: EmulatorClock;
  /** Every request so far, hosted pages included, in order. */
  readonly requests: readonly RecordedRequest[];
  readonly accounts: AccountTable;
  /** By id, `ac_<toolkit>`. */
  readonly authConfigs: Map<string, AuthConfigRecord>;
  readonly toolkits: Map<string, ToolkitRecord>;
  close(): Promise<void>;
}

/** Starts a local Composio. It keeps everything in memory and sends requests only to its provider. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = createEmulatorClock();
  const knobs = createKnobs();
  const apiKey = options.apiKey ?? createId('ak');
  const requests: RecordedRequest[] = [];
  const closing = new AbortController();
  const state = createState(clock);

  const server = await startHttpServer(
    (origin) => {
      const emulator: EmulatorContext = {
        origin,
        apiKey,
        state,
        knobs,
        clock,
        oauth: createOAuthLeg(origin, options.provider, state.toolkits),
        logoUrl: options.logoUrl ?? ((slug) => `https://logos.composio.dev/api/${slug}`),
        route: simulateNetwork(knobs, closing.signal),
      };
      return getRequestListener(createApp(emulator, requests).fetch);
    },
    { host: options.host ?? '127.0.0.1', port: options.port },
  );

  return {
    origin: server.origin,
    apiKey,
    knobs,
    clock,
    requests,
    accounts: createAccountTable(state, clock, server.origin),
    authConfigs: state.authConfigs,
    toolkits: state.toolkits,
    close: () => {
      closing.abort();
      return server.close();
    },
  };
}

function createState(clock: EmulatorClock): EmulatorState {
  return {
    accounts: new Map(),
    links: new Map(),
    authConfigs: new Map(createAuthConfigs(clock).map((authConfig) => [authConfig.id, authConfig])),
    toolkits: new Map(TOOLKITS.map((toolkit) => [toolkit.slug, toolkit])),
    authorizations: new Map(),
    verifications: new Map(),
  };
}
